//! Which part of a project a problem is of.

use crate::problem::Problem;

/// Whose problem it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Whose {
    /// The whole project's: nothing can be used.
    #[default]
    Project,
    /// A system's: the methodologies over it cannot be used.
    System(String),
    /// A methodology's.
    Methodology(String),
    /// A multiverse's: every methodology can be used.
    Multiverse(String),
    /// Of the comparison with published results: every methodology can be used.
    Official,
    /// Of analyses of results: every methodology can be used.
    Analysis,
    /// Of the robustness of results: every methodology can be used.
    Robustness,
    /// Of profiles of regions: every methodology can be used.
    Profile,
    /// Of cases: every methodology can be used.
    Cases,
    /// Of how reports are written, and of documents: every methodology can be used.
    Report,
}

/// A problem, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Filed {
    pub(super) problem: Problem,
    pub(super) whose: Whose,
}
