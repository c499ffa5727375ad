//! The sets of rows that are described: a period of a league, all its periods together, or a class of a group within
//! these.

use crate::model::{LeagueIx, PeriodIx, Study};

/// Rows that are described together.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// Their league.
    pub league: LeagueIx,
    /// Their period; `None` where the rows of several are taken together.
    pub period: Option<PeriodIx>,
    /// The position of their class in the group by which rows are parted; `None` for the regions of all classes.
    pub class: Option<usize>,
    /// The rows, ascending.
    pub rows: Vec<usize>,
}

/// Which periods are described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Periods {
    /// The last one of each league.
    Last,
    /// These, one by one.
    Each(Vec<PeriodIx>),
    /// The rows of all periods together.
    Together,
}

/// The scopes of a study, league by league; those without rows are left out.
pub fn scopes(study: &Study, periods: &Periods) -> Vec<Scope> {
    let mut found: Vec<Scope> = Vec::new();
    for slice in study.panel.slices() {
        let rows: Vec<usize> = slice.rows.clone().collect();
        let scope = Scope { league: slice.league, period: Some(slice.period), class: None, rows };
        let before = found.last_mut().filter(|before| before.league == slice.league);
        match (periods, before) {
            (Periods::Each(chosen), _) if !chosen.contains(&slice.period) => {}
            // The slices of a league lie in the order of its periods.
            (Periods::Last, Some(before)) => *before = scope,
            (Periods::Together, Some(before)) => before.rows.extend(scope.rows),
            (Periods::Together, None) => found.push(Scope { period: None, ..scope }),
            _ => found.push(scope),
        }
    }
    found
}

/// The classes of a group within a scope, those without rows left out.
pub fn classes(study: &Study, scope: &Scope, group: usize) -> Vec<Scope> {
    let regions = study.panel.regions();
    let of_class = |(class, members): (usize, &Vec<crate::model::RegionIx>)| {
        // Members ascend.
        let is_in = |row: &&usize| members.binary_search(&regions[**row]).is_ok();
        let rows: Vec<usize> = scope.rows.iter().filter(is_in).copied().collect();
        (!rows.is_empty()).then(|| Scope { class: Some(class), rows, ..scope.clone() })
    };
    study.groups[group].classes.values().enumerate().filter_map(of_class).collect()
}
