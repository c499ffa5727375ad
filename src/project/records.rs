//! `[records]`: rows of single cases, and what is counted of them.

use std::ops::Range;

use quanheng_core::model::State;
use quanheng_words::{Text, text};

use super::condition::row_filter;
use super::data::{Decimal, FrameKeys, ProjectFolder};
use super::reader::Page;
use super::table::{At, By, One, Texts, plain, table};
use crate::data::file::Format;
use crate::data::frame::Filter;
use crate::data::names::Match;
use crate::data::number::Notation;
use crate::data::records::time::{TimeFormat, clock};
use crate::data::records::window::{Every, Rule, Window, Windows};
use crate::data::records::{Account, Empty, Kind, Measure, Records};
use crate::data::table::Regions;
use crate::note::{NO_EFFECT, Note, UNREAD_INDICATOR};
use crate::problem::ProjectFault;

table! {
    /// `[records.CODE]`
    pub(super) struct RecordsKeys {
        /// The file of records, or a list of files with the same columns. A record is a row; it is counted and not kept, so
        /// that a file may be larger than the memory.
        file: Texts,
        /// The column of region codes, or a list of columns: a record counts for the region in each of them, such as its
        /// district, its subdistrict and its department, and for none where the cell is blank.
        region: Texts = Texts::of(&["region"]),
        /// The code of a region for which every record counts, such as the city.
        whole: Option<At<String>>,
        /// By what the rows say which region they are about: by its code, or with `name` also by its names and aliases.
        r#match: Match = Match::Code,
        /// Which records count: a condition on columns, such as `status != '撤单'`.
        r#where: Option<At<String>>,
        /// A column in which no two records have the same text, such as the number of the case. It is an error if two have.
        unique: Option<String>,
        /// The column of periods. Without it and without `time`, there is one period.
        period: Option<At<String>>,
        /// The column of times, such as `2023-05-18 11:59`, from which `window` or `windows` makes the period.
        time: Option<At<String>>,
        /// How times are written, with `%Y`, `%m`, `%d`, `%H`, `%M` and `%S`: `%d/%m/%Y %H:%M`. Unless stated, as
        /// `2023-05-18 11:59:00`, also with `/`, `.` or 年, 月 and 日 in the date, with `T`, and without seconds or time of day.
        time_format: Option<At<String>>,
        /// A rule by which each record belongs to a period, by its time; calendar months unless something is stated.
        window: Option<WindowKeys>,
        /// Accounting windows, each stated by the label of its period.
        windows: By<StatedWindowKeys>,
        /// What is made of the records, by the name of the column that it gives: a system reads it as if it were a column of
        /// a table of values.
        measures: By<MeasureKeys>,
        /// The decimal mark of numbers; a full stop unless stated.
        decimal: Option<Decimal>,
        /// What stands in place of a number that is not known, beside the blank cell, such as `…`.
        missing: Texts = Texts::of(&[]),
        ..lies: FrameKeys,
    }
}

table! {
    /// A rule for accounting windows. A window begins with the moment that is stated, and ends before the one that is
    /// stated. Its period has the label of the month or day in which it ends, such as `2023-05`.
    pub(super) struct WindowKeys {
        /// How often a window ends: `month` or `day`.
        every: Every = Every::Month,
        /// The day of the month on which a window begins; the last day where a month is shorter.
        from_day: u32 [1, 31] = 1,
        /// The time of day at which a window begins.
        from_time: Option<At<String>>,
        /// The day of the month on which a window ends. Unless stated, it ends where the next one begins.
        to_day: Option<At<u32>> [1, 31],
        /// The time of day before which a window ends; `24:00` is the end of the day.
        to_time: Option<At<String>>,
        /// How many months before the month of its end a window begins. Unless stated, it begins in that month if its first
        /// day lies before its last one, and else in the month before.
        months: Option<At<u32>> [0, 24],
        /// The periods that are kept, such as `["2023-05", "2023-06"]`; all that have records unless stated.
        periods: Option<Texts>,
    }
}

table! {
    /// An accounting window.
    pub(super) struct StatedWindowKeys {
        /// When it begins, such as `2023-04-19 00:00`.
        from: At<String>,
        /// When it ends: the first moment behind it.
        to: At<String>,
    }
}

table! {
    /// What is made of the records of a region and period.
    pub(super) struct MeasureKeys {
        /// `count`: how many records there are. `share`: which share of the records that meet `of` also meet `where`, each
        /// with its `credit` if there are credits. `sum` and `mean`: of the numbers or credits in `column`; a blank cell
        /// counts for neither where it should hold a number.
        kind: At<Kind>,
        /// Which records count, such as `reached == '是'`; all unless stated.
        r#where: Option<At<String>>,
        /// Which records a share is of: its denominator. All unless stated.
        of: Option<At<String>>,
        /// The column of numbers, or of the grades that have a credit.
        column: Option<At<String>>,
        /// What a record of each grade counts: `{ "满意" = 1, "基本满意" = 0.8, "不满意" = 0 }`. A grade that is not listed is
        /// an error; `""` is that of a blank cell.
        credit: By<At<f64>> [f64::NEG_INFINITY, f64::INFINITY],
        /// What a share or a mean of no records is: `not_applicable`, `missing`, or `zero`.
        empty: Option<At<Empty>>,
    }
}

