//! The parsed content of a project file, independent of how it is written.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng_core::method::{Stage, Value};

use super::methodologies::{Family, keys_of, lineage};
use super::reader::find;
use super::value::{Content, Entry, Item};
use crate::gate::bounds::WHOLE_FILE;
use crate::gate::{self, Folder};
use crate::problem::{Place, Source};

/// The values of a project file, with their places.
#[derive(Clone, Debug)]
pub struct Said {
    file: PathBuf,
    source: Arc<Source>,
    pub(super) entries: Vec<Entry>,
}

impl Said {
    pub(super) fn new(file: PathBuf, source: Arc<Source>, entries: Vec<Entry>) -> Self {
        Said { file, source, entries }
    }

    /// Its text.
    pub(super) fn source(&self) -> &Source {
        &self.source
    }

    /// Its text, shared.
    pub(super) fn shared_source(&self) -> Arc<Source> {
        Arc::clone(&self.source)
    }

    /// The project file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Its content with the keys in order; comments, spacing and the order of keys have no effect.
    pub fn value(&self) -> Value {
        let entries = self.entries.iter().map(|e| (e.key.clone(), e.item.setting()));
        Value::Table(entries.collect()).sorted()
    }

    /// The tables below a key, in stated order: code, canonical content, and the texts in it.
    pub(crate) fn tables(&self, key: &str) -> Vec<(String, String, Vec<String>)> {
        let Some(Content::Table(all)) = find(&self.entries, key).map(|item| &item.content) else {
            return Vec::new();
        };
        let of = |entry: &Entry| {
            let content = format!("{:?}", entry.item.setting().sorted());
            (entry.key.clone(), content, texts(&entry.item))
        };
        all.iter().map(of).collect()
    }

    /// All texts below a key.
    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        find(&self.entries, key).map(texts).unwrap_or_default()
    }

    /// Where a methodology states its choice for a stage, itself or in what it extends; where nothing is stated, the
    /// methodology.
    pub(super) fn choice(&self, methodology: &str, stage: Stage) -> Option<Place> {
        let Content::Table(all) = &find(&self.entries, "methodology")?.content else { return None };
        let entry = all.iter().find(|entry| entry.key == methodology)?;
        let keys = keys_of(&lineage(&Family::new(all), entry));
        let span = match keys.get(stage.name()) {
            Some(stated) => stated.item.span.clone(),
            None => entry.span.clone(),
        };
        Some(Place::Text { source: Arc::clone(&self.source), span })
    }

    /// The place of a text of this file that names another one.
    pub(super) fn names(&self, is_meant: impl Fn(&str) -> bool) -> Option<Place> {
        let mut left: Vec<&Item> = self.entries.iter().rev().map(|entry| &entry.item).collect();
        while let Some(item) = left.pop() {
            match &item.content {
                Content::Text(text) if is_meant(text) => {
                    let span = item.span.clone();
                    return Some(Place::Text { source: Arc::clone(&self.source), span });
                }
                Content::List(items) => left.extend(items.iter().rev()),
                Content::Table(entries) => left.extend(entries.iter().rev().map(|e| &e.item)),
                _ => {}
            }
        }
        None
    }

    /// The place of the value to which these keys lead (a place in a list by its number from 1); if there is none, the
    /// place of the last key that exists.
    pub fn place(&self, path: &[String]) -> Option<Place> {
        let mut span = None;
        let mut entries: &[Entry] = &self.entries;
        let mut item: Option<&Item> = None;
        for (depth, key) in path.iter().enumerate() {
            let next = match item.map(|i| &i.content) {
                Some(Content::List(items)) => {
                    key.parse::<usize>().ok().and_then(|k| items.get(k.checked_sub(1)?))
                }
                Some(Content::Table(inner)) => {
                    entries = inner;
                    let found = entries.iter().find(|e| e.key == *key);
                    span = found.map(|e| e.span.clone()).or(span);
                    found.map(|e| &e.item)
                }
                None if depth == 0 => {
                    let found = entries.iter().find(|e| e.key == *key);
                    span = found.map(|e| e.span.clone());
                    found.map(|e| &e.item)
                }
                _ => None,
            };
            let Some(next) = next else { break };
            item = Some(next);
            if !matches!(next.content, Content::Table(_)) {
                span = Some(next.span.clone());
            }
        }
        let span = span?;
        Some(Place::Text { source: Arc::clone(&self.source), span })
    }
}

/// A file that a project was read from, or that it pins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFile {
    /// Its name below the project's folder.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// The sheet that is read, for a workbook with a declared sheet.
    pub sheet: Option<String>,
    /// Whether the file holds one table that begins in its first row, so that its columns can be distinguished without the
    /// project.
    pub is_plain: bool,
}

/// The project file of a folder, or the file itself.
pub fn file_of(path: &Path) -> PathBuf {
    const NAME: &str = "quanheng.toml";
    match path.is_dir() {
        true if path == Path::new(".") => NAME.into(),
        true => path.join(NAME),
        false => path.to_path_buf(),
    }
}

/// The bytes of a project file. One that is found in a folder belongs to the folder; one that the user names may lie
/// anywhere.
pub(super) fn bytes_of(path: &Path, file: &Path) -> std::io::Result<Vec<u8>> {
    match path.is_dir() {
        true => Folder::of(file).read(file, WHOLE_FILE),
        false => gate::read(file, WHOLE_FILE),
    }
}

/// The texts in a value, at any depth.
fn texts(item: &Item) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![item];
    while let Some(item) = left.pop() {
        match &item.content {
            Content::Text(text) => found.push(text.clone()),
            Content::List(items) => left.extend(items),
            Content::Table(entries) => left.extend(entries.iter().map(|entry| &entry.item)),
            _ => {}
        }
    }
    found.sort();
    found
}
