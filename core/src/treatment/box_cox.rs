//! The Box-Cox power transform.

use quanheng_words::text;

use super::likelihood::{likeliest, power, power_slope};
use super::{Treatment, TreatmentInput, finite};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, settings,
};
use crate::number;

settings! {
    /// Settings of the Box-Cox transform.
    pub struct BoxCox {
        /// The power; where it is not stated, the likeliest one for a normal distribution.
        lambda: Option<f64> [-20.0, 20.0] = None,
        /// Whether values are first moved so that the least is 1.
        from_one: bool = false,
    }
}

pub(super) const ENTRY: Entry<dyn Treatment> = Entry {
    name: "box_cox",
    summary: "Raises positive values to a power, stated or the likeliest for a normal distribution; power 0 is the logarithm.",
    formula: "x' = (x^λ − 1)/λ, and ln x for λ = 0; else λ maximises −n/2·ln Var(x') + (λ − 1)·Σ ln x",
    reference: "Box & Cox (1964), J. R. Stat. Soc. B 26(2), 211-252",
    settings: BoxCox::declared,
    make: |values: &Settings| Ok(Box::new(BoxCox::read(values)?)),
    claims: Claims { absent: true, ..Claims::NONE },
    intermediate: &[Given::new("lambda", "λ", Shape::FIGURE, "The power.")],
    example: || {
        Example {
            columns: vec![vec![1.0, 4.0, f64::NAN, 9.0, 16.0]],
            expected: vec![0.0, 2.0, f64::NAN, 4.0, 6.0],
            source: "by hand: 2·(√x − 1)".into(),
            ..Example::default()
        }
        .with([("lambda", 0.5.into())])
    },
};

impl Treatment for BoxCox {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let lambda = box_cox(self.lambda, self.from_one, input.values, out)?;
        scratch.intermediate.figure("lambda", lambda);
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { positive: !self.from_one, ..Needs::NOTHING }
    }
}

/// Writes the transformed values into `out`, and returns the power; NaN where there is no value.
pub(super) fn box_cox(
    lambda: Option<f64>,
    from_one: bool,
    values: &[f64],
    out: &mut [f64],
) -> Result<f64, MethodError> {
    let Some((least, greatest)) = number::extremes(values) else {
        out.copy_from_slice(values);
        return Ok(f64::NAN);
    };
    let shift = if from_one { least - 1.0 } else { 0.0 };
    if least - shift <= 0.0 {
        let row = values.iter().position(|&x| x == least).expect("the least value is one of them");
        return Err(MethodError::OutOfDomain {
            column: 0,
            row,
            value: least,
            needed: text!(needed_above_zero),
        });
    }
    let lambda = match lambda {
        Some(lambda) => lambda,
        None if least == greatest => return Err(MethodError::Constant { value: least }),
        None => {
            // In units of the geometric mean the second term of the likelihood is zero.
            let mut logs: Vec<f64> = values.iter().filter(|x| !x.is_nan()).copied().collect();
            logs.iter_mut().for_each(|x| *x = libm::log(*x - shift));
            let mean = number::mean(&logs).unwrap_or(0.0);
            logs.iter_mut().for_each(|u| *u -= mean);
            likeliest(0.0, logs.len(), |lambda, y, dy| {
                for ((y, dy), &u) in y.iter_mut().zip(dy.iter_mut()).zip(&logs) {
                    *y = power(lambda, u);
                    *dy = power_slope(lambda, u);
                }
            })?
        }
    };
    for (y, &x) in out.iter_mut().zip(values) {
        *y = power(lambda, libm::log(x - shift));
    }
    finite(values, out)?;
    Ok(lambda)
}
