//! Weights from how strongly siblings influence one another (DEMATEL).

use quanheng_words::text;

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, Value, choice,
    settings,
};
use crate::number::{self, solve};
use indexmap::IndexMap;

choice! {
    /// By what the direct influences are divided.
    pub enum Divisor { Rows = "rows", Both = "both" }
}

choice! {
    /// What the weights are made of.
    pub enum Rule { Length = "length", Prominence = "prominence" }
}

settings! {
    /// The influences.
    pub struct Dematel {
        /// The influences below each parent, by the parent's code: how strongly the sibling of the row influences that of the column, 0 for not at all; in the order of the tree. The matrices of several experts stand one below the other, and their mean is taken.
        influence: IndexMap<String, Vec<Vec<f64>>> = IndexMap::new(),
        /// The matrix is divided by the greatest sum of a row (`rows`), or of a row or column (`both`).
        divisor: Divisor = Divisor::Both,
        /// The weight of a sibling is the length of prominence and relation together (`length`), or its prominence (`prominence`).
        rule: Rule = Rule::Length,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "dematel",
    summary: "Weighs each sibling by how strongly it influences the others and is influenced by them, directly and through others.",
    formula: "N = A / s, s the greatest sum of a row or column; T = N (I - N)⁻¹; D_i = Σ_j t_ij, R_i = Σ_j t_ji; length: w_i ∝ √((D_i + R_i)² + (D_i - R_i)²); prominence: w_i ∝ D_i + R_i",
    reference: "Gabus & Fontela (1972), World problems, an invitation to further thought within the framework of DEMATEL, Battelle Geneva; weights: Dalalah, Hayajneh & Batieha (2011), Expert Systems with Applications 38(7), 8384-8391",
    settings: Dematel::declared,
    make: |values: &Settings| Ok(Box::new(Dematel::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        Given::new(
            "total_influence",
            "T",
            Shape::SIBLINGS_SIBLINGS,
            "The influence of the row on the column, directly and through others.",
        ),
        Given::new(
            "given_influence",
            "D",
            Shape::SIBLINGS,
            "The influence on all siblings (影响度).",
        ),
        Given::new(
            "received_influence",
            "R",
            Shape::SIBLINGS,
            "The influence of all siblings on it (被影响度).",
        ),
        Given::new("prominence", "D + R", Shape::SIBLINGS, "The prominence (中心度)."),
        Given::new(
            "relation",
            "D − R",
            Shape::SIBLINGS,
            "The relation: above 0 for a cause, below 0 for an effect (原因度).",
        ),
        Given::new("threshold", "α", Shape::FIGURE, "The mean of the total influences."),
    ],
    example: || {
        Example {
            columns: vec![vec![1.0], vec![2.0]],
            // N = [[0, 1], [1/2, 0]]; I − N has the inverse [[2, 2], [1, 2]], T = [[1, 2], [1, 1]]: D 3, 2 and R 2, 3.
            expected: vec![0.5, 0.5],
            source: "by hand: T = [[1, 2], [1, 1]], prominence 5 and 5, relation 1 and -1".into(),
            ..Example::default()
        }
        .with([(
            "influence",
            Value::Table(
                [("index".to_owned(), vec![vec![0.0, 2.0], vec![1.0, 0.0]].into())]
                    .into_iter()
                    .collect(),
            ),
        )])
    },
};

impl Weighting for Dematel {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let n = out.len();
        if n == 1 {
            out[0] = 1.0;
            return Ok(());
        }
        let direct = self.direct(siblings, n)?;
        let total = self.total(&siblings.parent.code, &direct, n)?;
        let given: Vec<f64> = total.chunks_exact(n).map(number::sum).collect();
        let column = |j: usize| (0..n).map(|i| total[i * n + j]).sum::<f64>();
        let received: Vec<f64> = (0..n).map(column).collect();
        let prominence: Vec<f64> = given.iter().zip(&received).map(|(d, r)| d + r).collect();
        let relation: Vec<f64> = given.iter().zip(&received).map(|(d, r)| d - r).collect();
        for (k, weight) in out.iter_mut().enumerate() {
            *weight = match self.rule {
                Rule::Prominence => prominence[k],
                Rule::Length => (prominence[k] * prominence[k] + relation[k] * relation[k]).sqrt(),
            };
        }
        let into = &mut scratch.intermediate;
        into.figure("threshold", number::sum(&total) / (n * n) as f64);
        into.give("total_influence", Shape::SIBLINGS_SIBLINGS, n, &[], total);
        into.siblings("given_influence", given);
        into.siblings("received_influence", received);
        into.siblings("prominence", prominence);
        into.siblings("relation", relation);
        Ok(())
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}

impl Dematel {
    /// The mean of the experts' influences, row by row.
    fn direct(&self, siblings: &Siblings<'_>, n: usize) -> Result<Vec<f64>, MethodError> {
        let parent = &siblings.parent.code;
        let Some(rows) = self.influence.get(parent) else {
            return Err(MethodError::NotInSetting { setting: "influence", code: parent.clone() });
        };
        let sound = |row: &Vec<f64>| row.len() == n && row.iter().all(|x| *x >= 0.0);
        if rows.is_empty() || !rows.len().is_multiple_of(n) || !rows.iter().all(sound) {
            return Err(MethodError::Other(text!(influence_matrix, parent = parent, n = n)));
        }
        let experts = rows.len() / n;
        let mut direct = vec![0.0; n * n];
        for matrix in rows.chunks_exact(n) {
            for (cell, x) in direct.iter_mut().zip(matrix.iter().flatten()) {
                *cell += x / experts as f64;
            }
        }
        Ok(direct)
    }

    /// Direct and indirect influences: N (I − N)⁻¹.
    fn total(&self, parent: &str, direct: &[f64], n: usize) -> Result<Vec<f64>, MethodError> {
        let rows = direct.chunks_exact(n).map(number::sum).fold(0.0, number::max);
        let column = |j: usize| (0..n).map(|i| direct[i * n + j]).sum::<f64>();
        let columns = (0..n).map(column).fold(0.0, number::max);
        let divisor = match self.divisor {
            Divisor::Rows => rows,
            Divisor::Both => number::max(rows, columns),
        };
        let wrong = || MethodError::Other(text!(influence_undetermined, parent = parent));
        if divisor.is_nan() || divisor <= 0.0 || divisor.is_infinite() {
            return Err(wrong());
        }
        // Row i of T solves t (I − N) = n_i, that is (I − N)ᵀ tᵀ = n_iᵀ.
        let mut total = Vec::with_capacity(n * n);
        for i in 0..n {
            let mut transposed = vec![0.0; n * n];
            for a in 0..n {
                for b in 0..n {
                    let one = if a == b { 1.0 } else { 0.0 };
                    transposed[b * n + a] = one - direct[a * n + b] / divisor;
                }
            }
            let mut row: Vec<f64> =
                direct[i * n..(i + 1) * n].iter().map(|x| x / divisor).collect();
            solve(&mut transposed, &mut row).ok_or_else(wrong)?;
            // Under `rows` the powers of N need not add up: their sum would have a part below 0.
            if row.iter().any(|x| !x.is_finite() || *x < -1e-9) {
                return Err(wrong());
            }
            total.extend(row);
        }
        Ok(total)
    }
}
