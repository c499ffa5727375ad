//! A value compared with its declaration: everything that does not fit is reported, at any depth.

use std::fmt;

use quanheng_core::method::{ABOVE_ZERO, Accepts, Setting, SettingFault, Value};
use quanheng_words::number::exact;
use quanheng_words::{Text, text};

use super::{Declared, Key, Shape};
use crate::data::encoding::Encoding;
use crate::problem::{self, ProjectFault};
use crate::project::reader::{Page, find};
use crate::project::value::{Content, Entry, Item};

/// The keys that lead to a value; a table is shown by it as `[plugin.x]`.
#[derive(Clone, Copy, Debug)]
pub(in crate::project) struct KeyPath<'a> {
    above: Option<&'a KeyPath<'a>>,
    key: &'a str,
}

impl<'a> KeyPath<'a> {
    /// The file itself.
    pub(in crate::project) const ROOT: KeyPath<'static> =
        KeyPath { above: None, key: "quanheng.toml" };

    /// Another file than the project file.
    pub(in crate::project) fn file(name: &'a str) -> KeyPath<'a> {
        KeyPath { above: None, key: name }
    }

    /// What stands under a key of this.
    pub(in crate::project) fn below(&'a self, key: &'a str) -> KeyPath<'a> {
        KeyPath { above: Some(self), key }
    }
}

impl fmt::Display for KeyPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut keys = vec![self.key];
        let mut at = self;
        while let Some(above) = at.above {
            keys.push(above.key);
            at = above;
        }
        // The file has a name only where nothing leads further down.
        match keys.as_slice() {
            [file] => write!(f, "{file}"),
            [below @ .., _] => {
                let below: Vec<&str> = below.iter().rev().copied().collect();
                write!(f, "[{}]", below.join("."))
            }
            [] => Ok(()),
        }
    }
}

impl Page {
    /// Compares a value with what a `T` may be, says what does not fit, and reads it.
    pub(in crate::project) fn read<T: Declared>(
        &self,
        key: &'static str,
        item: &Item,
    ) -> Option<T> {
        self.fits(KeyPath::ROOT.below(key), &Key::of::<T>(key, "", None, None), item);
        T::take(item)
    }

    /// Says everything in a value that does not fit its declaration.
    pub(in crate::project) fn fits(&self, path: KeyPath<'_>, key: &Key, item: &Item) {
        self.value_fits(path, &key.shape, key.default.as_ref(), item);
    }

    fn value_fits(&self, path: KeyPath<'_>, shape: &Shape, default: Option<&Value>, item: &Item) {
        let refuse = || self.wrong_kind(path.key, item, shape.words());
        match (shape, &item.content) {
            (Shape::Any | Shape::Choice(_) | Shape::Later(_), _) => {}
            (_, Content::Date) => refuse(),
            (Shape::Plain(accepts, range), _) => {
                self.plain_fits(path, accepts, *range, default, item)
            }
            (Shape::Character, Content::Text(text)) if text.chars().count() == 1 => {}
            (Shape::Encoding, Content::Text(label)) => {
                if Encoding::of(label).is_none() {
                    let known = Encoding::USUAL.map(str::to_owned).to_vec();
                    let (key, name) = (path.key.to_owned(), label.clone());
                    self.fault(&item.span, ProjectFault::UnknownWord { key, name, known });
                }
            }
            (Shape::List(shape), Content::List(items)) => {
                items.iter().for_each(|item| self.value_fits(path, shape, None, item));
            }
            (Shape::Table(keys), Content::Table(entries)) => {
                self.only(entries, path, keys);
                self.keys_fit(path, keys, entries, item);
            }
            (Shape::Open { keys, by }, Content::Table(entries)) => {
                if !by.iter().any(|key| find(entries, key).is_some()) {
                    self.only(entries, path, keys);
                }
                self.keys_fit(path, keys, entries, item);
            }
            (Shape::By(shape), Content::Table(entries)) => {
                let each = |e: &Entry| self.value_fits(path.below(&e.key), shape, None, &e.item);
                entries.iter().for_each(each);
            }
            (Shape::OneOf(shapes), _) => match shapes.iter().find(|shape| shape.is_for(item)) {
                Some(shape) => self.value_fits(path, shape, default, item),
                None => refuse(),
            },
            _ => refuse(),
        }
    }

    fn plain_fits(
        &self,
        path: KeyPath<'_>,
        accepts: &Accepts,
        range: Option<(f64, f64)>,
        default: Option<&Value>,
        item: &Item,
    ) {
        let shape = Shape::Plain(accepts.clone(), range);
        let out_of_range = |least, greatest| {
            let fault = ProjectFault::OutOfRange {
                key: path.key.to_owned(),
                least,
                greatest,
                whole: *accepts == Accepts::Whole,
                default: default.and_then(Value::number),
            };
            self.fault(&item.span, fault);
        };
        match accepts.check(range, &item.setting()) {
            Ok(()) => {}
            Err(SettingFault::OutOfRange { least, greatest }) => out_of_range(least, greatest),
            Err(_) => match (accepts, &item.content) {
                (Accepts::Choice(words) | Accepts::ChoiceOrBool(words), Content::Text(text)) => {
                    let (key, name) = (path.key.to_string(), text.clone());
                    let fault = ProjectFault::UnknownWord { key, name, known: words.clone() };
                    self.fault(&item.span, fault);
                }
                // A number, but not a whole or not a finite one.
                (Accepts::Whole | Accepts::Number, Content::Number(_)) => {
                    let (least, greatest, _) =
                        shape.range().unwrap_or((f64::NEG_INFINITY, f64::INFINITY, false));
                    out_of_range(least, greatest);
                }
                _ => self.wrong_kind(path.key, item, shape.words()),
            },
        }
    }

