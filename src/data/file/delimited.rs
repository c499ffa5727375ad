//! CSV and its kin, read as a stream: a file may be far larger than what is kept of it.

use std::cell::{OnceCell, RefCell};
use std::io::{self, Read, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

use super::blocks::{self, Columns, Wanted};
use super::records::{Fields, Records, Walk};
use super::{Cell, Format, Input, Opened, Record, Short, Spot, Watch, likely};
use crate::data::decode::{Decoded, Found, Stated, detect, is_utf8};
use crate::data::frame::Take;
use crate::data::lines::{self, Mark};
use crate::problem::{self, DataFault, Place, Problem};

/// A delimited text file.
#[derive(Debug)]
pub(super) struct Delimited {
    encoding: Found,
    /// Whether it is UTF-8 as far as its first lines say, and nobody has looked at the others yet.
    is_believed: bool,
    delimiter: u8,
    /// Where the header starts: behind a line `sep=;`, which spreadsheets take for a statement of the delimiter.
    start: Mark,
    /// Where the last row of the header starts.
    header: Mark,
    /// Where the record behind the header starts.
    body: Mark,
    /// Where every [`EVERY`]th record starts.
    marks: Vec<Mark>,
    /// The whole text, where it is short enough to be shown around a problem.
    text: OnceCell<Option<Arc<problem::Source>>>,
    /// The record that was looked up last, and where its fields stand: cells are asked for one after the other.
    last: RefCell<Option<(Option<u32>, Spans)>>,
}

/// Where the fields of a record stand in the whole text.
type Spans = Arc<[Range<usize>]>;

/// How many bytes of a long file are looked at before it is read.
const BELIEVED: u64 = if cfg!(test) { 32 } else { 1 << 20 };
/// Records between two marks.
const EVERY: u32 = 16;
/// The longest file, in bytes, whose text is kept to be shown around a problem.
const SHORT: u64 = 8 << 20;

impl Delimited {
    pub(super) fn open(input: &Input, format: &Format) -> Result<Opened<Delimited>, Vec<Problem>> {
        let stated = Stated { of_file: format.encoding, of_others: input.encoding };
        let unreadable = |e| vec![input.unreadable(e)];
        let believed = believed(input, stated).map_err(unreadable)?;
        let encoding = match believed {
            Some(found) => found,
            None => detect(|| input.open(), stated)
                .map_err(unreadable)?
                .map_err(|refused| vec![input.problem(refused.fault(format.encoding.is_some()))])?,
        };
        let mut file = Delimited {
            encoding,
            is_believed: believed.is_some(),
            delimiter: b',',
            start: Mark::START,
            header: Mark::START,
            body: Mark::START,
            marks: Vec::new(),
            text: OnceCell::new(),
            last: RefCell::new(None),
        };
        let mut head = Vec::new();
        file.decoded(input, Mark::START)
            .and_then(|text| text.take(1 << 20).read_to_end(&mut head))
            .map_err(|e| vec![input.unreadable(e)])?;
        // A second byte order mark, from files that were put together, is none of the header.
        let marks = head.chunks(3).take_while(|three| *three == "\u{feff}".as_bytes()).count() * 3;
        file.start.pass(&head[..marks]);
        let head = &head[marks..];
        let stated = stated_delimiter(head);
        if let Some((_, length)) = stated {
            file.start.pass(&head[..length]);
        }
        file.delimiter = match format.delimiter.or(stated.map(|(delimiter, _)| delimiter)) {
            Some(delimiter) => delimiter,
            None => find_delimiter(from_line(head, format))
                .map_err(|found| vec![input.problem(DataFault::Delimiters { found })])?,
        };
        let opened = file.read_header(input, format).map_err(|e| vec![input.unreadable(e)])?;
        opened.map_err(|fault| vec![input.problem(fault)]).map(|opened| opened.map(|()| file))
    }

    /// Reads the rows of the header and of the units.
    fn read_header(
        &mut self,
        input: &Input,
        format: &Format,
    ) -> io::Result<Result<Opened<()>, DataFault>> {
        let frame = &format.frame;
        let mut records = self.reader(input)?;
        let mut heads: Vec<Option<Vec<String>>> = vec![None; frame.header.len().max(1)];
        let (mut units, mut last) = (None, 0);
        let lines = frame.header.iter().map(|head| head.row).chain(frame.units);
        let to = lines.max().map_or(0, u64::from);
        while let Some(fields) = records.next()? {
            let names = (0..fields.len()).map(|k| fields.get(k));
            let names = names.map(|name| String::from_utf8_lossy(name).into_owned());
            let names: Vec<String> = names.collect();
            let (from, behind) = (records.started(), records.mark());
            let ends = names.iter().map(|name| lines::ends(name.as_bytes())).sum::<usize>();
            last = from.line + ends as u64;
            let holds = |row: u32| (from.line..=last).contains(&u64::from(row));
            if frame.header.is_empty() && heads[0].is_none() {
                heads[0] = Some(names.clone());
                (self.header, self.body) = (from, behind);
            }
            for (k, _) in frame.header.iter().enumerate().filter(|(_, head)| holds(head.row)) {
                heads[k] = Some(names.clone());
                (self.header, self.body) = (from, behind);
            }
            if let Some(row) = frame.units.filter(|row| holds(*row)) {
                if self.header.byte == from.byte && heads.iter().any(Option::is_some) {
                    return Ok(Err(DataFault::UnitsInHeader { row }));
                }
                units = Some(names);
            }
            if last >= to {
                break;
            }
        }
        let missing = |row: u32| DataFault::NoRow { row, last: last as usize };
        let stated = frame.header.iter().zip(&heads).find(|(_, head)| head.is_none());
        if let Some((head, _)) = stated {
            return Ok(Err(missing(head.row)));
        }
        if let (Some(row), None) = (frame.units, &units) {
            return Ok(Err(missing(row)));
        }
        let likely = match frame.header.is_empty() {
            true => self.likely(input)?,
            false => None,
        };
        let heads = heads.into_iter().flatten().collect();
        Ok(Ok(Opened { table: (), heads, units, likely, is_filled: false }))
    }

    /// Where the header probably stands, if the first record is a title.
    fn likely(&self, input: &Input) -> io::Result<Option<Vec<u32>>> {
        let mut records = self.reader(input)?;
        let mut rows = Vec::new();
        while rows.len() < 20 {
            let Some(fields) = records.next()? else { break };
            let texts = (0..fields.len()).map(|k| String::from_utf8_lossy(fields.get(k)).into());
            let texts: Vec<String> = texts.collect();
            rows.push((u32::try_from(records.started().line).unwrap_or(u32::MAX), texts));
            // A first record of several cells is a header: the usual case.
            let first: &[String] = &rows[0].1;
            if first.iter().filter(|text| !text.trim().is_empty()).count() > 1 {
                return Ok(None);
            }
        }
        Ok(likely(rows.into_iter()))
    }

    /// The name of the encoding, where it was judged.
    pub(super) fn guessed(&self) -> Option<&'static str> {
        self.encoding.is_judged().then(|| self.encoding.name())
    }

    /// The text from a mark on.
    fn decoded(&self, input: &Input, from: Mark) -> io::Result<Box<dyn Read + Send>> {
        let mut bytes = input.open()?;
        let mark = self.encoding.mark() as u64;
        if self.encoding.is_utf8() {
            bytes.seek(SeekFrom::Start(mark + from.byte))?;
            return Ok(Box::new(Decoded::checked(bytes, self.encoding)));
        }
        bytes.seek(SeekFrom::Start(mark))?;
        let mut text = Decoded::checked(bytes, self.encoding);
        io::copy(&mut (&mut text).take(from.byte), &mut io::sink())?;
        Ok(Box::new(text))
    }

    fn reader(&self, input: &Input) -> io::Result<Records<Box<dyn Read + Send>>> {
        Ok(Records::new(self.decoded(input, self.start)?, self.delimiter, self.start))
    }

    /// Gives every record of the right length that is not blank to `each`; returns the faults of the others, each with
    /// its record and the column where it shows.
    pub(super) fn records(
        &mut self,
        input: &Input,
        width: usize,
        short: Short,
        watch: &mut Watch<'_>,
        each: &mut dyn FnMut(u32, &dyn Record),
    ) -> io::Result<Vec<(DataFault, Spot)>> {
        if self.is_believed && !is_utf8(input.open()?)? {
            input.cast_doubt();
            return Ok(Vec::new());
        }
        let body = self.body;
        let mut reader = Records::new(self.decoded(input, body)?, self.delimiter, body);
        let mut wrong = Vec::new();
        let mut number = 0;
        self.marks.clear();
        self.last.take();
        loop {
            let mark = reader.mark();
            if !reader.begin()? {
                return Ok(wrong);
            }
            let line = u32::try_from(reader.started().line).unwrap_or(u32::MAX);
            let Some(record) = reader.next()? else { return Ok(wrong) };
            if number % EVERY == 0 {
                self.marks.push(mark);
            }
            let first = || {
                let there = (0..record.len()).find(|i| !is_blank(record.get(*i)))?;
                std::str::from_utf8(record.get(there)).ok()
            };
            match watch.take(line, first) {
                Take::Row => {}
                Take::Skip(_) => {
                    number += 1;
                    continue;
                }
                Take::End(_) => return Ok(wrong),
            }
            let found = record.len();
            let blank = |i: usize| is_blank(record.get(i));
            let beyond = (width..found).find(|i| !blank(*i));
            if beyond.is_some() || found < width && short == Short::Refused {
                if !(0..found).all(blank) {
                    let fields: Vec<&[u8]> = (0..found).map(|i| record.get(i)).collect();
                    let (fault, record, column) = blocks::ragged(&fields, width, beyond, number);
                    wrong.push((fault, Spot { record: Some(record), column }));
                }
            } else if !(0..width).all(blank) {
                each(number, &record);
            }
            number += 1;
        }
    }

    /// Gives the columns of all records, block by block, with the number of the first record of each; returns the faults
    /// of records of a wrong length. The file must have no rows among its records that do not belong to the table.
    pub(super) fn columns(
        &mut self,
        input: &Input,
        width: usize,
        wanted: &Wanted<'_>,
        mut each: impl FnMut(u32, &Columns) + Send,
    ) -> io::Result<Vec<(DataFault, Spot)>> {
        let text = self.decoded(input, self.body)?;
        let mut wrong = Vec::new();
        self.marks.clear();
        self.last.take();
        let marks = &mut self.marks;
        // The text of another encoding is longer or shorter than the file.
        let length = self.encoding.is_utf8().then(|| input.len().ok()).flatten();
        let is_text = !self.is_believed;
        let form = blocks::Form { delimiter: self.delimiter, width, is_text, length };
        let is_text = blocks::read(text, form, self.body, wanted, |first, columns| {
            let kept =
                |(k, _): &(usize, &Mark)| (first as usize + k).is_multiple_of(EVERY as usize);
            marks.extend(columns.starts.iter().enumerate().filter(kept).map(|(_, mark)| *mark));
            let spot = |number: u32, column| Spot { record: Some(first + number), column };
            let faults = columns.wrong.drain(..);
            wrong.extend(faults.map(|(fault, number, column)| (fault, spot(number, column))));
            each(first, columns);
        })?;
        if !is_text {
            input.cast_doubt();
        }
        Ok(wrong)
    }

    pub(super) fn place(&self, input: &Input, spot: Spot) -> Option<(Place, String)> {
        if let Some(source) = self.source(input) {
            let text = &source.text;
            let fields = self.fields(source, spot)?;
            // What is not there would stand behind the last cell.
            let end = fields.last()?.end;
            let span = fields.get(spot.column).cloned().unwrap_or(end..end);
            let shows = unquoted(&text[span.clone()]);
            return Some((Place::Text { source: Arc::clone(source), span }, shows));
        }
        self.far_place(input, spot)
    }

    /// The places of a record and of its first `count` fields, where the file is short enough to be shown.
    pub(super) fn record(
        &self,
        input: &Input,
        record: u32,
        count: usize,
    ) -> Option<(Place, Vec<Place>)> {
        let source = self.source(input)?;
        let fields = self.fields(source, Spot { record: Some(record), column: 0 })?;
        let place = |span| Place::Text { source: Arc::clone(source), span };
        let end = fields.last()?.end;
        let of = |k| place(fields.get(k).cloned().unwrap_or(end..end));
        Some((place(fields.first()?.start..end), (0..count).map(of).collect()))
    }

    /// Where the fields of the record with a spot stand in the whole text.
    fn fields(&self, source: &problem::Source, spot: Spot) -> Option<Spans> {
        if let Some((record, fields)) = &*self.last.borrow()
            && *record == spot.record
        {
            return Some(Arc::clone(fields));
        }
        let (mark, skip) = self.before(spot);
        let mut walk = Walk::new(source.text.as_bytes(), self.delimiter, mark.byte as usize);
        let found: Spans = (0..=skip).map(|_| walk.next()).last().flatten()?.into();
        *self.last.borrow_mut() = Some((spot.record, Arc::clone(&found)));
        Some(found)
    }

    /// A whole record, where the file is short enough to be shown.
    pub(super) fn whole(&self, input: &Input, record: Option<u32>) -> Option<Place> {
        let source = self.source(input)?;
        let fields = self.fields(source, Spot { record, column: 0 })?;
        let span = fields.first()?.start..fields.last()?.end;
        Some(Place::Text { source: Arc::clone(source), span })
    }

    /// The place in a file too long to be kept: read again from the nearest mark.
    fn far_place(&self, input: &Input, spot: Spot) -> Option<(Place, String)> {
        let (mark, skip) = self.before(spot);
        let mut text = self.decoded(input, mark).ok()?;
        let mut window = Vec::new();
        let mut room = 1 << 20;
        loop {
            let read = (&mut text).take(room).read_to_end(&mut window).ok()?;
            let mut walk = Walk::new(&window, self.delimiter, 0);
            let fields = (0..=skip).map(|_| walk.next()).last().flatten();
            // A record that ends with the window may go on beyond it.
            let ended = walk.at() < window.len() || (read as u64) < room;
            if let Some(fields) = fields.filter(|_| ended) {
                let field = fields.get(spot.column).map_or(&window[0..0], |f| &window[f.clone()]);
                let shows = unquoted(&String::from_utf8_lossy(field));
                let mut row = mark;
                row.pass(&window[..fields[0].start]);
                let place = Place::Cell {
                    file: input.name.clone(),
                    sheet: None,
                    row: row.line as usize,
                    column: spot.column,
                    shows: shows.clone(),
                };
                return Some((place, shows));
            }
            if (read as u64) < room {
                return None;
            }
            room *= 2;
        }
    }

    /// A mark before a record, and how many records are between them.
    fn before(&self, spot: Spot) -> (Mark, u32) {
        let at = |record: u32| Some((*self.marks.get((record / EVERY) as usize)?, record % EVERY));
        spot.record.and_then(at).unwrap_or((self.header, 0))
    }

    /// The whole text, a line feed in place of a carriage return that ends a line.
    fn source(&self, input: &Input) -> Option<&Arc<problem::Source>> {
        self.text
            .get_or_init(|| {
                if input.len().ok()? > SHORT {
                    return None;
                }
                let mut bytes = Vec::new();
                self.decoded(input, Mark::START).ok()?.read_to_end(&mut bytes).ok()?;
                for at in 0..bytes.len() {
                    if bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
                        bytes[at] = b'\n';
                    }
                }
                let text = String::from_utf8(bytes).ok()?;
                Some(Arc::new(problem::Source::new(input.name.clone(), text)))
            })
            .as_ref()
    }
}

