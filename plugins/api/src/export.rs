//! From traits to the contract: tables that live for ever, instances behind pointers, panics caught.

use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use crate::author::{Declared, Example, Fault, Info, Method, Node, Settings, Value};
use crate::contract::{self, CONTRACT, Input, Message, Output, Table, Text};
use crate::stage::{self as stages, Given, text};
use crate::taker::Taker;

/// What an instance does, whatever its stage.
trait Instance: Send + Sync {
    fn run(&self, given: &Given<'_>, out: &mut [f64]) -> Result<Vec<Node>, Fault>;
}

/// A method as a plugin offers it.
pub struct Offered {
    stage: u32,
    info: Info,
    make: fn(&Settings) -> Result<Box<dyn Instance>, String>,
}

macro_rules! offers {
    ($($module:ident $name:ident $function:ident $number:ident;)+) => { $(
        struct $name<T>(T);

        impl<T: stages::$name> Instance for $name<T> {
            fn run(&self, given: &Given<'_>, out: &mut [f64]) -> Result<Vec<Node>, Fault> {
                self.0.$function(given, out).map(|()| Vec::new())
            }
        }

        /// Offers a method of this stage.
        #[doc(hidden)]
        pub fn $module<T: stages::$name>() -> Offered {
            Offered {
                stage: contract::$number,
                info: T::info(),
                make: |settings| Ok(Box::new($name(<T as Method>::make(settings)?))),
            }
        }
    )+ };
}
offers! {
    imputation Imputation impute STAGE_IMPUTATION;
    treatment Treatment treat STAGE_TREATMENT;
    normalisation Normalisation normalise STAGE_NORMALISATION;
    weighting Weighting weights STAGE_WEIGHTING;
    aggregation Aggregation aggregate STAGE_AGGREGATION;
    tiering Tiering tiers STAGE_TIERING;
}

struct System<T>(T);

impl<T: stages::System> Instance for System<T> {
    fn run(&self, given: &Given<'_>, _: &mut [f64]) -> Result<Vec<Node>, Fault> {
        self.0.system(given)
    }
}

/// Offers a method of this stage.
#[doc(hidden)]
pub fn system<T: stages::System>() -> Offered {
    Offered {
        stage: contract::STAGE_SYSTEM,
        info: T::info(),
        make: |settings| Ok(Box::new(System(<T as Method>::make(settings)?))),
    }
}

/// What the plugin offers, made once.
struct Loaded {
    table: Table,
    offered: Vec<Offered>,
}

static LOADED: OnceLock<Loaded> = OnceLock::new();

fn keep<T>(items: Vec<T>) -> *const T {
    if items.is_empty() { std::ptr::null() } else { Box::leak(items.into_boxed_slice()).as_ptr() }
}

fn setting(name: &str, value: &Value) -> contract::Setting {
    let owned = |text: &str| Text::of(Box::leak(text.to_owned().into_boxed_str()));
    let mut setting = contract::Setting {
        name: owned(name),
        kind: 0,
        flag: 0,
        number: 0.0,
        text: Text::EMPTY,
        numbers: std::ptr::null(),
        texts: std::ptr::null(),
        count: 0,
    };
    match value {
        Value::Bool(b) => (setting.kind, setting.flag) = (contract::KIND_BOOL, u32::from(*b)),
        Value::Number(x) => (setting.kind, setting.number) = (contract::KIND_NUMBER, *x),
        Value::Whole(n) => (setting.kind, setting.number) = (contract::KIND_WHOLE, *n as f64),
        Value::Text(text) => (setting.kind, setting.text) = (contract::KIND_TEXT, owned(text)),
        Value::Numbers(numbers) => {
            (setting.kind, setting.count) = (contract::KIND_NUMBERS, numbers.len());
            setting.numbers = keep(numbers.clone());
        }
        Value::Texts(texts) => {
            (setting.kind, setting.count) = (contract::KIND_TEXTS, texts.len());
            setting.texts = keep(texts.iter().map(|t| owned(t)).collect());
        }
    }
    setting
}

fn declared(declared: &Declared) -> contract::Declared {
    let mut default = setting(declared.name, &declared.default);
    if !declared.words.is_empty() {
        default.kind = contract::KIND_CHOICE;
    }
    let (least, greatest) = declared.range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
    contract::Declared {
        default,
        doc: Text::of(declared.doc),
        required: u32::from(declared.required),
        bounded: u32::from(declared.range.is_some()),
        least,
        greatest,
        words: keep(declared.words.iter().map(|w| Text::of(w)).collect()),
        word_count: declared.words.len(),
    }
}

fn example(example: &Example) -> *const contract::Example {
    let settings: Vec<_> = example.settings.iter().map(|(n, v)| setting(n, v)).collect();
    Box::leak(Box::new(contract::Example {
        setting_count: settings.len(),
        settings: keep(settings),
        rows: example.columns.first().map_or(0, Vec::len),
        columns: example.columns.len(),
        values: keep(example.columns.concat()),
        weights: keep(example.weights.clone()),
        directions: keep(example.directions.clone()),
        expected_count: example.expected.len(),
        expected: keep(example.expected.clone()),
        source: Text::of(example.source),
    }))
}

fn method(offered: &Offered) -> contract::Method {
    let info = &offered.info;
    let (gives, lower, upper) = info.gives.parts();
    let settings: Vec<_> = info.settings.iter().map(declared).collect();
    contract::Method {
        stage: offered.stage,
        needs: info.needs.bits(),
        claims: info.claims.bits(),
        gives,
        lower,
        upper,
        name: Text::of(info.name),
        zh: Text::of(info.zh),
        summary: Text::of(info.summary),
        formula: Text::of(info.formula),
        reference: Text::of(info.reference),
        setting_count: settings.len(),
        settings: keep(settings),
        setting_size: size_of::<contract::Declared>(),
        example: info.example.as_ref().map_or(std::ptr::null(), example),
    }
}

/// The body of the function that a plugin exports.
#[doc(hidden)]
pub fn entry(
    least: u32,
    greatest: u32,
    name: &'static str,
    version: &'static str,
    offered: fn() -> Vec<Offered>,
) -> *const Table {
    if !(least..=greatest).contains(&CONTRACT) {
        return std::ptr::null();
    }
    let made = catch_unwind(|| {
        LOADED.get_or_init(|| {
            let offered = offered();
            let methods: Vec<_> = offered.iter().map(method).collect();
            let table = Table {
                contract: CONTRACT,
                size: size_of::<Table>() as u32,
                target: Text::of(contract::TARGET),
                name: Text::of(name),
                version: Text::of(version),
                count: methods.len(),
                methods: keep(methods),
                method_size: size_of::<contract::Method>(),
                make: Some(make),
                call: Some(call),
                drop: Some(drop_instance),
            };
            Loaded { table, offered }
        })
    });
    made.map_or(std::ptr::null(), |loaded| &raw const loaded.table)
}

/// Writes a message, cut at a whole character where it is too long.
///
/// # Safety
/// `message` is null, or points to a message with room for `capacity` bytes.
unsafe fn say(message: *mut Message, words: &str, row: Option<usize>) {
    // SAFETY: as the caller says.
    let Some(message) = (unsafe { message.as_mut() }) else { return };
    let mut len = words.len().min(message.capacity);
    while !words.is_char_boundary(len) {
        len -= 1;
    }
    // SAFETY: there is room for `len` bytes, and the two do not overlap.
    unsafe { std::ptr::copy_nonoverlapping(words.as_ptr(), message.ptr, len) };
    message.len = len;
    message.row = row.map_or(-1, |row| row as i64);
}

/// Runs work of the author; a panic in it stays on this side of the border.
///
/// # Safety
/// As [`say`].
unsafe fn guarded(message: *mut Message, work: impl FnOnce() -> Result<(), (i32, Fault)>) -> i32 {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => contract::STATUS_OK,
        Ok(Err((code, fault))) => {
            // SAFETY: as the caller says.
            unsafe { say(message, &fault.words, fault.row) };
            code
        }
        Err(panic) => {
            let words = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("no reason was given");
            // SAFETY: as the caller says.
            unsafe { say(message, words, None) };
            contract::STATUS_PANICKED
        }
    }
}

