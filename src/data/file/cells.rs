//! Sheets of xlsx, xlsb, xls and ods workbooks.

use std::collections::HashMap;
use std::sync::Arc;

use calamine::{Data, DataType, Range, SheetType, SheetVisible, Sheets};

use super::ods::{self, Area};
use super::workbook::{Book, Fault as Wrong, says};
use super::{Cell, Input, Opened, Record, Spot, Watch, likely};
use crate::data::frame::{Frame, Take};
use crate::data::number::as_percent;
use crate::gate::bounds::{Beyond, SHEET_TEXT, WORKBOOK};
use crate::problem::{DataFault, Fault, Place, Problem};

/// A workbook: the names of its sheets are known, their cells are read one sheet at a time.
pub(super) struct Workbook {
    book: Book,
    bytes: Arc<[u8]>,
    /// The names of the sheets with cells, and whether a person sees them.
    sheets: Vec<(String, bool)>,
}

/// A sheet, read whole.
#[derive(Debug)]
pub(super) struct Cells {
    sheet: String,
    /// The other sheets of the workbook.
    others: usize,
    range: Range<Data>,
    /// The first cell as a spreadsheet counts, from 0.
    start: (u32, u32),
    /// The last row of the header in the range.
    header: usize,
    texts: Vec<Option<Box<str>>>,
    /// Numbers that are shown in another way than as they are.
    shown: HashMap<(u32, u32), Shown>,
    /// Whether the formats of numbers can be seen in such a workbook.
    formats: bool,
    /// The cells of the table that have the value of a merged region.
    filled: Vec<(u32, u32)>,
}

/// How a number is shown.
#[derive(Clone, Debug)]
struct Shown {
    text: Box<str>,
    is_percent: bool,
}

fn wrong(input: &Input, fault: Wrong) -> Vec<Problem> {
    vec![input.problem(fault.into())]
}

impl Workbook {
    pub(super) fn open(input: &Input) -> Result<Workbook, Vec<Problem>> {
        let bytes = input.read(WORKBOOK).map_err(|e| vec![input.unreadable(e)])?;
        let book = Book::open(Arc::clone(&bytes)).map_err(|fault| wrong(input, fault))?;
        let has_cells = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
        let sheets = book.sheets().iter().filter(has_cells);
        let seen =
            |sheet: &calamine::Sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible);
        let sheets = sheets.map(seen).collect();
        Ok(Workbook { book, bytes, sheets })
    }

    /// The names of the sheets, and whether a person sees them.
    pub(super) fn sheets(&self) -> &[(String, bool)] {
        &self.sheets
    }

    /// How many cells a sheet has; very many where it cannot be read, so that the reason is reported.
    pub(super) fn size(&mut self, name: &str) -> usize {
        self.book.sheet(name).map_or(usize::MAX, |sheet| sheet.range.used_cells().count())
    }

    /// Reads a sheet.
    pub(super) fn sheet(
        &mut self,
        input: &Input,
        name: &str,
        frame: &Frame,
    ) -> Result<Opened<Cells>, Vec<Problem>> {
        if !self.sheets.iter().any(|(sheet, _)| sheet == name) {
            let sheets = self.sheets.iter().map(|(sheet, _)| sheet.clone()).collect();
            return Err(vec![input.problem(DataFault::NoSheet { sheet: name.into(), sheets })]);
        }
        let read = self.book.sheet(name).map_err(|fault| wrong(input, fault))?;
        let range = &read.range;
        let start = range.start().unwrap_or((0, 0));
        let (merged, shown, formats) =
            self.formats(name, range).map_err(|fault| wrong(input, fault))?;
        let (height, width) = range.get_size();
        // What is neither number nor text is turned into text once: errors, dates, and formulas without a result.
        let mut texts = vec![None; height * width];
        for (i, cell) in range.rows().flatten().enumerate() {
            let at = (start.0 + (i / width) as u32, start.1 + (i % width) as u32);
            texts[i] = match cell {
                Data::Error(e) => Some(e.to_string().into()),
                Data::DateTime(date) => Some(date_text(date)),
                Data::Empty if read.has_formula(at) => Some("=".into()),
                _ => None,
            };
        }
        let mut cells = Cells {
            sheet: name.to_owned(),
            others: self.sheets.len() - 1,
            range: read.range,
            start,
            header: 0,
            texts,
            shown,
            formats,
            filled: Vec::new(),
        };
        cells.fill(&merged).map_err(|beyond| vec![input.problem(DataFault::Beyond(beyond))])?;
        let blank = |row: usize| (0..width).all(|column| cells.cell(row, column).is_blank());
        let Some(first) = (0..height).find(|row| !blank(*row)) else {
            return Err(vec![input.problem(DataFault::Empty)]);
        };
        let row_of = |number: u32| {
            let row = (number as usize).checked_sub(start.0 as usize + 1);
            row.filter(|row| *row < height)
        };
        let missing = |number: u32| {
            let last = start.0 as usize + height;
            let place = Place::Cell {
                file: input.name.clone(),
                sheet: Some(name.to_owned()),
                row: last,
                column: start.1 as usize,
                shows: cells.cell(height - 1, 0).shows(),
            };
            let fault = Fault::Data(DataFault::NoRow { row: number, last });
            vec![Problem { fault, places: vec![place] }]
        };
        let mut header = Vec::new();
        for head in &frame.header {
            header.push(row_of(head.row).ok_or_else(|| missing(head.row))?);
        }
        let units = match frame.units {
            Some(row) => Some(row_of(row).ok_or_else(|| missing(row))?),
            None => None,
        };
        if header.is_empty() {
            header.push(first);
        }
        if let (Some(at), Some(row)) = (units, frame.units)
            && header.contains(&at)
        {
            return Err(vec![input.problem(DataFault::UnitsInHeader { row })]);
        }
        let shows = |row: usize| -> Vec<String> {
            (0..width).map(|column| cells.cell(row, column).shows()).collect()
        };
        let likely = match frame.header.is_empty() {
            true => likely((first..height).map(|row| (cells.number(row), shows(row)))),
            false => None,
        };
        let heads = header.iter().map(|row| shows(*row)).collect();
        let units = units.map(shows);
        cells.header = header.iter().copied().max().unwrap_or(0);
        let is_filled = merged.iter().any(|((top, ..), (bottom, ..))| {
            header.iter().any(|row| (*top..=*bottom).contains(&(start.0 + *row as u32)))
        });
        Ok(Opened { table: cells, heads, units, likely, is_filled })
    }

    /// Merged regions, how numbers are shown, and whether this kind of workbook says how.
    #[expect(clippy::type_complexity, reason = "three things that are taken apart at once")]
    fn formats(
        &mut self,
        name: &str,
        range: &Range<Data>,
    ) -> Result<(Vec<Area>, HashMap<(u32, u32), Shown>, bool), Wrong> {
        let (Some(first), Some(last)) = (range.start(), range.end()) else {
            return Ok((Vec::new(), HashMap::new(), true));
        };
        let number = |at: (u32, u32)| match range.get_value(at) {
            Some(Data::Float(x)) => Some(*x),
            Some(Data::Int(x)) => Some(*x as f64),
            _ => None,
        };
        let mut shown = HashMap::new();
        let is_xlsx = self.book.number_formats(name, |at, format| {
            let inside = (first.0..=last.0).contains(&at.0) && (first.1..=last.1).contains(&at.1);
            if let Some(x) = number(at).filter(|_| inside) {
                shown.extend(shown_by(x, format).map(|shown| (at, shown)));
            }
        })?;
        let bytes = &self.bytes;
        let of_ods = self.book.with(|book| match book {
            Sheets::Ods(_) => ods::read(bytes, name, first, last).map(Some).map_err(says),
            _ => Ok(None),
        })?;
        if let Some(sheet) = of_ods {
            let percent = |at: (u32, u32)| Some((at, percent(number(at)?)));
            let shown = sheet.percents.into_iter().filter_map(percent).collect();
            return Ok((sheet.merged, shown, true));
        }
        let merged = self.book.merged(bytes, name, (first, last))?;
        Ok((merged, shown, is_xlsx))
    }
}

