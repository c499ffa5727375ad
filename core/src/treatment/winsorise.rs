//! Winsorising by skewness and kurtosis: outliers are drawn in one by one until the column is well enough shaped.

use quanheng_words::text;

use super::box_cox::box_cox;
use super::log::above_zero;
use super::log_shift::{SHARE, Shift, log_shift};
use super::tails::{Rule, Tails};
use super::{Treatment, TreatmentInput};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Only, Scratch, Settings, Shape, Units, fault,
    settings,
};
use crate::number::{self, Moments};

crate::method::choice! {
    /// What is done to a column that winsorising does not bring below the limits.
    pub enum Fallback {
        /// Nothing further.
        None = "none",
        /// ln x.
        Log = "log",
        /// ln(x − min + 0.01·(max − min)).
        LogCt = "log_ct",
        /// The same for a right-skewed column, mirrored for a left-skewed one.
        LogCtPlus = "log_ct_plus",
        /// ln(x − min + 1).
        LogCtOrig = "log_ct_orig",
        /// ln((max − 1)·(x − min)/(max − min) + 1).
        LogGii = "log_gii",
        /// The Box-Cox transform of x − min + 1.
        BoxCox = "box_cox",
    }
}

crate::method::choice! {
    /// What `max` counts.
    pub enum Count {
        /// Values drawn in; all that are equal to an extreme are drawn in together, so that `max` may be passed.
        Points = "points",
        /// Steps: each draws in one extreme, with all values equal to it.
        Steps = "steps",
    }
}

crate::method::choice! {
    /// What happens to a column that is still beyond the limits.
    pub enum Failing {
        /// The run stops and says how it is shaped.
        Refuse = "refuse",
        /// It is used as it is.
        Keep = "keep",
    }
}

settings! {
    /// Settings of winsorising.
    pub struct Winsorise {
        /// A column is treated if its skewness is not within ± this limit and its kurtosis is not below `kurtosis`.
        skew: f64 [0.0, 1e6] = 2.0,
        /// The limit of the excess kurtosis.
        kurtosis: f64 = 3.5,
        /// How many values are drawn in at most (COINr's default is 5); no limit unless stated.
        max: Option<usize> = None,
        /// The share of values that are drawn in at most, rounded up to whole ones; no limit unless stated.
        max_share: Option<f64> [0.0, 1.0] = None,
        /// Whether `max` counts values or steps; they differ where several values are equal to an extreme.
        count: Count = Count::Points => Only::Stated("max"),
        /// Whether values are drawn in up to the limit however the column is shaped.
        force: bool = false,
        /// What is done to the untreated column where winsorising is not enough.
        fallback: Fallback = Fallback::None,
        /// The power of the fallback `box_cox`; the likeliest one unless stated.
        lambda: Option<f64> [-20.0, 20.0] = None,
        /// Whether the fallback takes the winsorised column rather than the untreated one.
        combine: bool = false => Only::Stated("fallback"),
        /// What happens to a column that is beyond the limits after all.
        failing: Failing = Failing::Refuse,
    }
}

pub(super) const ENTRY: Entry<dyn Treatment> = Entry {
    name: "winsorise",
    summary: "Draws outliers to the next value, one by one, while skewness and kurtosis are both at their limits or beyond.",
    formula: "while |skewness| ≥ 2 and kurtosis ≥ 3.5 (bias-corrected, excess): skewness ≥ 0: the greatest values become the next lower one; else the least become the next higher one",
    reference: "Becker et al. (2022), J. Open Source Softw. 7(78), 4567 (COINr: Treat, winsorise)",
    settings: Winsorise::declared,
    make: |values: &Settings| {
        let method = Winsorise::read(values)?;
        if method.force && method.max.is_none() && method.max_share.is_none() {
            return Err(fault("force", text!(expect_max_beside)));
        }
        if method.lambda.is_some() && method.fallback != Fallback::BoxCox {
            return Err(fault("lambda", text!(expect_box_cox_beside)));
        }
        Ok(Box::new(method))
    },
    claims: Claims { units: Units::ScaleAndShift, absent: true, ..Claims::NONE },
    intermediate: &[
        Given::new("skewness_before", "g₁", Shape::FIGURE, "The skewness before."),
        Given::new("kurtosis_before", "g₂", Shape::FIGURE, "The excess kurtosis before."),
        Given::new("changed", "n", Shape::FIGURE, "How many values were changed."),
        Given::new("skewness", "g₁′", Shape::FIGURE, "The skewness after."),
        Given::new("kurtosis", "g₂′", Shape::FIGURE, "The excess kurtosis after."),
        Given::new("lambda", "λ", Shape::FIGURE, "The power of the fallback `box_cox`."),
    ],
    example: || {
        Example {
        columns: vec![vec![1.0, 1.0, 1.0, 2.0, 2.0, f64::NAN, 3.0, 4.0, 5.0, 100.0]],
        expected: vec![1.0, 1.0, 1.0, 2.0, 2.0, f64::NAN, 3.0, 4.0, 5.0, 5.0],
        source: "COINr 1.1.14, winsorise(): skewness 2.989 and kurtosis 8.952 before, within the limits after one step".into(),
        ..Example::default()
    }
    },
};

