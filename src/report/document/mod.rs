//! A report to hand over: chapters of text with charts and tables between them, before it is known whether they become a
//! page of HTML, a PDF or Markdown.
//!
//! A document computes nothing. What it says of results stands in it as text already; charts and tables are those of the
//! other reports. One file for each form that it is written in.

pub mod html;
pub mod markdown;
pub(super) mod printer;
pub mod standard;
#[cfg(test)]
mod tests;
pub mod typst;

use super::chart::Chart;
use super::{Language, Table};

/// A report to hand over.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its language.
    pub language: Language,
    /// What it is called.
    pub title: String,
    /// What stands below the title, a line each: who made it, of what period, by which methodology.
    pub about: Vec<String>,
    /// What of the data was not measured and what of the index was not published, a line each: every form shows it above
    /// everything else.
    pub marks: Vec<String>,
    /// What it was made from: version and fingerprint, for its last line.
    pub origin: String,
    /// What a reader finds its chapters, figures and tables by.
    pub contents: Contents,
    /// Its parts, in reading order.
    pub parts: Vec<Part>,
}

/// What a reader finds the chapters, figures and tables of a document by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contents {
    /// Nothing: the document is short.
    #[default]
    Nothing,
    /// A table of contents.
    Chapters,
    /// A table of contents, and on paper lists of figures and tables too.
    Everything,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A heading.
    Heading {
        /// 1 for a chapter, 2 for a section in it, and so on.
        level: usize,
        /// The words.
        words: Vec<Run>,
    },
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A list.
    List {
        /// The number of the first item; nothing where items have points.
        first: Option<u64>,
        /// The items.
        items: Vec<Vec<Part>>,
    },
    /// What somebody else says.
    Quote(Vec<Part>),
    /// Text whose lines and blanks stay as they are.
    Verbatim(String),
    /// A chart, numbered among the figures.
    Figure {
        /// The drawing, its text for those who do not see it, and its source.
        chart: Box<Chart>,
        /// What is written below it in place of its title.
        caption: Option<String>,
    },
    /// A table of results, numbered among the tables.
    Table {
        /// The table.
        table: Table,
        /// What is written above it in place of its label.
        caption: Option<String>,
    },
    /// A table that the author wrote: its rows, the first being the head. It has no number.
    Grid(Vec<Vec<Vec<Run>>>),
    /// What follows begins on a new page, in forms that have pages.
    NewPage,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Run {
    /// Plain text.
    Text(String),
    /// Emphasised: italic, or with dots in Chinese.
    Emphasis(Vec<Run>),
    /// Strongly emphasised: bold.
    Strong(Vec<Run>),
    /// Something that is typed, such as a command.
    Typed(String),
    /// Words that lead somewhere.
    Link {
        /// To where.
        to: String,
        /// The words.
        words: Vec<Run>,
    },
    /// A footnote.
    Note(Vec<Part>),
    /// A line ends here.
    Break,
}

/// The text of pieces, without footnotes and without what makes them stand out.
pub fn plain(words: &[Run]) -> String {
    let mut text = String::new();
    for run in words {
        match run {
            Run::Text(of) | Run::Typed(of) => text.push_str(of),
            Run::Emphasis(of) | Run::Strong(of) | Run::Link { words: of, .. } => {
                text.push_str(&plain(of));
            }
            Run::Note(_) => {}
            Run::Break => text.push(' '),
        }
    }
    text
}