/// The settings behind a pointer.
///
/// # Safety
/// As the contract has it.
unsafe fn settings(list: *const contract::Setting, count: usize) -> Settings {
    let mut settings = Settings::default();
    for k in 0..count {
        // SAFETY: the host hands over `count` settings, whose texts and numbers live as long as the call.
        let (setting, name) = unsafe { (&*list.add(k), text(&(*list.add(k)).name)) };
        let value = match setting.kind {
            contract::KIND_BOOL => Value::Bool(setting.flag != 0),
            contract::KIND_NUMBER => Value::Number(setting.number),
            contract::KIND_WHOLE => Value::Whole(setting.number as usize),
            contract::KIND_TEXT | contract::KIND_CHOICE => {
                // SAFETY: as above.
                Value::Text(unsafe { text(&setting.text) }.to_owned())
            }
            contract::KIND_NUMBERS if setting.count == 0 => Value::Numbers(Vec::new()),
            // SAFETY: as above.
            contract::KIND_NUMBERS => Value::Numbers(unsafe {
                std::slice::from_raw_parts(setting.numbers, setting.count).to_vec()
            }),
            _ => Value::Texts(
                (0..setting.count)
                    // SAFETY: as above.
                    .map(|i| unsafe { text(&*setting.texts.add(i)) }.to_owned())
                    .collect(),
            ),
        };
        settings.0.push((name.to_owned(), value));
    }
    settings
}