/// What the first lines of a long file say, where they are believed: that they are UTF-8.
fn believed(input: &Input, stated: Stated) -> io::Result<Option<Found>> {
    if input.doubt.is_none() || input.len()? <= BELIEVED {
        return Ok(None);
    }
    let mut head = Vec::new();
    input.open()?.take(BELIEVED).read_to_end(&mut head)?;
    // A character may be cut in two, but not at the end of a line.
    let Some(end) = head.iter().rposition(|b| *b == b'\n') else { return Ok(None) };
    let found = detect(|| Ok(&head[..=end]), stated)?;
    Ok(found.ok().filter(|found| found.is_utf8()))
}

/// A text from the first line of the header on.
fn from_line<'t>(head: &'t [u8], format: &Format) -> &'t [u8] {
    let line = format.frame.header.iter().map(|head| u64::from(head.row)).min().unwrap_or(1);
    let mut mark = Mark::START;
    let ends = |b: &u8| matches!(b, b'\r' | b'\n');
    while mark.line < line {
        let rest = &head[mark.byte as usize..];
        let Some(length) = rest.iter().position(ends) else { return head };
        mark.pass(&rest[..length + if rest[length..].starts_with(b"\r\n") { 2 } else { 1 }]);
    }
    &head[mark.byte as usize..]
}

