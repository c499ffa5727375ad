//! Regions that were coded differently.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "coders_apart",
    summary: "The totals that the coders give a region differ by more than the project allows. The United Nations send such a region back to its coders.",
    of: Of::Region,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_coders_apart, count = count, items = items),
        hint: text!(note_coders_apart_hint),
    },
};
