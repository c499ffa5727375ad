//! A table of the project file, read key by key; everything wrong is collected.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use quanheng_words::{Text, text};

use super::value::{Content, Entry, Item};
use crate::note::Note;
use crate::problem::{Fault, Place, Problem, Problems, ProjectFault, Source, closest};

/// The text of the project file, and what was found wrong in it.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) source: Arc<Source>,
    problems: RefCell<Problems>,
    aside: RefCell<Problems>,
    notes: RefCell<Vec<Note>>,
}

impl Page {
    pub(super) fn new(source: Arc<Source>, problems: Problems) -> Self {
        let (aside, notes) = (RefCell::default(), RefCell::default());
        Page { source, problems: RefCell::new(problems), aside, notes }
    }

    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        Place::Text { source: Arc::clone(&self.source), span: span.clone() }
    }

    pub(super) fn problem(&self, span: &Range<usize>, fault: ProjectFault) -> Problem {
        Problem { fault: Fault::Project(fault), places: vec![self.place(span)] }
    }

    pub(super) fn fault(&self, span: &Range<usize>, fault: ProjectFault) {
        self.push(self.problem(span, fault));
    }

    /// Whether a key was found that is probably this one, mistyped; the missing key need not be reported then.
    pub(super) fn mistyped(&self, key: &str) -> bool {
        self.problems.borrow().iter().any(|problem| match &problem.fault {
            Fault::Project(ProjectFault::UnknownKey { key: found, known, .. }) => {
                closest(found, known.iter().map(String::as_str)) == Some(key)
            }
            _ => false,
        })
    }

    pub(super) fn push(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    pub(super) fn extend(&self, problems: Problems) {
        self.problems.borrow_mut().extend(problems);
    }

    /// How many problems were found so far.
    pub(super) fn count(&self) -> usize {
        self.problems.borrow().iter().count()
    }

    pub(super) fn take(&self) -> Problems {
        self.problems.take()
    }

    /// A problem that only concerns the methodologies that need what it is about: the others can be evaluated.
    pub(super) fn aside(&self, problems: impl Into<Problems>) {
        self.aside.borrow_mut().extend(problems.into());
    }

    pub(super) fn take_aside(&self) -> Problems {
        self.aside.take()
    }

    /// Something that a careful reader must know and that is not wrong.
    pub(super) fn note(&self, note: Note) {
        self.notes.borrow_mut().push(note);
    }

    pub(super) fn take_notes(&self) -> Vec<Note> {
        self.notes.take()
    }

    /// A value of the wrong kind.
    pub(super) fn wrong_kind(&self, key: &str, item: &Item, accepts: Text) {
        let fault = ProjectFault::WrongKind { key: key.to_owned(), accepts, found: item.kind() };
        self.fault(&item.span, fault);
    }

    /// The entries of a value that must be a table.
    pub(super) fn table<'i>(&self, key: &str, item: &'i Item) -> Option<&'i [Entry]> {
        match &item.content {
            Content::Table(entries) => Some(entries),
            _ => {
                self.wrong_kind(key, item, text!(accepts_table));
                None
            }
        }
    }

    /// The text of a value that must be one.
    pub(super) fn text<'i>(&self, key: &str, item: &'i Item) -> Option<&'i str> {
        match &item.content {
            Content::Text(text) => Some(text),
            _ => {
                self.wrong_kind(key, item, text!(accepts_text));
                None
            }
        }
    }

    /// A name that nothing has.
    pub(super) fn unknown<'n>(
        &self,
        span: &Range<usize>,
        what: Text,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) {
        let fault = ProjectFault::UnknownName {
            what,
            name: name.to_owned(),
            known: known.map(str::to_owned).collect(),
        };
        self.fault(span, fault);
    }

    /// A key that cannot stand beside another one.
    pub(super) fn beside(&self, span: &Range<usize>, key: &'static str, other: &'static str) {
        self.fault(span, ProjectFault::Beside { key, other });
    }
}

/// A place inside a text: one byte further for the quotation mark, where the text has no escapes.
pub(super) fn inside(span: &Range<usize>, text: &str, at: &Range<usize>) -> Range<usize> {
    if span.len() == text.len() + 2 {
        span.start + 1 + at.start..span.start + 1 + at.end
    } else {
        span.clone()
    }
}

/// The value of a key.
pub(super) fn find<'e>(entries: &'e [Entry], key: &str) -> Option<&'e Item> {
    entries.iter().find(|e| e.key == key).map(|e| &e.item)
}
