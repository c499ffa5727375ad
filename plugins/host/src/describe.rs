//! The description of a plugin, copied from its tables into types of Rust.

use indexmap::IndexMap;
use quanheng_core::method::{
    Accepts, Claims, Domain, Example, Needs, Setting, Settings, Stage, Units, Value,
};
use quanheng_core::model::{Direction, Indicator};
use quanheng_plugin::contract::{self, Table, Text};
use quanheng_words::{Text as Words, text};

use crate::refusal::Refusal;

/// What a plugin offers.
#[derive(Clone, Debug, Default)]
pub struct Description {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The contract that it is written to.
    pub contract: u32,
    /// Its methods.
    pub methods: Vec<Offer>,
}

/// A method that a plugin offers.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The stage.
    pub stage: Stage,
    /// The word that selects it.
    pub name: String,
    /// Its name in Chinese.
    pub zh: String,
    /// What it does, in one sentence.
    pub summary: String,
    /// The formula.
    pub formula: String,
    /// Where it comes from.
    pub reference: String,
    /// Its settings.
    pub settings: Vec<Setting>,
    /// What it needs.
    pub needs: Needs,
    /// Weighting: the fact that every sibling must state.
    pub needs_fact: Option<&'static str>,
    /// What it claims of itself.
    pub claims: Claims,
    /// Whether a score depends on the region's own children only.
    pub rowwise: bool,
    /// What its result can be.
    pub gives: Outcome,
    /// Its worked example.
    pub example: Option<Example>,
}

/// What the result of a method can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// This, whatever the children.
    Is(Domain),
    /// What a mean of the children can be.
    Mean,
    /// What a sum of the children can be.
    Sum,
    /// Points out of full marks.
    Points,
}

/// The longest text that is taken, in bytes.
pub(crate) const LONGEST: usize = 1 << 16;

/// The most methods, settings of a method, words of a setting, and numbers of a list or an example that are taken: more
/// is not a plugin, but a count gone wrong.
const METHODS: usize = 1000;
const SETTINGS: usize = 200;
const WORDS: usize = 1000;
const NUMBERS: usize = 1 << 20;

/// Where the last field of the first contract ends; every plugin of any contract has as much.
const LEAST_METHOD: usize =
    std::mem::offset_of!(contract::Method, example) + size_of::<*const contract::Example>();
const LEAST_SETTING: usize =
    std::mem::offset_of!(contract::Declared, word_count) + size_of::<usize>();

/// The greatest size that a struct can have grown to.
const GREATEST: usize = 4096;

/// Why a text is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoText {
    /// It is not UTF-8.
    Bytes,
    /// It is longer than any text.
    Long(usize),
}

impl NoText {
    /// In words, after the name of the text.
    pub(crate) fn words(self) -> Words {
        match self {
            NoText::Bytes => text!(plugin_not_utf8),
            NoText::Long(len) => text!(plugin_text_long, bytes = len, most = LONGEST),
        }
    }

    /// In words, of a part of the plugin.
    pub(crate) fn of(self, part: Words) -> Words {
        text!(plugin_text_is, what = text!(plugin_its, what = part), why = self.words())
    }
}

/// The text behind a pointer.
///
/// # Safety
/// It points to so many bytes.
pub(crate) unsafe fn text(text: &Text) -> Result<String, NoText> {
    if text.ptr.is_null() || text.len == 0 {
        return Ok(String::new());
    }
    if text.len > LONGEST {
        return Err(NoText::Long(text.len));
    }
    // SAFETY: as the caller says.
    let bytes = unsafe { std::slice::from_raw_parts(text.ptr, text.len) };
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| NoText::Bytes)
}

/// A text without control characters.
pub(crate) fn plain(text: String) -> String {
    let order = |c: char| c.is_control() && c != '\n';
    if text.contains(order) { text.replace(order, " ") } else { text }
}

/// The text behind a pointer, which is the `what` of something.
///
/// # Safety
/// As [`text`].
unsafe fn named(what: Words, t: &Text) -> Result<String, Words> {
    // SAFETY: as the caller says.
    unsafe { text(t) }.map(plain).map_err(|why| why.of(what))
}

