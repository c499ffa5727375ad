//! A tier without a region.

use quanheng_words::text;

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use super::{last_slices, place_of, with};

pub(super) const KIND: Kind = Kind {
    code: "empty_tier",
    summary: "A tier has no region in the period that is shown.",
    of: Of::Tier,
    level: Level::Remark,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_empty_tier, count = count, items = items),
        hint: text!(note_empty_tier_hint),
    },
};

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let evaluation = seen.evaluation;
    let mut notes = Vec::new();
    for (_, slice) in last_slices(evaluation) {
        let tiers = slice.rows.clone().filter_map(|row| evaluation.tiers()[row]);
        let labels = evaluation.tier_labels(slice.rows.start);
        let count = tiers.clone().map(|tier| usize::from(tier) + 1).max().unwrap_or(0);
        let all = evaluation.tier_count(slice.rows.start).unwrap_or(labels.len());
        let mut empty = vec![count > 0; count.max(all)];
        tiers.for_each(|tier| empty[usize::from(tier)] = false);
        for at in (0..empty.len()).filter(|at| empty[*at]) {
            let label = labels.get(at).cloned().unwrap_or_else(|| (at + 1).to_string());
            let shown = with(&label, place_of(evaluation, slice));
            notes.push(Note::new(&KIND, label).shown(shown));
        }
    }
    notes
}
