//! From the errors of cells to the errors of scores: each cell with an error is changed, and the evaluation is computed
//! again.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::evaluation::Evaluation;
use crate::model::{Column, NodeId, State};
use crate::number;

use super::{Common, SamplingError, Unknown};

/// How errors came to the scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The score is linear in the cells: its error follows from theirs.
    Exact,
    /// The score is smooth in the cells: its error follows from its slopes (delta method).
    Slopes,
    /// All cells were drawn many times, and everything was computed again each time.
    Draws,
}

/// Why errors have no way to the scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoWay {
    /// No cell of an indicator with a stated error has one.
    NoErrors,
    /// A formula makes the indicator of this code of several columns.
    Formula(String),
    /// The score of the node of this code jumps where a cell changes within its error.
    NotSmooth(String),
    /// So many of so many changed studies could not be evaluated.
    Failed {
        /// How many.
        failed: usize,
        /// Of how many.
        of: usize,
    },
}

/// A cell with an error.
#[derive(Clone, Debug)]
struct Source {
    /// The raw column, by its place among those with errors.
    column: usize,
    row: usize,
    /// The standard error in the unit of the raw column.
    step: f64,
    /// What the raw cell can be.
    limits: (f64, f64),
    /// The number of the common part of its error, and the share of that.
    common: Option<(u64, f64)>,
}

/// The cells of an evaluation that have sampling errors.
#[derive(Debug)]
pub struct Propagation {
    evaluation: Evaluation,
    /// The raw columns with errors, by name.
    columns: Vec<String>,
    sources: Vec<Source>,
    /// How many cells with a value of an indicator with a stated error have none.
    without: usize,
}

/// By how much each cell with an error moves the scores of a node, if it moves by one standard error.
#[derive(Clone, Debug)]
pub struct Slopes {
    /// For each cell with an error, and then for each part that several errors have in common, a number for each row of the
    /// panel. Their errors are independent.
    pub by_source: Vec<Vec<f64>>,
    /// Exact where the score is linear in all cells.
    pub way: Way,
}

