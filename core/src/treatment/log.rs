//! The logarithm.

use quanheng_words::text;

use super::{Treatment, TreatmentInput, finite};
use crate::method::{Claims, Entry, Example, MethodError, Needs, Scratch, Settings, settings};
use crate::number;

crate::method::choice! {
    /// The base of the logarithm.
    pub enum Base { E = "e", Two = "2", Ten = "10" }
}

settings! {
    /// Settings of the logarithm.
    pub struct Log {
        /// The base.
        base: Base = Base::E,
        /// What is added to every value before the logarithm is taken: 1 for counts with zeros.
        add: f64 = 0.0,
    }
}

pub(super) const ENTRY: Entry<dyn Treatment> = Entry {
    name: "log",
    summary: "Takes the logarithm, so that equal ratios become equal steps.",
    formula: "x' = log(x + add)",
    reference: "UNDP, Human Development Report, technical note 1 (the logarithm of income)",
    settings: Log::declared,
    make: |values: &Settings| Ok(Box::new(Log::read(values)?)),
    claims: Claims { monotone: true, absent: true, ..Claims::NONE },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![1.0, 10.0, f64::NAN, 1000.0]],
            expected: vec![0.0, 1.0, f64::NAN, 3.0],
            source: "by hand: powers of ten".into(),
            ..Example::default()
        }
        .with([("base", "10".into())])
    },
};

impl Treatment for Log {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let log = match self.base {
            Base::E => libm::log,
            Base::Two => libm::log2,
            Base::Ten => libm::log10,
        };
        above_zero(input.values, self.add)?;
        for (y, &x) in out.iter_mut().zip(input.values) {
            *y = log(x + self.add);
        }
        finite(input.values, out)
    }

    fn needs(&self) -> Needs {
        Needs { positive: self.add == 0.0, ..Needs::NOTHING }
    }
}

/// Refuses a value that is zero or below once `add` is added; names the first of the least ones.
pub(super) fn above_zero(values: &[f64], add: f64) -> Result<(), MethodError> {
    let Some((least, _)) = number::extremes(values) else { return Ok(()) };
    if least + add > 0.0 {
        return Ok(());
    }
    let row = values.iter().position(|&x| x == least).expect("the least value is one of them");
    let needed = match add == 0.0 {
        true => text!(needed_above_zero),
        false => text!(needed_above_zero_after_add),
    };
    Err(MethodError::OutOfDomain { column: 0, row, value: least, needed })
}
