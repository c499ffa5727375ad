//! Scores that are missing after normalisation, filled by the mean of a group.

use std::sync::Arc;

use quanheng::project::{self, Resolved};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::Part;
use quanheng_words::Language;

/// Four regions in two groups; c has no value of the second pillar at all, and b lacks one of its two indicators.
fn open(methodologies: &str) -> (tempfile::TempDir, Result<Resolved, String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let toml = format!(
        "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[group.income]\ncolumn = \"income\"\n\
         [system.s]\ntree = \"tree.csv\"\n{methodologies}"
    );
    let files = [
        ("quanheng.toml", toml.as_str()),
        ("regions.csv", "code,income\na,high\nb,high\nc,high\nd,low\n"),
        ("tree.csv", "code,parent\nindex,\np,index\nx,p\nq,index\ny,q\nz,q\n"),
        ("values.csv", "region,x,y,z\na,0,20,40\nb,100,,60\nc,50,,\nd,50,0,100\n"),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let opened = project::open_whole(folder.path());
    (folder, opened.map_err(|problems| problems.render(Language::En, false)))
}

const BASE: &str = "normalisation = { method = \"goalposts\", bad = 0, good = 100, upper = 100 }\n\
                    imputation = \"renormalise\"\nweighting = \"equal\"\naggregation = \"arithmetic\"\n";

fn scores(resolved: &Resolved, code: &str, node: &str) -> Vec<f64> {
    let methodology = resolved.methodology(Some(code)).expect("a methodology");
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology).expect("scores");
    let system = &evaluation.methodology().system;
    evaluation.scores(system.find(node).expect(node)).values().to_vec()
}

#[test]
fn a_pillar_without_a_score_gets_the_mean_of_its_group() {
    let text = format!(
        "[methodology.open]\n{BASE}[methodology.pillars]\n{BASE}\
         fill = {{ method = \"fail\", at = {{ level1 = {{ method = \"group_mean\", group = \"income\" }} }} }}\n\
         rounding = {{ level1 = 0 }}\n[methodology.all]\n{BASE}\
         fill = {{ method = \"group_mean\", group = \"income\" }}\n"
    );
    let (_folder, resolved) = open(&text);
    let resolved = resolved.expect("a project");
    // Without a rule the index of c is that of its first pillar alone.
    assert_eq!(scores(&resolved, "open", "index"), [15.0, 80.0, 50.0, 50.0]);
    // The second pillar is 30, 60 and 50; the mean of a and b, which have the income of c, is 45.
    assert_eq!(scores(&resolved, "pillars", "q"), [30.0, 60.0, 45.0, 50.0]);
    assert_eq!(scores(&resolved, "pillars", "index"), [15.0, 80.0, 47.5, 50.0]);
    // Filled from the leaves on: y is 20 for b and c, z is 50 for c.
    assert_eq!(scores(&resolved, "all", "y"), [20.0, 20.0, 20.0, 0.0]);
    assert_eq!(scores(&resolved, "all", "q"), [30.0, 40.0, 35.0, 50.0]);
    assert_eq!(scores(&resolved, "all", "index"), [15.0, 70.0, 42.5, 50.0]);
    let of = |code: &str| resolved.methodology(Some(code)).expect("a methodology");
    let study = &resolved.study;
    assert!(Part::Fill.differs(&of("open"), &of("all"), study));
    assert!(!of("open").canonical(study).contains_key("fill"), "what is not stated says nothing");
    // Which scores were filled is part of the result.
    let evaluation = Evaluation::new(Arc::clone(study), of("pillars")).expect("scores");
    let found = evaluation.intermediate().expect("intermediate results");
    let filled = found.iter().find_map(|at| at.result("filled")).expect("what was filled");
    assert_eq!(filled.values[2], 45.0);
    assert!(filled.values[0].is_nan());
}

#[test]
fn a_stated_value_fills_what_is_missing() {
    let text = format!(
        "[methodology.m]\n{}fill = {{ method = \"constant\", value = 7 }}\n",
        BASE.replace("arithmetic", "geometric").replace("bad = 0", "bad = -10")
    );
    let (_folder, resolved) = open(&text);
    let found = scores(&resolved.expect("a project"), "m", "y");
    assert_eq!(found[1..3], [7.0, 7.0]);
}
