//! The correlations of many columns with one another.
//!
//! Complete columns are scaled (or ranked) once and multiplied block by block, so that a block of columns stays in the cache
//! of the processor. Each product is summed in the order of [`dot`](super::dot), whatever the block, the thread and the width
//! of the processor's registers, so that the coefficients have the bits of [`Correlation::of`]. Columns with gaps are
//! compared pair by pair.

use multiversion::{multiversion, target::match_target};
use rayon::prelude::*;

use super::correlation::{Association, Correlation, PValue, Pairs};

/// Rows whose products are added up side by side: row `r` is in lane `r % LANES`, as in [`dot`](super::dot).
const LANES: usize = 8;
/// Columns that lie side by side.
const PANEL: usize = 4;
/// Panels that are multiplied together.
const BLOCK: usize = 8;
/// Steps of `LANES` rows that are multiplied before the next pair of panels; two panels take 32 KB then, and two blocks 256 KB.
const CHUNK: usize = 64;
/// Less work than so many products is done by one thread.
const ALONE: usize = 1 << 18;

/// One number for each lane.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Lanes([f64; LANES]);

impl Lanes {
    const ZERO: Lanes = Lanes([0.0; LANES]);

    /// The sum of the lanes in the order of [`dot`](super::dot).
    fn sum(self) -> f64 {
        let Lanes([a, b, c, d, e, f, g, h]) = self;
        ((a + b) + (c + d)) + ((e + f) + (g + h))
    }
}

/// A step of rows of each column of a panel. Rows after the last and columns that are not complete are 0: a lane is never -0,
/// so that adding 0 leaves its bits as they are.
type Step = [Lanes; PANEL];
/// The sums of products of each column of a panel with each of another one.
type Tile = [[Lanes; PANEL]; PANEL];

/// The coefficients of columns that are complete and vary.
#[derive(Clone, Debug)]
struct Products {
    /// For each column, whether it is complete and varies.
    scaled: Vec<bool>,
    /// For each pair of blocks, the second not after the first, the products of their columns row by row.
    blocks: Vec<Vec<f64>>,
}

impl Products {
    fn new(columns: &[&[f64]], by: Correlation) -> Products {
        if by == Correlation::Kendall {
            return Products { scaled: vec![false; columns.len()], blocks: Vec::new() };
        }
        let is_large = is_large(columns);
        let panel = |columns: &[&[f64]]| panel(columns, by);
        let panels: Vec<(Vec<bool>, Vec<Step>)> = match is_large {
            true => columns.par_chunks(PANEL).map(panel).collect(),
            false => columns.chunks(PANEL).map(panel).collect(),
        };
        let (scaled, panels): (Vec<Vec<bool>>, Vec<Vec<Step>>) = panels.into_iter().unzip();
        let count = panels.len().div_ceil(BLOCK);
        let pairs: Vec<(usize, usize)> =
            (0..count).flat_map(|i| (0..=i).map(move |j| (i, j))).collect();
        let product = |&(i, j): &(usize, usize)| block(&panels, i, j);
        let blocks = match is_large {
            true => pairs.par_iter().map(product).collect(),
            false => pairs.iter().map(product).collect(),
        };
        Products { scaled: scaled.concat(), blocks }
    }

    /// The coefficient of two different columns; `None` where one of them has gaps or does not vary.
    fn get(&self, i: usize, j: usize) -> Option<f64> {
        if !(self.scaled[i] && self.scaled[j]) {
            return None;
        }
        const COLUMNS: usize = BLOCK * PANEL;
        let (i, j) = (i.max(j), i.min(j));
        let (row, column) = (i / COLUMNS, j / COLUMNS);
        Some(self.blocks[row * (row + 1) / 2 + column][i % COLUMNS * COLUMNS + j % COLUMNS])
    }
}

/// The columns of a panel step by step, and which of them are complete and vary.
fn panel(columns: &[&[f64]], by: Correlation) -> (Vec<bool>, Vec<Step>) {
    let mut steps = Vec::new();
    let mut scaled = vec![false; columns.len()];
    for (k, column) in columns.iter().enumerate() {
        let Some(column) = by.scaled(column) else { continue };
        scaled[k] = true;
        steps.resize(column.len().div_ceil(LANES), [Lanes::ZERO; PANEL]);
        for (step, values) in steps.iter_mut().zip(column.chunks(LANES)) {
            step[k].0[..values.len()].copy_from_slice(values);
        }
    }
    (scaled, steps)
}

/// The products of the columns of block `i` with those of block `j`, row by row.
fn block(panels: &[Vec<Step>], i: usize, j: usize) -> Vec<f64> {
    let of = |block: usize| &panels[block * BLOCK..panels.len().min((block + 1) * BLOCK)];
    let mut tiles = vec![[[Lanes::ZERO; PANEL]; PANEL]; BLOCK * BLOCK];
    multiply(of(i), of(j), &mut tiles);
    let mut found = vec![0.0; BLOCK * PANEL * BLOCK * PANEL];
    for (k, row) in found.chunks_exact_mut(BLOCK * PANEL).enumerate() {
        for (l, product) in row.iter_mut().enumerate() {
            let tile = &tiles[k / PANEL * BLOCK + l / PANEL];
            *product = super::clamp(tile[k % PANEL][l % PANEL].sum(), -1.0, 1.0);
        }
    }
    found
}

