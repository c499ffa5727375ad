//! Settings that a script declares: `const ZERO = setting("zero", "limit", ["limit", "range"]);`

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use quanheng_core::method::{Accepts, Setting, SettingError, SettingFault, Settings, Value};
use quanheng_words::text;
use rhai::{Array, Dynamic, ImmutableString, Map, NativeCallContext};

use crate::call::Constants;
use crate::host::functions::{Functions, Number, functions, number};
use crate::limits::is_unfit;
use crate::problem::{Failed, a, fail};

/// The run of the top of a script: settings are declared and get their values.
#[derive(Clone, Debug)]
pub(crate) struct Declaring(pub(crate) Arc<Mutex<Declared>>);

const MOST_SETTINGS: usize = 100;

#[derive(Debug, Default)]
pub(crate) struct Declared {
    pub(crate) stated: Settings,
    pub(crate) settings: Vec<Setting>,
    /// What each setting came to.
    pub(crate) values: BTreeMap<String, Dynamic>,
    /// What is wrong with a stated value.
    pub(crate) fault: Option<SettingError>,
}

fn declare(
    context: &NativeCallContext<'_>,
    name: &str,
    default: Option<Dynamic>,
    accepts: Option<Accepts>,
    range: Option<(f64, f64)>,
) -> Result<Dynamic, Failed> {
    // A script that imports modules runs its top again with each call: settings have their values by then.
    if let Some(constants) = context.tag().and_then(|tag| tag.read_lock::<Constants>())
        && let Some(value) = constants.0.settings.get(name)
    {
        return Ok(value.clone());
    }
    let declaring = context.tag().and_then(|tag| tag.clone().try_cast::<Declaring>());
    let Some(declaring) = declaring else {
        return Err(fail(text!(script_setting_inside), text!(script_setting_inside_hint)));
    };
    if default.as_ref().is_some_and(is_unfit) {
        return Err(fail(text!(script_default_deep, name = name), text!(script_setting_values)));
    }
    let optional = default.as_ref().is_some_and(Dynamic::is_unit);
    let value = default.as_ref().filter(|d| !d.is_unit()).map(plain_value).transpose()?;
    let accepts = match (accepts, &value) {
        (Some(accepts), _) => accepts,
        (None, Some(value)) => kind_of(value, default.as_ref().is_some_and(|d| d.is_int()))?,
        (None, None) => Accepts::Text,
    };
    let setting = Setting {
        name: name.to_owned().into(),
        doc: "".into(),
        accepts,
        default: value.clone(),
        range,
        in_unit: false,
        only: None,
    };
    let mut declared = declaring.0.lock().unwrap_or_else(|e| e.into_inner());
    if declared.settings.iter().any(|s| s.name == setting.name) {
        return Err(fail(
            text!(script_setting_twice, name = name),
            text!(script_setting_twice_hint),
        ));
    }
    if declared.settings.len() >= MOST_SETTINGS {
        return Err(fail(
            text!(script_many_settings, most = MOST_SETTINGS),
            text!(script_many_settings_hint),
        ));
    }
    let stated = declared.stated.0.get(name).cloned();
    declared.settings.push(setting.clone());
    let chosen = match stated {
        None => value,
        Some(stated) => match setting.check(&stated) {
            Ok(()) => Some(stated),
            Err(fault) => {
                let error = SettingError { setting: name.to_owned(), fault };
                declared.fault.get_or_insert(error);
                value
            }
        },
    };
    let value = match chosen {
        Some(chosen) => to_dynamic(&setting.plain(&chosen), &setting.accepts),
        None if optional => Dynamic::UNIT,
        None => {
            // Only known to be missing when the script is put to use; the text alone can still be looked at.
            let error = SettingError { setting: name.to_owned(), fault: SettingFault::Unstated };
            declared.fault.get_or_insert(error);
            stand_in(&setting.accepts)
        }
    };
    declared.values.insert(name.to_owned(), value.clone());
    Ok(value)
}

