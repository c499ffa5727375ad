//! Regions whose ranks differ by nothing that can be printed.

use quanheng_words::{Text, number, text};

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use super::{place_of, region};

/// Scores that differ by less than this, relative to the greatest one, look the same wherever they are printed.
const NEAR: f64 = 1e-9;

pub(super) const KIND: Kind = Kind {
    code: "near_tie",
    summary: "Two regions have scores that agree to nine digits and yet different ranks: rounding errors or digits that nobody prints decide.",
    of: Of::Region,
    level: Level::Warning,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_near_tie, count = count, items = items),
        hint: text!(note_near_tie_hint),
    },
};

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let evaluation = seen.evaluation;
    let methodology = evaluation.methodology();
    let (scores, ranks) = (evaluation.exact().values(), evaluation.ranks());
    // A second key decides where the first does not.
    if methodology.ranking.at(methodology.system.root()).then.is_some() {
        return Vec::new();
    }
    let mut notes = Vec::new();
    for slice in evaluation.study().panel.slices() {
        let mut order: Vec<usize> =
            slice.rows.clone().filter(|row| !ranks[*row].is_nan()).collect();
        quanheng_core::number::sort_by_key(&mut order, &|row| ranks[row]);
        let of_slice = slice.rows.clone().map(|row| scores[row].abs()).filter(|x| !x.is_nan());
        let greatest = of_slice.fold(0.0, quanheng_core::number::max);
        for pair in order.windows(2) {
            let (first, second) = (pair[0], pair[1]);
            let apart = (scores[first] - scores[second]).abs();
            if ranks[first] != ranks[second] && 0.0 < apart && apart <= NEAR * greatest {
                let (score, period) = (number::short(scores[first]), place_of(evaluation, slice));
                let about = match period.is_empty() {
                    true => Text::plain(score),
                    false => text!(note_value_in, value = score, period = period),
                };
                let (first, second) = (region(evaluation, first), region(evaluation, second));
                let shown = text!(note_pair, first = first, second = second, about = about);
                notes.push(Note::new(&KIND, first).shown(shown));
            }
        }
    }
    notes
}
