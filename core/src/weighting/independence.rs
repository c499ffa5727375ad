//! Weights by how little the other siblings say of one (独立性权重法).

use quanheng_words::text;

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, settings,
};
use crate::number::Regression;

settings! {
    /// No settings.
    pub struct Independence {}
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "independence",
    summary: "Weighs each sibling by how little the others explain of it: by 1 over its multiple correlation with them.",
    formula: "R_j: the multiple correlation of j with all other siblings, by least squares over the regions that have every sibling; w_j ∝ 1 / R_j; 0 for a constant column, which takes no part",
    reference: "None of its own: 独立性权重法, as SPSSAU and Chinese textbooks have it",
    settings: Independence::declared,
    make: |values: &Settings| Ok(Box::new(Independence::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        Given::new(
            "multiple_correlation",
            "R",
            Shape::SIBLINGS,
            "The multiple correlation with the other siblings.",
        ),
        Given::new(
            "reciprocal",
            "1/R",
            Shape::SIBLINGS,
            "1 over it: what the weights are in proportion to.",
        ),
    ],
    example: || Example {
        // Two columns explain each other equally well.
        columns: vec![vec![1.0, 2.0, 4.0, 3.0], vec![2.0, 1.0, 5.0, 9.0]],
        expected: vec![0.5, 0.5],
        source: "by symmetry".into(),
        ..Example::default()
    },
};

impl Weighting for Independence {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        columns::refuse_all_constant(siblings)?;
        out.fill(0.0);
        let mut varying = Vec::new();
        for (k, column) in siblings.columns.iter().enumerate() {
            if columns::varies(column)? {
                varying.push(k);
            }
        }
        if let [only] = varying.as_slice() {
            // Nothing can explain it.
            out[*only] = 1.0;
            return Ok(());
        }
        let rows = siblings.columns.first().map_or(0, |column| column.len());
        let has_all = |row: &usize| varying.iter().all(|&k| !siblings.columns[k][*row].is_nan());
        let common: Vec<usize> = (0..rows).filter(has_all).collect();
        let needed = varying.len() + 1;
        if common.len() < needed {
            return Err(MethodError::TooFewRows { found: common.len(), needed });
        }
        let part =
            |k: usize| -> Vec<f64> { common.iter().map(|&row| siblings.columns[k][row]).collect() };
        let parts: Vec<Vec<f64>> = varying.iter().map(|&k| part(k)).collect();
        let mut found = vec![f64::NAN; out.len()];
        for (at, &k) in varying.iter().enumerate() {
            let others: Vec<&[f64]> = (0..parts.len())
                .filter(|other| *other != at)
                .map(|other| parts[other].as_slice())
                .collect();
            let dependent = || {
                MethodError::Other(text!(independence_undetermined, node = &siblings.nodes[k].code))
            };
            let fit = Regression::new(&parts[at], &others).ok_or_else(dependent)?;
            if fit.r_squared.is_nan() || fit.r_squared < 1e-12 {
                return Err(MethodError::Other(text!(
                    independence_unbounded,
                    node = &siblings.nodes[k].code
                )));
            }
            found[k] = fit.r_squared.sqrt();
            out[k] = 1.0 / found[k];
        }
        scratch.intermediate.siblings("multiple_correlation", found);
        scratch.intermediate.siblings("reciprocal", out.iter().copied());
        Ok(())
    }
}
