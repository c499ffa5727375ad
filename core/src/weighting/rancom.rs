//! Weights from an order of importance by comparing every two siblings (RANCOM).

use quanheng_words::text;

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, Value, settings,
};
use indexmap::IndexMap;

settings! {
    /// The order, or the comparisons.
    pub struct Rancom {
        /// The rank of each sibling by code, 1 being the most important; where nothing is stated, the order of the weights in the tree.
        ranks: IndexMap<String, f64> = IndexMap::new(),
        /// Comparisons below a parent, by its code, which go before `ranks`: 1 in row i, column j where i is more important than j, 0.5 where both are as important, 0 where it is less; rows and columns in the order of the tree.
        comparisons: IndexMap<String, Vec<Vec<f64>>> = IndexMap::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "rancom",
    summary: "Weighs each sibling by how many others it is more important than, half counting for those as important.",
    formula: "a_ij = 1, 0.5 or 0 where i is more, as or less important than j, a_ii = 0.5; w_i ∝ Σ_j a_ij",
    reference: "Więckowski, Kizielewicz, Shekhovtsov & Sałabun (2023), RANCOM: a novel approach to identifying criteria relevance based on inaccuracy expert judgments, Engineering Applications of Artificial Intelligence 122, 106114",
    settings: Rancom::declared,
    make: |values: &Settings| Ok(Box::new(Rancom::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        Given::new(
            "comparisons",
            "a",
            Shape::SIBLINGS_SIBLINGS,
            "Which sibling is more important: 1, 0.5 or 0.",
        ),
        Given::new("sums", "SWC", Shape::SIBLINGS, "The sum of the row of comparisons."),
    ],
    example: || {
        let ranks = [("x1", 1.0), ("x2", 2.0), ("x3", 2.0)];
        Example {
            columns: vec![vec![1.0], vec![2.0], vec![3.0]],
            expected: vec![5.0 / 9.0, 2.0 / 9.0, 2.0 / 9.0],
            source: "by hand: 0.5 + 1 + 1, and 0 + 0.5 + 0.5 twice, of 4.5".into(),
            ..Example::default()
        }
        .with([(
            "ranks",
            Value::Table(ranks.into_iter().map(|(k, x)| (k.to_owned(), x.into())).collect()),
        )])
    },
};

impl Weighting for Rancom {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let n = out.len();
        let matrix = match self.comparisons.get(&siblings.parent.code) {
            Some(matrix) => stated(&siblings.parent.code, matrix, n)?,
            None => self.compared(siblings)?,
        };
        for (row, weight) in matrix.chunks_exact(n).zip(out.iter_mut()) {
            *weight = row.iter().sum();
        }
        let into = &mut scratch.intermediate;
        into.give("comparisons", Shape::SIBLINGS_SIBLINGS, n, &[], matrix);
        into.siblings("sums", out.iter().copied());
        Ok(())
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}

impl Rancom {
    /// The comparisons that an order means.
    fn compared(&self, siblings: &Siblings<'_>) -> Result<Vec<f64>, MethodError> {
        let place = |k: usize| -> Result<f64, MethodError> {
            let node = siblings.nodes[k];
            if self.ranks.is_empty() {
                return node
                    .weight
                    .map(|weight| -weight)
                    .ok_or(MethodError::Unstated { child: k, fact: "weight" });
            }
            let code = || MethodError::NotInSetting { setting: "ranks", code: node.code.clone() };
            self.ranks.get(&node.code).copied().ok_or_else(code)
        };
        let n = siblings.nodes.len();
        let places = (0..n).map(place).collect::<Result<Vec<f64>, MethodError>>()?;
        let compare = |a: f64, b: f64| {
            if a < b {
                1.0
            } else if a > b {
                0.0
            } else {
                0.5
            }
        };
        Ok(places.iter().flat_map(|a| places.iter().map(|b| compare(*a, *b))).collect())
    }
}

/// Comparisons as stated: of every two siblings one, and of each with itself a half.
fn stated(parent: &str, matrix: &[Vec<f64>], n: usize) -> Result<Vec<f64>, MethodError> {
    let wrong = || Err(MethodError::Other(text!(comparisons_matrix, parent = parent, n = n)));
    if matrix.len() != n || matrix.iter().any(|row| row.len() != n) {
        return wrong();
    }
    for i in 0..n {
        for j in 0..=i {
            let known = [0.0, 0.5, 1.0].contains(&matrix[i][j]);
            if !known || matrix[i][j] + matrix[j][i] != 1.0 {
                return wrong();
            }
        }
    }
    Ok(matrix.concat())
}
