//! Records and fields of delimited text. One state machine, that of `csv-core`, reads the records and says where each
//! field stands, so that the two cannot differ.

use std::cell::RefCell;
use std::io::{self, Read};
use std::ops::Range;

use csv_core::{ReadFieldResult, ReadRecordResult, Reader, ReaderBuilder};

use crate::data::lines::Mark;
use crate::gate::bounds::{Beyond, COLUMNS, RECORD};

/// Reads a text record by record.
pub(super) struct Records<R> {
    text: R,
    core: Core,
    buffer: Vec<u8>,
    unread: Range<usize>,
    fields: Vec<u8>,
    ends: Vec<usize>,
    mark: Mark,
    /// Where the last record starts.
    started: Mark,
}

impl<R: Read> Records<R> {
    /// Records of a text that goes on from `mark`.
    pub(super) fn new(text: R, delimiter: u8, mark: Mark) -> Self {
        Records {
            text,
            core: Core::new(delimiter),
            buffer: vec![0; 1 << 14],
            unread: 0..0,
            fields: vec![0; 1 << 10],
            ends: vec![0; 1 << 6],
            mark,
            started: mark,
        }
    }

    /// Where the record starts that was read last, or that is read next after [`Records::begin`].
    pub(super) fn started(&self) -> Mark {
        self.started
    }

    /// Goes on to the next record, over lines that are empty; whether there is anything.
    pub(super) fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.unread.is_empty() {
                self.unread = 0..self.fill()?;
            }
            let input = &self.buffer[self.unread.clone()];
            if input.is_empty() {
                return Ok(false);
            }
            let length = input.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let is_there = length < input.len();
            self.mark.pass(&input[..length]);
            self.unread.start += length;
            if is_there {
                self.started = self.mark;
                return Ok(true);
            }
        }
    }

    /// The place behind the last record that was read.
    pub(super) fn mark(&self) -> Mark {
        self.mark
    }

    /// The next record; none at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Fields<'_>>> {
        let (mut written, mut ended) = (0, 0);
        self.begin()?;
        loop {
            if self.unread.is_empty() {
                self.unread = 0..self.fill()?;
            }
            let input = &self.buffer[self.unread.clone()];
            let (result, read, out, ends) = self.core.reader().read_record(
                input,
                &mut self.fields[written..],
                &mut self.ends[ended..],
            );
            self.mark.pass(&input[..read]);
            self.unread.start += read;
            written += out;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.fields.len() >= RECORD => {
                    return Err(io::Error::other(Beyond::Record));
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() >= COLUMNS => {
                    return Err(io::Error::other(Beyond::Columns));
                }
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record => {
                    return Ok(Some(Fields { fields: &self.fields, ends: &self.ends[..ended] }));
                }
            }
        }
    }

    fn fill(&mut self) -> io::Result<usize> {
        loop {
            match self.text.read(&mut self.buffer) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }
}

/// The fields of one record, without their quotation marks.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    fields: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Fields<'a> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A field; nothing behind the last one.
    pub(super) fn get(&self, at: usize) -> &'a [u8] {
        let start = at.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before));
        start.zip(self.ends.get(at)).map_or(&[], |(start, end)| &self.fields[*start..*end])
    }
}

/// Says where the fields of records stand: the bytes between two delimiters or ends of line, with the quotation marks
/// and the blanks that are there.
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    core: Core,
    at: usize,
}

impl<'a> Walk<'a> {
    /// Starts between two records.
    pub(super) fn new(bytes: &'a [u8], delimiter: u8, at: usize) -> Self {
        Walk { bytes, core: Core::new(delimiter), at }
    }

    /// Behind the last record.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The fields of the next record; none at the end.
    pub(super) fn next(&mut self) -> Option<Vec<Range<usize>>> {
        while matches!(self.bytes.get(self.at), Some(b'\r' | b'\n')) {
            self.at += 1;
        }
        if self.at == self.bytes.len() {
            return None;
        }
        let mut fields = Vec::new();
        let mut text = [0; 64];
        let mut start = self.at;
        loop {
            // Without input, the end of the text is what ends a field; otherwise it is the last byte that was read.
            let mark = usize::from(self.at < self.bytes.len());
            let (result, read, _) =
                self.core.reader().read_field(&self.bytes[self.at..], &mut text);
            self.at += read;
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => {
                    fields.push(start..self.at - mark);
                    start = self.at;
                    if record_end {
                        return Some(fields);
                    }
                }
                ReadFieldResult::End => return None,
            }
        }
    }
}

