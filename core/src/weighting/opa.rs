//! Weights from the ranks that experts give (ordinal priority approach).

use quanheng_words::text;

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, Value, fault,
    settings,
};
use crate::number;
use indexmap::IndexMap;

settings! {
    /// The ranks.
    pub struct Opa {
        /// The ranks below each parent, by the parent's code: a row an expert, a column a sibling in the order of the tree, 1 being the most important; siblings of the same rank have the same weight.
        ranks: IndexMap<String, Vec<Vec<f64>>> = IndexMap::new(),
        /// The rank of each expert, in the order of the rows, 1 being the most important; all are equal where nothing is stated.
        experts: Vec<f64> [1.0, 1e9] = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "opa",
    summary: "Finds the weights behind the ranks that experts of different standing give, by the linear programme of the ordinal priority approach.",
    formula: "maximise Z with Z ≤ p r (w_p(r) - w_p(r+1)) for every expert p and rank r, Z ≤ p m w_p(m) for the last rank m, Σ w = 1, w ≥ 0; w_j = Σ_p w_pj. Every bound is reached, so that w_p at place r ∝ (1/p) Σ_{k≥r} 1/k over the ranks k that the expert gave",
    reference: "Ataei, Mahmoudi, Feylizadeh & Li (2020), Applied Soft Computing 86, 105893",
    settings: Opa::declared,
    make: |values: &Settings| {
        let settings = Opa::read(values)?;
        if settings.experts.iter().any(|rank| rank.is_nan() || *rank < 1.0) {
            return Err(fault("experts", text!(expect_ranks)));
        }
        Ok(Box::new(settings))
    },
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        Given::new("objective", "Z", Shape::FIGURE, "The greatest value of the programme."),
        Given::new(
            "weights_of",
            "w_p",
            Shape::SIBLINGS_LIST,
            "The weights of each expert; all of them add up to 1.",
        ),
    ],
    example: || {
        Example {
            columns: vec![vec![1.0], vec![2.0]],
            // Expert 1: 3/2 and 1/2; expert 2, at half: 1/4 and 3/4. Together 7/4 and 5/4 of 3.
            expected: vec![7.0 / 12.0, 5.0 / 12.0],
            source: "by hand".into(),
            ..Example::default()
        }
        .with([
            (
                "ranks",
                Value::Table(
                    [("index".to_owned(), vec![vec![1.0, 2.0], vec![2.0, 1.0]].into())]
                        .into_iter()
                        .collect(),
                ),
            ),
            ("experts", vec![1.0, 2.0].into()),
        ])
    },
};

impl Weighting for Opa {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let parent = &siblings.parent.code;
        let Some(ranks) = self.ranks.get(parent) else {
            return Err(MethodError::NotInSetting { setting: "ranks", code: parent.clone() });
        };
        let n = out.len();
        let sound = |row: &Vec<f64>| row.len() == n && row.iter().all(|x| *x >= 1.0);
        let experts = self.experts.is_empty() || self.experts.len() == ranks.len();
        if ranks.is_empty() || !experts || !ranks.iter().all(sound) {
            return Err(MethodError::Other(text!(experts_ranks, parent = parent, n = n)));
        }
        out.fill(0.0);
        let mut all = Vec::with_capacity(ranks.len());
        for (p, row) in ranks.iter().enumerate() {
            let standing = self.experts.get(p).copied().unwrap_or(1.0);
            let weights = by_ranks(row, standing);
            out.iter_mut().zip(&weights).for_each(|(sum, w)| *sum += w);
            all.push(weights);
        }
        // The weights are those of Z = 1.
        let total = number::sum(out);
        let into = &mut scratch.intermediate;
        into.figure("objective", 1.0 / total);
        let of = (0..n).flat_map(|j| all.iter().map(move |weights| weights[j] / total));
        into.give("weights_of", Shape::SIBLINGS_LIST, all.len(), &[], of);
        Ok(())
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}

/// The weights of one expert where Z is 1: from the last rank to the first, each is greater than the next by 1/(p r).
fn by_ranks(ranks: &[f64], standing: f64) -> Vec<f64> {
    let mut distinct = ranks.to_vec();
    number::sort(&mut distinct);
    distinct.dedup();
    let mut weights = vec![0.0; ranks.len()];
    let mut above = 0.0;
    for rank in distinct.iter().rev() {
        above += 1.0 / (standing * rank);
        for (weight, _) in weights.iter_mut().zip(ranks).filter(|(_, r)| *r == rank) {
            *weight = above;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::by_ranks;
    use microlp::{ComparisonOp, OptimizationDirection, Problem};

    /// The programme, solved as it stands in the paper.
    #[test]
    fn the_programme_has_this_solution() {
        let experts = [1.0, 2.0, 3.0];
        let ranks = [[1.0, 2.0, 3.0, 4.0], [3.0, 1.0, 2.0, 4.0], [4.0, 3.0, 1.0, 2.0]];
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let z = problem.add_var(1.0, (0.0, f64::INFINITY));
        let weights: Vec<Vec<_>> = ranks
            .iter()
            .map(|row| row.iter().map(|_| problem.add_var(0.0, (0.0, 1.0))).collect())
            .collect();
        problem.add_constraint(weights.iter().flatten().map(|w| (*w, 1.0)), ComparisonOp::Eq, 1.0);
        for (p, row) in ranks.iter().enumerate() {
            let at = |rank: f64| weights[p][row.iter().position(|r| *r == rank).unwrap()];
            for rank in [1.0, 2.0, 3.0, 4.0] {
                let factor = experts[p] * rank;
                let mut terms = vec![(z, 1.0), (at(rank), -factor)];
                if rank < 4.0 {
                    terms.push((at(rank + 1.0), factor));
                }
                problem.add_constraint(terms, ComparisonOp::Le, 0.0);
            }
        }
        let solution = problem.solve().unwrap().into_solution().unwrap();
        let closed: Vec<Vec<f64>> =
            ranks.iter().zip(experts).map(|(row, p)| by_ranks(row, p)).collect();
        let total: f64 = closed.iter().flatten().sum();
        for (vars, row) in weights.iter().zip(&closed) {
            for (var, weight) in vars.iter().zip(row) {
                let found = solution.var_value(*var);
                assert!((found - weight / total).abs() < 1e-9, "{found} {weight}");
            }
        }
    }
}
