//! The Yeo-Johnson power transform.

use super::likelihood::{likeliest, power, power_slope};
use super::{Treatment, TreatmentInput, finite};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, settings,
};
use crate::number;

settings! {
    /// Settings of the Yeo-Johnson transform.
    pub struct YeoJohnson {
        /// The power; where it is not stated, the likeliest one for a normal distribution.
        lambda: Option<f64> [-20.0, 20.0] = None,
    }
}

pub(super) const ENTRY: Entry<dyn Treatment> = Entry {
    name: "yeo_johnson",
    summary: "The Box-Cox transform carried over to zeros and negative values.",
    formula: "x ≥ 0: x' = ((x + 1)^λ − 1)/λ; x < 0: x' = −((1 − x)^(2−λ) − 1)/(2 − λ); logarithms for powers 0 and 2; else λ maximises −n/2·ln Var(x') + (λ − 1)·Σ sign(x)·ln(|x| + 1)",
    reference: "Yeo & Johnson (2000), Biometrika 87(4), 954-959",
    settings: YeoJohnson::declared,
    make: |values: &Settings| Ok(Box::new(YeoJohnson::read(values)?)),
    claims: Claims { absent: true, ..Claims::NONE },
    intermediate: &[Given::new("lambda", "λ", Shape::FIGURE, "The power.")],
    example: || {
        Example {
            columns: vec![vec![-1.0, 0.0, f64::NAN, 3.0, 8.0]],
            expected: vec![-(8.0_f64.sqrt() - 1.0) / 1.5, 0.0, f64::NAN, 2.0, 4.0],
            source: "by hand: 2·(√(x + 1) − 1), and −(2^1.5 − 1)/1.5 for −1".into(),
            ..Example::default()
        }
        .with([("lambda", 0.5.into())])
    },
};

impl Treatment for YeoJohnson {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let Some((least, greatest)) = number::extremes(input.values) else {
            out.copy_from_slice(input.values);
            return Ok(());
        };
        let signed_log = |x: f64| libm::copysign(libm::log1p(x.abs()), x);
        let lambda = match self.lambda {
            Some(lambda) => lambda,
            None if least == greatest => return Err(MethodError::Constant { value: least }),
            None => {
                let there = input.values.iter().filter(|x| !x.is_nan());
                let logs: Vec<f64> = there.map(|&x| signed_log(x)).collect();
                let mean = number::mean(&logs).unwrap_or(0.0);
                likeliest(mean, logs.len(), |lambda, y, dy| {
                    for ((y, dy), &u) in y.iter_mut().zip(dy.iter_mut()).zip(&logs) {
                        *y = transformed(lambda, u);
                        *dy = if u >= 0.0 {
                            power_slope(lambda, u)
                        } else {
                            power_slope(2.0 - lambda, -u)
                        };
                    }
                })?
            }
        };
        scratch.intermediate.figure("lambda", lambda);
        for (y, &x) in out.iter_mut().zip(input.values) {
            *y = transformed(lambda, signed_log(x));
        }
        finite(input.values, out)
    }
}

/// The transform of x, told sign(x)·ln(|x| + 1).
fn transformed(lambda: f64, u: f64) -> f64 {
    if u < 0.0 { -power(2.0 - lambda, -u) } else { power(lambda, u) }
}
