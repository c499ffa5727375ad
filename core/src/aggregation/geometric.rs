//! The weighted geometric mean.

use super::row::{by_row, finite, refuse_low};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Needs, Scratch, Settings, Units, choice, settings,
};

choice! {
    /// What a child of zero means, where the formula has no meaning for it or makes the score zero.
    pub enum Zeros {
        /// It is refused: the formula has no meaning there.
        Refuse = "refuse",
        /// The region's score is zero.
        Zero = "zero",
    }
}

settings! {
    /// Settings of the geometric mean.
    pub struct Geometric {
        /// What a child of zero means: refused, or a score of zero. Values below zero are always refused.
        zeros: Zeros = Zeros::Refuse,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "geometric",
    summary: "The weighted geometric mean; strong children compensate for a weak one only in part.",
    formula: "S = Π s^(w / Σ w)",
    reference: "OECD/JRC Handbook (2008), step 7, geometric aggregation",
    settings: Geometric::declared,
    make: |values: &Settings| Ok(Box::new(Geometric::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![4.0, 8.0, 1.0], vec![9.0, 2.0, f64::NAN]],
        expected: vec![6.0, 4.0, 1.0],
        source: "by hand: √36, √16; the third region is scored on its first child alone".into(),
        ..Example::default()
    },
};

impl Aggregation for Geometric {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_low(children, self.zeros == Zeros::Refuse)?;
        mean(children, scratch, out)
    }

    fn needs(&self) -> Needs {
        let positive = self.zeros == Zeros::Refuse;
        Needs { positive, non_negative: true, ..Needs::ORIENTED }
    }

    fn gives(&self, children: &[Domain]) -> Domain {
        Domain::of_mean(children)
    }

    fn takes_printed_weights(&self) -> bool {
        true
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
        Some(if score > 0.0 { libm::log(score) } else { f64::NEG_INFINITY })
    }
}

/// The mean of values zero or above; a zero makes it zero, as the logarithm of zero is minus infinity.
pub(super) fn mean(
    children: &Children<'_>,
    scratch: &mut Scratch,
    out: &mut [f64],
) -> Result<(), MethodError> {
    if !children.complete {
        return by_row(children, scratch, out, |values, weights| {
            let logs = values.iter().zip(weights).map(|(x, w)| w * libm::log(*x));
            libm::exp(logs.sum::<f64>() / children.divisor(weights.iter().sum()))
        });
    }
    out.fill(0.0);
    for (column, &weight) in children.columns.iter().zip(children.proportions) {
        if weight > 0.0 {
            for (score, &x) in out.iter_mut().zip(*column) {
                *score += weight * libm::log(x);
            }
        }
    }
    let divisor = children.divisor(children.proportions.iter().sum());
    for (row, score) in out.iter_mut().enumerate() {
        *score = libm::exp(*score / divisor);
        finite(row, *score)?;
    }
    Ok(())
}
