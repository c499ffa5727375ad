//! Quantiles and moments against numpy and scipy.

use super::{Figures, agree};
use quanheng_core::number;

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
