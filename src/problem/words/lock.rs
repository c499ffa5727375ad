//! Differences from a lock in words.

use quanheng_core::method::Stage;
use quanheng_words::{Text, text};

use super::{Words, stage};
use crate::problem::{Change, LockFault, OtherResult};
use crate::report::methods::value;

pub(super) fn words(fault: &LockFault) -> Words {
    let changed = |what: Text| Words::new(what, text!(lock_accept_hint));
    match fault {
        LockFault::NotThere { file } => {
            Words::new(text!(lock_not_there, file = file), text!(lock_not_there_hint))
        }
        LockFault::Damaged { file, reason } => {
            Words::new(text!(lock_damaged, file = file, reason = reason), text!(lock_restore_hint))
        }
        LockFault::Seal { file } => {
            Words::new(text!(lock_seal, file = file), text!(lock_restore_hint))
        }
        LockFault::Engine { part, locked, now } => Words::new(
            text!(lock_engine, part = part, locked = locked, now = now),
            text!(lock_engine_hint, locked = locked),
        ),
        LockFault::FileGone { file } => changed(text!(lock_file_gone, file = file)),
        LockFault::FileNew { file } => changed(text!(lock_file_new, file = file)),
        LockFault::File { file, change } => {
            changed(text!(lock_file, file = file, change = self::change(change)))
        }
        LockFault::Setting { path, before, after } => {
            let path = path.join(".");
            changed(match (before, after) {
                (Some(a), Some(b)) => {
                    text!(lock_setting, path = path, before = value(a), after = value(b))
                }
                (Some(a), None) => text!(lock_setting_gone, path = path, before = value(a)),
                (None, Some(b)) => text!(lock_setting_new, path = path, after = value(b)),
                (None, None) => text!(lock_setting_differs, path = path),
            })
        }
        LockFault::MethodologyGone { code } => changed(text!(lock_methodology_gone, code = code)),
        LockFault::MethodologyNew { code } => changed(text!(lock_methodology_new, code = code)),
        LockFault::MadeFrom { methodology, stages } => {
            let stages: Vec<Text> = stages.iter().map(|name| part(name)).collect();
            Words::new(
                text!(lock_made_from, methodology = methodology, stages = stages),
                text!(lock_made_from_hint),
            )
        }
        LockFault::Results(others) => {
            let one = |other: &OtherResult| {
                let (methodology, stage) = (&other.methodology, part(&other.stage));
                match other.outcome {
                    true => text!(lock_results_from, methodology = methodology, stage = stage),
                    false => text!(lock_results_in, methodology = methodology, stage = stage),
                }
            };
            let others: Vec<Text> = others.iter().map(one).collect();
            changed(text!(lock_results, others = others))
        }
        LockFault::NoResult { methodology } => {
            Words::new(text!(lock_no_result, methodology = methodology), text!(lock_no_result_hint))
        }
    }
}

/// A stage by its name in files; another part of a methodology as it is called there.
fn part(name: &str) -> Text {
    match Stage::ALL.into_iter().find(|stage| stage.name() == name) {
        Some(found) => stage(found),
        None => Text::plain(format!("`{name}`")),
    }
}

fn change(change: &Change) -> Text {
    match change {
        Change::Cell { column, key } if key.is_empty() => {
            text!(lock_change_cell_column, column = column)
        }
        Change::Cell { column, key } => text!(lock_change_cell, column = column, key = key),
        Change::More { cells } => text!(lock_change_more, cells = *cells),
        Change::Cells { rows, block: 1, columns } => {
            text!(lock_change_cells, rows = *rows, columns = columns)
        }
        Change::Cells { rows, block, columns } => {
            text!(lock_change_cells_blocks, rows = *rows, block = *block, columns = columns)
        }
        Change::RowsNew { rows } => text!(lock_change_rows_new, rows = *rows),
        Change::RowsGone { rows, after: Some(row) } => {
            text!(lock_change_rows_gone_after, rows = *rows, row = row)
        }
        Change::RowsGone { rows, after: None } => text!(lock_change_rows_gone, rows = *rows),
        Change::RowsBeside { rows } => text!(lock_change_rows_beside, rows = *rows),
        Change::RowOrder => text!(lock_change_row_order),
        Change::Columns { gone, new } => match (gone.is_empty(), new.is_empty()) {
            (false, false) => text!(lock_change_columns_gone_and_new, gone = gone, new = new),
            (false, true) => text!(lock_change_columns_gone, gone = gone),
            _ => text!(lock_change_columns_new, new = new),
        },
        Change::ColumnOrder => text!(lock_change_column_order),
        Change::Lines { lines } => text!(lock_change_lines, lines = *lines),
        Change::LinesNewAndGone { new, gone: 0, line } => {
            text!(lock_change_lines_new, new = *new, line = *line)
        }
        Change::LinesNewAndGone { new: 0, gone, line } => {
            text!(lock_change_lines_gone, gone = *gone, line = *line)
        }
        Change::LinesNewAndGone { new, gone, line } => {
            text!(lock_change_lines_replaced, new = *new, gone = *gone, line = *line)
        }
        Change::Spelling => text!(lock_change_spelling),
        Change::Bytes => text!(lock_change_bytes),
    }
}
