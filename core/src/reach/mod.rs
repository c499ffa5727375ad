//! The least change of a region's own cells that brings it to a rank or a tier.
//!
//! Cells move in the better direction only, within the limits of their indicators, and are measured in standard deviations
//! of their indicators over the league and period. The result is proved by evaluating the changed study from the start:
//! a change can move the ends of a scale, and with them the scores of other regions.

mod cells;
mod ground;
mod nature;
mod norm;
mod search;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::evaluation::{Evaluation, EvaluationError};
use crate::model::{NodeId, Study};
use crate::number::{self, RoundMode};

pub use cells::FAR;
pub use norm::Norm;

use cells::Cell;
use ground::Ground;
use nature::Nature;
use search::{Found, Search};

/// Where a region is to come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// This rank or a better one.
    Rank(f64),
    /// This tier or a better one; 0 is the best.
    Tier(usize),
}

impl Goal {
    /// Whether a row of an evaluation is there.
    pub fn met(self, evaluation: &Evaluation, row: usize) -> bool {
        match self {
            Goal::Rank(rank) => evaluation.ranks()[row] <= rank,
            Goal::Tier(tier) => evaluation.tiers()[row].is_some_and(|at| usize::from(at) <= tier),
        }
    }
}

/// What may change, and how changes are measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// How a change is measured.
    pub norm: Norm,
    /// The leaves that may change, or nodes above them; all where none is stated.
    pub only: Option<Vec<NodeId>>,
    /// The leaves that may not, or nodes above them.
    pub fixed: Vec<NodeId>,
    /// Whether no cell may become better than the best one of the league and period.
    pub seen: bool,
}

/// Why a cell goes no further than it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The tree states it: `lower` or `upper`.
    Stated,
    /// The score does not rise beyond it.
    Goalpost,
    /// The kind of the indicator: a grade, yes or no.
    Kind,
    /// Less is better, and no value is below zero.
    Zero,
    /// The best value of the league and period.
    Seen,
    /// Nothing limits it: [`FAR`] standard deviations beyond the best value.
    Far,
}

/// Why a cell does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Still {
    /// The user said so.
    AsAsked,
    /// It is the best that it can be.
    Best,
    /// It has no value.
    NoValue,
    /// All regions have one value.
    Constant,
    /// A formula makes it of several columns.
    Formula,
    /// Several indicators are read from its column, or divided by it.
    Shared,
    /// Its denominator is not above zero.
    Denominator,
}

/// A cell that changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// The leaf.
    pub leaf: NodeId,
    /// The column of the data.
    pub column: String,
    /// The raw value.
    pub from: f64,
    /// The raw value that it becomes.
    pub to: f64,
    /// The change in standard deviations of the indicator, above zero.
    pub change: f64,
    /// The furthest value that it could become.
    pub furthest: f64,
    /// Why.
    pub limit: Limit,
}

/// What is known of how small a change can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Proof {
    /// The index is linear in these cells: no change is smaller than `bound`, by the dual problem at `multiplier`.
    Linear {
        /// The bound in standard deviations.
        bound: f64,
        /// What one unit of score costs at the margin.
        multiplier: f64,
    },
    /// The index is concave in these cells: no change is smaller than `bound`, by the plane that touches at the change.
    Concave {
        /// The bound in standard deviations.
        bound: f64,
    },
    /// The smallest change that a search found; there may be a smaller one elsewhere.
    Search {
        /// How many changes were evaluated.
        evaluated: usize,
    },
}

/// A change that reaches the goal.
#[derive(Clone, Debug)]
pub struct Reached {
    /// The cells that change, the largest change first.
    pub moves: Vec<Move>,
    /// The size of the change in standard deviations.
    pub size: f64,
    /// What is known of smaller ones.
    pub proof: Proof,
    /// The score that the goal needs while no other region's score changes; none where no score is enough.
    pub needed: Option<f64>,
    /// The changed study evaluated from the start.
    pub after: Evaluation,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The region is there already.
    Already,
    /// A change reaches the goal.
    Reached(Box<Reached>),
    /// Even with every cell at its limit the region does not come there.
    OutOfReach {
        /// Whether that is proved; if not, no change was found.
        proved: bool,
        /// The study with every cell at its limit, evaluated from the start.
        best: Box<Evaluation>,
        /// The cells and their limits.
        moves: Vec<Move>,
    },
}

