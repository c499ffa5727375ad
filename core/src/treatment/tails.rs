//! A sorted column whose ends are drawn in step by step, with its skewness and kurtosis kept up.

use crate::number;

/// When a column counts as well enough shaped.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    pub(super) skewness: f64,
    pub(super) kurtosis: f64,
}

impl Rule {
    /// Whether skewness or kurtosis is below its limit, by at most `slack` above it. What has no shape (too few values,
    /// all equal) passes.
    pub(super) fn passes(&self, skewness: f64, kurtosis: f64, slack: f64) -> bool {
        let reached = |x: f64, limit: f64| x >= limit + slack * number::max(limit.abs(), 1.0);
        !(reached(skewness.abs(), self.skewness) && reached(kurtosis, self.kurtosis))
    }
}

/// Power sums are taken afresh after this many steps, and where they have shrunk much: what is left of a sum after
/// great terms were taken out of it has lost figures.
const FRESH_AFTER: usize = 1000;
const SHRUNK: f64 = 1.0 / 16.0;

pub(super) struct Tails<'a> {
    /// Every value, ascending.
    values: &'a [f64],
    /// Values before this place count as equal to it.
    low: usize,
    /// Values behind this place count as equal to it.
    high: usize,
    /// How many values were equal to the greatest, and to the least, in the last step on that side.
    drawn: [usize; 2],
    /// Steps taken.
    pub(super) steps: usize,
    centre: f64,
    /// Sums of the first to fourth powers of the differences from the centre.
    sums: [f64; 4],
    fresh: (usize, f64),
}

impl<'a> Tails<'a> {
    pub(super) fn new(values: &'a [f64]) -> Self {
        let mut tails = Tails {
            values,
            low: 0,
            high: values.len() - 1,
            drawn: [0, 0],
            steps: 0,
            centre: 0.0,
            sums: [0.0; 4],
            fresh: (0, 0.0),
        };
        tails.refresh();
        tails
    }

    /// The values to which those beyond are drawn.
    pub(super) fn bounds(&self) -> (f64, f64) {
        (self.values[self.low], self.values[self.high])
    }

    /// How many values have been drawn in, with those that they were drawn to and that were drawn in with them.
    pub(super) fn points(&self) -> usize {
        self.drawn[0] + self.drawn[1]
    }

    /// Draws the values on the long side to the next one. `false`, and nothing done, where only one value would remain.
    pub(super) fn step(&mut self) -> bool {
        let v = self.values;
        // A skewness of zero may come out a little below it.
        let upper = self.shape().0 >= -1e-9;
        let (from, to) = if upper {
            let mut place = self.high;
            while place > self.low && v[place] == v[self.high] {
                place -= 1;
            }
            if v[place] == v[self.low] {
                return false;
            }
            self.drawn[0] = v.len() - 1 - place;
            (v[std::mem::replace(&mut self.high, place)], v[place])
        } else {
            let mut place = self.low;
            while place < self.high && v[place] == v[self.low] {
                place += 1;
            }
            if v[place] == v[self.high] {
                return false;
            }
            self.drawn[1] = place;
            (v[std::mem::replace(&mut self.low, place)], v[place])
        };
        self.steps += 1;
        let moved = self.drawn[usize::from(!upper)] as f64;
        let (before, after) = (powers(from - self.centre), powers(to - self.centre));
        for k in 0..4 {
            self.sums[k] += moved * (after[k] - before[k]);
        }
        let (at, fourth) = self.fresh;
        if self.steps - at >= FRESH_AFTER || self.sums[3] < SHRUNK * fourth {
            self.refresh();
        }
        true
    }

    /// Skewness and kurtosis, corrected for bias as in [`number::moments`].
    pub(super) fn shape(&self) -> (f64, f64) {
        let n = self.values.len() as f64;
        let [a, b, c, d] = self.sums.map(|s| s / n);
        let m2 = b - a * a;
        let m3 = c - 3.0 * a * b + 2.0 * a * a * a;
        let m4 = d - 4.0 * a * c + 6.0 * a * a * b - 3.0 * a * a * a * a;
        let skewness = m3 / (m2 * m2.sqrt()) * (n * (n - 1.0)).sqrt() / (n - 2.0);
        let excess = m4 / (m2 * m2) - 3.0;
        (skewness, (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * excess + 6.0))
    }

    /// Takes the centre and the power sums afresh.
    fn refresh(&mut self) {
        let n = self.values.len();
        let (least, greatest) = self.bounds();
        let (below, above) = (self.low as f64, (n - 1 - self.high) as f64);
        let inner = &self.values[self.low..=self.high];
        self.centre = (number::sum(inner) + below * least + above * greatest) / n as f64;
        let (low, high) = (powers(least - self.centre), powers(greatest - self.centre));
        for k in 0..4 {
            self.sums[k] = below * low[k] + above * high[k];
        }
        // Pieces, so that sums of many values lose no figures.
        for piece in inner.chunks(1024) {
            let mut sums = [0.0; 4];
            for x in piece {
                let p = powers(x - self.centre);
                sums.iter_mut().zip(p).for_each(|(sum, p)| *sum += p);
            }
            self.sums.iter_mut().zip(sums).for_each(|(sum, s)| *sum += s);
        }
        self.fresh = (self.steps, self.sums[3]);
    }
}

fn powers(d: f64) -> [f64; 4] {
    [d, d * d, d * d * d, d * d * (d * d)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_is_kept_up() {
        // Heavy tails on both sides, with ties.
        let mut values: Vec<f64> = (1..=4000)
            .map(|i| {
                let u = f64::from(i) / 4001.0;
                let x = (u - 0.5) / (u * (1.0 - u));
                if i % 3 == 0 { x.trunc() } else { x * x * x }
            })
            .collect();
        values.sort_unstable_by(f64::total_cmp);
        let mut tails = Tails::new(&values);
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9 * number::max(b.abs(), 1.0);
        for _ in 0..2500 {
            let (low, high) = tails.bounds();
            let drawn: Vec<f64> = values.iter().map(|&x| number::clamp(x, low, high)).collect();
            let expected = number::moments(&drawn).unwrap();
            let (skewness, kurtosis) = tails.shape();
            assert!(near(skewness, expected.skewness), "{skewness} {}", expected.skewness);
            assert!(near(kurtosis, expected.kurtosis), "{kurtosis} {}", expected.kurtosis);
            if !tails.step() {
                break;
            }
        }
        assert!(tails.steps > 2000, "{}", tails.steps);
    }
}