/// A name is something that can be typed: `what` is its owner.
fn name(what: Words, name: &str) -> Result<(), Words> {
    if name.is_empty() {
        return Err(text!(plugin_name_missing, what = what));
    }
    if name.chars().count() > 100 || name.contains('\n') {
        let start: String = name.chars().take(20).filter(|c| *c != '\n').collect();
        return Err(text!(plugin_name_long, what = what, start = start));
    }
    Ok(())
}

/// Checks that the length of a list is possible.
fn counted<T>(what: Words, list: *const T, count: usize, most: usize) -> Result<(), Words> {
    if count > most {
        return Err(text!(plugin_count_beyond, count = count, what = what, most = most));
    }
    if count > 0 && list.is_null() {
        return Err(text!(plugin_count_null, count = count, what = what));
    }
    Ok(())
}

/// Checks that the size of an element is possible.
fn sized(what: Words, size: usize, least: usize) -> Result<(), Words> {
    if (least..=GREATEST).contains(&size) {
        return Ok(());
    }
    Err(text!(plugin_one_size, what = what, size = size, least = least, most = GREATEST))
}

/// Element `k` of a list whose elements have `size` bytes, as much of it as is there; the rest is zero.
///
/// # Safety
/// The list has an element `k`, and `T` may be all zeros.
unsafe fn element<T: Copy>(list: *const T, k: usize, size: usize) -> T {
    let mut whole = std::mem::MaybeUninit::<T>::zeroed();
    // SAFETY: as the caller says; only bytes that both know are copied.
    unsafe {
        std::ptr::copy_nonoverlapping(
            list.cast::<u8>().add(k * size),
            whole.as_mut_ptr().cast::<u8>(),
            size.min(size_of::<T>()),
        );
        whole.assume_init()
    }
}

/// Numbers behind a pointer.
///
/// # Safety
/// It is null or points to so many.
unsafe fn numbers(ptr: *const f64, count: usize) -> Vec<f64> {
    if ptr.is_null() || count == 0 {
        return Vec::new();
    }
    // SAFETY: as the caller says.
    unsafe { std::slice::from_raw_parts(ptr, count) }.to_vec()
}

