//! Columns of numbers: a number a region (or a child, a tier, …), and absent cells.
//!
//! Invariants: a column holds no infinity, and NaN in it means "absent" and nothing else; an operation that would
//! produce either is rejected where it happens, and the error names the row.

use std::sync::Arc;

use quanheng_core::model::State;
use quanheng_core::number::{self, Distribution, RoundMode};
use quanheng_words::number::exact;
use quanheng_words::{Text, text};
use rhai::{Array, Dynamic, ImmutableString};

use super::functions::{
    FLOAT, Functions, INT, Number, Operand, Take, Whole, functions, give, many_numbers,
    number as number_of, operand,
};
use super::mask::Mask;
use super::matrix::Matrix;
use super::unit::{self, Unit};
use crate::limits::{Charge, charge, in_time_for, list_of};
use crate::problem::{Failed, fail, fail_at, wrong_kind};

/// A column of numbers in the hands of a script. Copies share their storage.
#[derive(Clone, Debug)]
pub struct Column(Arc<Data>);

#[derive(Debug)]
struct Data {
    values: Vec<f64>,
    /// Why cells are absent, where that is known: raw columns in the system stage.
    states: Option<Arc<[State]>>,
    unit: Unit,
    _charge: Charge,
}

many_numbers! { Column = "Column", Column::len }

impl Column {
    /// A column of values that are known to be sound.
    pub(crate) fn new(values: Vec<f64>) -> Result<Self, Failed> {
        let charge = charge(values.len() * 8)?;
        Ok(Column(Arc::new(Data { values, states: None, unit: Unit::Plain, _charge: charge })))
    }

    /// A copy of numbers that the evaluation handed over.
    pub(crate) fn copy(values: &[f64]) -> Result<Self, Failed> {
        let charge = charge(values.len() * 8)?;
        let values = values.to_vec();
        Ok(Column(Arc::new(Data { values, states: None, unit: Unit::Plain, _charge: charge })))
    }

    /// A raw column with the states of its cells.
    pub(crate) fn raw(column: &quanheng_core::model::Column) -> Result<Self, Failed> {
        let mut copy = Column::copy(column.values())?;
        if !column.is_complete() {
            let states = (0..column.len()).map(|row| column.state(row)).collect();
            copy.data()?.states = Some(states);
        }
        Ok(copy)
    }

    pub(crate) fn values(&self) -> &[f64] {
        &self.0.values
    }

    pub(crate) fn len(&self) -> usize {
        self.0.values.len()
    }

    pub(crate) fn unit(&self) -> Unit {
        self.0.unit
    }

    /// Why a cell is absent, where that is known.
    pub(crate) fn state(&self, row: usize) -> State {
        match &self.0.states {
            _ if !self.0.values[row].is_nan() => State::Value,
            Some(states) if states[row] != State::Value => states[row],
            _ => State::Missing,
        }
    }

    pub(crate) fn with_unit(self, unit: Unit) -> Result<Self, Failed> {
        if unit == self.0.unit {
            return Ok(self);
        }
        let mut column = self;
        column.data()?.unit = unit;
        Ok(column)
    }

    /// The same numbers, whatever they measure.
    pub(crate) fn plain(&self) -> Result<Self, Failed> {
        self.clone().with_unit(Unit::Plain)
    }

    fn with_states(self, states: Option<Arc<[State]>>) -> Result<Self, Failed> {
        if states.is_none() && self.0.states.is_none() {
            return Ok(self);
        }
        let mut column = self;
        column.data()?.states = states;
        Ok(column)
    }

    /// Its storage to write into: its own if it is not shared, otherwise a copy.
    fn data(&mut self) -> Result<&mut Data, Failed> {
        if Arc::get_mut(&mut self.0).is_none() {
            let Data { values, states, unit, .. } = &*self.0;
            let charge = charge(values.len() * 8)?;
            let (values, states) = (values.clone(), states.clone());
            self.0 = Arc::new(Data { values, states, unit: *unit, _charge: charge });
        }
        Ok(Arc::get_mut(&mut self.0).expect("nobody else holds it"))
    }

    /// Applies `f` to each value, in place if the column is not shared. `what` names the operation where it gives no
    /// number; `f` must leave NaN as it is.
    pub(crate) fn each(self, what: &str, f: impl Fn(f64) -> f64) -> Result<Self, Failed> {
        in_time_for(self.len())?;
        let mut column = self;
        if Arc::get_mut(&mut column.0).is_none() {
            let mut values = Vec::with_capacity(column.len());
            for piece in column.values().chunks(4096) {
                in_time_for(column.len())?;
                values.extend(piece.iter().map(|x| f(*x)));
            }
            check(what, column.values(), &values, 0)?;
            return Column::new(values)?.like(&column);
        }
        // Pieces are computed aside, so that a value that turns out badly can still be named.
        let mut piece = [0.0; 64];
        let long = column.len();
        for (k, values) in column.data()?.values.chunks_mut(piece.len()).enumerate() {
            if k % 64 == 63 {
                in_time_for(long)?;
            }
            let new = &mut piece[..values.len()];
            for (y, x) in new.iter_mut().zip(values.iter()) {
                *y = f(*x);
            }
            check(what, values, new, k * 64)?;
            values.copy_from_slice(new);
        }
        Ok(column)
    }

