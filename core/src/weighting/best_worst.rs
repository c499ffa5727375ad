//! Weights from comparisons with the best and the worst (linear best-worst method).

use quanheng_words::number::fixed;
use quanheng_words::text;

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, Value, settings,
};
use crate::number;
use indexmap::IndexMap;
use microlp::{ComparisonOp, OptimizationDirection, Problem};

settings! {
    /// The comparisons, by code.
    pub struct BestWorst {
        /// How many times the best sibling outweighs each; 1 for itself.
        best_to_others: IndexMap<String, f64> = IndexMap::new(),
        /// How many times each sibling outweighs the worst; 1 for the worst itself.
        others_to_worst: IndexMap<String, f64> = IndexMap::new(),
        /// The greatest deviation ξ that is accepted.
        max_deviation: f64 [0.0, 1.0] = 1.0,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "best_worst",
    summary: "Finds the weights that fit best how many times the best sibling outweighs each, and each the worst.",
    formula: "minimise ξ with |w_B - a_Bj w_j| ≤ ξ and |w_j - a_jW w_W| ≤ ξ for all j, Σ w = 1, w ≥ 0",
    reference: "Rezaei (2016), Omega 64, 126-130",
    settings: BestWorst::declared,
    make: |values: &Settings| Ok(Box::new(BestWorst::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        Given::new(
            "deviation",
            "ξ",
            Shape::FIGURE,
            "The greatest deviation of the weights from the comparisons; 0 where these agree.",
        ),
        Given::new(
            "input_ratio",
            "CR",
            Shape::FIGURE,
            "The input-based consistency ratio: the greatest |a_Bj·a_jW − a_BW| over a_BW² − a_BW (Liang, Brunelli & Rezaei 2020).",
        ),
    ],
    example: || {
        Example {
            columns: vec![vec![1.0], vec![2.0], vec![3.0]],
            expected: vec![4.0 / 7.0, 2.0 / 7.0, 1.0 / 7.0],
            source: "by hand: comparisons without contradiction".into(),
            ..Example::default()
        }
        .with([
            ("best_to_others", table([("x1", 1.0), ("x2", 2.0), ("x3", 4.0)])),
            ("others_to_worst", table([("x1", 4.0), ("x2", 2.0), ("x3", 1.0)])),
        ])
    },
};

impl Weighting for BestWorst {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let stated = |table: &IndexMap<String, f64>| -> Result<Vec<f64>, MethodError> {
            let of = |code: &String| {
                table.get(code).copied().ok_or_else(|| MethodError::NoCode { code: code.clone() })
            };
            siblings.nodes.iter().map(|node| of(&node.code)).collect()
        };
        let (from_best, to_worst) = (stated(&self.best_to_others)?, stated(&self.others_to_worst)?);
        let one = |list: &[f64], what: &str| {
            list.iter()
                .position(|x| *x == 1.0)
                .ok_or_else(|| MethodError::Other(text!(comparisons_no_one, setting = what)))
        };
        let best = one(&from_best, "best_to_others")?;
        let worst = one(&to_worst, "others_to_worst")?;
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let deviation = problem.add_var(1.0, (0.0, f64::INFINITY));
        let weights: Vec<_> = out.iter().map(|_| problem.add_var(0.0, (0.0, 1.0))).collect();
        problem.add_constraint(weights.iter().map(|w| (*w, 1.0)), ComparisonOp::Eq, 1.0);
        let mut near = |great: usize, times: f64, small: usize| {
            if great != small {
                for sign in [1.0, -1.0] {
                    let terms = [
                        (weights[great], sign),
                        (weights[small], -sign * times),
                        (deviation, -1.0),
                    ];
                    problem.add_constraint(terms, ComparisonOp::Le, 0.0);
                }
            }
        };
        for j in 0..out.len() {
            near(best, from_best[j], j);
            near(j, to_worst[j], worst);
        }
        let solution = problem
            .solve()
            .ok()
            .and_then(|s| s.into_solution().ok())
            .ok_or(MethodError::Infeasible { row: 0 })?;
        let left = solution.var_value(deviation);
        if left > self.max_deviation {
            return Err(MethodError::Other(text!(
                comparisons_contradict,
                deviation = fixed(left, 3),
                most = self.max_deviation
            )));
        }
        // How far a chain of two comparisons is from the one comparison of best and worst.
        let whole = from_best[worst];
        let contradiction = from_best.iter().zip(&to_worst).map(|(a, b)| (a * b - whole).abs());
        let greatest = contradiction.fold(0.0, number::max);
        let ratio = if whole > 1.0 { greatest / (whole * whole - whole) } else { 0.0 };
        scratch.intermediate.figure("deviation", left);
        scratch.intermediate.figure("input_ratio", ratio);
        for (weight, var) in out.iter_mut().zip(&weights) {
            *weight = number::max(solution.var_value(*var), 0.0);
        }
        Ok(())
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}

/// A table of numbers, for an example.
fn table<const N: usize>(items: [(&str, f64); N]) -> Value {
    Value::Table(items.into_iter().map(|(k, x)| (k.to_owned(), x.into())).collect())
}
