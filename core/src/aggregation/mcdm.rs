//! What the methods share that weigh all regions against each other.

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
                needed: "above 0",
            }),
        }
    }
}

/// The children that weigh something, all without absent cells.
pub(super) fn criteria<'a>(children: &Children<'a>) -> Result<Vec<Criterion<'a>>, MethodError> {
    refuse_absent(children)?;
    let mut all = Vec::new();
    for child in 0..children.columns.len() {
        let (values, weight) = (children.columns[child], children.weights[child]);
        if weight > 0.0
            && let Some((least, greatest)) = number::extremes(values)
        {
            let cost = children.directions[child] == Direction::Negative;
            all.push(Criterion { child, values, weight, cost, least, greatest });
        }
    }
    Ok(all)
}
