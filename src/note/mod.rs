//! Notes: what a careful reader must know and no rule forbids. They stand beside results and problems, as a third channel.
//!
//! A [`Kind`] says everything about one kind of note: one file a kind in `kind/`, and one line in [`KINDS`]. Some kinds
//! are raised where something is read ([`Page::note`](crate::project)), the others are looked for in an evaluation. Each
//! [`Note`] is about one thing; [`Notes`] puts those together that have one cause, and those aside that the project
//! silences with a reason.

mod document;
mod gather;
mod kind;

use quanheng_core::evaluation::Evaluation;
use quanheng_words::{Language, Text, text};

use crate::problem::Place;
use crate::project::Resolved;

pub use document::document;
pub(crate) use gather::listed;
pub use gather::{Group, Notes};
pub use kind::KINDS;
pub(crate) use kind::*;

/// A kind of note.
#[derive(Debug)]
pub struct Kind {
    /// The word by which a project silences it. It never changes.
    pub code: &'static str,
    /// What it says, and why a reader must know, in one or two sentences.
    pub summary: &'static str,
    /// What `of` names where only some of these notes are silenced.
    pub of: Of,
    /// How much it matters.
    pub level: Level,
    /// When it is raised.
    pub(crate) raised: Raised,
    /// The sentence about so many things, which are listed, and what can be done.
    pub(crate) words: fn(usize, Text) -> Said,
}

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It may be a mistake, or it may mislead a reader.
    Warning,
    /// It is good to know.
    Remark,
}

impl Level {
    /// Its word in files.
    pub fn name(self) -> &'static str {
        match self {
            Level::Warning => "warning",
            Level::Remark => "remark",
        }
    }

    /// Its word for readers.
    pub fn words(self) -> Text {
        match self {
            Level::Warning => text!(note_level_warning),
            Level::Remark => text!(note_level_remark),
        }
    }
}

/// What the code of a thing names that a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A region.
    Region,
    /// An indicator, which is a leaf of the tree, or a column of the data.
    Indicator,
    /// A node of the tree.
    Node,
    /// A file, as the project names it.
    File,
    /// A column of a tree.
    Column,
    /// A tier.
    Tier,
    /// A period.
    Period,
    /// A key of the project file, with the tables that lead to it.
    Key,
}

impl Of {
    /// In words.
    pub fn words(self) -> Text {
        match self {
            Of::Region => text!(note_of_region),
            Of::Indicator => text!(note_of_indicator),
            Of::Node => text!(note_of_node),
            Of::File => text!(note_of_file),
            Of::Column => text!(note_of_column),
            Of::Tier => text!(note_of_tier),
            Of::Period => text!(note_of_period),
            Of::Key => text!(note_of_key),
        }
    }
}

/// When notes of a kind are raised.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Raised {
    /// Where the project and its data are read.
    WhenRead,
    /// They are looked for in an evaluation, which takes no more work than reading its results once.
    InResult(fn(&Seen<'_>) -> Vec<Note>),
}

/// An evaluation, and the project that it was made from.
#[derive(Debug)]
pub(crate) struct Seen<'a> {
    pub(crate) resolved: &'a Resolved,
    pub(crate) evaluation: &'a Evaluation,
}

/// What a note says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What is so.
    pub what: Text,
    /// What follows from it, or what can be done.
    pub hint: Text,
}

/// A note about one thing.
#[derive(Clone, Debug)]
pub struct Note {
    /// Its kind.
    pub kind: &'static Kind,
    /// The code of what it is about, by which it can be silenced.
    pub of: String,
    /// What it is about, as the sentence names it.
    pub shown: Text,
    /// Where it is to be found.
    pub places: Vec<Place>,
    /// The methodology that it is about; none where it is about what is read.
    pub methodology: Option<String>,
}

impl Note {
    /// A note about a thing of this code, which is shown as it is.
    pub fn new(kind: &'static Kind, of: impl Into<String>) -> Note {
        let of = of.into();
        let shown = Text::plain(format!("`{of}`"));
        Note { kind, of, shown, places: Vec::new(), methodology: None }
    }

    /// The same, shown in other words.
    #[must_use]
    pub fn shown(self, shown: Text) -> Note {
        Note { shown, ..self }
    }

    /// The same with one more place.
    #[must_use]
    pub fn at(mut self, place: impl IntoIterator<Item = Place>) -> Note {
        self.places.extend(place);
        self
    }
}

impl Kind {
    /// Its name for readers.
    pub fn name(&self, language: Language) -> &str {
        quanheng_words::declared(language, &format!("note-{}", self.code), "").unwrap_or(self.code)
    }

    /// Its summary for readers.
    pub fn summary(&self, language: Language) -> &str {
        let id = format!("note-{}", self.code);
        quanheng_words::declared(language, &id, "summary").unwrap_or(self.summary)
    }
}

/// A kind is the same where its code is.
impl PartialEq for Kind {
    fn eq(&self, other: &Kind) -> bool {
        self.code == other.code
    }
}

/// The notes on an evaluation.
pub(crate) fn of_result(resolved: &Resolved, evaluation: &Evaluation) -> Vec<Note> {
    let seen = Seen { resolved, evaluation };
    let code = &evaluation.methodology().code;
    let each = |kind: &&Kind| match kind.raised {
        Raised::WhenRead => Vec::new(),
        Raised::InResult(find) => find(&seen),
    };
    let notes = KINDS.iter().copied().flat_map(|kind| each(&kind));
    notes.map(|note| Note { methodology: Some(code.clone()), ..note }).collect()
}