    /// Unit and states of another column.
    fn like(self, other: &Column) -> Result<Self, Failed> {
        self.with_unit(other.unit())?.with_states(other.0.states.clone())
    }

    /// Applies `f` to pairs of values of two columns; absent where either is.
    pub(crate) fn pairs(
        self,
        other: Column,
        what: &str,
        unit: Unit,
        f: impl Fn(f64, f64) -> f64,
    ) -> Result<Self, Failed> {
        same_length(self.len(), other.len())?;
        let states = self.joined_states(&other);
        let (x, y) = (self.values(), other.values());
        let mut values = Vec::with_capacity(x.len());
        values.extend(x.iter().zip(y).map(|(x, y)| f(*x, *y)));
        if !values.iter().all(|z| z.is_finite()) {
            for (row, z) in values.iter_mut().enumerate() {
                if x[row].is_nan() || y[row].is_nan() {
                    *z = f64::NAN;
                } else if !z.is_finite() {
                    return Err(undefined(what, row, x[row], Some(y[row])));
                }
            }
        }
        Column::new(values)?.with_unit(unit)?.with_states(states)
    }

    /// The states of a result of two columns: the first one's count where both are absent.
    fn joined_states(&self, other: &Column) -> Option<Arc<[State]>> {
        match (&self.0.states, &other.0.states) {
            (None, None) => None,
            _ => Some(
                (0..self.len().min(other.len()))
                    .map(|row| match self.state(row) {
                        State::Value => other.state(row),
                        absent => absent,
                    })
                    .collect(),
            ),
        }
    }

    /// The values that are there.
    pub(crate) fn present(&self) -> Vec<f64> {
        self.values().iter().copied().filter(|x| !x.is_nan()).collect()
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.values().iter().all(|x| !x.is_nan())
    }

    /// A reduction that needs a value.
    fn some(&self, found: Option<f64>, what: Text) -> Result<f64, Failed> {
        match found {
            Some(x) if x.is_finite() => Ok(x),
            Some(_) => Err(fail(
                text!(script_beyond_numbers, what = what),
                text!(script_beyond_numbers_hint),
            )),
            None => {
                let there = number::count(self.values());
                Err(fail(
                    text!(script_no_result, what = what, count = there),
                    text!(script_no_result_hint),
                ))
            }
        }
    }

    pub(crate) fn replace(self, mask: &Mask, by: impl Fn(usize) -> f64) -> Result<Self, Failed> {
        same_length(self.len(), mask.len())?;
        let mut column = self;
        let data = column.data()?;
        for (row, x) in data.values.iter_mut().enumerate() {
            if mask.yes(row) {
                *x = by(row);
            }
        }
        Ok(column)
    }
}

/// A list of numbers, or a column of them; nothing where a cell is absent.
pub(crate) struct Numbers(pub(crate) Vec<f64>);

impl Take for Numbers {
    type Raw = Dynamic;
    const NAME: &'static str = "Array";
    fn take(raw: Dynamic) -> Result<Self, Failed> {
        if let Some(column) = raw.read_lock::<Column>() {
            return Ok(Numbers(column.values().to_vec()));
        }
        match raw.into_array() {
            Ok(list) => list
                .iter()
                .map(|x| if x.is_unit() { Ok(f64::NAN) } else { number_of(x) })
                .collect::<Result<_, _>>()
                .map(Numbers),
            Err(found) => Err(wrong_kind(found, text!(script_numbers_belong))),
        }
    }
}

pub(crate) fn same_length(a: usize, b: usize) -> Result<(), Failed> {
    if a == b {
        return Ok(());
    }
    Err(fail(text!(script_lengths, a = a, b = b), text!(script_lengths_hint)))
}

/// Refuses infinity, and NaN where there was a value.
fn check(what: &str, before: &[f64], after: &[f64], first_row: usize) -> Result<(), Failed> {
    if after.iter().fold(true, |sound, y| sound & y.is_finite()) {
        return Ok(());
    }
    let bad = |(x, y): (&f64, &f64)| !y.is_finite() && !x.is_nan();
    match before.iter().zip(after).position(bad) {
        None => Ok(()),
        Some(row) => Err(undefined(what, first_row + row, before[row], None)),
    }
}

fn undefined(what: &str, row: usize, x: f64, y: Option<f64>) -> Failed {
    fail_at(row, undefined_words(what, x, y), text!(script_undefined_hint))
}

/// An operation that gives no number.
pub(crate) fn undefined_words(what: &str, x: f64, y: Option<f64>) -> Text {
    match y {
        Some(y) => text!(script_undefined_of_two, x = x, sign = what, y = y),
        None => text!(script_undefined, function = what, x = x),
    }
}

fn power(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() { f64::NAN } else { libm::pow(x, y) }
}

