//! What a regression on the other indicators says.

use super::fill::{self, Unfilled};
use super::others::Of;
use super::{Imputation, ImputationInput};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number::{self, Correlation, Regression as Fit};

settings! {
    /// Settings of the regression.
    pub struct Regression {
        /// On how many other columns the column is regressed: those with the greatest correlation with it, by size, among the ones that the region has.
        predictors: usize [1, 1000] = 3,
        /// Which others: the `siblings` below the same parent, or `all` leaves.
        of: Of = Of::All,
        /// The least number of regions that a regression is made of, beside two for each coefficient.
        min_rows: usize [3, 1000000] = 5,
        /// What happens to a cell for which there is no regression.
        unfilled: Unfilled = Unfilled::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "regression",
    summary: "Gives a missing cell what a linear regression on the other indicators that the region has says of it.",
    formula: "x'_ij = b_0 + Σ_k b_k x_ik, by least squares over the regions that have j and every k; k: the predictors of the greatest |r_jk|, fewer where the regions are too few or one follows from the others",
    reference: "Buck (1960), J. Royal Statistical Society B 22(2), 302-306",
    settings: Regression::declared,
    make: |values: &Settings| Ok(Box::new(Regression::read(values)?)),
    claims: Claims { units: Units::ScaleAndShift, absent: true, ..Claims::NONE },
    intermediate: &[],
    example: || Example {
        columns: vec![
            vec![f64::NAN, 6.0, 11.0, 10.0, 16.0, 22.0, 17.0],
            vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
            vec![3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0],
        ],
        expected: vec![6.0, 6.0, 11.0, 10.0, 16.0, 22.0, 17.0],
        source: "by hand: 1 + 2 x2 + x3".into(),
        ..Example::default()
    },
};

impl Imputation for Regression {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        if fill::is_complete(out) {
            return Ok(());
        }
        let values = input.values();
        let size = |k: usize| Correlation::Pearson.of(values, input.columns[k]).map(f64::abs);
        let others: Vec<(f64, usize)> =
            self.of.others(input).into_iter().filter_map(|k| Some((size(k)?, k))).collect();
        let mut order: Vec<usize> = (0..others.len()).collect();
        number::sort_by(&mut order, &|a, b| others[b].0.total_cmp(&others[a].0).then(a.cmp(&b)));
        // Regions that lack the same columns have the same regression.
        let mut known: Vec<(Vec<usize>, Option<Fit>)> = Vec::new();
        for row in (0..values.len()).filter(|&row| values[row].is_nan()) {
            let mut chosen: Vec<usize> = order
                .iter()
                .map(|&at| others[at].1)
                .filter(|&k| !input.columns[k][row].is_nan())
                .take(self.predictors)
                .collect();
            while !chosen.is_empty() {
                let at = known.iter().position(|(of, _)| *of == chosen).unwrap_or_else(|| {
                    known.push((chosen.clone(), self.fit(input, &chosen)));
                    known.len() - 1
                });
                if let Some(fit) = &known[at].1 {
                    let terms = fit.coefficients[1..].iter().zip(&chosen);
                    let sum: f64 = terms.map(|(b, k)| b * input.columns[*k][row]).sum();
                    out[row] = fit.coefficients[0] + sum;
                    if out[row].is_nan() {
                        out[row] = f64::INFINITY;
                    }
                    break;
                }
                chosen.pop();
            }
        }
        fill::finite(out)
    }

    fn leaves_absent(&self) -> bool {
        self.unfilled == Unfilled::Leave
    }
}

impl Regression {
    /// The regression on these columns; `None` where the regions are too few, or one column follows from the others.
    fn fit(&self, input: &ImputationInput<'_>, chosen: &[usize]) -> Option<Fit> {
        let values = input.values();
        let has = |row: &usize| {
            !values[*row].is_nan() && chosen.iter().all(|&k| !input.columns[k][*row].is_nan())
        };
        let rows: Vec<usize> = (0..values.len()).filter(has).collect();
        if rows.len() < self.min_rows.max(2 * (chosen.len() + 1)) {
            return None;
        }
        let part = |column: &[f64]| -> Vec<f64> { rows.iter().map(|&row| column[row]).collect() };
        let columns: Vec<Vec<f64>> = chosen.iter().map(|&k| part(input.columns[k])).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        Fit::new(&part(values), &columns)
    }
}
