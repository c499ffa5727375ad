//! What the methods share that weigh all regions against each other.

use indexmap::IndexMap;
use quanheng_words::{Text, text};

use super::Children;
use super::row::refuse_absent;
use crate::method::{MethodError, choice};
use crate::model::Direction;
use crate::number;

/// A number for single children, by their code.
pub(super) type ByChild = IndexMap<String, f64>;

/// Refuses a code in the settings that is not the code of a child.
pub(super) fn refuse_unknown<'s>(
    children: &Children<'_>,
    mut codes: impl Iterator<Item = &'s String>,
) -> Result<(), MethodError> {
    let known = |code: &str| children.nodes.iter().any(|node| node.code == code);
    match codes.find(|code| !known(code)) {
        None => Ok(()),
        Some(code) => Err(MethodError::NoCode { code: code.clone() }),
    }
}

/// The best and the worst value of a child, and its values between them.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    pub best: f64,
    pub worst: f64,
}

impl Ends {
    /// A value, drawn onto the nearer end if its last digits lie beyond.
    pub fn within(self, x: f64) -> f64 {
        number::clamp(x, number::min(self.best, self.worst), number::max(self.best, self.worst))
    }

    /// How far the worst value is from the best.
    pub fn length(self) -> f64 {
        (self.best - self.worst).abs()
    }
}

choice! {
    /// What a zero means where less is better, so that the formula divides by it.
    pub enum ZeroCosts {
        /// It is refused.
        Refuse = "refuse",
        /// It counts as the formula does for values that tend to zero: the region has the best possible score, and the
        /// others none beside it.
        Limit = "limit",
    }
}

/// The least value over a value of zero or above, and its limit where both are zero.
pub(crate) fn inverted(least: f64, x: f64) -> f64 {
    if x == least { 1.0 } else { least / x }
}

/// A child that weighs something.
pub(super) struct Criterion<'a> {
    pub child: usize,
    pub values: &'a [f64],
    pub weight: f64,
    /// Whether less is better.
    pub cost: bool,
    pub least: f64,
    pub greatest: f64,
}