plain!(Kind, Empty, Every);

/// The tables of records as the project states them; nothing where something is wrong in one.
pub(super) fn read(
    page: &Page,
    stated: &By<RecordsKeys>,
    folder: &ProjectFolder,
) -> Option<Vec<Records>> {
    let all: Vec<_> = stated.0.iter().map(|one| records(page, one, folder)).collect();
    all.into_iter().collect()
}

/// Says where the region for which every record counts is none of the table of regions.
pub(super) fn whole_is_known(page: &Page, stated: &By<RecordsKeys>, regions: &Regions) {
    let tables = stated.0.iter().filter_map(|one| one.table.as_ref());
    for code in tables.filter_map(|table| table.whole.as_ref()) {
        if regions.find(code).is_none() {
            let known = regions.list().iter().map(|region| region.code.as_str());
            page.unknown(&code.span, text!(thing_region), code, known);
        }
    }
}

/// Notes measures that nothing reads.
pub(super) fn note_unread<'w>(
    page: &Page,
    stated: &By<RecordsKeys>,
    is_wanted: impl Fn(&str) -> bool + 'w,
) {
    let tables = stated.0.iter().filter_map(|one| one.table.as_ref());
    for measure in tables.flat_map(|table| &table.measures.0).filter(|m| !is_wanted(&m.code)) {
        page.note(Note::new(&UNREAD_INDICATOR, &measure.code).at([page.place(&measure.span)]));
    }
}

