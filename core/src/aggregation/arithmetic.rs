//! The weighted arithmetic mean.

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
        if children.complete {
            out.fill(0.0);
            for (column, &weight) in children.columns.iter().zip(children.weights) {
                for (score, &x) in out.iter_mut().zip(*column) {
                    *score += weight * x;
                }
            }
            return Ok(());
        }
        let any = children.least_share <= 0.0 && children.least == Least::default();
        if children.absent == AbsentRule::Proportional && any {
            proportional(children, &mut scratch.a, out);
            return Ok(());
        }
        for (row, score) in out.iter_mut().enumerate() {
            *score = if children.row_weights(row, &mut scratch.a) {
                let terms = children.columns.iter().zip(&scratch.a).filter(|(_, w)| **w > 0.0);
                terms.map(|(column, w)| w * column[row]).sum()
            } else {
                f64::NAN
            };
        }
        Ok(())
    }

    fn takes_printed_weights(&self) -> bool {
        true
    }

    fn is_rowwise(&self) -> bool {
        true
    }

    fn is_linear(&self) -> bool {
        true
    }
}

/// The mean over the children that are there, column by column: no branch on single rows.
fn proportional(children: &Children<'_>, shares: &mut Vec<f64>, out: &mut [f64]) {
    shares.clear();
    shares.resize(out.len(), 0.0);
    out.fill(0.0);
    for (column, &weight) in children.columns.iter().zip(children.weights) {
        for ((score, share), &x) in out.iter_mut().zip(shares.iter_mut()).zip(*column) {
            let there = !x.is_nan();
            *score += if there { weight * x } else { 0.0 };
            *share += if there { weight } else { 0.0 };
        }
    }
    let total = children.total();
    for (score, &share) in out.iter_mut().zip(shares.iter()) {
        *score = match (share > 0.0, children.printed) {
            (false, _) => f64::NAN,
            (true, false) => *score / share,
            (true, true) => *score / share * total,
        };
    }
}
