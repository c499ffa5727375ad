//! What regions get under a coalition: hybrid methodologies and data, evaluated from where they differ from the last.

use std::sync::Arc;

use super::Impossible;
use super::hybrid::{Coalition, Pair};
use crate::evaluation::Evaluation;
use crate::method::Stage;
use crate::methodology::{Part, contract_problems};
use crate::model::{Column, PeriodIx, State, Study};

/// The score and the rank of each region of the study in the period that is read; NaN for none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ByRegion {
    pub(super) scores: Vec<f64>,
    pub(super) ranks: Vec<f64>,
}

/// The raw columns that differ between two periods, and the study in which some of them are exchanged.
#[derive(Debug)]
pub(super) struct Data {
    pub(super) before: PeriodIx,
    pub(super) after: PeriodIx,
    /// Names of the columns whose cells differ.
    pub(super) columns: Vec<String>,
}

impl Data {
    pub(super) fn new(
        study: &Study,
        pair: [&crate::methodology::Methodology; 2],
        before: PeriodIx,
        after: PeriodIx,
    ) -> Data {
        let mut names: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if names.iter().all(|n| n != name) {
                names.push(name.to_owned());
            }
        };
        for methodology in pair {
            let system = &methodology.system;
            system.nodes().iter().filter_map(|n| n.published.as_deref()).for_each(&mut add);
            for (k, &leaf) in system.leaves().iter().enumerate() {
                let of_leaf = system.indicator(k).columns(&system.node(leaf).code);
                of_leaf.into_iter().for_each(&mut add);
                for step in &methodology.treatment {
                    step.at(leaf).method.other_column().into_iter().for_each(&mut add);
                }
            }
        }
        let pairs = rows_of_both(study, before, after);
        let differs = |name: &String| {
            study.columns.get(name).is_some_and(|column| {
                pairs.iter().any(|&(x, y)| {
                    let (a, b) = (column.values()[x], column.values()[y]);
                    column.state(x) != column.state(y) || !(a == b || a.is_nan())
                })
            })
        };
        Data { before, after, columns: names.into_iter().filter(differs).collect() }
    }

    /// The study with the period that is read, if `taken` says of each column, and first of the rest (which regions there
    /// are, and the other periods), whether it comes from the later side.
    fn study(&self, study: &Study, taken: &[bool]) -> (Study, PeriodIx) {
        let rest = taken[0];
        let mut made = study.clone();
        let pairs = rows_of_both(study, self.before, self.after);
        for (name, &later) in self.columns.iter().zip(&taken[1..]) {
            if later != rest {
                let column = &study.columns[name];
                let mut values = column.values().to_vec();
                let mut states: Vec<State> = (0..column.len()).map(|r| column.state(r)).collect();
                for &(before, after) in &pairs {
                    let (to, from) = if later { (before, after) } else { (after, before) };
                    values[to] = column.values()[from];
                    states[to] = column.state(from);
                }
                made.columns.insert(name.clone(), Column::with_states(values, states));
            }
        }
        (made, if rest { self.after } else { self.before })
    }
}

/// The rows of each region that is there in both periods.
fn rows_of_both(study: &Study, before: PeriodIx, after: PeriodIx) -> Vec<(usize, usize)> {
    let panel = &study.panel;
    let mut of_region: Vec<[Option<usize>; 2]> = vec![[None; 2]; study.regions.len()];
    for row in 0..panel.rows() {
        let region = panel.regions()[row].0 as usize;
        if panel.periods()[row] == before {
            of_region[region][0] = Some(row);
        }
        if panel.periods()[row] == after {
            of_region[region][1] = Some(row);
        }
    }
    of_region.into_iter().filter_map(|[a, b]| Some((a?, b?))).collect()
}

/// Evaluates coalitions, one after the other.
#[derive(Debug)]
pub(super) struct Oracle<'a> {
    study: &'a Arc<Study>,
    pair: &'a Pair,
    data: Option<&'a Data>,
    period: PeriodIx,
    current: Option<(Coalition, Evaluation, PeriodIx)>,
}

