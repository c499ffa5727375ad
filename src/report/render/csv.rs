//! Tables as CSV: UTF-8, comma, every digit.

use super::super::{Reader, Report, Table};
use super::{Format, Render, Style, stored};
use crate::data::write;

pub(super) const FORMAT: Format = Format {
    name: "csv",
    doc: "The tables as CSV, every digit; an empty line between them",
    reader: Reader::Files,
    is_tables_only: true,
    render: Render::Text(report),
};

fn report(report: &Report, style: Style) -> String {
    let tables = report.tables().map(text).collect::<Vec<_>>().join("\n");
    if style.bom { format!("\u{feff}{tables}") } else { tables }
}

/// The table as CSV text, its heads by their keys.
pub fn text(table: &Table) -> String {
    String::from_utf8(bytes(table, false)).expect("texts are UTF-8")
}

/// The table as a CSV file. A byte order mark says that it is UTF-8: without one, Excel reads a file in the encoding of
/// the system, which is GBK on a Chinese Windows.
pub fn file(table: &Table) -> Vec<u8> {
    bytes(table, true)
}

fn bytes(table: &Table, mark: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut write = || -> std::io::Result<()> {
        let mut csv = write::csv(&mut bytes, mark)?;
        csv.write_record(table.columns.iter().map(|head| &head.key))?;
        for row in &table.rows {
            csv.write_record(row.iter().map(stored))?;
        }
        csv.flush()
    };
    write().expect("memory can be written");
    bytes
}
