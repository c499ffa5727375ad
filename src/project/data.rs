//! The `[data]` section: which files, and how they are written.

use quanheng_core::method::{ABOVE_ZERO, choice};
use quanheng_core::model::{Names, State};

use super::condition::row_filter;
use super::neighbours::NeighbourKeys;
use super::reader::Page;
use super::table::{
    At, By, Character, Files, HeaderRows, Label, Named, One, OneFile, Percents, Rows, Texts, plain,
    table,
};
use crate::data::encoding::Encoding;
use crate::data::file::{Format, Input};
use crate::data::frame::Axis;
use crate::data::layout::{Columns, Layout};
use crate::data::names::Match;
use crate::data::names::bundled::Table;
use crate::data::number::{Notation, Percent};
use crate::data::table::{Numbers, ValueFile};
use crate::gate::Folder;

table! {
    /// `[data]`
    pub(super) struct DataKeys {
        /// The table of regions: `code`, `name`, `name_LANGUAGE`, and any further columns, which are kept as attributes.
        /// Without it, every code in the table of values is a region. With it, a region without a row in the values, in
        /// all periods or in some, is one whose cells are all missing there, and the imputation deals with them as with
        /// those of an empty row. Where the imputation fills nothing, the region is left out of the period and listed as
        /// left out; only with imputation = "fail" and data of a single period is it an error. Which regions take part is
        /// stated by the condition of a league (`where`) or by `screening`. A file, or a table with the key `file` and
        /// keys that say how the table lies in it.
        regions: Option<OneFile<RegionFileKeys>>,
        /// A table of names that comes with the program: `china` (provinces, prefectures, and what stands directly under
        /// a province), `china-provinces`, `china-prefectures` (with the four municipalities), each by the codes of GB/T
        /// 2260, or `countries` by the codes of ISO 3166. With `match = "name"` its names are keys beside those of the
        /// table of regions. Without a table of regions, its regions are those of the project, as far as rows name them.
        names: Option<At<Table>>,
        /// The table of neighbours, for methods, scripts and analyses that look at the neighbours of a region: a file, or a
        /// table with the key `file`. A row says that two regions are neighbours of each other.
        neighbours: Option<OneFile<NeighbourKeys>>,
        /// The table of values, or a list of tables. It can be left out where there are `[records]` or a
        /// `[coding]`.
        values: Option<Files<FileKeys>>,
        /// How the data were made, if nobody measured them: a text, or a table of texts by language. Every command that
        /// shows results says then that they are illustrative, and how they were made.
        illustrative: Option<Names>,
        /// Which rows of the tables of values are read: a condition on columns, such as `ref_year >= 2019 and status != 'estimate'`.
        r#where: Option<At<String>>,
        ..written: WrittenKeys,
    }
}

table! {
    /// A table of values that is written in a way of its own.
    pub(super) struct FileKeys {
        /// The file.
        file: String,
        /// Which rows are read: a condition on columns, such as `ref_year >= 2019 and status != 'estimate'`.
        r#where: Option<At<String>>,
        ..written: WrittenKeys,
    }
}

table! {
    /// A table of regions that is written in a way of its own.
    pub(super) struct RegionFileKeys {
        /// The file.
        file: At<String>,
        /// The column of codes, where none is called `code`; that of `[data]` unless stated.
        region: Option<String>,
        /// Columns that are numbers, such as the population, written as `[data]` says of its values; covariates and other
        /// figures from outside can be read from them.
        numbers: Option<Texts>,
        /// Which rows are read: a condition on columns, such as `ref_year >= 2019 and status != 'estimate'`.
        r#where: Option<At<String>>,
        ..lies: FrameKeys,
    }
}

table! {
    /// A tree that is written in a way of its own.
    pub(super) struct TreeFileKeys {
        /// The file.
        file: At<String>,
        /// Which rows are read: a condition on columns, such as `ref_year >= 2019 and status != 'estimate'`.
        r#where: Option<At<String>>,
        ..lies: FrameKeys,
    }
}

