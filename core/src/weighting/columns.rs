//! What the weightings that look at scores share.

use quanheng_words::text;

use super::Siblings;
use crate::method::{Intermediate, MethodError, Shape};
use crate::model::Direction;
use crate::number;

/// Weighs each column by itself: zero where all values are equal, else what `f` says of it (and never below zero).
pub(super) fn each(
    siblings: &Siblings<'_>,
    out: &mut [f64],
    mut f: impl FnMut(usize, &[f64]) -> Result<f64, MethodError>,
) -> Result<(), MethodError> {
    refuse_all_constant(siblings)?;
    for (k, (column, weight)) in siblings.columns.iter().zip(out.iter_mut()).enumerate() {
        *weight = if varies(column)? { number::max(f(k, column)?, 0.0) } else { 0.0 };
    }
    finite(out)
}

/// Whether a column has two values that differ; fewer than two values are an error, and a range beyond all numbers.
pub(super) fn varies(column: &[f64]) -> Result<bool, MethodError> {
    match number::extremes(column) {
        Some((least, greatest)) if !(greatest - least).is_finite() => Err(overflow()),
        Some((least, greatest)) if number::count(column) > 1 => Ok(least < greatest),
        _ => Err(MethodError::TooFew { found: number::count(column), needed: 2 }),
    }
}

/// Writes a column on the scale from 0 (worst) to 1 (best). The column must vary.
pub(super) fn min_max(column: &[f64], direction: Direction, out: &mut Vec<f64>) {
    out.clear();
    push_min_max(column, direction, out);
}

fn push_min_max(column: &[f64], direction: Direction, out: &mut Vec<f64>) {
    let (least, greatest) = number::extremes(column).unwrap_or((0.0, 1.0));
    let range = greatest - least;
    out.extend(column.iter().map(|x| match direction {
        Direction::Positive => (x - least) / range,
        Direction::Negative => (greatest - x) / range,
    }));
}

/// Writes every column on the scale from 0 (worst) to 1 (best), one after the other; one that does not vary is 0.
pub(super) fn all_min_max(siblings: &Siblings<'_>, out: &mut Vec<f64>) -> Result<(), MethodError> {
    out.clear();
    for (column, direction) in siblings.columns.iter().zip(siblings.directions) {
        if varies(column)? {
            push_min_max(column, *direction, out);
        } else {
            out.extend(column.iter().map(|x| x * 0.0));
        }
    }
    Ok(())
}

/// Refuses columns that all are constant: there is nothing by which to weigh them.
pub(super) fn refuse_all_constant(siblings: &Siblings<'_>) -> Result<(), MethodError> {
    let mut any = false;
    for column in siblings.columns {
        any |= varies(column)?;
    }
    if any { Ok(()) } else { Err(MethodError::AllConstant) }
}

/// The coefficient of variation of a column that varies, by the size of its mean.
pub(super) fn variation(k: usize, column: &[f64]) -> Result<f64, MethodError> {
    let mean = number::mean_to_divide_by(column).unwrap_or(0.0);
    if mean == 0.0 {
        let (what, needed) = (text!(divisor_mean), text!(needed_other_than_zero));
        let (what, needed) = (Box::new(what), Box::new(needed));
        return Err(MethodError::Divisor { column: k, what, value: mean, needed });
    }
    Ok(number::sample_variance(column).map_or(0.0, f64::sqrt) / mean.abs())
}

/// Refuses values below zero, or at zero too.
pub(super) fn refuse_below(
    column: usize,
    values: &[f64],
    zero_too: bool,
) -> Result<(), MethodError> {
    let bad = |x: f64| x < 0.0 || (zero_too && x == 0.0);
    match values.iter().position(|x| bad(*x)) {
        None => Ok(()),
        Some(row) => Err(MethodError::OutOfDomain {
            column,
            row,
            value: values[row],
            needed: match zero_too {
                true => text!(needed_above_zero),
                false => text!(needed_not_negative),
            },
        }),
    }
}

/// Refuses cells without a value.
pub(super) fn refuse_absent(columns: &[&[f64]]) -> Result<(), MethodError> {
    for (column, values) in columns.iter().enumerate() {
        let rows: Vec<usize> = (0..values.len()).filter(|&r| values[r].is_nan()).collect();
        if !rows.is_empty() {
            return Err(MethodError::Absent { column, rows });
        }
    }
    Ok(())
}

/// Gives eigenvalues and eigenvectors of a matrix of correlations as intermediate results: what each component explains,
/// and the loadings, with the sign under which those of a component have a sum above zero.
pub(super) fn spectrum(values: &[f64], vectors: &[f64], into: &mut Intermediate) {
    if !into.is_asked() {
        return;
    }
    let n = values.len();
    let values: Vec<f64> = values.iter().map(|value| number::max(*value, 0.0)).collect();
    let total: f64 = values.iter().sum();
    into.list("eigenvalues", &[], values.iter().copied());
    into.list("shares", &[], values.iter().map(|value| value / total));
    let mut sum = 0.0;
    let cumulative = values.iter().map(|value| {
        sum += value;
        sum / total
    });
    into.list("cumulative", &[], cumulative);
    // A sum that is not told from zero has no sign; the first loading then decides.
    let sign = |v: &[f64]| {
        let sum = number::sum(v);
        let first = v.iter().copied().find(|x| x.abs() > 1e-9).unwrap_or(0.0);
        if (if sum.abs() > 1e-9 { sum } else { first }) < 0.0 { -1.0 } else { 1.0 }
    };
    let signs: Vec<f64> = vectors.chunks_exact(n).map(sign).collect();
    let loadings = (0..n).flat_map(|j| {
        let of = |k: usize| signs[k] * values[k].sqrt() * vectors[k * n + j];
        (0..n).map(of).collect::<Vec<_>>()
    });
    into.give("loadings", Shape::SIBLINGS_LIST, n, &[], loadings);
}

/// Refuses weights that overflowed.
pub(super) fn finite(weights: &[f64]) -> Result<(), MethodError> {
    if weights.iter().all(|w| w.is_finite()) { Ok(()) } else { Err(overflow()) }
}

/// The refusal of values with which nothing can be computed.
pub(super) fn overflow() -> MethodError {
    MethodError::Other(text!(values_too_large_to_weigh))
}

/// The entropy divergence `1 + Σ p ln p / ln n` of values of zero or above that vary, `0 ln 0` being 0.
pub(super) fn divergence(values: &[f64], scratch: &mut Vec<f64>) -> f64 {
    let sum = number::sum(values);
    scratch.clear();
    scratch.extend(values.iter().map(|x| {
        let p = x / sum;
        if p == 0.0 { 0.0 } else { p * libm::log(p) }
    }));
    1.0 + number::sum(scratch) / libm::log(number::count(values) as f64)
}
