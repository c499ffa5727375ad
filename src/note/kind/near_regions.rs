//! Two names that look like one region.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "near_regions",
    summary: "Two regions are called almost the same, and may be one.",
    of: Of::Region,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_near_regions, count = count, items = items),
        hint: text!(note_near_regions_hint),
    },
};
