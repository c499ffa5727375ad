//! How a table lies in its file: where its header is, which rows and columns belong to it, and what they are called.

use std::fmt;
use std::sync::Arc;

use quanheng_core::method::choice;

choice! {
    /// What tells one value of a table from another.
    #[derive(PartialOrd, Ord, Hash)]
    pub enum Axis {
        /// Whose value it is.
        Region = "region",
        /// Of what time it is.
        Period = "period",
        /// What it measures.
        Indicator = "indicator",
    }
}

/// How a table lies in its file. Rows are counted as the file counts them: lines of a text, rows of a sheet, from 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// The rows of the header; the first row that is not blank unless stated.
    pub header: Vec<HeadRow>,
    /// The row that holds the units of the columns.
    pub units: Option<u32>,
    /// Rows that do not belong to the table.
    pub skip: Vec<Skip>,
    /// What the first row behind the table begins with.
    pub end: Vec<String>,
    /// Columns in which a blank cell has the text of the cell above.
    pub fill_down: Vec<String>,
    /// New names of columns: the new one, then the head.
    pub rename: Vec<(String, String)>,
    /// The heads of the columns that are read; all unless stated.
    pub columns: Option<Vec<String>>,
    /// Which rows are read.
    pub filter: Option<Filter>,
    /// Whether several columns may have one head.
    pub repeats: bool,
}

/// A row of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadRow {
    /// Its number.
    pub row: u32,
    /// What its cells name; nothing where the rows of the header together name the columns.
    pub says: Option<Axis>,
}

/// Rows that do not belong to a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// The row of this number.
    Row(u32),
    /// Rows that begin with a text.
    Text(String),
}

/// A condition on the rows of a table.
pub trait RowCondition: fmt::Debug + Send + Sync {
    /// The columns that it asks for.
    fn columns(&self) -> Vec<String>;

    /// Whether a row meets it, by what its cells show.
    ///
    /// # Errors
    /// The column whose cell cannot be compared with a number.
    fn holds(&self, cell: &dyn Fn(&str) -> String) -> Result<bool, String>;
}

/// Which rows of a table are read.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The condition as it is written.
    pub text: String,
    /// The condition.
    pub condition: Arc<dyn RowCondition>,
}

impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Take {
    /// It belongs to the table.
    Row,
    /// It does not; this is the position of what says so in [`Frame::skip`], if it is there.
    Skip(Option<usize>),
    /// The table has ended before it; this is the position of the mark in [`Frame::end`].
    End(usize),
}

impl Frame {
    /// Whether every record behind the header is a row as it stands.
    pub(super) fn takes_all(&self) -> bool {
        let marks = self.skip.is_empty() && self.end.is_empty() && self.units.is_none();
        marks && self.fill_down.is_empty() && self.filter.is_none()
    }

    /// What becomes of a row that begins with the text `first`.
    pub(super) fn take<'t>(&self, row: u32, first: impl FnOnce() -> Option<&'t str>) -> Take {
        if self.units == Some(row) || self.header.iter().any(|head| head.row == row) {
            return Take::Skip(None);
        }
        if self.skip.is_empty() && self.end.is_empty() {
            return Take::Row;
        }
        let first = first().map_or("", str::trim);
        if let Some(mark) = self.end.iter().position(|mark| first.starts_with(mark.as_str())) {
            return Take::End(mark);
        }
        let is_skipped = |skip: &Skip| match skip {
            Skip::Row(number) => *number == row,
            Skip::Text(text) => first.starts_with(text.as_str()),
        };
        match self.skip.iter().position(is_skipped) {
            None => Take::Row,
            at => Take::Skip(at),
        }
    }
}

/// The texts of a header that goes over several rows, put together by column: each text once.
pub(super) fn joined(rows: &[Vec<String>]) -> Vec<String> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let of = |column: usize| {
        let mut parts: Vec<&str> = Vec::new();
        for row in rows {
            let text = row.get(column).map_or("", |text| text.trim());
            if !text.is_empty() && parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        parts.join(" ")
    };
    (0..width).map(of).collect()
}

/// Gives blank cells of all rows of a header but the last the text to their left: a heading over several columns stands
/// in the first of them.
pub(super) fn spread(rows: &mut [Vec<String>]) {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for r in 0..rows.len().saturating_sub(1) {
        rows[r].resize(width, String::new());
        for column in 1..width {
            let below = rows[r + 1].get(column).is_some_and(|text| !text.trim().is_empty());
            if rows[r][column].trim().is_empty() && below {
                rows[r][column] = rows[r][column - 1].clone();
            }
        }
    }
}

