//! Tables within the width of a terminal: heads and long texts are broken into lines, and where that is not enough,
//! columns are left out, the least important first.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Importance, Kind, Table};

/// What stands between two columns.
const GAP: usize = 2;

/// A word that is longer than this is broken.
const LONGEST_WORD: usize = 16;

/// A column as it would be printed: its head and its cells as text.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    /// The head.
    pub head: String,
    /// The cells.
    pub cells: Vec<String>,
    /// Whether its cells can be broken into lines: texts can, numbers cannot.
    pub is_text: bool,
    /// How soon it is left out.
    pub importance: Importance,
}

/// The columns of a table that fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fitted {
    /// The columns that are kept, in their order, each with the width that it has.
    pub kept: Vec<(usize, usize)>,
    /// Those that are left out.
    pub left_out: Vec<usize>,
}

impl Drawn {
    /// The columns of a table, a cell being turned into text by `text`.
    pub(super) fn columns(
        table: &Table,
        text: impl Fn(&super::Cell, &super::Head) -> String,
    ) -> Vec<Drawn> {
        let column = |(k, head): (usize, &super::Head)| Drawn {
            head: head.label.clone(),
            cells: table.rows.iter().map(|row| text(&row[k], head)).collect(),
            is_text: head.kind == Kind::Text,
            importance: head.importance,
        };
        table.columns.iter().enumerate().map(column).collect()
    }

    /// The width at which nothing is broken.
    fn natural(&self) -> usize {
        self.cells.iter().map(|cell| width(cell)).fold(width(&self.head), usize::max)
    }

    /// The width below which the column cannot be read.
    fn least(&self) -> usize {
        let natural = self.cells.iter().map(|cell| width(cell)).max().unwrap_or(0);
        let cells = match (self.is_text, natural) {
            (true, 13..=60) => {
                let words = self.cells.iter().map(|cell| longest_word(cell));
                words.max().unwrap_or(0).clamp(12, 20).min(natural)
            }
            (true, 61..) => 28,
            _ => natural,
        };
        let whole = width(&self.head);
        let word = longest_word(&self.head).min(LONGEST_WORD);
        // A head has about five lines at most.
        let head = whole.div_ceil(5).max(word).max(6).min(whole);
        cells.max(head)
    }
}

/// Chooses columns and their widths, so that a line has no more than `room` characters. Columns that are never left out
/// may still need more.
pub(super) fn fit(columns: &[Drawn], room: usize) -> Fitted {
    let natural: Vec<usize> = columns.iter().map(Drawn::natural).collect();
    let least: Vec<usize> = columns
        .iter()
        .zip(&natural)
        .map(|(column, natural)| column.least().min(*natural))
        .collect();
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let total = |kept: &[usize], widths: &[usize]| -> usize {
        kept.iter().map(|&k| widths[k] + GAP).sum::<usize>().saturating_sub(1)
    };
    let mut left_out = Vec::new();
    while total(&kept, &least) > room {
        let can_go = kept.iter().filter(|&&k| columns[k].importance != Importance::Key);
        // Of equal ones the last goes first.
        let next = can_go
            .copied()
            .reduce(|a, b| if columns[b].importance <= columns[a].importance { b } else { a });
        let Some(next) = next else { break };
        kept.retain(|&k| k != next);
        left_out.push(next);
    }
    left_out.sort_unstable();
    let mut widths = least.clone();
    // Columns that nobody may leave out give up what they can.
    while total(&kept, &widths) > room {
        let texts = kept.iter().filter(|&&k| columns[k].is_text && widths[k] > 8);
        let Some(&widest) = texts.max_by_key(|&&k| widths[k]) else { break };
        widths[widest] -= 1;
    }
    // What is left over goes to those that lack least, so that as many as possible are not broken.
    let mut free = room.saturating_sub(total(&kept, &widths));
    let mut lacking: Vec<usize> = kept.clone();
    lacking.sort_by_key(|&k| natural[k].saturating_sub(widths[k]));
    let count = lacking.len();
    for (i, &k) in lacking.iter().enumerate() {
        let lack = natural[k].saturating_sub(widths[k]);
        let given = lack.min(free / (count - i));
        // A column that cannot have all still gets what helps: its fair part.
        widths[k] += given;
        free -= given;
    }
    Fitted { kept: kept.into_iter().map(|k| (k, widths[k])).collect(), left_out }
}