/// The operators between columns and numbers.
fn operators(lib: &mut Functions) {
    const COLUMN: Operand = operand::<Column>();
    type Units = fn(Unit, Unit) -> Result<Unit, Failed>;
    fn arithmetic(
        lib: &mut Functions,
        sign: &'static str,
        units: Units,
        by_number: fn(Unit, f64) -> Result<Unit, Failed>,
        f: impl Fn(f64, f64) -> f64 + Copy + Send + Sync + 'static,
    ) {
        const DOC: &str = "Cell by cell; absent where either is.";
        lib.operator("Column", sign, &[COLUMN, COLUMN], "Column", DOC, move |operands| {
            let (x, y) = (operands.plain::<Column>(), operands.plain::<Column>());
            let unit = units(x.unit(), y.unit())?;
            give(x.pairs(y, sign, unit, f))
        });
        for number in [FLOAT, INT] {
            lib.operator("Column", sign, &[COLUMN, number], "Column", DOC, move |operands| {
                let (x, y) = (operands.plain::<Column>(), operands.number());
                let unit = by_number(x.unit(), y)?;
                give(x.each(sign, |x| f(x, y))?.with_unit(unit))
            });
        }
        for number in [FLOAT, INT] {
            lib.operator("Column", sign, &[number, COLUMN], "Column", DOC, move |operands| {
                let (x, y) = (operands.number(), operands.plain::<Column>());
                let unit = units(Unit::Plain, y.unit())?;
                if sign == "*" {
                    by_number(y.unit(), x)?;
                }
                give(y.each(sign, |y| f(x, y))?.with_unit(unit))
            });
        }
    }
    arithmetic(lib, "+", unit::like, |u, _| Ok(u), |x, y| x + y);
    arithmetic(lib, "-", unit::like, |u, _| Ok(u), |x, y| x - y);
    arithmetic(lib, "*", unit::product, |u, y| unit::by_number(u, y, true), |x, y| x * y);
    arithmetic(lib, "/", unit::quotient, |u, y| unit::by_number(u, y, false), |x, y| x / y);
    arithmetic(lib, "**", |_, _| Ok(Unit::Plain), |_, _| Ok(Unit::Plain), power);

    fn compare(lib: &mut Functions, sign: &'static str, f: fn(f64, f64) -> bool) {
        const DOC: &str = "A yes for each cell where this holds; an absent cell is a no.";
        lib.operator("Column", sign, &[COLUMN, COLUMN], "Mask", DOC, move |operands| {
            let (x, y) = (operands.plain::<Column>(), operands.plain::<Column>());
            unit::like(x.unit(), y.unit())?;
            same_length(x.len(), y.len())?;
            let pairs = x.values().iter().zip(y.values());
            give(Mask::new(pairs.map(|(x, y)| !x.is_nan() && !y.is_nan() && f(*x, *y))))
        });
        for number in [FLOAT, INT] {
            lib.operator("Column", sign, &[COLUMN, number], "Mask", DOC, move |operands| {
                let (x, y) = (operands.plain::<Column>(), operands.number());
                give(Mask::new(x.values().iter().map(|x| !x.is_nan() && f(*x, y))))
            });
        }
    }
    compare(lib, ">", |x, y| x > y);
    compare(lib, ">=", |x, y| x >= y);
    compare(lib, "<", |x, y| x < y);
    compare(lib, "<=", |x, y| x <= y);
    compare(lib, "==", |x, y| x == y);
    compare(lib, "!=", |x, y| x != y);
    const NEGATIVE: &str = "Each value with the other sign.";
    lib.operator("Column", "-", &[COLUMN], "Column", NEGATIVE, |operands| {
        give(operands.plain::<Column>().each("-", |x| -x))
    });
    const CELL: &str = "The cell in this place, counted from 0; `()` where it is absent.";
    lib.operator("Column", "[]", &[COLUMN, INT], "?", CELL, |operands| {
        let (x, row) = (operands.plain::<Column>(), operands.plain::<i64>());
        match usize::try_from(row).ok().and_then(|row| x.values().get(row)) {
            Some(value) if value.is_nan() => Ok(Dynamic::UNIT),
            Some(value) => Ok((*value).into()),
            None => Err(fail(
                text!(script_no_cell, row = row, cells = x.len()),
                text!(script_cells_from_0),
            )),
        }
    });
}

/// Ties of ranks, by their word.
fn ties(word: &str) -> Result<number::Ties, Failed> {
    use number::Ties;
    match word {
        "competition" => Ok(Ties::Competition),
        "dense" => Ok(Ties::Dense),
        "average" => Ok(Ties::Average),
        "worst" => Ok(Ties::Worst),
        _ => Err(fail(
            text!(script_no_ties, word = word),
            text!(one_of, names = vec!["competition", "dense", "average", "worst"]),
        )),
    }
}

pub(crate) fn ranks(values: &[f64], word: &str) -> Result<Column, Failed> {
    let mut out = vec![f64::NAN; values.len()];
    number::rank(values, ties(word)?, 0.0, &mut Vec::new(), &mut out);
    Column::new(out)
}

