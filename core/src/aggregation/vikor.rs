//! The distance from the best in every child, as a compromise between the whole and the worst child.

use super::mcdm::{criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::model::Direction;
use crate::number;

settings! {
    /// Settings of VIKOR.
    pub struct Vikor {
        /// The weight of the whole against that of the worst child.
        v: f64 [0, 1] = 0.5,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "vikor",
    summary: "The distance from the best in every child, as a compromise between the whole and the worst child; less is better",
    formula: "Q = v·(S − S*)/(S⁻ − S*) + (1 − v)·(R − R*)/(R⁻ − R*), with S the sum and R the greatest of w·(best − s)/(best − worst)",
    reference: "Opricovic & Tzeng (2004), European Journal of Operational Research 156",
    settings: Vikor::declared,
    make: |values: &Settings| Ok(Box::new(Vikor::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[
        Given::new(
            "s",
            "S",
            Shape::REGIONS,
            "The sum of the weighted distances from the best: group utility.",
        ),
        Given::new(
            "r",
            "R",
            Shape::REGIONS,
            "The greatest weighted distance from the best: individual regret.",
        ),
        Given::new("q", "Q", Shape::REGIONS, "The compromise between S and R; less is better."),
    ],
    example: || Example {
        columns: vec![vec![0.0, 1.0, 0.0], vec![0.0, 1.0, 1.0]],
        expected: vec![1.0, 0.0, 0.75],
        source: "by hand: S = 1, 0, 0.5 and R = 0.5, 0, 0.5".into(),
        ..Example::default()
    },
};

impl Aggregation for Vikor {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let (whole, worst) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        for c in criteria(children)?.filter(|c| c.greatest > c.least) {
            for ((whole, worst), x) in whole.iter_mut().zip(worst.iter_mut()).zip(c.values) {
                let gap = c.weight * ((c.best() - x) / (c.best() - c.worst()));
                *whole += gap;
                *worst = number::max(*worst, gap);
            }
        }
        scratch.intermediate.regions("s", whole.iter().copied());
        scratch.intermediate.regions("r", worst.iter().copied());
        let place = |ends: Option<(f64, f64)>, x: f64| match ends {
            Some((least, greatest)) if greatest > least => (x - least) / (greatest - least),
            _ => 0.0,
        };
        let (s, r) = (number::extremes(whole), number::extremes(worst));
        for (row, score) in out.iter_mut().enumerate() {
            *score = self.v * place(s, whole[row]) + (1.0 - self.v) * place(r, worst[row]);
            finite(row, *score)?;
        }
        scratch.intermediate.regions("q", out.iter().copied());
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
