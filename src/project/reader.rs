//! A table of the project file, read key by key; everything wrong is collected.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_words::{Text, text};

use super::value::{Content, Entry, Item};
use super::whose::{Filed, Whose};
use crate::gate::bounds::PROBLEMS;
use crate::note::{ENCODING_CHOSEN, ENCODINGS_DIFFER, Note};
use crate::problem::{Fault, Place, Problem, Problems, ProjectFault, Source, closest};

/// The text of the project file, and what was found wrong in it.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) source: Arc<Source>,
    filed: RefCell<Vec<Filed>>,
    /// How many problems of each part of the project are not kept, since there are very many.
    beyond: RefCell<IndexMap<Whose, usize>>,
    whose: RefCell<Whose>,
    notes: RefCell<Vec<Note>>,
    /// Files whose encoding was judged.
    judged: RefCell<Vec<Judged>>,
    is_quiet: Cell<bool>,
}

/// A file whose encoding was judged.
#[derive(Clone, Debug)]
struct Judged {
    file: String,
    encoding: &'static str,
}

impl Page {
    pub(super) fn new(source: Arc<Source>) -> Self {
        Page {
            source,
            filed: RefCell::default(),
            beyond: RefCell::default(),
            whose: RefCell::default(),
            notes: RefCell::default(),
            judged: RefCell::default(),
            is_quiet: Cell::new(false),
        }
    }

    /// Files everything that is found wrong while `read` runs as a problem of this part of the project.
    pub(super) fn within<T>(&self, whose: Whose, read: impl FnOnce() -> T) -> T {
        let before = self.whose.replace(whose);
        let done = read();
        self.whose.replace(before);
        done
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
        self.filed.borrow().iter().any(|filed| match &filed.problem.fault {
            Fault::Project(ProjectFault::UnknownKey { key: found, known, .. }) => {
                closest(found, known.iter().map(String::as_str)) == Some(key)
            }
            _ => false,
        })
    }

    /// Adds a problem of the part of the project that is being read; the same one only once.
    pub(super) fn push(&self, problem: Problem) {
        let whose = self.whose.borrow().clone();
        if self.is_full() {
            *self.beyond.borrow_mut().entry(whose).or_default() += 1;
            return;
        }
        let filed = Filed { problem, whose };
        let mut all = self.filed.borrow_mut();
        if !all.contains(&filed) {
            all.push(filed);
        }
    }

    /// Whether further problems of the part of the project that is being read are only counted: the first of each part
    /// is always kept.
    pub(super) fn is_full(&self) -> bool {
        let all = self.filed.borrow();
        let whose = self.whose.borrow();
        all.len() >= PROBLEMS
            && (self.beyond.borrow().contains_key(&*whose)
                || all.iter().any(|filed| filed.whose == *whose))
    }

    /// Counts a problem that would not be kept.
    pub(super) fn count_one(&self) {
        *self.beyond.borrow_mut().entry(self.whose.borrow().clone()).or_default() += 1;
    }

    pub(super) fn extend(&self, problems: Problems) {
        problems.iter().for_each(|problem| self.push(problem.clone()));
    }

    /// How many problems were found so far.
    pub(super) fn count(&self) -> usize {
        self.filed.borrow().len()
    }

    /// Whether something is wrong that concerns this part of the project.
    pub(super) fn is_wrong(&self, whose: &Whose) -> bool {
        self.filed.borrow().iter().any(|filed| filed.whose == *whose)
    }

    /// Everything that was found wrong; then there is nothing.
    pub(super) fn take(&self) -> Vec<Filed> {
        let mut all = self.filed.take();
        for (whose, count) in self.beyond.take() {
            let fault = Fault::Project(ProjectFault::MoreProblems { count });
            all.push(Filed { problem: Problem { fault, places: Vec::new() }, whose });
        }
        all
    }

    /// Puts back what was taken.
    pub(super) fn put_back(&self, mut filed: Vec<Filed>) {
        let mut beyond = self.beyond.borrow_mut();
        filed.retain(|filed| match &filed.problem.fault {
            Fault::Project(ProjectFault::MoreProblems { count })
                if filed.problem.places.is_empty() =>
            {
                *beyond.entry(filed.whose.clone()).or_default() += count;
                false
            }
            _ => true,
        });
        self.filed.replace(filed);
    }

    /// Something that a careful reader must know and that is not wrong.
    pub(super) fn note(&self, note: Note) {
        if !self.is_quiet.get() {
            self.notes.borrow_mut().push(note);
        }
    }

    /// Notes that the encoding of a file was judged.
    pub(super) fn note_judged(&self, file: &str, encoding: &'static str) {
        let place = Place::File(file.to_owned());
        let shown = text!(note_item, code = file, about = encoding);
        self.note(Note::new(&ENCODING_CHOSEN, file).shown(shown).at([place]));
        self.judged.borrow_mut().push(Judged { file: file.to_owned(), encoding });
    }

    /// Notes that files were judged to be in different encodings, if they were.
    pub(super) fn note_encodings(&self) {
        let judged = self.judged.take();
        if judged.iter().any(|file| file.encoding != judged[0].encoding) {
            for Judged { file, encoding } in judged {
                let shown = text!(note_item, code = &file, about = encoding);
                self.note(Note::new(&ENCODINGS_DIFFER, &file).shown(shown).at([Place::File(file)]));
            }
        }
    }

    /// Does something without notes: what options of a multiverse put together is right in some of its branches.
    pub(super) fn quietly<T>(&self, work: impl FnOnce() -> T) -> T {
        let before = self.is_quiet.replace(true);
        let done = work();
        self.is_quiet.set(before);
        done
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
