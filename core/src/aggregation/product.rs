//! The product.

use super::row::{by_row, refuse_absent, refuse_low};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Needs, Scratch, Settings, Units, settings,
};
use crate::model::Direction;

settings! {
    /// No settings.
    pub struct Product {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "product",
    summary: "Multiplies the children; weights are not used, but a child of weight zero is left out.",
    formula: "S = Π s",
    reference: "the risk formula: risk = hazard × exposure × vulnerability",
    settings: Product::declared,
    make: |values: &Settings| Ok(Box::new(Product::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: false },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![2.0, 0.5], vec![3.0, 8.0]],
        expected: vec![6.0, 4.0],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Aggregation for Product {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_absent(children)?;
        refuse_low(children, false)?;
        by_row(children, scratch, out, |values, _| values.iter().product())
    }

    fn needs(&self) -> Needs {
        Needs { non_negative: true, complete: true, ..Needs::ORIENTED }
    }

    fn gives(&self, children: &[Domain]) -> Domain {
        let product = |f: fn(&Domain) -> f64| children.iter().map(f).product::<f64>();
        let (lower, upper) = (product(|d| crate::number::max(d.lower, 0.0)), product(|d| d.upper));
        let known = !lower.is_nan() && !upper.is_nan();
        let direction = Direction::Positive;
        if known { Domain { direction, ..Domain::between(lower, upper) } } else { Domain::ANY }
    }

    fn is_rowwise(&self) -> bool {
        true
    }

    fn uses_weights(&self) -> bool {
        false
    }
}
