//! The worst value that any region has.

use super::{Imputation, ImputationInput, fill};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number;

settings! {
    /// No settings.
    pub struct Worst {}
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "worst",
    summary: "Gives a missing cell the worst value that any region has: what is not reported counts as badly as it can.",
    formula: "x' = min x where more is better, max x where less is better",
    reference: "a rule of published indices that must not reward what is not reported",
    settings: Worst::declared,
    make: |values: &Settings| Ok(Box::new(Worst::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![3.0, f64::NAN, 2.0, 7.0]],
        expected: vec![3.0, 2.0, 2.0, 7.0],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Imputation for Worst {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let less_is_better = input.indicator.direction.is_negative();
        let worst = number::extremes(input.values());
        fill::fill_all(worst.map(|(least, most)| if less_is_better { most } else { least }), out)
    }
}
