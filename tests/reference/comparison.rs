//! Agreement of rankings and tiers against scipy, scikit-learn, pymcdm, and an implementation of rank-biased overlap.

use super::{Figures, agree};
use quanheng_core::comparison::{
    Weights, drastic_ws, frobenius_distance, goodman_kruskal_gamma, kappa, kemeny_distance,
    rank_biased_overlap, weighted_spearman, weighted_tau, ws,
};
use quanheng_core::number::Correlation;

#[test]
fn agreement_of_rankings() {
    let rankings = Figures::read("comparison_rankings");
    let figures = Figures::read("comparison_agreement");
    for (k, key) in figures.keys.iter().enumerate() {
        let (x, y) = key.split_once('/').expect("two rankings");
        let (x, y) = (rankings.column(x), rankings.column(y));
        let negated = |ranks: &[f64]| ranks.iter().map(|r| -r).collect::<Vec<_>>();
        let found = [
            Correlation::Spearman.of(x, y),
            Correlation::Kendall.of(x, y),
            weighted_tau(&negated(x), &negated(y)),
            rank_biased_overlap(x, y, 0.5),
            rank_biased_overlap(x, y, 0.9),
            rank_biased_overlap(x, y, 0.98),
            goodman_kruskal_gamma(x, y),
            Some(kemeny_distance(x, y)),
            Some(frobenius_distance(x, y)),
        ];
        let names = [
            "spearman",
            "kendall",
            "weighted_tau",
            "rbo_50",
            "rbo_90",
            "rbo_98",
            "gamma",
            "kemeny",
            "frobenius",
        ];
        for (name, found) in names.iter().zip(found) {
            let found = found.expect("defined");
            agree(&format!("{key} {name}"), &[found], &[figures.column(name)[k]], 1e-11);
        }
    }
}

#[test]
fn agreement_of_tiers() {
    let rankings = Figures::read("comparison_rankings");
    let figures = Figures::read("comparison_agreement");
    for (k, key) in figures.keys.iter().enumerate() {
        let (x, y) = key.split_once('/').expect("two rankings");
        let tiers = |name: &str| rankings.column(&format!("tier_{name}")).to_vec();
        let mut counts = vec![vec![0; 4]; 4];
        for (a, b) in tiers(x).into_iter().zip(tiers(y)) {
            counts[a as usize][b as usize] += 1;
        }
        for (name, weights) in [
            ("kappa", Weights::Equal),
            ("kappa_linear", Weights::Linear),
            ("kappa_quadratic", Weights::Quadratic),
        ] {
            let found = kappa(&counts, weights).expect("defined");
            agree(&format!("{key} {name}"), &[found], &[figures.column(name)[k]], 1e-12);
        }
    }
}

/// The example in the documentation of `scipy.stats.weightedtau`.
#[test]
fn a_printed_weighted_tau() {
    let tau = weighted_tau(&[12.0, 2.0, 1.0, 12.0, 2.0], &[1.0, 4.0, 7.0, 1.0, 0.0]);
    agree("tau", &[tau.expect("defined")], &[-0.566_949_681_536_827_2], 1e-14);
}

/// The tests of pyrepo-mcda, objective-weighting and pymcdm 1.4.0.
#[test]
#[expect(clippy::approx_constant, reason = "the figures are as another suite prints them")]
fn coefficients_and_distances_of_other_suites() {
    let (r, s) = ([1.0, 2.0, 3.0, 4.0, 5.0], [1.0, 3.0, 2.0, 4.0, 5.0]);
    agree("ws", &[ws(&r, &s).expect("defined")], &[0.854_166_666_666_666_7], 1e-14);
    let weighted = weighted_spearman(&r, &s).expect("defined");
    agree("weighted spearman", &[weighted], &[0.883_333_333_333_333_3], 1e-14);
    for (other, distance, frobenius) in [
        ([1.0, 2.0, 3.0], 0.0, 0.0),
        ([1.0, 2.5, 2.5], 1.0, 1.4142),
        ([1.0, 3.0, 2.0], 2.0, 2.8284),
        ([1.5, 3.0, 1.5], 3.0, 3.1623),
        ([2.0, 3.0, 1.0], 4.0, 4.0),
        ([2.5, 2.5, 1.0], 5.0, 4.2426),
        ([3.0, 2.0, 1.0], 6.0, 4.899),
        ([3.0, 1.5, 1.5], 5.0, 4.2426),
        ([3.0, 1.0, 2.0], 4.0, 4.0),
        ([2.5, 1.0, 2.5], 3.0, 3.1623),
        ([2.0, 1.0, 3.0], 2.0, 2.8284),
        ([1.5, 1.5, 3.0], 1.0, 1.4142),
        ([2.0, 2.0, 2.0], 3.0, 2.4495),
    ] {
        assert_eq!(kemeny_distance(&[1.0, 2.0, 3.0], &other), distance, "{other:?}");
        assert_eq!(kemeny_distance(&other, &[1.0, 2.0, 3.0]), distance, "{other:?}");
        for (r, s) in [([1.0, 2.0, 3.0], other), (other, [1.0, 2.0, 3.0])] {
            agree("frobenius", &[frobenius_distance(&r, &s)], &[frobenius], 5e-5);
        }
    }
    for (other, distance) in [
        ([1.0, 2.0, 3.0, 4.0, 5.0], 0.0),
        ([2.0, 1.0, 3.0, 4.0, 5.0], 0.7742),
        ([1.0, 3.0, 2.0, 4.0, 5.0], 0.3871),
        ([1.0, 2.0, 4.0, 3.0, 5.0], 0.1935),
        ([1.0, 2.0, 3.0, 5.0, 4.0], 0.0968),
        ([3.0, 2.0, 1.0, 4.0, 5.0], 0.6452),
        ([4.0, 2.0, 3.0, 1.0, 5.0], 0.5806),
        ([5.0, 2.0, 3.0, 4.0, 1.0], 0.5484),
    ] {
        for (r, s) in [(r, other), (other, r)] {
            let found = drastic_ws(&r, &s).expect("defined");
            // Half of the last digit that is printed.
            assert!((found - distance).abs() <= 5e-5, "{r:?} and {s:?}: {found}");
        }
    }
}
