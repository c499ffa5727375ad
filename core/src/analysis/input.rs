//! What an analysis may need beside the results.

use std::sync::Arc;

use crate::methodology::Methodology;
use crate::model::Names;
use crate::robustness::SamplingError;

/// Everything that a project states for its analyses.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The covariates, in stated order.
    pub covariates: Vec<Covariate>,
    /// The neighbours of regions, each link in each of its directions, by the codes of both; none where the project
    /// states no table of neighbours.
    pub neighbours: Option<Vec<Link>>,
    /// The sampling errors of indicators.
    pub errors: Vec<SamplingError>,
    /// All methodologies.
    pub methodologies: Vec<Arc<Methodology>>,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In a column of the study's data, with a value for each region and period.
    Data(String),
    /// In a column of numbers of the table of regions, with a value for each region.
    Regions(String),
}

/// A region that has another one as its neighbour.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The code of the region.
    pub region: String,
    /// The code of its neighbour.
    pub neighbour: String,
    /// How much the neighbour counts; above 0.
    pub weight: f64,
}
