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
            ("equal", "pymcdm_equal"),
            ("equal", "skcriteria_equal"),
            ("standard_deviation", "skcriteria_standard_deviation"),
            ("entropy", "skcriteria_entropy"),
            ("merec", "skcriteria_merec"),
            ("gini", "skcriteria_gini"),
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

/// Where regions tie for the best of a column, pymcdm takes the first of them: there, the formula worked out with 40
/// digits and their mean.
#[test]
fn loss_of_impact() {
    for input in INPUTS {
        let expected = Figures::read(&format!("weights_{input}"));
        for name in ["cilos", "idocriw"] {
            let found = weigh(name, &decision(input, true)).expect(name);
            let corrected = expected.column(&format!("formula_{name}"));
            agree(&format!("{name} of {input}"), &found, corrected, 1e-9);
            if input == "rand31x65" {
                agree(name, &found, expected.column(&format!("pymcdm_{name}")), 1e-9);
            }
        }
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
    for name in ["consistent4", "saaty5", "bad4", "rand8"] {
        let rows: Vec<usize> = (0..figures.keys.len())
            .filter(|&row| figures.keys[row].starts_with(&format!("{name}_")))
            .collect();
        let of = |column: &str| -> Vec<f64> {
            rows.iter().map(|&row| figures.column(column)[row]).collect()
        };
        let columns: Vec<Vec<f64>> = (1..=rows.len()).map(|j| of(&format!("to_{j}"))).collect();
        let matrix: Vec<Vec<f64>> =
            (0..rows.len()).map(|i| columns.iter().map(|column| column[i]).collect()).collect();
        let matrix: Vec<&[f64]> = matrix.iter().map(Vec::as_slice).collect();
        for (solution, column) in [("eigenvector", "weight"), ("geometric_mean", "geometric_mean")]
        {
            let example = judged(
                rows.len(),
                [
                    ("pairwise", under_index(&matrix)),
                    ("solution", Value::from(solution)),
                    ("max_ratio", Value::from(2.0)),
                ],
            );
            let found = weigh("ahp", &example).expect("weights");
            agree(&format!("{solution} of {name}"), &found, &of(column), 1e-9);
        }
        // The ratio is on the other side of limits to either side of it.
        let ratio = of("cr")[0];
        for (limit, accepted) in [(ratio - 1e-9, false), (ratio + 1e-9, true)] {
            if limit < 0.0 {
                continue;
            }
            let example = judged(
                rows.len(),
                [
                    ("pairwise", under_index(&matrix)),
                    ("random_index", Value::from("tummala_ling")),
                    ("max_ratio", Value::from(limit)),
                ],
            );
            let found = weigh("ahp", &example);
            assert_eq!(found.is_ok(), accepted, "{name}, ratio {ratio}: {found:?}");
        }
    }
}

#[test]
fn best_and_worst() {
    let figures = Figures::read("weights_bwm");
    for name in ["car", "three", "seven", "four"] {
        let of = |column: &str| -> Vec<f64> {
            let column = figures.column(column);
            let rows = figures.keys.iter().zip(column);
            rows.filter_map(|(k, x)| k.starts_with(&format!("{name}_")).then_some(*x)).collect()
        };
        let table = |column: &str| {
            let items = of(column).into_iter().enumerate();
            Value::Table(items.map(|(k, x)| (format!("x{}", k + 1), x.into())).collect())
        };
        let expected = of("weight");
        let comparisons = |most: f64| {
            judged(
                expected.len(),
                [
                    ("best_to_others", table("best_to_others")),
                    ("others_to_worst", table("others_to_worst")),
                    ("max_deviation", Value::from(most)),
                ],
            )
        };
        let deviation = of("deviation")[0];
        let found = weigh("best_worst", &comparisons(deviation + 1e-9)).expect("weights");
        agree(name, &found, &expected, 1e-9);
        weigh("best_worst", &comparisons(deviation - 1e-9)).expect_err("a deviation too great");
    }
}

/// The ways to deal with zeros that other programs do not have, against the formula worked out with 40 digits.
#[test]
fn entropy_with_zeros() {
    for input in INPUTS {
        let expected = Figures::read(&format!("weights_{input}"));
        for zero in ["range", "interior", "shift"] {
            let example = decision(input, true).with([("zero", Value::from(zero))]);
            let found = weigh("entropy", &example).expect("weights");
            let column = format!("formula_entropy_{zero}");
            agree(&format!("{column} of {input}"), &found, expected.column(&column), 1e-9);
        }
    }
}

/// The loadings of every group of every level: as weights where they agree in sign, squared everywhere.
#[test]
fn first_component() {
    let loadings = Figures::read("weights_coinr_pca");
    let (scores, raw) = (Figures::read("weights_coinr_scores"), Figures::read("coinr_asem_raw"));
    let mut groups: Vec<&str> = Vec::new();
    for key in &loadings.keys {
        let parent = key.split_once('_').expect("parent and child").0;
        if !groups.contains(&parent) {
            groups.push(parent);
        }
    }
    let mut of_one_sign = 0;
    for parent in groups {
        // COINr leaves out the regions that lack a value of the group; here each pair of columns has its own.
        let from = if parent.starts_with("raw") { &raw } else { &scores };
        let (mut columns, mut expected) = (Vec::new(), Vec::new());
        for (key, loading) in loadings.keys.iter().zip(loadings.column("loading")) {
            if let Some(child) = key.strip_prefix(&format!("{parent}_")) {
                columns.push(from.column(child).to_vec());
                expected.push(*loading);
            }
        }
        let complete: Vec<usize> = (0..columns[0].len())
            .filter(|&row| columns.iter().all(|column| !column[row].is_nan()))
            .collect();
        for column in &mut columns {
            *column = complete.iter().map(|&row| column[row]).collect();
        }
        let example = Example { columns, ..Example::default() };
        let squares: Vec<f64> = expected.iter().map(|x| x * x).collect();
        let found = weigh("pca", &example.clone().with([("rule", Value::from("squared"))]));
        agree(&format!("squares of {parent}"), &found.expect("weights"), &squares, 1e-9);
        let sum: f64 = expected.iter().sum();
        if expected.iter().all(|x| x * sum > 0.0) {
            of_one_sign += 1;
            expected.iter_mut().for_each(|x| *x /= sum);
            agree(parent, &weigh("pca", &example).expect("weights"), &expected, 1e-9);
        } else {
            let refused = weigh("pca", &example).expect_err("loadings of both signs").to_string();
            assert!(refused.contains("unlike the others"), "{parent}: {refused}");
        }
    }
    assert!(of_one_sign >= 5, "{of_one_sign}");
}

/// COINr looks for the weights at random until it is near; where two columns are weighed it comes as near as numbers can.
#[test]
fn wanted_importance() {
    let scores = Figures::read("weights_coinr_scores");
    let figures = Figures::read("weights_coinr_opt");
    let columns = ["Conn", "Sust"].map(|code| scores.column(code).to_vec()).to_vec();
    let example = |stated: &[f64]| {
        let stated = stated.to_vec();
        Example { columns: columns.clone(), stated, ..Example::default() }
            .with([("importance", Value::from("linear"))])
    };
    let (wanted, weights) = (figures.column("desired"), figures.column("weight"));
    let found = weigh("target_importance", &example(&wanted[..2])).expect("weights");
    agree("equal importance", &found, &weights[..2], 1e-9);
    // COINr meets the other target with a weight below zero.
    assert!(weights[2] < 0.0);
    let refused = weigh("target_importance", &example(&wanted[2..])).expect_err("no such weights");
    assert!(refused.to_string().contains("weight below 0 for `x1`"), "{refused}");
}

#[test]
fn rotated_factors() {
    let (scores, figures) =
        (Figures::read("weights_coinr_scores"), Figures::read("weights_varimax"));
    for parent in [
        "Physical",
        "ConEcFin",
        "Political",
        "Instit",
        "P2P",
        "Environ",
        "Social",
        "SusEcFin",
        "Conn",
        "Sust",
        "All",
    ] {
        let prefix = format!("{parent}_");
        let rows: Vec<usize> =
            (0..figures.keys.len()).filter(|&row| figures.keys[row].starts_with(&prefix)).collect();
        assert!(!rows.is_empty(), "{parent}");
        let child = |&row: &usize| scores.column(&figures.keys[row][prefix.len()..]).to_vec();
        let columns: Vec<Vec<f64>> = rows.iter().map(child).collect();
        for factors in [2.0, 3.0] {
            for (normalise, kind) in [(true, "normalised"), (false, "raw")] {
                let column = format!("factors{factors}_{kind}");
                let expected: Vec<f64> =
                    rows.iter().map(|&row| figures.column(&column)[row]).collect();
                let example = Example { columns: columns.clone(), ..Example::default() }.with([
                    ("factors", Value::from(factors)),
                    ("normalise", Value::from(normalise)),
                ]);
                let found = weigh("factor_analysis", &example).expect("weights");
                agree(&format!("{column} of {parent}"), &found, &expected, 1e-9);
            }
        }
    }
}
