//! A region that belongs to no league.

use quanheng_words::text;

use super::super::{Kind, Level, Of, Raised, Said};

pub(crate) const KIND: Kind = Kind {
    code: "region_in_no_league",
    summary: "A region meets the condition of no league, and is left out of everything.",
    of: Of::Region,
    level: Level::Remark,
    raised: Raised::WhenRead,
    words: |count, items| Said {
        what: text!(note_region_in_no_league, count = count, items = items),
        hint: text!(note_region_in_no_league_hint),
    },
};
