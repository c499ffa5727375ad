//! Figures of other programs' own test suites, each with its input.

use indexmap::IndexMap;
use quanheng_core::aggregation::TABLE;
use quanheng_core::conformance::{Trial, trial_with_printed_weights};
use quanheng_core::method::{Example, Intermediate, Scratch, Settings, Value, find};
use quanheng_core::model::{Direction, Indicator};
use quanheng_core::number::{Ties, extremes, rank};

/// One test of a suite.
#[derive(Default)]
struct Case {
    method: String,
    settings: String,
    /// Half of the last digit that the suite states, and what its rounding of inputs adds.
    tolerance: f64,
    weights: Vec<f64>,
    /// Whether the weights are used as printed, of any sum.
    printed: bool,
    directions: Vec<f64>,
    rows: Vec<Vec<f64>>,
    /// What is expected: the kind of figure, and the figures.
    expected: Vec<(String, Vec<f64>)>,
}

fn cases() -> IndexMap<String, Case> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = path.join("tests/reference/data/aggregation_suites.csv");
    let text = std::fs::read_to_string(path).expect("the table");
    let mut cases: IndexMap<String, Case> = IndexMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [name, method, settings, tolerance, kind] = cells[..5] else { panic!("{line}") };
        let figures = cells[5..].iter().map(|cell| cell.parse().expect("a number")).collect();
        let case = cases.entry(format!("{name} ({method})")).or_default();
        case.method = method.to_owned();
        case.settings = settings.to_owned();
        case.tolerance = tolerance.parse().expect("a tolerance");
        match kind {
            "weight" => case.weights = figures,
            "printed_weight" => {
                case.weights = figures;
                case.printed = true;
            }
            "direction" => case.directions = figures,
            "row" => case.rows.push(figures),
            other => case.expected.push((other.to_owned(), figures)),
        }
    }
    cases
}

/// Settings such as `simple; v = 0.5; best.x1 = 3`: a word alone is true, and a dot leads into a table.
fn settings(text: &str) -> Settings {
    let mut all = IndexMap::new();
    for item in text.split(';').map(str::trim).filter(|item| !item.is_empty()) {
        let (path, value) = match item.split_once('=') {
            None => (item, Value::Bool(true)),
            Some((path, value)) => {
                let value = value.trim();
                let numbers = value.split(' ').map(|x| x.parse().map(Value::Number));
                let numbers: Result<Vec<Value>, _> = numbers.collect();
                let value = match numbers {
                    Ok(mut one) if one.len() == 1 => one.remove(0),
                    Ok(list) => Value::List(list),
                    Err(_) => Value::from(value),
                };
                (path.trim(), value)
            }
        };
        let (tables, key) = path.rsplit_once('.').unwrap_or(("", path));
        let mut at = &mut all;
        for table in tables.split('.').filter(|table| !table.is_empty()) {
            let empty = || Value::Table(IndexMap::new());
            let Value::Table(inner) = at.entry(table.to_owned()).or_insert_with(empty) else {
                panic!("{path} is in no table")
            };
            at = inner;
        }
        at.insert(key.to_owned(), value);
    }
    Settings(all)
}

