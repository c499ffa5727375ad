//! Worked examples of Chinese textbooks, programs and pages, to the digits that are printed there; and figures of other
//! programs' own test suites on weights, in tables of the same form.

use std::path::Path;
use std::sync::Arc;

use quanheng_core::aggregation::{self, Aggregation};
use quanheng_core::conformance::Trial;
use quanheng_core::method::{
    Entry, Example, Intermediate, MethodError, Scratch, Settings, Value, find,
};
use quanheng_core::model::{Best, Direction, Ideal, Indicator};
use quanheng_core::normalisation::{self, Normalisation};
use quanheng_core::weighting::{self, Weighting};
use quanheng_scripts::{Host, Limits, Script, Scripted};

/// How the worked examples that were drawn up first are settled.
const EXAMPLES: &str = include_str!("data/chinese_examples.toml");
const PRACTICE: &str = include_str!("data/chinese_practice.toml");
const SUITES: &str = include_str!("data/weights_suites.toml");

fn value(from: &toml::Value) -> Value {
    match from {
        toml::Value::String(text) => Value::Text(text.clone()),
        toml::Value::Integer(whole) => Value::Number(*whole as f64),
        toml::Value::Float(number) => Value::Number(*number),
        toml::Value::Boolean(truth) => Value::Bool(*truth),
        toml::Value::Array(items) => Value::List(items.iter().map(value).collect()),
        toml::Value::Table(items) => {
            Value::Table(items.iter().map(|(name, item)| (name.clone(), value(item))).collect())
        }
        toml::Value::Datetime(date) => panic!("{date}"),
    }
}

fn number(from: &toml::Value) -> f64 {
    from.as_float().or(from.as_integer().map(|x| x as f64)).expect("a number")
}

fn numbers(from: &toml::Value) -> Vec<f64> {
    from.as_array().expect("a list").iter().map(number).collect()
}

/// The method, or the bundled script, that a table of the file names, with the settings beside its name.
fn method<M: Scripted + ?Sized>(table: &'static [Entry<M>], from: &toml::Value) -> Arc<M> {
    let Value::Table(mut settings) = value(from) else { panic!("{from}") };
    if let Some(name) = settings.shift_remove("script") {
        let name = name.text().expect("a name").to_owned();
        let host = Host::new(None, Limits::default());
        let script = Script::open(&host, &name).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        let prepared = script.prepare(&Settings(settings));
        return M::scripted(prepared.unwrap_or_else(|e| panic!("{name}: {e:?}")));
    }
    let name = settings.shift_remove("method").expect("a method");
    let name = name.text().expect("a name").to_owned();
    let entry = find(table, &name).unwrap_or_else(|| panic!("no method {name}"));
    let made = (entry.make)(&Settings(settings));
    Arc::from(made.unwrap_or_else(|e| panic!("{name}: {e:?}")))
}

/// The columns on one scale, more being better, where the case says how.
fn normalised(case: &toml::Table, example: &Example) -> Result<Example, MethodError> {
    let Some(how) = case.get("normalisation") else { return Ok(example.clone()) };
    let mut columns = Vec::new();
    for (k, column) in example.columns.iter().enumerate() {
        let how = how.as_array().map_or(how, |each| &each[k]);
        let one = Example {
            columns: vec![column.clone()],
            indicators: vec![example.indicators[k].clone()],
            ..Example::default()
        };
        let method: Arc<dyn Normalisation> = method(normalisation::TABLE, how);
        columns.push(method.trial(&one)?);
    }
    Ok(Example { columns, ..Example::default() })
}

struct Outcome {
    weights: Vec<f64>,
    scores: Vec<f64>,
    scratch: Scratch,
}

