//! What stood before and what stands after, where a share was made: cells, weights, scores.

use super::Explanation;
use crate::evaluation::Evaluation;
use crate::method::Stage;
use crate::methodology::{Part, Shown};
use crate::model::{Column, Node, RegionIx, State};

/// A cell, or a number that is always there; none where its side has no such node.
pub type Value = Option<(f64, State)>;

/// What a cause changed, for the region and for others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// On the first side, what is [`Shown`] of the part.
    pub before: Value,
    /// On the second side.
    pub after: Value,
    /// Where cells were imputed or treated: the other regions of its league whose cells differ, the greatest change
    /// first.
    pub others: Vec<Other>,
}

/// A cell of another region.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// Whose.
    pub region: RegionIx,
    /// The cell on the first side.
    pub before: (f64, State),
    /// On the second.
    pub after: (f64, State),
}

/// The figures of a cause within a player's share.
pub(super) fn figure(
    explanation: &Explanation,
    region: RegionIx,
    player: Part,
    codes: &[String],
) -> Figure {
    let Some(code) = codes.first() else {
        return Figure::default();
    };
    let of = |second: bool| {
        let (evaluation, period) = explanation.side(second);
        let panel = &evaluation.study().panel;
        let mut slices = panel.slices().iter().enumerate().filter(|(_, s)| s.period == period);
        slices.find_map(|(k, slice)| Some((evaluation, k, panel.row_of(slice, region)?)))
    };
    let shown = player.entry().shown;
    let cell = |column: &Column, row: usize| (column.values()[row], column.state(row));
    let at = |second: bool| -> Value {
        let (evaluation, slice, row) = of(second)?;
        match shown {
            Shown::Nothing => None,
            Shown::Cell => evaluation.study().columns.get(code).map(|c| cell(c, row)),
            Shown::Column { stage, .. } => column(evaluation, stage, code).map(|c| cell(c, row)),
            Shown::Weight => {
                let node = evaluation.methodology().system.find(code)?;
                Some((evaluation.weights(slice)[node.index()], State::Value))
            }
            Shown::Score => {
                let node = evaluation.methodology().system.find(code)?;
                Some(cell(evaluation.scores(node), row))
            }
        }
    };
    let others = match shown {
        Shown::Column { stage, others: true } => others(explanation, region, stage, code),
        _ => Vec::new(),
    };
    Figure { before: at(false), after: at(true), others }
}

/// The column of a leaf after a stage.
fn column<'e>(evaluation: &'e Evaluation, stage: Stage, code: &str) -> Option<&'e Column> {
    let system = &evaluation.methodology().system;
    let leaf = system.leaves().iter().position(|l| {
        let node: &Node = system.node(*l);
        node.code == code
    })?;
    Some(&evaluation.columns(stage)?[leaf])
}

fn others(explanation: &Explanation, own: RegionIx, stage: Stage, code: &str) -> Vec<Other> {
    let (a, period_a) = explanation.side(false);
    let (b, period_b) = explanation.side(true);
    let (Some(before), Some(after)) = (column(a, stage, code), column(b, stage, code)) else {
        return Vec::new();
    };
    let row = |evaluation: &Evaluation, period, region| {
        let panel = &evaluation.study().panel;
        let mut slices = panel.slices().iter().filter(|s| s.period == period);
        slices.find_map(|slice| panel.row_of(slice, region))
    };
    let peers = explanation.peers(false, own).into_iter().filter(|peer| *peer != own);
    let mut others: Vec<Other> = peers
        .filter_map(|region| {
            let (x, y) = (row(a, period_a, region)?, row(b, period_b, region)?);
            let cell = |column: &Column, row: usize| (column.values()[row], column.state(row));
            let (before, after) = (cell(before, x), cell(after, y));
            let same = before.1 == after.1 && (before.0 == after.0 || before.0.is_nan());
            (!same).then_some(Other { region, before, after })
        })
        .collect();
    // A cell that was filled or emptied before one that moved.
    let size = |o: &Other| match o.after.0 - o.before.0 {
        step if step.is_nan() => f64::INFINITY,
        step => step.abs(),
    };
    crate::number::sort_items(&mut others, |x, y| size(y).total_cmp(&size(x)));
    others
}
