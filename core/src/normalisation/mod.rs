//! Bringing columns to one scale on which, with few stated exceptions, more is better.

mod borda;
mod categories;
mod constant;
mod distance_to_best;
mod distance_to_reference;
mod distance_to_target;
mod enhanced_accuracy;
mod goalposts;
mod logarithmic;
mod max;
mod min_max;
mod none;
mod nonlinear;
mod percentile_rank;
mod points;
mod rank;
mod reverse;
mod share_of_max;
mod sum;
mod vector;
mod z_score;
mod zavadskas_turskis;

use quanheng_words::{Text, text};

use crate::aggregation::ZeroCosts;
use crate::method::{Domain, Entry, MethodError, Needs, Rows, Scratch};
use crate::model::Indicator;
use crate::number::{self, Ties};

pub use constant::{CONSTANT, Constant, with_constant};
pub(crate) use constant::{normalise, only_value};

/// Every built-in normalisation: one file each.
pub static TABLE: &[Entry<dyn Normalisation>] = &[
    borda::ENTRY,
    categories::ENTRY,
    distance_to_best::ENTRY,
    distance_to_reference::ENTRY,
    distance_to_target::ENTRY,
    enhanced_accuracy::ENTRY,
    goalposts::ENTRY,
    logarithmic::ENTRY,
    max::ENTRY,
    min_max::ENTRY,
    none::ENTRY,
    nonlinear::ENTRY,
    percentile_rank::ENTRY,
    points::ENTRY,
    rank::ENTRY,
    reverse::ENTRY,
    share_of_max::ENTRY,
    sum::ENTRY,
    vector::ENTRY,
    z_score::ENTRY,
    zavadskas_turskis::ENTRY,
];

/// A way to normalise a column.
pub trait Normalisation: Send + Sync {
    /// Writes the scores of a column into `out`; NaN stays NaN. The direction is `input.indicator.direction`.
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError>;

    /// What becomes of a column in which all values are equal, of a method that states it.
    fn constant(&self) -> Option<Constant> {
        None
    }

    /// What the scores can be, known before anything is computed.
    fn gives(&self, _indicator: &Indicator) -> Domain {
        Domain::ANY
    }

    /// What it needs of the column.
    fn needs(&self) -> Needs {
        Needs::NOTHING
    }

    /// Whether it leaves every value as it is.
    fn is_identity(&self) -> bool {
        false
    }

    /// Whether its scores go by something that is stated in the unit of the column: a setting, or one of the facts of
    /// the indicator.
    fn states_in_unit(&self, _indicator: &Indicator) -> bool {
        false
    }

    /// How it scores one value by itself; none where the score of a value depends on other values, or is not such a curve.
    fn curve(&self, _indicator: &Indicator) -> Option<Curve> {
        None
    }
}

/// The score as a function of one value, where it depends on no other: between two ends it rises from worse to better
/// values, beyond them it stays what it is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// The end towards worse values; infinite where there is none.
    pub worst: f64,
    /// The end towards better values; infinite where there is none.
    pub best: f64,
    /// Whether it is a straight line between the ends. If not, it is concave there.
    pub straight: bool,
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

/// Writes `f` of every value; a value that is there and would have no finite score is an error.
fn write(
    input: &NormalisationInput<'_>,
    out: &mut [f64],
    f: impl Fn(f64) -> f64,
) -> Result<(), MethodError> {
    let mut lost = false;
    for (s, &x) in out.iter_mut().zip(input.values) {
        *s = f(x);
        lost |= !s.is_finite() & !x.is_nan();
    }
    if !lost {
        return Ok(());
    }
    let row = (0..out.len()).find(|&i| !out[i].is_finite() && !input.values[i].is_nan());
    let row = row.expect("one was lost");
    let needed = text!(needed_finite_score);
    Err(MethodError::OutOfDomain { column: 0, row, value: input.values[row], needed })
}

/// A number made of the whole column, by which the formula divides; refused where it is beyond the numbers.
fn computed(x: f64) -> Result<f64, MethodError> {
    if x.is_finite() { Ok(x) } else { Err(MethodError::Other(text!(values_too_large))) }
}

/// The least and the greatest value, `None` where there is no value; a single value does not make a scale.
fn range(values: &[f64]) -> Result<Option<(f64, f64)>, MethodError> {
    match number::extremes(values) {
        Some((least, greatest)) if least == greatest => Err(MethodError::Constant { value: least }),
        ends => Ok(ends),
    }
}

/// Refuses `end`, a value of the column, unless it is above zero.
fn positive(input: &NormalisationInput<'_>, end: f64) -> Result<(), MethodError> {
    if end > 0.0 { Ok(()) } else { Err(outside(input, end, text!(needed_above_zero))) }
}

/// Refuses `end`, a value of the column, where it is below zero.
fn not_negative(input: &NormalisationInput<'_>, end: f64) -> Result<(), MethodError> {
    if end >= 0.0 { Ok(()) } else { Err(outside(input, end, text!(needed_not_negative))) }
}

/// Refuses `least`, the least value of a column where less is better, where a formula cannot divide by it.
fn invertible(
    input: &NormalisationInput<'_>,
    least: f64,
    zeros: ZeroCosts,
) -> Result<(), MethodError> {
    match zeros {
        ZeroCosts::Refuse => positive(input, least),
        ZeroCosts::Limit => not_negative(input, least),
    }
}

fn outside(input: &NormalisationInput<'_>, value: f64, needed: Text) -> MethodError {
    let row = input.values.iter().position(|&x| x == value).unwrap_or(0);
    MethodError::OutOfDomain { column: 0, row, value, needed }
}

/// Ranks from the worst, which has 1.
fn oriented_rank(
    input: &NormalisationInput<'_>,
    ties: Ties,
    scratch: &mut Scratch,
    out: &mut [f64],
) {
    let sign = input.indicator.direction.sign();
    scratch.a.clear();
    scratch.a.extend(input.values.iter().map(|x| sign * x));
    number::rank(&scratch.a, ties, 0.0, &mut scratch.order, out);
}
