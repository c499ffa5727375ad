//! Figures of other programs' own test suites, each with its input.

use indexmap::IndexMap;
use quanheng_core::aggregation::TABLE;
use quanheng_core::conformance::{Trial, trial_with_printed_weights};
use quanheng_core::method::{Example, Intermediate, Scratch, Settings, Value, find};
use quanheng_core::methodology::RankTies;
use quanheng_core::model::{Direction, Indicator};
use quanheng_core::number::{self, Grid, Ties, extremes, rank};
use quanheng_core::ranking::{Key, ranks};
use quanheng_core::{normalisation, treatment, weighting};

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

fn cases(table: &str) -> IndexMap<String, Case> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = path.join("tests/reference/data").join(table).with_extension("csv");
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

/// Settings such as `simple; v = 0.5; best.x1 = 3; categories = a|b`: a word alone is true, a dot leads into a table, and
/// words with lines between them are a list.
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
                    Err(_) if value.contains('|') => {
                        Value::List(value.split('|').map(Value::from).collect())
                    }
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
    let cases = cases("aggregation_suites");
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
                // A region has no figure beside itself.
                let absent = found.is_nan() && expected.is_nan();
                let gap = (found - expected).abs();
                let what = format!("{name}, {kind}, row {row}: {found}, expected {expected}");
                assert!(absent || gap <= case.tolerance, "{what}");
            }
        }
        *suites.entry(name.split(' ').next().unwrap_or_default()).or_default() += 1;
    }
    suites.sort_keys();
    let counts: Vec<_> = suites.into_iter().collect();
    let expected = [
        ("COINr", 2),
        ("Construct-your-own-PROMETHEE", 6),
        ("JMcDM", 16),
        ("mcdm-rs", 17),
        ("pyDecision", 12),
        ("pymcdm", 25),
        ("pyrepo-mcda", 9),
        ("scipy", 4),
        ("skcriteria", 47),
    ];
    assert_eq!(counts, expected);
}

/// What scikit-criteria does to single columns, and to weights as if they were one.
#[test]
fn columns_of_other_suites() {
    let cases = cases("columns_suites");
    assert_eq!(cases.len(), 20);
    for (name, case) in &cases {
        let (stage, method) = case.method.split_once('.').expect("a stage and a method");
        let settings = settings(&case.settings);
        for (k, sign) in case.directions.iter().enumerate() {
            let direction = if *sign < 0.0 { Direction::Negative } else { Direction::Positive };
            let example = Example {
                columns: vec![case.rows.iter().map(|row| row[k]).collect()],
                indicators: vec![Indicator { direction, ..Indicator::default() }],
                ..Example::default()
            };
            let found = match stage {
                "treatment" => {
                    let entry = find(treatment::TABLE, method).expect("a treatment");
                    (entry.make)(&settings).expect("settings that fit").trial(&example)
                }
                _ => {
                    let entry = find(normalisation::TABLE, method).expect("a normalisation");
                    (entry.make)(&settings).expect("settings that fit").trial(&example)
                }
            };
            let found = found.unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(found.len(), case.expected.len(), "{name}");
            for (row, (found, (_, expected))) in found.iter().zip(&case.expected).enumerate() {
                let gap = (found - expected[k]).abs();
                let scale = number::max(expected[k].abs(), 1.0);
                let what = format!("{name}, {row}, {k}: {found}, expected {}", expected[k]);
                assert!(gap <= case.tolerance * scale, "{what}");
            }
        }
    }
}

/// An interval of ideal values that lies outside the range, in a test of scikit-criteria.
#[test]
fn an_ideal_outside_the_range_is_refused() {
    let settings = settings(
        "lower.x1 = 0; upper.x1 = 10; lower.x2 = 0; upper.x2 = 5; ideal_lower.x1 = 1; \
         ideal_upper.x1 = 2; ideal_lower.x2 = 6; ideal_upper.x2 = 7",
    );
    let method = (find(TABLE, "rim").expect("a method").make)(&settings).expect("it fits");
    let example = Example { columns: vec![vec![1.0], vec![2.0]], ..Example::default() };
    let refused = method.trial(&example).expect_err("refused").to_string();
    assert!(refused.contains("x2"), "{refused}");
}

