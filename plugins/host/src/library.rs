//! A native library in this process: opens it, checks it against the contract, describes it, calls it.
//!
//! A library is never closed: code of it may still be registered with the system (destructors of threads, for one), and
//! a closed library would leave them pointing nowhere. A new version of a plugin is a new process.

use std::ffi::c_void;
use std::path::Path;

use quanheng_core::method::{Axis, IntermediateResult, Shape};
use quanheng_plugin::contract::{
    self, CONTRACT, Entry, Input, Message, Node, Output, TARGET, Table,
};

#[cfg(any(unix, windows))]
use quanheng_plugin::contract::ENTRY;

use quanheng_words::{Text, text};

use crate::describe::{self, Description, NoText};
use crate::given::{Beside, Branch, Failure};
use crate::refusal::Refusal;
use crate::settings::Stated;

/// The contracts that this host takes: the least and the greatest.
pub const CONTRACTS: (u32, u32) = (1, CONTRACT);

/// The size of the table up to and with `call`: what every plugin has. `drop` was there from the first contract on, but a
/// plugin whose instances hold nothing may leave it out.
const LEAST_TABLE: usize = std::mem::offset_of!(Table, drop);

/// The longest message that is taken.
const MESSAGE: usize = 4096;

/// Words of the output before and after the result, which a plugin must leave alone.
const GUARD: usize = 64;
const GUARD_WORD: u64 = 0x7ff8_5157_4155_4e48;

/// What stands in the output before the call: a NaN that no arithmetic gives, to tell what was not written.
const UNWRITTEN: u64 = 0x7ff8_0051_4845_4e47;

/// A library that keeps to the contract, open for the life of the process.
#[derive(Debug)]
pub(crate) struct Library {
    table: Table,
    pub(crate) description: Description,
}

/// An instance of a method of a library.
#[derive(Debug)]
pub(crate) struct Instance {
    method: usize,
    ptr: *mut c_void,
}

// SAFETY: the contract has instances called on several threads at a time.
unsafe impl Send for Instance {}
// SAFETY: as above.
unsafe impl Sync for Instance {}

impl Library {
    /// Opens a library. Its constructors run: the caller has made sure that it is trusted.
    pub(crate) fn open(path: &Path) -> Result<Library, Refusal> {
        let entry = entry(path)?;
        // SAFETY: as the contract has it.
        let table = unsafe { entry(CONTRACTS.0, CONTRACTS.1) };
        if table.is_null() {
            return Err(Refusal::OtherContract { found: None });
        }
        // SAFETY: a table starts with its contract and its size, in every contract.
        let (found, size) = unsafe { ((*table).contract, (*table).size as usize) };
        if !(CONTRACTS.0..=CONTRACTS.1).contains(&found) {
            return Err(Refusal::OtherContract { found: Some(found) });
        }
        if size < LEAST_TABLE {
            return Err(Refusal::Truncated { found: size, needed: LEAST_TABLE });
        }
        let mut whole = std::mem::MaybeUninit::<Table>::zeroed();
        // SAFETY: the plugin says that so many bytes exist; the rest stays zero, which is no function for an `Option`
        // of one.
        let table = unsafe {
            std::ptr::copy_nonoverlapping(
                table.cast::<u8>(),
                whole.as_mut_ptr().cast::<u8>(),
                size.min(size_of::<Table>()),
            );
            whole.assume_init()
        };
        // SAFETY: texts of a table live as long as the process.
        let target = match unsafe { describe::text(&table.target) } {
            Ok(target) => target,
            Err(NoText::Bytes) => return Err(Refusal::NotText { what: text!(plugin_part_target) }),
            Err(long) => {
                return Err(Refusal::Unusable { what: long.of(text!(plugin_part_target)) });
            }
        };
        if target != TARGET {
            let found = said(target.as_bytes());
            return Err(Refusal::OtherTarget { found, needed: TARGET.to_owned() });
        }
        let missing = [("make", table.make.is_none()), ("call", table.call.is_none())];
        if let Some((name, _)) = missing.into_iter().find(|(_, missing)| *missing) {
            return Err(Refusal::Unusable { what: text!(plugin_missing_function, name = name) });
        }
        // SAFETY: the table was given by a plugin of a contract that is known.
        let description = unsafe { describe::describe(&table) }?;
        Ok(Library { table, description })
    }

