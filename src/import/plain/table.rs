//! What a sheet is taken for: where the header stands, which rows and columns are those of regions and figures.

use indexmap::IndexMap;

use super::super::sheets::{Cell, Sheet};
use crate::data::names::bundled::{self, Table as Bundled};
use crate::data::period::is_period;

/// What a table was taken for. Rows and columns count from 0.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) sheet: &'a Sheet,
    /// The rows of the header.
    pub(super) heads: Vec<usize>,
    /// What the heads of the figures name.
    pub(super) across: Across,
    /// The row below the header that has the units.
    pub(super) units: Option<usize>,
    /// The rows with data.
    pub(super) rows: Vec<usize>,
    /// The column of codes of regions, or of their names where there are none; of indicators where regions stand across.
    pub(super) key: usize,
    /// The column of names beside the codes.
    pub(super) name: Option<usize>,
    pub(super) period: Option<usize>,
    /// The columns of numbers.
    pub(super) numbers: Vec<usize>,
    /// Columns of texts, which describe the regions.
    pub(super) texts: Vec<usize>,
}

/// What the heads of the columns of figures name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Across {
    /// Indicators.
    Indicators,
    /// Years of one indicator.
    Periods,
    /// Regions, while indicators go down.
    Regions,
    /// Indicators, in the first row of the header, and periods in the second.
    IndicatorsOverPeriods,
    /// Periods, in the first row of the header, and indicators in the second.
    PeriodsOverIndicators,
}

const CODE: [&str; 9] =
    ["code", "region", "代码", "编码", "地区代码", "行政区划代码", "区划代码", "iso3", "ucode"];
const NAME: [&str; 14] = [
    "name",
    "地区",
    "地区名称",
    "名称",
    "省份",
    "省",
    "城市",
    "市",
    "区县",
    "单位",
    "国家",
    "country",
    "province",
    "city",
];
const PERIOD: [&str; 9] = ["period", "year", "time", "年份", "年度", "年", "时期", "月份", "季度"];
/// What stands where there is no value.
const ABSENT: [&str; 12] =
    ["…", "...", "..", "-", "—", "－", "--", "NA", "N/A", "n/a", "缺失", "无"];
/// What lines below a table begin with.
const BELOW: [&str; 12] = [
    "注",
    "备注",
    "附注",
    "说明",
    "资料来源",
    "数据来源",
    "来源",
    "数据说明",
    "source",
    "note",
    "*",
    "†",
];
/// What lines above a table have in them.
const ABOVE: [&str; 6] = ["单位：", "单位:", "计量单位", "Unit:", "Units:", "unit:"];

pub(super) fn is_one_of(words: &[&str], text: &str) -> bool {
    let text = text.trim().to_lowercase();
    words.iter().any(|word| *word == text)
}

/// A number as a person writes it: with commas, a percent sign, full-width digits or blanks.
pub(super) fn figure(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(x) => Some(*x),
        Cell::Empty => None,
        Cell::Text(text) => {
            let plain: String =
                text.chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '%')).collect();
            plain.parse().ok().filter(|x: &f64| x.is_finite() && !text.trim().is_empty())
        }
    }
}

/// Whether a cell says that its value is absent.
fn is_absent(cell: &Cell) -> bool {
    ABSENT.contains(&cell.text().as_str())
}

pub(super) fn is_year(text: &str) -> bool {
    let digits = text.trim().trim_end_matches('年');
    digits.len() == 4 && digits.parse().is_ok_and(|year: u32| (1900..2100).contains(&year))
}

/// Whether a head names a period: it has a year in it, or a word for a part of one. `x12` may be the twelfth of anything.
fn names_period(text: &str) -> bool {
    let numbers = text.split(|c: char| !c.is_ascii_digit());
    let says_time = text.contains(['年', '月', '季', '期']) || numbers.into_iter().any(is_year);
    says_time && is_period(text)
}

