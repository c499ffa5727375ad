//! What the methods that score a region from its own children share.

use quanheng_words::text;

use super::Children;
use crate::method::{MethodError, Scratch};

/// Scores each row by `score(values, weights)`: its present children of weight above zero, weights of any sum.
pub(super) fn by_row(
    children: &Children<'_>,
    scratch: &mut Scratch,
    out: &mut [f64],
    mut score: impl FnMut(&mut [f64], &[f64]) -> f64,
) -> Result<(), MethodError> {
    for (row, out) in out.iter_mut().enumerate() {
        if !children.row_proportions(row, &mut scratch.a) {
            *out = f64::NAN;
            continue;
        }
        scratch.b.clear();
        let mut kept = 0;
        for (k, column) in children.columns.iter().enumerate() {
            if scratch.a[k] > 0.0 {
                scratch.b.push(column[row]);
                scratch.a[kept] = scratch.a[k];
                kept += 1;
            }
        }
        scratch.a.truncate(kept);
        *out = score(&mut scratch.b, &scratch.a);
        finite(row, *out)?;
    }
    Ok(())
}

/// The weighted sum over a divisor, which is the sum of the weights for a mean.
pub(super) fn mean(values: &[f64], weights: &[f64], divisor: f64) -> f64 {
    let sum: f64 = values.iter().zip(weights).map(|(x, w)| w * x).sum();
    if sum.is_finite() {
        return sum / divisor;
    }
    values.iter().zip(weights).map(|(x, w)| w / divisor * x).sum()
}

/// Rejects a score that is not a number although its children are.
pub(super) fn finite(row: usize, score: f64) -> Result<(), MethodError> {
    if score.is_finite() {
        return Ok(());
    }
    Err(MethodError::Other(text!(score_too_large, row = row + 1)))
}

/// Refuses values below zero, and zero too if `above`, in the children that weigh something.
pub(super) fn refuse_low(children: &Children<'_>, above: bool) -> Result<(), MethodError> {
    for (column, (values, &weight)) in children.columns.iter().zip(children.weights).enumerate() {
        if weight <= 0.0 {
            continue;
        }
        let low = |x: f64| x < 0.0 || (above && x == 0.0);
        if let Some(row) = values.iter().position(|&x| low(x)) {
            let needed = match above {
                true => text!(needed_above_zero),
                false => text!(needed_not_negative),
            };
            return Err(MethodError::OutOfDomain { column, row, value: values[row], needed });
        }
    }
    Ok(())
}

/// Refuses absent cells in the children that weigh something.
pub(super) fn refuse_absent(children: &Children<'_>) -> Result<(), MethodError> {
    if children.complete {
        return Ok(());
    }
    for (column, (values, &weight)) in children.columns.iter().zip(children.weights).enumerate() {
        if weight <= 0.0 {
            continue;
        }
        let rows: Vec<usize> = (0..values.len()).filter(|&i| values[i].is_nan()).collect();
        if !rows.is_empty() {
            return Err(MethodError::Absent { column, rows });
        }
    }
    Ok(())
}
