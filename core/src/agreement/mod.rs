//! How far several coders agree who code the same things, and which value follows from their codes.
//!
//! A unit is what is coded, such as an indicator of a region; each coder gives it a code or none. The coefficients are those
//! of Cohen (1960), Fleiss (1971) and Krippendorff (2011), each in a file of its own.

mod adjudication;
mod cohen;
mod fleiss;
mod krippendorff;
mod percent;
#[cfg(test)]
mod tests;

pub use adjudication::{Adjudication, Rule, Tie};
pub use cohen::cohen;
pub use fleiss::{Fleiss, fleiss};
pub use krippendorff::{Scale, krippendorff};
pub use percent::percent;

use crate::number;

/// The codes of several coders: for each unit a code of each coder, NaN where a coder gave none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Codes {
    coders: usize,
    codes: Vec<f64>,
}

impl Codes {
    /// No units yet.
    pub fn new(coders: usize) -> Codes {
        Codes { coders, codes: Vec::new() }
    }

    /// Adds a unit.
    ///
    /// # Panics
    /// If there is not one code for each coder.
    pub fn add(&mut self, codes: &[f64]) {
        assert_eq!(codes.len(), self.coders, "a code, or NaN, of each coder");
        self.codes.extend_from_slice(codes);
    }

    /// How many coders there are.
    pub fn coders(&self) -> usize {
        self.coders
    }

    /// How many units at least two coders have coded.
    pub fn units(&self) -> usize {
        self.pairable().count()
    }

    /// The codes that there are of each unit.
    fn given(&self) -> impl Iterator<Item = Vec<f64>> {
        let units = self.codes.chunks(self.coders.max(1));
        units.map(|unit| unit.iter().copied().filter(|code| !code.is_nan()).collect())
    }

    /// The same, of the units that at least two coders have coded.
    fn pairable(&self) -> impl Iterator<Item = Vec<f64>> {
        self.given().filter(|codes| codes.len() > 1)
    }

    /// The totals of the coders over the units that all of them have coded, and by which share of the greatest total they
    /// differ; none where no unit is such, or where the greatest total is not above 0.
    pub fn totals(&self) -> Option<Totals> {
        let mut totals = vec![0.0; self.coders];
        let mut units = 0;
        for unit in self.codes.chunks(self.coders.max(1)) {
            if unit.iter().all(|code| !code.is_nan()) {
                totals.iter_mut().zip(unit).for_each(|(total, code)| *total += code);
                units += 1;
            }
        }
        let (least, greatest) = number::extremes(&totals)?;
        let apart = (greatest - least) / greatest;
        (units > 0 && self.coders > 1 && greatest > 0.0).then_some(Totals { totals, units, apart })
    }
}

/// The totals of the coders over the same units.
#[derive(Clone, Debug, PartialEq)]
pub struct Totals {
    /// That of each coder.
    pub totals: Vec<f64>,
    /// How many units all of them have coded.
    pub units: usize,
    /// The difference between the greatest and the least total, as a share of the greatest.
    pub apart: f64,
}

/// How often each code stands, ascending.
fn counts(codes: impl IntoIterator<Item = f64>) -> Vec<(f64, f64)> {
    let mut all: Vec<f64> = codes.into_iter().collect();
    number::sort(&mut all);
    let mut counts: Vec<(f64, f64)> = Vec::new();
    for code in all {
        match counts.last_mut() {
            Some((last, count)) if *last == code => *count += 1.0,
            _ => counts.push((code, 1.0)),
        }
    }
    counts
}
