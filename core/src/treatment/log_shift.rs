//! Logarithms of shifted values: for columns with zeros or negative values.

use quanheng_words::text;

use super::{Treatment, TreatmentInput, finite};
use crate::method::{Claims, Entry, Example, MethodError, Only, Scratch, Settings, settings};
use crate::number;

crate::method::choice! {
    /// How values are shifted before the logarithm; the names are COINr's.
    pub enum Shift {
        /// By the least value, and up by a share of the range.
        Ct = "log_ct",
        /// The same for a right-skewed column, and mirrored for a left-skewed one.
        CtPlus = "log_ct_plus",
        /// By the least value, and up by 1.
        CtOrig = "log_ct_orig",
        /// To the range from 1 to the greatest value.
        Gii = "log_gii",
    }
}

settings! {
    /// Settings of the shifted logarithm.
    pub struct LogShift {
        /// How values are shifted: `log_ct` ln(x − min + a), `log_ct_plus` the same if the skewness is above 0, else −ln(max − x + a), `log_ct_orig` ln(x − min + 1), `log_gii` ln((max − 1)·(x − min)/(max − min) + 1); a = share·(max − min).
        shift: Shift = Shift::Ct,
        /// The share of the range that is added for `log_ct` and `log_ct_plus`.
        share: f64 [1e-9, 1.0] = SHARE => Only::Is("shift", &["log_ct", "log_ct_plus"]),
    }
}

/// The share of the range that COINr adds.
pub(super) const SHARE: f64 = 0.01;

pub(super) const ENTRY: Entry<dyn Treatment> = Entry {
    name: "log_shift",
    summary: "Takes the logarithm of values shifted above zero, by one of four published rules.",
    formula: "x' = ln(x − min + share·(max − min)), or as `shift` says",
    reference: "Becker et al. (2022), J. Open Source Softw. 7(78), 4567 (COINr: log_CT, log_CT_plus, log_CT_orig, log_GII)",
    settings: LogShift::declared,
    make: |values: &Settings| Ok(Box::new(LogShift::read(values)?)),
    claims: Claims { absent: true, ..Claims::NONE },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![-5.0, -4.0, f64::NAN, 3.0]],
            expected: vec![0.0, std::f64::consts::LN_2, f64::NAN, 2.197_224_577_336_219_6],
            source: "by hand: ln 1, ln 2 and ln 9".into(),
            ..Example::default()
        }
        .with([("shift", "log_ct_orig".into())])
    },
};

impl Treatment for LogShift {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        log_shift(self.shift, self.share, input.values, out)
    }
}

/// Writes the logarithm of shifted values into `out`.
pub(super) fn log_shift(
    shift: Shift,
    share: f64,
    values: &[f64],
    out: &mut [f64],
) -> Result<(), MethodError> {
    let Some((least, greatest)) = number::extremes(values) else {
        out.copy_from_slice(values);
        return Ok(());
    };
    let range = greatest - least;
    if range == 0.0 && shift != Shift::CtOrig {
        return Err(MethodError::Constant { value: least });
    }
    let mut write = |f: &dyn Fn(f64) -> f64| {
        for (y, &x) in out.iter_mut().zip(values) {
            *y = f(x);
        }
    };
    let add = share * range;
    match shift {
        Shift::Ct => write(&|x| libm::log(x - least + add)),
        Shift::CtPlus => {
            let skewness = number::moments(values).map_or(f64::NAN, |m| m.skewness);
            if skewness.is_nan() {
                return Err(MethodError::TooFew { found: number::count(values), needed: 3 });
            }
            if skewness > 0.0 {
                write(&|x| libm::log(x - least + add));
            } else {
                write(&|x| -libm::log(greatest + add - x));
            }
        }
        Shift::CtOrig => write(&|x| libm::log(x - least + 1.0)),
        Shift::Gii => {
            // At a greatest value of 1 the formula gives zero for every region, below it the order is turned round.
            if greatest <= 1.0 {
                let row = values.iter().position(|&x| x == greatest).expect("one of them");
                let needed = text!(needed_above_one_greatest);
                return Err(MethodError::OutOfDomain { column: 0, row, value: greatest, needed });
            }
            write(&|x| libm::log((greatest - 1.0) * (x - least) / range + 1.0));
        }
    }
    finite(values, out)
}
