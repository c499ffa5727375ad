//! Weights from rotated factors.

use quanheng_words::number::fixed;
use quanheng_words::text;

use super::{Siblings, Weighting, columns, pca};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Only, Scratch, Settings, Shape, Units, settings,
};
use crate::number::{self, Correlation, eigen_symmetric};

settings! {
    /// Which factors are kept, and how they are rotated.
    pub struct FactorAnalysis {
        /// How many factors are kept, at most one for each sibling; 0 leaves it to the three limits below.
        factors: usize [0.0, 1000.0] = 0,
        /// The least eigenvalue of a factor that is kept; the first one always is.
        least_eigenvalue: f64 [0.0, 1e9] = 1.0 => Only::Unstated("factors"),
        /// The least share of the variance that a factor that is kept explains; the first one always is.
        least_share: f64 [0.0, 1.0] = 0.1 => Only::Unstated("factors"),
        /// The least share of the variance that the kept factors must explain together.
        least_total: f64 [0.0, 1.0] = 0.6 => Only::Unstated("factors"),
        /// Whether every sibling counts the same in the rotation (Kaiser's normalisation), or by what the factors explain of it.
        normalise: bool = true,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "factor_analysis",
    summary: "Weighs each sibling by its squared loading on the rotated factor that it belongs to, and each factor by what it explains.",
    formula: "R v = λ v; loadings √λ v of the kept factors, rotated by varimax to l; j belongs to the factor f with the greatest l_jf²; w_j ∝ (l_jf² / Σ_i l_if²) · (V_f / Σ V), V_f = Σ_i l_if²",
    reference: "OECD/JRC Handbook (2008), pp. 89-91, after Nicoletti, Scarpetta & Boylaud (2000), OECD Economics Department Working Paper 226; Kaiser (1958), Psychometrika 23(3), 187-200, for varimax",
    settings: FactorAnalysis::declared,
    make: |values: &Settings| Ok(Box::new(FactorAnalysis::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        pca::EIGENVALUES,
        pca::SHARES,
        pca::CUMULATIVE,
        Given::new("loadings", "l", Shape::SIBLINGS_LIST, "The loadings √λ·v before rotation."),
        Given::new(
            "rotated",
            "l*",
            Shape::SIBLINGS_LIST,
            "The loadings on the factors that are kept, rotated by varimax.",
        ),
        Given::new(
            "communality",
            "h²",
            Shape::SIBLINGS,
            "What the factors explain of the sibling.",
        ),
        Given::new(
            "rotated_variance",
            "V",
            Shape::LIST,
            "What each rotated factor explains: the sum of its squared loadings.",
        ),
        Given::new(
            "rotated_shares",
            "V%",
            Shape::LIST,
            "The share of the variance that each rotated factor explains.",
        ),
    ],
    example: || Example {
        // Correlations 0.6, 0 and 0, eigenvalues 1.6, 1 and 0.4: two factors, squared loadings 0.8, 0.8 and 1.
        columns: vec![
            vec![1.0, 1.0, -1.0, -1.0],
            vec![7.0, -1.0, 1.0, -7.0],
            vec![1.0, -1.0, -1.0, 1.0],
        ],
        expected: vec![4.0 / 13.0, 4.0 / 13.0, 5.0 / 13.0],
        source: "by hand: two columns with a correlation of 0.6, a third without any".into(),
        ..Example::default()
    },
};

impl Weighting for FactorAnalysis {
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
        let variance: f64 = (0..n).map(|k| scratch.a[k * n + k]).sum();
        let (values, vectors) =
            eigen_symmetric(&scratch.a, n).ok_or(MethodError::NoConvergence { steps: 100 })?;
        columns::spectrum(&values, &vectors, &mut scratch.intermediate);
        let kept = self.kept(&values, variance)?;
        let mut loadings: Vec<Vec<f64>> = values[..kept]
            .iter()
            .zip(vectors.chunks_exact(n))
            .map(|(value, vector)| {
                let root = number::max(*value, 0.0).sqrt();
                vector.iter().map(|v| v * root).collect()
            })
            .collect();
        varimax(&mut loadings, self.normalise)?;
        if scratch.intermediate.is_asked() {
            let squared = |k: usize| loadings.iter().map(|f| f[k] * f[k]).sum::<f64>();
            let explained = loadings.iter().map(|f| number::dot(f, f));
            let rotated = (0..n).flat_map(|k| loadings.iter().map(move |f| f[k]));
            let into = &mut scratch.intermediate;
            into.give("rotated", Shape::SIBLINGS_LIST, kept, &[], rotated);
            into.siblings("communality", (0..n).map(squared));
            into.list("rotated_variance", &[], explained.clone());
            into.list("rotated_shares", &[], explained.map(|v| v / variance));
        }
        // Within its factor a sibling has the share l² / V of it, and the factor the share V / Σ V: together l² / Σ V.
        for (k, weight) in out.iter_mut().enumerate() {
            let greatest =
                loadings.iter().fold(0.0, |m, factor| number::max(m, factor[k] * factor[k]));
            // What is not told from zero is zero.
            *weight = if greatest < 1e-24 { 0.0 } else { greatest };
        }
        columns::finite(out)
    }
}

impl FactorAnalysis {
    /// How many factors are kept.
    fn kept(&self, values: &[f64], variance: f64) -> Result<usize, MethodError> {
        if self.factors > 0 {
            return Ok(self.factors.min(values.len()));
        }
        // Eigenvalues at a limit, as those of columns without correlation are, must not fall to rounding.
        let reaches = |x: f64, limit: f64| x >= limit * (1.0 - 1e-9);
        let enough = values.iter().take_while(|value| {
            reaches(**value, self.least_eigenvalue) && reaches(**value, self.least_share * variance)
        });
        let kept = enough.count().max(1);
        let explained = values[..kept].iter().sum::<f64>();
        if !reaches(explained, self.least_total * variance) {
            return Err(MethodError::Other(text!(
                factors_explain_too_little,
                kept = kept,
                explained = fixed(100.0 * explained / variance, 0),
                asked = fixed(100.0 * self.least_total, 0)
            )));
        }
        Ok(kept)
    }
}

const SWEEPS: usize = 1000;

/// Rotates the factors two by two until the variance of the squared loadings is greatest.
fn varimax(factors: &mut [Vec<f64>], normalise: bool) -> Result<(), MethodError> {
    let n = factors[0].len();
    let mut lengths = vec![1.0; n];
    if normalise {
        for (k, length) in lengths.iter_mut().enumerate() {
            let explained: f64 = factors.iter().map(|factor| factor[k] * factor[k]).sum();
            // A sibling that no factor explains keeps the weight zero.
            *length = if explained < 1e-24 { 1.0 } else { explained.sqrt() };
        }
    }
    for factor in factors.iter_mut() {
        factor.iter_mut().zip(&lengths).for_each(|(l, length)| *l /= length);
    }
    let mut settled = false;
    for _ in 0..SWEEPS {
        let mut greatest = 0.0;
        for q in 1..factors.len() {
            let (before, from) = factors.split_at_mut(q);
            for p in before {
                greatest = number::max(greatest, rotate(p, &mut from[0]));
            }
        }
        if greatest <= 1e-12 {
            settled = true;
            break;
        }
    }
    for factor in factors.iter_mut() {
        factor.iter_mut().zip(&lengths).for_each(|(l, length)| *l *= length);
    }
    if settled { Ok(()) } else { Err(MethodError::NoConvergence { steps: SWEEPS }) }
}

/// Turns two factors by Kaiser's angle, and returns its size.
fn rotate(x: &mut [f64], y: &mut [f64]) -> f64 {
    let n = x.len() as f64;
    let (mut a, mut b, mut c, mut d, mut scale) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y.iter()) {
        let (u, v) = (x * x - y * y, 2.0 * x * y);
        a += u;
        b += v;
        c += u * u - v * v;
        d += 2.0 * u * v;
        scale += u * u + v * v;
    }
    let (up, along) = (d - 2.0 * a * b / n, c - (a * a - b * b) / n);
    // Where no angle is better than another, the factors stay.
    if up.abs() + along.abs() <= 1e-13 * scale {
        return 0.0;
    }
    let angle = libm::atan2(up, along) / 4.0;
    let (sin, cos) = (libm::sin(angle), libm::cos(angle));
    for (x, y) in x.iter_mut().zip(y.iter_mut()) {
        (*x, *y) = (*x * cos + *y * sin, *y * cos - *x * sin);
    }
    angle.abs()
}