fn records(page: &Page, one: &One<RecordsKeys>, folder: &ProjectFolder) -> Option<Records> {
    let before = page.count();
    let keys = one.table.as_ref()?;
    let table = || Text::plain(format!("[records.{}]", one.code));
    let mut format = Format::default();
    keys.lies.state(&mut format);
    let mut notation = Notation::default();
    if keys.decimal == Some(Decimal::Comma) {
        notation.decimal = ',';
    }
    let markers = keys.missing.0.iter().map(|text| (text.value.clone(), State::Missing));
    notation.states.extend(markers);
    if keys.file.0.is_empty() {
        page.fault(&one.span, ProjectFault::MissingKey { key: "file".into(), table: table() });
    }
    if keys.measures.0.is_empty() {
        page.fault(&one.span, ProjectFault::MissingKey { key: "measures".into(), table: table() });
    }
    let filter = |stated: &Option<At<String>>| stated.as_ref().and_then(|t| row_filter(page, t));
    let account = account(page, one, keys);
    let measures = keys.measures.0.iter().filter_map(|one| measure(page, one)).collect();
    let counted = filter(&keys.r#where);
    let texts = |texts: &Texts| texts.0.iter().map(|text| text.value.clone()).collect::<Vec<_>>();
    let records = Records {
        code: one.code.clone(),
        inputs: texts(&keys.file).iter().map(|name| folder.input(name)).collect(),
        format,
        notation,
        regions: texts(&keys.region),
        whole: keys.whole.as_ref().map(|code| code.value.clone()),
        matching: keys.r#match,
        account: account?,
        filter: counted,
        unique: keys.unique.clone(),
        measures,
    };
    // A table without one of its conditions would count something else, and one without a measure gives no such column.
    let is_whole = keys.measures.0.iter().all(|measure| measure.table.is_some());
    (is_whole && page.count() == before).then_some(records)
}

fn account(page: &Page, one: &One<RecordsKeys>, keys: &RecordsKeys) -> Option<Account> {
    let no_effect = |key: &str, other: &str, span: &Range<usize>| {
        let name = format!("records.{key}");
        let shown = text!(note_only_stated, code = &name, other = other);
        page.note(Note::new(&NO_EFFECT, &name).shown(shown).at([page.place(span)]));
    };
    let Some(column) = &keys.time else {
        if let Some(format) = &keys.time_format {
            no_effect("time_format", "time", &format.span);
        }
        let has_windows = keys.window.is_some() || !keys.windows.0.is_empty();
        if has_windows && keys.period.is_none() {
            let table = Text::plain(format!("[records.{}]", one.code));
            page.fault(&one.span, ProjectFault::MissingKey { key: "time".into(), table });
            return None;
        }
        let column = keys.period.as_ref().map(|column| Account::Column(column.value.clone()));
        return Some(column.unwrap_or(Account::One));
    };
    if let Some(period) = &keys.period {
        page.beside(&period.span, "period", "time");
        return None;
    }
    let format = match &keys.time_format {
        None => TimeFormat::Usual,
        Some(text) => match TimeFormat::parse(text) {
            Some(format) => format,
            None => {
                page.fault(&text.span, ProjectFault::TimeFormat { text: text.value.clone() });
                return None;
            }
        },
    };
    let (windows, only) = match (keys.windows.0.as_slice(), &keys.window) {
        ([], rule) => {
            let rule = rule
                .clone()
                .map_or(Some((Rule { from: (1, 0), ..Rule::default() }, None)), |keys| {
                    rule_of(page, &keys)
                });
            let (rule, only) = rule?;
            (Windows::Rule(rule), only)
        }
        ([first, ..], Some(_)) => {
            page.beside(&first.span, "windows", "window");
            return None;
        }
        (stated, None) => {
            let windows: Vec<Option<Window>> = stated.iter().map(|w| window(page, w)).collect();
            (Windows::Stated(windows.into_iter().collect::<Option<_>>()?), None)
        }
    };
    Some(Account::Time { column: column.value.clone(), format, windows, only })
}

/// A time of day in seconds.
fn clock_of(page: &Page, stated: Option<&At<String>>, instead: i64) -> Option<i64> {
    let Some(text) = stated else { return Some(instead) };
    let seconds = clock(text);
    if seconds.is_none() {
        page.fault(&text.span, ProjectFault::Clock { text: text.value.clone() });
    }
    seconds
}

fn rule_of(page: &Page, keys: &WindowKeys) -> Option<(Rule, Option<Vec<String>>)> {
    let from = clock_of(page, keys.from_time.as_ref(), 0);
    let to = clock_of(page, keys.to_time.as_ref(), 0);
    let to_day = keys.to_day.as_ref();
    let to = match (keys.every, to_day, &keys.to_time) {
        (Every::Month, None, Some(time)) => {
            let table = text!(table_window);
            page.fault(&time.span, ProjectFault::MissingKey { key: "to_day".into(), table });
            None
        }
        (Every::Month, Some(day), _) => Some(Some((i64::from(day.value), to?))),
        (Every::Day, _, Some(_)) => Some(Some((0, to?))),
        (Every::Month, None, None) | (Every::Day, _, None) => Some(None),
    };
    let rule = Rule {
        every: keys.every,
        from: (i64::from(keys.from_day), from?),
        to: to?,
        months: keys.months.as_ref().map(|months| i64::from(months.value)),
    };
    let only = keys
        .periods
        .as_ref()
        .map(|periods| periods.0.iter().map(|period| period.value.clone()).collect::<Vec<_>>());
    Some((rule, only))
}

fn window(page: &Page, one: &One<StatedWindowKeys>) -> Option<Window> {
    let keys = one.table.as_ref()?;
    let moment = |text: &At<String>| {
        let moment = TimeFormat::Usual.read(text);
        if moment.is_none() {
            page.fault(&text.span, ProjectFault::Moment { text: text.value.clone() });
        }
        moment.map(|moment| moment.seconds)
    };
    let (from, to) = (moment(&keys.from), moment(&keys.to));
    let (from, to) = (from?, to?);
    if to <= from {
        page.fault(&keys.to.span, ProjectFault::EndsBefore { period: one.code.clone() });
        return None;
    }
    Some(Window { label: one.code.clone(), from, to })
}

fn measure(page: &Page, one: &One<MeasureKeys>) -> Option<Measure> {
    let keys = one.table.as_ref()?;
    let kind = keys.kind.value;
    let table = || Text::plain(format!("measures.{}", one.code));
    let credit: Vec<(String, f64)> = (keys.credit.0.iter())
        .filter_map(|one| Some((one.code.clone(), one.table.as_ref()?.value)))
        .collect();
    let has_credit = !keys.credit.0.is_empty();
    let needs_column = match kind {
        Kind::Sum | Kind::Mean => true,
        Kind::Share => has_credit,
        Kind::Count => false,
    };
    if needs_column && keys.column.is_none() {
        page.fault(&one.span, ProjectFault::MissingKey { key: "column".into(), table: table() });
    }
    // What has no effect is not a slip that may pass: the measure would be another one than its author believes.
    let useless = |key: &'static str, span: &Range<usize>| {
        page.fault(span, ProjectFault::NotOfMeasure { key, kind: kind.word() });
    };
    if let (Kind::Count | Kind::Sum | Kind::Mean, Some(of)) = (kind, &keys.of) {
        useless("of", &of.span);
    }
    if let (Kind::Count, Some(first)) = (kind, keys.credit.0.first()) {
        useless("credit", &first.span);
    }
    if let (false, Some(column)) = (needs_column, &keys.column) {
        useless("column", &column.span);
    }
    if let (Kind::Count | Kind::Sum, Some(empty)) = (kind, &keys.empty) {
        useless("empty", &empty.span);
    }
    let filter = |stated: &Option<At<String>>| -> Option<Filter> {
        stated.as_ref().and_then(|text| row_filter(page, text))
    };
    Some(Measure {
        name: one.code.clone(),
        kind,
        of: filter(&keys.of),
        filter: filter(&keys.r#where),
        column: keys.column.as_ref().map(|column| column.value.clone()),
        credit,
        empty: keys.empty.as_ref().map_or(Empty::default(), |empty| empty.value),
    })
}
