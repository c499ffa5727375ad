//! Intermediate results: the stages run again from what the evaluation keeps, and this time keep what the methods give
//! beside their results.

use super::layout::RowSet;
use super::passing::Passing;
use super::{Evaluation, EvaluationError};
use crate::method::{Entry, FoundAt, Given, Intermediate, Scratch, Stage, find};
use crate::methodology::Choice;
use crate::model::NodeId;
use crate::{aggregation, imputation, normalisation, tiering, treatment, weighting};

impl Evaluation {
    /// The intermediate results of every method, stage by stage: how they came to their numbers. Beside those of a
    /// weighting for each sibling stands `weight`, what came of it. They are computed when they are asked for, at the
    /// cost of another evaluation.
    ///
    /// # Errors
    /// As [`Evaluation::new`]; a method that gave its result may fail over its intermediate results.
    pub fn intermediate(&self) -> Result<Vec<FoundAt>, Vec<EvaluationError>> {
        let mut again = Evaluation { passing: Passing::Kept, ..self.clone() };
        again.scratch.intermediate = Intermediate::asked();
        let done = again
            .impute()
            .and_then(|()| again.treat(None))
            .and_then(|()| again.normalise(None))
            .and_then(|()| again.aggregate())
            .and_then(|()| again.tier());
        done.map_err(|errors| self.in_given_rows(errors))?;
        Ok(std::mem::take(&mut again.scratch.intermediate).into_found())
    }
}

/// The intermediate results that a built-in method declares; none for a script or a plugin.
pub fn declared(stage: Stage, method: &str) -> &'static [Given] {
    fn of<M: ?Sized>(table: &'static [Entry<M>], method: &str) -> &'static [Given] {
        find(table, method).map_or(&[], |entry| entry.intermediate)
    }
    match stage {
        Stage::System => &[],
        Stage::Imputation => of(imputation::TABLE, method),
        Stage::Treatment => of(treatment::TABLE, method),
        Stage::Normalisation => of(normalisation::TABLE, method),
        Stage::Weighting => of(weighting::TABLE, method),
        Stage::Aggregation => of(aggregation::TABLE, method),
        Stage::Tiering => of(tiering::TABLE, method),
    }
}

/// Keeps what a method gave beside its result, with the place where it did.
pub(super) fn keep<M: ?Sized>(
    scratch: &mut Scratch,
    stage: Stage,
    choice: &Choice<M>,
    node: NodeId,
    siblings: &[NodeId],
    set: &RowSet,
) {
    if !scratch.intermediate.is_asked() {
        return;
    }
    let results = scratch.intermediate.take();
    if !results.is_empty() {
        let rows = (0..set.len()).map(|k| set.row(k)).collect();
        let (method, siblings) = (choice.name.clone(), siblings.to_vec());
        scratch.intermediate.keep(FoundAt { stage, method, node, siblings, rows, results });
    }
}
