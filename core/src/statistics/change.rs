//! The cells that imputation filled in and that treatment changed.

use crate::evaluation::Evaluation;
use crate::method::Stage;
use crate::model::Column;

/// A cell that a stage filled in or changed.
#[derive(Clone, Debug)]
pub struct Change<'e> {
    /// Its row in the panel of the evaluation.
    pub row: usize,
    /// The position of its leaf among the leaves of the system.
    pub leaf: usize,
    /// The stage: imputation or treatment.
    pub stage: Stage,
    /// The column before.
    pub before: &'e Column,
    /// The column after.
    pub after: &'e Column,
    /// The methods of the stage at this leaf, as they are called in the methodology.
    pub method: String,
}

/// Every cell that imputation filled in, and every one that treatment changed: leaf by leaf, imputation first.
///
/// A leaf that treatment changes in every cell, as a logarithm does, has all its cells here.
pub fn changes(evaluation: &Evaluation) -> Vec<Change<'_>> {
    let methodology = evaluation.methodology();
    let raw = evaluation.indicators().columns();
    let (complete, treated) = (evaluation.complete().columns(), evaluation.treated().columns());
    let mut changes = Vec::new();
    for (k, &leaf) in methodology.system.leaves().iter().enumerate() {
        let steps = methodology.treatment.iter().map(|plan| plan.at(leaf));
        let steps = steps.filter(|choice| !choice.method.is_identity());
        let treatment = steps.map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(" + ");
        let stages = [
            (
                Stage::Imputation,
                &raw[k],
                &complete[k],
                methodology.imputation.at(leaf).name.clone(),
            ),
            (Stage::Treatment, &complete[k], &treated[k], treatment),
        ];
        for (stage, before, after, method) in stages {
            if before.same_storage(after) {
                continue;
            }
            let cells = before.values().iter().zip(after.values()).enumerate();
            let changed = cells.filter(|(_, (x, y))| !y.is_nan() && (x.is_nan() || x != y));
            changes.extend(changed.map(|(row, _)| Change {
                row,
                leaf: k,
                stage,
                before,
                after,
                method: method.clone(),
            }));
        }
    }
    changes
}
