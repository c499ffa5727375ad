//! A table in a file, of any format: its header, its records one after the other, and the place of every cell.

mod blocks;
mod cells;
mod delimited;
mod ods;
#[cfg(feature = "parquet")]
mod parquet;
mod records;
pub(crate) mod workbook;

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) use blocks::{Columns as BlockColumns, Wanted};

use super::encoding::Encoding;
use super::frame::{self, Axis, Frame, Take};
use crate::gate::bounds::Beyond;
use crate::gate::{self, Folder};
use crate::problem::{DataFault, Fault, Place, Problem};

/// A file to read.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name by which the user knows it.
    pub name: String,
    /// Where its bytes are.
    pub bytes: Bytes,
    /// The encoding of the project's files, which this one has too if it is not UTF-8 and states none of its own.
    pub encoding: Option<Encoding>,
    /// Where a long file may be taken as UTF-8 because its first lines are, until a reader of all of it finds other bytes:
    /// whether it did.
    doubt: Option<Arc<AtomicBool>>,
}

/// Where bytes are.
#[derive(Clone, Debug)]
pub enum Bytes {
    /// On disk: a file that the user names.
    Path(PathBuf),
    /// On disk: a file that a project names, which must lie in the project's folder.
    Below(Folder, PathBuf),
    /// In memory.
    Memory(Arc<[u8]>),
}

impl Input {
    /// The file at `path`, called `name`.
    pub fn path(name: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        Input { name: name.into(), bytes: Bytes::Path(path.into()), encoding: None, doubt: None }
    }

    /// A file that a project names.
    pub fn below(folder: &Folder, name: &str) -> Self {
        let bytes = Bytes::Below(folder.clone(), folder.join(name));
        Input { name: folder.name(name), bytes, encoding: None, doubt: None }
    }

    /// Bytes in memory, called `name`.
    pub fn memory(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Input { name: name.into(), bytes: Bytes::Memory(bytes.into()), encoding: None, doubt: None }
    }

    /// The same file for a reader that believes its first lines, so that it is read once and not twice. The reader asks
    /// [`Input::is_doubted`] afterwards, and if so reads the file again as it is.
    pub(super) fn believed(&self) -> Input {
        Input { doubt: Some(Arc::default()), ..self.clone() }
    }

    /// Whether what was read is not what the first lines are.
    pub(super) fn is_doubted(&self) -> bool {
        self.doubt.as_ref().is_some_and(|doubt| doubt.load(Ordering::Relaxed))
    }

    fn cast_doubt(&self) {
        if let Some(doubt) = &self.doubt {
            doubt.store(true, Ordering::Relaxed);
        }
    }

    /// Where it lies on disk, if it does.
    pub fn on_disk(&self) -> Option<&std::path::Path> {
        match &self.bytes {
            Bytes::Path(path) | Bytes::Below(_, path) => Some(path),
            Bytes::Memory(_) => None,
        }
    }

    fn open(&self) -> io::Result<Box<dyn Source>> {
        Ok(match &self.bytes {
            Bytes::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
            _ => Box::new(self.file()?),
        })
    }

