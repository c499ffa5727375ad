//! The tables of an ods file say by repetition how often a row, a cell or a blank stands there; their reader writes all
//! of it out.

use std::io::Read;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::gate::bounds::{self, Beyond, SHEET_TEXT, TAG_TEXT};

/// The most rows and columns that a table has.
const ROWS: u64 = 1 << 20;
const COLUMNS: u64 = 1 << 14;

/// Cells that its reader writes down before it knows which rows are blank.
const WRITTEN: u64 = 1 << 24;

/// What was counted of a table.
#[derive(Default)]
struct Table {
    rows: u64,
    /// The last row that holds something, from 1.
    last: u64,
    width: u64,
}

/// What was counted of a row.
#[derive(Default)]
struct Row {
    repeated: u64,
    cells: u64,
    /// Blank cells that count only if another cell follows.
    blank: u64,
    filled: bool,
}

/// What was counted of a cell.
#[derive(Default)]
struct Cell {
    repeated: u64,
    text: u64,
    filled: bool,
}

/// What was counted of all tables.
#[derive(Default)]
struct Count {
    table: Table,
    row: Option<Row>,
    cell: Option<Cell>,
    filled: u64,
    written: u64,
    texts: u64,
}

/// Refuses tables that are far larger than what is written down of them.
pub(super) fn check(part: impl Read) -> Result<(), Beyond> {
    let mut xml = Reader::from_reader(std::io::BufReader::new(part));
    let config = xml.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    let mut count = Count::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        // What cannot be read here, the reader refuses.
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) => count.start(&start)?,
            Ok(Event::Text(text)) => count.text(text.len() as u64),
            Ok(Event::GeneralRef(_)) => count.text(4),
            Ok(Event::End(end)) => count.end(end.name().into_inner())?,
            Ok(Event::Eof) | Err(_) => return count.table_ends(),
            _ => {}
        }
    }
}

fn number(of: &BytesStart<'_>, key: &str) -> Option<u64> {
    let mut attributes = of.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.into_inner() == key)?;
    found.value.trim().parse().ok()
}

impl Count {
    fn start(&mut self, of: &BytesStart<'_>) -> Result<(), Beyond> {
        match of.name().into_inner() {
            "table:table" if self.cell.is_none() => self.table_ends()?,
            "table:table-row" if self.cell.is_none() => {
                let repeated = number(of, "table:number-rows-repeated").unwrap_or(1);
                let repeated = repeated.min(ROWS.saturating_sub(self.table.rows));
                self.table.rows += repeated;
                self.row = Some(Row { repeated, ..Row::default() });
            }
            "table:table-cell" | "table:covered-table-cell" if self.cell.is_none() => {
                let repeated = number(of, "table:number-columns-repeated").unwrap_or(1);
                let mut attributes = of.attributes();
                let attributes = attributes.with_checks(false).flatten();
                let mut cell = Cell { repeated, ..Cell::default() };
                for attribute in attributes {
                    let key = attribute.key.into_inner();
                    if key.starts_with("office:") || key == "table:formula" {
                        cell.filled |= key != "office:value-type" || !attribute.value.is_empty();
                        cell.text += attribute.value.len() as u64;
                    }
                }
                self.cell = Some(cell);
            }
            "text:s" => self.text(number(of, "text:c").unwrap_or(1)),
            "text:p" | "text:tab" | "text:line-break" => self.text(1),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, length: u64) {
        if let Some(cell) = &mut self.cell {
            cell.text = cell.text.saturating_add(length);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Beyond> {
        match name {
            "table:table-cell" | "table:covered-table-cell" => self.cell_ends(),
            "table:table-row" => {
                if let Some(row) = self.row.take()
                    && row.filled
                {
                    self.table.last = self.table.rows;
                    self.table.width = self.table.width.max(row.cells);
                }
                Ok(())
            }
            "table:table" => self.table_ends(),
            _ => Ok(()),
        }
    }

    fn cell_ends(&mut self) -> Result<(), Beyond> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let Some(row) = &mut self.row else { return Ok(()) };
        let room = |row: &Row| COLUMNS.saturating_sub(row.cells);
        let blank = row.blank.min(room(row));
        row.cells += blank;
        row.blank = 0;
        let mut written = blank;
        let repeated = cell.repeated.min(room(row));
        if cell.filled {
            row.cells += repeated;
            row.filled = true;
            written += repeated;
            self.filled += 1;
            let times = repeated.saturating_mul(row.repeated);
            self.texts = self.texts.saturating_add(cell.text.saturating_mul(times));
        } else {
            row.blank = repeated;
            self.texts = self.texts.saturating_add(cell.text);
        }
        self.written += written;
        if self.texts > SHEET_TEXT || cell.text > TAG_TEXT {
            return Err(Beyond::Text);
        }
        if self.written > WRITTEN.saturating_add(self.filled.saturating_mul(4)) {
            let last = (self.table.rows, row.cells);
            return Err(Beyond::Cells { cells: self.written, filled: self.filled, last });
        }
        Ok(())
    }

    fn table_ends(&mut self) -> Result<(), Beyond> {
        let Table { last, width, .. } = std::mem::take(&mut self.table);
        bounds::cells(last.saturating_mul(width), self.filled, (last, width))
    }
}
