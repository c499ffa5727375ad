//! How many values there are.

use super::{Entry, Kind};

pub(super) const N: Entry = Entry {
    name: "n",
    label: "n",
    summary: "How many regions have a value.",
    kind: Kind::Count,
    detail: false,
    compute: |sample| Some(sample.n() as f64),
};

pub(super) const COVERAGE: Entry = Entry {
    name: "coverage",
    label: "Coverage",
    summary: "The share of the regions that have a value.",
    kind: Kind::Share,
    detail: true,
    compute: |sample| (sample.rows > 0).then(|| sample.coverage()),
};

pub(super) const ZEROS: Entry = Entry {
    name: "zeros",
    label: "Zeros",
    summary: "How many values are 0.",
    kind: Kind::Count,
    detail: true,
    compute: |sample| Some(sample.ascending.iter().filter(|x| **x == 0.0).count() as f64),
};

pub(super) const DISTINCT: Entry = Entry {
    name: "distinct",
    label: "Distinct",
    summary: "How many different values there are.",
    kind: Kind::Count,
    detail: true,
    compute: |sample| {
        let further = sample.ascending.windows(2).filter(|pair| pair[0] != pair[1]).count();
        Some((further + usize::from(sample.n() > 0)) as f64)
    },
};
