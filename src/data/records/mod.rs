//! Records: rows of single cases, which are counted and added up into the cells of regions and periods.

pub(in crate::data) mod tally;
pub mod time;
pub mod window;

use super::file::{Format, Input};
use super::frame::Filter;
use super::names::Match;
use super::number::Notation;
use time::TimeFormat;
use window::Windows;

/// A table of records, in one file or several.
#[derive(Clone, Debug)]
pub struct Records {
    /// Its name in the project.
    pub code: String,
    /// The files, which have the same columns.
    pub inputs: Vec<Input>,
    /// Their form.
    pub format: Format,
    /// How they write numbers.
    pub notation: Notation,
    /// The columns of regions: a record counts for the region in each of them.
    pub regions: Vec<String>,
    /// A region for which every record counts.
    pub whole: Option<String>,
    /// By what the rows say which region they are about.
    pub matching: Match,
    /// Which period a record counts for.
    pub account: Account,
    /// Which records count at all.
    pub filter: Option<Filter>,
    /// The column in which no two records have the same text.
    pub unique: Option<String>,
    /// What is made of them.
    pub measures: Vec<Measure>,
}

/// Which period a record counts for.
#[derive(Clone, Debug, PartialEq)]
pub enum Account {
    /// There is one period.
    One,
    /// The one in a column.
    Column(String),
    /// Those in whose windows its time lies.
    Time {
        /// The column of times.
        column: String,
        /// How they are written.
        format: TimeFormat,
        /// The windows.
        windows: Windows,
        /// The labels of the periods that are kept; all unless stated.
        only: Option<Vec<String>>,
    },
}

impl Account {
    /// The column that says when a record was.
    pub(super) fn column(&self) -> Option<&str> {
        match self {
            Account::One => None,
            Account::Column(column) | Account::Time { column, .. } => Some(column),
        }
    }
}

quanheng_core::method::choice! {
    /// What is made of records.
    pub enum Kind {
        /// How many there are.
        Count = "count",
        /// How many of some others these are, each with its credit.
        Share = "share",
        /// The sum of their numbers or credits.
        Sum = "sum",
        /// The mean of their numbers or credits.
        Mean = "mean",
    }
}

quanheng_core::method::choice! {
    /// What a share or a mean of no records is.
    #[derive(Default)]
    pub enum Empty {
        /// Not applicable.
        #[default]
        NotApplicable = "not_applicable",
        /// Missing.
        Missing = "missing",
        /// 0.
        Zero = "zero",
    }
}

/// What is made of the records of a region and period: a column of the data.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its name, which is that of the column.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Which records a share is of; all unless stated.
    pub of: Option<Filter>,
    /// Which records count; all (of them) unless stated.
    pub filter: Option<Filter>,
    /// The column of numbers or grades.
    pub column: Option<String>,
    /// What each grade counts; nothing for a column of numbers.
    pub credit: Vec<(String, f64)>,
    /// What it is without records.
    pub empty: Empty,
}

/// What a cell is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// The measure.
    pub measure: Measure,
    /// The names of the files.
    pub files: Vec<String>,
    /// How many records count.
    pub count: u64,
    /// How many records a share is of, or a mean is made of; for others, those that count.
    pub base: u64,
    /// How many records have each grade, in the order of the credits.
    pub grades: Vec<u64>,
    /// The first records that count: where they stand, and what their cells show.
    pub first: Vec<(String, String)>,
}
