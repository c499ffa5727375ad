//! Workbooks, opened within bounds: nothing is given to their reader that would take much more memory than the file
//! itself.

mod archive;
mod ods;
mod xls;

use std::collections::BTreeSet;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Cell, Data, DataRef, Ods, Range, Reader, Sheets, Xls, Xlsb, Xlsx};

pub(crate) use super::ods::Area;
use crate::gate::bounds::{self, Beyond, SHEET_TEXT, SHEETS};
use crate::problem::DataFault;

/// Why a workbook is not read.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It is too large.
    Beyond(Beyond),
    /// What its reader says.
    Reader(String),
}

impl From<Fault> for DataFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Beyond(beyond) => DataFault::Beyond(beyond),
            Fault::Reader(reason) => DataFault::Workbook { reason },
        }
    }
}

impl From<Beyond> for Fault {
    fn from(beyond: Beyond) -> Self {
        Fault::Beyond(beyond)
    }
}

/// What the reader says.
pub(super) fn says(e: impl ToString) -> Fault {
    Fault::Reader(e.to_string())
}

/// A cell, by its row and column from 0, and the text that it shows.
pub(crate) type Shown = ((u32, u32), String);

/// What the reader of workbooks says of a file whose format it does not know.
const UNKNOWN_FORMAT: &str = "Cannot detect file format";

type Bytes = Cursor<Arc<[u8]>>;

/// A workbook.
pub(crate) struct Book(Sheets<Bytes>);

/// A sheet: the rectangle that its cells span, and which of those without a value have a formula.
pub(crate) struct Sheet {
    pub(crate) range: Range<Data>,
    formulas: BTreeSet<(u32, u32)>,
}

impl Sheet {
    /// Whether the cell at this place of the sheet, which has no value, has a formula.
    pub(super) fn has_formula(&self, at: (u32, u32)) -> bool {
        self.formulas.contains(&at)
    }
}

/// Whether a file that begins so is a workbook: a zip archive or an OLE file.
pub(crate) fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || is_ole(head)
}

fn is_ole(head: &[u8]) -> bool {
    head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// The reader of workbooks fails on some that are damaged; this is then said of the workbook, and the program goes on.
fn unharmed<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    let _quiet = crate::gate::quiet();
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(says("it is damaged")))
}

impl Book {
    /// Opens a workbook.
    pub(crate) fn open(bytes: Arc<[u8]>) -> Result<Book, Fault> {
        unharmed(|| {
            let unknown = || says(UNKNOWN_FORMAT);
            if is_ole(&bytes) {
                xls::check(&bytes)?;
                let book = Xls::new(Cursor::new(bytes)).map_err(|_| unknown())?;
                return Ok(Book(Sheets::Xls(book)));
            }
            archive::check(&bytes)?;
            let bytes = || Cursor::new(Arc::clone(&bytes));
            let book = Xlsx::new(bytes()).map(Sheets::Xlsx).ok();
            let book = book.or_else(|| Xlsb::new(bytes()).map(Sheets::Xlsb).ok());
            let book = book.or_else(|| Ods::new(bytes()).map(Sheets::Ods).ok());
            let book = book.map(Book).ok_or_else(unknown)?;
            match book.sheets().len() {
                sheets if sheets > SHEETS => Err(Beyond::Sheets { sheets }.into()),
                _ => Ok(book),
            }
        })
    }

    /// Its sheets, in their order.
    pub(crate) fn sheets(&self) -> &[calamine::Sheet] {
        self.0.sheets_metadata()
    }

