//! Whether the structure of an index fits its data: correlations between nodes, and what follows from them.
//!
//! Everything is computed from the scores of nodes over some rows ([`Scores`]), in which more is better at every node. This
//! is the part of a JRC audit on statistical coherence (OECD/JRC 2008, Handbook on Constructing Composite Indicators,
//! step 4; Saisana & Saltelli 2011, Rankings and Ratings, Hague Journal on the Rule of Law 3(2), 247-268).

mod adequacy;
mod components;
mod consistency;
mod dominance;
mod importance;
mod pairs;
mod rank_differences;
mod redundancy;
mod scores;

pub use adequacy::{Adequacy, adequacy};
pub use components::{Components, components};
pub use consistency::{Consistency, consistency};
pub use dominance::{Dominance, Order, dominance, order};
pub use importance::{Importance, importance};
pub use pairs::{Flag, NEGATIVE, Own, Pair, REDUNDANT, WEAK, own_and_others, within_level};
pub use rank_differences::{FAR, RankDifference, rank_differences};
pub use redundancy::{Effect, Redundancy, redundancy};
pub use scores::Scores;
