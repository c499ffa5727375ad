//! A region that the screening leaves out.

use quanheng_core::evaluation::{Screened, Shortage};
use quanheng_words::text;

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use super::with;
use crate::report::screening::why;

pub(super) const KIND: Kind = Kind {
    code: "region_left_out",
    summary: "The screening leaves out a region in a period.",
    of: Of::Region,
    level: Level::Remark,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_region_left_out, count = count, items = items),
        hint: text!(note_region_left_out_hint),
    },
};

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let study = seen.evaluation.study();
    let of = |screened: &Screened| {
        let code = &study.regions[screened.region.0 as usize].code;
        let period = &study.periods[screened.period.0 as usize].label;
        let about = match period.is_empty() {
            true => why(screened),
            false => text!(note_value_in, value = why(screened), period = period),
        };
        Note::new(&KIND, code).shown(with(code, about))
    };
    // Those without a row in the data are noted as regions without data.
    let screened = seen.evaluation.screened().iter();
    screened.filter(|s| s.why != Shortage::NoRow).map(of).collect()
}
