//! The pipeline as a function of the changes of a region's cells.

use std::sync::Arc;

use super::cells::Cell;
use super::{Goal, NoReach};
use crate::audit::{looks_across, looks_beyond};
use crate::evaluation::Evaluation;
use crate::methodology::Methodology;
use crate::model::{Column, PeriodIx, RegionIx, Study};
use crate::number;

/// What is computed again for each change: no more of the study than the region's scores depend on.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    evaluation: Evaluation,
    /// The region's row.
    pub(super) row: usize,
    goal: Goal,
    /// `1.0` where a greater score is better.
    sign: f64,
    /// The score that is needed while the other scores of the league are these.
    needed: Option<(Vec<f64>, Option<f64>)>,
}

/// Where a region stands after a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stand {
    /// How far its score is beyond the one that is needed; below zero where it falls short. Infinitely short where no score
    /// is enough.
    pub(super) margin: f64,
    /// Whether the goal is met.
    pub(super) met: bool,
}

impl Ground {
    /// The part of a study that decides the scores of a region in a period, evaluated.
    pub(super) fn new(
        study: &Study,
        methodology: &Methodology,
        (region, period): (RegionIx, PeriodIx),
        goal: Goal,
    ) -> Result<Ground, NoReach> {
        let panel = &study.panel;
        let slice = panel
            .slices()
            .iter()
            .find(|slice| slice.period == period && panel.row_of(slice, region).is_some());
        let slice = slice.ok_or(NoReach::NoRank)?;
        let (across, beyond) = (looks_across(methodology, study), looks_beyond(methodology, study));
        let kept = |row: usize| {
            let of = panel.slice_of(row);
            (across || of.period == slice.period) && (beyond || of.league == slice.league)
        };
        let own = study.keeping(kept).0;
        // No region is left out because of a value of another one: whoever is there, stays.
        let methodology =
            Methodology { periods: None, screening: None, ..Methodology::clone(methodology) };
        let evaluation =
            Evaluation::new(Arc::new(own), Arc::new(methodology)).map_err(NoReach::Evaluation)?;
        let panel = &evaluation.study().panel;
        let row = (0..panel.rows())
            .find(|&row| panel.regions()[row] == region && panel.periods()[row] == period);
        let row = row.ok_or(NoReach::NoRank)?;
        if evaluation.ranks()[row].is_nan() {
            return Err(NoReach::NoRank);
        }
        let sign = evaluation.better(evaluation.methodology().system.root()).sign();
        let mut ground = Ground { evaluation, row, goal, sign, needed: None };
        ground.needed = Some(ground.score_needed());
        Ok(ground)
    }

    /// The evaluation of the cells as they are.
    pub(super) fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// The least score that meets the goal while nothing else changes; none where no score does.
    pub(super) fn needed(&self) -> Option<f64> {
        self.needed.as_ref().and_then(|(_, score)| *score)
    }

    /// The region's score.
    pub(super) fn score(&self) -> f64 {
        self.evaluation.exact().values()[self.row]
    }

    /// Where the region stands.
    pub(super) fn stand(&self) -> Stand {
        let margin = match self.needed() {
            Some(needed) => self.sign * (self.score() - needed),
            None => f64::NEG_INFINITY,
        };
        Stand { margin, met: self.goal.met(&self.evaluation, self.row) }
    }

    /// The ground after changes of some cells; `None` where the methodology has no result for them.
    pub(super) fn after(&self, cells: &[Cell], values: &[f64]) -> Option<Ground> {
        let mut ground = self.clone();
        let study = self.evaluation.study();
        let differs = |(cell, value): &(&Cell, &f64)| {
            study.columns[&cell.column].values()[self.row] != **value
        };
        let changed = cells.iter().zip(values).filter(differs);
        let columns: Vec<(&str, Column)> = changed
            .map(|(cell, value)| {
                (cell.column.as_str(), study.columns[&cell.column].with_cell(self.row, *value))
            })
            .collect();
        ground.evaluation.exchange(&columns).ok()?;
        if ground.score().is_nan() {
            return None;
        }
        let same = |(others, _): &(Vec<f64>, Option<f64>)| {
            let now = ground.others();
            others.iter().zip(&now).all(|(a, b)| a.to_bits() == b.to_bits())
        };
        if !ground.needed.as_ref().is_some_and(same) {
            ground.needed = Some(ground.score_needed());
        }
        Some(ground)
    }

    /// The scores of the others in the league, with everything else that decides ranks.
    fn others(&self) -> Vec<f64> {
        let evaluation = &self.evaluation;
        let panel = &evaluation.study().panel;
        let root = evaluation.methodology().system.root();
        let then = evaluation.methodology().ranking.at(root).then;
        let mut all = Vec::new();
        for column in [Some(evaluation.exact()), then.map(|node| evaluation.scores(node))] {
            let Some(column) = column else { continue };
            let rows = panel.slice_of(self.row).rows.clone();
            let others = rows.filter(|&row| row != self.row);
            all.extend(others.map(|row| column.values()[row]));
        }
        all
    }

    /// The least score that meets the goal, found by halving: the ranks and tiers come with one score in place of the
    /// region's own, so that ties, rounding and the second key count as they do in the result.
    fn score_needed(&self) -> (Vec<f64>, Option<f64>) {
        let others = self.others();
        let meets = |score: f64| {
            let with = self.evaluation.with_score(self.row, score);
            with.is_ok_and(|with| self.goal.met(&with, self.row))
        };
        let own = self.score();
        let (low, high) = number::extremes(&others).unwrap_or((own, own));
        let size = [own, low, high].into_iter().map(f64::abs).fold(1e-9, number::max);
        let spread = number::max(high - low, size * 1e-3);
        // Scores towards the better, then towards the worse end, until one meets the goal and one does not.
        let far = |toward: f64, wanted: bool| {
            let start = if toward > 0.0 { high } else { low };
            let at = |k: i32| start + toward * spread * (libm::pow(2.0, f64::from(k)) - 1.0);
            (0..40).map(at).find(|score| meets(*score) == wanted)
        };
        // A score on the better side of all others, whichever way is better.
        let (better, worse) = (far(self.sign, true), far(-self.sign, false));
        let Some(mut yes) = better else { return (others, None) };
        let Some(mut no) = worse else { return (others, Some(f64::NEG_INFINITY * self.sign)) };
        loop {
            let middle = no + (yes - no) / 2.0;
            if middle == no || middle == yes {
                return (others, Some(yes));
            }
            if meets(middle) { yes = middle } else { no = middle }
        }
    }
}
