//! What the methods share that weigh all regions against each other.

use quanheng_words::text;

use super::Children;
use super::row::refuse_absent;
use crate::method::MethodError;
use crate::model::Direction;
use crate::number;

/// A child that weighs something.
pub(super) struct Criterion<'a> {
    pub child: usize,
    pub values: &'a [f64],
    pub weight: f64,
    /// Whether less is better.
    pub cost: bool,
    pub least: f64,
    pub greatest: f64,
}

impl Criterion<'_> {
    pub fn best(&self) -> f64 {
        if self.cost { self.least } else { self.greatest }
    }

    pub fn worst(&self) -> f64 {
        if self.cost { self.greatest } else { self.least }
    }

    /// Refuses values at or below zero.
    pub fn positive(&self) -> Result<(), MethodError> {
        match self.values.iter().position(|&x| x <= 0.0) {
            None => Ok(()),
            Some(row) => Err(MethodError::OutOfDomain {
                column: self.child,
                row,
                value: self.values[row],
                needed: text!(needed_above_zero),
            }),
        }
    }
}

/// The children that weigh something, all without absent cells.
pub(super) fn criteria<'a>(
    children: &Children<'a>,
) -> Result<impl Iterator<Item = Criterion<'a>> + use<'a>, MethodError> {
    refuse_absent(children)?;
    let Children { columns, weights, directions, .. } = *children;
    let weighing = (0..columns.len()).filter(|&child| weights[child] > 0.0);
    Ok(weighing.filter_map(|child| {
        let (values, weight) = (columns[child], weights[child]);
        let cost = directions[child] == Direction::Negative;
        let (least, greatest) = number::extremes(values)?;
        Some(Criterion { child, values, weight, cost, least, greatest })
    }))
}

/// A buffer as long as `out`, all zero.
pub(super) fn zeros<'a>(buffer: &'a mut Vec<f64>, out: &[f64]) -> &'a mut [f64] {
    buffer.clear();
    buffer.resize(out.len(), 0.0);
    buffer
}
