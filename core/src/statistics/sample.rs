//! The values that statistics are computed from.

use crate::number::{self, Moments, moments, sorted};

/// The values of an indicator over some rows.
#[derive(Clone, Debug)]
pub struct Sample {
    /// How many rows there are, with a value or without.
    pub rows: usize,
    /// The values that are there, ascending.
    pub ascending: Vec<f64>,
    /// Their moments; `None` with fewer than two.
    pub moments: Option<Moments>,
}

impl Sample {
    /// The sample of these cells, NaN where there is no value.
    pub fn new(values: &[f64]) -> Sample {
        let mut ascending = Vec::new();
        sorted(values, &mut ascending);
        ascending.retain(|x| !x.is_nan());
        let constant = ascending.first() == ascending.last();
        let moments = moments(values).map(|found| match constant {
            // The mean of equal values can differ from them in its last digit, and no spread follows from that.
            true => Moments { sd: 0.0, skewness: f64::NAN, kurtosis: f64::NAN, ..found },
            false => found,
        });
        Sample { rows: values.len(), ascending, moments }
    }

    /// How many values there are.
    pub fn n(&self) -> usize {
        self.ascending.len()
    }

    /// The share of rows that have a value; NaN without rows.
    pub fn coverage(&self) -> f64 {
        self.n() as f64 / self.rows as f64
    }

    /// Whether there are values and all are equal.
    pub fn is_constant(&self) -> bool {
        self.n() > 1 && self.ascending.first() == self.ascending.last()
    }

    /// The mean; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        number::mean(&self.ascending)
    }
}