/// # Safety
/// As [`contract::Make`].
unsafe extern "C" fn make(
    method: usize,
    list: *const contract::Setting,
    count: usize,
    instance: *mut *mut c_void,
    message: *mut Message,
) -> i32 {
    let work = || {
        let offered = LOADED.get().and_then(|l| l.offered.get(method));
        let offered =
            offered.ok_or((contract::STATUS_FAILED, Fault::new("there is no such method")))?;
        // SAFETY: the host keeps to the contract.
        let settings = unsafe { settings(list, count) };
        let made = (offered.make)(&settings)
            .map_err(|words| (contract::STATUS_SETTING, Fault::new(words)))?;
        // SAFETY: the host hands over a place for the pointer.
        unsafe { *instance = Box::into_raw(Box::new(made)).cast() };
        Ok(())
    };
    // SAFETY: the host hands over a message, or null.
    unsafe { guarded(message, work) }
}

/// # Safety
/// As [`contract::Call`].
unsafe extern "C" fn call(
    _: usize,
    instance: *const c_void,
    input: *const Input,
    output: *mut Output,
    message: *mut Message,
) -> i32 {
    let work = || {
        // SAFETY: `instance` was made by `make` above; input and output live as long as the call.
        let (instance, input) = unsafe { (&*instance.cast::<Box<dyn Instance>>(), &*input) };
        // SAFETY: the output is as long as it says; what an older host does not have is not read.
        let (values, count, emit, sink, give) = unsafe {
            let size = (&raw const (*output).size).read() as usize;
            let knows = size >= std::mem::offset_of!(Output, give) + size_of::<*const c_void>();
            (
                (&raw const (*output).values).read(),
                (&raw const (*output).count).read(),
                (&raw const (*output).emit).read(),
                (&raw const (*output).sink).read(),
                if knows { (&raw const (*output).give).read() } else { None },
            )
        };
        let out: &mut [f64] = match count {
            0 => &mut [],
            // SAFETY: the host has room for `count` numbers, and reads them after the call only.
            count => unsafe { std::slice::from_raw_parts_mut(values, count) },
        };
        let taker = give.map(|give| Taker { give, sink });
        let nodes = instance
            .run(&Given(input, taker), out)
            .map_err(|fault| (contract::STATUS_FAILED, fault))?;
        if let Some(emit) = emit {
            for node in &nodes {
                let node = node.lent();
                // SAFETY: the host's own function, with what it asked to be handed; it copies the node.
                unsafe { emit(sink, &raw const node) };
            }
        }
        Ok(())
    };
    // SAFETY: the host hands over a message, or null.
    unsafe { guarded(message, work) }
}

/// # Safety
/// As [`contract::Drop`]; `instance` is not used afterwards.
unsafe extern "C" fn drop_instance(_: usize, instance: *mut c_void) {
    // A panic in a destructor cannot be reported.
    let _ = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: it was made by `make`, and is given back once.
        drop(unsafe { Box::from_raw(instance.cast::<Box<dyn Instance>>()) });
    }));
}
