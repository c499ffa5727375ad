//! Regions ranked in pairs: each pair alone, beside its order in the whole ranking.

use std::sync::Arc;

use rayon::prelude::*;

use super::bench::{Bench, place, sample};
use super::finding::{Origin, Place};
use super::origin;
use super::scale::NOISE;
use crate::evaluation::{Evaluation, EvaluationError, remarked};
use crate::method::{MethodError, Stage};
use crate::methodology::Methodology;
use crate::model::{Slice, Study};
use crate::number;

/// Two regions of one slice that were ranked without all others.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// Their rows in the whole study.
    pub(super) rows: [usize; 2],
    /// Above zero where the first is better alone, below zero where the second is, zero where they share a rank.
    pub(super) alone: f64,
    /// The same in the whole ranking.
    pub(super) whole: f64,
    /// Their places alone, without tiers: two regions can be too few for those.
    pub(super) places: [Place; 2],
    /// Where a difference between both orders arises.
    pub(super) origin: Option<Origin>,
    /// The lesser of their distances alone and in the whole, as a share of the largest score.
    pub(super) gap: f64,
}

impl Pair {
    /// Whether alone the pair has the order that it has in the whole.
    pub(super) fn agrees(&self) -> bool {
        self.alone == 0.0 && self.whole == 0.0 || self.alone * self.whole > 0.0
    }
}

/// A pair with what came of it.
pub(super) type Ranked = ([usize; 2], Result<Pair, Vec<EvaluationError>>);

/// The ranked rows of each slice that are compared: a sample where there would be more pairs than are wanted.
pub(super) fn compared(bench: &Bench) -> Vec<(Slice, Vec<usize>)> {
    let (regions, _) = bench.regions();
    let panel = &bench.study().panel;
    let most = (bench.options().cells / bench.slices().len().max(1)).max(1);
    // m (m − 1) / 2 pairs are at most so many.
    let rows_most = libm::floor((1.0 + libm::sqrt(1.0 + 8.0 * most as f64)) / 2.0) as usize;
    let ranks = bench.base().ranks();
    let slice = |slice: &Slice| {
        let is_meant = |row: &usize| {
            !ranks[*row].is_nan() && regions.binary_search(&panel.regions()[*row]).is_ok()
        };
        let rows = slice.rows.clone().filter(is_meant).collect();
        (slice.clone(), sample(rows, rows_most))
    };
    bench.slices().iter().map(slice).collect()
}

/// How many rows of a slice are ranked.
pub(super) fn ranked(bench: &Bench, slice: &Slice) -> usize {
    let ranks = bench.base().ranks();
    slice.rows.clone().filter(|row| !ranks[*row].is_nan()).count()
}

/// Ranks each pair of some rows of one slice alone, in the order of the rows.
pub(super) fn each(bench: &Bench, rows: &[usize]) -> Vec<Ranked> {
    let methodology = Methodology {
        tiering: None,
        league_tiering: Vec::new(),
        ..Methodology::clone(bench.methodology())
    };
    let methodology = Arc::new(methodology);
    let mut pairs = Vec::new();
    for (i, &a) in rows.iter().enumerate() {
        pairs.extend(rows[i + 1..].iter().map(|&b| [a, b]));
    }
    pairs.par_iter().map(|&rows| (rows, alone(bench, &methodology, rows))).collect()
}

/// Evaluates two regions. An indicator in which both are equal, be it after imputation, does not say which is better: where
/// its normalisation needs a spread, it is left out, and its siblings keep the proportions of their weights.
fn evaluated(
    bench: &Bench,
    mut study: Study,
    methodology: &Arc<Methodology>,
) -> Result<Evaluation, Vec<EvaluationError>> {
    let mut methodology = Arc::clone(methodology);
    loop {
        let errors = match bench.evaluate(study.clone(), &methodology) {
            Ok(after) => return Ok(after),
            Err(errors) => errors,
        };
        let system = Arc::clone(&methodology.system);
        let is_constant = |error: &&EvaluationError| {
            error.stage == Stage::Normalisation
                && matches!(error.error, MethodError::Constant { .. })
        };
        let equal = errors.iter().filter(is_constant);
        let equal: Vec<String> = equal.map(|error| system.node(error.node).code.clone()).collect();
        let mut left = Arc::clone(&system);
        for code in &equal {
            // A node whose last leaf goes, goes too; what lay below such a node is gone already.
            let Some(mut node) = left.find(code) else { continue };
            left = loop {
                match (left.without(node), left.node(node).parent) {
                    (Some(next), _) => break Arc::new(next),
                    (None, Some(parent)) => node = parent,
                    (None, None) => return Err(errors),
                }
            };
        }
        if equal.is_empty() {
            return Err(errors);
        }
        study = remarked(&study, &system, &left);
        let (code, made) = (methodology.system_code.clone(), methodology.system_made.clone());
        methodology = Arc::new(methodology.onto(left, code, made));
    }
}

fn alone(
    bench: &Bench,
    methodology: &Arc<Methodology>,
    rows: [usize; 2],
) -> Result<Pair, Vec<EvaluationError>> {
    let base = bench.base();
    let panel = &bench.study().panel;
    let regions = rows.map(|row| panel.regions()[row]);
    let (study, from) = bench.study().keeping(|row| regions.contains(&panel.regions()[row]));
    let after = evaluated(bench, study, methodology)?;
    let there =
        rows.map(|row| from.iter().position(|old| *old == row).expect("a row that is kept"));
    let places = there.map(|row| place(&after, row));
    let (was, is) = (rows.map(|row| base.ranks()[row]), there.map(|row| after.ranks()[row]));
    let (whole, alone) = (was[1] - was[0], is[1] - is[0]);
    let scale = bench.scale(rows[0]);
    let gap = |scores: [f64; 2]| (scores[0] - scores[1]).abs() / scale;
    let gaps = [
        gap(rows.map(|row| base.exact().values()[row])),
        gap(there.map(|row| after.exact().values()[row])),
    ];
    // Another property covers pairs that noise decides. Without a score there is no order.
    let noise = gaps.iter().all(|gap| *gap <= NOISE) || alone.is_nan();
    let mut pair = Pair {
        rows,
        alone: if noise { whole } else { alone },
        whole,
        places,
        origin: None,
        gap: number::min(gaps[0], gaps[1]),
    };
    if !pair.agrees() {
        pair.origin =
            origin::difference(base, &after, &[(rows[0], there[0]), (rows[1], there[1])], &[]);
    }
    Ok(pair)
}
