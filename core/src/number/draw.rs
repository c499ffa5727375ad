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
