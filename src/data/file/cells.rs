//! Sheets of xlsx, xlsb, xls and ods workbooks.

use std::io::Cursor;

use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};

use super::{Cell, Input, Record, Spot};
use crate::problem::{DataFault, Place, Problem};

/// A sheet, read whole.
#[derive(Debug)]
pub(super) struct Cells {
    sheet: String,
    /// How many sheets the workbook has.
    sheets: usize,
    range: Range<Data>,
    /// The first cell as a spreadsheet counts, from 0.
    start: (u32, u32),
    /// The row of the header in the range.
    header: usize,
    texts: Vec<Option<Box<str>>>,
}

/// Whether a file that begins so is a workbook: a zip archive or an OLE file.
pub(super) fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

impl Cells {
    pub(super) fn open(
        input: &Input,
        sheet: Option<&str>,
    ) -> Result<(Cells, Vec<String>), Vec<Problem>> {
        let bytes = input.read().map_err(|e| vec![input.unreadable(e)])?;
        let wrong =
            |e: &dyn ToString| vec![input.problem(DataFault::Workbook { reason: e.to_string() })];
        let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| wrong(&e))?;
        let sheets = book.sheet_names();
        let sheet = match sheet {
            Some(name) if !sheets.iter().any(|s| s == name) => {
                return Err(vec![input.problem(DataFault::NoSheet { sheet: name.into(), sheets })]);
            }
            Some(name) => name.to_string(),
            None => sheets.first().cloned().ok_or_else(|| vec![input.problem(DataFault::Empty)])?,
        };
        let range = book.worksheet_range(&sheet).map_err(|e| wrong(&e))?;
        let formulas = book.worksheet_formula(&sheet).map_err(|e| wrong(&e))?;
        let start = range.start().unwrap_or((0, 0));
        let (height, width) = range.get_size();
        let header = (0..height).find(|row| !is_blank_row(&range, *row));
        let Some(header) = header else {
            return Err(vec![input.problem(DataFault::Empty)]);
        };
        // What is neither number nor text is turned into text once: errors, dates, and formulas without a result.
        let mut texts = vec![None; height * width];
        for (i, cell) in range.rows().flatten().enumerate() {
            let at = (start.0 + (i / width) as u32, start.1 + (i % width) as u32);
            texts[i] = match cell {
                Data::Error(e) => Some(e.to_string().into()),
                Data::DateTime(date) => Some(date_text(date)),
                Data::Empty if formulas.get_value(at).is_some_and(|f| !f.is_empty()) => {
                    Some("=".into())
                }
                _ => None,
            };
        }
        let cells = Cells { sheet, sheets: sheets.len(), range, start, header, texts };
        let header = (0..width).map(|column| cells.cell(header, column).shows()).collect();
        Ok((cells, header))
    }

    /// The sheet that is read, and how many there are.
    pub(super) fn sheet(&self) -> (&str, usize) {
        (&self.sheet, self.sheets)
    }

    fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        let text = || self.texts[row * self.range.width() + column].as_deref().unwrap_or("");
        match self.range.get((row, column)) {
            Some(Data::Int(x)) => Cell::Number(*x as f64),
            Some(Data::Float(x)) => Cell::Number(*x),
            Some(Data::String(text)) => Cell::Text(text),
            Some(Data::Bool(truth)) => Cell::Truth(*truth),
            Some(Data::DateTime(_)) => Cell::Date(text()),
            Some(Data::DateTimeIso(text) | Data::DurationIso(text)) => Cell::Date(text),
            Some(Data::Error(_)) => Cell::Error(text()),
            Some(Data::Empty) if !text().is_empty() => Cell::Formula,
            Some(Data::Empty) | None => Cell::Empty,
        }
    }

    /// Gives every row that is not blank to `each`; returns the faults of rows that go on beyond the header.
    pub(super) fn records(
        &self,
        width: usize,
        each: &mut dyn FnMut(u32, &dyn Record),
    ) -> Vec<(DataFault, Spot)> {
        let mut wrong = Vec::new();
        for row in self.header + 1..self.range.height() {
            let record = (row - self.header - 1) as u32;
            let cells = self.range.width();
            match (width..cells).rev().find(|column| !self.cell(row, *column).is_blank()) {
                Some(last) => {
                    let fault = DataFault::Ragged { expected: width, found: last + 1, lines: 1 };
                    wrong.push((fault, Spot { record: Some(record), column: last }));
                }
                None if (0..width).all(|column| self.cell(row, column).is_blank()) => {}
                None => each(record, &Row { cells: self, row }),
            }
        }
        wrong
    }

    pub(super) fn place(&self, file: &str, spot: Spot) -> (Place, String) {
        let row = spot.record.map_or(self.header, |record| self.header + 1 + record as usize);
        let shows = self.cell(row, spot.column).shows();
        let place = Place::Cell {
            file: file.to_string(),
            sheet: Some(self.sheet.clone()),
            row: self.start.0 as usize + row + 1,
            column: self.start.1 as usize + spot.column,
            shows: shows.clone(),
        };
        (place, shows)
    }
}

struct Row<'a> {
    cells: &'a Cells,
    row: usize,
}

impl Record for Row<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        self.cells.cell(self.row, column)
    }
}

fn is_blank_row(range: &Range<Data>, row: usize) -> bool {
    (0..range.width()).all(|column| match range.get((row, column)) {
        Some(Data::String(text)) => text.trim().is_empty(),
        Some(Data::Empty) | None => true,
        Some(_) => false,
    })
}

/// A date as year-month-day, with the time where there is one; a length of time as its number of days.
fn date_text(date: &calamine::ExcelDateTime) -> Box<str> {
    if !date.is_datetime() {
        return format!("{}", date.as_f64()).into();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}").into()
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}").into()
    }
}
