//! Normalisation against COINr, Compind and pymcdm.

use super::{Figures, agree};
use quanheng_core::conformance::Trial;
use quanheng_core::method::{Example, MethodError, Settings, Value, find};
use quanheng_core::model::{Direction, Indicator};
use quanheng_core::normalisation::TABLE;

fn run(
    method: &str,
    settings: &[(&str, Value)],
    direction: Direction,
    values: Vec<f64>,
) -> Result<Vec<f64>, MethodError> {
    let mut stated = Settings::default();
    stated.0.extend(settings.iter().map(|(k, v)| (k.to_string(), v.clone())));
    let made = (find(TABLE, method).expect("in the table").make)(&stated).expect("settings fit");
    made.trial(&Example {
        columns: vec![values],
        indicators: vec![Indicator { direction, ..Indicator::default() }],
        ..Example::default()
    })
}

/// A peer's name, ours, and the settings.
type Case<'a> = (&'a str, &'a str, Vec<(&'a str, Value)>);

fn posts(bad: f64, good: f64, upper: f64, clamp: bool) -> Vec<(&'static str, Value)> {
    vec![
        ("bad", bad.into()),
        ("good", good.into()),
        ("upper", upper.into()),
        ("clamp", clamp.into()),
    ]
}

/// The settings of what, in COINr, has direction -1 by multiplying values, and figures of the column's scale, by -1.
fn negated(settings: &[(&'static str, Value)]) -> Vec<(&'static str, Value)> {
    let turned = |(key, value): &(&'static str, Value)| match (*key, value) {
        ("bad" | "good" | "target", Value::Number(x)) => (*key, Value::Number(-x)),
        _ => (*key, value.clone()),
    };
    settings.iter().map(turned).collect()
}

/// COINr multiplies by -1 where less is better; both ways of saying so give its figures.
#[test]
fn coinr() {
    let scale = |lower: f64, upper: f64| vec![("lower", lower.into()), ("upper", upper.into())];
    let z = |mean: f64, sd: f64| vec![("mean", mean.into()), ("sd", sd.into())];
    let ties = |ties: &str| vec![("ties", ties.into())];
    let capped = |key, value: Value| vec![(key, value), ("cap", true.into())];
    let cases: Vec<Case<'static>> = vec![
        ("n_minmax_0_1", "min_max", scale(0.0, 1.0)),
        ("n_minmax_0_100", "min_max", scale(0.0, 100.0)),
        ("n_minmax_1_100", "min_max", scale(1.0, 100.0)),
        ("n_zscore_0_1", "z_score", z(0.0, 1.0)),
        ("n_zscore_10_2", "z_score", z(10.0, 2.0)),
        ("n_zscore_100_10", "z_score", z(100.0, 10.0)),
        ("n_rank_min", "rank", vec![]),
        ("n_rank_average", "rank", ties("average")),
        ("n_rank_max", "rank", ties("worst")),
        ("n_borda_min", "borda", vec![]),
        ("n_borda_average", "borda", ties("average")),
        ("n_prank_min", "percentile_rank", ties("competition")),
        ("n_prank_average", "percentile_rank", ties("average")),
        ("n_dist2max", "distance_to_best", vec![]),
        ("n_dist2ref_iref1", "distance_to_reference", vec![("region", "1".into())]),
        ("n_dist2ref_iref1_cap", "distance_to_reference", capped("region", "1".into())),
        ("n_dist2ref_iref31", "distance_to_reference", vec![("region", "31".into())]),
        ("n_dist2targ_50", "distance_to_target", vec![("target", 50.0.into())]),
        ("n_dist2targ_50_cap", "distance_to_target", capped("target", 50.0.into())),
        ("n_goalposts_10_90_100_notrunc", "goalposts", posts(10.0, 90.0, 100.0, false)),
        ("n_goalposts_10_90_1_trunc", "goalposts", posts(10.0, 90.0, 1.0, true)),
        ("n_scaled_0_100_100", "goalposts", posts(0.0, 100.0, 100.0, false)),
        ("n_scaled_m5_50_10", "goalposts", posts(-5.0, 50.0, 10.0, false)),
    ];
    // COINr's own direction of -1, on the column as it is.
    let downward: Vec<Case<'static>> = vec![
        ("n_dist2targ_5_dirneg", "distance_to_target", vec![("target", 5.0.into())]),
        ("n_goalposts_10_90_1_dirneg", "goalposts", posts(90.0, 10.0, 1.0, true)),
    ];
    let mut compared = 0;
    for table in ["coinr_normalise_imputed", "coinr_normalise_rawna"] {
        let figures = Figures::read(table);
        let mut check = |ours: &str, settings: &[_], direction, column, expected: &str| {
            match run(ours, settings, direction, column) {
                Ok(found) => {
                    let what = format!("{table} {expected}");
                    agree(&what, &found, figures.column(expected), 1e-9);
                    compared += 1;
                }
                // A target or reference that is not better than the worst region, or has no value.
                Err(e) => assert!(ours.starts_with("distance_to_"), "{expected}: {e}"),
            }
        };
        for name in figures.names.iter().filter(|n| n.ends_with(":none")) {
            let indicator = name.trim_end_matches(":none");
            let column = figures.column(name).to_vec();
            for (theirs, ours, settings) in &cases {
                let expected = format!("{indicator}:{theirs}");
                check(ours, settings, Direction::Positive, column.clone(), &expected);
                let below = column.iter().map(|x| -x).collect();
                check(ours, &negated(settings), Direction::Negative, below, &expected);
            }
            for (theirs, ours, settings) in &downward {
                let expected = format!("{indicator}:{theirs}");
                check(ours, settings, Direction::Negative, column.clone(), &expected);
            }
        }
    }
    assert!(compared > 550, "{compared}");
}

