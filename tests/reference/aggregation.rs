//! Aggregation against pymcdm and Compind.

use super::{Figures, agree};
use quanheng_core::aggregation::TABLE;
use quanheng_core::conformance::Trial;
use quanheng_core::method::{Example, Settings, Value, find};
use quanheng_core::model::{Direction, Indicator};

fn scores(name: &str, settings: Settings, example: &Example) -> Vec<f64> {
    let entry = find(TABLE, name).expect("a method");
    let method = (entry.make)(&settings).expect("settings that fit");
    method.trial(example).unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn weighing_regions_against_each_other() {
    let input = Figures::read("mcdm_asem51x49");
    let criteria = Figures::read("mcdm_asem51x49_criteria");
    let expected = Figures::read("aggregation_mcdm_asem51x49");
    assert_eq!(input.keys, expected.keys);
    let direction = |t: &f64| if *t < 0.0 { Direction::Negative } else { Direction::Positive };
    let indicator = |t| Indicator { direction: direction(t), ..Indicator::default() };
    let example = Example {
        columns: input.columns.clone(),
        indicators: criteria.column("type").iter().map(indicator).collect(),
        weights: criteria.column("w_random").to_vec(),
        ..Example::default()
    };
    let text = |k, v: &str| Settings::from([(k, Value::from(v))]);
    for (column, method, settings) in [
        ("TOPSIS_minmax_default", "topsis", text("scale", "min_max")),
        ("TOPSIS_vector", "topsis", text("scale", "vector")),
        ("VIKOR_v0.5", "vikor", Settings::default()),
        ("VIKOR_v0.7", "vikor", Settings::from([("v", 0.7.into())])),
        ("PROMETHEE_II_usual", "promethee", Settings::default()),
        ("WASPAS_l0.5", "waspas", Settings::default()),
        ("MOORA", "moora", Settings::default()),
        ("EDAS", "edas", Settings::default()),
        ("ARAS_sum_default", "aras", Settings::default()),
        ("COPRAS_canonical", "copras", Settings::default()),
    ] {
        let found = scores(method, settings, &example);
        near(column, &found, expected.column(column));
    }
}

#[test]
fn better_life() {
    let t = Figures::read("aggregation_compind_bli");
    let with = |columns: &[Vec<f64>]| Example { columns: columns.to_vec(), ..Example::default() };
    let raw = with(&t.columns[..11]);
    for (column, lower, upper) in [
        ("bod_raw", 0.0, 1.0),
        ("bod_constr_up0.3_low0.03", 0.03, 0.3),
        ("bod_constr_up0.2_low0.05", 0.05, 0.2),
        ("bod_constr_up1_low0.01", 0.01, 1.0),
    ] {
        let shares = Settings::from([("lower", lower.into()), ("upper", upper.into())]);
        agree(column, &scores("benefit_of_doubt", shares, &raw), t.column(column), 1e-9);
    }
    let z = t.names.iter().position(|n| n.starts_with("z_")).expect("z-scores");
    let z = with(&t.columns[z..z + 11]);
    for (column, penalty) in [("mpi_penaltyNEG", "add"), ("mpi_penaltyPOS", "subtract")] {
        let settings = Settings::from([("penalty", penalty.into()), ("variance", "sample".into())]);
        agree(column, &scores("mazziotta_pareto", settings, &z), t.column(column), 1e-9);
    }
    let mm = t.names.iter().position(|n| n.starts_with("mm_")).expect("min-max");
    let mm = with(&t.columns[mm..mm + 11]);
    let order = |first: f64, split: usize| {
        let weight = |j| if j < split { first } else { 1.0 - first };
        Settings::from([("order_weights", (0..11).map(weight).collect::<Vec<f64>>().into())])
    };
    near("CI_OWA_p", &scores("owa", order(1.0, 5), &mm), t.column("CI_OWA_p"));
    near("CI_OWA_n", &scores("owa", order(0.0, 6), &mm), t.column("CI_OWA_n"));
}

/// Agreement where scores can be close to zero.
fn near(what: &str, found: &[f64], expected: &[f64]) {
    for (row, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= 1e-10, "{what}, row {row}: found {a}, expected {b}");
    }
}
