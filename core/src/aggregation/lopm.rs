//! LoPM, limits on properties: how near each value is to the limit that was set for it.

use quanheng_words::text;

use super::mcdm::{ByChild, Criterion, criteria, refuse_unknown, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    Value, settings,
};
use crate::model::{Direction, Indicator};

settings! {
    /// Settings of LoPM.
    pub struct Lopm {
        /// The limit of single children, by their code: the least value that is asked for where more is better, and the greatest that is allowed where less is better; of the others the best value among the regions.
        limits: ByChild = ByChild::new(),
        /// The target of single children, by their code: a value that is best, with values above and below it being worse.
        targets: ByChild = ByChild::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "lopm",
    summary: "Limits on properties: the weighted sum of each limit over the value, of each value over the limit where less is better, and of the distance from each target; less is better",
    formula: "M = Σ w·Y / x where more is better + Σ w·x / Y where less is better + Σ w·|x / Y − 1| for targets, with Y the limit or the target",
    reference: "Farag (2020), Materials and Process Selection for Engineering Design, CRC Press",
    settings: Lopm::declared,
    make: |values: &Settings| Ok(Box::new(Lopm::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: false, absent: false },
    intermediate: &[
        Given::new(
            "lower",
            "",
            Shape::REGIONS,
            "The part of the children in which more is better.",
        ),
        Given::new(
            "upper",
            "",
            Shape::REGIONS,
            "The part of the children in which less is better.",
        ),
        Given::new("target", "", Shape::REGIONS, "The part of the children with a target."),
    ],
    example: || {
        let more = Indicator::default;
        let less = || Indicator { direction: Direction::Negative, ..Indicator::default() };
        let limits = [("x1", 1e4), ("x2", 14.0), ("x3", 0.0015), ("x4", 3.5), ("x6", 9.0)];
        let table = |of: &[(&str, f64)]| {
            Value::Table(of.iter().map(|(code, x)| ((*code).to_owned(), (*x).into())).collect())
        };
        Example {
            columns: vec![
                vec![14820.0, 21450.0, 78000.0, 20475.0, 16575.0, 21450.0],
                vec![18.0, 18.0, 16.0, 17.0, 14.0, 16.0],
                vec![0.0002, 0.0012, 0.0006, 0.0006, 0.001, 0.0005],
                vec![2.1, 2.7, 2.6, 2.6, 3.1, 2.2],
                vec![9.5, 14.4, 9.0, 6.5, 5.6, 8.6],
                vec![4.5, 9.0, 8.5, 2.6, 3.5, 1.0],
            ],
            indicators: vec![more(), more(), less(), less(), more(), less()],
            weights: vec![0.20, 0.33, 0.13, 0.07, 0.07, 0.20],
            expected: vec![
                0.770_083_201_314_322_7,
                1.076_167_629_471_977_3,
                0.811_192_958_008_175_5,
                0.659_048_668_296_750_2,
                0.777_542_877_128_555,
                0.683_284_779_230_431_5,
            ],
            source: "the test of LoPM in pymcdm 1.4.0, with the digits that pymcdm computes".into(),
            ..Example::default()
        }
        .with([("limits", table(&limits)), ("targets", table(&[("x5", 2.3)]))])
    },
};

impl Aggregation for Lopm {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_unknown(children, self.limits.keys().chain(self.targets.keys()))?;
        let lower = zeros(&mut scratch.a, out);
        let upper = zeros(&mut scratch.b, out);
        let target = zeros(&mut scratch.c, out);
        for c in criteria(children)? {
            let code = &children.nodes[c.child].code;
            if let Some(&wanted) = self.targets.get(code) {
                let wanted = above_zero(&c, wanted)?;
                add(target, &c, |x| (x / wanted - 1.0).abs());
                continue;
            }
            let limit = self.limits.get(code).copied().unwrap_or(c.best());
            let limit = above_zero(&c, limit)?;
            match c.cost {
                true => {
                    c.refuse(|x| x < 0.0, text!(needed_not_negative))?;
                    add(upper, &c, |x| x / limit);
                }
                false => {
                    c.refuse(|x| x <= 0.0, text!(needed_above_zero))?;
                    add(lower, &c, |x| limit / x);
                }
            }
        }
        for (row, score) in out.iter_mut().enumerate() {
            *score = lower[row] + upper[row] + target[row];
            finite(row, *score)?;
        }
        scratch.intermediate.regions("lower", lower.iter().copied());
        scratch.intermediate.regions("upper", upper.iter().copied());
        scratch.intermediate.regions("target", target.iter().copied());
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, uncentred: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { direction: Direction::Negative, ..Domain::ANY }
    }
}

/// The limit or target by which values are divided: refuses one that is not above zero.
fn above_zero(c: &Criterion<'_>, limit: f64) -> Result<f64, MethodError> {
    if limit > 0.0 {
        return Ok(limit);
    }
    Err(MethodError::Divisor {
        column: c.child,
        what: Box::new(text!(divisor_limit)),
        value: limit,
        needed: Box::new(text!(needed_above_zero)),
    })
}

fn add(sums: &mut [f64], c: &Criterion<'_>, of: impl Fn(f64) -> f64) {
    sums.iter_mut().zip(c.values).for_each(|(sum, x)| *sum += c.weight * of(*x));
}
