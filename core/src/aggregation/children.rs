//! What an aggregation sees.

use crate::method::{Accepts, FromValue, Rows, Value};
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

/// The least number of children of weight above zero that must have a value for a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Least {
    /// So many.
    Count(usize),
    /// This share of those that there are, by number and not by weight.
    Share(f64),
}

impl Default for Least {
    /// Any.
    fn default() -> Self {
        Least::Count(0)
    }
}

impl Least {
    /// Whether a score may be formed of so many out of all.
    pub fn allows(self, present: usize, of: usize) -> bool {
        match self {
            Least::Count(least) => present >= least,
            // A share such as 0.9 falls a bit short of the number that a person writes.
            Least::Share(least) => present as f64 >= least * of as f64 - 1e-9,
        }
    }
}

impl FromValue for Least {
    fn accepts() -> Accepts {
        Accepts::CountOrShare
    }
    fn from_value(value: &Value) -> Option<Self> {
        let share = |x: &f64| (0.0..=1.0).contains(x);
        match value.number() {
            Some(x) if x.fract() == 0.0 && (0.0..=1e9).contains(&x) => {
                Some(Least::Count(x as usize))
            }
            Some(x) => Some(Least::Share(x)).filter(|_| share(&x)),
            None => value.as_number().filter(share).map(Least::Share),
        }
    }
    fn to_value(&self) -> Option<Value> {
        Some(Value::Number(match *self {
            Least::Count(count) => count as f64,
            Least::Share(share) => share,
        }))
    }
}

/// How absent children are dealt with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Absence {
    /// What happens to their weight.
    pub rule: AbsentRule,
    /// The least share of weight that must be present for a score.
    pub least_share: f64,
    /// The least number of children that must be present for a score.
    pub least: Least,
}

impl Default for Absence {
    /// The others share the weight in proportion, and any child is enough.
    fn default() -> Self {
        let rule = AbsentRule::Proportional;
        Absence { rule, least_share: 0.0, least: Least::default() }
    }
}

/// The children of a node over some rows.
#[derive(Clone, Copy, Debug)]
pub struct Children<'a> {
    /// The scores of each child, NaN where absent.
    pub columns: &'a [&'a [f64]],
    /// The weight of each child: zero or above, with a sum of one unless they are as printed.
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
    /// The least number of children that must be present for a score.
    pub least: Least,
    /// Where the weights are used as printed, of any sum: by how much the proportions are greater than the printed
    /// weights. What they multiply is then divided by this and not by their sum.
    pub printed: Option<f64>,
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

    /// What `Σ w·s` is divided by, over the children of a row whose proportions have the sum `there`: by that sum, and by
    /// the same part of the unit where the weights are as printed.
    pub fn divisor(&self, there: f64) -> f64 {
        match self.printed {
            None => there,
            Some(unit) => unit * (there / self.proportions.iter().sum::<f64>()),
        }
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
        let of = out.iter().filter(|w| **w > 0.0).count();
        // A share such as 0.9 falls a bit short of the number that a person writes.
        let short = there / all < self.least_share - 1e-12;
        if weighing == 0 || short || !self.least.allows(weighing, of) {
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
