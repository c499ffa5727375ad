//! Units of the data that are not those of the tree.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "units_differ",
    summary: "A row of the data states another unit for an indicator than the tree.",
    of: Of::Indicator,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_units_differ, count = count, items = items),
        hint: text!(note_units_differ_hint),
    },
};
