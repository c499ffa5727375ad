//! A table in a file, of any format: its header, its records one after the other, and the place of every cell.

mod cells;
mod delimited;
#[cfg(feature = "parquet")]
mod parquet;
mod records;

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

use super::encoding::Encoding;
use crate::problem::{DataFault, Fault, Place, Problem, Reason};

/// A file to read.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name by which the user knows it.
    pub name: String,
    /// Where its bytes are.
    pub bytes: Bytes,
    /// The encoding of the project's files, which this one has too if it is not UTF-8 and states none of its own.
    pub encoding: Option<Encoding>,
}

/// Where bytes are.
#[derive(Clone, Debug)]
pub enum Bytes {
    /// On disk.
    Path(PathBuf),
    /// In memory.
    Memory(Arc<[u8]>),
}

impl Input {
    /// The file at `path`, called `name`.
    pub fn path(name: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        Input { name: name.into(), bytes: Bytes::Path(path.into()), encoding: None }
    }

    /// Bytes in memory, called `name`.
    pub fn memory(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Input { name: name.into(), bytes: Bytes::Memory(bytes.into()), encoding: None }
    }

    /// Where it lies on disk, if it does.
    pub fn on_disk(&self) -> Option<&std::path::Path> {
        match &self.bytes {
            Bytes::Path(path) => Some(path),
            Bytes::Memory(_) => None,
        }
    }

    fn open(&self) -> io::Result<Box<dyn Source>> {
        Ok(match &self.bytes {
            Bytes::Path(path) => Box::new(File::open(path)?),
            Bytes::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }

    fn read(&self) -> io::Result<Arc<[u8]>> {
        match &self.bytes {
            Bytes::Path(path) => std::fs::read(path).map(Into::into),
            Bytes::Memory(bytes) => Ok(Arc::clone(bytes)),
        }
    }

    fn len(&self) -> io::Result<u64> {
        match &self.bytes {
            Bytes::Path(path) => std::fs::metadata(path).map(|m| m.len()),
            Bytes::Memory(bytes) => Ok(bytes.len() as u64),
        }
    }

    fn unreadable(&self, reason: impl Into<Reason>) -> Problem {
        Problem::unreadable(&self.name, reason)
    }

    pub(super) fn problem(&self, fault: DataFault) -> Problem {
        Problem { fault: Fault::Data(fault), places: vec![Place::File(self.name.clone())] }
    }
}

trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// What the project says about the form of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// The encoding; found where not stated.
    pub encoding: Option<Encoding>,
    /// The delimiter: `,` `;` or a tab; found from the header where not stated.
    pub delimiter: Option<u8>,
    /// The sheet of a workbook; the first unless stated.
    pub sheet: Option<String>,
}

/// Something that was chosen in reading a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The encoding, which is neither UTF-8 nor what a byte order mark says.
    Encoding {
        /// Its name.
        name: &'static str,
    },
    /// The sheet of a workbook with several.
    Sheet {
        /// Its name.
        sheet: String,
        /// How many there are.
        of: usize,
    },
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text, as written.
    Text(&'a str),
    /// A number of a typed file, exactly.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A date or time, as text.
    Date(&'a str),
    /// An error of a spreadsheet, as it shows it.
    Error(&'a str),
    /// A formula without a stored result.
    Formula,
    /// Nothing.
    Empty,
}

impl Cell<'_> {
    /// What the cell shows: a whole number without ".0".
    pub fn shows(&self) -> String {
        match self {
            Cell::Text(text) | Cell::Date(text) | Cell::Error(text) => text.to_string(),
            Cell::Number(x) => number_text(*x),
            Cell::Truth(true) => "TRUE".into(),
            Cell::Truth(false) => "FALSE".into(),
            Cell::Formula | Cell::Empty => String::new(),
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Cell::Text(text) => text.trim().is_empty(),
            Cell::Empty => true,
            _ => false,
        }
    }
}

/// A text whose lines all end with a line feed: the same header has CRLF in a file of one system and LF in another's.
fn one_line_end(text: &str) -> String {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text.to_owned(),
    }
}

/// A number as the shortest text that reads back as it, large and small ones with an exponent.
fn number_text(x: f64) -> String {
    let size = x.abs();
    if size != 0.0 && !(1e-7..1e17).contains(&size) { format!("{x:e}") } else { format!("{x}") }
}

/// One record of a table, with as many cells as the header.
pub trait Record {
    /// The cell in a column of the header.
    fn cell(&self, column: usize) -> Cell<'_>;
}

/// A table in a file: open, its header read, its records not yet.
#[derive(Debug)]
pub struct TableFile {
    input: Input,
    header: Vec<String>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Delimited(delimited::Delimited),
    Cells(cells::Cells),
    #[cfg(feature = "parquet")]
    Parquet(parquet::Parquet),
}

/// Where in its file a cell is: enough to find its [`Place`] again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The record, from 0; none for the header.
    pub record: Option<u32>,
    /// The column of the header.
    pub column: usize,
}

