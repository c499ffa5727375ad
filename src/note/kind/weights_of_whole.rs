//! Weights that are shares of the whole tree.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "weights_of_whole",
    summary: "Only the leaves of a tree have weights, and these add up to the whole. Each node above them has the sum of its children's weights.",
    of: Of::File,
    level: Level::Remark,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_weights_of_whole, count = count, items = items),
        hint: text!(note_weights_of_whole_hint),
    },
};
