//! Bringing columns to one scale on which, with few stated exceptions, more is better.

mod goalposts;
mod min_max;
mod none;

use crate::method::{Domain, Entry, MethodError, Needs, Rows, Scratch};
use crate::model::Indicator;

/// Every built-in normalisation: one file each.
pub static TABLE: &[Entry<dyn Normalisation>] = &[min_max::ENTRY, goalposts::ENTRY, none::ENTRY];

/// A way to normalise a column.
pub trait Normalisation: Send + Sync {
    /// Writes the scores of a column into `out`; NaN stays NaN. The direction is `input.indicator.direction`.
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError>;

    /// What the scores can be, known before anything is computed.
    fn gives(&self, _indicator: &Indicator) -> Domain {
        Domain::ANY
    }

    /// What it needs of the column.
    fn needs(&self) -> Needs {
        Needs::NOTHING
    }
}

/// What a normalisation sees.
#[derive(Clone, Copy, Debug)]
pub struct NormalisationInput<'a> {
    /// The column, NaN where absent.
    pub values: &'a [f64],
    /// The facts of its indicator: direction, goalposts, target.
    pub indicator: &'a Indicator,
    /// Its code.
    pub code: &'a str,
    /// Who the rows are.
    pub rows: Rows<'a>,
}
