//! The choices of a multiverse and their options: what each option changes in a methodology.

use std::ops::Range;

use indexmap::IndexSet;
use quanheng_core::model::System;
use quanheng_words::text;

use super::desk::Desk;
use super::keys;
use super::reader::find;
use super::value::{Content, Entry, Item};
use crate::problem::ProjectFault;
use crate::report::number::short;

/// A choice as it is written.
#[derive(Debug)]
pub(super) struct Stated {
    pub(super) name: String,
    pub(super) span: Range<usize>,
    pub(super) options: Vec<Opt>,
}

/// An option: what it is called, and the keys of the methodology that it changes.
#[derive(Debug)]
pub(super) struct Opt {
    pub(super) label: String,
    pub(super) sets: Vec<Entry>,
}

/// Data as the project states them: the option of a choice of data that changes nothing.
pub(super) const PUBLISHED: &str = "as published";

/// Keys that an option can change beside those of a methodology.
const BESIDE: [&str; 2] = ["exclude", "data"];

/// The keys that an option can change.
fn changeable() -> Vec<String> {
    let of_methodology = keys::methodology().into_iter().map(|k| k.name.into_owned());
    let own = of_methodology.filter(|name| !matches!(name.as_str(), "title" | "extends"));
    own.chain(BESIDE.map(str::to_owned)).collect()
}

fn is_key(name: &str) -> bool {
    changeable().iter().any(|known| known == name)
}

impl Stated {
    /// Whether some option changes this key.
    pub(super) fn touches(&self, key: &str) -> bool {
        self.options.iter().any(|option| find(&option.sets, key).is_some())
    }

    /// Whether some option puts another value in the place of this key's.
    pub(super) fn replaces(&self, key: &str) -> bool {
        self.options.iter().any(|o| find(&o.sets, key).is_some_and(|item| !is_partial(item)))
    }
}

/// Reads the choices. `system` is that of the methodology from which they start.
pub(super) fn read(page: &Desk, entries: &[Entry], system: &System) -> Vec<Stated> {
    let mut stated = Vec::new();
    for entry in entries {
        let first = entry.key.split('.').next().unwrap_or_default();
        if is_key(first) {
            let path: Vec<&str> = entry.key.split('.').collect();
            values(page, &path, &entry.span, &entry.item, system, &mut stated);
        } else if let Some(items) = list(page, &entry.key, &entry.item) {
            let options = items.iter().filter_map(|item| table(page, &entry.key, item)).collect();
            stated.push(Stated { name: entry.key.clone(), span: entry.span.clone(), options });
        }
    }
    for (i, choice) in stated.iter().enumerate() {
        let mut labels = IndexSet::new();
        for option in &choice.options {
            if !labels.insert(option.label.as_str()) {
                let (label, choice_name) = (option.label.clone(), choice.name.clone());
                let fault = ProjectFault::RepeatedLabel { choice: choice_name, label };
                page.fault(&choice.span, fault);
            }
        }
        for other in &stated[..i] {
            if other.name == choice.name {
                let (key, name) = (choice.name.clone(), choice.name.clone());
                page.fault(
                    &choice.span,
                    ProjectFault::SameKey { key, first: name.clone(), second: name },
                );
                continue;
            }
            for option in &choice.options {
                let twice = option.sets.iter().find(|set| {
                    set.key != "exclude" && choice.replaces(&set.key) && other.replaces(&set.key)
                });
                if let Some(set) = twice {
                    let fault = ProjectFault::SameKey {
                        key: set.key.clone(),
                        first: other.name.clone(),
                        second: choice.name.clone(),
                    };
                    page.fault(&choice.span, fault);
                    break;
                }
            }
        }
    }
    stated
}

fn list<'i>(page: &Desk, name: &str, item: &'i Item) -> Option<&'i [Item]> {
    match &item.content {
        Content::List(items) if !items.is_empty() => Some(items),
        _ => {
            page.wrong_kind(name, item, text!(accepts_options));
            None
        }
    }
}