/// The least change of a region's cells.
#[derive(Clone, Debug)]
pub struct Reach {
    /// What came of it.
    pub outcome: Outcome,
    /// The cells that could not change, and why.
    pub still: Vec<(NodeId, Still)>,
    /// How many cells could.
    pub movable: usize,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum NoReach {
    /// The region has no rank in the period.
    NoRank,
    /// No cell of the region can change.
    NoCell {
        /// The reason of each.
        still: Vec<(NodeId, Still)>,
    },
    /// The changed study has no result.
    Evaluation(Vec<EvaluationError>),
}

impl Reach {
    /// The least change of the cells of the region in `row` of an evaluation of a study that meets a goal.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn new(
        study: &Arc<Study>,
        evaluation: &Evaluation,
        row: usize,
        goal: Goal,
        options: &Options,
    ) -> Result<Reach, NoReach> {
        let methodology = evaluation.methodology();
        if evaluation.ranks()[row].is_nan() {
            return Err(NoReach::NoRank);
        }
        let panel = &evaluation.study().panel;
        let whose = (panel.regions()[row], panel.periods()[row]);
        if goal.met(evaluation, row) {
            return Ok(Reach { outcome: Outcome::Already, still: Vec::new(), movable: 0 });
        }
        let ground = Ground::new(evaluation.study(), methodology, whose, goal)?;
        let (cells, still) = cells::cells(ground.evaluation(), ground.row, options);
        if cells.is_empty() {
            return Err(NoReach::NoCell { still });
        }
        let nature = Nature::of(ground.evaluation(), ground.row, &cells);
        let search = Search::new(&ground, &cells, options.norm, nature);
        let system = &methodology.system;
        let moves = |values: &[f64]| -> Vec<Move> {
            let mut moves: Vec<Move> = cells
                .iter()
                .zip(values)
                .filter(|(cell, to)| cell.from != **to)
                .map(|(cell, &to)| Move {
                    leaf: system.leaves()[cell.leaf],
                    column: cell.column.clone(),
                    from: cell.from,
                    to,
                    change: cell.change(to),
                    furthest: cell.to,
                    limit: cell.limit,
                })
                .collect();
            number::sort_items(&mut moves, |a, b| b.change.total_cmp(&a.change));
            moves
        };
        let run = |values: &[f64]| {
            let mut changed = Study::clone(study);
            let own = whole_row(study, whose);
            for (cell, &to) in cells.iter().zip(values).filter(|(cell, to)| cell.from != **to) {
                let column = &study.columns[&cell.column];
                changed.columns.insert(cell.column.clone(), column.with_cell(own, to));
            }
            Evaluation::new(Arc::new(changed), Arc::clone(methodology)).map_err(NoReach::Evaluation)
        };
        let met = |after: &Evaluation| {
            let panel = &after.study().panel;
            let row =
                (0..panel.rows()).find(|&r| (panel.regions()[r], panel.periods()[r]) == whose);
            row.is_some_and(|row| goal.met(after, row))
        };
        let movable = cells.len();
        let furthest: Vec<f64> = cells.iter().map(|cell| cell.to).collect();
        let Some(found) = search.run() else {
            let outcome = Outcome::OutOfReach {
                proved: nature != Nature::Other,
                best: Box::new(run(&furthest)?),
                moves: moves(&furthest),
            };
            return Ok(Reach { outcome, still, movable });
        };
        let Some((values, after)) = settle(&search, &found, &|values| {
            let after = run(values)?;
            Ok(met(&after).then_some(after))
        })?
        else {
            // What the part of the study shows and the whole does not.
            let best = Box::new(run(&furthest)?);
            let outcome = Outcome::OutOfReach { proved: false, best, moves: moves(&furthest) };
            return Ok(Reach { outcome, still, movable });
        };
        let changes: Vec<f64> = cells.iter().zip(&values).map(|(c, to)| c.change(*to)).collect();
        let proof = match (nature, found.bound) {
            (Nature::Linear, Some((bound, multiplier))) => Proof::Linear { bound, multiplier },
            (Nature::Concave, Some((bound, _))) => Proof::Concave { bound },
            _ => Proof::Search { evaluated: search.count.get() },
        };
        let outcome = Outcome::Reached(Box::new(Reached {
            moves: moves(&values),
            size: options.norm.size(&changes),
            proof,
            needed: ground.needed(),
            after,
        }));
        Ok(Reach { outcome, still, movable })
    }
}

/// The row of a region and period in the whole study.
fn whole_row(study: &Study, whose: (crate::model::RegionIx, crate::model::PeriodIx)) -> usize {
    let panel = &study.panel;
    let rows = 0..panel.rows();
    let found = rows.into_iter().find(|&r| (panel.regions()[r], panel.periods()[r]) == whose);
    found.expect("the evaluated study has no other rows than the study")
}

/// Evaluates values of the cells; nothing where they do not meet the goal.
type Run<'r> = dyn Fn(&[f64]) -> Result<Option<Evaluation>, NoReach> + 'r;

