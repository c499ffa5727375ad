//! Values beyond two percentiles are drawn to them.

use quanheng_words::text;

use super::clip::clip;
use super::{Treatment, TreatmentInput};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, fault, settings,
};
use crate::number;

settings! {
    /// Settings of clipping at percentiles.
    pub struct ClipPercentile {
        /// The share of values below the lower bound.
        lower: f64 [0.0, 1.0] = 0.025,
        /// The share of values below the upper bound.
        upper: f64 [0.0, 1.0] = 0.975,
    }
}

pub(super) const ENTRY: Entry<dyn Treatment> = Entry {
    name: "clip_percentile",
    summary: "Draws values below one percentile and above another to those percentiles.",
    formula: "x' = min(max(x, Q(lower)), Q(upper)), Q by linear interpolation between order statistics (type 7)",
    reference: "OECD/JRC Handbook (2008), step 5: outliers; quantiles: Hyndman & Fan (1996), Am. Stat. 50(4), 361-365",
    settings: ClipPercentile::declared,
    make: |values: &Settings| {
        let method = ClipPercentile::read(values)?;
        if method.lower >= method.upper {
            return Err(fault("lower", text!(expect_below_upper)));
        }
        Ok(Box::new(method))
    },
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
    example: || {
        Example {
            columns: vec![vec![1.0, 2.0, f64::NAN, 3.0, 4.0, 100.0]],
            expected: vec![1.4, 2.0, f64::NAN, 3.0, 4.0, 61.6],
            source: "by hand: Q(0.1) = 1 + 0.4·(2 − 1), Q(0.9) = 4 + 0.6·(100 − 4)".into(),
            ..Example::default()
        }
        .with([("lower", 0.1.into()), ("upper", 0.9.into())])
    },
};

impl Treatment for ClipPercentile {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        number::sorted(input.values, &mut scratch.a);
        let lower = number::quantile(&scratch.a, self.lower).unwrap_or(f64::NAN);
        let upper = number::quantile(&scratch.a, self.upper).unwrap_or(f64::NAN);
        clip(&scratch.a, lower, upper, input.values, out)?;
        let changed = input.values.iter().zip(out.iter()).filter(|(x, y)| !x.is_nan() && x != y);
        let into = &mut scratch.intermediate;
        into.figure("lower", lower);
        into.figure("upper", upper);
        into.figure("changed", changed.count() as f64);
        Ok(())
    }

    fn keeps_unit(&self) -> bool {
        true
    }
}
