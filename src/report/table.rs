//! Tables of a report: columns that know what stands in them, and the cells that come of it.

use quanheng_core::model::State;
use quanheng_words::number::Form;

/// A table with named columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it is called where tables have names: a file, an object. Always the same, whatever the language.
    pub name: String,
    /// What it is called for readers: a sheet.
    pub label: String,
    /// The columns.
    pub columns: Vec<Head>,
    /// The rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// The name in files: always the same, whatever the language.
    pub key: String,
    /// The name for readers.
    pub label: String,
    /// What stands below it.
    pub kind: Kind,
    /// How soon it gives way where there is not room for all.
    pub importance: Importance,
}

/// How soon a column is left out where a terminal is too narrow for all of them: the least first, and the last of those
/// that are equal.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum Importance {
    /// One of many of the same kind, such as the parts of an index; those of less weight go first.
    OneOf(f64),
    /// What a reader can do without.
    Detail,
    /// Anything else.
    Usual,
    /// Without it nobody knows what a row is about: it is never left out.
    Key,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Texts and tiers.
    Text,
    /// Numbers; readers see so many decimals where that is stated, files have every digit.
    Number(Option<usize>),
}

/// A cell of a report's table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing to say.
    Empty,
    /// A text.
    Text(String),
    /// A number, or why there is none.
    Number(f64, State),
    /// How many.
    Count(usize),
    /// A rank, whole unless ties are averaged; NaN for none.
    Rank(f64),
    /// A tier: its position from the best, how many there are, its name.
    Tier {
        /// Position, 0 being the best.
        at: usize,
        /// How many tiers there are.
        of: usize,
        /// Its name.
        label: String,
    },
    /// How many places a region rose (above zero) or fell.
    Moved(f64),
    /// A part of a sum, and the text in which all parts as printed still add up.
    Share {
        /// The part.
        value: f64,
        /// As printed.
        text: String,
    },
}

/// Whom a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// People, who read it.
    People,
    /// Programs, which read it from a file.
    Files,
}

/// The columns of a table, each a value: its head, who sees it, and the cell that each row has in it.
pub struct Columns<'a, R>(Vec<Column<'a, R>>);

struct Column<'a, R> {
    head: Head,
    /// The only one who sees it; everybody where none is stated.
    only_for: Option<Reader>,
    is_there: bool,
    cell: Box<dyn Fn(&R) -> Cell + 'a>,
}

impl Table {
    /// The same with this name for readers.
    #[must_use]
    pub fn labelled(self, label: impl Into<String>) -> Table {
        Table { label: label.into(), ..self }
    }

    /// The same with its numbers as a person wants to see them. Their values stay as they are.
    #[must_use]
    pub fn in_form(&self, form: Form) -> Table {
        let mut table = self.clone();
        if form.is_usual() {
            return table;
        }
        for row in &mut table.rows {
            for (cell, head) in row.iter_mut().zip(&self.columns) {
                let digits = match head.kind {
                    Kind::Number(digits) => digits,
                    Kind::Text => None,
                };
                *cell = match *cell {
                    Cell::Number(value, State::Value) => {
                        Cell::Share { value, text: form.number(value, digits) }
                    }
                    Cell::Count(n) => Cell::Share { value: n as f64, text: form.count(n) },
                    _ => continue,
                };
            }
        }
        table
    }

    /// The same without columns in which nothing stands.
    #[must_use]
    pub fn without_empty_columns(&self) -> Table {
        let is_there = |column: &usize| self.rows.iter().any(|row| !row[*column].is_empty());
        let there: Vec<usize> = (0..self.columns.len()).filter(is_there).collect();
        self.with_columns(&there)
    }

    /// The same with some of its columns, in this order.
    #[must_use]
    pub fn with_columns(&self, columns: &[usize]) -> Table {
        let of = |row: &Vec<Cell>| columns.iter().map(|&k| row[k].clone()).collect();
        Table {
            columns: columns.iter().map(|&k| self.columns[k].clone()).collect(),
            rows: self.rows.iter().map(of).collect(),
            name: self.name.clone(),
            label: self.label.clone(),
        }
    }

    /// Whether numbers stand in a column: it is aligned to the right, and a file has it as numbers.
    pub fn is_numeric(&self, column: usize) -> bool {
        matches!(self.columns[column].kind, Kind::Number(_))
    }
}

impl<'a, R> Columns<'a, R> {
    /// No column yet.
    pub fn new() -> Self {
        Columns(Vec::new())
    }

    /// A column of texts or tiers.
    #[must_use]
    pub fn text<C: Into<Cell>>(
        self,
        key: impl Into<String>,
        label: impl Into<String>,
        cell: impl Fn(&R) -> C + 'a,
    ) -> Self {
        self.and(key.into(), label.into(), Kind::Text, cell)
    }

