//! The `[data]` section: which files, and how they are written.

use std::path::{Path, PathBuf};

use quanheng_core::model::State;

use super::keys::{DATA, FILE, STATES};
use super::reader::{Page, find};
use super::value::{Content, Entry, Item};
use crate::data::decode::Encoding;
use crate::data::file::{Format, Input};
use crate::data::number::{Notation, Percent};
use crate::data::table::{Columns, Layout, ValueFile};
use crate::problem::ProjectFault;

/// The files of data as the project states them.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) regions: Option<(Input, Format)>,
    pub(super) values: Vec<ValueFile>,
    /// How tables other than those of values are written.
    pub(super) format: Format,
}

/// Where files lie: on disk, and how the user names them.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
}

impl Folder {
    /// A file of the project.
    pub(super) fn input(&self, name: &str) -> Input {
        let path = self.path.join(name);
        Input::path(self.name(name), path)
    }

    /// A file as the user knows it: the folder as given, then the name.
    pub(super) fn name(&self, name: &str) -> String {
        match self.path.as_os_str().is_empty() || self.path == Path::new(".") {
            true => name.to_owned(),
            false => self.path.join(name).display().to_string(),
        }
    }
}

pub(super) fn read(
    page: &Page,
    entries: &[Entry],
    span: &std::ops::Range<usize>,
    folder: &Folder,
) -> Files {
    page.only(entries, "[data]", DATA);
    let common = One::read(page, entries, &One::default());
    let regions = find(entries, "regions")
        .and_then(|item| page.text("regions", item))
        .map(|name| (folder.input(name), common.format.clone()));
    let mut values = Vec::new();
    match find(entries, "values") {
        None => {
            let (key, table) = ("values".to_owned(), "[data]".to_owned());
            page.fault(span, ProjectFault::MissingKey { key, table });
        }
        Some(Item { content: Content::List(items), .. }) => {
            for item in items {
                values.extend(file(page, item, &common, folder));
            }
        }
        Some(item) => values.extend(file(page, item, &common, folder)),
    }
    Files { regions, values, format: common.format }
}

fn file(page: &Page, item: &Item, common: &One, folder: &Folder) -> Option<ValueFile> {
    let (name, own) = match &item.content {
        Content::Text(name) => (name.as_str(), common.clone()),
        Content::Table(entries) => {
            page.only(entries, "a file of values", FILE);
            let Some(file) = find(entries, "file") else {
                let (key, table) = ("file".to_owned(), "this file of values".to_owned());
                page.fault(&item.span, ProjectFault::MissingKey { key, table });
                return None;
            };
            (page.text("file", file)?, One::read(page, entries, common))
        }
        _ => {
            page.wrong_kind("values", item, "a file, a table with `file`, or a list of them");
            return None;
        }
    };
    Some(ValueFile {
        input: folder.input(name),
        format: own.format,
        columns: own.columns,
        notation: own.notation,
    })
}

/// How one file is written.
#[derive(Clone, Debug, Default)]
struct One {
    format: Format,
    columns: Columns,
    notation: Notation,
}

impl One {
    /// What `entries` state, and for the rest what holds in `common`.
    fn read(page: &Page, entries: &[Entry], common: &One) -> One {
        let mut one = common.clone();
        let text =
            |key: &str| find(entries, key).and_then(|item| page.text(key, item)).map(str::to_owned);
        let word = |key: &str, words: &[&str]| {
            find(entries, key).and_then(|item| page.word(key, item, words))
        };
        if let Some(word) = word("layout", &["wide", "long"]) {
            one.columns.layout = Some(if word == "wide" { Layout::Wide } else { Layout::Long });
        }
        for (key, slot) in [
            ("region", &mut one.columns.region),
            ("period", &mut one.columns.period),
            ("indicator", &mut one.columns.indicator),
            ("value", &mut one.columns.value),
            ("sheet", &mut one.format.sheet),
        ] {
            if let Some(stated) = text(key) {
                *slot = Some(stated);
            }
        }
        if let Some(word) = word("encoding", &Encoding::NAMES) {
            one.format.encoding = Encoding::find(word);
        }
        if let Some(word) = word("delimiter", &[",", ";", "\t"]) {
            one.format.delimiter = word.bytes().next();
        }
        if let Some(word) = word("decimal", &[".", ","]) {
            one.notation.decimal = word.chars().next().unwrap_or('.');
        }
        if let Some(item) = find(entries, "thousands")
            && let Some(mark) = page.text("thousands", item)
        {
            let mut characters = mark.chars();
            one.notation.thousands = characters.next();
            if characters.next().is_some() || one.notation.thousands == Some(one.notation.decimal) {
                page.wrong_kind("thousands", item, "one character, other than the decimal mark");
            }
        }
        if let Some(word) = word("percent", &["fraction", "points"]) {
            one.notation.percent =
                Some(if word == "fraction" { Percent::Fraction } else { Percent::Points });
        }
        if let Some(item) = find(entries, "states")
            && let Some(states) = page.table("states", item)
        {
            page.only(states, "states", STATES);
            one.notation.states.clear();
            for (key, state) in [
                ("missing", State::Missing),
                ("not_applicable", State::NotApplicable),
                ("withheld", State::Withheld),
            ] {
                let stated = find(states, key).map(|item| page.texts(key, item));
                // A blank cell is missing unless something else is said of it.
                let usual = || if key == "missing" { vec![String::new()] } else { Vec::new() };
                let markers = stated.unwrap_or_else(usual);
                one.notation.states.extend(markers.into_iter().map(|m| (m, state)));
            }
        }
        one
    }
}
