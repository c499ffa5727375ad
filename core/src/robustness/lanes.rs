//! Draws of weights side by side: sixteen draws in the lanes of the processor's registers, each lane with a stream of its own.
//!
//! Each draw is a function of the seed and of its number. All sums run over the parts in order, nothing is fused, and the
//! logarithm is made of sums, products and bits, so that every processor gives the same bits.
//!
//! Every loop over lanes is innermost and has one simple step: the compiler makes instructions for whole registers of such
//! loops and of no others. `cargo bench --bench figures -- draws` shows how near each of them is to what the processor can.

use multiversion::{multiversion, target::match_target};

/// Draws side by side.
pub(super) const LANES: usize = 16;

/// One number for each lane.
pub(super) type Lanes = [f64; LANES];

/// The same in single precision.
pub(super) type Short = [f32; LANES];

/// Sums over draws are kept in so many parts: draw `d` counts in part `d % SUMS`.
pub(super) const SUMS: usize = 8;

/// The streams of sixteen draws: xoshiro256+, whose states are made by SplitMix64 of the seed and of the draw's number.
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
    pub(super) fn uniform(&mut self, out: &mut Lanes) {
        let [a, b, c, d] = &mut self.0;
        for l in 0..LANES {
            let bits = a[l].wrapping_add(d[l]) >> 12;
            out[l] = f64::from_bits(0x3ff0_0000_0000_0000 | bits) - (1.0 - f64::EPSILON / 2.0);
            let (mixed_c, mixed_d) = (c[l] ^ a[l], d[l] ^ b[l]);
            let moved = b[l] << 17;
            b[l] ^= mixed_c;
            a[l] ^= mixed_d;
            c[l] = mixed_c ^ moved;
            d[l] = mixed_d.rotate_right(19);
        }
    }

    /// Numbers of the exponential distribution with mean 1, one place after the other.
    #[inline(always)]
    fn exponential(&mut self, out: &mut [Lanes]) {
        for lanes in out.iter_mut() {
            self.uniform(lanes);
        }
        // Apart from the generator, whose state and the constants of the logarithm do not fit the registers together.
        for x in out.as_flattened_mut() {
            *x = minus_ln(*x);
        }
    }

    /// Puts the streams of some lanes back to where they were.
    pub(super) fn put_back(&mut self, before: &Streams, lanes: impl Fn(usize) -> bool) {
        for (word, before) in self.0.iter_mut().zip(&before.0) {
            for lane in (0..LANES).filter(|lane| lanes(*lane)) {
                word[lane] = before[lane];
            }
        }
    }
}

/// The natural logarithm, with the other sign, of a number between 0 and 1 that is not denormal, with an error below one unit
/// of the last place: the reduction and the polynomial of fdlibm's `log`, without its branches. Here `f`, `k` and `s` have the
/// other sign than there, which rounds to the same bits.
#[inline(always)]
fn minus_ln(x: f64) -> f64 {
    const ROOT: u64 = 0x3fe6_a09e_667f_3bcd;
    let shifted = x.to_bits().wrapping_add(0x3ff0_0000_0000_0000 - ROOT);
    let f = 1.0 - f64::from_bits((shifted & 0x000f_ffff_ffff_ffff) + ROOT);
    // The exponent as a number: the low bits of 2^52.
    let k = (4_503_599_627_370_496.0 + 1023.0)
        - f64::from_bits(0x4330_0000_0000_0000 | (shifted >> 52));
    let s = f / (2.0 - f);
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
    s * (half + (odd + even))
        + k * 1.908_214_929_270_587_7e-10
        + half
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
        Shape::Dirichlet(parameters) if parameters.iter().all(|times| *times == 1) => {
            streams.exponential(out);
        }
        Shape::Dirichlet(parameters) => {
            let mut more = [[0.0; LANES]];
            for (w, times) in out.iter_mut().zip(parameters) {
                *w = [0.0; LANES];
                for _ in 0..*times {
                    streams.exponential(&mut more);
                    for l in 0..LANES {
                        w[l] += more[0][l];
                    }
                }
            }
        }
        // The greatest of so many exponential numbers is a sum over all places, the next one over all but the first
        // (Rényi 1953).
        Shape::Ordered(order) => {
            let (mut sum, mut more) = ([0.0; LANES], [[0.0; LANES]]);
            for (at, place) in order.iter().enumerate().rev() {
                streams.exponential(&mut more);
                let share = 1.0 / (at + 1) as f64;
                for l in 0..LANES {
                    sum[l] += more[0][l] * share;
                }
                out[*place] = sum;
            }
        }
        Shape::Relative(stated, range) => {
            for (w, stated) in out.iter_mut().zip(stated) {
                streams.uniform(w);
                for x in w.iter_mut() {
                    *x = stated * (1.0 + range * (2.0 * *x - 1.0));
                }
            }
        }
    }
}