    /// A column of numbers.
    #[must_use]
    pub fn number<C: Into<Cell>>(
        self,
        key: impl Into<String>,
        label: impl Into<String>,
        cell: impl Fn(&R) -> C + 'a,
    ) -> Self {
        self.and(key.into(), label.into(), Kind::Number(None), cell)
    }

    fn and<C: Into<Cell>>(
        mut self,
        key: String,
        label: String,
        kind: Kind,
        cell: impl Fn(&R) -> C + 'a,
    ) -> Self {
        let head = Head { key, label, kind, importance: Importance::Usual };
        let cell = Box::new(move |row: &R| cell(row).into());
        self.0.push(Column { head, only_for: None, is_there: true, cell });
        self
    }

    /// The numbers of the last column are shown to readers with so many decimals.
    #[must_use]
    pub fn digits(mut self, digits: usize) -> Self {
        self.last().head.kind = Kind::Number(Some(digits));
        self
    }

    /// The last column is this important; the first one of a table is its key if no other is.
    #[must_use]
    pub fn importance(mut self, importance: Importance) -> Self {
        self.last().head.importance = importance;
        self
    }

    /// Only this reader sees the last column.
    #[must_use]
    pub fn only_for(mut self, reader: Reader) -> Self {
        self.last().only_for = Some(reader);
        self
    }

    /// The last column is there where `condition` holds.
    #[must_use]
    pub fn only_if(mut self, condition: bool) -> Self {
        self.last().is_there &= condition;
        self
    }

    /// The table of these rows, with the columns that `reader` sees.
    pub fn table(
        self,
        name: impl Into<String>,
        reader: Reader,
        rows: impl IntoIterator<Item = R>,
    ) -> Table {
        let is_seen = |column: &Column<'_, R>| {
            column.is_there && column.only_for.is_none_or(|only| only == reader)
        };
        let columns: Vec<_> = self.0.into_iter().filter(is_seen).collect();
        let cells = |row: R| columns.iter().map(|column| (column.cell)(&row)).collect();
        let rows = rows.into_iter().map(cells).collect();
        let mut columns: Vec<Head> = columns.into_iter().map(|column| column.head).collect();
        if columns.iter().all(|head| head.importance != Importance::Key)
            && let Some(first) = columns.first_mut()
        {
            first.importance = Importance::Key;
        }
        let name = name.into();
        Table { label: name.clone(), name, columns, rows }
    }

    fn last(&mut self) -> &mut Column<'a, R> {
        self.0.last_mut().expect("a column stands before what is said about it")
    }
}

impl<R> Default for Columns<'_, R> {
    fn default() -> Self {
        Columns::new()
    }
}

impl Cell {
    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.is_empty(),
            _ => false,
        }
    }

    /// A number that is there.
    pub fn number(x: f64) -> Self {
        Cell::Number(x, State::Value)
    }

    /// A number, missing where it is NaN.
    pub fn number_or_missing(x: f64) -> Self {
        Cell::Number(x, if x.is_nan() { State::Missing } else { State::Value })
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Cell::Text(text.clone())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<f64> for Cell {
    fn from(x: f64) -> Self {
        Cell::number(x)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Cell::Count(count)
    }
}

/// Nothing is an empty cell.
impl<C: Into<Cell>> From<Option<C>> for Cell {
    fn from(cell: Option<C>) -> Self {
        cell.map_or(Cell::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_chosen_by_who_reads() {
        let table = |reader, rated| {
            Columns::new()
                .text("code", "Code", |row: &(&'static str, f64)| row.0)
                .number("rate", "Rate", |row| Cell::number(row.1))
                .digits(2)
                .only_if(rated)
                .number("n", "n", |_| 3)
                .only_for(Reader::Files)
                .text("mark", "", |_| "*")
                .only_for(Reader::People)
                .table("t", reader, [("a", 0.5)])
        };
        let keys = |t: &Table| t.columns.iter().map(|c| c.key.clone()).collect::<Vec<_>>();
        let (people, files) = (table(Reader::People, false), table(Reader::Files, true));
        assert_eq!(keys(&people), ["code", "mark"]);
        assert_eq!(keys(&files), ["code", "rate", "n"]);
        assert_eq!(people.rows, [[Cell::from("a"), Cell::from("*")]]);
        assert_eq!(files.rows, [[Cell::from("a"), Cell::number(0.5), Cell::Count(3)]]);
        assert_eq!((0..3).map(|k| files.is_numeric(k)).collect::<Vec<_>>(), [false, true, true]);
        assert_eq!(files.columns[1].kind, Kind::Number(Some(2)));
    }
}
