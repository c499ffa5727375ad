//! Weights by how little a column varies (preference selection index).

use quanheng_words::text;

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units, choice,
    settings,
};
use crate::model::Direction;
use crate::number;

choice! {
    /// What the variation of a column is.
    pub enum Variation { Sum = "sum", Mean = "mean" }
}

settings! {
    /// How the variation of a column is measured.
    pub struct Psi {
        /// The `sum` of the squared deviations, as in the paper, which is above 1 where there are many regions and is refused then; or their `mean`.
        variation: Variation = Variation::Sum,
    }
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "psi",
    summary: "Weighs each sibling by how little its shares of the best value vary (preference selection index).",
    formula: "n_ij = x_ij / max_j, where less is better min_j / x_ij; PV_j = Σ_i (n_ij - n̄_j)², or its mean over i; w_j ∝ 1 - PV_j",
    reference: "Maniya & Bhatt (2010), Materials & Design 31(4), 1785-1789",
    settings: Psi::declared,
    make: |values: &Settings| Ok(Box::new(Psi::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[
        Given::new("variation", "PV", Shape::SIBLINGS, "The variation of the shares of the best."),
        Given::new("deviation", "Φ", Shape::SIBLINGS, "1 − PV."),
    ],
    example: || Example {
        // Shares 1/2 and 1, squared deviations 1/16 twice: 7/8; and 3/4 and 1: 31/32.
        columns: vec![vec![1.0, 2.0], vec![3.0, 4.0]],
        expected: vec![28.0 / 59.0, 31.0 / 59.0],
        source: "by hand: 1 - 1/8 and 1 - 1/32".into(),
        ..Example::default()
    },
};

impl Weighting for Psi {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        for (k, column) in siblings.columns.iter().enumerate() {
            let less_is_better = siblings.directions[k] == Direction::Negative;
            columns::refuse_below(k, column, less_is_better)?;
            let Some((least, greatest)) = number::extremes(column) else {
                return Err(MethodError::TooFew { found: 0, needed: 1 });
            };
            if greatest == 0.0 {
                let (what, needed) = (text!(divisor_greatest), text!(needed_above_zero));
                let (what, needed) = (Box::new(what), Box::new(needed));
                return Err(MethodError::Divisor { column: k, what, value: greatest, needed });
            }
            let shares = &mut scratch.a;
            shares.clear();
            shares.extend(column.iter().map(|x| match less_is_better {
                true => least / x,
                false => x / greatest,
            }));
            let mean = number::population_variance(shares).unwrap_or(0.0);
            let variation = match self.variation {
                Variation::Sum => mean * number::count(shares) as f64,
                Variation::Mean => mean,
            };
            if variation.is_nan() || variation >= 1.0 {
                return Err(MethodError::Other(text!(
                    variation_above_one,
                    node = &siblings.nodes[k].code,
                    variation = variation
                )));
            }
            out[k] = 1.0 - variation;
        }
        scratch.intermediate.siblings("variation", out.iter().map(|w| 1.0 - w));
        scratch.intermediate.siblings("deviation", out.iter().copied());
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { non_negative: true, ..Needs::NOTHING }
    }
}
