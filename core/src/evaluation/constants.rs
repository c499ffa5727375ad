//! Indicators that do not set regions apart.

use quanheng_words::text;

use super::{Evaluation, EvaluationError};
use crate::method::{MethodError, Stage};
use crate::model::NodeId;
use crate::normalisation::{Constant, only_value};

/// An indicator whose values are all equal among the regions that its normalisation looks at together.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstantColumn {
    /// The indicator.
    pub leaf: NodeId,
    /// The slices of the panel (one league in one period each) that were looked at together.
    pub slices: Vec<usize>,
    /// How many cells have the value.
    pub count: usize,
    /// The one value.
    pub value: f64,
    /// What its scores are.
    pub scores: ConstantScores,
}

/// What the scores of a constant indicator are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ConstantScores {
    /// Those of the formula, which has scores for equal values.
    OfFormula,
    /// The one that the methodology states.
    Stated(f64),
    /// None: the indicator is left out, as if it were not in the tree.
    LeftOut,
}

impl Evaluation {
    /// The indicators whose values, two or more, are all equal among the regions that their normalisation looks at
    /// together, leaf by leaf; those that a stated rule scores or leaves out are listed with a single value too.
    pub fn constants(&self) -> Vec<ConstantColumn> {
        let mut found = Vec::new();
        let slices = self.study.panel.slices();
        for (k, &leaf) in self.methodology.system.leaves().iter().enumerate() {
            let choice = self.methodology.normalisation.at(leaf);
            let values = self.treated.columns()[k].values();
            for set in self.layout.sets(choice.over, choice.among) {
                let part = set.gather(values);
                let Some(value) = only_value(&part) else { continue };
                let scores = match choice.method.constant() {
                    None | Some(Constant::Fail) => ConstantScores::OfFormula,
                    Some(Constant::Score(score)) => ConstantScores::Stated(score),
                    Some(Constant::LeaveOut) => ConstantScores::LeftOut,
                };
                let count = crate::number::count(&part);
                if count > 1 || scores != ConstantScores::OfFormula {
                    let of_set = |slice: &usize| set.contains(slices[*slice].rows.start);
                    let slices = (0..slices.len()).filter(of_set).collect();
                    found.push(ConstantColumn { leaf, slices, count, value, scores });
                }
            }
        }
        found
    }

    /// Whether a node is left out in a slice because it is constant there, or because all its children are left out.
    pub fn is_left_out(&self, slice: usize, node: NodeId) -> bool {
        self.left_out[slice][node.index()]
    }

    /// Carries what is left out up the tree. An index is an error if nothing is left of it.
    pub(super) fn leave_out(&mut self) -> Result<(), Vec<EvaluationError>> {
        let system = &self.methodology.system;
        let slices = self.study.panel.slices();
        self.left_out.clear();
        self.left_out.resize(slices.len(), vec![false; system.nodes().len()]);
        for (&leaf, slices) in system.leaves().iter().zip(&self.constant) {
            for &slice in slices {
                self.left_out[slice][leaf.index()] = true;
            }
        }
        let root = system.root();
        for (left_out, slice) in self.left_out.iter_mut().zip(slices) {
            for &node in system.inner() {
                let children = &system.node(node).children;
                left_out[node.index()] = children.iter().all(|c| left_out[c.index()]);
            }
            if left_out[root.index()] {
                return Err(vec![EvaluationError {
                    stage: Stage::Normalisation,
                    method: self.methodology.normalisation.default().name.clone(),
                    node: root,
                    child: None,
                    first_row: slice.rows.start,
                    rows: Vec::new(),
                    beside: false,
                    error: MethodError::Other(text!(constant_all_left_out)),
                }]);
            }
        }
        Ok(())
    }
}
