//! Category points: each listed value has its points.

use quanheng_words::text;

use super::{Normalisation, NormalisationInput};
use crate::method::Value;
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, fault, settings,
};
use crate::model::Indicator;
use crate::number::{self};
use indexmap::IndexMap;

settings! {
    /// Settings of categories.
    pub struct Categories {
        /// The pairs [value, points] of every column that `leaves` does not name, values ascending.
        bands: Vec<Vec<f64>> as in_unit = Vec::new(),
        /// The pairs of single columns, by their code.
        leaves: IndexMap<String, Vec<Vec<f64>>> as in_unit = IndexMap::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "categories",
    summary: "Gives the points stated for exactly this value.",
    formula: "s = pᵢ where x = vᵢ; any other value is refused",
    reference: "OECD/JRC Handbook (2008), step 5, categorical scales",
    settings: Categories::declared,
    make: |values: &Settings| {
        let method = Categories::read(values)?;
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
            columns: vec![vec![3.0, 1.0, 2.0, f64::NAN]],
            expected: vec![100.0, 0.0, 40.0, f64::NAN],
            source: "by hand".into(),
            ..Example::default()
        }
        .with([(
            "bands",
            Value::List(vec![
                vec![1.0, 0.0].into(),
                vec![2.0, 40.0].into(),
                vec![3.0, 100.0].into(),
            ]),
        )])
    },
};

impl Normalisation for Categories {
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
        for (row, (s, &x)) in out.iter_mut().zip(input.values).enumerate() {
            *s = match bands.iter().find(|band| band[0] == x) {
                Some(band) => band[1],
                None if x.is_nan() => x,
                None => return Err(MethodError::NoCategory { row, value: x }),
            };
        }
        Ok(())
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