/// The width of the widest line of a text.
pub(super) fn width(text: &str) -> usize {
    text.split('\n').map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// The text in lines of at most `room` characters. It is broken after spaces and some signs, and between Chinese
/// characters; a longer word is broken anywhere. What follows is indented as the first line is, and a little more.
pub(super) fn wrapped(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    text.split('\n').flat_map(|line| lines(line, room.max(2))).collect::<Vec<_>>().join("\n")
}

fn lines(text: &str, room: usize) -> Vec<String> {
    if text.width() <= room {
        return vec![text.to_owned()];
    }
    let indent = text.len() - text.trim_start_matches(' ').len();
    // Beside the blanks there is room for one Chinese character at least.
    let blanks = |count: usize| " ".repeat(count.min(room / 2).min(room - 2));
    let hanging = if indent > 0 { blanks(indent + 2) } else { String::new() };
    let mut lines = Vec::new();
    let mut line = blanks(indent);
    let mut is_blank = true;
    for piece in pieces(&text[indent..]) {
        if !is_blank && line.width() + piece.trim_end().width() > room {
            lines.push(line.trim_end().to_owned());
            line = hanging.clone();
        }
        for sign in piece.chars() {
            if line.width() + sign.width().unwrap_or(0) > room && sign != ' ' {
                lines.push(line.trim_end().to_owned());
                line = hanging.clone();
            }
            line.push(sign);
        }
        is_blank = false;
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The widest part of a text that is not broken.
pub(super) fn longest_word(text: &str) -> usize {
    text.split('\n').flat_map(pieces).map(|piece| piece.trim_end().width()).max().unwrap_or(0)
}

/// A text in parts between which a line may end.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((_, sign)) = signs.next() {
        let Some(&(at, next)) = signs.peek() else { break };
        if may_break(sign, next) {
            pieces.push(&text[start..at]);
            start = at;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

fn may_break(before: char, after: char) -> bool {
    const CLOSING: &str = "，。、；：！？）》」』】〉”’…";
    const OPENING: &str = "（《「『【〈“‘";
    let is_wide = |sign: char| sign.width() == Some(2);
    match (before, after) {
        (_, ' ') => false,
        (' ', _) => true,
        (_, after) if CLOSING.contains(after) => false,
        (before, _) if OPENING.contains(before) => false,
        ('/' | '-' | '_' | ',' | ';', after) => after.is_alphanumeric(),
        (before, after) => is_wide(before) || is_wide(after),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn column(head: &str, cells: &[&str], importance: Importance) -> Drawn {
        let is_text = cells.iter().any(|cell| cell.parse::<f64>().is_err());
        let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
        Drawn { head: head.to_owned(), cells, is_text, importance }
    }

    #[test]
    fn lines_break_where_a_reader_expects_it() {
        assert_eq!(wrapped("share of the population", 10), "share of\nthe\npopulation");
        assert_eq!(wrapped("人均地区生产总值，元", 8), "人均地区\n生产总\n值，元");
        assert_eq!(
            wrapped("  0104 a long name of it", 12),
            "  0104 a\n    long\n    name of\n    it"
        );
        assert_eq!(wrapped("abcdefghij", 4), "abcd\nefgh\nij");
        assert_eq!(wrapped("values.csv/line-12", 11), "values.csv/\nline-12");
    }

    #[test]
    fn the_least_important_columns_go_first_and_the_key_stays() {
        let columns = [
            column("Rank", &["1", "2"], Importance::Usual),
            column("Region", &["a", "b"], Importance::Key),
            column("Small", &["0.1234"], Importance::OneOf(0.2)),
            column("Large", &["0.1234"], Importance::OneOf(0.5)),
            column("Other", &["0.1234"], Importance::OneOf(0.2)),
            column("Code", &["110000"], Importance::Detail),
        ];
        let left = |room| fit(&columns, room).left_out;
        assert!(left(60).is_empty());
        assert_eq!(left(41), [4]);
        assert_eq!(left(33), [2, 4]);
        assert_eq!(left(25), [2, 3, 4]);
        assert_eq!(left(17), [2, 3, 4, 5]);
        assert_eq!(left(8), [0, 2, 3, 4, 5]);
        assert_eq!(left(1), [0, 2, 3, 4, 5]);
    }

    proptest! {
        /// No line is too long, and nothing but blanks is lost.
        #[test]
        fn wrapping_keeps_every_sign(text in "[a-z ,/人口，（）0-9-]{0,60}", room in 2_usize..40) {
            let broken = wrapped(&text, room);
            if width(&text) > room {
                prop_assert!(broken.split('\n').all(|line| line.width() <= room), "{broken}");
            }
            let signs = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(signs(&broken), signs(&text));
        }

        /// A table is as wide as the room at most, unless its key and numbers need more.
        #[test]
        fn kept_columns_fit(
            widths in prop::collection::vec((1_usize..40, 1_usize..90, any::<bool>()), 1..30),
            room in 40_usize..200,
        ) {
            let columns: Vec<Drawn> = widths.iter().enumerate().map(|(k, (head, cell, text))| {
                let importance = if k == 0 { Importance::Key } else { Importance::Usual };
                Drawn {
                    head: "h ".repeat(head / 2 + 1),
                    cells: vec!["x ".repeat(cell / 2 + 1)],
                    is_text: *text || k == 0,
                    importance,
                }
            }).collect();
            let fitted = fit(&columns, room);
            let total: usize = fitted.kept.iter().map(|(_, width)| width + GAP).sum();
            prop_assert!(total <= room + 1, "{total} {room}");
            prop_assert_eq!(fitted.kept.len() + fitted.left_out.len(), columns.len());
        }
    }
}
