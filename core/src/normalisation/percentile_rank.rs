//! Percentile ranks: the share of the other regions that is beaten.

use super::{Normalisation, NormalisationInput, oriented_rank};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::Indicator;
use crate::number::{self, Ties};

settings! {
    /// Settings of percentile_rank.
    pub struct PercentileRank {
        /// The rank that equal values share, counted from the worst.
        ties: Ties = Ties::Competition,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "percentile_rank",
    summary: "Gives each region the share of the other regions that it beats.",
    formula: "s = (rank − 1)/(n − 1), ranks ascending from the worst",
    reference: "COINr, n_prank",
    settings: PercentileRank::declared,
    make: |values: &Settings| Ok(Box::new(PercentileRank::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![10.0, 30.0, 20.0, f64::NAN]],
        expected: vec![0.0, 1.0, 0.5, f64::NAN],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Normalisation for PercentileRank {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let found = number::count(input.values);
        if found == 1 {
            return Err(MethodError::TooFew { found, needed: 2 });
        }
        oriented_rank(input, self.ties, scratch, out);
        let others = found as f64 - 1.0;
        out.iter_mut().for_each(|s| *s = (*s - 1.0) / others);
        Ok(())
    }

    fn gives(&self, _: &Indicator) -> Domain {
        Domain::between(0.0, 1.0)
    }
}