    /// Makes an instance of a method.
    pub(crate) fn make(&self, method: usize, settings: &Stated) -> Result<Instance, Failure> {
        let make = self.table.make.expect("looked at when it was opened");
        let mut ptr = std::ptr::null_mut();
        let mut room = Room::new();
        let code = settings.with(|list| {
            // SAFETY: settings and message live as long as the call.
            unsafe { make(method, list.as_ptr(), list.len(), &raw mut ptr, &raw mut room.message) }
        });
        match room.outcome(code) {
            Ok(()) => Ok(Instance { method, ptr }),
            Err(failure) => Err(failure),
        }
    }

    /// Runs an instance. `out` arrives as the method is to find it, and is only changed where all went well. Intermediate
    /// results are taken where they are asked for.
    pub(crate) fn call(
        &self,
        instance: &Instance,
        input: &Input,
        asked: bool,
        out: &mut [f64],
    ) -> Result<Beside, Failure> {
        let call = self.table.call.expect("looked at when it was opened");
        let mut guarded = Guarded::new(out, input.stage == contract::STAGE_IMPUTATION);
        let mut taken = Taken::default();
        let mut output = Output {
            size: size_of::<Output>() as u32,
            reserved: 0,
            values: guarded.result().as_mut_ptr(),
            count: out.len(),
            emit: Some(emit),
            sink: (&raw mut taken).cast(),
            give: if asked { Some(give) } else { None },
        };
        let mut room = Room::new();
        // SAFETY: everything lives as long as the call, and nothing else accesses the output meanwhile.
        let code = unsafe {
            call(instance.method, instance.ptr, input, &raw mut output, &raw mut room.message)
        };
        if !guarded.whole() {
            return Err(Failure::new(
                text!(plugin_wrote_outside),
                Some(text!(plugin_did_other_harm)),
            ));
        }
        room.outcome(code)?;
        let written = guarded.written();
        if written < out.len() {
            return Err(Failure::new(
                text!(plugin_wrote_less, written = written, wanted = out.len()),
                Some(text!(plugin_wrote_less_hint)),
            ));
        }
        out.copy_from_slice(guarded.result());
        match taken.fault {
            None => Ok(taken.beside),
            Some(what) => Err(Failure::of_plugin(what)),
        }
    }

    /// Gives an instance back.
    pub(crate) fn drop(&self, instance: Instance) {
        if let Some(drop) = self.table.drop {
            // SAFETY: it was made by this library, and is given back once.
            unsafe { drop(instance.method, instance.ptr) };
        }
    }
}

/// The one function that a plugin exports.
#[cfg(any(unix, windows))]
fn entry(path: &Path) -> Result<Entry, Refusal> {
    // SAFETY: running foreign code is what a plugin is for; it is pinned by its hash, and by default only opened in a
    // child process.
    let library = unsafe { libloading::Library::new(path) }
        .map_err(|e| Refusal::NotALibrary { reason: Text::plain(reason(&e)) })?;
    // SAFETY: the type is what the contract says of the symbol of this name.
    let entry = unsafe { library.get::<Entry>(ENTRY) }.map(|symbol| *symbol);
    let entry = entry.map_err(|_| Refusal::NoEntry)?;
    // Never closed, whatever is found in it.
    std::mem::forget(library);
    Ok(entry)
}

/// No function: this system has no libraries to open.
#[cfg(not(any(unix, windows)))]
fn entry(_: &Path) -> Result<Entry, Refusal> {
    Err(Refusal::NotALibrary { reason: text!(plugin_no_libraries) })
}

