//! Faults of published results in words.

use quanheng_words::text;

use super::Words;
use super::data::{quoted, role};
use crate::problem::OfficialFault;

pub(super) fn words(fault: &OfficialFault) -> Words {
    match fault {
        OfficialFault::Nothing => Words::new(text!(official_nothing), text!(official_nothing_hint)),
        OfficialFault::NoColumn { name, role: key, columns } => {
            let columns = quoted(columns);
            Words::new(
                text!(official_no_column, name = name, role = role(key)),
                match *key {
                    "period" => text!(official_no_period_hint, columns = columns),
                    "node" => text!(official_no_node_hint, columns = columns),
                    "score" => text!(official_no_score_hint, columns = columns),
                    key => text!(official_no_column_hint, columns = columns, key = key),
                },
            )
        }
        OfficialFault::NoUse { key } => {
            Words::new(text!(official_no_use, key = *key), text!(official_no_use_hint))
        }
        OfficialFault::NoReason => {
            Words::new(text!(official_no_reason), text!(official_no_reason_hint))
        }
        OfficialFault::Differs { methodology, file, cells, of } => Words::new(
            text!(
                official_differs,
                methodology = methodology,
                file = file,
                cells = *cells,
                of = *of
            ),
            text!(official_differs_hint),
        ),
        OfficialFault::Stale { names, cells } => Words::new(
            match (*cells, names.is_empty()) {
                (0, _) => text!(official_stale_none, names = names.join(" · ")),
                (cells, true) => text!(official_stale_all, cells = cells),
                (cells, false) => {
                    text!(official_stale, names = names.join(" · "), cells = cells)
                }
            },
            match cells {
                0 => text!(official_stale_none_hint),
                _ => text!(official_stale_hint),
            },
        ),
        OfficialFault::NoFigure { column, shows } => Words::new(
            text!(official_no_figure, column = column, shows = shows),
            match column.as_str() {
                "size" | "count" => text!(official_no_figure_whole_hint),
                _ => text!(official_no_figure_hint),
            },
        ),
        OfficialFault::Contradicts { code, count } => Words::new(
            text!(official_contradicts, code = code, count = *count),
            text!(official_contradicts_hint),
        ),
        OfficialFault::NoContradiction { code } => Words::new(
            text!(official_no_contradiction, code = code),
            text!(official_no_contradiction_hint),
        ),
        OfficialFault::TooFew { found, least } => Words::new(
            text!(official_too_few, found = *found, least = *least),
            text!(official_too_few_hint),
        ),
    }
}
