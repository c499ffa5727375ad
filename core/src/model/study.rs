//! A study: regions, periods, leagues and the raw columns, laid out once for every methodology.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{
    Column, Group, League, LeagueIx, Names, Neighbours, Panel, Period, PeriodIx, Region, RegionIx,
};

/// Everything that is known before a methodology is applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// Titles by language.
    pub title: Names,
    /// The regions, in the order of the region table.
    pub regions: Arc<Vec<Region>>,
    /// The groups.
    pub groups: Arc<Vec<Group>>,
    /// The neighbours of regions; none where the project states no table of them.
    pub neighbours: Option<Arc<Neighbours>>,
    /// The leagues; at least one.
    pub leagues: Vec<League>,
    /// The periods, ascending; at least one.
    pub periods: Vec<Period>,
    /// Which region and period each row stands for.
    pub panel: Panel,
    /// The raw columns by name, a cell for each row of the panel.
    pub columns: IndexMap<String, Column>,
    /// For each row of the panel, whether the data have no row for it: all its cells are missing, and the region is one
    /// of the table of regions. Empty where the data have all rows.
    pub unreported: Vec<bool>,
}

impl Study {
    /// Lays raw columns out by league, period and region code. `rows` says which league, period and region each cell of
    /// `columns` belongs to; a row in no league is left out by the caller, and `from` says where in `columns` it stands.
    /// Also returns, for each row of the panel, the position in `columns` that it came from.
    pub fn new(
        regions: Vec<Region>,
        leagues: Vec<League>,
        periods: Vec<Period>,
        rows: &[(LeagueIx, PeriodIx, RegionIx)],
        from: &[usize],
        columns: impl IntoIterator<Item = (String, Column)>,
    ) -> (Study, Vec<usize>) {
        let mut by_code: Vec<usize> = (0..regions.len()).collect();
        crate::number::sort_by(&mut by_code, &|a, b| regions[a].code.cmp(&regions[b].code));
        let mut order = vec![0; regions.len()];
        for (place, &region) in by_code.iter().enumerate() {
            order[region] = place as u32;
        }
        let (panel, laid) = Panel::new(rows, &order);
        let from: Vec<usize> = laid.into_iter().map(|i| from[i]).collect();
        let columns = columns.into_iter().map(|(name, column)| (name, column.reordered(&from)));
        let study = Study {
            title: Names::default(),
            columns: columns.collect(),
            regions: Arc::new(regions),
            groups: Arc::default(),
            neighbours: None,
            leagues,
            periods,
            panel,
            unreported: Vec::new(),
        };
        (study, from)
    }

    /// Whether the data have no row for a row of the panel.
    pub fn is_unreported(&self, row: usize) -> bool {
        self.unreported.get(row).copied().unwrap_or(false)
    }

    /// The region with this code.
    pub fn region(&self, code: &str) -> Option<RegionIx> {
        self.regions.iter().position(|r| r.code == code).map(|i| RegionIx(i as u32))
    }

    /// The number that a region has in a column of the table of regions which the project declares to be numbers; none
    /// where the cell has none, or the project declares no such column.
    pub fn number_of(&self, region: RegionIx, column: &str) -> Option<f64> {
        let mut numbers = self.regions[region.0 as usize].numbers.iter();
        numbers.find(|(name, _)| *name == column).and_then(|(_, number)| number)
    }

    /// The period that a text means: the one with this label, else the one at the time that it states.
    pub fn period(&self, text: &str) -> Option<PeriodIx> {
        Period::find(&self.periods, text)
    }

    /// The same study with the rows of some periods only; the list of periods is kept whole.
    pub fn only(&self, periods: &[PeriodIx]) -> Study {
        self.keeping(|row| periods.contains(&self.panel.periods()[row])).0
    }

    /// The same study without the rows of one region; the list of regions is kept whole. Also returns, for each row that
    /// is left, its row before.
    pub fn without_region(&self, region: RegionIx) -> (Study, Vec<usize>) {
        self.keeping(|row| self.panel.regions()[row] != region)
    }

