//! Columns of a delimited text, read in blocks of whole records. What a block says can be told without the blocks before
//! it, so that several threads read; blocks are given one after the other, so that their number has no effect.

use std::io::{self, Read};

use rayon::prelude::*;

use super::Cell;
use super::delimited::is_blank;
use super::records::Records;
use crate::data::lines::{self, Mark};
use crate::data::number::Notation;
use crate::gate::bounds::{Beyond, COLUMNS, RECORD};
use crate::problem::{DataFault, Unread};
use quanheng_core::model::State;

/// How many bytes a block has, before the rest of its last record. In tests of this crate a block is small, so that tables
/// of tests have several.
const BLOCK: usize = if cfg!(test) { 24 } else { 1 << 20 };

/// What is read of a table.
#[derive(Clone, Debug)]
pub(in crate::data) struct Wanted<'a> {
    /// The columns whose text is kept.
    pub(in crate::data) keys: Vec<usize>,
    /// The columns that hold numbers, and how these are written.
    pub(in crate::data) values: Vec<(usize, &'a Notation)>,
}

/// What a block says.
#[derive(Debug, Default)]
pub(in crate::data) struct Columns {
    /// The record of each row. Records that are blank or have a wrong length are not rows.
    pub(in crate::data) records: Vec<u32>,
    /// The texts of the keys, row by row.
    texts: String,
    /// Where each of them ends.
    ends: Vec<usize>,
    /// The numbers, by column; NaN where there is none.
    pub(in crate::data) values: Vec<Vec<f64>>,
    /// The cells that hold neither a number nor nothing, in order.
    pub(in crate::data) others: Vec<Other>,
    /// Records of a wrong length, and the column where it shows.
    pub(super) wrong: Vec<(DataFault, u32, usize)>,
    /// About how many rows the whole text has, which only its first block says.
    pub(in crate::data) expected: Option<usize>,
    /// Where each record starts, as long as it is not known which ones are to be kept.
    pub(super) starts: Vec<Mark>,
    /// Where the block ends, from its beginning.
    end: Mark,
    /// Whether it holds bytes that are not text.
    is_spoilt: bool,
    keys: usize,
}

/// A cell that holds neither a number nor nothing.
#[derive(Debug)]
pub(in crate::data) struct Other {
    /// The row, by its position in the block.
    pub(in crate::data) row: usize,
    /// The column, by its position among the values.
    pub(in crate::data) value: usize,
    /// What it says: a kind of absence, or why it is not read and what it shows.
    pub(in crate::data) what: Result<State, (Unread, String)>,
}

impl Columns {
    /// The text of a key of a row.
    pub(in crate::data) fn key(&self, row: usize, key: usize) -> &str {
        let at = row * self.keys + key;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.texts[start..self.ends[at]]
    }

    /// Empties them, and keeps their room.
    fn clear(&mut self, values: usize, keys: usize, start: Mark) {
        self.records.clear();
        self.texts.clear();
        self.ends.clear();
        self.values.resize_with(values, Vec::new);
        self.values.iter_mut().for_each(Vec::clear);
        self.others.clear();
        self.wrong.clear();
        self.starts.clear();
        (self.end, self.keys, self.is_spoilt, self.expected) = (start, keys, false, None);
    }

    /// About how many rows a text of so many bytes has, if all of it is like this block; rather too many.
    fn rows_of(&self, bytes: u64) -> usize {
        let share = bytes as f64 / self.end.byte.max(1) as f64;
        (self.records.len() as f64 * share * 1.05) as usize
    }

    fn push_key(&mut self, text: &[u8]) {
        self.texts.push_str(std::str::from_utf8(text).unwrap_or("").trim());
        self.ends.push(self.texts.len());
    }

    /// Takes back what an unfinished row has pushed.
    fn drop_row(&mut self) {
        let rows = self.records.len();
        self.ends.truncate(rows * self.keys);
        self.texts.truncate(self.ends.last().copied().unwrap_or(0));
        self.values.iter_mut().for_each(|values| values.truncate(rows));
        while self.others.last().is_some_and(|other| other.row == rows) {
            self.others.pop();
        }
    }
}