/// A region that is the best in every column has no distance from the best values, by which the formula of sPROBID divides: a
/// test of mcdm, whose figures are distances of the third region divided by those of the first.
#[test]
fn the_best_everywhere_is_refused() {
    let settings = Settings::from([("simple", true.into())]);
    let method = (find(TABLE, "probid").expect("a method").make)(&settings).expect("it fits");
    let direction = |direction| Indicator { direction, ..Indicator::default() };
    let (more, less) = (Direction::Positive, Direction::Negative);
    let example = Example {
        columns: vec![
            vec![2.9, 1.2, 0.3],
            vec![2.31, 1.34, 2.48],
            vec![0.56, 0.21, 1.75],
            vec![1.89, 2.48, 1.69],
        ],
        indicators: [less, more, more, less].map(direction).to_vec(),
        ..Example::default()
    };
    let refused = method.trial(&example).expect_err("refused").to_string();
    assert!(refused.contains("best in every child"), "{refused}");
}

/// Priorities of regions by pairwise judgements for each criterion, and of the criteria: a test of pyrepo-mcda.
#[test]
fn regions_judged_in_pairs() {
    let (t, f, s, n) = (1.0 / 3.0, 0.2, 1.0 / 7.0, 1.0 / 9.0);
    let criteria = [
        vec![1.0, 1.0, 5.0, 3.0],
        vec![1.0, 1.0, 5.0, 3.0],
        vec![f, f, 1.0, t],
        vec![t, t, 3.0, 1.0],
    ];
    let regions = [
        [
            vec![1.0, 5.0, 1.0, 1.0, t, 3.0],
            vec![f, 1.0, t, f, s, 1.0],
            vec![1.0, 3.0, 1.0, t, f, 1.0],
            vec![1.0, 5.0, 3.0, 1.0, t, 3.0],
            vec![3.0, 7.0, 5.0, 3.0, 1.0, 7.0],
            vec![t, 1.0, 1.0, t, s, 1.0],
        ],
        [
            vec![1.0, 7.0, 3.0, t, t, t],
            vec![s, 1.0, t, s, n, s],
            vec![t, 3.0, 1.0, f, f, f],
            vec![3.0, 7.0, 5.0, 1.0, 1.0, 1.0],
            vec![3.0, 9.0, 5.0, 1.0, 1.0, 1.0],
            vec![3.0, 7.0, 5.0, 1.0, 1.0, 1.0],
        ],
        [
            vec![1.0, n, s, n, 1.0, f],
            vec![9.0, 1.0, 1.0, 1.0, 5.0, 3.0],
            vec![7.0, 1.0, 1.0, 1.0, 5.0, 1.0],
            vec![9.0, 1.0, 1.0, 1.0, 7.0, 3.0],
            vec![1.0, f, f, s, 1.0, t],
            vec![5.0, t, 1.0, t, 3.0, 1.0],
        ],
        [
            vec![1.0, f, f, t, s, f],
            vec![5.0, 1.0, 1.0, 3.0, t, 1.0],
            vec![5.0, 1.0, 1.0, 1.0, t, 1.0],
            vec![3.0, t, 1.0, 1.0, s, 1.0],
            vec![7.0, 3.0, 3.0, 7.0, 1.0, 5.0],
            vec![5.0, 1.0, 1.0, 1.0, f, 1.0],
        ],
    ];
    let judged = |matrix: &[Vec<f64>]| -> Vec<f64> {
        let pairwise = [("index".to_owned(), matrix.to_vec().into())].into_iter().collect();
        let settings = Settings::from([("pairwise", Value::Table(pairwise))]);
        let method = (find(weighting::TABLE, "ahp").expect("a method").make)(&settings);
        let example = Example { columns: vec![vec![1.0]; matrix.len()], ..Example::default() };
        method.expect("it fits").trial(&example).expect("weights")
    };
    let example = Example {
        columns: regions.iter().map(|matrix| judged(matrix)).collect(),
        weights: judged(&criteria),
        ..Example::default()
    };
    let method = find(TABLE, "arithmetic").expect("a method").make;
    let found = method(&Settings::default()).expect("it fits").trial(&example).expect("scores");
    for (found, printed) in found.iter().zip([0.117, 0.071, 0.095, 0.212, 0.35, 0.155]) {
        assert!((found - printed).abs() <= 5e-4, "{found}, printed {printed}");
    }
}

