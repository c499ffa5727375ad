//! Weights from pairwise comparisons (analytic hierarchy process).

use quanheng_words::number::fixed;
use quanheng_words::{Text, text};

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, Value, choice,
    fault, settings,
};
use crate::number;
use indexmap::IndexMap;

choice! {
    /// How weights are found from judgements.
    pub enum Solution {
        Eigenvector = "eigenvector",
        GeometricMean = "geometric_mean",
        ColumnMeans = "column_means",
    }
}

choice! {
    /// The consistency index of random matrices.
    pub enum RandomIndex { Saaty = "saaty", TummalaLing = "tummala_ling", Course = "course" }
}

choice! {
    /// What of several experts is brought together.
    pub enum Group { Judgements = "judgements", Priorities = "priorities" }
}

settings! {
    /// The judgements, and what is asked of them.
    pub struct Ahp {
        /// The matrix of judgements below each parent, by the parent's code; rows and columns in the order of the tree. The matrices of several experts stand one below the other.
        pairwise: IndexMap<String, Vec<Vec<f64>>> = IndexMap::new(),
        /// How weights are found: `eigenvector`, `geometric_mean` of each row (方根法), or `column_means`, the mean of the columns after each is divided by its sum (和积法).
        solution: Solution = Solution::Eigenvector,
        /// What of several experts is brought together by a geometric mean: their `judgements`, which become one matrix, or their `priorities`, the weights of each expert's own matrix.
        group: Group = Group::Judgements,
        /// How much each expert counts, in the order of the matrices; equal where nothing is stated.
        experts: Vec<f64> = Vec::new(),
        /// The greatest consistency ratio that is accepted: of the matrix that weights are taken from, and of each expert's under `priorities`.
        max_ratio: f64 [0.0, 1e9] = 0.1,
        /// Whose random index the ratio is taken to: `saaty`, `tummala_ling`, or `course`, the table of most Chinese textbooks and of SPSSAU.
        random_index: RandomIndex = RandomIndex::Saaty,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "ahp",
    summary: "Finds the weights behind a matrix of judgements how many times more important one sibling is than another.",
    formula: "eigenvector: A w = λ w for the greatest λ; geometric_mean: w_i ∝ (Π_j a_ij)^(1/n); column_means: w_i = (1/n) Σ_j a_ij / Σ_k a_kj; λ of the last two = (1/n) Σ_i (A w)_i / w_i; CR = ((λ - n) / (n - 1)) / RI_n; several experts: a_ij = Π_e a_ij,e^(s_e) or w_i ∝ Π_e w_i,e^(s_e), s being the experts' shares",
    reference: "Saaty (1980), The Analytic Hierarchy Process; RI of `tummala_ling`: Rao Tummala & Ling (1998), Theory and Decision 44(3), 221-230; RI of `course`: Hong Zhiguo, Li Yan, Fan Zhihua & Wang Yong (2002), Computer Engineering and Applications 38(12), 45-47; several experts: Aczél & Saaty (1983), J. Mathematical Psychology 27(1), 93-102, and Forman & Peniwati (1998), European J. Operational Research 108(1), 165-169",
    settings: Ahp::declared,
    make: |values: &Settings| {
        let settings = Ahp::read(values)?;
        let shares = &settings.experts;
        let sound = shares.iter().all(|s| *s >= 0.0) && number::sum(shares) > 0.0;
        if !(shares.is_empty() || sound) {
            return Err(fault("experts", text!(expect_order_weights)));
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
        Given::new(
            "lambda_max",
            "λmax",
            Shape::FIGURE,
            "The greatest eigenvalue of the matrix of judgements.",
        ),
        Given::new(
            "consistency_index",
            "CI",
            Shape::FIGURE,
            "The consistency index (λmax − n)/(n − 1).",
        ),
        Given::new(
            "random_index",
            "RI",
            Shape::FIGURE,
            "The mean consistency index of random matrices of this size.",
        ),
        Given::new("consistency_ratio", "CR", Shape::FIGURE, "The consistency ratio CI/RI."),
        Given::new(
            "expert_ratios",
            "CR_e",
            Shape::LIST,
            "The consistency ratio of each expert's matrix, where there are several.",
        ),
        Given::new(
            "judgements",
            "a",
            Shape::SIBLINGS_SIBLINGS,
            "The judgements that weights are taken from: of several experts, their geometric means.",
        ),
    ],
    example: || {
        Example {
            // Consistent: each is twice the next.
            columns: vec![vec![1.0], vec![2.0], vec![3.0]],
            expected: vec![4.0 / 7.0, 2.0 / 7.0, 1.0 / 7.0],
            source: "by hand".into(),
            ..Example::default()
        }
        .with([(
            "pairwise",
            Value::Table(
                [(
                    "index".to_owned(),
                    vec![vec![1.0, 2.0, 4.0], vec![0.5, 1.0, 2.0], vec![0.25, 0.5, 1.0]].into(),
                )]
                .into_iter()
                .collect(),
            ),
        )])
    },
};

impl Weighting for Ahp {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        if siblings.nodes.len() == 1 {
            out[0] = 1.0;
            return Ok(());
        }
        let parent = &siblings.parent.code;
        let matrix = self.pairwise.get(parent).ok_or_else(|| MethodError::NotInSetting {
            setting: "pairwise",
            code: parent.clone(),
        })?;
        let n = out.len();
        let matrices = self.matrices(parent, matrix, n)?;
        let shares = self.shares(parent, matrices.len())?;
        let mut ratios = Vec::with_capacity(matrices.len());
        let mut priorities = Vec::with_capacity(matrices.len());
        if matrices.len() > 1 {
            for matrix in &matrices {
                let judged = self.judge(parent, matrix, out)?;
                if self.group == Group::Priorities {
                    self.refuse_contradiction(parent, judged.ratio)?;
                }
                ratios.push(judged.ratio);
                priorities.push(out.to_vec());
            }
            scratch.intermediate.list("expert_ratios", &[], ratios);
        }
        let common = combined(&matrices, &shares);
        let judged = self.judge(parent, &common, out)?;
        if matrices.len() > 1 && self.group == Group::Priorities {
            for (k, weight) in out.iter_mut().enumerate() {
                *weight = geometric(priorities.iter().map(|w| w[k]), &shares);
            }
            scale(out);
        } else {
            self.refuse_contradiction(parent, judged.ratio)?;
        }
        let into = &mut scratch.intermediate;
        into.figure("lambda_max", judged.lambda);
        into.figure("consistency_index", judged.index);
        into.figure("random_index", judged.random);
        into.figure("consistency_ratio", judged.ratio);
        let all = common.iter().flatten().copied();
        into.give("judgements", Shape::SIBLINGS_SIBLINGS, n, &[], all);
        Ok(())
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}

/// Random indices for 3 siblings and more; below three, judgements cannot contradict one another.
const SAATY: &[f64] =
    &[0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];
const TUMMALA_LING: &[f64] = &[
    0.5799, 0.8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882, 1.5117, 1.5356, 1.5571, 1.5714,
    1.5831,
];
const COURSE: &[f64] = &[
    0.52, 0.89, 1.12, 1.26, 1.36, 1.41, 1.46, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59, 1.5943, 1.6064,
    1.6133, 1.6207, 1.6292,
];

/// How far a judgement times its reverse may be from 1: 0.33 is accepted for a third, 0.17 for a sixth.
const RECIPROCAL: f64 = 0.05;
const STEPS: usize = 10_000;

/// How far a matrix agrees with itself.
struct Judged {
    lambda: f64,
    index: f64,
    random: f64,
    ratio: f64,
}

impl Ahp {
    /// The matrices of the experts, each checked: as many rows of `n` judgements as there are siblings, or a multiple.
    fn matrices<'m>(
        &self,
        parent: &str,
        rows: &'m [Vec<f64>],
        n: usize,
    ) -> Result<Vec<&'m [Vec<f64>]>, MethodError> {
        let wrong = |words: Text| Err(MethodError::Other(words));
        if rows.is_empty() || !rows.len().is_multiple_of(n) || rows.iter().any(|row| row.len() != n)
        {
            return wrong(text!(matrix_size, parent = parent, n = n));
        }
        let matrices: Vec<&[Vec<f64>]> = rows.chunks_exact(n).collect();
        for matrix in &matrices {
            for i in 0..n {
                for j in 0..=i {
                    let (there, back) = (matrix[i][j], matrix[j][i]);
                    let near = (there * back - 1.0).abs() <= RECIPROCAL;
                    if !(there > 0.0 && back > 0.0 && near) {
                        return wrong(text!(
                            matrix_not_reciprocal,
                            parent = parent,
                            row = i + 1,
                            column = j + 1,
                            there = there,
                            back = back
                        ));
                    }
                }
            }
        }
        Ok(matrices)
    }

    /// The shares of the experts, with a sum of 1.
    fn shares(&self, parent: &str, experts: usize) -> Result<Vec<f64>, MethodError> {
        if self.experts.is_empty() {
            return Ok(vec![1.0 / experts as f64; experts]);
        }
        if self.experts.len() != experts {
            let stated = self.experts.len();
            return Err(MethodError::Other(text!(
                experts_matrices,
                parent = parent,
                stated = stated,
                n = experts
            )));
        }
        let sum = number::sum(&self.experts);
        Ok(self.experts.iter().map(|s| s / sum).collect())
    }

    fn refuse_contradiction(&self, parent: &str, ratio: f64) -> Result<(), MethodError> {
        if ratio.is_nan() || ratio > self.max_ratio {
            return Err(MethodError::Other(text!(
                judgements_contradict,
                parent = parent,
                ratio = fixed(ratio, 3),
                most = self.max_ratio
            )));
        }
        Ok(())
    }

    /// Writes the weights, and says how far the judgements agree.
    fn judge(
        &self,
        parent: &str,
        matrix: &[Vec<f64>],
        out: &mut [f64],
    ) -> Result<Judged, MethodError> {
        let n = out.len();
        if self.solution == Solution::ColumnMeans {
            out.fill(0.0);
            for j in 0..n {
                let sum: f64 = matrix.iter().map(|row| row[j]).sum();
                for (row, weight) in matrix.iter().zip(out.iter_mut()) {
                    *weight += row[j] / sum;
                }
            }
        } else {
            for (row, weight) in matrix.iter().zip(out.iter_mut()) {
                let log: f64 = row.iter().map(|x| libm::log(*x)).sum();
                *weight = libm::exp(log / n as f64);
            }
        }
        scale(out);
        if self.solution == Solution::Eigenvector {
            principal(matrix, out)?;
        }
        let lambda: f64 =
            matrix.iter().zip(out.iter()).map(|(row, w)| product(row, out) / w).sum::<f64>()
                / n as f64;
        if n < 3 {
            // Two siblings cannot be judged inconsistently.
            return Ok(Judged { lambda, index: 0.0, random: 0.0, ratio: 0.0 });
        }
        let indices = match self.random_index {
            RandomIndex::Saaty => SAATY,
            RandomIndex::TummalaLing => TUMMALA_LING,
            RandomIndex::Course => COURSE,
        };
        match indices.get(n - 3) {
            Some(&random) => {
                let index = (lambda - n as f64) / (n as f64 - 1.0);
                Ok(Judged { lambda, index, random, ratio: index / random })
            }
            None => Err(MethodError::Other(text!(random_index_unknown, n = n, parent = parent))),
        }
    }
}