pub(crate) fn register(lib: &mut Functions) {
    operators(lib);
    functions! { lib, "Column";
        /// A column of these numbers; `()` in the list is an absent cell.
        fn "column"(numbers: Numbers) -> Column { Column::new(numbers.0) }
        /// A column of `n` cells that are all `value`.
        fn "column"(n: Whole, value: Number) -> Column {
            let charge = charge(n.0.saturating_mul(8))?;
            let column = Column::new(vec![value.0; n.0]);
            drop(charge);
            column
        }
        /// The numbers 1, 2, …, `n`.
        fn "sequence"(n: Whole) -> Column {
            let charge = charge(n.0.saturating_mul(8))?;
            let column = Column::new((1..=n.0).map(|k| k as f64).collect());
            drop(charge);
            column
        }

        /// How many cells there are, absent ones counted.
        fn "len"(x: Column) -> i64 { Ok(x.len() as i64) }
        /// How many cells have a value.
        fn "count"(x: Column) -> i64 { Ok(number::count(x.values()) as i64) }
        /// The sum of the values; 0 where there is none.
        fn "sum"(x: Column) -> f64 { x.some(Some(number::sum(x.values())), text!(script_the_sum)) }
        /// The mean of the values.
        fn "mean"(x: Column) -> f64 { x.some(number::mean(x.values()), text!(script_the_mean)) }
        /// The product of the values; 1 where there is none.
        fn "product"(x: Column) -> f64 {
            x.some(Some(x.present().iter().product()), text!(script_the_product))
        }
        /// The least value.
        fn "min"(x: Column) -> f64 { x.some(number::extremes(x.values()).map(|e| e.0), text!(script_the_least)) }
        /// The greatest value.
        fn "max"(x: Column) -> f64 { x.some(number::extremes(x.values()).map(|e| e.1), text!(script_the_greatest)) }
        /// The greatest value less the least.
        fn "range"(x: Column) -> f64 { x.some(number::extremes(x.values()).map(|e| e.1 - e.0), text!(script_the_range)) }
        /// The variance of a sample: squares divided by n - 1.
        fn "variance"(x: Column) -> f64 { x.some(number::sample_variance(x.values()), text!(script_the_sample_variance)) }
        /// The variance of a population: squares divided by n.
        fn "population_variance"(x: Column) -> f64 { x.some(number::population_variance(x.values()), text!(script_the_variance)) }
        /// The standard deviation of a sample.
        fn "sd"(x: Column) -> f64 {
            x.some(number::sample_variance(x.values()).map(f64::sqrt), text!(script_the_sample_sd))
        }
        /// The standard deviation of a population.
        fn "population_sd"(x: Column) -> f64 {
            x.some(number::population_variance(x.values()).map(f64::sqrt), text!(script_the_sd))
        }
        /// The skewness of a sample (G1, as spreadsheets have it).
        fn "skewness"(x: Column) -> f64 {
            x.some(number::moments(x.values()).map(|m| m.skewness), text!(script_the_skewness))
        }
        /// The excess kurtosis of a sample (G2, as spreadsheets have it).
        fn "kurtosis"(x: Column) -> f64 {
            x.some(number::moments(x.values()).map(|m| m.kurtosis), text!(script_the_kurtosis))
        }
        /// The middle value, or the mean of the middle two.
        fn "median"(x: Column) -> f64 {
            let mut sorted = Vec::new();
            number::sorted(x.values(), &mut sorted);
            x.some(number::median(&sorted), text!(script_the_median))
        }
        /// The value below which the share `p` of the values lies, linear between values (type 7).
        fn "quantile"(x: Column, p: Number) -> f64 {
            let mut sorted = Vec::new();
            number::sorted(x.values(), &mut sorted);
            if !(0.0..=1.0).contains(&p.0) {
                return Err(fail(text!(script_not_a_share, x = exact(p.0)), text!(script_share_belongs)));
            }
            x.some(number::quantile(&sorted, p.0), text!(script_the_quantile))
        }
        /// The square root of the sum of squares.
        fn "norm"(x: Column) -> f64 { x.some(Some(number::dot(x.values(), x.values()).sqrt()), text!(script_the_norm)) }
        /// Whether all values are equal (or there is none).
        fn "is_constant"(x: Column) -> bool {
            Ok(number::extremes(x.values()).is_none_or(|(least, greatest)| least == greatest))
        }
        /// Whether no cell is absent.
        fn "is_complete"(x: Column) -> bool { Ok(x.is_complete()) }
        /// The place of the least value, counted from 0; the first of several.
        fn "place_of_min"(x: Column) -> i64 {
            let least = x.some(number::extremes(x.values()).map(|e| e.0), text!(script_the_least))?;
            Ok(x.values().iter().position(|y| *y == least).unwrap_or(0) as i64)
        }
        /// The place of the greatest value, counted from 0; the first of several.
        fn "place_of_max"(x: Column) -> i64 {
            let greatest = x.some(number::extremes(x.values()).map(|e| e.1), text!(script_the_greatest))?;
            Ok(x.values().iter().position(|y| *y == greatest).unwrap_or(0) as i64)
        }

        /// Each value without its sign.
        fn "abs"(x: Column) -> Column { x.each("abs", f64::abs) }
        /// -1, 0 or 1 by the sign of each value.
        fn "sign"(x: Column) -> Column {
            x.each("sign", |x| if x > 0.0 { 1.0 } else if x < 0.0 { -1.0 } else { x * 0.0 })
        }
        /// Square roots.
        fn "sqrt"(x: Column) -> Column { x.each("sqrt", f64::sqrt)?.with_unit(Unit::Plain) }
        /// Natural logarithms.
        fn "ln"(x: Column) -> Column { x.each("ln", libm::log)?.with_unit(Unit::Plain) }
        /// Natural logarithms, 0 standing for the logarithm of 0: for p·ln p.
        fn "ln_or_zero"(x: Column) -> Column {
            x.each("ln", |x| if x == 0.0 { 0.0 } else { libm::log(x) })?.with_unit(Unit::Plain)
        }
        /// ln(1 + x), exact for small x.
        fn "ln_1p"(x: Column) -> Column { x.each("ln_1p", libm::log1p)?.with_unit(Unit::Plain) }
        /// Logarithms to base 10.
        fn "log10"(x: Column) -> Column { x.each("log10", libm::log10)?.with_unit(Unit::Plain) }
        /// Logarithms to base 2.
        fn "log2"(x: Column) -> Column { x.each("log2", libm::log2)?.with_unit(Unit::Plain) }
        /// e to the power of each value.
        fn "exp"(x: Column) -> Column { x.each("exp", libm::exp)?.with_unit(Unit::Plain) }
        /// Sines of angles in radians.
        fn "sin"(x: Column) -> Column { x.each("sin", libm::sin)?.with_unit(Unit::Plain) }
        /// Cosines of angles in radians.
        fn "cos"(x: Column) -> Column { x.each("cos", libm::cos)?.with_unit(Unit::Plain) }
        /// Angles of the points (x, y) in radians, from -π to π; absent where either is.
        fn "atan2"(y: Column, x: Column) -> Column {
            unit::like(y.unit(), x.unit())?;
            y.pairs(x, "atan2", Unit::Plain, libm::atan2)
        }
        /// The shares of a normal distribution with mean 0 and variance 1 that are not above the values.
        fn "normal_share"(x: Column) -> Column {
            let share = |x: f64| if x.is_nan() { x } else { Distribution::Normal.below(x) };
            x.each("normal_share", share)?.with_unit(Unit::Plain)
        }
        /// The numbers that these shares of a normal distribution with mean 0 and variance 1 are not above.
        fn "normal_quantile"(shares: Column) -> Column {
            let quantile = |p: f64| if p.is_nan() { p } else { Distribution::Normal.quantile(p) };
            shares.each("normal_quantile", quantile)?.with_unit(Unit::Plain)
        }
        /// Whole parts, towards minus infinity.
        fn "floor"(x: Column) -> Column { x.each("floor", f64::floor) }
        /// Whole parts, towards plus infinity.
        fn "ceil"(x: Column) -> Column { x.each("ceil", f64::ceil) }
        /// Rounded half up to `digits` decimals, as numbers are written.
        fn "round"(x: Column, digits: Whole) -> Column {
            x.each("round", |x| number::round(x, digits.0.min(15) as u32, RoundMode::HalfUp))
        }
        /// Rounded half to even to `digits` decimals, as numbers are written.
        fn "round_half_even"(x: Column, digits: Whole) -> Column {
            x.each("round", |x| number::round(x, digits.0.min(15) as u32, RoundMode::HalfEven))
        }
        /// Rounded to `digits` decimals so that the rounded sum is kept, as shares that add up to 100: all are rounded down,
        /// and the last decimals that are left go to the greatest remainders, the lesser value first among equal ones.
        fn "round_to_sum"(x: Column, digits: Whole) -> Column { round_to_sum(x, digits.0) }
        /// Values below `lower` and above `upper` are drawn to them.
        fn "clamp"(x: Column, lower: Number, upper: Number) -> Column {
            if lower.0 > upper.0 {
                return Err(fail(text!(script_bounds_swapped), text!(script_bounds_swapped_hint)));
            }
            x.each("clamp", |x| number::clamp(x, lower.0, upper.0))
        }
        /// Values above `upper` are drawn to it.
        fn "at_most"(x: Column, upper: Number) -> Column {
            x.each("at_most", |x| if x > upper.0 { upper.0 } else { x })
        }
        /// Values below `lower` are drawn to it.
        fn "at_least"(x: Column, lower: Number) -> Column {
            x.each("at_least", |x| if x < lower.0 { lower.0 } else { x })
        }
        /// The lesser of each pair; absent where either is.
        fn "lesser"(x: Column, y: Column) -> Column {
            let unit = unit::like(x.unit(), y.unit())?;
            x.pairs(y, "lesser", unit, number::min)
        }
        /// The greater of each pair; absent where either is.
        fn "greater"(x: Column, y: Column) -> Column {
            let unit = unit::like(x.unit(), y.unit())?;
            x.pairs(y, "greater", unit, number::max)
        }

        /// Which cells are absent.
        fn "is_absent"(x: Column) -> Mask { Mask::new(x.values().iter().map(|x| x.is_nan())) }
        /// Which cells have a value.
        fn "is_present"(x: Column) -> Mask { Mask::new(x.values().iter().map(|x| !x.is_nan())) }
        /// Which cells are absent for this reason: `missing`, `not_applicable` or `withheld`.
        fn "is_state"(x: Column, state: ImmutableString) -> Mask {
            let state = state_of(&state)?;
            Mask::new((0..x.len()).map(|row| x.state(row) == state))
        }
        /// Absent cells become `value`.
        fn "or"(x: Column, value: Number) -> Column {
            if x.is_complete() {
                return Ok(x);
            }
            let absent = Mask::new(x.values().iter().map(|x| x.is_nan()))?;
            x.replace(&absent, |_| value.0)
        }
        /// Absent cells take the value of `other`.
        fn "or"(x: Column, other: Column) -> Column {
            same_length(x.len(), other.len())?;
            let unit = unit::like(x.unit(), other.unit())?;
            let absent = Mask::new(x.values().iter().map(|x| x.is_nan()))?;
            x.replace(&absent, |row| other.values()[row])?.with_unit(unit)
        }
        /// The cells for which `mask` is true; the others become absent.
        fn "where"(x: Column, mask: Mask) -> Column { x.replace(&mask.not()?, |_| f64::NAN) }
        /// The cells for which `mask` is true become `value`.
        fn "replace"(x: Column, mask: Mask, value: Number) -> Column { x.replace(&mask, |_| value.0) }
        /// The cells for which `mask` is true take the value of `other`.
        fn "replace"(x: Column, mask: Mask, other: Column) -> Column {
            same_length(x.len(), other.len())?;
            x.replace(&mask, |row| other.values()[row])
        }
        /// Absent cells, and those for which `mask` is true, become absent for this reason.
        fn "absent_as"(x: Column, mask: Mask, state: ImmutableString) -> Column {
            same_length(x.len(), mask.len())?;
            let state = state_of(&state)?;
            let states: Arc<[State]> =
                (0..x.len()).map(|row| if mask.yes(row) { state } else { x.state(row) }).collect();
            x.replace(&mask, |_| f64::NAN)?.with_states(Some(states))
        }
        /// Only the cells for which `mask` is true: a shorter column.
        fn "filter"(x: Column, mask: Mask) -> Column {
            same_length(x.len(), mask.len())?;
            Column::new((0..x.len()).filter(|row| mask.yes(*row)).map(|row| x.values()[row]).collect())
        }

        /// The values in ascending order, absent cells left out.
        fn "sort"(x: Column) -> Column {
            let mut sorted = Vec::new();
            number::sorted(x.values(), &mut sorted);
            Column::new(sorted)
        }
        /// The cells from last to first.
        fn "reverse"(x: Column) -> Column { Column::new(x.values().iter().rev().copied().collect()) }
        /// Ranks, 1 for the greatest value; ties are `competition` (1 2 2 4), `dense` (1 2 2 3), `average` or `worst`.
        fn "rank"(x: Column, ties: ImmutableString) -> Column {
            ranks(&x.values().iter().map(|x| -x).collect::<Vec<_>>(), &ties)
        }
        /// Ranks, 1 for the least value.
        fn "rank_ascending"(x: Column, ties: ImmutableString) -> Column { ranks(x.values(), &ties) }
        /// Sums from the first cell up to each one; absent cells stay absent and add nothing.
        fn "cumulative_sum"(x: Column) -> Column {
            let mut sum = 0.0;
            x.each("sum", |x| x)?.running(|x| { sum += x; sum })
        }
        /// The cells `from`, `from` + 1, … up to but without `to`, counted from 0.
        fn "slice"(x: Column, from: Whole, to: Whole) -> Column {
            let to = to.0.min(x.len());
            Column::new(x.values()[from.0.min(to)..to].to_vec())
        }
        /// The cells of both, one after the other.
        fn "join"(x: Column, y: Column) -> Column {
            let mut values = x.values().to_vec();
            values.extend_from_slice(y.values());
            Column::new(values)
        }
        /// The cells as a list, `()` for absent ones.
        fn "list"(x: Column) -> Array {
            list_of(x.len())?;
            Ok(x.values().iter().map(|x| if x.is_nan() { Dynamic::UNIT } else { (*x).into() }).collect())
        }

        /// Σ xᵢ yᵢ over the rows where both have a value.
        fn "dot"(x: Column, y: Column) -> f64 {
            same_length(x.len(), y.len())?;
            x.some(Some(number::dot(x.values(), y.values())), text!(script_the_product))
        }
        /// Pearson's correlation over the rows where both have a value.
        fn "correlation"(x: Column, y: Column) -> f64 { correlated(&x, &y, "pearson") }
        /// A correlation over the rows where both have a value: `pearson`, `spearman` or `kendall`.
        fn "correlation"(x: Column, y: Column, kind: ImmutableString) -> f64 { correlated(&x, &y, &kind) }

        /// Marks shares of one: a rate.
        fn "as_rate"(x: Column) -> Column { unit::like(x.unit(), Unit::Rate)?; x.with_unit(Unit::Rate) }
        /// Marks shares of a hundred: a percent.
        fn "as_percent"(x: Column) -> Column { unit::like(x.unit(), Unit::Percent)?; x.with_unit(Unit::Percent) }
        /// Marks points.
        fn "as_points"(x: Column) -> Column { unit::like(x.unit(), Unit::Points)?; x.with_unit(Unit::Points) }
        /// Plain numbers again: what they measured is forgotten.
        fn "plain"(x: Column) -> Column { x.with_unit(Unit::Plain) }
        /// What the numbers measure: `plain`, `rate`, `percent` or `points`.
        fn "get unit"(x: Column) -> ImmutableString { Ok(x.unit().word().into()) }
        /// A rate as a percent: times 100, once.
        fn "percent"(x: Column) -> Column {
            match x.unit() {
                Unit::Rate => x.with_unit(Unit::Plain)?.each("*", |x| x * 100.0)?.with_unit(Unit::Percent),
                other => Err(not_a(other, text!(script_only_rate_to_percent), "rate")),
            }
        }
        /// A percent as a rate: divided by 100, once.
        fn "rate"(x: Column) -> Column {
            match x.unit() {
                Unit::Percent => x.with_unit(Unit::Plain)?.each("/", |x| x / 100.0)?.with_unit(Unit::Rate),
                other => Err(not_a(other, text!(script_only_percent_to_rate), "percent")),
            }
        }
        /// A rate or a percent as points out of full marks.
        fn "points"(x: Column, full_marks: Number) -> Column {
            match x.unit() {
                Unit::Rate => x.each("*", |x| x * full_marks.0)?.with_unit(Unit::Points),
                Unit::Percent => x.each("*", |x| x / 100.0 * full_marks.0)?.with_unit(Unit::Points),
                other => Err(not_a(other, text!(script_only_shares_to_points), "rate")),
            }
        }
        /// Points by straight lines between corners `[[value, points], …]`, level beyond the first and the last.
        fn "points_between"(x: Column, corners: Array) -> Column {
            let corners = pairs_of(corners)?;
            x.each("points", |x| interpolated(&corners, x))?.with_unit(Unit::Points)
        }
        /// One number by another, a rate; absent where the base is 0, because the question does not arise there.
        fn "ratio"(x: Column, base: Column) -> Column { ratio(x, base, None) }
        /// One number by another, a rate; `zero` where the base is 0.
        fn "ratio"(x: Column, base: Column, zero: Number) -> Column { ratio(x, base, Some(zero.0)) }

        /// 0 for the least value, 1 for the greatest, linear between.
        fn "min_max"(x: Column) -> Column {
            let (least, greatest) = varying(&x)?;
            x.each("min_max", |x| (x - least) / (greatest - least))?.with_unit(Unit::Plain)
        }
        /// Distances from the mean in standard deviations of a sample.
        fn "z_score"(x: Column) -> Column {
            varying(&x)?;
            if number::count(x.values()) == 0 {
                return x.with_unit(Unit::Plain);
            }
            let mean = x.some(number::mean(x.values()), text!(script_the_mean))?;
            let sd = x.some(number::sample_variance(x.values()).map(f64::sqrt), text!(script_the_sd))?;
            x.each("z_score", |x| (x - mean) / sd)?.with_unit(Unit::Plain)
        }
        /// A column with the result of `f` for each value. Formulas over the whole column are a hundred times faster.
        fn "map"[context](x: Column, f: rhai::FnPtr) -> Column {
            let mut values = Vec::with_capacity(x.len());
            for value in x.values() {
                values.push(if value.is_nan() {
                    f64::NAN
                } else {
                    let y: Dynamic = crate::call::back(context, &f, (*value).into())?;
                    if y.is_unit() { f64::NAN } else { number_of(&y)? }
                });
            }
            Column::new(values)?.like(&x)
        }
        /// A matrix of this one column.
        fn "matrix"(x: Column) -> Matrix { Matrix::from_columns(&[x]) }
        /// A matrix in which this column stands `times` times.
        fn "repeat"(x: Column, times: Whole) -> Matrix {
            // A column without cells still takes room for each time that it stands there.
            drop(charge(x.len().saturating_mul(8).saturating_add(16).saturating_mul(times.0))?);
            Matrix::copy(&vec![x.values(); times.0])
        }
        /// The least value of each class but the lowest, descending, of the `classes` classes with the least sum of
        /// squares within them (Fisher-Jenks): bounds for cut().
        fn "natural_breaks"(x: Column, classes: Whole) -> Column {
            let work = x.len().saturating_mul(x.len()).saturating_mul(classes.0);
            if work > 2_000_000_000 {
                return Err(fail(text!(script_breaks_long), text!(script_breaks_long_hint)));
            }
            match quanheng_core::tiering::natural_bounds(x.values(), classes.0) {
                Ok(bounds) => Column::new(bounds),
                Err(e) => Err(fail(Text::plain(e.to_string()), text!(script_breaks_few))),
            }
        }
    }
}

