//! Normalisation against COINr and pymcdm.

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

type Case<'a> = (&'a str, &'a str, Vec<(&'a str, Value)>);

/// COINr multiplies by -1 where less is better; both ways of saying so give its figures.
#[test]
fn coinr() {
    // Parameters that are values of the column are named last, and negated with it.
    let posts = |scale: f64, clamp: bool| vec![("upper", scale.into()), ("clamp", clamp.into())];
    let cases: Vec<(Case<'_>, Vec<(&str, f64)>)> = vec![
        (
            ("n_minmax_1_100", "min_max", vec![("lower", 1.0.into()), ("upper", 100.0.into())]),
            vec![],
        ),
        (("n_zscore_10_2", "z_score", vec![("mean", 10.0.into()), ("sd", 2.0.into())]), vec![]),
        (("n_rank_min", "rank", vec![]), vec![]),
        (("n_rank_average", "rank", vec![("ties", "average".into())]), vec![]),
        (("n_rank_max", "rank", vec![("ties", "worst".into())]), vec![]),
        (("n_borda_min", "borda", vec![]), vec![]),
        (("n_prank_average", "percentile_rank", vec![("ties", "average".into())]), vec![]),
        (("n_dist2max", "distance_to_best", vec![]), vec![]),
        (("n_dist2ref_iref1", "distance_to_reference", vec![("region", "1".into())]), vec![]),
        (
            (
                "n_dist2ref_iref1_cap",
                "distance_to_reference",
                vec![("region", "1".into()), ("cap", true.into())],
            ),
            vec![],
        ),
        (("n_dist2targ_50", "distance_to_target", vec![]), vec![("target", 50.0)]),
        (
            ("n_dist2targ_50_cap", "distance_to_target", vec![("cap", true.into())]),
            vec![("target", 50.0)],
        ),
        (
            ("n_goalposts_10_90_100_notrunc", "goalposts", posts(100.0, false)),
            vec![("bad", 10.0), ("good", 90.0)],
        ),
        (
            ("n_goalposts_10_90_1_trunc", "goalposts", posts(1.0, true)),
            vec![("bad", 10.0), ("good", 90.0)],
        ),
        (
            ("n_scaled_m5_50_10", "goalposts", posts(10.0, false)),
            vec![("bad", -5.0), ("good", 50.0)],
        ),
    ];
    let mut compared = 0;
    for table in ["coinr_normalise_imputed", "coinr_normalise_rawna"] {
        let figures = Figures::read(table);
        for name in figures.names.iter().filter(|n| n.ends_with(":none")) {
            let indicator = name.trim_end_matches(":none");
            for ((theirs, ours, settings), values) in &cases {
                let expected = figures.column(&format!("{indicator}:{theirs}"));
                for direction in [Direction::Positive, Direction::Negative] {
                    let sign = direction.sign();
                    let column = figures.column(name).iter().map(|x| sign * x).collect();
                    let mut all = settings.clone();
                    all.extend(values.iter().map(|(k, v)| (*k, Value::from(sign * v))));
                    match run(ours, &all, direction, column) {
                        Ok(found) => {
                            agree(&format!("{table} {indicator} {theirs}"), &found, expected, 1e-9);
                            compared += 1;
                        }
                        // A target or reference that is not better than the worst region, or has no value.
                        Err(e) => {
                            assert!(ours.starts_with("distance_to_"), "{indicator} {theirs}: {e}")
                        }
                    }
                }
            }
        }
    }
    assert!(compared > 150, "{compared}");
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