/// What a table says.
///
/// # Safety
/// The table is one of a contract that this crate knows.
pub(crate) unsafe fn describe(table: &Table) -> Result<Description, Refusal> {
    // SAFETY: texts of a table are as the contract has them.
    let part = |what: Words, t: &Text| match unsafe { text(t) } {
        Ok(text) => Ok(plain(text)),
        Err(NoText::Bytes) => Err(Refusal::NotText { what }),
        Err(long) => Err(Refusal::Unusable { what: long.of(what) }),
    };
    let unusable = |what: Words| Refusal::Unusable { what };
    let mut description = Description {
        name: part(text!(plugin_part_name), &table.name)?,
        version: part(text!(plugin_part_version), &table.version)?,
        contract: table.contract,
        methods: Vec::new(),
    };
    name(text!(plugin_this), &description.name).map_err(unusable)?;
    counted(text!(plugin_methods), table.methods, table.count, METHODS).map_err(unusable)?;
    if table.count == 0 {
        return Err(unusable(text!(plugin_no_methods)));
    }
    sized(text!(plugin_methods), table.method_size, LEAST_METHOD).map_err(unusable)?;
    for k in 0..table.count {
        // SAFETY: the table says that there are so many methods, of that size.
        let method: contract::Method = unsafe { element(table.methods, k, table.method_size) };
        let called = part(text!(plugin_part_method_name), &method.name)?;
        let place = text!(plugin_method_place, k = k + 1, count = table.count);
        name(place, &called).map_err(unusable)?;
        let nonsense = |what: Words| Refusal::Nonsense { method: called.clone(), what };
        let stage = match method.stage {
            contract::STAGE_SYSTEM => Stage::System,
            contract::STAGE_IMPUTATION => Stage::Imputation,
            contract::STAGE_TREATMENT => Stage::Treatment,
            contract::STAGE_NORMALISATION => Stage::Normalisation,
            contract::STAGE_WEIGHTING => Stage::Weighting,
            contract::STAGE_AGGREGATION => Stage::Aggregation,
            contract::STAGE_TIERING => Stage::Tiering,
            other => return Err(nonsense(text!(plugin_stage_unknown, stage = other))),
        };
        let has = |bit: u32| method.needs & bit != 0;
        let claims_it = |bit: u32| method.claims & bit != 0;
        let same = |m: &Offer| m.stage == stage && m.name == called;
        if description.methods.iter().any(same) {
            return Err(nonsense(text!(plugin_named_twice, stage = stage.name())));
        }
        counted(text!(plugin_settings), method.settings, method.setting_count, SETTINGS)
            .map_err(nonsense)?;
        if method.setting_count > 0 {
            sized(text!(plugin_settings), method.setting_size, LEAST_SETTING).map_err(nonsense)?;
        }
        let mut settings: Vec<Setting> = Vec::new();
        for s in 0..method.setting_count {
            // SAFETY: the method says that there are so many settings, of that size.
            let declared: contract::Declared =
                unsafe { element(method.settings, s, method.setting_size) };
            // SAFETY: as above.
            let declared = unsafe { setting(&declared) }.map_err(&nonsense)?;
            if settings.iter().any(|s| s.name == declared.name) {
                return Err(nonsense(text!(plugin_setting_twice, name = declared.name.as_ref())));
            }
            settings.push(declared);
        }
        description.methods.push(Offer {
            stage,
            zh: part(text!(plugin_part_chinese), &method.zh)?,
            summary: part(text!(plugin_part_summary), &method.summary)?,
            formula: part(text!(plugin_part_formula), &method.formula)?,
            reference: part(text!(plugin_part_reference), &method.reference)?,
            settings,
            needs: Needs {
                positive: has(contract::NEEDS_POSITIVE),
                non_negative: has(contract::NEEDS_NON_NEGATIVE),
                complete: has(contract::NEEDS_COMPLETE),
                oriented: has(contract::NEEDS_ORIENTED),
                panel: has(contract::NEEDS_PANEL),
                ..Needs::NOTHING
            },
            needs_fact: match (has(contract::NEEDS_WEIGHT), has(contract::NEEDS_FULL_MARKS)) {
                (true, _) => Some("weight"),
                (false, true) => Some("full_marks"),
                (false, false) => None,
            },
            claims: Claims {
                monotone: claims_it(contract::CLAIMS_MONOTONE),
                units: match (
                    claims_it(contract::CLAIMS_SCALE_AND_SHIFT),
                    claims_it(contract::CLAIMS_SCALE),
                ) {
                    (true, _) => Units::ScaleAndShift,
                    (false, true) => Units::Scale,
                    (false, false) => Units::Matter,
                },
                zero_weight: claims_it(contract::CLAIMS_ZERO_WEIGHT),
                absent: claims_it(contract::CLAIMS_ABSENT),
            },
            rowwise: claims_it(contract::CLAIMS_ROWWISE),
            gives: match method.gives {
                contract::GIVES_ANY => Outcome::Is(Domain::ANY),
                contract::GIVES_BOUNDS if method.lower <= method.upper => {
                    Outcome::Is(Domain::between(method.lower, method.upper))
                }
                contract::GIVES_CENTRED => Outcome::Is(Domain { centred: true, ..Domain::ANY }),
                contract::GIVES_MEAN => Outcome::Mean,
                contract::GIVES_SUM => Outcome::Sum,
                contract::GIVES_POINTS => Outcome::Points,
                _ => return Err(nonsense(text!(plugin_gives_nonsense))),
            },
            // SAFETY: null, or an example as the contract has it.
            example: match unsafe { method.example.as_ref() } {
                None => None,
                // SAFETY: as above.
                Some(example) => Some(unsafe { worked(example) }.map_err(&nonsense)?),
            },
            name: called,
        });
    }
    Ok(description)
}

/// Texts behind a pointer.
///
/// # Safety
/// It is null or points to so many.
unsafe fn texts(what: Words, list: *const Text, count: usize) -> Result<Vec<String>, Words> {
    counted(what.clone(), list, count, WORDS)?;
    // SAFETY: as the caller says.
    (0..count).map(|k| unsafe { named(what.clone(), &*list.add(k)) }).collect()
}

