//! How the scores and the values of a region have changed.

use crate::evaluation::Evaluation;
use crate::model::{NodeId, Period, PeriodIx, PeriodKind};

use super::in_order;
use super::source::Sources;

/// How a region has changed at one node, from the first period of the window in which it has a score to the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// The node.
    pub node: NodeId,
    /// The first period.
    pub from: PeriodIx,
    /// The last period: that of the profile.
    pub to: PeriodIx,
    /// The scores in both.
    pub scores: (f64, f64),
    /// The mean change of the score in a year: (last − first)/(years between them); in one step of the periods where they
    /// are not in years.
    pub change: f64,
    /// Whether a rise of the score is good, as ranks have it.
    pub rise_is_good: bool,
    /// The ranks of the index in both; none for other nodes, and where one of them is not ranked.
    pub ranks: Option<(f64, f64)>,
    /// For an indicator, its values of the region's own data in the first and the last period that have one, and the mean
    /// change in a year.
    pub values: Option<(f64, f64, f64)>,
}

/// Why there is no trend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTrend {
    /// There is one period.
    OnePeriod,
    /// Periods say nothing about time.
    NoTime,
    /// The region has no score in an earlier period.
    NoEarlier,
}

/// The periods over which a trend is measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    first: PeriodIx,
    last: PeriodIx,
    fault: Option<NoTrend>,
}

/// How many periods of this kind make a year; none for a kind that has no such length.
fn in_a_year(kind: PeriodKind) -> Option<f64> {
    use PeriodKind::*;
    match kind {
        Year | SplitYear => Some(1.0),
        Half | HalfOnly => Some(2.0),
        Quarter | QuarterOnly => Some(4.0),
        Month | MonthsTo | MonthOnly | MonthsToOnly => Some(12.0),
        // The mean length of a year of the Gregorian calendar.
        Week | WeekOnly => Some(365.2425 / 7.0),
        Day | DayFirst | MonthFirst | DayOnly => Some(365.2425),
        Edition | Number | Label => None,
    }
}

/// The years between two periods; none where they are not in years.
pub fn years(from: &Period, to: &Period) -> Option<f64> {
    in_a_year(from.kind).map(|n| (to.time - from.time) / n)
}

/// The time between two periods: in years, or in steps where they are not in years.
fn between(from: &Period, to: &Period) -> f64 {
    years(from, to).unwrap_or(to.time - from.time)
}

/// The year in which a period lies, as a number; none where it is not known.
pub(super) fn year(period: &Period) -> Option<f64> {
    match period.kind {
        PeriodKind::Year | PeriodKind::SplitYear => Some(period.time),
        PeriodKind::Half | PeriodKind::Quarter | PeriodKind::Month | PeriodKind::MonthsTo => {
            in_a_year(period.kind).map(|n| period.time / n)
        }
        _ => None,
    }
}

impl Window {
    /// The periods of a slice's league from `since` on, up to that of the slice.
    pub(super) fn new(evaluation: &Evaluation, slice: usize, since: Option<PeriodIx>) -> Window {
        let study = evaluation.study();
        let slices = study.panel.slices();
        let (league, last) = (slices[slice].league, slices[slice].period);
        let periods = slices.iter().filter(|s| s.league == league).map(|s| s.period);
        let first = periods.filter(|p| since.is_none_or(|since| *p >= since)).min();
        let first = first.unwrap_or(last);
        let has_time = study.periods[last.0 as usize].kind.is_time();
        let fault = match (first < last, has_time) {
            (false, _) => Some(NoTrend::OnePeriod),
            (true, false) => Some(NoTrend::NoTime),
            (true, true) => None,
        };
        Window { first, last, fault }
    }

    /// The rows of a region in the window, by period.
    fn rows<'s>(
        &self,
        evaluation: &Evaluation,
        sources: &'s Sources<'_>,
        row: usize,
    ) -> &'s [usize] {
        let periods = evaluation.study().panel.periods();
        let rows = sources.rows(row);
        let start = rows.partition_point(|&r| periods[r] < self.first);
        let end = rows.partition_point(|&r| periods[r] <= self.last);
        &rows[start.min(end)..end]
    }

    /// The first and the last value of the region's own data in the window: the rows and the values.
    pub(super) fn ends(
        &self,
        evaluation: &Evaluation,
        sources: &Sources<'_>,
        leaf: usize,
        row: usize,
    ) -> Option<[(usize, f64); 2]> {
        if self.fault.is_some() {
            return None;
        }
        let values = evaluation.indicators().column(leaf).values();
        let rows = self.rows(evaluation, sources, row).iter();
        let mut there = rows.map(|&r| (r, values[r])).filter(|(_, x)| !x.is_nan());
        let first = there.next()?;
        there.next_back().map(|last| [first, last])
    }

    /// The time between two rows.
    pub(super) fn between(&self, evaluation: &Evaluation, from: usize, to: usize) -> f64 {
        let study = evaluation.study();
        let period = |row: usize| &study.periods[study.panel.periods()[row].0 as usize];
        between(period(from), period(to))
    }

    /// The trends of a region, node by node; nodes without a score at both ends are left out.
    pub(super) fn trends(
        &self,
        evaluation: &Evaluation,
        sources: &Sources<'_>,
        row: usize,
    ) -> Result<Vec<Trend>, NoTrend> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let system = &evaluation.methodology().system;
        let periods = evaluation.study().panel.periods();
        let rows = self.rows(evaluation, sources, row);
        let trend = |node: NodeId| {
            let scores = evaluation.scores(node).values();
            let from = *rows.iter().find(|&&r| !scores[r].is_nan())?;
            if from == row || scores[row].is_nan() {
                return None;
            }
            let ranks = evaluation.ranks();
            let ranks = (node == system.root()).then(|| (ranks[from], ranks[row]));
            let leaf = system.leaves().iter().position(|leaf| *leaf == node);
            let ends = leaf.and_then(|leaf| self.ends(evaluation, sources, leaf, row));
            Some(Trend {
                node,
                from: periods[from],
                to: periods[row],
                scores: (scores[from], scores[row]),
                change: (scores[row] - scores[from]) / self.between(evaluation, from, row),
                rise_is_good: !evaluation.better(node).is_negative(),
                ranks: ranks.filter(|(a, b)| !a.is_nan() && !b.is_nan()),
                values: ends
                    .map(|[(a, x), (b, y)]| (x, y, (y - x) / self.between(evaluation, a, b))),
            })
        };
        let trends: Vec<Trend> = in_order(system).filter_map(trend).collect();
        if trends.is_empty() { Err(NoTrend::NoEarlier) } else { Ok(trends) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_periods() {
        let period = |kind, time| Period { label: String::new(), kind, time };
        let apart = |kind, a, b| years(&period(kind, a), &period(kind, b));
        assert_eq!(apart(PeriodKind::Year, 2015.0, 2019.0), Some(4.0));
        // From the first quarter of 2019 to the third of 2020.
        assert_eq!(apart(PeriodKind::Quarter, 8076.0, 8082.0), Some(1.5));
        assert_eq!(apart(PeriodKind::Edition, 1.0, 3.0), None);
        assert_eq!(year(&period(PeriodKind::Quarter, 8078.0)), Some(2019.5));
        assert_eq!(year(&period(PeriodKind::Week, 2500.0)), None);
    }
}
