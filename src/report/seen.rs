//! Reports as a terminal or a spreadsheet may be given them: what could steer it is shown instead.

use quanheng_words::visible;

use super::{Block, Cell, Report, Table};

impl Report {
    /// The same with every character that cannot be seen written by its number. A name with an escape sequence would
    /// otherwise steer the terminal, and one with a direction mark would show other text than it has.
    #[must_use]
    pub fn seen(&self) -> Report {
        self.with_texts(&|text| visible(text).into_owned())
    }

    /// The same with an apostrophe before each text that a spreadsheet would take for a formula.
    #[must_use]
    pub fn without_formulas(&self) -> Report {
        self.with_texts(&without_formula)
    }

    fn with_texts(&self, change: &dyn Fn(&str) -> String) -> Report {
        let block = |block: &Block| match block {
            Block::Heading(text) => Block::Heading(change(text)),
            Block::Line(text) => Block::Line(change(text)),
            Block::Table(table) => Block::Table(table.with_texts(change)),
        };
        Report { blocks: self.blocks.iter().map(block).collect() }
    }
}

impl Table {
    /// As [`Report::without_formulas`].
    #[must_use]
    pub fn without_formulas(&self) -> Table {
        self.with_texts(&without_formula)
    }

    fn with_texts(&self, change: &dyn Fn(&str) -> String) -> Table {
        let mut table = self.clone();
        for head in &mut table.columns {
            head.label = change(&head.label);
            head.key = change(&head.key);
        }
        for cell in table.rows.iter_mut().flatten() {
            match cell {
                Cell::Text(text) | Cell::Tier { label: text, .. } => *text = change(text),
                _ => {}
            }
        }
        table
    }
}

/// A minus sign before a number stays as it is: a number is not a text.
fn without_formula(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::Importance;
    use crate::report::{Head, Kind};
    use quanheng_core::model::State;

    #[test]
    fn texts_are_changed_and_numbers_are_not() {
        let head = |key: &str| Head {
            key: key.into(),
            label: key.into(),
            kind: Kind::Text,
            importance: Importance::Usual,
        };
        let row = ["=1+1", "-x", "a=b", "a\u{1b}[2Jb", "a\u{202e}b"].map(|t| Cell::Text(t.into()));
        let row = row.into_iter().chain([Cell::Number(-1.0, State::Value)]).collect();
        let columns = ["a", "b", "c", "d", "e", "@f"].map(head).to_vec();
        let table = Table { columns, rows: vec![row], ..Table::default() };
        let texts = |table: &Table| -> Vec<String> {
            let text = |cell: &Cell| match cell {
                Cell::Text(text) => text.clone(),
                other => format!("{other:?}"),
            };
            table.rows[0].iter().map(text).collect()
        };
        let plain = texts(&table.without_formulas());
        assert_eq!(plain[..3], ["'=1+1", "'-x", "a=b"]);
        assert_eq!(plain[5], "Number(-1.0, Value)");
        assert_eq!(table.without_formulas().columns[5].key, "'@f");
        let seen = Report::from(vec![table]).seen();
        let seen = texts(seen.tables().next().unwrap());
        assert_eq!(seen[3..5], ["a<U+001B>[2Jb", "a<U+202E>b"]);
    }
}