table! {
    /// How a table lies in its file.
    pub(super) struct FrameKeys {
        /// The sheet of an xlsx, xls or ods file, or a list of sheets. Unless stated, it is the only sheet that a person
        /// sees and that has the columns.
        sheet: Option<Texts>,
        /// The row of the header, as the file counts its rows from 1; the first row that is not blank unless stated. For
        /// a list of rows, the texts of a column are joined with a blank between them. A table such as
        /// `{ indicator = 2, period = 3 }` says what each row names.
        header: Option<HeaderRows>,
        /// Rows that do not belong to the table: their numbers, or texts with which they begin, such as `全国`.
        skip: Option<Rows>,
        /// Texts such as `注` or `Source`: the table ends before the first row that begins with one of them.
        end: Option<Texts>,
        /// Columns in which a blank cell has the text of the cell above. Merged cells of a workbook need no such key: each
        /// of them has the value.
        fill_down: Option<Texts>,
        /// The heads of the columns that are read; all unless stated.
        columns: Option<Texts>,
        /// New names of columns: `{ gdp = "地区生产总值(亿元)" }`.
        rename: By<String>,
        /// How the file is encoded: `gb18030`, `big5`, `shift_jis`, `euc-kr`, `windows-1251`, or any other label that
        /// browsers know. Unless stated, the byte order mark decides, then strict UTF-8; what is neither is judged, and
        /// refused if the judgement is not sure. What `[data]` states holds for trees and other tables that are not UTF-8.
        encoding: Option<Encoding>,
        /// What stands between the cells of a line: `,`, `;` or a tab. Unless stated, the header decides.
        delimiter: Option<Delimiter>,
    }
}

table! {
    /// How tables of values are written.
    pub(super) struct WrittenKeys {
        /// Whether a table of values has a column an indicator (`wide`), a row a value with the columns region, period,
        /// indicator and value (`long`), a column a period (`periods_across`), or a column a region (`regions_across`).
        /// Unless stated, the header decides between the first two.
        layout: Option<Layout>,
        /// The column of region codes; `region` unless stated. It is also that of the table of regions, if that has no
        /// column `code`.
        region: Option<String>,
        /// By what the rows say which region they are about: by its code, or with `name` also by its names and aliases, in
        /// any language, in full or without an ending such as 省, 市 or 自治区. A name that fits several regions is refused.
        r#match: Option<Match>,
        /// The column of the province or city in which the region lies, by its code or name, for names that several
        /// regions have, such as 鼓楼区.
        parent: Option<String>,
        /// The column of periods; `period` unless stated. A table without one is one period. Years, months, days and
        /// so on are read in many forms (see below).
        period: Option<String>,
        /// The column of indicator codes, in a long table or beside periods or regions across; `indicator` unless stated.
        indicator: Option<String>,
        /// The column of values in a long table; `value` unless stated.
        value: Option<String>,
        /// What holds for all values of a table: `{ indicator = "gdp" }`, `{ period = 2019 }`.
        constant: Option<ConstantKeys>,
        /// What the names of the sheets say: `period` for a sheet a year, `region` or `indicator`. All sheets that a person
        /// sees are read then, unless `sheet` lists some.
        sheet_names: Option<Axis>,
        /// What is put before the name of each indicator, so that two files can have the same names.
        prefix: Option<String>,
        /// The row that holds the units of the columns, as the file counts its rows. They are the units of indicators that
        /// have none in the tree.
        units: Option<u32> [1, 1_048_576],
        /// The decimal mark; a full stop unless stated. It is never guessed.
        decimal: Option<Decimal>,
        /// The one character that may stand between groups of three digits; none unless stated.
        thousands: Option<At<Character>>,
        /// What a percent sign means, also that of a spreadsheet's format: with `fraction`, 12% is 0.12; with `points`, it
        /// is 12. Unless stated, a percent sign is refused. A table such as `{ rate = "points" }` states it for some
        /// indicators.
        percent: Option<Percents>,
        /// What may stand before or behind a number, and by what the number is multiplied then: 1 for a mark of a
        /// footnote, 10000 for 万. Unless stated, anything beside a number is refused.
        marks: By<At<f64>> [ABOVE_ZERO, f64::INFINITY],
        /// What stands in cells without a value.
        states: Option<StatesKeys>,
        ..lies: FrameKeys,
    }
}

table! {
    /// What holds for all values of a table.
    pub(super) struct ConstantKeys {
        /// The code of the region.
        region: Option<Label>,
        /// The period.
        period: Option<Label>,
        /// The indicator.
        indicator: Option<Label>,
    }
}

table! {
    /// What stands in cells without a value.
    pub(super) struct StatesKeys {
        /// A value should be there and is not known. Unless stated, the blank cell means this.
        missing: Texts = Texts::of(&[""]),
        /// The question does not arise for this region.
        not_applicable: Texts = Texts::of(&[]),
        /// A value exists and was not given out.
        withheld: Texts = Texts::of(&[]),
    }
}

