//! Scores of leaves and nodes that are filled after normalisation, and their rounding.

use super::intermediate::keep;
use super::layout::{Layout, RowSet};
use crate::imputation::ImputationInput;
use crate::method::{MethodError, Scratch, Stage};
use crate::methodology::{Methodology, Rounding};
use crate::model::{Column, Indicator, NodeId, State, Study};
use crate::number;

/// Rounds the scores of a column, compared in each league and period.
pub(super) fn round_by_slice(
    study: &Study,
    methodology: &Methodology,
    rounding: Rounding,
    out: &mut [f64],
) {
    for slice in study.panel.slices() {
        let scores = &mut out[slice.rows.clone()];
        rounding.apply(methodology.precision.grid(number::largest(scores)), scores);
    }
}

/// Fills the scores of a leaf or node that are missing, where the methodology says how, and rounds them as the others.
pub(super) fn fill_scores<'l>(
    study: &Study,
    methodology: &Methodology,
    layout: &'l Layout,
    node: NodeId,
    (column, scratch): (&mut Column, &mut Scratch),
) -> Result<(), (MethodError, &'l RowSet)> {
    let Some(plan) = methodology.fill.as_ref().filter(|_| !column.is_complete()) else {
        return Ok(());
    };
    let (choice, before) = (plan.at(node), column.clone());
    let indicator = methodology.system.node(node).indicator.clone().unwrap_or_default();
    // Scores: what is better is known from them alone.
    let direction = methodology.domains()[node.index()].direction;
    let indicator = Indicator { direction, goalposts: None, ..indicator };
    let mut scores = before.values().to_vec();
    for set in layout.sets(choice.over, choice.among) {
        let settled = |row| matches!(before.state(row), State::Value | State::NotApplicable);
        if (0..set.len()).all(|k| settled(set.row(k))) {
            continue;
        }
        let rows = set.rows(study, &layout.times);
        set.run(before.values(), &mut scores, |values, out| {
            let columns = [values];
            let input = ImputationInput {
                columns: &columns,
                column: 0,
                siblings: &[0],
                directions: &[direction],
                indicator: &indicator,
                code: &methodology.system.node(node).code,
                rows,
            };
            choice.method.impute(&input, scratch, out)?;
            let filled = values.iter().zip(out.iter());
            let filled = filled.map(|(x, y)| if x.is_nan() { *y } else { f64::NAN });
            if scratch.intermediate.is_asked() && filled.clone().any(|x| !x.is_nan()) {
                scratch.intermediate.regions("filled", filled);
            }
            Ok(())
        })
        .map_err(|e| (e, set))?;
        let stage = match methodology.system.node(node).children.is_empty() {
            true => Stage::Normalisation,
            false => Stage::Aggregation,
        };
        keep(scratch, stage, choice, node, &[node], set);
    }
    if let Some(rounding) = methodology.rounding[node.index()] {
        round_by_slice(study, methodology, rounding, &mut scores);
    }
    column.buffer(before.len()).copy_from_slice(&scores);
    column.settle(&before);
    Ok(())
}

/// Puts filled scores into a column of scores before rounding.
pub(super) fn fill_in(before: &mut Column, filled: &Column) {
    let pairs = before.values().iter().zip(filled.values());
    let values = pairs.map(|(x, y)| if x.is_nan() { *y } else { *x }).collect();
    let states = (0..filled.len()).map(|row| filled.state(row)).collect();
    *before = Column::with_states(values, states);
}
