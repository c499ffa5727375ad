//! Ranks and tiers of every node, indices in which less is better, and regions that are scored but not ranked.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use quanheng::project::{self, Resolved};
use quanheng_core::audit::{Bench, Options, TABLE, Verdict};
use quanheng_core::evaluation::Evaluation;
use quanheng_words::Language;

use crate::projects::evaluate;

const TREE: &str = "code,parent,weight,name\n\
    risk,,,Risk\nhazard,risk,1,Hazard\nflood,hazard,1,Flood\nheat,hazard,1,Heat\ncoping,risk,1,Coping\n";

/// Means: hazard 3 2 1 4, coping 1 4 3 2, risk 2 3 2 3.
const VALUES: &str = "region,flood,heat,coping\nA,2,4,1\nB,1,3,4\nC,1,1,3\nD,5,3,2\n";

const REGIONS: &str = "code,kind\nA,state\nB,state\nC,territory\nD,state\n";

fn write(folder: &Path, leagues: &str, keys: &str) {
    let toml = format!(
        "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n{leagues}\n\
         [methodology.m]\nnormalisation = \"none\"\nweighting = \"given\"\n{keys}\n"
    );
    let files = [
        ("quanheng.toml", toml.as_str()),
        ("tree.csv", TREE),
        ("values.csv", VALUES),
        ("regions.csv", REGIONS),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("written");
    }
}

fn open(leagues: &str, keys: &str) -> Result<Resolved, String> {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), leagues, keys);
    project::open_whole(folder.path()).map_err(|found| found.render(Language::En, false))
}

fn evaluated(leagues: &str, keys: &str) -> Evaluation {
    evaluate(&open(leagues, keys).unwrap_or_else(|found| panic!("{found}")), "m")
}

/// The ranks by a node, in the order of the codes of the regions.
fn ranks(evaluation: &Evaluation, node: &str) -> Vec<f64> {
    evaluation.ranks_of(evaluation.methodology().system.find(node).expect("a node"))
}

/// The names of the tiers by a node, in the same order; `-` where there is none.
fn tiers(evaluation: &Evaluation, node: &str) -> Vec<String> {
    let node = evaluation.methodology().system.find(node).expect("a node");
    let Some(tiers) = evaluation.tiers_of(node) else { return Vec::new() };
    let label = |(row, tier): (usize, &Option<u16>)| match tier {
        None => "-".to_owned(),
        Some(tier) => evaluation.tier_labels_of(node, row)[usize::from(*tier)].clone(),
    };
    tiers.iter().enumerate().map(label).collect()
}

#[test]
fn every_node_has_ranks() {
    let found = evaluated("", "");
    assert_eq!(found.ranks(), [3.0, 1.0, 3.0, 1.0]);
    assert_eq!(ranks(&found, "risk"), found.ranks());
    assert_eq!(ranks(&found, "hazard"), [2.0, 3.0, 4.0, 1.0]);
    assert_eq!(ranks(&found, "flood"), [2.0, 3.0, 3.0, 1.0]);
    assert!(tiers(&found, "hazard").is_empty(), "nothing is cut unless stated");
}

#[test]
fn a_rule_for_a_part_of_the_tree_keeps_what_it_does_not_state() {
    let found = evaluated(
        "",
        "ranking = { ties = \"worst\", at = { level1 = { order = \"lowest_first\" }, leaves = { ties = \"average\" } } }",
    );
    assert_eq!(found.ranks(), [4.0, 2.0, 4.0, 2.0]);
    assert_eq!(ranks(&found, "hazard"), [3.0, 2.0, 1.0, 4.0]);
    assert_eq!(ranks(&found, "flood"), [2.0, 3.5, 3.5, 1.0]);
    // A leaf at the first level: its level is more particular than the word for all leaves.
    assert_eq!(ranks(&found, "coping"), [1.0, 4.0, 3.0, 2.0]);
}

#[test]
fn tiers_of_nodes() {
    let cuts = "method = \"cut_points\", cuts = [2, 3], labels = [\"low\", \"middle\", \"high\"]";
    let found = evaluated("", &format!("tiering = {{ {cuts} }}"));
    assert_eq!(tiers(&found, "risk"), ["middle", "high", "middle", "high"]);
    assert!(tiers(&found, "hazard").is_empty());
    let found = evaluated("", &format!("tiering = {{ {cuts}, nodes = \"all\" }}"));
    assert_eq!(tiers(&found, "hazard"), ["high", "middle", "low", "high"]);
    assert_eq!(tiers(&found, "flood"), ["middle", "low", "low", "high"]);
    let own = "hazard = { method = \"counts\", counts = [1, 3], labels = [\"first\", \"rest\"] }";
    let found = evaluated("", &format!("tiering = {{ {cuts}, at = {{ {own} }} }}"));
    assert_eq!(tiers(&found, "risk"), ["middle", "high", "middle", "high"]);
    assert_eq!(tiers(&found, "hazard"), ["rest", "rest", "rest", "first"]);
    assert!(tiers(&found, "flood").is_empty());
}

