//! Draws of weights side by side: eight draws in the lanes of the processor's registers, each lane with a stream of its own.
//!
//! Each draw is a function of the seed and of its number. All sums run over the parts in order, nothing is fused, and the
//! logarithm is made of sums, products and bits, so that every processor gives the same bits.

use multiversion::{multiversion, target::match_target};

/// Draws side by side.
pub(super) const LANES: usize = 8;

/// One number for each lane.
pub(super) type Lanes = [f64; LANES];

/// The streams of eight draws: xoshiro256+, whose states are made by SplitMix64 of the seed and of the draw's number.
///
/// Blackman & Vigna (2021), Scrambled linear pseudorandom number generators, ACM Transactions on Mathematical Software
/// 47(4), 36; Steele, Lea & Flood (2014), Fast splittable pseudorandom number generators, OOPSLA, 453-472.
#[derive(Clone, Copy, Debug)]
pub(super) struct Streams([[u64; LANES]; 4]);

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

fn mixed(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Streams {
    /// The streams of the draws from `first` on.
    pub(super) fn new(seed: u64, first: u64) -> Streams {
        let mut state = [[0; LANES]; 4];
        let seed = mixed(seed.wrapping_add(GOLDEN));
        for lane in 0..LANES {
            let draw = first.wrapping_add(lane as u64);
            let from = mixed(seed ^ draw.wrapping_add(1).wrapping_mul(0xd1b5_4a32_d192_ed03));
            for (at, word) in state.iter_mut().enumerate() {
                word[lane] = mixed(from.wrapping_add(GOLDEN.wrapping_mul(at as u64 + 1)));
            }
        }
        Streams(state)
    }

    /// A number between 0 and 1 in each lane, never 0 or 1.
    #[inline(always)]
    pub(super) fn uniform(&mut self) -> Lanes {
        let [a, b, c, d] = &mut self.0;
        let mut out = [0.0; LANES];
        for l in 0..LANES {
            let bits = a[l].wrapping_add(d[l]) >> 12;
            out[l] = f64::from_bits(0x3ff0_0000_0000_0000 | bits) - (1.0 - f64::EPSILON / 2.0);
            let moved = b[l] << 17;
            c[l] ^= a[l];
            d[l] ^= b[l];
            b[l] ^= c[l];
            a[l] ^= d[l];
            c[l] ^= moved;
            d[l] = d[l].rotate_right(19);
        }
        out
    }

    /// A number of the exponential distribution with mean 1 in each lane.
    #[inline(always)]
    fn exponential(&mut self) -> Lanes {
        let mut out = self.uniform();
        for x in &mut out {
            *x = -ln(*x);
        }
        out
    }
}

/// The natural logarithm of a number between 0 and 1 that is not denormal, with an error below one unit of the last place:
/// the reduction and the polynomial of fdlibm's `log`, without its branches.
#[inline(always)]
fn ln(x: f64) -> f64 {
    const ROOT: u64 = 0x3fe6_a09e_667f_3bcd;
    let shifted = x.to_bits().wrapping_add(0x3ff0_0000_0000_0000 - ROOT);
    let f = f64::from_bits((shifted & 0x000f_ffff_ffff_ffff) + ROOT) - 1.0;
    // The exponent as a number: the low bits of 2^52.
    let k = f64::from_bits(0x4330_0000_0000_0000 | (shifted >> 52))
        - (4_503_599_627_370_496.0 + 1023.0);
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let odd = z
        * (6.666_666_666_666_735e-1
            + w * (2.857_142_874_366_239e-1
                + w * (1.818_357_216_161_805e-1 + w * 1.479_819_860_511_658_6e-1)));
    let even = w
        * (3.999_999_999_940_942e-1
            + w * (2.222_219_843_214_978_4e-1 + w * 1.531_383_769_920_937_3e-1));
    let half = 0.5 * f * f;
    s * (half + (odd + even)) + k * 1.908_214_929_270_587_7e-10 - half
        + f
        + k * 6.931_471_803_691_238e-1
}

/// How the weights of a group are drawn. All are divided by their sum afterwards.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// As stated.
    Stated(Vec<f64>),
    /// Dirichlet with whole-number parameters; with ones, uniform on the simplex.
    Dirichlet(Vec<usize>),
    /// Uniform among those that fall in this order of positions.
    Ordered(Vec<usize>),
    /// Each anywhere between `1 − range` and `1 + range` times what is stated.
    Relative(Vec<f64>, f64),
}

