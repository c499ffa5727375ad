//! Fleiss' kappa for any number of coders.

use super::{Codes, counts};
use crate::number;

/// Fleiss' kappa, and of what it was computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fleiss {
    /// The coefficient.
    pub kappa: f64,
    /// How many codes each unit has.
    pub codes: usize,
    /// How many units have so many.
    pub units: usize,
}

/// Fleiss' kappa (Fleiss 1971, Psychological Bulletin 76, 378-382), which asks for the same number of codes of each unit, of
/// whichever coders: it is that of the units with the most frequent number. None where there are none, or where all codes
/// are the same.
pub fn fleiss(codes: &Codes) -> Option<Fleiss> {
    let units: Vec<Vec<f64>> = codes.pairable().collect();
    let sizes = counts(units.iter().map(|unit| unit.len() as f64));
    let (size, number) = sizes.into_iter().reduce(|a, b| if b.1 >= a.1 { b } else { a })?;
    let of_size = || units.iter().filter(|unit| unit.len() as f64 == size);
    let within = |unit: &Vec<f64>| {
        let pairs = counts(unit.iter().copied()).into_iter().map(|(_, n)| n * (n - 1.0));
        number::sum(&pairs.collect::<Vec<f64>>())
    };
    let agreed = number::sum(&of_size().map(within).collect::<Vec<f64>>());
    let agreed = agreed / (number * size * (size - 1.0));
    let all = number * size;
    let share = |(_, n): (f64, f64)| (n / all) * (n / all);
    let shares: Vec<f64> = counts(of_size().flatten().copied()).into_iter().map(share).collect();
    let expected = number::sum(&shares);
    let kappa = (agreed - expected) / (1.0 - expected);
    (shares.len() > 1).then_some(Fleiss { kappa, codes: size as usize, units: number as usize })
}
