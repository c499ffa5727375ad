//! MOORA's ratio system.

use super::mcdm::criteria;
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Needs, Scratch, Settings, Units, settings,
};

settings! {
    /// No settings.
    pub struct Moora {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "moora",
    summary: "MOORA's ratio system; adds the children in vector scale, and takes off those where less is better",
    formula: "S = Σ ± w·x / √(Σ x²)",
    reference: "Brauers & Zavadskas (2006), Control and Cybernetics 35",
    settings: Moora::declared,
    make: |values: &Settings| Ok(Box::new(Moora::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![3.0, 4.0]],
        expected: vec![0.6, 0.8],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Aggregation for Moora {
    fn aggregate(
        &self,
        children: &Children<'_>,
        _scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        ratios(children, out)
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn takes_printed_weights(&self) -> bool {
        true
    }

    fn scale(&self, _: &[f64], weights: &[f64]) -> f64 {
        weights.iter().sum()
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(-1.0, 1.0)
    }
}

/// Writes the scores of the ratio system.
pub(super) fn ratios(children: &Children<'_>, out: &mut [f64]) -> Result<(), MethodError> {
    out.fill(0.0);
    for c in criteria(children)?.filter(|c| c.least != 0.0 || c.greatest != 0.0) {
        let length = c.length()?;
        let sign = if c.cost { -c.weight } else { c.weight };
        for (score, x) in out.iter_mut().zip(c.values) {
            *score += sign * (x / length);
        }
    }
    for (row, score) in out.iter().enumerate() {
        finite(row, *score)?;
    }
    Ok(())
}
