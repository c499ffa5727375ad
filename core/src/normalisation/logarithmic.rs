//! Logarithmic normalisation: the share in the sum of logarithms.

use quanheng_words::text;

use super::{Constant, Normalisation, NormalisationInput, positive, write};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::{Direction, Indicator};
use crate::number::{self};

settings! {
    /// Settings of logarithmic.
    pub struct Logarithmic {
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "logarithmic",
    summary: "Divides the logarithm by the sum of logarithms; where less is better, what is left is shared out.",
    formula: "s = ln x/Σ ln x; less is better: (1 − ln x/Σ ln x)/(n − 1)",
    reference: "Zavadskas & Turskis (2008); pymcdm, logarithmic_normalization",
    settings: Logarithmic::declared,
    make: |values: &Settings| Ok(Box::new(Logarithmic::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![10.0, 100.0, 1000.0]],
        expected: vec![0.16666666666666666, 0.3333333333333333, 0.5],
        source: "by hand: the logarithms to base ten are 1, 2 and 3".into(),
        ..Example::default()
    },
};

impl Normalisation for Logarithmic {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let Some((least, _)) = number::extremes(input.values) else {
            out.fill(f64::NAN);
            return Ok(());
        };
        positive(input, least)?;
        scratch.a.clear();
        scratch.a.extend(input.values.iter().map(|&x| libm::log(x)));
        // Logarithms that cancel out leave a rest of rounding.
        if number::mean_to_divide_by(&scratch.a) == Some(0.0) {
            let (what, needed) = (text!(divisor_logarithms), text!(needed_other_than_zero));
            let (what, needed) = (Box::new(what), Box::new(needed));
            return Err(MethodError::Divisor { column: 0, what, value: 0.0, needed });
        }
        let all = number::sum(&scratch.a);
        match input.indicator.direction {
            Direction::Positive => write(input, out, |x| libm::log(x) / all),
            Direction::Negative => {
                let found = number::count(input.values);
                if found < 2 {
                    return Err(MethodError::TooFew { found, needed: 2 });
                }
                write(input, out, |x| (1.0 - libm::log(x) / all) / (found as f64 - 1.0))
            }
        }
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.constant)
    }

    fn gives(&self, _: &Indicator) -> Domain {
        Domain::ANY
    }
}
