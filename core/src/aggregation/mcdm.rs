//! What the methods share that weigh all regions against each other.

use quanheng_words::{Text, text};

use super::Children;
use super::row::refuse_absent;
use crate::method::{MethodError, choice};
use crate::model::Direction;
use crate::number;

choice! {
    /// What a zero means where less is better, so that the formula divides by it.
    pub enum ZeroCosts {
        /// It is refused.
        Refuse = "refuse",
        /// It counts as the formula does for values that tend to zero: the region has the best possible score, and the
        /// others none beside it.
        Limit = "limit",
    }
}

/// The least value over a value of zero or above, and its limit where both are zero.
pub(crate) fn inverted(least: f64, x: f64) -> f64 {
    if x == least { 1.0 } else { least / x }
}

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

    /// The sum in which each value has its share: refuses values below zero, and a sum of zero.
    pub fn total(&self) -> Result<f64, MethodError> {
        self.refuse(|x| x < 0.0, text!(needed_not_negative))?;
        self.divisor(text!(divisor_sum), number::sum(self.values))
    }

    /// The mean by which values are divided: refuses one that is not above zero.
    pub fn mean(&self) -> Result<f64, MethodError> {
        let mean = number::mean_to_divide_by(self.values).unwrap_or(0.0);
        self.divisor(text!(divisor_mean), mean)
    }

    /// The sum, by which values of any sign are divided: refuses one that is not above zero, or that is a rest of rounding.
    pub fn sum(&self) -> Result<f64, MethodError> {
        let told = number::mean_to_divide_by(self.values) != Some(0.0);
        self.divisor(text!(divisor_sum), if told { number::sum(self.values) } else { 0.0 })
    }

    /// The length as a vector: refuses one beyond the numbers.
    pub fn length(&self) -> Result<f64, MethodError> {
        let length = number::dot(self.values, self.values).sqrt();
        self.divisor(text!(divisor_length), length)
    }

    /// The best value, in which others are measured: refuses values below zero, of zero too where less is better and
    /// `zeros` does not allow them, and a column of zeros where more is better.
    pub fn measure(&self, zeros: ZeroCosts) -> Result<f64, MethodError> {
        if self.cost && zeros == ZeroCosts::Refuse {
            self.refuse(|x| x <= 0.0, text!(needed_above_zero))?;
            return Ok(self.least);
        }
        self.refuse(|x| x < 0.0, text!(needed_not_negative))?;
        if self.cost {
            return Ok(self.least);
        }
        self.divisor(text!(divisor_greatest), self.greatest)
    }

    /// A value measured in the best one: 1 for the best.
    pub fn measured(&self, x: f64, best: f64) -> f64 {
        if self.cost { inverted(best, x) } else { x / best }
    }

    /// The least value, by which others are divided: refuses one that is not above zero.
    pub fn least_to_divide_by(&self) -> Result<f64, MethodError> {
        self.divisor(text!(divisor_least), self.least)
    }

    fn divisor(&self, what: Text, value: f64) -> Result<f64, MethodError> {
        if !value.is_finite() {
            return Err(MethodError::Other(text!(values_too_large)));
        }
        if value > 0.0 {
            return Ok(value);
        }
        let (what, needed) = (Box::new(what), Box::new(text!(needed_above_zero)));
        Err(MethodError::Divisor { column: self.child, what, value, needed })
    }

    fn refuse(&self, low: impl Fn(f64) -> bool, needed: Text) -> Result<(), MethodError> {
        match self.values.iter().position(|&x| low(x)) {
            None => Ok(()),
            Some(row) => {
                let (column, value) = (self.child, self.values[row]);
                Err(MethodError::OutOfDomain { column, row, value, needed })
            }
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
