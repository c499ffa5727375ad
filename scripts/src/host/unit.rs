//! The unit of a column of numbers: rates, percents and points are distinguished, so that nothing is multiplied by a
//! hundred twice.

use quanheng_words::{Text, text};

use crate::problem::{Failed, fail};

/// What the numbers of a column are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Numbers of no stated kind.
    #[default]
    Plain,
    /// Shares of one: 0.93.
    Rate,
    /// Shares of a hundred: 93 %.
    Percent,
    /// Points out of full marks.
    Points,
}

impl Unit {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Plain => "plain",
            Unit::Rate => "rate",
            Unit::Percent => "percent",
            Unit::Points => "points",
        }
    }

    /// Numbers in this unit.
    pub(crate) fn several(self) -> Text {
        match self {
            Unit::Plain => text!(script_plain_numbers),
            Unit::Rate => text!(script_rates),
            Unit::Percent => text!(script_percents),
            Unit::Points => text!(script_points),
        }
    }
}

/// The unit of a sum or difference, and of what may be compared. Plain numbers are taken to be in the other's unit.
pub(crate) fn like(a: Unit, b: Unit) -> Result<Unit, Failed> {
    match (a, b) {
        (a, b) if a == b => Ok(a),
        (Unit::Plain, b) => Ok(b),
        (a, Unit::Plain) => Ok(a),
        (a, b) => Err(fail(
            text!(script_units_added, a = a.several(), b = b.several()),
            text!(script_units_hint),
        )),
    }
}

/// The unit of a product.
pub(crate) fn product(a: Unit, b: Unit) -> Result<Unit, Failed> {
    match (a, b) {
        (Unit::Plain, b) => Ok(b),
        (a, Unit::Plain) => Ok(a),
        (Unit::Rate, b) => Ok(b),
        (a, Unit::Rate) => Ok(a),
        (a, b) => Err(fail(
            text!(script_units_multiplied, a = a.several(), b = b.several()),
            text!(script_units_multiplied_hint),
        )),
    }
}

/// The unit of a quotient.
pub(crate) fn quotient(a: Unit, b: Unit) -> Result<Unit, Failed> {
    match (a, b) {
        (Unit::Plain, Unit::Plain) => Ok(Unit::Plain),
        (a, Unit::Plain) => Ok(a),
        (a, b) if a == b => Ok(Unit::Rate),
        (a, Unit::Rate) => Ok(a),
        (a, b) => Err(fail(
            text!(script_units_divided, a = a.several(), b = b.several()),
            text!(script_units_hint),
        )),
    }
}

/// A factor of a hundred is a change of unit and has a function of its own.
pub(crate) fn by_number(unit: Unit, factor: f64, times: bool) -> Result<Unit, Failed> {
    if unit == Unit::Plain || factor != 100.0 {
        return Ok(unit);
    }
    let (what, hint) = match (unit, times) {
        (Unit::Rate, true) => {
            (text!(script_rate_times_100), text!(script_write, code = ".percent()"))
        }
        (Unit::Percent, true) => {
            (text!(script_percent_times_100), text!(script_leave_out, code = "* 100"))
        }
        (Unit::Percent, false) => {
            (text!(script_percent_by_100), text!(script_write, code = ".rate()"))
        }
        (Unit::Rate, false) => (text!(script_rate_by_100), text!(script_leave_out, code = "/ 100")),
        _ => (text!(script_points_by_100), text!(script_plain_first)),
    };
    Err(fail(what, hint))
}
