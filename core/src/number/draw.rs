//! Numbers that look random and are a function of where they stand.

/// A number in (0, 1) that depends on nothing but its three places: the finaliser of SplitMix64 over them.
///
/// Steele, Lea & Flood (2014), Fast splittable pseudorandom number generators, OOPSLA, 453-472.
pub fn uniform(seed: u64, column: u64, row: u64) -> f64 {
    let mut z = seed
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(column.wrapping_mul(0xd1b5_4a32_d192_ed03))
        .wrapping_add(row.wrapping_add(1).wrapping_mul(0x8cb9_2ba7_2f3d_8dd7));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    ((z >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
}

/// A number of the normal distribution with mean 0 and variance 1 that depends on nothing but its three places.
///
/// Box & Muller (1958), Annals of Mathematical Statistics 29(2), 610-611.
pub fn normal(seed: u64, column: u64, row: u64) -> f64 {
    let place = row.wrapping_mul(2);
    let (u, v) = (uniform(seed, column, place), uniform(seed, column, place.wrapping_add(1)));
    (-2.0 * libm::log(u)).sqrt() * libm::cos(std::f64::consts::TAU * v)
}

#[cfg(test)]
mod tests {
    use super::normal;

    /// The first four moments of 200,000 draws, within four standard errors.
    #[test]
    fn normal_has_the_moments_of_the_normal_distribution() {
        let n = 200_000.0;
        let draws: Vec<f64> = (0..200_000).map(|i| normal(5, i / 50, i % 50)).collect();
        for (power, expected, variance) in
            [(1_u32, 0.0, 1.0_f64), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0)]
        {
            let raised: Vec<f64> =
                draws.iter().map(|x| (0..power).fold(1.0, |product, _| product * x)).collect();
            let mean = crate::number::mean(&raised).expect("draws");
            assert!((mean - expected).abs() < 4.0 * (variance / n).sqrt(), "{power}: {mean}");
        }
        let together: Vec<f64> = (1..draws.len()).map(|i| draws[i - 1] * draws[i]).collect();
        let correlation = crate::number::mean(&together).expect("draws");
        assert!(correlation.abs() < 4.0 / n.sqrt(), "{correlation}");
    }
}
