//! What an expression asks for that the world alone cannot answer: figures, tables and their rows.
//!
//! A chapter is written twice: the first time what it asks for is only noted, then it is made, and the second time it is
//! there. So the engine of expressions needs nothing that is borrowed.

use minijinja::Value;

use crate::report::document::Part;

/// Something that is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Request {
    /// What of it is wanted.
    pub(super) form: Form,
    /// The kind of a chart, or the name of a table.
    pub(super) name: String,
    pub(super) methodology: Option<String>,
    pub(super) period: Option<String>,
    pub(super) league: Option<String>,
    pub(super) node: Option<String>,
    pub(super) region: Option<String>,
    pub(super) group: Option<String>,
    pub(super) with: Option<String>,
    pub(super) case: Option<String>,
    pub(super) leaves: bool,
    pub(super) top: Option<usize>,
    pub(super) bottom: Option<usize>,
    /// The methodologies that are compared.
    pub(super) compare: Vec<String>,
    /// Whether the periods of one methodology are compared.
    pub(super) periods: bool,
    pub(super) multiverse: bool,
    /// The columns of a table, by their keys.
    pub(super) columns: Vec<String>,
    pub(super) caption: Option<String>,
    /// Whether nothing is written where it cannot be made.
    pub(super) optional: bool,
}

/// What of a thing is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// A figure.
    #[default]
    Figure,
    /// A table.
    Table,
    /// The rows of a table, as values.
    Rows,
}

/// What came of a request.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// Parts of the document; none where it is optional and cannot be made.
    Parts(Vec<Part>),
    /// The rows of a table.
    Rows(Vec<Value>),
}
