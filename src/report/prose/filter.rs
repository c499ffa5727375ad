//! Filters of numbers.

use minijinja::Value;
use quanheng_words::text;

use super::arguments::Arguments;
use super::world::World;
use super::wrong::Wrong;
use crate::problem::ProseFault;
use crate::report::number;

/// The number that a filter is applied to; nothing where there is none.
fn number_of(filter: &'static str, value: &Value) -> Result<Option<f64>, Wrong> {
    if value.is_none() {
        return Ok(None);
    }
    match f64::try_from(value.clone()) {
        Ok(x) if value.is_number() => Ok(Some(x)),
        _ => {
            let must = text!(prose_number);
            Err(ProseFault::Argument { function: filter, argument: "value", must }.into())
        }
    }
}

/// The decimals that a filter is given.
fn decimals(filter: &'static str, arguments: &Arguments, usual: usize) -> Result<usize, Wrong> {
    let Some(value) = arguments.value("n") else { return Ok(usual) };
    value.as_usize().filter(|n| *n <= 15).ok_or_else(|| {
        ProseFault::Argument { function: filter, argument: "n", must: text!(prose_decimals) }.into()
    })
}

pub(super) fn digits(_: &World, value: &Value, arguments: &Arguments) -> Result<Value, Wrong> {
    let n = decimals("digits", arguments, 0)?;
    let of = |x| Value::from(number::fixed(x, n));
    Ok(number_of("digits", value)?.map_or(Value::from(()), of))
}

pub(super) fn percent(_: &World, value: &Value, arguments: &Arguments) -> Result<Value, Wrong> {
    let n = decimals("percent", arguments, 1)?;
    let of = |x: f64| Value::from(format!("{}%", number::fixed(100.0 * x, n)));
    Ok(number_of("percent", value)?.map_or(Value::from(()), of))
}

pub(super) fn thousands(_: &World, value: &Value, arguments: &Arguments) -> Result<Value, Wrong> {
    let n = decimals("thousands", arguments, 0)?;
    let of = |x: f64| Value::from(number::grouped(&number::fixed(x, n)));
    Ok(number_of("thousands", value)?.map_or(Value::from(()), of))
}

pub(super) fn signed(world: &World, value: &Value, arguments: &Arguments) -> Result<Value, Wrong> {
    let Some(x) = number_of("signed", value)? else { return Ok(Value::from(())) };
    let text = match arguments.value("n") {
        Some(_) => number::fixed(x, decimals("signed", arguments, 0)?),
        None => value.as_i64().map_or_else(|| world.written(x), |whole| whole.to_string()),
    };
    let is_zero = !text.contains(|sign: char| ('1'..='9').contains(&sign));
    Ok(Value::from(match x > 0.0 && !is_zero {
        true => format!("+{text}"),
        false => text,
    }))
}
