//! The JSON Schema of the project file, made of the tables of keys and methods.

use quanheng_core::aggregation::Aggregation;
use quanheng_core::imputation::Imputation;
use quanheng_core::method::{ABOVE_ZERO, Accepts, Entry as Method, Value};
use quanheng_core::normalisation::Normalisation;
use quanheng_core::tiering::Tiering;
use quanheng_core::treatment::Treatment;
use quanheng_core::weighting::Weighting;
use serde_json::{Map, Value as Json, json};

use super::{Key, Keys, Shape};
use crate::data::encoding::Encoding;
use crate::project::choices::Kind as Stage;
use crate::project::file::ProjectFile;
use crate::project::keys::choice as choice_keys;

/// The schema as text, ending in a line feed.
pub fn schema_text() -> String {
    let mut schema = table(&ProjectFile::keys());
    let mut definitions = Map::new();
    for (name, choice) in [
        ("imputation", choice::<dyn Imputation>()),
        ("treatment", choice::<dyn Treatment>()),
        ("normalisation", choice::<dyn Normalisation>()),
        ("weighting", choice::<dyn Weighting>()),
        ("aggregation", choice::<dyn Aggregation>()),
        ("tiering", choice::<dyn Tiering>()),
    ] {
        definitions.insert(name.to_owned(), choice);
    }
    let root = schema.as_object_mut().expect("a table");
    root.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".into(), json!("quanheng.toml"));
    root.insert("$defs".into(), Json::Object(definitions));
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    text.push('\n');
    text
}

fn table(keys: &[Key]) -> Json {
    let properties: Map<String, Json> = keys.iter().map(|k| (k.name.to_string(), key(k))).collect();
    let mut schema =
        json!({ "type": "object", "properties": properties, "additionalProperties": false });
    let needed: Vec<&str> = keys.iter().filter(|k| k.needed).map(|k| k.name.as_ref()).collect();
    if !needed.is_empty() {
        schema["required"] = json!(needed);
    }
    schema
}

fn key(key: &Key) -> Json {
    let mut schema = shape(&key.shape);
    schema["description"] = json!(key.doc);
    if let Some(default) = &key.default {
        schema["default"] = value(default);
    }
    schema
}

fn shape(shape: &Shape) -> Json {
    match shape {
        Shape::Plain(accepts, range) => plain(accepts, *range),
        Shape::Character => json!({ "type": "string", "minLength": 1, "maxLength": 1 }),
        Shape::Encoding => json!({ "type": "string", "examples": Encoding::USUAL }),
        Shape::List(shape) => json!({ "type": "array", "items": self::shape(shape) }),
        Shape::Table(keys) => table(keys),
        Shape::Open { keys, by } => {
            let open = |key: &String| {
                let mut open = table(keys);
                open["additionalProperties"] = json!(true);
                open["required"] = json!([key]);
                open
            };
            let ways: Vec<Json> = std::iter::once(table(keys)).chain(by.iter().map(open)).collect();
            json!({ "anyOf": ways })
        }
        Shape::By(shape) => {
            json!({ "type": "object", "additionalProperties": self::shape(shape) })
        }
        Shape::OneOf(shapes) => {
            json!({ "anyOf": shapes.iter().map(self::shape).collect::<Vec<_>>() })
        }
        Shape::Choice(stage) => {
            json!({ "anyOf": [{ "$ref": format!("#/$defs/{}", stage.name()) }] })
        }
        Shape::Later(shape) => self::shape(shape),
        Shape::Any => json!({}),
    }
}

/// A choice: the name of a method, or a table with its settings.
fn choice<M: Stage + ?Sized>() -> Json {
    let names: Vec<&str> = M::table().iter().map(|m| m.name).collect();
    let mut ways = vec![
        json!({ "enum": names }),
        json!({ "type": "string", "pattern": "^(script|plugin):" }),
        json!({ "type": "object", "anyOf": [{ "required": ["script"] }, { "required": ["plugin"] }] }),
    ];
    ways.extend(M::table().iter().map(|m| method::<M>(m)));
    json!({ "anyOf": ways })
}

