//! Reports: blocks of text and tables, built from an evaluation and rendered in several formats. A report computes
//! nothing: every figure in it comes from the evaluation.

pub mod analysis;
pub mod audit;
pub mod cases;
mod changes;
pub mod chart;
pub mod charts;
pub mod comparison;
pub mod consensus;
pub mod declaration;
pub mod describe;
pub mod difference;
pub mod discovery;
pub mod document;
pub mod explanation;
pub mod figures;
mod fit;
pub mod inputs;
pub mod intermediate;
pub mod marks;
mod metadata;
pub mod methods;
pub mod multiverse;
pub mod notes;
pub mod official;
pub mod order;
pub mod page;
pub mod plugins;
pub mod profile;
pub mod prose;
pub mod ranking;
pub mod reach;
pub mod records;
pub mod registry;
pub mod render;
pub mod robustness;
pub mod screening;
pub mod scripts;
mod seen;
pub mod sensitivity;
pub mod snapshot;
pub mod stages;
mod table;
pub mod template;
mod tree;
pub mod walk;
pub mod workbook;

use quanheng_core::method::Stage;
use quanheng_core::methodology::Part;
use quanheng_core::model::{NodeId, System};
use quanheng_words::word;
pub use quanheng_words::{Language, number};
pub use table::{Cell, Columns, Head, Importance, Kind, Reader, Table};

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

    /// The same with the numbers of its tables as a person wants to see them.
    #[must_use]
    pub fn in_form(self, form: number::Form) -> Report {
        let of = |block: Block| match block {
            Block::Table(table) if !form.is_usual() => Block::Table(table.in_form(form)),
            other => other,
        };
        Report { blocks: self.blocks.into_iter().map(of).collect() }
    }

    /// The report with only these columns, in this order, each by its key or its label. The tables that have most of them
    /// are meant; the others stay whole.
    ///
    /// # Errors
    /// A name that is not a column of any table.
    pub fn only(&self, wanted: &[String]) -> Result<Report, UnknownColumn> {
        if wanted.is_empty() {
            return Ok(self.clone());
        }
        let find = |table: &Table, name: &String| {
            let by_key = table.columns.iter().position(|head| head.key == *name);
            by_key.or_else(|| table.columns.iter().position(|head| plain(&head.label) == *name))
        };
        let unknown =
            wanted.iter().find(|name| self.tables().all(|table| find(table, name).is_none()));
        if let Some(name) = unknown {
            let mut known = Vec::new();
            for head in self.tables().flat_map(|table| &table.columns) {
                known.extend(Some(head.key.clone()).filter(|key| !known.contains(key)));
            }
            return Err(UnknownColumn { name: name.clone(), known });
        }
        let found = |table: &Table| -> Vec<usize> {
            wanted.iter().filter_map(|name| find(table, name)).collect()
        };
        let most = self.tables().map(|table| found(table).len()).max().unwrap_or(0);
        let meant: Vec<&str> = self
            .tables()
            .filter(|table| found(table).len() == most)
            .map(|table| table.name.as_str())
            .collect();
        let only = |block: &Block| match block {
            Block::Table(table) if meant.contains(&table.name.as_str()) => {
                let columns = found(table);
                Block::Table(match columns.is_empty() {
                    true => table.clone(),
                    false => table.with_columns(&columns),
                })
            }
            other => other.clone(),
        };
        Ok(Report { blocks: self.blocks.iter().map(only).collect() })
    }
}

/// A column that no table of a report has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownColumn {
    /// What was asked for.
    pub name: String,
    /// The keys of all columns.
    pub known: Vec<String>,
}

/// A label in one line.
fn plain(label: &str) -> String {
    label.split('\n').collect::<Vec<_>>().join(" ")
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

/// A node and everything below it, as a reader expects them: each node before its children.
fn in_order(system: &System, from: NodeId) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    let mut stack = vec![from];
    while let Some(id) = stack.pop() {
        nodes.push(id);
        stack.extend(system.node(id).children.iter().rev());
    }
    nodes
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
