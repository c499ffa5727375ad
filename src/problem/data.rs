//! What can be wrong with the files of data.

use quanheng_core::model::PeriodKind;

use crate::gate::bounds::Beyond;

/// Kinds of faults in data files.
#[derive(Clone, Debug, PartialEq)]
pub enum DataFault {
    /// Bytes that are not text in the encoding.
    BadText {
        /// The encoding in which most of the file could be read.
        encoding: &'static str,
        /// Whether the project states it.
        stated: bool,
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
        /// Whether a zero byte was met, as in UTF-16 without a byte order mark.
        zero: bool,
    },
    /// A file whose encoding is not stated and cannot be judged.
    UnsureEncoding {
        /// How its first names read.
        readings: Vec<Reading>,
    },
    /// A file that begins with the byte order mark of another encoding than the one that is stated.
    OtherMark {
        /// The encoding of the mark.
        mark: &'static str,
        /// The label that is stated.
        stated: String,
    },
    /// A file without a header.
    Empty,
    /// A header that can be split in two ways.
    Delimiters {
        /// The delimiters that are equally frequent.
        found: Vec<char>,
    },
    /// A column without a name that has something below it, or stands between others.
    UnnamedColumn {
        /// The column, from 1.
        column: usize,
    },
    /// Two columns of one name.
    RepeatedColumn {
        /// The name.
        name: String,
    },
    /// A line with fewer or more cells than the header.
    Ragged {
        /// How many the header has.
        expected: usize,
        /// How many there are.
        found: usize,
        /// Over how many lines the record goes: many, where a quotation mark is not closed.
        lines: usize,
    },
    /// A workbook that cannot be read.
    Workbook {
        /// What its reader says.
        reason: String,
    },
    /// A file that is larger than files of data may be.
    Beyond(Beyond),
    /// A sheet that the workbook does not have.
    NoSheet {
        /// The one asked for.
        sheet: String,
        /// Those there are.
        sheets: Vec<String>,
    },
    /// Several sheets from which the values could be read.
    SeveralSheets {
        /// Their names.
        sheets: Vec<String>,
    },
    /// Only a hidden sheet has what is looked for.
    HiddenSheet {
        /// Its name.
        sheet: String,
    },
    /// Several sheets for a table that is read from one.
    OneSheet {
        /// Those that are stated.
        sheets: Vec<String>,
    },
    /// A row of the header or of the units that the file does not have.
    NoRow {
        /// The row.
        row: u32,
        /// The last one there is.
        last: usize,
    },
    /// A row of the header that is stated as the row of the units too.
    UnitsInHeader {
        /// The row.
        row: u32,
    },
    /// A title where the header is looked for.
    HeaderElsewhere {
        /// The rows that are probably the header; none where nobody can tell.
        rows: Vec<u32>,
    },
    /// Columns that should be named by periods, and none is.
    NoPeriodHeads {
        /// The heads.
        columns: Vec<String>,
    },
    /// What a column says and the project file states too.
    SaidTwice {
        /// The key.
        axis: &'static str,
    },
    /// A cell that a condition compares with a number, and that is none.
    NotComparable {
        /// The column.
        column: String,
        /// What the cell shows.
        shows: String,
    },
    /// A Parquet file that cannot be read.
    Parquet {
        /// What its reader says.
        reason: String,
    },
    /// A Parquet file, and a program built without Parquet.
    NoParquet,
    /// A column that must be there and is not.
    NoColumn {
        /// The name looked for.
        name: String,
        /// What the column is for: a key of `[data]` or the column of a fixed table.
        role: &'static str,
        /// Whether a key of `[data]` can name another column.
        is_key: bool,
        /// Those there are.
        columns: Vec<String>,
        /// The one that looks most like it.
        near: Option<String>,
    },
    /// Some tables have a period column, and this one has none.
    NoPeriodHere {
        /// The name of the column in the others.
        name: String,
    },
    /// Labels of periods of two kinds.
    PeriodsMixed {
        /// A label and its kind.
        first: (String, PeriodKind),
        /// One of another kind.
        second: (String, PeriodKind),
    },
    /// A label of a period with two meanings.
    PeriodAmbiguous {
        /// The label.
        label: String,
        /// What it can mean.
        meanings: [String; 2],
    },
    /// A cell that must hold something and is blank.
    Blank {
        /// The column.
        column: String,
    },
    /// A cell that holds an error of the spreadsheet, or a formula without its result, where text should be.
    BadCell {
        /// What it shows.
        shows: String,
        /// What stands in the way.
        why: Unread,
    },
    /// A region that a table of neighbours names as its own neighbour.
    OwnNeighbour {
        /// Its code.
        code: String,
    },
    /// Two rows of a table of neighbours about the same two regions, with different weights.
    NeighboursTwice {
        /// The code of the region.
        region: String,
        /// The code of its neighbour.
        neighbour: String,
    },
    /// A weight of a table of neighbours that is not a number above 0.
    WeightOfNeighbour {
        /// The code of the region.
        region: String,
        /// The code of its neighbour.
        neighbour: String,
        /// What the cell shows.
        shows: String,
    },
    /// A region that is listed twice.
    RepeatedRegion {
        /// Its code.
        code: String,
    },
    /// A mapping without the columns `from` and `to`.
    MappingColumns {
        /// The columns that there are.
        columns: Vec<String>,
    },
    /// A code that a mapping gives two counterparts.
    MappedTwice {
        /// The code.
        code: String,
    },
    /// A code that a spreadsheet has written as a number with an exponent.
    LostDigits {
        /// What is left of it.
        code: String,
    },
    /// Region codes that the table of regions does not have, all of one file together.
    UnknownRegions {
        /// The codes; not all where there are very many.
        codes: Vec<UnknownRegion>,
        /// How many different ones there are.
        count: usize,
        /// How many rows have one.
        rows: usize,
        /// Whether they are names of regions, in a file whose rows are matched by codes; with the bundled table that
        /// has these names, where the table of regions has not.
        are_names: Option<Option<&'static str>>,
    },
    /// Names that several regions have, all of one file together.
    AmbiguousRegions {
        /// The names; not all where there are very many.
        names: Vec<AmbiguousRegion>,
        /// How many different ones there are.
        count: usize,
    },
    /// Two rows for one region and period.
    RepeatedRow {
        /// The region.
        region: String,
        /// The period; empty where there is but one.
        period: String,
    },
    /// Two values for one region, period and indicator.
    RepeatedCell {
        /// The region.
        region: String,
        /// The period; empty where there is but one.
        period: String,
        /// The indicator.
        indicator: String,
    },
    /// A cell that is neither a number nor a stated marker.
    NotANumber {
        /// The indicator.
        indicator: String,
        /// The region.
        region: String,
        /// The period; empty where there is but one.
        period: String,
        /// What the cell shows.
        shows: String,
        /// What stands in the way.
        why: Unread,
    },
    /// A cell of a record that holds no time.
    BadTime {
        /// The column.
        column: String,
        /// What it shows.
        shows: String,
        /// Whether it is a date without the time of day, which the windows need.
        has_date: bool,
    },
    /// A cell of a record whose grade has no credit.
    UnknownGrade {
        /// The column.
        column: String,
        /// What it shows.
        shows: String,
        /// The grades that have one.
        known: Vec<String>,
    },
    /// A cell of a record that should hold a number.
    BadNumber {
        /// The column.
        column: String,
        /// What it shows.
        shows: String,
        /// What stands in the way.
        why: Unread,
    },
    /// Two records with one key.
    RepeatedRecord {
        /// The column of keys.
        column: String,
        /// The key.
        key: String,
    },
    /// Two codes of one coder for one cell.
    CodedTwice {
        /// The coder.
        coder: String,
        /// The region.
        region: String,
        /// The period; empty where there is but one.
        period: String,
        /// The indicator.
        indicator: String,
    },
    /// A coder who has coded nothing.
    NoSuchCoder {
        /// The name.
        name: String,
        /// Those who have.
        known: Vec<String>,
    },
    /// Cells whose coders disagree, where no rule gives them a value.
    Disagreements {
        /// The cells, each with its codes; not all where there are very many.
        cells: Vec<String>,
        /// How many there are.
        count: usize,
    },
    /// A measure with the name of a column of values, or of another measure.
    MeasureTwice {
        /// Its name.
        name: String,
    },
    /// A sum that is larger than numbers are.
    SumTooLarge {
        /// The measure.
        measure: String,
    },
    /// More problems like one that was shown.
    More {
        /// How many more.
        count: usize,
        /// One of them.
        like: Box<DataFault>,
    },
}

