//! The nearest point that keeps all limits.

use crate::number::{self, Unsolved};

/// A row counts as kept if what it lacks is at most this, beside its length.
const KEPT: f64 = 1e-12;
/// A row depends on others if its part across them is at most this long, beside its length.
const ALONG: f64 = 1e-10;
/// A row that depends on others contradicts them by rounding only if what it lacks is at most this.
const ROUNDING: f64 = 1e-8;

/// Rows of coefficients and their limits: the product with each is not above its limit, and equal to it in the first row.
pub(super) struct Polyhedron<'a> {
    pub rows: &'a [f64],
    pub limits: &'a [f64],
}

/// A point, and the rows that hold it with their prices and a basis of them.
struct At {
    x: Vec<f64>,
    held: Vec<usize>,
    prices: Vec<f64>,
    basis: Basis,
}

impl Polyhedron<'_> {
    /// The numbers of 0 or above that keep all limits and have the least sum of squared distances from `target`, by the dual
    /// method (Goldfarb & Idnani 1983, Mathematical Programming 27, 1-33). It needs no point to start from, and many rows
    /// that meet in one point do it no harm.
    pub fn nearest(&self, target: &[f64]) -> Result<Vec<f64>, Unsolved> {
        let n = target.len();
        let basis = Basis { directions: Vec::new(), made: Vec::new() };
        let mut at = At { x: target.to_vec(), held: Vec::new(), prices: Vec::new(), basis };
        let mut rounding: Vec<usize> = Vec::new();
        self.hold(&mut at, 0, n).map_err(|_| Unsolved::Failed)?;
        for _ in 0..100 * (n + self.limits.len()) {
            let Some(worst) = self.worst(&at, &rounding, n) else {
                return Ok(self.settled(&at, target));
            };
            match self.hold(&mut at, worst, n) {
                Ok(()) => {}
                Err(gap) if gap <= ROUNDING => rounding.push(worst),
                Err(_) => return Err(Unsolved::Infeasible),
            }
        }
        Err(Unsolved::Failed)
    }

    /// Row `i`; behind the rows proper each number has one, so that it is not below 0.
    fn row(&self, i: usize, n: usize) -> Vec<f64> {
        match i.checked_sub(self.limits.len()) {
            None => self.rows[i * n..(i + 1) * n].to_vec(),
            Some(j) => (0..n).map(|k| if k == j { -1.0 } else { 0.0 }).collect(),
        }
    }

    /// How far a row is from being kept, in its length.
    fn gap(&self, i: usize, x: &[f64]) -> f64 {
        let n = x.len();
        match i.checked_sub(self.limits.len()) {
            None => {
                let row = &self.rows[i * n..(i + 1) * n];
                (product(row, x) - self.limits[i]) / length(row)
            }
            Some(j) => -x[j],
        }
    }

    /// The row that is least kept.
    fn worst(&self, at: &At, rounding: &[usize], n: usize) -> Option<usize> {
        let (mut most, mut worst) = (KEPT, None);
        for i in 0..self.limits.len() + n {
            let gap = self.gap(i, &at.x);
            if gap > most && !at.held.contains(&i) && !rounding.contains(&i) {
                (most, worst) = (gap, Some(i));
            }
        }
        worst
    }

    /// Makes a row hold the point, and lets go of those that then pull the wrong way. An error is how far the row
    /// contradicts the others.
    fn hold(&self, at: &mut At, i: usize, n: usize) -> Result<(), f64> {
        let row = self.row(i, n);
        let size = length(&row);
        let mut price = 0.0;
        loop {
            let (across, parts) = at.basis.parts(&row);
            let pull = at.basis.shares(&parts);
            let gap = self.gap(i, &at.x) * size;
            let free = product(&across, &row);
            let full = if length(&across) > ALONG * size { gap / free } else { f64::INFINITY };
            let (mut share, mut leaves) = (full, None);
            for (k, pull) in pull.iter().enumerate() {
                // The first row is an equation and never leaves.
                if at.held[k] != 0 && *pull > 1e-12 && at.prices[k] / pull < share {
                    (share, leaves) = (at.prices[k] / pull, Some(k));
                }
            }
            if share == f64::INFINITY {
                return Err(gap / size);
            }
            if full.is_finite() {
                at.x.iter_mut().zip(&across).for_each(|(x, a)| *x -= share * a);
            }
            at.prices.iter_mut().zip(&pull).for_each(|(price, pull)| *price -= share * pull);
            price += share;
            match leaves {
                None => {
                    at.held.push(i);
                    at.prices.push(price);
                    at.basis.push(&across, parts);
                    return Ok(());
                }
                Some(k) => {
                    at.held.remove(k);
                    at.prices.remove(k);
                    at.basis.directions.truncate(k);
                    at.basis.made.truncate(k);
                    for &j in &at.held[k..] {
                        let (across, parts) = at.basis.parts(&self.row(j, n));
                        at.basis.push(&across, parts);
                    }
                }
            }
        }
    }

    /// The point of the rows that hold it, without the rounding of the way there.
    fn settled(&self, at: &At, target: &[f64]) -> Vec<f64> {
        let n = target.len();
        let mut x = target.to_vec();
        // Twice, so that what is left of the first time is removed.
        for _ in 0..2 {
            let gaps = at.held.iter().map(|&j| {
                let size = length(&self.row(j, n));
                self.gap(j, &x) * size
            });
            let step = at.basis.reach(&gaps.collect::<Vec<f64>>(), n);
            x.iter_mut().zip(&step).for_each(|(x, step)| *x -= step);
        }
        x.iter().map(|x| number::max(*x, 0.0)).collect()
    }
}