/// The form of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) delimiter: u8,
    /// How many columns it has.
    pub(super) width: usize,
    /// Whether it is known that all bytes are UTF-8 and none is zero.
    pub(super) is_text: bool,
    /// How many bytes the text has, if this is known.
    pub(super) length: Option<u64>,
}

/// What becomes of a column of the file.
#[derive(Clone, Copy)]
enum Slot {
    Unread,
    Key,
    Value(usize),
}

/// How blocks of one table are read.
struct Plan<'a> {
    slots: Vec<Slot>,
    /// Which key each [`Slot::Key`] is, in the order of the columns of the file.
    order: Vec<usize>,
    notations: Vec<&'a Notation>,
    /// Whether a plain number with a decimal point is what it looks like.
    plain: Vec<bool>,
    width: usize,
    delimiter: u8,
    is_text: bool,
}

impl<'a> Plan<'a> {
    fn new(wanted: &Wanted<'a>, Form { delimiter, width, is_text, .. }: Form) -> Self {
        let mut slots = vec![Slot::Unread; width];
        let mut order: Vec<usize> = (0..wanted.keys.len()).collect();
        quanheng_core::number::sort_by(&mut order, &|a, b| wanted.keys[a].cmp(&wanted.keys[b]));
        wanted.keys.iter().for_each(|column| slots[*column] = Slot::Key);
        for (value, (column, _)) in wanted.values.iter().enumerate() {
            slots[*column] = Slot::Value(value);
        }
        let notations: Vec<&Notation> =
            wanted.values.iter().map(|(_, notation)| *notation).collect();
        let plain = notations.iter().map(|notation| notation.reads_plain()).collect();
        Plan { slots, order, notations, plain, width, delimiter, is_text }
    }

    /// Reads a cell of a value, and says whether it is blank.
    fn cell(&self, columns: &mut Columns, value: usize, field: &[u8]) {
        let text = Cell::Text(std::str::from_utf8(field).unwrap_or(""));
        let row = columns.records.len();
        let (number, other) = match self.notations[value].cell(text) {
            Ok((number, State::Value)) => (number, None),
            Ok((_, State::Missing)) => (f64::NAN, None),
            Ok((_, state)) => (f64::NAN, Some(Ok(state))),
            Err(why) => (f64::NAN, Some(Err((why, text.shows())))),
        };
        columns.values[value].push(number);
        columns.others.extend(other.map(|what| Other { row, value, what }));
    }

    /// Reads a block into columns that another one may have had.
    fn read(&self, block: &Block, mut columns: Columns) -> Columns {
        columns.clear(self.notations.len(), self.order.len(), block.start);
        let bytes = block.bytes();
        if !self.is_text && (std::str::from_utf8(bytes).is_err() || bytes.contains(&0)) {
            columns.is_spoilt = true;
            return columns;
        }
        match block.is_quoted {
            true => self.read_quoted(block, &mut columns),
            false => self.read_plain(block, &mut columns),
        }
        quanheng_core::number::sort_items(&mut columns.others, |a: &Other, b: &Other| {
            (a.row, a.value).cmp(&(b.row, b.value))
        });
        columns
    }