/// Values that a person can write down and that meet the goal in the whole pipeline: whole numbers where the indicator
/// counts, else decimals with four figures of the change, both rounded to the better side. `run` evaluates them, and gives
/// nothing where they do not meet the goal.
fn settle(
    search: &Search<'_>,
    found: &Found,
    run: &Run<'_>,
) -> Result<Option<(Vec<f64>, Evaluation)>, NoReach> {
    let cells = search.cells;
    let mut change = found.change.clone();
    if cells.iter().zip(&change).any(|(cell, d)| cell.whole && *d > 0.0) {
        match with_whole(search, &change) {
            Some(whole) => change = whole,
            None => return Ok(None),
        }
    }
    let exact: Vec<f64> = cells.iter().zip(&change).map(|(cell, d)| cell.settled(*d)).collect();
    let written: Vec<f64> = cells.iter().zip(&exact).map(|(cell, to)| written(cell, *to)).collect();
    for values in [written, exact] {
        if let Some(after) = run(&values)? {
            return Ok(Some((values, after)));
        }
    }
    Ok(None)
}

/// A change in which cells that are whole numbers are; the other cells change as little as is then needed. None where none
/// is found.
fn with_whole(search: &Search<'_>, change: &[f64]) -> Option<Vec<f64>> {
    let cells = search.cells;
    let up = |cell: &Cell, d: f64, rounding: f64| {
        let to = cell.at(d);
        let near = to.round();
        let whole = if (to - near).abs() <= rounding * number::max(1.0, to.abs()) {
            near
        } else if cell.unit > 0.0 {
            to.ceil()
        } else {
            to.floor()
        };
        number::clamp(cell.change(whole), 0.0, cell.room())
    };
    let rest = |whole: &[f64]| -> Option<Vec<f64>> {
        let values: Vec<f64> = cells.iter().zip(whole).map(|(cell, d)| cell.settled(*d)).collect();
        let ground = search.ground.after(cells, &values)?;
        let free: Vec<usize> = (0..cells.len()).filter(|k| !cells[*k].whole).collect();
        let others: Vec<Cell> = free.iter().map(|&k| cells[k].clone()).collect();
        let found = Search::new(&ground, &others, search.norm, search.nature);
        let found_rest = found.run()?;
        search.count.set(search.count.get() + found.count.get());
        let mut all = whole.to_vec();
        free.iter().zip(found_rest.change).for_each(|(&k, d)| all[k] = d);
        Some(all)
    };
    let wholes = |rounding: f64| -> Vec<f64> {
        let one = |(cell, d): (&Cell, &f64)| match cell.whole && *d > 0.0 {
            true => up(cell, *d, rounding),
            false => 0.0,
        };
        cells.iter().zip(change).map(one).collect()
    };
    let furthest = || -> Vec<f64> {
        cells.iter().map(|cell| if cell.whole { cell.room() } else { 0.0 }).collect()
    };
    // What is a whole number but for the last digits is one, unless the goal needs these digits.
    let starts = [wholes(1e-9), wholes(0.0), furthest()];
    let (mut parts, mut best) =
        starts.into_iter().find_map(|parts| rest(&parts).map(|best| (parts, best)))?;
    // One step back in each, where the others can do without it.
    for _ in 0..20 {
        let mut better = false;
        for k in (0..cells.len()).filter(|k| cells[*k].whole) {
            if parts[k] <= 0.0 {
                continue;
            }
            let mut fewer = parts.clone();
            fewer[k] = number::max(parts[k] - 1.0 / cells[k].unit.abs(), 0.0);
            if let Some(found) = rest(&fewer)
                && search.norm.size(&found) < search.norm.size(&best)
            {
                (parts, best, better) = (fewer, found, true);
            }
        }
        if !better {
            break;
        }
    }
    Some(best)
}

/// A value as a person writes it: on the better side, with as many decimals as it takes to lengthen the change by a
/// thousandth at most.
fn written(cell: &Cell, to: f64) -> f64 {
    let change = (to - cell.from).abs();
    if change == 0.0 || to == cell.to || cell.whole {
        return to;
    }
    let places = 3.0 - libm::floor(libm::log10(change));
    if !(-12.0..=15.0).contains(&places) {
        return to;
    }
    let power = libm::pow(10.0, places);
    let scaled = to * power;
    let outward = if cell.unit > 0.0 { scaled.ceil() } else { scaled.floor() };
    let rounded = match places > 0.0 {
        true => number::round(outward / power, places as u32, RoundMode::HalfUp),
        false => outward / power,
    };
    let beyond = cell.unit.signum() * (rounded - cell.to) > 0.0;
    if beyond || !rounded.is_finite() { to } else { rounded }
}
