//! Contracts between stages: what a column's values can be, and what a method needs them to be.

use crate::model::Direction;
use crate::number;

/// What is known of a column's values before anything is computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Domain {
    /// No value is below this.
    pub lower: f64,
    /// No value is above this.
    pub upper: f64,
    /// Some region certainly has the lower bound itself, as the worst one has after min-max.
    pub reaches_lower: bool,
    /// The values certainly lie about zero, as z-scores do.
    pub centred: bool,
    /// Which way is better.
    pub direction: Direction,
}

impl Domain {
    /// Any real number, more being better.
    pub const ANY: Domain = Domain {
        lower: f64::NEG_INFINITY,
        upper: f64::INFINITY,
        reaches_lower: false,
        centred: false,
        direction: Direction::Positive,
    };

    /// Values between two bounds, more being better.
    pub fn between(lower: f64, upper: f64) -> Domain {
        Domain { lower, upper, ..Domain::ANY }
    }

    /// Whether some value is zero or below, whatever the data.
    pub fn surely_reaches_zero(&self) -> bool {
        self.centred || (self.reaches_lower && self.lower <= 0.0) || self.upper <= 0.0
    }

    /// The domain of a mean of columns: between the least lower and the greatest upper bound, centred if all are.
    pub fn of_mean(children: &[Domain]) -> Domain {
        Domain {
            lower: children.iter().map(|d| d.lower).fold(f64::INFINITY, number::min),
            upper: children.iter().map(|d| d.upper).fold(f64::NEG_INFINITY, number::max),
            reaches_lower: children.len() == 1 && children[0].reaches_lower,
            centred: children.iter().all(|d| d.centred),
            direction: Direction::Positive,
        }
    }

    /// The domain of a sum of columns.
    pub fn of_sum(children: &[Domain]) -> Domain {
        Domain {
            lower: children.iter().map(|d| d.lower).sum(),
            upper: children.iter().map(|d| d.upper).sum(),
            ..Domain::of_mean(children)
        }
    }
}

/// What a method needs of the columns that it is handed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Every value above zero.
    pub positive: bool,
    /// Every value zero or above.
    pub non_negative: bool,
    /// No column that lies about zero, as z-scores do: the method divides by the mean.
    pub uncentred: bool,
    /// No absent cell.
    pub complete: bool,
    /// More is better in every column.
    pub oriented: bool,
    /// All periods together, in order: the method looks along time.
    pub panel: bool,
}

impl Needs {
    /// Nothing at all.
    pub const NOTHING: Needs = Needs {
        positive: false,
        non_negative: false,
        uncentred: false,
        complete: false,
        oriented: false,
        panel: false,
    };
    /// More is better in every column, and nothing else.
    pub const ORIENTED: Needs = Needs { oriented: true, ..Needs::NOTHING };
}