    /// A block without a quotation mark: every delimiter and every end of a line is one.
    fn read_plain(&self, block: &Block, columns: &mut Columns) {
        let bytes = block.bytes();
        let mut mark = block.start;
        let mut at = 0;
        let is_end = |byte: u8| byte == b'\n' || byte == b'\r';
        while at < bytes.len() {
            if is_end(bytes[at]) {
                let rest = &bytes[at..];
                let length = rest.iter().position(|b| !is_end(*b)).unwrap_or(rest.len());
                mark.pass(&rest[..length]);
                at += length;
                continue;
            }
            let start = at;
            let number = columns.starts.len() as u32;
            columns.starts.push(mark);
            let (mut column, mut is_there) = (0, false);
            loop {
                // Now `at` is where a field begins.
                let slot = self.slots.get(column).copied();
                let mut end = None;
                if let Some(Slot::Value(value)) = slot
                    && self.plain[value]
                    && let Some((number, length)) = plain(&bytes[at..])
                {
                    let behind = at + length;
                    if bytes.get(behind).is_none_or(|b| *b == self.delimiter || is_end(*b)) {
                        columns.values[value].push(number);
                        is_there = true;
                        end = Some(behind);
                    }
                }
                let end = end.unwrap_or_else(|| {
                    let rest = &bytes[at..];
                    let ends = |b: &u8| *b == self.delimiter || is_end(*b);
                    let end = at + rest.iter().position(ends).unwrap_or(rest.len());
                    let field = &bytes[at..end];
                    is_there |= slot.is_some() && !is_blank(field);
                    match slot {
                        Some(Slot::Key) => columns.push_key(field),
                        Some(Slot::Value(value)) => self.cell(columns, value, field),
                        Some(Slot::Unread) | None => {}
                    }
                    end
                });
                at = end;
                column += 1;
                if bytes.get(at) != Some(&self.delimiter) {
                    break;
                }
                at += 1;
            }
            mark.go_on((at - start) as u64);
            match column == self.width && is_there {
                true => columns.records.push(number),
                false => {
                    columns.drop_row();
                    if column > COLUMNS {
                        columns.wrong.push((DataFault::Beyond(Beyond::Columns), number, 0));
                        continue;
                    }
                    let fields = bytes[start..at].split(|b| *b == self.delimiter);
                    self.wrong(columns, number, &fields.collect::<Vec<_>>());
                }
            }
        }
        columns.end = mark;
    }

    /// A block with quotation marks.
    fn read_quoted(&self, block: &Block, columns: &mut Columns) {
        columns.end.pass(block.bytes());
        let mut records = Records::new(block.bytes(), self.delimiter, block.start);
        while let Ok(true) = records.begin() {
            let number = columns.starts.len() as u32;
            columns.starts.push(records.started());
            let record = match records.next() {
                Ok(Some(record)) => record,
                Ok(None) => return,
                Err(e) => {
                    let beyond = Beyond::of(&e).cloned().unwrap_or(Beyond::Record);
                    columns.wrong.push((DataFault::Beyond(beyond), number, 0));
                    return;
                }
            };
            let there = (0..self.width.min(record.len())).any(|k| !is_blank(record.get(k)));
            if record.len() != self.width || !there {
                let fields: Vec<&[u8]> = (0..record.len()).map(|k| record.get(k)).collect();
                self.wrong(columns, number, &fields);
                continue;
            }
            for (column, slot) in self.slots.iter().enumerate() {
                match slot {
                    Slot::Unread => {}
                    Slot::Key => columns.push_key(record.get(column)),
                    Slot::Value(value) => self.cell(columns, *value, record.get(column)),
                }
            }
            columns.records.push(number);
        }
    }

    /// A record that is blank, or longer or shorter than the header. One that is longer by blank cells is a row.
    fn wrong(&self, columns: &mut Columns, number: u32, fields: &[&[u8]]) {
        let (width, found) = (self.width, fields.len());
        if fields.iter().all(|field| is_blank(field)) {
            return;
        }
        let beyond = (width..found).find(|k| !is_blank(fields[*k]));
        if beyond.is_some() || found < width {
            columns.wrong.push(ragged(fields, width, beyond, number));
            return;
        }
        for (column, slot) in self.slots.iter().enumerate() {
            match slot {
                Slot::Unread => {}
                Slot::Key => columns.push_key(fields[column]),
                Slot::Value(value) => self.cell(columns, *value, fields[column]),
            }
        }
        columns.records.push(number);
    }
}

