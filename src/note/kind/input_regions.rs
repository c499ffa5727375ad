//! Regions of another project's result that this project does not have.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "input_regions",
    summary: "A result of another project is an input, and has regions that this project's table of regions lacks. They are left out.",
    of: Of::File,
    level: Level::Remark,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_input_regions, count = count, items = items),
        hint: text!(note_input_regions_hint),
    },
};