impl Criterion<'_> {
    pub fn best(&self) -> f64 {
        if self.cost { self.least } else { self.greatest }
    }

    pub fn worst(&self) -> f64 {
        if self.cost { self.greatest } else { self.least }
    }

    /// The best and the worst value as stated by the code of the child, or as found among the regions. Refuses ends in the
    /// wrong order, and values beyond them.
    pub fn ends(
        &self,
        children: &Children<'_>,
        best: &ByChild,
        worst: &ByChild,
    ) -> Result<Ends, MethodError> {
        let code = children.nodes[self.child].code.as_str();
        let (best, worst) = (best.get(code).copied(), worst.get(code).copied());
        let stated = best.is_some() || worst.is_some();
        let ends = Ends { best: best.unwrap_or(self.best()), worst: worst.unwrap_or(self.worst()) };
        if !stated {
            return Ok(ends);
        }
        let sign = if self.cost { -1.0 } else { 1.0 };
        if sign * (ends.best - ends.worst) <= 0.0 {
            let (best, worst) = (ends.best, ends.worst);
            return Err(MethodError::Other(text!(
                ends_reversed,
                code = code,
                best = best,
                worst = worst
            )));
        }
        let slack = 1e-9 * ends.length();
        let (least, greatest) =
            (number::min(ends.best, ends.worst), number::max(ends.best, ends.worst));
        self.refuse(
            |x| x < least - slack || x > greatest + slack,
            text!(needed_within, least = least, greatest = greatest),
        )?;
        Ok(ends)
    }

    /// The ends of the range that there can be, as stated by the code of the child, or as found among the regions.
    pub fn range(
        &self,
        children: &Children<'_>,
        lower: &ByChild,
        upper: &ByChild,
    ) -> Result<Ends, MethodError> {
        let (best, worst) = if self.cost { (lower, upper) } else { (upper, lower) };
        self.ends(children, best, worst)
    }

    /// The sum in which each value has its share: refuses values below zero, and a sum of zero.
    pub fn total(&self) -> Result<f64, MethodError> {
        self.refuse(|x| x < 0.0, text!(needed_not_negative))?;
        self.divisor(text!(divisor_sum), number::sum(self.values))
    }

    /// The mean by which values are divided: refuses one that is not above zero.
    pub fn mean(&self) -> Result<f64, MethodError> {
        let mean = number::mean_to_divide_by(self.values).unwrap_or(0.0);
        self.divisor(text!(divisor_mean), mean)
    }

    /// The sum, by which values of any sign are divided: refuses one that is not above zero, or that is a rest of rounding.
    pub fn sum(&self) -> Result<f64, MethodError> {
        let told = number::mean_to_divide_by(self.values) != Some(0.0);
        self.divisor(text!(divisor_sum), if told { number::sum(self.values) } else { 0.0 })
    }

    /// The length as a vector: refuses one beyond the numbers.
    pub fn length(&self) -> Result<f64, MethodError> {
        let length = number::dot(self.values, self.values).sqrt();
        self.divisor(text!(divisor_length), length)
    }

    /// The best value, in which others are measured: refuses values below zero, of zero too where less is better and
    /// `zeros` does not allow them, and a column of zeros where more is better.
    pub fn measure(&self, zeros: ZeroCosts) -> Result<f64, MethodError> {
        if self.cost && zeros == ZeroCosts::Refuse {
            self.refuse(|x| x <= 0.0, text!(needed_above_zero))?;
            return Ok(self.least);
        }
        self.refuse(|x| x < 0.0, text!(needed_not_negative))?;
        if self.cost {
            return Ok(self.least);
        }
        self.divisor(text!(divisor_greatest), self.greatest)
    }

    /// A stated value in which others are measured: refuses one that is not above zero, and values that are not above zero
    /// where less is better, or below zero elsewhere.
    pub fn measure_in(&self, ideal: f64) -> Result<f64, MethodError> {
        match self.cost {
            true => self.refuse(|x| x <= 0.0, text!(needed_above_zero))?,
            false => self.refuse(|x| x < 0.0, text!(needed_not_negative))?,
        }
        self.divisor(text!(divisor_ideal), ideal)
    }

    /// A value measured in the best one: 1 for the best.
    pub fn measured(&self, x: f64, best: f64) -> f64 {
        if self.cost { inverted(best, x) } else { x / best }
    }

    /// The least value, by which others are divided: refuses one that is not above zero.
    pub fn least_to_divide_by(&self) -> Result<f64, MethodError> {
        self.divisor(text!(divisor_least), self.least)
    }

    fn divisor(&self, what: Text, value: f64) -> Result<f64, MethodError> {
        if !value.is_finite() {
            return Err(MethodError::Other(text!(values_too_large)));
        }
        if value > 0.0 {
            return Ok(value);
        }
        let (what, needed) = (Box::new(what), Box::new(text!(needed_above_zero)));
        Err(MethodError::Divisor { column: self.child, what, value, needed })
    }

    /// Refuses the first value for which `low` holds.
    pub fn refuse(&self, low: impl Fn(f64) -> bool, needed: Text) -> Result<(), MethodError> {
        match self.values.iter().position(|&x| low(x)) {
            None => Ok(()),
            Some(row) => {
                let (column, value) = (self.child, self.values[row]);
                Err(MethodError::OutOfDomain { column, row, value, needed })
            }
        }
    }
}

/// The children that weigh something, all without absent cells.
pub(super) fn criteria<'a>(
    children: &Children<'a>,
) -> Result<impl Iterator<Item = Criterion<'a>> + use<'a>, MethodError> {
    refuse_absent(children)?;
    let Children { columns, weights, directions, .. } = *children;
    let weighing = (0..columns.len()).filter(|&child| weights[child] > 0.0);
    Ok(weighing.filter_map(|child| {
        let (values, weight) = (columns[child], weights[child]);
        let cost = directions[child] == Direction::Negative;
        let (least, greatest) = number::extremes(values)?;
        Some(Criterion { child, values, weight, cost, least, greatest })
    }))
}

