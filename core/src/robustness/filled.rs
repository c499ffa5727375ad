//! How far imputation may be from values that nobody knows.
//!
//! Every cell that was filled is drawn: what the method gave, and on top of it how far the same method misses one of the
//! values of the same indicator that are there, each of them as probable as the others. A miss is found by taking the value
//! out and filling its cell again. This is multiple imputation in the sense of Rubin (1987), Multiple Imputation for
//! Nonresponse in Surveys, with the residuals of the jackknife as its distribution (Barber, Candès, Ramdas & Tibshirani 2021,
//! Predictive inference with the jackknife+, Annals of Statistics 49(1), 486-507), so that it can be had for every method.

use rayon::prelude::*;

use crate::evaluation::Evaluation;
use crate::number;

/// At most so many values of an indicator are taken out, evenly spread over its rows.
const MOST: usize = 200;

/// The cells that imputation filled, and how far it misses values that are there.
#[derive(Debug)]
pub(super) struct Filled {
    /// The position of the leaf, and the row.
    cells: Vec<(usize, usize)>,
    /// By position of the leaf; empty where nothing was filled.
    leaves: Vec<Misses>,
}

#[derive(Clone, Debug, Default)]
struct Misses {
    /// The value minus what the method gives in its place.
    by: Vec<f64>,
    /// Between the least and the greatest value that is there.
    ends: (f64, f64),
}

/// Why filled cells cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoMisses {
    /// No cell was filled.
    Nothing,
    /// The method cannot fill any other cell of the leaf with this code.
    Of(String),
}

impl Filled {
    pub(super) fn new(evaluation: &Evaluation) -> Result<Filled, NoMisses> {
        let cells = evaluation.filled();
        if cells.is_empty() {
            return Err(NoMisses::Nothing);
        }
        let system = &evaluation.methodology().system;
        let mut known: Vec<Vec<usize>> = vec![Vec::new(); system.leaves().len()];
        for &(k, _) in &cells {
            if known[k].is_empty() {
                let values = evaluation.indicators().column(k).values();
                let there: Vec<usize> =
                    (0..values.len()).filter(|row| !values[*row].is_nan()).collect();
                let count = there.len().min(MOST);
                known[k] = (0..count).map(|at| there[at * there.len() / count]).collect();
            }
        }
        let rounds = known.iter().map(Vec::len).max().unwrap_or(0);
        let misses = |round: usize| -> Vec<(usize, f64)> {
            // Different rows of different leaves: methods that look at other leaves have almost all of a row.
            let own = |k: usize| known[k].get((round + 7 * k) % rounds).map(|row| (k, *row));
            let out: Vec<(usize, usize)> = (0..known.len()).filter_map(own).collect();
            let miss = |&(k, row): &(usize, usize), filled: f64| {
                (k, evaluation.indicators().column(k).values()[row] - filled)
            };
            match evaluation.filled_without(&out) {
                Ok(filled) => out.iter().zip(filled).map(|(at, x)| miss(at, x)).collect(),
                // One of them cannot be done without: each by itself.
                Err(_) => out
                    .iter()
                    .filter_map(|at| Some(miss(at, evaluation.filled_without(&[*at]).ok()?[0])))
                    .collect(),
            }
        };
        let all: Vec<Vec<(usize, f64)>> = (0..rounds).into_par_iter().map(misses).collect();
        let mut leaves = vec![Misses::default(); known.len()];
        for (k, miss) in all.into_iter().flatten().filter(|(_, miss)| miss.is_finite()) {
            leaves[k].by.push(miss);
        }
        for &(k, _) in &cells {
            if leaves[k].by.is_empty() {
                return Err(NoMisses::Of(system.node(system.leaves()[k]).code.clone()));
            }
            let values = evaluation.indicators().column(k).values();
            let there: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
            leaves[k].ends = number::extremes(&there).unwrap_or_default();
        }
        Ok(Filled { cells, leaves })
    }

    /// The evaluation with all filled cells drawn, within the values that are there; none where it fails.
    pub(super) fn drawn(
        &self,
        mut evaluation: Evaluation,
        draw: u64,
        seed: u64,
    ) -> Option<Evaluation> {
        let drawn = |(number, &(k, row)): (usize, &(usize, usize))| {
            let Misses { by, ends } = &self.leaves[k];
            // Away from the numbers that errors of the data take.
            let at = number::uniform(seed, draw, u64::MAX - 1 - number as u64) * by.len() as f64;
            let miss = by[(at as usize).min(by.len() - 1)];
            let filled = evaluation.complete().columns()[k].values()[row];
            // Methods that go beyond the values that are there keep what they gave.
            let (lower, upper) = (number::min(ends.0, filled), number::max(ends.1, filled));
            (k, row, number::clamp(filled + miss, lower, upper))
        };
        let cells: Vec<(usize, usize, f64)> =
            self.cells.iter().enumerate().map(drawn).filter(|(.., x)| !x.is_nan()).collect();
        evaluation.refill(&cells).ok()?;
        Some(evaluation)
    }
}
