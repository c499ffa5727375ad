//! Whether printed figures of groups can all be true: means, counts and shares of groups that may overlap.
//!
//! Regions that are in the same groups form a part. The sum of the scores of a group is that of its parts, and a printed mean
//! bounds it, since it was rounded. Whether all bounds can hold at once, and what they say about each part, are linear
//! programs; where they cannot, a smallest set of figures that contradict each other is sought.

mod share;
mod sums;

pub use share::{counts_of, sizes_of};
pub use sums::{Bound, Part, Sums, Verdict};

/// A printed number, which was rounded to its decimals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Printed {
    /// The number.
    pub value: f64,
    /// With how many decimals it is printed.
    pub decimals: u32,
}

impl Printed {
    /// Between which numbers it lay before it was rounded, by whichever rule.
    pub fn range(self) -> (f64, f64) {
        let half = 0.5 * libm::pow(10.0, -f64::from(self.decimals));
        (self.value - half, self.value + half)
    }

    /// Whether a number is printed so.
    pub fn is_of(self, x: f64) -> bool {
        let (low, high) = self.range();
        // The ends of the range are decimals, which binary numbers miss by a little.
        let slack = 1e-9 * (1.0 + self.value.abs());
        low - slack <= x && x <= high + slack
    }
}
