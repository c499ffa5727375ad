//! Cells that the treatment changed.

use quanheng_words::text;

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use super::{cell, with};

pub(super) const KIND: Kind = Kind {
    code: "treated_cells",
    summary: "Some cells of an indicator were changed by the treatment. The result files list each of them with both values.",
    of: Of::Indicator,
    level: Level::Remark,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_treated_cells, count = count, items = items),
        hint: text!(note_cells_hint),
    },
};

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let evaluation = seen.evaluation;
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let (before, after) = (evaluation.complete().columns(), evaluation.treated().columns());
    let mut notes = Vec::new();
    for (k, &leaf) in system.leaves().iter().enumerate() {
        if before[k].same_storage(&after[k]) {
            continue;
        }
        let (before, after) = (before[k].values(), after[k].values());
        let all = before.iter().filter(|x| !x.is_nan()).count();
        let changed = || {
            (0..before.len()).filter(|row| !before[*row].is_nan() && before[*row] != after[*row])
        };
        let (Some(first), cells) = (changed().next(), changed().count()) else { continue };
        // A step that changes every cell is a transformation, which the methodology states.
        if cells == all {
            continue;
        }
        let steps = methodology.treatment.iter().map(|plan| plan.at(leaf));
        let steps = steps.filter(|choice| !choice.method.is_identity());
        let method = steps.map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(" + ");
        let code = &system.node(leaf).code;
        let about = text!(note_cells_by, cells = cells, all = all, method = method);
        notes.push(Note::new(&KIND, code).shown(with(code, about)).at(cell(seen, k, first)));
    }
    notes
}
