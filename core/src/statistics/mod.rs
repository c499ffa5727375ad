//! Statistics of the values of one indicator: a family in each file, listed in [`TABLE`].
//!
//! An [`Entry`] says everything about its statistic: reports, files and documents read it there.

mod availability;
mod change;
mod flag;
mod location;
mod sample;
mod scope;
mod shape;

pub use change::{Change, changes};
pub use flag::{Flag, KURTOSIS, LEAST_COVERAGE, SKEWNESS, flags};
pub use sample::Sample;
pub use scope::{Periods, Scope, classes, scopes};

/// Every statistic, in the order of a report.
pub static TABLE: &[Entry] = &[
    availability::N,
    availability::COVERAGE,
    availability::ZEROS,
    availability::DISTINCT,
    location::MEAN,
    shape::SD,
    location::MIN,
    location::Q1,
    location::MEDIAN,
    location::Q3,
    location::MAX,
    shape::SKEWNESS,
    shape::KURTOSIS,
];

/// What a statistic says about itself.
#[derive(Debug)]
pub struct Entry {
    /// Its key in files.
    pub name: &'static str,
    /// Its name for readers.
    pub label: &'static str,
    /// What it says, in one sentence.
    pub summary: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Whether a table for people can do without it.
    pub detail: bool,
    /// Computes it; `None` where the values do not define it.
    pub compute: fn(&Sample) -> Option<f64>,
}

/// What the value of a statistic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// How many.
    Count,
    /// A share, from 0 to 1.
    Share,
    /// A number in the unit of the indicator.
    Value,
    /// A number without a unit.
    Shape,
}

/// The statistic of this name.
pub fn find(name: &str) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.name == name)
}
