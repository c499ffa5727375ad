//! Krippendorff's alpha for any number of coders, missing codes and four scales.

use super::{Codes, counts};
use crate::number;

crate::method::choice! {
    /// What a difference between two codes means.
    #[derive(Default)]
    pub enum Scale {
        /// Codes are equal or not.
        #[default]
        Nominal = "nominal",
        /// Codes have an order.
        Ordinal = "ordinal",
        /// Differences of codes have a size.
        Interval = "interval",
        /// Codes are amounts, and 0 is none.
        Ratio = "ratio",
    }
}

/// Krippendorff's alpha (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability): `1 − D / E`, with the mean
/// difference `D` of two codes of one unit and the mean difference `E` of any two codes. Codes that are the only one of
/// their unit count for neither. None where all codes are the same, and on the ratio scale where a code is below 0.
pub fn krippendorff(codes: &Codes, scale: Scale) -> Option<f64> {
    let units: Vec<Vec<f64>> = codes.pairable().collect();
    let counts = counts(units.iter().flatten().copied());
    if counts.len() < 2 || (scale == Scale::Ratio && counts[0].0 < 0.0) {
        return None;
    }
    // On the ordinal scale the difference of two codes is that of their mean ranks.
    let mut below = 0.0;
    let mut places = Vec::new();
    for (code, n) in &counts {
        places.push(match scale {
            Scale::Ordinal => below + n / 2.0,
            _ => *code,
        });
        below += n;
    }
    let n = below;
    let place = |code: f64| match scale {
        Scale::Ordinal => places[counts.partition_point(|(other, _)| *other < code)],
        _ => code,
    };
    let difference = |a: f64, b: f64| match scale {
        _ if a == b => 0.0,
        Scale::Nominal => 1.0,
        Scale::Ordinal | Scale::Interval => (a - b) * (a - b),
        Scale::Ratio => (a - b) / (a + b) * ((a - b) / (a + b)),
    };
    let mut observed = Vec::new();
    for unit in &units {
        let at: Vec<f64> = unit.iter().map(|code| place(*code)).collect();
        let pairs = at.iter().enumerate().flat_map(|(i, a)| at[..i].iter().map(move |b| (*a, *b)));
        let sizes: Vec<f64> = pairs.map(|(a, b)| difference(a, b)).collect();
        observed.push(2.0 * number::sum(&sizes) / (unit.len() as f64 - 1.0));
    }
    let of: Vec<f64> = counts.iter().map(|(_, count)| *count).collect();
    let expected = match scale {
        Scale::Nominal => n * n - number::dot(&of, &of),
        Scale::Ordinal | Scale::Interval => {
            let mean = number::dot(&of, &places) / n;
            let squares: Vec<f64> = places.iter().map(|at| (at - mean) * (at - mean)).collect();
            2.0 * n * number::dot(&of, &squares)
        }
        Scale::Ratio => {
            let of_code = |k: usize| {
                let others = (0..k).map(|other| of[other] * difference(places[k], places[other]));
                2.0 * of[k] * number::sum(&others.collect::<Vec<f64>>())
            };
            number::sum(&(0..of.len()).map(of_code).collect::<Vec<f64>>())
        }
    };
    Some(1.0 - (n - 1.0) * number::sum(&observed) / expected)
}
