//! Tables of the project file that nothing uses.

use super::file::ProjectFile;
use super::reader::Page;
use super::value::{Content, Entry, Item};
use crate::note::{NO_EFFECT, Note, UNUSED_GROUP};
use quanheng_words::text;

/// Notes groups, systems and data of multiverses that nothing names; `in_use` are the systems of the methodologies.
pub(super) fn check(page: &Page, keys: &ProjectFile, file: &[Entry], in_use: &[&str]) {
    // A script can ask for any group and any system.
    let scripts = page_has(file, "script") || page_has(file, "plugin");
    let unused = |table: &str, code: &str, span: &std::ops::Range<usize>| {
        let name = format!("{table}.{code}");
        let note = Note::new(&NO_EFFECT, &name).at([page.place(span)]);
        page.note(note.shown(text!(note_nothing_names, key = name)));
    };
    for one in &keys.group.0 {
        if !scripts && !names(file, &one.code, &["group"]) {
            page.note(Note::new(&UNUSED_GROUP, &one.code).at([page.place(&one.span)]));
        }
    }
    for one in &keys.system.0 {
        let is_base = keys
            .system
            .0
            .iter()
            .filter_map(|other| other.table.as_ref())
            .any(|other| other.base.0.as_ref().is_some_and(|base| base.value == one.code));
        let is_used = is_base || in_use.contains(&one.code.as_str());
        if !is_used && !names(file, &one.code, &["system", "group"]) {
            unused("system", &one.code, &one.span);
        }
    }
    for multiverse in &keys.multiverse.0 {
        let Some(table) = &multiverse.table else { continue };
        let path = format!("multiverse.{}", multiverse.code);
        let choices = file.iter().find(|entry| entry.key == "multiverse");
        let choices = choices.and_then(|entry| match &entry.item.content {
            Content::Table(all) => all.iter().find(|entry| entry.key == multiverse.code),
            _ => None,
        });
        for data in &table.data.0 {
            let named = choices.is_some_and(|entry| match &entry.item.content {
                Content::Table(keys) => names(keys, &data.code, &["data"]),
                _ => false,
            });
            if !named {
                unused(&format!("{path}.data"), &data.code, &data.span);
            }
        }
        if let (None, Some(seed)) = (&table.sample, seed(choices)) {
            let name = format!("{path}.seed");
            let note = Note::new(&NO_EFFECT, &name).at([page.place(&seed.span)]);
            page.note(note.shown(text!(note_only_stated, code = name, other = "sample")));
        }
    }
}

/// Where a multiverse states its seed.
fn seed(multiverse: Option<&Entry>) -> Option<&Entry> {
    match &multiverse?.item.content {
        Content::Table(keys) => keys.iter().find(|entry| entry.key == "seed"),
        _ => None,
    }
}

/// Whether some text, below other keys than these, names a code.
fn names(entries: &[Entry], code: &str, but: &[&str]) -> bool {
    let mut here = entries.iter().filter(|entry| !but.contains(&entry.key.as_str()));
    here.any(|entry| holds(&entry.item, code))
}

fn holds(item: &Item, code: &str) -> bool {
    match &item.content {
        Content::Text(text) => text == code || text.contains(&format!("'{code}'")),
        Content::List(items) => items.iter().any(|item| holds(item, code)),
        Content::Table(entries) => entries.iter().any(|entry| holds(&entry.item, code)),
        Content::Number(_) | Content::Bool(_) | Content::Date => false,
    }
}

/// Whether a table of the file has this key, or a choice names such a method.
fn page_has(entries: &[Entry], key: &str) -> bool {
    let start = format!("{key}:");
    entries.iter().any(|entry| entry.key == key || has(&entry.item, key, &start))
}

fn has(item: &Item, key: &str, start: &str) -> bool {
    match &item.content {
        Content::Text(text) => text.starts_with(start),
        Content::List(items) => items.iter().any(|item| has(item, key, start)),
        Content::Table(entries) => {
            entries.iter().any(|entry| entry.key == key || has(&entry.item, key, start))
        }
        Content::Number(_) | Content::Bool(_) | Content::Date => false,
    }
}
