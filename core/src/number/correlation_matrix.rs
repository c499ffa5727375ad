//! The correlations of many columns with one another.
//!
//! Complete columns are scaled (or ranked) once and multiplied block by block, so that a block of columns stays in the cache
//! of the processor. Each product is summed in the order of [`dot`](super::dot), whatever the block and the thread, so that
//! the coefficients have the bits of [`Correlation::of`]. Columns with gaps are compared pair by pair.

use rayon::prelude::*;

use super::correlation::{Association, Correlation, PValue, Pairs};

/// Columns that are multiplied together; two blocks of 3,000 rows take 768 KB.
const BLOCK: usize = 16;
/// Less work than so many products is done by one thread.
const ALONE: usize = 1 << 18;
const LANES: usize = 8;

/// The coefficients of columns that are complete and vary.
#[derive(Clone, Debug)]
struct Products {
    columns: usize,
    /// For each column, whether it is complete and varies.
    scaled: Vec<bool>,
    /// Row by row; NaN where a coefficient is not here.
    products: Vec<f64>,
}

impl Products {
    fn new(columns: &[&[f64]], by: Correlation) -> Products {
        let is_large = is_large(columns);
        let scale = |column: &&[f64]| match by {
            Correlation::Kendall => None,
            _ => by.scaled(column),
        };
        let scaled: Vec<Option<Vec<f64>>> = match is_large {
            true => columns.par_iter().map(scale).collect(),
            false => columns.iter().map(scale).collect(),
        };
        let n = columns.len();
        let blocks = n.div_ceil(BLOCK);
        let pairs: Vec<(usize, usize)> =
            (0..blocks).flat_map(|i| (0..=i).map(move |j| (i, j))).collect();
        let product = |&(i, j): &(usize, usize)| multiply(&scaled, i * BLOCK, j * BLOCK);
        let found: Vec<Vec<f64>> = match is_large {
            true => pairs.par_iter().map(product).collect(),
            false => pairs.iter().map(product).collect(),
        };
        let mut products = vec![f64::NAN; n * n];
        for (&(i, j), found) in pairs.iter().zip(&found) {
            for (k, r) in found.iter().enumerate() {
                let (a, b) = (i * BLOCK + k / BLOCK, j * BLOCK + k % BLOCK);
                if a < n && b < n {
                    products[a * n + b] = *r;
                    products[b * n + a] = *r;
                }
            }
        }
        let scaled = scaled.iter().map(Option::is_some).collect();
        Products { columns: n, scaled, products }
    }

    /// The coefficient of two different columns; `None` where one of them has gaps or does not vary.
    fn get(&self, i: usize, j: usize) -> Option<f64> {
        (self.scaled[i] && self.scaled[j]).then(|| self.products[i * self.columns + j])
    }
}

fn is_large(columns: &[&[f64]]) -> bool {
    let rows = columns.first().map_or(0, |column| column.len());
    columns.len() * columns.len() * rows > ALONE
}

/// The correlations of columns with one another, with their p-values.
#[derive(Clone, Debug)]
pub struct CorrelationMatrix {
    by: Correlation,
    /// The number of rows of complete columns.
    rows: usize,
    products: Products,
    /// The pairs that are not in `products`, row by row below the diagonal.
    others: Vec<Vec<Option<Association>>>,
}

impl CorrelationMatrix {
    /// The correlations of all columns, which have the same number of rows; NaN where a value is absent.
    pub fn new(columns: &[&[f64]], by: Correlation) -> CorrelationMatrix {
        let products = Products::new(columns, by);
        let other = |i: usize| -> Vec<Option<Association>> {
            let test = |j: usize| match products.get(i, j) {
                Some(_) => None,
                None => by.test(columns[i], columns[j]),
            };
            (0..i).map(test).collect()
        };
        let others = match is_large(columns) {
            true => (0..columns.len()).into_par_iter().map(other).collect(),
            false => (0..columns.len()).map(other).collect(),
        };
        let rows = columns.first().map_or(0, |column| column.len());
        CorrelationMatrix { by, rows, products, others }
    }

    /// The correlation of two different columns with its p-value and n; as [`Correlation::test`].
    pub fn get(&self, i: usize, j: usize) -> Option<Association> {
        if let Some(coefficient) = self.products.get(i, j) {
            let p = self.by.p_value(coefficient, self.rows);
            return Some(Association { coefficient, n: self.rows, p, by: PValue::Student });
        }
        if i > j { self.others[i][j] } else { self.others[j][i] }
    }

    /// The coefficient of two different columns; as [`Correlation::of`].
    pub fn coefficient(&self, i: usize, j: usize) -> Option<f64> {
        let other = || self.get(i, j).map(|found| found.coefficient);
        self.products.get(i, j).or_else(other)
    }
}

