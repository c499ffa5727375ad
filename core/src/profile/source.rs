//! Where the value of a cell comes from: its own period, an earlier one, or a method that filled it in.

use crate::evaluation::Evaluation;
use crate::model::{PeriodIx, State};

/// Where the value of an indicator comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// From the data of the period.
    Own,
    /// From the data of another period of the same region, carried to this one.
    Carried(PeriodIx),
    /// From a method that estimates it.
    Filled,
    /// There is no value.
    Absent,
}

impl Source {
    /// Whether the value is one of the region's own data.
    pub fn is_own(self) -> bool {
        matches!(self, Source::Own | Source::Carried(_))
    }
}

/// A cell after imputation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// NaN for none.
    pub(super) value: f64,
    pub(super) source: Source,
    /// Whether the indicator applies to the region.
    pub(super) applies: bool,
}

/// The values of regions and where they come from.
#[derive(Debug)]
pub(super) struct Sources<'e> {
    evaluation: &'e Evaluation,
    /// The rows of each region, by period.
    rows: Vec<Vec<usize>>,
}

impl<'e> Sources<'e> {
    pub(super) fn new(evaluation: &'e Evaluation) -> Sources<'e> {
        let study = evaluation.study();
        let mut rows = vec![Vec::new(); study.regions.len()];
        // The rows of a league lie in the order of its periods, and a region is in one league.
        for (row, region) in study.panel.regions().iter().enumerate() {
            rows[region.0 as usize].push(row);
        }
        Sources { evaluation, rows }
    }

    /// The rows of the region of a row, by period.
    pub(super) fn rows(&self, row: usize) -> &[usize] {
        &self.rows[self.evaluation.study().panel.regions()[row].0 as usize]
    }

    /// The cells of a row, one a leaf.
    pub(super) fn of(&self, row: usize) -> Vec<Cell> {
        (0..self.evaluation.methodology().system.leaves().len())
            .map(|leaf| self.cell(leaf, row))
            .collect()
    }

    /// One cell of a row; `leaf` is the position of the leaf among all leaves.
    pub(super) fn cell(&self, leaf: usize, row: usize) -> Cell {
        let raw = self.evaluation.indicators().column(leaf);
        let value = self.evaluation.complete().columns()[leaf].values()[row];
        let source = match (value.is_nan(), raw.state(row)) {
            (true, _) => Source::Absent,
            (false, State::Value) => Source::Own,
            (false, _) => self.carried(leaf, row).map_or(Source::Filled, Source::Carried),
        };
        Cell { value, source, applies: raw.state(row) != State::NotApplicable }
    }

    /// The period from which `carry` took the value of a cell that has none: the latest earlier one with a value, else the
    /// earliest later one.
    fn carried(&self, leaf: usize, row: usize) -> Option<PeriodIx> {
        let methodology = self.evaluation.methodology();
        let choice = methodology.imputation.at(methodology.system.leaves()[leaf]);
        if choice.name != "carry" {
            return None;
        }
        let values = self.evaluation.indicators().column(leaf).values();
        let with_value = |other: &&usize| !values[**other].is_nan();
        let rows = self.rows(row);
        let earlier = rows.iter().filter(with_value).rfind(|other| **other < row);
        let from = earlier.or_else(|| rows.iter().filter(with_value).find(|other| **other > row));
        from.map(|&other| self.evaluation.study().panel.periods()[other])
    }
}
