//! CRITIC: contrast within and conflict between criteria.

use super::{Siblings, Weighting, columns};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
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
    zh: "CRITIC 法",
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
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![3.0, 2.0, 1.0]],
        expected: vec![0.5, 0.5],
        source: "by symmetry",
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
        for (k, column) in siblings.columns.iter().enumerate() {
            let (mut conflict, mut spread) = (0.0, 0.0);
            if columns::varies(column)? {
                columns::min_max(column, siblings.directions[k], &mut scratch.a);
                spread = number::sample_variance(&scratch.a).map_or(0.0, f64::sqrt);
                for (j, other) in siblings.columns.iter().enumerate().filter(|(j, _)| *j != k) {
                    let sign = siblings.directions[k].sign() * siblings.directions[j].sign();
                    conflict += 1.0 - sign * self.correlation.of(column, other).unwrap_or(0.0);
                }
            }
            out[k] = spread * number::max(conflict, 0.0);
        }
        columns::finite(out)
    }
}
