//! The contract in plain C: what `quanheng_plugin.h` says, as Rust sees it.
//!
//! A plugin exports one function, [`ENTRY`]. It receives the contract numbers that the host accepts, and returns a
//! [`Table`] that lives as long as the process. Everything that crosses is a number, a pointer with a length, or a
//! table of these.
//!
//! Extension: new fields are added at the end of a struct, and `size` (or the stated size of an element) shows which
//! fields exist. Existing fields keep their meaning. A change that cannot be made in this way gets the next contract
//! number, and a host continues to accept the old one.

use std::ffi::c_void;

/// The contract that this crate is written to.
pub const CONTRACT: u32 = 1;

/// The name of the function that a plugin exports.
pub const ENTRY: &[u8] = b"quanheng_plugin\0";

/// The function that a plugin exports: the least and the greatest contract that the host takes in, its table out; null
/// where it is written to another.
pub type Entry = unsafe extern "C" fn(least: u32, greatest: u32) -> *const Table;

/// UTF-8 text, not ended by a zero. A null pointer with length 0 is an empty text.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Its first byte.
    pub ptr: *const u8,
    /// How many bytes.
    pub len: usize,
}

/// What a plugin is and does.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The contract that it is written to.
    pub contract: u32,
    /// The size of this struct in bytes, as the plugin knows it.
    pub size: u32,
    /// What it was built for: `x86_64-linux`, `aarch64-macos`, …
    pub target: Text,
    /// Its name.
    pub name: Text,
    /// Its version.
    pub version: Text,
    /// The methods that it offers.
    pub methods: *const Method,
    /// How many.
    pub count: usize,
    /// The size of one [`Method`] in bytes, as the plugin knows it.
    pub method_size: usize,
    /// Makes an instance of a method from settings; may be called on any thread. Returns a `STATUS_`.
    pub make: Option<
        unsafe extern "C" fn(
            method: usize,
            settings: *const Setting,
            count: usize,
            instance: *mut *mut c_void,
            message: *mut Message,
        ) -> i32,
    >,
    /// Runs an instance on an input, into an output; may be called on several threads at a time. Returns a `STATUS_`.
    pub call: Option<
        unsafe extern "C" fn(
            method: usize,
            instance: *const c_void,
            input: *const Input,
            output: *mut Output,
            message: *mut Message,
        ) -> i32,
    >,
    /// Gives an instance back. Null where instances hold nothing.
    pub drop: Option<unsafe extern "C" fn(method: usize, instance: *mut c_void)>,
}

// What a call returns.
/// All is well.
pub const STATUS_OK: i32 = 0;
/// It cannot be done; the message says why.
pub const STATUS_FAILED: i32 = 1;
/// A setting does not fit; the message says which and why, as `name: reason`.
pub const STATUS_SETTING: i32 = 2;
/// The code panicked; the message says what it said. Only the macro of this crate gives it.
pub const STATUS_PANICKED: i32 = 101;

// The stages, by number.
/// Builds or changes a tree.
pub const STAGE_SYSTEM: u32 = 1;
/// Fills missing cells.
pub const STAGE_IMPUTATION: u32 = 2;
/// Treats outliers and skew.
pub const STAGE_TREATMENT: u32 = 3;
/// Brings columns to one scale.
pub const STAGE_NORMALISATION: u32 = 4;
/// Weighs siblings.
pub const STAGE_WEIGHTING: u32 = 5;
/// Makes one score of several.
pub const STAGE_AGGREGATION: u32 = 6;
/// Cuts scores into tiers.
pub const STAGE_TIERING: u32 = 7;

// What a method needs of the columns it is handed; bits.
/// Every value above zero.
pub const NEEDS_POSITIVE: u32 = 1;
/// Every value zero or above.
pub const NEEDS_NON_NEGATIVE: u32 = 1 << 1;
/// No absent cell.
pub const NEEDS_COMPLETE: u32 = 1 << 2;
/// More is better in every column.
pub const NEEDS_ORIENTED: u32 = 1 << 3;
/// All periods together.
pub const NEEDS_PANEL: u32 = 1 << 4;
/// Weighting: every sibling states a weight.
pub const NEEDS_WEIGHT: u32 = 1 << 5;
/// Weighting: every sibling states full marks.
pub const NEEDS_FULL_MARKS: u32 = 1 << 6;

// What a method claims of itself; bits. The conformance battery holds it to this.
/// A better value never gives a worse result.
pub const CLAIMS_MONOTONE: u32 = 1;
/// A positive factor on a column changes nothing.
pub const CLAIMS_SCALE: u32 = 1 << 1;
/// Neither does a constant added to it.
pub const CLAIMS_SCALE_AND_SHIFT: u32 = 1 << 2;
/// A child of weight zero has the effect of no child.
pub const CLAIMS_ZERO_WEIGHT: u32 = 1 << 3;
/// Absent cells are dealt with.
pub const CLAIMS_ABSENT: u32 = 1 << 4;
/// A score depends on the region's own children only.
pub const CLAIMS_ROWWISE: u32 = 1 << 5;

