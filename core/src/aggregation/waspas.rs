//! A blend of weighted sum and weighted product, both over shares of the best value.

use quanheng_words::text;

use super::mcdm::{ZeroCosts, criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Only, Scratch, Settings, Shape,
    Units, choice, settings,
};

choice! {
    /// What the values are measured in.
    pub enum Scale {
        /// The best value.
        Best = "best",
        /// Nothing: they are scores already.
        None = "none",
    }
}

settings! {
    /// Settings of WASPAS.
    pub struct Waspas {
        /// The share of the weighted sum; the rest is the weighted product's.
        lambda: f64 [0, 1] = 0.5,
        /// What the values are measured in: the best one, as in the original paper (`best`), or nothing, for scores that are normalised already (`none`); more must then be better in every child.
        scale: Scale = Scale::Best,
        /// What a zero means where less is better, so that the formula divides by it: refused, or the limit of the formula, in which such regions have the share 1, and the others 0. Where more is better a zero is a share of 0, and makes the product 0.
        zeros: ZeroCosts = ZeroCosts::Refuse => Only::Is("scale", &["best"]),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "waspas",
    summary: "A blend of weighted sum and weighted product, both over shares of the best value",
    formula: "S = λ·Σ w·r + (1 − λ)·Π r^w, with r = x / max x, or min x / x where less is better",
    reference: "Zavadskas, Turskis, Antucheviciene & Zakarevicius (2012), Electronics and Electrical Engineering 122",
    settings: Waspas::declared,
    make: |values: &Settings| Ok(Box::new(Waspas::read(values)?)),
    claims: Claims { monotone: true, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("wsm", "WSM", Shape::REGIONS, "The weighted sum."),
        Given::new("wpm", "WPM", Shape::REGIONS, "The weighted product."),
        Given::new("q", "Q", Shape::REGIONS, "The blend of both."),
    ],
    example: || Example {
        columns: vec![vec![4.0, 1.0], vec![4.0, 4.0]],
        expected: vec![1.0, 0.5625],
        source: "by hand: (0.625 + 0.5) / 2".into(),
        ..Example::default()
    },
};

impl Aggregation for Waspas {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        out.fill(0.0);
        let logs = zeros(&mut scratch.a, out);
        for c in criteria(children)? {
            let best = match self.scale {
                Scale::Best => Some(c.measure(self.zeros)?),
                Scale::None => {
                    c.refuse(|x| x < 0.0, text!(needed_not_negative))?;
                    None
                }
            };
            for ((sum, log), &x) in out.iter_mut().zip(logs.iter_mut()).zip(c.values) {
                let share = best.map_or(x, |best| c.measured(x, best));
                *sum += c.weight * share;
                *log += c.weight * libm::log(share);
            }
        }
        scratch.intermediate.regions("wsm", out.iter().copied());
        scratch.intermediate.regions("wpm", logs.iter().map(|log| libm::exp(*log)));
        for (row, score) in out.iter_mut().enumerate() {
            *score = self.lambda * *score + (1.0 - self.lambda) * libm::exp(logs[row]);
            finite(row, *score)?;
        }
        scratch.intermediate.regions("q", out.iter().copied());
        Ok(())
    }

    fn needs(&self) -> Needs {
        let oriented = self.scale == Scale::None;
        Needs { complete: true, non_negative: true, oriented, ..Needs::NOTHING }
    }

    fn takes_printed_weights(&self) -> bool {
        true
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        let most = if self.scale == Scale::Best { 1.0 } else { f64::INFINITY };
        Domain::between(0.0, most)
    }
}
