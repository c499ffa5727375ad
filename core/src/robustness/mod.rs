//! How sure ranks are. One file a kind, listed in [`TABLE`].
//!
//! A kind has the form of an analysis: it looks at one league of an evaluation and gives tables. What differs is the
//! question: an analysis says what the results are, a kind of robustness says what they would be if something else that
//! is not known exactly were different.

mod bounds;
mod draws;
mod engine;
mod error;
mod filled;
mod lanes;
mod linear;
mod overtaking;
mod partial;
mod places;
mod polytope;
mod propagation;
mod rank_bounds;
mod ranks;
mod rounds;
mod sampling;
pub mod simplex;
mod survey;
mod tally;
mod weights;

use crate::analysis::{Entry, Subject};

pub use draws::Drawing;
pub use engine::Draws;
pub use error::{CellError, Common, ErrorSource, SamplingError, Unknown};
pub use lanes::Shape;
pub use linear::{Group, Linear};
pub use overtaking::{Norm, Overtaking};
pub use partial::{Overlap, Partial, Shard};
pub use polytope::Polytope;
pub use propagation::{NoWay, Propagation, Slopes, Way};
pub use rank_bounds::{RankBound, rank_bound, rank_under};
pub use ranks::{Differences, Estimates, RankSet, differences_of_counts};
pub use rounds::Until;
pub use survey::{
    count_interval, greater_by_chance, normal_width, standard_error_of_share, wilson,
};
pub use tally::Tally;

/// Every kind, in the order of a report.
pub static TABLE: &[Entry] = &[sampling::ENTRY, weights::ENTRY, draws::ENTRY, bounds::ENTRY];

/// The kind of this name.
pub fn find(name: &str) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.name == name)
}

/// Whether the scores of a subject are sums of weights times scores where the weights at some nodes are open, or those of
/// all indicators where no node is named: then draws of weights need no evaluation.
pub fn is_linear(subject: &Subject<'_>, at: &[String]) -> bool {
    let nodes = subject.nodes(at, Vec::new);
    let slice = subject.now();
    nodes.and_then(|nodes| weights::open(subject, slice?, &nodes)).is_ok()
}
