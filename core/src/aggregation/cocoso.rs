//! A compromise of the weighted sum and the sum of weighted powers.

use quanheng_words::text;

use super::mcdm::{criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::number;

settings! {
    /// Settings of CoCoSo.
    pub struct Cocoso {
        /// The weight of the weighted sum in the third strategy.
        lambda: f64 [0, 1] = 0.5,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "cocoso",
    summary: "A compromise of the weighted sum and the sum of weighted powers of min-max scores, by three ways to compare the regions",
    formula: "S = ∛(ka·kb·kc) + (ka + kb + kc)/3, with A = Σ w·s, B = Σ s^w, ka = (A + B) / Σ (A + B), kb = A / min A + B / min B, kc = (λA + (1 − λ)B) / (λ max A + (1 − λ) max B)",
    reference: "Yazdani, Zarate, Zavadskas & Turskis (2019), Management Decision 57",
    settings: Cocoso::declared,
    make: |values: &Settings| Ok(Box::new(Cocoso::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[
        Given::new("a", "A", Shape::REGIONS, "The weighted sum."),
        Given::new("b", "B", Shape::REGIONS, "The sum of the weighted powers."),
        Given::new("ka", "ka", Shape::REGIONS, "The region's share in all sums."),
        Given::new("kb", "kb", Shape::REGIONS, "Its sums beside the least ones."),
        Given::new("kc", "kc", Shape::REGIONS, "Its sums beside the greatest ones."),
    ],
    example: || Example {
        columns: vec![vec![0.0, 1.0], vec![1.0, 0.0]],
        expected: vec![1.0 + 3.5 / 3.0; 2],
        source: "by hand: A = 0.5 and B = 1 for both, so that ka = 0.5, kb = 2, kc = 1".into(),
        ..Example::default()
    },
};

impl Aggregation for Cocoso {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let (sums, powers) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        for c in criteria(children)?.filter(|c| c.greatest > c.least) {
            for ((sum, power), x) in sums.iter_mut().zip(powers.iter_mut()).zip(c.values) {
                let score = (x - c.worst()) / (c.best() - c.worst());
                *sum += c.weight * score;
                *power += libm::pow(score, c.weight);
            }
        }
        scratch.intermediate.regions("a", sums.iter().copied());
        scratch.intermediate.regions("b", powers.iter().copied());
        let all = number::sum(sums) + number::sum(powers);
        let (Some((least, greatest)), Some((low, high))) =
            (number::extremes(sums), number::extremes(powers))
        else {
            return Ok(());
        };
        if greatest == 0.0 {
            return Err(MethodError::Other(text!(alike_all)));
        }
        if least == 0.0 || low == 0.0 {
            return Err(MethodError::Other(text!(worst_in_all)));
        }
        let most = self.lambda * greatest + (1.0 - self.lambda) * high;
        let ways = |row: usize| {
            let (a, b) = (sums[row], powers[row]);
            let mixed = self.lambda * a + (1.0 - self.lambda) * b;
            [(a + b) / all, a / least + b / low, mixed / most]
        };
        for (k, name) in ["ka", "kb", "kc"].into_iter().enumerate() {
            scratch.intermediate.regions(name, (0..sums.len()).map(|row| ways(row)[k]));
        }
        for (row, score) in out.iter_mut().enumerate() {
            let [a, b, c] = ways(row);
            *score = libm::cbrt(a * b * c) + (a + b + c) / 3.0;
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { lower: 0.0, ..Domain::ANY }
    }
}
