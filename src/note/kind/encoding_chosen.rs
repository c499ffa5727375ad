//! A file whose encoding was chosen.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "encoding_chosen",
    summary: "A file is neither UTF-8 nor marked, and its encoding was judged by its content. Texts may be read wrongly.",
    of: Of::File,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_encoding_chosen, count = count, items = items),
        hint: text!(note_encoding_chosen_hint),
    },
};
