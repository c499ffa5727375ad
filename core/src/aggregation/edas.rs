//! The distance above and below the average region.

use super::mcdm::{criteria, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Needs, Scratch, Settings, Units, settings,
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
        let greatest = |all: &[f64]| all.iter().copied().fold(0.0, number::max);
        let (up, down) = (greatest(above), greatest(below));
        let share = |x: f64, of: f64| if of > 0.0 { x / of } else { 0.0 };
        for (row, score) in out.iter_mut().enumerate() {
            *score = (share(above[row], up) + 1.0 - share(below[row], down)) / 2.0;
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, uncentred: true, ..Needs::NOTHING }
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain::between(0.0, 1.0)
    }
}