/// Seven small columns: ties, gaps, negative values, two values, one value only.
#[test]
fn small_columns() {
    let figures = Figures::read("coinr_edge_normalise");
    let cases: Vec<(Case<'static>, Direction)> = vec![
        (("n_minmax", "min_max", vec![("upper", 100.0.into())]), Direction::Positive),
        (("n_zscore", "z_score", vec![]), Direction::Positive),
        (("n_scaled", "goalposts", posts(0.0, 100.0, 100.0, false)), Direction::Positive),
        (("n_rank", "rank", vec![]), Direction::Positive),
        (("n_borda", "borda", vec![]), Direction::Positive),
        (("n_prank", "percentile_rank", vec![("ties", "competition".into())]), Direction::Positive),
        (("n_dist2max", "distance_to_best", vec![]), Direction::Positive),
        (
            ("n_dist2ref2", "distance_to_reference", vec![("region", "2".into())]),
            Direction::Positive,
        ),
        (("n_dist2targ3", "distance_to_target", vec![("target", 3.0.into())]), Direction::Positive),
        (
            ("n_dist2targ3neg", "distance_to_target", vec![("target", 3.0.into())]),
            Direction::Negative,
        ),
        (("n_goal1_4_10", "goalposts", posts(1.0, 4.0, 10.0, true)), Direction::Positive),
        (("n_goal1_4_10neg", "goalposts", posts(4.0, 1.0, 10.0, true)), Direction::Negative),
        (("n_goal_nt", "goalposts", posts(1.0, 4.0, 10.0, false)), Direction::Positive),
    ];
    for vector in ["ties_na", "negatives", "constant", "two", "skewed", "lowout", "onena"] {
        let rows: Vec<usize> = (0..figures.keys.len())
            .filter(|&row| figures.keys[row].starts_with(&format!("{vector}/")))
            .collect();
        let of =
            |name: &str| -> Vec<f64> { rows.iter().map(|&r| figures.column(name)[r]).collect() };
        for ((theirs, ours, settings), direction) in &cases {
            match run(ours, settings, *direction, of("x")) {
                Ok(found) => agree(&format!("{vector} {theirs}"), &found, &of(theirs), 1e-9),
                // COINr divides by zero or gives a constant column a score all the same.
                Err(MethodError::Constant { .. }) => assert_eq!(vector, "constant", "{theirs}"),
                Err(e) => assert!(ours.starts_with("distance_to_"), "{vector} {theirs}: {e}"),
            }
        }
    }
}

/// Roads of European regions; Compind ranks from 1 for the worst.
#[test]
fn compind() {
    let figures = Figures::read("compind_normalise");
    let around_100 = vec![("mean", 100.0.into()), ("sd", 10.0.into())];
    for ((theirs, ours, settings), direction) in [
        (("method1_POSPOS", "z_score", vec![]), Direction::Positive),
        (("method1_NEGPOS", "z_score", vec![]), Direction::Negative),
        (("method1_100_10_NEGPOS", "z_score", around_100), Direction::Negative),
        (("method2_POSPOS", "min_max", vec![]), Direction::Positive),
        (("method2_NEGPOS", "min_max", vec![]), Direction::Negative),
        (("method3_POSPOS", "rank", vec![("ties", "average".into())]), Direction::Positive),
        (("method3_NEGPOS", "rank", vec![("ties", "average".into())]), Direction::Negative),
    ] {
        let found = run(ours, &settings, direction, figures.column("roads").to_vec());
        let expected = figures.column(&format!("roads:{theirs}"));
        agree(theirs, &found.expect("a sound column"), expected, 1e-9);
    }
}

#[test]
fn pymcdm() {
    let figures = Figures::read("pymcdm_normalise");
    for (prefix, direction) in [("benefit", Direction::Positive), ("cost", Direction::Negative)] {
        for number in 1..=2 {
            for (theirs, ours) in [
                ("linear", "share_of_max"),
                ("max", "max"),
                ("minmax", "min_max"),
                ("sum", "sum"),
                ("vector", "vector"),
                ("logarithmic", "logarithmic"),
                ("nonlinear", "nonlinear"),
                ("enhanced_accuracy", "enhanced_accuracy"),
                ("zavadskas_turskis", "zavadskas_turskis"),
            ] {
                let column = figures.column(&format!("{prefix}{number}:input")).to_vec();
                let found = run(ours, &[], direction, column).expect("a sound column");
                let expected = figures.column(&format!("{prefix}{number}:{theirs}"));
                // One part in 1e9 of a scale of order one: 1 − x/max has few digits left near zero.
                for (row, (a, b)) in found.iter().zip(expected).enumerate() {
                    assert!((a - b).abs() <= 1e-9, "{prefix}{number} {theirs} {row}: {a}, {b}");
                }
            }
        }
    }
}
