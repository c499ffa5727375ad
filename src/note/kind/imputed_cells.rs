//! Cells that the imputation filled.

use quanheng_words::text;

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use super::{cell, with};

pub(super) const KIND: Kind = Kind {
    code: "imputed_cells",
    summary: "Cells of an indicator were filled in by the imputation. The result files list each of them with its value.",
    of: Of::Indicator,
    level: Level::Remark,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_imputed_cells, count = count, items = items),
        hint: text!(note_cells_hint),
    },
};

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let evaluation = seen.evaluation;
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let (before, after) = (evaluation.indicators().columns(), evaluation.complete().columns());
    let mut notes = Vec::new();
    for (k, &leaf) in system.leaves().iter().enumerate() {
        if before[k].is_complete() {
            continue;
        }
        let (before, after) = (before[k].values(), after[k].values());
        let filled =
            || (0..before.len()).filter(|row| before[*row].is_nan() && !after[*row].is_nan());
        let Some(first) = filled().next() else { continue };
        let (code, method) = (&system.node(leaf).code, &methodology.imputation.at(leaf).name);
        let (cells, all) = (filled().count(), before.len());
        let about = text!(note_cells_by, cells = cells, all = all, method = method);
        notes.push(Note::new(&KIND, code).shown(with(code, about)).at(cell(seen, k, first)));
    }
    notes
}
