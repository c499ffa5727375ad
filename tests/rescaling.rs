//! Scores of nodes that are normalised among the regions before they are weighed and put together.

use std::fmt::Write;
use std::sync::Arc;

use quanheng::project::{self, Resolved};
use quanheng_core::evaluation::{BEFORE_RESCALING, Evaluation};
use quanheng_core::methodology::Part;
use quanheng_words::Language;

fn open(files: &[(&str, &str)]) -> (tempfile::TempDir, Result<Resolved, String>) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let opened = project::open_whole(folder.path());
    (folder, opened.map_err(|problems| problems.render(Language::En, false)))
}

/// Three regions; pillar p is 10, 20 and 40, and q is 0, 50 and 25.
fn pillars(methodologies: &str) -> (tempfile::TempDir, Result<Resolved, String>) {
    let toml = format!(
        "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
         {methodologies}"
    );
    open(&[
        ("quanheng.toml", &toml),
        ("regions.csv", "code\na\nb\nc\n"),
        ("tree.csv", "code,parent\nindex,\np,index\nx,p\ny,p\nq,index\nz,q\n"),
        ("values.csv", "region,x,y,z\na,0,20,0\nb,10,30,50\nc,50,30,25\n"),
    ])
}

const BASE: &str =
    "normalisation = \"none\"\nweighting = \"equal\"\naggregation = \"arithmetic\"\n";

fn evaluation(resolved: &Resolved, code: &str) -> Evaluation {
    let methodology = resolved.methodology(Some(code)).expect("a methodology");
    Evaluation::new(Arc::clone(&resolved.study), methodology).expect("scores")
}

fn scores(resolved: &Resolved, code: &str, node: &str) -> Vec<f64> {
    let evaluation = evaluation(resolved, code);
    let system = &evaluation.methodology().system;
    evaluation.scores(system.find(node).expect(node)).values().to_vec()
}

#[test]
fn nodes_are_normalised_before_they_are_put_together() {
    let text = format!(
        "[methodology.plain]\n{BASE}[methodology.all]\n{BASE}rescaling = \"min_max\"\n\
         [methodology.one]\n{BASE}rescaling = {{ method = \"none\", at = {{ q = \"min_max\" }} }}\n\
         [methodology.index]\n{BASE}\
         rescaling = {{ method = \"none\", at = {{ index = {{ method = \"min_max\", upper = 100 }} }} }}\n\
         [methodology.rounded]\n{BASE}rescaling = \"min_max\"\nrounding = {{ level1 = 1 }}\n"
    );
    let (_folder, resolved) = pillars(&text);
    let resolved = resolved.expect("a project");
    assert_eq!(scores(&resolved, "plain", "p"), [10.0, 20.0, 40.0]);
    assert_eq!(scores(&resolved, "plain", "index"), [5.0, 35.0, 32.5]);
    // p is (0, 1/3, 1), q is (0, 1, 1/2); the index itself stays a mean of them.
    assert_eq!(scores(&resolved, "all", "p"), [0.0, 1.0 / 3.0, 1.0]);
    assert_eq!(scores(&resolved, "all", "q"), [0.0, 1.0, 0.5]);
    assert_eq!(scores(&resolved, "all", "index"), [0.0, 2.0 / 3.0, 0.75]);
    assert_eq!(scores(&resolved, "one", "p"), [10.0, 20.0, 40.0]);
    assert_eq!(scores(&resolved, "one", "index"), [5.0, 10.5, 20.25]);
    let index = scores(&resolved, "index", "index");
    assert_eq!(index[..2], [0.0, 100.0]);
    assert!((index[2] - 27.5 / 0.3).abs() < 1e-12);
    // The new score is what is rounded.
    assert_eq!(scores(&resolved, "rounded", "p"), [0.0, 0.3, 1.0]);

    let of = |code: &str| resolved.methodology(Some(code)).expect("a methodology");
    let study = &resolved.study;
    assert!(Part::Rescaling.differs(&of("plain"), &of("one"), study));
    assert!(!of("plain").canonical(study).contains_key("rescaling"), "nothing is stated");
    // What the children gave can still be seen.
    let found = evaluation(&resolved, "one").intermediate().expect("intermediate results");
    let before =
        found.iter().find_map(|at| at.result(BEFORE_RESCALING)).expect("the scores before");
    assert_eq!(before.values, [0.0, 50.0, 25.0]);
    // Such an index is not one weighted sum of its leaves.
    assert!(evaluation(&resolved, "plain").leaf_weights(0).is_some());
    assert!(evaluation(&resolved, "one").leaf_weights(0).is_none());
}

