//! PIV: how far a region is from the best values in all children.

use super::mcdm::criteria;
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Needs, Scratch, Settings, Units, settings,
};
use crate::model::Direction;

settings! {
    /// No settings.
    pub struct Piv {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "piv",
    summary: "The proximity indexed value: the weighted distances from the best values, in vector scale; less is better",
    formula: "S = Σ w·|r − r of the best|, with r = x / √(Σ x²)",
    reference: "Mufazzal & Muzakkir (2018), Computers & Industrial Engineering 119",
    settings: Piv::declared,
    make: |values: &Settings| Ok(Box::new(Piv::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![3.0, 4.0], vec![4.0, 3.0]],
        weights: vec![3.0, 1.0],
        expected: vec![0.15, 0.05],
        source: "by hand: 0.2 from the best in one child each, with weights 3/4 and 1/4".into(),
        ..Example::default()
    },
};

impl Aggregation for Piv {
    fn aggregate(
        &self,
        children: &Children<'_>,
        _scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        out.fill(0.0);
        for c in criteria(children)?.filter(|c| c.greatest > c.least) {
            let length = c.length()?;
            for (score, x) in out.iter_mut().zip(c.values) {
                *score += c.weight * ((x - c.best()).abs() / length);
            }
        }
        for (row, score) in out.iter().enumerate() {
            finite(row, *score)?;
        }
        Ok(())
    }

    fn takes_printed_weights(&self) -> bool {
        true
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { lower: 0.0, direction: Direction::Negative, ..Domain::ANY }
    }
}
