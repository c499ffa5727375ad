//! A label of a period that says nothing about time.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "period_without_time",
    summary: "The label of a period says nothing about time, so that all periods are in the order in which they first stand in the files.",
    of: Of::Period,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_period_without_time, count = count, items = items),
        hint: text!(note_period_without_time_hint),
    },
};
