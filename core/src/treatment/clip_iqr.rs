//! Values far outside the middle half are drawn to its fences.

use super::clip::clip;
use super::{Treatment, TreatmentInput};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, settings,
};
use crate::number;

settings! {
    /// Settings of clipping at fences.
    pub struct ClipIqr {
        /// How many interquartile ranges the fences lie beyond the quartiles.
        k: f64 [0.0, 1000.0] = 1.5,
    }
}

pub(super) const ENTRY: Entry<dyn Treatment> = Entry {
    name: "clip_iqr",
    summary: "Draws values more than k interquartile ranges beyond the quartiles to that distance.",
    formula: "x' = min(max(x, Q1 − k·(Q3 − Q1)), Q3 + k·(Q3 − Q1)), quartiles of type 7",
    reference: "Tukey (1977), Exploratory Data Analysis (the fences)",
    settings: ClipIqr::declared,
    make: |values: &Settings| Ok(Box::new(ClipIqr::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        Given::new("lower", "L", Shape::FIGURE, "The lower bound."),
        Given::new("upper", "U", Shape::FIGURE, "The upper bound."),
        Given::new("changed", "n", Shape::FIGURE, "How many values were changed."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0, f64::NAN, 3.0, 4.0, 100.0]],
        expected: vec![1.0, 2.0, f64::NAN, 3.0, 4.0, 7.0],
        source: "by hand: Q1 = 2, Q3 = 4, upper fence 4 + 1.5·2 = 7, lower 2 − 1.5·2 = −1".into(),
        ..Example::default()
    },
};

impl Treatment for ClipIqr {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        number::sorted(input.values, &mut scratch.a);
        let first = number::quantile(&scratch.a, 0.25).unwrap_or(f64::NAN);
        let third = number::quantile(&scratch.a, 0.75).unwrap_or(f64::NAN);
        let reach = self.k * (third - first);
        clip(&scratch.a, first - reach, third + reach, input.values, out)?;
        let changed = input.values.iter().zip(out.iter()).filter(|(x, y)| !x.is_nan() && x != y);
        let into = &mut scratch.intermediate;
        into.figure("lower", first - reach);
        into.figure("upper", third + reach);
        into.figure("changed", changed.count() as f64);
        Ok(())
    }

    fn keeps_unit(&self) -> bool {
        true
    }
}
