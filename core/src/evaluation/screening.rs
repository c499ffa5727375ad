//! Which regions are left out for want of data, and the study without them.

use quanheng_words::text;

use super::layout::Layout;
use super::{Evaluation, EvaluationError};
use crate::method::{MethodError, Stage};
use crate::methodology::Screening;
use crate::model::{Column, LeagueIx, PeriodIx, RegionIx, State, Study, Table};

/// A region that is left out in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screened {
    /// The region.
    pub region: RegionIx,
    /// Its league.
    pub league: LeagueIx,
    /// The period.
    pub period: PeriodIx,
    /// How many of the indicators that apply to it have a value.
    pub values: usize,
    /// How many indicators apply to it.
    pub of: usize,
    /// How many of its values are not zero.
    pub nonzero: usize,
    /// Why it is left out.
    pub why: Shortage,
}

/// Why a region is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortage {
    /// The methodology names it.
    Named,
    /// The data have no row for it, and the methodology fills no cells.
    NoRow,
    /// Too few of its indicators have a value.
    Values,
    /// Too few of its values are not zero.
    Nonzero,
}

/// What was there before regions were left out.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    study: std::sync::Arc<Study>,
    layout: Layout,
    indicators: Table,
    /// For each row that is kept, its row in the study.
    rows: Vec<usize>,
}

impl Evaluation {
    /// The regions that are left out for want of data, by league, period and code.
    pub fn screened(&self) -> &[Screened] {
        &self.screened
    }

    /// The row of the study that was given for a row of this evaluation's: they are not the same where regions are left
    /// out.
    pub fn given_row(&self, row: usize) -> usize {
        self.whole.as_ref().map_or(row, |whole| whole.rows[row])
    }

    /// The study that was given, with the rows that are left out.
    pub(crate) fn given_study(&self) -> &Study {
        self.whole.as_ref().map_or(&self.study, |whole| &whole.study)
    }

    /// Whether regions without a row in the data are left out: the imputation fills no cells, so that they have no score.
    /// Where no cell may be missing, they are left out of the periods in which they have no row, if there are several;
    /// data of a single period then lack a region, which is an error.
    fn leaves_out_unreported(&self) -> bool {
        let study = self.given_study();
        if !study.unreported.contains(&true) || self.methodology.fills_cells() {
            return false;
        }
        let imputation = &self.methodology.imputation;
        let mut leaves = self.methodology.system.leaves().iter();
        study.periods.len() > 1 || leaves.all(|leaf| imputation.at(*leaf).method.leaves_absent())
    }

    /// Leaves out the regions that the methodology leaves out. What was done for the same rule before stands.
    pub(super) fn screen(&mut self) -> Result<(), Vec<EvaluationError>> {
        let rule = self.methodology.screening.clone();
        let unreported = self.leaves_out_unreported();
        if (&self.screened_by, self.screened_unreported) == (&rule, unreported) {
            return Ok(());
        }
        self.unscreen();
        if rule.is_none() && !unreported {
            return Ok(());
        }
        let mut kept = vec![true; self.study.panel.rows()];
        for row in 0..kept.len() {
            if let Some(screened) =
                left_out(&self.study, self.indicators.columns(), rule.as_ref(), unreported, row)
            {
                kept[row] = false;
                self.screened.push(screened);
            }
        }
        if !kept.is_empty() && !kept.contains(&true) {
            let error = MethodError::Other(text!(no_region_left));
            let root = self.methodology.system.root();
            self.unscreen();
            return Err(vec![EvaluationError {
                stage: Stage::Imputation,
                method: String::new(),
                node: root,
                child: None,
                first_row: 0,
                rows: Vec::new(),
                beside: false,
                error,
            }]);
        }
        if !self.screened.is_empty() {
            let (study, rows) = self.study.keeping(|row| kept[row]);
            let study = std::sync::Arc::new(study);
            let columns = self.indicators.columns().iter().map(|c| c.reordered(&rows)).collect();
            self.whole = Some(Whole {
                layout: std::mem::replace(&mut self.layout, Layout::new(&study)),
                study: std::mem::replace(&mut self.study, study),
                indicators: std::mem::replace(&mut self.indicators, Table::new(columns)),
                rows,
            });
        }
        self.screened_by = rule;
        self.screened_unreported = unreported;
        Ok(())
    }

    /// Takes back what was left out.
    pub(super) fn unscreen(&mut self) {
        self.screened.clear();
        self.screened_by = None;
        self.screened_unreported = false;
        if let Some(whole) = self.whole.take() {
            self.study = whole.study;
            self.layout = whole.layout;
            self.indicators = whole.indicators;
        }
    }

    /// Errors about rows of the study that was given.
    pub(super) fn in_given_rows(&self, errors: Vec<EvaluationError>) -> Vec<EvaluationError> {
        let given = |error: EvaluationError| EvaluationError {
            first_row: self.given_row(error.first_row),
            rows: error.rows.into_iter().map(|row| self.given_row(row)).collect(),
            ..error
        };
        errors.into_iter().map(given).collect()
    }
}

fn left_out(
    study: &Study,
    columns: &[Column],
    rule: Option<&Screening>,
    unreported: bool,
    row: usize,
) -> Option<Screened> {
    let region = study.panel.regions()[row];
    let slice = study.panel.slice_of(row);
    let code = &study.regions[region.0 as usize].code;
    let applies = |column: &&Column| column.state(row) != State::NotApplicable;
    let has_value = |column: &&Column| column.state(row) == State::Value;
    let of = columns.iter().filter(applies).count();
    let values = columns.iter().filter(has_value).count();
    let nonzero = columns.iter().filter(has_value).filter(|c| c.values()[row] != 0.0).count();
    // Of nothing there is no share that could be too small.
    let below = |part: usize, of: usize, least: Option<f64>| {
        least.is_some_and(|least| of > 0 && part as f64 / (of as f64) < least)
    };
    let by_rule = |rule: &Screening| {
        if rule.include.contains(code) {
            None
        } else if rule.exclude.contains(code) {
            Some(Shortage::Named)
        } else if below(values, of, rule.available) {
            Some(Shortage::Values)
        } else if below(nonzero, values, rule.nonzero) {
            Some(Shortage::Nonzero)
        } else {
            None
        }
    };
    let no_row = (unreported && study.is_unreported(row)).then_some(Shortage::NoRow);
    let why = no_row.or_else(|| rule.and_then(by_rule))?;
    let (league, period) = (slice.league, slice.period);
    Some(Screened { region, league, period, values, of, nonzero, why })
}
