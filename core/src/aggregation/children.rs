//! What an aggregation sees.

use crate::method::Rows;
use crate::model::{Direction, Node};

crate::method::choice! {
    /// What happens to the weight (or the full marks) of a child that has no value for a region.
    pub enum AbsentRule {
        /// The others share it in proportion to their own weights; points are scaled up to the full marks of all.
        Proportional = "proportional",
        /// The others share it in equal parts.
        Even = "even",
    }
}

/// The children of a node over some rows.
#[derive(Clone, Copy, Debug)]
pub struct Children<'a> {
    /// The scores of each child, NaN where absent.
    pub columns: &'a [&'a [f64]],
    /// The weight of each child: zero or above, with a sum of one.
    pub weights: &'a [f64],
    /// The same weights as stated or found, of any sum: means are formed as `Σ w·s / Σ w` of these, so that weights such
    /// as 1, 1, 1 or 20, 30, 50 lose no digits.
    pub proportions: &'a [f64],
    /// Which way is better in each column.
    pub directions: &'a [Direction],
    /// Full marks of each child, NaN where it has none.
    pub full_marks: &'a [f64],
    /// What happens to the weight of an absent child.
    pub absent: AbsentRule,
    /// The least share of weight that must be present for a score; a region below it gets none. Zero asks for any.
    pub least_share: f64,
    /// Whether no column has an absent value, so that the fast way can be taken.
    pub complete: bool,
    /// The children: codes, names, stated weights.
    pub nodes: &'a [&'a Node],
    /// Their parent.
    pub parent: &'a Node,
    /// Who the rows are.
    pub rows: Rows<'a>,
}

impl Children<'_> {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |c| c.len())
    }

    /// Writes the weights for one row, zero for an absent child and a sum of one; `false` where the row gets no score.
    pub fn row_weights(&self, row: usize, out: &mut Vec<f64>) -> bool {
        if self.complete {
            out.clear();
            out.extend_from_slice(self.weights);
            return true;
        }
        if !self.row_proportions(row, out) {
            return false;
        }
        let sum: f64 = out.iter().sum();
        out.iter_mut().for_each(|weight| *weight /= sum);
        true
    }

    /// The same in the proportions that were stated or found, whatever their sum.
    pub fn row_proportions(&self, row: usize, out: &mut Vec<f64>) -> bool {
        out.clear();
        out.extend_from_slice(self.proportions);
        if self.complete {
            return true;
        }
        let present = |k: usize| !self.columns[k][row].is_nan();
        let there: f64 = (0..out.len()).filter(|&k| present(k)).map(|k| out[k]).sum();
        let all: f64 = out.iter().sum();
        let weighing = (0..out.len()).filter(|&k| present(k) && out[k] > 0.0).count();
        // A share such as 0.9 falls a bit short of the number that a person writes.
        if weighing == 0 || there / all < self.least_share - 1e-12 {
            return false;
        }
        for (k, weight) in out.iter_mut().enumerate() {
            if !present(k) {
                *weight = 0.0;
            } else if *weight > 0.0 && self.absent == AbsentRule::Even {
                *weight += (all - there) / weighing as f64;
            }
        }
        true
    }
}