/// Which processor the bytes of a library are for, as its header says it before anything is opened: the loader's own
/// message does not mention a wrong processor.
///
/// # Errors
/// Bytes that begin as no library of this system does, or as one for another machine.
pub(crate) fn for_this_machine(bytes: &[u8]) -> Result<(), Refusal> {
    if cfg!(not(any(unix, windows))) {
        return Err(Refusal::NotALibrary { reason: text!(plugin_no_libraries) });
    }
    let other = |found: &str| {
        Err(Refusal::OtherTarget { found: found.to_owned(), needed: TARGET.to_owned() })
    };
    let system = match bytes {
        [0x7f, b'E', b'L', b'F', ..] => "linux",
        [b'M', b'Z', ..] => "windows",
        [0xcf, 0xfa, 0xed, 0xfe, ..] | [0xca, 0xfe, 0xba, 0xbe, ..] => "macos",
        _ => {
            return Err(Refusal::NotALibrary { reason: text!(plugin_library_header) });
        }
    };
    let elf = cfg!(all(unix, not(target_vendor = "apple")));
    let fits = match system {
        "linux" => elf,
        "macos" => cfg!(target_vendor = "apple"),
        _ => cfg!(windows),
    };
    if !fits {
        return other(system);
    }
    let (Some(&[low, high]), Some(&order)) = (bytes.get(18..20), bytes.get(5)) else {
        return Ok(());
    };
    let machine = match order {
        1 => u16::from_le_bytes([low, high]),
        _ => u16::from_be_bytes([low, high]),
    };
    let machine = match machine {
        3 => "x86",
        21 => "powerpc64",
        22 => "s390x",
        40 => "arm",
        62 => "x86_64",
        183 => "aarch64",
        243 => "riscv64",
        _ => "another processor",
    };
    let own = std::env::consts::ARCH;
    if elf && machine != own && TARGET.starts_with(own) { other(machine) } else { Ok(()) }
}

/// The words of the loader without the path, which is that of a copy.
#[cfg(any(unix, windows))]
fn reason(error: &libloading::Error) -> String {
    let text = std::error::Error::source(error).map_or(error.to_string(), ToString::to_string);
    match text.split_once(": ") {
        Some((path, reason)) if path.starts_with('/') => reason.to_owned(),
        _ => text,
    }
}

/// The most nodes that a system is taken to have.
const NODES: usize = 100_000;

/// The most intermediate results of one call, and the most figures in one of them.
const RESULTS: usize = 1000;
const FIGURES: usize = 1 << 21;

/// What `emit` and `give` have been handed.
#[derive(Debug, Default)]
struct Taken {
    beside: Beside,
    /// The first thing that was wrong; nothing is taken after it.
    fault: Option<Text>,
}

/// Takes a node of a system.
///
/// # Safety
/// `sink` is what [`Library::call`] put there, and `node` is null or as the contract has it.
unsafe extern "C" fn emit(sink: *mut c_void, node: *const Node) {
    // SAFETY: as the caller says.
    let (taken, node) = unsafe { (&mut *sink.cast::<Taken>(), node.as_ref()) };
    if taken.fault.is_some() {
        return;
    }
    let place = taken.beside.nodes.len() + 1;
    let Some(node) = node else {
        taken.fault = Some(text!(plugin_node_null, place = place));
        return;
    };
    if place > NODES {
        taken.fault = Some(text!(plugin_nodes_beyond, most = NODES));
        return;
    }
    let part = |what: Text, text: &contract::Text| {
        // SAFETY: the texts live as long as this call.
        let found = unsafe { describe::text(text) };
        found.map_err(|why| text!(plugin_node_text, what = what, place = place, why = why.words()))
    };
    let branch = || {
        Ok(Branch {
            code: part(text!(plugin_part_code), &node.code)?,
            parent: part(text!(plugin_part_parent), &node.parent)?,
            name: part(text!(plugin_part_name), &node.name)?,
            unit: part(text!(plugin_part_unit), &node.unit)?,
            column: part(text!(plugin_part_column), &node.column)?,
            weight: node.weight,
            full_marks: node.full_marks,
            indicator: node.indicator,
        })
    };
    match branch() {
        Ok(branch) => taken.beside.nodes.push(branch),
        Err(fault) => taken.fault = Some(fault),
    }
}

