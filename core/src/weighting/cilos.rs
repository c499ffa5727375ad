//! CILOS: weights by the loss of impact.

use quanheng_words::text;

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units, settings,
};
use crate::model::Direction;
use crate::number;

settings! {
    /// No settings.
    pub struct Cilos {}
}

/// The matrix of losses.
pub(super) const LOSSES: Given = Given::new(
    "losses",
    "P",
    Shape::SIBLINGS_SIBLINGS,
    "The mean loss of the sibling in the row in the regions where that in the column is best.",
);

/// What balances the losses.
pub(super) const IMPACT: Given =
    Given::new("impact", "q", Shape::SIBLINGS, "The balance of the losses: the weight of CILOS.");

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "cilos",
    summary: "Weighs each sibling by how little is lost in it when the others are at their best.",
    formula: "r_ij = x_ij (min_j / x_ij where less is better); a_kj = mean of r_j over the rows where k is at its best; P_kj = (a_jj - a_kj) / a_jj; w solves (P - diag(column sums of P)) w = 0",
    reference: "Zavadskas & Podvezko (2016), Int. J. Information Technology & Decision Making 15(2), 267-283",
    settings: Cilos::declared,
    make: |values: &Settings| Ok(Box::new(Cilos::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: false, absent: false },
    intermediate: &[LOSSES, IMPACT],
    example: || Example {
        columns: vec![vec![1.0, 2.0], vec![4.0, 1.0]],
        // Losses 1/2 in the first and 3/4 in the second: w1 / 2 = 3 w2 / 4.
        expected: vec![0.6, 0.4],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Weighting for Cilos {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        impact(siblings, scratch, out)
    }

    fn needs(&self) -> Needs {
        Needs { non_negative: true, complete: true, ..Needs::NOTHING }
    }
}

/// The weights of CILOS. Rows that tie for the best of a column are averaged, so that their order does not matter.
pub(super) fn impact(
    siblings: &Siblings<'_>,
    scratch: &mut Scratch,
    out: &mut [f64],
) -> Result<(), MethodError> {
    columns::refuse_absent(siblings.columns)?;
    let (m, rows) = (siblings.columns.len(), siblings.columns.first().map_or(0, |c| c.len()));
    let values = &mut scratch.a;
    values.clear();
    for (k, column) in siblings.columns.iter().enumerate() {
        // Only where less is better does the formula divide by the values.
        columns::refuse_below(k, column, siblings.directions[k] == Direction::Negative)?;
        let (least, greatest) = number::extremes(column).unwrap_or((1.0, 1.0));
        if !columns::varies(column)? {
            return Err(MethodError::Constant { value: least });
        }
        values.extend(column.iter().map(|x| match siblings.directions[k] {
            Direction::Positive => x / greatest,
            Direction::Negative => least / x,
        }));
    }
    // Every column now has the best value 1, so that the loss is 1 - a. From j to k it flows at the rate P_kj.
    let rate = &mut scratch.b;
    rate.clear();
    rate.resize(m * m, 0.0);
    for k in 0..m {
        let best = &values[k * rows..(k + 1) * rows];
        for j in 0..m {
            scratch.c.clear();
            scratch
                .c
                .extend((0..rows).filter(|&i| best[i] == 1.0).map(|i| 1.0 - values[j * rows + i]));
            if j != k {
                rate[j * m + k] = number::sum(&scratch.c) / scratch.c.len() as f64;
            }
        }
    }
    let losses = rate.iter().copied();
    scratch.intermediate.give("losses", Shape::SIBLINGS_SIBLINGS, m, &[], losses);
    stationary(rate, out)?;
    let sum: f64 = out.iter().sum();
    scratch.intermediate.siblings("impact", out.iter().map(|q| q / sum));
    columns::finite(out)
}

/// The balance of a flow with rate `rate[j * m + k]` from j to k, by the elimination of Grassmann, Taksar & Heyman, which
/// never subtracts.
fn stationary(rate: &mut [f64], out: &mut [f64]) -> Result<(), MethodError> {
    let m = out.len();
    for last in (1..m).rev() {
        let leaving: f64 = (0..last).map(|k| rate[last * m + k]).sum();
        if leaving.is_nan() || leaving <= 0.0 {
            return Err(MethodError::Other(text!(losses_undetermined)));
        }
        for j in 0..last {
            rate[j * m + last] /= leaving;
            for k in 0..last {
                if k != j {
                    rate[j * m + k] += rate[j * m + last] * rate[last * m + k];
                }
            }
        }
    }
    out[0] = 1.0;
    for k in 1..m {
        out[k] = (0..k).map(|j| out[j] * rate[j * m + k]).sum();
    }
    Ok(())
}
