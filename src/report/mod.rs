//! Reports: blocks of text and tables, built from an evaluation and rendered in several formats. A report computes
//! nothing: every figure in it comes from the evaluation.

pub mod audit;
mod changes;
pub mod comparison;
pub mod declaration;
pub mod difference;
pub mod explanation;
pub mod intermediate;
pub mod methods;
pub mod multiverse;
pub mod notes;
pub mod plugins;
pub mod ranking;
pub mod render;
pub mod screening;
pub mod scripts;
pub mod snapshot;
pub mod stages;
mod table;
pub mod walk;

use quanheng_core::method::Stage;
use quanheng_core::methodology::Part;
use quanheng_words::word;
pub use quanheng_words::{Language, number};
pub use table::{Cell, Columns, Head, Kind, Reader, Table};

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

/// A list as the language writes it.
fn joined(items: &[String], language: Language) -> String {
    items.join(word!(list_comma, language))
}

/// A stage as a heading: its code, and its name where that is another word.
fn stage_title(stage: Stage, language: Language) -> String {
    let (code, name) = (stage.name(), Part::of_stage(stage).word(language));
    if code == name { code.to_owned() } else { format!("{name} {code}") }
}