// What one side of an intermediate result belongs to.
/// Nothing: there is one.
pub const AXIS_ONE: u32 = 0;
/// The rows of the input.
pub const AXIS_REGIONS: u32 = 1;
/// The columns of the input; for a stage that works on one column there is one.
pub const AXIS_SIBLINGS: u32 = 2;
/// A list of its own, numbered from 1.
pub const AXIS_LIST: u32 = 3;

// What the result of a method can be.
/// Any number.
pub const GIVES_ANY: u32 = 0;
/// Numbers between `lower` and `upper`.
pub const GIVES_BOUNDS: u32 = 1;
/// Numbers about zero, as z-scores are.
pub const GIVES_CENTRED: u32 = 2;
/// Aggregation: what a mean of the children can be.
pub const GIVES_MEAN: u32 = 3;
/// Aggregation: what a sum of the children can be.
pub const GIVES_SUM: u32 = 4;
/// Aggregation: points out of full marks.
pub const GIVES_POINTS: u32 = 5;

// The kinds of settings.
/// `flag`.
pub const KIND_BOOL: u32 = 1;
/// `number`.
pub const KIND_NUMBER: u32 = 2;
/// `number`, whole and zero or above.
pub const KIND_WHOLE: u32 = 3;
/// `text`.
pub const KIND_TEXT: u32 = 4;
/// `text`, one of the declared `words`.
pub const KIND_CHOICE: u32 = 5;
/// `numbers`.
pub const KIND_NUMBERS: u32 = 6;
/// `texts`.
pub const KIND_TEXTS: u32 = 7;

/// A method that a plugin offers.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Its stage: a `STAGE_`.
    pub stage: u32,
    /// What it needs: `NEEDS_` bits.
    pub needs: u32,
    /// What it claims: `CLAIMS_` bits.
    pub claims: u32,
    /// What it gives: a `GIVES_`.
    pub gives: u32,
    /// The bounds of what it gives, where there are some.
    pub lower: f64,
    /// The upper one.
    pub upper: f64,
    /// The word that selects it.
    pub name: Text,
    /// Its name in Chinese.
    pub zh: Text,
    /// What it does, in one sentence.
    pub summary: Text,
    /// The formula.
    pub formula: Text,
    /// Where it comes from.
    pub reference: Text,
    /// Its settings.
    pub settings: *const Declared,
    /// How many.
    pub setting_count: usize,
    /// The size of one [`Declared`] in bytes.
    pub setting_size: usize,
    /// A worked example; null for none.
    pub example: *const Example,
}

/// A setting as declared.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// Its name, doc and default.
    pub default: Setting,
    /// What it does, in one sentence.
    pub doc: Text,
    /// 1 where it must be stated, so that the default means nothing.
    pub required: u32,
    /// 1 where `least` and `greatest` bound it.
    pub bounded: u32,
    /// The least number allowed.
    pub least: f64,
    /// The greatest number allowed.
    pub greatest: f64,
    /// The words that it may be.
    pub words: *const Text,
    /// How many.
    pub word_count: usize,
}

/// A setting with its value.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name.
    pub name: Text,
    /// Its kind: a `KIND_`.
    pub kind: u32,
    /// Its value, of a bool.
    pub flag: u32,
    /// Its value, of a number.
    pub number: f64,
    /// Its value, of a text.
    pub text: Text,
    /// Its value, of numbers.
    pub numbers: *const f64,
    /// Its value, of texts.
    pub texts: *const Text,
    /// How many numbers or texts.
    pub count: usize,
}

/// A worked example: small inputs with the result that a reader can check.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The settings that differ from their defaults.
    pub settings: *const Setting,
    /// How many.
    pub setting_count: usize,
    /// How many rows each column has.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
    /// The columns one after the other; NaN is an absent cell.
    pub values: *const f64,
    /// Aggregation: the weights, one a column; null for equal ones.
    pub weights: *const f64,
    /// 1 or -1 for each column; null where more is better in all.
    pub directions: *const f64,
    /// The result.
    pub expected: *const f64,
    /// How many numbers it has.
    pub expected_count: usize,
    /// Where the figures come from.
    pub source: Text,
}

/// The facts of an indicator; NaN for what is not stated.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indicator {
    /// 1 where more is better, -1 where less is.
    pub direction: f64,
    /// The least value that can be right.
    pub lower: f64,
    /// The greatest.
    pub upper: f64,
    /// The goalpost that scores nothing.
    pub bad: f64,
    /// The goalpost that scores full.
    pub good: f64,
    /// The value aimed at.
    pub target: f64,
}

impl Default for Indicator {
    /// More is better, and nothing else is stated.
    fn default() -> Self {
        const NAN: f64 = f64::NAN;
        Indicator { direction: 1.0, lower: NAN, upper: NAN, bad: NAN, good: NAN, target: NAN }
    }
}

