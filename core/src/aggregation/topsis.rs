//! How near a region is to the best value of every child, and how far from the worst.

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
        /// Nothing.
        None = "none",
        /// The root of its sum of squares.
        Vector = "vector",
        /// The distance from its least to its greatest value.
        MinMax = "min_max",
        /// Its sum.
        Sum = "sum",
    }
}

settings! {
    /// Settings of TOPSIS.
    pub struct Topsis {
        /// How the columns are scaled first; `none` fits scores that are normalised already.
        scale: Scale = Scale::None,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "topsis",
    summary: "How near a region is to the best value of every child, and how far from the worst; one of the whole way is 1",
    formula: "S = d⁻ / (d⁺ + d⁻), with d the root of Σ (w·(r − r of the best or worst))²",
    reference: "Hwang & Yoon (1981), Multiple Attribute Decision Making",
    settings: Topsis::declared,
    make: |values: &Settings| Ok(Box::new(Topsis::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("d_plus", "D⁺", Shape::REGIONS, "The distance to the best values."),
        Given::new("d_minus", "D⁻", Shape::REGIONS, "The distance to the worst values."),
        Given::new("closeness", "C", Shape::REGIONS, "The relative closeness D⁻/(D⁺ + D⁻)."),
    ],
    example: || Example {
        columns: vec![vec![0.0, 1.0, 0.0], vec![0.0, 1.0, 1.0]],
        expected: vec![0.0, 1.0, 0.5],
        source: "by hand: the third region is as far from the best as from the worst".into(),
        ..Example::default()
    },
};

impl Aggregation for Topsis {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let (near, far) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        for c in criteria(children)? {
            let unit = match self.scale {
                Scale::None => 1.0,
                // A column without any spread says nothing.
                _ if c.greatest == c.least => continue,
                Scale::Vector => c.length()?,
                Scale::MinMax => c.greatest - c.least,
                Scale::Sum => c.sum()?,
            };
            for ((near, far), x) in near.iter_mut().zip(far.iter_mut()).zip(c.values) {
                let (up, down) = ((x - c.best()) / unit, (x - c.worst()) / unit);
                *near += c.weight * c.weight * up * up;
                *far += c.weight * c.weight * down * down;
            }
        }
        scratch.intermediate.regions("d_plus", near.iter().map(|d| d.sqrt()));
        scratch.intermediate.regions("d_minus", far.iter().map(|d| d.sqrt()));
        for (row, score) in out.iter_mut().enumerate() {
            let (near, far) = (near[row].sqrt(), far[row].sqrt());
            if near + far == 0.0 {
                return Err(MethodError::Other(text!(alike_all)));
            }
            *score = far / (near + far);
            finite(row, *score)?;
        }
        scratch.intermediate.regions("closeness", out.iter().copied());
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }
}
