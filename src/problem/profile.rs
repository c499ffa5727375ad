//! What can be wrong with a region whose profile is asked for.

/// Kinds of faults of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileFault {
    /// Not one region, and not all of them.
    Words {
        /// How many words there are beside the project.
        found: usize,
        /// Whether all regions are asked for.
        all: bool,
    },
}
