//! Shares of whole numbers.

use super::Printed;

/// The sizes that a group can have, up to `most`, if a count in it is printed as this percentage.
pub fn sizes_of(count: usize, share: Printed, most: usize) -> Vec<usize> {
    let fits = |size: &usize| share.is_of(100.0 * count as f64 / *size as f64);
    (count.max(1)..=most).filter(fits).collect()
}

/// The counts of a group of this size that are printed as this percentage.
pub fn counts_of(share: Printed, size: usize) -> Vec<usize> {
    (0..=size).filter(|count| share.is_of(100.0 * *count as f64 / size as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(value: f64) -> Printed {
        Printed { value, decimals: 1 }
    }

    #[test]
    fn a_count_and_its_share_say_how_large_the_group_is() {
        // 8 / 15 = 53.33 %, and no other size up to 1000 gives 53.3 %.
        assert_eq!(sizes_of(8, printed(53.3), 1000), [15]);
        assert_eq!(sizes_of(8, printed(50.0), 1000), [16]);
        assert_eq!(sizes_of(1, printed(0.1), 1000), (667..=1000).collect::<Vec<_>>());
        assert_eq!(sizes_of(0, printed(0.0), 3), [1, 2, 3]);
    }

    #[test]
    fn a_share_of_a_known_group_says_how_many_there_are() {
        assert_eq!(counts_of(printed(33.3), 27), [9]);
        assert_eq!(counts_of(printed(44.1), 68), [30]);
        assert_eq!(counts_of(printed(53.3), 16), []);
        // An exact half is printed up or down: 1 / 16 = 6.25 %.
        assert_eq!(counts_of(printed(6.2), 16), [1]);
        assert_eq!(counts_of(printed(6.3), 16), [1]);
    }
}