/// The fault of a record of a wrong length; `beyond` is the first cell behind the header that is not blank.
pub(super) fn ragged(
    fields: &[&[u8]],
    width: usize,
    beyond: Option<usize>,
    number: u32,
) -> (DataFault, u32, usize) {
    let ends = |field: &[u8]| lines::ends(field);
    let lines = 1 + fields.iter().map(|field| ends(field)).sum::<usize>();
    // Where a mark is not closed, the cell that swallows lines; else what is too much, or the end.
    let open = fields.iter().position(|field| lines > 2 && ends(field) > 0);
    let column = open.or(beyond).unwrap_or(fields.len());
    (DataFault::Ragged { expected: width, found: fields.len(), lines }, number, column)
}

/// Powers of ten that are numbers exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The number with which the bytes begin, and its length: digits, with a sign before and a decimal point among them. None
/// where one division would not give the nearest number (Clinger 1990, "How to read floating point numbers accurately").
fn plain(bytes: &[u8]) -> Option<(f64, usize)> {
    let negative = bytes.first() == Some(&b'-');
    let mut at = usize::from(negative);
    let first = at;
    let mut digits: u64 = 0;
    while let Some(digit) = bytes.get(at).map(|b| b.wrapping_sub(b'0')).filter(|d| *d < 10) {
        digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    let mut count = at - first;
    let mut behind = 0;
    if count > 0 && bytes.get(at) == Some(&b'.') {
        let point = at;
        at += 1;
        while let Some(digit) = bytes.get(at).map(|b| b.wrapping_sub(b'0')).filter(|d| *d < 10) {
            digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit));
            at += 1;
        }
        behind = at - point - 1;
        count += behind;
        if behind == 0 {
            return None;
        }
    }
    // 19 digits always fit; 2^53 is the last whole number before the first that is none.
    if count == 0 || count > 19 || digits > 1 << 53 {
        return None;
    }
    let number = digits as f64 / POWERS[behind];
    // A zero is never negative.
    Some((if negative { 0.0 - number } else { number }, at))
}

/// Whole records of a text.
struct Block {
    /// Room for the bytes, which are the first of it.
    room: Vec<u8>,
    length: usize,
    is_quoted: bool,
    /// Its beginning, from which places in it are counted.
    start: Mark,
}

impl Block {
    fn bytes(&self) -> &[u8] {
        &self.room[..self.length]
    }
}

/// Cuts a text into blocks.
struct Blocks<R> {
    text: R,
    delimiter: u8,
    /// Whether the last byte of the last block is a carriage return.
    returned: bool,
    /// What was read behind the last block.
    rest: Vec<u8>,
    is_read: bool,
    /// Room that blocks had and that others can have.
    rooms: Vec<Vec<u8>>,
}

impl<R: Read> Blocks<R> {
    /// The next blocks, fewer than asked for at the end of the text.
    fn some(&mut self, count: usize) -> io::Result<Vec<Block>> {
        let mut blocks = Vec::with_capacity(count);
        while blocks.len() < count {
            let Some(block) = self.next()? else { break };
            blocks.push(block);
        }
        Ok(blocks)
    }

