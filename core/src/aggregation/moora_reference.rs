//! MOORA's reference point: the greatest distance from the best values.

use super::mcdm::criteria;
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::model::Direction;
use crate::number;

settings! {
    /// No settings.
    pub struct MooraReference {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "moora_reference",
    summary: "MOORA's reference point: the greatest weighted distance from the best value of a child, in vector scale; less is better",
    formula: "S = max over the children of w·|r − r of the best|, with r = x / √(Σ x²)",
    reference: "Brauers & Zavadskas (2006), Control and Cybernetics 35",
    settings: MooraReference::declared,
    make: |values: &Settings| Ok(Box::new(MooraReference::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[Given::new(
        "reference",
        "r*",
        Shape::SIBLINGS,
        "The reference point: the best value of each child in vector scale.",
    )],
    example: || Example {
        columns: vec![vec![3.0, 4.0], vec![4.0, 3.0]],
        weights: vec![3.0, 1.0],
        expected: vec![0.15, 0.05],
        source: "by hand: 0.2 from the best in one child each, with weights 3/4 and 1/4".into(),
        ..Example::default()
    },
};

impl Aggregation for MooraReference {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        distances(children, out)?;
        if scratch.intermediate.is_asked() {
            let mut reference = vec![f64::NAN; children.columns.len()];
            for c in criteria(children)?.filter(|c| c.least != 0.0 || c.greatest != 0.0) {
                reference[c.child] = c.best() / c.length()?;
            }
            scratch.intermediate.siblings("reference", reference);
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn takes_printed_weights(&self) -> bool {
        true
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        let least = Domain { lower: 0.0, ..Domain::ANY };
        Domain { direction: Direction::Negative, ..least }
    }
}

/// Writes the greatest weighted distance of each region from the best values.
pub(super) fn distances(children: &Children<'_>, out: &mut [f64]) -> Result<(), MethodError> {
    out.fill(0.0);
    for c in criteria(children)?.filter(|c| c.greatest > c.least) {
        let length = c.length()?;
        for (score, x) in out.iter_mut().zip(c.values) {
            *score = number::max(*score, c.weight * ((x - c.best()).abs() / length));
        }
    }
    for (row, score) in out.iter().enumerate() {
        finite(row, *score)?;
    }
    Ok(())
}