/// A rule that cannot be applied to a node is an error of that node, not of the index.
#[test]
fn a_node_that_cannot_be_cut() {
    let keys = "tiering = { method = \"counts\", counts = [2, 2], at = { coping = { method = \"natural_breaks\", tiers = 9 } } }";
    let resolved = open("", keys).expect("it is well formed");
    let methodology = resolved.methodology(Some("m")).expect("a methodology");
    let errors = Evaluation::new(resolved.study.clone(), methodology).expect_err("too few");
    assert_eq!(errors.len(), 1);
    let text = resolved.evaluation_problems("m", errors).render(Language::En, false);
    assert!(text.contains("`coping`"), "{text}");
}

#[test]
fn less_is_better() {
    let cuts = "method = \"cut_points\", cuts = [2, 3], labels = [\"low\", \"middle\", \"high\"]";
    let keys = format!("ranking = {{ order = \"lowest_first\" }}\ntiering = {{ {cuts} }}");
    let found = evaluated("", &keys);
    assert_eq!(found.ranks(), [1.0, 3.0, 1.0, 3.0]);
    // The names still belong to the scores, and a bound belongs to the better tier, which is the lower one.
    assert_eq!(tiers(&found, "risk"), ["low", "middle", "low", "middle"]);
    assert_eq!(found.tiers(), [Some(0), Some(1), Some(0), Some(1)]);
    // The audit improves a region by lowering its risk.
    let (study, methodology) = (Arc::clone(found.study()), Arc::clone(found.methodology()));
    let bench = Bench::new(study, methodology, Options::default()).expect("an evaluation");
    for name in ["monotone", "dominance", "ties"] {
        let property = TABLE.iter().find(|property| property.name == name).expect("a property");
        assert_eq!(bench.test(property).verdict, Verdict::Pass, "{name}");
    }
    let counts =
        "tiering = { method = \"counts\", counts = [2, 2], labels = [\"best\", \"worst\"] }";
    let found = evaluated("", &format!("ranking = {{ order = \"lowest_first\" }}\n{counts}"));
    assert_eq!(tiers(&found, "risk"), ["best", "worst", "best", "worst"]);
}

#[test]
fn scored_and_not_ranked() {
    let leagues = "[league.states]\nranked = \"kind == 'state'\"";
    let keys = "tiering = { method = \"counts\", counts = [1, 2], nodes = \"all\", labels = [\"first\", \"rest\"] }";
    let found = evaluated(leagues, keys);
    assert_eq!(found.exact().values(), [2.0, 3.0, 2.0, 3.0]);
    let (ranked, of_hazard) = (found.ranks(), ranks(&found, "hazard"));
    assert_eq!([ranked[0], ranked[1], ranked[3]], [3.0, 1.0, 1.0]);
    assert_eq!([of_hazard[0], of_hazard[1], of_hazard[3]], [2.0, 3.0, 1.0]);
    assert!(ranked[2].is_nan() && of_hazard[2].is_nan());
    assert_eq!(tiers(&found, "hazard"), ["rest", "rest", "-", "first"]);
}

#[test]
fn a_league_cuts_the_index_only() {
    let league =
        "[league.all]\ntiering = { method = \"counts\", counts = [2, 2], nodes = \"all\" }";
    let text = open(league, "").expect_err("a key without effect");
    assert!(text.contains("the tiers of a league") && text.contains("`nodes`"), "{text}");
}

fn quanheng(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .args(arguments)
        .args(["--lang", "en"])
        .current_dir(folder)
        .output()
        .expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout) + text(&output.stderr).as_str())
}

#[test]
fn what_a_user_sees() {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = "tiering = { method = \"counts\", counts = [1, 3], labels = [\"first\", \"rest\"], nodes = \"all\" }";
    write(folder.path(), "", keys);
    let mut text = String::new();
    for arguments in [
        &["run", ".", "--node", "hazard"][..],
        &["run", ".", "--node", "hazzard"],
        &["show", ".", "D"],
    ] {
        let (code, printed) = quanheng(folder.path(), arguments);
        let lines = printed.lines().filter(|line| !line.starts_with("fingerprint"));
        let printed: Vec<&str> = lines.map(str::trim_end).collect();
        let code = code.expect("it ends");
        text.push_str(&format!(
            "$ quanheng {}\n{}\n[{code}]\n\n",
            arguments.join(" "),
            printed.join("\n")
        ));
    }
    let (code, _) = quanheng(folder.path(), &["run", ".", "--out", "out"]);
    assert_eq!(code, Some(0));
    let file = std::fs::read_to_string(folder.path().join("out/m/ranking.csv")).expect("written");
    text.push_str(file.trim_start_matches('\u{feff}'));
    insta::assert_snapshot!("ranks_of_nodes", text);
}
