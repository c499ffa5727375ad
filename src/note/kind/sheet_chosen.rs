//! A sheet that was chosen.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "sheet_chosen",
    summary: "A workbook has several sheets, and the project does not say which one is read.",
    of: Of::File,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_sheet_chosen, count = count, items = items),
        hint: text!(note_sheet_chosen_hint),
    },
};