    /// Compares the values of the keys that a table states, and asks for those that it must state.
    fn keys_fit(&self, path: KeyPath<'_>, keys: &[Key], entries: &[Entry], table: &Item) {
        for entry in entries {
            if let Some(key) = keys.iter().find(|key| key.name == entry.key) {
                self.fits(path.below(&entry.key), key, &entry.item);
            }
        }
        for key in keys.iter().filter(|key| key.needed) {
            if find(entries, &key.name).is_none() && !self.mistyped(&key.name) {
                let (key, table_name) = (key.name.to_string(), Text::plain(path.to_string()));
                let fault = ProjectFault::MissingKey { key, table: table_name };
                self.fault(&table.span, fault);
            }
        }
    }

    /// Refuses keys that are not declared.
    pub(in crate::project) fn only(&self, entries: &[Entry], path: KeyPath<'_>, keys: &[Key]) {
        for entry in entries {
            if keys.iter().all(|k| k.name != entry.key) {
                let fault = ProjectFault::UnknownKey {
                    key: entry.key.clone(),
                    table: Text::plain(path.to_string()),
                    known: keys.iter().map(|k| k.name.to_string()).collect(),
                };
                self.fault(&entry.span, fault);
            }
        }
    }
}

/// What a setting may be.
pub(crate) fn accepted(setting: &Setting) -> Text {
    Key::from(setting).shape.words()
}

impl Shape {
    /// Whether a value is, in TOML, what this accepts.
    pub(super) fn is_for(&self, item: &Item) -> bool {
        match (self, &item.content) {
            (Shape::Any, _) => true,
            (Shape::Later(shape), _) => shape.is_for(item),
            (_, Content::Date) => false,
            (Shape::Plain(accepts, _), content) => matches!(
                (accepts, content),
                (Accepts::Bool | Accepts::ChoiceOrBool(_), Content::Bool(_))
                    | (Accepts::Number | Accepts::Whole, Content::Number(_))
                    | (
                        Accepts::Text
                            | Accepts::Names
                            | Accepts::Choice(_)
                            | Accepts::ChoiceOrBool(_),
                        Content::Text(_)
                    )
                    | (Accepts::Numbers | Accepts::Texts | Accepts::Matrix, Content::List(_))
                    | (
                        Accepts::NumberTable
                            | Accepts::TextTable
                            | Accepts::Names
                            | Accepts::MatrixTable
                            | Accepts::SettingsTable,
                        Content::Table(_)
                    )
            ),
            (Shape::Character | Shape::Encoding, content) => matches!(content, Content::Text(_)),
            (Shape::List(_), content) => matches!(content, Content::List(_)),
            (Shape::Table(_) | Shape::Open { .. } | Shape::By(_), content) => {
                matches!(content, Content::Table(_))
            }
            (Shape::OneOf(shapes), _) => shapes.iter().any(|shape| shape.is_for(item)),
            (Shape::Choice(_), content) => matches!(content, Content::Text(_) | Content::Table(_)),
        }
    }

    /// What it accepts, in words.
    pub(in crate::project) fn words(&self) -> Text {
        match self {
            Shape::Plain(Accepts::Number | Accepts::Whole, _) => self.number_words(),
            Shape::Plain(accepts, _) => problem::accepted(accepts),
            Shape::Character => text!(accepts_character),
            Shape::Encoding => text!(accepts_encoding),
            Shape::List(shape) => match **shape {
                Shape::Plain(Accepts::Text, _) => text!(accepts_texts),
                Shape::Plain(Accepts::Number, _) => text!(accepts_numbers),
                _ => text!(accepts_list),
            },
            Shape::By(shape) => match **shape {
                Shape::Plain(Accepts::Text, _) => text!(accepts_text_table),
                Shape::Plain(Accepts::Number, _) => text!(accepts_number_table),
                _ => text!(accepts_table),
            },
            Shape::Table(_) | Shape::Open { .. } => text!(accepts_table),
            Shape::OneOf(shapes) => shapes
                .iter()
                .map(Shape::words)
                .reduce(|first, second| text!(accepts_either, first = first, second = second))
                .unwrap_or_default(),
            Shape::Choice(_) => text!(accepts_method),
            Shape::Later(shape) => shape.words(),
            Shape::Any => text!(accepts_any),
        }
    }

    fn number_words(&self) -> Text {
        match self.range() {
            None => text!(accepts_number),
            Some((least, greatest, whole)) => {
                let (from, to) = (exact(least), exact(greatest));
                match (whole, greatest.is_finite()) {
                    (true, _) => text!(accepts_whole, least = from, greatest = to),
                    (false, true) => text!(accepts_number_between, least = from, greatest = to),
                    (false, false) if least == ABOVE_ZERO => text!(accepts_above_zero),
                    (false, false) => text!(accepts_number_from, least = from),
                }
            }
        }
    }
}
