//! The lock as text: TOML, keys in order, under a seal over every byte that follows it.

use std::ops::Range;

use indexmap::IndexMap;
use quanheng_core::method::Value;
use toml::{Table, Value as Toml};

use quanheng_words::{Text, text};

use super::shape::{Digest, Shape};
use super::{Lock, Locked, LockedMethodology};
use crate::report::number;

const HEAD: &str = "# What the results of this project were made from, and what they were.\n\
                    # `quanheng lock` writes it; `quanheng verify` and `quanheng run --locked` hold the project to it.\n";

/// The version of this form.
const VERSION: i64 = 1;

/// What is wrong with a text that should be a lock.
#[derive(Debug)]
pub(super) struct Damage {
    pub(super) reason: Text,
    pub(super) span: Option<Range<usize>>,
}

/// The whole file.
pub(super) fn write(lock: &Lock) -> String {
    let hashes = |hashes: &IndexMap<String, String>| -> Toml {
        Toml::Table(hashes.iter().map(|(k, v)| (k.clone(), Toml::String(v.clone()))).collect())
    };
    let mut root = Table::new();
    root.insert("version".into(), Toml::Integer(VERSION));
    root.insert("engine".into(), hashes(&lock.engine));
    let methodologies = lock.methodologies.iter().map(|(code, locked)| {
        let mut table = Table::new();
        table.insert("made_from".into(), hashes(&locked.made_from));
        table.insert("results".into(), hashes(&locked.results));
        (code.clone(), Toml::Table(table))
    });
    root.insert("methodology".into(), Toml::Table(methodologies.collect()));
    let files = lock.files.iter().map(|(name, file)| (name.clone(), Toml::Table(of_file(file))));
    root.insert("file".into(), Toml::Table(files.collect()));
    root.insert("project".into(), to_toml(&lock.project.sorted()));
    let body = toml::to_string(&root).expect("a table of texts and numbers is TOML");
    format!("{HEAD}{}\n{body}", seal(&body))
}

fn seal(body: &str) -> String {
    format!("seal = \"{}\"", blake3::hash(body.as_bytes()).to_hex())
}

fn of_file(file: &Locked) -> Table {
    let mut table = Table::new();
    table.insert("blake3".into(), Toml::String(file.blake3.clone()));
    match &file.shape {
        Shape::None => {}
        Shape::Lines(lines) => {
            table.insert("lines".into(), digests(lines.iter()));
        }
        Shape::Table { sheet, columns, block, count, rows } => {
            if let Some(sheet) = sheet {
                table.insert("sheet".into(), Toml::String(sheet.clone()));
            }
            let names = columns.iter().map(|(name, _)| Toml::String(name.clone())).collect();
            table.insert("columns".into(), Toml::Array(names));
            table.insert("column_digests".into(), digests(columns.iter().map(|(_, d)| d)));
            table.insert("rows".into(), Toml::Integer(*count as i64));
            table.insert("rows_a_digest".into(), Toml::Integer(*block as i64));
            table.insert("row_digests".into(), digests(rows.iter()));
        }
    }
    table
}

/// Eight hexadecimal figures each, one after the other.
fn digests<'a>(digests: impl Iterator<Item = &'a Digest>) -> Toml {
    Toml::String(digests.map(|d| format!("{:08x}", d.0)).collect())
}

/// A value as TOML has it: whole numbers without a fraction.
fn to_toml(value: &Value) -> Toml {
    match value {
        Value::Bool(b) => Toml::Boolean(*b),
        Value::Number(x) if x.fract() == 0.0 && x.abs() < 9e15 => Toml::Integer(*x as i64),
        Value::Number(x) => Toml::Float(*x),
        Value::Text(text) => Toml::String(text.clone()),
        Value::List(items) => Toml::Array(items.iter().map(to_toml).collect()),
        Value::Table(items) => {
            Toml::Table(items.iter().map(|(k, v)| (k.clone(), to_toml(v))).collect())
        }
    }
}

