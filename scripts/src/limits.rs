//! What a script may use up: operations, depth, sizes, bytes of columns, seconds.
//!
//! Rhai counts operations and the sizes of its own values. It does not see the memory behind a [`crate::Column`], nor
//! does it interrupt a function of the host; both are counted here, for each call of a script and each thread.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::problem::{Failed, fail};

/// Bounds on one call of a script.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Steps of evaluation, as Rhai counts them.
    pub operations: u64,
    /// Functions that are being called inside each other.
    pub calls: usize,
    /// Expressions inside each other, at the top of a script and inside functions.
    pub depth: usize,
    /// Variables in one function.
    pub variables: usize,
    /// Bytes of a text.
    pub text: usize,
    /// Elements of a list, those of lists inside it counted.
    pub list: usize,
    /// Entries of a map, those of maps inside it counted.
    pub map: usize,
    /// Bytes held by columns, masks and matrices at one time.
    pub bytes: usize,
    /// Wall-clock time.
    pub time: Duration,
    /// Bytes of a script's own text.
    pub source: usize,
    /// Modules that one script imports, directly or through others.
    pub modules: usize,
}

impl Default for Limits {
    /// Room for every formula that we know of, some hundred times over; a runaway script ends within seconds.
    fn default() -> Self {
        Limits {
            operations: 20_000_000,
            calls: 24,
            depth: 64,
            variables: 64,
            text: 1 << 16,
            list: 10_000,
            map: 1_000,
            bytes: 1 << 30,
            time: Duration::from_secs(20),
            source: 1 << 18,
            modules: 16,
        }
    }
}

#[derive(Clone, Copy)]
struct Meter {
    used: usize,
    bytes: usize,
    deadline: Option<Instant>,
}

thread_local! {
    static METER: Cell<Meter> = const { Cell::new(Meter { used: 0, bytes: usize::MAX, deadline: None }) };
}

/// Puts the limits of one call into force on this thread until it is dropped.
pub(crate) struct Running(Meter);

impl Running {
    pub(crate) fn new(limits: &Limits) -> Running {
        let deadline = Instant::now().checked_add(limits.time);
        let outer = METER.replace(Meter { used: 0, bytes: limits.bytes, deadline });
        Running(outer)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        METER.set(self.0);
    }
}

/// Whether the call's time is up.
pub(crate) fn late() -> bool {
    METER.get().deadline.is_some_and(|at| Instant::now() > at)
}

/// Called now and then inside long work of the host.
pub(crate) fn in_time() -> Result<(), Failed> {
    if late() { Err(too_long()) } else { Ok(()) }
}

pub(crate) fn too_long() -> Failed {
    fail(
        "the script took too long",
        "look for a loop that does not end; `[scripts] seconds` sets the limit",
    )
}

/// Bytes that a value holds, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Charge(usize);

/// Charges the running call for memory before it is taken.
pub(crate) fn charge(bytes: usize) -> Result<Charge, Failed> {
    let mut meter = METER.get();
    let used = meter.used.saturating_add(bytes);
    if used > meter.bytes {
        let words = format!(
            "columns and matrices of the script would hold more than {} MB",
            meter.bytes >> 20
        );
        return Err(fail(
            words,
            "keep fewer of them at a time; `[scripts] megabytes` sets the limit",
        ));
    }
    meter.used = used;
    METER.set(meter);
    Ok(Charge(bytes))
}

impl Drop for Charge {
    fn drop(&mut self) {
        let mut meter = METER.get();
        meter.used = meter.used.saturating_sub(self.0);
        METER.set(meter);
    }
}