/// Adds the products of the columns of two blocks to `tiles`. The program is compiled for every processor of a kind; this
/// function also for those with wider registers, and the one that runs is chosen by the processor. Each sum has the same order
/// in all of them, and no product is fused with a sum, so that they give the same bits.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
fn multiply(left: &[Vec<Step>], right: &[Vec<Step>], tiles: &mut [Tile]) {
    match_target! {
        "x86_64+avx512f" => multiply_by::<8>(left, right, tiles),
        "x86_64+avx2" => multiply_by::<4>(left, right, tiles),
        _ => multiply_by::<2>(left, right, tiles),
    }
}

/// As [`multiply`], with registers of so many numbers.
#[inline(always)]
fn multiply_by<const WIDTH: usize>(left: &[Vec<Step>], right: &[Vec<Step>], tiles: &mut [Tile]) {
    let steps = left.iter().chain(right).map(Vec::len).max().unwrap_or(0);
    for from in (0..steps).step_by(CHUNK) {
        // A panel without complete columns has no steps.
        let chunk = |panel: &'_ Vec<Step>| from.min(panel.len())..(from + CHUNK).min(panel.len());
        for (i, a) in left.iter().enumerate() {
            for (j, b) in right.iter().enumerate() {
                let tile = &mut tiles[i * BLOCK + j];
                add_products::<WIDTH>(&a[chunk(a)], &b[chunk(b)], tile);
            }
        }
    }
}

/// Adds the products of the columns of two panels. Two columns of the first and four of the second leave enough registers
/// for eight sums on every processor.
#[inline(always)]
fn add_products<const WIDTH: usize>(left: &[Step], right: &[Step], tile: &mut Tile) {
    const ROWS: usize = 2;
    // The bounds of all loops but one are constants, so that the compiler unrolls them and keeps the sums in registers.
    for i in 0..PANEL / ROWS {
        for g in 0..LANES / WIDTH {
            let mut sums = [[[0.0; WIDTH]; PANEL]; ROWS];
            for r in 0..ROWS {
                for c in 0..PANEL {
                    for k in 0..WIDTH {
                        sums[r][c][k] = tile[i * ROWS + r][c].0[g * WIDTH + k];
                    }
                }
            }
            for (x, y) in left.iter().zip(right) {
                for r in 0..ROWS {
                    for c in 0..PANEL {
                        for k in 0..WIDTH {
                            let x = x[i * ROWS + r].0[g * WIDTH + k];
                            sums[r][c][k] += x * y[c].0[g * WIDTH + k];
                        }
                    }
                }
            }
            for r in 0..ROWS {
                for c in 0..PANEL {
                    for k in 0..WIDTH {
                        tile[i * ROWS + r][c].0[g * WIDTH + k] = sums[r][c][k];
                    }
                }
            }
        }
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
        for (n, rows) in [(3, 5), (17, 31), (50, 203), (34, 1101)] {
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

    #[test]
    fn bits_of_every_width_of_registers() {
        for (n, rows) in [(1, 2), (5, 31), (BLOCK * PANEL, 2 * CHUNK * LANES + 9)] {
            let columns = columns(n, rows);
            let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
            let by = Correlation::Pearson;
            let scaled: Vec<Option<Vec<f64>>> = columns.iter().map(|x| by.scaled(x)).collect();
            let panels: Vec<Vec<Step>> =
                columns.chunks(PANEL).map(|columns| panel(columns, by).1).collect();
            type Multiply = fn(&[Vec<Step>], &[Vec<Step>], &mut [Tile]);
            let versions: [Multiply; 4] =
                [multiply, multiply_by::<2>, multiply_by::<4>, multiply_by::<8>];
            for (version, multiply) in versions.into_iter().enumerate() {
                let mut tiles = vec![[[Lanes::ZERO; PANEL]; PANEL]; BLOCK * BLOCK];
                multiply(&panels, &panels, &mut tiles);
                for (i, x) in scaled.iter().enumerate() {
                    for (j, y) in scaled.iter().enumerate() {
                        let sum = tiles[i / PANEL * BLOCK + j / PANEL][i % PANEL][j % PANEL].sum();
                        let expected = match (x, y) {
                            (Some(x), Some(y)) => crate::number::dot(x, y),
                            _ => 0.0,
                        };
                        assert_eq!(sum.to_bits(), expected.to_bits(), "{version} {n} {i} {j}");
                    }
                }
            }
        }
    }

    fn bits(found: Association) -> (u64, usize, u64, PValue) {
        (found.coefficient.to_bits(), found.n, found.p.to_bits(), found.by)
    }
}