/// An orthonormal basis of rows, and how the rows are made of it: row k is the sum of `made[k]` times the basis.
struct Basis {
    directions: Vec<Vec<f64>>,
    made: Vec<Vec<f64>>,
}

impl Basis {
    /// Adds a row, of its part across the basis and its parts along it.
    fn push(&mut self, across: &[f64], mut parts: Vec<f64>) {
        let size = length(across);
        parts.push(size);
        self.directions.push(across.iter().map(|x| x / size).collect());
        self.made.push(parts);
    }

    /// The part of a row across the basis, and its parts along it: taken twice, so that the first is across to the last digit.
    fn parts(&self, row: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let mut across = row.to_vec();
        let mut parts = vec![0.0; self.directions.len()];
        for _ in 0..2 {
            for (direction, part) in self.directions.iter().zip(&mut parts) {
                let along = product(direction, &across);
                across.iter_mut().zip(direction).for_each(|(x, d)| *x -= along * d);
                *part += along;
            }
        }
        (across, parts)
    }

    /// How much of each row makes up these parts along the basis.
    fn shares(&self, parts: &[f64]) -> Vec<f64> {
        let mut shares = parts.to_vec();
        for k in (0..shares.len()).rev() {
            shares[k] /= self.made[k][k];
            let (before, rest) = shares.split_at_mut(k);
            before.iter_mut().zip(&self.made[k]).for_each(|(x, made)| *x -= rest[0] * made);
        }
        shares
    }

    /// The shortest step whose product with each row is the given one.
    fn reach(&self, products: &[f64], n: usize) -> Vec<f64> {
        let mut along: Vec<f64> = Vec::new();
        let mut step = vec![0.0; n];
        for (k, wanted) in products.iter().enumerate() {
            let there = product(&self.made[k][..k], &along);
            along.push((wanted - there) / self.made[k][k]);
        }
        for (direction, along) in self.directions.iter().zip(&along) {
            step.iter_mut().zip(direction).for_each(|(x, d)| *x += along * d);
        }
        step
    }
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn length(a: &[f64]) -> f64 {
    product(a, a).sqrt()
}
