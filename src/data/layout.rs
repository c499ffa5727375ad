//! How the values of a table are laid out: which of region, period and indicator stand in columns, in the heads of
//! columns, or in the project file.

use std::collections::HashMap;

use super::file::{Spot, TableFile};
use super::frame::Axis;
use super::grid::no_column;
use super::period::is_period;
use crate::problem::{DataFault, Fault, Problem};

/// The names of the columns of a table of values, and what is stated of all of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The layout; found from the header where not stated.
    pub layout: Option<Layout>,
    /// The column of regions; `region` unless stated.
    pub region: Option<String>,
    /// The column of the places in which the regions lie.
    pub parent: Option<String>,
    /// The column of periods; `period` unless stated, and then it may be absent.
    pub period: Option<String>,
    /// The column of indicators of a long table; `indicator` unless stated.
    pub indicator: Option<String>,
    /// The column of values of a long table; `value` unless stated.
    pub value: Option<String>,
    /// What is put before the name of each indicator.
    pub prefix: String,
    /// What holds for all values.
    pub constant: Vec<(Axis, String)>,
}

quanheng_core::method::choice! {
    /// How a table of values is laid out.
    pub enum Layout {
        /// A column an indicator.
        Wide = "wide",
        /// A row a value.
        Long = "long",
        /// A column a period.
        PeriodsAcross = "periods_across",
        /// A column a region.
        RegionsAcross = "regions_across",
    }
}

/// Which column of a file is what.
#[derive(Debug)]
pub(super) struct Roles {
    /// The column of regions, unless heads or the project file name them.
    pub(super) region: Option<usize>,
    /// The column of the places in which the regions lie.
    pub(super) parent: Option<usize>,
    pub(super) period: Option<usize>,
    pub(super) prefix: String,
    pub(super) body: Body,
    /// The unit of each indicator and the column that states it, where a row states units.
    pub(super) units: HashMap<String, (String, usize)>,
}

#[derive(Debug)]
pub(super) enum Body {
    /// For each asked-for indicator, its column.
    Wide(Vec<Option<usize>>),
    Long {
        indicator: usize,
        value: usize,
    },
    /// Any other layout.
    Cross(Across),
}

/// Columns of values whose heads, or the project file, say more than the indicator.
#[derive(Debug)]
pub(super) struct Across {
    /// The column of indicators.
    pub(super) indicator: Option<usize>,
    /// The columns of values.
    pub(super) columns: Vec<usize>,
    /// What their heads and the project file say, by column.
    said: Vec<(Axis, Vec<String>)>,
}

impl Across {
    /// What the head of a column of values says, or the project file of all.
    pub(super) fn said(&self, axis: Axis, column: usize) -> Option<&str> {
        let (_, texts) = self.said.iter().find(|(of, _)| *of == axis)?;
        texts.get(column).map(String::as_str)
    }
}

impl Roles {
    /// Whether a table could be one of values: its key columns are there, and something that is asked for.
    pub(super) fn fits(table: &TableFile, columns: &Columns, wanted: &[String]) -> bool {
        let mut problems = Vec::new();
        let says = None;
        match Roles::find(table, columns, says, wanted, &mut problems) {
            Some(roles) if problems.is_empty() => match &roles.body {
                Body::Wide(columns) => columns.iter().any(Option::is_some),
                Body::Long { .. } => true,
                Body::Cross(across) => !across.columns.is_empty(),
            },
            _ => false,
        }
    }

