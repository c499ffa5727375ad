//! What a project states of the sampling error of an indicator, and what that is in each cell.

use crate::evaluation::Evaluation;
use crate::model::Column;
use crate::number;

use super::survey::{count_interval, normal_width, standard_error_of_share, wilson};

/// The sampling error of one indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct SamplingError {
    /// The code of the leaf.
    pub leaf: String,
    /// Where the error comes from.
    pub source: ErrorSource,
    /// What it has in common with the errors of other indicators.
    pub common: Option<Common>,
}

/// What errors of the same region and period have in common: a part of each moves with the same parts of all others that
/// name it.
#[derive(Clone, Debug, PartialEq)]
pub struct Common {
    /// Its name.
    pub name: String,
    /// The share of the variance: two errors with the same share `r` have the correlation `r`.
    pub correlation: f64,
}

impl Common {
    /// How many standard errors the error of a cell is, made of a part of its own and of the common part.
    pub(crate) fn mixed(correlation: f64, own: f64, common: f64) -> f64 {
        (1.0 - correlation).sqrt() * own + correlation.sqrt() * common
    }
}

/// Where the sampling error of an indicator comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorSource {
    /// The value is a share of a sample.
    Share {
        /// The column with the size of the sample.
        n: String,
        /// What the value is where the share is one: 100 for per cent.
        full: f64,
        /// By how much the variance is larger than that of a simple random sample of this size.
        design_effect: f64,
    },
    /// The value is a count of independent events.
    Count,
    /// The column with the standard error of the value.
    StandardError(String),
    /// The columns with the ends of an interval of the value, and its probability.
    Interval {
        /// The column of the lower ends.
        lower: String,
        /// The column of the upper ends.
        upper: String,
        /// The probability.
        level: f64,
    },
}

impl ErrorSource {
    /// The columns of the data that it is read from.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let (one, other) = match self {
            ErrorSource::Share { n, .. } => (Some(n), None),
            ErrorSource::Count => (None, None),
            ErrorSource::StandardError(column) => (Some(column), None),
            ErrorSource::Interval { lower, upper, .. } => (Some(lower), Some(upper)),
        };
        one.into_iter().chain(other).map(String::as_str)
    }
}

/// The sampling error of one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellError {
    /// The value.
    pub value: f64,
    /// The size of the sample, where it is stated; NaN where it is not.
    pub n: f64,
    /// The standard error.
    pub error: f64,
    /// The interval of the value.
    pub interval: (f64, f64),
}

/// Why a cell with a value has no sampling error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The column has no value there, or no such column is there.
    Absent,
    /// A size of a sample that is not above 0, an error below 0, or an interval whose ends are in the wrong order.
    Impossible,
    /// A share that does not lie between 0 and what it is where the share is one, or a count below 0.
    Outside,
}

impl SamplingError {
    /// The error of the cell of a leaf in a row, whose value is `value`, with the interval of probability `level`.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of_cell(
        &self,
        evaluation: &Evaluation,
        row: usize,
        value: f64,
        level: f64,
    ) -> Result<CellError, Unknown> {
        let cell = |column: &str| {
            let column: Option<&Column> = evaluation.study().columns.get(column);
            let x = column.map_or(f64::NAN, |column| column.values()[row]);
            if x.is_nan() { Err(Unknown::Absent) } else { Ok(x) }
        };
        let z = normal_width(level);
        match &self.source {
            ErrorSource::Share { n, full, design_effect } => {
                let n = cell(n)?;
                let share = value / full;
                if n <= 0.0 {
                    return Err(Unknown::Impossible);
                }
                if !(0.0..=1.0).contains(&share) {
                    return Err(Unknown::Outside);
                }
                let size = n / design_effect;
                let (lower, upper) = wilson(share, size, level);
                let error = full * standard_error_of_share(share, size);
                Ok(CellError { value, n, error, interval: (full * lower, full * upper) })
            }
            ErrorSource::Count => {
                if value < 0.0 {
                    return Err(Unknown::Outside);
                }
                // Nobody knows that events never happen because none did: at 0 the error is that of one event.
                let error = number::max(value, 1.0).sqrt();
                let interval = count_interval(value, level);
                Ok(CellError { value, n: f64::NAN, error, interval })
            }
            ErrorSource::StandardError(column) => {
                let error = cell(column)?;
                if error < 0.0 {
                    return Err(Unknown::Impossible);
                }
                let interval = (value - z * error, value + z * error);
                Ok(CellError { value, n: f64::NAN, error, interval })
            }
            ErrorSource::Interval { lower, upper, level: stated } => {
                let (lower, upper) = (cell(lower)?, cell(upper)?);
                if lower > upper {
                    return Err(Unknown::Impossible);
                }
                let error = 0.5 * (upper - lower) / normal_width(*stated);
                // An interval of another probability is made of the same standard error.
                let interval = match *stated == level {
                    true => (lower, upper),
                    false => (value - z * error, value + z * error),
                };
                Ok(CellError { value, n: f64::NAN, error, interval })
            }
        }
    }
}
