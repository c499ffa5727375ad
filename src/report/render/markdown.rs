//! Reports as Markdown.

use super::super::{Block, Language, Reader, Report, Table};
use super::{Format, Render, shown};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    doc: "Markdown, for people",
    reader: Reader::People,
    is_tables_only: false,
    render: Render::Text(|report, style| render(report, style.language, 2)),
};

/// The report as Markdown, headings at `level`.
pub fn render(report: &Report, language: Language, level: usize) -> String {
    let report = &report.seen();
    let mut text = String::new();
    for block in &report.blocks {
        match block {
            Block::Heading(words) => text.push_str(&format!("{} {words}\n\n", "#".repeat(level))),
            Block::Line(words) => text.push_str(&format!("{words}\n\n")),
            Block::Table(t) => text.push_str(&table(t, language)),
        }
    }
    text
}

fn table(table: &Table, language: Language) -> String {
    let escaped = |text: &str| text.replace('|', "\\|").replace('\n', " ");
    let mut text = String::from("|");
    for head in &table.columns {
        text.push_str(&format!(" {} |", escaped(&head.label)));
    }
    text.push_str("\n|");
    for k in 0..table.columns.len() {
        text.push_str(if table.is_numeric(k) { "---:|" } else { "---|" });
    }
    text.push('\n');
    for row in &table.rows {
        text.push('|');
        for (cell, head) in row.iter().zip(&table.columns) {
            text.push_str(&format!(" {} |", escaped(&shown(cell, head, language))));
        }
        text.push('\n');
    }
    text.push('\n');
    text
}