impl Table<'_> {
    /// The head of a column: the texts of the rows of the header, each once, as a project that reads these rows joins
    /// them.
    pub(super) fn head(&self, column: usize) -> String {
        joined(self.sheet, &self.heads, column)
    }

    /// The text of one row of the header above a column.
    fn of_head(&self, row: usize, column: usize) -> String {
        self.sheet.cell(self.heads[row], column).text()
    }

    /// The regions with a row in which each is named first, or its column where regions stand across.
    pub(super) fn regions(&self) -> IndexMap<String, usize> {
        let mut regions = IndexMap::new();
        if self.across == Across::Regions {
            regions.extend(self.numbers.iter().map(|column| (self.head(*column), *column)));
            return regions;
        }
        for &row in &self.rows {
            let code = self.sheet.cell(row, self.key).text();
            if !code.is_empty() {
                regions.entry(code).or_insert(row);
            }
        }
        regions
    }

    /// The indicators: their codes, which are their heads, and their units.
    pub(super) fn leaves(&self) -> IndexMap<String, String> {
        let unit = |column: usize| {
            let text = self.units.map(|row| self.sheet.cell(row, column).text());
            text.unwrap_or_default().trim_matches(['(', ')', '（', '）']).to_owned()
        };
        let mut leaves = IndexMap::new();
        match self.across {
            Across::Periods => {
                leaves.insert("value".to_owned(), String::new());
            }
            Across::Regions => {
                let names = self.rows.iter().map(|row| self.sheet.cell(*row, self.key).text());
                leaves.extend(names.filter(|name| !name.is_empty()).map(|n| (n, String::new())));
            }
            across => {
                for &column in &self.numbers {
                    let name = match across {
                        Across::IndicatorsOverPeriods => self.of_head(0, column),
                        Across::PeriodsOverIndicators => self.of_head(1, column),
                        _ => self.head(column),
                    };
                    leaves.entry(name).or_insert_with(|| unit(column));
                }
            }
        }
        leaves
    }

    /// The signs for values that are absent, with how many there are. Another text is a mistake, which reading finds.
    pub(super) fn states(&self) -> IndexMap<String, usize> {
        let mut states = IndexMap::new();
        for row in &self.rows {
            for column in &self.numbers {
                let cell = self.sheet.cell(*row, *column);
                if is_absent(cell) {
                    *states.entry(cell.text()).or_default() += 1;
                }
            }
        }
        states
    }

    /// Whether the texts of some figures are so.
    pub(super) fn any_figure(&self, mut is_so: impl FnMut(&Cell) -> bool) -> bool {
        self.rows.iter().any(|row| {
            self.numbers.iter().any(|column| {
                let cell = self.sheet.cell(*row, *column);
                figure(cell).is_some() && is_so(cell)
            })
        })
    }

    /// The last row of the table.
    pub(super) fn last(&self) -> usize {
        self.rows.last().or(self.heads.last()).copied().unwrap_or(0)
    }

    /// The first text of a row.
    pub(super) fn begins(&self, row: usize) -> Option<String> {
        let mut texts = (0..self.sheet.width()).map(|column| self.sheet.cell(row, column).text());
        texts.find(|text| !text.is_empty())
    }
}

fn joined(sheet: &Sheet, heads: &[usize], column: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    for row in heads {
        let text = sheet.cell(*row, column).text();
        if !text.is_empty() && parts.last() != Some(&text) {
            parts.push(text);
        }
    }
    parts.join(" ")
}