/// Whether the top of a script runs without a setting that it requires: what it asks of stand-ins says nothing.
pub(crate) fn is_unstated(context: &NativeCallContext<'_>) -> bool {
    let declaring = context.tag().and_then(|tag| tag.clone().try_cast::<Declaring>());
    declaring.is_some_and(|declaring| {
        let declared = declaring.0.lock().unwrap_or_else(|e| e.into_inner());
        declared.fault.as_ref().is_some_and(|error| error.fault == SettingFault::Unstated)
    })
}

/// The kind of a default.
fn kind_of(value: &Value, whole: bool) -> Result<Accepts, Failed> {
    let all = |items: &[Value], f: fn(&Value) -> bool| items.iter().all(f);
    let is_number = |v: &Value| matches!(v, Value::Number(_));
    let is_text = |v: &Value| matches!(v, Value::Text(_));
    Ok(match value {
        Value::Bool(_) => Accepts::Bool,
        Value::Number(_) if whole => Accepts::Whole,
        Value::Number(_) => Accepts::Number,
        Value::Text(_) => Accepts::Text,
        Value::List(items) if !items.is_empty() && all(items, is_text) => Accepts::Texts,
        Value::List(items) if all(items, is_number) => Accepts::Numbers,
        Value::List(_) => Accepts::Matrix,
        Value::Table(items) if items.values().all(is_number) => Accepts::NumberTable,
        Value::Table(items) if items.values().all(is_text) => Accepts::TextTable,
        Value::Table(_) => Accepts::MatrixTable,
    })
}

/// A kind by the word that scripts have for it.
fn kind_by_word(word: &str) -> Result<Accepts, Failed> {
    Ok(match word {
        "number" => Accepts::Number,
        "whole" => Accepts::Whole,
        "text" => Accepts::Text,
        "bool" => Accepts::Bool,
        "numbers" => Accepts::Numbers,
        "texts" => Accepts::Texts,
        "matrix" => Accepts::Matrix,
        "number_table" => Accepts::NumberTable,
        "text_table" => Accepts::TextTable,
        "matrix_table" => Accepts::MatrixTable,
        other => {
            let kinds = vec![
                "number",
                "whole",
                "text",
                "bool",
                "numbers",
                "texts",
                "matrix",
                "number_table",
                "text_table",
                "matrix_table",
            ];
            return Err(fail(
                text!(script_no_setting_kind, kind = other),
                text!(one_of, names = kinds),
            ));
        }
    })
}

fn stand_in(accepts: &Accepts) -> Dynamic {
    match accepts {
        Accepts::Bool => false.into(),
        Accepts::Number => 1.0.into(),
        Accepts::Whole => Dynamic::from(1_i64),
        Accepts::Numbers | Accepts::Matrix | Accepts::Texts => Array::new().into(),
        Accepts::NumberTable | Accepts::MatrixTable | Accepts::TextTable => Map::new().into(),
        _ => Dynamic::from(ImmutableString::new()),
    }
}

/// A plain value of a script as a setting's.
pub(crate) fn plain_value(value: &Dynamic) -> Result<Value, Failed> {
    if let Ok(b) = value.as_bool() {
        return Ok(Value::Bool(b));
    }
    if value.is_float() || value.is_int() {
        return number(value).map(Value::Number);
    }
    if let Ok(text) = value.clone().into_immutable_string() {
        return Ok(Value::Text(text.to_string()));
    }
    if let Some(list) = value.read_lock::<Array>() {
        return list.iter().map(plain_value).collect::<Result<_, _>>().map(Value::List);
    }
    if let Some(map) = value.read_lock::<Map>() {
        let pairs = map.iter().map(|(k, v)| Ok((k.to_string(), plain_value(v)?)));
        return pairs.collect::<Result<_, Failed>>().map(Value::Table);
    }
    Err(fail(
        text!(script_not_a_setting, kind = a(value.type_name())),
        text!(script_setting_values),
    ))
}

/// A setting's value in the hands of a script.
pub(crate) fn to_dynamic(value: &Value, accepts: &Accepts) -> Dynamic {
    match value {
        Value::Bool(b) => (*b).into(),
        Value::Number(x) if *accepts == Accepts::Whole => Dynamic::from(*x as i64),
        Value::Number(x) => (*x).into(),
        Value::Text(text) => Dynamic::from(ImmutableString::from(text)),
        Value::List(items) => {
            Dynamic::from_array(items.iter().map(|v| to_dynamic(v, &Accepts::Number)).collect())
        }
        Value::Table(items) => Dynamic::from_map(
            items
                .iter()
                .map(|(k, v)| (k.as_str().into(), to_dynamic(v, &Accepts::Number)))
                .collect(),
        ),
    }
}

