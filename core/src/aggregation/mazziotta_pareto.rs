//! The Mazziotta-Pareto index.

use quanheng_words::text;

use super::row::{by_row, mean};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, Intermediate, MethodError, Scratch, Settings, Shape,
    Units, choice, settings,
};

choice! {
    /// Which way imbalance counts.
    pub enum Penalty {
        /// It lowers the score: for an index of something good.
        Subtract = "subtract",
        /// It raises the score: for an index of something bad, such as poverty.
        Add = "add",
    }
}

choice! {
    /// The divisor of the variance.
    pub enum Variance {
        /// The number of children.
        Population = "population",
        /// One less.
        Sample = "sample",
    }
}

settings! {
    /// Settings of the Mazziotta-Pareto index.
    pub struct MazziottaPareto {
        /// Whether imbalance between the children lowers or raises the score.
        penalty: Penalty = Penalty::Subtract,
        /// The divisor of the variance across children.
        variance: Variance = Variance::Population,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "mazziotta_pareto",
    summary: "The mean less a penalty for imbalance; the children are z-scores of mean 100 and deviation 10.",
    formula: "S = M ∓ σ²/M, with M = Σ w·z and σ² = Σ w·(z − M)²",
    reference: "Mazziotta & Pareto (2016), Social Indicators Research 127",
    settings: MazziottaPareto::declared,
    make: |values: &Settings| Ok(Box::new(MazziottaPareto::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: true, absent: true },
    intermediate: &[
        Given::new("mean", "M", Shape::REGIONS, "The mean of the children."),
        Given::new("deviation", "σ", Shape::REGIONS, "The standard deviation of the children."),
        Given::new(
            "penalty",
            "σ²/M",
            Shape::REGIONS,
            "The penalty for imbalance: the deviation times the coefficient of variation.",
        ),
    ],
    example: || Example {
        columns: vec![vec![110.0, 100.0], vec![90.0, f64::NAN]],
        expected: vec![99.0, 100.0],
        source: "by hand: 100 − 10²/100; a single child has no imbalance".into(),
        ..Example::default()
    },
};

impl Aggregation for MazziottaPareto {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let mut low = None;
        let mut parts = Vec::new();
        let asked = scratch.intermediate.is_asked();
        let result = by_row(children, scratch, out, |values, weights| {
            let mean = mean(values, weights, weights.iter().sum());
            if mean.is_nan() || mean <= 0.0 {
                low = low.or(Some(mean));
                return f64::NAN;
            }
            if asked {
                parts.push((mean, spread(mean, values, weights, self.variance)));
            }
            penalised(mean, values, weights, self.penalty, self.variance)
        });
        give_penalty(&parts, out, &mut scratch.intermediate);
        match low {
            Some(mean) => Err(MethodError::Other(text!(mean_not_positive, mean = mean))),
            None => result,
        }
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::ANY
    }

    fn keeps_unit(&self) -> bool {
        true
    }

    fn is_rowwise(&self) -> bool {
        true
    }
}

/// The mean with the penalty of imbalance.
pub(super) fn penalised(
    mean: f64,
    values: &[f64],
    weights: &[f64],
    penalty: Penalty,
    variance: Variance,
) -> f64 {
    let spread = spread(mean, values, weights, variance);
    match penalty {
        Penalty::Subtract => mean - spread / mean,
        Penalty::Add => mean + spread / mean,
    }
}

/// The variance of the children.
pub(super) fn spread(mean: f64, values: &[f64], weights: &[f64], variance: Variance) -> f64 {
    let n = values.len() as f64;
    let squares = values.iter().zip(weights).map(|(x, w)| w * (x - mean) * (x - mean));
    let spread = squares.sum::<f64>() / weights.iter().sum::<f64>();
    match variance {
        Variance::Sample if n > 1.0 => spread * n / (n - 1.0),
        _ => spread,
    }
}

/// Gives mean and variance of the children of each region that has a score, and the penalty that they make.
pub(super) fn give_penalty(parts: &[(f64, f64)], scores: &[f64], into: &mut Intermediate) {
    if !into.is_asked() {
        return;
    }
    let mut parts = parts.iter();
    let of = |score: &f64| match score.is_nan() {
        true => (f64::NAN, f64::NAN),
        false => parts.next().copied().unwrap_or((f64::NAN, f64::NAN)),
    };
    let parts: Vec<(f64, f64)> = scores.iter().map(of).collect();
    into.regions("mean", parts.iter().map(|(mean, _)| *mean));
    into.regions("deviation", parts.iter().map(|(_, spread)| spread.sqrt()));
    into.regions("penalty", parts.iter().map(|(mean, spread)| spread / mean));
}
