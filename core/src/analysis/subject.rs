//! What is analysed: one league of an evaluation.

use crate::evaluation::Evaluation;
use crate::model::{LeagueIx, NodeId, PeriodIx, RegionIx, Study};
use crate::number;

use super::{Covariate, Inputs, Reason, Source, Watch};

/// One league of an evaluation, the period that is looked at, and what the project states for its analyses.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The results.
    pub evaluation: &'a Evaluation,
    /// The league.
    pub league: LeagueIx,
    /// The period; analyses of several periods take all of the league unless their settings name some.
    pub period: PeriodIx,
    /// What the project states.
    pub inputs: &'a Inputs,
    /// Who watches what takes long.
    pub watch: &'a dyn Watch,
}

impl<'a> Subject<'a> {
    /// The study of the evaluation.
    pub fn study(&self) -> &'a Study {
        self.evaluation.study()
    }

    /// The positions in the panel of the league's slices, in the order of their periods.
    pub(crate) fn slices(&self) -> Vec<usize> {
        let slices = self.study().panel.slices().iter().enumerate();
        slices.filter(|(_, slice)| slice.league == self.league).map(|(at, _)| at).collect()
    }

    /// The slice of a period.
    pub(crate) fn slice(&self, period: PeriodIx) -> Option<usize> {
        let slices = self.study().panel.slices();
        self.slices().into_iter().find(|&at| slices[at].period == period)
    }

    /// The slice of the period that is looked at.
    pub(crate) fn now(&self) -> Result<usize, Reason> {
        self.slice(self.period).ok_or(Reason::NoRows)
    }

    /// The period of a slice.
    pub(crate) fn period_of(&self, slice: usize) -> PeriodIx {
        self.study().panel.slices()[slice].period
    }

    /// The time of a slice's period, in units of its kind.
    pub(crate) fn time(&self, slice: usize) -> f64 {
        self.study().periods[self.period_of(slice).0 as usize].time
    }

    /// Whether the periods have a place in time.
    pub(crate) fn has_time(&self) -> bool {
        self.study().periods.iter().all(|period| period.kind.is_time())
    }

    /// The regions of a slice, by code.
    pub(crate) fn regions(&self, slice: usize) -> &'a [RegionIx] {
        let panel = &self.study().panel;
        &panel.regions()[panel.slices()[slice].rows.clone()]
    }

    /// The scores of a node in a slice, a cell for each of its regions; NaN for a region that is not ranked.
    pub(crate) fn scores(&self, node: NodeId, slice: usize) -> Vec<f64> {
        let rows = self.study().panel.slices()[slice].rows.clone();
        self.taking_part(slice, self.evaluation.scores(node).values()[rows].to_vec())
    }

    /// The cells of a slice; NaN for a region that is not ranked.
    pub(crate) fn taking_part(&self, slice: usize, mut cells: Vec<f64>) -> Vec<f64> {
        let unranked = &self.study().leagues[self.league.0 as usize].unranked;
        for (cell, region) in cells.iter_mut().zip(self.regions(slice)) {
            if unranked.binary_search(region).is_ok() {
                *cell = f64::NAN;
            }
        }
        cells
    }

    /// The values of a covariate in a slice, a cell for each of its regions.
    ///
    /// # Errors
    /// Values that have no logarithm.
    pub(crate) fn covariate(
        &self,
        covariate: &Covariate,
        slice: usize,
    ) -> Result<Vec<f64>, Reason> {
        let study = self.study();
        let rows = study.panel.slices()[slice].rows.clone();
        let mut values = match &covariate.source {
            Source::Data(column) => match study.columns.get(column) {
                Some(column) => column.values()[rows].to_vec(),
                None => vec![f64::NAN; rows.len()],
            },
            Source::Regions(column) => {
                let of = |region: &RegionIx| study.number_of(*region, column).unwrap_or(f64::NAN);
                self.regions(slice).iter().map(of).collect()
            }
        };
        if covariate.log {
            let n = values.iter().filter(|x| **x <= 0.0).count();
            if n > 0 {
                return Err(Reason::NotPositive { n });
            }
            values.iter_mut().for_each(|x| *x = libm::log(*x));
        }
        Ok(values)
    }

    /// The index.
    pub(crate) fn root(&self) -> NodeId {
        self.evaluation.methodology().system.root()
    }

    /// The nodes below the index.
    pub(crate) fn parts(&self) -> &'a [NodeId] {
        let system = &self.evaluation.methodology().system;
        &system.node(system.root()).children
    }

    /// The nodes with these codes; `usual` where none is stated.
    pub(crate) fn nodes(
        &self,
        codes: &[String],
        usual: impl FnOnce() -> Vec<NodeId>,
    ) -> Result<Vec<NodeId>, Reason> {
        if codes.is_empty() {
            return Ok(usual());
        }
        codes.iter().map(|code| self.node(Some(code))).collect()
    }

    /// The node with this code; the index where none is stated.
    pub(crate) fn node(&self, code: Option<&str>) -> Result<NodeId, Reason> {
        let Some(code) = code else { return Ok(self.root()) };
        let found = self.evaluation.methodology().system.find(code);
        found.ok_or_else(|| Reason::NoNode(code.to_owned()))
    }

    /// The slice of the period with this label.
    pub(crate) fn labelled(&self, label: &str) -> Result<usize, Reason> {
        let found = self.study().period(label).and_then(|period| self.slice(period));
        found.ok_or_else(|| Reason::NoPeriod(label.to_owned()))
    }

    /// The two slices between which something changes: those of stated periods, else the one before `usual` and
    /// `usual`.
    ///
    /// # Errors
    /// A period that is not there, or no two periods in order.
    pub(crate) fn between(
        &self,
        from: Option<&str>,
        to: Option<&str>,
        usual: Usual,
    ) -> Result<(usize, usize), Reason> {
        let slices = self.slices();
        let to = match to {
            Some(label) => self.labelled(label)?,
            None => self.now()?,
        };
        let at = slices.iter().position(|slice| *slice == to).ok_or(Reason::NoRows)?;
        let from = match from {
            Some(label) => self.labelled(label)?,
            None if at == 0 => return Err(Reason::OnePeriod),
            None => match usual {
                Usual::Before => slices[at - 1],
                Usual::First => slices[0],
            },
        };
        if from >= to { Err(Reason::NotBefore) } else { Ok((from, to)) }
    }

    /// Whether some region has a tier by the index in the period that is looked at.
    pub(crate) fn has_tiers(&self) -> bool {
        let Some(slice) = self.slice(self.period) else { return false };
        let rows = self.study().panel.slices()[slice].rows.clone();
        self.evaluation.tiers()[rows].iter().any(Option::is_some)
    }

    /// Positions of the regions that have a value in each of some columns.
    pub(crate) fn complete(columns: &[&[f64]]) -> Vec<usize> {
        let n = columns.first().map_or(0, |column| column.len());
        (0..n).filter(|&i| columns.iter().all(|column| !column[i].is_nan())).collect()
    }
}

/// The earlier of two periods where none is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usual {
    /// The period before.
    Before,
    /// The first of the league.
    First,
}

/// At least so many values.
pub(crate) fn at_least(values: &[f64], least: usize) -> Result<(), Reason> {
    let n = number::count(values);
    if n < least { Err(Reason::TooFew { n, least }) } else { Ok(()) }
}