/// The least and the greatest value of a column that varies.
pub(crate) fn varying(x: &Column) -> Result<(f64, f64), Failed> {
    match number::extremes(x.values()) {
        Some((least, greatest)) if least < greatest => Ok((least, greatest)),
        Some((least, _)) => {
            Err(fail(text!(script_constant_column, x = least), text!(script_constant_column_hint)))
        }
        None => Ok((0.0, 1.0)),
    }
}

impl Column {
    /// A value after the other; absent cells are passed over.
    fn running(self, mut f: impl FnMut(f64) -> f64) -> Result<Self, Failed> {
        let mut column = self;
        for x in column.data()?.values.iter_mut().filter(|x| !x.is_nan()) {
            *x = f(*x);
        }
        Ok(column)
    }
}

fn ratio(x: Column, base: Column, zero: Option<f64>) -> Result<Column, Failed> {
    same_length(x.len(), base.len())?;
    unit::quotient(x.unit(), base.unit())?;
    let at_zero = Mask::new(base.values().iter().map(|b| *b == 0.0))?;
    let safe = base.replace(&at_zero, |_| 1.0)?;
    let share = x.pairs(safe, "/", Unit::Rate, |x, b| x / b)?;
    if !at_zero.any() {
        return Ok(share);
    }
    match zero {
        Some(zero) => share.replace(&at_zero, |_| zero),
        None => {
            let states: Arc<[State]> = (0..share.len())
                .map(|row| if at_zero.yes(row) { State::NotApplicable } else { share.state(row) })
                .collect();
            share.replace(&at_zero, |_| f64::NAN)?.with_states(Some(states))
        }
    }
}

