//! The sets of rows over which a stage looks at a time.

use std::ops::Range;

use crate::method::Rows;
use crate::methodology::{Among, Over};
use crate::model::{PeriodIx, RegionIx, Study};

/// Rows that a method sees together.
#[derive(Clone, Debug)]
pub(super) enum RowSet {
    /// Rows that lie together.
    Range(Range<usize>),
    /// Rows that do not: one period of several leagues.
    List { rows: Vec<usize>, regions: Vec<RegionIx>, periods: Vec<PeriodIx> },
}

impl RowSet {
    pub(super) fn first(&self) -> usize {
        match self {
            RowSet::Range(range) => range.start,
            RowSet::List { rows, .. } => rows[0],
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            RowSet::Range(range) => range.len(),
            RowSet::List { rows, .. } => rows.len(),
        }
    }

    /// The row of the panel that is the set's `k`th.
    pub(super) fn row(&self, k: usize) -> usize {
        match self {
            RowSet::Range(range) => range.start + k,
            RowSet::List { rows, .. } => rows[k],
        }
    }

    pub(super) fn contains(&self, row: usize) -> bool {
        match self {
            RowSet::Range(range) => range.contains(&row),
            RowSet::List { rows, .. } => rows.contains(&row),
        }
    }

    pub(super) fn rows<'a>(&'a self, study: &'a Study, times: &'a [f64]) -> Rows<'a> {
        let (regions, periods) = match self {
            RowSet::Range(range) => {
                (&study.panel.regions()[range.clone()], &study.panel.periods()[range.clone()])
            }
            RowSet::List { regions, periods, .. } => (regions.as_slice(), periods.as_slice()),
        };
        Rows {
            regions,
            periods,
            all: &study.regions,
            groups: &study.groups,
            neighbours: study.neighbours.as_ref(),
            times,
        }
    }

    /// Runs `f` on the set's part of a column, written into its part of `out`.
    pub(super) fn run<E>(
        &self,
        values: &[f64],
        out: &mut [f64],
        f: impl FnOnce(&[f64], &mut [f64]) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            RowSet::Range(range) => f(&values[range.clone()], &mut out[range.clone()]),
            RowSet::List { rows, .. } => {
                let gathered = self.gather(values);
                let mut written = self.gather(out);
                f(&gathered, &mut written)?;
                for (&row, x) in rows.iter().zip(written) {
                    out[row] = x;
                }
                Ok(())
            }
        }
    }

    /// The set's part of a column, copied.
    pub(super) fn gather(&self, values: &[f64]) -> Vec<f64> {
        match self {
            RowSet::Range(range) => values[range.clone()].to_vec(),
            RowSet::List { rows, .. } => rows.iter().map(|&row| values[row]).collect(),
        }
    }
}

/// The four ways to cut the rows of a study into sets.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    period_league: Vec<RowSet>,
    period_all: Vec<RowSet>,
    panel_league: Vec<RowSet>,
    panel_all: Vec<RowSet>,
    pub(super) times: Vec<f64>,
}

impl Layout {
    pub(super) fn new(study: &Study) -> Self {
        let slices = study.panel.slices();
        let period_league: Vec<RowSet> =
            slices.iter().map(|s| RowSet::Range(s.rows.clone())).collect();
        let mut panel_league: Vec<RowSet> = Vec::new();
        for (i, slice) in slices.iter().enumerate() {
            match panel_league.last_mut() {
                Some(RowSet::Range(range)) if i > 0 && slices[i - 1].league == slice.league => {
                    range.end = slice.rows.end;
                }
                _ => panel_league.push(RowSet::Range(slice.rows.clone())),
            }
        }
        let rows = study.panel.rows();
        let panel_all = if rows == 0 { Vec::new() } else { vec![RowSet::Range(0..rows)] };
        let period_all = if panel_league.len() <= 1 {
            period_league.clone()
        } else {
            (0..study.periods.len() as u32)
                .filter_map(|period| {
                    let of_period = slices.iter().filter(|s| s.period == PeriodIx(period));
                    let rows: Vec<usize> = of_period.flat_map(|s| s.rows.clone()).collect();
                    let regions = rows.iter().map(|&r| study.panel.regions()[r]).collect();
                    let periods = vec![PeriodIx(period); rows.len()];
                    (!rows.is_empty()).then_some(RowSet::List { rows, regions, periods })
                })
                .collect()
        };
        let times = study.periods.iter().map(|p| p.time).collect();
        Layout { period_league, period_all, panel_league, panel_all, times }
    }

    pub(super) fn sets(&self, over: Over, among: Among) -> &[RowSet] {
        match (over, among) {
            (Over::Period, Among::League) => &self.period_league,
            (Over::Period, Among::All) => &self.period_all,
            (Over::Panel, Among::League) => &self.panel_league,
            (Over::Panel, Among::All) => &self.panel_all,
        }
    }
}
