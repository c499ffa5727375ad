//! The form of what commands print.

use clap::ValueEnum;

use crate::report::render::{csv, json, markdown, terminal};
use crate::report::{Language, Report};

/// The form of what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Tables for people.
    Table,
    /// The tables as CSV, every digit; an empty line between them.
    Csv,
    /// JSON, every digit.
    Json,
    /// Markdown, for people.
    Markdown,
}

/// Longer tables are cut for people unless they say otherwise.
pub(super) const SHOWN: usize = 500;

impl Format {
    /// Whether people read it: rounded, and long tables cut.
    pub(super) fn is_for_people(self) -> bool {
        matches!(self, Format::Table | Format::Markdown)
    }

    /// A report in this form; with colours on a terminal where `colour` is set.
    pub(super) fn render(self, report: &Report, language: Language, colour: bool) -> String {
        match self {
            Format::Table => terminal::render(report, language, colour),
            Format::Markdown => markdown::render(report, language, 2),
            Format::Json => json::render(report),
            Format::Csv => report.tables().map(csv::render).collect::<Vec<_>>().join("\n"),
        }
    }
}
