//! Weights that nobody knows, without sampling: probabilities and bounds of weighted means in closed form.
//!
//! Everything here is about differences `d`, one for each weight: what a region has more than another one there, or more
//! than a cut. The mean of them under weights with a sum of one is above 0 where the first region is ahead.

use multiversion::multiversion;
use rayon::prelude::*;

use crate::number;

/// Pairs that are computed side by side.
const LANES: usize = 8;

/// What stands for a negative difference where another pair has more of them: it changes no digit.
const NOTHING: f64 = -1e-290;

/// The probability that a mean of `d` is above 0, under weights that are uniform on the simplex; a tie counts half. Only
/// positive terms are added, so that no digits are lost.
///
/// Ali (1973), Content of the frustum of a simplex, Pacific Journal of Mathematics 48(2), 313-322; Varsi (1973), The
/// multidimensional content of the frustum of the simplex, the same journal 46(1), 303-314.
pub fn above_zero(d: &[f64]) -> f64 {
    let mut out = [0.0; LANES];
    group(&[d], &mut Frusta::default(), &mut out);
    out[0]
}

/// Room for the differences of some pairs.
#[derive(Clone, Debug, Default)]
struct Frusta {
    below: Vec<[f64; LANES]>,
    above: Vec<[f64; LANES]>,
    /// The content of the part that is below, over more and more of `above`.
    content: Vec<[f64; LANES]>,
}

/// The probabilities of [`above_zero`] of at most [`LANES`] lists.
fn group(all: &[impl AsRef<[f64]>], room: &mut Frusta, out: &mut [f64; LANES]) {
    let Frusta { below, above, content } = room;
    below.clear();
    above.clear();
    let mut ties = [false; LANES];
    for (lane, d) in all.iter().enumerate() {
        let (mut negative, mut positive) = (0, 0);
        for &x in d.as_ref() {
            // A difference of 0 changes nothing.
            if x < 0.0 {
                if negative == below.len() {
                    below.push([NOTHING; LANES]);
                }
                below[negative][lane] = x;
                negative += 1;
            } else if x > 0.0 {
                if positive == above.len() {
                    above.push([0.0; LANES]);
                }
                above[positive][lane] = x;
                positive += 1;
            }
        }
        ties[lane] = negative == 0 && positive == 0;
    }
    content.clear();
    content.resize(above.len() + 1, [0.0; LANES]);
    content[0] = [1.0; LANES];
    frustum(below, above, content);
    let found = content[above.len()];
    for (lane, d) in all.iter().enumerate() {
        out[lane] = match ties[lane] {
            true => 0.5,
            // Without a difference below 0 or above 0 there is no doubt.
            false if !d.as_ref().iter().any(|x| *x < 0.0) => 1.0,
            false if !d.as_ref().iter().any(|x| *x > 0.0) => 0.0,
            false => number::clamp(1.0 - found[lane], 0.0, 1.0),
        };
    }
}

/// Compiled for processors with wider registers too; the order of all operations is the same in each.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
fn frustum(below: &[[f64; LANES]], above: &[[f64; LANES]], content: &mut [[f64; LANES]]) {
    for x in below {
        let mut before = content[0];
        for (y, now) in above.iter().zip(content[1..].iter_mut()) {
            for lane in 0..LANES {
                let scale = 1.0 / (y[lane] - x[lane]);
                let kept = (y[lane] * scale) * now[lane];
                before[lane] = kept + (-x[lane] * scale) * before[lane];
            }
            *now = before;
        }
    }
}

/// Where the differences of a pair are so small that they are rounding errors, they are 0.
fn difference(a: &[f64], b: &[f64], least: f64, out: &mut Vec<f64>) {
    out.clear();
    out.extend(a.iter().zip(b).map(|(x, y)| if (x - y).abs() <= least { 0.0 } else { x - y }));
}

/// For each pair of rows `a` and `b` the probability that `a` is ahead of `b`, at `a * n + b`; on the diagonal 1/2. `rows`
/// has one list of `k` scores after the other; scores that differ by `least` or less are equal.
///
/// # Panics
/// If the rows are not complete.
pub fn winning(rows: &[f64], k: usize, least: f64) -> Vec<f64> {
    assert!(k > 0 && rows.len().is_multiple_of(k), "complete rows");
    let n = rows.len() / k;
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|a| (0..a).map(move |b| (a, b))).collect();
    let row = |i: usize| &rows[i * k..(i + 1) * k];
    let of = |room: &mut (Vec<Vec<f64>>, Frusta), pairs: &[(usize, usize)]| {
        let (lists, room) = room;
        lists.resize(pairs.len(), Vec::new());
        for (list, &(a, b)) in lists.iter_mut().zip(pairs) {
            difference(row(a), row(b), least, list);
        }
        let mut found = [0.0; LANES];
        group(lists, room, &mut found);
        found
    };
    let groups: Vec<[f64; LANES]> = pairs
        .par_chunks(LANES)
        .map_init(<(Vec<Vec<f64>>, Frusta)>::default, |room, pairs| of(room, pairs))
        .collect();
    let mut out = vec![0.5; n * n];
    for (&(a, b), p) in pairs.iter().zip(groups.iter().flatten()) {
        out[a * n + b] = *p;
        out[b * n + a] = 1.0 - p;
    }
    out
}