impl Propagation {
    /// Every cell, of all rows, that has an error.
    ///
    /// # Errors
    /// No cell has one, or an indicator is not read from one column.
    pub fn new(evaluation: &Evaluation, errors: &[SamplingError]) -> Result<Propagation, NoWay> {
        let system = &evaluation.methodology().system;
        let study = evaluation.study();
        let (mut columns, mut sources, mut without) = (Vec::new(), Vec::new(), 0);
        let mut names: Vec<&str> = Vec::new();
        for (k, &leaf) in system.leaves().iter().enumerate() {
            let code = &system.node(leaf).code;
            let Some(stated) = errors.iter().find(|error| error.leaf == *code) else { continue };
            let indicator = system.indicator(k);
            if indicator.is_computed() {
                return Err(NoWay::Formula(code.clone()));
            }
            let name = indicator.column.clone().unwrap_or_else(|| code.clone());
            let denominator = indicator.denominator.as_ref().and_then(|d| study.columns.get(d));
            let column = columns.iter().position(|other| *other == name).unwrap_or_else(|| {
                columns.push(name);
                columns.len() - 1
            });
            let common = stated.common.as_ref().filter(|common| common.correlation > 0.0);
            let common = common.map(|common| {
                let known = names.iter().position(|name| *name == common.name);
                let name = known.unwrap_or_else(|| {
                    names.push(&common.name);
                    names.len() - 1
                });
                (name, common.correlation)
            });
            let values = evaluation.indicators().column(k).values();
            let part = |name: usize, row: usize| (name * values.len() + row) as u64;
            for (row, &value) in values.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
                match stated.of_cell(evaluation, row, value, 0.95) {
                    Ok(cell) if cell.error > 0.0 => {
                        // The value is the raw one divided by the denominator and multiplied by the scale.
                        let unit = denominator.map_or(1.0, |d| d.values()[row])
                            / indicator.scale.filter(|_| denominator.is_some()).unwrap_or(1.0);
                        let (lower, upper) = stated.limits();
                        sources.push(Source {
                            column,
                            row,
                            step: cell.error * unit,
                            limits: (lower * unit, upper * unit),
                            common: common.map(|(name, share)| (part(name, row), share)),
                        });
                    }
                    Ok(_) => {}
                    Err(Unknown::Absent | Unknown::Impossible | Unknown::Outside) => without += 1,
                }
            }
        }
        if sources.is_empty() {
            return Err(NoWay::NoErrors);
        }
        Ok(Propagation { evaluation: evaluation.clone(), columns, sources, without })
    }

    /// How many cells have an error, and how many of the same indicators have a value and no error.
    pub fn cells(&self) -> (usize, usize) {
        (self.sources.len(), self.without)
    }

    /// The rows of the cells that have an error, in the order of the first of [`Slopes::by_source`].
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.sources.iter().map(|source| source.row)
    }

    /// The slopes of a node's scores: each cell is moved by half a standard error and by two, to both sides, or by less
    /// where the value cannot be that much larger or smaller.
    ///
    /// # Errors
    /// The score jumps, or a study could not be evaluated.
    pub fn slopes(&self, node: NodeId) -> Result<Slopes, NoWay> {
        const NEAR: f64 = 0.5;
        const FAR: f64 = 2.0;
        let base = self.scores(&self.evaluation, node);
        let size =
            base.iter().filter(|x| !x.is_nan()).fold(0.0, |most, x| number::max(most, x.abs()));
        let moved = |number: usize| {
            let source = &self.sources[number];
            let raw = self.raw();
            let value = raw[source.column].values()[source.row];
            // A share stays within 0 and 1 where that leaves room for a step: beyond them a score may have an end.
            let room = number::min(value - source.limits.0, source.limits.1 - value);
            let part = number::min(room / (FAR * source.step), 1.0);
            let part = if part < 0.05 { 1.0 } else { part };
            let at = |errors: f64| {
                let mut columns = raw.clone();
                let column = &mut columns[source.column];
                set(column, &[(source.row, value + errors * part * source.step)]);
                self.again(columns).map(|evaluation| self.scores(&evaluation, node))
            };
            let all = [-FAR, -NEAR, NEAR, FAR].map(at);
            let [Some(below_far), Some(below), Some(above), Some(above_far)] = all else {
                return None;
            };
            let mut slopes = vec![0.0; base.len()];
            let (mut is_linear, mut is_smooth) = (true, true);
            let far = |i: usize| (above_far[i] - below_far[i]) / (2.0 * FAR);
            let moves =
                (0..base.len()).map(|i| number::max(far(i).abs(), (above[i] - below[i]).abs()));
            let most = moves.fold(0.0, number::max);
            for i in (0..base.len()).filter(|&i| !base[i].is_nan()) {
                let near = (above[i] - below[i]) / (2.0 * NEAR);
                let bend = (above_far[i] + below_far[i] - 2.0 * base[i]) / (2.0 * FAR);
                let apart = number::max((near - far(i)).abs(), bend.abs());
                is_linear &= apart <= 1e-9 * most + 1e-13 * size;
                is_smooth &= apart <= 0.25 * most + 1e-13 * size;
                slopes[i] = near / part;
            }
            Some((slopes, is_linear, is_smooth))
        };
        let all: Vec<_> = (0..self.sources.len()).into_par_iter().map(moved).collect();
        let failed = all.iter().filter(|one| one.is_none()).count();
        if failed > 0 {
            return Err(NoWay::Failed { failed, of: all.len() });
        }
        let all: Vec<_> = all.into_iter().flatten().collect();
        if all.iter().any(|(.., is_smooth)| !is_smooth) {
            let code = &self.evaluation.methodology().system.node(node).code;
            return Err(NoWay::NotSmooth(code.clone()));
        }
        let is_linear = self.adds_up() && all.iter().all(|(_, is_linear, _)| *is_linear);
        let way = if is_linear { Way::Exact } else { Way::Slopes };
        let by_source = all.into_iter().map(|(slopes, ..)| slopes).collect();
        Ok(Slopes { by_source: self.independent(by_source), way })
    }

    /// The slopes of independent errors: those of the own parts of all errors, and then those of the common parts.
    fn independent(&self, mut slopes: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        let mut parts: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
        for (source, slopes) in self.sources.iter().zip(&mut slopes) {
            let Some((part, share)) = source.common else { continue };
            let sums = parts.entry(part).or_insert_with(|| vec![0.0; slopes.len()]);
            for (sum, slope) in sums.iter_mut().zip(slopes) {
                *sum += Common::mixed(share, 0.0, *slope);
                *slope = Common::mixed(share, *slope, 0.0);
            }
        }
        slopes.extend(parts.into_values());
        slopes
    }

    /// The scores of a node when all cells are drawn from normal distributions around what they are, within what they can
    /// be: a list of rows for each draw.
    ///
    /// # Errors
    /// Some of the drawn studies could not be evaluated.
    pub fn draws(&self, node: NodeId, count: usize, seed: u64) -> Result<Vec<Vec<f64>>, NoWay> {
        let drawn = |draw: usize| Some(self.scores(&self.drawn(draw as u64, seed)?, node));
        let all: Vec<_> = (0..count).into_par_iter().map(drawn).collect();
        let failed = all.iter().filter(|one| one.is_none()).count();
        if failed > 0 {
            return Err(NoWay::Failed { failed, of: count });
        }
        Ok(all.into_iter().flatten().collect())
    }

    fn raw(&self) -> Vec<Column> {
        let study = self.evaluation.study();
        self.columns.iter().map(|name| study.columns[name.as_str()].clone()).collect()
    }

    /// The evaluation with all cells drawn; none where it fails, or where other rows take part then.
    pub(super) fn drawn(&self, draw: u64, seed: u64) -> Option<Evaluation> {
        let mut columns = self.raw();
        let mut cells: Vec<Vec<(usize, f64)>> = vec![Vec::new(); columns.len()];
        for (number, source) in self.sources.iter().enumerate() {
            let x = columns[source.column].values()[source.row];
            let own = number::normal(seed, draw, number as u64);
            let deviation = source.common.map_or(own, |(part, share)| {
                // After the numbers of the cells.
                let part = number::normal(seed, draw, self.sources.len() as u64 + part);
                Common::mixed(share, own, part)
            });
            let drawn = x + source.step * deviation;
            let (lower, upper) = source.limits;
            cells[source.column].push((source.row, number::clamp(drawn, lower, upper)));
        }
        columns.iter_mut().zip(&cells).for_each(|(column, cells)| set(column, cells));
        self.again(columns)
    }

    /// The evaluation with other raw columns; none where it fails, or where other rows take part then.
    fn again(&self, columns: Vec<Column>) -> Option<Evaluation> {
        let methodology = self.evaluation.methodology();
        let study = self.evaluation.study();
        let unchanged = |(name, column): &(&str, Column)| study.columns[*name] == *column;
        let changed: Vec<(&str, Column)> =
            self.columns.iter().map(String::as_str).zip(columns).collect();
        if methodology.periods.is_none() && methodology.screening.is_none() {
            let changed: Vec<_> = changed.into_iter().filter(|one| !unchanged(one)).collect();
            let mut evaluation = self.evaluation.clone();
            evaluation.exchange(&changed).ok()?;
            return Some(evaluation);
        }
        let mut study = (**study).clone();
        for (name, column) in changed {
            study.columns.insert(name.to_owned(), column);
        }
        let rows = study.panel.rows();
        let evaluation = Evaluation::new(Arc::new(study), Arc::clone(methodology)).ok()?;
        (evaluation.study().panel.rows() == rows).then_some(evaluation)
    }

    /// The scores of a node before they are rounded, turned so that more is better.
    fn scores(&self, evaluation: &Evaluation, node: NodeId) -> Vec<f64> {
        let sign = evaluation.better(node).sign();
        evaluation.unrounded(node).values().iter().map(|x| sign * x).collect()
    }

    /// Whether the methods say that scores are sums of what each cell gives: without that, a score that is linear in each
    /// cell may still multiply two of them.
    fn adds_up(&self) -> bool {
        let methodology = self.evaluation.methodology();
        let system = &methodology.system;
        let looks = |node: NodeId| methodology.weighting.at(node).method.looks_at_scores();
        methodology.fill.is_none()
            && system.inner().iter().all(|&node| methodology.is_linear(node) && !looks(node))
    }
}

impl SamplingError {
    /// What the value can be.
    pub(crate) fn limits(&self) -> (f64, f64) {
        match self.source {
            super::ErrorSource::Share { full, .. } => (0.0, full),
            super::ErrorSource::Count => (0.0, f64::INFINITY),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }
}

/// Puts other values into cells that have one.
fn set(column: &mut Column, cells: &[(usize, f64)]) {
    let mut values = column.values().to_vec();
    let states: Vec<State> = (0..values.len()).map(|row| column.state(row)).collect();
    cells.iter().for_each(|&(row, x)| values[row] = x);
    *column = Column::with_states(values, states);
}
