//! A group that nothing names.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "unused_group",
    summary: "Nothing in the project names a group of regions. It describes the regions and changes no result.",
    of: Of::Key,
    level: Level::Remark,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_unused_group, count = count, items = items),
        hint: text!(note_unused_group_hint),
    },
};
