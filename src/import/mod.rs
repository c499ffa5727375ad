//! Projects made of what other programs keep: COINr, the COIN Tool, spreadsheets.
//!
//! The original file stays as it is, and the project reads it where its layout allows that.

mod coin_tool;
mod coinr;
mod log;
mod plain;
mod sheets;
mod text;

pub use sheets::Book;

use quanheng_words::{Text, text};

use crate::problem::{Fault, Problem, Problems};

/// A project that is to be written.
#[derive(Debug, Default)]
pub struct Draft {
    /// The files, by name, with their text.
    pub files: Vec<(String, String)>,
    /// What was understood, a line each.
    pub understood: Vec<Text>,
    /// What did not come over, a line each.
    pub left: Vec<Text>,
    /// What the steps may have been, where results are known and the steps are not.
    pub trial: Option<Trial>,
}

/// Project files that differ in the methodology: the one that gives the known results is the right one.
#[derive(Debug)]
pub struct Trial {
    /// A project file with all of them, the methodology of the n-th under the code `trial-n`, each compared with the known
    /// results.
    pub all: String,
    /// The project file with each of them.
    pub each: Vec<String>,
}

/// Makes a project of the files of another program, which are distinguished by their heads and sheets.
///
/// # Errors
/// Files that are none of those that are known.
pub fn import(books: &[Book]) -> Result<Draft, Problems> {
    coinr::import(books)
        .or_else(|| coin_tool::import(books))
        .or_else(|| plain::import(books))
        .ok_or_else(|| {
            let files = books.iter().map(|book| book.name.clone()).collect();
            Problem { fault: Fault::NothingToImport { files }, places: Vec::new() }.into()
        })
}

/// A line on how many there are of something.
fn counted(what: Text, count: usize) -> Text {
    text!(import_counted, what = what, count = count)
}