fn from_toml(toml: &Toml) -> Value {
    match toml {
        Toml::Boolean(b) => Value::Bool(*b),
        Toml::Integer(x) => Value::Number(*x as f64),
        Toml::Float(x) => Value::Number(*x),
        Toml::String(text) => Value::Text(text.clone()),
        Toml::Datetime(date) => Value::Text(date.to_string()),
        Toml::Array(items) => Value::List(items.iter().map(from_toml).collect()),
        Toml::Table(items) => {
            Value::Table(items.iter().map(|(k, v)| (k.clone(), from_toml(v))).collect())
        }
    }
}

/// Reads a lock; beside it, whether its seal holds.
pub(super) fn read(text: &str) -> Result<(Lock, bool), Damage> {
    let root: Table = text.parse().map_err(|e: toml::de::Error| Damage {
        reason: crate::problem::toml_reason(e.message()),
        span: e.span(),
    })?;
    let whole = |found: Option<Lock>| {
        found.ok_or_else(|| Damage { reason: text!(lock_damaged_part), span: None })
    };
    match root.get("version").and_then(Toml::as_integer) {
        Some(VERSION) => {}
        Some(other) => {
            let reason = text!(lock_damaged_form, found = other, known = VERSION);
            return Err(Damage { reason, span: None });
        }
        None => return whole(None).map(|lock| (lock, false)),
    }
    let lock = whole(lock_of(&root))?;
    // Every byte counts: what this program writes of what it read must be what stands there.
    let sealed = write(&lock) == text;
    Ok((lock, sealed))
}

fn lock_of(root: &Table) -> Option<Lock> {
    let hashes = |table: &Table| -> Option<IndexMap<String, String>> {
        table.iter().map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned()))).collect()
    };
    let tables = |key: &str| root.get(key)?.as_table();
    let methodology = |(code, toml): (&String, &Toml)| {
        let table = toml.as_table()?;
        let part = |key: &str| hashes(table.get(key)?.as_table()?);
        let (made_from, results) = (part("made_from")?, part("results")?);
        Some((code.clone(), LockedMethodology { made_from, results }))
    };
    let file = |(name, toml): (&String, &Toml)| Some((name.clone(), file_of(toml.as_table()?)?));
    Some(Lock {
        engine: hashes(tables("engine")?)?,
        files: tables("file")?.iter().map(file).collect::<Option<_>>()?,
        project: from_toml(root.get("project")?),
        methodologies: tables("methodology")?.iter().map(methodology).collect::<Option<_>>()?,
    })
}

fn file_of(table: &Table) -> Option<Locked> {
    let text = |key: &str| table.get(key).and_then(Toml::as_str);
    let digests = |key: &str| -> Option<Vec<Digest>> {
        let figures = text(key)?;
        let pieces = figures.as_bytes().chunks(8);
        let digest = |piece: &[u8]| {
            let piece = std::str::from_utf8(piece).ok().filter(|p| p.len() == 8)?;
            u32::from_str_radix(piece, 16).ok().map(Digest)
        };
        pieces.map(digest).collect()
    };
    let whole = |key: &str| table.get(key).and_then(Toml::as_integer)?.try_into().ok();
    let shape = if table.contains_key("lines") {
        Shape::Lines(digests("lines")?)
    } else if table.contains_key("columns") {
        let names = table.get("columns")?.as_array()?.iter();
        let names: Vec<String> =
            names.map(|n| Some(n.as_str()?.to_owned())).collect::<Option<_>>()?;
        let of = digests("column_digests")?;
        let (block, count): (usize, usize) = (whole("rows_a_digest")?, whole("rows")?);
        let rows = digests("row_digests")?;
        if of.len() != names.len() || block == 0 || rows.len() != count.div_ceil(block) {
            return None;
        }
        let columns = names.into_iter().zip(of).collect();
        Shape::Table { sheet: text("sheet").map(str::to_owned), columns, block, count, rows }
    } else {
        Shape::None
    };
    Some(Locked { blake3: text("blake3")?.to_owned(), shape })
}

/// A value as one line of text that no other value has; its tables must be sorted.
pub(super) fn canonical(value: &Value) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Number(x) => number::exact(*x),
        Value::Text(text) => quoted(text),
        Value::List(items) => {
            format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        Value::Table(items) => {
            let pairs = items.iter().map(|(k, v)| format!("{}:{}", quoted(k), canonical(v)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
    }
}
