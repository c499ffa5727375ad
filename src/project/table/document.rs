//! `docs/project-file.md`: the sections are written by hand in `project-file.template`, their tables are made of the
//! declarations.

use indexmap::IndexMap;
use quanheng_core::method::{GREATEST_WHOLE, Stage, Value};
use quanheng_core::model::{FACTS, Fact};

use super::{Declared, Key, Shape};
use crate::data::table::REGION_COLUMNS;
use crate::project::cases::CaseKeys;
use crate::project::file::ProjectFile;
use crate::project::groups::MEMBER_COLUMNS;
use crate::project::keys::choice;
use crate::project::neighbours::NEIGHBOUR_COLUMNS;
use crate::report::methods;

const SECTIONS: &str = include_str!("project-file.template");

/// The document as text.
pub fn document() -> String {
    written().0
}

/// The document, and the keys that its tables show.
pub(super) fn written() -> (String, Vec<Key>) {
    let tables = tables();
    let mut shown: Vec<Key> = Vec::new();
    let mut text = String::new();
    for line in SECTIONS.lines() {
        match line.strip_prefix("{{").and_then(|line| line.strip_suffix("}}")) {
            None => text.push_str(line),
            Some(name) => {
                // `{{data.values but data}}`: the keys that do not stand in the other table too.
                let (name, other) = name.split_once(" but ").unwrap_or((name, "-"));
                let keys = tables.get(name).expect("a section names a table of the project file");
                let not_in_other = |key: &&Key| !tables.get(other).is_some_and(|t| t.contains(key));
                let keys: Vec<&Key> = keys.iter().filter(not_in_other).collect();
                text.push_str(&rows(&keys));
                shown.extend(keys.into_iter().cloned());
            }
        }
        text.push('\n');
    }
    (text, shown)
}

/// Every table of the project file, by the keys that lead to it.
pub(super) fn tables() -> IndexMap<String, Vec<Key>> {
    let mut tables = IndexMap::new();
    collect("", &ProjectFile::shape(), &mut tables);
    collect("case", &CaseKeys::shape(), &mut tables);
    tables.insert("choice".to_owned(), choice(Stage::Aggregation));
    let fact = |fact: &Fact| {
        let key = Key::from(&fact.setting());
        let heads: Vec<String> = fact.heads.iter().map(|head| format!("`{head}`")).collect();
        let doc = format!("{} The head may also be {}.", key.doc, heads.join(", "));
        Key { doc: doc.into(), ..key }
    };
    tables.insert("tree".to_owned(), FACTS.iter().map(fact).collect());
    let of_files = [
        ("regions", &REGION_COLUMNS[..]),
        ("members", &MEMBER_COLUMNS),
        ("neighbours", &NEIGHBOUR_COLUMNS),
    ];
    for (name, columns) in of_files {
        tables.insert(name.to_owned(), columns.iter().map(Key::from).collect());
    }
    tables
}

fn collect(path: &str, shape: &Shape, tables: &mut IndexMap<String, Vec<Key>>) {
    match shape {
        Shape::Table(keys) | Shape::Open { keys, .. } => {
            tables.insert(path.to_owned(), keys.clone());
            for key in keys {
                let below = match path {
                    "" => key.name.to_string(),
                    path => format!("{path}.{}", key.name),
                };
                collect(&below, &key.shape, tables);
            }
        }
        Shape::List(shape) | Shape::By(shape) | Shape::Later(shape) => collect(path, shape, tables),
        Shape::OneOf(shapes) => shapes.iter().for_each(|shape| collect(path, shape, tables)),
        Shape::Plain(..) | Shape::Character | Shape::Encoding | Shape::Choice(_) | Shape::Any => {}
    }
}

fn rows(keys: &[&Key]) -> String {
    let mut text = String::from("| key | value | default | meaning |\n|---|---|---|---|");
    for key in keys {
        let default = match &key.default {
            _ if key.needed => "required".to_owned(),
            Some(default) if *default == Value::List(Vec::new()) => String::new(),
            Some(default) => format!("`{}`", methods::value(default)),
            None => String::new(),
        };
        let cells =
            [format!("`{}`", key.name), value(&key.shape), default, key.doc.replace('\n', " ")];
        let cells = cells.map(|cell| cell.replace('|', "\\|").replace('\t', "\\t"));
        text.push_str(&format!("\n| {} |", cells.join(" | ")));
    }
    text
}

/// What a value may be, in the words of a cell.
fn value(shape: &Shape) -> String {
    match shape {
        Shape::Choice(_) => "a [choice](#a-choice-of-a-method)".to_owned(),
        Shape::Later(shape) => value(shape),
        Shape::OneOf(shapes) => shapes.iter().map(value).collect::<Vec<_>>().join(", or "),
        other => match other.range() {
            Some((least, GREATEST_WHOLE, true)) => format!("a whole number of {least} or more"),
            _ => other.words().to_string(),
        },
    }
}