/// Options that are values of one key, or of a setting below one; tables lead further down.
fn values(
    page: &Desk,
    path: &[&str],
    span: &Range<usize>,
    item: &Item,
    system: &System,
    stated: &mut Vec<Stated>,
) {
    let name = path.join(".");
    if let (["exclude"], Content::Text(word)) = (path, &item.content) {
        let options = each(page, word, item, system);
        stated.push(Stated { name, span: span.clone(), options });
        return;
    }
    if let Content::Table(entries) = &item.content {
        for entry in entries {
            let below: Vec<&str> = path.iter().copied().chain([entry.key.as_str()]).collect();
            values(page, &below, &entry.span, &entry.item, system, stated);
        }
        return;
    }
    let Some(items) = list(page, &name, item) else { return };
    let options = items.iter().filter_map(|item| {
        let (label, value) = labelled(page, item)?;
        let label = label.unwrap_or_else(|| label_of(&value, path == ["exclude"]));
        let mut nested = value;
        for key in path[1..].iter().rev() {
            let entry = Entry { key: (*key).to_owned(), span: item.span.clone(), item: nested };
            nested = Item { content: Content::Table(vec![entry]), span: item.span.clone() };
        }
        let set = Entry { key: path[0].to_owned(), span: item.span.clone(), item: nested };
        Some(Opt { label, sets: vec![set] })
    });
    let options = options.collect();
    stated.push(Stated { name, span: span.clone(), options });
}

/// A value and the label that stands with it: `{ label = …, value = … }`, or a table with a `label` among its keys.
fn labelled(page: &Desk, item: &Item) -> Option<(Option<String>, Item)> {
    let Content::Table(entries) = &item.content else { return Some((None, item.clone())) };
    let Some(label) = find(entries, "label") else { return Some((None, item.clone())) };
    let label = page.text("label", label)?.to_owned();
    let rest: Vec<Entry> = entries.iter().filter(|e| e.key != "label").cloned().collect();
    let value = match rest.as_slice() {
        [only] if only.key == "value" => only.item.clone(),
        _ => Item { content: Content::Table(rest), span: item.span.clone() },
    };
    Some((Some(label), value))
}

/// An option that changes several keys.
fn table(page: &Desk, choice: &str, item: &Item) -> Option<Opt> {
    let entries = page.table(choice, item)?;
    let Some(label) = find(entries, "label") else {
        let table = text!(table_option_of, choice = choice);
        page.fault(&item.span, ProjectFault::MissingKey { key: "label".into(), table });
        return None;
    };
    let label = page.text("label", label)?.to_owned();
    let mut sets = Vec::new();
    for entry in entries.iter().filter(|e| e.key != "label") {
        if is_key(&entry.key) {
            sets.push(entry.clone());
            continue;
        }
        let mut known = changeable();
        known.push("label".to_owned());
        let fault = ProjectFault::UnknownKey {
            key: entry.key.clone(),
            table: text!(table_option, label = &label, choice = choice),
            known,
        };
        page.fault(&entry.span, fault);
    }
    Some(Opt { label, sets })
}

/// One option for each leaf, or node of a level, that is left out, and one for none.
fn each(page: &Desk, word: &str, item: &Item, system: &System) -> Vec<Opt> {
    let level = word.strip_prefix("level").and_then(|n| n.parse::<usize>().ok());
    let codes: Vec<&str> = match (word, level) {
        ("leaves", _) => system.leaves().iter().map(|l| system.node(*l).code.as_str()).collect(),
        (_, Some(depth)) if (1..=system.depth()).contains(&depth) => {
            let nodes = system.nodes().iter().filter(|n| n.depth == depth);
            nodes.map(|n| n.code.as_str()).collect()
        }
        _ => {
            let levels: Vec<String> = (1..=system.depth()).map(|n| format!("level{n}")).collect();
            let known = levels.iter().map(String::as_str).chain(["leaves"]);
            page.unknown(&item.span, text!(thing_leave_out_set), word, known);
            return Vec::new();
        }
    };
    let option = |code: Option<&str>| {
        let text = |c: &str| Item { content: Content::Text(c.into()), span: item.span.clone() };
        let codes = code.map(text).into_iter().collect();
        let value = Item { content: Content::List(codes), span: item.span.clone() };
        let set = Entry { key: "exclude".into(), span: item.span.clone(), item: value };
        Opt { label: code.unwrap_or("none").to_owned(), sets: vec![set] }
    };
    std::iter::once(None).chain(codes.into_iter().map(Some)).map(option).collect()
}

