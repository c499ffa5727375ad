//! An indicator of a long table that nothing reads.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "unread_indicator",
    summary: "A long table has values of an indicator that no system reads. They are left out.",
    of: Of::Indicator,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_unread_indicator, count = count, items = items),
        hint: text!(note_unread_indicator_hint),
    },
};
