//! A study: regions, periods, leagues and the raw columns, laid out once for every methodology.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{Column, Group, League, LeagueIx, Names, Panel, PeriodIx, Region, RegionIx};

/// A year, a quarter, an edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Its label, as written.
    pub label: String,
    /// Its place in time: the label as a number where all labels are numbers, else its position.
    pub time: f64,
}

/// Everything that is known before a methodology is applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// Titles by language.
    pub title: Names,
    /// The regions, in the order of the region table.
    pub regions: Arc<Vec<Region>>,
    /// The groups.
    pub groups: Arc<Vec<Group>>,
    /// The leagues; at least one.
    pub leagues: Vec<League>,
    /// The periods, ascending; at least one.
    pub periods: Vec<Period>,
    /// Which region and period each row stands for.
    pub panel: Panel,
    /// The raw columns by name, a cell for each row of the panel.
    pub columns: IndexMap<String, Column>,
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
        let mut by_code: Vec<u32> = (0..regions.len() as u32).collect();
        by_code.sort_by(|&a, &b| regions[a as usize].code.cmp(&regions[b as usize].code));
        let mut order = vec![0; regions.len()];
        for (place, &region) in by_code.iter().enumerate() {
            order[region as usize] = place as u32;
        }
        let (panel, laid) = Panel::new(rows, &order);
        let from: Vec<usize> = laid.into_iter().map(|i| from[i]).collect();
        let columns = columns.into_iter().map(|(name, column)| (name, column.reordered(&from)));
        let study = Study {
            title: Names::default(),
            columns: columns.collect(),
            regions: Arc::new(regions),
            groups: Arc::default(),
            leagues,
            periods,
            panel,
        };
        (study, from)
    }

    /// The region with this code.
    pub fn region(&self, code: &str) -> Option<RegionIx> {
        self.regions.iter().position(|r| r.code == code).map(|i| RegionIx(i as u32))
    }

    /// The period with this label.
    pub fn period(&self, label: &str) -> Option<PeriodIx> {
        self.periods.iter().position(|p| p.label == label).map(|i| PeriodIx(i as u32))
    }

    /// The same study with the rows of some periods only; the list of periods is kept whole.
    pub fn only(&self, periods: &[PeriodIx]) -> Study {
        let kept: Vec<usize> = (0..self.panel.rows())
            .filter(|&row| periods.contains(&self.panel.periods()[row]))
            .collect();
        let triples: Vec<_> = kept
            .iter()
            .map(|&row| {
                let slice = self.panel.slice_of(row);
                (slice.league, slice.period, self.panel.regions()[row])
            })
            .collect();
        let columns = self.columns.iter().map(|(name, column)| (name.clone(), column.clone()));
        let regions = Vec::clone(&self.regions);
        let (leagues, all) = (self.leagues.clone(), self.periods.clone());
        let (study, _) = Study::new(regions, leagues, all, &triples, &kept, columns);
        Study { title: self.title.clone(), groups: self.groups.clone(), ..study }
    }
}
