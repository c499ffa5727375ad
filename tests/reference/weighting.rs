//! Weighting against pymcdm, scikit-criteria and COINr.

use quanheng_core::conformance::Trial;
use quanheng_core::method::{Example, MethodError, Settings, Value, find};
use quanheng_core::model::{Direction, Indicator};
use quanheng_core::weighting::{TABLE, Weighting};

use super::{Figures, agree};

const INPUTS: [&str; 3] = ["asem51x49", "asem51x49_norm", "rand31x65"];

fn method(name: &str, settings: &Settings) -> Box<dyn Weighting> {
    (find(TABLE, name).expect(name).make)(settings).expect("settings that fit")
}

fn weigh(name: &str, example: &Example) -> Result<Vec<f64>, MethodError> {
    method(name, &example.settings).trial(example)
}

/// A matrix with the directions of its criteria.
fn decision(input: &str, directed: bool) -> Example {
    let types = Figures::read(&format!("mcdm_{input}_criteria"));
    let indicator = |t: &f64| Indicator {
        direction: if directed && *t < 0.0 { Direction::Negative } else { Direction::Positive },
        ..Indicator::default()
    };
    Example {
        columns: Figures::read(&format!("mcdm_{input}")).columns,
        indicators: types.column("type").iter().map(indicator).collect(),
        ..Example::default()
    }
}

#[test]
fn objective_weights() {
    for input in INPUTS {
        let expected = Figures::read(&format!("weights_{input}"));
        for (name, column) in [
            ("entropy", "pymcdm_entropy"),
            ("standard_deviation", "pymcdm_standard_deviation"),
            ("merec", "pymcdm_merec"),
            ("angle", "pymcdm_angle"),
            ("gini", "pymcdm_gini"),
            ("variance", "pymcdm_variance"),
            ("lopcow", "pymcdm_lopcow"),
        ] {
            let found = weigh(name, &decision(input, true)).expect(name);
            agree(&format!("{name} of {input}"), &found, expected.column(column), 1e-9);
        }
    }
}

/// With the criteria's directions as scikit-criteria; pymcdm leaves them out, as if more were better everywhere.
#[test]
fn critic() {
    for input in INPUTS {
        let expected = Figures::read(&format!("weights_{input}"));
        for correlation in ["pearson", "spearman", "kendall"] {
            let example = decision(input, true).with([("correlation", Value::from(correlation))]);
            let found = weigh("critic", &example).expect("weights");
            let column = format!("skcriteria_critic_{correlation}");
            agree(&format!("{column} of {input}"), &found, expected.column(&column), 1e-9);
        }
        let found = weigh("critic", &decision(input, false)).expect("weights");
        agree(&format!("pymcdm critic of {input}"), &found, expected.column("pymcdm_critic"), 1e-9);
    }
}

/// Where no two regions tie for the best of a column; pymcdm takes the first of those that do.
#[test]
fn loss_of_impact() {
    let expected = Figures::read("weights_rand31x65");
    for name in ["cilos", "idocriw"] {
        let found = weigh(name, &decision("rand31x65", true)).expect(name);
        agree(name, &found, expected.column(&format!("pymcdm_{name}")), 1e-9);
    }
}

/// A method's settings below the parent `index`, for `n` siblings whose scores do not matter.
fn judged<const N: usize>(n: usize, settings: [(&str, Value); N]) -> Example {
    Example { columns: vec![vec![1.0]; n], ..Example::default() }.with(settings)
}

fn under_index(matrix: &[&[f64]]) -> Value {
    let rows: Vec<Vec<f64>> = matrix.iter().map(|row| row.to_vec()).collect();
    Value::Table([("index".to_owned(), rows.into())].into_iter().collect())
}

#[test]
fn pairwise_judgements() {
    let figures = Figures::read("weights_ahp");
    let expected = |key: &str| -> Vec<f64> {
        let of = |(k, w): (&String, &f64)| k.starts_with(key).then_some(*w);
        figures.keys.iter().zip(figures.column("weight")).filter_map(of).collect()
    };
    let saaty: [&[f64]; 5] = [
        &[1.0, 3.0, 5.0, 7.0, 2.0],
        &[1.0 / 3.0, 1.0, 3.0, 5.0, 0.5],
        &[0.2, 1.0 / 3.0, 1.0, 2.0, 1.0 / 3.0],
        &[1.0 / 7.0, 0.2, 0.5, 1.0, 0.25],
        &[0.5, 2.0, 3.0, 4.0, 1.0],
    ];
    let example = judged(5, [("pairwise", under_index(&saaty))]);
    agree("saaty5", &weigh("ahp", &example).expect("weights"), &expected("saaty5"), 1e-9);

    let bad: [&[f64]; 4] = [
        &[1.0, 9.0, 0.2, 3.0],
        &[1.0 / 9.0, 1.0, 7.0, 1.0 / 3.0],
        &[5.0, 1.0 / 7.0, 1.0, 5.0],
        &[1.0 / 3.0, 3.0, 0.2, 1.0],
    ];
    let example =
        judged(4, [("pairwise", under_index(&bad)), ("random_index", Value::from("tummala_ling"))]);
    let refused = weigh("ahp", &example).expect_err("judgements that contradict one another");
    assert!(refused.to_string().contains("consistency ratio 1.895"), "{refused}");
    let example = judged(4, [("pairwise", under_index(&bad)), ("max_ratio", Value::from(2.0))]);
    agree("bad4", &weigh("ahp", &example).expect("weights"), &expected("bad4"), 1e-9);
}

#[test]
fn first_component() {
    let scores = Figures::read("weights_coinr_scores");
    let loadings = Figures::read("weights_coinr_pca");
    for parent in ["Physical", "Conn", "Index"] {
        let (mut columns, mut expected) = (Vec::new(), Vec::new());
        for (key, loading) in loadings.keys.iter().zip(loadings.column("loading")) {
            if let Some(child) = key.strip_prefix(&format!("{parent}_")) {
                columns.push(scores.column(child).to_vec());
                expected.push(*loading);
            }
        }
        let sum: f64 = expected.iter().sum();
        expected.iter_mut().for_each(|x| *x /= sum);
        let found = weigh("pca", &Example { columns, ..Example::default() }).expect("weights");
        agree(parent, &found, &expected, 1e-9);
    }
}
