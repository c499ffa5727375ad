//! Aggregations that put all leaves together at once, beside what numpy makes of the same tree.

use std::sync::Arc;

use quanheng::project::{self, Resolved};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Stage;
use quanheng_core::methodology::Part;
use quanheng_words::Language;

use crate::reference::Figures;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/data");

/// A project over the 31 x 65 drawn table and a tree of 4, 12 and 65 nodes with stated weights.
fn open(methodologies: &str) -> (tempfile::TempDir, Result<Resolved, String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let read = |name: &str| std::fs::read_to_string(format!("{DATA}/{name}.csv")).expect(name);
    let toml = format!(
        "[data]\nvalues = \"values.csv\"\nregion = \"unit\"\n[system.s]\ntree = \"tree.csv\"\n{methodologies}"
    );
    let files = [
        ("quanheng.toml", toml),
        ("tree.csv", read("whole_tree_rand31x65_tree")),
        ("values.csv", read("mcdm_rand31x65")),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let opened = project::open_whole(folder.path());
    (folder, opened.map_err(|problems| problems.render(Language::En, false)))
}

fn methodology(code: &str, aggregation: &str) -> String {
    format!(
        "[methodology.{code}]\nnormalisation = {{ method = \"min_max\", lower = 1, upper = 100 }}\n\
         weighting = \"given\"\naggregation = {aggregation}\n"
    )
}

fn evaluate(resolved: &Resolved, code: &str) -> Evaluation {
    let methodology = resolved.methodology(Some(code)).expect("a methodology");
    Evaluation::new(Arc::clone(&resolved.study), methodology).expect("an evaluation")
}

#[track_caller]
fn near(evaluation: &Evaluation, node: &str, expected: &[f64]) {
    let system = &evaluation.methodology().system;
    let found = evaluation.scores(system.find(node).expect(node)).values();
    let scale = expected.iter().fold(0.0_f64, |m, x| if x.abs() > m { x.abs() } else { m });
    for (row, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= 1e-11 * scale, "{node}, row {row}: found {a}, expected {b}");
    }
}

#[test]
fn as_numpy() {
    let expected = Figures::read("whole_tree_rand31x65");
    let methods = [
        ("topsis", "topsis"),
        ("vikor", "vikor"),
        ("promethee", "prom"),
        ("edas", "edas"),
        ("copras", "copras"),
        ("aras", "aras"),
        ("waspas", "waspas"),
        ("moora", "moora"),
        ("copeland", "copeland"),
    ];
    let mut text: String = methods
        .iter()
        .map(|(code, _)| {
            methodology(code, &format!("{{ method = \"{code}\", across = \"leaves\" }}"))
        })
        .collect();
    text += &methodology("by_node", "\"topsis\"");
    text += &methodology(
        "stated",
        "{ method = \"topsis\", across = \"leaves\", inner = \"geometric\" }",
    );
    text += &methodology(
        "level",
        "{ method = \"arithmetic\", at = { level1 = { method = \"topsis\", across = \"leaves\" } } }",
    );
    text += &methodology("script", "{ script = \"aggregation/topsis.rhai\", across = \"leaves\" }");
    text += "[methodology.entropy]\nextends = \"topsis\"\nweighting = { method = \"entropy\", across = \"leaves\" }\n";
    let (_folder, resolved) = open(&text);
    let resolved = resolved.expect("a project");
    for (code, column) in methods {
        let evaluation = evaluate(&resolved, code);
        near(&evaluation, "index", expected.column(column));
        near(&evaluation, "d2", expected.column("d2_arithmetic"));
    }
    near(&evaluate(&resolved, "by_node"), "index", expected.column("topsis_by_node"));
    let stated = evaluate(&resolved, "stated");
    near(&stated, "index", expected.column("topsis"));
    near(&stated, "d2", expected.column("d2_geometric"));
    let level = evaluate(&resolved, "level");
    near(&level, "d2", expected.column("d2_topsis"));
    near(&level, "index", expected.column("index_of_topsis"));
    near(&evaluate(&resolved, "script"), "index", expected.column("topsis"));
    // Weights that are found over all leaves are those that the leaves have in the whole, however deep the tree.
    let entropy = evaluate(&resolved, "entropy");
    let found = entropy.intermediate().expect("intermediate results");
    let at = found.iter().find(|at| at.stage == Stage::Weighting).expect("those of entropy");
    let weights = &at.result("weight").expect("the weights").values;
    let effective = entropy.effective_weights(0);
    for (leaf, weight) in at.siblings.iter().zip(weights) {
        assert!((effective[leaf.index()] - weight).abs() < 1e-15, "{weight}");
    }
    // The distances over all leaves are what a paper prints.
    let found = evaluate(&resolved, "topsis").intermediate().expect("intermediate results");
    let at = found.iter().find(|at| at.stage == Stage::Aggregation).expect("those of TOPSIS");
    assert_eq!((at.siblings.len(), at.rows.len()), (65, 31));
}

/// What is written in another way and does the same has the same canonical value, and what does not has another.
#[test]
fn the_canonical_value_says_what_is_put_together() {
    let text = [
        methodology("a", "{ method = \"topsis\", across = \"leaves\" }"),
        methodology("b", "{ method = \"arithmetic\", at = { index = { method = \"topsis\", across = \"leaves\" } } }"),
        methodology("c", "{ method = \"topsis\", at = { level1 = \"arithmetic\", level2 = \"arithmetic\" } }"),
        methodology("d", "{ method = \"topsis\", across = \"leaves\", inner = \"arithmetic\", at = { g3 = \"geometric\" } }"),
    ]
    .concat();
    let (_folder, resolved) = open(&text);
    let resolved = resolved.expect("a project");
    let of = |code: &str| resolved.methodology(Some(code)).expect("a methodology");
    let differs = |a, b| Part::Aggregation.differs(&of(a), &of(b), &resolved.study);
    assert!(!differs("a", "b"));
    assert!(differs("a", "c") && differs("a", "d"));
    let (a, d) = (of("a"), of("d"));
    let system = &a.system;
    let codes: Vec<&str> = Part::Aggregation
        .differing(&a, &d)
        .into_iter()
        .map(|node| system.node(node).code.as_str())
        .collect();
    assert_eq!(codes, ["g3"]);
}

#[test]
fn keys_that_have_no_effect_are_refused() {
    let (_folder, refused) =
        open(&methodology("m", "{ method = \"topsis\", inner = \"arithmetic\" }"));
    let Err(words) = refused else { panic!("no refusal") };
    assert!(words.contains("`inner` has no effect here"), "{words}");
    let (_folder, refused) = open(&methodology(
        "m",
        "{ method = \"topsis\", across = \"leaves\", at = { d1 = { method = \"topsis\", inner = \"median\" } } }",
    ));
    assert!(refused.is_err());
    // Every leaf must be fit for the method, not the nodes between.
    let text = "[methodology.m]\nnormalisation = \"z_score\"\nweighting = \"given\"\n\
                aggregation = { method = \"geometric\", across = \"leaves\" }\n";
    let (_folder, refused) = open(text);
    let Err(words) = refused else { panic!("no refusal") };
    assert!(words.contains("C01"), "{words}");
}
