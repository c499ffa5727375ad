//! Cohen's kappa for two coders.

use super::{Codes, counts};
use crate::number;

/// Cohen's kappa (Cohen 1960, Educational and Psychological Measurement 20, 37-46) over the units that both coders have
/// coded: `(p − e) / (1 − e)` with the share `p` on which they agree and the share `e` that follows from how often each of
/// them gives each code. None unless there are two coders and some chance to disagree.
pub fn cohen(codes: &Codes) -> Option<f64> {
    if codes.coders() != 2 {
        return None;
    }
    let both: Vec<Vec<f64>> = codes.pairable().collect();
    let n = both.len() as f64;
    let agreed = both.iter().filter(|unit| unit[0] == unit[1]).count() as f64;
    let [first, second] = [0, 1].map(|coder| counts(both.iter().map(|unit| unit[coder])));
    let of_code = |(code, count): &(f64, f64)| {
        let other = second.iter().find(|(other, _)| other == code);
        other.map_or(0.0, |(_, other)| count * other)
    };
    let expected: Vec<f64> = first.iter().map(of_code).collect();
    // Whole numbers as far as possible: n²·p and n²·e.
    let expected = number::sum(&expected);
    let left = n * n - expected;
    (n > 0.0 && left > 0.0).then(|| (n * agreed - expected) / left)
}
