use quanheng_words::{Text, text};

use super::super::TABLE;
use crate::conformance::Trial;
use crate::method::{
    Example, Intermediate, IntermediateResult, MethodError, Scratch, SettingError, SettingFault,
    Settings, Value, find,
};

/// Settings with two categories, the regions in them, and more.
fn settings(regions: &[(&str, &str)], more: &[(&str, Value)]) -> Settings {
    let regions = regions.iter().map(|(code, name)| ((*code).to_owned(), (*name).into()));
    let mut all = Settings::from([
        ("categories", vec!["good", "bad"].into()),
        ("regions", Value::Table(regions.collect())),
    ]);
    all.0.extend(more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
    all
}

fn run(
    settings: &Settings,
    columns: &[&[f64]],
) -> Result<(Vec<f64>, Vec<IntermediateResult>), MethodError> {
    let columns = columns.iter().map(|column| column.to_vec()).collect();
    let method = (find(TABLE, "utadis").unwrap().make)(settings).unwrap();
    let mut scratch = Scratch { intermediate: Intermediate::asked(), ..Scratch::default() };
    let scores = method.trial_in(&Example { columns, ..Example::default() }, &mut scratch)?;
    Ok((scores, scratch.intermediate.take()))
}

fn given<'a>(results: &'a [IntermediateResult], name: &str) -> &'a [f64] {
    &results.iter().find(|result| result.name == name).unwrap().values
}

fn near(found: &[f64], expected: &[f64]) {
    let alike = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-12 || (a.is_nan() && b.is_nan());
    let close = found.len() == expected.len() && found.iter().zip(expected).all(alike);
    assert!(close, "{found:?}, expected {expected:?}");
}

/// By hand: the utility of a single child of one segment is its min-max score. The threshold may be anywhere from δ to 1,
/// and is then halfway.
#[test]
fn one_child() {
    let one = [("segments", 1.0.into())];
    let settings = settings(&[("3", "good"), ("1", "bad")], &one);
    let (scores, results) = run(&settings, &[&[0.0, 5.0, 10.0]]).unwrap();
    near(&scores, &[0.0, 0.5, 1.0]);
    near(given(&results, "thresholds"), &[0.5]);
    near(given(&results, "category"), &[1.0, 2.0, 2.0]);
    near(given(&results, "stated"), &[1.0, f64::NAN, 2.0]);
    near(given(&results, "error"), &[0.0]);
}

/// By hand: where the worst region is to be the good one, the error is 1 + δ for every threshold u. The least of
/// (u − 1/2)² + u² + (1 − u + δ)² is at u = 1/2 + δ/3.
#[test]
fn regions_the_wrong_way_round() {
    let more = [("segments", 1.0.into()), ("delta", 0.3.into()), ("gap", 0.3.into())];
    let settings = settings(&[("1", "good"), ("3", "bad")], &more);
    let (scores, results) = run(&settings, &[&[0.0, 5.0, 10.0]]).unwrap();
    near(&scores, &[0.0, 0.5, 1.0]);
    near(given(&results, "error"), &[1.3]);
    near(given(&results, "thresholds"), &[0.6]);
    near(given(&results, "sigma_plus"), &[0.6, f64::NAN, 0.0]);
    near(given(&results, "sigma_minus"), &[0.0, f64::NAN, 0.7]);
}

/// Children that are alike have the same weight, and the same line.
#[test]
fn symmetric_in_the_children() {
    let settings = settings(&[("1", "good"), ("2", "good"), ("3", "bad"), ("4", "bad")], &[]);
    let column: &[f64] = &[9.0, 7.0, 4.0, 1.0, 6.0];
    let (_, results) = run(&settings, &[column, column, column]).unwrap();
    near(given(&results, "weights"), &[1.0 / 3.0; 3]);
    let marginal = given(&results, "marginal");
    near(&marginal[..3], &marginal[3..6]);
    near(&marginal[..3], &marginal[6..]);
}

/// Many regions with equal values and categories that contradict them: many limits meet in one point. The least error is
/// reached by the mean of the solutions.
#[test]
fn many_rows_that_meet_in_a_point() {
    let steps = |factor: usize| -> Vec<f64> {
        (0..24_usize).map(|row| (row * factor % 24 / 4) as f64).collect()
    };
    let columns = [steps(5), steps(7), steps(11), steps(13)];
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let places: Vec<String> = (1..=24_usize).map(|place| place.to_string()).collect();
    for turn in 1..5_usize {
        let regions = places.iter().enumerate();
        let name = |k: usize| if k * turn % 5 < 2 { "good" } else { "bad" };
        let regions: Vec<_> = regions.map(|(k, code)| (code.as_str(), name(k))).collect();
        let (scores, results) = run(&settings(&regions, &[]), &columns).unwrap();
        assert!(scores.iter().all(|u| (0.0..=1.0).contains(u)), "{scores:?}");
        // The errors of the mean add up to no more than the mean of the errors.
        let errors = given(&results, "sigma_plus").iter().chain(given(&results, "sigma_minus"));
        let least = given(&results, "error")[0];
        assert!((errors.sum::<f64>() - least).abs() < 1e-9, "{results:?}");
    }
}

#[test]
fn what_does_not_fit() {
    let refused = |settings: &Settings| -> SettingError {
        (find(TABLE, "utadis").unwrap().make)(settings).err().unwrap()
    };
    let expected = |words: Text| SettingFault::Expected(words);
    let both = [("1", "good"), ("2", "bad")];
    assert_eq!(refused(&Settings::default()).fault, expected(text!(expect_categories)));
    let twice = settings(&both, &[("categories", vec!["good", "good"].into())]);
    assert_eq!(refused(&twice).fault, expected(text!(expect_categories)));
    let unknown = refused(&settings(&[("1", "good"), ("2", "fair")], &[]));
    let known = "good, bad";
    let words = text!(expect_category, region = "2", category = "fair", known = known);
    assert_eq!(unknown.fault, expected(words));
    let empty = refused(&settings(&[("1", "good")], &[]));
    assert_eq!(empty.fault, expected(text!(expect_reference, category = "bad")));
    let close = refused(&settings(&both, &[("delta", 0.1.into())]));
    assert_eq!(
        (close.setting.as_str(), close.fault),
        ("gap", expected(text!(expect_at_least_delta)))
    );
    let own = [("segments".to_owned(), 0.0.into())].into_iter().collect();
    let own = [("x1".to_owned(), Value::Table(own))].into_iter().collect();
    let none = refused(&settings(&both, &[("children", Value::Table(own))]));
    assert_eq!(none.setting, "children.x1.segments");

    let two: &[&[f64]] = &[&[1.0, 2.0, 4.0], &[3.0, 1.0, 2.0]];
    let absent = run(&settings(&[("1", "good"), ("9", "bad")], &[]), two).unwrap_err();
    assert_eq!(absent, MethodError::NoRegion { code: "9".into() });
    let alike = run(&settings(&both, &[]), &[two[0], &[2.0; 3]]).unwrap_err();
    assert_eq!(alike, MethodError::Other(text!(utility_constant, code = "x2")));
    let gap = run(&settings(&both, &[]), &[two[0], &[2.0, f64::NAN, 1.0]]).unwrap_err();
    assert!(matches!(gap, MethodError::Absent { .. }), "{gap:?}");
}
