//! Who the rows are that a method is handed.

use std::sync::Arc;

use crate::model::{Group, Neighbours, Period, PeriodIx, Region, RegionIx};

/// The rows of a method's input: one region in one period each.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// The region of each row.
    pub regions: &'a [RegionIx],
    /// The period of each row.
    pub periods: &'a [PeriodIx],
    /// The study's regions.
    pub all: &'a Arc<Vec<Region>>,
    /// The study's groups.
    pub groups: &'a Arc<Vec<Group>>,
    /// The neighbours of the study's regions; none where the project states no table of them.
    pub neighbours: Option<&'a Arc<Neighbours>>,
    /// The study's periods as points in time, ascending.
    pub times: &'a [f64],
}

impl<'a> Rows<'a> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.regions.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.regions.is_empty()
    }

    /// The rows of the region with this code, one a period.
    pub fn of(&self, code: &'a str) -> impl Iterator<Item = usize> + 'a {
        let (regions, all) = (self.regions, self.all);
        regions
            .iter()
            .enumerate()
            .filter(move |(_, r)| all[r.0 as usize].code == code)
            .map(|(i, _)| i)
    }

    /// The group with this code.
    pub fn group(&self, code: &str) -> Option<&'a Group> {
        self.groups.iter().find(|g| g.code == code)
    }

    /// The point in time of a row.
    pub fn time(&self, row: usize) -> f64 {
        self.times[self.periods[row].0 as usize]
    }

    /// The length of one period, in the units of [`Rows::time`]: two where the study has data for every second year.
    pub fn step(&self) -> f64 {
        Period::step(self.times)
    }
}

/// Rows for worked examples and tests: regions `1` to `n` in one period.
#[derive(Clone, Debug)]
pub struct PlainRows {
    regions: Vec<RegionIx>,
    periods: Vec<PeriodIx>,
    all: Arc<Vec<Region>>,
    /// Groups, for the methods that look at them.
    pub groups: Arc<Vec<Group>>,
    /// Neighbours, for the methods that look at them.
    pub neighbours: Option<Arc<Neighbours>>,
    times: Vec<f64>,
}

impl PlainRows {
    /// `n` regions in one period.
    pub fn new(n: usize) -> Self {
        PlainRows::panel(n, 1)
    }

    /// `n` regions in each of `periods` periods, period by period.
    pub fn panel(n: usize, periods: usize) -> Self {
        let rows = || (0..periods).flat_map(|p| (0..n).map(move |r| (p as u32, r as u32)));
        PlainRows {
            regions: rows().map(|(_, r)| RegionIx(r)).collect(),
            periods: rows().map(|(p, _)| PeriodIx(p)).collect(),
            all: Arc::new(
                (1..=n).map(|i| Region { code: i.to_string(), ..Region::default() }).collect(),
            ),
            groups: Arc::default(),
            neighbours: None,
            times: (0..periods).map(|p| p as f64).collect(),
        }
    }

    /// As a method sees them.
    pub fn rows(&self) -> Rows<'_> {
        Rows {
            regions: &self.regions,
            periods: &self.periods,
            all: &self.all,
            groups: &self.groups,
            neighbours: self.neighbours.as_ref(),
            times: &self.times,
        }
    }
}
