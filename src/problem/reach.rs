//! What can be wrong with a rank or tier that a region is to reach.

use quanheng_words::Text;

/// Kinds of faults of what is to be reached.
#[derive(Clone, Debug, PartialEq)]
pub enum ReachFault {
    /// Not a region and a goal.
    Words {
        /// How many words there are.
        found: usize,
    },
    /// A rank that no region can have.
    Rank {
        /// The rank as written.
        goal: String,
        /// How many regions are ranked.
        ranked: usize,
    },
    /// A tier where the methodology has none.
    NoTiers {
        /// The tier as written.
        goal: String,
    },
    /// A region without a rank.
    NoRank {
        /// The region.
        region: String,
        /// The period, where one is stated.
        period: String,
    },
    /// A region none of whose cells can change.
    NoCell {
        /// The region.
        region: String,
        /// Why, with the leaves.
        reasons: Vec<Text>,
    },
}
