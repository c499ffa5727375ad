//! What is wrong with an expression, on its way out of the engine that reads expressions.

use minijinja::{Error, ErrorKind};
use quanheng_words::Text;

use crate::problem::{Fault, ProseFault};

/// A fault that a function found.
#[derive(Clone, Debug)]
pub(super) struct Wrong(pub(super) Box<Fault>);

impl Wrong {
    /// A name that nothing has.
    pub(super) fn unknown(what: Text, name: &str, mut known: Vec<String>) -> Wrong {
        let mut seen = indexmap::IndexSet::new();
        known.retain(|name| seen.insert(name.clone()));
        ProseFault::Unknown { what, name: name.to_owned(), known }.into()
    }
}

impl Wrong {
    /// Whether a table cannot be made.
    pub(super) fn is_no_table(&self) -> bool {
        matches!(*self.0, Fault::Prose(ProseFault::NoTable { .. }))
    }
}

impl From<ProseFault> for Wrong {
    fn from(fault: ProseFault) -> Self {
        Wrong(Box::new(Fault::Prose(fault)))
    }
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a fault that is said in our own words")
    }
}

impl std::error::Error for Wrong {}

impl From<Wrong> for Error {
    fn from(wrong: Wrong) -> Self {
        Error::new(ErrorKind::InvalidOperation, "").with_source(wrong)
    }
}
