//! AROMAN: the values on two scales, summed over costs and over benefits, each sum to its power.

use super::mcdm::{criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::model::{Direction, Indicator};
use quanheng_words::text;

settings! {
    /// Settings of AROMAN.
    pub struct Aroman {
        /// How much the scale from the least to the greatest value counts beside the scale of length 1.
        beta: f64 [0, 1] = 0.5,
        /// The power of the sum over costs; that of the sum over benefits is 1 less it.
        lambda: f64 [0, 1] = 0.5,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "aroman",
    summary: "AROMAN: the mean of two scales, summed over costs and over benefits, each sum to a power. As published, the score rises with every cost, so that a region with greater costs scores higher",
    formula: "S = L^λ + A^(1 − λ), with L and A = Σ w·t over costs and over benefits, t = (β·(x − min) / (max − min) + (1 − β)·x / √Σ x²) / 2",
    reference: "Bošković, Švadlenka, Jovčić, Dobrodolac, Simić & Bacanin (2023), IEEE Access 11, 39496-39507",
    settings: Aroman::declared,
    make: |values: &Settings| Ok(Box::new(Aroman::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("costs", "L", Shape::REGIONS, "The sum over costs."),
        Given::new("benefits", "A", Shape::REGIONS, "The sum over benefits."),
    ],
    example: || {
        let cost = Indicator { direction: Direction::Negative, ..Indicator::default() };
        let mut indicators = vec![Indicator::default(); 5];
        indicators[0] = cost;
        Example {
            columns: vec![
                vec![40000.0, 38500.0, 39400.0, 48000.0],
                vec![1.2, 1.15, 0.6, 1.3],
                vec![1.4, 1.2, 1.1, 1.6],
                vec![8.0, 6.0, 7.0, 10.0],
                vec![9.0, 6.0, 5.0, 12.0],
            ],
            indicators,
            weights: vec![0.28, 0.22, 0.26, 0.15, 0.09],
            expected: vec![
                0.672_654_082_062_025_6,
                0.553_544_360_053_408_2,
                0.472_130_036_035_813_94,
                0.871_764_657_765_749_6,
            ],
            source: "the test of AROMAN in pymcdm 1.4.0, with the digits that pymcdm computes"
                .into(),
            ..Example::default()
        }
    },
};

impl Aggregation for Aroman {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let (costs, benefits) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        for c in criteria(children)? {
            c.refuse(|x| x < 0.0, text!(needed_not_negative))?;
            let (length, range) = (c.length()?, c.greatest - c.least);
            let sums = if c.cost { &mut *costs } else { &mut *benefits };
            for (sum, x) in sums.iter_mut().zip(c.values) {
                // A column without differences has no place on the first scale.
                let place = if range > 0.0 { (x - c.least) / range } else { 0.0 };
                *sum += c.weight * (self.beta * place + (1.0 - self.beta) * (x / length)) / 2.0;
            }
        }
        for (row, score) in out.iter_mut().enumerate() {
            *score =
                libm::pow(costs[row], self.lambda) + libm::pow(benefits[row], 1.0 - self.lambda);
            finite(row, *score)?;
        }
        scratch.intermediate.regions("costs", costs.iter().copied());
        scratch.intermediate.regions("benefits", benefits.iter().copied());
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, non_negative: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 2.0)
    }
}
