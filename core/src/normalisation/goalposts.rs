//! Goalposts: a scale between two stated values, whatever the regions.

use super::{Normalisation, NormalisationInput};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, choice, fault, settings,
};
use crate::model::{Goalposts as Posts, Indicator};
use crate::number;

choice! {
    /// Which ends of the scale hold values back.
    pub enum Clamp {
        None = "none",
        Lower = "lower",
        Upper = "upper",
        Both = "both",
    }
}

choice! {
    /// The scale between the posts.
    pub enum Scale {
        Linear = "linear",
        Log = "log",
    }
}

settings! {
    /// Settings of goalposts.
    pub struct Goalposts {
        /// The score at the bad post.
        lower: f64 = 0.0,
        /// The score at the good post.
        upper: f64 = 1.0,
        /// Which ends hold values back: a score beyond the bad post becomes `lower`, beyond the good post `upper`.
        clamp: Clamp = Clamp::None,
        /// Whether the values and posts are taken as they are, or their logarithms.
        scale: Scale = Scale::Linear,
        /// The bad post of every indicator, in place of the tree's `bad`.
        bad: Option<f64> = None,
        /// The good post of every indicator, in place of the tree's `good`.
        good: Option<f64> = None,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "goalposts",
    zh: "阈值标准化",
    summary: "Scales linearly between a bad and a good value that the tree (or a setting) states for each indicator.",
    formula: "s = lower + (upper − lower)·(x − bad)/(good − bad); log scale: ln x, ln bad, ln good; then held back at the clamped ends",
    reference: "UNDP, Human Development Report, technical note 1: dimension index = (actual − minimum)/(maximum − minimum)",
    settings: Goalposts::declared,
    make: |values: &Settings| {
        let method = Goalposts::read(values)?;
        if method.lower >= method.upper {
            return Err(fault("lower", "below `upper`"));
        }
        match (method.bad, method.good) {
            (Some(_), None) => return Err(fault("bad", "stated together with `good`")),
            (None, Some(_)) => return Err(fault("good", "stated together with `bad`")),
            (Some(bad), Some(good)) if bad == good => {
                return Err(fault("bad", "other than `good`"));
            }
            _ => {}
        }
        Ok(Box::new(method))
    },
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: false, absent: true },
    example: || {
        Example {
            columns: vec![vec![78.0, 20.0, 90.0]],
            indicators: vec![Indicator {
                goalposts: Some(Posts { bad: 20.0, good: 85.0 }),
                ..Indicator::default()
            }],
            expected: vec![58.0 / 65.0, 0.0, 1.0],
            source: "life expectancy between 20 and 85 years, as in the Human Development Index",
            ..Example::default()
        }
        .with([("clamp", "upper".into())])
    },
};

impl Goalposts {
    /// The posts of an indicator: good is better than bad whichever way the values run.
    fn posts(&self, indicator: &Indicator) -> Option<Posts> {
        match (self.bad, self.good) {
            (Some(bad), Some(good)) => Some(Posts { bad, good }),
            _ => indicator.goalposts,
        }
    }
}

impl Normalisation for Goalposts {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let posts = self.posts(input.indicator).ok_or(MethodError::NoFact("good"))?;
        if posts.bad == posts.good {
            return Err(MethodError::NoFact("good"));
        }
        let (bad, good) = match self.scale {
            Scale::Linear => (posts.bad, posts.good),
            Scale::Log if posts.bad > 0.0 && posts.good > 0.0 => {
                (libm::log(posts.bad), libm::log(posts.good))
            }
            Scale::Log => {
                let words = "the goalposts must be above 0 on a log scale";
                return Err(MethodError::Other(words.into()));
            }
        };
        let height = self.upper - self.lower;
        let span = good - bad;
        for (row, (s, &x)) in out.iter_mut().zip(input.values).enumerate() {
            let x = match self.scale {
                Scale::Linear => x,
                Scale::Log if x <= 0.0 => {
                    return Err(MethodError::OutOfDomain {
                        column: 0,
                        row,
                        value: x,
                        needed: "above 0",
                    });
                }
                Scale::Log => libm::log(x),
            };
            *s = self.lower + height * ((x - bad) / span);
        }
        let (floor, cap) = match self.clamp {
            Clamp::None => return Ok(()),
            Clamp::Lower => (self.lower, f64::INFINITY),
            Clamp::Upper => (f64::NEG_INFINITY, self.upper),
            Clamp::Both => (self.lower, self.upper),
        };
        for s in out.iter_mut() {
            *s = number::clamp(*s, floor, cap);
        }
        Ok(())
    }

    fn gives(&self, _: &Indicator) -> Domain {
        match self.clamp {
            Clamp::None => Domain::ANY,
            Clamp::Lower => Domain::between(self.lower, f64::INFINITY),
            Clamp::Upper => Domain::between(f64::NEG_INFINITY, self.upper),
            Clamp::Both => Domain::between(self.lower, self.upper),
        }
    }
}
