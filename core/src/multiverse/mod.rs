//! Multiverse analysis: every combination of a researcher's choices, evaluated and compared.
//!
//! Steegen, Tuerlinckx, Gelman & Vanpaemel 2016, Increasing transparency through a multiverse analysis, Perspectives on
//! Psychological Science 11(5). A *fork* is a choice with its options, a *branch* one option of each fork. What is
//! computed is shared: branches that agree in all stages up to one have that stage computed once, whatever their
//! options are called.

mod branch;
mod summary;
#[cfg(test)]
mod tests;
mod tree;
mod variance;
mod walk;

pub use branch::{Constraint, Fork, Forks, Rule, Sample};
pub use summary::{ForkSummary, Kept, OptionSummary, Results, Spread, Summary};
pub(crate) use tree::row_keys;
pub use tree::{Fate, Ground, LEVELS, RowKey, Space, Tree, Variants};
pub use variance::{Design, Share};
pub use walk::{ByRow, Failure, Outcome, Walk};
