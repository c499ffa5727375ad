//! How sure ranks are. One file a kind, listed in [`TABLE`].
//!
//! A kind has the form of an analysis: it looks at one league of an evaluation and gives tables. What differs is the
//! question: an analysis says what the results are, a kind of robustness says what they would be if something else that
//! is not known exactly were different.

mod error;
mod propagation;
mod ranks;
mod sampling;
pub mod simplex;
mod survey;

use crate::analysis::Entry;

pub use error::{CellError, ErrorSource, SamplingError, Unknown};
pub use propagation::{NoWay, Propagation, Slopes, Way};
pub use ranks::{Differences, Estimates, RankSet, differences_of_counts};
pub use survey::{
    count_interval, greater_by_chance, normal_width, standard_error_of_share, wilson,
};

/// Every kind, in the order of a report.
pub static TABLE: &[Entry] = &[sampling::ENTRY];

/// The kind of this name.
pub fn find(name: &str) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.name == name)
}
