//! Comparing two results of evaluation: how far scores, ranks and tiers agree, and which regions move.
//!
//! A [`Standing`] is one side: the regions of one league and period with their scores, ranks and tiers. [`Aligned`] is
//! two of them, region beside region; [`statistic`] has one file for each statistic of such a pair. A statistic that
//! cannot be computed states the reason ([`Undefined`]) instead of a meaningless number.

mod agreement;
mod aligned;
mod difference;
mod lines;
mod matched;
mod migration;
mod standing;
pub mod statistic;

pub use agreement::Agreement;
pub use aligned::{Aligned, Mapping, Mover};
pub use difference::{Change, PartChanges, What, changes, retitled};
pub use lines::{Hunk, Line, changed_lines};
pub use matched::matched;
pub use migration::{Migration, TierMapping};
pub use standing::Standing;
pub use statistic::{
    Weights, drastic_ws, frobenius_distance, goodman_kruskal_gamma, kappa, kemeny_distance,
    rank_biased_overlap, weighted_spearman, weighted_tau, ws,
};

/// A statistic, or why there is none.
pub type Statistic = Result<f64, Undefined>;

/// One side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first.
    First,
    /// The second.
    Second,
    /// Both.
    Both,
}

/// Why a statistic is not defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// Too few regions are ranked, or have a tier, on both sides.
    TooFew {
        /// How many there are.
        n: usize,
        /// How many it takes.
        least: usize,
    },
    /// All regions share one rank.
    Constant(Side),
    /// There are no tiers.
    NoTiers(Side),
    /// The numbers of tiers on the two sides, which differ.
    TierCounts {
        /// On the first side.
        first: usize,
        /// On the second.
        second: usize,
    },
    /// There are as many tiers on both sides, with other names, and no mapping states which corresponds to which.
    TierNames,
    /// The scores are on different scales.
    OtherScale,
    /// All regions are in one tier, the same on both sides, so that agreement by chance is already complete.
    OneTier,
}
