//! Calls into scripts that remember which functions they found.
//!
//! The engine looks a function up by its name and the types of its arguments, and forgets what it found when a call
//! from outside ends. A stage calls the same script for every column, so most of a short call would be spent on looking
//! up. Here each thread keeps what it found for each script.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rhai::{
    AST, Caches, Dynamic, Engine, EvalContext, FnPtr, ImmutableString, NativeCallContext, Scope,
};

use crate::limits::in_time;
use crate::problem::Failed;

/// What a name at the top of a script stands for, while a function of it runs.
#[derive(Clone, Debug)]
pub(crate) struct Constants(pub(crate) Arc<Values>);

#[derive(Debug, Default)]
pub(crate) struct Values {
    /// Which script they are of.
    pub(crate) script: u64,
    pub(crate) constants: BTreeMap<ImmutableString, Dynamic>,
    pub(crate) settings: BTreeMap<String, Dynamic>,
}

/// Scripts whose look-ups a thread keeps; the one that was used least lately is forgotten first.
const KEPT: usize = 32;

thread_local! {
    static FOUND: RefCell<Vec<(u64, Vec<Caches>)>> = const { RefCell::new(Vec::new()) };
}

/// A number that no other script has.
pub(crate) fn number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// What was found for a script before, lent to one call; a call inside a call has some of its own.
struct Lent {
    script: u64,
    caches: Caches,
}

impl Lent {
    fn new(script: u64) -> Self {
        let caches = FOUND.with_borrow_mut(|found| {
            let place = found.iter().position(|(number, _)| *number == script)?;
            let mut entry = found.remove(place);
            let caches = entry.1.pop();
            found.push(entry);
            caches
        });
        Lent { script, caches: caches.unwrap_or_default() }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let mut caches = std::mem::take(&mut self.caches);
        // What a call pushed on top was for its own duration.
        caches.rewind_fn_resolution_caches(1);
        FOUND.with_borrow_mut(|found| {
            match found.iter_mut().find(|(number, _)| *number == self.script) {
                Some((_, kept)) => kept.push(caches),
                None => {
                    if found.len() >= KEPT {
                        found.remove(0);
                    }
                    found.push((self.script, vec![caches]));
                }
            }
        });
    }
}

/// Calls a function of a script from outside.
pub(crate) fn function(
    engine: &Engine,
    ast: &AST,
    constants: &Constants,
    name: &str,
    arguments: &mut [Dynamic],
) -> Result<Dynamic, Failed> {
    let mut lent = Lent::new(constants.0.script);
    let mut global = engine.new_global_runtime_state();
    global.source = ast.source().map(Into::into);
    global.tag = Dynamic::from(constants.clone());
    global.lib.push(ast.shared_lib().clone());
    let mut scope = Scope::new();
    let mut context = EvalContext::new(engine, &mut global, &mut lent.caches, &mut scope, None);
    let mut arguments: Vec<&mut Dynamic> = arguments.iter_mut().collect();
    context.call_fn_raw(name, false, false, &mut arguments)
}

/// Calls a function that a script handed over, with one value.
pub(crate) fn back(
    context: &NativeCallContext<'_>,
    function: &FnPtr,
    value: Dynamic,
) -> Result<Dynamic, Failed> {
    in_time()?;
    let state = context.global_runtime_state();
    let script = context.tag().and_then(|tag| tag.read_lock::<Constants>()).map(|c| c.0.script);
    let count = function.curry().len() + 1;
    let own =
        state.lib.first().is_some_and(|m| m.get_script_fn(function.fn_name(), count).is_some());
    let (Some(script), true, None) = (script, own && state.lib.len() == 1, &state.constants) else {
        return function.call_within_context(context, (value,));
    };
    let mut lent = Lent::new(script);
    let mut global = state.clone();
    global.level += 1;
    let mut scope = Scope::new();
    let mut inside =
        EvalContext::new(context.engine(), &mut global, &mut lent.caches, &mut scope, None);
    let mut values: Vec<Dynamic> = function.curry().to_vec();
    values.push(value);
    let mut arguments: Vec<&mut Dynamic> = values.iter_mut().collect();
    inside.call_fn_raw(function.fn_name(), false, false, &mut arguments)
}
