//! Goalposts: fixed ends of the scale, the same for every period and edition.

use quanheng_words::text;

use super::{Curve, Normalisation, NormalisationInput, positive, write};
use crate::method::{Accepts, FromValue, Value};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, choice, fault, settings,
};
use crate::model::Indicator;
use crate::number::{self};

choice! {
    /// Which ends hold scores back.
    pub enum Clamp { None = "none", Lower = "lower", Upper = "upper", Both = "both" }
}

choice! {
    /// How values and posts enter.
    pub enum Scale { Linear = "linear", Log = "log" }
}

impl Clamp {
    fn holds_lower(self) -> bool {
        matches!(self, Clamp::Lower | Clamp::Both)
    }

    fn holds_upper(self) -> bool {
        matches!(self, Clamp::Upper | Clamp::Both)
    }
}

/// A clamp, by its word or as `true` or `false`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends(pub Clamp);

impl FromValue for Ends {
    fn accepts() -> Accepts {
        match Clamp::accepts() {
            Accepts::Choice(words) => Accepts::ChoiceOrBool(words),
            other => other,
        }
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(true) => Some(Ends(Clamp::Both)),
            Value::Bool(false) => Some(Ends(Clamp::None)),
            other => Clamp::from_value(other).map(Ends),
        }
    }
    fn to_value(&self) -> Option<Value> {
        self.0.to_value()
    }
}

settings! {
    /// Settings of goalposts.
    pub struct Posts {
        /// The score at the bad post.
        lower: f64 = 0.0,
        /// The score at the good post.
        upper: f64 = 1.0,
        /// Which ends hold scores back: a value beyond that post has the post's score. `true` is `both`, `false` `none`.
        clamp: Ends = Ends(Clamp::Both),
        /// Whether values and posts enter as they are or by their logarithm, as income often does.
        scale: Scale = Scale::Linear,
        /// The bad post of every column; where none is stated here, the one in the tree.
        bad: Option<f64> as in_unit = None::<f64>,
        /// The good post of every column; where none is stated here, the one in the tree. Below `bad` where less is better.
        good: Option<f64> as in_unit = None::<f64>,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "goalposts",
    summary: "Scales linearly so that the bad post has `lower` and the good one `upper`.",
    formula: "s = lower + (upper − lower)·(x − bad)/(good − bad); scale `log`: ln of x, bad and good",
    reference: "UNDP, Human Development Report, technical note 1",
    settings: Posts::declared,
    make: |values: &Settings| {
        let method = Posts::read(values)?;
        if method.lower >= method.upper {
            return Err(fault("lower", text!(expect_below_upper)));
        }
        Ok(Box::new(method))
    },
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![20.0, 85.0, 59.0, 90.0]],
            expected: vec![0.0, 1.0, 0.6, 1.0],
            source: "by hand: (59 − 20)/(85 − 20) = 0.6, with the posts of life expectancy".into(),
            ..Example::default()
        }
        .with([("bad", 20.0.into()), ("good", 85.0.into())])
    },
};

impl Normalisation for Posts {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let stated = input.indicator.goalposts;
        let bad = self.bad.or(stated.map(|g| g.bad)).ok_or(MethodError::NoFact("bad"))?;
        let good = self.good.or(stated.map(|g| g.good)).ok_or(MethodError::NoFact("good"))?;
        if bad == good {
            return Err(MethodError::Other(text!(goalposts_equal, value = bad)));
        }
        // The posts of the tree were held against the direction when the tree was read.
        let is_set_here = self.bad.is_some() || self.good.is_some();
        let less = good < bad;
        if is_set_here && less != input.indicator.direction.is_negative() {
            return Err(MethodError::Other(match less {
                true => text!(goalposts_say_less, bad = bad, good = good),
                false => text!(goalposts_say_more, bad = bad, good = good),
            }));
        }
        let height = self.upper - self.lower;
        let least = if self.clamp.0.holds_lower() { self.lower } else { f64::NEG_INFINITY };
        let most = if self.clamp.0.holds_upper() { self.upper } else { f64::INFINITY };
        match self.scale {
            Scale::Linear => write(input, out, |x| {
                number::clamp(self.lower + height * ((x - bad) / (good - bad)), least, most)
            }),
            Scale::Log => {
                if bad <= 0.0 || good <= 0.0 {
                    return Err(MethodError::Other(text!(
                        goalposts_logarithm,
                        bad = bad,
                        good = good
                    )));
                }
                if let Some((least, _)) = number::extremes(input.values) {
                    positive(input, least)?;
                }
                let (from, span) = (libm::log(bad), libm::log(good) - libm::log(bad));
                write(input, out, |x| {
                    number::clamp(self.lower + height * ((libm::log(x) - from) / span), least, most)
                })
            }
        }
    }

    fn curve(&self, indicator: &Indicator) -> Option<Curve> {
        let stated = indicator.goalposts;
        let bad = self.bad.or(stated.map(|g| g.bad))?;
        let good = self.good.or(stated.map(|g| g.good))?;
        let up = good > bad;
        let straight = self.scale == Scale::Linear;
        let end = if up { f64::INFINITY } else { f64::NEG_INFINITY };
        let worst = if self.clamp.0.holds_lower() { bad } else { -end };
        let best = if self.clamp.0.holds_upper() { good } else { end };
        // Where less is better, the logarithm makes a convex curve.
        (straight || up).then_some(Curve { worst, best, straight })
    }

    fn gives(&self, _: &Indicator) -> Domain {
        Domain::between(
            if self.clamp.0.holds_lower() { self.lower } else { f64::NEG_INFINITY },
            if self.clamp.0.holds_upper() { self.upper } else { f64::INFINITY },
        )
    }

    fn states_in_unit(&self, _: &Indicator) -> bool {
        true
    }
}
