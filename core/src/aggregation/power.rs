//! The weighted power mean.

use super::geometric::Zeros;
use super::row::{by_row, refuse_low};
use super::{Aggregation, Children, geometric};
use crate::method::{
    Claims, Entry, Example, MethodError, Needs, Scratch, Settings, Units, settings,
};
use crate::number;

settings! {
    /// Settings of the power mean.
    pub struct Power {
        /// The exponent: 1 is the arithmetic mean, 0 the geometric, -1 the harmonic; the lower, the less a strong child compensates for a weak one.
        exponent: f64 [-1000, 1000] = 0.5,
        /// What a child of zero means under an exponent of 0 or below: refused, or a score of zero, to which the mean tends. Values below zero are always refused.
        zeros: Zeros = Zeros::Refuse,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "power",
    summary: "The weighted power mean; its exponent states how far a strong child compensates for a weak one.",
    formula: "S = (Σ w·s^p / Σ w)^(1/p); p = 0 is the geometric mean",
    reference: "Bullen, Handbook of Means and Their Inequalities (2003)",
    settings: Power::declared,
    make: |values: &Settings| Ok(Box::new(Power::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![4.0, 1.0, 9.0], vec![16.0, 25.0, f64::NAN]],
        expected: vec![9.0, 9.0, 9.0],
        source:
            "by hand with p = 0.5: ((2 + 4) / 2)², ((1 + 5) / 2)²; the third region has one child"
                .into(),
        ..Example::default()
    },
};

impl Aggregation for Power {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let p = self.exponent;
        refuse_low(children, self.refuses_zero())?;
        if p == 0.0 {
            return geometric::mean(children, scratch, out);
        }
        by_row(children, scratch, out, |values, weights| {
            // Measured in the value that counts most, so that no power is beyond the numbers.
            let unit = if p > 0.0 {
                values.iter().copied().fold(f64::NEG_INFINITY, number::max)
            } else {
                values.iter().copied().fold(f64::INFINITY, number::min)
            };
            if unit == 0.0 {
                return 0.0;
            }
            let powers = values.iter().zip(weights).map(|(x, w)| w * libm::pow(x / unit, p));
            let all: f64 = weights.iter().sum();
            unit * libm::pow(powers.sum::<f64>() / all, 1.0 / p)
        })
    }

    fn needs(&self) -> Needs {
        Needs { positive: self.refuses_zero(), non_negative: true, ..Needs::ORIENTED }
    }

    fn keeps_unit(&self) -> bool {
        true
    }

    fn is_rowwise(&self) -> bool {
        true
    }

    fn is_concave(&self) -> bool {
        self.exponent <= 1.0
    }

    fn generator(&self, score: f64) -> Option<f64> {
        let p = self.exponent;
        Some(match score > 0.0 {
            true if p == 0.0 => libm::log(score),
            true => libm::copysign(libm::pow(score, p), p),
            false if p > 0.0 && score == 0.0 => 0.0,
            false => f64::NEG_INFINITY,
        })
    }
}

impl Power {
    fn refuses_zero(&self) -> bool {
        self.exponent <= 0.0 && self.zeros == Zeros::Refuse
    }
}