choice! {
    /// What stands between the cells of a line.
    pub(super) enum Delimiter {
        Comma = ",",
        Semicolon = ";",
        Tab = "\t",
    }
}

choice! {
    /// The decimal mark.
    pub(super) enum Decimal {
        Point = ".",
        Comma = ",",
    }
}

plain!(Layout, Match, Table, Delimiter, Decimal, Percent, Axis);

/// The files of data as the project states them.
#[derive(Debug)]
pub(super) struct Sources {
    pub(super) regions: Option<RegionFile>,
    /// The bundled table whose names are keys.
    pub(super) names: Option<Table>,
    pub(super) values: Vec<ValueFile>,
    /// How tables other than those of values are written.
    pub(super) format: Format,
}

/// The table of regions.
#[derive(Debug)]
pub(super) struct RegionFile {
    pub(super) input: Input,
    pub(super) format: Format,
    /// The column of codes, where none is called `code`.
    pub(super) region: Option<String>,
    /// The columns that are numbers.
    pub(super) numbers: Numbers,
}

/// The folder of the project, and what `[data]` says of the files in it.
#[derive(Debug)]
pub(super) struct ProjectFolder {
    pub(super) folder: Folder,
    /// What `[data]` states of its files, which those that are not UTF-8 have too.
    pub(super) encoding: Option<Encoding>,
}

impl ProjectFolder {
    /// A file of the project.
    pub(super) fn input(&self, name: &str) -> Input {
        let mut input = Input::below(&self.folder, name);
        input.encoding = self.encoding;
        input
    }
}

impl std::ops::Deref for ProjectFolder {
    type Target = Folder;

    fn deref(&self) -> &Folder {
        &self.folder
    }
}