/// Weights of a Dirichlet distribution with whole-number parameters are sums of so many weights that are uniform on a
/// larger simplex: each column stands there as many times as its parameter says.
pub fn repeated(rows: &[f64], k: usize, parameters: &[usize]) -> Vec<f64> {
    let row = |row: &[f64]| -> Vec<f64> {
        let each = row.iter().zip(parameters);
        each.flat_map(|(x, times)| std::iter::repeat_n(*x, *times)).collect()
    };
    rows.chunks_exact(k).flat_map(row).collect()
}

/// The mean and the standard deviation of a weighted mean of `x` under weights with a Dirichlet distribution.
pub fn spread(x: &[f64], parameters: &[usize]) -> (f64, f64) {
    let all = parameters.iter().sum::<usize>() as f64;
    let share = |j: usize| parameters[j] as f64 / all;
    let each = |of: &dyn Fn(f64) -> f64| {
        number::sum(&x.iter().enumerate().map(|(j, x)| share(j) * of(*x)).collect::<Vec<f64>>())
    };
    let mean = each(&|x| x);
    (mean, (each(&|x| (x - mean) * (x - mean)) / (all + 1.0)).sqrt())
}

/// The share of any other weights that may be mixed into `weights` so that a mean of `d` stays at 0 or above, 1 where all
/// weights keep it there; none where it is not above 0 to begin with.
///
/// Foster, McGillivray & Seth (2013), Composite indices: rank robustness, statistical association, and redundancy,
/// Econometric Reviews 32(1), 35-56.
pub fn radius(d: &[f64], weights: &[f64]) -> Option<f64> {
    let mean = number::dot(d, weights);
    let least = d.iter().copied().fold(f64::INFINITY, number::min);
    (mean > 0.0).then(|| if least >= 0.0 { 1.0 } else { mean / (mean - least) })
}

/// The least and the greatest mean of `d` under weights that fall in the stated order: positions, from the greatest weight
/// to the least. The corners are the weights that are equal up to some place and 0 after it.
pub fn ordered(d: &[f64], order: &[usize]) -> (f64, f64) {
    let (mut sum, mut ends) = (0.0, (f64::INFINITY, f64::NEG_INFINITY));
    for (at, &j) in order.iter().enumerate() {
        sum += d[j];
        let mean = sum / (at + 1) as f64;
        ends = (number::min(ends.0, mean), number::max(ends.1, mean));
    }
    ends
}

/// The weights with a sum of one within bounds under which a mean of `d` is greatest: what the least weights leave goes to
/// the greatest differences first. None where no weights keep within the bounds.
pub fn greatest_within(d: &[f64], bounds: &[(f64, f64)]) -> Option<Vec<f64>> {
    let mut weights: Vec<f64> = bounds.iter().map(|bound| bound.0).collect();
    let mut left = 1.0 - number::sum(&weights);
    if left < -1e-12 {
        return None;
    }
    let mut order: Vec<usize> = (0..d.len()).collect();
    number::sort_by_key(&mut order, &|j| -d[j]);
    for j in order {
        let more = number::clamp(bounds[j].1 - bounds[j].0, 0.0, number::max(left, 0.0));
        weights[j] += more;
        left -= more;
    }
    (left <= 1e-12).then_some(weights)
}

/// The least and the greatest mean of `d` under weights within bounds.
pub fn within(d: &[f64], bounds: &[(f64, f64)]) -> Option<(f64, f64)> {
    let most = number::dot(&greatest_within(d, bounds)?, d);
    let opposite: Vec<f64> = d.iter().map(|x| -x).collect();
    let least = -number::dot(&greatest_within(&opposite, bounds)?, &opposite);
    Some((least, most))
}