/// A value as a label: a method with its settings in brackets, steps joined by +.
fn label_of(item: &Item, nothing: bool) -> String {
    match &item.content {
        Content::Text(text) => text.clone(),
        Content::Number(x) => short(*x),
        Content::Bool(b) => b.to_string(),
        Content::Date => "a date".into(),
        Content::List(items) if items.is_empty() && nothing => "none".into(),
        Content::List(items) => {
            items.iter().map(|i| label_of(i, false)).collect::<Vec<_>>().join("+")
        }
        Content::Table(entries) => {
            let is_method = |e: &&Entry| matches!(e.key.as_str(), "method" | "script" | "plugin");
            let method = entries.iter().find(is_method).map(|e| label_of(&e.item, false));
            let others = entries.iter().filter(|e| !is_method(e));
            let others: Vec<String> =
                others.map(|e| format!("{}={}", e.key, label_of(&e.item, false))).collect();
            match (method, others.is_empty()) {
                (Some(method), true) => method,
                (Some(method), false) => format!("{method}({})", others.join(", ")),
                (None, _) => others.join(", "),
            }
        }
    }
}

/// Whether a value changes only what it names: a table that chooses no method.
fn is_partial(item: &Item) -> bool {
    let is_method = |e: &Entry| matches!(e.key.as_str(), "method" | "script" | "plugin");
    matches!(&item.content, Content::Table(entries) if !entries.iter().any(is_method))
}

/// The keys of a methodology with those of options laid over them: first what replaces a value, then what changes parts
/// of one, each in the order of the choices.
pub(super) fn laid_over<'e>(base: impl Iterator<Item = &'e Entry>, sets: &[&Entry]) -> Vec<Entry> {
    let mut keys: Vec<Entry> = base.cloned().collect();
    let (parts, wholes): (Vec<&Entry>, Vec<&Entry>) =
        sets.iter().copied().partition(|set| is_partial(&set.item));
    for set in wholes.into_iter().chain(parts) {
        put(&mut keys, set, &|below| laid(below, &set.item));
    }
    keys
}

fn put(keys: &mut Vec<Entry>, set: &Entry, value: &dyn Fn(Option<&Item>) -> Item) {
    match keys.iter_mut().find(|e| e.key == set.key) {
        Some(entry) => entry.item = value(Some(&entry.item)),
        None => keys.push(Entry { item: value(None), ..set.clone() }),
    }
}

/// Applies one value to another: a table that chooses no method changes what it names in the choice below, and `at` in
/// it the choices for parts of the tree.
fn laid(below: Option<&Item>, over: &Item) -> Item {
    let (Some(below), true, Content::Table(changes)) = (below, is_partial(over), &over.content)
    else {
        return over.clone();
    };
    let mut keys = match &below.content {
        Content::Table(entries) => entries.clone(),
        Content::Text(_) => {
            vec![Entry { key: "method".into(), span: below.span.clone(), item: below.clone() }]
        }
        Content::List(steps) if steps.len() == 1 => {
            let step = laid(Some(&steps[0]), over);
            return Item { content: Content::List(vec![step]), span: over.span.clone() };
        }
        _ => return over.clone(),
    };
    let whole: Vec<Entry> = keys.iter().filter(|e| e.key != "at").cloned().collect();
    for change in changes {
        if let ("at", Content::Table(parts)) = (change.key.as_str(), &change.item.content) {
            let mut at = match find(&keys, "at").map(|item| &item.content) {
                Some(Content::Table(at)) => at.clone(),
                _ => Vec::new(),
            };
            for part in parts {
                let usual =
                    Item { content: Content::Table(whole.clone()), span: below.span.clone() };
                put(&mut at, part, &|own| laid(own.or(Some(&usual)), &part.item));
            }
            let item = Item { content: Content::Table(at), span: change.item.span.clone() };
            put(&mut keys, change, &|_| item.clone());
        } else {
            put(&mut keys, change, &|_| change.item.clone());
        }
    }
    // The place is that of the option, so that what is wrong with it is pointed at there.
    Item { content: Content::Table(keys), span: over.span.clone() }
}