/// The products of the columns from `i` on with those from `j` on, a block of each.
fn multiply(columns: &[Option<Vec<f64>>], i: usize, j: usize) -> Vec<f64> {
    let mut found = vec![f64::NAN; BLOCK * BLOCK];
    let right: Vec<(usize, &[f64])> = (j..columns.len().min(j + BLOCK))
        .filter_map(|b| columns[b].as_deref().map(|column| (b - j, column)))
        .collect();
    for a in i..columns.len().min(i + BLOCK) {
        let Some(x) = columns[a].as_deref() else { continue };
        let into = &mut found[(a - i) * BLOCK..(a - i + 1) * BLOCK];
        let mut pairs = right.chunks_exact(2);
        for pair in &mut pairs {
            let [first, second] = dots(x, [pair[0].1, pair[1].1]);
            into[pair[0].0] = super::clamp(first, -1.0, 1.0);
            into[pair[1].0] = super::clamp(second, -1.0, 1.0);
        }
        for (b, y) in pairs.remainder() {
            let [only] = dots(x, [y]);
            into[*b] = super::clamp(only, -1.0, 1.0);
        }
    }
    found
}

/// The sums of products of a complete column with others, each in the order of [`dot`](super::dot).
fn dots<const N: usize>(x: &[f64], ys: [&[f64]; N]) -> [f64; N] {
    let mut lanes = [[0.0; LANES]; N];
    let whole = x.len() / LANES * LANES;
    for at in (0..whole).step_by(LANES) {
        let x: &[f64; LANES] = x[at..at + LANES].try_into().expect("as many as there are lanes");
        for (lanes, y) in lanes.iter_mut().zip(&ys) {
            let y: &[f64; LANES] =
                y[at..at + LANES].try_into().expect("as many as there are lanes");
            for k in 0..LANES {
                lanes[k] += x[k] * y[k];
            }
        }
    }
    for (lanes, y) in lanes.iter_mut().zip(&ys) {
        for k in whole..x.len() {
            lanes[k - whole] += x[k] * y[k];
        }
    }
    lanes.map(|[a, b, c, d, e, f, g, h]| ((a + b) + (c + d)) + ((e + f) + (g + h)))
}

impl Correlation {
    /// Writes the coefficients of all columns with one another, row by row: 0 where there is none, and 1 of a column that
    /// varies with itself.
    pub fn matrix(self, columns: &[&[f64]], out: &mut Vec<f64>) {
        let n = columns.len();
        let products = Products::new(columns, self);
        let mut pairs = Pairs::default();
        out.clear();
        out.resize(n * n, 0.0);
        for (i, x) in columns.iter().enumerate() {
            for (j, y) in columns[..i].iter().enumerate() {
                let r = products.get(i, j).or_else(|| self.between(x, y, &mut pairs));
                let r = r.unwrap_or(0.0);
                out[i * n + j] = r;
                out[j * n + i] = r;
            }
            let varies = super::extremes(x).is_some_and(|(least, greatest)| least < greatest);
            out[i * n + i] = if varies { 1.0 } else { 0.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::uniform;

    /// Columns: some have gaps, some have ties, and one is constant.
    fn columns(n: usize, rows: usize) -> Vec<Vec<f64>> {
        let cell = |k: usize, row: usize| {
            let x = uniform(7, k as u64, row as u64);
            match k % 7 {
                3 if row % 5 == 2 => f64::NAN,
                4 => (x * 8.0).floor(),
                5 if k == 5 => 2.5,
                _ => x,
            }
        };
        (0..n).map(|k| (0..rows).map(|row| cell(k, row)).collect()).collect()
    }

    #[test]
    fn bits_of_single_pairs_with_any_number_of_threads() {
        for (n, rows) in [(3, 5), (17, 31), (50, 203)] {
            let columns = columns(n, rows);
            let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
            for by in [Correlation::Pearson, Correlation::Spearman, Correlation::Kendall] {
                let with = |threads: usize| {
                    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
                    pool.expect("threads").install(|| CorrelationMatrix::new(&columns, by))
                };
                let (one, two) = (with(1), with(2));
                for i in 0..n {
                    for j in (0..n).filter(|&j| j != i) {
                        // The sum of products does not depend on which column stands first.
                        let pair = by.test(columns[i], columns[j]).map(bits);
                        assert_eq!(one.get(i, j).map(bits), pair, "{n} {i} {j}");
                        assert_eq!(two.get(i, j).map(bits), pair, "{n} {i} {j}");
                    }
                }
            }
        }
    }

    fn bits(found: Association) -> (u64, usize, u64, PValue) {
        (found.coefficient.to_bits(), found.n, found.p.to_bits(), found.by)
    }
}
