//! Running one method alone, on the input of a worked example.

use std::sync::Arc;

use quanheng_words::text;

use crate::aggregation::{AbsentRule, Aggregation, Children, Least};
use crate::imputation::{Imputation, ImputationInput};
use crate::method::{Example, MethodError, PlainRows, Scratch};
use crate::model::{Direction, Indicator, Names, Node};
use crate::normalisation::{Normalisation, NormalisationInput, normalise};
use crate::number::{Precision, Ties, largest, rank};
use crate::tiering::{Tiering, TieringInput};
use crate::treatment::{Treatment, TreatmentInput};
use crate::weighting::{Siblings, Weighting, find};

/// A method on its own: give it an example's input, get its result as plain numbers.
pub trait Trial {
    /// The result on the input of `example`: a column, the weights (scaled to a sum of one), or the tiers (1 is the
    /// best, NaN for none).
    fn trial_in(&self, example: &Example, scratch: &mut Scratch) -> Result<Vec<f64>, MethodError>;

    /// The same, with working space of its own.
    fn trial(&self, example: &Example) -> Result<Vec<f64>, MethodError> {
        self.trial_in(example, &mut Scratch::default())
    }
}

impl<M: Trial + ?Sized> Trial for &M {
    fn trial_in(&self, example: &Example, scratch: &mut Scratch) -> Result<Vec<f64>, MethodError> {
        (**self).trial_in(example, scratch)
    }
}

fn rows(example: &Example) -> usize {
    example.columns.first().map_or(0, Vec::len)
}

fn slices(example: &Example) -> Vec<&[f64]> {
    example.columns.iter().map(Vec::as_slice).collect()
}

fn indicator(example: &Example, column: usize) -> Indicator {
    example.indicators.get(column).cloned().unwrap_or_default()
}

/// The code of a column's indicator: `x1`, `x2`, … unless the example states one.
fn code(example: &Example, column: usize) -> String {
    let stated = example.codes.get(column).filter(|code| !code.is_empty());
    stated.cloned().unwrap_or_else(|| format!("x{}", column + 1))
}

fn plain_rows(example: &Example) -> PlainRows {
    let mut plain = match example.periods {
        0 | 1 => PlainRows::new(rows(example)),
        periods => PlainRows::panel(rows(example) / periods, periods),
    };
    plain.groups = Arc::new(example.groups.clone());
    plain.neighbours = example.neighbours.clone().map(Arc::new);
    plain
}

impl Trial for dyn Imputation {
    fn trial_in(&self, example: &Example, scratch: &mut Scratch) -> Result<Vec<f64>, MethodError> {
        let plain = plain_rows(example);
        let mut out = example.columns[0].clone();
        let input = ImputationInput {
            columns: &slices(example),
            column: 0,
            siblings: &(0..example.columns.len()).collect::<Vec<_>>(),
            directions: &directions(example),
            indicator: &indicator(example, 0),
            code: &code(example, 0),
            rows: plain.rows(),
        };
        self.impute(&input, scratch, &mut out)?;
        let rows: Vec<usize> = (0..out.len()).filter(|&row| out[row].is_nan()).collect();
        if rows.is_empty() || self.leaves_absent() {
            Ok(out)
        } else {
            Err(MethodError::Absent { column: 0, rows })
        }
    }
}

impl Trial for dyn Treatment {
    fn trial_in(&self, example: &Example, scratch: &mut Scratch) -> Result<Vec<f64>, MethodError> {
        let plain = plain_rows(example);
        let mut out = vec![f64::NAN; rows(example)];
        let input = TreatmentInput {
            values: &example.columns[0],
            indicator: &indicator(example, 0),
            other: example.columns.get(1).map(Vec::as_slice),
            rows: plain.rows(),
        };
        self.treat(&input, scratch, &mut out)?;
        Ok(out)
    }
}

impl Trial for dyn Normalisation {
    fn trial_in(&self, example: &Example, scratch: &mut Scratch) -> Result<Vec<f64>, MethodError> {
        let plain = plain_rows(example);
        let mut out = vec![f64::NAN; rows(example)];
        let input = NormalisationInput {
            values: &example.columns[0],
            indicator: &indicator(example, 0),
            code: &code(example, 0),
            rows: plain.rows(),
        };
        normalise(self, &input, scratch, &mut out)?;
        Ok(out)
    }
}

