//! Periods: what a label says about time, and the order and the distances of the periods of a study.
//!
//! A label such as `2024.10` has several readings: October 2024, or a number. The readings that all labels of a study
//! share decide what its periods are (`label.rs` finds the readings of one label, this file decides).

mod label;

use crate::number::sort_by;
use quanheng_words::{Text, text};

use super::PeriodIx;
use label::{Reading, numbered, readings};

/// A year, a quarter, an edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Its label, as first written.
    pub label: String,
    /// What it is; all periods of a study are of one kind.
    pub kind: PeriodKind,
    /// Its place in time, in units of its kind: the number of the year, of the month counted through all years, of the
    /// day. The position among the labels where they say nothing about time.
    pub time: f64,
}

/// What the periods of a study are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodKind {
    /// A year: `2019`, `2019年`.
    Year,
    /// A year that begins within a calendar year: `2019/20`.
    SplitYear,
    /// Half a year: `2019H1`, `2019年上半年`.
    Half,
    /// A quarter: `2019Q1`, `2019年第1季度`.
    Quarter,
    /// A month: `2019-01`, `2019年1月`.
    Month,
    /// The months from January on: `2019年1-9月`.
    MonthsTo,
    /// A week after ISO 8601: `2019W05`.
    Week,
    /// A day: `2019-01-05`.
    Day,
    /// A day as `5/1/2019`, the day first.
    DayFirst,
    /// A day as `1/5/2019`, the month first.
    MonthFirst,
    /// Half of a year that is not stated: `上半年`.
    HalfOnly,
    /// A quarter of a year that is not stated: `Q1`.
    QuarterOnly,
    /// A month of a year that is not stated: `1月`.
    MonthOnly,
    /// The months from January on, of a year that is not stated: `1-9月`.
    MonthsToOnly,
    /// A week of a year that is not stated: `第5周`.
    WeekOnly,
    /// A day of a year that is not stated: `1月5日`.
    DayOnly,
    /// An edition: `第3期`, `wave 3`.
    Edition,
    /// A number that is not a year: `2020.5`.
    Number,
    /// A label that says nothing about time.
    Label,
}

impl PeriodKind {
    /// What such a period is called.
    pub fn word(self) -> Text {
        match self {
            PeriodKind::Year => text!(period_year),
            PeriodKind::SplitYear => text!(period_split_year),
            PeriodKind::Half | PeriodKind::HalfOnly => text!(period_half),
            PeriodKind::Quarter | PeriodKind::QuarterOnly => text!(period_quarter),
            PeriodKind::Month | PeriodKind::MonthOnly => text!(period_month),
            PeriodKind::MonthsTo | PeriodKind::MonthsToOnly => text!(period_months_to),
            PeriodKind::Week | PeriodKind::WeekOnly => text!(period_week),
            PeriodKind::Day
            | PeriodKind::DayFirst
            | PeriodKind::MonthFirst
            | PeriodKind::DayOnly => text!(period_day),
            PeriodKind::Edition => text!(period_edition),
            PeriodKind::Number => text!(period_number),
            PeriodKind::Label => text!(period_label),
        }
    }

    /// Whether such a period has a place in time, so that a change from one to the next means something.
    pub fn is_time(self) -> bool {
        self != PeriodKind::Label
    }
}

/// The kinds in the order in which one is chosen that all labels share.
const KINDS: [PeriodKind; 18] = [
    PeriodKind::Year,
    PeriodKind::Half,
    PeriodKind::Quarter,
    PeriodKind::Month,
    PeriodKind::SplitYear,
    PeriodKind::MonthsTo,
    PeriodKind::Week,
    PeriodKind::Day,
    PeriodKind::DayFirst,
    PeriodKind::MonthFirst,
    PeriodKind::HalfOnly,
    PeriodKind::QuarterOnly,
    PeriodKind::MonthOnly,
    PeriodKind::MonthsToOnly,
    PeriodKind::WeekOnly,
    PeriodKind::DayOnly,
    PeriodKind::Edition,
    PeriodKind::Number,
];

/// Why labels are not periods of one kind, by their positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeriodFault {
    /// Two labels are of different kinds.
    Mixed {
        /// The first label and its kind.
        first: (usize, PeriodKind),
        /// The first one of another kind.
        second: (usize, PeriodKind),
    },
    /// A label has two meanings: 2024.1 can be January, or October without its zero; 3/4/2019 is in March or April.
    Ambiguous {
        /// The label.
        label: usize,
        /// What it can mean, each in a form with one meaning.
        meanings: [String; 2],
    },
}

/// The periods of labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Periods {
    /// The periods, ascending; no two mean the same.
    pub list: Vec<Period>,
    /// Where each label went.
    pub of: Vec<PeriodIx>,
    /// The labels that say nothing about time, by position: all labels are in the order in which they came then.
    pub unread: Vec<usize>,
}

