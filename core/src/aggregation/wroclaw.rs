//! The Wroclaw taxonomic method.

use super::mcdm::criteria;
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::model::{Direction, Indicator};
use crate::number;

settings! {
    /// No settings.
    pub struct Wroclaw {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "wroclaw",
    summary: "The distance to a region that has the best value of every child, as a part of a distance that few exceed; less is better",
    formula: "S = d / (mean d + 2·sd d), with d the root of Σ w·(s − best)² and n − 1 in the deviation sd",
    reference: "Hellwig (1968), Przegląd Statystyczny 15",
    settings: Wroclaw::declared,
    make: |values: &Settings| Ok(Box::new(Wroclaw::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("distance", "d", Shape::REGIONS, "The distance to the best values."),
        Given::new(
            "far",
            "d₀",
            Shape::FIGURE,
            "The distance that few exceed: the mean plus twice the standard deviation.",
        ),
    ],
    example: || Example {
        columns: vec![vec![1.0, 4.0, 7.0], vec![8.0, 5.0, 2.0]],
        indicators: vec![
            Indicator::default(),
            Indicator { direction: Direction::Negative, ..Indicator::default() },
        ],
        expected: vec![2.0 / 3.0, 1.0 / 3.0, 0.0],
        source: "by hand: distances of 6, 3 and 0, over their mean 3 and twice their deviation 3"
            .into(),
        ..Example::default()
    },
};

impl Aggregation for Wroclaw {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        out.fill(0.0);
        for c in criteria(children)? {
            for (score, x) in out.iter_mut().zip(c.values) {
                let gap = x - c.best();
                *score += c.weight * gap * gap;
            }
        }
        for (row, score) in out.iter_mut().enumerate() {
            *score = score.sqrt();
            finite(row, *score)?;
        }
        let (Some(mean), Some(variance)) = (number::mean(out), number::sample_variance(out)) else {
            return Err(MethodError::TooFewRows { found: out.len(), needed: 2 });
        };
        let far = mean + 2.0 * variance.sqrt();
        scratch.intermediate.regions("distance", out.iter().copied());
        scratch.intermediate.figure("far", far);
        // Where all regions are alike, each is the best one, and no distance away from it.
        if far > 0.0 {
            out.iter_mut().for_each(|score| *score /= far);
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
        Domain { lower: 0.0, direction: Direction::Negative, ..Domain::ANY }
    }
}
