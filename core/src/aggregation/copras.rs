//! Adds the shares of the children where more is better, and counts those where less is better inversely.

use quanheng_words::text;

use super::mcdm::{ZeroCosts, criteria, inverted, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::number;

settings! {
    /// Settings of COPRAS.
    pub struct Copras {
        /// What happens to a region with zero in every child where less is better, because the formula divides by their sum: it is refused, or it counts as in the limit of the formula, where such regions share what all have, and the others have nothing of it.
        zeros: ZeroCosts = ZeroCosts::Refuse,
    }
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
            any |= c.cost;
            let into: &mut [f64] = if c.cost { bad } else { out };
            let sum = c.total()?;
            for (share, x) in into.iter_mut().zip(c.values) {
                *share += c.weight * (x / sum);
            }
        }
        scratch.intermediate.regions("s_plus", out.iter().copied());
        scratch.intermediate.regions("s_minus", bad.iter().copied());
        if any {
            let least = bad.iter().copied().fold(f64::INFINITY, number::min);
            if least == 0.0 && self.zeros == ZeroCosts::Refuse {
                let row = bad.iter().position(|x| *x == 0.0).unwrap_or(0);
                let column = criteria(children)?.find(|c| c.cost).map_or(0, |c| c.child);
                let needed = text!(needed_some_cost);
                return Err(MethodError::OutOfDomain { column, row, value: 0.0, needed });
            }
            // Measured in the least, so that no quotient is beyond the numbers.
            let factor = number::sum(bad) / bad.iter().map(|&x| inverted(least, x)).sum::<f64>();
            out.iter_mut().zip(bad).for_each(|(score, x)| *score += factor * inverted(least, *x));
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
        Needs { complete: true, non_negative: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }
}
