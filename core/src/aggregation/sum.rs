//! The sum of points.

use super::row::finite;
use super::{AbsentRule, Aggregation, Children, scale_of_mean};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};

settings! {
    /// Settings of the sum.
    pub struct Sum {
        /// Whether each child counts by its weight; otherwise points are added as they are.
        weighted: bool = false,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "sum",
    summary: "Adds points; where a child is absent, the others' points are scaled up to the full marks of all.",
    formula: "S = Σ s · Σ m / Σ m of the children that are there, m being the full marks (or the weights, where a child has none)",
    reference: "points out of full marks, as in scoring schemes with a stated maximum",
    settings: Sum::declared,
    make: |values: &Settings| Ok(Box::new(Sum::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![20.0, 24.0], vec![50.0, 60.0], vec![15.0, f64::NAN]],
        full_marks: vec![25.0, 50.0, 25.0],
        expected: vec![85.0, 112.0],
        source: "by hand: the second region has 84 of 75 points, times 4/3".into(),
        ..Example::default()
    },
};

impl Aggregation for Sum {
    fn aggregate(
        &self,
        children: &Children<'_>,
        _scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let n = children.columns.len();
        let factor = |k: usize| if self.weighted { children.proportions[k] } else { 1.0 };
        if children.complete {
            out.fill(0.0);
            for (k, column) in children.columns.iter().enumerate() {
                let factor = factor(k);
                for (score, &x) in out.iter_mut().zip(*column) {
                    *score += factor * x;
                }
            }
        } else {
            let marked = !self.weighted && children.full_marks.iter().all(|m| !m.is_nan());
            let marks = if marked { children.full_marks } else { children.proportions };
            let all: f64 = marks.iter().sum();
            for (row, score) in out.iter_mut().enumerate() {
                let there = |k: &usize| !children.columns[*k][row].is_nan();
                let marked = |k: &usize| there(k) && marks[*k] > 0.0;
                let count = (0..n).filter(marked).count();
                let present: f64 = (0..n).filter(marked).map(|k| marks[k]).sum();
                let of = (0..n).filter(|k| marks[*k] > 0.0).count();
                let short = present / all < children.least_share - 1e-12;
                if count == 0 || short || !children.least.allows(count, of) {
                    *score = f64::NAN;
                    continue;
                }
                let scale = |k: usize| match children.absent {
                    // A child of no marks, such as a deduction, counts as it is.
                    _ if marks[k] <= 0.0 || count == n => 1.0,
                    AbsentRule::Proportional => all / present,
                    AbsentRule::Even => 1.0 + (all - present) / count as f64 / marks[k],
                };
                let terms = (0..n).filter(there);
                *score = terms.map(|k| factor(k) * scale(k) * children.columns[k][row]).sum();
            }
        }
        if self.weighted {
            // What is absent has given its weight to the others, so that the sum of the weights is that of all.
            let divisor = children.divisor(children.proportions.iter().sum());
            out.iter_mut().for_each(|score| *score /= divisor);
        }
        let bad = out.iter().position(|s| s.is_infinite());
        bad.map_or(Ok(()), |row| finite(row, out[row]))
    }

    fn gives(&self, children: &[Domain]) -> Domain {
        if self.weighted { Domain::of_mean(children) } else { Domain::of_sum(children) }
    }

    fn keeps_unit(&self) -> bool {
        self.weighted
    }

    fn scale(&self, children: &[f64], weights: &[f64]) -> f64 {
        match self.weighted {
            true => scale_of_mean(children, weights),
            false => children.iter().sum(),
        }
    }

    fn gives_points(&self) -> bool {
        !self.weighted
    }

    fn takes_printed_weights(&self) -> bool {
        self.weighted
    }

    fn is_rowwise(&self) -> bool {
        true
    }

    fn uses_weights(&self) -> bool {
        self.weighted
    }
}
