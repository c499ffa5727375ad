//! Entropy weights: what regions differ in more carries more weight.

use quanheng_words::text;

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Only, Scratch, Settings, Shape, Units,
    choice, fault, settings,
};
use crate::number;

choice! {
    /// How zeros enter `p ln p`.
    pub enum Zero {
        Limit = "limit",
        Range = "range",
        Interior = "interior",
        Shift = "shift",
        Lift = "lift",
    }
}

settings! {
    /// How zeros enter `p ln p`.
    pub struct Entropy {
        /// How zeros are dealt with: `limit` takes 0 ln 0 = 0 on the scores as they are; three others first lay min-max over
        /// them, into `lower` to `upper` (`range`), into `epsilon` to 1 - `epsilon` (`interior`), or plus `shift` (`shift`);
        /// `lift` adds |min| + `shift` to a column with a score of 0 or below, in its own unit and without min-max (SPSSAU's
        /// 非负平移, with `shift` = 0.01).
        zero: Zero = Zero::Limit,
        /// The score of the worst region under `range`.
        lower: f64 [0.0, 1.0] = 0.002 => Only::Is("zero", &["range"]),
        /// The score of the best region under `range`.
        upper: f64 [0.0, 1e9] = 0.996 => Only::Is("zero", &["range"]),
        /// The score of the worst region under `interior`.
        epsilon: f64 [0.0, 0.49] = 0.002 => Only::Is("zero", &["interior"]),
        /// What is added under `shift`, and beside |min| under `lift`.
        shift: f64 [0.0, 1e9] = 0.0001 => Only::Is("zero", &["shift", "lift"]),
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "entropy",
    summary: "Weighs each sibling by how far the distribution of its scores over the regions is from an even one.",
    formula: "p_ij = x_ij / Σ_i x_ij; e_j = -Σ_i p_ij ln p_ij / ln n; w_j ∝ 1 - e_j; 0 for a constant column; n counts the regions present",
    reference: "Shannon (1948), Bell System Technical Journal 27; Zou, Yun & Sun (2006), J. Environmental Sciences 18(5), 1020-1023",
    settings: Entropy::declared,
    make: |values: &Settings| {
        let settings = Entropy::read(values)?;
        if settings.lower >= settings.upper {
            return Err(fault("lower", text!(expect_below_upper)));
        }
        Ok(Box::new(settings))
    },
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[
        Given::new("entropy", "e", Shape::SIBLINGS, "The entropy of the shares."),
        Given::new("divergence", "d", Shape::SIBLINGS, "The divergence 1 − e."),
    ],
    example: || Example {
        // e = 1 for an even column, ln 2 / ln 4 = 1/2 for one shared by two of four, 0 for one held by one.
        columns: vec![vec![1.0, 1.0, 1.0, 1.0], vec![0.0, 1.0, 1.0, 0.0], vec![0.0, 0.0, 3.0, 0.0]],
        expected: vec![0.0, 1.0 / 3.0, 2.0 / 3.0],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Weighting for Entropy {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let found = columns::each(siblings, out, |k, column| {
            let (scale, shift) = match self.zero {
                Zero::Limit => {
                    columns::refuse_below(k, column, false)?;
                    return Ok(columns::divergence(column, &mut scratch.a));
                }
                Zero::Range => (self.upper - self.lower, self.lower),
                Zero::Interior => (1.0 - 2.0 * self.epsilon, self.epsilon),
                Zero::Shift => (1.0, self.shift),
                Zero::Lift => {
                    let least = number::extremes(column).map_or(0.0, |(least, _)| least);
                    let lift = if least <= 0.0 { self.shift - least } else { 0.0 };
                    scratch.b.clear();
                    scratch.b.extend(column.iter().map(|x| x + lift));
                    return Ok(columns::divergence(&scratch.b, &mut scratch.a));
                }
            };
            columns::min_max(column, siblings.directions[k], &mut scratch.b);
            scratch.b.iter_mut().for_each(|x| *x = shift + scale * *x);
            Ok(columns::divergence(&scratch.b, &mut scratch.a))
        });
        scratch.intermediate.siblings("entropy", out.iter().map(|d| 1.0 - d));
        scratch.intermediate.siblings("divergence", out.iter().copied());
        found
    }

    fn needs(&self) -> Needs {
        Needs { non_negative: self.zero == Zero::Limit, ..Needs::NOTHING }
    }
}
