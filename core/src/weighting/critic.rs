//! CRITIC: contrast within and conflict between criteria.

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, settings,
};
use crate::number::{self, Correlation};

settings! {
    /// How agreement is measured. A constant column weighs nothing, and agrees with no other (ρ = 0).
    pub struct Critic {
        /// The coefficient of correlation.
        correlation: Correlation = Correlation::Pearson,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "critic",
    summary: "Weighs each sibling by its spread times how little it agrees with the others.",
    formula: "r after min-max towards better; w_j ∝ s_j · Σ_k (1 - ρ_jk), s with divisor n - 1, ρ over the rows where both are present",
    reference: "Diakoulaki, Mavrotas & Papayannakis (1995), Computers & Operations Research 22(7)",
    settings: Critic::declared,
    make: |values: &Settings| Ok(Box::new(Critic::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        Given::new(
            "deviation",
            "σ",
            Shape::SIBLINGS,
            "The standard deviation after min-max: the contrast within the sibling.",
        ),
        Given::new("conflict", "R", Shape::SIBLINGS, "The sum of 1 − ρ over the other siblings."),
        Given::new(
            "information",
            "C",
            Shape::SIBLINGS,
            "The information: contrast times conflict.",
        ),
        Given::new(
            "correlation",
            "ρ",
            Shape::SIBLINGS_SIBLINGS,
            "The correlations between the siblings.",
        ),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![3.0, 2.0, 1.0]],
        expected: vec![0.5, 0.5],
        source: "by symmetry".into(),
        ..Example::default()
    },
};

impl Weighting for Critic {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        columns::refuse_all_constant(siblings)?;
        columns::all_min_max(siblings, &mut scratch.a)?;
        let rows = siblings.columns[0].len();
        let scaled: Vec<&[f64]> = scratch.a.chunks_exact(rows.max(1)).collect();
        self.correlation.matrix(&scaled, &mut scratch.b);
        for (k, (column, weight)) in scaled.iter().zip(out.iter_mut()).enumerate() {
            let agreement = &scratch.b[k * scaled.len()..(k + 1) * scaled.len()];
            // A column's agreement with itself, 1, adds nothing to its conflict.
            let conflict: f64 = agreement.iter().map(|r| 1.0 - r).sum();
            let spread = number::sample_variance(column).map_or(0.0, f64::sqrt);
            *weight = spread * conflict;
        }
        if scratch.intermediate.is_asked() {
            let n = scaled.len();
            let agreement = scratch.b.chunks_exact(n);
            let conflict = agreement.map(|row| row.iter().map(|r| 1.0 - r).sum());
            let spread = scaled.iter().map(|c| number::sample_variance(c).map_or(0.0, f64::sqrt));
            scratch.intermediate.siblings("deviation", spread);
            scratch.intermediate.siblings("conflict", conflict);
            scratch.intermediate.siblings("information", out.iter().copied());
            let correlation = scratch.b.iter().copied();
            scratch.intermediate.give("correlation", Shape::SIBLINGS_SIBLINGS, n, &[], correlation);
        }
        columns::finite(out)
    }
}
