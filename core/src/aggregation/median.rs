//! The median child.

use super::row::by_row;
use super::{Aggregation, Children};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number;

settings! {
    /// No settings.
    pub struct Median {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "median",
    summary: "The median of the children; weights are not used, but a child of weight zero is left out.",
    formula: "S = the middle of the sorted children, or the mean of the two middle ones",
    reference: "elementary",
    settings: Median::declared,
    make: |values: &Settings| Ok(Box::new(Median::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![2.0, 5.0], vec![9.0, f64::NAN], vec![4.0, 8.0]],
        expected: vec![4.0, 6.5],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Aggregation for Median {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        by_row(children, scratch, out, |values, _| {
            number::sort(values);
            number::median(values).expect("at least one child")
        })
    }

    fn keeps_unit(&self) -> bool {
        true
    }

    fn is_rowwise(&self) -> bool {
        true
    }

    fn uses_weights(&self) -> bool {
        false
    }
}
