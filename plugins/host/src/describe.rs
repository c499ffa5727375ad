//! What a plugin says of itself, copied out of its tables into Rust's own types.

use indexmap::IndexMap;
use quanheng_core::method::{
    Accepts, Claims, Domain, Example, Needs, Setting, Settings, Stage, Units, Value,
};
use quanheng_core::model::{Direction, Indicator};
use quanheng_plugin::contract::{self, Table, Text};

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

/// The text behind a pointer; `None` where it is no UTF-8.
///
/// # Safety
/// It points to so many bytes.
pub(crate) unsafe fn text(text: &Text) -> Option<String> {
    if text.ptr.is_null() || text.len == 0 {
        return Some(String::new());
    }
    // SAFETY: as the caller says.
    let bytes = unsafe { std::slice::from_raw_parts(text.ptr, text.len) };
    std::str::from_utf8(bytes).ok().map(str::to_owned)
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
    let part = |what: &'static str, t: &Text| unsafe { text(t) }.ok_or(Refusal::NotText { what });
    let mut description = Description {
        name: part("name", &table.name)?,
        version: part("version", &table.version)?,
        contract: table.contract,
        methods: Vec::new(),
    };
    for k in 0..table.count {
        // SAFETY: the table says that there are so many methods, of that size.
        let method: contract::Method = unsafe { element(table.methods, k, table.method_size) };
        let name = part("name of a method", &method.name)?;
        let nonsense = |what: String| Refusal::Nonsense { method: name.clone(), what };
        if name.is_empty() {
            return Err(nonsense("it has no name".into()));
        }
        let stage = match method.stage {
            contract::STAGE_SYSTEM => Stage::System,
            contract::STAGE_IMPUTATION => Stage::Imputation,
            contract::STAGE_TREATMENT => Stage::Treatment,
            contract::STAGE_NORMALISATION => Stage::Normalisation,
            contract::STAGE_WEIGHTING => Stage::Weighting,
            contract::STAGE_AGGREGATION => Stage::Aggregation,
            contract::STAGE_TIERING => Stage::Tiering,
            other => return Err(nonsense(format!("there is no stage {other}"))),
        };
        let has = |bit: u32| method.needs & bit != 0;
        let claims_it = |bit: u32| method.claims & bit != 0;
        let mut settings = Vec::new();
        for s in 0..method.setting_count {
            // SAFETY: the method says that there are so many settings, of that size.
            let declared: contract::Declared =
                unsafe { element(method.settings, s, method.setting_size) };
            // SAFETY: as above.
            settings.push(unsafe { setting(&declared) }.map_err(&nonsense)?);
        }
        description.methods.push(Offer {
            stage,
            zh: part("Chinese name of a method", &method.zh)?,
            summary: part("summary of a method", &method.summary)?,
            formula: part("formula of a method", &method.formula)?,
            reference: part("reference of a method", &method.reference)?,
            settings,
            needs: Needs {
                positive: has(contract::NEEDS_POSITIVE),
                non_negative: has(contract::NEEDS_NON_NEGATIVE),
                complete: has(contract::NEEDS_COMPLETE),
                oriented: has(contract::NEEDS_ORIENTED),
                panel: has(contract::NEEDS_PANEL),
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
                _ => return Err(nonsense("what it gives means nothing".into())),
            },
            // SAFETY: null, or an example as the contract has it.
            example: match unsafe { method.example.as_ref() } {
                None => None,
                // SAFETY: as above.
                Some(example) => Some(unsafe { worked(example) }.map_err(&nonsense)?),
            },
            name,
        });
    }
    Ok(description)
}

/// The value of a setting.
///
/// # Safety
/// As the contract has it.
unsafe fn value(setting: &contract::Setting) -> Result<Value, String> {
    let not_text = || "a text of a setting is not UTF-8".to_owned();
    Ok(match setting.kind {
        contract::KIND_BOOL => Value::Bool(setting.flag != 0),
        contract::KIND_NUMBER | contract::KIND_WHOLE => Value::Number(setting.number),
        // SAFETY: as the caller says.
        contract::KIND_TEXT | contract::KIND_CHOICE => {
            Value::Text(unsafe { text(&setting.text) }.ok_or_else(not_text)?)
        }
        contract::KIND_NUMBERS => {
            // SAFETY: as the caller says.
            let numbers = unsafe { numbers(setting.numbers, setting.count) };
            Value::List(numbers.into_iter().map(Value::Number).collect())
        }
        contract::KIND_TEXTS => {
            let mut list = Vec::new();
            for k in 0..setting.count {
                // SAFETY: as the caller says.
                let one = unsafe { text(&*setting.texts.add(k)) }.ok_or_else(not_text)?;
                list.push(Value::Text(one));
            }
            Value::List(list)
        }
        other => return Err(format!("there is no kind of setting {other}")),
    })
}

/// A setting as declared.
///
/// # Safety
/// As the contract has it.
unsafe fn setting(declared: &contract::Declared) -> Result<Setting, String> {
    let not_text = || "a text of a setting is not UTF-8".to_owned();
    // SAFETY: as the caller says.
    let (name, doc) = unsafe { (text(&declared.default.name), text(&declared.doc)) };
    let (name, doc) = (name.ok_or_else(not_text)?, doc.ok_or_else(not_text)?);
    if name.is_empty() {
        return Err("a setting has no name".into());
    }
    let mut words = Vec::new();
    for k in 0..declared.word_count {
        // SAFETY: as the caller says.
        words.push(unsafe { text(&*declared.words.add(k)) }.ok_or_else(not_text)?);
    }
    let accepts = match declared.default.kind {
        contract::KIND_BOOL => Accepts::Bool,
        contract::KIND_NUMBER => Accepts::Number,
        contract::KIND_WHOLE => Accepts::Whole,
        contract::KIND_TEXT => Accepts::Text,
        contract::KIND_CHOICE => Accepts::Choice(words),
        contract::KIND_NUMBERS => Accepts::Numbers,
        contract::KIND_TEXTS => Accepts::Texts,
        other => return Err(format!("there is no kind of setting {other}")),
    };
    // SAFETY: as the caller says.
    let default = unsafe { value(&declared.default) }?;
    Ok(Setting {
        name: name.into(),
        doc: doc.into(),
        accepts,
        default: (declared.required == 0).then_some(default),
        range: (declared.bounded != 0).then_some((declared.least, declared.greatest)),
    })
}

/// A worked example.
///
/// # Safety
/// As the contract has it.
unsafe fn worked(example: &contract::Example) -> Result<Example, String> {
    let mut settings = IndexMap::new();
    for k in 0..example.setting_count {
        // SAFETY: as the caller says.
        let (name, value) = unsafe {
            let setting = &*example.settings.add(k);
            (text(&setting.name), value(setting)?)
        };
        settings.insert(name.unwrap_or_default(), value);
    }
    let cells = example.rows.checked_mul(example.columns).ok_or("an example beyond all memory")?;
    // SAFETY: as the caller says.
    let (values, weights, directions, expected, source) = unsafe {
        (
            numbers(example.values, cells),
            numbers(example.weights, example.columns),
            numbers(example.directions, example.columns),
            numbers(example.expected, example.expected_count),
            text(&example.source),
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
        source: source.unwrap_or_default().into(),
        ..Example::default()
    })
}
