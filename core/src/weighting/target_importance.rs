//! Weights that give each sibling the importance it is meant to have.

use quanheng_words::text;

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units, Value,
    choice, settings,
};
use crate::number::{self, Correlation, solve};
use indexmap::IndexMap;

choice! {
    /// What importance is a share of.
    pub enum Importance { Squared = "squared", Linear = "linear" }
}

settings! {
    /// The importance that is wanted, and how it is measured.
    pub struct TargetImportance {
        /// The importance that each sibling is to have, by code; else the weight it states in the tree; where no sibling
        /// states anything, all are to have the same.
        targets: IndexMap<String, f64> = IndexMap::new(),
        /// A sibling's share of the `squared` correlations of all of them with the weighted sum, or of the correlations
        /// themselves (`linear`).
        importance: Importance = Importance::Squared,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "target_importance",
    summary: "Finds the weights at which each sibling's correlation with the weighted sum has the wanted share; refused where that takes a weight below 0.",
    formula: "y = Σ w_j x_j, ρ_j = cor(x_j, y); squared: ρ_j² / Σ ρ² = t_j; linear: ρ_j / Σ ρ = t_j. All ρ_j being 0 or above, both are linear: R u ∝ √t or t, w_j = u_j / s_j, R the correlations and s the standard deviations over the regions that have every sibling",
    reference: "Paruolo, Saisana & Saltelli (2013), J. Royal Statistical Society A 176(3), 609-634; Becker, Saisana, Paruolo & Vandecasteele (2017), Ecological Indicators 80, 12-22",
    settings: TargetImportance::declared,
    make: |values: &Settings| Ok(Box::new(TargetImportance::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[
        Given::new(
            "correlation",
            "r",
            Shape::SIBLINGS,
            "The correlation of the sibling with the weighted sum.",
        ),
        Given::new(
            "importance",
            "r²%",
            Shape::SIBLINGS,
            "Its squared correlation as a share of all squared correlations.",
        ),
    ],
    example: || {
        Example {
            // Without correlation ρ_j ∝ w_j s_j; 0.8 to 0.2 are the squares of 2 to 1, and the deviations are 1 to 2.
            columns: vec![vec![0.0, 1.0, 0.0, 1.0], vec![0.0, 0.0, 2.0, 2.0]],
            expected: vec![0.8, 0.2],
            source: "by hand: two columns without correlation, one spread twice as wide".into(),
            ..Example::default()
        }
        .with([(
            "targets",
            Value::Table(
                [("x1".to_owned(), 0.8.into()), ("x2".to_owned(), 0.2.into())]
                    .into_iter()
                    .collect(),
            ),
        )])
    },
};

impl Weighting for TargetImportance {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        self.targets(siblings, out)?;
        if out.len() == 1 {
            out[0] = 1.0;
            return Ok(());
        }
        let common = common_rows(siblings.columns);
        let needed = out.len() + 1;
        let rows = common[0].len();
        if rows < needed {
            return Err(MethodError::TooFewRows { found: rows, needed });
        }
        for column in &common {
            if !columns::varies(column)? {
                return Err(MethodError::Constant { value: column[0] });
            }
        }
        // The columns are brought to one scale first, so that sums of squares neither overflow nor vanish.
        let ranges: Vec<f64> = common
            .iter()
            .map(|column| {
                number::extremes(column).map_or(1.0, |(least, greatest)| greatest - least)
            })
            .collect();
        let scaled: Vec<Vec<f64>> = common
            .iter()
            .zip(&ranges)
            .map(|(column, range)| column.iter().map(|x| x / range - column[0] / range).collect())
            .collect();
        let slices: Vec<&[f64]> = scaled.iter().map(Vec::as_slice).collect();
        Correlation::Pearson.matrix(&slices, &mut scratch.a);
        solve(&mut scratch.a, out)
            .ok_or_else(|| MethodError::Other(text!(importance_undetermined)))?;
        if scratch.intermediate.is_asked() {
            // The weights u of the standardised columns solve R u = t, so that the sum correlates with them as t.
            let mut wanted = vec![0.0; out.len()];
            self.targets(siblings, &mut wanted)?;
            let length = number::dot(out, &wanted).sqrt();
            let square: f64 = wanted.iter().map(|t| t * t).sum();
            let into = &mut scratch.intermediate;
            into.siblings("correlation", wanted.iter().map(|t| t / length));
            into.siblings("importance", wanted.iter().map(|t| t * t / square));
        }
        let greatest = out.iter().fold(0.0, |m, u| number::max(m, u.abs()));
        for (k, weight) in out.iter_mut().enumerate() {
            if weight.abs() < greatest * 1e-12 {
                // What is not told from zero is zero.
                *weight = 0.0;
            }
            if *weight < 0.0 {
                return Err(MethodError::Other(text!(
                    importance_unreachable,
                    node = &siblings.nodes[k].code
                )));
            }
            let deviation = number::sample_variance(&scaled[k]).map_or(0.0, f64::sqrt);
            *weight /= deviation * ranges[k];
        }
        columns::finite(out)
    }

    fn needs(&self) -> Needs {
        Needs::ORIENTED
    }
}

impl TargetImportance {
    /// Writes what each correlation with the weighted sum is to be proportional to.
    fn targets(&self, siblings: &Siblings<'_>, out: &mut [f64]) -> Result<(), MethodError> {
        let stated = |k: usize| {
            let node = siblings.nodes[k];
            self.targets.get(&node.code).copied().or(node.weight)
        };
        let none = (0..out.len()).all(|k| stated(k).is_none());
        for (k, target) in out.iter_mut().enumerate() {
            let wanted = match stated(k) {
                Some(wanted) => wanted,
                None if none => 1.0,
                None => return Err(MethodError::Unstated { child: k, fact: "target" }),
            };
            if wanted.is_nan() || wanted < 0.0 {
                return Err(MethodError::Other(text!(
                    importance_negative,
                    node = &siblings.nodes[k].code
                )));
            }
            *target = if self.importance == Importance::Squared { wanted.sqrt() } else { wanted };
        }
        if out.iter().all(|t| *t == 0.0) { Err(MethodError::NoWeight) } else { Ok(()) }
    }
}

/// The columns over the rows in which all of them have a value.
fn common_rows(columns: &[&[f64]]) -> Vec<Vec<f64>> {
    let rows = columns.first().map_or(0, |column| column.len());
    let complete: Vec<usize> =
        (0..rows).filter(|&row| columns.iter().all(|column| !column[row].is_nan())).collect();
    columns.iter().map(|column| complete.iter().map(|&row| column[row]).collect()).collect()
}

#[cfg(test)]
mod tests {
    use crate::conformance::Trial;
    use crate::method::{Example, MethodError, Settings, find};
    use crate::number::Correlation;

    fn weigh(
        columns: &[&[f64]],
        stated: &[f64],
        importance: &str,
    ) -> Result<Vec<f64>, MethodError> {
        let example = Example {
            columns: columns.iter().map(|c| c.to_vec()).collect(),
            stated: stated.to_vec(),
            settings: Settings::from([("importance", importance.into())]),
            ..Example::default()
        };
        let entry = find(crate::weighting::TABLE, "target_importance").unwrap();
        (entry.make)(&example.settings).unwrap().trial(&example)
    }

    const COLUMNS: [&[f64]; 3] = [
        &[1.0, 4.0, 2.0, 8.0, 5.0, 7.0, 3.0],
        &[20.0, 10.0, 50.0, 60.0, 30.0, 70.0, 10.0],
        &[0.9, 0.2, 0.4, 0.5, 0.1, 0.8, 0.6],
    ];

    #[test]
    fn importance_is_as_wanted() {
        for (importance, squared) in [("squared", true), ("linear", false)] {
            let targets = [0.3, 0.45, 0.25];
            let weights = weigh(&COLUMNS, &targets, importance).unwrap();
            let y: Vec<f64> = (0..COLUMNS[0].len())
                .map(|row| COLUMNS.iter().zip(&weights).map(|(c, w)| c[row] * w).sum())
                .collect();
            let of = |x: &[f64]| {
                let r = Correlation::Pearson.of(x, &y).unwrap();
                if squared { r * r } else { r }
            };
            let total: f64 = COLUMNS.iter().map(|c| of(c)).sum();
            for (column, target) in COLUMNS.iter().zip(targets) {
                let found = of(column) / total;
                assert!((found - target).abs() < 1e-12, "{importance}: {found}, wanted {target}");
            }
        }
    }

    #[test]
    fn what_cannot_be() {
        let refused = |columns: &[&[f64]], stated: &[f64]| {
            weigh(columns, stated, "squared").unwrap_err().to_string()
        };
        // Almost the same column: it cannot have almost nothing.
        let near: &[f64] = &[1.0, 4.0, 2.0, 8.0, 5.0, 7.0, 3.5];
        assert!(refused(&[COLUMNS[0], near], &[0.99, 0.01]).contains("weight below 0 for `x2`"));
        assert!(refused(&[COLUMNS[0], COLUMNS[0]], &[]).contains("determine one another"));
        assert!(refused(&[COLUMNS[0], &[2.0; 7]], &[]).contains("every value is 2"));
    }
}
