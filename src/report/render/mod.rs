//! Forms of output: one file each, listed in [`FORMATS`].
//!
//! A [`Format`] says everything about its form: `--format`, its help and `run --out` read it there.

pub mod csv;
pub mod html;
pub mod json;
pub mod latex;
pub mod markdown;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod table;
pub mod xlsx;

use quanheng_core::model::State;

use std::io::IsTerminal;

use quanheng_words::{visible, word};

use super::workbook::Workbook;
use super::{Cell, Head, Kind, Language, Reader, Report, Table, number};

/// Every form, in the order of the help.
pub static FORMATS: &[Format] = &[
    table::FORMAT,
    csv::FORMAT,
    json::FORMAT,
    markdown::FORMAT,
    html::FORMAT,
    latex::FORMAT,
    xlsx::FORMAT,
    #[cfg(feature = "parquet")]
    parquet::FORMAT,
];

/// A form of output.
#[derive(Debug)]
pub struct Format {
    /// Its word after `--format`; also the name of its file, and the ending of the files that it writes.
    pub name: &'static str,
    /// What it is, in one sentence.
    pub doc: &'static str,
    /// Whom it is for: people see rounded numbers, and long tables cut.
    pub reader: Reader,
    /// Whether it holds tables alone, without headings and lines.
    pub is_tables_only: bool,
    /// How it is made.
    pub render: Render,
}

/// Makes the bytes of a workbook; none where it does not fit into such a file.
type BookFile = fn(&Workbook) -> Result<Option<Vec<u8>>, String>;

/// How a form of output is made.
#[derive(Clone, Copy, Debug)]
pub enum Render {
    /// A report as text, which `--format` prints.
    Text(fn(&Report, Style) -> String),
    /// A file of each table, which `run --out` writes.
    EachTable(fn(&Table) -> Result<Vec<u8>, String>),
    /// The workbook, which `run --out` writes; none where it does not fit into such a file.
    Book(BookFile),
}

/// In which words and colours a report is printed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// The language.
    pub language: Language,
    /// Whether a terminal shows it in colours.
    pub colour: bool,
    /// How many characters fit into a line; as many as there are where it is not stated.
    pub width: Option<usize>,
    /// Whether CSV begins with a byte order mark.
    pub bom: bool,
}

impl Format {
    /// The forms that `--format` prints.
    pub fn printed() -> impl Iterator<Item = &'static Format> {
        FORMATS.iter().filter(|format| matches!(format.render, Render::Text(_)))
    }

    /// The form of this name.
    pub fn find(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Whether people read it.
    pub fn is_for_people(&self) -> bool {
        self.reader == Reader::People
    }

    /// A report in this form; empty in a form that is not text.
    pub fn text(&self, report: &Report, style: Style) -> String {
        match self.render {
            // A file has what is in the data; on a terminal it is only looked at.
            Render::Text(render) if !self.is_for_people() && std::io::stdout().is_terminal() => {
                visible(&render(report, style)).into_owned()
            }
            Render::Text(render) => render(report, style),
            Render::EachTable(_) | Render::Book(_) => String::new(),
        }
    }
}

/// A cell as a reader sees it.
pub(super) fn shown(cell: &Cell, head: &Head, language: Language) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(x, State::Value) => match head.kind {
            Kind::Number(Some(digits)) => number::fixed(*x, digits),
            Kind::Number(None) | Kind::Text => number::short(*x),
        },
        Cell::Number(_, State::Missing) => word!(label_missing, language).to_owned(),
        Cell::Number(_, State::NotApplicable) => word!(label_not_applicable, language).to_owned(),
        Cell::Number(_, State::Withheld) => word!(label_withheld, language).to_owned(),
        Cell::Count(n) => n.to_string(),
        Cell::Rank(rank) => number::rank(*rank),
        Cell::Tier { label, .. } => label.clone(),
        Cell::Moved(places) => number::moved(*places),
        Cell::Share { text, .. } => text.clone(),
    }
}

/// A cell as a file holds it: every digit, the state of an absent cell by its name in English.
fn stored(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(x, State::Value) => number::exact(*x),
        Cell::Number(_, state) => state_name(*state).to_owned(),
        Cell::Count(n) => n.to_string(),
        Cell::Rank(rank) => number::rank(*rank),
        Cell::Tier { label, .. } => label.clone(),
        Cell::Moved(places) => number::exact(*places),
        Cell::Share { value, .. } => number::exact(*value),
    }
}

fn state_name(state: State) -> &'static str {
    match state {
        State::Value => "value",
        State::Missing => "",
        State::NotApplicable => "not_applicable",
        State::Withheld => "withheld",
    }
}