    fn next(&mut self) -> io::Result<Option<Block>> {
        let mut room = self.rooms.pop().unwrap_or_default();
        let mut length = self.rest.len();
        let mut size = BLOCK.max(length + 1);
        room.resize(size.max(room.len()), 0);
        room[..length].copy_from_slice(&self.rest);
        loop {
            while !self.is_read && length < size {
                let read = match self.text.read(&mut room[length..size]) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                    read => read?,
                };
                self.is_read = read == 0;
                length += read;
            }
            let bytes = &room[..length];
            if bytes.is_empty() {
                return Ok(None);
            }
            let is_quoted = bytes.contains(&b'"');
            let cut = match self.is_read {
                true => length,
                false => self.cut(bytes, is_quoted),
            };
            if cut == 0 {
                // A record that is longer than the block.
                if length > RECORD {
                    return Err(io::Error::other(Beyond::Record));
                }
                size *= 2;
                room.resize(size, 0);
                continue;
            }
            self.rest.clear();
            self.rest.extend_from_slice(&bytes[cut..]);
            let start = Mark::within(self.returned);
            self.returned = bytes[cut - 1] == b'\r';
            return Ok(Some(Block { room, length: cut, is_quoted, start }));
        }
    }

    /// Behind the last record that has ended.
    fn cut(&self, bytes: &[u8], is_quoted: bool) -> usize {
        if !is_quoted {
            let last = |end: u8| bytes.iter().rposition(|b| *b == end).map_or(0, |at| at + 1);
            return match last(b'\n') {
                0 => last(b'\r'),
                at => at,
            };
        }
        let mut records = Records::new(bytes, self.delimiter, Mark::START);
        let mut cut = 0;
        // The last record may go on behind the bytes; the one before it does not.
        while let Ok(true) = records.begin() {
            cut = records.started().byte as usize;
            if !matches!(records.next(), Ok(Some(_))) {
                break;
            }
        }
        cut
    }
}

/// Reads a text that starts at a mark, block by block: `each` is given what a block says and the number of its first
/// record. `false` where bytes were met that are not text, at which reading ends.
pub(super) fn read(
    text: impl Read + Send,
    form: Form,
    start: Mark,
    wanted: &Wanted<'_>,
    mut each: impl FnMut(u32, &mut Columns) + Send,
) -> io::Result<bool> {
    let plan = Plan::new(wanted, form);
    let delimiter = form.delimiter;
    let (returned, rest, rooms) = (start.is_returned(), Vec::new(), Vec::new());
    let mut blocks = Blocks { text, delimiter, returned, rest, is_read: false, rooms };
    let at_once = 2 * rayon::current_num_threads();
    let (mut number, mut mark) = (0, start);
    let mut next = blocks.some(at_once)?;
    let mut ready: Vec<Columns> = Vec::new();
    let mut free: Vec<Columns> = Vec::new();
    // While some blocks are cut off the text, those before them are read, and those before these are given away.
    loop {
        let is_last = next.len() < at_once;
        let mut rooms = std::mem::take(&mut free);
        rooms.resize_with(next.len(), Columns::default);
        let (cut, (read, ())) = rayon::join(
            || if is_last { Ok(Vec::new()) } else { blocks.some(at_once) },
            || {
                rayon::join(
                    || {
                        let blocks = next.par_iter().zip(rooms);
                        blocks.map(|(block, room)| plan.read(block, room)).collect::<Vec<_>>()
                    },
                    || {
                        for columns in &mut ready {
                            let first = number;
                            if first == 0 {
                                columns.expected = form.length.map(|all| columns.rows_of(all));
                            }
                            number += columns.starts.len() as u32;
                            columns.starts.iter_mut().for_each(|start| *start = mark.then(*start));
                            mark = mark.then(columns.end);
                            plan.put_in_order(columns);
                            each(first, columns);
                        }
                    },
                )
            },
        );
        free = std::mem::replace(&mut ready, read);
        blocks.rooms.extend(next.drain(..).map(|block| block.room));
        next = cut?;
        if ready.iter().any(|columns| columns.is_spoilt) {
            return Ok(false);
        }
        if next.is_empty() && ready.is_empty() {
            return Ok(true);
        }
    }
}

impl Plan<'_> {
    /// Keys come in the order of the columns of the file; they are asked for in that of [`Wanted`].
    fn put_in_order(&self, columns: &mut Columns) {
        if self.order.iter().enumerate().all(|(k, of)| k == *of) {
            return;
        }
        let (mut texts, mut ends) = (String::new(), Vec::new());
        for row in 0..columns.records.len() {
            for key in 0..self.order.len() {
                let at = self.order.iter().position(|of| *of == key).unwrap_or(key);
                texts.push_str(columns.key(row, at));
                ends.push(texts.len());
            }
        }
        (columns.texts, columns.ends) = (texts, ends);
    }
}
