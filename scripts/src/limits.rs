//! The limits of a script: steps, depth, sizes, bytes of columns, memory, seconds.
//!
//! Rhai bounds the sizes of its own values one by one. It does not see the memory behind a [`crate::Column`], what a
//! map gains by `map[key] = value`, how deep lists lie inside each other, or how long a function of the host works; and
//! it starts counting steps again in a module. So steps, bytes, time and memory are counted here, for each call of a
//! script and each thread. A limit that was passed stays passed until the call ends: no `try`, and no function of the
//! language that drops the error of a function it calls, keeps a script going.
//!
//! Together, under [`Limits::default`]: one running script holds at most `bytes` in columns and matrices; functions of
//! the host work on up to three copies of what they are given; all else that a script makes is caught once the program
//! has grown by `memory`, looked at every 256 steps. This amounts to about two gigabytes for a hostile script, and to
//! well below a hundred megabytes for the scripts that we know.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use quanheng_words::text;
use rhai::{Array, Dynamic, EvalAltResult, FnPtr, Map, Position};

use crate::problem::{Failed, Said};

/// Bounds on one call of a script.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Steps of evaluation, as Rhai counts them, those in modules and in functions that are handed over counted.
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
    /// Bytes held by columns, masks and matrices that the call made, at one time.
    pub bytes: usize,
    /// Bytes by which the memory of the whole program may grow while a script runs: a last resort behind the other
    /// limits, on systems that report it (Linux).
    pub memory: usize,
    /// Wall-clock time; looked at every 256 steps, and by functions of the host with long columns. The longest work
    /// between two looks is one sort of a column of `bytes`.
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
            bytes: 1 << 28,
            memory: 1 << 30,
            time: Duration::from_secs(20),
            source: 1 << 18,
            modules: 16,
        }
    }
}

/// A limit that was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spent {
    Steps,
    Time,
    Bytes(usize),
    Memory(usize),
    Modules(usize),
}

impl Spent {
    /// What there is to say.
    pub(crate) fn said(self) -> Said {
        let (what, hint) = match self {
            Spent::Steps => (text!(script_steps), text!(script_steps_hint)),
            Spent::Time => (text!(script_time), text!(script_time_hint)),
            Spent::Bytes(limit) => (text!(script_bytes, limit = limit), text!(script_bytes_hint)),
            Spent::Memory(limit) => {
                (text!(script_memory, limit = limit), text!(script_memory_hint))
            }
            Spent::Modules(limit) => {
                (text!(script_modules, limit = limit), text!(script_modules_hint))
            }
        };
        Said::new(what, hint)
    }

    /// The error. One that is caught comes again with the next step.
    pub(crate) fn failed(self) -> Failed {
        self.said().failed()
    }
}

/// Steps between two looks at the clock and at the memory: a look costs as much as ten steps.
const STEPS_UNSEEN: u64 = 256;

#[derive(Clone, Copy)]
struct Meter {
    /// Which call it is, so that memory is given back only to the call that took it.
    call: u64,
    steps: u64,
    most_steps: u64,
    used: usize,
    bytes: usize,
    modules: usize,
    most_modules: usize,
    list: usize,
    map: usize,
    text: usize,
    deadline: Option<Instant>,
    /// The program's memory when it was first looked at, and by how much it may grow.
    memory_before: usize,
    growth: usize,
    spent: Option<Spent>,
}

/// Outside of all calls.
const NO_CALL: Meter = Meter {
    call: 0,
    steps: 0,
    most_steps: u64::MAX,
    used: 0,
    bytes: usize::MAX,
    modules: 0,
    most_modules: usize::MAX,
    list: usize::MAX,
    map: usize::MAX,
    text: usize::MAX,
    deadline: None,
    memory_before: 0,
    growth: usize::MAX,
    spent: None,
};

