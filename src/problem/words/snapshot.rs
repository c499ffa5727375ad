//! Faults of snapshots in words.

use super::{Words, list};
use crate::problem::SnapshotFault;

/// What to do with a file that is not as the program wrote it.
const RESTORE: &str = "take the file from version control again, or have it made anew: `quanheng test`, then \
`quanheng accept`";

pub(super) fn words(fault: &SnapshotFault) -> Words {
    match fault {
        SnapshotFault::Unmet { project, differ, new, failed, of, pending } => {
            unmet(project, [*differ, *new, *failed], *of, *pending)
        }
        SnapshotFault::Unreferenced { files } => Words::new(
            format!("no methodology of the project has {}", list(files)),
            "remove them, or let `quanheng test --unreferenced delete` do it",
        ),
        SnapshotFault::Nothing { methodology } => Words::new(
            format!("nothing of methodology `{methodology}` is pinned: it has none of the periods"),
            "name one of its periods in `periods` of [snapshot], or below [snapshot.methodology]",
        ),
        SnapshotFault::Conflict => Words::new(
            "this snapshot holds the marks of a merge that was not finished",
            "take the file of either side, then `quanheng test` says what differs",
        ),
        SnapshotFault::Other { of, expected } => Words::new(
            format!("this is the snapshot of methodology `{of}`, not of `{expected}`"),
            "where a methodology got another code, have its snapshot made anew: `quanheng test`, then `quanheng accept`",
        ),
        SnapshotFault::Form { form } => Words::new(
            format!("this snapshot is a `{form}`, which this program does not know"),
            "use the version of quanheng that wrote it, or have it made anew: `quanheng test`, then `quanheng accept`",
        ),
        SnapshotFault::Expected { what } => {
            Words::new(format!("this snapshot is damaged: {what} was expected here"), RESTORE)
        }
        SnapshotFault::Count { what, stated, found } => Words::new(
            format!("this snapshot is damaged: it states {stated} {what} here, and holds {found}"),
            RESTORE,
        ),
        SnapshotFault::Cells { expected, found } => Words::new(
            format!("this snapshot is damaged: {found} cells in a line of {expected}"),
            RESTORE,
        ),
        SnapshotFault::NotANumber { found } => {
            Words::new(format!("this snapshot is damaged: `{found}` is no number"), RESTORE)
        }
        SnapshotFault::RepeatedTable => Words::new(
            "this snapshot is damaged: this league and period has a table already",
            RESTORE,
        ),
        SnapshotFault::RepeatedRegion { code } => Words::new(
            format!("this snapshot is damaged: `{code}` is in this table already"),
            RESTORE,
        ),
        SnapshotFault::AcceptWhat { pending } => Words::new(
            "accept what?",
            match pending.is_empty() {
                true => {
                    "nothing is pending: `quanheng test` holds the project against its snapshots"
                        .into()
                }
                false => format!("name methodologies, or say `--all`; pending: {}", list(pending)),
            },
        ),
        SnapshotFault::NoTerminal => Words::new(
            "a review asks questions, and standard input is no terminal to answer them",
            "`quanheng accept` takes snapshots without asking",
        ),
    }
}

fn unmet(project: &str, [differ, new, failed]: [usize; 3], of: usize, pending: bool) -> Words {
    let parts = [
        (differ, "differ from their snapshots"),
        (new, "have no snapshot yet"),
        (failed, "could not be held against theirs"),
    ];
    let one =
        ["differs from its snapshot", "has no snapshot yet", "could not be held against its own"];
    let parts = parts.iter().zip(one).filter(|((count, _), _)| *count > 0);
    let said: Vec<String> = parts
        .map(|((count, many), one)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    let hint = match (pending, differ + new) {
        (_, 0) => None,
        (true, _) if new == of => Some(format!(
            "nothing is pinned yet: `quanheng review{project}` goes through the new results, `quanheng accept{project} \
             --all` takes them; what is taken is what later results are held against"
        )),
        (false, _) => Some(
            "without `--read-only`, the new results are put beside the old, to be accepted".into(),
        ),
        (true, _) => Some(format!(
            "`quanheng review{project}` goes through the new results, `quanheng accept{project} --all` takes them"
        )),
    };
    let methodologies = if of == 1 { "methodology" } else { "methodologies" };
    Words { what: format!("of {of} {methodologies}, {}", said.join(", ")), hint }
}