impl Periods {
    /// Reads labels, no two alike, in the order in which they were met. Labels that mean the same are one period, which
    /// is called by the first of them.
    ///
    /// # Errors
    /// Labels of several kinds, and a label that can be two months.
    pub fn read(labels: &[String]) -> Result<Periods, PeriodFault> {
        if let [only] = labels
            && only.is_empty()
        {
            return Ok(Periods::as_met(labels));
        }
        let mut all: Vec<Vec<Reading>> = labels.iter().map(|label| readings(label)).collect();
        coarsen(&mut all);
        let unread: Vec<usize> = (0..all.len()).filter(|i| all[*i].is_empty()).collect();
        if unread.len() == labels.len() {
            let numbers: Option<Vec<(String, f64)>> = labels.iter().map(|l| numbered(l)).collect();
            return Ok(match numbers {
                Some(n) if n.iter().all(|(shape, _)| *shape == n[0].0) => {
                    let times: Vec<f64> = n.iter().map(|(_, number)| *number).collect();
                    Periods::sorted(labels, PeriodKind::Edition, &times)
                }
                _ => Periods { unread, ..Periods::as_met(labels) },
            });
        }
        if !unread.is_empty() {
            return Ok(Periods { unread, ..Periods::as_met(labels) });
        }
        let kind = choose(labels, &all)?;
        let time = |of: &Vec<Reading>| of.iter().find(|r| r.kind == kind).map_or(0.0, |r| r.time);
        let times: Vec<f64> = all.iter().map(time).collect();
        Ok(Periods::sorted(labels, kind, &times))
    }

    /// Labels in the order in which they came, whatever they say.
    pub fn as_met(labels: &[String]) -> Periods {
        let times: Vec<f64> = (0..labels.len()).map(|i| i as f64).collect();
        Periods::sorted(labels, PeriodKind::Label, &times)
    }

    fn sorted(labels: &[String], kind: PeriodKind, times: &[f64]) -> Periods {
        let mut from: Vec<usize> = (0..labels.len()).collect();
        sort_by(&mut from, &|a, b| times[a].total_cmp(&times[b]).then(a.cmp(&b)));
        let mut list: Vec<Period> = Vec::new();
        let mut of = vec![PeriodIx(0); labels.len()];
        for i in from {
            if list.last().is_none_or(|last| last.time != times[i]) {
                list.push(Period { label: labels[i].clone(), kind, time: times[i] });
            }
            of[i] = PeriodIx(list.len() as u32 - 1);
        }
        Periods { list, of, unread: Vec::new() }
    }
}

impl Period {
    /// The period among those of a study that a text means: the one with this label, else the one at this time.
    pub fn find(periods: &[Period], text: &str) -> Option<PeriodIx> {
        let at = |found: &dyn Fn(&Period) -> bool| {
            periods.iter().position(found).map(|i| PeriodIx(i as u32))
        };
        if let Some(found) = at(&|period| period.label == text) {
            return Some(found);
        }
        let kind = periods.first()?.kind;
        let mut of_text = readings(text);
        let coarser: Vec<Reading> = of_text.iter().flat_map(Reading::coarser).collect();
        of_text.extend(coarser);
        let meant = of_text.iter().find(|reading| reading.kind == kind);
        meant.and_then(|meant| at(&|period| period.time == meant.time)).or_else(|| {
            let (shape, number) = numbered(text).filter(|_| kind == PeriodKind::Edition)?;
            at(&|period| numbered(&period.label).is_some_and(|n| n == (shape.clone(), number)))
        })
    }

    /// The greatest length of time that divides every distance between the periods: a year where they are
    /// years, two where they are every second year, three months where they are the first months of quarters.
    pub fn step(times: &[f64]) -> f64 {
        let mut step = 0.0_f64;
        for two in times.windows(2) {
            let (mut a, mut b) = ((two[1] - two[0]).abs(), step);
            while b > 1e-6 {
                (a, b) = (b, (a - b * (a / b).round()).abs());
            }
            step = a;
        }
        if step > 1e-6 { step } else { 1.0 }
    }
}

/// Days that are all the first or all the last of a month are also months, and those that are all the first or all the
/// last of a year are also years: this is how spreadsheets write months and years.
fn coarsen(all: &mut [Vec<Reading>]) {
    let days: Vec<usize> =
        (0..all.len()).filter(|i| all[*i].iter().any(|r| r.kind == PeriodKind::Day)).collect();
    if all.len() < 2 {
        return;
    }
    for last in [false, true] {
        for kind in [PeriodKind::Month, PeriodKind::Year] {
            let of = |i: &usize| all[*i].iter().find_map(|day| day.within(kind, last));
            let found: Option<Vec<Reading>> = days.iter().map(of).collect();
            for (i, reading) in days.iter().zip(found.unwrap_or_default()) {
                if !all[*i].contains(&reading) {
                    all[*i].push(reading);
                }
            }
        }
    }
}

