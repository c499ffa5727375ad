//! Weights from pairwise comparisons (analytic hierarchy process).

use quanheng_words::number::fixed;
use quanheng_words::{Text, text};

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, Given, Intermediate, MethodError, Scratch, Settings, Shape, Units,
    Value, choice, settings,
};
use crate::number;
use indexmap::IndexMap;

choice! {
    /// How weights are found from judgements.
    pub enum Solution { Eigenvector = "eigenvector", GeometricMean = "geometric_mean" }
}

choice! {
    /// The consistency index of random matrices.
    pub enum RandomIndex { Saaty = "saaty", TummalaLing = "tummala_ling" }
}

settings! {
    /// The judgements, and what is asked of them.
    pub struct Ahp {
        /// The matrix of judgements below each parent, by the parent's code; rows and columns in the order of the tree.
        pairwise: IndexMap<String, Vec<Vec<f64>>> = IndexMap::new(),
        /// How weights are found: `eigenvector` or `geometric_mean`.
        solution: Solution = Solution::Eigenvector,
        /// The greatest consistency ratio that is accepted.
        max_ratio: f64 [0.0, 1e9] = 0.1,
        /// Whose random index the ratio is taken to: `saaty` or `tummala_ling`.
        random_index: RandomIndex = RandomIndex::Saaty,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "ahp",
    summary: "Finds the weights behind a matrix of judgements how many times more important one sibling is than another.",
    formula: "eigenvector: A w = λ w for the greatest λ; geometric_mean: w_i ∝ (Π_j a_ij)^(1/n); CR = ((λ - n) / (n - 1)) / RI_n",
    reference: "Saaty (1980), The Analytic Hierarchy Process; RI of `tummala_ling`: Rao Tummala & Ling (1998), Theory and Decision 44(3), 221-230",
    settings: Ahp::declared,
    make: |values: &Settings| Ok(Box::new(Ahp::read(values)?)),
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
        let matrix = self
            .pairwise
            .get(parent)
            .ok_or_else(|| MethodError::NoCode { code: parent.clone() })?;
        let ratio = self.judge(parent, matrix, &mut scratch.intermediate, out)?;
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

    fn looks_at_scores(&self) -> bool {
        false
    }
}

/// Random indices for 3 to 15 siblings; below three, judgements cannot contradict one another.
const SAATY: [f64; 13] =
    [0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];
const TUMMALA_LING: [f64; 13] = [
    0.5799, 0.8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882, 1.5117, 1.5356, 1.5571, 1.5714,
    1.5831,
];

/// How far a judgement times its reverse may be from 1: 0.33 is accepted for a third, 0.17 for a sixth.
const RECIPROCAL: f64 = 0.05;
const STEPS: usize = 10_000;

impl Ahp {
    /// Writes the weights and returns the consistency ratio.
    fn judge(
        &self,
        parent: &str,
        matrix: &[Vec<f64>],
        intermediate: &mut Intermediate,
        out: &mut [f64],
    ) -> Result<f64, MethodError> {
        let n = out.len();
        let wrong = |words: Text| Err(MethodError::Other(words));
        if matrix.len() != n || matrix.iter().any(|row| row.len() != n) {
            return wrong(text!(matrix_size, parent = parent, n = n));
        }
        for i in 0..n {
            for j in 0..=i {
                let (there, back) = (matrix[i][j], matrix[j][i]);
                let sound = there > 0.0 && back > 0.0 && (there * back - 1.0).abs() <= RECIPROCAL;
                if !sound {
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
        for (row, weight) in matrix.iter().zip(out.iter_mut()) {
            let log: f64 = row.iter().map(|x| libm::log(*x)).sum();
            *weight = libm::exp(log / n as f64);
        }
        scale(out);
        if self.solution == Solution::Eigenvector {
            principal(matrix, out)?;
        }
        let lambda: f64 =
            matrix.iter().zip(out.iter()).map(|(row, w)| product(row, out) / w).sum::<f64>()
                / n as f64;
        intermediate.figure("lambda_max", lambda);
        if n < 3 {
            // Two siblings cannot be judged inconsistently.
            intermediate.figure("consistency_index", 0.0);
            intermediate.figure("random_index", 0.0);
            intermediate.figure("consistency_ratio", 0.0);
            return Ok(0.0);
        }
        let indices = match self.random_index {
            RandomIndex::Saaty => SAATY,
            RandomIndex::TummalaLing => TUMMALA_LING,
        };
        match indices.get(n - 3) {
            Some(&random) => {
                let index = (lambda - n as f64) / (n as f64 - 1.0);
                intermediate.figure("consistency_index", index);
                intermediate.figure("random_index", random);
                intermediate.figure("consistency_ratio", index / random);
                Ok(index / random)
            }
            None => wrong(text!(random_index_unknown, n = n, parent = parent)),
        }
    }
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