    /// The file, if it lies on disk.
    fn file(&self) -> io::Result<File> {
        match &self.bytes {
            Bytes::Path(path) => gate::open(path),
            Bytes::Below(folder, path) => folder.open(path),
            Bytes::Memory(_) => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// All bytes, if they are at most so many.
    pub(crate) fn read(&self, most: u64) -> io::Result<Arc<[u8]>> {
        match &self.bytes {
            Bytes::Path(path) => gate::read(path, most).map(Into::into),
            Bytes::Below(folder, path) => folder.read(path, most).map(Into::into),
            Bytes::Memory(bytes) => Ok(Arc::clone(bytes)),
        }
    }

    fn len(&self) -> io::Result<u64> {
        match &self.bytes {
            Bytes::Memory(bytes) => Ok(bytes.len() as u64),
            _ => Ok(self.file()?.metadata()?.len()),
        }
    }

    /// What kept the file from being read.
    fn unreadable(&self, error: io::Error) -> Problem {
        match Beyond::of(&error) {
            Some(beyond) => self.problem(DataFault::Beyond(beyond.clone())),
            None => Problem::unreadable(&self.name, error),
        }
    }

    pub(super) fn problem(&self, fault: DataFault) -> Problem {
        Problem { fault: Fault::Data(fault), places: vec![Place::File(self.name.clone())] }
    }
}

trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// What the project says about the form of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Format {
    /// The encoding; found where not stated.
    pub encoding: Option<Encoding>,
    /// The delimiter: `,` `;` or a tab; found from the header where not stated.
    pub delimiter: Option<u8>,
    /// The sheets of a workbook. Unless stated, the one that a person sees.
    pub sheets: Vec<String>,
    /// What the names of the sheets say of their values. All sheets that a person sees are read then, unless some are
    /// stated.
    pub sheets_say: Option<Axis>,
    /// How the table lies in the file.
    pub frame: Frame,
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
    /// A number of a file that does not say how it is shown.
    Bare(f64),
    /// A number that is shown in per cent: 0.125, and "12.5%".
    Percent(f64, &'a str),
    /// A number that is shown with leading zeros: 10000, and "010000".
    Padded(f64, &'a str),
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
            Cell::Percent(_, text) | Cell::Padded(_, text) => text.to_string(),
            Cell::Number(x) | Cell::Bare(x) => number_text(*x),
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
pub(crate) fn number_text(x: f64) -> String {
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
    /// The cells of each row of the header, by column.
    heads: Vec<Vec<String>>,
    units: Option<Vec<String>>,
    frame: Frame,
    met: Met,
    kind: Kind,
}

/// What is read of a file before its records.
#[derive(Debug)]
struct Opened<T> {
    table: T,
    /// The cells of each row of the header.
    heads: Vec<Vec<String>>,
    /// The cells of the row of units.
    units: Option<Vec<String>>,
    /// Where the header probably stands, if not where it was looked for.
    likely: Option<Vec<u32>>,
    /// Whether merged cells of the header have been filled.
    is_filled: bool,
}

impl<T> Opened<T> {
    fn map<U>(self, of: impl FnOnce(T) -> U) -> Opened<U> {
        let Opened { table, heads, units, likely, is_filled } = self;
        Opened { table: of(table), heads, units, likely, is_filled }
    }
}

/// Which marks of a frame some row has met.
#[derive(Clone, Debug, Default)]
struct Met {
    skip: Vec<bool>,
    end: Vec<bool>,
    /// Whether a cell was filled from above.
    down: bool,
}

/// Decides row by row what belongs to the table.
struct Watch<'f> {
    frame: &'f Frame,
    met: &'f mut Met,
}

impl Watch<'_> {
    fn take<'t>(&mut self, row: u32, first: impl FnOnce() -> Option<&'t str>) -> Take {
        let take = self.frame.take(row, first);
        match take {
            Take::Skip(Some(at)) => self.met.skip[at] = true,
            Take::End(at) => self.met.end[at] = true,
            Take::Row | Take::Skip(None) => {}
        }
        take
    }
}

/// Where the header probably stands, by the first rows of a file.
fn likely(rows: impl Iterator<Item = (u32, Vec<String>)>) -> Option<Vec<u32>> {
    let rows: Vec<_> = rows.take(20).collect();
    frame::likely_header(&rows)
}

#[derive(Debug)]
enum Kind {
    Delimited(delimited::Delimited),
    Cells(cells::Cells),
    #[cfg(feature = "parquet")]
    Parquet(parquet::Parquet),
}

/// A record in which some blank cells have the text of a cell above.
struct Filled<'a> {
    record: &'a dyn Record,
    down: &'a [usize],
    above: &'a [String],
}

