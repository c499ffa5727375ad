//! A region without data in the period that is shown.

use quanheng_words::text;

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use super::{last_slices, place_of, with};

pub(super) const KIND: Kind = Kind {
    code: "no_data",
    summary: "A region has no value at all in the period that is shown: it is not ranked there, or only on what was filled in for it.",
    of: Of::Region,
    level: Level::Warning,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_no_data, count = count, items = items),
        hint: text!(note_no_data_hint),
    },
};

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let evaluation = seen.evaluation;
    let study = evaluation.study();
    let mut notes = Vec::new();
    for (_, slice) in last_slices(evaluation) {
        for region in evaluation.without_data(slice) {
            let code = &study.regions[region.0 as usize].code;
            notes.push(Note::new(&KIND, code).shown(with(code, place_of(evaluation, slice))));
        }
    }
    notes
}