/// The kind that all labels can be.
fn choose(labels: &[String], all: &[Vec<Reading>]) -> Result<PeriodKind, PeriodFault> {
    let can = |kind: PeriodKind, of: &[Reading]| of.iter().any(|r| r.kind == kind);
    let all_can = |kind: PeriodKind| all.iter().all(|of| can(kind, of));
    let mixed = |second: usize| {
        let (first, other) = (all[0][0].kind, &all[second]);
        let kind = other.iter().find(|r| !can(r.kind, &all[0])).map_or(other[0].kind, |r| r.kind);
        PeriodFault::Mixed { first: (0, first), second: (second, kind) }
    };
    // 2010-11, 2011-12: two years in a row are one that begins within a year.
    if all.len() > 1 && all_can(PeriodKind::SplitYear) {
        return Ok(PeriodKind::SplitYear);
    }
    // 3/4/2019 and nothing that shows which is the month.
    if all_can(PeriodKind::DayFirst) && all_can(PeriodKind::MonthFirst) {
        let meanings = [PeriodKind::DayFirst, PeriodKind::MonthFirst].map(|kind| {
            let day = all[0].iter().find(|r| r.kind == kind);
            day.map_or_else(String::new, Reading::day)
        });
        return Err(PeriodFault::Ambiguous { label: 0, meanings });
    }
    let Some(kind) = KINDS.into_iter().find(|kind| all_can(*kind)) else {
        let other = (1..all.len()).find(|i| !all[*i].iter().any(|r| can(r.kind, &all[0])));
        // Each two may have a kind in common, and all of them none.
        return Err(mixed(other.unwrap_or(all.len() - 1)));
    };
    match kind {
        PeriodKind::Month => match october(labels) {
            Some(label) => {
                let year = labels[label].trim().trim_end_matches(".1");
                let meanings = ["01", "10"].map(|month| format!("{year}-{month}"));
                Err(PeriodFault::Ambiguous { label, meanings })
            }
            None => Ok(kind),
        },
        PeriodKind::Number => {
            // Years among months: 2024, 2024.1, 2024.2. Halves and quarters of years may be decimals: 2020, 2020.5.
            let month = |of: &Vec<Reading>| {
                let part = of.iter().find(|r| r.kind == kind).map_or(0.0, |r| r.time * 4.0);
                can(PeriodKind::Month, of) && part != part.round()
            };
            let year = |of: &Vec<Reading>| can(PeriodKind::Year, of);
            match (all.iter().position(year), all.iter().position(month)) {
                (Some(y), Some(m)) => {
                    let (y, m) = ((y, PeriodKind::Year), (m, PeriodKind::Month));
                    let (first, second) = if y.0 < m.0 { (y, m) } else { (m, y) };
                    Err(PeriodFault::Mixed { first, second })
                }
                _ => Ok(kind),
            }
        }
        kind => Ok(kind),
    }
}

/// A label such as 2024.1 that may be an October whose zero a spreadsheet has dropped: its year has a November or December
/// written so and no October, or the label stands beside a September, or its year is in the order of the calendar only if
/// it is October.
fn october(labels: &[String]) -> Option<usize> {
    let decimal = |label: &String| {
        let (year, month) = label.trim().split_once('.')?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        (digits(year) && digits(month)).then(|| (year.to_owned(), month.to_owned()))
    };
    let written: Vec<Option<(String, String)>> = labels.iter().map(decimal).collect();
    // With a zero somewhere, zeros were kept.
    if written.iter().flatten().any(|(_, m)| m == "10" || m.starts_with('0')) {
        return None;
    }
    (0..labels.len()).find(|&i| {
        let Some((year, _)) = written[i].as_ref().filter(|(_, month)| month == "1") else {
            return false;
        };
        let of_year = written.iter().flatten().filter(|(y, _)| y == year);
        let months: Vec<u32> = of_year.filter_map(|(_, m)| m.parse().ok()).collect();
        let ascends = |october: bool| {
            let at = |m: u32| if m == 1 && october { 10 } else { m };
            let up = months.windows(2).all(|two| at(two[0]) < at(two[1]));
            up || months.windows(2).all(|two| at(two[0]) > at(two[1]))
        };
        // September beside it, and not February.
        let beside =
            |month: u32| months.windows(2).any(|two| two.contains(&1) && two.contains(&month));
        let follows = beside(9) && !beside(2) || ascends(true) && !ascends(false);
        follows || months.iter().any(|m| *m > 10)
    })
}

#[cfg(test)]
mod tests;
