//! The points at which a model is run: two samples, and each with one factor from the other.

use super::Sequence;

/// A Saltelli design: which point of which sample each run takes.
#[derive(Clone, Debug)]
pub struct Design {
    /// The rows of each sample.
    pub rows: usize,
    /// For each factor, how many coordinates it takes.
    pub widths: Vec<usize>,
    /// Whether BA is run, for second orders.
    pub second: bool,
    sequence: Sequence,
}

impl Design {
    /// A design whose samples are points of one sequence in twice as many dimensions as the factors take; `None` where that
    /// is more than [`super::DIMENSIONS`].
    pub fn new(rows: usize, widths: Vec<usize>, second: bool, seed: u64) -> Option<Design> {
        let sequence = Sequence::new(2 * widths.iter().sum::<usize>(), Some(seed))?;
        Some(Design { rows, widths, second, sequence })
    }

    /// How many runs a row has: A, B, AB for each factor, and BA for each where second orders are asked for.
    pub fn blocks(&self) -> usize {
        2 + self.widths.len() * if self.second { 2 } else { 1 }
    }

    /// How many runs there are.
    pub fn runs(&self) -> usize {
        self.rows * self.blocks()
    }

    /// The coordinates of a run: run `block * rows + row`, where the blocks are A, B, AB of each factor, BA of each factor.
    pub fn point(&self, run: usize) -> Vec<f64> {
        let (block, row) = (run / self.rows, (run % self.rows) as u32);
        let d = self.widths.len();
        let dimensions: usize = self.widths.iter().sum();
        let (from_b, other) = match block {
            0 => (false, None),
            1 => (true, None),
            at if at < 2 + d => (false, Some(at - 2)),
            at => (true, Some(at - 2 - d)),
        };
        let mut point = Vec::with_capacity(dimensions);
        for (factor, width) in self.widths.iter().enumerate() {
            let b = from_b != (other == Some(factor));
            for _ in 0..*width {
                let at = point.len() + if b { dimensions } else { 0 };
                point.push(self.sequence.at(row, at));
            }
        }
        point
    }

    /// The results of all runs, parted into blocks.
    ///
    /// # Panics
    /// If there is not one result for each run.
    pub fn part(&self, y: &[f64]) -> super::Runs {
        assert_eq!(y.len(), self.runs(), "a result for each run");
        let mut blocks = y.chunks_exact(self.rows).map(<[f64]>::to_vec);
        let mut next = || blocks.next().unwrap_or_default();
        let (a, b) = (next(), next());
        let ab = self.widths.iter().map(|_| next()).collect();
        let ba =
            if self.second { self.widths.iter().map(|_| next()).collect() } else { Vec::new() };
        super::Runs { a, b, ab, ba }
    }
}
