//! The distance above and below the average region.

use super::mcdm::{criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, Intermediate, MethodError, Needs, Scratch, Settings,
    Shape, Units, settings,
};
use crate::number;

settings! {
    /// No settings.
    pub struct Edas {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "edas",
    summary: "The distance above and below the average region; half from each",
    formula: "S = (SP / max SP + 1 − SN / max SN) / 2, with SP and SN the sums of w·(x − mean)/mean above and below",
    reference: "Keshavarz Ghorabaee, Zavadskas, Olfat & Turskis (2015), Informatica 26",
    settings: Edas::declared,
    make: |values: &Settings| Ok(Box::new(Edas::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[
        Given::new(
            "pda",
            "PDA",
            Shape::REGIONS_SIBLINGS,
            "The distance above the mean, as a part of it; towards better.",
        ),
        Given::new(
            "nda",
            "NDA",
            Shape::REGIONS_SIBLINGS,
            "The distance below the mean, as a part of it.",
        ),
        Given::new("sp", "SP", Shape::REGIONS, "The weighted sum of PDA."),
        Given::new("sn", "SN", Shape::REGIONS, "The weighted sum of NDA."),
        Given::new("nsp", "NSP", Shape::REGIONS, "SP as a share of the greatest SP."),
        Given::new("nsn", "NSN", Shape::REGIONS, "1 less SN as a share of the greatest SN."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 3.0, 2.0]],
        expected: vec![0.0, 1.0, 0.5],
        source: "by hand: half below the mean, half above it, on it".into(),
        ..Example::default()
    },
};

impl Aggregation for Edas {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let (above, below) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        for c in criteria(children)? {
            let mean = c.mean()?;
            for ((above, below), x) in above.iter_mut().zip(below.iter_mut()).zip(c.values) {
                let gap = if c.cost { mean - x } else { x - mean };
                *above += c.weight * (number::max(gap, 0.0) / mean);
                *below += c.weight * (number::max(-gap, 0.0) / mean);
            }
        }
        scratch.intermediate.regions("sp", above.iter().copied());
        scratch.intermediate.regions("sn", below.iter().copied());
        let greatest = |all: &[f64]| all.iter().copied().fold(0.0, number::max);
        let (up, down) = (greatest(above), greatest(below));
        let share = |x: f64, of: f64| if of > 0.0 { x / of } else { 0.0 };
        scratch.intermediate.regions("nsp", above.iter().map(|x| share(*x, up)));
        scratch.intermediate.regions("nsn", below.iter().map(|x| 1.0 - share(*x, down)));
        if scratch.intermediate.is_asked() {
            give_distances(children, &mut scratch.intermediate);
        }
        for (row, score) in out.iter_mut().enumerate() {
            *score = (share(above[row], up) + 1.0 - share(below[row], down)) / 2.0;
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, uncentred: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }
}

/// Gives how far each value is above or below the mean of its child, as a part of the mean; none for a child without weight.
fn give_distances(children: &Children<'_>, into: &mut Intermediate) {
    let width = children.columns.len();
    let mut gaps = vec![f64::NAN; children.rows() * width];
    for (k, column) in
        children.columns.iter().enumerate().filter(|(k, _)| children.weights[*k] > 0.0)
    {
        let mean = number::sum(column) / column.len() as f64;
        let sign = children.directions[k].sign();
        for (row, x) in column.iter().enumerate() {
            gaps[row * width + k] = sign * (x - mean) / mean;
        }
    }
    let part = |sign: f64| {
        let above = move |gap: f64| if gap.is_nan() { gap } else { number::max(sign * gap, 0.0) };
        gaps.iter().map(move |gap| above(*gap))
    };
    into.give("pda", Shape::REGIONS_SIBLINGS, width, &[], part(1.0));
    into.give("nda", Shape::REGIONS_SIBLINGS, width, &[], part(-1.0));
}
