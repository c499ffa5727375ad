//! What an analysis may need beside the results.

use crate::model::Names;

/// Everything that a project states for its analyses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// The covariates, in stated order.
    pub covariates: Vec<Covariate>,
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
    /// The column of the study's data in which its values are.
    pub column: String,
}