/// One matrix of the experts' matrices: the weighted geometric mean of each judgement.
fn combined(matrices: &[&[Vec<f64>]], shares: &[f64]) -> Vec<Vec<f64>> {
    if let [only] = matrices {
        return only.to_vec();
    }
    let n = matrices[0].len();
    let cell = |i: usize, j: usize| geometric(matrices.iter().map(|m| m[i][j]), shares);
    (0..n).map(|i| (0..n).map(|j| cell(i, j)).collect()).collect()
}

/// The geometric mean of numbers above 0.
fn geometric(numbers: impl Iterator<Item = f64>, shares: &[f64]) -> f64 {
    libm::exp(numbers.zip(shares).map(|(x, share)| share * libm::log(x)).sum())
}

/// The eigenvector of the greatest eigenvalue, by power iteration from `out`: it settles for any matrix above zero.
fn principal(matrix: &[Vec<f64>], out: &mut [f64]) -> Result<(), MethodError> {
    let mut next = vec![0.0; out.len()];
    for _ in 0..STEPS {
        for (row, weight) in matrix.iter().zip(next.iter_mut()) {
            *weight = product(row, out);
        }
        scale(&mut next);
        let moved =
            next.iter().zip(out.iter()).fold(0.0, |m, (a, b)| number::max(m, (a - b).abs()));
        out.copy_from_slice(&next);
        if moved <= 1e-15 {
            return Ok(());
        }
    }
    Err(MethodError::NoConvergence { steps: STEPS })
}

