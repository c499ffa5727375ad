//! Sums in a fixed order over eight lanes, NaN (no value) left out.

const LANES: usize = 8;

/// Adds `f` of every value that is there.
fn fold(values: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    let mut lanes = [0.0; LANES];
    let mut chunks = values.chunks_exact(LANES);
    for chunk in &mut chunks {
        for (lane, &x) in lanes.iter_mut().zip(chunk) {
            *lane += if x.is_nan() { 0.0 } else { f(x) };
        }
    }
    for (lane, &x) in lanes.iter_mut().zip(chunks.remainder()) {
        *lane += if x.is_nan() { 0.0 } else { f(x) };
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

/// The sum of the values that are there.
pub fn sum(values: &[f64]) -> f64 {
    fold(values, |x| x)
}

/// The sum of `f` over the values that are there.
pub(super) fn sum_of(values: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    fold(values, f)
}

/// How many values are there.
pub fn count(values: &[f64]) -> usize {
    values.iter().filter(|x| !x.is_nan()).count()
}

/// The sum of products, pairs with an absent member left out.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; LANES];
    for (i, (x, y)) in a.iter().zip(b).enumerate() {
        let product = x * y;
        if !product.is_nan() {
            lanes[i % LANES] += product;
        }
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

/// The least and the greatest value, or `None` where there is no value.
pub fn extremes(values: &[f64]) -> Option<(f64, f64)> {
    let mut least = [f64::INFINITY; LANES];
    let mut greatest = [f64::NEG_INFINITY; LANES];
    let mut chunks = values.chunks_exact(LANES);
    for chunk in &mut chunks {
        for lane in 0..LANES {
            // A comparison with NaN is false, so an absent value changes nothing.
            if chunk[lane] < least[lane] {
                least[lane] = chunk[lane];
            }
            if chunk[lane] > greatest[lane] {
                greatest[lane] = chunk[lane];
            }
        }
    }
    let rest = chunks.remainder().iter().copied().filter(|x| !x.is_nan());
    let low = least.into_iter().chain(rest.clone()).fold(f64::INFINITY, super::min);
    let high = greatest.into_iter().chain(rest).fold(f64::NEG_INFINITY, super::max);
    (low <= high).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_values_are_left_out() {
        let values: Vec<f64> =
            (0..21).map(|i| if i % 5 == 3 { f64::NAN } else { i as f64 }).collect();
        assert_eq!(sum(&values), 210.0 - (3.0 + 8.0 + 13.0 + 18.0));
        assert_eq!(count(&values), 17);
        assert_eq!(extremes(&values), Some((0.0, 20.0)));
        assert_eq!(extremes(&[f64::NAN]), None);
        assert_eq!(dot(&[1.0, f64::NAN, 3.0], &[2.0, 2.0, 2.0]), 8.0);
    }
}
