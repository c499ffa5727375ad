//! Zeros in the methods that weigh all regions against each other. The figures are worked out with exact fractions
//! (Python 3.11, `fractions`) from the published formulas; those of limits with a value of 1e-15 in place of zero.

use super::{Figures, agree};
use quanheng_core::aggregation::TABLE;
use quanheng_core::conformance::Trial;
use quanheng_core::method::{Example, MethodError, Settings, Value, find};
use quanheng_core::model::{Direction, Indicator};

fn example(columns: &[&[f64]], directions: &[f64]) -> Example {
    let direction = |d: &f64| if *d < 0.0 { Direction::Negative } else { Direction::Positive };
    Example {
        columns: columns.iter().map(|c| c.to_vec()).collect(),
        indicators: directions
            .iter()
            .map(|d| Indicator { direction: direction(d), ..Indicator::default() })
            .collect(),
        ..Example::default()
    }
}

fn run(name: &str, settings: Settings, example: &Example) -> Result<Vec<f64>, MethodError> {
    let entry = find(TABLE, name).expect("a method");
    (entry.make)(&settings).expect("settings that fit").trial(example)
}

fn scores(name: &str, settings: Settings, example: &Example) -> Vec<f64> {
    run(name, settings, example).unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn zeros_where_more_is_better() {
    let both = example(&[&[0.0, 2.0, 5.0], &[3.0, 4.0, 1.0]], &[1.0, 1.0]);
    let edas = scores("edas", Settings::default(), &both);
    agree("edas", &edas, &[0.0546875, 0.6473214285714286, 0.6875], 1e-13);
    let negative = example(&[&[-1.0, 2.0, 5.0], &[3.0, 4.0, 0.0]], &[1.0, -1.0]);
    agree("edas", &scores("edas", Settings::default(), &negative), &[0.0, 0.3, 1.0], 1e-13);

    let mixed = example(&[&[0.0, 2.0, 5.0], &[3.0, 4.0, 1.0]], &[1.0, -1.0]);
    for (name, expected) in [
        ("aras", [0.1605351170568562, 0.3277591973244147, 1.0]),
        ("waspas", [0.08333333333333333, 0.320613883008419, 1.0]),
        ("copras", [0.1564245810055866, 0.329608938547486, 1.0]),
    ] {
        agree(name, &scores(name, Settings::default(), &mixed), &expected, 1e-13);
    }
}

/// Uysal (2022), as printed in the tests of scikit-criteria: a zero in the sixth column.
#[test]
fn a_published_table_with_a_zero() {
    let table = Figures::read("aggregation_copras_uysal");
    let columns: Vec<&[f64]> = (1..=7).map(|k| table.column(&format!("c{k}"))).collect();
    let example = example(&columns, &[1.0, 1.0, 1.0, 1.0, -1.0, 1.0, 1.0]);
    let found = scores("copras", Settings::default(), &example);
    let found: Vec<f64> = found.iter().map(|s| 100.0 * s).collect();
    agree("copras", &found, table.column("printed"), 1e-6);
    let rank = |x: &f64| 1 + found.iter().filter(|y| *y > x).count();
    assert_eq!(found.iter().map(rank).collect::<Vec<_>>(), [1, 4, 5, 2, 3]);
}

#[test]
fn zeros_where_less_is_better() {
    let limit = || Settings::from([("zeros", Value::from("limit"))]);
    let one = example(&[&[1.0, 2.0, 5.0], &[3.0, 4.0, 0.0]], &[1.0, -1.0]);
    let two = example(&[&[1.0, 2.0, 5.0, 3.0], &[3.0, 0.0, 0.0, 2.0]], &[1.0, -1.0]);
    for (name, of_one) in [
        ("aras", [0.08695652173913043, 0.17391304347826086, 1.0]),
        ("waspas", [0.05, 0.1, 1.0]),
        ("copras", [0.07692307692307693, 0.15384615384615385, 1.0]),
    ] {
        agree(name, &scores(name, limit(), &one), &of_one, 1e-13);
        let refused = run(name, Settings::default(), &one);
        let expected = |e: &MethodError| {
            matches!(e, MethodError::OutOfDomain { column: 1, row: 2, value: 0.0, .. })
        };
        assert!(refused.as_ref().is_err_and(expected), "{name}: {refused:?}");
    }
    let aras = [0.0967741935483871, 0.7096774193548387, 1.0, 0.2903225806451613];
    agree("aras", &scores("aras", limit(), &two), &aras, 1e-13);
    let copras = [0.09523809523809523, 0.7142857142857143, 1.0, 0.2857142857142857];
    agree("copras", &scores("copras", limit(), &two), &copras, 1e-13);
    // A region is refused only where each of its costs is zero.
    let costs = [&[0.0, 2.0, 5.0][..], &[3.0, 4.0, 1.0], &[0.0, 1.0, 2.0]];
    let found = scores("copras", Settings::default(), &example(&costs, &[1.0, -1.0, -1.0]));
    agree("copras", &found, &[0.8615384615384616, 0.6244534412955466, 1.0], 1e-13);
}

#[test]
fn what_the_formulas_cannot_do() {
    let zero = example(&[&[0.0, 0.0, 0.0], &[3.0, 4.0, 1.0]], &[1.0, 1.0]);
    for (name, what) in [
        ("edas", "the mean"),
        ("aras", "the greatest value"),
        ("waspas", "the greatest value"),
        ("copras", "the sum"),
    ] {
        let refused = run(name, Settings::default(), &zero).expect_err(name);
        let said = refused.to_string();
        assert!(matches!(refused, MethodError::Divisor { column: 0, .. }), "{name}: {said}");
        assert!(said.starts_with(what), "{name}: {said}");
    }
    let negative = example(&[&[-1.0, 2.0, 4.0], &[3.0, 4.0, 1.0]], &[1.0, 1.0]);
    for name in ["aras", "waspas", "copras"] {
        let refused = run(name, Settings::default(), &negative);
        let expected =
            |e: &MethodError| matches!(e, MethodError::OutOfDomain { column: 0, row: 0, .. });
        assert!(refused.as_ref().is_err_and(expected), "{name}: {refused:?}");
    }
}

/// Means of no exponent above zero tend to zero with a child.
#[test]
fn means_of_zero() {
    let columns = example(&[&[4.0, 0.0, 2.0], &[1.0, 9.0, 2.0]], &[1.0, 1.0]);
    let zero = |more: &[(&str, Value)]| {
        let mut settings = Settings::from([("zeros", Value::from("zero"))]);
        settings.0.extend(more.iter().map(|(k, v)| ((*k).to_owned(), v.clone())));
        settings
    };
    let power = |p: f64| zero(&[("exponent", p.into())]);
    for (name, settings, expected) in [
        ("geometric", zero(&[]), [2.0, 0.0, 2.0]),
        ("harmonic", zero(&[]), [1.6, 0.0, 2.0]),
        ("power", power(-1.0), [1.6, 0.0, 2.0]),
        ("power", power(0.0), [2.0, 0.0, 2.0]),
        ("power", power(0.5), [2.25, 2.25, 2.0]),
    ] {
        agree(name, &scores(name, settings, &columns), &expected, 1e-13);
    }
    assert!(run("harmonic", Settings::default(), &columns).is_err());
}