fn run(case: &toml::Table) -> Result<Outcome, MethodError> {
    let columns: Vec<Vec<f64>> = match case.get("columns") {
        Some(columns) => columns.as_array().expect("columns").iter().map(numbers).collect(),
        None => vec![vec![1.0]; case["siblings"].as_integer().expect("a number") as usize],
    };
    let signs = case.get("directions").map_or(vec![1.0; columns.len()], numbers);
    let direction = |sign: &f64| Indicator {
        direction: if *sign < 0.0 { Direction::Negative } else { Direction::Positive },
        ..Indicator::default()
    };
    let indicators = signs.iter().map(direction).collect();
    let mut example = normalised(case, &Example { columns, indicators, ..Example::default() })?;
    let mut scratch = Scratch { intermediate: Intermediate::asked(), ..Scratch::default() };
    let weights = match (case.get("weighting"), case.get("stated")) {
        (Some(how), _) => {
            let method: Arc<dyn Weighting> = method(weighting::TABLE, how);
            method.trial_in(&example, &mut scratch)?
        }
        (None, stated) => numbers(stated.expect("weights")),
    };
    let mut scores = Vec::new();
    if let Some(how) = case.get("aggregation") {
        let method: Arc<dyn Aggregation> = method(aggregation::TABLE, how);
        example.weights.clone_from(&weights);
        scores = method.trial_in(&example, &mut scratch)?;
    }
    Ok(Outcome { weights, scores, scratch })
}

#[test]
fn printed_figures() {
    compare(PRACTICE, 66);
}

#[test]
fn other_suites() {
    compare(SUITES, 13);
}

