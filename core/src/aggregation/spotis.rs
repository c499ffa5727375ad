//! SPOTIS: the distance from an ideal point within stated bounds.

use quanheng_words::text;

use super::mcdm::{ByChild, criteria, refuse_unknown, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Only, Scratch, Settings, Shape,
    Units, settings,
};
use crate::model::Direction;

settings! {
    /// Settings of SPOTIS.
    pub struct Spotis {
        /// The least value that there can be, of single children by their code; of the others the least among the regions.
        lower: ByChild = ByChild::new(),
        /// The greatest value that there can be, of single children by their code; of the others the greatest among the regions. With `lower` and `upper` stated for every child, no region can change the score of another one.
        upper: ByChild = ByChild::new(),
        /// The expected solution: the value from which the distance is measured, of single children by their code; of the others the better one of the bounds.
        expected: ByChild = ByChild::new(),
        /// How far the expected solution counts beside the ideal one, which has the better bound in every child: the trust in it, in balanced SPOTIS (Shekhovtsov, Dezert & Sałabun 2025, Proceedings of ICAART 17).
        alpha: f64 [0, 1] = 1.0 => Only::Stated("expected"),
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "spotis",
    summary: "The weighted distance from the ideal point, as a part of the way between stated bounds; less is better",
    formula: "S = Σ w·(α·|x − e| + (1 − α)·|x − b|) / (upper − lower), with b the better bound and e the expected solution, or b",
    reference: "Dezert, Tchamova, Han & Tacnet (2020), IEEE 23rd International Conference on Information Fusion",
    settings: Spotis::declared,
    make: |values: &Settings| Ok(Box::new(Spotis::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[
        Given::new("d_ideal", "d*", Shape::REGIONS, "The distance from the ideal point."),
        Given::new("d_expected", "d⁺", Shape::REGIONS, "The distance from the expected solution."),
    ],
    example: || Example {
        columns: vec![vec![0.0, 4.0, 1.0], vec![2.0, 1.0, 3.0]],
        expected: vec![0.75, 0.5, 0.375],
        source: "by hand: distances 1, 0, 0.75 and 0.5, 1, 0".into(),
        ..Example::default()
    },
};

impl Aggregation for Spotis {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let codes = [&self.lower, &self.upper, &self.expected];
        refuse_unknown(children, codes.into_iter().flat_map(|table| table.keys()))?;
        let (ideal, expected) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        for c in criteria(children)? {
            let ends = c.range(children, &self.lower, &self.upper)?;
            if ends.length() == 0.0 {
                continue;
            }
            let code = &children.nodes[c.child].code;
            let wanted = self.expected.get(code).copied().unwrap_or(ends.best);
            if ends.within(wanted) != wanted {
                return Err(MethodError::Other(text!(
                    expected_beyond,
                    code = code,
                    value = wanted,
                    worst = ends.worst,
                    best = ends.best
                )));
            }
            for ((ideal, expected), x) in ideal.iter_mut().zip(expected.iter_mut()).zip(c.values) {
                let x = ends.within(*x);
                *ideal += c.weight * ((x - ends.best).abs() / ends.length());
                *expected += c.weight * ((x - wanted).abs() / ends.length());
            }
        }
        scratch.intermediate.regions("d_ideal", ideal.iter().copied());
        scratch.intermediate.regions("d_expected", expected.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            *score = self.alpha * expected[row] + (1.0 - self.alpha) * ideal[row];
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
        Domain { direction: Direction::Negative, ..Domain::between(0.0, 1.0) }
    }
}
