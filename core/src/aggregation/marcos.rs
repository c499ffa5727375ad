//! The utility of a region beside an ideal one and an anti-ideal one.

use super::mcdm::{ZeroCosts, criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};

settings! {
    /// No settings.
    pub struct Marcos {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "marcos",
    summary: "The utility of a region beside a region that has the best value of every child, and beside one that has the worst",
    formula: "S = (K⁺ + K⁻) / (1 + K⁺/K⁻ + K⁻/K⁺), with K⁺ = U/U(best) and K⁻ = U/U(worst), U the weighted sum of shares of the best value",
    reference: "Stević, Pamučar, Puška & Chatterjee (2020), Computers & Industrial Engineering 140",
    settings: Marcos::declared,
    make: |values: &Settings| Ok(Box::new(Marcos::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("u", "U", Shape::REGIONS, "The weighted sum of shares of the best values."),
        Given::new("k_plus", "K⁺", Shape::REGIONS, "U beside that of the ideal region."),
        Given::new("k_minus", "K⁻", Shape::REGIONS, "U beside that of the anti-ideal region."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0]],
        expected: vec![3.0 / 7.0, 6.0 / 7.0],
        source: "by hand: K⁺ = 0.5 and 1, K⁻ = 1 and 2: 1.5/3.5 and 3/3.5".into(),
        ..Example::default()
    },
};

impl Aggregation for Marcos {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let sums = zeros(&mut scratch.a, out);
        let (mut ideal, mut anti) = (0.0, 0.0);
        for c in criteria(children)? {
            let best = c.measure(ZeroCosts::Refuse)?;
            ideal += c.weight;
            anti += c.weight * c.measured(c.worst(), best);
            for (sum, x) in sums.iter_mut().zip(c.values) {
                *sum += c.weight * c.measured(*x, best);
            }
        }
        scratch.intermediate.regions("u", sums.iter().copied());
        scratch.intermediate.regions("k_plus", sums.iter().map(|u| u / ideal));
        let beside = |u: f64| if anti > 0.0 { u / anti } else { f64::NAN };
        scratch.intermediate.regions("k_minus", sums.iter().map(|u| beside(*u)));
        for (row, score) in out.iter_mut().enumerate() {
            let up = sums[row] / ideal;
            // Beside an anti-ideal region of 0, the limit of the formula is K⁺.
            *score = match (up > 0.0, anti > 0.0) {
                (false, _) => 0.0,
                (true, false) => up,
                (true, true) => {
                    let down = sums[row] / anti;
                    (up + down) / (1.0 + up / down + down / up)
                }
            };
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
