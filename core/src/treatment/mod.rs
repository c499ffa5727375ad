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
mod shift;
mod tails;
mod winsorise;
mod yeo_johnson;

use quanheng_words::text;

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
    shift::ENTRY,
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

    /// Whether the treated column is certainly in the unit of the untreated one, or in that of the ratio of the two
    /// columns.
    fn keeps_unit(&self) -> bool {
        false
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

/// Refuses a result that is too large to be a number; names the value that it was made of.
fn finite(values: &[f64], out: &[f64]) -> Result<(), MethodError> {
    match out.iter().position(|y| y.is_infinite()) {
        None => Ok(()),
        Some(row) => {
            let needed = text!(needed_computable);
            Err(MethodError::OutOfDomain { column: 0, row, value: values[row], needed })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::Trial;

    /// Whatever the column: an absent cell stays absent, a value becomes a number, or there is an error.
    #[test]
    fn unusual_columns() {
        const NAN: f64 = f64::NAN;
        let columns: [&[f64]; 10] = [
            &[],
            &[NAN],
            &[NAN, NAN, NAN],
            &[7.0],
            &[2.0, 2.0],
            &[0.0, 0.0, NAN, 0.0, 0.0, 0.0],
            &[1.0, 2.0],
            &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, NAN, 1.0],
            &[-1e308, 3.0, NAN, 1e308, 4.0, 5.0],
            &[1e-300, 3e-300, 2e-300, 4e-300, 9e-299, NAN],
        ];
        for entry in TABLE {
            let mut example = (entry.example)();
            let method = (entry.make)(&example.settings).expect("an example's settings");
            for values in columns {
                example.columns = vec![values.to_vec(), vec![1e-5; values.len()]];
                let Ok(found) = method.trial(&example) else { continue };
                let sound = found
                    .iter()
                    .zip(values)
                    .all(|(y, x)| y.is_nan() == x.is_nan() && !y.is_infinite());
                assert!(sound, "{} on {values:?}: {found:?}", entry.name);
            }
        }
    }
}
