//! A value compared with its declaration: everything that does not fit is said, at any depth.

use std::fmt;

use quanheng_core::method::{Accepts, SettingFault, Value};

use super::{Key, Kind};
use crate::problem::ProjectFault;
use crate::project::reader::{Page, find};
use crate::project::value::{Content, Entry, Item};

/// The keys that lead to a value; a table is shown by it as `[plugin.x]`.
#[derive(Clone, Copy, Debug)]
pub(in crate::project) struct Path<'a> {
    above: Option<&'a Path<'a>>,
    key: &'a str,
}

impl<'a> Path<'a> {
    /// The file itself.
    pub(in crate::project) const ROOT: Path<'static> = Path { above: None, key: "quanheng.toml" };

    /// What stands under a key of this.
    pub(in crate::project) fn below(&'a self, key: &'a str) -> Path<'a> {
        Path { above: Some(self), key }
    }
}

impl fmt::Display for Path<'_> {
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
    /// Says everything in a value that does not fit its declaration.
    pub(in crate::project) fn fits(&self, path: Path<'_>, key: &Key, item: &Item) {
        self.value_fits(path, &key.kind, key.default.as_ref(), item);
    }

    fn value_fits(&self, path: Path<'_>, kind: &Kind, default: Option<&Value>, item: &Item) {
        let refuse = || self.wrong_kind(path.key, item, &kind.words());
        match (kind, &item.content) {
            (Kind::Any | Kind::Choice(_) | Kind::Later(_), _) => {}
            (_, Content::Date) => refuse(),
            (Kind::Plain(accepts, range), _) => self.plain_fits(path, accepts, *range, default, item),
            (Kind::Character, Content::Text(text)) if text.chars().count() == 1 => {}
            (Kind::List(kind), Content::List(items)) => {
                items.iter().for_each(|item| self.value_fits(path, kind, None, item));
            }
            (Kind::Table(keys), Content::Table(entries)) => {
                self.only(entries, path, keys);
                self.keys_fit(path, keys, entries, item);
            }
            (Kind::Open { keys, by }, Content::Table(entries)) => {
                if !by.iter().any(|key| find(entries, key).is_some()) {
                    self.only(entries, path, keys);
                }
                self.keys_fit(path, keys, entries, item);
            }
            (Kind::By(_, kind), Content::Table(entries)) => {
                let each = |e: &Entry| self.value_fits(path.below(&e.key), kind, None, &e.item);
                entries.iter().for_each(each);
            }
            (Kind::OneOf(kinds), _) => match kinds.iter().find(|kind| kind.is_for(item)) {
                Some(kind) => self.value_fits(path, kind, default, item),
                None => refuse(),
            },
            _ => refuse(),
        }
    }

    fn plain_fits(
        &self,
        path: Path<'_>,
        accepts: &Accepts,
        range: Option<(f64, f64)>,
        default: Option<&Value>,
        item: &Item,
    ) {
        let kind = Kind::Plain(accepts.clone(), range);
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
                    let what = format!("value of `{}`", path.key);
                    self.unknown(&item.span, &what, text, words.iter().map(String::as_str));
                }
                // A number, but not a whole or not a finite one.
                (Accepts::Whole | Accepts::Number, Content::Number(_)) => {
                    let (least, greatest, _) =
                        kind.range().unwrap_or((f64::NEG_INFINITY, f64::INFINITY, false));
                    out_of_range(least, greatest);
                }
                _ => self.wrong_kind(path.key, item, &kind.words()),
            },
        }
    }

    /// Compares the values of the keys that a table states, and asks for those that it must state.
    fn keys_fit(&self, path: Path<'_>, keys: &[Key], entries: &[Entry], table: &Item) {
        for entry in entries {
            if let Some(key) = keys.iter().find(|key| key.name == entry.key) {
                self.fits(path.below(&entry.key), key, &entry.item);
            }
        }
        for key in keys.iter().filter(|key| key.needed) {
            if find(entries, &key.name).is_none() && !self.mistyped(&key.name) {
                let (key, table_name) = (key.name.to_string(), path.to_string());
                let fault = ProjectFault::MissingKey { key, table: table_name };
                self.fault(&table.span, fault);
            }
        }
    }

    /// Refuses keys that are not declared.
    pub(in crate::project) fn only(&self, entries: &[Entry], path: Path<'_>, keys: &[Key]) {
        for entry in entries {
            if keys.iter().all(|k| k.name != entry.key) {
                let fault = ProjectFault::UnknownKey {
                    key: entry.key.clone(),
                    table: path.to_string(),
                    known: keys.iter().map(|k| k.name.to_string()).collect(),
                };
                self.fault(&entry.span, fault);
            }
        }
    }
}