/// Nodes `x1`, `x2`, … below `index`, as the example states them.
fn nodes(example: &Example) -> Vec<Node> {
    (0..example.columns.len())
        .map(|k| Node {
            code: code(example, k),
            names: Names::default(),
            parent: None,
            children: Vec::new(),
            depth: 1,
            weight: example.stated.get(k).copied(),
            full_marks: example.full_marks.get(k).copied(),
            published: None,
            indicator: Some(indicator(example, k)),
            notes: Default::default(),
        })
        .collect()
}

fn directions(example: &Example) -> Vec<Direction> {
    (0..example.columns.len()).map(|k| indicator(example, k).direction).collect()
}

impl Trial for dyn Weighting {
    fn trial_in(&self, example: &Example, scratch: &mut Scratch) -> Result<Vec<f64>, MethodError> {
        let (nodes, parent) = (nodes(example), Node::plain("index"));
        let plain = plain_rows(example);
        let siblings = Siblings {
            columns: &slices(example),
            nodes: &nodes.iter().collect::<Vec<_>>(),
            parent: &parent,
            directions: &directions(example),
            rows: plain.rows(),
        };
        let mut out = vec![f64::NAN; nodes.len()];
        find(self, &siblings, scratch, &mut out)?;
        let sum: f64 = out.iter().sum();
        if sum != 1.0 {
            out.iter_mut().for_each(|weight| *weight /= sum);
        }
        Ok(out)
    }
}

impl Trial for dyn Aggregation {
    fn trial_in(&self, example: &Example, scratch: &mut Scratch) -> Result<Vec<f64>, MethodError> {
        aggregated(self, example, false, scratch)
    }
}

/// The result of an aggregation with the weights of the example as they are, of any sum, as with `rescale = false` in a
/// project; scaled to a sum of one where the method takes no such weights.
pub fn trial_with_printed_weights(
    method: &dyn Aggregation,
    example: &Example,
    scratch: &mut Scratch,
) -> Result<Vec<f64>, MethodError> {
    aggregated(method, example, method.takes_printed_weights(), scratch)
}

fn aggregated(
    method: &dyn Aggregation,
    example: &Example,
    printed: bool,
    scratch: &mut Scratch,
) -> Result<Vec<f64>, MethodError> {
    let n = example.columns.len();
    let mut weights = match example.weights.as_slice() {
        [] => vec![1.0; n],
        stated => stated.to_vec(),
    };
    let sum: f64 = weights.iter().sum();
    let proportions = weights.clone();
    if !printed {
        weights.iter_mut().for_each(|w| *w /= sum);
    }
    let mut full_marks = example.full_marks.clone();
    full_marks.resize(n, f64::NAN);
    let columns = slices(example);
    let (nodes, parent) = (nodes(example), Node::plain("index"));
    let plain = plain_rows(example);
    let children = Children {
        columns: &columns,
        weights: &weights,
        proportions: &proportions,
        directions: &directions(example),
        full_marks: &full_marks,
        absent: AbsentRule::Proportional,
        least_share: 0.0,
        least: Least::default(),
        printed: printed.then_some(1.0),
        complete: columns.iter().all(|c| c.iter().all(|x| !x.is_nan())),
        nodes: &nodes.iter().collect::<Vec<_>>(),
        parent: &parent,
        rows: plain.rows(),
    };
    let mut out = vec![f64::NAN; rows(example)];
    method.aggregate(&children, scratch, &mut out)?;
    // As an evaluation does.
    match out.iter().find(|x| x.is_infinite()) {
        Some(score) => Err(MethodError::Other(text!(score_infinite, score = *score))),
        None => Ok(out),
    }
}

impl Trial for dyn Tiering {
    fn trial_in(&self, example: &Example, scratch: &mut Scratch) -> Result<Vec<f64>, MethodError> {
        // As an evaluation does: more is always better in what a tiering sees.
        let sign = indicator(example, 0).direction.sign();
        let less_is_better = sign < 0.0;
        let scores: &[f64] = &example.columns[0].iter().map(|s| sign * s).collect::<Vec<_>>();
        let negated: Vec<f64> = scores.iter().map(|s| -s).collect();
        let mut ranks = vec![f64::NAN; scores.len()];
        rank(&negated, Ties::Competition, 0.0, &mut Vec::new(), &mut ranks);
        let mut out = vec![None; scores.len()];
        let plain = plain_rows(example);
        let grid = Precision::default().grid(largest(scores));
        let rows = plain.rows();
        let input = TieringInput { scores, less_is_better, ranks: &ranks, grid, rows };
        self.tiers(&input, scratch, &mut out)?;
        Ok(out.into_iter().map(|t| t.map_or(f64::NAN, |t| f64::from(t) + 1.0)).collect())
    }
}
