//! The guide to methods says what audits say.

use std::sync::Arc;

use quanheng::project;
use quanheng_core::audit::{Bench, Options, find};

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
