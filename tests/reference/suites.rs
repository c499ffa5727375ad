//! Figures of other programs' own test suites, each with its input.

use quanheng_core::aggregation::TABLE;
use quanheng_core::conformance::Trial;
use quanheng_core::method::{Example, Settings, find};
use quanheng_core::model::{Direction, Indicator};

/// One test of a suite.
#[derive(Default)]
struct Case {
    method: String,
    setting: String,
    /// Half of the last digit that the suite states, and what its rounding of inputs adds.
    tolerance: f64,
    weights: Vec<f64>,
    directions: Vec<f64>,
    scores: Vec<f64>,
    rows: Vec<Vec<f64>>,
}

fn cases() -> indexmap::IndexMap<String, Case> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = path.join("tests/reference/data/aggregation_suites.csv");
    let text = std::fs::read_to_string(path).expect("the table");
    let mut cases: indexmap::IndexMap<String, Case> = indexmap::IndexMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [name, method, setting, tolerance, kind] = cells[..5] else { panic!("{line}") };
        let figures = cells[5..].iter().map(|cell| cell.parse().expect("a number")).collect();
        let case = cases.entry(format!("{name} ({method})")).or_default();
        case.method = method.to_owned();
        case.setting = setting.to_owned();
        case.tolerance = tolerance.parse().expect("a tolerance");
        match kind {
            "weight" => case.weights = figures,
            "direction" => case.directions = figures,
            "score" => case.scores = figures,
            "row" => case.rows.push(figures),
            other => panic!("{other}"),
        }
    }
    cases
}

#[test]
fn aggregations_of_other_suites() {
    let cases = cases();
    assert_eq!(cases.len(), 31);
    for (name, case) in &cases {
        let direction = |sign: &f64| Indicator {
            direction: if *sign < 0.0 { Direction::Negative } else { Direction::Positive },
            ..Indicator::default()
        };
        let total: f64 = case.weights.iter().sum();
        let example = Example {
            columns: (0..case.weights.len())
                .map(|k| case.rows.iter().map(|row| row[k]).collect())
                .collect(),
            indicators: case.directions.iter().map(direction).collect(),
            weights: case.weights.iter().map(|w| w / total).collect(),
            ..Example::default()
        };
        let settings = match case.setting.as_str() {
            "" => Settings::default(),
            key => Settings::from([(key, true.into())]),
        };
        let entry = find(TABLE, &case.method).expect("a method");
        let method = (entry.make)(&settings).expect("settings that fit");
        let found = method.trial(&example).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(found.len(), case.scores.len(), "{name}");
        for (row, (found, score)) in found.iter().zip(&case.scores).enumerate() {
            let gap = (found - score).abs();
            assert!(gap <= case.tolerance, "{name}, row {row}: {found}, expected {score}");
        }
    }
}