fn method<M: Stage + ?Sized>(method: &Method<M>) -> Json {
    let mut properties = Map::new();
    properties
        .insert("method".into(), json!({ "const": method.name, "description": method.summary }));
    let stage = <M as Stage>::STAGE;
    let beside = choice_keys(stage).into_iter();
    for own in beside.filter(|k| !matches!(k.name.as_ref(), "method" | "script" | "plugin")) {
        properties.insert(own.name.to_string(), key(&own));
    }
    properties["at"]["additionalProperties"] =
        json!({ "$ref": format!("#/$defs/{}", stage.name()) });
    for setting in (method.settings)() {
        properties.insert(setting.name.to_string(), key(&Key::from(&setting)));
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": ["method"],
        "additionalProperties": false
    })
}

/// A fraction of two numbers.
const FRACTION: &str = r"^[0-9.]+ */ *[0-9.]+$";

/// A value such as a setting has.
fn plain(accepts: &Accepts, range: Option<(f64, f64)>) -> Json {
    let numbers = json!({ "type": "array", "items": { "type": "number" } });
    let mut schema = match accepts {
        Accepts::Bool => json!({ "type": "boolean" }),
        // A share can be written as a fraction.
        Accepts::Number if range.is_some_and(|(least, most)| least >= 0.0 && most <= 1.0) => {
            json!({ "type": ["number", "string"], "pattern": FRACTION })
        }
        Accepts::Number => json!({ "type": "number" }),
        Accepts::CountOrShare => {
            json!({ "type": ["number", "string"], "minimum": 0, "pattern": FRACTION })
        }
        Accepts::Whole => json!({ "type": "integer", "minimum": 0 }),
        Accepts::Text => json!({ "type": "string" }),
        Accepts::Choice(words) => json!({ "enum": words }),
        Accepts::ChoiceOrBool(words) => {
            json!({ "anyOf": [{ "enum": words }, { "type": "boolean" }] })
        }
        Accepts::ChoiceOrNumber(words) => {
            json!({ "anyOf": [{ "enum": words }, { "type": "number" }] })
        }
        Accepts::ChoiceOrWhole { words, least, greatest } => json!({ "anyOf": [
            { "enum": words },
            { "type": "integer", "minimum": least, "maximum": greatest }
        ] }),
        Accepts::Numbers => numbers,
        Accepts::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Accepts::Matrix => json!({ "type": "array", "items": numbers }),
        Accepts::NumberTable => {
            json!({ "type": "object", "additionalProperties": { "type": "number" } })
        }
        Accepts::TextTable => {
            json!({ "type": "object", "additionalProperties": { "type": "string" } })
        }
        Accepts::Names => json!({ "anyOf": [
            { "type": "string" },
            { "type": "object", "additionalProperties": { "type": "string" } }
        ] }),
        Accepts::MatrixTable => json!({ "type": "object", "additionalProperties":
            { "type": "array", "items": numbers } }),
        Accepts::SettingsTable => {
            json!({ "type": "object", "additionalProperties": { "type": "object" } })
        }
    };
    if let Some((least, greatest)) = range {
        // The range of a list is that of the numbers in it.
        let numbers = match accepts {
            Accepts::Numbers => &mut schema["items"],
            _ => &mut schema,
        };
        match least == ABOVE_ZERO {
            true => numbers["exclusiveMinimum"] = json!(0),
            false => numbers["minimum"] = value(&Value::Number(least)),
        }
        if greatest.is_finite() {
            numbers["maximum"] = value(&Value::Number(greatest));
        }
    }
    schema
}

fn value(value: &Value) -> Json {
    match value {
        Value::Bool(b) => json!(b),
        Value::Number(x) if x.fract() == 0.0 && x.abs() < 9e15 => json!(*x as i64),
        Value::Number(x) => json!(x),
        Value::Text(text) => json!(text),
        Value::List(items) => items.iter().map(self::value).collect(),
        Value::Table(items) => {
            items.iter().map(|(k, v)| (k.clone(), self::value(v))).collect::<Map<_, _>>().into()
        }
    }
}