fn product(row: &[f64], weights: &[f64]) -> f64 {
    number::dot(row, weights)
}

fn scale(weights: &mut [f64]) {
    let sum = number::sum(weights);
    weights.iter_mut().for_each(|w| *w /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::Trial;
    use crate::method::find;

    fn weigh<const N: usize>(
        matrices: &[[[f64; 2]; 2]],
        settings: [(&str, Value); N],
    ) -> Result<Vec<f64>, MethodError> {
        let rows: Vec<Vec<f64>> = matrices.iter().flatten().map(|row| row.to_vec()).collect();
        let table = [("index".to_owned(), rows.into())].into_iter().collect();
        let example = Example { columns: vec![vec![1.0]; 2], ..Example::default() };
        let mut example = example.with([("pairwise", Value::Table(table))]);
        example.settings.0.extend(settings.into_iter().map(|(k, v)| (k.to_owned(), v)));
        (find(crate::weighting::TABLE, "ahp").unwrap().make)(&example.settings)
            .unwrap()
            .trial(&example)
    }

    #[track_caller]
    fn first(found: Result<Vec<f64>, MethodError>, expected: f64) {
        let found = found.unwrap();
        assert!((found[0] - expected).abs() < 1e-14, "{found:?}, expected {expected} first");
    }

    /// Of two siblings the weights of each expert are as the judgement, and so are those of both.
    #[test]
    fn several_experts() {
        let two = [[[1.0, 2.0], [0.5, 1.0]], [[1.0, 8.0], [0.125, 1.0]]];
        // √(2 · 8) = 4, and with shares of 3 to 1 the fourth root of 2³ · 8, √8.
        for group in ["judgements", "priorities"] {
            first(weigh(&two, [("group", group.into())]), 0.8);
            let shares = [("group", group.into()), ("experts", vec![3.0, 1.0].into())];
            let root = 8.0_f64.sqrt();
            first(weigh(&two, shares), root / (root + 1.0));
        }
        let refused = weigh(&two, [("experts", vec![1.0].into())]).unwrap_err().to_string();
        assert!(refused.contains("2 matrices"), "{refused}");
    }

    /// A contradiction of one expert is found under `priorities`; the geometric means of judgements may agree.
    #[test]
    fn an_expert_who_contradicts_himself() {
        let circle =
            vec![vec![1.0, 9.0, 1.0 / 9.0], vec![1.0 / 9.0, 1.0, 9.0], vec![9.0, 1.0 / 9.0, 1.0]];
        let turned: Vec<Vec<f64>> =
            (0..3).map(|i| (0..3).map(|j| circle[j][i]).collect()).collect();
        let rows = [circle, turned].concat();
        let judge = |group: &str| {
            let table = [("index".to_owned(), rows.clone().into())].into_iter().collect();
            let example = Example { columns: vec![vec![1.0]; 3], ..Example::default() };
            let example =
                example.with([("pairwise", Value::Table(table)), ("group", group.into())]);
            (find(crate::weighting::TABLE, "ahp").unwrap().make)(&example.settings)
                .unwrap()
                .trial(&example)
        };
        first(judge("judgements"), 1.0 / 3.0);
        assert!(judge("priorities").unwrap_err().to_string().contains("consistency ratio"));
    }
}
