//! Statistics of a comparison: one file each, listed in [`TABLE`].
//!
//! An [`Entry`] says everything about its statistic: reports, files and documents read it there.

mod change_rank;
mod change_tier;
mod drastic_ws;
mod frobenius_distance;
mod goodman_kruskal_gamma;
mod kappa;
mod kappa_linear;
mod kappa_quadratic;
mod kemeny_distance;
mod kendall_tau_b;
mod mean_move_in_rank;
mod mean_move_in_score;
mod rank_biased_overlap;
mod spearman;
mod weighted_spearman;
mod weighted_tau;
mod ws;

pub use drastic_ws::drastic_ws;
pub use frobenius_distance::frobenius_distance;
pub use goodman_kruskal_gamma::goodman_kruskal_gamma;
pub use kappa::{Weights, kappa};
pub use kemeny_distance::kemeny_distance;
pub use rank_biased_overlap::rank_biased_overlap;
pub use weighted_spearman::weighted_spearman;
pub use weighted_tau::weighted_tau;
pub use ws::ws;

use super::{Aligned, Migration, Statistic, Undefined};

/// Every statistic, in the order of a report.
pub static TABLE: &[Entry] = &[
    spearman::ENTRY,
    kendall_tau_b::ENTRY,
    goodman_kruskal_gamma::ENTRY,
    weighted_tau::ENTRY,
    weighted_spearman::ENTRY,
    ws::ENTRY,
    drastic_ws::ENTRY,
    rank_biased_overlap::ENTRY,
    kemeny_distance::ENTRY,
    frobenius_distance::ENTRY,
    mean_move_in_rank::ENTRY,
    mean_move_in_score::ENTRY,
    change_rank::ENTRY,
    change_tier::ENTRY,
    kappa::ENTRY,
    kappa_linear::ENTRY,
    kappa_quadratic::ENTRY,
];

/// What a statistic says about itself.
#[derive(Debug)]
pub struct Entry {
    /// Its key in files; also the name of its file.
    pub name: &'static str,
    /// Its name for readers.
    pub label: &'static str,
    /// What it says, in one sentence.
    pub summary: &'static str,
    /// The formula, in plain text. Ranks are r on the first side and s on the second, of n regions.
    pub formula: &'static str,
    /// Its source.
    pub reference: &'static str,
    /// What it is computed from.
    pub of: Of,
    /// What its value is.
    pub kind: Kind,
    /// A number that the caller chooses, and its letter in the formula.
    pub parameter: Option<Parameter>,
    /// Computes it.
    pub compute: fn(&Pair<'_>) -> Statistic,
}

/// A number that the caller chooses: its letter in the formula, and where it stands.
pub type Parameter = (&'static str, fn(&Pair<'_>) -> f64);

/// What a statistic is computed from, which decides how many regions it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The ranks of the regions that are ranked on both sides.
    Ranks,
    /// The scores of the regions that have one on both sides.
    Scores,
    /// The tiers of the regions that have one on both sides, in tiers that exist on both.
    Tiers,
}

/// What the value of a statistic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A measure, shown with so many decimals.
    Measure(usize),
    /// How many of the n regions.
    Count,
}

/// What statistics are computed from.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The regions of both sides.
    pub aligned: &'a Aligned<'a>,
    /// How they move between tiers.
    pub migration: &'a Result<Migration, Undefined>,
    /// The persistence of the rank-biased overlap, between 0 and 1.
    pub persistence: f64,
}

impl Pair<'_> {
    fn migration(&self) -> Result<&Migration, Undefined> {
        self.migration.as_ref().map_err(Clone::clone)
    }

    fn n(&self, of: Of) -> usize {
        match of {
            Of::Ranks => self.aligned.n(),
            Of::Scores => self.aligned.scored(),
            Of::Tiers => self.migration().and_then(Migration::moved).map_or(0, |(_, n)| n),
        }
    }
}

/// A statistic of two standings.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Which one.
    pub entry: &'static Entry,
    /// Its value, or why there is none.
    pub value: Statistic,
    /// How many regions it is about.
    pub n: usize,
    /// The parameter that it was computed with, and its letter.
    pub parameter: Option<(&'static str, f64)>,
}

impl Figure {
    /// Every statistic, in the order of [`TABLE`].
    pub(super) fn all(pair: &Pair<'_>) -> Vec<Figure> {
        let figure = |entry: &'static Entry| Figure {
            entry,
            value: (entry.compute)(pair),
            n: pair.n(entry.of),
            parameter: entry.parameter.map(|(letter, value)| (letter, value(pair))),
        };
        TABLE.iter().map(figure).collect()
    }
}
