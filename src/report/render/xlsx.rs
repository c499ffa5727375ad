//! Tables as an Excel workbook: one sheet a table.

use quanheng_core::model::State;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Look, Workbook, XlsxError};

use super::super::{Cell, Reader, Table};
use super::{Format, Render, stored};

pub(super) const FORMAT: Format = Format {
    name: "xlsx",
    doc: "An Excel workbook, a sheet for each table, every digit",
    reader: Reader::Files,
    is_tables_only: true,
    render: Render::AllTables(|tables| {
        let fits = tables.iter().all(|table| table.rows.len() < ROWS);
        fits.then(|| render(tables)).transpose().map_err(|e| e.to_string())
    }),
};

/// The most rows that a sheet can hold, its head among them.
const ROWS: usize = 1_048_576;

/// The tables as an xlsx file. Its date of creation is fixed, so that the same tables give the same bytes.
///
/// # Errors
/// A table with more rows or columns than a sheet holds, or a name that no sheet can have.
pub fn render(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let head = Look::new().set_bold();
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(&table.label)?;
        sheet.set_freeze_panes(1, 0)?;
        for (k, column) in table.columns.iter().enumerate() {
            sheet.write_string_with_format(0, k as u16, &column.label, &head)?;
        }
        for (i, row) in table.rows.iter().enumerate() {
            let at = i as u32 + 1;
            for (k, cell) in row.iter().enumerate() {
                let column = k as u16;
                match cell {
                    Cell::Empty => continue,
                    Cell::Number(x, State::Value) => sheet.write_number(at, column, *x)?,
                    Cell::Count(n) => sheet.write_number(at, column, *n as f64)?,
                    Cell::Rank(x) | Cell::Moved(x) | Cell::Share { value: x, .. }
                        if x.is_finite() =>
                    {
                        sheet.write_number(at, column, *x)?
                    }
                    other => sheet.write_string(at, column, stored(other))?,
                };
            }
        }
    }
    book.save_to_buffer()
}
