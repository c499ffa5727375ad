//! LOPCOW: weights by logarithmic percentage change.

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, settings,
};
use crate::number;

settings! {
    /// No settings.
    pub struct Lopcow {}
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "lopcow",
    summary: "Weighs each sibling by how far the root mean square of its min-max scores exceeds their standard deviation.",
    formula: "w_j ∝ |ln(√(Σ_i r_ij² / n) / s_j)|, r after min-max towards better, s with divisor n - 1; 0 for a constant column",
    reference: "Ecer & Pamucar (2022), Omega 112, 102690",
    settings: Lopcow::declared,
    make: |values: &Settings| Ok(Box::new(Lopcow::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[Given::new(
        "log_change",
        "PV",
        Shape::SIBLINGS,
        "|ln(root mean square / standard deviation)| after min-max.",
    )],
    example: || Example {
        // Mean squares 5/12 and 2/3, variances 1/4 and 1/3: ratios 5/3 and 2.
        columns: vec![vec![0.0, 1.0, 2.0], vec![0.0, 4.0, 4.0]],
        expected: vec![0.424_283_357_506_6, 0.575_716_642_493_4],
        source: "by hand: ln(5/3) and ln 2".into(),
        ..Example::default()
    },
};

impl Weighting for Lopcow {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let found = columns::each(siblings, out, |k, column| {
            columns::min_max(column, siblings.directions[k], &mut scratch.a);
            let square = number::dot(&scratch.a, &scratch.a) / number::count(&scratch.a) as f64;
            let variance = number::sample_variance(&scratch.a).unwrap_or(0.0);
            Ok((libm::log(square / variance) / 2.0).abs())
        });
        scratch.intermediate.siblings("log_change", out.iter().copied());
        found
    }
}
