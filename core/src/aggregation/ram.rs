//! A root of the gains whose degree grows with the losses.

use quanheng_words::text;

use super::mcdm::{criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    choice, settings,
};

choice! {
    /// What a column is divided by.
    pub enum Scale {
        /// Its sum.
        Sum = "sum",
        /// Nothing.
        None = "none",
    }
}

settings! {
    /// Settings of RAM.
    pub struct Ram {
        /// What the columns are divided by first: their sum, as in the original paper (`sum`), or nothing, for columns that are on one scale already (`none`).
        scale: Scale = Scale::Sum,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "ram",
    summary: "A root of the weighted shares where more is better, whose degree grows with the weighted shares where less is better",
    formula: "S = (2 + S⁺)^(1/(2 + S⁻)), with S⁺ and S⁻ the sums of w·x / Σ x where more and where less is better",
    reference: "Sotoudeh-Anvari (2023), Applied Soft Computing 138",
    settings: Ram::declared,
    make: |values: &Settings| Ok(Box::new(Ram::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("s_plus", "S⁺", Shape::REGIONS, "The weighted shares where more is better."),
        Given::new("s_minus", "S⁻", Shape::REGIONS, "The weighted shares where less is better."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 3.0]],
        expected: vec![1.5, (2.75_f64).sqrt()],
        source: "by hand: shares 0.25 and 0.75, the square roots of 2.25 and 2.75".into(),
        ..Example::default()
    },
};

impl Aggregation for Ram {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let (gains, losses) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        for c in criteria(children)? {
            let total = match self.scale {
                Scale::Sum => c.total()?,
                Scale::None => {
                    c.refuse(|x| x < 0.0, text!(needed_not_negative))?;
                    1.0
                }
            };
            let into = if c.cost { &mut *losses } else { &mut *gains };
            for (sum, x) in into.iter_mut().zip(c.values) {
                *sum += c.weight * (x / total);
            }
        }
        scratch.intermediate.regions("s_plus", gains.iter().copied());
        scratch.intermediate.regions("s_minus", losses.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            *score = libm::pow(2.0 + gains[row], 1.0 / (2.0 + losses[row]));
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, non_negative: true, ..Needs::NOTHING }
    }

    fn takes_printed_weights(&self) -> bool {
        true
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        match self.scale {
            Scale::Sum => Domain::between(1.0, 2.0),
            Scale::None => Domain::between(1.0, f64::INFINITY),
        }
    }
}
