//! What can be wrong with a case that is asked for.

/// Kinds of faults of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseFault {
    /// The project names no file of cases.
    None,
    /// More than one case is named.
    Words {
        /// How many words there are beside the project.
        found: usize,
    },
}
