//! An indicator that is the same in every region.

use quanheng_core::evaluation::ConstantScores;
use quanheng_core::model::{NodeId, Slice};
use quanheng_words::{Text, number, text};

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use super::{cell, last_slices, place_of, with};

pub(super) const KIND: Kind = Kind {
    code: "constant_indicator",
    summary: "An indicator has the same value in every region of the period that is shown, so that it tells no region from another.",
    of: Of::Indicator,
    level: Level::Remark,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_constant_indicator, count = count, items = items),
        hint: text!(note_constant_indicator_hint),
    },
};

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let evaluation = seen.evaluation;
    let system = &evaluation.methodology().system;
    let mut notes = Vec::new();
    let constants = evaluation.constants();
    let scored = |slice: &Slice, leaf: NodeId| {
        let at = evaluation.study().panel.slice_at(slice.rows.start);
        let found = constants.iter().find(|c| c.leaf == leaf && c.slices.contains(&at));
        found.map(|constant| constant.scores)
    };
    for (k, column) in evaluation.indicators().columns().iter().enumerate() {
        // The value that all regions of a slice share.
        let shared = |slice: &Slice| {
            let mut values = column.values()[slice.rows.clone()].iter().filter(|x| !x.is_nan());
            let first = values.next()?;
            let mut has_others = false;
            for other in values {
                if other != first {
                    return None;
                }
                has_others = true;
            }
            has_others.then_some(*first)
        };
        let last: Vec<_> = last_slices(evaluation)
            .into_iter()
            .filter_map(|(_, slice)| Some((slice, shared(slice)?)))
            .collect();
        let Some(&(slice, value)) = last.first() else { continue };
        let code = &system.node(system.leaves()[k]).code;
        let period = place_of(evaluation, slice);
        let about = match period.is_empty() {
            true => Text::plain(number::short(value)),
            false => text!(note_value_in, value = number::short(value), period = period),
        };
        let about = match scored(slice, system.leaves()[k]) {
            Some(ConstantScores::LeftOut) => text!(note_constant_left_out, about = about),
            Some(ConstantScores::Stated(score)) => {
                text!(note_constant_scored, about = about, score = number::short(score))
            }
            Some(ConstantScores::OfFormula) | None => about,
        };
        let first = slice.rows.clone().find(|row| !column.values()[*row].is_nan());
        let place = first.and_then(|row| cell(seen, k, row));
        notes.push(Note::new(&KIND, code).shown(with(code, about)).at(place));
    }
    notes
}
