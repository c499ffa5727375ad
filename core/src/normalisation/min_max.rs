//! Min-max: the worst region at one end of the scale, the best at the other.

use quanheng_words::text;

use super::{Constant, Normalisation, NormalisationInput};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, fault, settings,
};
use crate::model::{Direction, Indicator};
use crate::number;

settings! {
    /// Settings of min-max.
    pub struct MinMax {
        /// The score of the worst region.
        lower: f64 = 0.0,
        /// The score of the best region.
        upper: f64 = 1.0,
        /// How far both ends are drawn in, as a share of the scale: scores lie in [lower + εd, upper − εd], d = upper − lower.
        epsilon: f64 [0.0, 0.49] = 0.0,
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "min_max",
    summary: "Scales linearly so that the worst region has `lower` and the best `upper`.",
    formula: "s = lower + (upper − lower)·(ε + (1 − 2ε)·(x − min)/(max − min)); less is better: (max − x) in place of (x − min)",
    reference: "OECD/JRC Handbook (2008), p. 85",
    settings: MinMax::declared,
    make: |values: &Settings| {
        let method = MinMax::read(values)?;
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
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![10.0, 30.0, 15.0, f64::NAN]],
            expected: vec![0.0, 100.0, 25.0, f64::NAN],
            source: "by hand: (15 − 10)/(30 − 10) = 0.25".into(),
            ..Example::default()
        }
        .with([("upper", 100.0.into())])
    },
};

impl Normalisation for MinMax {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let Some((least, greatest)) = number::extremes(input.values) else {
            out.fill(f64::NAN);
            return Ok(());
        };
        if least == greatest {
            return Err(MethodError::Constant { value: least });
        }
        let (from, span) = match input.indicator.direction {
            Direction::Positive => (least, greatest - least),
            Direction::Negative => (greatest, least - greatest),
        };
        let height = self.upper - self.lower;
        for (s, &x) in out.iter_mut().zip(input.values) {
            let place = (x - from) / span;
            *s = self.lower + height * (self.epsilon + (1.0 - 2.0 * self.epsilon) * place);
        }
        Ok(())
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.constant)
    }

    fn gives(&self, _: &Indicator) -> Domain {
        let margin = self.epsilon * (self.upper - self.lower);
        Domain { reaches_lower: true, ..Domain::between(self.lower + margin, self.upper - margin) }
    }
}
