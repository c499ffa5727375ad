//! TOML as values that remember their place.

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::method::Value;
use quanheng_words::{Text, text};
use toml::de::{DeTable, DeValue};

use crate::problem::{Fault, Place, Problem, Problems, ProjectFault, Source};

/// A value and its place in the text.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) content: Content,
    pub(super) span: Range<usize>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Text(String),
    Number(f64),
    Bool(bool),
    Date,
    List(Vec<Item>),
    Table(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) span: Range<usize>,
    pub(super) item: Item,
}

/// Reads a TOML text, as much of it as can be read.
pub(super) fn parse(source: &Arc<Source>) -> (Vec<Entry>, Problems) {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let problems = errors
        .iter()
        .map(|error| Problem {
            fault: Fault::Project(ProjectFault::Toml { message: error.message().to_owned() }),
            places: vec![Place::Text {
                source: Arc::clone(source),
                span: error.span().unwrap_or(0..0),
            }],
        })
        .collect();
    (entries(table.get_ref()), problems)
}

fn entries(table: &DeTable<'_>) -> Vec<Entry> {
    let entry =
        |(key, value): (&toml::Spanned<toml::de::DeString<'_>>, &toml::Spanned<DeValue<'_>>)| {
            Entry { key: key.get_ref().to_string(), span: key.span(), item: item(value) }
        };
    table.iter().map(entry).collect()
}

fn item(value: &toml::Spanned<DeValue<'_>>) -> Item {
    let content = match value.get_ref() {
        DeValue::String(text) => Content::Text(text.to_string()),
        DeValue::Integer(x) => {
            let digits = x.as_str().replace('_', "");
            match x.radix() {
                10 => Content::Number(digits.parse().unwrap_or(f64::NAN)),
                radix => Content::Number(
                    i64::from_str_radix(&digits, radix).map_or(f64::NAN, |n| n as f64),
                ),
            }
        }
        DeValue::Float(x) => {
            Content::Number(x.as_str().replace('_', "").parse().unwrap_or(f64::NAN))
        }
        DeValue::Boolean(b) => Content::Bool(*b),
        DeValue::Datetime(_) => Content::Date,
        DeValue::Array(items) => Content::List(items.iter().map(item).collect()),
        DeValue::Table(table) => Content::Table(entries(table)),
    };
    Item { content, span: value.span() }
}

impl Item {
    /// What it is, in words.
    pub(super) fn kind(&self) -> Text {
        match self.content {
            Content::Text(_) => text!(accepts_text),
            Content::Number(_) => text!(accepts_number),
            Content::Bool(_) => text!(accepts_bool),
            Content::Date => text!(accepts_date),
            Content::List(_) => text!(accepts_list),
            Content::Table(_) => text!(accepts_table),
        }
    }

    /// As a method's setting.
    pub(super) fn setting(&self) -> Value {
        match &self.content {
            Content::Text(text) => Value::Text(text.clone()),
            Content::Number(x) => Value::Number(*x),
            Content::Bool(b) => Value::Bool(*b),
            // No setting is a date, so that the reader of settings refuses it like any text.
            Content::Date => Value::Text(String::new()),
            Content::List(items) => Value::List(items.iter().map(Item::setting).collect()),
            Content::Table(entries) => Value::Table(
                entries
                    .iter()
                    .map(|e| (e.key.clone(), e.item.setting()))
                    .collect::<IndexMap<_, _>>(),
            ),
        }
    }
}
