//! Treating outliers and skew, column by column.

mod box_cox;
mod clip;
mod clip_iqr;
mod clip_percentile;
mod denominate;
mod likelihood;
mod log;
mod log_shift;
mod none;
mod tails;
mod winsorise;
mod yeo_johnson;

use crate::method::{Entry, MethodError, Needs, Rows, Scratch};
use crate::model::Indicator;

/// Every built-in treatment: one file each.
pub static TABLE: &[Entry<dyn Treatment>] = &[
    none::ENTRY,
    winsorise::ENTRY,
    clip_percentile::ENTRY,
    clip_iqr::ENTRY,
    log::ENTRY,
    log_shift::ENTRY,
    box_cox::ENTRY,
    yeo_johnson::ENTRY,
    denominate::ENTRY,
];

/// A way to treat a column.
pub trait Treatment: Send + Sync {
    /// Writes the treated column into `out`; NaN stays NaN.
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError>;

    /// The column of the data that it reads beside the treated one: a denominator.
    fn other_column(&self) -> Option<&str> {
        None
    }

    /// What it needs of the column.
    fn needs(&self) -> Needs {
        Needs::NOTHING
    }

    /// Whether it certainly changes nothing, so that the column is shared and not copied.
    fn is_identity(&self) -> bool {
        false
    }
}

/// What a treatment sees.
#[derive(Clone, Copy, Debug)]
pub struct TreatmentInput<'a> {
    /// The column, NaN where absent.
    pub values: &'a [f64],
    /// The facts of its indicator.
    pub indicator: &'a Indicator,
    /// The column that [`Treatment::other_column`] asked for.
    pub other: Option<&'a [f64]>,
    /// Who the rows are.
    pub rows: Rows<'a>,
}