impl Cells {
    /// The sheet that is read, and how many there are.
    pub(super) fn sheet(&self) -> (&str, usize) {
        (&self.sheet, self.others + 1)
    }

    /// Gives every cell of a merged region the value of its first one. Regions that lie over one another would be filled
    /// again and again.
    fn fill(&mut self, merged: &[Area]) -> Result<(), Beyond> {
        let (Some(first), Some(last)) = (self.range.start(), self.range.end()) else {
            return Ok(());
        };
        let (mut cells, mut texts) = (0_u64, 0_u64);
        let (height, span) = self.range.get_size();
        let most = (height * span) as u64;
        let width = self.range.width();
        let at = |(row, column): (u32, u32)| {
            (row - first.0) as usize * width + (column - first.1) as usize
        };
        for &(top, bottom) in merged {
            let from = (top.0.max(first.0), top.1.max(first.1));
            if from != top {
                continue;
            }
            let Some(value) = self.range.get_value(top).filter(|v| **v != Data::Empty).cloned()
            else {
                continue;
            };
            let length = value.as_string().map_or(0, |text| text.len() as u64);
            let rows = u64::from(bottom.0.min(last.0).saturating_sub(top.0)) + 1;
            let columns = u64::from(bottom.1.min(last.1).saturating_sub(top.1)) + 1;
            cells = cells.saturating_add(rows.saturating_mul(columns));
            texts = texts.saturating_add(rows.saturating_mul(columns).saturating_mul(length));
            if cells > most {
                let last = (u64::from(bottom.0) + 1, u64::from(bottom.1) + 1);
                return Err(Beyond::Cells { cells, filled: most, last });
            }
            if texts > SHEET_TEXT {
                return Err(Beyond::Text);
            }
            let (text, shown) =
                (self.texts.get(at(top)).cloned().flatten(), self.shown.get(&top).cloned());
            for row in top.0..=bottom.0.min(last.0) {
                for column in top.1..=bottom.1.min(last.1) {
                    if (row, column) == top {
                        continue;
                    }
                    self.range.set_value((row, column), value.clone());
                    self.texts[at((row, column))].clone_from(&text);
                    if let Some(shown) = &shown {
                        self.shown.insert((row, column), shown.clone());
                    }
                    self.filled.push((row, column));
                }
            }
        }
        quanheng_core::number::sort_items(&mut self.filled, Ord::cmp);
        Ok(())
    }