#[test]
fn aggregations_of_other_suites() {
    let cases = cases();
    let mut suites: IndexMap<&str, usize> = IndexMap::new();
    for (name, case) in &cases {
        let direction = |sign: &f64| Indicator {
            direction: if *sign < 0.0 { Direction::Negative } else { Direction::Positive },
            ..Indicator::default()
        };
        let example = Example {
            columns: (0..case.weights.len())
                .map(|k| case.rows.iter().map(|row| row[k]).collect())
                .collect(),
            indicators: case.directions.iter().map(direction).collect(),
            weights: case.weights.clone(),
            ..Example::default()
        };
        let entry = find(TABLE, &case.method).expect("a method");
        let method = (entry.make)(&settings(&case.settings)).expect("settings that fit");
        let mut scratch = Scratch { intermediate: Intermediate::asked(), ..Scratch::default() };
        let scores = match case.printed {
            true => trial_with_printed_weights(&*method, &example, &mut scratch),
            false => method.trial_in(&example, &mut scratch),
        };
        let scores = scores.unwrap_or_else(|e| panic!("{name}: {e}"));
        let given = scratch.intermediate.take();
        for (kind, expected) in &case.expected {
            let found = match kind.as_str() {
                "score" => scores.clone(),
                // Equal scores share a rank, without gaps.
                "rank" | "rank_from_least" => {
                    let sign = if kind == "rank" { -1.0 } else { 1.0 };
                    let signed: Vec<f64> = scores.iter().map(|s| sign * s).collect();
                    let mut ranks = vec![0.0; scores.len()];
                    rank(&signed, Ties::Dense, 1e-9, &mut Vec::new(), &mut ranks);
                    ranks
                }
                other => {
                    let result = given.iter().find(|result| result.name == other);
                    result.unwrap_or_else(|| panic!("{name}: no {other}")).values.clone()
                }
            };
            assert_eq!(found.len(), expected.len(), "{name}, {kind}");
            for (row, (found, expected)) in found.iter().zip(expected).enumerate() {
                let gap = (found - expected).abs();
                let what = format!("{name}, {kind}, row {row}: {found}, expected {expected}");
                assert!(gap <= case.tolerance, "{what}");
            }
        }
        *suites.entry(name.split(' ').next().unwrap_or_default()).or_default() += 1;
    }
    suites.sort_keys();
    let counts: Vec<_> = suites.into_iter().collect();
    let expected = [
        ("COINr", 1),
        ("Construct-your-own-PROMETHEE", 6),
        ("JMcDM", 15),
        ("mcdm-rs", 15),
        ("pyDecision", 8),
        ("pymcdm", 23),
        ("pyrepo-mcda", 9),
        ("skcriteria", 44),
    ];
    assert_eq!(counts, expected);
}

/// The kernels that scikit-criteria gives for larger tables.
#[test]
fn kernels_of_electre() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/data");
    let read = |name: &str| -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(folder.join(format!("{name}.csv"))).expect("a table");
        text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    };
    let number = |cell: &String| cell.parse::<f64>().expect("a number");
    let cases = read("aggregation_electre_kernels");
    assert_eq!(cases.len(), 16);
    for case in cases {
        let [input, weights, scale, concordance, discordance, kernel] = &case[..] else {
            panic!("{case:?}")
        };
        let (values, criteria) =
            (read(&format!("mcdm_{input}")), read(&format!("mcdm_{input}_criteria")));
        let scaled = |k: usize| -> Vec<f64> {
            let column: Vec<f64> = values.iter().map(|row| number(&row[k + 1])).collect();
            let (least, greatest) = extremes(&column).expect("values");
            match scale.as_str() {
                "sum" => column.iter().map(|x| x / column.iter().sum::<f64>()).collect(),
                _ => column.iter().map(|x| (x - least) / (greatest - least)).collect(),
            }
        };
        let direction = |criterion: &Vec<String>| Indicator {
            direction: if number(&criterion[1]) < 0.0 {
                Direction::Negative
            } else {
                Direction::Positive
            },
            ..Indicator::default()
        };
        let weight = if weights == "w_equal" { 2 } else { 3 };
        let example = Example {
            columns: (0..criteria.len()).map(scaled).collect(),
            indicators: criteria.iter().map(direction).collect(),
            weights: criteria.iter().map(|criterion| number(&criterion[weight])).collect(),
            ..Example::default()
        };
        let settings = Settings::from([
            ("concordance", number(concordance).into()),
            ("discordance", number(discordance).into()),
        ]);
        let method = (find(TABLE, "electre").expect("a method").make)(&settings).expect("it fits");
        let mut scratch = Scratch { intermediate: Intermediate::asked(), ..Scratch::default() };
        method.trial_in(&example, &mut scratch).expect("a kernel");
        let given = scratch.intermediate.take();
        let undefeated = given.iter().find(|result| result.name == "undefeated");
        let values = &undefeated.expect("an intermediate result").values;
        let found: String = values.iter().map(|x| if *x == 1.0 { '1' } else { '0' }).collect();
        assert_eq!(&found, kernel, "{input} {weights} {scale} {concordance}");
    }
}