/// The rows in which the header probably stands, where the first row has a single text, a title; none inside where
/// nobody can tell. It is the first row in which as many columns have a text of their own as in any row, none of them a
/// number, or the first two rows that have this together.
pub(super) fn likely_header(rows: &[(u32, Vec<String>)]) -> Option<Vec<u32>> {
    let texts = |row: &[String]| {
        let mut texts: Vec<&str> = row.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).collect();
        let count = texts.len();
        quanheng_core::number::sort_items(&mut texts, Ord::cmp);
        texts.dedup();
        (count, texts.len() == count)
    };
    let widest = rows.iter().map(|(_, row)| texts(row).0).max()?;
    let is_title = |row: &[String]| {
        let mut there = row.iter().map(|t| t.trim()).filter(|t| !t.is_empty());
        let one = there.next();
        there.all(|text| Some(text) == one)
    };
    if widest < 2 || !is_title(&rows.first()?.1) {
        return None;
    }
    // Years stand in headers too.
    let no_number = |text: &String| text.trim().parse::<f64>().map_or(true, |x| x > 1800.0);
    let is_header = |row: &[String]| texts(row) == (widest, true) && row.iter().all(no_number);
    let one = rows.iter().find(|(_, row)| is_header(row)).map(|(number, _)| vec![*number]);
    let two = || {
        let together = |pair: &&[(u32, Vec<String>)]| {
            let mut both = vec![pair[0].1.clone(), pair[1].1.clone()];
            spread(&mut both);
            let names = pair.iter().flat_map(|(_, row)| row).all(no_number);
            !is_title(&pair[0].1) && names && is_header(&joined(&both))
        };
        let pair = rows.windows(2).find(together)?;
        Some(vec![pair[0].0, pair[1].0])
    };
    Some(one.or_else(two).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|t| (*t).to_owned()).collect()).collect()
    }

    #[test]
    fn headers_of_several_rows() {
        let mut header =
            rows(&[&["地区", "经济", "", "社会"], &["", "GDP", "人均", "医院"], &["", "亿元"]]);
        spread(&mut header);
        assert_eq!(joined(&header), ["地区", "经济 GDP 亿元", "经济 人均", "社会 医院"]);
        assert_eq!(joined(&rows(&[&["地区"], &["地区"]])), ["地区"]);
    }

    #[test]
    fn rows_of_a_table() {
        let frame = Frame {
            units: Some(3),
            skip: vec![Skip::Row(5), Skip::Text("全国".into())],
            end: vec!["注".into()],
            ..Frame::default()
        };
        let take = |row, first: &'static str| frame.take(row, || Some(first));
        assert_eq!(take(3, "亿元"), Take::Skip(None));
        assert_eq!(take(4, "北京"), Take::Row);
        assert_eq!(take(5, "天津"), Take::Skip(Some(0)));
        assert_eq!(take(6, " 全国合计"), Take::Skip(Some(1)));
        assert_eq!(take(7, "注：本表"), Take::End(0));
    }

    #[test]
    fn a_title_is_no_header() {
        let of = |texts: &[&[&str]]| {
            let rows: Vec<_> = (1..).zip(rows(texts)).collect();
            likely_header(&rows)
        };
        let year: &[&str] = &["2023 年鉴", "", ""];
        assert_eq!(of(&[year, &["地区", "a", "b"], &["北京", "1", "2"]]), Some(vec![2]));
        assert_eq!(of(&[year, &["地区", "2022", "2023"], &["北京", "1", "2"]]), Some(vec![2]));
        let (top, below): (&[&str], &[&str]) =
            (&["地区", "a", "", "b", ""], &["", "2022", "2023", "2022", "2023"]);
        assert_eq!(of(&[year, top, below, &["北京", "1", "2", "3", "4"]]), Some(vec![2, 3]));
        assert_eq!(of(&[year, &["北京", "1", "2"]]), Some(vec![]));
        assert_eq!(of(&[&["地区", "a", "b"], &["北京", "1", "2"]]), None);
        assert_eq!(of(&[&["region"], &["01"], &["02"]]), None);
    }
}
