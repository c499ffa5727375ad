//! The expected value under the normal distribution that fits all columns best (EM).

use quanheng_words::text;

use super::fill::{self, Unfilled};
use super::others::Of;
use super::{Imputation, ImputationInput};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number::{self, solve};

settings! {
    /// Settings of the normal distribution.
    pub struct Em {
        /// Which other columns the distribution is fitted to: the `siblings` below the same parent, or `all` leaves.
        of: Of = Of::Siblings,
        /// What is added to the variance of every column, as a share of it, so that there is a distribution where columns follow from one another or are as many as the regions.
        ridge: f64 [0.0, 1.0] = 0.0,
        /// How many steps are made at most.
        steps: usize [1, 1000000] = 10000,
        /// What happens to a cell whose region has none of the others, or whose column has fewer than two values that differ.
        unfilled: Unfilled = Unfilled::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "em",
    summary: "Gives a missing cell its expected value, given what the region has, under the normal distribution that is likeliest for all cells.",
    formula: "E: x'_m = μ_m + Σ_mo Σ_oo⁻¹ (x_o − μ_o) in each row, o there and m missing; M: μ and Σ (divisor n) of the filled rows, with Σ_mm − Σ_mo Σ_oo⁻¹ Σ_om added for what is missing; from means and variances on, until no filled cell moves by more than 1e-13 standard deviations",
    reference: "Dempster, Laird & Rubin (1977), J. Royal Statistical Society B 39(1), 1-38; Little & Rubin (2019), Statistical Analysis with Missing Data, chapter 11",
    settings: Em::declared,
    make: |values: &Settings| Ok(Box::new(Em::read(values)?)),
    claims: Claims { units: Units::ScaleAndShift, absent: true, ..Claims::NONE },
    intermediate: &[],
    example: || Example {
        // One plane goes through all rows, and the regression on the other columns finds it.
        columns: vec![
            vec![f64::NAN, 6.0, 11.0, 10.0, 16.0, 22.0],
            vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
            vec![3.0, 1.0, 4.0, 1.0, 5.0, 9.0],
        ],
        expected: vec![6.0, 6.0, 11.0, 10.0, 16.0, 22.0],
        source: "by hand: 1 + 2 x2 + x3".into(),
        ..Example::default()
    },
};

/// How far a filled cell may still move, in standard deviations of its column.
const SETTLED: f64 = 1e-13;

impl Imputation for Em {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        if fill::is_complete(out) {
            return Ok(());
        }
        // Columns without two values that differ have no place in the distribution.
        let scale = |k: usize| -> Option<(f64, f64)> {
            let column = input.columns[k];
            let mean = number::mean(column)?;
            let (least, greatest) = number::extremes(column)?;
            let deviation = number::population_variance(column)?.sqrt();
            let sound = least < greatest && deviation.is_finite() && mean.is_finite();
            (sound && deviation > 0.0).then_some((mean, deviation))
        };
        let Some((mean, deviation)) = scale(input.column) else { return Ok(()) };
        let mut columns = vec![(input.column, mean, deviation)];
        for k in self.of.others(input) {
            columns.extend(scale(k).map(|(mean, deviation)| (k, mean, deviation)));
        }
        let rows: Vec<Vec<f64>> = (0..out.len())
            .map(|row| columns.iter().map(|(k, m, s)| (input.columns[*k][row] - m) / s).collect())
            .collect();
        let filled = self.fit(&rows, columns.len())?;
        for (row, cell) in out.iter_mut().enumerate() {
            let others = rows[row].iter().skip(1).any(|x| !x.is_nan());
            if cell.is_nan() && others {
                *cell = mean + deviation * filled[row];
            }
        }
        fill::finite(out)
    }

    fn leaves_absent(&self) -> bool {
        self.unfilled == Unfilled::Leave
    }
}

/// Rows that lack the same columns.
struct Pattern {
    rows: Vec<usize>,
    there: Vec<usize>,
    missing: Vec<usize>,
}

