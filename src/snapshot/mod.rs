//! Pinned results of methodologies: `snapshots/METHODOLOGY.snap` in a project's folder, in the file format of insta.
//!
//! Reading and writing the format is done here and not by insta: its public interface cannot make a snapshot outside a
//! test, and reports neither the line nor the error of a damaged file. `tests/snapshot.rs` compares our files with
//! insta's own reader and writer.
//!
//! What counts: the leagues, periods, regions and nodes, each rank, each tier, and each score within the project's
//! stated tolerance. What does not: everything before the body (the version of the program, the fingerprint), and the
//! names of regions, which are there for readers.

mod compare;
mod folder;
mod parse;
mod policy;
mod take;
mod text;

pub use compare::{Change, Difference, Move, Within, compare};
pub use folder::{Folder, Pending};
pub use parse::{Read, read};
pub use policy::{Detail, Policies, Policy, Tolerance};
pub use take::take;
pub use text::{Origin, body, text};

use quanheng_core::model::State;

/// What is pinned of one methodology.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The code of the methodology.
    pub methodology: String,
    /// The codes of the nodes whose scores are pinned beside that of the index.
    pub nodes: Vec<String>,
    /// One table for each league and period.
    pub tables: Vec<Table>,
}

impl Snapshot {
    /// How many rows there are in all tables.
    pub fn rows(&self) -> usize {
        self.tables.iter().map(|table| table.rows.len()).sum()
    }
}

/// The result of one league in one period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Which league and period.
    pub slice: Slice,
    /// The regions, by code.
    pub rows: Vec<Row>,
}

/// A league and a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// The code of the league; none where the project states no leagues.
    pub league: Option<String>,
    /// The label of the period.
    pub period: String,
}

/// The result of one region.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its code.
    pub code: String,
    /// Its name, for readers.
    pub name: String,
    /// Its rank; none without a score.
    pub rank: Option<f64>,
    /// The name of its tier, if it has one.
    pub tier: Option<String>,
    /// The score of the index.
    pub score: Score,
    /// The scores of the nodes, in the order of [`Snapshot::nodes`].
    pub nodes: Vec<Score>,
}

/// A score, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Score {
    /// A number.
    Value(f64),
    /// None, and why; never [`State::Value`].
    Absent(State),
}

/// The result of comparing a snapshot with an evaluation.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Equal, or within the stated tolerance.
    Held(Difference),
    /// They differ.
    Differs(Difference),
    /// There is no snapshot yet.
    New(Snapshot),
    /// The snapshot cannot be read.
    Damaged,
    /// The methodology cannot be evaluated.
    Failed,
}

impl Outcome {
    /// Whether a test that came to this is passed.
    pub fn passes(&self) -> bool {
        matches!(self, Outcome::Held(_))
    }
}