/// Divides by the sum, in the order of the weights.
// With AVX-512 the compiler would gather the same lane of several weights.
#[multiversion(targets("x86_64+avx2"))]
fn divide(weights: &mut [Lanes]) {
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

/// What each part is multiplied by: what is fixed times the weights on its way up.
// As for `divide`.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn factors(weights: &[Lanes], fixed: &[f64], ways: &[Vec<usize>], out: &mut [Lanes]) {
    for ((factor, fixed), way) in out.iter_mut().zip(fixed).zip(ways) {
        *factor = [*fixed; LANES];
        for at in way {
            let weight = &weights[*at];
            for l in 0..LANES {
                factor[l] *= weight[l];
            }
        }
    }
}

/// The scores of all regions in sixteen draws: `parts` has for each tile of regions, and each part, the score of each region of
/// the tile; `factors` what each part is multiplied by in each lane.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn multiply(parts: &[[f64; TILE]], factors: &[Lanes], out: &mut [Lanes]) {
    match_target! {
        // Four sums are enough: a sum takes four steps, in which the other unit multiplies.
        "x86_64+avx512f" => multiply_by::<4, 8>(parts, factors, out),
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

/// The scores in single precision.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn shorten(scores: &[Lanes], out: &mut [Short]) {
    for (row, out) in scores.iter().zip(out) {
        for l in 0..LANES {
            out[l] = row[l] as f32;
        }
    }
}

/// How many regions have a greater score, for each region and lane. `scores` and `out` have a number of regions that is a
/// multiple of [`TILE`]; only the first `n` are compared.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn greater(scores: &[Lanes], n: usize, out: &mut [[u32; LANES]]) {
    for (own, out) in scores.iter().zip(out) {
        *out = [0; LANES];
        for other in &scores[..n] {
            for l in 0..LANES {
                out[l] += u32::from(other[l] > own[l]);
            }
        }
    }
}

/// As [`greater`], by scores in single precision. The answer is whether all scores of each lane differ: rounding keeps the
/// order of different numbers, so that the counts are those of the exact scores then.
// The masks of AVX-512 would make it slower.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn greater_short(scores: &[Short], n: usize, out: &mut [[u32; LANES]]) -> bool {
    const REGIONS: usize = 4;
    for (own, out) in scores.chunks_exact(REGIONS).zip(out.chunks_exact_mut(REGIONS)) {
        let mut counts = [[0_u32; LANES]; REGIONS];
        for other in &scores[..n] {
            for r in 0..REGIONS {
                for l in 0..LANES {
                    counts[r][l] += u32::from(other[l] > own[r][l]);
                }
            }
        }
        out.copy_from_slice(&counts);
    }
    // Each pair of different scores counts once.
    let mut pairs = [0_u32; LANES];
    for row in &out[..n] {
        for l in 0..LANES {
            pairs[l] += row[l];
        }
    }
    pairs.iter().all(|pairs| *pairs as usize == n * (n - 1) / 2)
}

/// Adds to `wins[a * n + b]` in how many of the lanes `valid` region `a` has a greater score than `b`, over several groups of
/// draws, each with `stride` regions.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn count_wins(
    scores: &[Lanes],
    stride: usize,
    n: usize,
    valid: &[[bool; LANES]],
    wins: &mut [u32],
) {
    for a in 0..n {
        for b in (0..n).filter(|b| *b != a) {
            let mut counts = [0_u32; LANES];
            for (group, valid) in scores.chunks_exact(stride).zip(valid) {
                let (x, y) = (&group[a], &group[b]);
                for l in 0..LANES {
                    counts[l] += u32::from((x[l] > y[l]) & valid[l]);
                }
            }
            wins[a * n + b] += counts.iter().sum::<u32>();
        }
    }
}