#[test]
fn what_has_no_effect_or_cannot_be_is_refused() {
    let at = |key: &str| {
        format!(
            "[methodology.m]\n{BASE}rescaling = {{ method = \"none\", at = {{ {key} = \"min_max\" }} }}\n"
        )
    };
    let (_folder, resolved) = pillars(&at("x"));
    let problem = resolved.expect_err("a leaf is not made of others");
    assert!(problem.contains("`x` has no effect in `at`"), "{problem}");
    // After min-max the worst region has 0, so that a geometric mean of the pillars cannot work.
    let text = "[methodology.m]\nnormalisation = { method = \"min_max\", lower = 1, upper = 2 }\nweighting = \"equal\"\n\
         aggregation = \"geometric\"\nrescaling = \"min_max\"\n";
    let (_folder, resolved) = pillars(text);
    let problem = resolved.expect_err("a contract");
    assert!(problem.contains("values at or below 0 after `min_max`"), "{problem}");
    // All regions are alike in p.
    let toml = format!(
        "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
         [methodology.m]\n{BASE}rescaling = {{ method = \"min_max\", constant = \"leave_out\" }}\n"
    );
    let (_folder, resolved) = open(&[
        ("quanheng.toml", &toml),
        ("regions.csv", "code\na\nb\n"),
        ("tree.csv", "code,parent\nindex,\np,index\nx,p\ny,p\nz,index\n"),
        ("values.csv", "region,x,y,z\na,0,1,0\nb,1,0,1\n"),
    ]);
    let resolved = resolved.expect("a project");
    let methodology = resolved.methodology(Some("m")).expect("a methodology");
    let errors = Evaluation::new(Arc::clone(&resolved.study), methodology).expect_err("no spread");
    assert!(errors[0].error.to_string().contains("cannot be left out"), "{}", errors[0].error);
}

/// The second stage of example 29 of docs/zh: subsystems by the entropy of a panel are brought to one scale again before
/// their own weights are found. Weights as printed in zhjx19/mathmodels-book, system-eval.qmd.
#[test]
fn subsystems_are_normalised_again_in_one_project() {
    let cases: toml::Table =
        include_str!("reference/data/chinese_practice.toml").parse().expect("a table");
    let cases = cases["case"].as_array().expect("cases").iter();
    let of_panel = cases.filter(|case| case["row"].as_integer() == Some(28));
    let number =
        |x: &toml::Value| x.as_float().or(x.as_integer().map(|x| x as f64)).expect("a number");
    let (mut tree, mut columns) = (String::from("code,parent,direction\nindex,,\n"), Vec::new());
    for (k, case) in of_panel.enumerate() {
        writeln!(tree, "s{k},index,").expect("written");
        let directions = case["directions"].as_array().expect("directions");
        for (column, sign) in case["columns"].as_array().expect("columns").iter().zip(directions) {
            writeln!(tree, "x{},s{k},{}", columns.len(), number(sign)).expect("written");
            columns
                .push(column.as_array().expect("a column").iter().map(number).collect::<Vec<_>>());
        }
    }
    assert_eq!(columns.len(), 9);
    let heads = (0..9).map(|k| format!("x{k}")).collect::<Vec<_>>().join(",");
    let mut values = format!("region,period,{heads}\n");
    for row in 0..80 {
        let cells = columns.iter().map(|column| column[row].to_string()).collect::<Vec<_>>();
        writeln!(values, "r{},{},{}", row / 10, 2015 + row % 10, cells.join(",")).expect("written");
    }
    let regions = (0..8).fold(String::from("code\n"), |text, k| format!("{text}r{k}\n"));
    let toml = "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
                [methodology.m]\nnormalisation = { method = \"min_max\", epsilon = 0.002, over = \"panel\" }\n\
                weighting = { method = \"entropy\", over = \"panel\" }\naggregation = \"arithmetic\"\n\
                rescaling = { script = \"ends.rhai\", over = \"panel\" }\n";
    // The source brings the ends in by a little, and nothing else.
    let script = "//! Min-max between 0.002 and 0.998 at the ends.\nfn normalise(x, at) { x.min_max().clamp(0.002, 0.998) }\n";
    let (_folder, resolved) = open(&[
        ("quanheng.toml", toml),
        ("ends.rhai", script),
        ("regions.csv", &regions),
        ("tree.csv", &tree),
        ("values.csv", &values),
    ]);
    let resolved = resolved.expect("a project");
    let evaluation = evaluation(&resolved, "m");
    let system = &evaluation.methodology().system;
    for (node, printed) in [("s0", 0.389_897_7), ("s1", 0.283_991_5), ("s2", 0.326_110_8)] {
        let weight = evaluation.weights(0)[system.find(node).expect(node).index()];
        assert!((weight - printed).abs() < 5.1e-8, "{node}: {weight}, printed {printed}");
    }
}