/// Takes an intermediate result.
///
/// # Safety
/// `sink` is what [`Library::call`] put there, and `result` is null or as the contract has it.
unsafe extern "C" fn give(sink: *mut c_void, result: *const contract::Intermediate) {
    // SAFETY: as the caller says.
    let (taken, result) = unsafe { (&mut *sink.cast::<Taken>(), result.as_ref()) };
    if taken.fault.is_some() {
        return;
    }
    let place = taken.beside.results.len() + 1;
    let axis = |number: u32| match number {
        contract::AXIS_ONE => Some(Axis::One),
        contract::AXIS_REGIONS => Some(Axis::Regions),
        contract::AXIS_SIBLINGS => Some(Axis::Siblings),
        contract::AXIS_LIST => Some(Axis::List),
        _ => None,
    };
    let read = || {
        let result = result?;
        let shape = Shape { rows: axis(result.rows)?, columns: axis(result.columns)? };
        // SAFETY: the text lives as long as this call.
        let name = unsafe { describe::text(&result.name) }.ok()?;
        let (width, count) = (result.width, result.count);
        let fits = width > 0 && count % width == 0 && count <= FIGURES && !name.is_empty();
        if !fits || (result.values.is_null() && count > 0) {
            return None;
        }
        let values = match count {
            0 => Vec::new(),
            // SAFETY: the plugin says that there are so many behind it, for as long as this call lasts.
            count => unsafe { std::slice::from_raw_parts(result.values, count) }.to_vec(),
        };
        let (labels, is_unique) = (Vec::new(), result.several == 0);
        Some(IntermediateResult { name, shape, width, labels, values, is_unique })
    };
    match read().filter(|_| place <= RESULTS) {
        Some(result) => taken.beside.results.push(result),
        None => taken.fault = Some(text!(plugin_intermediate_unsound, place = place)),
    }
}

/// A result with words around it that must stay as they are.
struct Guarded {
    words: Vec<f64>,
}

impl Guarded {
    fn new(out: &[f64], keep: bool) -> Self {
        let guard = [f64::from_bits(GUARD_WORD); GUARD];
        let mut words = Vec::with_capacity(out.len() + 2 * GUARD);
        words.extend(guard);
        match keep {
            true => words.extend(out),
            false => words.extend(std::iter::repeat_n(f64::from_bits(UNWRITTEN), out.len())),
        }
        words.extend(guard);
        Guarded { words }
    }

    fn result(&mut self) -> &mut [f64] {
        let end = self.words.len() - GUARD;
        &mut self.words[GUARD..end]
    }

    fn whole(&self) -> bool {
        let end = self.words.len() - GUARD;
        let intact = |words: &[f64]| words.iter().all(|w| w.to_bits() == GUARD_WORD);
        intact(&self.words[..GUARD]) && intact(&self.words[end..])
    }

    fn written(&mut self) -> usize {
        self.result().iter().filter(|x| x.to_bits() != UNWRITTEN).count()
    }
}

/// Words of a plugin, without anything in them that a terminal would take for an order.
fn said(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.trim().to_owned()
}

/// Room for a message.
struct Room {
    bytes: Box<[u8; MESSAGE]>,
    message: Message,
}

impl Room {
    fn new() -> Self {
        let mut bytes = Box::new([0; MESSAGE]);
        let message = Message { ptr: bytes.as_mut_ptr(), capacity: MESSAGE, len: 0, row: -1 };
        Room { bytes, message }
    }

    fn outcome(&self, code: i32) -> Result<(), Failure> {
        if code == contract::STATUS_OK {
            return Ok(());
        }
        let said = said(&self.bytes[..self.message.len.min(MESSAGE)]);
        let failure = match code {
            contract::STATUS_PANICKED => Failure::of_plugin(text!(plugin_panicked, said = said)),
            _ if said.is_empty() => Failure::of_plugin(text!(plugin_code_failed, code = code)),
            _ => Failure::new(Text::plain(said), None),
        };
        Err(Failure {
            row: usize::try_from(self.message.row).ok(),
            setting: code == contract::STATUS_SETTING,
            ..failure
        })
    }
}