    /// Finds the columns. `sheet` is what the name of the sheet says.
    pub(super) fn find(
        table: &TableFile,
        columns: &Columns,
        sheet: Option<(Axis, String)>,
        wanted: &[String],
        problems: &mut Vec<Problem>,
    ) -> Option<Roles> {
        let before = problems.len();
        let has = |stated: &Option<String>, role: &str| {
            table.column(stated.as_deref().unwrap_or(role)).is_some()
        };
        let constants: Vec<(Axis, String)> =
            columns.constant.iter().cloned().chain(sheet).collect();
        let names_one = constants.iter().any(|(axis, _)| *axis == Axis::Indicator);
        let layout = columns.layout.unwrap_or_else(|| {
            let names = names_one || has(&columns.indicator, "indicator");
            match names && has(&columns.value, "value") {
                true => Layout::Long,
                false => Layout::Wide,
            }
        });
        let mut heads: Vec<(Axis, Vec<String>)> =
            table.axes().map(|(a, t)| (a, t.to_vec())).collect();
        if heads.is_empty() {
            let names = || table.header().to_vec();
            match layout {
                Layout::Wide => heads.push((Axis::Indicator, names())),
                Layout::PeriodsAcross => heads.push((Axis::Period, names())),
                Layout::RegionsAcross => heads.push((Axis::Region, names())),
                Layout::Long => {}
            }
        }
        let is_plain = constants.is_empty() && table.axes().next().is_none();
        let mut key = |stated: &Option<String>, axis: Axis, needed: bool| {
            let role = axis.word();
            let name = stated.as_deref().unwrap_or(role);
            let column = table.column(name);
            let fixed = constants.iter().filter(|(of, _)| *of == axis).count();
            let in_heads = heads.iter().any(|(of, _)| *of == axis);
            // A column of indicators that is stated for long tables among the files is none of a wide one.
            let beside = in_heads && stated.is_some() && axis != Axis::Indicator;
            let twice =
                fixed + usize::from(in_heads) > 1 || column.is_some() && (fixed > 0 || beside);
            if twice {
                let fault = DataFault::SaidTwice { axis: role };
                let at = Spot { record: None, column: column.unwrap_or(0) };
                let places = vec![table.place(at).0];
                problems.push(Problem { fault: Fault::Data(fault), places });
            }
            if fixed > 0 || in_heads {
                return None;
            }
            if column.is_none() && needed {
                problems.push(no_column(table, name, role, true));
            }
            column
        };
        let region = key(&columns.region, Axis::Region, true);
        let period = key(&columns.period, Axis::Period, columns.period.is_some());
        let indicator = key(&columns.indicator, Axis::Indicator, true);
        let parent = columns.parent.as_ref().and_then(|name| {
            let found = table.column(name);
            if found.is_none() {
                problems.push(no_column(table, name, "parent", true));
            }
            found
        });
        let value = match heads.is_empty() {
            true => {
                let name = columns.value.as_deref().unwrap_or("value");
                let value = table.column(name);
                if value.is_none() {
                    problems.push(no_column(table, name, "value", true));
                }
                value
            }
            false => None,
        };
        if problems.len() > before {
            return None;
        }
        let keys = [region, parent, period, indicator, value];
        let named = |name: &str| format!("{}{name}", columns.prefix);
        let mut roles = Roles {
            region,
            parent,
            period,
            prefix: columns.prefix.clone(),
            body: Body::Wide(Vec::new()),
            units: HashMap::new(),
        };
        roles.body = match (layout, is_plain) {
            (Layout::Wide, true) => {
                let column = |name: &String| {
                    let bare = name.strip_prefix(columns.prefix.as_str())?;
                    table.column(bare).filter(|at| !keys.contains(&Some(*at)))
                };
                Body::Wide(wanted.iter().map(column).collect())
            }
            (Layout::Long, true) => Body::Long { indicator: indicator?, value: value? },
            _ => {
                let of_values: Vec<usize> = match value {
                    Some(value) => vec![value],
                    None => values(table, &heads, &keys, |name| wanted.contains(&named(name))),
                };
                if of_values.is_empty() && heads.iter().any(|(axis, _)| *axis == Axis::Period) {
                    let columns = table.header().iter().filter(|h| !h.is_empty()).cloned();
                    let fault = DataFault::NoPeriodHeads { columns: columns.collect() };
                    let places = vec![table.place(Spot { record: None, column: 0 }).0];
                    problems.push(Problem { fault: Fault::Data(fault), places });
                    return None;
                }
                let mut said = Vec::new();
                for (axis, texts) in &heads {
                    let text = |column: &usize| {
                        let text = texts.get(*column).cloned().unwrap_or_default();
                        if *axis == Axis::Indicator { named(&text) } else { text }
                    };
                    said.push((*axis, of_values.iter().map(text).collect()));
                }
                for (axis, text) in &constants {
                    let text = if *axis == Axis::Indicator { named(text) } else { text.clone() };
                    said.push((*axis, vec![text; of_values.len()]));
                }
                Body::Cross(Across { indicator, columns: of_values, said })
            }
        };
        roles.find_units(table, wanted);
        Some(roles)
    }

