//! What can be wrong outside the core: facts with their places. Words are in `words.rs`, and nowhere else.

mod data;
mod words;

use std::ops::Range;
use std::sync::Arc;

pub use data::{DataFault, UnknownRegion, Unread};
pub use words::Words;

/// A text that problems point into.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The file as the user knows it, relative to where the program was started or the project lies.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Where something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A stretch of bytes in a text file.
    Text {
        /// The file.
        source: Arc<Source>,
        /// The bytes.
        span: Range<usize>,
    },
    /// A cell of a table, in the words of its program: `B7`, with what it shows.
    Cell {
        /// The file.
        file: String,
        /// The sheet, for a workbook.
        sheet: Option<String>,
        /// The row as printed in a spreadsheet, from 1.
        row: usize,
        /// The column from 0.
        column: usize,
        /// What the cell shows.
        shows: String,
    },
    /// A file as a whole.
    File(String),
}

/// One thing that is wrong: what, where, and further places that explain it.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub fault: Fault,
    /// Where, the most telling place first; none where there is no place.
    pub places: Vec<Place>,
}

/// Kinds of faults; each becomes a sentence, a hint and an exit code in `words.rs`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// A file that cannot be opened or read.
    Unreadable {
        /// The file.
        file: String,
        /// What the operating system said.
        reason: String,
    },
    /// A file that cannot be written; an older one of its name is as it was.
    Unwritable {
        /// The file.
        file: String,
        /// What the operating system said.
        reason: String,
    },
    /// Something in a file of data.
    Data(DataFault),
}
