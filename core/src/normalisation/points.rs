//! Points: straight lines between stated corners, flat beyond the first and the last.

use quanheng_words::text;

use super::{Normalisation, NormalisationInput, write};
use crate::method::Value;
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, fault, settings,
};
use crate::model::Indicator;
use crate::number::{self};
use indexmap::IndexMap;

settings! {
    /// Settings of points.
    pub struct Points {
        /// The pairs [value, points] of every column that `leaves` does not name, values ascending.
        bands: Vec<Vec<f64>> as in_unit = Vec::new(),
        /// The pairs of single columns, by their code.
        leaves: IndexMap<String, Vec<Vec<f64>>> as in_unit = IndexMap::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "points",
    summary: "Gives points by straight lines between stated values, with the first as floor and the last as cap.",
    formula: "s = p₁ below v₁; pᵢ + (pᵢ₊₁ − pᵢ)·(x − vᵢ)/(vᵢ₊₁ − vᵢ) between vᵢ and vᵢ₊₁; pₙ above vₙ",
    reference: "scoring rules of published assessments",
    settings: Points::declared,
    make: |values: &Settings| {
        let method = Points::read(values)?;
        if method.bands.is_empty() && method.leaves.is_empty() {
            return Err(fault("bands", text!(expect_bands)));
        }
        for (setting, bands) in std::iter::once(("bands", &method.bands))
            .chain(method.leaves.values().map(|bands| ("leaves", bands)))
        {
            if bands.iter().any(|band| band.len() != 2) {
                return Err(fault(setting, text!(expect_bands)));
            }
            if bands.windows(2).any(|pair| pair[0][0] >= pair[1][0]) {
                return Err(fault(setting, text!(expect_ascending)));
            }
        }
        Ok(Box::new(method))
    },
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![-5.0, 5.0, 15.0, 30.0, f64::NAN]],
            expected: vec![0.0, 2.5, 5.5, 6.0, f64::NAN],
            source: "by hand: 5 + (6 − 5)·(15 − 10)/(20 − 10) = 5.5".into(),
            ..Example::default()
        }
        .with([(
            "bands",
            Value::List(vec![
                vec![0.0, 0.0].into(),
                vec![10.0, 5.0].into(),
                vec![20.0, 6.0].into(),
            ]),
        )])
    },
};

impl Normalisation for Points {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let bands = self.leaves.get(input.code).unwrap_or(&self.bands);
        if bands.is_empty() {
            return Err(MethodError::NotInSetting {
                setting: "bands",
                code: input.code.to_owned(),
            });
        }
        write(input, out, |x| {
            let next = bands.partition_point(|band| band[0] < x);
            match (next.checked_sub(1).map(|i| &bands[i]), bands.get(next)) {
                _ if x.is_nan() => x,
                (None, Some(first)) => first[1],
                (Some(a), Some(b)) => a[1] + (b[1] - a[1]) * ((x - a[0]) / (b[0] - a[0])),
                (Some(last), None) => last[1],
                (None, None) => x,
            }
        })
    }

    fn gives(&self, _: &Indicator) -> Domain {
        let points = || self.bands.iter().chain(self.leaves.values().flatten()).map(|band| band[1]);
        Domain::between(
            points().fold(f64::INFINITY, number::min),
            points().fold(f64::NEG_INFINITY, number::max),
        )
    }

    fn states_in_unit(&self, _: &Indicator) -> bool {
        true
    }
}
