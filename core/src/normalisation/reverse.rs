//! Values as they are where more is better; turned round where less is better.

use super::{Normalisation, NormalisationInput, positive, write};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, choice, settings,
};
use crate::model::{Direction, Indicator};
use crate::number;

choice! {
    /// How a column is turned round if less is better.
    pub enum How {
        /// One divided by the value.
        Invert = "invert",
        /// The value with its sign changed.
        Negate = "negate",
    }
}

settings! {
    /// Settings of reverse.
    pub struct Reverse {
        /// What takes the place of a value where less is better: 1 divided by it, for values above 0 (`invert`), or the value with its sign changed (`negate`).
        how: How = How::Invert,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "reverse",
    summary: "Leaves values as they are; where less is better, takes one over the value, or changes its sign.",
    formula: "s = x; less is better: 1/x, or −x",
    reference: "scikit-criteria, InvertMinimize and NegateMinimize",
    settings: Reverse::declared,
    make: |values: &Settings| Ok(Box::new(Reverse::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![2.0, f64::NAN, 0.5]],
        indicators: vec![Indicator { direction: Direction::Negative, ..Indicator::default() }],
        expected: vec![0.5, f64::NAN, 2.0],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Normalisation for Reverse {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        match (input.indicator.direction, self.how) {
            (Direction::Positive, _) => out.copy_from_slice(input.values),
            // From zero, so that no zero becomes a negative one.
            (Direction::Negative, How::Negate) => write(input, out, |x| 0.0 - x)?,
            (Direction::Negative, How::Invert) => {
                if let Some((least, _)) = number::extremes(input.values) {
                    positive(input, least)?;
                }
                write(input, out, |x| 1.0 / x)?;
            }
        }
        Ok(())
    }

    fn gives(&self, indicator: &Indicator) -> Domain {
        let (lower, upper) = indicator.ends();
        let (lower, upper) = (lower.unwrap_or(f64::NEG_INFINITY), upper.unwrap_or(f64::INFINITY));
        match (indicator.direction, self.how) {
            (Direction::Positive, _) => Domain::between(lower, upper),
            (Direction::Negative, How::Negate) => Domain::between(-upper, -lower),
            (Direction::Negative, How::Invert) => Domain::between(0.0, f64::INFINITY),
        }
    }
}
