//! Reports as JSON: the tables with their keys, every digit.

use super::super::{Block, Cell, Reader, Report, Table};
use super::{Format, Render, state_name, stored};
use crate::report::number;

pub(super) const FORMAT: Format = Format {
    name: "json",
    doc: "JSON, every digit",
    reader: Reader::Files,
    is_tables_only: false,
    render: Render::Text(|report, _| render(report)),
};

/// The report as JSON text: one object with headings, lines and tables, in order.
pub fn render(report: &Report) -> String {
    let mut text = String::from("{\"blocks\":[");
    for (i, block) in report.blocks.iter().enumerate() {
        text.push_str(if i > 0 { ",\n" } else { "\n" });
        match block {
            Block::Heading(words) => text.push_str(&format!("{{\"heading\":{}}}", quoted(words))),
            Block::Line(words) => text.push_str(&format!("{{\"line\":{}}}", quoted(words))),
            Block::Table(t) => text.push_str(&table(t)),
        }
    }
    text.push_str("\n]}\n");
    text
}

/// One table as a JSON object: `name`, `columns`, and `rows` of objects by column.
pub fn table(table: &Table) -> String {
    let columns: Vec<String> = table.columns.iter().map(|head| quoted(&head.key)).collect();
    let rows: Vec<String> = table
        .rows
        .iter()
        .map(|row| {
            let cells =
                row.iter().zip(&columns).map(|(cell, key)| format!("{key}:{}", value(cell)));
            format!("{{{}}}", cells.collect::<Vec<_>>().join(","))
        })
        .collect();
    format!(
        "{{\"name\":{},\"columns\":[{}],\"rows\":[\n{}\n]}}",
        quoted(&table.name),
        columns.join(","),
        rows.join(",\n")
    )
}

fn value(cell: &Cell) -> String {
    use quanheng_core::model::State;
    match cell {
        Cell::Empty => "null".into(),
        Cell::Number(x, State::Value) => number::exact(*x),
        Cell::Number(_, State::Missing) => "null".into(),
        Cell::Number(_, state) => quoted(state_name(*state)),
        Cell::Count(n) => n.to_string(),
        Cell::Rank(x) | Cell::Moved(x) if x.is_nan() => "null".into(),
        Cell::Rank(x) | Cell::Moved(x) => number::exact(*x),
        Cell::Share { value, .. } if value.is_nan() => "null".into(),
        Cell::Share { value, .. } => number::exact(*value),
        Cell::Text(_) | Cell::Tier { .. } => quoted(&stored(cell)),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}
