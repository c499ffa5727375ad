//! Quadratic programmes.

use super::{Unsolved, solve};

/// A separable convex quadratic programme: the numbers x of 0 or above with the least Σ (curvature·x²/2 + linear·x) for
/// which the product with each row is not above its limit, and equal to it in the first `equal` rows.
#[derive(Clone, Debug)]
pub struct Quadratic<'a> {
    /// The second derivative in each number: 0 or above.
    pub curvature: &'a [f64],
    /// The slope at 0 in each number.
    pub linear: &'a [f64],
    /// The coefficients, row by row.
    pub rows: &'a [f64],
    /// The limit of each row.
    pub limits: &'a [f64],
    /// How many of the first rows are equations.
    pub equal: usize,
}

/// How small a step, a slope or a distance counts as none, beside the numbers that it is made of.
const NONE: f64 = 1e-12;
/// After so many steps without a gain the first bound that can be left is, so that no set of bounds comes twice.
const STALL: usize = 50;

impl Quadratic<'_> {
    /// The solution from a point that keeps all limits, by the primal method of active sets (Nocedal & Wright, Numerical
    /// Optimization, 2006, section 16.5). `active` names the rows behind the equations that hold with equality at the start;
    /// with the equations they must be independent in the numbers above 0, and determine all numbers without curvature.
    ///
    /// # Errors
    /// The steps do not end at a point that satisfies the conditions of Karush, Kuhn and Tucker.
    pub fn minimise(&self, start: &[f64], active: &[usize]) -> Result<Vec<f64>, Unsolved> {
        let mut at = Active {
            x: start.to_vec(),
            free: start.iter().map(|x| *x > 0.0).collect(),
            rows: (0..self.equal).chain(active.iter().copied()).collect(),
        };
        let mut idle = 0;
        for _ in 0..1000 + 50 * (start.len() + self.limits.len()) {
            let (step, prices) = self.step(&at).ok_or(Unsolved::Failed)?;
            let size = step.iter().fold(0.0, |m, p| super::max(m, p.abs()));
            let scale = at.x.iter().fold(1.0, |m, x| super::max(m, x.abs()));
            if size <= NONE * scale {
                match self.to_leave(&at, &prices, idle > STALL) {
                    None => return Ok(at.x),
                    Some(Bound::Number(j)) => at.free[j] = true,
                    Some(Bound::Row(i)) => at.rows.retain(|row| *row != i),
                }
                idle += 1;
                continue;
            }
            let (share, bound) = self.reach(&at, &step, size);
            at.x.iter_mut().zip(&step).for_each(|(x, p)| *x += share * p);
            match bound {
                Some(Bound::Number(j)) => (at.x[j], at.free[j]) = (0.0, false),
                Some(Bound::Row(i)) => at.rows.push(i),
                None => {}
            }
            idle = if share * size > NONE * scale { 0 } else { idle + 1 };
        }
        Err(Unsolved::Failed)
    }

    fn row(&self, i: usize) -> &[f64] {
        let n = self.linear.len();
        &self.rows[i * n..(i + 1) * n]
    }

    fn slope(&self, x: &[f64], j: usize) -> f64 {
        self.curvature[j] * x[j] + self.linear[j]
    }

    /// The way to the least value on the active rows, and the price of each of them; `None` where they do not determine it.
    fn step(&self, at: &Active) -> Option<(Vec<f64>, Vec<f64>)> {
        let free: Vec<usize> = (0..at.x.len()).filter(|&j| at.free[j]).collect();
        let (f, m) = (free.len(), at.rows.len());
        let size = f + m;
        let mut matrix = vec![0.0; size * size];
        let mut right = vec![0.0; size];
        for (a, &j) in free.iter().enumerate() {
            matrix[a * size + a] = self.curvature[j];
            right[a] = -self.slope(&at.x, j);
        }
        for (b, &i) in at.rows.iter().enumerate() {
            for (a, &j) in free.iter().enumerate() {
                let coefficient = self.row(i)[j];
                matrix[(f + b) * size + a] = coefficient;
                matrix[a * size + f + b] = coefficient;
            }
        }
        solve(&mut matrix, &mut right)?;
        let mut step = vec![0.0; at.x.len()];
        free.iter().zip(&right).for_each(|(&j, p)| step[j] = *p);
        Some((step, right[f..].to_vec()))
    }

    /// How much of a step can be made, and the first bound that stops it: among those that stop it at once the first row.
    fn reach(&self, at: &Active, step: &[f64], size: f64) -> (f64, Option<Bound>) {
        let (mut share, mut bound) = (1.0, None);
        for i in (self.equal..self.limits.len()).filter(|i| !at.rows.contains(i)) {
            let along = product(self.row(i), step);
            let most = self.row(i).iter().fold(0.0, |m, a| super::max(m, a.abs()));
            if along > NONE * most * size {
                let left = super::max(self.limits[i] - product(self.row(i), &at.x), 0.0);
                if left / along < share {
                    (share, bound) = (left / along, Some(Bound::Row(i)));
                }
            }
        }
        for j in (0..step.len()).filter(|&j| at.free[j]) {
            if step[j] < -NONE * size && -at.x[j] / step[j] < share {
                (share, bound) = (super::max(-at.x[j] / step[j], 0.0), Some(Bound::Number(j)));
            }
        }
        (share, bound)
    }

    /// The bound whose price is most wrong, or the first whose price is wrong; `None` at the solution.
    fn to_leave(&self, at: &Active, prices: &[f64], first: bool) -> Option<Bound> {
        let scale = (0..at.x.len()).fold(0.0, |m, j| super::max(m, self.slope(&at.x, j).abs()));
        let scale = prices.iter().fold(scale, |m, p| super::max(m, p.abs()));
        let mut least = -1e-10 * scale;
        let mut found = None;
        let mut look = |price: f64, bound: Bound| {
            if price < least && !(first && found.is_some()) {
                (least, found) = (price, Some(bound));
            }
        };
        for (&i, price) in at.rows.iter().zip(prices).skip(self.equal) {
            look(*price, Bound::Row(i));
        }
        for j in (0..at.x.len()).filter(|&j| !at.free[j]) {
            let rows = at.rows.iter().zip(prices);
            let pull: f64 = rows.map(|(&i, price)| price * self.row(i)[j]).sum();
            look(self.slope(&at.x, j) + pull, Bound::Number(j));
        }
        found
    }
}