    fn find_units(&mut self, table: &TableFile, wanted: &[String]) {
        let mut put = |name: &str, column: usize| {
            if let Some(unit) = table.unit(column) {
                self.units.entry(name.to_owned()).or_insert((unit.to_owned(), column));
            }
        };
        match &self.body {
            Body::Wide(columns) => {
                let there = wanted.iter().zip(columns);
                there.filter_map(|(n, c)| Some((n, (*c)?))).for_each(|(n, c)| put(n, c));
            }
            Body::Long { .. } => {}
            Body::Cross(across) => {
                for (k, &column) in across.columns.iter().enumerate() {
                    if let Some(name) = across.said(Axis::Indicator, k) {
                        put(name, column);
                    }
                }
            }
        }
    }

    /// Every column that is read.
    pub(super) fn columns(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = self.region.into_iter().chain(self.period).collect();
        match &self.body {
            Body::Wide(indicators) => columns.extend(indicators.iter().flatten()),
            Body::Long { indicator, value } => columns.extend([*indicator, *value]),
            Body::Cross(across) => columns.extend(across.columns.iter().chain(&across.indicator)),
        }
        columns
    }

    /// Whether a key that names a column has a use.
    pub(super) fn uses(&self, key: &str) -> bool {
        match &self.body {
            Body::Wide(_) => false,
            Body::Long { .. } => true,
            Body::Cross(across) => key == "indicator" && across.indicator.is_some(),
        }
    }

    /// By what the periods are named, if they are.
    pub(super) fn period_name(&self, table: &TableFile) -> Option<String> {
        let in_heads = match &self.body {
            Body::Cross(across) => across.said(Axis::Period, 0),
            _ => None,
        };
        let column = self.period.map(|column| table.header()[column].clone());
        column.or_else(|| in_heads.map(|_| Axis::Period.word().to_owned()))
    }
}

