//! A key that changes nothing.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "no_effect",
    summary: "Something is stated that changes nothing: a setting that holds only with another one, a choice before which others go, a fact that nothing reads.",
    of: Of::Key,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_no_effect, count = count, items = items),
        hint: text!(note_no_effect_hint),
    },
};
