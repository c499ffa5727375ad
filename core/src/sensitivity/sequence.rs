//! Scrambled Sobol sequences: points that fill the unit cube evenly.

use std::sync::OnceLock;

use crate::number;

/// Primitive polynomials and initial direction numbers of dimensions 2 to 1024, a line each: the polynomial with all its
/// coefficients as bits, then one number for each of its degrees. Joe & Kuo (2008), Constructing Sobol sequences with
/// better two-dimensional projections, SIAM Journal on Scientific Computing 30, 2635-2654; file new-joe-kuo-6.21201.
static DIRECTIONS: &str = include_str!("directions.txt");

/// The greatest number of dimensions.
pub const DIMENSIONS: usize = 1024;

/// Bits of a point before it is scrambled, so that a sequence has at most 2^32 points.
const BITS: usize = 32;

/// The first points of a Sobol sequence, scrambled or not.
#[derive(Clone, Debug)]
pub struct Sequence {
    directions: Vec<[u32; BITS]>,
    seed: Option<u64>,
}

impl Sequence {
    /// A sequence of so many dimensions, whose digits are scrambled by a seed; without one it is the plain sequence, whose
    /// first point is 0 in every dimension. `None` beyond [`DIMENSIONS`].
    ///
    /// The scrambling is Owen's (1995, Randomly permuted (t,m,s)-nets and (t,s)-sequences): each binary digit is turned or
    /// not by a function of the seed, the dimension and all digits before it, and behind the last digit stand others of
    /// the same kind. Every point is then uniform on the cube, and estimates have no bias.
    pub fn new(dimensions: usize, seed: Option<u64>) -> Option<Sequence> {
        static ALL: OnceLock<Vec<[u32; BITS]>> = OnceLock::new();
        let all = ALL.get_or_init(directions);
        let directions = all.get(..dimensions)?.to_vec();
        Some(Sequence { directions, seed })
    }

    /// The coordinate of a point in a dimension, both counted from 0: in \[0, 1), and never 0 where it is scrambled.
    pub fn at(&self, point: u32, dimension: usize) -> f64 {
        const STEP: f64 = 1.0 / 4_294_967_296.0;
        let own = &self.directions[dimension];
        let digits = (0..BITS).filter(|bit| point >> bit & 1 == 1).fold(0, |x, bit| x ^ own[bit]);
        let Some(seed) = self.seed else { return f64::from(digits) * STEP };
        let mut scrambled = 0;
        for bit in 0..BITS {
            // The digits before this one, with a mark that says how many there are.
            let before = (u64::from(digits) | 1 << BITS) >> (BITS - bit);
            let turn = u32::from(number::uniform(seed, dimension as u64, before) < 0.5);
            scrambled |= ((digits >> (BITS - 1 - bit) & 1) ^ turn) << (BITS - 1 - bit);
        }
        let rest = number::uniform(seed, dimension as u64, u64::from(digits) | 1 << BITS);
        (f64::from(scrambled) + rest) * STEP
    }
}

/// The coordinates of a run in a sample whose runs are independent of each other. Estimates that compare neighbours in one
/// dimension need it: neighbours in a Sobol sequence are alike in the other dimensions too.
pub fn independent(seed: u64, run: usize, dimensions: usize) -> Vec<f64> {
    (0..dimensions as u64).map(|k| number::uniform(seed, run as u64, k)).collect()
}

fn directions() -> Vec<[u32; BITS]> {
    let first = std::array::from_fn(|bit| 1 << (BITS - 1 - bit));
    let others = DIRECTIONS.lines().map(|line| {
        let mut numbers = line.split(' ').map(|text| text.parse::<u32>().expect("a number"));
        let polynomial = numbers.next().expect("a polynomial");
        let degree = (u32::BITS - 1 - polynomial.leading_zeros()) as usize;
        let mut v = [0; BITS];
        for (bit, number) in numbers.enumerate() {
            v[bit] = number << (BITS - 1 - bit);
        }
        for bit in degree..BITS {
            v[bit] = v[bit - degree] ^ (v[bit - degree] >> degree);
            for k in (1..degree).filter(|k| polynomial >> (degree - k) & 1 == 1) {
                v[bit] ^= v[bit - k];
            }
        }
        v
    });
    std::iter::once(first).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each interval of length 2^-m holds one of the first 2^m points, in every dimension, whatever the scrambling.
    #[test]
    fn scrambled_points_stay_balanced_in_each_dimension() {
        for seed in [0, 1, 77] {
            let sequence = Sequence::new(DIMENSIONS, Some(seed)).expect("as many as there are");
            for dimension in (0..DIMENSIONS).step_by(31) {
                let mut seen = [0_u8; 256];
                for point in 0..256 {
                    let x = sequence.at(point, dimension);
                    assert!(x > 0.0 && x < 1.0);
                    seen[(x * 256.0) as usize] += 1;
                }
                assert_eq!(seen, [1; 256], "dimension {dimension}");
            }
        }
        assert!(Sequence::new(DIMENSIONS + 1, None).is_none());
    }

    /// Pairs of dimensions are balanced as the construction promises: 2^16 points of dimensions 1 and 2, one in each cell.
    #[test]
    fn two_dimensions_are_a_net() {
        let sequence = Sequence::new(2, Some(3)).expect("few dimensions");
        let mut seen = vec![0_u8; 1 << 16];
        for point in 0..1 << 16 {
            let (x, y) = (sequence.at(point, 0), sequence.at(point, 1));
            seen[(x * 256.0) as usize * 256 + (y * 256.0) as usize] += 1;
        }
        assert!(seen.iter().all(|n| *n == 1));
    }
}
