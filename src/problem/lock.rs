//! Differences between a project and its lock.

use quanheng_core::method::Value;
use quanheng_words::Text;

/// A difference between a project and its lock, or something wrong with the lock.
#[derive(Clone, Debug, PartialEq)]
pub enum LockFault {
    /// There is no lock.
    NotThere {
        /// Where it should be.
        file: String,
    },
    /// A file that is not a lock, or not a complete one.
    Damaged {
        /// The file.
        file: String,
        /// Why.
        reason: Text,
    },
    /// A lock that was edited after it was written.
    Seal {
        /// The file.
        file: String,
    },
    /// A version of the program, or of a library that it uses.
    Engine {
        /// What.
        part: String,
        /// The version that made the lock.
        locked: String,
        /// The version that runs.
        now: String,
    },
    /// A file that was read then, and is not there.
    FileGone {
        /// The file.
        file: String,
    },
    /// A file that is read now, and was not then.
    FileNew {
        /// The file.
        file: String,
    },
    /// A file with other bytes.
    File {
        /// The file.
        file: String,
        /// What is other.
        change: Change,
    },
    /// A value of the project file.
    Setting {
        /// The keys that lead to it.
        path: Vec<String>,
        /// What it was, if anything.
        before: Option<Value>,
        /// What it is, if anything.
        after: Option<Value>,
    },
    /// A methodology that was locked and no longer exists.
    MethodologyGone {
        /// Its code.
        code: String,
    },
    /// A methodology that exists and was not locked.
    MethodologyNew {
        /// Its code.
        code: String,
    },
    /// A methodology with another canonical form, although the project's own files have not changed.
    MadeFrom {
        /// The methodology.
        methodology: String,
        /// The stages that are other.
        stages: Vec<String>,
    },
    /// Methodologies that give something else.
    Results(Vec<OtherResult>),
    /// A methodology that cannot be locked because it has no result.
    NoResult {
        /// The methodology.
        methodology: String,
    },
}

/// A methodology that gives something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherResult {
    /// The methodology.
    pub methodology: String,
    /// The first stage that gives something else.
    pub stage: String,
    /// Whether the ranking and tiers, or the exact scores that they rest on, are other too.
    pub outcome: bool,
}

/// How a file differs from what it was.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// One cell.
    Cell {
        /// Its column.
        column: String,
        /// What its row is about.
        key: String,
    },
    /// More cells than are named.
    More {
        /// How many.
        cells: usize,
    },
    /// Cells where some rows and columns meet.
    Cells {
        /// How many rows, or blocks of them, changed.
        rows: usize,
        /// How many rows a block has.
        block: usize,
        /// The columns that changed.
        columns: Vec<String>,
    },
    /// New rows.
    RowsNew {
        /// How many.
        rows: usize,
    },
    /// Rows that are gone.
    RowsGone {
        /// How many.
        rows: usize,
        /// What the row before them begins with.
        after: Option<String>,
    },
    /// Further rows that changed beside those.
    RowsBeside {
        /// How many, at most.
        rows: usize,
    },
    /// The same rows in another order.
    RowOrder,
    /// Columns that came or went.
    Columns {
        /// Those that are gone.
        gone: Vec<String>,
        /// Those that are new.
        new: Vec<String>,
    },
    /// The same columns in another order.
    ColumnOrder,
    /// Lines of a text.
    Lines {
        /// How many.
        lines: usize,
    },
    /// Lines that came and went.
    LinesNewAndGone {
        /// How many came.
        new: usize,
        /// How many went.
        gone: usize,
        /// The line at which, from 1.
        line: usize,
    },
    /// Other bytes that show the same cells or lines: spaces, quotation marks, line ends, encoding.
    Spelling,
    /// Other bytes; the place of the change is not known.
    Bytes,
}
