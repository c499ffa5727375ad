//! A region that other files lack.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "region_in_one_file",
    summary: "A region stands in some files of values and lacks others, so that whole columns are missing for it. It may be written differently there.",
    of: Of::Region,
    level: Level::Warning,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_region_in_one_file, count = count, items = items),
        hint: text!(note_region_in_one_file_hint),
    },
};
