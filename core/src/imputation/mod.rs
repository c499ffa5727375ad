//! Filling missing cells.
//!
//! A method fills a column in place of its NaN cells; cells that do not apply are kept absent by the evaluation,
//! whatever a method writes there.

mod carry;
mod constant;
mod em;
mod fail;
mod fill;
mod goalpost;
mod group_mean;
mod group_median;
mod interpolate;
mod iterative_pca;
mod mean;
mod median;
mod nearest;
mod others;
mod regression;
mod renormalise;
mod row;
mod worst;

use crate::aggregation::Absence;
use crate::method::{Entry, MethodError, Needs, Rows, Scratch};
use crate::model::{Direction, Indicator};

/// Every built-in imputation: one file each.
pub static TABLE: &[Entry<dyn Imputation>] = &[
    fail::ENTRY,
    renormalise::ENTRY,
    mean::ENTRY,
    median::ENTRY,
    group_mean::ENTRY,
    group_median::ENTRY,
    nearest::ENTRY,
    row::ENTRY,
    regression::ENTRY,
    em::ENTRY,
    iterative_pca::ENTRY,
    constant::ENTRY,
    worst::ENTRY,
    goalpost::ENTRY,
    carry::ENTRY,
    interpolate::ENTRY,
];

/// A way to fill missing cells.
pub trait Imputation: Send + Sync {
    /// Writes the column `input.column` into `out`, with missing cells filled.
    ///
    /// `out` arrives as a copy of that column; a method only writes where it is NaN. A cell for which it has no value
    /// stays NaN: unless [`Self::leaves_absent`], the evaluation stops and names such cells, but for those that do not
    /// apply, which a method cannot tell from missing ones.
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

    /// Of a cell that it fills, by its row among those of `input`, what the value is made of; `None` where that is not a few
    /// rows or classes of a group.
    fn donors(&self, _input: &ImputationInput<'_>, _row: usize) -> Option<Donors> {
        None
    }

    /// Whether it may leave cells missing, for the aggregation to deal with.
    fn leaves_absent(&self) -> bool {
        false
    }

    /// Whether it fills any cell at all.
    fn fills(&self) -> bool {
        true
    }

    /// What happens at a node where children stay absent, and how many must be present.
    fn absence(&self) -> Absence {
        Absence::default()
    }
}

/// What the value of a filled cell is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Donors {
    /// The values of these rows, the nearest first.
    Rows(Vec<usize>),
    /// The values of these classes of a group, each with how many values it has.
    Classes {
        /// The code of the group.
        group: String,
        /// The classes by name.
        classes: Vec<(String, usize)>,
    },
}

/// What an imputation sees.
#[derive(Clone, Copy, Debug)]
pub struct ImputationInput<'a> {
    /// Every column of leaves over the same rows, NaN where absent.
    pub columns: &'a [&'a [f64]],
    /// Which of them is to be filled.
    pub column: usize,
    /// Which of them have the same parent in the tree, ascending; the column that is filled is one of them.
    pub siblings: &'a [usize],
    /// Which way is better in each of them.
    pub directions: &'a [Direction],
    /// The indicator of that column.
    pub indicator: &'a Indicator,
    /// Its code.
    pub code: &'a str,
    /// Who the rows are.
    pub rows: Rows<'a>,
}

impl ImputationInput<'_> {
    /// The column to be filled.
    pub fn values(&self) -> &[f64] {
        self.columns[self.column]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::Trial;

    /// Whatever the column: a value stays as it is, an empty cell gets a number (or stays, where that is stated), or
    /// there is an error.
    #[test]
    fn unusual_columns() {
        const NAN: f64 = f64::NAN;
        let columns: [&[f64]; 9] = [
            &[],
            &[NAN],
            &[NAN, NAN, NAN, NAN],
            &[7.0],
            &[2.0, 2.0],
            &[2.0, NAN, 2.0, 2.0],
            &[NAN, 1.0],
            &[-1e308, NAN, 1e308, 1e308, NAN, NAN],
            &[5.0, NAN, NAN, NAN, NAN, 1.0, NAN, 3.0],
        ];
        for entry in TABLE {
            let mut example = (entry.example)();
            let method = (entry.make)(&example.settings).expect("an example's settings");
            for values in columns {
                let other = (0..values.len()).map(|row| row as f64).collect();
                example.columns = vec![values.to_vec(), other];
                for periods in (1..=2).filter(|p| values.len() % p == 0) {
                    example.periods = periods;
                    let Ok(found) = method.trial(&example) else { continue };
                    for (y, x) in found.iter().zip(values) {
                        let sound = if x.is_nan() {
                            y.is_finite() || (y.is_nan() && method.leaves_absent())
                        } else {
                            x == y
                        };
                        assert!(sound, "{} on {values:?}: {found:?}", entry.name);
                    }
                }
            }
        }
    }
}
