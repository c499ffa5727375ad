//! LMAW: logarithmic weights of several experts, brought together by Bonferroni's mean.

use indexmap::IndexMap;
use quanheng_words::text;

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, Value, settings,
};

settings! {
    /// The experts' scores.
    pub struct Lmaw {
        /// The scores below each parent, by the parent's code: a row an expert, a column a sibling, in the order of the tree.
        scores: IndexMap<String, Vec<Vec<f64>>> = IndexMap::new(),
        /// The anti-ideal point: a number below every score.
        anti_ideal: f64 [1e-300, 1e300] = 0.5,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "lmaw",
    summary: "Weighs each sibling by the logarithms of the experts' scores, brought together by Bonferroni's mean.",
    formula: "ω_ej = ln(s_ej / γ) / Σ_j ln(s_ej / γ); w_j ∝ √(Σ ω_ej·ω_fj / (k(k − 1))) over each two of the k experts e ≠ f",
    reference: "Pamučar, Žižović, Biswas & Božanić (2021), Facta Universitatis, Series: Mechanical Engineering 19",
    settings: Lmaw::declared,
    make: |values: &Settings| Ok(Box::new(Lmaw::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[Given::new(
        "bonferroni",
        "w",
        Shape::SIBLINGS,
        "Bonferroni's mean of the logarithmic weights, before the weights are scaled to a sum of one.",
    )],
    example: || {
        Example {
            columns: vec![vec![1.0], vec![2.0]],
            expected: vec![1.0 / 3.0, 2.0 / 3.0],
            source: "by hand: the logarithm of 4 is twice that of 2, for both experts".into(),
            ..Example::default()
        }
        .with([
            ("anti_ideal", 1.0.into()),
            (
                "scores",
                Value::Table(
                    [("index".to_owned(), vec![vec![2.0, 4.0], vec![2.0, 4.0]].into())]
                        .into_iter()
                        .collect(),
                ),
            ),
        ])
    },
};

impl Weighting for Lmaw {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let parent = &siblings.parent.code;
        let Some(scores) = self.scores.get(parent) else {
            return Err(MethodError::NotInSetting { setting: "scores", code: parent.clone() });
        };
        let n = out.len();
        if scores.is_empty() || scores.iter().any(|row| row.len() != n) {
            return Err(MethodError::Other(text!(experts_scores, parent = parent, n = n)));
        }
        if scores.iter().flatten().any(|score| *score <= self.anti_ideal) {
            let point = self.anti_ideal;
            return Err(MethodError::Other(text!(
                experts_above_anti_ideal,
                parent = parent,
                point = point
            )));
        }
        let own: Vec<Vec<f64>> = scores.iter().map(|row| self.logarithmic(row)).collect();
        for (j, weight) in out.iter_mut().enumerate() {
            let of_all: Vec<f64> = own.iter().map(|row| row[j]).collect();
            *weight = bonferroni(&of_all);
        }
        scratch.intermediate.siblings("bonferroni", out.iter().copied());
        Ok(())
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}

impl Lmaw {
    /// The weights of one expert.
    fn logarithmic(&self, scores: &[f64]) -> Vec<f64> {
        let logs: Vec<f64> = scores.iter().map(|x| libm::log(x / self.anti_ideal)).collect();
        let sum: f64 = logs.iter().sum();
        logs.iter().map(|log| log / sum).collect()
    }
}

/// The root of the mean product of each two numbers; a single one is its own mean.
fn bonferroni(numbers: &[f64]) -> f64 {
    let [one] = numbers else {
        let others = |e: usize| numbers.iter().enumerate().filter(move |(f, _)| *f != e);
        let products = |e: usize| others(e).map(|(_, x)| numbers[e] * x).sum::<f64>();
        let count = (numbers.len() * (numbers.len() - 1)) as f64;
        return ((0..numbers.len()).map(products).sum::<f64>() / count).sqrt();
    };
    *one
}
