//! The JSON Schema of the project file, made of the tables of keys and methods.

use quanheng_core::method::{Accepts, Entry as Method, Setting, Value};
use serde_json::{Map, Value as Json, json};

use super::choices::Kind as Stage;
use super::keys::{CHOICE, Key, Kind, TOP};
use quanheng_core::aggregation::Aggregation;
use quanheng_core::imputation::Imputation;
use quanheng_core::normalisation::Normalisation;
use quanheng_core::tiering::Tiering;
use quanheng_core::treatment::Treatment;
use quanheng_core::weighting::Weighting;

/// The schema as text, ending in a line feed.
pub fn schema_text() -> String {
    let mut schema = table(TOP);
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
    let mut schema = kind(&key.kind);
    schema["description"] = json!(key.doc);
    if let Some(default) = &key.default {
        schema["default"] = value(default);
    }
    schema
}

fn kind(kind: &Kind) -> Json {
    match kind {
        Kind::Plain(accepts, range) => plain(accepts, *range),
        Kind::Character => json!({ "type": "string", "minLength": 1, "maxLength": 1 }),
        Kind::List(kind) => json!({ "type": "array", "items": self::kind(kind) }),
        Kind::Table(keys) => table(keys),
        Kind::Open { keys, by } => {
            let open = |key: &String| {
                let mut open = table(keys);
                open["additionalProperties"] = json!(true);
                open["required"] = json!([key]);
                open
            };
            let ways: Vec<Json> =
                std::iter::once(table(keys)).chain(by.iter().map(open)).collect();
            json!({ "anyOf": ways })
        }
        Kind::By(_, kind) => {
            json!({ "type": "object", "additionalProperties": self::kind(kind) })
        }
        Kind::OneOf(kinds) => json!({ "anyOf": kinds.iter().map(self::kind).collect::<Vec<_>>() }),
        Kind::Choice(stage) => {
            json!({ "anyOf": [{ "$ref": format!("#/$defs/{}", stage.name()) }] })
        }
        Kind::Later(kind) => self::kind(kind),
        Kind::Any => json!({}),
    }
}

/// A choice: the name of a method, or a table with its settings.
fn choice<M: Stage + ?Sized>() -> Json {
    let names: Vec<&str> = M::table().iter().map(|m| m.name).collect();
    let mut ways = vec![
        json!({ "enum": names }),
        json!({ "type": "string", "pattern": "^script:" }),
        json!({ "type": "object", "anyOf": [{ "required": ["script"] }, { "required": ["plugin"] }] }),
    ];
    ways.extend(M::table().iter().map(|m| method::<M>(m)));
    json!({ "anyOf": ways })
}

fn method<M: Stage + ?Sized>(method: &Method<M>) -> Json {
    let mut properties = Map::new();
    properties
        .insert("method".into(), json!({ "const": method.name, "description": method.summary }));
    for key in CHOICE.iter().filter(|k| !matches!(k.name, "method" | "script" | "plugin" | "at")) {
        let mut schema = kind(key.kind);
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".into(), json!(key.doc));
        }
        properties.insert(key.name.into(), schema);
    }
    let part = json!({ "$ref": format!("#/$defs/{}", <M as Stage>::STAGE.name()) });
    properties.insert("at".into(), json!({ "type": "object", "additionalProperties": part }));
    for declared in (method.settings)() {
        properties.insert(declared.name.to_string(), setting(&declared));
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": ["method"],
        "additionalProperties": false
    })
}

/// A value such as a setting has.
fn plain(accepts: &Accepts, range: Option<(f64, f64)>) -> Json {
    let numbers = json!({ "type": "array", "items": { "type": "number" } });
    let mut schema = match accepts {
        Accepts::Bool => json!({ "type": "boolean" }),
        Accepts::Number => json!({ "type": "number" }),
        Accepts::Whole => json!({ "type": "integer", "minimum": 0 }),
        Accepts::Text => json!({ "type": "string" }),
        Accepts::Choice(words) => json!({ "enum": words }),
        Accepts::ChoiceOrBool(words) => {
            json!({ "anyOf": [{ "enum": words }, { "type": "boolean" }] })
        }
        Accepts::Numbers => numbers,
        Accepts::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Accepts::Matrix => json!({ "type": "array", "items": numbers }),
        Accepts::NumberTable => {
            json!({ "type": "object", "additionalProperties": { "type": "number" } })
        }
        Accepts::TextTable => {
            json!({ "type": "object", "additionalProperties": { "type": "string" } })
        }
        Accepts::MatrixTable => json!({ "type": "object", "additionalProperties":
            { "type": "array", "items": numbers } }),
        Accepts::SettingsTable => {
            json!({ "type": "object", "additionalProperties": { "type": "object" } })
        }
    };
    if let Some((least, greatest)) = range {
        match least == ABOVE_ZERO {
            true => schema["exclusiveMinimum"] = json!(0),
            false => schema["minimum"] = value(&Value::Number(least)),
        }
        if greatest.is_finite() {
            schema["maximum"] = value(&Value::Number(greatest));
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
