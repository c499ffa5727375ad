//! The weighted harmonic mean.

use super::geometric::Zeros;
use super::row::{by_row, refuse_low};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Entry, Example, MethodError, Needs, Scratch, Settings, Units, settings,
};
use crate::number;

settings! {
    /// Settings of the harmonic mean.
    pub struct Harmonic {
        /// What a child of zero means: refused, or a score of zero, to which the mean tends. Values below zero are always refused.
        zeros: Zeros = Zeros::Refuse,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "harmonic",
    summary: "The weighted harmonic mean; it keeps close to the weakest child.",
    formula: "S = Σ w / Σ (w / s)",
    reference: "Bullen, Handbook of Means and Their Inequalities (2003)",
    settings: Harmonic::declared,
    make: |values: &Settings| Ok(Box::new(Harmonic::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: true },
    intermediate: &[],
    example: || {
        Example {
        columns: vec![vec![2.0, 5.0], vec![6.0, f64::NAN]],
        expected: vec![3.0, 5.0],
        source: "by hand: 1 / (0.5 / 2 + 0.5 / 6) = 3; the second region is scored on its first child alone".into(),
        ..Example::default()
    }
    },
};

impl Aggregation for Harmonic {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_low(children, self.zeros == Zeros::Refuse)?;
        by_row(children, scratch, out, |values, weights| {
            // Measured in the least value, so that no quotient is beyond the numbers.
            let least = values.iter().copied().fold(f64::INFINITY, number::min);
            if least == 0.0 {
                return 0.0;
            }
            let parts = values.iter().zip(weights).map(|(x, w)| w * (least / x));
            least * weights.iter().sum::<f64>() / parts.sum::<f64>()
        })
    }

    fn needs(&self) -> Needs {
        let positive = self.zeros == Zeros::Refuse;
        Needs { positive, non_negative: true, ..Needs::ORIENTED }
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

    fn generator(&self, score: f64) -> Option<f64> {
        Some(if score > 0.0 { -1.0 / score } else { f64::NEG_INFINITY })
    }
}
