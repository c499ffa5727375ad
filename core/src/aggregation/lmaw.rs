//! LMAW: logarithmic shares, each bent by its weight.

use super::mcdm::{ZeroCosts, criteria};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Needs, Scratch, Settings, Units, settings,
};

settings! {
    /// No settings.
    pub struct Lmaw {}
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "lmaw",
    summary: "The sum of logarithmic shares of the children, each bent by its weight",
    formula: "S = Σ 2·φ^w / ((2 − φ)^w + φ^w), with φ = ln η / Σ ln η over the regions, and η = 1 + x / max x, or 1 + min x / x where less is better",
    reference: "Pamučar, Žižović, Biswas & Božanić (2021), Facta Universitatis, Series: Mechanical Engineering 19",
    settings: Lmaw::declared,
    make: |values: &Settings| Ok(Box::new(Lmaw::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: true, absent: false },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![2.0, 2.0, 0.0]],
        expected: vec![0.5, 0.5, 0.0],
        source: "by hand: φ = 1/2, 1/2 and 0; a weight of 1 leaves it as it is".into(),
        ..Example::default()
    },
};

impl Aggregation for Lmaw {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        out.fill(0.0);
        let logs = &mut scratch.a;
        for c in criteria(children)? {
            let best = c.measure(ZeroCosts::Refuse)?;
            logs.clear();
            logs.extend(c.values.iter().map(|&x| libm::log1p(c.measured(x, best))));
            let sum: f64 = logs.iter().sum();
            for (score, log) in out.iter_mut().zip(&*logs) {
                let share = log / sum;
                let (own, rest) = (libm::pow(share, c.weight), libm::pow(2.0 - share, c.weight));
                *score += 2.0 * own / (rest + own);
            }
        }
        for (row, score) in out.iter().enumerate() {
            finite(row, *score)?;
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, non_negative: true, ..Needs::NOTHING }
    }

    fn takes_printed_weights(&self) -> bool {
        true
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { lower: 0.0, ..Domain::ANY }
    }
}