    /// Whether a cell has the value of a merged region without being its first.
    pub(super) fn is_filled(&self, spot: Spot) -> bool {
        let row = spot.record.map_or(self.header, |record| self.header + 1 + record as usize);
        let at = (self.start.0 + row as u32, self.start.1 + spot.column as u32);
        !self.filled.is_empty() && self.filled.binary_search(&at).is_ok()
    }

    fn number(&self, row: usize) -> u32 {
        self.start.0 + row as u32 + 1
    }

    fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        let text = || self.texts[row * self.range.width() + column].as_deref().unwrap_or("");
        let number = |x: f64| match self.formats {
            false => Cell::Bare(x),
            true if self.shown.is_empty() => Cell::Number(x),
            true => {
                match self.shown.get(&(self.start.0 + row as u32, self.start.1 + column as u32)) {
                    Some(shown) if shown.is_percent => Cell::Percent(x, &shown.text),
                    Some(shown) => Cell::Padded(x, &shown.text),
                    None => Cell::Number(x),
                }
            }
        };
        match self.range.get((row, column)) {
            Some(Data::Int(x)) => number(*x as f64),
            Some(Data::Float(x)) => number(*x),
            Some(Data::String(text)) => Cell::Text(text),
            Some(Data::Bool(truth)) => Cell::Truth(*truth),
            Some(Data::DateTime(_)) => Cell::Date(text()),
            Some(Data::DateTimeIso(text) | Data::DurationIso(text)) => Cell::Date(text),
            Some(Data::Error(_)) => Cell::Error(text()),
            Some(Data::Empty) if !text().is_empty() => Cell::Formula,
            Some(Data::Empty) | None => Cell::Empty,
        }
    }

    /// Gives every row that belongs to the table and is not blank to `each`; returns the faults of rows that go on
    /// beyond the header.
    pub(super) fn records(
        &self,
        width: usize,
        watch: &mut Watch<'_>,
        each: &mut dyn FnMut(u32, &dyn Record),
    ) -> Vec<(DataFault, Spot)> {
        let mut wrong = Vec::new();
        for row in self.header + 1..self.range.height() {
            let record = (row - self.header - 1) as u32;
            let cells = self.range.width();
            let first = || {
                let mut there = (0..cells).map(|column| self.cell(row, column));
                match there.find(|cell| !cell.is_blank()) {
                    Some(Cell::Text(text)) => Some(text),
                    _ => None,
                }
            };
            match watch.take(self.number(row), first) {
                Take::Row => {}
                Take::Skip(_) => continue,
                Take::End(_) => break,
            }
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

/// The text by which a format shows a number; nothing where it is shown as a number.
pub(super) fn shown_text(x: f64, format: &str) -> Option<String> {
    shown_by(x, format).map(|shown| shown.text.to_string())
}

/// How a number is shown by a format: in per cent, or with leading zeros; nothing where it is shown as a number.
fn shown_by(x: f64, format: &str) -> Option<Shown> {
    let first = format.split(';').next().unwrap_or("");
    if first.len() > 1 && first.bytes().all(|b| b == b'0') && x >= 0.0 && x.fract() == 0.0 {
        let text = format!("{x:0>width$}", width = first.len()).into();
        return Some(Shown { text, is_percent: false });
    }
    let (mut quoted, mut escaped) = (false, false);
    let is_sign = |c: char| {
        let counts = !quoted && !escaped && c == '%';
        if !escaped && c == '"' {
            quoted = !quoted;
        }
        escaped = !escaped && !quoted && matches!(c, '\\' | '_' | '*');
        counts
    };
    format.chars().any(is_sign).then(|| percent(x))
}

fn percent(x: f64) -> Shown {
    Shown { text: format!("{}%", super::number_text(as_percent(x))).into(), is_percent: true }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_change_what_a_number_is() {
        let shown = |x: f64, format: &str| {
            shown_by(x, format).map(|shown| (shown.text.to_string(), shown.is_percent))
        };
        assert_eq!(shown(0.125, "0.0%"), Some(("12.5%".into(), true)));
        assert_eq!(shown(0.07, "0%"), Some(("7%".into(), true)));
        assert_eq!(shown(-0.3, "0.00%;[Red]-0.00%"), Some(("-30%".into(), true)));
        assert_eq!(shown(10000.0, "000000"), Some(("010000".into(), false)));
        for format in ["General", "0.00", "0\"%\"", "0\\%", "#,##0", "0"] {
            assert_eq!(shown(0.5, format), None, "{format}");
        }
    }
}
