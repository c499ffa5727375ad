//! Published results beside those of a project: what `[official]` states, and how far it is reproduced; and what
//! `[published]` states, and whether it can all be true.

mod compare;
mod figures;
mod file;
mod reproduce;

pub use compare::{Cell, Compared, Found, Line, Stale, Standing, Tally, compare};
pub use figures::{
    Contradiction, Figures, Published as PublishedFigures, Row as Figure, Share, figures,
};
pub use file::{Published, Stated, read};
pub use reproduce::{misread, reproduce, unmet, unmet_figures, weigh};

use quanheng_core::number::RoundMode;

use crate::data::file::{Format, Input};
use crate::data::number::Notation;
use crate::problem::Place;

quanheng_core::method::choice! {
    /// What of a result is compared.
    #[derive(PartialOrd, Ord)]
    pub enum Kind {
        /// The score.
        Score = "score",
        /// The rank.
        Rank = "rank",
        /// The tier.
        Tier = "tier",
    }
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 3] = [Kind::Score, Kind::Rank, Kind::Tier];
}

/// One table of published results, and how it is compared.
#[derive(Clone, Debug)]
pub struct Official {
    /// The methodology whose results are compared.
    pub methodology: String,
    /// The file.
    pub input: Input,
    /// Its form.
    pub format: Format,
    /// How it writes numbers, and what stands in cells that are not compared.
    pub notation: Notation,
    /// Its columns.
    pub heads: Heads,
    /// The kinds that are compared; those that the file has unless stated.
    pub kinds: Option<Vec<Kind>>,
    /// The nodes that are compared; all in the file unless stated.
    pub nodes: Option<Vec<String>>,
    /// The periods that are compared; all in the file unless stated.
    pub periods: Option<Vec<String>>,
    /// With how many decimals scores are published; as they are written unless stated.
    pub decimals: Option<u32>,
    /// How they were rounded.
    pub mode: RoundMode,
    /// By how much a score may differ that is not equal at these decimals.
    pub tolerance: Option<f64>,
    /// How many cells must have been compared at least.
    pub at_least: Option<usize>,
    /// What is known to differ.
    pub except: Vec<Exception>,
    /// Where the project file states it.
    pub place: Place,
}

/// The names of columns as the project states them.
#[derive(Clone, Debug, Default)]
pub struct Heads {
    /// Of regions; `region` unless stated.
    pub region: Option<String>,
    /// Of periods; `period` unless stated.
    pub period: Option<String>,
    /// Of nodes; `node` unless stated.
    pub node: Option<String>,
    /// Of scores; `score` unless stated.
    pub score: Option<String>,
    /// Of ranks; `rank` unless stated.
    pub rank: Option<String>,
    /// Of tiers; `tier` unless stated.
    pub tier: Option<String>,
}

/// Cells that are known to differ, and why.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The regions.
    pub regions: Option<Vec<String>>,
    /// The periods.
    pub periods: Option<Vec<String>>,
    /// The nodes.
    pub nodes: Option<Vec<String>>,
    /// The kinds.
    pub kinds: Option<Vec<Kind>>,
    /// Why they differ.
    pub reason: String,
    /// Where the project file states it.
    pub place: Place,
}
