//! A column of a wide table that nothing reads.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "unread_column",
    summary: "A wide table has a column that no system reads.",
    of: Of::Indicator,
    level: Level::Remark,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_unread_column, count = count, items = items),
        hint: text!(note_unread_column_hint),
    },
};
