//! Faults of snapshots in words.

use quanheng_words::{Text, text};

use super::Words;
use crate::problem::SnapshotFault;

pub(super) fn words(fault: &SnapshotFault) -> Words {
    let damaged = |what: Text| Words::new(what, text!(snapshot_damaged_hint));
    match fault {
        SnapshotFault::Unmet { project, differ, new, failed, of, pending } => {
            unmet(project, [*differ, *new, *failed], *of, *pending)
        }
        SnapshotFault::Unreferenced { files } => Words::new(
            text!(snapshot_unreferenced, files = files),
            text!(snapshot_unreferenced_hint),
        ),
        SnapshotFault::Nothing { methodology } => Words::new(
            text!(snapshot_nothing, methodology = methodology),
            text!(snapshot_nothing_hint),
        ),
        SnapshotFault::Conflict => Words::new(text!(snapshot_merge), text!(snapshot_merge_hint)),
        SnapshotFault::Other { of, expected } => Words::new(
            text!(snapshot_other, of = of, expected = expected),
            text!(snapshot_other_hint),
        ),
        SnapshotFault::Form { form } => {
            Words::new(text!(snapshot_form, form = form), text!(snapshot_form_hint))
        }
        SnapshotFault::Expected { what } => damaged(text!(snapshot_damaged_expected, what = what)),
        SnapshotFault::Tables { stated, found } => {
            damaged(text!(snapshot_damaged_count_tables, stated = *stated, found = *found))
        }
        SnapshotFault::Regions { stated, found } => {
            damaged(text!(snapshot_damaged_count_regions, stated = *stated, found = *found))
        }
        SnapshotFault::Cells { expected, found } => {
            damaged(text!(snapshot_damaged_cells, expected = *expected, found = *found))
        }
        SnapshotFault::NotANumber { found } => {
            damaged(text!(snapshot_damaged_number, found = found))
        }
        SnapshotFault::RepeatedTable => damaged(text!(snapshot_damaged_table)),
        SnapshotFault::RepeatedRegion { code } => {
            damaged(text!(snapshot_damaged_region, code = code))
        }
        SnapshotFault::AcceptWhat { pending } => Words::new(
            text!(snapshot_accept_what),
            match pending.is_empty() {
                true => text!(snapshot_accept_nothing_hint),
                false => text!(snapshot_accept_what_hint, pending = pending),
            },
        ),
        SnapshotFault::NoTerminal => {
            Words::new(text!(snapshot_no_terminal), text!(snapshot_no_terminal_hint))
        }
    }
}

fn unmet(project: &str, [differ, new, failed]: [usize; 3], of: usize, pending: bool) -> Words {
    let mut parts = Vec::new();
    if differ > 0 {
        parts.push(text!(snapshot_unmet_differ, count = differ));
    }
    if new > 0 {
        parts.push(text!(snapshot_unmet_new, count = new));
    }
    if failed > 0 {
        parts.push(text!(snapshot_unmet_failed, count = failed));
    }
    let hint = match (pending, differ + new) {
        (_, 0) => text!(snapshot_unmet_failed_hint),
        (true, _) if new == of => text!(snapshot_unmet_first_hint, project = project),
        (false, _) => text!(snapshot_unmet_read_only_hint),
        (true, _) => text!(snapshot_unmet_hint, project = project),
    };
    Words::new(text!(snapshot_unmet, of = of, parts = parts), hint)
}