impl DataKeys {
    /// The files, with what a variant of the data states in their place.
    pub(super) fn sources(
        &self,
        page: &Page,
        folder: &ProjectFolder,
        variant: Option<&Variant<'_>>,
    ) -> Sources {
        let mut common = Form::default();
        common.state(page, &self.written);
        state_filter(page, self.r#where.as_ref(), &mut common.format);
        if let Some(variant) = variant {
            common.state(page, variant.written);
        }
        let regions = variant.and_then(|v| v.regions).or(self.regions.as_ref());
        let values = variant.and_then(|v| v.values).or(self.values.as_ref());
        // Where the header of the values is says nothing of other tables.
        let Format { encoding, delimiter, .. } = common.format;
        let of_others = Format { encoding, delimiter, ..Format::default() };
        let region_file = |OneFile(named): &OneFile<RegionFileKeys>| {
            let (name, format, region, numbers) = match named {
                Named::Name(name) => (name, of_others.clone(), None, None),
                Named::Table(keys) => {
                    let mut format = of_others.clone();
                    keys.lies.state(&mut format);
                    state_filter(page, keys.r#where.as_ref(), &mut format);
                    (&keys.file.value, format, keys.region.clone(), keys.numbers.as_ref())
                }
            };
            let region = region.or_else(|| common.columns.region.clone());
            let numbers = Numbers {
                columns: numbers.map(Texts::values).unwrap_or_default(),
                notation: common.notation.clone(),
            };
            RegionFile { input: folder.input(name), format, region, numbers }
        };
        let value_file = |named: &Named<FileKeys>| {
            let (name, form) = match named {
                Named::Name(name) => (name, common.clone()),
                Named::Table(table) => {
                    let mut form = common.clone();
                    form.state(page, &table.written);
                    state_filter(page, table.r#where.as_ref(), &mut form.format);
                    (&table.file, form)
                }
            };
            let Form { format, columns, notation, matching } = form;
            let matching = matching.unwrap_or_default();
            let input = folder.input(name);
            ValueFile { input, format, columns, notation, matching, is_result: false }
        };
        Sources {
            regions: regions.map(region_file),
            names: self.names.as_ref().map(|names| names.value),
            values: values.iter().flat_map(|values| &values.0).map(value_file).collect(),
            // The folder says what they are if they are not UTF-8.
            format: Format { encoding: None, ..of_others.clone() },
        }
    }
}

/// What a variant of the data states in place of `[data]`.
#[derive(Debug)]
pub(super) struct Variant<'a> {
    pub(super) regions: Option<&'a OneFile<RegionFileKeys>>,
    pub(super) values: Option<&'a Files<FileKeys>>,
    pub(super) written: &'a WrittenKeys,
}

/// How one file is written.
#[derive(Clone, Debug, Default)]
struct Form {
    format: Format,
    columns: Columns,
    notation: Notation,
    matching: Option<Match>,
}

fn put<T: Clone>(slot: &mut Option<T>, stated: &Option<T>) {
    if stated.is_some() {
        slot.clone_from(stated);
    }
}

/// What a table states in place of what held before.
fn instead<T, U>(slot: &mut T, stated: Option<&U>, of: impl FnOnce(&U) -> T) {
    if let Some(stated) = stated {
        *slot = of(stated);
    }
}

fn texts(texts: &Texts) -> Vec<String> {
    texts.0.iter().map(|text| text.value.clone()).collect()
}

impl FrameKeys {
    /// Takes over what is stated, and leaves the rest as it is.
    pub(super) fn state(&self, format: &mut Format) {
        put(&mut format.encoding, &self.encoding);
        put(&mut format.delimiter, &self.delimiter.map(|d| d.word().as_bytes()[0]));
        instead(&mut format.sheets, self.sheet.as_ref(), texts);
        let frame = &mut format.frame;
        instead(&mut frame.header, self.header.as_ref(), |rows| rows.0.clone());
        instead(&mut frame.skip, self.skip.as_ref(), |rows| rows.0.clone());
        instead(&mut frame.end, self.end.as_ref(), texts);
        instead(&mut frame.fill_down, self.fill_down.as_ref(), texts);
        instead(&mut frame.columns, self.columns.as_ref(), |columns| Some(texts(columns)));
        if !self.rename.0.is_empty() {
            let name = |one: &One<String>| Some((one.code.clone(), one.table.clone()?));
            frame.rename = self.rename.0.iter().filter_map(name).collect();
        }
    }
}

/// Takes over a condition on rows.
pub(super) fn state_filter(page: &Page, stated: Option<&At<String>>, format: &mut Format) {
    if let Some(text) = stated {
        format.frame.filter = row_filter(page, text).or(format.frame.filter.take());
    }
}

impl Form {
    /// Takes over what is stated, and leaves the rest as it is.
    fn state(&mut self, page: &Page, written: &WrittenKeys) {
        let Form { format, columns, notation, matching } = self;
        put(matching, &written.r#match);
        put(&mut columns.parent, &written.parent);
        put(&mut columns.layout, &written.layout);
        put(&mut columns.region, &written.region);
        put(&mut columns.period, &written.period);
        put(&mut columns.indicator, &written.indicator);
        put(&mut columns.value, &written.value);
        if let Some(prefix) = &written.prefix {
            columns.prefix.clone_from(prefix);
        }
        if let Some(constant) = &written.constant {
            let of = [
                (Axis::Region, &constant.region),
                (Axis::Period, &constant.period),
                (Axis::Indicator, &constant.indicator),
            ];
            let stated = |(axis, label): (Axis, &Option<Label>)| Some((axis, label.clone()?.0));
            columns.constant = of.into_iter().filter_map(stated).collect();
        }
        written.lies.state(format);
        put(&mut format.sheets_say, &written.sheet_names);
        put(&mut format.frame.units, &written.units);
        match &written.percent {
            None => {}
            Some(Percents::All(percent)) => notation.percent = Some(*percent),
            Some(Percents::Of(by)) => {
                let of = |one: &One<Percent>| Some((one.code.clone(), one.table?));
                notation.percents = by.0.iter().filter_map(of).collect();
            }
        }
        if !written.marks.0.is_empty() {
            let mark = |one: &One<At<f64>>| Some((one.code.clone(), one.table.as_ref()?.value));
            notation.marks = written.marks.0.iter().filter_map(mark).collect();
        }
        if let Some(decimal) = written.decimal {
            notation.decimal = match decimal {
                Decimal::Point => '.',
                Decimal::Comma => ',',
            };
        }
        if let Some(mark) = &written.thousands {
            notation.thousands = Some(mark.value.0);
            if mark.value.0 == notation.decimal {
                page.fault(&mark.span, crate::problem::ProjectFault::MarksAlike);
            }
        }
        if let Some(StatesKeys { missing, not_applicable, withheld }) = &written.states {
            let states = [
                (missing, State::Missing),
                (not_applicable, State::NotApplicable),
                (withheld, State::Withheld),
            ];
            let of = |(texts, state): (&Texts, State)| {
                texts.0.iter().map(move |text| (text.value.clone(), state)).collect::<Vec<_>>()
            };
            notation.states = states.into_iter().flat_map(of).collect();
        }
    }
}
