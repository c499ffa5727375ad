//! Numbers, texts and lists: arithmetic that is the same on every machine.
//!
//! Whole numbers become fractions where they are divided: 1 / 2 is 0.5. Powers and logarithms come from libm.

use quanheng_words::number::exact;
use quanheng_words::{Text, text};
use rhai::{Array, Dynamic, ImmutableString};

use super::column::{Column, undefined_words};
use super::functions::{
    FLOAT, Functions, INT, Number, TEXT, Whole, finite, functions, give, number, operand,
};
use super::mask::Mask;
use super::matrix::Matrix;
use crate::problem::{Failed, authored, fail};
use quanheng_core::number::{self as numbers, Distribution, RoundMode};

fn divided(x: f64, y: f64) -> Result<f64, Failed> {
    if y == 0.0 {
        let what = undefined_words("/", x, Some(0.0));
        return Err(fail(what, text!(script_divisor_hint)));
    }
    finite(x / y)
}

fn operators(lib: &mut Functions) {
    fn two(
        lib: &mut Functions,
        sign: &'static str,
        doc: &str,
        f: fn(f64, f64) -> Result<f64, Failed>,
    ) {
        for operands in [[INT, INT], [FLOAT, FLOAT], [FLOAT, INT], [INT, FLOAT]] {
            lib.operator("number", sign, &operands, "float", doc, move |operands| {
                let (x, y) = (operands.number(), operands.number());
                give(f(x, y))
            });
        }
    }
    two(lib, "/", "The quotient, also of whole numbers: 1 / 2 is 0.5.", divided);
    let columns: fn() -> Text = || text!(script_columns);
    let matrices: fn() -> Text = || text!(script_matrices);
    let masks: fn() -> Text = || text!(script_masks);
    // Sums with texts are refused: the language would make a text of them.
    for (kind, several) in [
        (operand::<Column>(), columns),
        (operand::<Matrix>(), matrices),
        (operand::<Mask>(), masks),
    ] {
        for operands in [[kind, TEXT], [TEXT, kind]] {
            lib.refuse("+", &operands, move || {
                fail(text!(script_texts_added, several = several()), text!(script_texts_added_hint))
            });
        }
    }
    two(lib, "**", "The first number to the power of the second.", power);
}

fn power(x: f64, y: f64) -> Result<f64, Failed> {
    let z = libm::pow(x, y);
    if z.is_finite() {
        Ok(z)
    } else {
        Err(fail(undefined_words("**", x, Some(y)), text!(script_power_hint)))
    }
}

fn log(x: f64, f: fn(f64) -> f64, name: &str) -> Result<f64, Failed> {
    if x > 0.0 {
        return finite(f(x));
    }
    Err(fail(undefined_words(name, x, None), text!(script_logarithm_hint)))
}

