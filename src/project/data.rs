//! The `[data]` section: which files, and how they are written.

use std::path::{Path, PathBuf};

use quanheng_core::method::{ABOVE_ZERO, choice};
use quanheng_core::model::State;

use super::reader::Page;
use super::table::{At, By, Character, Files, Named, One, Texts, plain, table};
use crate::data::encoding::Encoding;
use crate::data::file::{Format, Input};
use crate::data::names::Match;
use crate::data::names::bundled::Table;
use crate::data::number::{Notation, Percent};
use crate::data::table::{Columns, Layout, ValueFile};

table! {
    /// `[data]`
    pub(super) struct DataKeys {
        /// The table of regions: `code`, `name`, `name_LANGUAGE`, and any further columns, which are kept as attributes.
        /// Without it, every code in the table of values is a region. With it, a region without a row in the values, in
        /// all periods or in some, is one whose cells are all missing there, and the imputation deals with them as with
        /// those of an empty row. Where the imputation fills nothing, the region is left out of the period and listed as
        /// left out; only with imputation = "fail" and data of a single period is it an error. Which regions take part is
        /// stated by the condition of a league (`where`) or by `screening`.
        regions: Option<String>,
        /// A table of names that comes with the program: `china` (provinces, prefectures, and what stands directly under
        /// a province), `china-provinces`, `china-prefectures` (with the four municipalities), each by the codes of GB/T
        /// 2260, or `countries` by the codes of ISO 3166. With `match = "name"` its names are keys beside those of the
        /// table of regions. Without a table of regions, its regions are those of the project, as far as rows name them.
        names: Option<At<Table>>,
        /// The table of values, or a list of tables.
        values: Files<FileKeys>,
        ..written: WrittenKeys,
    }
}

table! {
    /// A table of values that is written in a way of its own.
    pub(super) struct FileKeys {
        /// The file.
        file: String,
        ..written: WrittenKeys,
    }
}

table! {
    /// How files of data are written.
    pub(super) struct WrittenKeys {
        /// Whether a table of values has a column an indicator (`wide`), or a row a value with the columns region,
        /// period, indicator and value (`long`). Unless stated, the header decides.
        layout: Option<Layout>,
        /// The column of region codes; `region` unless stated.
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
        /// The column of indicator codes in a long table; `indicator` unless stated.
        indicator: Option<String>,
        /// The column of values in a long table; `value` unless stated.
        value: Option<String>,
        /// How the files are encoded: `gb18030`, `big5`, `shift_jis`, `euc-kr`, `windows-1251`, or any other label that
        /// browsers know. Unless stated, the byte order mark decides, then strict UTF-8; what is neither is judged, and
        /// refused if the judgement is not sure. Other tables of the project, such as trees, are read so if they are not UTF-8.
        encoding: Option<Encoding>,
        /// What stands between the cells of a line: `,`, `;` or a tab. Unless stated, the header decides.
        delimiter: Option<Delimiter>,
        /// The decimal mark; a full stop unless stated. It is never guessed.
        decimal: Option<Decimal>,
        /// The one character that may stand between groups of three digits; none unless stated.
        thousands: Option<At<Character>>,
        /// What a percent sign means: with `fraction`, 12% is 0.12; with `points`, it is 12. Unless stated, a percent
        /// sign is refused.
        percent: Option<Percent>,
        /// What may stand before or behind a number, and by what the number is multiplied then: 1 for a mark of a
        /// footnote, 10000 for 万. Unless stated, anything beside a number is refused.
        marks: By<At<f64>> [ABOVE_ZERO, f64::INFINITY],
        /// The sheet of an xlsx, xls or ods file; the first one unless stated.
        sheet: Option<String>,
        /// What stands in cells without a value.
        states: Option<StatesKeys>,
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

plain!(Layout, Match, Table, Delimiter, Decimal, Percent);

/// The files of data as the project states them.
#[derive(Debug)]
pub(super) struct Sources {
    pub(super) regions: Option<(Input, Format)>,
    /// The bundled table whose names are keys.
    pub(super) names: Option<Table>,
    pub(super) values: Vec<ValueFile>,
    /// How tables other than those of values are written.
    pub(super) format: Format,
}

/// Where files lie: on disk, and how the user names them.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    /// What `[data]` states of its files, which those that are not UTF-8 have too.
    pub(super) encoding: Option<Encoding>,
}

impl Folder {
    /// A file of the project.
    pub(super) fn input(&self, name: &str) -> Input {
        let path = self.path.join(name);
        Input { encoding: self.encoding, ..Input::path(self.name(name), path) }
    }

    /// A file as the user knows it: the folder as given, then the name.
    pub(super) fn name(&self, name: &str) -> String {
        match self.path.as_os_str().is_empty() || self.path == Path::new(".") {
            true => name.to_owned(),
            false => self.path.join(name).display().to_string(),
        }
    }
}

impl DataKeys {
    /// The files, with what a variant of the data states in their place.
    pub(super) fn sources(
        &self,
        page: &Page,
        folder: &Folder,
        variant: Option<&Variant<'_>>,
    ) -> Sources {
        let mut common = Form::default();
        common.state(page, &self.written);
        if let Some(variant) = variant {
            common.state(page, variant.written);
        }
        let regions = variant.and_then(|v| v.regions).or(self.regions.as_deref());
        let values = variant.and_then(|v| v.values).unwrap_or(&self.values);
        let value_file = |named: &Named<FileKeys>| {
            let (name, form) = match named {
                Named::Name(name) => (name, common.clone()),
                Named::Table(table) => {
                    let mut form = common.clone();
                    form.state(page, &table.written);
                    (&table.file, form)
                }
            };
            let Form { format, columns, notation, matching } = form;
            let matching = matching.unwrap_or_default();
            ValueFile { input: folder.input(name), format, columns, notation, matching }
        };
        Sources {
            regions: regions.map(|name| (folder.input(name), common.format.clone())),
            names: self.names.as_ref().map(|names| names.value),
            values: values.0.iter().map(value_file).collect(),
            format: common.format.clone(),
        }
    }
}

/// What a variant of the data states in place of `[data]`.
#[derive(Debug)]
pub(super) struct Variant<'a> {
    pub(super) regions: Option<&'a str>,
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

impl Form {
    /// Takes over what is stated, and leaves the rest as it is.
    fn state(&mut self, page: &Page, written: &WrittenKeys) {
        fn put<T: Clone>(slot: &mut Option<T>, stated: &Option<T>) {
            if stated.is_some() {
                slot.clone_from(stated);
            }
        }
        let Form { format, columns, notation, matching } = self;
        put(matching, &written.r#match);
        put(&mut columns.parent, &written.parent);
        put(&mut columns.layout, &written.layout);
        put(&mut columns.region, &written.region);
        put(&mut columns.period, &written.period);
        put(&mut columns.indicator, &written.indicator);
        put(&mut columns.value, &written.value);
        put(&mut format.sheet, &written.sheet);
        put(&mut format.encoding, &written.encoding);
        put(&mut format.delimiter, &written.delimiter.map(|d| d.word().as_bytes()[0]));
        put(&mut notation.percent, &written.percent);
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
