//! A silence without a note.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "needless_silence",
    summary: "The project file silences a note that is not there, or no longer.",
    of: Of::Key,
    level: Level::Remark,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_needless_silence, count = count, items = items),
        hint: text!(note_needless_silence_hint),
    },
};
