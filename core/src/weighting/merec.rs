//! MEREC: weights by the effect of removing a criterion.

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units, settings,
};
use crate::model::Direction;
use crate::number;

settings! {
    /// No settings.
    pub struct Merec {}
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "merec",
    summary: "Weighs each sibling by how much the overall performance of the regions changes when it is left out.",
    formula: "n_ij = min_j / x_ij (x_ij / max_j where less is better); S_i = ln(1 + Σ_k |ln n_ik| / m); S_ij likewise without k = j; w_j ∝ Σ_i |S_ij - S_i|",
    reference: "Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis & Antucheviciene (2021), Symmetry 13(4), 525",
    settings: Merec::declared,
    make: |values: &Settings| Ok(Box::new(Merec::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: false, absent: false },
    intermediate: &[
        Given::new("performance", "S", Shape::REGIONS, "The overall performance of a region."),
        Given::new("effect", "E", Shape::SIBLINGS, "The effect of leaving the sibling out."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0], vec![3.0, 3.0], vec![1.0, 2.0]],
        expected: vec![0.5, 0.0, 0.5],
        source: "by symmetry: a constant column has no effect, and the others the same".into(),
        ..Example::default()
    },
};

impl Weighting for Merec {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        columns::refuse_absent(siblings.columns)?;
        columns::refuse_all_constant(siblings)?;
        let rows = siblings.columns.first().map_or(0, |c| c.len());
        let m = siblings.columns.len() as f64;
        // How far each value is from the worst, and the sum of that over each row.
        let (logs, sums) = (&mut scratch.a, &mut scratch.b);
        logs.clear();
        sums.clear();
        sums.resize(rows, 0.0);
        for (k, column) in siblings.columns.iter().enumerate() {
            columns::refuse_below(k, column, true)?;
            columns::varies(column)?;
            let (least, greatest) = number::extremes(column).unwrap_or((1.0, 1.0));
            for (x, sum) in column.iter().zip(sums.iter_mut()) {
                let log = match siblings.directions[k] {
                    Direction::Positive => libm::log(x / least),
                    Direction::Negative => libm::log(greatest / x),
                };
                logs.push(log);
                *sum += log;
            }
        }
        for (k, weight) in out.iter_mut().enumerate() {
            scratch.c.clear();
            // ln(1 + S/m) - ln(1 + (S - l)/m), written so that small effects keep their digits.
            scratch.c.extend(
                logs[k * rows..(k + 1) * rows]
                    .iter()
                    .zip(sums.iter())
                    .map(|(log, sum)| -libm::log1p(-(log / m) / (1.0 + sum / m))),
            );
            *weight = number::sum(&scratch.c);
        }
        let performance = scratch.b.iter().map(|sum| libm::log1p(sum / m));
        scratch.intermediate.regions("performance", performance);
        scratch.intermediate.siblings("effect", out.iter().copied());
        columns::finite(out)
    }

    fn needs(&self) -> Needs {
        Needs { positive: true, complete: true, ..Needs::NOTHING }
    }
}
