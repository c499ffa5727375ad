//! Weights from a panel of experts.

use quanheng_words::number::fixed;
use quanheng_words::text;

use super::{Siblings, Weighting};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Only, Scratch, Settings, Shape, Units, Value,
    choice, settings,
};
use crate::number;
use indexmap::IndexMap;

choice! {
    /// How scores of several experts become one.
    pub enum Centre { Mean = "mean", Median = "median", Trimmed = "trimmed" }
}

settings! {
    /// The experts' scores, and how they are brought together.
    pub struct ExpertPanel {
        /// The scores below each parent, by the parent's code: a row an expert, a column a sibling, in the order of the tree.
        scores: IndexMap<String, Vec<Vec<f64>>> = IndexMap::new(),
        /// `mean`, `median` or `trimmed` mean.
        centre: Centre = Centre::Mean,
        /// The share of experts cut off at each end by the trimmed mean.
        trim: f64 [0.0, 0.49] = 0.1 => Only::Is("centre", &["trimmed"]),
        /// The least agreement (Kendall's W) that is accepted.
        min_agreement: f64 [0.0, 1.0] = 0.0,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "expert_panel",
    summary: "Weighs each sibling by the mean, median or trimmed mean of the experts' scores, if they agree well enough.",
    formula: "w_j ∝ centre of the scores of j over the experts; W = 12 S / (m² (n³ - n) - m Σ T), Kendall's, ties sharing mean ranks",
    reference: "Kendall & Babington Smith (1939), Annals of Mathematical Statistics 10(3), for W",
    settings: ExpertPanel::declared,
    make: |values: &Settings| Ok(Box::new(ExpertPanel::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[
        Given::new(
            "agreement",
            "W",
            Shape::FIGURE,
            "Kendall's coefficient of concordance of the experts.",
        ),
        Given::new(
            "chi_square",
            "χ²",
            Shape::FIGURE,
            "m(n − 1)W, for the test of agreement with n − 1 degrees of freedom.",
        ),
        Given::new(
            "centre",
            "x̄",
            Shape::SIBLINGS,
            "The mean, median or trimmed mean of the experts' scores.",
        ),
    ],
    example: || {
        Example {
            columns: vec![vec![1.0], vec![2.0]],
            expected: vec![0.6, 0.4],
            source: "by hand: means 6 and 4".into(),
            ..Example::default()
        }
        .with([(
            "scores",
            Value::Table(
                [("index".to_owned(), vec![vec![5.0, 5.0], vec![7.0, 3.0]].into())]
                    .into_iter()
                    .collect(),
            ),
        )])
    },
};

impl Weighting for ExpertPanel {
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
        let sound = |row: &Vec<f64>| row.len() == n && row.iter().all(|x| *x >= 0.0);
        if scores.is_empty() || !scores.iter().all(sound) {
            return Err(MethodError::Other(text!(experts_scores, parent = parent, n = n)));
        }
        let agreement = concordance(scores, scratch);
        if agreement < self.min_agreement {
            return Err(MethodError::Other(text!(
                experts_disagree,
                parent = parent,
                agreement = fixed(agreement, 3),
                least = self.min_agreement
            )));
        }
        let (experts, degrees) = (scores.len() as f64, n as f64 - 1.0);
        scratch.intermediate.figure("agreement", agreement);
        scratch.intermediate.figure("chi_square", experts * degrees * agreement);
        for (k, weight) in out.iter_mut().enumerate() {
            scratch.b.clear();
            scratch.b.extend(scores.iter().map(|row| row[k]));
            number::sorted(&scratch.b, &mut scratch.a);
            let all = scratch.a.len();
            let cut =
                if self.centre == Centre::Trimmed { (self.trim * all as f64) as usize } else { 0 };
            *weight = match self.centre {
                Centre::Median => number::median(&scratch.a),
                Centre::Mean | Centre::Trimmed => number::mean(&scratch.a[cut..all - cut]),
            }
            .unwrap_or(0.0);
        }
        scratch.intermediate.siblings("centre", out.iter().copied());
        Ok(())
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}

/// Kendall's coefficient of concordance; 1 where there is nothing to disagree on.
fn concordance(scores: &[Vec<f64>], scratch: &mut Scratch) -> f64 {
    let (m, n) = (scores.len() as f64, scores[0].len());
    let mut sums = vec![0.0; n];
    let mut ties = 0.0;
    for row in scores {
        scratch.a.clear();
        scratch.a.resize(n, 0.0);
        number::rank(row, number::Ties::Average, 0.0, &mut scratch.order, &mut scratch.a);
        for (k, rank) in scratch.a.iter().enumerate() {
            sums[k] += rank;
            // Each of t tied values adds t² - 1, together t³ - t.
            let tied = row.iter().filter(|x| **x == row[k]).count() as f64;
            ties += tied * tied - 1.0;
        }
    }
    let middle = m * (n as f64 + 1.0) / 2.0;
    let spread: f64 = sums.iter().map(|s| (s - middle) * (s - middle)).sum();
    let n = n as f64;
    let most = m * m * (n * n * n - n) - m * ties;
    if most > 0.0 { 12.0 * spread / most } else { 1.0 }
}
