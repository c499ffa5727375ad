//! SIMUS: each child in turn is the objective of a linear programme, and the others limit it.

use indexmap::IndexMap;
use quanheng_words::text;

use super::mcdm::{ByChild, Criterion, criteria, refuse_unknown};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    choice, settings,
};
use crate::model::{Direction, Indicator};
use crate::number::{self, Quadratic, Unsolved, maximise};

choice! {
    /// What the scores are made of.
    pub enum Score {
        /// The efficient results matrix: sums of shares, times how often a region takes part.
        Participation = "participation",
        /// The project dominance matrix: how far a region is ahead of the others, less how far it is behind.
        Dominance = "dominance",
    }
}

settings! {
    /// Settings of SIMUS.
    pub struct Simus {
        /// What the scores are made of: the shares of the region in all programmes, times the part of the programmes in which it has one (`participation`), or how far its shares are ahead of those of other regions, less how far they are behind (`dominance`).
        score: Score = Score::Participation,
        /// The limits of single children, by their code; of the others the greatest value among the regions, and the least where less is better.
        limits: ByChild = IndexMap::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "simus",
    summary: "Lets each child in turn be the objective of a linear programme that the others limit, and scores each region by its shares in the solutions.",
    formula: "for each child k: the greatest (least, where less is better) Σ_i x_ik·y_i over y ≥ 0 with Σ_i x_ij·y_i ≤ the limit of every other child j (≥ where less is better), and of several solutions that of the least Σ y²; e_ki = y_i / Σ y, 0 where all y are 0; participation: S_i = Σ_k e_ki · (number of e_ki above 0) / (number of children); dominance: S_i = Σ_k Σ_l (e_ki − e_kl)",
    reference: "Munier (2011), A Strategy for Using Multicriteria Analysis in Decision-Making",
    settings: Simus::declared,
    make: |values: &Settings| Ok(Box::new(Simus::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new(
            "shares",
            "e",
            Shape::REGIONS_SIBLINGS,
            "The share of the region in the solution of the programme whose objective is the child.",
        ),
        Given::new(
            "dominance",
            "",
            Shape::REGIONS,
            "How far its shares are ahead of the other regions'.",
        ),
        Given::new(
            "subordination",
            "",
            Shape::REGIONS,
            "How far its shares are behind the other regions'.",
        ),
    ],
    example: || Example {
        columns: vec![
            vec![250.0, 130.0, 350.0],
            vec![120.0, 200.0, 340.0],
            vec![20.0, 40.0, 15.0],
            vec![800.0, 1000.0, 600.0],
        ],
        indicators: [1, 1, -1, 1].map(in_direction).into(),
        expected: vec![61.0 / 144.0, 73.0 / 144.0, 41.0 / 72.0],
        source: "SIMUS of scikit-criteria 0.10 on the table of its test, as fractions".into(),
        ..Example::default()
    },
};

fn in_direction(sign: i8) -> Indicator {
    let direction = if sign < 0 { Direction::Negative } else { Direction::Positive };
    Indicator { direction, ..Indicator::default() }
}

/// A share below this counts as none: it is a rest of rounding.
const NO_SHARE: f64 = 1e-9;

impl Aggregation for Simus {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_unknown(children, self.limits.keys())?;
        let criteria: Vec<Criterion<'_>> = criteria(children)?.collect();
        let mut constraints = Vec::new();
        for c in &criteria {
            constraints.push(self.constraint(children, c)?);
        }
        let mut shares: Vec<Vec<f64>> = Vec::new();
        for k in 0..criteria.len() {
            let solved = programme(&constraints, k, out.len());
            let code = || children.nodes[criteria[k].child].code.clone();
            shares.push(solved.map_err(|unsolved| match unsolved {
                Unsolved::Unbounded => {
                    MethodError::Other(text!(objective_unbounded, code = code()))
                }
                Unsolved::Infeasible => MethodError::Other(text!(limits_impossible, code = code())),
                Unsolved::Failed => MethodError::Other(text!(programme_unsolved, code = code())),
            })?);
        }
        let count = criteria.len() as f64;
        let (mut ahead, mut behind) = (vec![0.0; out.len()], vec![0.0; out.len()]);
        for (row, score) in out.iter_mut().enumerate() {
            let own: f64 = shares.iter().map(|of| of[row]).sum();
            let took_part = shares.iter().filter(|of| of[row] > 0.0).count();
            for of in &shares {
                ahead[row] += sum_above(of, |x| of[row] - x);
                behind[row] += sum_above(of, |x| x - of[row]);
            }
            *score = match self.score {
                Score::Participation => own * took_part as f64 / number::max(count, 1.0),
                Score::Dominance => ahead[row] - behind[row],
            };
            finite(row, *score)?;
        }
        if scratch.intermediate.is_asked() {
            let width = children.columns.len();
            let mut table = vec![f64::NAN; out.len() * width];
            for (c, of) in criteria.iter().zip(&shares) {
                of.iter().enumerate().for_each(|(row, x)| table[row * width + c.child] = *x);
            }
            scratch.intermediate.give("shares", Shape::REGIONS_SIBLINGS, width, &[], table);
        }
        scratch.intermediate.regions("dominance", ahead);
        scratch.intermediate.regions("subordination", behind);
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { non_negative: true, complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn uses_weights(&self) -> bool {
        false
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        match self.score {
            Score::Participation => Domain { lower: 0.0, ..Domain::ANY },
            Score::Dominance => Domain::ANY,
        }
    }
}

/// A child as a row of a programme: its values in their greatest one, turned where less is better, and its limit.
struct Constraint {
    row: Vec<f64>,
    limit: f64,
}

impl Simus {
    fn constraint(
        &self,
        children: &Children<'_>,
        c: &Criterion<'_>,
    ) -> Result<Constraint, MethodError> {
        c.refuse(|x| x < 0.0, text!(needed_not_negative))?;
        let unit = if c.greatest > 0.0 { c.greatest } else { 1.0 };
        let limit = self.limits.get(&children.nodes[c.child].code).copied().unwrap_or(c.best());
        let sign = if c.cost { -1.0 } else { 1.0 };
        let row = c.values.iter().map(|x| sign * x / unit).collect();
        Ok(Constraint { row, limit: sign * limit / unit })
    }
}

/// The shares of the regions in the programme whose objective is child `k`.
fn programme(all: &[Constraint], k: usize, regions: usize) -> Result<Vec<f64>, Unsolved> {
    let objective = &all[k].row;
    let others = || all.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, other)| other);
    let rows: Vec<f64> = others().flat_map(|other| other.row.iter().copied()).collect();
    let limits: Vec<f64> = others().map(|other| other.limit).collect();
    let found = maximise(objective, &rows, &limits)?;
    // Of all that reach the greatest value, the least squares: regions that are alike have the same.
    let turned: Vec<f64> = objective.iter().map(|x| -x).collect();
    let rows = [turned, rows].concat();
    let limits = [vec![-number::dot(objective, &found)], limits].concat();
    let (curvature, linear) = (vec![1.0; regions], vec![0.0; regions]);
    let (curvature, linear, rows, limits) = (&curvature, &linear, &rows, &limits);
    let least = Quadratic { curvature, linear, rows, limits, equal: 0 };
    let solution = least.minimise(&found, &[])?;
    let sum = number::sum(&solution);
    let share = |y: &f64| if *y > NO_SHARE * sum { y / sum } else { 0.0 };
    Ok(solution.iter().map(share).collect())
}

/// The sum of what is above 0.
fn sum_above(values: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let above: Vec<f64> = values.iter().map(|x| number::max(of(*x), 0.0)).collect();
    number::sum(&above)
}

#[cfg(test)]
mod tests {
    use super::super::TABLE;
    use super::in_direction;
    use crate::conformance::Trial;
    use crate::method::{Example, Settings, Value, find};

    fn run(columns: &[Vec<f64>], signs: &[i8], settings: &[(&str, Value)]) -> Vec<f64> {
        let settings = settings.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        let example = Example {
            columns: columns.to_vec(),
            indicators: signs.iter().copied().map(in_direction).collect(),
            ..Example::default()
        };
        (find(TABLE, "simus").unwrap().make)(&Settings(settings)).unwrap().trial(&example).unwrap()
    }

    fn near(found: &[f64], expected: &[f64], by: f64) {
        let close = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < by);
        assert!(found.len() == expected.len() && close, "{found:?}, expected {expected:?}");
    }

    /// The test of scikit-criteria, with a stated limit; its figures have 8 digits.
    #[test]
    fn stated_limit() {
        let columns = [
            vec![250.0, 130.0, 350.0],
            vec![120.0, 200.0, 340.0],
            vec![20.0, 40.0, 15.0],
            vec![800.0, 1000.0, 600.0],
        ];
        let limits = [("x2".to_owned(), 500.0.into())];
        let limits = ("limits", Value::Table(limits.into_iter().collect()));
        let found = run(&columns, &[1, 1, -1, 1], std::slice::from_ref(&limits));
        near(&found, &[0.09090909, 0.66603535, 0.74305556], 1e-8);
        let found = run(&columns, &[1, 1, -1, 1], &[limits, ("score", "dominance".into())]);
        near(&found, &[-2.45454545, 0.99621211, 1.45833334], 2e-8);
    }

    /// By scikit-criteria 0.10 (solver CBC), on drawn numbers.
    #[test]
    fn drawn_table() {
        let columns = [
            vec![71.0, 33.2, 45.4, 51.2, 9.5, 93.7],
            vec![1.1, 80.8, 80.1, 51.1, 84.6, 56.1],
            vec![50.8, 32.3, 24.3, 24.4, 37.4, 24.8],
            vec![44.2, 15.8, 32.7, 2.4, 95.2, 74.4],
            vec![21.1, 70.2, 80.2, 93.4, 40.5, 67.8],
        ];
        let expected = [
            1.265_231_003_724_684_8,
            0.165_342_893_417_500_5,
            0.0,
            0.575_239_986_190_474_5,
            0.250_586_891_158_067_9,
            0.0,
        ];
        near(&run(&columns, &[1, 1, -1, 1, -1], &[]), &expected, 1e-8);
        let expected = [
            7.652_310_037_246_849,
            -0.039_713_197_474_985_584,
            -5.0,
            3.628_599_792_857_117,
            -1.241_196_632_628_981_6,
            -5.0,
        ];
        let dominance = [("score", "dominance".into())];
        near(&run(&columns, &[1, 1, -1, 1, -1], &dominance), &expected, 1e-7);
    }

    /// Of many solutions that of the least squares: regions that are alike have the same score. By hand: the first programme
    /// takes half of each of the first two, the second takes the third alone.
    #[test]
    fn regions_alike() {
        let columns = [vec![4.0, 4.0, 1.0], vec![2.0, 2.0, 1.0]];
        near(&run(&columns, &[1, 1], &[]), &[0.25, 0.25, 0.5], 1e-12);
    }
}
