//! The weighted arithmetic mean.

use super::row::{by_row, mean};
use super::{AbsentRule, Aggregation, Children, Least};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};

settings! {
    /// No settings.
    pub struct Arithmetic {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "arithmetic",
    summary: "The weighted mean; a strong child fully compensates for a weak one.",
    formula: "S = Σ w·s / Σ w",
    reference: "OECD/JRC Handbook (2008), p. 103",
    settings: Arithmetic::declared,
    make: |values: &Settings| Ok(Box::new(Arithmetic::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![10.0, 40.0, 0.0], vec![20.0, 0.0, f64::NAN]],
        weights: vec![0.25, 0.75],
        expected: vec![17.5, 10.0, 0.0],
        source: "by hand; the third region is scored on its first child alone".into(),
        ..Example::default()
    },
};

impl Aggregation for Arithmetic {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let any = children.least_share <= 0.0 && children.least == Least::default();
        let proportional_to_all = children.absent == AbsentRule::Proportional && any;
        if !children.complete && !proportional_to_all {
            return by_row(children, scratch, out, |values, weights| {
                mean(values, weights, children.divisor(weights.iter().sum()))
            });
        }
        // A sum of large numbers under large weights can be beyond the numbers; under shares of one it is not.
        let shares = Children {
            proportions: children.weights,
            printed: children.printed.map(|_| 1.0),
            ..*children
        };
        for children in [children, &shares] {
            match children.complete {
                true => complete(children, out),
                false => proportional(children, &mut scratch.a, out),
            }
            if out.iter().all(|x| !x.is_infinite()) {
                break;
            }
        }
        Ok(())
    }

    fn takes_printed_weights(&self) -> bool {
        true
    }

    fn keeps_unit(&self) -> bool {
        true
    }

    fn is_rowwise(&self) -> bool {
        true
    }

    fn is_linear(&self) -> bool {
        true
    }

    fn generator(&self, score: f64) -> Option<f64> {
        Some(score)
    }
}

/// The mean where no cell is absent, column by column.
fn complete(children: &Children<'_>, out: &mut [f64]) {
    out.fill(0.0);
    for (column, &weight) in children.columns.iter().zip(children.proportions) {
        for (score, &x) in out.iter_mut().zip(*column) {
            *score += weight * x;
        }
    }
    let divisor = children.divisor(children.proportions.iter().sum());
    out.iter_mut().for_each(|score| *score /= divisor);
}

/// The mean over the children that are there, column by column: no branch on single rows.
fn proportional(children: &Children<'_>, shares: &mut Vec<f64>, out: &mut [f64]) {
    shares.clear();
    shares.resize(out.len(), 0.0);
    out.fill(0.0);
    for (column, &weight) in children.columns.iter().zip(children.proportions) {
        for ((score, share), &x) in out.iter_mut().zip(shares.iter_mut()).zip(*column) {
            let there = !x.is_nan();
            *score += if there { weight * x } else { 0.0 };
            *share += if there { weight } else { 0.0 };
        }
    }
    for (score, &share) in out.iter_mut().zip(shares.iter()) {
        *score = if share > 0.0 { *score / children.divisor(share) } else { f64::NAN };
    }
}
