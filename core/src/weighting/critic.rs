//! CRITIC: contrast within and conflict between criteria.

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units, choice,
    settings,
};
use crate::number::{self, Correlation};

choice! {
    /// How agreement is measured.
    pub enum Agreement {
        Pearson = "pearson",
        Spearman = "spearman",
        Kendall = "kendall",
        Distance = "distance",
    }
}

choice! {
    /// On which scale the columns are compared.
    pub enum Scale { MinMax = "min_max", None = "none" }
}

choice! {
    /// What the contrast within a column is.
    pub enum Contrast { Deviation = "deviation", Variation = "variation" }
}

settings! {
    /// How contrast and agreement are measured. A constant column weighs nothing, and agrees with no other (ρ = 0).
    pub struct Critic {
        /// The coefficient of correlation; `distance` is that of distances, which is 0 only where two columns are independent (D-CRITIC).
        correlation: Agreement = Agreement::Pearson,
        /// Whether min-max is laid over the columns first (`min_max`, as in the paper), or they are taken as they are (`none`, as SPSSAU and the R package mathmodels take them).
        scale: Scale = Scale::MinMax,
        /// The contrast within a column: the standard deviation (`deviation`), or the coefficient of variation of the column as it is (`variation`).
        contrast: Contrast = Contrast::Deviation,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "critic",
    summary: "Weighs each sibling by its spread times how little it agrees with the others.",
    formula: "r after min-max towards better, or as it is; w_j ∝ s_j · Σ_k (1 - ρ_jk), s with divisor n - 1, ρ over the rows where both are present; variation: s_j / |x̄_j| for s_j",
    reference: "Diakoulaki, Mavrotas & Papayannakis (1995), Computers & Operations Research 22(7); `distance`: Krishnan, Kasim, Hamid & Ghazali (2021), Symmetry 13(6), 973",
    settings: Critic::declared,
    make: |values: &Settings| Ok(Box::new(Critic::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        Given::new(
            "deviation",
            "σ",
            Shape::SIBLINGS,
            "The contrast within the sibling: the standard deviation, or the coefficient of variation.",
        ),
        Given::new("conflict", "R", Shape::SIBLINGS, "The sum of 1 − ρ over the other siblings."),
        Given::new(
            "information",
            "C",
            Shape::SIBLINGS,
            "The information: contrast times conflict.",
        ),
        Given::new(
            "correlation",
            "ρ",
            Shape::SIBLINGS_SIBLINGS,
            "The correlations between the siblings.",
        ),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![3.0, 2.0, 1.0]],
        expected: vec![0.5, 0.5],
        source: "by symmetry".into(),
        ..Example::default()
    },
};

impl Weighting for Critic {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        columns::refuse_all_constant(siblings)?;
        let rows = siblings.columns[0].len();
        match self.scale {
            Scale::MinMax => columns::all_min_max(siblings, &mut scratch.a)?,
            Scale::None => as_they_are(siblings, &mut scratch.a)?,
        }
        let scaled: Vec<&[f64]> = scratch.a.chunks_exact(rows.max(1)).collect();
        self.agreement(&scaled, &mut scratch.b);
        let spread = scaled
            .iter()
            .enumerate()
            .map(|(k, column)| self.contrast(k, column, siblings.columns[k]))
            .collect::<Result<Vec<f64>, MethodError>>()?;
        for (k, weight) in out.iter_mut().enumerate() {
            let agreement = &scratch.b[k * scaled.len()..(k + 1) * scaled.len()];
            // A column's agreement with itself, 1, adds nothing to its conflict.
            let conflict: f64 = agreement.iter().map(|r| 1.0 - r).sum();
            *weight = spread[k] * conflict;
        }
        if scratch.intermediate.is_asked() {
            let n = scaled.len();
            let agreement = scratch.b.chunks_exact(n);
            let conflict = agreement.map(|row| row.iter().map(|r| 1.0 - r).sum());
            scratch.intermediate.siblings("deviation", spread);
            scratch.intermediate.siblings("conflict", conflict);
            scratch.intermediate.siblings("information", out.iter().copied());
            let correlation = scratch.b.iter().copied();
            scratch.intermediate.give("correlation", Shape::SIBLINGS_SIBLINGS, n, &[], correlation);
        }
        columns::finite(out)
    }

    fn needs(&self) -> Needs {
        Needs { uncentred: self.contrast == Contrast::Variation, ..Needs::NOTHING }
    }
}

impl Critic {
    /// Writes the coefficients of all columns with one another, row by row.
    fn agreement(&self, columns: &[&[f64]], out: &mut Vec<f64>) {
        let by = match self.correlation {
            Agreement::Pearson => Correlation::Pearson,
            Agreement::Spearman => Correlation::Spearman,
            Agreement::Kendall => Correlation::Kendall,
            Agreement::Distance => {
                let n = columns.len();
                out.clear();
                out.resize(n * n, 0.0);
                for i in 0..n {
                    for j in 0..=i {
                        let found = number::distance_correlation(columns[i], columns[j]);
                        let found = found.unwrap_or(0.0);
                        (out[i * n + j], out[j * n + i]) = (found, found);
                    }
                }
                return;
            }
        };
        by.matrix(columns, out);
    }

    /// The contrast within a column, `scaled` and as it is.
    fn contrast(&self, k: usize, scaled: &[f64], plain: &[f64]) -> Result<f64, MethodError> {
        match self.contrast {
            Contrast::Deviation => Ok(number::sample_variance(scaled).map_or(0.0, f64::sqrt)),
            Contrast::Variation if !columns::varies(plain)? => Ok(0.0),
            Contrast::Variation => columns::variation(k, plain),
        }
    }
}

/// Writes every column as it is, one after the other, with the sign under which more is better.
fn as_they_are(siblings: &Siblings<'_>, out: &mut Vec<f64>) -> Result<(), MethodError> {
    out.clear();
    for (column, direction) in siblings.columns.iter().zip(siblings.directions) {
        // Refuses too few values, and a range that is no number.
        columns::varies(column)?;
        out.extend(column.iter().map(|x| direction.sign() * x));
    }
    Ok(())
}
