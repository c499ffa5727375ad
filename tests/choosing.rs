//! The guide to methods says what audits say.

use std::sync::Arc;

use quanheng::project;
use quanheng_core::audit::{Bench, Options, find};
use quanheng_core::evaluation::Evaluation;

use crate::tidy::root;

const PROPERTIES: [&str; 4] =
    ["irrelevant_regions", "transitive_pairs", "recomposed_ranking", "monotone"];

/// Each row of the table in docs/choosing.md, in both languages, is what the audit of its methodology finds now.
#[test]
fn the_guide_says_what_audits_find() {
    let resolved = project::open(&root().join("tests/choosing")).unwrap_or_else(|problems| {
        panic!("{}", problems.render(quanheng_words::Language::En, false))
    });
    let rows: Vec<String> = resolved
        .methodologies
        .iter()
        .map(|(code, methodology)| {
            let study = Arc::clone(&resolved.study);
            let bench = Bench::new(study, Arc::clone(methodology), Options::default());
            let bench = bench.unwrap_or_else(|_| panic!("{code} runs"));
            let cell = |property: &str| {
                let outcome = bench.test(find(property).expect("a property"));
                format!("{} / {}", outcome.failed, outcome.tests)
            };
            format!("| `{code}` | {} |", PROPERTIES.map(cell).join(" | "))
        })
        .collect();
    for file in ["docs/choosing.md", "docs/choosing.zh.md"] {
        let text = std::fs::read_to_string(root().join(file)).expect("the guide");
        let absent: Vec<&String> = rows.iter().filter(|row| !text.contains(*row)).collect();
        assert!(absent.is_empty(), "{file} has other figures than\n{}", rows.join("\n"));
    }
}

/// The weights of panel data in docs/zh/README.md are those of the example, and the wrong ones those of the formula there.
#[test]
fn panel_entropy_of_the_chinese_page() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["values.csv", "regions.csv"] {
        let from = root().join("examples/china-shdi").join(name);
        std::fs::copy(from, folder.path().join(name)).expect("copied");
    }
    let tree = "code,parent\nindex,\nlifexp,index\nesch,index\nmsch,index\ngnic,index\n";
    let project = "[data]\nvalues = \"values.csv\"\nregions = \"regions.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
                   [methodology.m]\nnormalisation = { method = \"min_max\", over = \"panel\" }\n\
                   weighting = { method = \"entropy\", over = \"panel\", across = \"leaves\" }\n";
    for (name, text) in [("tree.csv", tree), ("quanheng.toml", project)] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let resolved = project::open(folder.path()).expect("a project");
    let methodology = resolved.methodology(None).expect("one");
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology).expect("it runs");
    let system = &evaluation.methodology().system;
    let page = std::fs::read_to_string(root().join("docs/zh/README.md")).expect("the page");
    let periods = evaluation.study().periods.len() as f64;
    let entropies: Vec<f64> = evaluation
        .normalised()
        .columns()
        .iter()
        .map(|column| {
            let sum: f64 = column.values().iter().sum();
            let share = |x: &f64| if *x > 0.0 { x / sum * libm::log(x / sum) } else { 0.0 };
            -column.values().iter().map(share).sum::<f64>()
        })
        .collect();
    let wrong = |k: usize| entropies[k] / libm::log(periods);
    let all: f64 = (0..entropies.len()).map(|k| 1.0 - wrong(k)).sum();
    for (k, name) in
        ["预期寿命", "预期受教育年限", "平均受教育年限", "人均国民总收入"].iter().enumerate()
    {
        let right = entropies[k] / libm::log(evaluation.study().panel.rows() as f64);
        let weight = evaluation.weights(0)[system.leaves()[k].index()];
        let row = format!(
            "| {name} | {right:.4} | {:.4} | {weight:.4} | {:.4} | −{:.4} | {:.4} |",
            1.0 - right,
            wrong(k),
            wrong(k) - 1.0,
            (1.0 - wrong(k)) / all
        );
        assert!(page.contains(&row), "{row}");
    }
}
