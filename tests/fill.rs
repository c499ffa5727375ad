//! Scores that are missing after normalisation, filled by the mean of a group; and nodes with published scores of their own.

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
        (
            "values.csv",
            "region,x,y,z,q_published\na,0,20,40,31\nb,100,,60,59\nc,50,,,\nd,50,0,100,50\n",
        ),
        (
            "published.csv",
            "code,parent,published\nindex,,\np,index,\nx,p,\nq,index,q_published\ny,q,\nz,q,\n",
        ),
        ("leaf.csv", "code,parent,published\nindex,,\np,index,\nx,p,q_published\n"),
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

/// A node that carries its published scores: its children are shown, and do not feed it.
#[test]
fn published_scores_of_a_node() {
    let text = format!(
        "[system.own]\ntree = \"published.csv\"\n[methodology.m]\nsystem = \"own\"\n{BASE}\
         [methodology.filled]\nsystem = \"own\"\n{BASE}\
         fill = {{ method = \"group_mean\", group = \"income\" }}\n\
         [methodology.whole]\nsystem = \"own\"\n{}",
        BASE.replace(
            "aggregation = \"arithmetic\"",
            "aggregation = { method = \"minimum\", across = \"leaves\" }"
        )
    );
    let (_folder, resolved) = open(&text);
    let resolved = resolved.expect("a project");
    assert_eq!(scores(&resolved, "m", "y")[..1], [20.0]);
    assert_eq!(scores(&resolved, "m", "q")[..2], [31.0, 59.0]);
    assert_eq!(scores(&resolved, "m", "index"), [15.5, 79.5, 50.0, 50.0]);
    // The published score of c is missing: the mean of a and b, which have the income of c, is 45.
    assert_eq!(scores(&resolved, "filled", "q"), [31.0, 59.0, 45.0, 50.0]);
    assert_eq!(scores(&resolved, "filled", "index"), [15.5, 79.5, 47.5, 50.0]);
    // Over all leaves, the node stands for its own.
    assert_eq!(scores(&resolved, "whole", "index"), [0.0, 59.0, 50.0, 50.0]);
    let of = |code: &str| resolved.methodology(Some(code)).expect("a methodology");
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), of("m")).expect("scores");
    let effective = evaluation.effective_weights(0);
    let weight = |code: &str| effective[of("m").system.find(code).expect(code).index()];
    assert_eq!([weight("x"), weight("q"), weight("y")], [0.5, 0.5, 0.0]);
    let (_folder, refused) = open("[system.bad]\ntree = \"leaf.csv\"\n");
    let Err(words) = refused else { panic!("no refusal") };
    assert!(words.contains("`x` is a leaf"), "{words}");
}