fn compare(table: &str, count: usize) {
    let file: toml::Table = table.parse().expect("the table");
    let cases = file["case"].as_array().expect("cases");
    let mut wrong = Vec::new();
    for case in cases {
        let case = case.as_table().expect("a case");
        let name = format!("{} ({})", case["name"], case["row"]);
        let tolerance = number(&case["tolerance"]);
        let mut near = |what: &str, found: &[f64], printed: &[f64]| {
            let close = found.len() == printed.len()
                && found.iter().zip(printed).all(|(x, y)| (x - y).abs() <= tolerance);
            if !close {
                wrong.push(format!("{name}, {what}: {found:?}, printed {printed:?}"));
            }
        };
        let outcome = run(case);
        if let Some(part) = case.get("refused") {
            let part = part.as_str().expect("a text");
            match outcome {
                Err(error) if error.to_string().contains(part) => {}
                Err(error) => wrong.push(format!("{name}: {error}")),
                Ok(found) => wrong.push(format!("{name}: {:?}", found.weights)),
            }
            continue;
        }
        let mut outcome = outcome.unwrap_or_else(|e| panic!("{name}: {e}"));
        if let Some(printed) = case.get("weights") {
            near("weights", &outcome.weights, &numbers(printed));
        }
        if let Some(printed) = case.get("scores") {
            near("scores", &outcome.scores, &numbers(printed));
        }
        let given = outcome.scratch.intermediate.take();
        for (what, printed) in
            case.get("given").and_then(toml::Value::as_table).into_iter().flatten()
        {
            let found = given.iter().find(|result| result.name == *what);
            let found = found.unwrap_or_else(|| panic!("{name}: no {what}"));
            let printed = match printed.as_array() {
                Some(_) => numbers(printed),
                None => vec![number(printed)],
            };
            // How many times ours the printed figures are, where the source has another scale.
            let times = case.get("times").map_or(1.0, number);
            let found: Vec<f64> = found.values.iter().map(|x| x * times).collect();
            near(what, &found, &printed);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(cases.len(), count);
}

/// The columns of rivers that are closeness to what is best (中间型, 区间型), from acidity and nutrients as measured: R's
/// mathmodels, `rescale_middle` and `rescale_interval`.
#[test]
fn closeness_of_rivers() {
    let acidity = [
        6.59, 7.86, 6.31, 7.05, 6.5, 6.77, 6.79, 6.81, 7.62, 7.27, 7.53, 7.28, 8.24, 5.55, 6.4,
        6.14, 7.58, 8.41, 7.27, 6.26,
    ];
    let nutrients = [
        11.94, 6.46, 8.91, 26.43, 23.57, 24.62, 6.01, 31.57, 18.46, 7.51, 6.52, 25.3, 14.42, 26.31,
        17.91, 15.72, 29.46, 12.02, 3.16, 28.41,
    ];
    let closeness = |best: Best, values: &[f64]| {
        let mut out = vec![0.0; values.len()];
        let ideal = Ideal { best, tolerance_from: None, tolerance_to: None };
        ideal.closeness(values, &mut out);
        out
    };
    let file: toml::Table = PRACTICE.parse().expect("the table");
    let mut cases = file["case"].as_array().expect("cases").iter();
    let rivers = cases.find(|case| case["name"].as_str() == Some("TOPSIS of rivers"));
    let columns = rivers.expect("the case")["columns"].as_array().expect("columns");
    for (k, found) in [
        (1, closeness(Best::Value(7.0), &acidity)),
        (3, closeness(Best::Between(10.0, 20.0), &nutrients)),
    ] {
        let printed = numbers(&columns[k]);
        assert!(found.iter().zip(&printed).all(|(a, b)| (a - b).abs() <= 1e-14), "{found:?}");
    }
}

/// The ten weights of two levels (row 11): those of the criteria times those below them, which the source rounds first.
#[test]
fn two_levels() {
    let file: toml::Table = PRACTICE.parse().expect("the table");
    let weights = |name: &str| {
        let cases = file["case"].as_array().expect("cases").iter();
        let mut cases = cases.map(|case| case.as_table().expect("a case"));
        let case = cases.find(|case| case["name"].as_str() == Some(name)).expect("the case");
        run(case).expect("weights").weights
    };
    let criteria = weights("species invading: three criteria");
    let mut found = Vec::new();
    for (k, name) in ["ecology", "use", "invasion"].into_iter().enumerate() {
        let below = weights(&format!("species invading: {name}"));
        found.extend(below.iter().map(|w| criteria[k] * w));
    }
    let printed = [
        0.271999, 0.052234, 0.096187, 0.055419, 0.161798, 0.16125, 0.061404, 0.035088, 0.07875,
        0.02625,
    ];
    for (a, b) in found.iter().zip(printed) {
        assert!((a - b).abs() <= 3e-4, "{found:?}, printed {printed:?}");
    }
    assert!((found.iter().sum::<f64>() - 1.0).abs() <= 1e-12);
}

/// Each of the 39 examples is in the table once, and the tests that the table names exist.
#[test]
fn every_example_is_settled() {
    let rows = |text: &str, list: &str| -> Vec<toml::Table> {
        let file: toml::Table = text.parse().expect("a table");
        let entries = file[list].as_array().expect("a list").iter();
        entries.map(|entry| entry.as_table().expect("an entry").clone()).collect()
    };
    let row = |entry: &toml::Table| entry["row"].as_integer().expect("a number");
    let examples = rows(EXAMPLES, "example");
    let numbers: Vec<i64> = examples.iter().map(row).collect();
    assert_eq!(numbers, (1..=39).collect::<Vec<i64>>());
    let cases: Vec<i64> = rows(PRACTICE, "case").iter().map(row).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for example in &examples {
        let number = row(example);
        let held = example["held"].as_array().expect("a list");
        let is_named = held.iter().any(|by| by.as_str() == Some("case"));
        if is_named != cases.contains(&number) {
            wrong.push(format!("{number}: a case in one table only"));
        }
        for by in held.iter().map(|by| by.as_str().expect("a text")).filter(|by| *by != "case") {
            let (path, text) = by.split_once(": ").expect("a file and a text in it");
            let file = std::fs::read_to_string(root.join(path)).unwrap_or_default();
            if !file.contains(text) {
                wrong.push(format!("{number}: no `{text}` in {path}"));
            }
        }
        if held.is_empty() && !example.contains_key("not_reproduced") {
            wrong.push(format!("{number}: neither held nor explained"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
