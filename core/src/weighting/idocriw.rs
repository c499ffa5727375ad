//! IDOCRIW: entropy and loss of impact together.

use super::{Siblings, Weighting, cilos, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units, settings,
};
use crate::number;

settings! {
    /// No settings.
    pub struct Idocriw {}
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "idocriw",
    summary: "Multiplies the entropy weight of each sibling by its CILOS weight.",
    formula: "w_j ∝ entropy weight_j · CILOS weight_j",
    reference: "Zavadskas & Podvezko (2016), Int. J. Information Technology & Decision Making 15(2), 267-283",
    settings: Idocriw::declared,
    make: |values: &Settings| Ok(Box::new(Idocriw::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: false, absent: false },
    intermediate: &[
        cilos::LOSSES,
        cilos::IMPACT,
        Given::new("entropy", "e", Shape::SIBLINGS, "The entropy of the shares."),
        Given::new("divergence", "d", Shape::SIBLINGS, "The divergence 1 − e."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0], vec![2.0, 1.0]],
        expected: vec![0.5, 0.5],
        source: "by symmetry".into(),
        ..Example::default()
    },
};

impl Weighting for Idocriw {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        cilos::impact(siblings, scratch, out)?;
        for (column, weight) in siblings.columns.iter().zip(out.iter_mut()) {
            *weight *= number::max(columns::divergence(column, &mut scratch.a), 0.0);
        }
        if scratch.intermediate.is_asked() {
            let divergence =
                siblings.columns.iter().map(|c| columns::divergence(c, &mut scratch.a));
            let divergence: Vec<f64> = divergence.collect();
            scratch.intermediate.siblings("entropy", divergence.iter().map(|d| 1.0 - d));
            scratch.intermediate.siblings("divergence", divergence);
        }
        columns::finite(out)
    }

    fn needs(&self) -> Needs {
        Needs { non_negative: true, complete: true, ..Needs::NOTHING }
    }
}
