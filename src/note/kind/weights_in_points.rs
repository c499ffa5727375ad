//! Stated weights that are points or percentages.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};
use super::weights_rescaled::notes;

pub(super) const KIND: Kind = Kind {
    code: "weights_in_points",
    summary: "The weights that the tree states for the children of a node are points or percentages, and were divided by their sum.",
    of: Of::Node,
    level: Level::Remark,
    raised: Raised::InResult(|seen| notes(seen, &KIND, true)),
    words: |count, items| Said {
        what: text!(note_weights_in_points, count = count, items = items),
        hint: text!(note_weights_in_points_hint),
    },
};
