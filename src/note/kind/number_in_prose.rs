//! A number in a chapter of a report that no expression gives.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "number_in_prose",
    summary: "A number in a chapter of a report was written by hand. It stays as it is when the results change.",
    of: Of::File,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_number_in_prose, count = count, items = items),
        hint: text!(note_number_in_prose_hint),
    },
};