/// What becomes of a row that ends before the header does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Short {
    /// It is refused: a value may have been lost.
    Refused,
    /// Its other cells are blank.
    Filled,
}

/// Of how many problems of one cause the places are kept for a file; the rest is counted.
pub const SHOWN: usize = 5;

/// How many causes are distinguished in a file; beyond, those of one kind are counted together.
const CAUSES: usize = 100;

impl TableFile {
    /// Opens a table and reads its header.
    pub fn open(input: &Input, format: &Format) -> Result<TableFile, Vec<Problem>> {
        let mut head = Vec::new();
        input
            .open()
            .and_then(|file| file.take(8).read_to_end(&mut head))
            .map_err(|e| vec![input.unreadable(e)])?;
        let (kind, header) = if cells::is_workbook(&head) {
            let (cells, header) = cells::Cells::open(input, format.sheet.as_deref())?;
            (Kind::Cells(cells), header)
        } else if head.starts_with(b"PAR1") {
            #[cfg(not(feature = "parquet"))]
            return Err(vec![input.problem(DataFault::NoParquet)]);
            #[cfg(feature = "parquet")]
            {
                let (parquet, header) = parquet::Parquet::open(input)?;
                (Kind::Parquet(parquet), header)
            }
        } else {
            let (delimited, header) = delimited::Delimited::open(input, format)?;
            (Kind::Delimited(delimited), header)
        };
        let mut table = TableFile { input: input.clone(), header, kind };
        while table.header.last().is_some_and(|name| name.trim().is_empty()) {
            table.header.pop();
        }
        for name in &mut table.header {
            *name = one_line_end(name.trim());
        }
        if table.header.is_empty() {
            return Err(vec![input.problem(DataFault::Empty)]);
        }
        let problems = table.header_problems();
        if problems.is_empty() { Ok(table) } else { Err(problems) }
    }

    fn header_problems(&self) -> Vec<Problem> {
        let mut first = indexmap::IndexMap::new();
        let mut problems = Vec::new();
        for (column, name) in self.header.iter().enumerate() {
            let spot = Spot { record: None, column };
            if name.is_empty() {
                let fault = DataFault::UnnamedColumn { column: column + 1 };
                problems.push((fault, vec![spot]));
            } else if let Some(before) = first.get(name) {
                let fault = DataFault::RepeatedColumn { name: name.clone() };
                problems.push((fault, vec![spot, *before]));
            } else {
                first.insert(name, spot);
            }
        }
        problems
            .into_iter()
            .map(|(fault, spots)| Problem {
                fault: Fault::Data(fault),
                places: spots.into_iter().map(|s| self.place(s).0).collect(),
            })
            .collect()
    }

    /// What was chosen in reading the file, because `format` does not state it.
    pub fn chosen(&self, format: &Format) -> Option<Chosen> {
        match &self.kind {
            Kind::Delimited(file) => file.guessed().map(|name| Chosen::Encoding { name }),
            Kind::Cells(cells) if format.sheet.is_none() => {
                let (sheet, of) = cells.sheet();
                (of > 1).then(|| Chosen::Sheet { sheet: sheet.to_owned(), of })
            }
            _ => None,
        }
    }

    /// The keys of `format` that are stated, and whether a file of this kind has a use for them.
    pub fn uses(&self, format: &Format) -> Vec<(&'static str, bool)> {
        let text = matches!(self.kind, Kind::Delimited(_));
        let sheets = matches!(self.kind, Kind::Cells(_));
        let keys = [
            (format.encoding.is_some(), ("encoding", text)),
            (format.delimiter.is_some(), ("delimiter", text)),
            (format.sheet.is_some(), ("sheet", sheets)),
        ];
        keys.into_iter().filter(|(stated, _)| *stated).map(|(_, key)| key).collect()
    }