impl<'a> Oracle<'a> {
    pub(super) fn new(
        study: &'a Arc<Study>,
        pair: &'a Pair,
        data: Option<&'a Data>,
        period: PeriodIx,
    ) -> Self {
        Oracle { study, pair, data, period, current: None }
    }

    /// The evaluation of a coalition and the period to read in it; `causes` are those of the player that comes partly.
    pub(super) fn evaluate(
        &mut self,
        coalition: &Coalition,
        causes: &[Vec<String>],
    ) -> Result<(&Evaluation, PeriodIx), Impossible> {
        let from = self.current.as_ref().map(|(last, ..)| self.first_difference(last, coalition));
        let methodology =
            self.pair.methodology(coalition, causes).map_err(|_| Impossible::NotATree)?;
        let methodology = Arc::new(methodology);
        let full = (1 << self.pair.players.len()) - 1;
        let an_end = coalition.partly.is_none() && [0, full].contains(&coalition.whole);
        if !an_end {
            let problems = contract_problems(self.study, &methodology);
            if !problems.is_empty() {
                let system = Arc::clone(&methodology.system);
                return Err(Impossible::Contract { problems, system });
            }
        }
        let system = Arc::clone(&methodology.system);
        let failed = |errors| Impossible::Failed { errors, system };
        match (self.current.take(), from) {
            (Some((_, evaluation, period)), Some(None)) => {
                self.current = Some((coalition.clone(), evaluation, period));
            }
            (Some((_, mut evaluation, period)), Some(Some(Some(stage)))) => {
                evaluation.replay(methodology, stage).map_err(failed)?;
                self.current = Some((coalition.clone(), evaluation, period));
            }
            _ => {
                let (study, period) = self.study(coalition);
                let evaluation = Evaluation::new(study, methodology).map_err(failed)?;
                self.current = Some((coalition.clone(), evaluation, period));
            }
        }
        let (_, evaluation, period) = self.current.as_ref().expect("just put there");
        Ok((evaluation, *period))
    }

    /// What regions get under a coalition.
    pub(super) fn by_region(
        &mut self,
        coalition: &Coalition,
        causes: &[Vec<String>],
    ) -> Result<ByRegion, Impossible> {
        let regions = self.study.regions.len();
        let (evaluation, period) = self.evaluate(coalition, causes)?;
        Ok(by_region(evaluation, period, regions))
    }

    /// The first stage in which two coalitions differ: `None` if they are the same, `Some(None)` if everything must be
    /// computed again.
    fn first_difference(&self, one: &Coalition, other: &Coalition) -> Option<Option<Stage>> {
        let differs = |at: usize| {
            let of = |c: &Coalition| match &c.partly {
                Some((player, which)) if *player == at => Err(which.clone()),
                _ => Ok(c.whole >> at & 1),
            };
            of(one) != of(other)
        };
        let players = self.pair.players.iter().enumerate().filter(|(at, _)| differs(*at));
        // Nothing at all comes before every stage.
        let stages = players.map(|(_, player)| player.entry().again.first());
        stages.min()
    }

    fn study(&self, coalition: &Coalition) -> (Arc<Study>, PeriodIx) {
        let Some(data) = self.data else {
            return (Arc::clone(self.study), self.period);
        };
        let at = self.pair.players.iter().position(|p| *p == Part::Data);
        let at = at.expect("data differ, so that they are a player");
        let all = |later: bool| vec![later; data.columns.len() + 1];
        let taken = match &coalition.partly {
            Some((player, which)) if *player == at => which.clone(),
            _ => all(coalition.whole >> at & 1 == 1),
        };
        let (study, period) = data.study(self.study, &taken);
        (Arc::new(study), period)
    }
}

pub(super) fn by_region(evaluation: &Evaluation, period: PeriodIx, regions: usize) -> ByRegion {
    let panel = &evaluation.study().panel;
    let scores = evaluation.scores(evaluation.methodology().system.root()).values();
    let mut found = ByRegion { scores: vec![f64::NAN; regions], ranks: vec![f64::NAN; regions] };
    for row in (0..panel.rows()).filter(|&row| panel.periods()[row] == period) {
        let region = panel.regions()[row].0 as usize;
        found.scores[region] = scores[row];
        found.ranks[region] = evaluation.ranks()[row];
    }
    found
}