impl Record for Filled<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        let cell = self.record.cell(column);
        match self.down.iter().position(|down| *down == column) {
            Some(at) if cell.is_blank() => Cell::Text(&self.above[at]),
            _ => cell,
        }
    }
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
        TableFile::open_fitting(input, format, &|_| true)
    }

    /// The same, where the sheet is meant that `fits`, if the format does not say which.
    pub fn open_fitting(
        input: &Input,
        format: &Format,
        fits: &dyn Fn(&TableFile) -> bool,
    ) -> Result<TableFile, Vec<Problem>> {
        let all = TableFile::open_all(input, format, fits)?;
        let sheets = all.len();
        let mut all = all.into_iter();
        match (all.next(), sheets) {
            (Some(table), 1) => Ok(table),
            (_, 0) => Err(vec![input.problem(DataFault::Empty)]),
            _ => Err(vec![input.problem(DataFault::OneSheet { sheets: format.sheets.clone() })]),
        }
    }

    /// Opens the tables of a file: that of a text, those of the sheets of a workbook that the format asks for. Where it
    /// does not say which, the only one that a person sees and that `fits` is meant.
    pub fn open_all(
        input: &Input,
        format: &Format,
        fits: &dyn Fn(&TableFile) -> bool,
    ) -> Result<Vec<TableFile>, Vec<Problem>> {
        let mut head = Vec::new();
        input
            .open()
            .and_then(|file| file.take(8).read_to_end(&mut head))
            .map_err(|e| vec![input.unreadable(e)])?;
        let frame = &format.frame;
        if workbook::is_workbook(&head) {
            return TableFile::sheets(input, format, fits);
        }
        let opened = if head.starts_with(b"PAR1") {
            #[cfg(not(feature = "parquet"))]
            return Err(vec![input.problem(DataFault::NoParquet)]);
            #[cfg(feature = "parquet")]
            {
                let (table, header) = parquet::Parquet::open(input)?;
                let (heads, units, likely) = (vec![header], None, None);
                Opened { table, heads, units, likely, is_filled: true }.map(Kind::Parquet)
            }
        } else {
            delimited::Delimited::open(input, format)?.map(Kind::Delimited)
        };
        Ok(vec![TableFile::of(input, opened, frame)?])
    }

    /// The sheets of a workbook that are meant.
    fn sheets(
        input: &Input,
        format: &Format,
        fits: &dyn Fn(&TableFile) -> bool,
    ) -> Result<Vec<TableFile>, Vec<Problem>> {
        let mut book = cells::Workbook::open(input)?;
        let sheets = book.sheets().to_vec();
        let mut open = |name: &str| {
            let opened = book.sheet(input, name, &format.frame)?;
            TableFile::of(input, opened.map(Kind::Cells), &format.frame)
        };
        if !format.sheets.is_empty() {
            return format.sheets.iter().map(|name| open(name)).collect();
        }
        let only = sheets.len() == 1;
        let (seen, hidden): (Vec<_>, Vec<_>) = sheets.into_iter().partition(|(_, seen)| *seen);
        let mut fitting = Vec::new();
        // Where the names say something, a sheet that cannot be read would be missing without a word. A cover among
        // sheets of years is none of them.
        let is_meant = |name: &str| match format.sheets_say {
            None => false,
            Some(Axis::Period) => super::period::is_period(name),
            Some(Axis::Region | Axis::Indicator) => true,
        };
        let is_empty = |problems: &[Problem]| {
            problems.iter().all(|p| matches!(p.fault, Fault::Data(DataFault::Empty)))
        };
        for (name, _) in &seen {
            match open(name) {
                Ok(table) if only || is_meant(name) || fits(&table) => fitting.push(table),
                Err(problems) if is_meant(name) && !is_empty(&problems) => return Err(problems),
                Ok(_) | Err(_) => {}
            }
        }
        match fitting.len() {
            1 => return Ok(fitting),
            0 => {}
            _ if format.sheets_say.is_some() => return Ok(fitting),
            _ => {
                let name = |table: &TableFile| match &table.kind {
                    Kind::Cells(cells) => cells.sheet().0.to_owned(),
                    _ => String::new(),
                };
                let sheets = fitting.iter().map(name).collect();
                return Err(vec![input.problem(DataFault::SeveralSheets { sheets })]);
            }
        }
        // Nothing fits. What only a hidden sheet could give is asked about.
        for (name, _) in &hidden {
            if open(name).is_ok_and(|table| fits(&table)) {
                let fault = DataFault::HiddenSheet { sheet: name.clone() };
                return Err(vec![input.problem(fault)]);
            }
        }
        // What is wrong is said of the sheet with the most cells: a cover or a draft is not what is meant.
        let mut largest: Option<(&String, usize)> = None;
        for (name, _) in &seen {
            let size = book.size(name);
            if size > largest.map_or(0, |(_, most)| most) {
                largest = Some((name, size));
            }
        }
        let Some((name, _)) = largest else { return Err(vec![input.problem(DataFault::Empty)]) };
        let opened = book.sheet(input, name, &format.frame)?;
        Ok(vec![TableFile::of(input, opened.map(Kind::Cells), &format.frame)?])
    }

    fn of(input: &Input, opened: Opened<Kind>, frame: &Frame) -> Result<TableFile, Vec<Problem>> {
        let Opened { table: kind, mut heads, units, likely, is_filled } = opened;
        for head in heads.iter_mut().flatten() {
            *head = one_line_end(head.trim());
        }
        if !is_filled {
            frame::spread(&mut heads);
        }
        let mut table = TableFile {
            input: input.clone(),
            header: frame::joined(&heads),
            heads,
            units,
            frame: frame.clone(),
            met: Met {
                skip: vec![false; frame.skip.len()],
                end: vec![false; frame.end.len()],
                down: false,
            },
            kind,
        };
        while table.header.last().is_some_and(|name| name.is_empty()) {
            table.header.pop();
        }
        if table.header.is_empty() {
            return Err(vec![input.problem(DataFault::Empty)]);
        }
        if let Some(rows) = likely {
            let fault = DataFault::HeaderElsewhere { rows };
            let spot = Spot { record: None, column: 0 };
            let places = vec![table.place(spot).0];
            return Err(vec![Problem { fault: Fault::Data(fault), places }]);
        }
        let mut problems = table.choose_columns();
        problems.extend(table.header_problems());
        if problems.is_empty() { Ok(table) } else { Err(problems) }
    }

    /// Takes the columns that the frame names, under the names that it gives them. A column that is not read has no name.
    fn choose_columns(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let before = self.header.clone();
        if let Some(columns) = &self.frame.columns {
            for name in columns.iter().filter(|name| !before.contains(name)) {
                problems.push(super::grid::no_column(self, name, "columns", false));
            }
            for head in self.header.iter_mut().filter(|head| !columns.contains(head)) {
                head.clear();
            }
        }
        for (new, old) in &self.frame.rename {
            match before.iter().position(|head| head == old) {
                Some(at) => self.header[at].clone_from(new),
                None => problems.push(super::grid::no_column(self, old, "rename", false)),
            }
        }
        let filter = self.frame.filter.iter().flat_map(|filter| filter.condition.columns());
        let named: Vec<(String, &str)> = filter
            .map(|name| (name, "where"))
            .chain(self.frame.fill_down.iter().map(|name| (name.clone(), "fill_down")))
            .collect();
        for (name, key) in named {
            if self.any_column(&before, &name).is_none() {
                problems.push(super::grid::no_column(self, &name, key, false));
            }
        }
        problems
    }

    /// The column of this name, or with this head before it was renamed or left out.
    fn any_column(&self, before: &[String], name: &str) -> Option<usize> {
        self.column(name).or_else(|| before.iter().position(|head| head == name))
    }

    fn header_problems(&self) -> Vec<Problem> {
        let mut first = indexmap::IndexMap::new();
        let mut problems = Findings::default();
        let picked =
            self.frame.columns.is_some() || self.frame.header.iter().any(|h| h.says.is_some());
        for (column, name) in self.header.iter().enumerate() {
            let spot = Spot { record: None, column };
            if name.is_empty() {
                if !picked {
                    problems.add(DataFault::UnnamedColumn { column: column + 1 }, vec![spot]);
                }
            } else if let Some(before) = first.get(name) {
                if !self.frame.repeats {
                    let fault = DataFault::RepeatedColumn { name: name.clone() };
                    problems.add(fault, vec![spot, *before]);
                }
            } else {
                first.insert(name, spot);
            }
        }
        problems.finish(self)
    }

    /// What was chosen in reading the file, because `format` does not state it.
    pub fn chosen(&self, format: &Format) -> Option<Chosen> {
        match &self.kind {
            Kind::Delimited(file) => file.guessed().map(|name| Chosen::Encoding { name }),
            Kind::Cells(cells) if format.sheets.is_empty() && format.sheets_say.is_none() => {
                let (sheet, of) = cells.sheet();
                (of > 1).then(|| Chosen::Sheet { sheet: sheet.to_owned(), of })
            }
            _ => None,
        }
    }

    /// The name of the sheet, for a workbook.
    pub fn sheet(&self) -> Option<&str> {
        match &self.kind {
            Kind::Cells(cells) => Some(cells.sheet().0),
            _ => None,
        }
    }

    /// What the rows of the header say, each with its cells by column; nothing where they together name the columns.
    pub fn axes(&self) -> impl Iterator<Item = (Axis, &[String])> {
        let rows = self.frame.header.iter().zip(&self.heads);
        rows.filter_map(|(row, heads)| Some((row.says?, heads.as_slice())))
    }

    /// The unit of a column, where a row states units.
    pub fn unit(&self, column: usize) -> Option<&str> {
        // (元) is the same as 元.
        let unit = self.units.as_ref()?.get(column)?.trim();
        let bare = unit.strip_prefix(['(', '（']).and_then(|u| u.strip_suffix([')', '）']));
        let unit = bare.unwrap_or(unit).trim();
        (!unit.is_empty()).then_some(unit)
    }

    /// Whether the cell has the value of merged cells without being the first of them.
    pub fn is_filled(&self, spot: Spot) -> bool {
        matches!(&self.kind, Kind::Cells(cells) if cells.is_filled(spot))
    }

    /// Marks of rows to skip and of the end of the table, and columns that are filled, each with its key and whether some
    /// row has met it; known when the records have been read.
    pub fn marks(&self) -> Vec<(&'static str, bool)> {
        let of =
            |key: &'static str, met: &[bool]| met.iter().map(|met| (key, *met)).collect::<Vec<_>>();
        let mut marks = of("skip", &self.met.skip);
        marks.extend((!self.met.end.is_empty()).then(|| ("end", self.met.end.contains(&true))));
        marks.extend((!self.frame.fill_down.is_empty()).then_some(("fill_down", self.met.down)));
        marks
    }

    /// The keys of `format` that are stated, and whether a file of this kind has a use for them.
    pub fn uses(&self, format: &Format) -> Vec<(&'static str, bool)> {
        let text = matches!(self.kind, Kind::Delimited(_));
        let sheets = matches!(self.kind, Kind::Cells(_));
        let keys = [
            (format.encoding.is_some(), ("encoding", text)),
            (format.delimiter.is_some(), ("delimiter", text)),
            (!format.sheets.is_empty(), ("sheet", sheets)),
            (format.sheets_say.is_some(), ("sheet_names", sheets)),
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
        let before = frame::joined(&self.heads);
        let column = |name: &String| self.any_column(&before, name);
        let down: Vec<usize> = self.frame.fill_down.iter().filter_map(column).collect();
        let filter = self.frame.filter.clone().map(|filter| {
            let columns = filter.condition.columns();
            let at: Vec<_> = columns.into_iter().map(|name| (column(&name), name)).collect();
            (filter, at)
        });
        let mut incomparable = Vec::new();
        let wrong = if down.is_empty() && filter.is_none() {
            self.rows(wanted, width, short, &mut each)
        } else {
            let mut wanted = wanted.to_vec();
            wanted.extend(&down);
            wanted.extend(filter.iter().flat_map(|(_, at)| at.iter().filter_map(|(at, _)| *at)));
            let mut above = vec![String::new(); down.len()];
            let mut is_filled = false;
            let wrong = self.rows(&wanted, width, short, &mut |number, record| {
                for (column, above) in down.iter().zip(&mut above) {
                    let cell = record.cell(*column);
                    match cell.is_blank() {
                        true => is_filled |= !above.is_empty(),
                        false => *above = cell.shows(),
                    }
                }
                let record = Filled { record, down: &down, above: &above };
                if let Some((filter, at)) = &filter {
                    let shows = |name: &str| {
                        let found = at.iter().find(|(_, of)| of == name).and_then(|(at, _)| *at);
                        found.map_or(String::new(), |at| record.cell(at).shows().trim().to_owned())
                    };
                    match filter.condition.holds(&shows) {
                        Ok(true) => {}
                        Ok(false) => return,
                        Err(name) => {
                            let column = at.iter().find(|(_, of)| *of == name);
                            let column = column.and_then(|(at, _)| *at).unwrap_or(0);
                            let shows = shows(&name);
                            let fault = DataFault::NotComparable { column: name, shows };
                            incomparable.push((fault, Spot { record: Some(number), column }));
                            return;
                        }
                    }
                }
                each(number, &record);
            });
            self.met.down |= is_filled;
            wrong
        };
        let wrong = match wrong {
            Ok(wrong) => wrong,
            Err(problem) => return vec![*problem],
        };
        let mut findings = Findings::default();
        for (fault, spot) in wrong.into_iter().chain(incomparable) {
            findings.add(fault, vec![spot]);
        }
        findings.finish(self)
    }

    /// Reads whole columns, on several threads: `each` is given those of one block after another, with the number of its
    /// first record. None where the kind of file, or what the project says of its rows, needs them one by one; nothing
    /// has been read then.
    pub(super) fn columns(
        &mut self,
        wanted: &Wanted<'_>,
        each: impl FnMut(u32, &BlockColumns) + Send,
    ) -> Option<Vec<Problem>> {
        let width = self.header.len();
        let Kind::Delimited(file) = &mut self.kind else { return None };
        if !self.frame.takes_all() {
            return None;
        }
        let wrong = match file.columns(&self.input, width, wanted, each) {
            Ok(wrong) => wrong,
            Err(e) => return Some(vec![self.input.unreadable(e)]),
        };
        let mut findings = Findings::default();
        for (fault, spot) in wrong {
            findings.add(fault, vec![spot]);
        }
        Some(findings.finish(self))
    }

    fn rows(
        &mut self,
        wanted: &[usize],
        width: usize,
        short: Short,
        each: &mut dyn FnMut(u32, &dyn Record),
    ) -> Result<Vec<(DataFault, Spot)>, Box<Problem>> {
        let mut watch = Watch { frame: &self.frame, met: &mut self.met };
        match &mut self.kind {
            Kind::Delimited(file) => file
                .records(&self.input, width, short, &mut watch, each)
                .map_err(|e| Box::new(self.input.unreadable(e))),
            Kind::Cells(cells) => {
                let _ = wanted;
                Ok(cells.records(width, &mut watch, each))
            }
            #[cfg(feature = "parquet")]
            Kind::Parquet(file) => match file.records(&self.input, wanted, each) {
                Ok(()) => Ok(Vec::new()),
                Err(reason) => Err(Box::new(self.input.problem(DataFault::Parquet { reason }))),
            },
        }
    }

    /// The place of a whole record, or of its first cell where its text is not kept.
    pub fn whole(&self, record: Option<u32>) -> Place {
        let whole = match &self.kind {
            Kind::Delimited(file) => file.whole(&self.input, record),
            _ => None,
        };
        whole.unwrap_or_else(|| self.place(Spot { record, column: 0 }).0)
    }

    /// The places of a record and of its first `count` cells.
    pub fn record(&self, record: u32, count: usize) -> (Place, Vec<Place>) {
        let short = match &self.kind {
            Kind::Delimited(file) => file.record(&self.input, record, count),
            _ => None,
        };
        short.unwrap_or_else(|| {
            let of = |column| self.place(Spot { record: Some(record), column }).0;
            (self.whole(Some(record)), (0..count).map(of).collect())
        })
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
