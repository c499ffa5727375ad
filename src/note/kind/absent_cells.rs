//! Cells that stay absent.

use quanheng_core::model::State;
use quanheng_words::text;

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use super::{cell, with};

pub(super) const KIND: Kind = Kind {
    code: "absent_cells",
    summary: "Cells of an indicator are missing and were not filled in: for these regions the other indicators count more.",
    of: Of::Indicator,
    level: Level::Remark,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_absent_cells, count = count, items = items),
        hint: text!(note_absent_cells_hint),
    },
};

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let evaluation = seen.evaluation;
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let mut notes = Vec::new();
    for (k, (column, &leaf)) in
        evaluation.complete().columns().iter().zip(system.leaves()).enumerate()
    {
        let absent = |row: &usize| matches!(column.state(*row), State::Missing | State::Withheld);
        let rows = || (0..column.len()).filter(absent);
        if column.is_complete() {
            continue;
        }
        let Some(first) = rows().next() else { continue };
        let (code, method) = (&system.node(leaf).code, &methodology.imputation.at(leaf).name);
        let (cells, all) = (rows().count(), column.len());
        let about = text!(note_cells_by, cells = cells, all = all, method = method);
        notes.push(Note::new(&KIND, code).shown(with(code, about)).at(cell(seen, k, first)));
    }
    notes
}
