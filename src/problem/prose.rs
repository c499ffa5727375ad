//! What can be wrong in the chapters of a report.

use quanheng_words::Text;

/// Kinds of faults of a chapter or of a report that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum ProseFault {
    /// An expression that is not written as the language asks for.
    Syntax {
        /// What the reader of expressions says.
        said: String,
    },
    /// A name that nothing has.
    Unknown {
        /// What it should name.
        what: Text,
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// A function without an argument that it needs.
    Missing {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
    },
    /// A function with more arguments than it takes.
    TooMany {
        /// The function.
        function: &'static str,
        /// The arguments that it takes.
        takes: Vec<String>,
    },
    /// An argument of another kind than the function takes.
    Argument {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
        /// What it must be.
        must: Text,
    },
    /// A function that is written as a value, without brackets.
    NotCalled {
        /// The function.
        function: String,
    },
    /// Two methodologies that are not explained beside each other.
    NoDifference {
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
    /// A table that cannot be made.
    NoTable {
        /// Its name.
        table: String,
        /// Why.
        why: String,
    },
    /// Anything else that an expression cannot do.
    Failed {
        /// What the reader of expressions says.
        said: String,
    },
    /// A chapter whose expressions do not end.
    Endless,
    /// A figure or a table in the middle of a heading or of a table.
    Inside {
        /// The figure or table.
        name: String,
    },
    /// A picture from a file.
    Picture,
    /// A power, which machines compute differently.
    Power,
    /// The name of a file that ends in nothing that a report can be.
    Ending {
        /// The name.
        file: String,
        /// The endings that there are.
        known: Vec<String>,
    },
    /// A document that states neither chapters nor a template, or both.
    Chapters {
        /// Its code.
        document: String,
    },
}
