//! Functions of the language that are the host's own: those of the engine would take memory before they look at the
//! limits, or drop the errors of a function that they call.

use quanheng_words::text;
use rhai::{Array, FnPtr, FuncRegistration, ImmutableString, NativeCallContext};

use super::functions::Functions;
use crate::limits::text_of;
use crate::problem::{Failed, a, fail};

fn replaced(text: &mut ImmutableString, find: &str, by: &str) -> Result<(), Failed> {
    let count = text.matches(find).count();
    text_of(text.len() - count * find.len() + count.saturating_mul(by.len()))?;
    if count > 0 {
        *text = text.replace(find, by).into();
    }
    Ok(())
}

/// Whether `x` comes after `y`, by a function that gives a number above 0, or false, where it does.
fn after(
    context: &NativeCallContext<'_>,
    order: &FnPtr,
    x: &rhai::Dynamic,
    y: &rhai::Dynamic,
) -> Result<bool, Failed> {
    let found: rhai::Dynamic = order.call_within_context(context, (x.clone(), y.clone()))?;
    match (found.as_int(), found.as_bool(), found.as_float()) {
        (Ok(sign), ..) => Ok(sign > 0),
        (_, Ok(before), _) => Ok(!before),
        (_, _, Ok(sign)) => Ok(sign > 0.0),
        (Err(kind), ..) => {
            Err(fail(text!(script_sort_gave, kind = a(kind)), text!(script_sort_gave_hint)))
        }
    }
}

/// Sorts by merging: whatever the function says, it comes to an end.
fn sorted(
    context: &NativeCallContext<'_>,
    mut list: Array,
    order: &FnPtr,
) -> Result<Array, Failed> {
    if list.len() < 2 {
        return Ok(list);
    }
    let right = list.split_off(list.len() / 2);
    let mut left = sorted(context, list, order)?.into_iter().peekable();
    let mut right = sorted(context, right, order)?.into_iter().peekable();
    let mut merged = Array::with_capacity(left.len() + right.len());
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        let next = if after(context, order, x, y)? { right.next() } else { left.next() };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}

pub(crate) fn register(lib: &mut Functions) {
    let module = &mut lib.module;
    let function =
        |name: &str| FuncRegistration::new(name).in_global_namespace().with_volatility(false);
    function("replace")
        .set_into_module(module, |text: &mut ImmutableString, find: &str, by: &str| {
            replaced(text, find, by)
        });
    function("replace")
        .set_into_module(module, |text: &mut ImmutableString, find: char, by: &str| {
            replaced(text, &find.to_string(), by)
        });
    function("replace")
        .set_into_module(module, |text: &mut ImmutableString, find: &str, by: char| {
            replaced(text, find, &by.to_string())
        });
    function("replace").set_into_module(
        module,
        |text: &mut ImmutableString, find: char, by: char| {
            replaced(text, &find.to_string(), &by.to_string())
        },
    );
    for name in ["sort", "sort_by"] {
        function(name).set_into_module(
            module,
            |context: NativeCallContext<'_>,
             list: &mut Array,
             order: FnPtr|
             -> Result<(), Failed> {
                *list = sorted(&context, list.clone(), &order)?;
                Ok(())
            },
        );
    }
    function("order_by")
        .set_into_module(module, |context: NativeCallContext<'_>, list: Array, order: FnPtr| {
            sorted(&context, list, &order)
        });
}
