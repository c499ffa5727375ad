//! ERVD: gains and losses against a reference point, between the best and the worst of them.

use super::mcdm::{ByChild, criteria, refuse_unknown, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    ABOVE_ZERO, Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings,
    Shape, Units, settings,
};
use crate::number;
use quanheng_words::text;

settings! {
    /// Settings of ERVD.
    pub struct Ervd {
        /// The reference point: the value from which gains and losses are counted, of single children by their code; of the others the mean of the regions.
        reference_point: ByChild = ByChild::new(),
        /// How much more a loss counts than a gain.
        lambda: f64 [0, 1e6] = 2.25,
        /// The power of gains and losses: below 1, the first steps away from the reference point count most.
        alpha: f64 [ABOVE_ZERO, 10] = 0.88,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "ervd",
    summary: "The values of gains and losses against a reference point, losses counting more, between the worst and the best of them",
    formula: "S = d⁻ / (d⁺ + d⁻), with d⁺ = Σ w·|v − max v|, d⁻ = Σ w·|v − min v|; v = g^α for a gain g ≥ 0 of x / Σ x against the reference point and −λ·(−g)^α for a loss",
    reference: "Shyur, Yin, Shih & Cheng (2015), Foundations of Computing and Decision Sciences 40",
    settings: Ervd::declared,
    make: |values: &Settings| Ok(Box::new(Ervd::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("s_plus", "S⁺", Shape::REGIONS, "The distance from the best values of gains."),
        Given::new(
            "s_minus",
            "S⁻",
            Shape::REGIONS,
            "The distance from the worst values of losses.",
        ),
    ],
    example: || {
        Example {
            columns: vec![vec![1.0, 2.0, 3.0]],
            expected: vec![0.0, 2.0 / 3.0, 1.0],
            source: "by hand: v = −2/6, 0 and 1/6 against the mean".into(),
            ..Example::default()
        }
        .with([("lambda", 2.0.into()), ("alpha", 1.0.into())])
    },
};

impl Aggregation for Ervd {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_unknown(children, self.reference_point.keys())?;
        let (plus, minus) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        let values = &mut scratch.c;
        for c in criteria(children)? {
            let sum = c.sum()?;
            let stated = self.reference_point.get(&children.nodes[c.child].code).copied();
            let reference = match stated {
                Some(reference) => reference,
                None => c.mean()?,
            };
            values.clear();
            values.extend(c.values.iter().map(|x| {
                let gain = (if c.cost { reference - x } else { x - reference }) / sum;
                match gain < 0.0 {
                    true => -self.lambda * libm::pow(-gain, self.alpha),
                    false => libm::pow(gain, self.alpha),
                }
            }));
            let Some((worst, best)) = number::extremes(values) else { continue };
            for ((plus, minus), v) in plus.iter_mut().zip(minus.iter_mut()).zip(&*values) {
                *plus += c.weight * (best - v);
                *minus += c.weight * (v - worst);
            }
        }
        scratch.intermediate.regions("s_plus", plus.iter().copied());
        scratch.intermediate.regions("s_minus", minus.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            if plus[row] + minus[row] == 0.0 {
                return Err(MethodError::Other(text!(alike_all)));
            }
            *score = minus[row] / (plus[row] + minus[row]);
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, uncentred: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }
}
