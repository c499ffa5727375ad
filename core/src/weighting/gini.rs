//! Weights by Gini coefficient.

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units, settings,
};
use crate::number;

settings! {
    /// No settings.
    pub struct Gini {}
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "gini",
    summary: "Weighs each sibling by the Gini coefficient of its scores.",
    formula: "w_j ∝ Σ_i Σ_k |x_ij - x_kj| / (2 n² x̄_j)",
    reference: "As in pymcdm 1.4 and scikit-criteria 0.10",
    settings: Gini::declared,
    make: |values: &Settings| Ok(Box::new(Gini::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[Given::new(
        "gini",
        "G",
        Shape::SIBLINGS,
        "The Gini coefficient of the scores.",
    )],
    example: || Example {
        columns: vec![vec![1.0, 3.0], vec![1.0, 1.0]],
        expected: vec![1.0, 0.0],
        source: "by hand: 4/16 and 0".into(),
        ..Example::default()
    },
};

impl Weighting for Gini {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let found = columns::each(siblings, out, |k, column| {
            columns::refuse_below(k, column, false)?;
            number::sorted(column, &mut scratch.a);
            let n = scratch.a.len() as f64;
            // In ascending order the i-th value is greater in i pairs and lesser in n - 1 - i.
            scratch.b.clear();
            scratch
                .b
                .extend(scratch.a.iter().enumerate().map(|(i, x)| (2.0 * i as f64 - n + 1.0) * x));
            Ok(number::sum(&scratch.b) / (n * number::sum(&scratch.a)))
        });
        scratch.intermediate.siblings("gini", out.iter().copied());
        found
    }

    fn needs(&self) -> Needs {
        Needs { non_negative: true, ..Needs::NOTHING }
    }
}
