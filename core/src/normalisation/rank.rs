//! Ranks: the worst region has 1, the best the greatest number.

use super::{Normalisation, NormalisationInput, oriented_rank};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::Indicator;
use crate::number::Ties;

settings! {
    /// Settings of rank.
    pub struct Rank {
        /// The rank that equal values share, counted from the worst.
        ties: Ties = Ties::Competition,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "rank",
    summary: "Replaces values by their ascending rank, so that more is better.",
    formula: "s = rank of x among the values that are there, ascending; less is better: descending",
    reference: "OECD/JRC Handbook (2008), step 5, ranking",
    settings: Rank::declared,
    make: |values: &Settings| Ok(Box::new(Rank::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![10.0, 30.0, 10.0, f64::NAN]],
        expected: vec![1.0, 3.0, 1.0, f64::NAN],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Normalisation for Rank {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        oriented_rank(input, self.ties, scratch, out);
        Ok(())
    }

    fn gives(&self, _: &Indicator) -> Domain {
        Domain::between(1.0, f64::INFINITY)
    }
}
