//! The sections of the page and of the report on paper, listed in [`SECTIONS`]: one file each.

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

use super::super::document::printer::Printer;
use super::{Content, Language, Writer};

/// A section of the page, and of the report on paper.
pub(in crate::report) struct Section {
    /// Its id on the page; links lead to it.
    pub(in crate::report) name: &'static str,
    /// The command that prints the same, and all of it where the page leaves something out.
    pub(in crate::report) command: &'static str,
    /// Its heading.
    pub(in crate::report) title: fn(Language) -> &'static str,
    /// What it shows, in a sentence or two.
    pub(in crate::report) lead: fn(Language) -> &'static str,
    /// Whether there is anything to show.
    pub(in crate::report) is_there: fn(&Content<'_>) -> bool,
    /// Writes it on the page.
    pub(super) write: fn(&mut Writer<'_>),
    /// Writes it on paper; nothing where it is on the page only.
    pub(in crate::report) print: Option<Print>,
}

/// How a section is printed.
#[derive(Clone, Copy)]
pub(in crate::report) struct Print {
    /// Whether the lead stands below its heading: some speak of what a reader can do on the page.
    pub(in crate::report) with_lead: bool,
    /// Writes it; a section that gives nothing is left out.
    pub(in crate::report) write: fn(&mut Printer<'_>),
}

/// Every section, in the order in which a reader with little time reads: results first, then how they came about.
pub(in crate::report) static SECTIONS: &[Section] = &[
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
