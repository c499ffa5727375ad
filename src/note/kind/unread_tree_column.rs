//! A column of a tree that nothing reads.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};
use crate::project::tree_columns;

pub(crate) const KIND: Kind = Kind {
    code: "unread_tree_column",
    summary: "Nothing reads a column of a tree.",
    of: Of::Column,
    level: Level::Remark,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_unread_tree_column, count = count, items = items),
        hint: text!(
            note_unread_tree_column_hint,
            columns = tree_columns().map(str::to_owned).collect::<Vec<_>>()
        ),
    },
};
