//! How large things may be. Each bound is far above what people have, and keeps a small file from taking all memory or
//! hours of work.

/// Bytes of a file that is read whole: a project file, a tree in TOML, a lock, a snapshot.
pub const WHOLE_FILE: u64 = 256 << 20;

/// Bytes of a chapter of a report.
pub const CHAPTER: u64 = 4 << 20;

/// Bytes of a workbook as it is on disk.
pub const WORKBOOK: u64 = 1 << 30;

/// Bytes of a workbook when it is unpacked.
pub const UNPACKED: u64 = 1 << 30;

/// How many times its packed length a part of a workbook may have, once it is longer than [`RATIO_FROM`]. Sheets of
/// nothing but zeros reach some 15, and tables in ods some 200.
pub const RATIO: u64 = 500;

/// From this length on, [`RATIO`] counts.
pub const RATIO_FROM: u64 = 32 << 20;

/// Bytes between two tags of a workbook. A spreadsheet has at most 32,767 characters in a cell.
pub const TAG_TEXT: u64 = 1 << 20;

/// Bytes of all texts of a sheet together, each counted in every cell that shows it.
pub const SHEET_TEXT: u64 = 1 << 29;

/// Cells of the rectangle that the cells of a sheet span, beside [`CELLS_PER_FILLED`] for each that holds something.
pub const CELLS: u64 = 1 << 20;

/// Sheets of a workbook.
pub const SHEETS: usize = 500;

/// See [`CELLS`].
pub const CELLS_PER_FILLED: u64 = 4;

/// Bytes of one line of a delimited text, or of one record that goes over several lines.
pub const RECORD: usize = 64 << 20;

/// Cells of one line of a delimited text.
pub const COLUMNS: usize = 1 << 20;

/// Brackets and `not` of a condition inside one another.
pub const CONDITION_DEPTH: usize = 100;

/// Words and signs of a condition.
pub const CONDITION_WORDS: usize = 50_000;

/// Methodologies that extend one another in a row.
pub const EXTENDS: usize = 100;

/// Bytes of a map in GeoJSON or TopoJSON.
pub const MAP: u64 = 64 << 20;

/// Points of a map, each counted wherever it is used.
pub const MAP_POINTS: usize = 2_000_000;

/// Nodes of a tree.
pub const NODES: usize = 100_000;

/// Problems of a project that are kept; further ones are counted.
pub const PROBLEMS: usize = 1000;

/// A bound of a file of data that is exceeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// See [`UNPACKED`].
    Unpacked,
    /// See [`RATIO`].
    Ratio,
    /// See [`TAG_TEXT`] and [`SHEET_TEXT`].
    Text,
    /// See [`CELLS`].
    Cells {
        /// How many cells the used ones span.
        cells: u64,
        /// How many hold something.
        filled: u64,
        /// The last row and column of them, from 1.
        last: (u64, u64),
    },
    /// See [`SHEETS`].
    Sheets {
        /// How many there are.
        sheets: usize,
    },
    /// See [`RECORD`].
    Record,
    /// See [`COLUMNS`].
    Columns,
}

impl std::fmt::Display for Beyond {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Beyond {}

impl Beyond {
    /// The bound that an error of reading carries, if it carries one.
    pub fn of(error: &std::io::Error) -> Option<&Beyond> {
        error.get_ref()?.downcast_ref()
    }
}

/// Whether the rectangle that cells span is too large for what is in it.
pub fn cells(cells: u64, filled: u64, last: (u64, u64)) -> Result<(), Beyond> {
    match cells > filled.saturating_mul(CELLS_PER_FILLED).saturating_add(CELLS) {
        true => Err(Beyond::Cells { cells, filled, last }),
        false => Ok(()),
    }
}
