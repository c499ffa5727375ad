//! What the imputations that look at other columns share.

use super::ImputationInput;

crate::method::choice! {
    /// Which other columns are looked at.
    pub enum Of {
        /// Those with the same parent.
        Siblings = "siblings",
        /// All leaves.
        All = "all",
    }
}

impl Of {
    /// The positions of the other columns, ascending.
    pub(super) fn others(self, input: &ImputationInput<'_>) -> Vec<usize> {
        let all: Vec<usize> = match self {
            Of::Siblings => input.siblings.to_vec(),
            Of::All => (0..input.columns.len()).collect(),
        };
        all.into_iter().filter(|&k| k != input.column).collect()
    }
}
