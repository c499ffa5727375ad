//! Z-scores: distance from the mean in standard deviations.

use quanheng_words::text;

use super::{Constant, Normalisation, NormalisationInput, computed, range, write};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, choice, fault, settings,
};
use crate::model::Indicator;
use crate::number::{self};

choice! {
    /// The divisor of the variance.
    pub enum Divisor { Sample = "sample", Population = "population" }
}

settings! {
    /// Settings of z_score.
    pub struct ZScore {
        /// The mean of the scores.
        mean: f64 = 0.0,
        /// The standard deviation of the scores; above 0.
        sd: f64 [0.0, 1e300] = 1.0,
        /// The divisor of the variance: n − 1 (`sample`) or n (`population`).
        divisor: Divisor = Divisor::Sample,
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "z_score",
    summary: "Centres on the mean and divides by the standard deviation, then moves to a stated mean and deviation.",
    formula: "s = mean + sd·(x − x̄)/σ; less is better: (x̄ − x) in place of (x − x̄)",
    reference: "OECD/JRC Handbook (2008), step 5, standardisation",
    settings: ZScore::declared,
    make: |values: &Settings| {
        let method = ZScore::read(values)?;
        if method.sd <= 0.0 {
            return Err(fault("sd", text!(expect_above_zero)));
        }
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0, f64::NAN]],
        expected: vec![-1.0, 0.0, 1.0, f64::NAN],
        source: "by hand: mean 2, sample deviation 1".into(),
        ..Example::default()
    },
};

impl Normalisation for ZScore {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let Some(_) = range(input.values)? else {
            out.fill(f64::NAN);
            return Ok(());
        };
        let centre = number::mean(input.values).expect("some value is there");
        let variance = match self.divisor {
            Divisor::Sample => number::sample_variance(input.values),
            Divisor::Population => number::population_variance(input.values),
        };
        let deviation = computed(variance.expect("two different values are there").sqrt())?;
        let factor = input.indicator.direction.sign() * self.sd;
        write(input, out, |x| self.mean + factor * ((x - centre) / deviation))
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.constant)
    }

    fn gives(&self, _: &Indicator) -> Domain {
        Domain { centred: self.mean == 0.0, ..Domain::ANY }
    }
}