/// Numbers in proportion to drawn weights.
#[inline(always)]
pub(super) fn draw(shape: &Shape, streams: &mut Streams, out: &mut [Lanes]) {
    match shape {
        Shape::Stated(stated) => {
            for (w, stated) in out.iter_mut().zip(stated) {
                *w = [*stated; LANES];
            }
        }
        Shape::Dirichlet(parameters) => {
            for (w, times) in out.iter_mut().zip(parameters) {
                *w = streams.exponential();
                for _ in 1..*times {
                    let more = streams.exponential();
                    for l in 0..LANES {
                        w[l] += more[l];
                    }
                }
            }
        }
        // The greatest of so many exponential numbers is a sum over all places, the next one over all but the first
        // (Rényi 1953).
        Shape::Ordered(order) => {
            let mut sum = [0.0; LANES];
            for (at, place) in order.iter().enumerate().rev() {
                let more = streams.exponential();
                let share = 1.0 / (at + 1) as f64;
                for l in 0..LANES {
                    sum[l] += more[l] * share;
                }
                out[*place] = sum;
            }
        }
        Shape::Relative(stated, range) => {
            for (w, stated) in out.iter_mut().zip(stated) {
                *w = streams.uniform();
                for x in w.iter_mut() {
                    *x = stated * (1.0 + range * (2.0 * *x - 1.0));
                }
            }
        }
    }
}

/// Divides by the sum, in the order of the weights.
#[inline(always)]
pub(super) fn divide(weights: &mut [Lanes]) {
    let mut sum = [0.0; LANES];
    for w in weights.iter() {
        for l in 0..LANES {
            sum[l] += w[l];
        }
    }
    for s in &mut sum {
        *s = 1.0 / *s;
    }
    for w in weights.iter_mut() {
        for l in 0..LANES {
            w[l] *= sum[l];
        }
    }
}

/// Draws weights in proportion and divides them by their sum.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn drawn(shape: &Shape, streams: &mut Streams, out: &mut [Lanes]) {
    draw(shape, streams, out);
    divide(out);
}

/// Regions whose scores are computed together.
pub(super) const TILE: usize = 8;

/// The scores of all regions in eight draws: `parts` has for each tile of regions, and each part, the score of each region of
/// the tile; `factors` what each part is multiplied by in each lane.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn multiply(parts: &[[f64; TILE]], factors: &[Lanes], out: &mut [Lanes]) {
    match_target! {
        "x86_64+avx512f" => multiply_by::<8, 8>(parts, factors, out),
        "x86_64+avx2" => multiply_by::<4, 8>(parts, factors, out),
        _ => multiply_by::<4, 4>(parts, factors, out),
    }
}

/// As [`multiply`], with so many regions and lanes at once.
#[inline(always)]
pub(super) fn multiply_by<const REGIONS: usize, const WIDTH: usize>(
    parts: &[[f64; TILE]],
    factors: &[Lanes],
    out: &mut [Lanes],
) {
    for (tile, out) in parts.chunks_exact(factors.len()).zip(out.chunks_exact_mut(TILE)) {
        for from in (0..TILE).step_by(REGIONS) {
            for side in (0..LANES).step_by(WIDTH) {
                let mut sums = [[0.0; WIDTH]; REGIONS];
                for (x, w) in tile.iter().zip(factors) {
                    for r in 0..REGIONS {
                        for l in 0..WIDTH {
                            sums[r][l] += x[from + r] * w[side + l];
                        }
                    }
                }
                for r in 0..REGIONS {
                    for l in 0..WIDTH {
                        out[from + r][side + l] = sums[r][l];
                    }
                }
            }
        }
    }
}

