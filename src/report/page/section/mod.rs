//! The sections of a page, listed in [`SECTIONS`]: one file each.

mod analyses;
mod cases;
mod coherence;
mod comparison;
mod explanation;
mod map;
mod methods;
mod multiverse;
mod notes;
mod origin;
mod ranking;
mod regions;
mod robustness;
mod tree;

use super::{Content, Language, Writer};

/// A section of a page.
pub(super) struct Section {
    /// Its id on the page; links lead to it.
    pub(super) name: &'static str,
    /// The command that prints the same, and all of it where the page leaves something out.
    pub(super) command: &'static str,
    /// Its heading.
    pub(super) title: fn(Language) -> &'static str,
    /// What it shows, in a sentence or two.
    pub(super) lead: fn(Language) -> &'static str,
    /// Whether there is anything to show.
    pub(super) is_there: fn(&Content<'_>) -> bool,
    /// Writes it.
    pub(super) write: fn(&mut Writer<'_>),
}

/// Every section, in the order in which a reader with little time reads: results first, then how they came about.
pub(super) static SECTIONS: &[Section] = &[
    ranking::SECTION,
    map::SECTION,
    regions::SECTION,
    cases::SECTION,
    analyses::SECTION,
    comparison::SECTION,
    explanation::SECTION,
    multiverse::SECTION,
    robustness::SECTION,
    tree::SECTION,
    coherence::SECTION,
    methods::SECTION,
    notes::SECTION,
    origin::SECTION,
];
