//! The Choquet integral with interactions between two children.

use indexmap::IndexMap;
use quanheng_words::text;

use super::row::{finite, mean};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, Value, settings,
};

settings! {
    /// Settings of the Choquet integral.
    pub struct Choquet {
        /// The interactions below each parent, by the parent's code: a number from -1 to 1 for each two children, in the order of the tree. Above 0, two children complement one another, so that only what they have in common counts in full; below 0, one can stand in for the other; 0 for none, and for a child with itself.
        interactions: IndexMap<String, Vec<Vec<f64>>> = IndexMap::new(),
    }
}

/// Stated decimals may miss the border of what is monotone by this much.
const SLACK: f64 = 1e-9;

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "choquet",
    summary: "The weighted mean, less for gaps between children that complement one another and more for gaps between children that can stand in for one another (the 2-additive Choquet integral); the weights are the Shapley values",
    formula: "S = Σ w·s − ½·Σ over pairs I_jk·|s_j − s_k|, with ½·Σ_k |I_jk| ≤ w_j for every j; of the children with a value where some are absent",
    reference: "Grabisch (1997), Fuzzy Sets and Systems 92(2), 167-189",
    settings: Choquet::declared,
    make: |values: &Settings| Ok(Box::new(Choquet::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[
        Given::new(
            "alone",
            "w − ½·Σ|I|",
            Shape::SIBLINGS,
            "The part of the weight that a child has by itself; the rest is that of the lesser or greater one of two.",
        ),
        Given::new("mean", "Σ w·s", Shape::REGIONS, "The weighted mean."),
        Given::new(
            "by_interaction",
            "S − Σ w·s",
            Shape::REGIONS,
            "What the interactions add to the weighted mean, below 0 where they take from it.",
        ),
    ],
    example: || {
        let interactions = vec![vec![0.0, -0.4, 0.2], vec![-0.4, 0.0, 0.2], vec![0.2, 0.2, 0.0]];
        Example {
            columns: vec![vec![18.0, 10.0, 14.0], vec![16.0, 12.0, 15.0], vec![10.0, 18.0, 15.0]],
            weights: vec![0.3, 0.3, 0.4],
            expected: vec![13.2, 12.8, 14.8],
            source: "the marks of the three students of Grabisch (1996), European Journal of Operational Research 89(3), with a capacity that is 2-additive; by hand: 10 + 6·μ(1, 2) + 2·μ(1) with μ(1, 2) = μ(1) = 0.4, and so on".into(),
            ..Example::default()
        }
        .with([(
            "interactions",
            Value::Table([("index".to_owned(), interactions.into())].into_iter().collect()),
        )])
    },
};

impl Aggregation for Choquet {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let matrix = self.matrix(children)?;
        let n = children.columns.len();
        let asked = scratch.intermediate.is_asked();
        let rows = if asked { out.len() } else { 0 };
        let (mut means, mut by_interaction) = (vec![f64::NAN; rows], vec![f64::NAN; rows]);
        for (row, out) in out.iter_mut().enumerate() {
            if !children.row_proportions(row, &mut scratch.a) {
                *out = f64::NAN;
                continue;
            }
            // An absent child weighs nothing and differs from none.
            let there = scratch.a.iter().map(|w| *w > 0.0);
            scratch.b.clear();
            scratch.b.extend(
                there.zip(children.columns).map(|(on, s)| if on { s[row] } else { f64::NAN }),
            );
            let mut gaps = 0.0;
            for (j, s) in scratch.b.iter().enumerate() {
                for (k, t) in scratch.b.iter().enumerate().skip(j + 1) {
                    let interaction = matrix.map_or(0.0, |matrix| matrix[j][k]);
                    if interaction != 0.0 && !s.is_nan() && !t.is_nan() {
                        gaps += interaction * (s - t).abs();
                    }
                }
            }
            for (s, w) in scratch.b.iter_mut().zip(&scratch.a) {
                *s = if *w > 0.0 { *s } else { 0.0 };
            }
            let plain = mean(&scratch.b, &scratch.a, scratch.a.iter().sum());
            *out = plain - 0.5 * gaps;
            finite(row, *out)?;
            if asked {
                means[row] = plain;
                by_interaction[row] = -0.5 * gaps;
            }
        }
        if asked {
            let alone = (0..n).map(|j| children.weights[j] - matrix.map_or(0.0, |m| half(&m[j])));
            scratch.intermediate.siblings("alone", alone);
            scratch.intermediate.regions("mean", means);
            scratch.intermediate.regions("by_interaction", by_interaction);
        }
        Ok(())
    }

    fn keeps_unit(&self) -> bool {
        true
    }

    fn is_rowwise(&self) -> bool {
        true
    }

    fn is_concave(&self) -> bool {
        // A gap takes from the score of each pair.
        self.interactions.values().flatten().flatten().all(|interaction| *interaction >= 0.0)
    }
}

/// Half of the interactions of a child, without their signs.
fn half(row: &[f64]) -> f64 {
    row.iter().map(|interaction| interaction.abs()).sum::<f64>() / 2.0
}