thread_local! {
    static METER: Cell<Meter> = const { Cell::new(NO_CALL) };
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Puts the limits of one call into force on this thread until it is dropped.
pub(crate) struct Running(Meter);

impl Running {
    pub(crate) fn new(limits: &Limits) -> Running {
        static CALLS: AtomicU64 = AtomicU64::new(1);
        let call = CALLS.fetch_add(1, Ordering::Relaxed);
        let outer = METER.replace(Meter {
            call,
            most_steps: limits.operations,
            bytes: limits.bytes,
            most_modules: limits.modules,
            list: limits.list,
            map: limits.map,
            text: limits.text,
            deadline: Instant::now().checked_add(limits.time),
            growth: limits.memory,
            ..NO_CALL
        });
        Running(Meter { steps: STEPS.replace(0), ..outer })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        STEPS.set(self.0.steps);
        METER.set(self.0);
    }
}

/// One step of evaluation: the limit that it passes, or that was passed before.
pub(crate) fn step() -> Option<Spent> {
    let steps = STEPS.get() + 1;
    STEPS.set(steps);
    if !steps.is_multiple_of(STEPS_UNSEEN) && METER.with(|m| m.get().spent.is_none()) {
        return None;
    }
    look(steps)
}

#[cold]
fn look(steps: u64) -> Option<Spent> {
    let mut meter = METER.get();
    if meter.spent.is_none() {
        let memory = resident();
        if meter.memory_before == 0 {
            meter.memory_before = memory;
        }
        meter.spent = if steps > meter.most_steps {
            Some(Spent::Steps)
        } else if memory.saturating_sub(meter.memory_before) > meter.growth {
            Some(Spent::Memory(meter.growth >> 20))
        } else if meter.deadline.is_some_and(|at| Instant::now() > at) {
            Some(Spent::Time)
        } else {
            None
        };
        METER.set(meter);
    }
    meter.spent
}

/// The limit that the call has exceeded, whatever happened to the error.
pub(crate) fn spent() -> Option<Spent> {
    METER.get().spent
}

fn spend(spent: Spent) -> Failed {
    let mut meter = METER.get();
    let first = *meter.spent.get_or_insert(spent);
    METER.set(meter);
    first.failed()
}

/// Called now and then inside long work of the host.
pub(crate) fn in_time() -> Result<(), Failed> {
    let meter = METER.get();
    if let Some(spent) = meter.spent {
        return Err(spent.failed());
    }
    match meter.deadline {
        Some(at) if Instant::now() > at => Err(spend(Spent::Time)),
        _ => Ok(()),
    }
}

/// Numbers that are worked through in less time than a look at the clock takes to matter.
const LONG: usize = 4096;

/// Called before work over this many numbers.
pub(crate) fn in_time_for(numbers: usize) -> Result<(), Failed> {
    if numbers < LONG { Ok(()) } else { in_time() }
}

/// A list of this length is about to be made.
pub(crate) fn list_of(elements: usize) -> Result<(), Failed> {
    if elements <= METER.get().list { Ok(()) } else { Err(too_large("Size of array/BLOB")) }
}

/// A text of this many bytes is about to be made.
pub(crate) fn text_of(bytes: usize) -> Result<(), Failed> {
    if bytes <= METER.get().text { Ok(()) } else { Err(too_large("Length of string")) }
}

pub(crate) fn too_large(what: &str) -> Failed {
    EvalAltResult::ErrorDataTooLarge(what.to_owned(), Position::NONE).into()
}

/// A module is about to be loaded.
pub(crate) fn one_more_module() -> Result<(), Failed> {
    in_time()?;
    let mut meter = METER.get();
    if meter.modules >= meter.most_modules {
        return Err(spend(Spent::Modules(meter.most_modules)));
    }
    meter.modules += 1;
    METER.set(meter);
    Ok(())
}

/// Bytes that a value holds, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Charge {
    bytes: usize,
    call: u64,
}