/// The probability that a mean of `d` is above 0, where each weight lies anywhere between `1 − range` and `1 + range` times
/// what it is, independently of the others, and all are divided by their sum. A tie counts half.
///
/// The sum of `weights·d` lies in a bounded interval, on which its sign is a square wave; the mean of the wave is a series
/// in the characteristic function, without an error of discretisation.
pub fn above_zero_relative(d: &[f64], weights: &[f64], range: f64) -> f64 {
    let mean = number::dot(d, weights);
    let all: Vec<f64> = d.iter().zip(weights).map(|(d, w)| range * w * d.abs()).collect();
    let most = all.iter().copied().fold(0.0, number::max);
    let whole = number::sum(&all);
    if mean.abs() >= whole {
        return if mean == 0.0 { 0.5 } else { f64::from(u8::from(mean > 0.0)) };
    }
    // What is smaller than the last digits of the greatest one moves nothing.
    let widths: Vec<f64> = all.into_iter().filter(|h| *h > 1e-14 * most).collect();
    match *widths {
        [h] => 0.5 + 0.5 * mean / h,
        [a, b] => {
            // The distribution of a sum of two is a trapezium.
            let part = |x: f64| if x > 0.0 { x * x } else { 0.0 };
            let area =
                part(mean + a + b) - part(mean + a - b) - part(mean - a + b) + part(mean - a - b);
            number::clamp(area / (8.0 * a * b), 0.0, 1.0)
        }
        _ => series(mean, &widths, 1.01 * (mean.abs() + whole)),
    }
}