#[derive(Clone, Copy)]
enum Bound {
    /// The number is 0.
    Number(usize),
    /// The row is at its limit.
    Row(usize),
}

/// A point, the numbers that can move, and the rows that hold with equality: the equations first.
struct Active {
    x: Vec<f64>,
    free: Vec<bool>,
    rows: Vec<usize>,
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least squares of numbers whose sum is 1: all alike, or with the first at most 1/5.
    #[test]
    fn by_hand() {
        let programme = |limit| {
            let limits = [1.0, limit];
            let rows = [1.0, 1.0, 1.0, 1.0, 0.0, 0.0];
            let linear = [0.0; 3];
            let of = Quadratic {
                curvature: &[1.0; 3],
                linear: &linear,
                rows: &rows,
                limits: &limits,
                equal: 1,
            };
            of.minimise(&[0.0, 0.0, 1.0], &[]).unwrap()
        };
        for (limit, expected) in [(1.0, [1.0 / 3.0; 3]), (0.2, [0.2, 0.4, 0.4])] {
            let found = programme(limit);
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-14), "{found:?}");
        }
    }

    /// Nearest point of a simplex to (1, −1, 0.4): (0.8, 0, 0.2).
    #[test]
    fn at_bounds() {
        let of = Quadratic {
            curvature: &[1.0; 3],
            linear: &[-1.0, 1.0, -0.4],
            rows: &[1.0; 3],
            limits: &[1.0],
            equal: 1,
        };
        let found = of.minimise(&[1.0 / 3.0; 3], &[]).unwrap();
        assert!(found.iter().zip([0.8, 0.0, 0.2]).all(|(a, b)| (a - b).abs() < 1e-14), "{found:?}");
    }
}
