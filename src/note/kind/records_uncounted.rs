//! Records that count nowhere.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "records_uncounted",
    summary: "Records count nowhere, because their time lies in no accounting window or because they name no region.",
    of: Of::File,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_records_uncounted, count = count, items = items),
        hint: text!(note_records_uncounted_hint),
    },
};
