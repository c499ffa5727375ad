//! MOOSRA: what is wanted of a region over what is not.

use quanheng_words::text;

use super::mcdm::{criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    choice, settings,
};
use crate::model::{Direction, Indicator};

choice! {
    /// What a column is divided by.
    pub enum Scale {
        /// The root of its sum of squares.
        Vector = "vector",
        /// Nothing.
        None = "none",
    }
}

settings! {
    /// Settings of MOOSRA.
    pub struct Moosra {
        /// What the columns are divided by first: the root of their sum of squares, as in the original paper (`vector`), or nothing (`none`), as JMcDM has it, which divides all columns by the same number.
        scale: Scale = Scale::Vector,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "moosra",
    summary: "The sum of the children where more is better over that of the children where less is better, in vector scale",
    formula: "S = Σ w·r / Σ w·r of the children where less is better, with r = x / √(Σ x²)",
    reference: "Das, Sarkar & Ray (2012), International Journal of Applied Decision Sciences 5",
    settings: Moosra::declared,
    make: |values: &Settings| Ok(Box::new(Moosra::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("good", "", Shape::REGIONS, "The sum of the children where more is better."),
        Given::new("bad", "", Shape::REGIONS, "The sum of the children where less is better."),
    ],
    example: || Example {
        columns: vec![vec![3.0, 4.0], vec![4.0, 3.0]],
        indicators: vec![
            Indicator::default(),
            Indicator { direction: Direction::Negative, ..Indicator::default() },
        ],
        expected: vec![0.75, 4.0 / 3.0],
        source: "by hand: 0.6 / 0.8 and 0.8 / 0.6".into(),
        ..Example::default()
    },
};

impl Aggregation for Moosra {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        out.fill(0.0);
        let bad = zeros(&mut scratch.a, out);
        let mut cost = None;
        for c in criteria(children)? {
            c.refuse(|x| x < 0.0, text!(needed_not_negative))?;
            let length = match self.scale {
                Scale::None => 1.0,
                Scale::Vector if c.greatest == 0.0 => 1.0,
                Scale::Vector => c.length()?,
            };
            let into: &mut [f64] = if c.cost { bad } else { out };
            for (sum, x) in into.iter_mut().zip(c.values) {
                *sum += c.weight * (x / length);
            }
            if c.cost {
                cost = Some(c.child);
            }
        }
        let Some(column) = cost else {
            return Err(MethodError::Other(text!(no_cost)));
        };
        scratch.intermediate.regions("good", out.iter().copied());
        scratch.intermediate.regions("bad", bad.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            if bad[row] == 0.0 {
                let needed = text!(needed_some_cost);
                return Err(MethodError::OutOfDomain { column, row, value: 0.0, needed });
            }
            *score /= bad[row];
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, non_negative: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { lower: 0.0, ..Domain::ANY }
    }
}
