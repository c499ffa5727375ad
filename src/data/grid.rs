//! A small table as text: trees, groups, lists of regions.

use super::file::{Cell, Findings, Format, Input, Short, Spot, TableFile};
use crate::problem::{DataFault, Fault, Place, Problem, Unread, closest};

/// A header and rows of text, every cell with its place.
#[derive(Debug)]
pub struct Grid {
    file: TableFile,
    cells: Vec<Box<str>>,
    records: Vec<u32>,
}

impl Grid {
    /// Reads a table whole; what is wrong with it is added to `problems`, and rows of a wrong length are left out.
    pub fn read(input: &Input, format: &Format, problems: &mut Vec<Problem>) -> Option<Grid> {
        Grid::read_with(input, format, Short::Refused, problems)
    }

    /// The same, for a table in which a row may end early.
    pub fn read_with(
        input: &Input,
        format: &Format,
        short: Short,
        problems: &mut Vec<Problem>,
    ) -> Option<Grid> {
        Grid::read_fitting(input, format, short, &|_| true, problems)
    }

    /// The same, where the sheet is meant that `fits`, if the format does not say which.
    pub fn read_fitting(
        input: &Input,
        format: &Format,
        short: Short,
        fits: &dyn Fn(&TableFile) -> bool,
        problems: &mut Vec<Problem>,
    ) -> Option<Grid> {
        let mut file = match TableFile::open_fitting(input, format, fits) {
            Ok(file) => file,
            Err(new) => {
                problems.extend(new);
                return None;
            }
        };
        let width = file.header().len();
        let mut cells: Vec<Box<str>> = Vec::new();
        let mut records = Vec::new();
        let mut findings = Findings::default();
        let columns: Vec<usize> = (0..width).collect();
        let wrong = file.records(&columns, short, |number, record| {
            records.push(number);
            for column in 0..width {
                let cell = record.cell(column);
                let why = match cell {
                    Cell::Error(_) => Some(Unread::Spreadsheet),
                    Cell::Formula => Some(Unread::Formula),
                    _ => None,
                };
                let text = cell.shows();
                if let Some(why) = why {
                    let spot = Spot { record: Some(number), column };
                    findings.add(DataFault::BadCell { shows: text.clone(), why }, vec![spot]);
                }
                cells.push(text.trim().into());
            }
        });
        problems.extend(wrong);
        problems.extend(findings.finish(&file));
        Some(Grid { file, cells, records })
    }

    /// The file that it was read from.
    pub fn file(&self) -> &TableFile {
        &self.file
    }

    /// The name by which the user knows the file.
    pub fn name(&self) -> &str {
        self.file.name()
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        self.file.header()
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.file.column(name)
    }

    /// The column of this name, or a problem that says which there are.
    pub fn need(
        &self,
        name: &str,
        role: &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<usize> {
        let column = self.column(name);
        if column.is_none() {
            problems.push(no_column(&self.file, name, role, false));
        }
        column
    }

    /// How many rows there are below the header.
    pub fn rows(&self) -> usize {
        self.records.len()
    }

    /// What a cell shows, without the blanks around it.
    pub fn text(&self, row: usize, column: usize) -> &str {
        &self.cells[row * self.header().len() + column]
    }

    /// Where a cell is.
    pub fn place(&self, row: usize, column: usize) -> Place {
        self.file.place(Spot { record: Some(self.records[row]), column }).0
    }

    /// Where a cell is, for findings.
    pub(super) fn spot(&self, row: usize, column: usize) -> Spot {
        Spot { record: Some(self.records[row]), column }
    }

    /// Where a row is.
    pub fn row_place(&self, row: usize) -> Place {
        self.file.whole(Some(self.records[row]))
    }

    /// Where a row is, and each of its cells: sooner found than cell by cell.
    pub fn places(&self, row: usize) -> (Place, Vec<Place>) {
        self.file.record(self.records[row], self.header().len())
    }

    /// Where the header is.
    pub fn header_place(&self) -> Place {
        self.file.whole(None)
    }

    /// Where the name of a column is.
    pub fn head_place(&self, column: usize) -> Place {
        self.file.place(Spot { record: None, column }).0
    }
}

/// The problem of a column that is not there.
pub(super) fn no_column(
    table: &TableFile,
    name: &str,
    role: &'static str,
    is_key: bool,
) -> Problem {
    let heads = || table.header().iter().map(String::as_str);
    // `uCode` for `code`: a head that holds the name says what it is.
    let holds = |head: &&str| head.to_lowercase().contains(&name.to_lowercase());
    let near = closest(name, heads()).or_else(|| heads().find(holds)).map(str::to_owned);
    let columns = table.header().to_vec();
    let fault = DataFault::NoColumn { name: name.into(), role, is_key, columns, near };
    let place = table.place(Spot { record: None, column: 0 }).0;
    Problem { fault: Fault::Data(fault), places: vec![place] }
}
