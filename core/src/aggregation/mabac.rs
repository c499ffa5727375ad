//! How far a region is inside or outside of the border area of every child.

use super::mcdm::{criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};

settings! {
    /// No settings.
    pub struct Mabac {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "mabac",
    summary: "How far a region is above or below the border area of every child, which is the geometric mean of its weighted scores",
    formula: "S = Σ (v − g), with v = w·(s + 1), s min-max towards better and g = Π v^(1/n) over the n regions",
    reference: "Pamučar & Ćirović (2015), Expert Systems with Applications 42",
    settings: Mabac::declared,
    make: |values: &Settings| Ok(Box::new(Mabac::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[Given::new(
        "g",
        "G",
        Shape::SIBLINGS,
        "The border approximation area: the geometric mean of v over the regions.",
    )],
    example: || Example {
        columns: vec![vec![0.0, 3.0]],
        expected: vec![1.0 - std::f64::consts::SQRT_2, 2.0 - std::f64::consts::SQRT_2],
        source: "by hand: v = 1 and 2, and their geometric mean is √2".into(),
        ..Example::default()
    },
};

impl Aggregation for Mabac {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let borders = &mut scratch.a;
        borders.clear();
        borders.resize(children.columns.len(), f64::NAN);
        let sums = zeros(&mut scratch.b, out);
        for c in criteria(children)? {
            // A column without any spread is its own border.
            let spread = c.best() - c.worst();
            let score = |x: f64| if spread == 0.0 { 0.0 } else { (x - c.worst()) / spread };
            // The weight is taken out of the geometric mean.
            let logs: f64 = c.values.iter().map(|x| libm::log(score(*x) + 1.0)).sum();
            let border = libm::exp(logs / c.values.len() as f64);
            borders[c.child] = c.weight * border;
            for (sum, x) in sums.iter_mut().zip(c.values) {
                *sum += c.weight * (score(*x) + 1.0 - border);
            }
        }
        scratch.intermediate.siblings("g", borders.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            *score = sums[row];
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(-1.0, 1.0)
    }
}
