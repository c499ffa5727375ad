//! What an analysis may need beside the results: covariates, neighbours, and the rules of awards.

use crate::model::{Names, RegionIx};

/// Everything that a project states for its analyses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// The covariates, in stated order.
    pub covariates: Vec<Covariate>,
    /// The links between neighbours; a link in both directions stands twice.
    pub neighbours: Vec<Neighbour>,
    /// The awards, in stated order.
    pub awards: Vec<Award>,
}

/// Something outside the index with which its scores are correlated.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariate {
    /// Its code.
    pub code: String,
    /// Its names by language.
    pub names: Names,
    /// Whether its logarithm is taken.
    pub log: bool,
    /// Where its values are.
    pub source: Source,
}

/// Where the values of a covariate are.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// In the column of this name of the study's data: a value for each row of the panel.
    Column(String),
    /// In the table of regions: a value for each region of the study, NaN for none, the same in all periods.
    Regions(Vec<f64>),
}

/// A link from a region to one of its neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// The region.
    pub region: RegionIx,
    /// Its neighbour.
    pub neighbour: RegionIx,
    /// The weight of the neighbour for the region, above 0.
    pub weight: f64,
}

/// An award, by its rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Award {
    /// Its code.
    pub code: String,
    /// Its names by language.
    pub names: Names,
    /// By what it is given.
    pub rule: Rule,
    /// The code of the node that counts; the index where none is stated.
    pub node: Option<String>,
    /// How many are given it; those that are equal to the last of them are given it too.
    pub count: usize,
    /// The label of the period with which the rule compares; the period before where none is stated.
    pub since: Option<String>,
    /// The group and, in it, the class whose members alone can be given it.
    pub among: Option<(String, String)>,
}

crate::method::choice! {
    /// By what an award is given.
    pub enum Rule {
        /// The best score.
        Best = "best",
        /// The largest rise in rank.
        RiseInRank = "rise_in_rank",
        /// The largest rise in score.
        RiseInScore = "rise_in_score",
        /// The best score of the regions that had no score before.
        Newcomer = "newcomer",
    }
}
