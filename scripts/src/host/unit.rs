//! What a column of numbers measures: rates, percents and points are told apart, so that nothing is multiplied by a
//! hundred twice.

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

    fn several(self) -> &'static str {
        match self {
            Unit::Plain => "plain numbers",
            Unit::Rate => "rates",
            Unit::Percent => "percents",
            Unit::Points => "points",
        }
    }
}

fn refuse<T>(what: String, hint: &str) -> Result<T, Failed> {
    Err(fail(what, hint))
}

/// The unit of a sum or difference, and of what may be compared. Plain numbers are taken to be in the other's unit.
pub(crate) fn like(a: Unit, b: Unit) -> Result<Unit, Failed> {
    match (a, b) {
        (a, b) if a == b => Ok(a),
        (Unit::Plain, b) => Ok(b),
        (a, Unit::Plain) => Ok(a),
        (a, b) => refuse(
            format!("{} and {} cannot be added or compared", a.several(), b.several()),
            "bring both to one unit: .percent(), .rate(), .points(full_marks), or .plain() to say that you mean it",
        ),
    }
}

/// The unit of a product.
pub(crate) fn product(a: Unit, b: Unit) -> Result<Unit, Failed> {
    match (a, b) {
        (Unit::Plain, b) => Ok(b),
        (a, Unit::Plain) => Ok(a),
        (Unit::Rate, b) => Ok(b),
        (a, Unit::Rate) => Ok(a),
        (a, b) => refuse(
            format!(
                "{} times {} would be out by a hundred or mean nothing",
                a.several(),
                b.several()
            ),
            "make one of them a rate with .rate(), or say .plain()",
        ),
    }
}

/// The unit of a quotient.
pub(crate) fn quotient(a: Unit, b: Unit) -> Result<Unit, Failed> {
    match (a, b) {
        (Unit::Plain, Unit::Plain) => Ok(Unit::Plain),
        (a, Unit::Plain) => Ok(a),
        (a, b) if a == b => Ok(Unit::Rate),
        (a, Unit::Rate) => Ok(a),
        (a, b) => refuse(
            format!("{} divided by {} mean nothing", a.several(), b.several()),
            "bring both to one unit: .percent(), .rate(), .points(full_marks), or .plain()",
        ),
    }
}

/// A factor of a hundred is a change of unit, and has a word of its own.
pub(crate) fn by_number(unit: Unit, factor: f64, times: bool) -> Result<Unit, Failed> {
    if unit == Unit::Plain || factor != 100.0 {
        return Ok(unit);
    }
    let (what, hint) = match (unit, times) {
        (Unit::Rate, true) => ("a rate times 100 is a percent", "write .percent()"),
        (Unit::Percent, true) => {
            ("a percent times 100: it has been multiplied by 100 before", "leave out `* 100`")
        }
        (Unit::Percent, false) => ("a percent divided by 100 is a rate", "write .rate()"),
        (Unit::Rate, false) => {
            ("a rate divided by 100: it is a share of one already", "leave out `/ 100`")
        }
        _ => ("points times or divided by 100", "write .plain() first, to say that you mean it"),
    };
    refuse(what.to_owned(), hint)
}