impl Em {
    /// The first column, filled, in standard deviations from its mean.
    fn fit(&self, rows: &[Vec<f64>], n: usize) -> Result<Vec<f64>, MethodError> {
        let mut patterns: Vec<Pattern> = Vec::new();
        for (row, cells) in rows.iter().enumerate() {
            let there: Vec<usize> = (0..n).filter(|&k| !cells[k].is_nan()).collect();
            if there.is_empty() {
                // It says nothing of the distribution.
                continue;
            }
            match patterns.iter_mut().find(|pattern| pattern.there == there) {
                Some(pattern) => pattern.rows.push(row),
                None => {
                    let missing = (0..n).filter(|&k| cells[k].is_nan()).collect();
                    patterns.push(Pattern { rows: vec![row], there, missing });
                }
            }
        }
        let count = patterns.iter().map(|pattern| pattern.rows.len()).sum::<usize>();
        let mut filled: Vec<Vec<f64>> = rows
            .iter()
            .map(|cells| cells.iter().map(|x| if x.is_nan() { 0.0 } else { *x }).collect())
            .collect();
        // The columns have mean 0 and variance 1.
        let mut means = vec![0.0; n];
        let mut covariance = vec![0.0; n * n];
        (0..n).for_each(|k| covariance[k * n + k] = 1.0);
        for step in 0..self.steps {
            let mut moved = 0.0;
            let mut added = vec![0.0; n * n];
            for pattern in patterns.iter().filter(|pattern| !pattern.missing.is_empty()) {
                let slopes = slopes(&covariance, n, pattern).ok_or_else(undetermined)?;
                let width = pattern.there.len();
                for (m, &k) in pattern.missing.iter().enumerate() {
                    let slope = &slopes[m * width..(m + 1) * width];
                    for &row in &pattern.rows {
                        let away = |(b, o): (&f64, &usize)| b * (rows[row][*o] - means[*o]);
                        let sum: f64 = slope.iter().zip(&pattern.there).map(away).sum();
                        let value = means[k] + sum;
                        moved = number::max(moved, (value - filled[row][k]).abs());
                        filled[row][k] = value;
                    }
                    for &l in &pattern.missing {
                        let explained = slope.iter().zip(&pattern.there);
                        let explained: f64 =
                            explained.map(|(b, o)| b * covariance[o * n + l]).sum();
                        let rest = covariance[k * n + l] - explained;
                        added[k * n + l] += rest * pattern.rows.len() as f64;
                    }
                }
            }
            let there: Vec<usize> = patterns.iter().flat_map(|p| p.rows.iter().copied()).collect();
            for (k, mean) in means.iter_mut().enumerate() {
                let column: Vec<f64> = there.iter().map(|&row| filled[row][k]).collect();
                *mean = number::sum(&column) / count as f64;
            }
            let centred: Vec<Vec<f64>> = (0..n)
                .map(|k| there.iter().map(|&row| filled[row][k] - means[k]).collect())
                .collect();
            for k in 0..n {
                for l in 0..=k {
                    let product = number::dot(&centred[k], &centred[l]) + added[k * n + l];
                    let ridge = if k == l { 1.0 + self.ridge } else { 1.0 };
                    let value = product / count as f64 * ridge;
                    (covariance[k * n + l], covariance[l * n + k]) = (value, value);
                }
            }
            if !moved.is_finite() || covariance.iter().any(|x| !x.is_finite()) {
                return Err(undetermined());
            }
            // The first step starts from columns without correlation, and moves nothing.
            if step > 0 && moved <= SETTLED {
                return Ok(filled.iter().map(|cells| cells[0]).collect());
            }
        }
        Err(MethodError::NoConvergence { steps: self.steps })
    }
}

/// The regression of what a pattern lacks on what it has, row by row; `None` where what it has follows from itself.
fn slopes(covariance: &[f64], n: usize, pattern: &Pattern) -> Option<Vec<f64>> {
    let width = pattern.there.len();
    let mut slopes = Vec::with_capacity(width * pattern.missing.len());
    for &k in &pattern.missing {
        let mut matrix: Vec<f64> = Vec::with_capacity(width * width);
        for &i in &pattern.there {
            matrix.extend(pattern.there.iter().map(|&j| covariance[i * n + j]));
        }
        let mut right: Vec<f64> = pattern.there.iter().map(|&o| covariance[o * n + k]).collect();
        solve(&mut matrix, &mut right)?;
        slopes.extend(right);
    }
    Some(slopes)
}

fn undetermined() -> MethodError {
    MethodError::Other(text!(distribution_undetermined))
}

#[cfg(test)]
mod tests {
    use crate::conformance::Trial;
    use crate::method::{Example, find};

    /// Where one column is complete, the likeliest distribution has the regression of the other on it (Anderson 1957, J.
    /// American Statistical Association 52, 200-203): here 0 + 6/5 x.
    #[test]
    fn one_complete_column() {
        let example = Example {
            columns: vec![vec![f64::NAN, 2.0, 1.0, 4.0, 5.0], vec![6.0, 1.0, 2.0, 3.0, 4.0]],
            ..Example::default()
        };
        let entry = find(crate::imputation::TABLE, "em").unwrap();
        let found = (entry.make)(&example.settings).unwrap().trial(&example).unwrap();
        assert!((found[0] - 7.2).abs() < 1e-11, "{found:?}");
    }
}