/// The value of a setting.
///
/// # Safety
/// As the contract has it.
unsafe fn value(setting: &contract::Setting) -> Result<Value, Words> {
    Ok(match setting.kind {
        contract::KIND_BOOL => Value::Bool(setting.flag != 0),
        contract::KIND_NUMBER | contract::KIND_WHOLE => Value::Number(setting.number),
        contract::KIND_TEXT | contract::KIND_CHOICE => {
            // SAFETY: as the caller says.
            Value::Text(unsafe { named(text!(plugin_part_setting_value), &setting.text) }?)
        }
        contract::KIND_NUMBERS => {
            counted(text!(plugin_numbers_in_setting), setting.numbers, setting.count, NUMBERS)?;
            // SAFETY: as the caller says.
            let numbers = unsafe { numbers(setting.numbers, setting.count) };
            Value::List(numbers.into_iter().map(Value::Number).collect())
        }
        contract::KIND_TEXTS => {
            // SAFETY: as the caller says.
            let texts = unsafe { texts(text!(plugin_part_texts), setting.texts, setting.count) }?;
            Value::List(texts.into_iter().map(Value::Text).collect())
        }
        other => return Err(text!(plugin_kind_unknown, kind = other)),
    })
}

/// A setting as declared.
///
/// # Safety
/// As the contract has it.
unsafe fn setting(declared: &contract::Declared) -> Result<Setting, Words> {
    // SAFETY: as the caller says.
    let (called, doc, words) = unsafe {
        (
            named(text!(plugin_part_setting_name), &declared.default.name)?,
            named(text!(plugin_part_setting_doc), &declared.doc)?,
            texts(text!(plugin_choice_words), declared.words, declared.word_count)?,
        )
    };
    name(text!(plugin_setting), &called)?;
    let accepts = match declared.default.kind {
        contract::KIND_BOOL => Accepts::Bool,
        contract::KIND_NUMBER => Accepts::Number,
        contract::KIND_WHOLE => Accepts::Whole,
        contract::KIND_TEXT => Accepts::Text,
        contract::KIND_CHOICE => Accepts::Choice(words),
        contract::KIND_NUMBERS => Accepts::Numbers,
        contract::KIND_TEXTS => Accepts::Texts,
        other => return Err(text!(plugin_kind_unknown, kind = other)),
    };
    let default = match declared.required {
        // SAFETY: as the caller says.
        0 => Some(unsafe { value(&declared.default) }?),
        _ => None,
    };
    let range = (declared.bounded != 0).then_some((declared.least, declared.greatest));
    let setting = Setting {
        name: called.into(),
        doc: doc.into(),
        accepts,
        default,
        range,
        in_unit: false,
        only: None,
    };
    if let Some(default) = &setting.default
        && setting.check(default).is_err()
    {
        return Err(text!(plugin_default_wrong, name = setting.name.as_ref()));
    }
    Ok(setting)
}

/// A worked example.
///
/// # Safety
/// As the contract has it.
unsafe fn worked(example: &contract::Example) -> Result<Example, Words> {
    let mut settings = IndexMap::new();
    counted(
        text!(plugin_part_example_settings),
        example.settings,
        example.setting_count,
        SETTINGS,
    )?;
    for k in 0..example.setting_count {
        // SAFETY: as the caller says.
        let (name, value) = unsafe {
            let setting = &*example.settings.add(k);
            (named(text!(plugin_part_setting_name), &setting.name)?, value(setting)?)
        };
        settings.insert(name, value);
    }
    let cells = example.rows.saturating_mul(example.columns.max(1)).max(example.columns);
    counted(text!(plugin_part_example_values), std::ptr::dangling::<f64>(), cells, NUMBERS)?;
    let cells = example.rows * example.columns;
    counted(text!(plugin_part_example_values), example.values, cells, NUMBERS)?;
    counted(text!(plugin_part_example_results), example.expected, example.expected_count, NUMBERS)?;
    // SAFETY: as the caller says.
    let (values, weights, directions, expected, source) = unsafe {
        (
            numbers(example.values, cells),
            numbers(example.weights, example.columns),
            numbers(example.directions, example.columns),
            numbers(example.expected, example.expected_count),
            named(text!(plugin_part_example_source), &example.source)?,
        )
    };
    let columns = match example.rows {
        0 => vec![Vec::new(); example.columns],
        rows => values.chunks(rows).map(<[f64]>::to_vec).collect(),
    };
    let indicator = |direction: &f64| Indicator {
        direction: if *direction < 0.0 { Direction::Negative } else { Direction::Positive },
        ..Indicator::default()
    };
    Ok(Example {
        settings: Settings(settings),
        columns,
        indicators: directions.iter().map(indicator).collect(),
        stated: Vec::new(),
        weights,
        expected,
        source: source.into(),
        ..Example::default()
    })
}