/// The columns of values: those that hold no keys, and whose heads say all that they should.
fn values(
    table: &TableFile,
    heads: &[(Axis, Vec<String>)],
    keys: &[Option<usize>],
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<usize> {
    let fits = |column: usize| {
        heads.iter().all(|(axis, texts)| {
            let text = texts.get(column).map_or("", |text| text.trim());
            match axis {
                _ if text.is_empty() => false,
                Axis::Indicator => is_wanted(text),
                Axis::Period => is_period(text),
                Axis::Region => true,
            }
        })
    };
    let all = 0..table.header().len();
    let is_read = |column: &usize| !table.header()[*column].is_empty();
    all.filter(|c| !keys.contains(&Some(*c)) && is_read(c) && fits(*c)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;

    use proptest::prelude::*;
    use quanheng_core::model::State;
    use rust_xlsxwriter::{Format as Style, Workbook};

    use super::*;
    use crate::data::file::{Format, Input};
    use crate::data::frame::{Frame, HeadRow, Skip};
    use crate::data::number::Notation;
    use crate::data::table::{Regions, ValueFile, Values, read_values};
    use crate::problem::Place;

    const INDICATORS: [&str; 3] = ["产值", "人口", "c"];

    /// Values by region, year and indicator; nothing for a cell that is blank.
    #[derive(Clone, Debug)]
    struct Drawn {
        regions: usize,
        years: usize,
        values: Vec<Option<i32>>,
    }

    impl Drawn {
        fn region(&self, k: usize) -> String {
            format!("地区{k}")
        }

        fn year(&self, k: usize) -> String {
            format!("{}年", 2020 + k)
        }

        fn shows(&self, region: usize, year: usize, indicator: usize) -> String {
            let at = (region * self.years + year) * INDICATORS.len() + indicator;
            self.values[at].map_or(String::new(), |x| x.to_string())
        }
    }

    fn drawn() -> impl Strategy<Value = Drawn> {
        (2..5_usize, 2..4_usize).prop_flat_map(|(regions, years)| {
            let value = prop::option::weighted(0.9, -500..500_i32);
            let values = prop::collection::vec(value, regions * years * INDICATORS.len());
            values.prop_map(move |values| Drawn { regions, years, values })
        })
    }

    fn file(name: &str, bytes: impl AsRef<[u8]>, columns: Columns, frame: Frame) -> ValueFile {
        ValueFile {
            input: Input::memory(name, bytes.as_ref()),
            format: Format { frame, ..Format::default() },
            columns,
            notation: Notation::default(),
            matching: Default::default(),
            is_result: false,
        }
    }

    type Cells = BTreeMap<(String, String, String), u64>;

    fn read(files: &[ValueFile]) -> (Cells, Values, Vec<Problem>) {
        let wanted: Vec<String> = INDICATORS.iter().map(|name| (*name).to_owned()).collect();
        let (mut regions, mut problems) = (Regions::open(), Vec::new());
        let values = read_values(files, (&[], &[]), &mut regions, &wanted, &mut problems);
        let mut cells = Cells::new();
        for (row, (region, period)) in values.rows.iter().enumerate() {
            for (k, name) in wanted.iter().enumerate() {
                let column = &values.columns[k];
                if column.state(row) == State::Value {
                    let region = regions.list()[region.0 as usize].code.clone();
                    let period = values.periods[period.0 as usize].label.clone();
                    let bits = column.values()[row].to_bits();
                    cells.insert((region, period, name.clone()), bits);
                }
            }
        }
        (cells, values, problems)
    }

    fn head(rows: &[(u32, Option<Axis>)]) -> Vec<HeadRow> {
        rows.iter().map(|&(row, says)| HeadRow { row, says }).collect()
    }

    fn named(columns: &[(&str, &str)]) -> Columns {
        let mut named = Columns::default();
        for (key, name) in columns {
            let slot = match *key {
                "region" => &mut named.region,
                "period" => &mut named.period,
                _ => &mut named.indicator,
            };
            *slot = Some((*name).to_owned());
        }
        named
    }

    /// The plain table: a row a value.
    fn plain(drawn: &Drawn) -> ValueFile {
        let mut text = String::from("region,period,indicator,value\n");
        for r in 0..drawn.regions {
            for y in 0..drawn.years {
                for (i, name) in INDICATORS.iter().enumerate() {
                    let (region, year) = (drawn.region(r), drawn.year(y));
                    writeln!(text, "{region},{year},{name},{}", drawn.shows(r, y, i)).unwrap();
                }
            }
        }
        file("plain.csv", text, Columns::default(), Frame::default())
    }

    /// The same values in every other layout, with titles above, notes below, and rows between.
    fn others(drawn: &Drawn) -> Vec<(&'static str, Vec<ValueFile>)> {
        let (regions, years) = (0..drawn.regions, 0..drawn.years);
        let end = vec!["注".to_owned()];
        let mut found = Vec::new();

        let mut wide = String::from("年鉴 2-1,,,,,\n\n地区,年份,产值,人口,备注,c\n,,亿元,万人,,\n");
        for r in regions.clone() {
            for y in years.clone() {
                let (region, year) = (drawn.region(r), drawn.year(y));
                let region = if y == 0 { region } else { String::new() };
                let [a, b, c] = [0, 1, 2].map(|i| drawn.shows(r, y, i));
                writeln!(wide, "{region},{year},{a},{b},x,{c}").unwrap();
            }
        }
        wide.push_str("全国,2020年,1,2,x,3\n注：年末数\nSource\n");
        let frame = Frame {
            header: head(&[(3, None)]),
            units: Some(4),
            skip: vec![Skip::Text("全国".into())],
            end: end.clone(),
            fill_down: vec!["地区".into()],
            ..Frame::default()
        };
        let columns = named(&[("region", "地区"), ("period", "年份")]);
        found.push(("wide", vec![file("wide.csv", &wide, columns.clone(), frame.clone())]));
        let renamed = Frame {
            columns: Some(["地区", "年份", "产值", "人口", "c"].map(str::to_owned).to_vec()),
            rename: vec![("region".into(), "地区".into()), ("period".into(), "年份".into())],
            ..frame.clone()
        };
        found.push(("renamed", vec![file("wide.csv", &wide, Columns::default(), renamed)]));

        let mut across = String::from("地区,指标,单位");
        years.clone().for_each(|y| write!(across, ",{}", drawn.year(y)).unwrap());
        across.push('\n');
        for r in regions.clone() {
            for (i, name) in INDICATORS.iter().enumerate() {
                write!(across, "{},{name},个", drawn.region(r)).unwrap();
                years.clone().for_each(|y| write!(across, ",{}", drawn.shows(r, y, i)).unwrap());
                across.push('\n');
            }
        }
        let columns = Columns {
            layout: Some(Layout::PeriodsAcross),
            ..named(&[("region", "地区"), ("indicator", "指标")])
        };
        found.push(("years", vec![file("years.csv", across, columns, Frame::default())]));

        let mut turned = String::from("指标,年份");
        regions.clone().for_each(|r| write!(turned, ",{}", drawn.region(r)).unwrap());
        turned.push('\n');
        for (i, name) in INDICATORS.iter().enumerate() {
            for y in years.clone() {
                write!(turned, "{},{}", if y == 0 { name } else { "" }, drawn.year(y)).unwrap();
                regions.clone().for_each(|r| write!(turned, ",{}", drawn.shows(r, y, i)).unwrap());
                turned.push('\n');
            }
        }
        let columns = Columns {
            layout: Some(Layout::RegionsAcross),
            ..named(&[("period", "年份"), ("indicator", "指标")])
        };
        let frame = Frame { fill_down: vec!["指标".into()], ..Frame::default() };
        found.push(("turned", vec![file("turned.csv", turned, columns, frame)]));

        // Two rows of heads: the indicator over its years.
        let (mut top, mut below) = (String::from("表\n地区"), String::from("\n"));
        for name in INDICATORS {
            for y in years.clone() {
                write!(top, ",{}", if y == 0 { name } else { "" }).unwrap();
                write!(below, ",{}", drawn.year(y)).unwrap();
            }
        }
        let mut text = format!("{top}{below}\n");
        for r in regions.clone() {
            text.push_str(&drawn.region(r));
            for i in 0..INDICATORS.len() {
                years.clone().for_each(|y| write!(text, ",{}", drawn.shows(r, y, i)).unwrap());
            }
            text.push('\n');
        }
        let frame = Frame {
            header: head(&[(2, Some(Axis::Indicator)), (3, Some(Axis::Period))]),
            ..Frame::default()
        };
        found.push(("heads", vec![file("heads.csv", text, named(&[("region", "地区")]), frame)]));

        // A file an indicator, with the years across.
        let of_indicator = |(i, name): (usize, &&str)| {
            let mut text = String::from("地区");
            years.clone().for_each(|y| write!(text, ",{}", drawn.year(y)).unwrap());
            text.push('\n');
            for r in regions.clone() {
                text.push_str(&drawn.region(r));
                years.clone().for_each(|y| write!(text, ",{}", drawn.shows(r, y, i)).unwrap());
                text.push('\n');
            }
            let columns = Columns {
                layout: Some(Layout::PeriodsAcross),
                constant: vec![(Axis::Indicator, (*name).to_owned())],
                ..named(&[("region", "地区")])
            };
            file(&format!("{i}.csv"), text, columns, Frame::default())
        };
        found.push(("files", INDICATORS.iter().enumerate().map(of_indicator).collect()));

        // A sheet a year, the heads without the letters that both files share.
        let mut book = Workbook::new();
        for y in years.clone() {
            let sheet = book.add_worksheet().set_name(drawn.year(y)).unwrap();
            sheet.merge_range(0, 0, 0, 3, "年鉴", &Style::new()).unwrap();
            for (k, name) in ["地区", "值", "口", "c"].iter().enumerate() {
                sheet.write(1, k as u16, *name).unwrap();
            }
            for r in regions.clone() {
                sheet.write(2 + r as u32, 0, drawn.region(r)).unwrap();
                for i in 0..INDICATORS.len() {
                    if let Ok(x) = drawn.shows(r, y, i).parse::<f64>() {
                        sheet.write(2 + r as u32, 1 + i as u16, x).unwrap();
                    }
                }
            }
        }
        let hidden = book.add_worksheet().set_name("草稿").unwrap().set_hidden(true);
        hidden.write(0, 0, "x").unwrap();
        let frame = Frame {
            header: head(&[(2, None)]),
            rename: vec![("产值".into(), "值".into()), ("人口".into(), "口".into())],
            ..Frame::default()
        };
        let bytes = book.save_to_buffer().unwrap();
        let mut sheets = file("book.xlsx", bytes, named(&[("region", "地区")]), frame);
        sheets.format.sheets_say = Some(Axis::Period);
        found.push(("sheets", vec![sheets]));
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_table_says_the_same_in_every_layout(drawn in drawn()) {
            let (expected, _, problems) = read(&[plain(&drawn)]);
            prop_assert_eq!(problems, []);
            for (name, files) in others(&drawn) {
                let (cells, values, problems) = read(&files);
                prop_assert_eq!(problems, [], "{}", name);
                prop_assert_eq!(&cells, &expected, "{}", name);
                // Every value knows its cell, and what it shows there.
                for row in 0..values.rows.len() {
                    for (k, column) in values.columns.iter().enumerate() {
                        if column.state(row) == State::Value {
                            let (place, shows) = values.raw(row, k, values.columns[k].state(row)).unwrap();
                            let number: f64 = shows.parse().unwrap();
                            prop_assert_eq!(number.to_bits(), column.values()[row].to_bits());
                            prop_assert!(!matches!(place, Place::File(_)), "{}", name);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn units_stand_in_a_row() {
        let text = "地区,产值,人口\n,(亿元),万人\n北京,1,2\n";
        let frame = Frame { units: Some(2), ..Frame::default() };
        let (_, values, problems) =
            read(&[file("v.csv", text, named(&[("region", "地区")]), frame)]);
        assert_eq!(problems, []);
        assert_eq!(values.unit(0).map(|(unit, _)| unit).as_deref(), Some("亿元"));
        assert_eq!(values.unit(2), None);
    }

    #[test]
    fn two_files_with_one_name() {
        let of = |prefix: &str, x: u8| {
            let columns = Columns { prefix: prefix.into(), ..Columns::default() };
            file(
                &format!("{prefix}.csv"),
                format!("region,口,值\nA,{x},1\n"),
                columns,
                Frame::default(),
            )
        };
        let files = [of("人", 3), of("产", 4)];
        let (cells, _, problems) = read(&files);
        assert_eq!(problems, []);
        let found: Vec<_> =
            cells.into_iter().map(|((.., name), x)| (name, f64::from_bits(x))).collect();
        assert_eq!(found, [("产值".to_owned(), 1.0), ("人口".to_owned(), 3.0)]);
    }

    #[test]
    fn what_is_said_twice_is_refused() {
        let columns =
            Columns { constant: vec![(Axis::Period, "2020".into())], ..Columns::default() };
        let text = "region,period,产值\nA,2021,1\n";
        let (.., problems) = read(&[file("v.csv", text, columns, Frame::default())]);
        let twice = Fault::Data(DataFault::SaidTwice { axis: "period" });
        assert_eq!(problems.iter().map(|p| &p.fault).collect::<Vec<_>>(), [&twice]);
    }
}