/// As [`count_wins`], by scores in single precision that all differ, with all lanes valid.
// The masks of AVX-512 would make it slower.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn count_wins_short(scores: &[Short], stride: usize, n: usize, wins: &mut [u32]) {
    let all = (scores.len() / stride * LANES) as u32;
    for a in 0..n {
        for b in a + 1..n {
            let mut counts = [0_u32; LANES];
            for group in scores.chunks_exact(stride) {
                let (x, y) = (&group[a], &group[b]);
                for l in 0..LANES {
                    counts[l] += u32::from(x[l] > y[l]);
                }
            }
            let ahead = counts.iter().sum::<u32>();
            wins[a * n + b] += ahead;
            wins[b * n + a] += all - ahead;
        }
    }
}

/// Adds to the sums of each region how far its scores are from `about`, and the squares of that, over several groups of
/// draws; `valid` is 1 in the lanes that count and 0 in the others.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn add_sums(
    scores: &[Lanes],
    stride: usize,
    about: &[f64],
    valid: &[Lanes],
    first: &mut [[f64; SUMS]],
    second: &mut [[f64; SUMS]],
) {
    for (i, about) in about.iter().enumerate() {
        let (mut sums, mut squares) = (first[i], second[i]);
        for (group, valid) in scores.chunks_exact(stride).zip(valid) {
            let scores = &group[i];
            for side in (0..LANES).step_by(SUMS) {
                for l in 0..SUMS {
                    let x = (scores[side + l] - about) * valid[side + l];
                    sums[l] += x;
                    squares[l] += x * x;
                }
            }
        }
        (first[i], second[i]) = (sums, squares);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_right_to_the_last_place() {
        let mut streams = Streams::new(3, 5);
        for round in 0..20_000 {
            let mut drawn = [0.0; LANES];
            streams.uniform(&mut drawn);
            for x in drawn {
                // Small numbers too.
                let x = if round % 3 == 0 { x * 1e-12 } else { x };
                let (found, right) = (minus_ln(x), -libm::log(x));
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
            let [mut of_both, mut of_alone] = [[0.0; LANES]; 2];
            both.uniform(&mut of_both);
            alone.uniform(&mut of_alone);
            assert_eq!(of_both[3].to_bits(), of_alone[0].to_bits());
        }
        // One step from the state 1, 2, 3, 4 gives 5, then the state 7, 0, 262146, 211106232532992.
        let mut known = Streams([[1; LANES], [2; LANES], [3; LANES], [4; LANES]]);
        known.uniform(&mut [0.0; LANES]);
        let state: Vec<u64> = known.0.iter().map(|word| word[0]).collect();
        assert_eq!(state, [7, 0, 262_146, 211_106_232_532_992]);
    }

    /// Scores that differ in their last bits alone are distinguished by the exact comparison, and the short one says that it
    /// does not.
    #[test]
    fn short_comparisons_know_their_limits() {
        let mut streams = Streams::new(2, 0);
        let n = 13;
        let mut scores = vec![[0.0; LANES]; 16];
        scores[..n].iter_mut().for_each(|lanes| streams.uniform(lanes));
        let count = |scores: &[Lanes]| {
            let mut short = vec![[0.0; LANES]; 16];
            let [mut exact, mut fast] = [vec![[0; LANES]; 16], vec![[0; LANES]; 16]];
            shorten(scores, &mut short);
            greater(scores, n, &mut exact);
            let is_sure = greater_short(&short, n, &mut fast);
            (is_sure, fast[..n] == exact[..n], exact)
        };
        let (is_sure, is_same, _) = count(&scores);
        assert!(is_sure && is_same);
        scores[4][7] = scores[2][7] + f64::EPSILON;
        let (is_sure, is_same, exact) = count(&scores);
        assert!(!is_sure && !is_same);
        assert_eq!(exact[4][7] + 1, exact[2][7]);
    }

    #[test]
    fn products_have_the_same_bits_in_every_layout() {
        let mut streams = Streams::new(1, 0);
        let mut factors = vec![[0.0; LANES]; 65];
        factors.iter_mut().for_each(|lanes| streams.uniform(lanes));
        let mut flat = vec![[0.0; LANES]; 65 * 4 * TILE / LANES];
        flat.iter_mut().for_each(|lanes| streams.uniform(lanes));
        let tile = |at: usize| flat.as_flattened()[at * TILE..].first_chunk().copied();
        let parts: Vec<[f64; TILE]> = (0..65 * 4).filter_map(tile).collect();
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
