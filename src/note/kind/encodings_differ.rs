//! Files that were read in different encodings.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "encodings_differ",
    summary: "Files of the project were read in different encodings that nobody states. One of them may be read wrongly.",
    of: Of::File,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |_, items| Said {
        what: text!(note_encodings_differ, items = items),
        hint: text!(note_encodings_differ_hint),
    },
};
