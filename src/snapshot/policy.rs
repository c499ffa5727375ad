//! What of a methodology is pinned, and how exactly it must be met again.

use indexmap::IndexMap;
use quanheng_core::model::PeriodIx;
use quanheng_core::number;

quanheng_core::method::choice! {
    /// The nodes whose scores are pinned.
    #[derive(Default)]
    pub enum Detail {
        /// The index alone.
        Index = "index",
        /// The index and the nodes below it.
        #[default]
        Level1 = "level1",
        /// All nodes but the leaves.
        Inner = "inner",
        /// All nodes.
        All = "all",
    }
}

/// By how much a score may differ. Ranks and tiers may not.
///
/// A score is met where the two differ by no more than `absolute`, or by no more than `relative` times the greater of
/// their magnitudes. Both are 0 unless stated: then the numbers must be equal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tolerance {
    /// In the unit of the scores.
    pub absolute: f64,
    /// A share of the greater magnitude.
    pub relative: f64,
}

impl Tolerance {
    /// Whether a score is met.
    pub fn meets(&self, from: f64, to: f64) -> bool {
        let (difference, greater) = sizes(from, to);
        difference <= self.absolute || difference <= self.relative * greater
    }
}

/// The difference of two numbers, and the greater of their magnitudes.
pub(super) fn sizes(from: f64, to: f64) -> (f64, f64) {
    ((to - from).abs(), number::max(from.abs(), to.abs()))
}

/// What is pinned of a methodology, and how exactly.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// By how much scores may differ.
    pub tolerance: Tolerance,
    /// The nodes whose scores are pinned.
    pub detail: Detail,
    /// The periods that are pinned; all where none is stated.
    pub periods: Option<Vec<PeriodIx>>,
}

/// What the project states in `[snapshot]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policies {
    /// For all methodologies.
    pub usual: Policy,
    /// For those that have a policy of their own, by code.
    pub own: IndexMap<String, Policy>,
}

impl Policies {
    /// The policy for a methodology.
    pub fn of(&self, methodology: &str) -> &Policy {
        self.own.get(methodology).unwrap_or(&self.usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_tolerance_is_enough() {
        let none = Tolerance::default();
        assert!(none.meets(0.5, 0.5) && !none.meets(0.5, 0.5000000000000001));
        let absolute = Tolerance { absolute: 0.01, ..none };
        assert!(absolute.meets(0.0, 0.01) && !absolute.meets(100.0, 100.02));
        let relative = Tolerance { relative: 0.01, ..none };
        assert!(relative.meets(100.0, 101.0) && !relative.meets(0.0, 1e-9));
        assert!(relative.meets(-101.0, -100.0));
    }
}
