//! Weights from the first principal component.

use quanheng_words::number::fixed;
use quanheng_words::text;

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, choice, settings,
};
use crate::number::{self, Correlation, eigen_symmetric};

choice! {
    /// How loadings become weights.
    pub enum Rule { Loadings = "loadings", Squared = "squared" }
}

settings! {
    /// How loadings become weights.
    pub struct Pca {
        /// `loadings` (refused where they disagree in sign) or `squared` loadings, which add up to one.
        rule: Rule = Rule::Loadings,
    }
}

/// The eigenvalues.
pub(super) const EIGENVALUES: Given = Given::new(
    "eigenvalues",
    "λ",
    Shape::LIST,
    "The eigenvalues of the correlations, the greatest first.",
);

/// The share of each component.
pub(super) const SHARES: Given = Given::new(
    "shares",
    "%",
    Shape::LIST,
    "The share of the variance that each component explains.",
);

/// The shares added up.
pub(super) const CUMULATIVE: Given = Given::new(
    "cumulative",
    "Σ%",
    Shape::LIST,
    "The share that the components explain up to this one.",
);

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "pca",
    summary: "Weighs each sibling by its loading on the first principal component of the correlations.",
    formula: "R v = λ v for the greatest λ; loadings: w_j ∝ v_j; squared: w_j ∝ v_j²",
    reference: "OECD/JRC Handbook (2008), for the use of components as weights; loadings as COINr's get_PCA",
    settings: Pca::declared,
    make: |values: &Settings| Ok(Box::new(Pca::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        EIGENVALUES,
        SHARES,
        CUMULATIVE,
        Given::new("loadings", "l", Shape::SIBLINGS_LIST, "The loadings √λ·v on the components."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![3.0, 5.0, 4.0]],
        expected: vec![0.5, 0.5],
        source: "by symmetry".into(),
        ..Example::default()
    },
};

impl Weighting for Pca {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let n = siblings.columns.len();
        columns::refuse_all_constant(siblings)?;
        columns::all_min_max(siblings, &mut scratch.b)?;
        let rows = siblings.columns[0].len();
        let scaled: Vec<&[f64]> = scratch.b.chunks_exact(rows.max(1)).collect();
        // A constant column correlates with nothing, and weighs nothing.
        Correlation::Pearson.matrix(&scaled, &mut scratch.a);
        let (values, vectors) =
            eigen_symmetric(&scratch.a, n).ok_or(MethodError::NoConvergence { steps: 100 })?;
        columns::spectrum(&values, &vectors, &mut scratch.intermediate);
        let first = &vectors[..n];
        let sign = if number::sum(first) < 0.0 { -1.0 } else { 1.0 };
        for (k, (weight, v)) in out.iter_mut().zip(first).enumerate() {
            // What is not told from zero is zero.
            let loading = if v.abs() < 1e-12 { 0.0 } else { v * sign };
            *weight = match self.rule {
                Rule::Squared => loading * loading,
                Rule::Loadings if loading >= 0.0 => loading,
                Rule::Loadings => {
                    return Err(MethodError::Other(text!(
                        loading_negative,
                        node = &siblings.nodes[k].code,
                        loading = fixed(loading, 3)
                    )));
                }
            };
        }
        columns::finite(out)
    }
}
