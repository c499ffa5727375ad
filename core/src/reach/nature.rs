//! What is known of the index as a function of a region's cells.

use super::cells::Cell;
use crate::evaluation::Evaluation;
use crate::methodology::Across;
use crate::model::Column;

/// What the index is as a function of the cells that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// Linear, and the scores of other regions do not depend on these cells.
    Linear,
    /// Concave, and the scores of other regions do not depend on these cells: all changes that are enough form a convex set.
    Concave,
    /// Nothing is known.
    Other,
}

impl Nature {
    /// By the words of the methods, and by the data.
    pub(super) fn of(evaluation: &Evaluation, row: usize, cells: &[Cell]) -> Nature {
        let methodology = evaluation.methodology();
        let system = &methodology.system;
        let looks = |node| methodology.weighting.at(node).method.looks_at_scores();
        let root = system.root();
        let weighed = match methodology.across {
            Across::Siblings => system.inner().iter().any(|&node| looks(node)),
            Across::Leaves => looks(root),
        };
        let complete = |columns: &[Column]| columns.iter().all(Column::is_complete);
        let rounded = |node: usize| node != root.index() && methodology.rounding[node].is_some();
        if weighed
            || methodology.fill.is_some()
            || system.inner().iter().any(|&node| methodology.rescaled(node).is_some())
            || system.nodes().iter().any(|node| node.published.is_some())
            || (0..system.nodes().len()).any(rounded)
            || !complete(evaluation.indicators().columns())
            || !complete(evaluation.normalised().columns())
        {
            return Nature::Other;
        }
        let mut linear = true;
        for &node in system.inner() {
            let method = &methodology.aggregation.at(node).method;
            if !method.is_rowwise() || !method.is_concave() {
                return Nature::Other;
            }
            linear &= methodology.is_linear(node);
        }
        for cell in cells {
            let leaf = system.leaves()[cell.leaf];
            let mut steps = methodology.treatment.iter().map(|plan| plan.at(leaf));
            let indicator = system.indicator(cell.leaf);
            let curve = methodology.normalisation.at(leaf).method.curve(indicator);
            let Some(curve) = curve.filter(|_| steps.all(|step| step.method.is_identity())) else {
                return Nature::Other;
            };
            let value = evaluation.indicators().column(cell.leaf).values()[row];
            if indicator.direction.sign() * (value - curve.worst) < 0.0 {
                // The score stays what it is until the value passes that end.
                return Nature::Other;
            }
            linear &= curve.straight;
        }
        if linear { Nature::Linear } else { Nature::Concave }
    }
}
