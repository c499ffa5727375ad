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
