//! CRADIS: the distances from the greatest and the least weighted share of all children.

use super::mcdm::{ZeroCosts, criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::number;

settings! {
    /// No settings.
    pub struct Cradis {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "cradis",
    summary: "The distances from the greatest and the least weighted share that there is in any child, beside those of a region that is the best in every child",
    formula: "S = (S₀⁺/S⁺ + S⁻/S₀⁻) / 2, with S⁺ = Σ (max v − v), S⁻ = Σ (v − min v), v = w·r, r a share of the best; max and min over all children, and S₀ of a region that is the best in every child",
    reference: "Puška, Stević & Pamučar (2022), Environment, Development and Sustainability 24",
    settings: Cradis::declared,
    make: |values: &Settings| Ok(Box::new(Cradis::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: false, absent: false },
    intermediate: &[
        Given::new(
            "s_plus",
            "S⁺",
            Shape::REGIONS,
            "The distance from the greatest weighted share.",
        ),
        Given::new("s_minus", "S⁻", Shape::REGIONS, "The distance from the least weighted share."),
        Given::new("k_plus", "K⁺", Shape::REGIONS, "The utility by S⁺."),
        Given::new("k_minus", "K⁻", Shape::REGIONS, "The utility by S⁻."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0], vec![2.0, 2.0]],
        weights: vec![0.25, 0.75],
        expected: vec![(0.5 / 0.625 + 0.625 / 0.75) / 2.0, 1.0],
        source: "by hand: v = 1/8, 1/4 and 3/4, 3/4, so that S⁺ = 5/8, 1/2 and S⁻ = 5/8, 3/4"
            .into(),
        ..Example::default()
    },
};

impl Aggregation for Cradis {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let (mut most, mut least) = (0.0, f64::INFINITY);
        for c in criteria(children)? {
            let best = c.measure(ZeroCosts::Refuse)?;
            most = number::max(most, c.weight);
            least = number::min(least, c.weight * c.measured(c.worst(), best));
        }
        let (plus, minus) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        let (mut best_plus, mut best_minus) = (0.0, 0.0);
        for c in criteria(children)? {
            let best = c.measure(ZeroCosts::Refuse)?;
            best_plus += most - c.weight;
            best_minus += c.weight - least;
            for ((plus, minus), x) in plus.iter_mut().zip(minus.iter_mut()).zip(c.values) {
                let v = c.weight * c.measured(*x, best);
                *plus += most - v;
                *minus += v - least;
            }
        }
        // A region that is the best in every child has 1, also where nothing is between it and the greatest share, or
        // between that and the least.
        let part = |x: f64, of: f64| if x == of { 1.0 } else { x / of };
        let k_plus = |row: usize| part(best_plus, plus[row]);
        let k_minus = |row: usize| part(minus[row], best_minus);
        let into = &mut scratch.intermediate;
        into.regions("s_plus", plus.iter().copied());
        into.regions("s_minus", minus.iter().copied());
        into.regions("k_plus", (0..plus.len()).map(k_plus));
        into.regions("k_minus", (0..plus.len()).map(k_minus));
        for (row, score) in out.iter_mut().enumerate() {
            *score = (k_plus(row) + k_minus(row)) / 2.0;
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
