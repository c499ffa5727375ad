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
    let properties: Map<String, Json> = keys
        .iter()
        .map(|key| {
            let mut schema = kind(key.kind);
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".into(), json!(key.doc));
            }
            (key.name.to_owned(), schema)
        })
        .collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn kind(kind: Kind) -> Json {
    let texts = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
    match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Names => json!({ "anyOf": [
            { "type": "string" },
            { "type": "object", "additionalProperties": { "type": "string" } }
        ] }),
        Kind::Texts => texts,
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Files(keys) => {
            let one = json!({ "anyOf": [{ "type": "string" }, table(keys)] });
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        Kind::NumberByNode => {
            json!({ "type": "object", "additionalProperties": { "type": "number" } })
        }
        Kind::Table(keys) => table(keys),
        Kind::Tables(keys) => json!({ "type": "object", "additionalProperties": table(keys) }),
        Kind::Systems(keys) => {
            let open = match table(keys) {
                Json::Object(mut open) => {
                    open.remove("additionalProperties");
                    open.insert("required".into(), json!(["script"]));
                    Json::Object(open)
                }
                other => other,
            };
            json!({ "type": "object", "additionalProperties": { "anyOf": [table(keys), open] } })
        }
        Kind::Open => json!({ "type": "object" }),
        Kind::Options => json!({ "type": "object", "additionalProperties": { "anyOf": [
            { "type": "array", "minItems": 1 },
            { "type": "object" },
            { "type": "string", "pattern": "^(leaves|level[0-9]+)$" }
        ] } }),
        Kind::Choice(stage) => json!({ "anyOf": [{ "$ref": format!("#/$defs/{stage}") }] }),
        Kind::Choices(stage) => {
            let one = json!({ "$ref": format!("#/$defs/{stage}") });
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        Kind::Rounding => json!({ "type": "object", "additionalProperties": { "anyOf": [
            { "type": "integer", "minimum": 0, "maximum": 15 },
            { "type": "object", "properties": {
                "digits": { "type": "integer", "minimum": 0, "maximum": 15 },
                "mode": { "enum": ["half_up", "half_even"] }
            }, "required": ["digits"], "additionalProperties": false }
        ] } }),
        Kind::RankOn => json!({ "anyOf": [
            { "enum": ["full", "rounded"] },
            { "type": "integer", "minimum": 0, "maximum": 15 }
        ] }),
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

fn setting(setting: &Setting) -> Json {
    let numbers = json!({ "type": "array", "items": { "type": "number" } });
    let mut schema = match &setting.accepts {
        Accepts::Bool => json!({ "type": "boolean" }),
        Accepts::Number => json!({ "type": "number" }),
        Accepts::Whole => json!({ "type": "integer", "minimum": 0 }),
        Accepts::Text => json!({ "type": "string" }),
        Accepts::Choice(words) => json!({ "enum": words }),
        Accepts::ChoiceOrBool(words) => {
            json!({ "anyOf": [{ "enum": words }, { "type": "boolean" }] })
        }
        Accepts::ChoiceOrWhole { words, greatest } => json!({ "anyOf": [
            { "enum": words },
            { "type": "integer", "minimum": 0, "maximum": greatest }
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
        Accepts::MatrixTable => json!({ "type": "object", "additionalProperties":
            { "type": "array", "items": numbers } }),
        Accepts::SettingsTable => {
            json!({ "type": "object", "additionalProperties": { "type": "object" } })
        }
        #[allow(unreachable_patterns, reason = "kinds of settings may be added")]
        _ => json!({}),
    };
    let object = schema.as_object_mut().expect("a schema");
    object.insert("description".into(), json!(setting.doc));
    if let Some(default) = &setting.default {
        object.insert("default".into(), value(default));
    }
    if let Some((least, greatest)) = setting.range {
        object.insert("minimum".into(), json!(least));
        if greatest.is_finite() {
            object.insert("maximum".into(), json!(greatest));
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
