//! How far a region is from the targets and thresholds of its indicators.
//!
//! Colours and arrows are those of the dashboards of the Sustainable Development Report (Lafortune, Fuller, Moreno,
//! Schmidt-Traub & Kroll 2018, SDG Index and Dashboards: Detailed Methodological Paper;
//! Sachs, Lafortune & Fuller 2024, Sustainable Development Report 2024, annex "Methods Summary and Data Tables").

use crate::evaluation::Evaluation;
use crate::model::Direction;

use super::source::Sources;
use super::trend::{Window, year};

/// An indicator with a target or thresholds.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    /// The position of the leaf among the leaves of the system.
    pub leaf: usize,
    /// The value of the region's own data, of the period or carried to it; none where there is none.
    pub value: Option<f64>,
    /// The value aimed at: the target, or the green threshold where no target is stated.
    pub aim: Option<f64>,
    /// How much the value must still improve, in its unit; zero where the aim is reached.
    pub gap: Option<f64>,
    /// The colour by the thresholds.
    pub colour: Option<Colour>,
    /// Whether the pace is enough.
    pub arrow: Option<Arrow>,
    /// The mean improvement of the value in a year, above zero where it gets better.
    pub pace: Option<f64>,
    /// The mean improvement in a year that leads from the first value to the aim in the target year.
    pub needed: Option<f64>,
    /// The target year.
    pub year: Option<f64>,
}

/// The colour of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colour {
    /// At the green threshold or better.
    Green,
    /// Between the middle of both thresholds and the green one.
    Yellow,
    /// Between the red threshold and the middle.
    Orange,
    /// Worse than the red threshold.
    Red,
}

/// How a pace compares with the one that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arrow {
    /// On track: the pace is enough, or the aim is reached.
    OnTrack,
    /// Half of the pace that is needed, or more.
    Moderate,
    /// Less than half of it.
    Stagnating,
    /// The value gets worse.
    Decreasing,
}

impl Colour {
    /// The colour of a value. A threshold belongs to the better colour.
    pub fn of(value: f64, green: f64, red: f64, direction: Direction) -> Colour {
        let sign = direction.sign();
        let (value, green, red) = (sign * value, sign * green, sign * red);
        match value {
            x if x >= green => Colour::Green,
            x if x >= (green + red) / 2.0 => Colour::Yellow,
            x if x >= red => Colour::Orange,
            _ => Colour::Red,
        }
    }
}

impl Arrow {
    /// The arrow of a pace beside the one that is needed, which is above zero.
    pub fn of(pace: f64, needed: f64) -> Arrow {
        match pace {
            x if x < 0.0 => Arrow::Decreasing,
            x if x < needed / 2.0 => Arrow::Stagnating,
            x if x < needed => Arrow::Moderate,
            _ => Arrow::OnTrack,
        }
    }
}

/// The indicators with a target or thresholds.
pub(super) fn aims(
    evaluation: &Evaluation,
    sources: &Sources<'_>,
    window: &Window,
    row: usize,
    usual_year: Option<f64>,
) -> Vec<Aim> {
    let study = evaluation.study();
    let system = &evaluation.methodology().system;
    let period = |row: usize| &study.periods[study.panel.periods()[row].0 as usize];
    let aim = |leaf: usize| {
        let indicator = system.indicator(leaf);
        let aim = indicator.target.or(indicator.green);
        let green = indicator.green.or(indicator.target);
        if aim.is_none() && indicator.red.is_none() {
            return None;
        }
        let (direction, sign) = (indicator.direction, indicator.direction.sign());
        let cell = sources.cell(leaf, row);
        let value = Some(cell.value).filter(|_| cell.source.is_own());
        let improve = |from: f64, to: f64| sign * (to - from);
        let gap = value.zip(aim).map(|(value, aim)| crate::number::max(improve(value, aim), 0.0));
        let thresholds = indicator.thresholds();
        let year_of_aim = indicator.target_year.or(usual_year);
        let mut found = Aim {
            leaf,
            value,
            aim,
            gap,
            colour: value.zip(thresholds).map(|(x, (g, r))| Colour::of(x, g, r, direction)),
            arrow: None,
            pace: None,
            needed: None,
            year: year_of_aim,
        };
        let Some([(from, first), (to, last)]) = window.ends(evaluation, sources, leaf, row) else {
            return Some(found);
        };
        let pace = improve(first, last) / window.between(evaluation, from, to);
        found.pace = Some(pace);
        if let Some((to_reach, by)) = green.zip(year_of_aim)
            && let Some(start) = year(period(from)).filter(|start| by > *start)
        {
            let needed = improve(first, to_reach) / (by - start);
            found.needed = Some(crate::number::max(needed, 0.0));
            let reached = value.is_some_and(|value| improve(value, to_reach) <= 0.0);
            found.arrow = Some(match reached {
                true => Arrow::OnTrack,
                false if needed <= 0.0 => Arrow::Decreasing,
                false => Arrow::of(pace, needed),
            });
        }
        Some(found)
    };
    (0..system.leaves().len()).filter_map(aim).collect()
}

impl Aim {
    /// Whether the aim is reached.
    pub fn is_reached(&self) -> bool {
        self.gap == Some(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_poverty() {
        // Sustainable Development Report 2025, codebook: poverty headcount ratio at 2.15 dollars a day, green up to 2,
        // red above 13; the middle is 7.5.
        let of = |x| Colour::of(x, 2.0, 13.0, Direction::Negative);
        let found = [0.0, 2.0, 2.1, 7.5, 7.6, 13.0, 13.1].map(of);
        use Colour::*;
        assert_eq!(found, [Green, Green, Yellow, Yellow, Orange, Orange, Red]);
        assert_eq!(Colour::of(90.0, 95.0, 80.0, Direction::Positive), Yellow);
    }

    #[test]
    fn arrows() {
        use Arrow::*;
        let found = [-0.1, 0.0, 0.49, 0.5, 0.99, 1.0].map(|pace| Arrow::of(pace, 1.0));
        assert_eq!(found, [Decreasing, Stagnating, Stagnating, Moderate, Moderate, OnTrack]);
    }
}
