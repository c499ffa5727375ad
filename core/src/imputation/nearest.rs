//! The regions that are most alike in everything else.

use super::fill::{self, Unfilled};
use super::{Donors, Imputation, ImputationInput};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number;

settings! {
    /// Settings of the nearest regions.
    pub struct Nearest {
        /// How many of the nearest regions with a value are averaged; all of them where there are fewer.
        k: usize [1, 1000000] = 5,
        /// What happens to a cell whose region has no column in common with any region that has a value.
        unfilled: Unfilled = Unfilled::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "nearest",
    summary: "Gives a missing cell the mean of the k regions that are nearest in the other columns.",
    formula: "x' = mean of x over the k nearest; d²(i, j) = mean of ((x_ic − x_jc)/sd_c)² over the other columns c that both have, sd with divisor n − 1; of equally near ones the earlier row",
    reference: "Troyanskaya et al. (2001), Bioinformatics 17(6), 520-525 (KNNimpute, here unweighted)",
    settings: Nearest::declared,
    make: |values: &Settings| Ok(Box::new(Nearest::read(values)?)),
    claims: Claims { units: Units::ScaleAndShift, absent: true, ..Claims::NONE },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![
                vec![f64::NAN, 10.0, 20.0, 60.0],
                vec![1.0, 2.0, 3.0, 9.0],
                vec![5.0, 5.0, f64::NAN, 8.0],
            ],
            expected: vec![15.0, 10.0, 20.0, 60.0],
            source: "by hand: regions 2 and 3 are nearer to region 1 than region 4 is in every column: (10 + 20)/2".into(),
            ..Example::default()
        }
        .with([("k", 2.0.into())])
    },
};

impl Imputation for Nearest {
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
        let Scratch { a: distances, b: deviations, order: nearest, .. } = scratch;
        spreads(input, deviations);
        for row in (0..values.len()).filter(|&row| values[row].is_nan()) {
            self.find(input, deviations, row, distances, nearest);
            if !nearest.is_empty() {
                let sum: f64 = nearest.iter().map(|&donor| values[donor as usize]).sum();
                out[row] = sum / nearest.len() as f64;
            }
        }
        fill::finite(out)
    }

    fn donors(&self, input: &ImputationInput<'_>, row: usize) -> Option<Donors> {
        let (mut deviations, mut distances, mut nearest) = (Vec::new(), Vec::new(), Vec::new());
        spreads(input, &mut deviations);
        self.find(input, &deviations, row, &mut distances, &mut nearest);
        Some(Donors::Rows(nearest.into_iter().map(|donor| donor as usize).collect()))
    }

    fn leaves_absent(&self) -> bool {
        self.unfilled == Unfilled::Leave
    }
}

impl Nearest {
    /// The nearest rows with a value in the column that is filled, and their distances, both ascending; an equally near later
    /// row goes behind.
    fn find(
        &self,
        input: &ImputationInput<'_>,
        deviations: &[f64],
        row: usize,
        distances: &mut Vec<f64>,
        nearest: &mut Vec<u32>,
    ) {
        let values = input.values();
        distances.clear();
        nearest.clear();
        for donor in (0..values.len()).filter(|&row| !values[row].is_nan()) {
            let Some(d) = distance(input.columns, deviations, row, donor) else { continue };
            let place = distances.partition_point(|&near| near <= d);
            if place < self.k {
                distances.truncate(self.k - 1);
                nearest.truncate(self.k - 1);
                distances.insert(place, d);
                nearest.insert(place, donor as u32);
            }
        }
    }
}

/// The standard deviation of each column. A column of one value says nothing of who is near, and is passed over like the one
/// to be filled; both get zero.
fn spreads(input: &ImputationInput<'_>, deviations: &mut Vec<f64>) {
    deviations.clear();
    deviations.extend(input.columns.iter().enumerate().map(|(c, column)| {
        let variance = if c == input.column { None } else { number::sample_variance(column) };
        variance.map_or(0.0, f64::sqrt)
    }));
}

/// The mean squared distance in standard deviations over the columns that both rows have.
fn distance(columns: &[&[f64]], deviations: &[f64], row: usize, donor: usize) -> Option<f64> {
    let mut sum = 0.0;
    let mut shared = 0;
    for (column, &deviation) in columns.iter().zip(deviations) {
        let z = (column[row] - column[donor]) / deviation;
        if deviation > 0.0 && !z.is_nan() {
            sum += z * z;
            shared += 1;
        }
    }
    (shared > 0).then(|| sum / shared as f64)
}