/// A buffer as long as `out`, all zero.
pub(super) fn zeros<'a>(buffer: &'a mut Vec<f64>, out: &[f64]) -> &'a mut [f64] {
    buffer.clear();
    buffer.resize(out.len(), 0.0);
    buffer
}

#[cfg(test)]
mod tests {
    use super::super::TABLE;
    use crate::conformance::Trial;
    use crate::method::{Example, MethodError, Settings, Value, find};
    use crate::model::{Direction, Indicator};
    use indexmap::IndexMap;

    fn table(items: &[(&str, f64)]) -> Value {
        let items = items.iter().map(|(code, x)| ((*code).to_owned(), Value::Number(*x)));
        Value::Table(items.collect::<IndexMap<_, _>>())
    }

    fn run(
        name: &str,
        settings: Settings,
        columns: &[&[f64]],
        weights: &[f64],
    ) -> Result<Vec<f64>, MethodError> {
        let example = Example {
            columns: columns.iter().map(|c| c.to_vec()).collect(),
            weights: weights.to_vec(),
            indicators: vec![
                Indicator::default(),
                Indicator { direction: Direction::Negative, ..Indicator::default() },
            ],
            ..Example::default()
        };
        let entry = find(TABLE, name).expect("a method");
        (entry.make)(&settings).expect("settings that fit").trial(&example)
    }

    fn near(found: &[f64], expected: &[f64]) {
        let close = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(found.len() == expected.len() && close, "{found:?}, expected {expected:?}");
    }

