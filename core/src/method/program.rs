//! Errors of methods from outside the core: scripts and plugins.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use quanheng_words::Text;

/// A text that problems point into.
#[derive(Debug)]
pub struct Source {
    /// The file as the user knows it.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Where its lines end; found when a line is asked for.
    ends: OnceLock<Vec<usize>>,
}

impl Source {
    /// A text, and what it is called.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source { name: name.into(), text: text.into(), ends: OnceLock::new() }
    }

    /// The line of a byte, from 1. A byte behind the text is in its last line.
    pub fn line(&self, byte: usize) -> usize {
        let ends =
            self.ends.get_or_init(|| self.text.match_indices('\n').map(|(at, _)| at).collect());
        ends.partition_point(|end| *end < byte) + 1
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        self.name == other.name && self.text == other.text
    }
}

impl Eq for Source {}

/// A place in a text, and a remark about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The text.
    pub source: Arc<Source>,
    /// The bytes.
    pub span: Range<usize>,
    /// What happened there; empty if the fault itself states it.
    pub note: Text,
}

/// A fault of a script or plugin. The text is the author's own, in one language, or the program's, in every language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgramFault {
    /// What is wrong.
    pub what: Text,
    /// What to do.
    pub hint: Option<Text>,
    /// Where: the innermost place first, then the calls that led there. None where no place is known.
    pub sites: Vec<Site>,
    /// The row that was being processed, by its position in the input.
    pub row: Option<usize>,
}

impl std::fmt::Display for ProgramFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.what.fmt(f)
    }
}
