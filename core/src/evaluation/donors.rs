//! The cells that the value of a filled cell was made of.

use super::Evaluation;
use super::layout::RowSet;
use crate::imputation::{Donors, ImputationInput};
use crate::model::{Column, Direction, System};

impl Evaluation {
    /// What the value that imputation gave a cell was made of: rows of the panel, or classes of a group. `leaf` is the
    /// position of the leaf among those of the system. None where the cell was not filled, and where the method does not say:
    /// it takes one figure for all cells, or is a script or a plugin.
    pub fn donors(&self, leaf: usize, row: usize) -> Option<Donors> {
        let before = self.indicators.column(leaf);
        if !before.values()[row].is_nan() || self.complete.columns()[leaf].values()[row].is_nan() {
            return None;
        }
        let system = &self.methodology.system;
        let node = system.leaves()[leaf];
        let choice = self.methodology.imputation.at(node);
        let mut sets = self.layout.sets(choice.over, choice.among).iter();
        let set = sets.find(|set| set.contains(row))?;
        let raw = self.indicators.columns().iter().map(Column::values);
        let columns: Vec<Vec<f64>> = raw.map(|column| set.gather(column)).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let input = ImputationInput {
            columns: &columns,
            column: leaf,
            siblings: &siblings_of(system, leaf),
            directions: &directions(system),
            indicator: system.indicator(leaf),
            code: &system.node(node).code,
            rows: set.rows(&self.study, &self.layout.times),
        };
        let own = match set {
            RowSet::Range(range) => row - range.start,
            RowSet::List { rows, .. } => rows.iter().position(|r| *r == row)?,
        };
        Some(match choice.method.donors(&input, own)? {
            Donors::Rows(rows) => Donors::Rows(rows.into_iter().map(|k| set.row(k)).collect()),
            classes => classes,
        })
    }
}

/// Which leaves have the same parent as one, by their positions.
pub(super) fn siblings_of(system: &System, leaf: usize) -> Vec<usize> {
    let parent = |k: usize| system.node(system.leaves()[k]).parent;
    (0..system.leaves().len()).filter(|&k| parent(k) == parent(leaf)).collect()
}

/// Which way is better in each leaf.
pub(super) fn directions(system: &System) -> Vec<Direction> {
    (0..system.leaves().len()).map(|k| system.indicator(k).direction).collect()
}
