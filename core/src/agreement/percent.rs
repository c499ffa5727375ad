//! Percent agreement.

use super::{Codes, counts};
use crate::number;

/// The share of pairs of codes of one unit that are equal; with two coders, the share of units on which they agree. None
/// where no unit has two codes.
pub fn percent(codes: &Codes) -> Option<f64> {
    let (mut equal, mut all) = (Vec::new(), Vec::new());
    for unit in codes.pairable() {
        let n = unit.len() as f64;
        all.push(n * (n - 1.0));
        let of_code: Vec<f64> = counts(unit).iter().map(|(_, n)| n * (n - 1.0)).collect();
        equal.push(number::sum(&of_code));
    }
    (!all.is_empty()).then(|| number::sum(&equal) / number::sum(&all))
}