/// What an instance is run on. What a stage has no use for is null or zero.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// The size of this struct in bytes, as the host knows it.
    pub size: u32,
    /// The stage: a `STAGE_`.
    pub stage: u32,
    /// How many rows there are.
    pub rows: usize,
    /// How many columns: 1 for treatment, normalisation and tiering; the children; every leaf for imputation.
    pub columns: usize,
    /// The columns: a pointer to `rows` numbers for each, NaN where absent.
    pub values: *const *const f64,
    /// The codes of the columns.
    pub codes: *const Text,
    /// 1 or -1 for each column. Tiering: -1 where less is better in the scores as they are shown; they arrive with their
    /// sign changed, so that a stated bound has to be multiplied by this.
    pub directions: *const f64,
    /// Weighting: what each sibling states, NaN where nothing. Aggregation: the weights, of sum one.
    pub weights: *const f64,
    /// Full marks of each child, NaN where it has none.
    pub full_marks: *const f64,
    /// Aggregation, where a cell is absent: the weights row by row, column after column; NaN in a row without a score.
    pub row_weights: *const f64,
    /// Tiering: the ranks, 1 being the best, NaN where absent.
    pub ranks: *const f64,
    /// Imputation: which of the columns is to be filled.
    pub column: usize,
    /// The facts of the one indicator.
    pub indicator: Indicator,
    /// Which region each row is of: equal numbers, equal regions.
    pub regions: *const u32,
    /// Which period each row is of, ascending in time.
    pub periods: *const u32,
    /// The point in time of each row.
    pub times: *const f64,
    /// System: the nodes of the tree that it starts from.
    pub nodes: *const Node,
    /// How many.
    pub node_count: usize,
}

/// Where an instance puts its result.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// The size of this struct in bytes, as the host knows it.
    pub size: u32,
    /// Not used.
    pub reserved: u32,
    /// The result: a number a row; for weighting a number a column; for tiering the tier from 1, NaN for none.
    /// Imputation finds the column in it and writes the absent cells only.
    pub values: *mut f64,
    /// How many numbers belong there.
    pub count: usize,
    /// System: takes the nodes of the tree, one call each.
    pub emit: Option<unsafe extern "C" fn(sink: *mut c_void, node: *const Node)>,
    /// What `emit` and `give` are handed.
    pub sink: *mut c_void,
    /// Takes an intermediate result, one call each; null where nobody asks for them. It is there where `size` reaches
    /// beyond it.
    pub give: Option<unsafe extern "C" fn(sink: *mut c_void, result: *const Intermediate)>,
}

/// An intermediate result: a table that says how an instance came to its result, such as the weights that it found for each
/// region.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Intermediate {
    /// The size of this struct in bytes, as the plugin knows it.
    pub size: u32,
    /// What its rows belong to: an `AXIS_`.
    pub rows: u32,
    /// What its columns belong to: an `AXIS_`.
    pub columns: u32,
    /// 1 where another run on the same regions in another order may give others that are as good.
    pub several: u32,
    /// Its name.
    pub name: Text,
    /// The figures, row by row; NaN for none.
    pub values: *const f64,
    /// How many columns it has.
    pub width: usize,
    /// How many figures it has in all.
    pub count: usize,
}

/// A node of an indicator system; NaN and empty texts for what is not stated.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Its code.
    pub code: Text,
    /// The code of its parent; empty for the root.
    pub parent: Text,
    /// Its name.
    pub name: Text,
    /// Its unit.
    pub unit: Text,
    /// The column of the data that a leaf is read from; its code where empty.
    pub column: Text,
    /// Its weight.
    pub weight: f64,
    /// Its full marks.
    pub full_marks: f64,
    /// The facts of a leaf.
    pub indicator: Indicator,
}

/// Room for a message: the plugin writes up to `capacity` bytes of UTF-8 and says how many.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// Where.
    pub ptr: *mut u8,
    /// How many bytes there is room for.
    pub capacity: usize,
    /// How many were written.
    pub len: usize,
    /// The row at hand, or -1.
    pub row: i64,
}

impl Text {
    /// No text.
    pub const EMPTY: Text = Text { ptr: std::ptr::null(), len: 0 };

    /// A text that lives for ever.
    pub const fn of(text: &'static str) -> Text {
        Text { ptr: text.as_ptr(), len: text.len() }
    }
}

/// What this code is built for, as [`Table::target`] has it.
pub const TARGET: &str = target();

const fn target() -> &'static str {
    macro_rules! pairs {
        ($($arch:literal: $($os:literal)+;)+) => {
            $($(
                if cfg!(all(target_arch = $arch, target_os = $os)) {
                    return concat!($arch, "-", $os);
                }
            )+)+
        };
    }
    pairs! {
        "x86_64": "linux" "macos" "windows" "freebsd";
        "aarch64": "linux" "macos" "windows" "freebsd";
        "riscv64": "linux" "freebsd";
        "powerpc64": "linux";
        "s390x": "linux";
        "x86": "linux" "windows";
        "arm": "linux";
    }
    "unknown"
}

macro_rules! shared {
    ($($kind:ty),+) => { $(
        // SAFETY: what a plugin says of itself lives as long as the process, and is only read.
        unsafe impl Sync for $kind {}
        // SAFETY: as above.
        unsafe impl Send for $kind {}
    )+ };
}
shared!(Table, Method, Declared, Setting, Example, Text);
