//! What the principal components of the filled table say, filled and fitted in turn (iterative PCA).

use quanheng_words::text;

use super::fill::{self, Unfilled};
use super::others::Of;
use super::{Imputation, ImputationInput};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number::{self, eigen_symmetric};

settings! {
    /// Settings of the iterative components.
    pub struct IterativePca {
        /// How many components the values are made of: fewer than the columns, and by at least two fewer than the regions.
        components: usize [1, 1000] = 2,
        /// How much is taken off the components: 1 takes off the variance of the noise, as the regularised form does; 0 takes off nothing, which is the plain EM form.
        shrinkage: f64 [0, 1000] = 1.0,
        /// Whether every column is divided by its standard deviation, so that all of them count alike.
        scale: bool = true,
        /// Which other columns the components are made of: the `siblings` below the same parent, or `all` leaves.
        of: Of = Of::Siblings,
        /// The steps end when the squared error over the values that are there changes by less than this share of itself, or is less than this share of the mean variance of the columns.
        tolerance: f64 [1e-14, 1] = 1e-6,
        /// How many steps are made at most.
        steps: usize [1, 1000000] = 1000,
        /// What happens to a cell whose region has none of the others, or whose column has fewer than two values that differ.
        unfilled: Unfilled = Unfilled::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "iterative_pca",
    summary: "Gives a missing cell what a few principal components of all columns say of it; the cells are filled and the components computed in turn until they fit each other.",
    formula: "x'_m = μ + s·Σ_k (λ_k − σ²)/λ_k · (z·v_k)·v_k over the components k, with z = (x' − μ)/s, and λ and v of the covariances of z (divisor n); σ² = the least of λ_(q+1) and shrinkage · n·p/min(p, n−1) · Σ_(k>q) λ_k / ((n−1−q)(p−q)); from the means on; μ, s, λ and v are computed again in every step",
    reference: "Josse & Husson (2012), Journal de la Société Française de Statistique 153(2), 79-99; Josse & Husson (2016), Journal of Statistical Software 70(1)",
    settings: IterativePca::declared,
    make: |values: &Settings| Ok(Box::new(IterativePca::read(values)?)),
    claims: Claims { units: Units::ScaleAndShift, absent: true, ..Claims::NONE },
    intermediate: &[],
    example: || Example {
        columns: vec![
            vec![f64::NAN, 6.0, 11.0, 10.0, 16.0, 22.0, 17.0],
            vec![1.0, 2.0, f64::NAN, 4.0, 5.0, 6.0, 7.0],
            vec![3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0],
        ],
        settings: Settings::from([("components", 1.0.into())]),
        expected: vec![8.937_524_211_805_5, 6.0, 11.0, 10.0, 16.0, 22.0, 17.0],
        source: "imputePCA of missMDA 1.21".into(),
        ..Example::default()
    },
};

/// As in the original, the rule that ends the steps is not asked before the fifth.
const FIRST_STEPS: usize = 5;

impl Imputation for IterativePca {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        if fill::is_complete(out) {
            return Ok(());
        }
        // The columns stand in one order, whichever of them is filled, so that all are filled from the same components.
        let mut members = self.of.others(input);
        members.push(input.column);
        members.sort_unstable();
        let columns: Vec<(usize, f64, f64)> =
            members.into_iter().filter_map(|k| spread(k, input.columns[k])).collect();
        let Some(own) = columns.iter().position(|(k, ..)| *k == input.column) else {
            return Ok(());
        };
        // A region without any value says nothing of the components.
        let has = |row: &usize| columns.iter().any(|(k, ..)| !input.columns[*k][*row].is_nan());
        let rows: Vec<usize> = (0..out.len()).filter(has).collect();
        let most = rows.len().saturating_sub(2).min(columns.len() - 1);
        if self.components > most {
            return Err(MethodError::Other(text!(
                too_many_components,
                components = self.components,
                columns = columns.len(),
                rows = rows.len(),
                most = most
            )));
        }
        // Without scaling, one unit for all columns keeps how much each of them counts.
        let common = columns.iter().map(|(_, _, deviation)| *deviation).fold(0.0, number::max);
        let unit = |deviation: f64| if self.scale { deviation } else { common };
        let cells = columns.iter().map(|(k, mean, deviation)| {
            let column = input.columns[*k];
            rows.iter().map(|&row| (column[row] - mean) / unit(*deviation)).collect()
        });
        let filled = self.fit(cells.collect(), rows.len())?;
        let (_, mean, deviation) = columns[own];
        for (&row, x) in rows.iter().zip(&filled[own]) {
            if out[row].is_nan() {
                out[row] = mean + unit(deviation) * x;
            }
        }
        fill::finite(out)
    }

    fn leaves_absent(&self) -> bool {
        self.unfilled == Unfilled::Leave
    }
}