impl Choquet {
    /// The interactions of the children, checked; none of a single child.
    fn matrix(&self, children: &Children<'_>) -> Result<Option<&[Vec<f64>]>, MethodError> {
        let n = children.columns.len();
        let parent = &children.parent.code;
        let matrix = match self.interactions.get(parent) {
            Some(matrix) => matrix,
            None if n == 1 => return Ok(None),
            None => {
                return Err(MethodError::NotInSetting {
                    setting: "interactions",
                    code: parent.clone(),
                });
            }
        };
        let sound = |(j, row): (usize, &Vec<f64>)| {
            let fits = |(k, x): (usize, &f64)| x.abs() <= 1.0 && *x == matrix[k][j];
            row.len() == n && row[j] == 0.0 && row.iter().enumerate().all(fits)
        };
        let square = matrix.len() == n && matrix.iter().all(|row| row.len() == n);
        if !square || !matrix.iter().enumerate().all(sound) {
            return Err(MethodError::Other(text!(interaction_matrix, parent = parent, n = n)));
        }
        let beyond = |j: &usize| half(&matrix[*j]) > children.weights[*j] + SLACK;
        if let Some(j) = (0..n).find(beyond) {
            let (code, weight) = (&children.nodes[j].code, children.weights[j]);
            let half = half(&matrix[j]);
            return Err(MethodError::Other(text!(
                interaction_too_great,
                code = code,
                weight = weight,
                half = half
            )));
        }
        Ok(Some(matrix))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::conformance::Trial;

    /// By the definition: the children from the least score on, each step up by the capacity of those that are above it. The
    /// capacity of a set is the sum of what its members have alone, of the interactions above 0 of the pairs in it, and of
    /// those below 0, without sign, of the pairs with at least one member in it.
    fn by_definition(scores: &[f64], weights: &[f64], matrix: &[Vec<f64>]) -> f64 {
        let n = scores.len();
        let capacity = |set: &[usize]| {
            let alone: f64 = set.iter().map(|&j| weights[j] - half(&matrix[j])).sum();
            let mut all = alone;
            for j in 0..n {
                for k in j + 1..n {
                    let (first, second) = (set.contains(&j), set.contains(&k));
                    let interaction = matrix[j][k];
                    if (interaction > 0.0 && first && second)
                        || (interaction < 0.0 && (first || second))
                    {
                        all += interaction.abs();
                    }
                }
            }
            all
        };
        let mut order: Vec<usize> = (0..n).collect();
        crate::number::sort_by_key(&mut order, &|j| scores[j]);
        let (mut below, mut sum) = (0.0, 0.0);
        for (at, &j) in order.iter().enumerate() {
            sum += (scores[j] - below) * capacity(&order[at..]);
            below = scores[j];
        }
        sum
    }

    fn run(columns: &[f64], weights: &[f64], matrix: &[Vec<f64>]) -> Result<Vec<f64>, MethodError> {
        let interactions = IndexMap::from([("index".to_owned(), matrix.to_vec())]);
        let method: Box<dyn Aggregation> = Box::new(Choquet { interactions });
        let columns = columns.iter().map(|x| vec![*x]).collect();
        method.trial(&Example { columns, weights: weights.to_vec(), ..Example::default() })
    }

    proptest! {
        #[test]
        fn it_is_the_integral_by_definition(
            parts in prop::collection::vec((0.0..100.0_f64, 0.01..1.0_f64), 2..6),
            draws in prop::collection::vec(-1.0..1.0_f64, 15),
        ) {
            let n = parts.len();
            let (scores, weights): (Vec<f64>, Vec<f64>) = parts.into_iter().unzip();
            let all: f64 = weights.iter().sum();
            let weights: Vec<f64> = weights.iter().map(|w| w / all).collect();
            // Each interaction small enough for both weights.
            let mut matrix = vec![vec![0.0; n]; n];
            let mut draws = draws.into_iter();
            for j in 0..n {
                for k in j + 1..n {
                    let most = 2.0 * crate::number::min(weights[j], weights[k]) / (n - 1) as f64;
                    let x = draws.next().expect("enough") * crate::number::min(most, 1.0);
                    (matrix[j][k], matrix[k][j]) = (x, x);
                }
            }
            let found = run(&scores, &weights, &matrix).expect("monotone")[0];
            let expected = by_definition(&scores, &weights, &matrix);
            prop_assert!((found - expected).abs() < 1e-10, "{} {}", found, expected);
        }
    }

    #[test]
    fn what_is_refused() {
        let run = |matrix: &[Vec<f64>]| run(&[1.0, 2.0], &[0.3, 0.7], matrix).map(|s| s[0]);
        let pair = |x: f64| vec![vec![0.0, x], vec![x, 0.0]];
        // With ½·0.6 = 0.3 the first child alone counts nothing: 0.6·1 + 0.4·2.
        assert!((run(&pair(0.6)).expect("on the border") - 1.4).abs() < 1e-12);
        assert!(run(&pair(0.7)).is_err());
        assert!(run(&[vec![0.0, 0.1], vec![0.2, 0.0]]).is_err());
        assert!(run(&[vec![0.1, 0.0], vec![0.0, 0.0]]).is_err());
        assert!(run(&[vec![0.0, 0.1]]).is_err());
        assert!(run(&[vec![0.0], vec![0.1, 0.0]]).is_err());
    }
}
