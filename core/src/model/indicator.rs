//! A leaf of the indicator system and the facts that methods ask of it.

use super::{Better, Derivation, Ideal};

crate::method::choice! {
    /// Which way is better.
    #[derive(Default)]
    pub enum Direction {
        /// More is better.
        #[default]
        Positive = "positive",
        /// Less is better.
        Negative = "negative",
    }
}

impl Direction {
    /// `1.0` where more is better, `-1.0` where less is.
    pub fn sign(self) -> f64 {
        match self {
            Direction::Positive => 1.0,
            Direction::Negative => -1.0,
        }
    }

    /// Whether less is better.
    pub fn is_negative(self) -> bool {
        self == Direction::Negative
    }
}

crate::method::choice! {
    /// The scale of measurement.
    #[derive(Default)]
    pub enum IndicatorKind {
        /// Any real number.
        #[default]
        Continuous = "continuous" | "连续",
        /// A ratio or a rate.
        Ratio = "ratio" | "比率",
        /// A whole number, zero or more.
        Count = "count" | "计数",
        /// Ordered grades.
        Ordinal = "ordinal" | "等级" | "有序",
        /// Zero or one.
        Binary = "binary" | "二值",
    }
}

/// The two ends of a goalpost scale, in the indicator's own unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goalposts {
    /// Where the scale starts: the value that scores nothing.
    pub bad: f64,
    /// Where it ends: the value that scores full.
    pub good: f64,
}

impl Goalposts {
    /// Which way is better; nothing where both are the same.
    pub fn direction(self) -> Option<Direction> {
        match self.bad.partial_cmp(&self.good)? {
            std::cmp::Ordering::Less => Some(Direction::Positive),
            std::cmp::Ordering::Greater => Some(Direction::Negative),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// One corner of a piecewise-linear points rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The indicator's value.
    pub value: f64,
    /// The points given at that value.
    pub points: f64,
}

/// A leaf of an indicator system.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Indicator {
    /// Which way is better; where a value or an interval is best, more is better of what the values become.
    pub direction: Direction,
    /// What is best where neither more nor less is: values become their closeness to it when the system is laid over the
    /// data.
    pub ideal: Option<Ideal>,
    /// The unit, as printed.
    pub unit: String,
    /// The scale of measurement.
    pub kind: IndicatorKind,
    /// The least value that can be right; a lower one in the data is a mistake.
    pub lower: Option<f64>,
    /// The greatest value that can be right.
    pub upper: Option<f64>,
    /// The ends of a goalpost scale.
    pub goalposts: Option<Goalposts>,
    /// The value aimed at.
    pub target: Option<f64>,
    /// The year in which it is to be reached.
    pub target_year: Option<f64>,
    /// The value from which on the region is green in a profile.
    pub green: Option<f64>,
    /// The value beyond which it is red.
    pub red: Option<f64>,
    /// The column by which the raw value is divided when the system is laid over the data.
    pub denominator: Option<String>,
    /// The factor by which the quotient is multiplied (per 10,000 people, say); 1 unless stated.
    pub scale: Option<f64>,
    /// The column of the data that it is read from; its own code unless stated.
    pub column: Option<String>,
    /// The formula that makes the column of raw ones, in place of `column`.
    pub derivation: Option<Derivation>,
    /// Where the values come from.
    pub source: String,
}

impl Indicator {
    /// Which values are better.
    pub fn better(&self) -> Better {
        self.ideal.map_or(self.direction.into(), |ideal| ideal.better())
    }

    /// Whether its values are made of those of the data by more than a quotient.
    pub fn is_computed(&self) -> bool {
        self.derivation.is_some() || self.ideal.is_some()
    }

    /// The least and the greatest value that can be right, where they are known, of the values that stages see.
    pub fn ends(&self) -> (Option<f64>, Option<f64>) {
        match self.ideal {
            Some(_) => (Some(0.0), Some(1.0)),
            None => (self.lower, self.upper),
        }
    }

    /// The green threshold (the target where none is stated) and the red one.
    pub fn thresholds(&self) -> Option<(f64, f64)> {
        self.green.or(self.target).zip(self.red)
    }

    /// The raw columns that a leaf with the code `code` is read from.
    pub fn columns<'a>(&'a self, code: &'a str) -> Vec<&'a str> {
        match &self.derivation {
            Some(derivation) => derivation.0.columns().iter().map(String::as_str).collect(),
            None => {
                let own = self.column.as_deref().unwrap_or(code);
                std::iter::once(own).chain(self.denominator.as_deref()).collect()
            }
        }
    }
}