pub(crate) fn register(lib: &mut Functions) {
    operators(lib);
    functions! { lib, "number";
        /// The number without its sign.
        fn "abs"(x: Number) -> f64 { Ok(x.0.abs()) }
        /// The square root.
        fn "sqrt"(x: Number) -> f64 {
            if x.0 < 0.0 {
                return Err(fail(undefined_words("sqrt", x.0, None), text!(script_root_hint)));
            }
            Ok(x.0.sqrt())
        }
        /// The natural logarithm.
        fn "ln"(x: Number) -> f64 { log(x.0, libm::log, "ln") }
        /// The logarithm to base 10.
        fn "log10"(x: Number) -> f64 { log(x.0, libm::log10, "log10") }
        /// The logarithm to base 2.
        fn "log2"(x: Number) -> f64 { log(x.0, libm::log2, "log2") }
        /// e to the power of the number.
        fn "exp"(x: Number) -> f64 { finite(libm::exp(x.0)) }
        /// The sine of an angle in radians.
        fn "sin"(x: Number) -> f64 { finite(libm::sin(x.0)) }
        /// The cosine of an angle in radians.
        fn "cos"(x: Number) -> f64 { finite(libm::cos(x.0)) }
        /// The angle of the point (x, y) in radians, from -π to π; 0 for the point (0, 0).
        fn "atan2"(y: Number, x: Number) -> f64 { finite(libm::atan2(y.0, x.0)) }
        /// The share of a normal distribution with mean 0 and variance 1 that is not above the number.
        fn "normal_share"(x: Number) -> f64 { finite(Distribution::Normal.below(x.0)) }
        /// The number that this share of a normal distribution with mean 0 and variance 1 is not above.
        fn "normal_quantile"(share: Number) -> f64 {
            let x = Distribution::Normal.quantile(share.0);
            if x.is_finite() {
                return Ok(x);
            }
            Err(fail(undefined_words("normal_quantile", share.0, None), text!(script_share_hint)))
        }
        /// The whole number below.
        fn "floor"(x: Number) -> f64 { Ok(x.0.floor()) }
        /// The whole number above.
        fn "ceil"(x: Number) -> f64 { Ok(x.0.ceil()) }
        /// Rounded half up to `digits` decimals, as the number is written.
        fn "round"(x: Number, digits: Whole) -> f64 {
            Ok(numbers::round(x.0, digits.0.min(15) as u32, RoundMode::HalfUp))
        }
        /// The lesser of two numbers.
        fn "lesser"(x: Number, y: Number) -> f64 { Ok(numbers::min(x.0, y.0)) }
        /// The greater of two numbers.
        fn "greater"(x: Number, y: Number) -> f64 { Ok(numbers::max(x.0, y.0)) }
        /// Drawn to the nearest bound where it lies outside.
        fn "clamp"(x: Number, lower: Number, upper: Number) -> f64 {
            if lower.0 > upper.0 {
                return Err(fail(text!(script_bounds_swapped), text!(script_bounds_swapped_hint)));
            }
            Ok(numbers::clamp(x.0, lower.0, upper.0))
        }
        /// The whole number that a number is.
        fn "whole"(x: Number) -> i64 {
            if x.0.fract() == 0.0 && x.0.abs() < 9e15 {
                Ok(x.0 as i64)
            } else {
                Err(fail(text!(script_number_not_whole, x = exact(x.0)), text!(script_round_first)))
            }
        }
        /// The number as one with decimals.
        fn "to_float"(x: Number) -> f64 { Ok(x.0) }
        /// Stops with a message unless a condition holds.
        fn "require"[context](condition: bool, message: ImmutableString) -> () {
            if condition || crate::setting::is_unstated(context) { Ok(()) } else { Err(fail(authored(&message), text!(script_see_settings))) }
        }
    }
    functions! { lib, "Array";
        /// The sum of a list of numbers.
        fn "sum"(list: Array) -> f64 {
            let values: Result<Vec<f64>, _> = list.iter().map(number).collect();
            finite(numbers::sum(&values?))
        }
        /// Whether a list has this element.
        fn "has"(list: Array, element: Dynamic) -> bool { Ok(list.iter().any(|x| same(x, &element))) }
        /// The place of an element, counted from 0; `()` where it is not there.
        fn "place_of"(list: Array, element: Dynamic) -> Dynamic {
            Ok(match list.iter().position(|x| same(x, &element)) {
                Some(place) => Dynamic::from(place as i64),
                None => Dynamic::UNIT,
            })
        }
    }
}

/// Whether two plain values are equal.
fn same(x: &Dynamic, y: &Dynamic) -> bool {
    if let (Ok(x), Ok(y)) = (x.clone().into_immutable_string(), y.clone().into_immutable_string()) {
        return x == y;
    }
    if let (Ok(x), Ok(y)) = (x.as_bool(), y.as_bool()) {
        return x == y;
    }
    matches!((number(x), number(y)), (Ok(x), Ok(y)) if x == y)
}