    /// Asks the reader itself for something that is not larger than the file.
    pub(super) fn with<T>(
        &mut self,
        read: impl FnOnce(&mut Sheets<Bytes>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        unharmed(|| read(&mut self.0))
    }

    /// The merged areas of a sheet: the first and the last cell of each, row and column from 0. `bytes` is the file, and
    /// `first` and `last` are the ends of what the sheet uses.
    pub(crate) fn merged(
        &mut self,
        bytes: &[u8],
        name: &str,
        (first, last): ((u32, u32), (u32, u32)),
    ) -> Result<Vec<Area>, Fault> {
        let areas = |all: Vec<calamine::Dimensions>| -> Vec<Area> {
            all.into_iter().map(|area| (area.start, area.end)).collect()
        };
        unharmed(|| match &mut self.0 {
            Sheets::Xlsx(book) => Ok(areas(book.merge_cells_by_sheet_name(name).map_err(says)?)),
            Sheets::Xls(book) => Ok(areas(book.merge_cells_by_sheet_name(name).map_err(says)?)),
            Sheets::Ods(_) => Ok(super::ods::read(bytes, name, first, last).map_err(says)?.merged),
            Sheets::Xlsb(_) => Ok(Vec::new()),
        })
    }

    /// Gives the format of each cell of an xlsx sheet that has one; whether this is such a sheet.
    pub(super) fn number_formats(
        &mut self,
        name: &str,
        mut each: impl FnMut((u32, u32), &str),
    ) -> Result<bool, Fault> {
        unharmed(|| {
            let Sheets::Xlsx(book) = &mut self.0 else { return Ok(false) };
            let mut cells = book.worksheet_cells_reader(name).map_err(says)?;
            while let Some((row, column, style)) = cells.next_style_id().map_err(says)? {
                let format = cells.styles().get(style).and_then(|s| s.number_format.as_ref());
                if let Some(format) = format {
                    each((row, column), &format.format_code);
                }
            }
            Ok(true)
        })
    }

    /// The cells of a sheet that show their number otherwise, with what they show: percentages, and codes with leading
    /// zeros.
    pub(crate) fn shown(
        &mut self,
        bytes: &[u8],
        name: &str,
        range: &Range<Data>,
    ) -> Result<Vec<Shown>, Fault> {
        let (Some(first), Some(last)) = (range.start(), range.end()) else { return Ok(Vec::new()) };
        let number = |at: (u32, u32)| match range.get_value(at) {
            Some(Data::Float(x)) => Some(*x),
            Some(Data::Int(x)) => Some(*x as f64),
            _ => None,
        };
        let mut shown = Vec::new();
        if let Sheets::Ods(_) = &self.0 {
            let sheet = super::ods::read(bytes, name, first, last).map_err(says)?;
            let of = |at| Some((at, super::cells::shown_text(number(at)?, "%")?));
            shown.extend(sheet.percents.into_iter().filter_map(of));
            return Ok(shown);
        }
        self.number_formats(name, |at, format| {
            let text = number(at).and_then(|x| super::cells::shown_text(x, format));
            shown.extend(text.map(|text| (at, text)));
        })?;
        Ok(shown)
    }

    /// Reads a sheet.
    pub(crate) fn sheet(&mut self, name: &str) -> Result<Sheet, Fault> {
        unharmed(|| match &mut self.0 {
            Sheets::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(name).map_err(says)?;
                let mut found = Found::default();
                while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(says)? {
                    found.add(cell.pos, cell.value, cell.formula.is_some())?;
                }
                found.finish()
            }
            Sheets::Xlsb(book) => {
                let mut found = Found::default();
                let mut cells = book.worksheet_cells_reader(name).map_err(says)?;
                while let Some(cell) = cells.next_cell().map_err(says)? {
                    found.add(cell.get_position(), cell.get_value().clone(), false)?;
                }
                drop(cells);
                let mut formulas = book.worksheet_cells_reader(name).map_err(says)?;
                while let Some(cell) = formulas.next_formula().map_err(says)? {
                    found.add(cell.get_position(), DataRef::Empty, !cell.get_value().is_empty())?;
                }
                found.finish()
            }
            // These are read whole when they are opened.
            Sheets::Xls(_) | Sheets::Ods(_) => {
                let range = self.0.worksheet_range(name).map_err(says)?;
                let formulas = self.0.worksheet_formula(name).map_err(says)?;
                let (row, column) = formulas.start().unwrap_or_default();
                let at = |(r, c, _): (usize, usize, &String)| (row + r as u32, column + c as u32);
                let formulas = formulas.used_cells().map(at).collect();
                Ok(Sheet { range, formulas })
            }
        })
    }
}

/// The cells of a sheet while they are read.
#[derive(Default)]
struct Found {
    cells: Vec<Cell<Data>>,
    formulas: BTreeSet<(u32, u32)>,
    texts: u64,
    /// The first and the last row and column that are used.
    first: Option<(u32, u32)>,
    last: (u32, u32),
}

impl Found {
    fn add(&mut self, at: (u32, u32), value: DataRef<'_>, formula: bool) -> Result<(), Fault> {
        if formula && value == DataRef::Empty {
            self.formulas.insert(at);
        }
        if value == DataRef::Empty {
            return Ok(());
        }
        if let DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) =
            &value
        {
            self.texts += text.len() as u64;
        } else if let DataRef::SharedString(text) = &value {
            self.texts += text.len() as u64;
        }
        if self.texts > SHEET_TEXT {
            return Err(Beyond::Text.into());
        }
        let first = self.first.unwrap_or(at);
        self.first = Some((first.0.min(at.0), first.1.min(at.1)));
        self.last = (self.last.0.max(at.0), self.last.1.max(at.1));
        self.cells.push(Cell::new(at, value.into()));
        Ok(())
    }

    fn finish(self) -> Result<Sheet, Fault> {
        let Found { cells, formulas, first, last, .. } = self;
        let first = first.unwrap_or_default();
        let side = |from: u32, to: u32| u64::from(to.saturating_sub(from)) + 1;
        let area = side(first.0, last.0).saturating_mul(side(first.1, last.1));
        let end = (u64::from(last.0) + 1, u64::from(last.1) + 1);
        bounds::cells(area, cells.len() as u64, end)?;
        Ok(Sheet { range: Range::from_sparse(cells), formulas })
    }
}