pub(crate) fn register(lib: &mut Functions) {
    functions! { lib, "setting";
        /// Declares a setting with its default, at the top of a script; gives its value. Its kind is that of the default: a
        /// whole number (`3`), a number (`3.0`), a text, true or false, a list, a map.
        fn "setting"[context](name: ImmutableString, value: Dynamic) -> Dynamic {
            declare(context, &name, Some(value), None, None)
        }
        /// Declares a setting that is one of some words.
        fn "setting"[context](name: ImmutableString, value: ImmutableString, words: Array) -> Dynamic {
            let words: Vec<String> = words
                .into_iter()
                .map(|w| w.into_immutable_string().map(|w| w.to_string()))
                .collect::<Result<_, _>>()
                .map_err(|_| fail(text!(script_setting_words), text!(script_example, code = "setting(\"zero\", \"limit\", [\"limit\", \"range\"])")))?;
            if !words.contains(&value.to_string()) {
                return Err(fail(text!(script_default_not_a_word, value = value.as_str()), text!(one_of, names = words)));
            }
            declare(context, &name, Some(Dynamic::from(value)), Some(Accepts::Choice(words)), None)
        }
        /// Declares a setting that is a number, or a list of numbers, between two bounds.
        fn "setting"[context](name: ImmutableString, value: Dynamic, least: Number, greatest: Number) -> Dynamic {
            declare(context, &name, Some(value), None, Some((least.0, greatest.0)))
        }
        /// Declares a setting of a stated kind (see `required`), for a default that does not show it: an empty list, or `()`
        /// for nothing.
        fn "setting"[context](name: ImmutableString, value: Dynamic, kind: ImmutableString) -> Dynamic {
            declare(context, &name, Some(value), Some(kind_by_word(&kind)?), None)
        }
        /// Declares a setting that must be stated: a `number`, `whole`, `text`, `bool`, `numbers`, `texts`, `matrix` (lists of
        /// numbers), `number_table`, `text_table` or `matrix_table`.
        fn "required"[context](name: ImmutableString, kind: ImmutableString) -> Dynamic {
            let accepts = kind_by_word(&kind)?;
            declare(context, &name, None, Some(accepts), None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Host, Limits, Script, Unfit};
    use quanheng_core::method::Source;

    const TEXT: &str = r#"
const FACTOR = setting("factor", (), "number");
const NAMES = setting("names", [], "texts");
const CUTS = required("cuts", "numbers");
require(CUTS.len() > 1, "two cuts");
fn normalise(x) { if FACTOR == () { x } else { x * FACTOR } }
"#;

    #[test]
    fn settings_that_may_be_left_out_and_others_that_may_not() {
        let host = Host::new(None, Limits::default());
        let source = Source::new("test.rhai", TEXT);
        // What the top asks of a required setting waits until it is stated.
        let script = Script::compile(&host, Arc::new(source)).expect("a script");
        let unstated = script.prepare(&Settings::default()).expect_err("`cuts` is required");
        let fault = SettingFault::Unstated;
        assert_eq!(unstated, Unfit::Setting(SettingError { setting: "cuts".into(), fault }));
        let cuts = |n: usize| ("cuts", Value::from(vec![1.0; n]));
        let refused = script.prepare(&Settings::from([cuts(1)])).expect_err("too few");
        assert!(matches!(refused, Unfit::Fault(_)), "{refused:?}");
        let stated = [cuts(2), ("factor", 2.0.into()), ("names", vec!["A"].into())];
        let prepared = script.prepare(&Settings::from(stated)).expect("settings that fit");
        assert_eq!(prepared.constant("FACTOR").and_then(|x| x.as_float().ok()), Some(2.0));
        let left_out = script.prepare(&Settings::from([cuts(2)])).expect("settings that fit");
        assert!(left_out.constant("FACTOR").is_some_and(Dynamic::is_unit));
    }
}
