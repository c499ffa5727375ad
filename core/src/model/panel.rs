//! Which region and period each row of a table stands for.

use std::ops::Range;

/// Position of a region in the study's list of regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegionIx(pub u32);

/// Position of a period in the study's list of periods, which ascends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PeriodIx(pub u32);

/// Position of a league in the study's list of leagues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeagueIx(pub u32);

/// The rows of one league in one period: they lie together, and their regions are ranked against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The league.
    pub league: LeagueIx,
    /// The period.
    pub period: PeriodIx,
    /// Its rows.
    pub rows: Range<usize>,
}

/// The row layout shared by every table of a study: by league, then period, then region code.
///
/// The order never depends on the order of the data file, so that a file with its rows shuffled gives the same bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    regions: Vec<RegionIx>,
    periods: Vec<PeriodIx>,
    slices: Vec<Slice>,
}

impl Panel {
    /// Lays out rows from (league, period, region) triples; a repeated triple must have been refused before.
    /// `region_order[r]` is the place of region `r` when regions are sorted by code. Also returns, for each row of the
    /// panel, which of the given triples it came from.
    pub fn new(
        triples: &[(LeagueIx, PeriodIx, RegionIx)],
        region_order: &[u32],
    ) -> (Panel, Vec<usize>) {
        let mut from: Vec<usize> = (0..triples.len()).collect();
        let place = |i: usize| {
            let (league, period, region) = triples[i];
            (league, period, region_order[region.0 as usize])
        };
        crate::number::sort_by(&mut from, &|i, j| place(i).cmp(&place(j)));
        let regions = from.iter().map(|&i| triples[i].2).collect();
        let periods = from.iter().map(|&i| triples[i].1).collect();
        let mut slices: Vec<Slice> = Vec::new();
        for (row, &i) in from.iter().enumerate() {
            let (league, period, _) = triples[i];
            match slices.last_mut() {
                Some(s) if s.league == league && s.period == period => s.rows.end = row + 1,
                _ => slices.push(Slice { league, period, rows: row..row + 1 }),
            }
        }
        (Panel { regions, periods, slices }, from)
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.regions.len()
    }

    /// The region of each row.
    pub fn regions(&self) -> &[RegionIx] {
        &self.regions
    }

    /// The period of each row.
    pub fn periods(&self) -> &[PeriodIx] {
        &self.periods
    }

    /// The slices, which cover the rows in order without gaps.
    pub fn slices(&self) -> &[Slice] {
        &self.slices
    }

    /// The slice that holds `row`.
    pub fn slice_of(&self, row: usize) -> &Slice {
        &self.slices[self.slice_at(row)]
    }

    /// The position of the slice that holds `row`.
    pub fn slice_at(&self, row: usize) -> usize {
        self.slices.partition_point(|s| s.rows.end <= row)
    }

    /// The row of a region in a slice.
    pub fn row_of(&self, slice: &Slice, region: RegionIx) -> Option<usize> {
        slice.rows.clone().find(|&row| self.regions[row] == region)
    }
}