/// Ranks that a second method parts, in tests of scikit-criteria: the sum of the columns where the first method has ties, and
/// the order of the rows where both have.
#[test]
fn ties_parted_by_another_method() {
    fn key(scores: &[f64]) -> Key<'_> {
        Key { scores, direction: Direction::Positive, grid: Grid::EXACT }
    }
    let ranked = |first: &[f64], then: Option<&[f64]>, ties| -> Vec<f64> {
        let mut out = vec![0.0; first.len()];
        ranks(key(first), then.map(key), ties, 0.0, &mut Vec::new(), &mut out);
        out
    };
    let sums = [115.7, 135.3, 167.3, 157.1, 218.8];
    let tiers = [3.0, 3.0, 2.0, 2.0, 1.0];
    assert_eq!(ranked(&tiers, None, RankTies::Dense), [1.0, 1.0, 2.0, 2.0, 3.0]);
    assert_eq!(ranked(&tiers, Some(&sums), RankTies::Dense), [2.0, 1.0, 3.0, 4.0, 5.0]);
    let apart = [1.0, 2.0, 3.0, 4.0, 5.0];
    let sums = [110.0, 120.0, 130.0, 140.0, 150.0];
    assert_eq!(ranked(&apart, Some(&sums), RankTies::Dense), [5.0, 4.0, 3.0, 2.0, 1.0]);
    let alike = [1.0; 5];
    assert_eq!(ranked(&alike, Some(&alike), RankTies::Ordinal), [1.0, 2.0, 3.0, 4.0, 5.0]);
}

/// The range of value (Yakowitz, Lane & Szidarovszky 1993), as JMcDM tests it: half the weighted mean of min-max scores.
#[test]
fn range_of_value_of_jmcdm() {
    let rows = [
        [0.035, 34.5, 847.0, 1.76, 0.335, 0.5, 0.59, 0.59],
        [0.027, 36.8, 834.0, 1.68, 0.335, 0.665, 0.665, 0.665],
        [0.037, 38.6, 808.0, 2.4, 0.59, 0.59, 0.41, 0.5],
        [0.028, 32.6, 821.0, 1.59, 0.5, 0.59, 0.59, 0.41],
    ];
    let weights = [0.3306, 0.0718, 0.1808, 0.0718, 0.0459, 0.126, 0.126, 0.0472];
    let signs = [-1.0, -1.0, -1.0, -1.0, 1.0, -1.0, -1.0, 1.0];
    let scores =
        [0.1841453340595497, 0.26171444444444447, 0.21331577540106955, 0.34285244206773624];
    let min_max = find(quanheng_core::normalisation::TABLE, "min_max").expect("a method");
    let min_max = (min_max.make)(&Settings::default()).expect("no settings");
    let scaled = |k: usize| {
        let direction = if signs[k] < 0.0 { Direction::Negative } else { Direction::Positive };
        let example = Example {
            columns: vec![rows.iter().map(|row| row[k]).collect()],
            indicators: vec![Indicator { direction, ..Indicator::default() }],
            ..Example::default()
        };
        min_max.trial(&example).expect("scores")
    };
    let example = Example {
        columns: (0..weights.len()).map(scaled).collect(),
        weights: weights.to_vec(),
        ..Example::default()
    };
    let mean = (find(TABLE, "arithmetic").expect("a method").make)(&Settings::default());
    let found = mean.expect("no settings").trial(&example).expect("scores");
    for (score, expected) in found.iter().zip(scores) {
        // The weights of the test add up to 1.0001.
        let total: f64 = weights.iter().sum();
        assert!((score * total / 2.0 - expected).abs() < 1e-12, "{score}, expected {expected}");
    }
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
