//! What a region saves where less is better, and what it gains where more is better.

use super::mcdm::{criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units,
    settings,
};
use crate::number;

settings! {
    /// No settings.
    pub struct Ocra {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "ocra",
    summary: "What a region saves where less is better, and what it gains where more is better, each beside the weakest region",
    formula: "S = (I − min I) + (O − min O), less the least of these sums, with I = Σ w·(max x − x)/min x where less and O = Σ w·(x − min x)/min x where more is better",
    reference: "Parkan (1994), Socio-Economic Planning Sciences 28; Parkan & Wu (2000), Computers & Industrial Engineering 36",
    settings: Ocra::declared,
    make: |values: &Settings| Ok(Box::new(Ocra::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new("i", "I", Shape::REGIONS, "What is saved, beside the region that saves least."),
        Given::new("o", "O", Shape::REGIONS, "What is gained, beside the region that gains least."),
        Given::new(
            "gains",
            "",
            Shape::REGIONS_SIBLINGS,
            "How far a value is from the worst one, in units of the least value.",
        ),
    ],
    example: || Example {
        columns: vec![vec![2.0, 5.0, 3.0]],
        expected: vec![0.0, 1.5, 0.5],
        source: "by hand: (x − 2) / 2".into(),
        ..Example::default()
    },
};

impl Aggregation for Ocra {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let (saved, gained) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        let width = children.columns.len();
        let asked = scratch.intermediate.is_asked();
        let mut gains = vec![f64::NAN; if asked { out.len() * width } else { 0 }];
        for c in criteria(children)? {
            let unit = c.least_to_divide_by()?;
            let into = if c.cost { &mut *saved } else { &mut *gained };
            for (row, (sum, x)) in into.iter_mut().zip(c.values).enumerate() {
                let gain = (x - c.worst()).abs() / unit;
                *sum += c.weight * gain;
                if asked {
                    gains[row * width + c.child] = gain;
                }
            }
        }
        scratch.intermediate.give("gains", Shape::REGIONS_SIBLINGS, width, &[], gains);
        for sums in [&mut *saved, &mut *gained] {
            let least = number::extremes(sums).map_or(0.0, |(least, _)| least);
            sums.iter_mut().for_each(|sum| *sum -= least);
        }
        scratch.intermediate.regions("i", saved.iter().copied());
        scratch.intermediate.regions("o", gained.iter().copied());
        for (row, score) in out.iter_mut().enumerate() {
            *score = saved[row] + gained[row];
        }
        let least = number::extremes(out).map_or(0.0, |(least, _)| least);
        for (row, score) in out.iter_mut().enumerate() {
            *score -= least;
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, positive: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { lower: 0.0, ..Domain::ANY }
    }
}
