//! The weighted sum of shares, as a part of what an ideal region would have.

use super::mcdm::{ByChild, ZeroCosts, criteria, refuse_unknown};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};

settings! {
    /// Settings of ARAS.
    pub struct Aras {
        /// What a zero means where less is better, so that the formula divides by it: refused, or the limit of the formula, in which such regions and the ideal have equal shares, and the others none.
        zeros: ZeroCosts = ZeroCosts::Refuse,
        /// The value of the ideal region in single children, by their code, above 0; in the others it has the best value among the regions.
        ideal: ByChild = ByChild::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "aras",
    summary: "The weighted sum of shares, as a part of what an ideal region would have",
    formula: "S = Σ w·r / Σ w·r of the ideal, with r = x / Σ x over all regions and the ideal, and 1/x for x where less is better",
    reference: "Zavadskas & Turskis (2010), Technological and Economic Development of Economy 16",
    settings: Aras::declared,
    make: |values: &Settings| Ok(Box::new(Aras::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("ideal", "S₀", Shape::FIGURE, "The weighted sum of shares of the ideal region."),
        Given::new("s", "S", Shape::REGIONS, "The weighted sum of shares."),
        Given::new("k", "K", Shape::REGIONS, "The utility S/S₀."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 3.0]],
        expected: vec![1.0 / 3.0, 1.0],
        source: "by hand: shares of 1/7 and 3/7, the ideal having 3/7".into(),
        ..Example::default()
    },
};

impl Aggregation for Aras {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_unknown(children, self.ideal.keys())?;
        out.fill(0.0);
        let mut ideal = 0.0;
        for c in criteria(children)? {
            // Both are measured in the ideal value, so that the ideal has 1 and no sum is beyond the numbers.
            let best = match self.ideal.get(&children.nodes[c.child].code) {
                None => c.measure(self.zeros)?,
                Some(&ideal) => c.measure_in(ideal)?,
            };
            let sum = 1.0 + c.values.iter().map(|&x| c.measured(x, best)).sum::<f64>();
            ideal += c.weight / sum;
            for (score, &x) in out.iter_mut().zip(c.values) {
                *score += c.weight * (c.measured(x, best) / sum);
            }
        }
        scratch.intermediate.figure("ideal", ideal);
        scratch.intermediate.regions("s", out.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            *score /= ideal;
            finite(row, *score)?;
        }
        scratch.intermediate.regions("k", out.iter().copied());
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, non_negative: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        let most = if self.ideal.is_empty() { 1.0 } else { f64::INFINITY };
        Domain::between(0.0, most)
    }
}
