//! What went wrong in a method that is written outside: in a script or a plugin.

use std::ops::Range;
use std::sync::Arc;

/// A text that problems point into.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The file as the user knows it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A place in a text, and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The text.
    pub source: Arc<Source>,
    /// The bytes.
    pub span: Range<usize>,
    /// What happened there; empty where the fault itself says it.
    pub note: String,
}

/// A fault of a script or plugin. The facts are in words already, since they are the author's or his language's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgramFault {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: Option<String>,
    /// Where: the innermost place first, then the calls that led there. None where no place is known.
    pub sites: Vec<Site>,
    /// The row at hand, by its position among those handed over.
    pub row: Option<usize>,
}

impl std::fmt::Display for ProgramFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)
    }
}