fn round_to_sum(x: Column, digits: usize) -> Result<Column, Failed> {
    let digits = digits.min(9) as u32;
    let step = 1.0 / libm::pow(10.0, f64::from(digits));
    let rounded = |x: f64| number::round(x, digits, RoundMode::HalfUp);
    let down: Vec<f64> = x
        .values()
        .iter()
        .map(|x| {
            let near = rounded(*x);
            if near > *x { rounded(near - step) } else { near }
        })
        .collect();
    let missing = (rounded(number::sum(x.values())) - number::sum(&down)) / step;
    let mut order: Vec<usize> = (0..down.len()).filter(|row| !down[*row].is_nan()).collect();
    // Remainders are compared as they are written, a few decimals further on.
    let remainder =
        |row: usize| number::round((x.values()[row] - down[row]) / step, 6, RoundMode::HalfUp);
    number::sort_by(&mut order, &|a, b| {
        remainder(b).total_cmp(&remainder(a)).then(x.values()[a].total_cmp(&x.values()[b]))
    });
    let mut values = down;
    for row in order.into_iter().take(missing.round() as usize) {
        values[row] = rounded(values[row] + step);
    }
    Column::new(values)?.like(&x)
}

/// Numbers in `found`, which cannot be changed into another unit; `only` says which can, and how such numbers are marked is `mark`.
fn not_a(found: Unit, only: Text, mark: &str) -> Failed {
    let hint = match found {
        Unit::Plain => text!(script_mark_unit, mark = mark),
        _ => text!(script_leave_out_change),
    };
    let found = match found {
        Unit::Plain => text!(script_is_plain),
        Unit::Rate => text!(script_is_rate),
        Unit::Percent => text!(script_is_percent),
        Unit::Points => text!(script_is_points),
    };
    fail(text!(script_other_unit, found = found, only = only), hint)
}

