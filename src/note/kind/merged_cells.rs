//! Values that stand in merged cells.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "merged_cells",
    summary: "Values stand in merged cells of a workbook. Each of the cells was read as holding the value.",
    of: Of::File,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_merged_cells, count = count, items = items),
        hint: text!(note_merged_cells_hint),
    },
};