/// Charges the running call for memory before it is taken.
pub(crate) fn charge(bytes: usize) -> Result<Charge, Failed> {
    in_time_for(bytes / 8)?;
    let mut meter = METER.get();
    let used = meter.used.saturating_add(bytes);
    if used > meter.bytes {
        return Err(spend(Spent::Bytes(meter.bytes >> 20)));
    }
    meter.used = used;
    METER.set(meter);
    Ok(Charge { bytes, call: meter.call })
}

impl Drop for Charge {
    fn drop(&mut self) {
        let mut meter = METER.get();
        if meter.call == self.call {
            meter.used = meter.used.saturating_sub(self.bytes);
            METER.set(meter);
        }
    }
}

/// How deep lists, maps and functions may lie inside each other. The engine copies, compares, prints and drops them by
/// recursion; lists in lists as deep as a list may be long would leave no stack.
const DEEPEST: usize = 32;

/// What is wrong with how a value holds others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// Lists, maps, or functions with the variables that they take along, lie too deep inside each other.
    Deep,
    /// There are too many elements, or entries of maps, which the engine does not notice when they are set one by one.
    Great,
}

/// Looks into a value: wherever a script uses a variable, which it must in order to make it deeper or greater.
pub(crate) fn unfit(value: &Dynamic) -> Option<Misfit> {
    if !holds(value) {
        return None;
    }
    let meter = METER.get();
    inside(value, DEEPEST, &mut { meter.list }, &mut { meter.map })
}

/// Whether a value should not leave the engine.
pub(crate) fn is_unfit(value: &Dynamic) -> bool {
    unfit(value).is_some()
}

fn holds(value: &Dynamic) -> bool {
    value.is_array() || value.is_map() || value.is_fnptr()
}

/// `elements` and `entries` are how many there may still be.
fn inside(
    value: &Dynamic,
    left: usize,
    elements: &mut usize,
    entries: &mut usize,
) -> Option<Misfit> {
    if left == 0 {
        return Some(Misfit::Deep);
    }
    let take = |from: &mut usize, count: usize| match from.checked_sub(count) {
        None => Some(Misfit::Great),
        Some(rest) => {
            *from = rest;
            None
        }
    };
    let look = |value: &Dynamic, elements: &mut usize, entries: &mut usize| match holds(value) {
        true => inside(value, left - 1, elements, entries),
        false => None,
    };
    if let Some(list) = value.read_lock::<Array>() {
        return take(elements, list.len())
            .or_else(|| list.iter().find_map(|x| look(x, elements, entries)));
    }
    if let Some(map) = value.read_lock::<Map>() {
        return take(entries, map.len())
            .or_else(|| map.values().find_map(|x| look(x, elements, entries)));
    }
    let function = value.read_lock::<FnPtr>()?;
    let curry = function.curry();
    take(elements, curry.len()).or_else(|| curry.iter().find_map(|x| look(x, elements, entries)))
}

/// Bytes of the program's memory; 0 where the system does not tell.
#[cfg(target_os = "linux")]
fn resident() -> usize {
    use std::fs::{File, read_to_string};
    use std::os::unix::fs::FileExt;
    use std::sync::OnceLock;

    fn pages(file: &File) -> Option<usize> {
        let mut text = [0; 64];
        let n = file.read_at(&mut text, 0).ok()?;
        std::str::from_utf8(&text[..n]).ok()?.split(' ').nth(1)?.parse().ok()
    }
    // The file counts pages; the other one, read once, tells how long they are.
    fn open() -> Option<(File, usize)> {
        let file = File::open("/proc/self/statm").ok()?;
        let status = read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
        let bytes = line.trim().strip_suffix(" kB")?.parse::<usize>().ok()? << 10;
        let page = (bytes / pages(&file)?.max(1) * 3 / 4).next_power_of_two();
        Some((file, page.clamp(4096, 65536)))
    }
    static FILE: OnceLock<Option<(File, usize)>> = OnceLock::new();
    let Some((file, page)) = FILE.get_or_init(open) else { return 0 };
    pages(file).map_or(0, |pages| pages.saturating_mul(*page))
}

#[cfg(not(target_os = "linux"))]
fn resident() -> usize {
    0
}
