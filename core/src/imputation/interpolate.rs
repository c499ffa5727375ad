//! The straight line between the region's known periods.

use super::fill::{self, ByRegion, Unfilled};
use super::{Imputation, ImputationInput};
use crate::method::{
    Claims, Entry, Example, MethodError, Needs, Scratch, Settings, Units, settings,
};

crate::method::choice! {
    /// What a cell before the first or after the last known period gets.
    pub enum Ends {
        /// The nearest known value of the region.
        Carry = "carry",
        /// Nothing.
        None = "none",
    }
}

settings! {
    /// Settings of interpolation over time.
    pub struct Interpolate {
        /// What a cell before the first or after the last known period gets.
        ends: Ends = Ends::Carry,
        /// What happens to a cell that gets nothing.
        unfilled: Unfilled = Unfilled::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "interpolate",
    summary: "Gives a missing cell the point on the straight line between the region's values before and after.",
    formula: "x'(t) = x(s) + (x(u) − x(s))·(t − s)/(u − s), s and u the nearest periods with a value before and after t",
    reference: "Becker et al. (2022), J. Open Source Softw. 7(78), 4567 (COINr, impute_panel: linear-constant)",
    settings: Interpolate::declared,
    make: |values: &Settings| Ok(Box::new(Interpolate::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        // Two regions in four periods, period by period.
        columns: vec![vec![1.0, f64::NAN, f64::NAN, 5.0, f64::NAN, 6.0, 4.0, f64::NAN]],
        periods: 4,
        expected: vec![1.0, 5.0, 2.0, 5.0, 3.0, 6.0, 4.0, 6.0],
        source: "by hand: 1 . . 4 becomes 1 2 3 4, and . 5 6 . becomes 5 5 6 6".into(),
        ..Example::default()
    },
};

impl Imputation for Interpolate {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        if fill::is_complete(out) {
            return Ok(());
        }
        let values = input.values();
        let time = |row: u32| input.rows.time(row as usize);
        let mut by_region = ByRegion::new(input.rows, &mut scratch.order);
        for series in by_region.series(input.rows) {
            let known = |&at: &usize| !values[series[at] as usize].is_nan();
            let Some(first) = (0..series.len()).find(known) else { continue };
            if self.ends == Ends::Carry {
                series[..first]
                    .iter()
                    .for_each(|&r| out[r as usize] = values[series[first] as usize]);
            }
            let mut before = first;
            while let Some(after) = (before + 1..series.len()).find(known) {
                let (s, u) = (time(series[before]), time(series[after]));
                let (from, to) = (values[series[before] as usize], values[series[after] as usize]);
                for &row in &series[before + 1..after] {
                    out[row as usize] =
                        if u > s { from + (to - from) * ((time(row) - s) / (u - s)) } else { from };
                }
                before = after;
            }
            if self.ends == Ends::Carry {
                let last = values[series[before] as usize];
                series[before + 1..].iter().for_each(|&r| out[r as usize] = last);
            }
        }
        fill::finite(out)
    }

    fn needs(&self) -> Needs {
        Needs { panel: true, ..Needs::NOTHING }
    }

    fn leaves_absent(&self) -> bool {
        self.unfilled == Unfilled::Leave
    }
}
