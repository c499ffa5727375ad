//! Filling missing cells.
//!
//! A method fills a column in place of its NaN cells; cells that do not apply are kept absent by the evaluation,
//! whatever a method writes there.

mod carry;
mod constant;
mod fail;
mod fill;
mod group_mean;
mod group_median;
mod interpolate;
mod mean;
mod median;
mod nearest;
mod renormalise;

use crate::aggregation::AbsentRule;
use crate::method::{Entry, MethodError, Needs, Rows, Scratch};

/// Every built-in imputation: one file each.
pub static TABLE: &[Entry<dyn Imputation>] = &[
    fail::ENTRY,
    renormalise::ENTRY,
    mean::ENTRY,
    median::ENTRY,
    group_mean::ENTRY,
    group_median::ENTRY,
    nearest::ENTRY,
    constant::ENTRY,
    carry::ENTRY,
    interpolate::ENTRY,
];

/// A way to fill missing cells.
pub trait Imputation: Send + Sync {
    /// Writes the column `input.column` into `out`, with missing cells filled.
    ///
    /// `out` arrives as a copy of that column; a method only writes where it is NaN.
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError>;

    /// What it needs: `panel` where it looks along time.
    fn needs(&self) -> Needs {
        Needs::NOTHING
    }

    /// Whether it may leave cells missing, for the aggregation to deal with.
    fn leaves_absent(&self) -> bool {
        false
    }

    /// What becomes of the weight of a cell that stays absent, and the least share of weight that must be present.
    fn absent_rule(&self) -> (AbsentRule, f64) {
        (AbsentRule::Proportional, 0.0)
    }
}

/// What an imputation sees.
#[derive(Clone, Copy, Debug)]
pub struct ImputationInput<'a> {
    /// Every column of leaves over the same rows, NaN where absent.
    pub columns: &'a [&'a [f64]],
    /// Which of them is to be filled.
    pub column: usize,
    /// Who the rows are.
    pub rows: Rows<'a>,
}

impl ImputationInput<'_> {
    /// The column to be filled.
    pub fn values(&self) -> &[f64] {
        self.columns[self.column]
    }
}
