//! What regions get under a coalition: hybrid methodologies and data, evaluated from where they differ from the last.

use std::sync::{Arc, OnceLock};

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
    /// The rows of each region that is there in both.
    pairs: Vec<(usize, usize)>,
    /// For each column, once it is needed: with the earlier cells in place of the later, and the other way round.
    exchanged: Vec<[OnceLock<Column>; 2]>,
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
        let columns: Vec<String> = names.into_iter().filter(differs).collect();
        let exchanged = columns.iter().map(|_| Default::default()).collect();
        Data { before, after, columns, pairs, exchanged }
    }

    /// The period that is read, if `taken` says of the rest whether it comes from the later side.
    fn period(&self, taken: &[bool]) -> PeriodIx {
        if taken[0] { self.after } else { self.before }
    }

    /// A column as it is if `taken` says of each column, and first of the rest (which regions there are, and the other
    /// periods), whether it comes from the later side.
    fn column(&self, study: &Study, at: usize, taken: &[bool]) -> Column {
        let (rest, later) = (taken[0], taken[at + 1]);
        let column = &study.columns[&self.columns[at]];
        if later == rest {
            return column.clone();
        }
        self.exchanged[at][usize::from(later)]
            .get_or_init(|| {
                let mut values = column.values().to_vec();
                let mut states: Vec<State> = (0..column.len()).map(|r| column.state(r)).collect();
                for &(before, after) in &self.pairs {
                    let (to, from) = if later { (before, after) } else { (after, before) };
                    values[to] = column.values()[from];
                    states[to] = column.state(from);
                }
                Column::with_states(values, states)
            })
            .clone()
    }

    /// The columns that are not the same under one choice as under another.
    fn differing(&self, study: &Study, before: &[bool], after: &[bool]) -> Vec<(&str, Column)> {
        let content = |taken: &[bool], at: usize| {
            let (rest, later) = (taken[0], taken[at + 1]);
            (rest != later).then_some(later)
        };
        let differs = |at: &usize| content(before, *at) != content(after, *at);
        let all = (0..self.columns.len()).filter(differs);
        all.map(|at| (self.columns[at].as_str(), self.column(study, at, after))).collect()
    }

    /// The study under a choice.
    fn study(&self, study: &Study, taken: &[bool]) -> Study {
        let mut made = study.clone();
        for (name, column) in self.differing(study, &vec![false; taken.len()], taken) {
            made.columns.insert(name.to_owned(), column);
        }
        made
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
    current: Option<Current>,
}

/// The last coalition and its evaluation.
#[derive(Debug)]
struct Current {
    coalition: Coalition,
    evaluation: Evaluation,
    period: PeriodIx,
    /// Whether its methodology was found to keep the contracts between stages.
    kept: bool,
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
        if self.differ_in_data(coalition) {
            return self.exchange(coalition);
        }
        let from =
            self.current.as_ref().map(|last| self.first_difference(&last.coalition, coalition));
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
        let (evaluation, period) = match (self.current.take(), from) {
            (Some(last), Some(None)) => (last.evaluation, last.period),
            (Some(mut last), Some(Some(Some(stage)))) => {
                last.evaluation.replay(methodology, stage).map_err(failed)?;
                (last.evaluation, last.period)
            }
            _ => {
                let (study, period) = self.study(coalition);
                (Evaluation::new(study, methodology).map_err(failed)?, period)
            }
        };
        let (coalition, kept) = (coalition.clone(), !an_end);
        let current = self.current.insert(Current { coalition, evaluation, period, kept });
        Ok((&current.evaluation, period))
    }

    /// Whether a coalition differs from the last one in which data it takes, and in nothing else.
    fn differ_in_data(&self, coalition: &Coalition) -> bool {
        let Some(last) = self.current.as_ref().filter(|last| last.kept) else { return false };
        let mut players = self.differing(&last.coalition, coalition);
        let all = last.evaluation.methodology().periods.is_none();
        all && players.next() == Some(Part::Data) && players.next().is_none()
    }

    /// The evaluation of a coalition that differs from the last one in its data only.
    fn exchange(&mut self, coalition: &Coalition) -> Result<(&Evaluation, PeriodIx), Impossible> {
        let mut last = self.current.take().expect("there is a last one");
        let data = self.data.expect("data differ, so that they are a player");
        let (before, after) = (self.taken(data, &last.coalition), self.taken(data, coalition));
        let columns = data.differing(self.study, &before, &after);
        let system = Arc::clone(&last.evaluation.methodology().system);
        let failed = |errors| Impossible::Failed { errors, system };
        last.evaluation.exchange(&columns).map_err(failed)?;
        let (coalition, period) = (coalition.clone(), data.period(&after));
        let current = self.current.insert(Current { coalition, period, ..last });
        Ok((&current.evaluation, period))
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

    /// The players whose parts are not the same in two coalitions.
    fn differing(&self, one: &Coalition, other: &Coalition) -> impl Iterator<Item = Part> {
        let differs = |at: usize| {
            let of = |c: &Coalition| match &c.partly {
                Some((player, which)) if *player == at => Err(which.clone()),
                _ => Ok(c.whole >> at & 1),
            };
            of(one) != of(other)
        };
        let players = self.pair.players.iter().enumerate().filter(|(at, _)| differs(*at));
        players.map(|(_, player)| *player).collect::<Vec<_>>().into_iter()
    }

    /// The first stage in which two coalitions differ: `None` if they are the same, `Some(None)` if everything must be
    /// computed again.
    fn first_difference(&self, one: &Coalition, other: &Coalition) -> Option<Option<Stage>> {
        // Nothing at all comes before every stage.
        self.differing(one, other).map(|player| player.entry().again.first()).min()
    }

    fn study(&self, coalition: &Coalition) -> (Arc<Study>, PeriodIx) {
        let Some(data) = self.data else {
            return (Arc::clone(self.study), self.period);
        };
        let taken = self.taken(data, coalition);
        (Arc::new(data.study(self.study, &taken)), data.period(&taken))
    }

    /// For the rest of the data, and then for each column that differs, whether a coalition takes it from the later side.
    fn taken(&self, data: &Data, coalition: &Coalition) -> Vec<bool> {
        let at = self.pair.players.iter().position(|p| *p == Part::Data);
        let at = at.expect("data differ, so that they are a player");
        match &coalition.partly {
            Some((player, which)) if *player == at => which.clone(),
            _ => vec![coalition.whole >> at & 1 == 1; data.columns.len() + 1],
        }
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
