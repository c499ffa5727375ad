//! Worked examples of Chinese textbooks, programs and pages, to the digits that are printed there; and figures of other
//! programs' own test suites on weights, in tables of the same form.

use quanheng_core::aggregation::{self, Aggregation};
use quanheng_core::conformance::Trial;
use quanheng_core::method::{
    Entry, Example, Intermediate, MethodError, Scratch, Settings, Value, find,
};
use quanheng_core::model::{Direction, Indicator};
use quanheng_core::normalisation::{self, Normalisation};
use quanheng_core::weighting::{self, Weighting};

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

/// The method that a table of the file names, with the settings beside its name.
fn method<M: ?Sized>(table: &'static [Entry<M>], from: &toml::Value) -> Box<M> {
    let Value::Table(mut settings) = value(from) else { panic!("{from}") };
    let name = settings.shift_remove("method").expect("a method");
    let name = name.text().expect("a name").to_owned();
    let entry = find(table, &name).unwrap_or_else(|| panic!("no method {name}"));
    (entry.make)(&Settings(settings)).unwrap_or_else(|e| panic!("{name}: {e:?}"))
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
        let method: Box<dyn Normalisation> = method(normalisation::TABLE, how);
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
            let method: Box<dyn Weighting> = method(weighting::TABLE, how);
            method.trial_in(&example, &mut scratch)?
        }
        (None, stated) => numbers(stated.expect("weights")),
    };
    let mut scores = Vec::new();
    if let Some(how) = case.get("aggregation") {
        let method: Box<dyn Aggregation> = method(aggregation::TABLE, how);
        example.weights.clone_from(&weights);
        scores = method.trial(&example)?;
    }
    Ok(Outcome { weights, scores, scratch })
}

#[test]
fn printed_figures() {
    compare(PRACTICE, 41);
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
            near(what, &found.values, &printed);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(cases.len(), count);
}
