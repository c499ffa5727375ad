//! Codings: what several coders have coded of the same units, and which value a cell has by their codes.

use quanheng_core::agreement::{Adjudication, Codes, Scale};
use quanheng_core::model::{PeriodIx, RegionIx};

use super::file::{Format, Input};
use super::names::Match;
use super::number::Notation;

/// A table of codings: a row for each code that a coder gives an indicator of a region.
#[derive(Clone, Debug)]
pub struct Coding {
    /// Its name in the project.
    pub code: String,
    /// The file.
    pub input: Input,
    /// Its form.
    pub format: Format,
    /// How it writes codes that are numbers, and what stands where a coder gave none.
    pub notation: Notation,
    /// The column of regions.
    pub region: String,
    /// The column of indicators.
    pub indicator: String,
    /// The column of coders.
    pub coder: String,
    /// The column of codes.
    pub column: String,
    /// The column of periods; without one there is one period.
    pub period: Option<String>,
    /// By what the rows say which region they are about.
    pub matching: Match,
    /// The number of each code that is a word.
    pub numbers: Vec<(String, f64)>,
    /// What a difference between two codes means.
    pub scale: Scale,
    /// Which value a cell has.
    pub adjudication: Adjudication,
    /// The coder whose code is the value wherever there is one.
    pub arbiter: Option<String>,
    /// By which share the coders' totals of a region may differ.
    pub apart: Option<f64>,
}

/// What was coded of one table.
#[derive(Clone, Debug)]
pub struct Coded {
    /// Its name in the project.
    pub code: String,
    /// What a difference between two codes means.
    pub scale: Scale,
    /// The coders, in the order in which they are first met; the arbiter is not one of them.
    pub coders: Vec<String>,
    /// By which share the coders' totals of a region may differ.
    pub apart: Option<f64>,
    /// What they coded, by period and region.
    pub units: Vec<Unit>,
}

/// One cell, and how it was coded.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The region.
    pub region: RegionIx,
    /// The period.
    pub period: PeriodIx,
    /// The column of the data.
    pub indicator: String,
    /// The number that each coder gave; NaN where there is none.
    pub codes: Vec<f64>,
    /// What each coder wrote; empty where there is none.
    pub written: Vec<String>,
    /// What the arbiter wrote.
    pub arbiter: Option<String>,
    /// The value that follows; NaN where nobody gave a code.
    pub value: f64,
    /// Where the first code stands.
    pub place: String,
}

impl Unit {
    /// Whether two coders gave different codes.
    pub fn is_disputed(&self) -> bool {
        let mut given = self.codes.iter().filter(|code| !code.is_nan());
        given.next().is_some_and(|first| given.any(|code| code != first))
    }
}

impl Coded {
    /// The units of each region and period.
    pub fn by_region(&self) -> impl Iterator<Item = &[Unit]> {
        self.units.chunk_by(|a, b| (a.region, a.period) == (b.region, b.period))
    }

    /// The codes of some units.
    pub fn codes<'u>(&self, units: impl IntoIterator<Item = &'u Unit>) -> Codes {
        let mut codes = Codes::new(self.coders.len());
        units.into_iter().for_each(|unit| codes.add(&unit.codes));
        codes
    }
}