/// The mean of the square wave of half period `half`.
fn series(mean: f64, widths: &[f64], half: f64) -> f64 {
    const MOST: u32 = 100_001;
    let mut sum = 0.0;
    for n in (1..MOST).step_by(2) {
        let at = std::f64::consts::PI * f64::from(n) / half;
        let (mut product, mut bound) = (1.0, 1.0);
        for h in widths {
            let u = at * h;
            product *= if u > 0.0 { libm::sin(u) / u } else { 1.0 };
            bound *= number::min(1.0, 1.0 / u);
        }
        sum += libm::sin(at * mean) * product / f64::from(n);
        if bound < 1e-13 {
            break;
        }
    }
    number::clamp(0.5 + 2.0 / std::f64::consts::PI * sum, 0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The probability by the theorem in another form, in whole numbers: with differences that are all different,
    /// P(mean > 0) = Σ over d_j > 0 of Π over i ≠ j of d_j/(d_j − d_i) (the divided difference of the truncated power).
    fn exact(d: &[i64]) -> (i128, i128) {
        let gcd = |mut a: i128, mut b: i128| {
            while b != 0 {
                (a, b) = (b, a % b);
            }
            a.abs()
        };
        let reduced = |(n, m): (i128, i128)| {
            let by = gcd(n, m) * m.signum();
            (n / by, m / by)
        };
        let mut sum = (0_i128, 1_i128);
        for (j, &x) in d.iter().enumerate().filter(|(_, x)| **x > 0) {
            let others = d.iter().enumerate().filter(|(i, _)| *i != j);
            let product = others.fold((1, 1), |(n, m), (_, &y)| {
                reduced((n * i128::from(x), m * i128::from(x - y)))
            });
            sum = reduced((sum.0 * product.1 + product.0 * sum.1, sum.1 * product.1));
        }
        sum
    }

    proptest! {
        #[test]
        fn probabilities_are_those_of_whole_numbers(
            d in proptest::collection::btree_set(-40_i64..40, 1..9)
        ) {
            let d: Vec<i64> = d.into_iter().collect();
            prop_assume!(d != [0]);
            let (n, m) = exact(&d);
            let found = above_zero(&d.iter().map(|x| *x as f64).collect::<Vec<f64>>());
            prop_assert!((found - n as f64 / m as f64).abs() < 1e-14, "{found} {n}/{m}");
        }

        /// Whatever stands beside a pair in the lanes, and in either order.
        #[test]
        fn pairs_side_by_side(rows in proptest::collection::vec(-9.0..9.0_f64, 5 * 7)) {
            let all = winning(&rows, 7, 0.0);
            for a in 0..5 {
                for b in (0..5).filter(|b| *b != a) {
                    let d: Vec<f64> =
                        (0..7).map(|j| rows[a * 7 + j] - rows[b * 7 + j]).collect();
                    prop_assert!((all[a * 5 + b] - above_zero(&d)).abs() < 1e-14);
                    prop_assert!((all[a * 5 + b] + all[b * 5 + a] - 1.0).abs() < 1e-15);
                }
            }
        }

        /// Corners of the polytopes, all of them.
        #[test]
        fn bounds_are_those_of_the_corners(
            d in proptest::collection::vec(-5.0..5.0_f64, 4),
            low in proptest::collection::vec(0.0..0.2_f64, 4),
            wide in proptest::collection::vec(0.1..0.6_f64, 4),
        ) {
            let bounds: Vec<(f64, f64)> =
                low.iter().zip(&wide).map(|(l, w)| (*l, number::min(l + w, 1.0))).collect();
            // At a corner all weights but one stand at an end.
            let mut means = Vec::new();
            for free in 0..4 {
                for ends in 0..8_u32 {
                    let mut weights = vec![0.0; 4];
                    let others = (0..4).filter(|j| *j != free);
                    for (bit, j) in others.enumerate() {
                        let (l, u) = bounds[j];
                        weights[j] = if ends >> bit & 1 == 1 { u } else { l };
                    }
                    weights[free] = 1.0 - weights.iter().sum::<f64>();
                    let (l, u) = bounds[free];
                    if (l - 1e-12..=u + 1e-12).contains(&weights[free]) {
                        means.push(number::dot(&weights, &d));
                    }
                }
            }
            match within(&d, &bounds) {
                None => prop_assert!(means.is_empty()),
                Some((least, most)) => {
                    let (low, high) = number::extremes(&means).expect("a corner");
                    prop_assert!((low - least).abs() < 1e-9 && (high - most).abs() < 1e-9);
                }
            }
        }

        /// Sampling agrees within four and a half standard errors.
        #[test]
        fn sampling_agrees(d in proptest::collection::vec(-3.0..4.0_f64, 3..12), seed in 0..99_u64) {
            const DRAWS: u64 = 20_000;
            let weights = vec![1.0 / d.len() as f64; d.len()];
            let (mut flat, mut near) = (0.0, 0.0);
            for draw in 0..DRAWS {
                let u = |j: usize| number::uniform(seed, draw, j as u64);
                let sum: f64 = d.iter().enumerate().map(|(j, x)| -libm::log(u(j)) * x).sum();
                flat += f64::from(u8::from(sum > 0.0));
                let sum: f64 = d
                    .iter()
                    .enumerate()
                    .map(|(j, x)| weights[j] * (0.6 + 0.8 * u(j)) * x)
                    .sum();
                near += f64::from(u8::from(sum > 0.0));
            }
            let agree = |p: f64, count: f64| {
                // Of what hardly ever happens a few draws are no surprise, though they are many standard errors.
                let few = 5.0;
                let error = (p * (1.0 - p) * DRAWS as f64).sqrt();
                (count - p * DRAWS as f64).abs() <= 4.5 * error + few
            };
            prop_assert!(agree(above_zero(&d), flat));
            prop_assert!(agree(above_zero_relative(&d, &weights, 0.4), near));
        }
    }

    #[test]
    fn ends_and_ties() {
        assert_eq!(above_zero(&[0.0, 0.0]), 0.5);
        assert_eq!(above_zero(&[0.0, 1.0]), 1.0);
        assert_eq!(above_zero(&[0.0, -1.0]), 0.0);
        assert_eq!(above_zero(&[-1.0, 3.0]), 0.75);
        // Two weights of one column: of parameters 2 and 1, the mean of (1, -1) is above 0 with 3/4.
        let rows = repeated(&[1.0, -1.0, 0.0, 0.0], 2, &[2, 1]);
        assert_eq!(winning(&rows, 3, 0.0)[1], 0.75);
        assert_eq!(radius(&[1.0, -1.0], &[0.75, 0.25]), Some(0.5 / 1.5));
        assert_eq!(radius(&[1.0, 0.0], &[0.5, 0.5]), Some(1.0));
        assert_eq!(radius(&[1.0, -1.0], &[0.5, 0.5]), None);
        assert_eq!(ordered(&[-1.0, 3.0, -3.0], &[1, 0, 2]), (-1.0 / 3.0, 3.0));
        // A uniform number, two of them, and a sum that cannot change its sign.
        assert_eq!(above_zero_relative(&[1.0, -0.5], &[0.5, 0.5], 0.1), 1.0);
        let one = above_zero_relative(&[0.1, 0.0, -0.09], &[1.0, 1.0, 1.0], 0.0);
        assert_eq!(one, 1.0);
        let two = above_zero_relative(&[1.0, -1.0], &[0.5, 0.5], 0.5);
        assert!((two - 0.5).abs() < 1e-15);
        // By (Q3) of a sum of three uniform numbers: P(U1 + U2 + U3 > 1/2) with U in ±1 is 1 - ∫ = 0.3020833.
        let three = series(-0.5, &[1.0, 1.0, 1.0], 3.6);
        let expected = 1.0 - (1.0 - 2.5_f64 * 2.5 * 2.5 / 48.0 + 3.0 * 0.125 / 48.0);
        assert!((three - expected).abs() < 1e-9, "{three} {expected}");
    }

    #[test]
    fn mean_and_spread_of_a_score() {
        let (mean, sd) = spread(&[0.0, 1.0], &[1, 1]);
        assert!((mean - 0.5).abs() < 1e-15 && (sd - (1.0_f64 / 12.0).sqrt()).abs() < 1e-15);
        let (mean, sd) = spread(&[0.0, 1.0], &[2, 3]);
        assert!((mean - 0.6).abs() < 1e-15 && (sd - 0.2).abs() < 1e-15);
    }
}