impl Kind {
    /// Whether a value is, in TOML, what this accepts.
    fn is_for(&self, item: &Item) -> bool {
        match (self, &item.content) {
            (Kind::Any, _) => true,
            (Kind::Later(kind), _) => kind.is_for(item),
            (_, Content::Date) => false,
            (Kind::Plain(accepts, _), content) => matches!(
                (accepts, content),
                (Accepts::Bool | Accepts::ChoiceOrBool(_), Content::Bool(_))
                    | (Accepts::Number | Accepts::Whole, Content::Number(_))
                    | (Accepts::Text | Accepts::Choice(_) | Accepts::ChoiceOrBool(_), Content::Text(_))
                    | (Accepts::Numbers | Accepts::Texts | Accepts::Matrix, Content::List(_))
                    | (
                        Accepts::NumberTable
                            | Accepts::TextTable
                            | Accepts::MatrixTable
                            | Accepts::SettingsTable,
                        Content::Table(_)
                    )
            ),
            (Kind::Character, content) => matches!(content, Content::Text(_)),
            (Kind::List(_), content) => matches!(content, Content::List(_)),
            (Kind::Table(_) | Kind::Open { .. } | Kind::By(..), content) => {
                matches!(content, Content::Table(_))
            }
            (Kind::OneOf(kinds), _) => kinds.iter().any(|kind| kind.is_for(item)),
            (Kind::Choice(_), content) => matches!(content, Content::Text(_) | Content::Table(_)),
        }
    }

    /// What it accepts, in words.
    pub(in crate::project) fn words(&self) -> String {
        use crate::report::number::exact;
        match self {
            Kind::Plain(accepts, range) => match (accepts, range) {
                (Accepts::Bool, _) => "true or false".into(),
                (Accepts::Whole, _) => {
                    let (least, greatest, _) = self.range().expect("whole numbers have one");
                    format!("a whole number from {} to {}", exact(least), exact(greatest))
                }
                (Accepts::Number, None) => "a number".into(),
                (Accepts::Number, Some((least, greatest))) => match greatest.is_finite() {
                    true => format!("a number from {} to {}", exact(*least), exact(*greatest)),
                    false if *least == quanheng_core::method::ABOVE_ZERO => {
                        "a number above 0".into()
                    }
                    false => format!("a number, {} or more", exact(*least)),
                },
                (Accepts::Text, _) => "a text".into(),
                (Accepts::Choice(words), _) => {
                    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(" or ")
                }
                (Accepts::ChoiceOrBool(words), _) => {
                    let words: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
                    format!("{} or true or false", words.join(" or "))
                }
                (Accepts::Numbers, _) => "a list of numbers".into(),
                (Accepts::Texts, _) => "a list of texts".into(),
                (Accepts::Matrix, _) => "a list of lists of numbers".into(),
                (Accepts::NumberTable, _) => "a table of numbers".into(),
                (Accepts::TextTable, _) => "a table of texts".into(),
                (Accepts::MatrixTable, _) => "a table of lists of numbers".into(),
                (Accepts::SettingsTable, _) => "a table of settings".into(),
            },
            Kind::Character => "a text of one character".into(),
            Kind::List(kind) => match **kind {
                Kind::Plain(Accepts::Text, _) => "a list of texts".into(),
                _ => "a list".into(),
            },
            Kind::Table(_) | Kind::Open { .. } => "a table".into(),
            Kind::By(what, kind) => match **kind {
                Kind::Plain(Accepts::Text, _) => format!("a table of texts by {what}"),
                Kind::Plain(Accepts::Number, _) => format!("a table of numbers by {what}"),
                _ => format!("a table by {what}"),
            },
            Kind::OneOf(kinds) => {
                kinds.iter().map(Kind::words).collect::<Vec<_>>().join(", or ")
            }
            Kind::Choice(_) => {
                "the name of a method, or a table with `method`, `script` or `plugin`".into()
            }
            Kind::Later(kind) => kind.words(),
            Kind::Any => "a value".into(),
        }
    }
}
