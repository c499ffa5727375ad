//! Reports: blocks of text and tables, built from an evaluation and rendered in several formats. A report computes
//! nothing: every figure in it comes from the evaluation.

pub mod audit;
pub mod comparison;
pub mod difference;
pub mod explanation;
mod language;
pub mod methods;
pub mod multiverse;
pub mod plugins;
pub mod ranking;
pub mod render;
pub mod scripts;
pub mod snapshot;
pub mod stages;
pub mod walk;

pub use language::Language;
pub use quanheng_words::number;

use quanheng_core::model::State;

/// A report: blocks in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The blocks.
    pub blocks: Vec<Block>,
}

impl Report {
    /// Its tables, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}

impl From<Vec<Table>> for Report {
    fn from(tables: Vec<Table>) -> Self {
        Report { blocks: tables.into_iter().map(Block::Table).collect() }
    }
}

/// One piece of a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A line of text.
    Line(String),
    /// A table.
    Table(Table),
}

/// A table with named columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it is called where tables have names: a sheet, a file.
    pub name: String,
    /// The columns.
    pub columns: Vec<Head>,
    /// The rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// The name in files: always the same, whatever the language.
    pub key: String,
    /// The name for readers.
    pub label: String,
    /// Decimals shown to readers; files always have every digit.
    pub digits: Option<usize>,
}

impl Head {
    /// A column of text, ranks or tiers.
    pub fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Head { key: key.into(), label: label.into(), digits: None }
    }

    /// A column of numbers, shown with so many decimals.
    pub fn number(key: impl Into<String>, label: impl Into<String>, digits: usize) -> Self {
        Head { key: key.into(), label: label.into(), digits: Some(digits) }
    }
}

/// A cell of a report's table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing to say.
    Empty,
    /// A text.
    Text(String),
    /// A number, or why there is none.
    Number(f64, State),
    /// A rank, whole unless ties are averaged; NaN for none.
    Rank(f64),
    /// A tier: its position from the best, how many there are, its name.
    Tier {
        /// Position, 0 being the best.
        at: usize,
        /// How many tiers there are.
        of: usize,
        /// Its name.
        label: String,
    },
    /// How many places a region rose (above zero) or fell.
    Moved(f64),
    /// A part of a sum, and the text in which all parts as printed still add up.
    Share {
        /// The part.
        value: f64,
        /// As printed.
        text: String,
    },
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Cell::Text(text.into())
    }
}
