//! TODIM: gains and losses against every other region, losses by another curve.

use quanheng_words::text;

use super::mcdm::{Criterion, ZeroCosts, criteria};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    ABOVE_ZERO, Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings,
    Shape, Units, choice, settings,
};
use crate::number;

choice! {
    /// What a column is divided by.
    pub enum Scale {
        /// Nothing.
        None = "none",
        /// Its sum.
        Sum = "sum",
        /// The distance from its least to its greatest value.
        MinMax = "min_max",
    }
}

settings! {
    /// Settings of TODIM.
    pub struct Todim {
        /// How the columns are scaled first: as shares of their sum, of 1/x where less is better, as in the original paper (`sum`), by their range (`min_max`), or not at all, for scores that are normalised already (`none`).
        scale: Scale = Scale::None,
        /// The attenuation of losses: the less it is, the more a loss counts.
        theta: f64 [ABOVE_ZERO, 1e6] = 1.0,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "todim",
    summary: "Counts the gains and losses of a region against every other one, losses by a steeper curve; the best region has 1, the worst 0",
    formula: "S = (ξ − min ξ) / (max ξ − min ξ), with ξ(a) = Σ over b and children of √(w·g / Σ w) for a gain g = r(a) − r(b) and −√(Σ w·(−g) / w) / θ for a loss",
    reference: "Gomes & Lima (1992), Foundations of Computing and Decision Sciences 16; Gomes & Rangel (2009), European Journal of Operational Research 193",
    settings: Todim::declared,
    make: |values: &Settings| Ok(Box::new(Todim::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: true, absent: false },
    intermediate: &[Given::new(
        "dominance",
        "ξ",
        Shape::REGIONS,
        "The sum of the gains and losses of a region, before it is laid between the least and the greatest.",
    )],
    example: || Example {
        columns: vec![vec![0.0, 1.0, 5.0]],
        expected: vec![0.0, 5.0_f64.sqrt() / (2.0 * 5.0_f64.sqrt() + 3.0), 1.0],
        source: "by hand: ξ = −1 − √5, 1 − 2 and √5 + 2".into(),
        ..Example::default()
    },
};

impl Aggregation for Todim {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        out.fill(0.0);
        let all: f64 = criteria(children)?.map(|c| c.weight).sum();
        for c in criteria(children)?.filter(|c| c.greatest > c.least) {
            let values = &mut scratch.a;
            self.scaled(&c, values)?;
            let share = c.weight / all;
            for a in 0..out.len() {
                for b in a + 1..out.len() {
                    let gap = values[a] - values[b];
                    let gain = (share * gap.abs()).sqrt();
                    let loss = (gap.abs() / share).sqrt() / self.theta;
                    if gap > 0.0 {
                        out[a] += gain;
                        out[b] -= loss;
                    } else {
                        out[a] -= loss;
                        out[b] += gain;
                    }
                }
            }
        }
        scratch.intermediate.regions("dominance", out.iter().copied());
        let Some((least, greatest)) = number::extremes(out) else { return Ok(()) };
        if least == greatest {
            return Err(MethodError::Other(text!(alike_all)));
        }
        for (row, score) in out.iter_mut().enumerate() {
            *score = (*score - least) / (greatest - least);
            finite(row, *score)?;
        }
        Ok(())
    }

    fn compares_regions(&self) -> bool {
        true
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }
}

impl Todim {
    /// Writes the values of a child as they are compared: more is better.
    fn scaled(&self, c: &Criterion<'_>, out: &mut Vec<f64>) -> Result<(), MethodError> {
        let sign = if c.cost { -1.0 } else { 1.0 };
        out.clear();
        match self.scale {
            Scale::None => out.extend(c.values.iter().map(|x| sign * x)),
            Scale::MinMax => {
                out.extend(c.values.iter().map(|x| sign * (x / (c.greatest - c.least))));
            }
            Scale::Sum => {
                // Both are measured in the best value, so that no sum is beyond the numbers.
                let best = c.measure(ZeroCosts::Refuse)?;
                out.extend(c.values.iter().map(|x| c.measured(*x, best)));
                let sum: f64 = out.iter().sum();
                out.iter_mut().for_each(|x| *x /= sum);
            }
        }
        Ok(())
    }
}
