//! How the values of a table are laid out: which of region, period and indicator stand in columns, in the heads of
//! columns, or in the project file.

use std::collections::HashMap;

use quanheng_core::model::Periods;

use super::file::{Spot, TableFile};
use super::frame::Axis;
use super::grid::no_column;
use crate::problem::{DataFault, Fault, Problem};

/// The names of the columns of a table of values, and what is stated of all of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The layout; found from the header where not stated.
    pub layout: Option<Layout>,
    /// The column of regions; `region` unless stated.
    pub region: Option<String>,
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
    /// What is said of each of them.
    said: Vec<(Axis, Vec<String>)>,
}

impl Across {
    /// What is said of a column of values.
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
        let keys = [region, period, indicator, value];
        let named = |name: &str| format!("{}{name}", columns.prefix);
        let mut roles = Roles {
            region,
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
    let is_period = |text: &str| {
        Periods::read(&[text.to_owned()]).is_ok_and(|periods| periods.unread.is_empty())
    };
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
