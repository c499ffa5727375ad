//! Tables as an Excel workbook: one sheet a table.

use quanheng_core::model::State;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

use super::super::{Cell, Table};
use super::stored;

/// The most rows that a sheet can hold, its head among them.
pub const ROWS: usize = 1_048_576;

/// The tables as an xlsx file. Its date of creation is fixed, so that the same tables give the same bytes.
///
/// # Errors
/// A table with more rows or columns than a sheet holds, or a name that no sheet can have.
pub fn render(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&created));
    let head = Format::new().set_bold();
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(&table.name)?;
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
