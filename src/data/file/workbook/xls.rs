//! What the records of an xls file make their reader set aside. They are found as the reader finds them: the stream
//! `Workbook` or `Book` of an OLE file, in it the places of the sheets, and there their cells.

use super::Fault;
use crate::gate::bounds::{self, Beyond, SHEET_TEXT};

/// The most cells of a sheet in this format: 65,536 rows of 256 columns.
const SHEET: u64 = 1 << 24;

/// A damaged file is left to its reader, which says so.
pub(super) fn check(bytes: &[u8]) -> Result<(), Fault> {
    let Some(stream) = stream(bytes) else { return Err(super::says(super::UNKNOWN_FORMAT)) };
    let mut sheets = Vec::new();
    let mut texts = Vec::new();
    for (kind, data, rest) in Records(&stream) {
        match kind {
            BOUND_SHEET => sheets.extend(u32_at(data, 0)),
            TEXTS => texts = lengths(data, rest),
            END => break,
            _ => {}
        }
    }
    let mut walked = 0_u64;
    for start in sheets {
        let Some(sheet) = stream.get(start as usize..) else { continue };
        let mut found = Cells::default();
        for (kind, data, _) in Records(sheet) {
            walked += data.len() as u64 + 4;
            // Sheets that lie in one another would be read again and again.
            if walked > 2 * stream.len() as u64 {
                let (cells, filled, last) = (walked, found.filled, found.last);
                return Err(Beyond::Cells { cells, filled, last }.into());
            }
            if kind == END {
                break;
            }
            found.add(kind, data, &texts)?;
        }
        found.finish()?;
    }
    Ok(())
}

const END: u16 = 0x000a;
const BOUND_SHEET: u16 = 0x0085;
const TEXTS: u16 = 0x00fc;
const CONTINUES: u16 = 0x003c;
const EXTENT: u16 = 0x0200;
const SHARED_TEXT: u16 = 0x00fd;
const ROW_OF_NUMBERS: u16 = 0x00bd;
/// Number, label, text with formats, truth or error, number in short form, formula.
const CELLS: [u16; 6] = [0x0203, 0x0204, 0x00d6, 0x0205, 0x027e, 0x0006];

/// The cells of one sheet.
#[derive(Default)]
struct Cells {
    filled: u64,
    texts: u64,
    first: Option<(u64, u64)>,
    last: (u64, u64),
}

impl Cells {
    fn add(&mut self, kind: u16, data: &[u8], texts: &[u32]) -> Result<(), Beyond> {
        let short = |at: usize| u16_at(data, at).map(u64::from);
        match kind {
            EXTENT => {
                let rows = match data.len() {
                    10 => short(2).zip(short(0)).map(|(end, start)| end.saturating_sub(start)),
                    _ => u32_at(data, 4).zip(u32_at(data, 0)).map(|(end, start)| {
                        u64::from(end).checked_sub(u64::from(start)).unwrap_or(u64::MAX)
                    }),
                };
                let columns = short(if data.len() == 10 { 6 } else { 10 }).unwrap_or_default();
                let cells = rows.unwrap_or_default().saturating_mul(columns);
                if cells > SHEET {
                    let last = (rows.unwrap_or_default(), columns);
                    return Err(Beyond::Cells { cells, filled: 0, last });
                }
            }
            kind if kind == SHARED_TEXT || kind == ROW_OF_NUMBERS || CELLS.contains(&kind) => {
                let (Some(row), Some(column)) = (short(0), short(2)) else { return Ok(()) };
                let mut last = column;
                if kind == ROW_OF_NUMBERS {
                    last = data.len().checked_sub(2).and_then(short).unwrap_or(column);
                }
                if kind == SHARED_TEXT {
                    let text = u32_at(data, 6).and_then(|at| texts.get(at as usize));
                    self.texts += u64::from(text.copied().unwrap_or_default());
                    if self.texts > SHEET_TEXT {
                        return Err(Beyond::Text);
                    }
                }
                let first = self.first.unwrap_or((row, column));
                self.first = Some((first.0.min(row), first.1.min(column)));
                self.last = (self.last.0.max(row), self.last.1.max(last).max(column));
                self.filled += last.saturating_sub(column) + 1;
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Beyond> {
        let Some(first) = self.first else { return Ok(()) };
        let area = (self.last.0 - first.0 + 1).saturating_mul(self.last.1 - first.1 + 1);
        match area <= SHEET {
            true => Ok(()),
            false => bounds::cells(area, self.filled, (self.last.0 + 1, self.last.1 + 1)),
        }
    }
}

/// The lengths of the texts of a list, in bytes at most; the list may go on in further records.
fn lengths(data: &[u8], rest: &[u8]) -> Vec<u32> {
    let mut pieces = vec![data.get(8..).unwrap_or_default()];
    let more = Records(rest).take_while(|(kind, ..)| *kind == CONTINUES);
    pieces.extend(more.map(|(_, data, _)| data));
    let mut list = List { pieces: &pieces, at: 0 };
    let mut found = Vec::new();
    while let Some(length) = list.text() {
        found.push(length);
    }
    found
}

/// A list of texts that is read piece by piece.
struct List<'a> {
    pieces: &'a [&'a [u8]],
    at: usize,
}

impl List<'_> {
    /// How much is left of the piece; goes on to the next one where nothing is.
    fn left(&mut self) -> Option<usize> {
        while self.pieces.first()?.len() <= self.at {
            self.pieces = &self.pieces[1..];
            self.at = 0;
        }
        Some(self.pieces.first()?.len() - self.at)
    }

