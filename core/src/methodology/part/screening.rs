//! Which regions are left out for want of data.
//!
//! The rule is that of COINr's `Screen` (Becker et al. 2022, Journal of Open Source Software 7(78), 4567; its vignette
//! "Unit Screening"): a unit is left out if the share of its indicators that have a value is below one threshold, or if
//! the share of these values that are not zero is below another; stated exceptions go before both.

use super::value::Table;
use super::{Again, Carried, Divided, Entry, Says, Shown, Written};
use crate::method::{Settings, Stage, Value, settings};

pub(super) const PART: Entry = Entry {
    name: "screening",
    summary: "Which regions are left out, in each period, because too few of their indicators have a value.",
    written: Written::Table(Screening::declared),
    claims: |_| None,
    // It is the first thing that the imputation does: what is filled is what is left.
    again: Again::From(Stage::Imputation),
    divided: Some(Divided::No),
    shown: Shown::Nothing,
    says: Says::Whole(|m, _| Some(value(m.screening.as_ref()?))),
    carried: Some(Carried {
        put: |from, to| to.screening.clone_from(&from.screening),
        onto: |_, _, _| {},
        mix: None,
    }),
};

settings! {
    /// Which regions are left out for want of data. Cells that do not apply to a region are not counted.
    pub struct Screening {
        /// The least share of a region's indicators that must have a value; below it the region is left out.
        available: Option<f64> [0.0, 1.0] = None,
        /// The least share of these values that must not be zero; below it the region is left out.
        nonzero: Option<f64> [0.0, 1.0] = None,
        /// Codes of regions that are kept whatever their data.
        include: Vec<String> = Vec::new(),
        /// Codes of regions that are left out whatever their data.
        exclude: Vec<String> = Vec::new(),
    }
}

impl Screening {
    /// Whether it can leave out any region at all.
    pub fn is_nothing(&self) -> bool {
        self.shares().next().is_none() && self.exclude.is_empty()
    }
}

impl Screening {
    /// The shares below which a region is left out, by key. No share is below zero.
    fn shares(&self) -> impl Iterator<Item = (&'static str, f64)> {
        let shares = [("available", self.available), ("nonzero", self.nonzero)];
        let stated = shares.into_iter().filter_map(|(key, share)| Some((key, share?)));
        stated.filter(|(_, share)| *share > 0.0)
    }
}

fn value(screening: &Screening) -> Value {
    let codes = |codes: &[String]| {
        let mut codes = codes.to_vec();
        codes.sort();
        codes.dedup();
        Value::List(codes.into_iter().map(Value::Text).collect())
    };
    let mut settings = Settings::default();
    for (key, named) in [("include", &screening.include), ("exclude", &screening.exclude)] {
        if !named.is_empty() {
            settings.0.insert(key.to_owned(), codes(named));
        }
    }
    for (key, share) in screening.shares() {
        settings.0.insert(key.to_owned(), share.into());
    }
    settings.0.sort_keys();
    Value::Table(Table::from([("settings".into(), Value::Table(settings.0))]))
}
