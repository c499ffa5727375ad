//! What can be wrong with snapshots.

use quanheng_words::Text;

use super::Exit;

/// Kinds of faults of snapshots.
#[derive(Clone, Debug, PartialEq)]
pub enum SnapshotFault {
    /// Methodologies whose results differ from their snapshots, or that have no snapshot yet.
    Unmet {
        /// The project as the user named it, for the command that accepts them.
        project: String,
        /// How many differ.
        differ: usize,
        /// How many have no snapshot.
        new: usize,
        /// How many could not be compared with their snapshot.
        failed: usize,
        /// How many were tested.
        of: usize,
        /// Whether the new results were put beside the old.
        pending: bool,
    },
    /// Snapshots that no methodology of the project has.
    Unreferenced {
        /// Their files.
        files: Vec<String>,
    },
    /// A methodology for which nothing would be pinned.
    Nothing {
        /// Its code.
        methodology: String,
    },
    /// A merge that was not finished.
    Conflict,
    /// A snapshot of another methodology than its file is named after.
    Other {
        /// Of which it is.
        of: String,
        /// Of which it should be.
        expected: String,
    },
    /// The body has a form of another version of the program.
    Form {
        /// What it calls itself.
        form: String,
    },
    /// Something else was expected at a line.
    Expected {
        /// What was.
        what: Text,
    },
    /// There are not as many tables as the file says.
    Tables {
        /// How many it says.
        stated: usize,
        /// How many there are.
        found: usize,
    },
    /// There are not as many regions in a table as the file says.
    Regions {
        /// How many it says.
        stated: usize,
        /// How many there are.
        found: usize,
    },
    /// A line with too many cells, or too few.
    Cells {
        /// How many there must be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A cell that must be a number.
    NotANumber {
        /// What is there.
        found: String,
    },
    /// Two tables of one league and period.
    RepeatedTable,
    /// A region twice in a table.
    RepeatedRegion {
        /// Its code.
        code: String,
    },
    /// Accepting without a word on what.
    AcceptWhat {
        /// What is pending.
        pending: Vec<String>,
    },
    /// A question without a terminal on which it can be answered.
    NoTerminal,
}

impl SnapshotFault {
    /// The exit code of a program that ends with it.
    pub(super) fn exit(&self) -> Exit {
        match self {
            SnapshotFault::Unmet { .. } | SnapshotFault::Unreferenced { .. } => Exit::Found,
            SnapshotFault::AcceptWhat { .. } | SnapshotFault::NoTerminal => Exit::Usage,
            SnapshotFault::Nothing { .. }
            | SnapshotFault::Conflict
            | SnapshotFault::Other { .. }
            | SnapshotFault::Form { .. }
            | SnapshotFault::Expected { .. }
            | SnapshotFault::Tables { .. }
            | SnapshotFault::Regions { .. }
            | SnapshotFault::Cells { .. }
            | SnapshotFault::NotANumber { .. }
            | SnapshotFault::RepeatedTable
            | SnapshotFault::RepeatedRegion { .. } => Exit::BadInput,
        }
    }
}
