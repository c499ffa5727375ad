//! The mean, drawn towards the weakest child.

use super::row::{by_row, mean};
use super::{Aggregation, Children};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number;

settings! {
    /// Settings of the mean-min function.
    pub struct MeanMin {
        /// How far the mean is drawn down: 0 leaves it, 1 can reach the minimum.
        alpha: f64 [0, 1] = 0.5,
        /// How gently: with 0 the draw is in proportion to the gap between mean and minimum.
        beta: f64 [0, 1e12] = 0.0,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "mean_min",
    summary: "The mean, drawn towards the weakest child",
    formula: "S = M − α·(√((M − min)² + β²) − β)",
    reference: "Casadio Tarabusi & Guarini (2013), Social Indicators Research 112",
    settings: MeanMin::declared,
    make: |values: &Settings| Ok(Box::new(MeanMin::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: true, absent: true },
    intermediate: &[],
    example: || Example {
        settings: Settings::from([("beta", 4.0.into())]),
        columns: vec![vec![7.0], vec![1.0]],
        expected: vec![3.5],
        source: "by hand: 4 − 0.5·(√(9 + 16) − 4)".into(),
        ..Example::default()
    },
};

impl Aggregation for MeanMin {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        by_row(children, scratch, out, |values, weights| {
            let mean = mean(values, weights, weights.iter().sum());
            let gap = mean - values.iter().copied().fold(f64::INFINITY, number::min);
            mean - self.alpha * ((gap * gap + self.beta * self.beta).sqrt() - self.beta)
        })
    }

    fn keeps_unit(&self) -> bool {
        true
    }

    fn is_rowwise(&self) -> bool {
        true
    }
}
