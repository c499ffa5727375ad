//! Degenerate inputs: what there is in data when nothing, or hardly anything, sets the regions apart.
//!
//! A method gives what its formula gives, or an error that names what is wrong; never a NaN where there is a value, an
//! infinity, or a panic. Which of the two it is, is written down for each method: see `tests/degenerate.rs`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Trial;
use crate::method::{Example, MethodError, Stage};
use crate::number::uniform;

/// A degenerate input.
#[derive(Clone, Copy, Debug)]
pub struct Degenerate {
    /// What it is, in a few words.
    pub name: &'static str,
    rows: usize,
    cell: fn(u64, u64) -> f64,
    /// Whether there is one column only.
    single: bool,
}

const fn shape(name: &'static str, rows: usize, cell: fn(u64, u64) -> f64) -> Degenerate {
    Degenerate { name, rows, cell, single: false }
}

/// A number from 1 to 9 that differs from row to row.
fn drawn(k: u64, row: u64) -> f64 {
    1.0 + 8.0 * uniform(7, k, row)
}

/// Every degenerate input, by column and row.
pub const DEGENERATE: &[Degenerate] = &[
    shape("no rows", 0, |_, _| 1.0),
    shape("one region", 1, |k, _| 2.0 + k as f64),
    shape("two regions", 2, |k, row| 1.0 + ((k + row) % 2) as f64),
    shape("two equal regions", 2, |k, _| 2.0 + k as f64),
    Degenerate { single: true, ..shape("one indicator", 8, drawn) },
    Degenerate { single: true, ..shape("one constant indicator", 8, |_, _| 100.0) },
    shape("all columns constant", 8, |k, _| 2.0 + k as f64),
    shape("all columns zero", 8, |_, _| 0.0),
    shape("the first column constant", 8, |k, row| if k == 0 { 100.0 } else { drawn(k, row) }),
    shape("the first column zero", 8, |k, row| if k == 0 { 0.0 } else { drawn(k, row) }),
    shape("a zero in every column", 8, |k, row| if row == k % 8 { 0.0 } else { drawn(k, row) }),
    shape("tied columns", 8, |_, row| drawn(0, row)),
    shape("opposed columns", 8, |k, row| if k % 2 == 0 { drawn(0, row) } else { -drawn(0, row) }),
    shape("columns about zero", 9, |k, row| ((row + k) % 9) as f64 - 4.0),
    shape("means that are rests of rounding", 3, |k, row| {
        [0.1 + k as f64, 0.2, -0.3 - k as f64][row as usize]
    }),
    shape(
        "20 of 24 equal, and least",
        24,
        |k, row| if row < 20 { 5.0 } else { 5.0 + drawn(k, row) },
    ),
    shape("20 of 24 equal, and greatest", 24, |k, row| if row < 20 { 9.5 } else { drawn(k, row) }),
    shape("no value", 5, |_, _| f64::NAN),
    shape("one value", 5, |k, row| if row == 2 { 2.0 + k as f64 } else { f64::NAN }),
    shape("numbers at the end", 6, |k, row| (drawn(k, row) - 4.0) * 2e307),
    shape("numbers near zero", 6, |k, row| drawn(k, row) * 1e-307),
];

/// What a method gives for an input: a result, an error, or `None` where it panicked.
pub type Given = Option<Result<Vec<f64>, MethodError>>;

impl Degenerate {
    /// The worked example of a method with this input in place of its own.
    pub fn input(&self, stage: Stage, example: &Example) -> Example {
        let mut input = example.clone();
        // The second column of a treatment is a denominator.
        if self.single && stage != Stage::Treatment {
            input.columns.truncate(1);
            input.indicators.truncate(1);
            input.weights.truncate(1);
            input.stated.truncate(1);
            input.full_marks.truncate(1);
        }
        for (k, column) in input.columns.iter_mut().enumerate() {
            *column = (0..self.rows as u64).map(|row| (self.cell)(k as u64, row)).collect();
        }
        if input.periods > 1 && (self.rows == 0 || !self.rows.is_multiple_of(input.periods)) {
            input.periods = 1;
        }
        input.expected = Vec::new();
        input
    }

    /// What a method gives for it.
    pub fn given(&self, stage: Stage, method: &dyn Trial, example: &Example) -> Given {
        let input = self.input(stage, example);
        catch_unwind(AssertUnwindSafe(|| method.trial(&input))).ok()
    }

    /// What is wrong with what a method gives, whatever the method is.
    pub fn fault(&self, stage: Stage, method: &dyn Trial, example: &Example) -> Option<String> {
        let input = self.input(stage, example);
        let result = match self.given(stage, method, example) {
            None => return Some("it panicked".to_owned()),
            Some(Err(error)) => {
                return error
                    .to_string()
                    .trim()
                    .is_empty()
                    .then(|| "an error without words".into());
            }
            Some(Ok(result)) => result,
        };
        if result.iter().any(|x| x.is_infinite()) {
            return Some(format!("an infinity in {result:?}"));
        }
        if stage == Stage::Weighting {
            let sum: f64 = result.iter().sum();
            let sound = result.iter().all(|w| *w >= 0.0) && (sum - 1.0).abs() < 1e-9;
            return (!sound).then(|| format!("the weights {result:?}"));
        }
        let left_out = stage == Stage::Normalisation && result.iter().all(|x| x.is_nan());
        let lost = |row: &usize| {
            let there = match stage {
                Stage::Aggregation | Stage::Treatment => {
                    input.columns.iter().all(|column| !column[*row].is_nan())
                }
                _ => !input.columns[0][*row].is_nan(),
            };
            there && result[*row].is_nan() && !left_out
        };
        (0..result.len())
            .find(lost)
            .map(|row| format!("no number in row {} of {result:?}", row + 1))
    }
}
