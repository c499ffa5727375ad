//! Analyses against PySAL, scipy, statsmodels and definitions worked out in numpy, on the index of China's provinces.

use std::path::Path;
use std::sync::Arc;

use quanheng::project;
use quanheng_core::analysis::{
    Bandwidth, Covariate, Found, Inputs, Subject, bandwidth, density, find, gini,
};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Settings;
use quanheng_core::model::{LeagueIx, PeriodIx};

use super::{Figures, agree};

/// The evaluation of the example, whose scores of these years are those that are published.
fn evaluation() -> Evaluation {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/china-shdi");
    let resolved = project::open(&folder).expect("the example is sound");
    let methodology = resolved.methodology(None).expect("it has a methodology");
    Evaluation::new(Arc::clone(&resolved.study), methodology).expect("it is evaluated")
}

fn analysis(name: &str, inputs: &Inputs, settings: &Settings) -> Vec<Found> {
    let evaluation = evaluation();
    let last = PeriodIx(evaluation.study().periods.len() as u32 - 1);
    let subject = Subject { evaluation: &evaluation, league: LeagueIx(0), period: last, inputs };
    find(name).expect("an analysis").compute(&subject, settings).expect("it finds something")
}

fn expected(keys: &[&str]) -> Vec<f64> {
    let figures = Figures::read("analysis_china_shdi");
    let at = |key: &&str| figures.keys.iter().position(|k| k == key).expect("a figure");
    keys.iter().map(|key| figures.column("value")[at(key)]).collect()
}

#[test]
fn inequality() {
    let groups = Settings::from([("groups", vec!["region4"].into())]);
    let found = &analysis("distribution", &Inputs::default(), &groups)[1];
    let of = |column: &str| found.numbers(column).expect("a column");
    // The rows are Theil's T, Theil's L and Dagum's Gini coefficient.
    let rows = |row: usize| ["total", "between", "within"].map(|column| of(column)[row]);
    let parts = ["total", "between", "within"];
    for (row, name) in ["theil_t", "theil_l"].into_iter().enumerate() {
        let keys = parts.map(|part| format!("{name}_{part}"));
        agree(name, &rows(row), &expected(&keys.each_ref().map(String::as_str)), 1e-9);
    }
    let keys = ["gini_total", "dagum_between", "dagum_within", "dagum_overlap"];
    let dagum = [of("total")[2], of("between")[2], of("within")[2], of("overlap")[2]];
    agree("dagum", &dagum, &expected(&keys), 1e-9);
}

#[test]
fn densities() {
    let evaluation = evaluation();
    let study = evaluation.study();
    let rows = study.panel.slices().last().expect("a slice").rows.clone();
    let root = evaluation.methodology().system.root();
    let scores = &evaluation.scores(root).values()[rows];
    agree("gini", &[gini(scores)], &expected(&["gini_total"]), 1e-9);
    for (by, name) in [(Bandwidth::Scott, "scott"), (Bandwidth::Silverman, "silverman")] {
        let h = bandwidth(scores, by).expect("scores differ");
        let found = [h, density(scores, h, 0.6), density(scores, h, 0.75), density(scores, h, 0.9)];
        let keys = ["bandwidth", "at_0.6", "at_0.75", "at_0.9"].map(|key| format!("{name}_{key}"));
        agree(name, &found, &expected(&keys.each_ref().map(String::as_str)), 1e-9);
    }
}

#[test]
fn convergence() {
    let income = Covariate {
        code: "gnic".to_owned(),
        names: Default::default(),
        log: true,
        column: "gnic".to_owned(),
    };
    let inputs = Inputs { covariates: vec![income] };
    let found = &analysis("convergence", &inputs, &Settings::default())[0];
    let terms = [
        "absolute_level",
        "absolute_constant",
        "conditional_level",
        "conditional_covariate",
        "conditional_constant",
    ];
    for column in ["coefficient", "error", "t", "p"] {
        let keys = terms.map(|term| format!("{term}_{column}"));
        let expected = expected(&keys.each_ref().map(String::as_str));
        agree(column, &found.numbers(column).expect("a column"), &expected, 1e-8);
    }
    for column in ["r_squared", "speed", "half_life"] {
        let there = found.numbers(column).expect("a column");
        let keys = ["absolute", "conditional"].map(|model| format!("{model}_{column}"));
        let expected = expected(&keys.each_ref().map(String::as_str));
        agree(column, &[there[0], there[2]], &expected, 1e-9);
    }
    let since = Settings::from([("from", "2006".into())]);
    let trends = &analysis("convergence", &Inputs::default(), &since)[1];
    for column in ["first", "last", "slope", "error", "p"] {
        let keys = ["sd", "cv", "sd_log"].map(|measure| format!("sigma_{measure}_{column}"));
        let expected = expected(&keys.each_ref().map(String::as_str));
        agree(column, &trends.numbers(column).expect("a column"), &expected, 1e-9);
    }
}