/// The delimiter that a first line `sep=;` states, and the length of that line.
fn stated_delimiter(head: &[u8]) -> Option<(u8, usize)> {
    let length = head.iter().position(|b| matches!(b, b'\r' | b'\n'))?;
    let line = head[..length].strip_prefix(b"\"").unwrap_or(&head[..length]);
    let (word, rest) = line.split_at_checked(4)?;
    let &[delimiter, ref rest @ ..] = rest else { return None };
    // A program that filled up the line to the width of the table has added delimiters.
    let filled = rest.iter().all(|b| *b == b'"' || *b == delimiter || *b == b',');
    let fits = word.eq_ignore_ascii_case(b"sep=") && filled && delimiter.is_ascii();
    let fits = fits && !delimiter.is_ascii_alphanumeric() && delimiter != b'"';
    fits.then(|| (delimiter, length + if head[length..].starts_with(b"\r\n") { 2 } else { 1 }))
}

/// The delimiter that is most frequent in the first line that is not empty; several where that is undecided.
fn find_delimiter(head: &[u8]) -> Result<u8, Vec<char>> {
    let start = head.iter().position(|b| !matches!(b, b'\r' | b'\n')).unwrap_or(0);
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for &byte in &head[start..] {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some((_, n)) = counts.iter_mut().find(|(d, _)| *d == byte) {
                    *n += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let best: Vec<u8> = counts.iter().filter(|(_, n)| *n == most).map(|(d, _)| *d).collect();
    if most == 0 || best.len() == 1 {
        return Ok(best[0]);
    }
    Err(best.into_iter().map(char::from).collect())
}

impl Record for Fields<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        // The decoder gives nothing but UTF-8, and delimiters are ASCII; a file that was changed meanwhile is decoded
        // again all the same.
        Cell::Text(std::str::from_utf8(self.get(column)).unwrap_or(""))
    }
}

pub(super) fn is_blank(field: &[u8]) -> bool {
    match field.first() {
        None => true,
        Some(b) if b.is_ascii_alphanumeric() => false,
        Some(_) => std::str::from_utf8(field).is_ok_and(|text| text.trim().is_empty()),
    }
}

/// What a field shows: without the quotation marks around it.
fn unquoted(field: &str) -> String {
    match field.strip_prefix('"') {
        Some(inner) => inner.strip_suffix('"').unwrap_or(inner).replace("\"\"", "\""),
        None => field.to_string(),
    }
}
