//! Quantiles and moments against numpy and scipy.

use super::{Figures, agree};
use quanheng_core::number::{self, RoundMode};

const SERIES: [&str; 3] = ["asem", "tied60", "lognormal80"];

fn series(name: &str) -> Vec<f64> {
    Figures::read(&format!("tiers_{name}")).column("score").to_vec()
}

#[test]
fn quantiles() {
    let figures = Figures::read("number_quantiles");
    for name in SERIES {
        let mut ascending = Vec::new();
        number::sorted(&series(name), &mut ascending);
        let at = |p: &String| number::quantile(&ascending, p.parse().unwrap()).unwrap();
        let found: Vec<f64> = figures.keys.iter().map(at).collect();
        agree(name, &found, figures.column(name), 1e-12);
    }
}

#[test]
fn moments() {
    let figures = Figures::read("number_moments");
    for name in SERIES {
        let values = series(name);
        let m = number::moments(&values).unwrap();
        let sd = number::population_variance(&values).unwrap().sqrt();
        agree(name, &[m.skewness, m.kurtosis, sd, m.sd], figures.column(name), 1e-9);
    }
}

/// `round()` of R to the last bit, and where it departs from decimal rounding.
#[test]
fn rounding_of_r() {
    let figures = Figures::read("number_r_round");
    let [x, digits, expected] = ["x", "digits", "rounded"].map(|name| figures.column(name));
    let mut departs = 0;
    for ((&x, &digits), &expected) in x.iter().zip(digits).zip(expected) {
        let digits = digits as u32;
        let found = number::round(x, digits, RoundMode::R);
        assert_eq!(found.to_bits(), expected.to_bits(), "round({x}, {digits}) of R is {expected}");
        departs += usize::from(found != number::round(x, digits, RoundMode::HalfEven));
    }
    assert!(departs > 20, "{departs} of {} are rounded otherwise in decimals", x.len());
}