    /// With its ends stated, no region changes the score of another one.
    #[test]
    fn stated_ends_keep_ranks() {
        let (better, worse) =
            (table(&[("x1", 10.0), ("x2", 0.0)]), table(&[("x1", 0.0), ("x2", 20.0)]));
        let ends = |more: &[(&str, Value)]| {
            let mut settings = Settings::from([("best", better.clone()), ("worst", worse.clone())]);
            settings.0.extend(more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
            settings
        };
        let range = Settings::from([
            ("lower", table(&[("x1", 0.0), ("x2", 0.0)])),
            ("upper", table(&[("x1", 10.0), ("x2", 20.0)])),
        ]);
        for (name, settings) in [
            ("vikor", ends(&[("span", "full".into())])),
            ("topsis", ends(&[("scale", "min_max".into())])),
            ("topsis", ends(&[("scale", "min_max".into()), ("distance", "manhattan".into())])),
            ("topsis", ends(&[("scale", "min_max".into()), ("weighed", "squares".into())])),
            ("spotis", range.clone()),
            ("rim", range.clone()),
            ("rafsi", range),
        ] {
            let columns: [&[f64]; 2] = [&[1.0, 5.0, 9.0, 4.0], &[2.0, 19.0, 7.0, 3.0]];
            let all = run(name, settings.clone(), &columns, &[3.0, 1.0]).expect("scores");
            let fewer: [&[f64]; 2] = [&columns[0][1..], &columns[1][1..]];
            let rest = run(name, settings.clone(), &fewer, &[3.0, 1.0]).expect("scores");
            near(&rest, &all[1..]);
            let beyond = run(name, settings, &[&[1.0, 11.0], &[2.0, 19.0]], &[3.0, 1.0]);
            let what = matches!(beyond, Err(MethodError::OutOfDomain { column: 0, row: 1, .. }));
            assert!(what, "{name}: {beyond:?}");
        }
    }

    #[test]
    fn stated_ends_that_do_not_fit() {
        let columns: [&[f64]; 2] = [&[1.0, 5.0], &[2.0, 19.0]];
        let run = |settings| run("vikor", settings, &columns, &[1.0, 1.0]);
        let unknown = run(Settings::from([("best", table(&[("y", 3.0)]))]));
        assert_eq!(unknown, Err(MethodError::NoCode { code: "y".into() }));
        // Less is better in the second.
        let reversed = run(Settings::from([
            ("best", table(&[("x2", 20.0)])),
            ("worst", table(&[("x2", 0.0)])),
        ]));
        assert!(matches!(reversed, Err(MethodError::Other(_))), "{reversed:?}");
    }

    /// By hand: S = 0.75·0.5 + 0.25·0.5 and 0.25, R = 0.375 and 0.25, of at most 1 and 0.75.
    #[test]
    fn vikor_between_full_ends() {
        let settings = Settings::from([
            ("best", table(&[("x1", 10.0), ("x2", 0.0)])),
            ("worst", table(&[("x1", 0.0), ("x2", 20.0)])),
            ("span", "full".into()),
        ]);
        let found = run("vikor", settings, &[&[5.0, 10.0], &[10.0, 20.0]], &[3.0, 1.0]);
        near(&found.expect("scores"), &[0.5 * 0.5 + 0.5 * 0.5, 0.5 * 0.25 + 0.5 / 3.0]);
    }

    #[test]
    fn distances_of_topsis() {
        let columns: [&[f64]; 2] = [&[0.9, 0.2, 0.5], &[-0.1, -0.6, -0.5]];
        let of = |settings: &[(&str, &str)]| {
            let settings =
                settings.iter().map(|(key, word)| ((*key).to_owned(), Value::from(*word)));
            run("topsis", Settings(settings.collect()), &columns, &[0.8, 0.2]).expect("scores")
        };
        // By hand: w·Δ is 0, 0.56, 0.32 and 0.1, 0, 0.02 from the best, 0.56, 0, 0.24 and 0, 0.1, 0.08 from the worst;
        // less is better in the second column.
        near(&of(&[("distance", "chebyshev")]), &[0.56 / 0.66, 0.1 / 0.66, 0.24 / 0.56]);
        near(&of(&[("distance", "manhattan")]), &[0.56 / 0.66, 0.1 / 0.66, 0.32 / 0.66]);
        let (up, down) =
            ((0.8_f64 * 0.16 + 0.2 * 0.01).sqrt(), (0.8_f64 * 0.09 + 0.2 * 0.16).sqrt());
        let (whole, least) = ((0.8_f64 * 0.49).sqrt(), (0.2_f64 * 0.25).sqrt());
        let squares = [whole / (whole + least), least / (whole + least), down / (up + down)];
        near(&of(&[("weighed", "squares")]), &squares);
    }

    #[test]
    fn preferences_by_child() {
        let promethee = find(TABLE, "promethee").expect("a method");
        let children = |code: &str, own: &[(&str, Value)]| {
            let own = own.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
            let own = [(code.to_owned(), Value::Table(own.collect()))];
            Settings::from([("children", Value::Table(own.into_iter().collect()))])
        };
        let at = |settings: &Settings| (promethee.make)(settings).err().map(|e| e.setting);
        let shape = |word: &str| ("preference", Value::from(word));
        let idle = children("x1", &[shape("vshape"), ("s", 1.0.into())]);
        assert_eq!(at(&idle).as_deref(), Some("children.x1.s"));
        let reversed = children("x1", &[shape("level"), ("p", 1.0.into()), ("q", 2.0.into())]);
        assert_eq!(at(&reversed).as_deref(), Some("children.x1.q"));
        assert_eq!(at(&children("x1", &[("t", 1.0.into())])).as_deref(), Some("children.x1.t"));
        let columns: [&[f64]; 2] = [&[0.0, 1.0, 3.0], &[2.0, 1.0, 1.0]];
        let unknown = run("promethee", children("y", &[shape("vshape")]), &columns, &[1.0, 1.0]);
        assert_eq!(unknown, Err(MethodError::NoCode { code: "y".into() }));
        // By hand: the first column gives −(1/2 + 1), 1/2 − 1 and 2, the second −2, 1 and 1.
        let one = children("x1", &[shape("vshape"), ("p", 2.0.into())]);
        let found = run("promethee", one, &columns, &[1.0, 1.0]).expect("flows");
        near(&found, &[-3.5 / 4.0, 0.5 / 4.0, 3.0 / 4.0]);
    }
}