impl Treatment for Winsorise {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        self.draw_in(input, scratch, out)?;
        if scratch.intermediate.is_asked() {
            let changed = |(x, y): &(&f64, &f64)| !x.is_nan() && x != y;
            let drawn = input.values.iter().zip(out.iter()).filter(changed).count();
            let shape = |values: &[f64]| {
                number::moments(values).map_or((f64::NAN, f64::NAN), |m| (m.skewness, m.kurtosis))
            };
            let (before, after) = (shape(input.values), shape(out));
            let into = &mut scratch.intermediate;
            into.figure("skewness_before", before.0);
            into.figure("kurtosis_before", before.1);
            into.figure("changed", drawn as f64);
            into.figure("skewness", after.0);
            into.figure("kurtosis", after.1);
        }
        Ok(())
    }

    fn keeps_unit(&self) -> bool {
        self.fallback == Fallback::None
    }
}

impl Winsorise {
    /// Writes the treated column into `out`.
    fn draw_in(
        &self,
        input: &TreatmentInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let values = input.values;
        out.copy_from_slice(values);
        let Some(before) = number::moments(values) else { return Ok(()) };
        let rule = Rule { skewness: self.skew, kurtosis: self.kurtosis };
        let passes = |m: Moments| rule.passes(m.skewness, m.kurtosis, 0.0);
        let shapeless = before.skewness.is_nan() || (before.n > 3 && before.kurtosis.is_nan());
        if before.n > 2 && shapeless && number::extremes(values).is_some_and(|(a, b)| a < b) {
            return Err(MethodError::Other(text!(values_too_large_for_moments)));
        }
        if passes(before) && !self.force {
            return Ok(());
        }

        number::sorted(values, &mut scratch.a);
        let mut tails = Tails::new(&scratch.a);
        let limit = self.limit(before.n);
        loop {
            let room = match self.count {
                Count::Points => tails.points() < limit,
                Count::Steps => tails.steps < limit,
            };
            // The running shape is right to nine figures: whether it passes is decided on the column itself.
            let (skewness, kurtosis) = tails.shape();
            let near = rule.passes(skewness, kurtosis, 1e-9);
            if room && (self.force || !near) && tails.step() {
                continue;
            }
            let (lower, upper) = tails.bounds();
            for (y, &x) in out.iter_mut().zip(values) {
                *y = number::clamp(x, lower, upper);
            }
            if number::moments(out).is_none_or(passes) {
                return Ok(());
            }
            if !(room && near && tails.step()) {
                break;
            }
        }
        self.fall_back(values, scratch, out)?;
        match number::moments(out) {
            Some(m) if self.failing == Failing::Refuse && !passes(m) => {
                Err(MethodError::Skewed { skewness: m.skewness, kurtosis: m.kurtosis })
            }
            _ => Ok(()),
        }
    }

    /// How many of `n` values may be drawn in.
    fn limit(&self, n: usize) -> usize {
        // A share such as 0.1 is a bit more than the number that a person writes.
        let share = self.max_share.map_or(usize::MAX, |s| (s * n as f64 - 1e-9).ceil() as usize);
        share.min(self.max.unwrap_or(usize::MAX))
    }

    /// Writes the fallback of the untreated column (or of the winsorised one, which `out` holds) into `out`.
    fn fall_back(
        &self,
        untreated: &[f64],
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let values = if self.combine {
            scratch.b.clear();
            scratch.b.extend_from_slice(out);
            &scratch.b
        } else {
            untreated
        };
        let shift = match self.fallback {
            Fallback::None => return Ok(()),
            Fallback::Log => {
                above_zero(values, 0.0)?;
                out.iter_mut().zip(values).for_each(|(y, &x)| *y = libm::log(x));
                return Ok(());
            }
            Fallback::BoxCox => {
                let lambda = box_cox(self.lambda, true, values, out)?;
                scratch.intermediate.figure("lambda", lambda);
                return Ok(());
            }
            Fallback::LogCt => Shift::Ct,
            Fallback::LogCtPlus => Shift::CtPlus,
            Fallback::LogCtOrig => Shift::CtOrig,
            Fallback::LogGii => Shift::Gii,
        };
        log_shift(shift, SHARE, values, out)
    }
}