    /// What the file is read from.
    pub fn input(&self) -> &Input {
        &self.input
    }

    /// The name by which the user knows the file.
    pub fn name(&self) -> &str {
        &self.input.name
    }

    /// The names of the columns, trimmed, no two alike.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| h == name)
    }

    /// Reads the records one after the other; those that are wholly blank are left out, those of a wrong length are
    /// returned as problems. `wanted` are the columns that will be asked for, so that the others need no work.
    pub fn records(
        &mut self,
        wanted: &[usize],
        short: Short,
        mut each: impl FnMut(u32, &dyn Record),
    ) -> Vec<Problem> {
        let width = self.header.len();
        let wrong = match &mut self.kind {
            Kind::Delimited(file) => match file.records(&self.input, width, short, &mut each) {
                Ok(wrong) => wrong,
                Err(e) => return vec![self.input.unreadable(e)],
            },
            Kind::Cells(cells) => {
                let _ = wanted;
                cells.records(width, &mut each)
            }
            #[cfg(feature = "parquet")]
            Kind::Parquet(file) => match file.records(&self.input, wanted, &mut each) {
                Ok(()) => Vec::new(),
                Err(reason) => return vec![self.input.problem(DataFault::Parquet { reason })],
            },
        };
        let mut findings = Findings::default();
        for (fault, spot) in wrong {
            findings.add(fault, vec![spot]);
        }
        findings.finish(self)
    }

    /// The place of a whole record, or of its first cell where its text is not kept.
    pub fn whole(&self, record: Option<u32>) -> Place {
        let whole = match &self.kind {
            Kind::Delimited(file) => file.whole(&self.input, record),
            _ => None,
        };
        whole.unwrap_or_else(|| self.place(Spot { record, column: 0 }).0)
    }

    /// The place of a cell, and what it shows. A file that has gone or changed since gives the file as a whole.
    pub fn place(&self, spot: Spot) -> (Place, String) {
        let found = match &self.kind {
            Kind::Delimited(file) => file.place(&self.input, spot),
            Kind::Cells(cells) => Some(cells.place(&self.input.name, spot)),
            #[cfg(feature = "parquet")]
            Kind::Parquet(file) => file.place(&self.input, spot),
        };
        found.unwrap_or_else(|| (Place::File(self.input.name.clone()), String::new()))
    }
}

/// Problems of one file while it is read: the first few of each cause, and how many there are.
#[derive(Debug, Default)]
pub(super) struct Findings {
    causes: Vec<(DataFault, usize)>,
    shown: Vec<(DataFault, Vec<Spot>, Option<Place>)>,
}

impl Findings {
    /// Adds a problem.
    pub(super) fn add(&mut self, fault: DataFault, spots: Vec<Spot>) {
        self.add_with(fault, spots, || None);
    }

    /// Adds a problem that also has a place in another file, which is looked up only if it will be shown.
    pub(super) fn add_with(
        &mut self,
        fault: DataFault,
        spots: Vec<Spot>,
        elsewhere: impl FnOnce() -> Option<Place>,
    ) {
        let kind = std::mem::discriminant(&fault);
        let same = |(like, _): &(DataFault, usize)| like.is_like(&fault);
        let of_kind = |(like, _): &(DataFault, usize)| std::mem::discriminant(like) == kind;
        let full = self.causes.len() >= CAUSES;
        let at = self.causes.iter().position(same);
        let at = at.or_else(|| self.causes.iter().rposition(of_kind).filter(|_| full));
        let at = at.unwrap_or_else(|| {
            self.causes.push((fault.clone(), 0));
            self.causes.len() - 1
        });
        self.causes[at].1 += 1;
        if self.causes[at].1 <= SHOWN {
            self.shown.push((fault, spots, elsewhere()));
        }
    }

    /// The problems with their places.
    pub(super) fn finish(self, file: &TableFile) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self
            .shown
            .into_iter()
            .map(|(fault, spots, elsewhere)| Problem {
                fault: Fault::Data(fault),
                places: spots.into_iter().map(|spot| file.place(spot).0).chain(elsewhere).collect(),
            })
            .collect();
        for (like, count) in self.causes {
            if count > SHOWN {
                let fault = DataFault::More { count: count - SHOWN, like: Box::new(like) };
                problems.push(file.input.problem(fault));
            }
        }
        problems
    }
}
