//! Quantiles and moments against numpy and scipy.

use super::{Figures, agree};
use quanheng_core::number::{self, Correlation, Distribution, RoundMode};

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

/// The distribution that a key such as `student/12` names, with the degrees of freedom beside it.
fn distribution(key: &str, first: f64, second: f64) -> Distribution {
    match key.split('/').next().unwrap() {
        "normal" => Distribution::Normal,
        "student" => Distribution::Student(first),
        "chi_squared" => Distribution::ChiSquared(first),
        "f" => Distribution::F(first, second),
        other => panic!("no distribution `{other}`"),
    }
}

#[test]
fn distributions() {
    let figures = Figures::read("number_distributions");
    let [first, second, x] = ["first", "second", "x"].map(|name| figures.column(name));
    let found = |tail: fn(Distribution, f64) -> f64| -> Vec<f64> {
        let rows = figures.keys.iter().enumerate();
        rows.map(|(row, key)| tail(distribution(key, first[row], second[row]), x[row])).collect()
    };
    agree("above", &found(Distribution::above), figures.column("above"), 1e-12);
    agree("below", &found(Distribution::below), figures.column("below"), 1e-12);
}

#[test]
fn quantiles_of_distributions() {
    let figures = Figures::read("number_distribution_quantiles");
    let [first, second, p] = ["first", "second", "p"].map(|name| figures.column(name));
    let found = |quantile: fn(Distribution, f64) -> f64| -> Vec<f64> {
        let rows = figures.keys.iter().enumerate();
        rows.map(|(row, key)| quantile(distribution(key, first[row], second[row]), p[row]))
            .collect()
    };
    agree("quantile", &found(Distribution::quantile), figures.column("quantile"), 1e-11);
    let upper = found(Distribution::upper_quantile);
    agree("upper_quantile", &upper, figures.column("upper_quantile"), 1e-11);
}

/// Coefficients and p-values of scipy on pairs of columns with and without ties and gaps.
#[test]
fn correlations_and_their_p_values() {
    let columns = Figures::read("number_correlation_columns");
    let figures = Figures::read("number_correlations");
    for (name, correlation) in [
        ("pearson", Correlation::Pearson),
        ("spearman", Correlation::Spearman),
        ("kendall", Correlation::Kendall),
    ] {
        let (mut r, mut p, mut n) = (Vec::new(), Vec::new(), Vec::new());
        for (key, rows) in figures.keys.iter().zip(figures.column("rows")) {
            let (x, y) = key.split_once('/').unwrap();
            let rows = *rows as usize;
            let found = correlation
                .test(&columns.column(x)[..rows], &columns.column(y)[..rows])
                .unwrap_or_else(|| panic!("{key}: no coefficient"));
            r.push(found.coefficient);
            p.push(found.p);
            n.push(found.n as f64);
        }
        for (row, (found, expected)) in r.iter().zip(figures.column(name)).enumerate() {
            assert!((found - expected).abs() < 1e-14, "{name}, row {row}: {found}, {expected}");
        }
        // Near 0 and near 1 the last digit of a coefficient decides over many of its p-value.
        let firm = |p: &[f64]| -> Vec<f64> {
            p.iter().map(|p| if *p > 1e-30 { *p } else { f64::NAN }).collect()
        };
        let expected = figures.column(&format!("{name}_p"));
        agree(&format!("{name}, p"), &firm(&p), &firm(expected), 1e-10);
        agree(&format!("{name}, n"), &n, figures.column("n"), 0.0);
    }
}