/// A column with its mean and its standard deviation (divisor n); `None` where no two of its values differ.
fn spread(k: usize, column: &[f64]) -> Option<(usize, f64, f64)> {
    let (least, greatest) = number::extremes(column)?;
    let (mean, deviation) = (number::mean(column)?, number::population_variance(column)?.sqrt());
    let sound = least < greatest && mean.is_finite() && deviation.is_finite() && deviation > 0.0;
    sound.then_some((k, mean, deviation))
}

impl IterativePca {
    /// The columns, filled. They have mean 0 where they have values.
    fn fit(&self, cells: Vec<Vec<f64>>, n: usize) -> Result<Vec<Vec<f64>>, MethodError> {
        let filled = |x: &f64| if x.is_nan() { 0.0 } else { *x };
        let mut columns: Vec<Vec<f64>> =
            cells.iter().map(|column| column.iter().map(filled).collect()).collect();
        let mut before = f64::INFINITY;
        for step in 1..=self.steps {
            let scaled: Vec<Scaled> =
                columns.iter().map(|column| Scaled::new(column, self.scale)).collect();
            let components = self
                .components(&scaled, n)
                .ok_or(MethodError::NoConvergence { steps: self.steps })?;
            let mut errors = vec![0.0; n];
            let mut next = columns.clone();
            for row in 0..n {
                let fitted = components.fitted(&scaled, row);
                for (k, fit) in fitted.into_iter().enumerate() {
                    if cells[k][row].is_nan() {
                        next[k][row] = scaled[k].mean + scaled[k].unit * fit;
                    } else {
                        let error = scaled[k].values[row] - fit;
                        errors[row] += error * error;
                    }
                }
            }
            let error = number::sum(&errors) / n as f64;
            let settled = (1.0 - error / before).abs() < self.tolerance
                || error < self.tolerance * components.variance;
            if settled && step >= FIRST_STEPS {
                return Ok(columns);
            }
            before = error;
            columns = next;
        }
        Err(MethodError::NoConvergence { steps: self.steps })
    }

    /// The components of the columns; `None` where the numbers are too large.
    fn components(&self, columns: &[Scaled], n: usize) -> Option<Components> {
        let (p, q) = (columns.len(), self.components);
        let mut covariances = vec![0.0; p * p];
        for k in 0..p {
            for l in 0..=k {
                let product = number::dot(&columns[k].values, &columns[l].values) / n as f64;
                (covariances[k * p + l], covariances[l * p + k]) = (product, product);
            }
        }
        let (values, vectors) = eigen_symmetric(&covariances, p)?;
        let values: Vec<f64> = values.iter().map(|x| number::max(*x, 0.0)).collect();
        let rest: f64 = values[q..].iter().sum();
        let freedom = ((n - 1 - q) * (p - q)) as f64;
        let noise = (n * p) as f64 / p.min(n - 1) as f64 * rest / freedom;
        let noise = number::min(noise * self.shrinkage, values[q]);
        let kept = |x: &f64| if *x > 0.0 { (x - noise) / x } else { 0.0 };
        let factors = values[..q].iter().map(kept).collect();
        Some(Components { factors, vectors, variance: values.iter().sum::<f64>() / p as f64 })
    }
}

/// A filled column less its mean, in its unit.
struct Scaled {
    values: Vec<f64>,
    mean: f64,
    unit: f64,
}

impl Scaled {
    fn new(column: &[f64], scale: bool) -> Scaled {
        let mean = number::mean(column).unwrap_or(0.0);
        let variance = if scale { number::population_variance(column) } else { None };
        let unit = variance.map_or(1.0, f64::sqrt);
        Scaled { values: column.iter().map(|x| (x - mean) / unit).collect(), mean, unit }
    }
}

/// The components that are kept.
struct Components {
    /// The share of each that is left when the noise is taken off.
    factors: Vec<f64>,
    /// The unit vectors, one after the other, those that are not kept behind the others.
    vectors: Vec<f64>,
    /// The mean variance of the columns.
    variance: f64,
}

impl Components {
    /// What the components say of a row.
    fn fitted(&self, columns: &[Scaled], row: usize) -> Vec<f64> {
        let mut fitted = vec![0.0; columns.len()];
        for (factor, vector) in self.factors.iter().zip(self.vectors.chunks(columns.len())) {
            let parts = vector.iter().zip(columns).map(|(v, column)| v * column.values[row]);
            let score = factor * parts.sum::<f64>();
            fitted.iter_mut().zip(vector).for_each(|(x, v)| *x += score * v);
        }
        fitted
    }
}