thread_local! {
    /// Machines that nobody uses now. To build one takes longer than to read a short table with it, and it cannot be
    /// copied: the `clone` of csv-core 0.1.13 loses a part of its table.
    static MACHINES: RefCell<Vec<Machine>> = const { RefCell::new(Vec::new()) };
}

/// How many machines a thread keeps.
const KEPT: usize = 8;

struct Machine {
    delimiter: u8,
    reader: Reader,
}

/// A state machine, which can be used again when it is dropped.
struct Core(Option<Machine>);

impl Core {
    /// A machine between two records. A byte order mark has been taken away before. One empty read puts the machine behind
    /// the beginning, so that it looks for none.
    fn new(delimiter: u8) -> Self {
        let kept = MACHINES.with_borrow_mut(|kept| {
            let at = kept.iter().position(|machine| machine.delimiter == delimiter)?;
            Some(kept.swap_remove(at))
        });
        let mut machine = kept.unwrap_or_else(|| Machine {
            delimiter,
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
        });
        machine.reader.reset();
        let _ = machine.reader.read_field(&[], &mut [0]);
        Core(Some(machine))
    }

    fn reader(&mut self) -> &mut Reader {
        &mut self.0.as_mut().expect("only dropping takes it").reader
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        let Some(machine) = self.0.take() else { return };
        // Nothing is kept where the thread ends.
        let _ = MACHINES.try_with(|kept| {
            if let Ok(mut kept) = kept.try_borrow_mut()
                && kept.len() < KEPT
            {
                kept.push(machine);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A machine that stopped within a quoted field is as good as a new one.
    #[test]
    fn a_machine_that_is_used_again_remembers_nothing() {
        for text in ["\"a", "\"a\"", "a,b", "a\r", "\"a\"\"", "a,\""] {
            for delimiter in [b',', b';'] {
                let mut walk = Walk::new(text.as_bytes(), delimiter, 0);
                let _ = walk.next();
                drop(walk);
                let mut walk = Walk::new(b"x,\"y,\"\"z\"\r\n1,2\n", b',', 0);
                assert_eq!(walk.next(), Some(vec![0..1, 2..9]), "after {text}");
                assert_eq!(walk.next(), Some(vec![11..12, 13..14]), "after {text}");
                assert_eq!(walk.next(), None, "after {text}");
            }
        }
    }

    /// What a field says, by its raw text.
    fn unquoted(raw: &str) -> String {
        let Some(inner) = raw.strip_prefix('"') else { return raw.to_owned() };
        let mut text = String::new();
        let mut rest = inner;
        while let Some((before, after)) = rest.split_once('"') {
            text.push_str(before);
            match after.strip_prefix('"') {
                Some(after) => {
                    text.push('"');
                    rest = after;
                }
                None => return text + after,
            }
        }
        text + rest
    }

    proptest! {
        #[test]
        fn fields_stand_where_they_are_read(
            text in "[ab\",;\n\r值\u{feff}]{0,40}",
            piece in 1..9_usize,
        ) {
            let mut records = Records::new(text.as_bytes(), b',', Mark::START);
            records.buffer = vec![0; piece];
            records.fields = vec![0];
            records.ends = vec![0];
            let mut walk = Walk::new(text.as_bytes(), b',', 0);
            let mut from = 0;
            loop {
                let before = records.mark();
                prop_assert_eq!(before.byte as usize, from);
                let lines = text[..from].replace("\r\n", "\n").replace('\r', "\n");
                prop_assert_eq!(before.line as usize, lines.matches('\n').count() + 1);
                // A walk that starts at any record goes on as one that has come from the beginning.
                let fresh = Walk::new(text.as_bytes(), b',', from).next();
                let spans = walk.next();
                prop_assert_eq!(&fresh, &spans);
                let Some(read) = records.next().unwrap() else {
                    prop_assert_eq!(spans, None);
                    break;
                };
                let spans = spans.unwrap();
                prop_assert_eq!(spans.len(), read.len());
                for (k, span) in spans.iter().enumerate() {
                    let shown = unquoted(&text[span.clone()]);
                    prop_assert_eq!(shown.as_bytes(), read.get(k));
                    if k > 0 {
                        prop_assert_eq!(&text[spans[k - 1].end..span.start], ",");
                    }
                }
                from = walk.at();
            }
        }
    }
}
