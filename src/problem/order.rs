//! What can be wrong with an order of regions that is stated.

use quanheng_words::Text;

/// Kinds of faults of a stated order.
#[derive(Clone, Debug, PartialEq)]
pub enum OrderFault {
    /// Not a file of statements.
    Words {
        /// How many words there are besides the project.
        found: usize,
    },
    /// A file without a statement.
    Empty,
    /// A line that names one region and compares it with nothing.
    NoSign,
    /// A sign with no region on one of its sides.
    NoRegion,
    /// A sign that is not read.
    Sign {
        /// The sign.
        sign: String,
    },
    /// A table without the columns `better` and `worse`.
    Columns {
        /// The columns that there are.
        columns: Vec<String>,
    },
    /// A region that is compared with itself.
    Itself {
        /// The region.
        region: String,
    },
    /// A region without a row in the period.
    NoRow {
        /// The region.
        region: String,
        /// The period; empty where there is one.
        period: String,
    },
    /// Regions of two leagues.
    Leagues {
        /// The first region.
        first: String,
        /// Its league.
        first_league: String,
        /// The other region.
        second: String,
        /// Its league.
        second_league: String,
    },
    /// All leaves are to be weighed, and a node is named.
    LeavesOfNode,
    /// The score of the node is not a weighted sum.
    NotASum {
        /// The node.
        node: String,
        /// Why.
        why: Text,
        /// Whether this is so because of one region.
        of_region: bool,
    },
    /// Bounds within which no weights have a sum of one.
    Bounds {
        /// The least weight.
        least: f64,
        /// The greatest.
        most: f64,
        /// How many weights there are.
        count: usize,
    },
}