/// A sheet as a table of regions: a header, and rows below it that begin with a name and go on with figures.
pub(super) fn table(sheet: &Sheet) -> Option<Table<'_>> {
    let width = sheet.width();
    let texts = |row: usize| -> Vec<String> {
        (0..width).map(|column| sheet.cell(row, column).text()).collect()
    };
    let is_data = |row: usize| {
        let of = |column: &usize| figure(sheet.cell(row, *column)).is_some();
        let filled = (0..width).filter(|column| !sheet.cell(row, *column).is_empty()).count();
        let figures: Vec<usize> = (0..width).filter(of).collect();
        // A row of years alone is a header, as is one with a single cell.
        filled >= 2 && figures.iter().any(|column| !is_year(&sheet.cell(row, *column).text()))
    };
    let first = (0..sheet.rows.len()).find(|row| is_data(*row))?;
    // The lines directly above that name columns; a line with one text, or with a unit for all, is not one of them.
    let names = |row: &usize| {
        let texts = texts(*row);
        let mut there = texts.iter().filter(|text| !text.is_empty());
        let one = there.next();
        let is_title = there.all(|text| Some(text) == one) && width > 1;
        let is_above = texts.iter().any(|text| ABOVE.iter().any(|word| text.contains(word)));
        one.is_some() && !is_title && !is_above
    };
    let mut above: Vec<usize> = Vec::new();
    for row in (0..first).rev() {
        match texts(row).iter().all(String::is_empty) {
            true if above.is_empty() => {}
            false if names(&row) && above.len() < 4 => above.insert(0, row),
            _ => break,
        }
    }
    let used: Vec<usize> = {
        let is_used = |column: &usize| {
            above.iter().any(|row| !sheet.cell(*row, *column).is_empty())
                && (first..sheet.rows.len()).any(|row| !sheet.cell(row, *column).is_empty())
        };
        (0..width).filter(is_used).collect()
    };
    // The header is made of as many rows as it takes until every column has a name of its own; then come units.
    let is_told = |heads: &[usize]| {
        let mut names: Vec<String> =
            used.iter().map(|column| joined(sheet, heads, *column)).collect();
        let all = names.iter().all(|name| !name.is_empty());
        quanheng_core::number::sort_items(&mut names, Ord::cmp);
        names.dedup();
        all && names.len() == used.len()
    };
    let rows_of_head = (1..=above.len()).find(|count| is_told(&above[..*count]))?;
    let (heads, below) = above.split_at(rows_of_head);
    let (heads, units) = (heads.to_vec(), below.first().copied());
    let head = |column: usize| joined(sheet, &heads, column);

    // Notes below may have figures in them.
    let is_note = |row: &usize| {
        let text = texts(*row).into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        let text = text.to_lowercase();
        BELOW.iter().any(|word| text.starts_with(word))
    };
    let behind = (first..sheet.rows.len()).find(is_note).unwrap_or(sheet.rows.len());
    let rows: Vec<usize> = (first..behind).filter(|row| is_data(*row)).collect();
    // A few words among figures are mistakes, so that the column is still one of figures; the first column may have codes
    // with and without letters.
    let numeric = |column: &usize| {
        let cells = || rows.iter().map(|row| sheet.cell(*row, *column));
        let figures = cells().filter(|cell| figure(cell).is_some()).count();
        let is_word = |cell: &&Cell| !cell.is_empty() && figure(cell).is_none() && !is_absent(cell);
        let words = cells().filter(is_word).count();
        let most = if used.first() == Some(column) { 0 } else { figures.saturating_sub(1) };
        figures > 0 && words <= most
    };
    let named = |words: &[&str]| used.iter().copied().find(|c| is_one_of(words, &head(*c)));
    let is_years = |column: &usize| {
        rows.iter().all(|row| is_year(&sheet.cell(*row, *column).text())) && numeric(column)
    };
    let period = named(&PERIOD).or_else(|| used.iter().copied().find(is_years));
    let code = named(&CODE).filter(|column| Some(*column) != period);
    let is_text =
        |column: &usize| !numeric(column) && Some(*column) != period && Some(*column) != code;
    let name = named(&NAME).filter(|column| Some(*column) != code);
    // 单位 is the name of a unit that is assessed, or of the unit of measurement; then another column has names.
    let name = name.filter(|column| used.first() == Some(column) || head(*column) != "单位");
    let name = name.or_else(|| used.iter().copied().find(is_text));
    let (key, name) = match (code, name) {
        (Some(code), name) => (code, name),
        (None, Some(name)) => (name, None),
        (None, None) => return None,
    };
    let is_key = |column: &usize| [Some(key), name, period].contains(&Some(*column));
    let (numbers, texts): (Vec<usize>, Vec<usize>) =
        used.iter().copied().filter(|column| !is_key(column)).partition(numeric);
    let texts: Vec<usize> = texts
        .into_iter()
        .filter(|column| rows.iter().any(|row| !sheet.cell(*row, *column).is_empty()))
        .collect();
    if rows.is_empty() || numbers.is_empty() {
        return None;
    }
    let all = |row: usize| {
        let of = |column: &usize| names_period(&sheet.cell(heads[row], *column).text());
        numbers.iter().all(of)
    };
    let across = match heads.len() {
        // Where a column says the period, heads do not.
        _ if period.is_some() => Across::Indicators,
        1 if numbers.len() > 1 && all(0) => Across::Periods,
        1 if are_regions(numbers.iter().map(|column| head(*column))) => Across::Regions,
        2 if all(1) && !all(0) => Across::IndicatorsOverPeriods,
        2 if all(0) && !all(1) => Across::PeriodsOverIndicators,
        _ => Across::Indicators,
    };
    Some(Table { sheet, heads, across, units, rows, key, name, period, numbers, texts })
}

/// Whether most of these are names of provinces, cities or countries.
fn are_regions(heads: impl Iterator<Item = String>) -> bool {
    let heads: Vec<String> = heads.collect();
    if heads.len() < 2 {
        return false;
    }
    let units: Vec<bundled::Unit> =
        [Bundled::China, Bundled::Countries].into_iter().flat_map(bundled::units).collect();
    let is_known =
        |head: &&String| units.iter().any(|unit| unit.names().any(|name| name == **head));
    heads.iter().filter(is_known).count() * 2 > heads.len()
}
