//! What can be wrong with published results beside those of a project.

/// Kinds of faults of published results.
#[derive(Clone, Debug, PartialEq)]
pub enum OfficialFault {
    /// The project compares with no published results.
    Nothing,
    /// A column that is not there.
    NoColumn {
        /// Its name.
        name: String,
        /// The key of `[official]` that can name another one.
        role: &'static str,
        /// Those there are.
        columns: Vec<String>,
    },
    /// A key that files of this kind have no use for.
    NoUse {
        /// The key.
        key: &'static str,
    },
    /// An exception without a reason.
    NoReason,
    /// Cells that are not reproduced.
    Differs {
        /// The methodology.
        methodology: String,
        /// The file.
        file: String,
        /// How many differ.
        cells: usize,
        /// How many were compared.
        of: usize,
    },
    /// An exception that names something that does not differ.
    Stale {
        /// What it names.
        names: Vec<String>,
        /// How many cells that are; all of them are equal.
        cells: usize,
    },
    /// A published figure that is not one.
    NoFigure {
        /// The column.
        column: String,
        /// What stands there.
        shows: String,
    },
    /// Published figures that contradict each other.
    Contradicts {
        /// Their table.
        code: String,
        /// How many contradictions there are.
        count: usize,
    },
    /// Published figures that are stated to contradict each other and do not.
    NoContradiction {
        /// Their table.
        code: String,
    },
    /// Fewer cells were compared than must be.
    TooFew {
        /// How many were.
        found: usize,
        /// How many must be.
        least: usize,
    },
}
