//! CSV and its kin, read as a stream: a file may be far larger than what is kept of it.

use std::cell::OnceCell;
use std::io::{self, Read, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::{Cell, Format, Input, Record, Spot};
use crate::data::decode::{Decoded, Found, detect};
use crate::problem::{self, DataFault, Place, Problem};

/// A delimited text file.
#[derive(Debug)]
pub(super) struct Delimited {
    encoding: Found,
    delimiter: u8,
    /// Where every [`EVERY`]th record starts.
    marks: Vec<Mark>,
    /// The whole text, where it is short enough to be shown around a problem.
    text: OnceCell<Option<Arc<problem::Source>>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    byte: u64,
    line: u64,
}

/// Records between two marks.
const EVERY: u32 = 1024;
/// The longest file, in bytes, whose text is kept to be shown around a problem.
const SHORT: u64 = 8 << 20;

impl Delimited {
    pub(super) fn open(
        input: &Input,
        format: &Format,
    ) -> Result<(Delimited, Vec<String>), Vec<Problem>> {
        let encoding = detect(|| input.open(), format.encoding)
            .map_err(|e| vec![input.unreadable(e)])?
            .map_err(|invalid| {
                vec![input.problem(DataFault::BadText {
                    encoding: invalid.encoding,
                    stated: format.encoding.is_some(),
                    line: invalid.line,
                    column: invalid.column,
                    zero: invalid.zero,
                })]
            })?;
        let mut file =
            Delimited { encoding, delimiter: b',', marks: Vec::new(), text: OnceCell::new() };
        file.delimiter = match format.delimiter {
            Some(delimiter) => delimiter,
            None => file.find_delimiter(input)?,
        };
        let mut header = ByteRecord::new();
        file.reader(input)
            .and_then(|mut reader| Ok(reader.read_byte_record(&mut header)?))
            .map_err(|e| vec![input.unreadable(e)])?;
        let header = header.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        Ok((file, header))
    }

    /// The delimiter that is most frequent in the first line that is not empty.
    fn find_delimiter(&self, input: &Input) -> Result<u8, Vec<Problem>> {
        let mut head = Vec::new();
        self.decoded(input)
            .and_then(|text| text.take(1 << 20).read_to_end(&mut head))
            .map_err(|e| vec![input.unreadable(e)])?;
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
        let found = best.into_iter().map(char::from).collect();
        Err(vec![input.problem(DataFault::Delimiters { found })])
    }

    fn decoded(&self, input: &Input) -> io::Result<Decoded<Box<dyn super::Source>>> {
        let mut bytes = input.open()?;
        bytes.seek(SeekFrom::Start(self.encoding.mark() as u64))?;
        Ok(Decoded::checked(bytes, self.encoding))
    }

    fn reader(&self, input: &Input) -> io::Result<Reader<Decoded<Box<dyn super::Source>>>> {
        Ok(ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .buffer_capacity(1 << 18)
            .from_reader(self.decoded(input)?))
    }

    /// Gives every record of the right length that is not blank to `each`; returns the faults of the others.
    pub(super) fn records(
        &mut self,
        input: &Input,
        width: usize,
        each: &mut dyn FnMut(u32, &dyn Record),
    ) -> io::Result<Vec<(DataFault, u32)>> {
        let mut reader = self.reader(input)?;
        let mut record = ByteRecord::new();
        let mut wrong = Vec::new();
        let mut number = 0;
        self.marks.clear();
        reader.read_byte_record(&mut record)?;
        loop {
            let at = reader.position().clone();
            if !reader.read_byte_record(&mut record)? {
                return Ok(wrong);
            }
            if number % EVERY == 0 {
                self.marks.push(Mark { byte: at.byte(), line: at.line() });
            }
            let beyond = (width..record.len()).any(|i| !is_blank(&record[i]));
            if record.len() < width || beyond {
                let blank = record.iter().all(is_blank);
                if !blank {
                    let lines = 1 + record.as_slice().iter().filter(|b| **b == b'\n').count();
                    let found = record.len();
                    wrong.push((DataFault::Ragged { expected: width, found, lines }, number));
                }
            } else if !(0..width).all(|i| is_blank(&record[i])) {
                each(number, &Fields(&record));
            }
            number += 1;
        }
    }

    pub(super) fn place(&self, input: &Input, spot: Spot) -> Option<(Place, String)> {
        if let Some(source) = self.source(input) {
            let bytes = source.text.as_bytes();
            let (from, skip) = match spot.record {
                None => (0, 0),
                Some(record) => (self.mark(record).byte as usize, (record % EVERY) as usize),
            };
            let mut walk = Walk { bytes, delimiter: self.delimiter, at: from };
            for _ in 0..skip {
                walk.next()?;
            }
            let fields = walk.next()?;
            let span = fields.get(spot.column).cloned().unwrap_or_else(|| {
                let end = fields.last().map_or(from, |f| f.end);
                end..end
            });
            let shows = unquoted(&source.text[span.clone()]);
            return Some((Place::Text { source: Arc::clone(source), span }, shows));
        }
        self.far_place(input, spot)
    }

    /// The place in a file too long to be kept: read again from the nearest mark.
    fn far_place(&self, input: &Input, spot: Spot) -> Option<(Place, String)> {
        let (mark, skip) = match spot.record {
            None => (Mark { byte: 0, line: 1 }, 0),
            Some(record) => (self.mark(record), (record % EVERY) as usize),
        };
        let mut text: Box<dyn Read> = if self.encoding.is_utf8() {
            let mut bytes = input.open().ok()?;
            bytes.seek(SeekFrom::Start(self.encoding.mark() as u64 + mark.byte)).ok()?;
            Box::new(bytes)
        } else {
            let mut text = self.decoded(input).ok()?;
            io::copy(&mut (&mut text).take(mark.byte), &mut io::sink()).ok()?;
            Box::new(text)
        };
        let mut window = Vec::new();
        let mut room = 1 << 20;
        loop {
            let read = (&mut text).take(room).read_to_end(&mut window).ok()?;
            let mut walk = Walk { bytes: &window, delimiter: self.delimiter, at: 0 };
            let fields = (0..=skip).map(|_| walk.next()).last().flatten();
            // A record that ends with the window may go on beyond it.
            if let Some(fields) = fields.filter(|_| walk.at < window.len() || (read as u64) < room)
            {
                let start = fields[0].start;
                let before = window[..start].iter().filter(|b| **b == b'\n').count();
                let field = fields.get(spot.column).map_or(&window[0..0], |f| &window[f.clone()]);
                let shows = unquoted(&String::from_utf8_lossy(field));
                let place = Place::Cell {
                    file: input.name.clone(),
                    sheet: None,
                    row: mark.line as usize + before,
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

    fn mark(&self, record: u32) -> Mark {
        self.marks.get((record / EVERY) as usize).copied().unwrap_or_default()
    }

    fn source(&self, input: &Input) -> Option<&Arc<problem::Source>> {
        self.text
            .get_or_init(|| {
                if input.len().ok()? > SHORT {
                    return None;
                }
                let mut text = String::new();
                self.decoded(input).ok()?.read_to_string(&mut text).ok()?;
                Some(Arc::new(problem::Source { name: input.name.clone(), text }))
            })
            .as_ref()
    }
}

struct Fields<'a>(&'a ByteRecord);

impl Record for Fields<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        // The decoder gives nothing but UTF-8, and delimiters are ASCII; a file that was changed meanwhile is decoded
        // again all the same.
        Cell::Text(std::str::from_utf8(&self.0[column]).unwrap_or(""))
    }
}

fn is_blank(field: &[u8]) -> bool {
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

/// Walks over records as the csv crate reads them, and gives the bytes of each field with its quotation marks: the crate
/// itself does not say where a field is.
struct Walk<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    at: usize,
}

impl Walk<'_> {
    fn next(&mut self) -> Option<Vec<Range<usize>>> {
        let end_of_line = |b: u8| b == b'\n' || b == b'\r';
        while self.bytes.get(self.at).is_some_and(|b| end_of_line(*b)) {
            self.at += 1;
        }
        if self.at == self.bytes.len() {
            return None;
        }
        let mut fields = Vec::new();
        loop {
            let start = self.at;
            if self.bytes.get(self.at) == Some(&b'"') {
                self.at += 1;
                while self.at < self.bytes.len() {
                    if self.bytes[self.at] != b'"' {
                        self.at += 1;
                    } else if self.bytes.get(self.at + 1) == Some(&b'"') {
                        self.at += 2;
                    } else {
                        self.at += 1;
                        break;
                    }
                }
            }
            while self.bytes.get(self.at).is_some_and(|b| *b != self.delimiter && !end_of_line(*b))
            {
                self.at += 1;
            }
            fields.push(start..self.at);
            match self.bytes.get(self.at) {
                Some(b) if *b == self.delimiter => self.at += 1,
                _ => return Some(fields),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn walks_as_the_reader_reads(text in "[ab\",;\n\r值]{0,40}") {
            let mut reader = ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let mut walk = Walk { bytes: text.as_bytes(), delimiter: b',', at: 0 };
            for record in reader.byte_records() {
                let record = record.unwrap();
                let fields = walk.next().unwrap();
                prop_assert_eq!(fields.len(), record.len());
                for (field, read) in fields.into_iter().zip(record.iter()) {
                    let raw = &text[field];
                    if !raw.contains('"') {
                        prop_assert_eq!(raw.as_bytes(), read);
                    }
                }
            }
            prop_assert!(walk.next().is_none());
        }
    }
}
