//! `[notes]`: which notes a project silences, each with a reason.

use std::ops::Range;

use super::reader::Page;
use super::table::{At, Declared, Key, Shape, Texts, table};
use super::value::{Content, Entry, Item};
use crate::note::{KINDS, Note};
use crate::problem::{Place, ProjectFault};

table! {
    /// A silence of some notes of a kind.
    pub(super) struct SilenceKeys {
        /// The codes of what the notes are about; a text, or a list of texts.
        of: Texts,
        /// Why they need not be shown. Files of results have it beside the note.
        reason: At<String>,
    }
}

/// What a project silences, as it is written: by the code of a note a reason, a table, or a list of tables.
#[derive(Clone, Debug, Default)]
pub(super) struct NotesKeys(Vec<Written>);

#[derive(Clone, Debug)]
struct Written {
    code: String,
    span: Range<usize>,
    of: Option<Vec<String>>,
    reason: At<String>,
}

impl Declared for NotesKeys {
    fn shape() -> Shape {
        let one = SilenceKeys::shape();
        let shape = Shape::OneOf(vec![Shape::text(), one.clone(), Shape::List(Box::new(one))]);
        let key = |kind: &&'static crate::note::Kind| Key {
            name: kind.code.into(),
            shape: shape.clone(),
            default: None,
            needed: false,
            doc: kind.summary.into(),
        };
        Shape::Table(KINDS.iter().map(key).collect())
    }

    fn take(item: &Item) -> Option<Self> {
        let Content::Table(entries) = &item.content else { return None };
        let mut written = Vec::new();
        for Entry { key, span, item } in entries {
            let mut put = |of, reason| {
                written.push(Written { code: key.clone(), span: span.clone(), of, reason });
            };
            match &item.content {
                Content::Text(_) => put(None, At::take(item)?),
                Content::List(items) => {
                    for item in items {
                        let SilenceKeys { of, reason } = SilenceKeys::take(item)?;
                        put(Some(of.0.into_iter().map(|text| text.value).collect()), reason);
                    }
                }
                _ => {
                    let SilenceKeys { of, reason } = SilenceKeys::take(item)?;
                    put(Some(of.0.into_iter().map(|text| text.value).collect()), reason);
                }
            }
        }
        Some(NotesKeys(written))
    }

    fn absent() -> Option<Self> {
        Some(NotesKeys::default())
    }
}

/// A silence: notes that a project does not want to be shown, and why.
#[derive(Clone, Debug)]
pub struct Silence {
    /// The code of the kind.
    pub code: String,
    /// The codes of what the notes are about; all of the kind where none is stated.
    pub of: Option<Vec<String>>,
    /// Why.
    pub reason: String,
    /// Where the project file states it.
    pub place: Place,
}

impl Silence {
    /// Whether it silences a note.
    pub fn holds(&self, note: &Note) -> bool {
        note.kind.code == self.code && self.of.as_ref().is_none_or(|of| of.contains(&note.of))
    }

    /// What it is called: the kind, and what the notes are about.
    pub fn name(&self) -> String {
        match &self.of {
            None => self.code.clone(),
            Some(of) => format!("{} of {}", self.code, of.join(", ")),
        }
    }
}

/// The silences of a project. One without a reason is refused.
pub(super) fn silences(page: &Page, keys: &NotesKeys) -> Vec<Silence> {
    let one = |written: &Written| {
        if written.reason.trim().is_empty() {
            page.fault(&written.reason.span, ProjectFault::NoReason { code: written.code.clone() });
        }
        Silence {
            code: written.code.clone(),
            of: written.of.clone(),
            reason: written.reason.value.clone(),
            place: page.place(&written.span),
        }
    };
    keys.0.iter().map(one).collect()
}
