//! Cutting scores into tiers.

mod counts;
mod cut_points;
mod equal_interval;
mod head_tail;
mod hierarchical;
mod k_means;
mod ladder;
mod mean_sd;
mod natural_breaks;
mod partition;
mod quantiles;
mod shares;

use crate::method::{Entry, MethodError, Rows, Scratch};
use crate::number::Grid;

pub use natural_breaks::natural_bounds;

/// Every built-in tiering: one file each.
pub static TABLE: &[Entry<dyn Tiering>] = &[
    cut_points::ENTRY,
    counts::ENTRY,
    shares::ENTRY,
    quantiles::ENTRY,
    equal_interval::ENTRY,
    natural_breaks::ENTRY,
    mean_sd::ENTRY,
    k_means::ENTRY,
    hierarchical::ENTRY,
    head_tail::ENTRY,
];

/// A region's tier: 0 is the best.
pub type Tier = u16;

/// A way to cut scores into tiers.
pub trait Tiering: Send + Sync {
    /// Writes each region's tier, 0 being the best; `None` where it has no score.
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError>;

    /// How many tiers there are, whether a region is in them or not; `None` where only the scores tell.
    fn count(&self) -> Option<usize> {
        None
    }

    /// The bounds between tiers in descending order, where they are stated and do not depend on the scores.
    fn fixed_bounds(&self) -> Option<&[f64]> {
        None
    }

    /// The names of the tiers from best to worst; empty where tiers are numbered from 1.
    fn labels(&self) -> &[String];

    /// The same, where less is better.
    fn labels_if_less_is_better(&self) -> &[String] {
        self.labels()
    }
}

/// What a tiering sees: the regions that are ranked together.
#[derive(Clone, Copy, Debug)]
pub struct TieringInput<'a> {
    /// Their scores, for which more is better (if less is better, they arrive with their sign changed); NaN if absent.
    /// They are settled: those that count as equal are equal to the last bit, and decimals are as they are written.
    pub scores: &'a [f64],
    /// Whether less is better in the scores as they are shown.
    pub less_is_better: bool,
    /// Their ranks, 1 being the best, equal scores sharing the best of their places; NaN where absent.
    pub ranks: &'a [f64],
    /// When a score is the same as a number that was computed of scores, such as a quantile.
    pub grid: Grid,
    /// Who the rows are.
    pub rows: Rows<'a>,
}
