//! `docs/project-file.md`: the sections are written by hand in `project-file.md`, their tables are made of the
//! declarations.

use indexmap::IndexMap;
use quanheng_core::method::{Stage, Value};

use super::{Declared, Key, Shape};
use crate::project::keys::{ProjectFile, choice};
use crate::report::methods;

const SECTIONS: &str = include_str!("project-file.md");

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
                let keys = tables.get(name).expect("a section names a table of the project file");
                // Keys that stand in several tables are shown where they stand first.
                let new: Vec<&Key> = keys.iter().filter(|key| !shown.contains(key)).collect();
                text.push_str(&rows(&new));
                let new: Vec<Key> = new.into_iter().cloned().collect();
                shown.extend(new);
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
    tables.insert("choice".to_owned(), choice(Stage::Weighting));
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
        Shape::Plain(..) | Shape::Character | Shape::Choice(_) | Shape::Any => {}
    }
}

fn rows(keys: &[&Key]) -> String {
    let mut text = String::from("| key | value | default | meaning |\n|---|---|---|---|");
    for key in keys {
        let default = match &key.default {
            _ if key.needed => "must be stated".to_owned(),
            Some(default) if *default == Value::List(Vec::new()) => String::new(),
            Some(default) => format!("`{}`", methods::value(default)),
            None => String::new(),
        };
        let cells = [
            format!("`{}`", key.name),
            key.shape.words().to_string(),
            default,
            key.doc.replace('\n', " "),
        ];
        let cells = cells.map(|cell| cell.replace('|', "\\|").replace('\t', "\\t"));
        text.push_str(&format!("\n| {} |", cells.join(" | ")));
    }
    text
}
