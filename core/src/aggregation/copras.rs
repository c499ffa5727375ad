//! Adds the shares of the children where more is better, and counts those where less is better inversely.

use super::mcdm::{criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::number;

settings! {
    /// No settings.
    pub struct Copras {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "copras",
    summary: "Adds the shares of the children where more is better, and counts those where less is better inversely; the best region has 1",
    formula: "Q = S⁺ + Σ S⁻ / (S⁻·Σ 1/S⁻), S = Q / max Q, with S⁺ and S⁻ the sums of w·x / Σ x",
    reference: "Zavadskas, Kaklauskas & Sarka (1994)",
    settings: Copras::declared,
    make: |values: &Settings| Ok(Box::new(Copras::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new(
            "s_plus",
            "S⁺",
            Shape::REGIONS,
            "The weighted shares of the children where more is better.",
        ),
        Given::new(
            "s_minus",
            "S⁻",
            Shape::REGIONS,
            "The weighted shares of the children where less is better.",
        ),
        Given::new("q", "Q", Shape::REGIONS, "The relative significance; the score is Q/max Q."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 3.0]],
        expected: vec![1.0 / 3.0, 1.0],
        source: "by hand: shares of 1/4 and 3/4".into(),
        ..Example::default()
    },
};

impl Aggregation for Copras {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        out.fill(0.0);
        let bad = zeros(&mut scratch.a, out);
        let mut any = false;
        for c in criteria(children)? {
            c.positive()?;
            any |= c.cost;
            let into: &mut [f64] = if c.cost { bad } else { out };
            let sum = number::sum(c.values);
            for (share, x) in into.iter_mut().zip(c.values) {
                *share += c.weight * (x / sum);
            }
        }
        scratch.intermediate.regions("s_plus", out.iter().copied());
        scratch.intermediate.regions("s_minus", bad.iter().copied());
        if any {
            let inverse: f64 = bad.iter().map(|x| 1.0 / x).sum();
            let factor = number::sum(bad) / inverse;
            out.iter_mut().zip(bad).for_each(|(score, x)| *score += factor / *x);
        }
        scratch.intermediate.regions("q", out.iter().copied());
        let best = out.iter().copied().fold(0.0, number::max);
        for (row, score) in out.iter_mut().enumerate() {
            *score /= best;
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, positive: true, non_negative: true, ..Needs::NOTHING }
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }
}