    /// The same study with one raw column put in place of the one of its name, or added.
    ///
    /// # Panics
    /// If the column has not a cell for each row of the panel.
    pub fn with_column(&self, name: &str, column: Column) -> Study {
        assert_eq!(column.len(), self.panel.rows(), "a cell for each row");
        let mut study = self.clone();
        study.columns.insert(name.to_owned(), column);
        study
    }

    /// The same study with other codes for its regions, in the order of [`Study::regions`], and without their names: the
    /// rows lie in the order of the new codes. Also returns, for each row, its row before.
    ///
    /// # Panics
    /// If there is not one code for each region.
    pub fn renamed(&self, codes: Vec<String>) -> (Study, Vec<usize>) {
        assert_eq!(codes.len(), self.regions.len(), "a code for each region");
        let regions = self.regions.iter().zip(codes).map(|(region, code)| {
            let names = if region.code == code { region.names.clone() } else { Names::default() };
            Region { code, names, ..region.clone() }
        });
        let rows: Vec<usize> = (0..self.panel.rows()).collect();
        self.laid(regions.collect(), self.groups.clone(), &self.triples(&rows), &rows)
    }

    /// The same study with a second region of the same attributes, groups, neighbours, league and cells under another code. Also
    /// returns the new region.
    pub fn with_copy(&self, region: RegionIx, code: String) -> (Study, RegionIx) {
        let mut regions = Vec::clone(&self.regions);
        let copy = RegionIx(regions.len() as u32);
        regions.push(Region { code, ..regions[region.0 as usize].clone() });
        let mut groups = Vec::clone(&self.groups);
        for members in groups.iter_mut().flat_map(|group| group.classes.values_mut()) {
            if members.contains(&region) {
                members.push(copy);
            }
        }
        let mut from: Vec<usize> = (0..self.panel.rows()).collect();
        let mut triples = self.triples(&from);
        for row in 0..self.panel.rows() {
            if self.panel.regions()[row] == region {
                let (league, period, _) = triples[row];
                triples.push((league, period, copy));
                from.push(row);
            }
        }
        let (mut study, _) = self.laid(regions, Arc::new(groups), &triples, &from);
        let neighbours = self.neighbours.as_ref();
        study.neighbours = neighbours.map(|of| Arc::new(of.with_copy(region, copy)));
        (study, copy)
    }

    /// The same study with some of its rows only; the lists of regions and periods are kept whole. Also returns, for each
    /// row that is left, its row before.
    pub(crate) fn keeping(&self, kept: impl Fn(usize) -> bool) -> (Study, Vec<usize>) {
        let rows: Vec<usize> = (0..self.panel.rows()).filter(|&row| kept(row)).collect();
        self.laid(Vec::clone(&self.regions), self.groups.clone(), &self.triples(&rows), &rows)
    }

    fn triples(&self, rows: &[usize]) -> Vec<(LeagueIx, PeriodIx, RegionIx)> {
        let triple = |&row: &usize| {
            let slice = self.panel.slice_of(row);
            (slice.league, slice.period, self.panel.regions()[row])
        };
        rows.iter().map(triple).collect()
    }

    fn laid(
        &self,
        regions: Vec<Region>,
        groups: Arc<Vec<Group>>,
        triples: &[(LeagueIx, PeriodIx, RegionIx)],
        from: &[usize],
    ) -> (Study, Vec<usize>) {
        let columns = self.columns.iter().map(|(name, column)| (name.clone(), column.clone()));
        let (leagues, periods) = (self.leagues.clone(), self.periods.clone());
        let (study, from) = Study::new(regions, leagues, periods, triples, from, columns);
        let unreported = if self.unreported.is_empty() {
            Vec::new()
        } else {
            from.iter().map(|&row| self.unreported[row]).collect()
        };
        let (title, neighbours) = (self.title.clone(), self.neighbours.clone());
        (Study { title, groups, neighbours, unreported, ..study }, from)
    }
}