    fn number(&mut self, bytes: usize) -> Option<u32> {
        let mut found = 0;
        for k in 0..bytes {
            self.left()?;
            found |= u32::from(self.pieces[0][self.at]) << (8 * k);
            self.at += 1;
        }
        Some(found)
    }

    /// Passes one text.
    fn text(&mut self) -> Option<u32> {
        let (length, mut flags) = (self.number(2)?, self.number(1)?);
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let more = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let mut characters = length as usize;
        loop {
            let wide = 1 + (flags & 1) as usize;
            let room = self.left().unwrap_or(0) / wide;
            let taken = characters.min(room);
            self.at += taken * wide;
            characters -= taken;
            if characters == 0 {
                break;
            }
            // A text that goes on in the next piece says again how wide its characters are.
            self.pieces = self.pieces.get(1..)?;
            self.at = 0;
            flags = self.number(1)?;
        }
        let mut skipped = runs as usize * 4 + more as usize;
        while skipped > 0 {
            let taken = skipped.min(self.left()?);
            self.at += taken;
            skipped -= taken;
        }
        Some(length * 3)
    }
}

/// The records of a stream: kind, content, and what follows.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (u16_at(self.0, 0)?, u16_at(self.0, 2)?);
        let data = self.0.get(4..4 + usize::from(length))?;
        self.0 = &self.0[4 + data.len()..];
        Some((kind, data, self.0))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The number of a sector that ends a chain, and the first one that names no sector.
const CHAIN_END: u32 = 0xffff_fffe;
const NO_SECTOR: u32 = 0xffff_fffa;

/// Sectors of one size, and which follows which.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    next: Vec<u32>,
}

impl Sectors<'_> {
    fn get(&self, sector: u32) -> Option<&[u8]> {
        let start = (sector as usize).checked_mul(self.size)?;
        let end = start.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// The bytes of a chain; none of a chain that goes in a circle.
    fn chain(&self, start: u32, most: usize) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        let mut sector = start;
        let mut steps = 0;
        while sector != CHAIN_END && found.len() < most {
            steps += 1;
            if steps > self.next.len() + 1 {
                return None;
            }
            let bytes = self.get(sector)?;
            found.extend_from_slice(&bytes[..bytes.len().min(most - found.len())]);
            if found.len() >= most {
                break;
            }
            sector = *self.next.get(sector as usize)?;
        }
        Some(found)
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0))
}

/// The stream of a workbook in an OLE file.
fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = match u16_at(bytes, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let whole = Sectors { bytes: bytes.get(size..)?, size, next: Vec::new() };
    let mut tables: Vec<u32> = numbers(bytes.get(76..512)?).collect();
    let mut more = u32_at(bytes, 68)?;
    let most = bytes.len() / size + 1;
    let mut steps = 0;
    while more < NO_SECTOR {
        steps += 1;
        if steps > most {
            return None;
        }
        tables.extend(numbers(whole.get(more)?));
        more = tables.pop()?;
    }
    let mut next = Vec::new();
    for table in tables.into_iter().filter(|table| *table < NO_SECTOR) {
        next.extend(numbers(whole.get(table)?));
        if next.len() > 2 * most + size {
            return None;
        }
    }
    let whole = Sectors { next, ..whole };
    let folder = whole.chain(u32_at(bytes, 48)?, usize::MAX)?;
    let name = |entry: &[u8]| {
        let units = entry[..64].chunks_exact(2).filter_map(|two| u16_at(two, 0));
        String::from_utf16_lossy(&units.take_while(|unit| *unit != 0).collect::<Vec<u16>>())
    };
    let entries: Vec<&[u8]> = folder.chunks_exact(128).collect();
    let find = |wanted: &str| entries.iter().find(|e| name(e).eq_ignore_ascii_case(wanted));
    let entry = find("Workbook").or_else(|| find("Book"))?;
    let (start, length) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
    if length >= 4096 {
        return whole.chain(start, length);
    }
    let root = entries.first()?;
    let small = whole.chain(u32_at(root, 116)?, u32_at(root, 120)? as usize)?;
    let table = whole.chain(u32_at(bytes, 60)?, usize::MAX)?;
    let small = Sectors { bytes: &small, size: 64, next: numbers(&table).collect() };
    small.chain(start, length)
}
