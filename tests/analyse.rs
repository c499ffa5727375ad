//! `quanheng analyse`: what it shows of small projects whose figures are worked out beside the test, in every form.

use std::path::Path;
use std::process::{Command, Output};

use quanheng_core::analysis::TABLE;

use crate::tidy::root;
use crate::words::english_in;

const PROJECT: &str = r#"
[data]
regions = "regions.csv"
values = "values.csv"
[group.kind]
file = "members.csv"
[group.half]
column = "half"
[system.s]
tree = "tree.csv"
[methodology.m]
normalisation = "none"
tiering = { method = "cut_points", cuts = [70, 50], labels = ["上", "中", "下"] }
[analysis.gradient]
decimals = 0
sum_to_100 = true
[analysis.covariate.gdp]
"#;

const TREE: &str = "code,parent,weight\nindex,,\na,index,0.5\nb,index,0.5\n";

const REGIONS: &str = "code,name,half\nR1,甲,东\nR2,乙,东\nR3,丙,西\n";

/// R1 to R3 have 80, 60, 40 in 2020 and 70, 72, 40 in 2021.
const VALUES: [&str; 6] = [
    "R1,2020,90,70,5",
    "R2,2020,60,60,4",
    "R3,2020,30,50,3",
    "R1,2021,80,60,6",
    "R2,2021,72,72,5",
    "R3,2021,40,40,1",
];

/// R2 is in both classes.
const MEMBERS: &str = "region,class\nR1,副省级\nR2,副省级\nR2,省会\nR3,省会\n";

