//! Division by another column.

use quanheng_words::text;

use super::{Treatment, TreatmentInput, finite};
use crate::method::{
    Claims, Entry, Example, MethodError, Scratch, SettingError, SettingFault, Settings, Units,
    fault, settings,
};

settings! {
    /// Settings of division by another column.
    pub struct Denominate {
        /// The code of the column to divide by, such as the population; must be stated.
        by: String = String::new(),
        /// What the quotient is multiplied by: 10000 for a figure per ten thousand people.
        scale: f64 = 1.0,
    }
}

pub(super) const ENTRY: Entry<dyn Treatment> = Entry {
    name: "denominate",
    summary: "Divides by another column, so that large and small regions can be compared.",
    formula: "x' = x/d·scale",
    reference: "OECD/JRC Handbook (2008), step 2: scaling by size",
    settings: Denominate::declared,
    make: |values: &Settings| {
        let method = Denominate::read(values)?;
        if method.by.is_empty() {
            let fault = SettingFault::Unstated;
            return Err(SettingError { setting: "by".to_owned(), fault });
        }
        if method.scale <= 0.0 {
            return Err(fault("scale", text!(expect_number_above_zero)));
        }
        Ok(Box::new(method))
    },
    claims: Claims { monotone: true, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![30.0, 8.0, f64::NAN], vec![200.0, 40.0, 50.0]],
            expected: vec![1500.0, 2000.0, f64::NAN],
            source: "by hand: 30/200·10000 and 8/40·10000".into(),
            ..Example::default()
        }
        .with([("by", "population".into()), ("scale", 10000.0.into())])
    },
};

impl Treatment for Denominate {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let Some(denominators) = input.other else {
            return Err(MethodError::NoCode { code: self.by.clone() });
        };
        let pairs = || input.values.iter().zip(denominators).enumerate();
        let lacking = |(_, (x, d)): &(usize, (&f64, &f64))| !x.is_nan() && d.is_nan();
        let rows: Vec<usize> = pairs().filter(lacking).map(|(row, _)| row).collect();
        if !rows.is_empty() {
            return Err(MethodError::Absent { column: 1, rows });
        }
        for (row, (&x, &d)) in pairs() {
            if x.is_nan() {
                out[row] = f64::NAN;
                continue;
            }
            if d <= 0.0 {
                let needed = text!(needed_denominator_above_zero);
                return Err(MethodError::OutOfDomain { column: 1, row, value: d, needed });
            }
            out[row] = x / d * self.scale;
        }
        finite(input.values, out)
    }

    fn other_column(&self) -> Option<&str> {
        Some(&self.by)
    }

    fn keeps_unit(&self) -> bool {
        true
    }
}
