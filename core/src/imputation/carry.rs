//! The region's last known value, carried forward.

use super::fill::{self, ByRegion, Unfilled};
use super::{Imputation, ImputationInput};
use crate::method::{
    Claims, Entry, Example, MethodError, Needs, Scratch, Settings, Units, settings,
};

settings! {
    /// Settings of carrying values along time.
    pub struct Carry {
        /// Whether a cell with no earlier value in reach takes the region's next later one.
        backward: bool = false,
        /// Over how many periods a value is carried at most, periods without any data counted; no limit unless stated.
        max_gap: Option<usize> = None,
        /// What happens to a cell with no value in reach.
        unfilled: Unfilled = Unfilled::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "carry",
    summary: "Gives a missing cell the region's latest earlier value.",
    formula: "x'(t) = x(s), s the latest period before t with a value, t − s ≤ max_gap periods; with `backward` else the earliest after t",
    reference: "Becker et al. (2022), J. Open Source Softw. 7(78), 4567 (COINr, impute_panel: latest, and constant with `backward`)",
    settings: Carry::declared,
    make: |values: &Settings| Ok(Box::new(Carry::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || {
        Example {
            // Two regions in four periods, period by period.
            columns: vec![vec![1.0, f64::NAN, f64::NAN, 5.0, f64::NAN, 6.0, 4.0, f64::NAN]],
            periods: 4,
            expected: vec![1.0, 5.0, 1.0, 5.0, 1.0, 6.0, 4.0, 6.0],
            source: "by hand: 1 . . 4 becomes 1 1 1 4, and . 5 6 . becomes 5 5 6 6".into(),
            ..Example::default()
        }
        .with([("backward", true.into())])
    },
};

impl Imputation for Carry {
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
        let mut by_region = ByRegion::new(input.rows, &mut scratch.order);
        for series in by_region.series(input.rows) {
            self.carry(input, values, series.iter().map(|&row| row as usize), out);
            if self.backward {
                self.carry(input, values, series.iter().rev().map(|&row| row as usize), out);
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

impl Carry {
    /// Carries values along a region's rows, into cells that are empty still.
    fn carry(
        &self,
        input: &ImputationInput<'_>,
        values: &[f64],
        series: impl Iterator<Item = usize>,
        out: &mut [f64],
    ) {
        // Periods without any data count: two lie between 2018 and 2020 where the next year with data is 2021.
        let reach = self.max_gap.map(|most| (most as f64 + 0.5) * input.rows.step());
        let apart = |a: usize, b: usize| (input.rows.time(b) - input.rows.time(a)).abs();
        let mut last = None;
        for row in series {
            if !values[row].is_nan() {
                last = Some(row);
            } else if out[row].is_nan()
                && let Some(from) = last
                && reach.is_none_or(|reach| apart(from, row) < reach)
            {
                out[row] = values[from];
            }
        }
    }
}
