//! Weighing siblings.

mod ahp;
mod angle;
mod best_worst;
mod cilos;
mod coefficient_of_variation;
mod columns;
mod combination;
mod critic;
mod dematel;
mod entropy;
mod equal;
mod expert_panel;
mod factor_analysis;
mod fucom;
mod full_marks;
mod fuzzy_ahp;
mod gini;
mod given;
mod idocriw;
mod independence;
mod lmaw;
mod lopcow;
mod merec;
mod opa;
mod pca;
mod psi;
mod rancom;
mod rank_order_centroid;
mod scatter_degree;
mod standard_deviation;
mod target_importance;
mod variance;

use crate::method::{Entry, MethodError, Needs, Rows, Scratch};
use crate::model::{Direction, Node};

/// Every built-in weighting: one file each.
pub static TABLE: &[Entry<dyn Weighting>] = &[
    ahp::ENTRY,
    angle::ENTRY,
    best_worst::ENTRY,
    cilos::ENTRY,
    coefficient_of_variation::ENTRY,
    combination::ENTRY,
    critic::ENTRY,
    dematel::ENTRY,
    entropy::ENTRY,
    equal::ENTRY,
    expert_panel::ENTRY,
    factor_analysis::ENTRY,
    fucom::ENTRY,
    full_marks::ENTRY,
    fuzzy_ahp::ENTRY,
    gini::ENTRY,
    given::ENTRY,
    idocriw::ENTRY,
    independence::ENTRY,
    lmaw::ENTRY,
    lopcow::ENTRY,
    merec::ENTRY,
    opa::ENTRY,
    pca::ENTRY,
    psi::ENTRY,
    rancom::ENTRY,
    rank_order_centroid::ENTRY,
    scatter_degree::ENTRY,
    standard_deviation::ENTRY,
    target_importance::ENTRY,
    variance::ENTRY,
];

/// A way to weigh siblings.
pub trait Weighting: Send + Sync {
    /// Writes one weight a sibling, zero or above. They are scaled to a sum of one afterwards.
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError>;

    /// What it needs of the siblings' scores.
    fn needs(&self) -> Needs {
        Needs::NOTHING
    }

    /// Whether it uses the scores; if it does not, the weights are computed once and not for every period.
    fn looks_at_scores(&self) -> bool {
        true
    }

    /// Whether its weights are scaled to a sum of one; if not, they are used as printed where the formula allows it.
    fn rescales(&self) -> bool {
        true
    }

    /// The weight that is stated for a sibling, of a weighting that takes weights as they are stated.
    fn stated(&self, _sibling: &Node) -> Option<f64> {
        None
    }

    /// Which facts every sibling must state in the tree: `weight`, `full_marks`, or nothing.
    fn needs_fact(&self) -> Option<&'static str> {
        None
    }
}

/// What a weighting sees: the children of one node, or all leaves at once where the project says so.
#[derive(Clone, Copy, Debug)]
pub struct Siblings<'a> {
    /// The scores of each sibling over the same rows, NaN where absent; empty columns where the method does not look.
    pub columns: &'a [&'a [f64]],
    /// The siblings: stated weights, full marks, codes.
    pub nodes: &'a [&'a Node],
    /// Their parent.
    pub parent: &'a Node,
    /// Which way is better in each column (normalised scores: more, everywhere).
    pub directions: &'a [Direction],
    /// Who the rows are.
    pub rows: Rows<'a>,
}

/// The weights that a method finds, of any sum above zero. A single sibling has all the weight, whatever its scores.
pub(crate) fn find(
    method: &dyn Weighting,
    siblings: &Siblings<'_>,
    scratch: &mut Scratch,
    out: &mut [f64],
) -> Result<(), MethodError> {
    if out.len() == 1 && method.looks_at_scores() {
        // What it gives beside its weights can still be looked at.
        let _ = method.weights(siblings, scratch, out);
        out[0] = 1.0;
        return Ok(());
    }
    method.weights(siblings, scratch, out)?;
    let sum: f64 = out.iter().sum();
    if !(sum > 0.0 && sum.is_finite()) || out.iter().any(|w| *w < 0.0) {
        return Err(MethodError::NoWeight);
    }
    Ok(())
}
