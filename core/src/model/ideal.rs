//! Indicators whose best values are neither the greatest nor the least, but a value or an interval (适度指标).
//!
//! Their values become their closeness to what is best, from 0 to 1, when the system is laid over the data; for all later
//! stages more is better. The formulas are those of Chinese textbooks of evaluation for positive transformation (正向化),
//! such as Si & Sun (2015), 数学建模算法与应用, chapter on comprehensive evaluation.

use crate::number;

use super::Direction;

crate::method::choice! {
    /// Which values of an indicator are better than others.
    pub enum Better {
        /// More is better.
        More = "positive" | "1" | "+1" | "+" | "＋" | "正向" | "正" | "正指标" | "正向指标" | "效益型" | "极大型" | "越大越好",
        /// Less is better.
        Less = "negative" | "-1" | "-" | "－" | "−" | "负向" | "负" | "负向指标" | "逆向" | "逆" | "逆指标" | "逆向指标" | "成本型" | "极小型" | "越小越好",
        /// The nearer to a target the better, on both sides of it.
        Target = "target" | "目标型" | "适度" | "适度指标",
        /// The nearer to the middle of all values the better.
        Middle = "middle" | "中间型" | "居中型",
        /// All values within an interval are best.
        Interval = "interval" | "区间型" | "区间",
    }
}

impl From<Direction> for Better {
    fn from(direction: Direction) -> Better {
        match direction {
            Direction::Positive => Better::More,
            Direction::Negative => Better::Less,
        }
    }
}

/// Which values are best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Best {
    /// One value.
    Value(f64),
    /// The middle between the least and the greatest value that is there.
    Middle,
    /// All values from the first to the second.
    Between(f64, f64),
}

/// What is best of an indicator whose best values are neither the greatest nor the least.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ideal {
    /// Which values are best.
    pub best: Best,
    /// The value below the best ones from which on the closeness is 0. Unless stated, the value that lies furthest from the
    /// best ones has 0, on either side.
    pub tolerance_from: Option<f64>,
    /// The same above the best ones.
    pub tolerance_to: Option<f64>,
}

impl Ideal {
    /// The word of its kind.
    pub fn better(&self) -> Better {
        match self.best {
            Best::Value(_) => Better::Target,
            Best::Middle => Better::Middle,
            Best::Between(..) => Better::Interval,
        }
    }

    /// Writes how close values are to what is best: 1 is best, and `1 − d/D` is left at the distance `d`, where `D` is the
    /// distance of the tolerated end, or of the furthest of all values; never below 0. NaN stays NaN.
    pub fn closeness(&self, values: &[f64], out: &mut [f64]) {
        let Some((least, greatest)) = number::extremes(values) else {
            out.fill(f64::NAN);
            return;
        };
        let (from, to) = match self.best {
            Best::Value(best) => (best, best),
            Best::Middle => {
                let middle = 0.5 * least + 0.5 * greatest;
                (middle, middle)
            }
            Best::Between(from, to) => (from, to),
        };
        let furthest = number::max(number::max(from - least, greatest - to), 0.0);
        let below = self.tolerance_from.map_or(furthest, |end| from - end);
        let above = self.tolerance_to.map_or(furthest, |end| end - to);
        for (out, &x) in out.iter_mut().zip(values) {
            let lost = if x < from {
                (from - x) / below
            } else if x > to {
                (x - to) / above
            } else {
                0.0
            };
            *out = if x.is_nan() { f64::NAN } else { number::max(1.0 - lost, 0.0) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closeness(ideal: Ideal, values: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; values.len()];
        ideal.closeness(values, &mut out);
        out
    }

    #[test]
    fn the_nearer_the_better() {
        let of = |best| Ideal { best, tolerance_from: None, tolerance_to: None };
        // The values 6, 7, 8.5 about 7: the furthest is 1.5 away.
        let near = closeness(of(Best::Value(7.0)), &[6.0, 7.0, 8.5, f64::NAN]);
        assert_eq!(near[..3], [1.0 - 1.0 / 1.5, 1.0, 0.0]);
        assert!(near[3].is_nan());
        assert_eq!(closeness(of(Best::Middle), &[2.0, 4.0, 6.0]), [0.0, 1.0, 0.0]);
        let between = of(Best::Between(10.0, 20.0));
        assert_eq!(closeness(between, &[5.0, 12.0, 30.0]), [0.5, 1.0, 0.0]);
        assert_eq!(closeness(between, &[12.0, 13.0]), [1.0, 1.0]);
        assert_eq!(closeness(of(Best::Middle), &[f64::NAN]).len(), 1);
    }

    #[test]
    fn tolerated_ends_have_nothing() {
        let ideal = Ideal {
            best: Best::Between(10.0, 20.0),
            tolerance_from: Some(6.0),
            tolerance_to: Some(30.0),
        };
        assert_eq!(
            closeness(ideal, &[2.0, 6.0, 8.0, 15.0, 25.0, 90.0]),
            [0.0, 0.0, 0.5, 1.0, 0.5, 0.0]
        );
    }
}
