//! How the values are spread. Skewness and kurtosis are corrected for bias (type 2 of Joanes & Gill 1998, The
//! Statistician 47(1), 183-189).

use super::{Entry, Kind};

pub(super) const SD: Entry = Entry {
    name: "sd",
    label: "SD",
    summary: "The standard deviation, with divisor n - 1.",
    kind: Kind::Value,
    detail: true,
    compute: |sample| sample.moments.map(|m| m.sd),
};

pub(super) const SKEWNESS: Entry = Entry {
    name: "skewness",
    label: "Skew",
    summary: "The skewness: above 0 where the long tail lies at the high values.",
    kind: Kind::Shape,
    detail: false,
    compute: |sample| sample.moments.map(|m| m.skewness).filter(|x| !x.is_nan()),
};

pub(super) const KURTOSIS: Entry = Entry {
    name: "kurtosis",
    label: "Kurt",
    summary: "The excess kurtosis: 0 for a normal distribution, and higher where single values lie far out.",
    kind: Kind::Shape,
    detail: false,
    compute: |sample| sample.moments.map(|m| m.kurtosis).filter(|x| !x.is_nan()),
};
