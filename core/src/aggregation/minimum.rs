//! The weakest child.

use super::row::by_row;
use super::{Aggregation, Children};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number;

settings! {
    /// No settings.
    pub struct Minimum {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "minimum",
    summary: "The weakest child; nothing compensates for it. A child of weight zero is left out.",
    formula: "S = min s",
    reference: "Liebig's law of the minimum",
    settings: Minimum::declared,
    make: |values: &Settings| Ok(Box::new(Minimum::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![2.0, 5.0], vec![3.0, f64::NAN]],
        expected: vec![2.0, 5.0],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Aggregation for Minimum {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        by_row(children, scratch, out, |values, _| {
            values.iter().copied().fold(f64::INFINITY, number::min)
        })
    }

    fn keeps_unit(&self) -> bool {
        true
    }

    fn is_rowwise(&self) -> bool {
        true
    }

    fn is_concave(&self) -> bool {
        true
    }

    fn uses_weights(&self) -> bool {
        false
    }
}
