//! Files of other programs as sheets of cells, without anything that the project file would have to state.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use calamine::{Data, SheetVisible};

use super::text::number;
use crate::data::decode::{Stated, decode};
use crate::data::file::workbook;
use crate::gate;
use crate::gate::bounds::WORKBOOK;
use crate::problem::{DataFault, Fault, Place, Problem, Problems};

/// A file.
#[derive(Debug)]
pub struct Book {
    /// Its name without the folder.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its sheets, one for a text file.
    pub(super) sheets: Vec<Sheet>,
    /// The value of a JSON file.
    pub(super) json: Option<serde_json::Value>,
    /// Whether it is a workbook.
    pub(super) is_workbook: bool,
}

/// A sheet that a person sees.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// The cells from the first row and column of the sheet on, or of each line of a text. Every cell of a merged area has
    /// the value of its first one.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Cell {
    #[default]
    Empty,
    Number(f64),
    Text(String),
}

impl Cell {
    /// What it shows; nothing for what R writes where nothing is.
    pub(super) fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Number(x) => number(*x),
            Cell::Text(text) => text.trim().to_owned(),
        }
    }

    /// The number that it holds, as a number or as its text.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Cell::Number(x) => Some(*x),
            Cell::Text(text) => text.trim().parse().ok().filter(|x: &f64| x.is_finite()),
            Cell::Empty => None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text().is_empty()
    }
}

/// A sheet whose first row has the names of its columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    heads: &'a [Cell],
    pub(super) rows: &'a [Vec<Cell>],
}

impl Sheet {
    pub(super) fn frame(&self) -> Option<Frame<'_>> {
        let (heads, rows) = self.rows.split_first()?;
        Some(Frame { heads, rows })
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|row| row.get(column)).unwrap_or(&Cell::Empty)
    }

    pub(super) fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
}

impl Frame<'_> {
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.heads.iter().position(|head| head.text() == name)
    }

    /// What a cell says; `NA` of R says nothing.
    pub(super) fn text(&self, row: usize, name: &str) -> String {
        let cell = self.column(name).and_then(|column| self.rows[row].get(column));
        cell.map(Cell::text).filter(|text| text != "NA").unwrap_or_default()
    }

    pub(super) fn number(&self, row: usize, name: &str) -> Option<f64> {
        self.rows[row].get(self.column(name)?)?.number()
    }
}

impl Book {
    /// Reads a file.
    ///
    /// # Errors
    /// A file that cannot be read, as text, as JSON or as a workbook.
    pub fn read(path: &Path) -> Result<Book, Problems> {
        let shown = path.display().to_string();
        let bytes = gate::read(path, WORKBOOK).map_err(|e| Problem::unreadable(&shown, e))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let wrong = |fault: DataFault| {
            let places = vec![Place::File(shown.clone())];
            Problems::from(Problem { fault: Fault::Data(fault), places })
        };
        let mut book = Book {
            name,
            path: path.to_owned(),
            bytes,
            sheets: Vec::new(),
            json: None,
            is_workbook: false,
        };
        if workbook::is_workbook(&book.bytes) {
            book.is_workbook = true;
            let fault = |fault: workbook::Fault| wrong(fault.into());
            let mut file = workbook::Book::open(Arc::from(book.bytes.as_slice())).map_err(fault)?;
            let is_seen = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible;
            let seen = file.sheets().iter().filter(is_seen).map(|sheet| sheet.name.clone());
            for name in seen.collect::<Vec<String>>() {
                let mut sheet = file.sheet(&name).map_err(fault)?;
                for (at, text) in file.shown(&book.bytes, &name, &sheet.range).map_err(fault)? {
                    sheet.range.set_value(at, Data::String(text));
                }
                if let (Some(first), Some(last)) = (sheet.range.start(), sheet.range.end()) {
                    let merged = file.merged(&book.bytes, &name, (first, last)).map_err(fault)?;
                    fill(&mut sheet.range, &merged);
                }
                book.sheets.push(of_range(name, &sheet.range));
            }
            return Ok(book);
        }
        let (text, _) = decode(&book.bytes, Stated::default())
            .map_err(|refused| wrong(refused.fault(false)))?;
        match serde_json::from_str(&text) {
            Ok(json @ (serde_json::Value::Object(_) | serde_json::Value::Array(_))) => {
                book.json = Some(json);
            }
            _ => book.sheets.push(of_text(&text)),
        }
        Ok(book)
    }

    pub(super) fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

/// Gives every cell of a merged area the value of its first one, as [`crate::data`] does when it reads a sheet.
fn fill(range: &mut calamine::Range<Data>, merged: &[workbook::Area]) {
    let Some(last) = range.end() else { return };
    let (height, width) = range.get_size();
    // Areas that lie over one another would be filled again and again.
    let mut left = height * width;
    for &(top, bottom) in merged {
        let Some(value) = range.get_value(top).filter(|v| **v != Data::Empty).cloned() else {
            continue;
        };
        for row in top.0..=bottom.0.min(last.0) {
            for column in top.1..=bottom.1.min(last.1) {
                let Some(rest) = left.checked_sub(1) else { return };
                left = rest;
                range.set_value((row, column), value.clone());
            }
        }
    }
}

fn of_range(name: String, range: &calamine::Range<Data>) -> Sheet {
    let Some((top, left)) = range.start() else { return Sheet { name, rows: Vec::new() } };
    let blank = vec![Cell::Empty; left as usize];
    let mut rows = vec![Vec::new(); top as usize];
    rows.extend(range.rows().map(|row| {
        let cells = row.iter().map(|cell| match cell {
            Data::Int(x) => Cell::Number(*x as f64),
            Data::Float(x) => Cell::Number(*x),
            Data::Bool(b) => Cell::Text(if *b { "TRUE" } else { "FALSE" }.into()),
            Data::Empty => Cell::Empty,
            Data::DateTime(date) => Cell::Number(date.as_f64()),
            Data::Error(e) => Cell::Text(e.to_string()),
            Data::String(t) | Data::DateTimeIso(t) | Data::DurationIso(t) => Cell::Text(t.clone()),
        });
        blank.iter().cloned().chain(cells).collect()
    }));
    Sheet { name, rows }
}

fn of_text(text: &str) -> Sheet {
    let text = text.trim_start_matches('\u{feff}');
    // A line above the table has no mark between cells, so that the line with most of them decides.
    let count = |mark: u8| {
        let of_line = |line: &str| line.bytes().filter(|b| *b == mark).count();
        text.lines().take(50).map(of_line).max().unwrap_or(0)
    };
    let mut best = b',';
    for mark in [b';', b'\t'] {
        if count(mark) > count(best) {
            best = mark;
        }
    }
    let mut reader = ::csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(best);
    let mut reader = reader.from_reader(text.as_bytes());
    let cell = |text: &str| match text {
        "" => Cell::Empty,
        text => Cell::Text(text.to_owned()),
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for record in reader.records().filter_map(Result::ok) {
        // Blank lines are no records, and a record may go over several lines: each stands at its first line. The place
        // of a record is that of the blank lines before it.
        let (line, byte) = record
            .position()
            .map_or((1, 0), |place| (place.line() as usize, place.byte() as usize));
        let blank =
            text.get(byte..).unwrap_or_default().chars().take_while(|c| matches!(c, '\r' | '\n'));
        let line = line + blank.filter(|c| *c == '\n').count();
        rows.resize(rows.len().max(line - 1), Vec::new());
        rows.push(record.iter().map(cell).collect());
    }
    Sheet { name: String::new(), rows }
}
