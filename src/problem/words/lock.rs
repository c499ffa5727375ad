//! Differences from a lock in words.

use quanheng_core::method::Value;

use super::{Words, list};
use crate::problem::{Change, LockFault, OtherResult};
use crate::report::methods;

pub(super) fn words(fault: &LockFault) -> Words {
    match fault {
        LockFault::NotThere { file } => Words::new(
            format!("there is no {file}"),
            "`quanheng lock` writes it: what the results are made from, and what they are",
        ),
        LockFault::Damaged { file, reason } => Words::new(
            format!("{file} cannot be understood: {reason}"),
            "take it from where it was kept, or let `quanheng lock` write it anew",
        ),
        LockFault::Seal { file } => Words::new(
            format!("{file} was changed since `quanheng lock` wrote it"),
            "take it from where it was kept, or let `quanheng lock` write it anew",
        ),
        LockFault::Engine { part, locked, now } => Words::new(
            format!("locked with {part} {locked}, and this is {part} {now}"),
            format!("results may differ between versions: use {locked}, or lock anew"),
        ),
        LockFault::FileGone { file } => {
            Words::new(format!("{file} is locked, and not there"), accept())
        }
        LockFault::FileNew { file } => {
            Words::new(format!("{file} is read, and was not when the project was locked"), accept())
        }
        LockFault::File { file, change } => Words::new(
            format!("{file} is not as it was locked: {}", self::change(change)),
            accept(),
        ),
        LockFault::Setting { path, before, after } => {
            let path = path.join(".");
            let text = |value: &Value| methods::value(value);
            Words::new(
                match (before, after) {
                    (Some(a), Some(b)) => {
                        format!("`{path}` was {} when it was locked, and is {}", text(a), text(b))
                    }
                    (Some(a), None) => {
                        format!("`{path}` was {} when it was locked, and is gone", text(a))
                    }
                    (None, Some(b)) => {
                        format!("`{path}` is {}, and was not there when it was locked", text(b))
                    }
                    (None, None) => format!("`{path}` differs"),
                },
                accept(),
            )
        }
        LockFault::MethodologyGone { code } => {
            Words::new(format!("methodology `{code}` is locked, and not there"), accept())
        }
        LockFault::MethodologyNew { code } => {
            Words::new(format!("methodology `{code}` was not there when it was locked"), accept())
        }
        LockFault::MadeFrom { methodology, stages } => Words::new(
            format!(
                "methodology `{methodology}` means something else in {}, though no file differs",
                list(stages)
            ),
            "a default or a bundled script differs between versions of the program: `quanheng diff` shows stage by stage what holds now",
        ),
        LockFault::Results(others) => {
            let one = |other: &OtherResult| match other.outcome {
                true => format!("`{}` from {} on", other.methodology, other.stage),
                false => format!(
                    "`{}` in {} (scores of the index, ranks and tiers are as they were)",
                    other.methodology, other.stage
                ),
            };
            let others: Vec<String> = others.iter().map(one).collect();
            Words::new(
                format!("results are not those that were locked: {}", others.join(", ")),
                accept(),
            )
        }
        LockFault::NoResult { methodology } => Words::new(
            format!("methodology `{methodology}` gives no result, and so cannot be locked"),
            "a lock holds every methodology of a project: mend it, or take it out",
        ),
    }
}

fn accept() -> &'static str {
    "if it is meant to be so, `quanheng lock` takes the project as it is now"
}

fn change(change: &Change) -> String {
    let rows = |n: usize| if n == 1 { "1 row".to_owned() } else { format!("{n} rows") };
    let lines = |n: usize| if n == 1 { "1 line".to_owned() } else { format!("{n} lines") };
    match change {
        Change::Cell { column, key } if key.is_empty() => format!("column `{column}`"),
        Change::Cell { column, key } => format!("column `{column}` of {key}"),
        Change::More { cells } => format!("{cells} more cells"),
        Change::Cells { rows: n, block: 1, columns } => {
            format!("cells of {} in {}", rows(*n), list(columns))
        }
        Change::Cells { rows, block, columns } => {
            format!("cells of {rows} blocks of {block} rows in {}", list(columns))
        }
        Change::RowsNew { rows: n } => format!("{} more", rows(*n)),
        Change::RowsGone { rows: n, after: Some(row) } => {
            format!("{} less, after that of {row}", rows(*n))
        }
        Change::RowsGone { rows: n, after: None } => format!("{} less", rows(*n)),
        Change::RowsBeside { rows: n } => format!("up to {} changed beside that", rows(*n)),
        Change::RowOrder => "the same rows in another order".into(),
        Change::Columns { gone, new } => match (gone.is_empty(), new.is_empty()) {
            (false, false) => format!("no column {}, and new {}", list(gone), list(new)),
            (false, true) => format!("no column {}", list(gone)),
            _ => format!("a new column {}", list(new)),
        },
        Change::ColumnOrder => "the same columns in another order".into(),
        Change::Lines { lines: n } => format!("{} changed", lines(*n)),
        Change::LinesNewAndGone { new, gone: 0, line } => {
            format!("{} more, from line {line} on", lines(*new))
        }
        Change::LinesNewAndGone { new: 0, gone, line } => {
            format!("{} less, at line {line}", lines(*gone))
        }
        Change::LinesNewAndGone { new, gone, line } => {
            format!("from line {line} on, {} in place of {}", lines(*new), lines(*gone))
        }
        Change::Spelling => {
            "other bytes that say the same (spaces, quotation marks, line ends or encoding)".into()
        }
        Change::Bytes => "other bytes".into(),
    }
}