fn state_of(word: &str) -> Result<State, Failed> {
    match word {
        "missing" => Ok(State::Missing),
        "not_applicable" => Ok(State::NotApplicable),
        "withheld" => Ok(State::Withheld),
        _ => Err(fail(
            text!(script_no_state, word = word),
            text!(one_of, names = vec!["missing", "not_applicable", "withheld"]),
        )),
    }
}

/// The values of both where both have one.
pub(crate) fn both(x: &Column, y: &Column) -> (Vec<f64>, Vec<f64>) {
    let there = |(x, y): (&f64, &f64)| (!x.is_nan() && !y.is_nan()).then_some((*x, *y));
    x.values().iter().zip(y.values()).filter_map(there).unzip()
}

fn correlated(x: &Column, y: &Column, kind: &str) -> Result<f64, Failed> {
    same_length(x.len(), y.len())?;
    let (a, b) = both(x, y);
    let kind = super::matrix::correlation_kind(kind)?;
    super::matrix::can_correlate(kind, a.len())?;
    x.some(kind.of(&a, &b), text!(script_the_correlation))
}

/// Pairs of numbers `[[a, b], …]`, the first ones ascending.
pub(crate) fn pairs_of(list: Array) -> Result<Vec<(f64, f64)>, Failed> {
    let wrong = || fail(text!(script_no_corners), text!(script_no_corners_hint));
    let mut corners = Vec::with_capacity(list.len());
    for pair in list {
        let pair = pair.into_array().map_err(|_| wrong())?;
        match pair.as_slice() {
            [x, y] => corners.push((number_of(x)?, number_of(y)?)),
            _ => return Err(wrong()),
        }
    }
    if corners.is_empty() || corners.windows(2).any(|w| w[0].0 >= w[1].0) {
        return Err(wrong());
    }
    Ok(corners)
}

/// The height of a line through corners at `x`, level beyond both ends.
pub(crate) fn interpolated(corners: &[(f64, f64)], x: f64) -> f64 {
    let (first, last) = (corners[0], corners[corners.len() - 1]);
    if x.is_nan() {
        return x;
    }
    if x <= first.0 {
        return first.1;
    }
    if x >= last.0 {
        return last.1;
    }
    let k = corners.partition_point(|c| c.0 <= x);
    let ((x0, y0), (x1, y1)) = (corners[k - 1], corners[k]);
    y0 + (y1 - y0) * ((x - x0) / (x1 - x0))
}
