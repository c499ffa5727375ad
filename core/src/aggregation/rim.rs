//! RIM: how near a region is to an interval of ideal values in every child.

use quanheng_words::text;

use super::mcdm::{ByChild, criteria, refuse_unknown, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::number;

settings! {
    /// Settings of RIM.
    pub struct Rim {
        /// The least value that there can be, of single children by their code; of the others the least among the regions.
        lower: ByChild = ByChild::new(),
        /// The greatest value that there can be, of single children by their code; of the others the greatest among the regions. With `lower` and `upper` stated for every child, no region can change the score of another one.
        upper: ByChild = ByChild::new(),
        /// Where the interval of ideal values begins, of single children by their code; where only one end of the interval is stated, it is a single value, and where none is, it is the better one of `lower` and `upper`.
        ideal_lower: ByChild = ByChild::new(),
        /// Where the interval of ideal values ends, of single children by their code.
        ideal_upper: ByChild = ByChild::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "rim",
    summary: "How near a region is to an interval of ideal values in every child, which may lie anywhere in its range; one inside every interval is 1",
    formula: "S = I⁻ / (I⁺ + I⁻), with I⁻ = √Σ (w·f)² and I⁺ = √Σ (w·(f − 1))²; f is 1 in the interval, and 1 less the part of the way from it to the end of the range elsewhere",
    reference: "Cables, Lamata & Verdegay (2016), Information Sciences 337",
    settings: Rim::declared,
    make: |values: &Settings| Ok(Box::new(Rim::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[
        Given::new(
            "closeness",
            "f",
            Shape::REGIONS_SIBLINGS,
            "How near a value is to the interval of ideal values: 1 in it, 0 at the end of the range.",
        ),
        Given::new("i_plus", "I⁺", Shape::REGIONS, "The distance from the ideal."),
        Given::new("i_minus", "I⁻", Shape::REGIONS, "The distance from the ends of the ranges."),
    ],
    example: || Example {
        columns: vec![vec![0.0, 4.0, 2.0]],
        expected: vec![0.0, 1.0, 0.5],
        source: "by hand: f is 0, 1 and 0.5".into(),
        ..Example::default()
    },
};

impl Aggregation for Rim {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let codes = [&self.lower, &self.upper, &self.ideal_lower, &self.ideal_upper];
        refuse_unknown(children, codes.into_iter().flat_map(|table| table.keys()))?;
        let (plus, minus) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        let width = children.columns.len();
        let asked = scratch.intermediate.is_asked();
        let mut closeness = vec![f64::NAN; if asked { out.len() * width } else { 0 }];
        for c in criteria(children)? {
            let ends = c.range(children, &self.lower, &self.upper)?;
            let (lower, upper) =
                (number::min(ends.best, ends.worst), number::max(ends.best, ends.worst));
            let code = &children.nodes[c.child].code;
            let (from, to) = (self.ideal_lower.get(code), self.ideal_upper.get(code));
            let best = &ends.best;
            let (from, to) = (*from.or(to).unwrap_or(best), *to.or(from).unwrap_or(best));
            if !(lower <= from && from <= to && to <= upper) {
                return Err(MethodError::Other(text!(
                    ideal_beyond,
                    code = code,
                    from = from,
                    to = to,
                    lower = lower,
                    upper = upper
                )));
            }
            for (row, x) in c.values.iter().enumerate() {
                let x = ends.within(*x);
                let f = match x {
                    _ if x < from => (x - lower) / (from - lower),
                    _ if x > to => (upper - x) / (upper - to),
                    _ => 1.0,
                };
                let (far, near) = (c.weight * (f - 1.0), c.weight * f);
                plus[row] += far * far;
                minus[row] += near * near;
                if asked {
                    closeness[row * width + c.child] = f;
                }
            }
        }
        plus.iter_mut().chain(minus.iter_mut()).for_each(|d| *d = d.sqrt());
        let into = &mut scratch.intermediate;
        into.give("closeness", Shape::REGIONS_SIBLINGS, width, &[], closeness);
        into.regions("i_plus", plus.iter().copied());
        into.regions("i_minus", minus.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            *score = minus[row] / (plus[row] + minus[row]);
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
        Domain::between(0.0, 1.0)
    }
}
