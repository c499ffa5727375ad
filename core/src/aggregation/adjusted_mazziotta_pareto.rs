//! The adjusted Mazziotta-Pareto index.

use quanheng_words::text;

use super::mazziotta_pareto::{Penalty, Variance, give_penalty, penalised, spread};
use super::row::{by_row, mean};
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::number;

settings! {
    /// Settings of the adjusted Mazziotta-Pareto index.
    pub struct AdjustedMazziottaPareto {
        /// The value of each child that is worth 100; none stands for the means.
        reference: Vec<f64> = Vec::new(),
        /// Whether imbalance between the children lowers or raises the score.
        penalty: Penalty = Penalty::Subtract,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "adjusted_mazziotta_pareto",
    summary: "Scales each child to 60 points of range with 100 at a reference value, and takes the mean less a penalty for imbalance.",
    formula: "r = 100 ± 60·(x − reference)/(max − min); S = M ∓ σ²/M, with M = Σ w·r and σ² = Σ w·(r − M)²",
    reference: "Mazziotta & Pareto (2016), Social Indicators Research 127",
    settings: AdjustedMazziottaPareto::declared,
    make: |values: &Settings| Ok(Box::new(AdjustedMazziottaPareto::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: true,
    },
    intermediate: &[
        Given::new("mean", "M", Shape::REGIONS, "The mean of the scaled children."),
        Given::new(
            "deviation",
            "σ",
            Shape::REGIONS,
            "The standard deviation of the scaled children.",
        ),
        Given::new(
            "penalty",
            "σ²/M",
            Shape::REGIONS,
            "The penalty for imbalance: the deviation times the coefficient of variation.",
        ),
    ],
    example: || Example {
        columns: vec![vec![0.0, 1.0], vec![3.0, 1.0]],
        expected: vec![91.0, 91.0],
        source: "by hand: 70 and 130 about a mean of 100, less 30²/100".into(),
        ..Example::default()
    },
};

impl Aggregation for AdjustedMazziottaPareto {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let n = children.columns.len();
        if !self.reference.is_empty() && self.reference.len() != n {
            return Err(MethodError::Other(text!(
                reference_count,
                found = self.reference.len(),
                needed = n
            )));
        }
        let mut scaled = std::mem::take(&mut scratch.c);
        scaled.clear();
        for (k, column) in children.columns.iter().enumerate() {
            let Some((least, greatest)) = number::extremes(column) else {
                scaled.extend_from_slice(column);
                continue;
            };
            if children.weights[k] > 0.0 && least == greatest {
                return Err(MethodError::Constant { value: least });
            }
            let mean = || number::mean(column).expect("a value");
            let centre = self.reference.get(k).copied().unwrap_or_else(mean);
            let factor = 60.0 * children.directions[k].sign() / (greatest - least);
            scaled.extend(column.iter().map(|x| 100.0 + factor * (x - centre)));
        }
        let columns: Vec<&[f64]> = scaled.chunks_exact(out.len().max(1)).collect();
        let children = Children { columns: &columns, ..*children };
        let mut parts = Vec::new();
        let asked = scratch.intermediate.is_asked();
        let result = by_row(&children, scratch, out, |values, weights| {
            let mean = mean(values, weights, weights.iter().sum());
            if mean <= 0.0 {
                return f64::NAN;
            }
            if asked {
                parts.push((mean, spread(mean, values, weights, Variance::Population)));
            }
            penalised(mean, values, weights, self.penalty, Variance::Population)
        });
        give_penalty(&parts, out, &mut scratch.intermediate);
        scratch.c = scaled;
        result
    }

    fn needs(&self) -> Needs {
        Needs::NOTHING
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::ANY
    }
}