fn project(values: &[&str], more: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let values = format!("region,period,a,b,gdp\n{}\n", values.join("\n"));
    let toml = format!("{PROJECT}{more}");
    for (name, text) in [
        ("quanheng.toml", toml.as_str()),
        ("tree.csv", TREE),
        ("regions.csv", REGIONS),
        ("values.csv", &values),
        ("members.csv", MEMBERS),
    ] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn quanheng(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    command.arg("analyse").args(words).current_dir(folder).output().expect("the program starts")
}

fn printed(folder: &Path, words: &[&str]) -> String {
    let done = quanheng(folder, words);
    let complained = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{words:?}: {complained}");
    String::from_utf8(done.stdout).expect("text")
}

/// The cells of the first row of a CSV whose line begins so.
fn row(text: &str, begins: &str) -> Vec<String> {
    let line = text.lines().find(|line| line.starts_with(begins));
    let line = line.unwrap_or_else(|| panic!("no line begins {begins}\n{text}"));
    line.split(',').map(str::to_owned).collect()
}

#[test]
fn tiers_have_shares_that_add_up_to_100() {
    let folder = project(&VALUES, "");
    let people = printed(folder.path(), &["gradient", "--lang", "zh", "--format", "markdown"]);
    for share in ["| 上 | 2 | 67 |", "| 中 | 0 | 0 |", "| 下 | 1 | 33 |"] {
        assert!(
            people.split_whitespace().collect::<Vec<_>>().join(" ").contains(share),
            "{people}"
        );
    }
}

#[test]
fn groups_that_overlap_are_described_and_not_divided() {
    let folder = project(&VALUES, "");
    let out = folder.path().join("out");
    printed(folder.path(), &["distribution", "--lang", "en", "--out", "out"]);
    let read = |name: &str| {
        let text = std::fs::read_to_string(out.join(name)).expect("written");
        text.trim_start_matches('\u{feff}').to_owned()
    };
    let classes = read("distribution_classes.csv");
    let head = row(&classes, "league");
    let at = |key: &str| head.iter().position(|k| k == key).expect("a column");
    for (class, n, mean) in [("副省级", "2", "71"), ("省会", "2", "56")] {
        let found = classes.lines().find(|line| line.contains(class)).expect("a class");
        let cells: Vec<&str> = found.split(',').collect();
        assert_eq!([cells[at("n")], cells[at("mean")]], [n, mean], "{found}");
    }
    let inequality = read("distribution_inequality.csv");
    let overlap = "one region is in several classes";
    for line in inequality.lines().filter(|line| line.contains(",kind,")) {
        assert!(line.contains(overlap), "{line}");
    }
    // The halves do not overlap: 70 and 72 in the east, 40 in the west.
    let head = row(&inequality, "league");
    let at = |key: &str| head.iter().position(|k| k == key).expect("a column");
    let line = inequality.lines().find(|line| line.contains(",half,") && line.contains(",gini,"));
    let cells: Vec<f64> = line
        .expect("Dagum's Gini coefficient")
        .split(',')
        .map(|cell| cell.parse().unwrap_or(f64::NAN))
        .collect();
    // |70 − 72| + |70 − 40| + |72 − 40| = 64, over n·Σx = 3·182; within: 2 / (2·142) · 2/3 · 142/182.
    assert!((cells[at("total")] - 64.0 / 546.0).abs() < 1e-12);
    assert!((cells[at("within")] - 2.0 / 546.0).abs() < 1e-12);
    assert!((cells[at("between")] - 62.0 / 546.0).abs() < 1e-12);
    assert!(cells[at("overlap")].abs() < 1e-12);
}

#[test]
fn movement_counts_every_region() {
    let folder = project(&VALUES, "");
    let text = printed(folder.path(), &["movement", "--lang", "en", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let counts = json["blocks"][0]["rows"].as_array().expect("a table");
    let n = |direction: &str| {
        let found = counts.iter().find(|row| row["direction"] == direction).expect("a row");
        found["n"].as_u64()
    };
    let all = ["up", "same", "down", "entered", "left"].map(|d| n(d).expect("a count"));
    assert_eq!(all, [1, 1, 1, 0, 0]);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let mut other = VALUES;
    other.reverse();
    other.swap(1, 4);
    let all = |values: &[&str]| {
        let folder = project(values, "");
        printed(folder.path(), &["--lang", "en", "--format", "json"])
    };
    assert_eq!(all(&VALUES), all(&other));
}

#[test]
fn every_form_and_language() {
    let folder = project(&VALUES, "");
    for format in ["table", "csv", "json", "markdown", "html", "latex"] {
        for language in ["en", "zh"] {
            let text = printed(folder.path(), &["--lang", language, "--format", format]);
            assert!(text.contains("71"), "{format}: {text}");
        }
    }
    for words in [&["--lang", "zh"][..], &["--lang", "zh", "--list"]] {
        for line in printed(folder.path(), words).lines() {
            let is_citation = line.contains("(19") || line.contains("(20");
            assert!(is_citation || english_in(line).is_none(), "{line}");
        }
    }
}

#[test]
fn names_that_are_not_there() {
    for (more, words, wrong) in [
        ("", &["gradiant"][..], "gradient"),
        ("column = \"gpd\"\n", &[], "gdp"),
        ("[analysis.leaders]\nnodes = [\"aa\"]\n", &["leaders"], "aa"),
        ("[analysis.movement]\nfrom = \"2001\"\n", &["movement"], "2001"),
        ("[analysis.distribution]\ngroups = [\"kinds\"]\n", &["distribution"], "kind"),
        ("[analysis.density]\npoint = 3\n", &["density"], "points"),
    ] {
        let folder = project(&VALUES, more);
        let done = quanheng(folder.path(), &[words, &["--lang", "en"]].concat());
        let said = String::from_utf8(done.stderr).expect("text");
        assert!(!done.status.success() && said.contains(wrong), "{more}: {said}");
    }
    // What is wrong in [analysis] does not keep results from being shown.
    let folder = project(&VALUES, "column = \"gpd\"\n");
    let mut run = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    let done = run.args(["run", "."]).current_dir(folder.path()).output().expect("it starts");
    assert!(String::from_utf8_lossy(&done.stdout).contains("甲"));
}

/// Every analysis has a section in the document.
#[test]
fn analyses_are_documented() {
    let document = std::fs::read_to_string(root().join("docs/analysing.md")).expect("the document");
    for entry in TABLE {
        assert!(document.contains(&format!("\n## {} · ", entry.name)), "{}", entry.name);
    }
}