/// How many regions have a greater score, for each region and lane. `scores` and `out` have a number of regions that is a
/// multiple of [`TILE`]; only the first `n` are compared.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn greater(scores: &[Lanes], n: usize, out: &mut [[u64; LANES]]) {
    const REGIONS: usize = 4;
    const WIDTH: usize = 4;
    for (own, out) in scores.chunks_exact(REGIONS).zip(out.chunks_exact_mut(REGIONS)) {
        for side in (0..LANES).step_by(WIDTH) {
            let mut counts = [[0_u64; WIDTH]; REGIONS];
            for other in &scores[..n] {
                for r in 0..REGIONS {
                    for l in 0..WIDTH {
                        counts[r][l] += u64::from(other[side + l] > own[r][side + l]);
                    }
                }
            }
            for r in 0..REGIONS {
                out[r][side..side + WIDTH].copy_from_slice(&counts[r]);
            }
        }
    }
}

/// Adds to `wins[a * n + b]` in how many of the lanes `valid` region `a` has a greater score than `b`, over several groups of
/// draws, each with `stride` regions.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn count_wins(
    scores: &[Lanes],
    stride: usize,
    n: usize,
    valid: &[[u64; LANES]],
    wins: &mut [u32],
) {
    for a in 0..n {
        for b in (0..n).filter(|b| *b != a) {
            let mut counts = [0_u64; LANES];
            for (group, valid) in scores.chunks_exact(stride).zip(valid) {
                let (x, y) = (&group[a], &group[b]);
                for l in 0..LANES {
                    counts[l] += u64::from(x[l] > y[l]) & valid[l];
                }
            }
            wins[a * n + b] += counts.iter().sum::<u64>() as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_right_to_the_last_place() {
        let mut streams = Streams::new(3, 5);
        for round in 0..20_000 {
            for x in streams.uniform() {
                // Small numbers too.
                let x = if round % 3 == 0 { x * 1e-12 } else { x };
                let (found, right) = (ln(x), libm::log(x));
                assert!((found - right).abs() <= right.abs() * f64::EPSILON, "{x} {found} {right}");
            }
        }
    }

    /// The first numbers of xoshiro256+ by the state that the authors' programs have, in each lane.
    #[test]
    fn streams_are_functions_of_seed_and_number() {
        let mut both = Streams::new(7, 16);
        let mut alone = Streams::new(7, 19);
        for _ in 0..5 {
            assert_eq!(both.uniform()[3].to_bits(), alone.uniform()[0].to_bits());
        }
        // One step from the state 1, 2, 3, 4 gives 5, then the state 7, 0, 262146, 211106232532992.
        let mut known = Streams([[1; LANES], [2; LANES], [3; LANES], [4; LANES]]);
        known.uniform();
        let state: Vec<u64> = known.0.iter().map(|word| word[0]).collect();
        assert_eq!(state, [7, 0, 262_146, 211_106_232_532_992]);
    }

    #[test]
    fn products_have_the_same_bits_in_every_layout() {
        let mut streams = Streams::new(1, 0);
        let factors: Vec<Lanes> = (0..65).map(|_| streams.uniform()).collect();
        let parts: Vec<[f64; TILE]> = (0..65 * 4).map(|_| streams.uniform()).collect();
        let mut all = Vec::new();
        for version in [multiply, multiply_by::<8, 8>, multiply_by::<4, 8>, multiply_by::<4, 4>]
            as [fn(&[[f64; TILE]], &[Lanes], &mut [Lanes]); 4]
        {
            let mut out = vec![[0.0; LANES]; 4 * TILE];
            version(&parts, &factors, &mut out);
            all.push(out.iter().flatten().map(|x| x.to_bits()).collect::<Vec<u64>>());
        }
        assert!(all.windows(2).all(|two| two[0] == two[1]));
        let plain = parts[..65].iter().zip(&factors).fold(0.0, |sum, (x, w)| sum + x[2] * w[5]);
        assert_eq!(all[0][2 * LANES + 5], plain.to_bits());
    }
}