/// A code that no region has.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownRegion {
    /// The code as written.
    pub code: String,
    /// The region that is probably meant.
    pub near: Option<KnownRegion>,
}

/// A name that several regions have.
#[derive(Clone, Debug, PartialEq)]
pub struct AmbiguousRegion {
    /// The name as written.
    pub name: String,
    /// The regions.
    pub of: Vec<KnownRegion>,
}

/// A region as a message shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRegion {
    /// Its code.
    pub code: String,
    /// Its name; empty where it has none.
    pub name: String,
}

/// How names of a file read in one encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The label of the encoding.
    pub encoding: String,
    /// The names.
    pub names: Vec<String>,
}

/// Why a cell is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Blank, where blank is not a stated marker.
    Blank,
    /// A comma, point or blank between digits that would be right as a thousands separator or as a decimal mark.
    Separator {
        /// The separator.
        mark: char,
        /// Whether it could group thousands.
        thousands: bool,
        /// Whether it could be the decimal mark.
        decimal: bool,
    },
    /// A number with something beside it, which is not stated to be a mark.
    Mark {
        /// Its first character, from 0.
        from: usize,
        /// The character behind its last one.
        to: usize,
    },
    /// A percent sign, and the project does not say what it means.
    Percent,
    /// A number that may be a percentage, in a file that does not say how its numbers are shown.
    NoFormat,
    /// Infinite, too large, or "not a number" spelt out.
    NotFinite,
    /// An error value of a spreadsheet.
    Spreadsheet,
    /// A formula whose result was never stored.
    Formula,
    /// A date or a time.
    Date,
    /// True or false.
    Truth,
    /// Any other text.
    Text,
}
