//! Tiers by distance from the mean in standard deviations.

use quanheng_words::text;

use super::ladder::{BOUNDS, by_bounds, check_labels, give_bounds};
use super::{Tier, Tiering, TieringInput};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, choice, fault,
    settings,
};
use crate::number;

choice! {
    /// What the sum of squares is divided by.
    pub enum Divisor {
        /// The number of scores less one.
        Sample = "sample",
        /// The number of scores.
        Population = "population",
    }
}

settings! {
    /// Settings of tiers by mean sd.
    pub struct MeanSd {
        /// How many standard deviations each bound lies above the mean (below it where negative), in any order.
        multiples: Vec<f64> = vec![1.0, 0.0, -1.0],
        /// The divisor of the standard deviation.
        sd: Divisor = Divisor::Sample,
        /// Whether a score on a bound belongs to the better tier.
        inclusive: bool = true,
        /// The names of the tiers, from best to worst.
        labels: Vec<String> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Tiering> = Entry {
    name: "mean_sd",
    summary: "Cuts at the mean plus stated multiples of the standard deviation.",
    formula: "bounds mean + m·sd for each m of `multiples`; sd with divisor n − 1 (sample) or n (population)",
    reference: "Slocum, McMaster, Kessler & Howard, Thematic Cartography and Geovisualization (data classification: mean–standard deviation)",
    settings: MeanSd::declared,
    make: |values: &Settings| {
        let mut method = MeanSd::read(values)?;
        number::sort(&mut method.multiples);
        method.multiples.reverse();
        if method.multiples.is_empty() || method.multiples.windows(2).any(|w| w[0] == w[1]) {
            return Err(fault("multiples", text!(expect_multiples)));
        }
        check_labels(&method.labels, method.multiples.len() + 1)?;
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        Given::new("mean", "x̄", Shape::FIGURE, "The mean of the scores."),
        Given::new("deviation", "s", Shape::FIGURE, "The standard deviation of the scores."),
        BOUNDS,
    ],
    example: || {
        Example {
            columns: vec![vec![2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]],
            expected: vec![4.0, 3.0, 3.0, 3.0, 2.0, 2.0, 1.0, 1.0],
            source: "by hand: mean 5, population standard deviation 2, bounds 7, 5 and 3".into(),
            ..Example::default()
        }
        .with([("sd", "population".into())])
    },
};

impl Tiering for MeanSd {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let Some((least, greatest)) = number::extremes(input.scores) else {
            out.fill(None);
            return Ok(());
        };
        if least == greatest {
            return Err(MethodError::Constant { value: least });
        }
        let variance = match self.sd {
            Divisor::Sample => number::sample_variance(input.scores),
            Divisor::Population => number::population_variance(input.scores),
        };
        let mean = number::mean(input.scores).expect("a score");
        let sd = variance.expect("two scores that differ").sqrt();
        scratch.intermediate.figure("mean", mean);
        scratch.intermediate.figure("deviation", sd);
        let bounds = &mut scratch.a;
        bounds.clear();
        bounds.extend(self.multiples.iter().map(|m| mean + m * sd));
        by_bounds(input, bounds, |_| self.inclusive, out);
        give_bounds(bounds, &self.labels, &mut scratch.intermediate);
        Ok(())
    }

    fn count(&self) -> Option<usize> {
        Some(self.multiples.len() + 1)
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }
}
