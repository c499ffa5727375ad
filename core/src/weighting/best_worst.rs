//! Weights from comparisons with the best and the worst (best-worst method).

use quanheng_words::number::fixed;
use quanheng_words::text;

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Only, Scratch, Settings, Shape, Units, Value,
    choice, settings,
};
use crate::number;
use indexmap::IndexMap;
use microlp::{ComparisonOp, OptimizationDirection, Problem};

choice! {
    /// Which deviations from the comparisons are kept small.
    pub enum Model { Linear = "linear", Ratios = "ratios" }
}

settings! {
    /// The comparisons, by code.
    pub struct BestWorst {
        /// How many times the best sibling outweighs each; 1 for itself.
        best_to_others: IndexMap<String, f64> = IndexMap::new(),
        /// How many times each sibling outweighs the worst; 1 for the worst itself.
        others_to_worst: IndexMap<String, f64> = IndexMap::new(),
        /// Deviations of weights, by a linear programme (`linear`), or of `ratios` of weights, as in the first paper on the method; where several weights are best then, the middle of those that each sibling can have.
        model: Model = Model::Linear,
        /// The greatest deviation ξ that is accepted.
        max_deviation: f64 [0.0, 1.0] = 1.0 => Only::Is("model", &["linear"]),
        /// The greatest consistency ratio that is accepted.
        max_ratio: f64 [0.0, 1e9] = 1.0 => Only::Is("model", &["ratios"]),
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "best_worst",
    summary: "Finds the weights that fit best how many times the best sibling outweighs each, and each the worst.",
    formula: "minimise ξ with Σ w = 1, w ≥ 0 and, for all j, linear: |w_B - a_Bj w_j| ≤ ξ and |w_j - a_jW w_W| ≤ ξ; ratios: |w_B / w_j - a_Bj| ≤ ξ and |w_j / w_W - a_jW| ≤ ξ, with the consistency ratio ξ / CI, CI² - (1 + 2 a_BW) CI + a_BW² - a_BW = 0",
    reference: "Rezaei (2016), Omega 64, 126-130; ratios: Rezaei (2015), Omega 53, 49-57",
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
            "consistency_ratio",
            "CR",
            Shape::FIGURE,
            "Under `ratios`, the deviation by the greatest one that these comparisons of best and worst allow.",
        ),
        Given::new(
            "lowest",
            "w min",
            Shape::SIBLINGS,
            "Under `ratios`, the least weight among those with the least deviation.",
        ),
        Given::new(
            "highest",
            "w max",
            Shape::SIBLINGS,
            "Under `ratios`, the greatest weight among those with the least deviation.",
        ),
        Given::new(
            "input_ratio",
            "CR_I",
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
        let stated = |table: &IndexMap<String, f64>, setting| {
            let of = |code: &String| {
                let absent = || MethodError::NotInSetting { setting, code: code.clone() };
                table.get(code).copied().ok_or_else(absent)
            };
            siblings.nodes.iter().map(|node| of(&node.code)).collect::<Result<Vec<f64>, _>>()
        };
        let from_best = stated(&self.best_to_others, "best_to_others")?;
        let to_worst = stated(&self.others_to_worst, "others_to_worst")?;
        let one = |list: &[f64], what: &str| {
            list.iter()
                .position(|x| *x == 1.0)
                .ok_or_else(|| MethodError::Other(text!(comparisons_no_one, setting = what)))
        };
        let best = one(&from_best, "best_to_others")?;
        let worst = one(&to_worst, "others_to_worst")?;
        // How far a chain of two comparisons is from the one comparison of best and worst.
        let whole = from_best[worst];
        let contradiction = from_best.iter().zip(&to_worst).map(|(a, b)| (a * b - whole).abs());
        let greatest = contradiction.fold(0.0, number::max);
        let ratio = if whole > 1.0 { greatest / (whole * whole - whole) } else { 0.0 };
        scratch.intermediate.figure("input_ratio", ratio);
        match self.model {
            Model::Linear => self.linear(&from_best, &to_worst, (best, worst), scratch, out),
            Model::Ratios => self.ratios(&from_best, &to_worst, (best, worst), scratch, out),
        }
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}

impl BestWorst {
    /// The least deviation of weights.
    fn linear(
        &self,
        from_best: &[f64],
        to_worst: &[f64],
        (best, worst): (usize, usize),
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
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
        scratch.intermediate.figure("deviation", left);
        for (weight, var) in out.iter_mut().zip(&weights) {
            *weight = number::max(solution.var_value(*var), 0.0);
        }
        Ok(())
    }

    /// The least deviation of ratios. With the weight of the worst as 1 and that of the best as b, the comparisons of each j
    /// hold with a deviation of ξ if its weight lies between two bounds, and these do not cross if b lies between two others:
    /// the least ξ is found by halving.
    fn ratios(
        &self,
        from_best: &[f64],
        to_worst: &[f64],
        (best, worst): (usize, usize),
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let all = from_best.iter().chain(to_worst);
        if let Some(wrong) = all.clone().find(|x| x.is_nan() || **x < 1.0) {
            return Err(MethodError::Other(text!(comparison_below_one, value = *wrong)));
        }
        let n = out.len();
        let whole = from_best[worst];
        if (whole - to_worst[best]).abs() > 1e-9 * whole {
            return Err(MethodError::Other(text!(
                comparisons_best_worst,
                there = whole,
                back = to_worst[best]
            )));
        }
        let others: Vec<usize> = (0..n).filter(|&j| j != best && j != worst).collect();
        // The bounds of b at a deviation of ξ.
        let bounds = |deviation: f64| {
            let (mut low, mut high) = (number::max(whole - deviation, 0.0), whole + deviation);
            for &j in &others {
                let (a, c) = (from_best[j], to_worst[j]);
                let least = |x: f64| number::max(x - deviation, 0.0);
                low = number::max(low, least(a) * least(c));
                high = number::min(high, (a + deviation) * (c + deviation));
            }
            (low, high)
        };
        let (mut low, mut high) = (0.0, all.fold(0.0, |m, x| number::max(m, *x)));
        let holds = |deviation: f64| {
            let (low, high) = bounds(deviation);
            low <= high
        };
        if holds(0.0) {
            high = 0.0;
        }
        while low < high {
            let middle = low + (high - low) / 2.0;
            if middle <= low || middle >= high {
                break;
            }
            if holds(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        let deviation = high;
        let index = (1.0 + 2.0 * whole - (1.0 + 8.0 * whole).sqrt()) / 2.0;
        let ratio = if index > 1e-12 { deviation / index } else { 0.0 };
        if ratio > self.max_ratio {
            return Err(MethodError::Other(text!(
                comparisons_ratio,
                ratio = fixed(ratio, 3),
                most = self.max_ratio
            )));
        }
        let (low, high) = bounds(deviation);
        let of_best = low + (high - low) / 2.0;
        let (mut least, mut most) = (vec![1.0; n], vec![1.0; n]);
        (least[best], most[best]) = (of_best, of_best);
        if best == worst {
            (least[best], most[best]) = (1.0, 1.0);
        }
        for &j in &others {
            let (a, c) = (from_best[j], to_worst[j]);
            // At the least deviation the two bounds can meet, and cross by what rounding leaves.
            let low = number::max(of_best / (a + deviation), c - deviation);
            let high = match a > deviation {
                true => number::min(of_best / (a - deviation), c + deviation),
                false => c + deviation,
            };
            (least[j], most[j]) = (number::min(low, high), number::max(low, high));
        }
        let (sum_least, sum_most): (f64, f64) = (least.iter().sum(), most.iter().sum());
        let lowest: Vec<f64> =
            (0..n).map(|j| least[j] / (least[j] + (sum_most - most[j]))).collect();
        let highest: Vec<f64> =
            (0..n).map(|j| most[j] / (most[j] + (sum_least - least[j]))).collect();
        for (j, weight) in out.iter_mut().enumerate() {
            *weight = (lowest[j] + highest[j]) / 2.0;
        }
        let into = &mut scratch.intermediate;
        into.figure("deviation", deviation);
        into.figure("consistency_ratio", ratio);
        into.siblings("lowest", lowest);
        into.siblings("highest", highest);
        Ok(())
    }
}

/// A table of numbers, for an example.
fn table<const N: usize>(items: [(&str, f64); N]) -> Value {
    Value::Table(items.into_iter().map(|(k, x)| (k.to_owned(), x.into())).collect())
}

#[cfg(test)]
mod tests {
    use super::table;
    use crate::conformance::Trial;
    use crate::method::{Example, find};

    /// Rezaei (2015): a mode of transport by load flexibility, accessibility and cost.
    #[test]
    fn ratios_of_the_first_paper() {
        let example = Example { columns: vec![vec![1.0]; 3], ..Example::default() }.with([
            ("best_to_others", table([("x1", 8.0), ("x2", 2.0), ("x3", 1.0)])),
            ("others_to_worst", table([("x1", 1.0), ("x2", 5.0), ("x3", 8.0)])),
            ("model", "ratios".into()),
        ]);
        let entry = find(crate::weighting::TABLE, "best_worst").unwrap();
        let found = (entry.make)(&example.settings).unwrap().trial(&example).unwrap();
        for (found, printed) in found.iter().zip([0.0714, 0.3387, 0.5899]) {
            assert!((found - printed).abs() < 5e-4, "{found} {printed}");
        }
    }
}
