//! Worked examples: small inputs with the result that a reader can check by hand or in the cited source.

use super::{Settings, Value};
use crate::model::{Group, Indicator, Neighbours};

/// A worked example of a method, in the same form for every stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    /// The settings, as in a project file; what is left out has its default.
    pub settings: Settings,
    /// The input: a single column for imputation, treatment, normalisation and tiering (its scores), one for each child
    /// for weighting and aggregation. NaN is a missing cell.
    pub columns: Vec<Vec<f64>>,
    /// The facts of each column's indicator; none stands for plain facts, more being better.
    pub indicators: Vec<Indicator>,
    /// The code of each column's indicator; `x1`, `x2` and so on unless stated.
    pub codes: Vec<String>,
    /// For aggregation: the weight of each child; none stands for equal ones.
    pub weights: Vec<f64>,
    /// For weighting: what each sibling states as its weight.
    pub stated: Vec<f64>,
    /// Full marks of each child; none stands for none.
    pub full_marks: Vec<f64>,
    /// How many periods the rows run over, period by period; 0 and 1 both mean one.
    pub periods: usize,
    /// Groups of the regions `1`, `2`, …, for the methods that look at them.
    pub groups: Vec<Group>,
    /// Neighbours of the regions `1`, `2`, …, for the methods that look at them.
    pub neighbours: Option<Neighbours>,
    /// The result: a column, the weights, or the tiers (1 is the best).
    pub expected: Vec<f64>,
    /// Where the figures come from, or how a reader can work them out.
    pub source: std::borrow::Cow<'static, str>,
}

impl Example {
    /// Settings from pairs.
    pub fn with<const N: usize>(mut self, settings: [(&str, Value); N]) -> Self {
        self.settings = Settings::from(settings);
        self
    }
}
