//! The full multiplicative form: the children where more is better, over those where less is better.

use quanheng_words::text;

use super::mcdm::criteria;
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Needs, Scratch, Settings, Units, settings,
};

settings! {
    /// No settings.
    pub struct FullMultiplicative {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "full_multiplicative",
    summary: "The product of the children where more is better, divided by that of the children where less is better; weights are exponents",
    formula: "U = Π x^w over Π x^w of the children where less is better",
    reference: "Brauers & Zavadskas (2010), Technological and Economic Development of Economy 16, with the weights as exponents",
    settings: FullMultiplicative::declared,
    make: |values: &Settings| Ok(Box::new(FullMultiplicative::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: false },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![1.0, 4.0], vec![9.0, 4.0]],
        expected: vec![3.0, 4.0],
        source: "by hand: √(1·9) and √(4·4)".into(),
        ..Example::default()
    },
};

impl Aggregation for FullMultiplicative {
    fn aggregate(
        &self,
        children: &Children<'_>,
        _scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        logarithms(children, out)?;
        for (row, score) in out.iter_mut().enumerate() {
            *score = libm::exp(*score);
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, non_negative: true, ..Needs::NOTHING }
    }

    fn takes_printed_weights(&self) -> bool {
        true
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { lower: 0.0, ..Domain::ANY }
    }
}

/// Writes the logarithms of the products; minus infinity for a product of 0.
pub(super) fn logarithms(children: &Children<'_>, out: &mut [f64]) -> Result<(), MethodError> {
    out.fill(0.0);
    for c in criteria(children)? {
        match c.cost {
            true => c.refuse(|x| x <= 0.0, text!(needed_above_zero))?,
            false => c.refuse(|x| x < 0.0, text!(needed_not_negative))?,
        }
        let sign = if c.cost { -c.weight } else { c.weight };
        for (score, x) in out.iter_mut().zip(c.values) {
            *score += sign * libm::log(*x);
        }
    }
    Ok(())
}
