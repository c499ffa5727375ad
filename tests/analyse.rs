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

/// A project of two indicators from 0 to 100 whose gaps are left, with further keys of the methodology and the project.
fn gaps(values: &[&str], tree: &str, more: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    // Each of the first five regions is a neighbour of the next.
    let pairs = (1..values.len().min(5)).map(|i| format!("R{i},R{}\n", i + 1));
    let neighbours = format!("region,neighbour\n{}", pairs.collect::<String>());
    let values = format!("region,a,b\n{}\n", values.join("\n"));
    let toml = format!(
        "[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
         [methodology.m]\nimputation = \"renormalise\"\nnormalisation = {{ method = \"goalposts\", \
         bad = 0, good = 100, clamp = true }}\n{more}"
    );
    for (name, text) in [
        ("quanheng.toml", toml.as_str()),
        ("tree.csv", tree),
        ("values.csv", &values),
        ("neighbours.csv", &neighbours),
    ] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn json(folder: &Path, words: &[&str]) -> serde_json::Value {
    let text = printed(folder, &[words, &["--lang", "en", "--format", "json"]].concat());
    serde_json::from_str(&text).expect("JSON")
}

/// The rows of a table of a report.
fn rows<'a>(json: &'a serde_json::Value, name: &str) -> Vec<&'a serde_json::Value> {
    let blocks = json["blocks"].as_array().expect("blocks");
    let table = blocks.iter().find(|block| block["name"] == name);
    let table = table.unwrap_or_else(|| panic!("no table {name}: {json}"));
    table["rows"].as_array().expect("rows").iter().collect()
}

const FIVE: [&str; 5] = ["R1,90,80", "R2,100,100", "R3,50,", "R4,0,40", "R5,70,70"];

#[test]
fn obstacles_and_coupling_name_what_they_cannot_show() {
    let folder = gaps(&FIVE, TREE, "");
    let found = json(folder.path(), &["obstacle", "coupling"]);
    let of = |table: &str, region: &str| {
        let all = rows(&found, table);
        all.into_iter().find(|row| row["region"] == region).expect("a row").clone()
    };
    // R1 lacks 0.1 of a and 0.2 of b, with the same weight.
    let first = of("obstacle_regions", "R1");
    assert_eq!(first["obstacle"], "b");
    assert!((first["degree"].as_f64().expect("a number") - 200.0 / 3.0).abs() < 1e-9);
    assert_eq!(of("obstacle_regions", "R2")["why"], "every indicator has its full score");
    // The gap of R3 is that of a alone.
    let third = of("obstacle_regions", "R3");
    assert_eq!((third["obstacle"].as_str(), third["degree"].as_f64()), (Some("a"), Some(100.0)));
    assert!(third["b"].is_null());
    assert_eq!(of("coupling_degrees", "R3")["why"], "one subsystem has no score");
    // A subsystem at zero: C and D are zero, and there is a grade.
    let fourth = of("coupling_degrees", "R4");
    assert_eq!((fourth["c"].as_f64(), fourth["d"].as_f64()), (Some(0.0), Some(0.0)));
    assert_eq!(fourth["grade"], "extreme_disorder");
    let second = of("coupling_degrees", "R2");
    assert_eq!(
        (second["d"].as_f64(), second["grade"].as_str()),
        (Some(1.0), Some("superior_coordination"))
    );
    // What is rescaled differs, and its own names of grades are taken.
    let more =
        "[analysis.coupling]\nrescale = [0.01, 0.99]\ncuts = [0.5]\nlabels = [\"高\", \"低\"]\n";
    let folder = gaps(&FIVE, TREE, more);
    let found = json(folder.path(), &["coupling"]);
    let fourth =
        rows(&found, "coupling_degrees").into_iter().find(|r| r["region"] == "R4").cloned();
    let fourth = fourth.expect("a row");
    assert!((fourth["a"].as_f64().expect("a number") - 0.01).abs() < 1e-12);
    assert_eq!(fourth["grade"], "低");
}

#[test]
fn settings_that_do_not_fit_each_other() {
    for (more, wrong) in [
        ("[analysis.coupling]\ncuts = [0.5, 0.2]\n", "ascending"),
        ("[analysis.coupling]\nlabels = [\"a\"]\n", "10 names"),
        ("[analysis.coupling]\nrescale = [0.5]\n", "two numbers"),
        ("[analysis.coupling]\nnodes = [\"a\", \"b\"]\nweights = [1]\n", "each node"),
        ("[analysis.awards]\nrules = [\"best\"]\n", "best_of_index"),
        ("[analysis.clusters]\nclusters = 1\n", "clusters"),
    ] {
        let folder = gaps(&FIVE, TREE, more);
        let done = quanheng(folder.path(), &["--lang", "en"]);
        let said = String::from_utf8(done.stderr).expect("text");
        assert!(!done.status.success() && said.contains(wrong), "{more}: {said}");
    }
}

#[test]
fn islands_are_named() {
    let values = ["R1,90,80", "R2,100,100", "R3,50,60", "R4,0,40", "R5,70,70", "R6,10,10"];
    let folder = gaps(&values, TREE, "[analysis]\nneighbours = \"neighbours.csv\"\n");
    let found = json(folder.path(), &["autocorrelation"]);
    let global = &rows(&found, "autocorrelation_global")[0];
    assert_eq!((global["n"].as_u64(), global["islands"].as_str()), (Some(5), Some("R6")));
    let local = rows(&found, "autocorrelation_local");
    let island = local.iter().find(|row| row["region"] == "R6").expect("a row");
    assert_eq!(island["why"], "it has no neighbour with a score");
    assert!(island["local"].is_null() && island["class"].is_null());
    // The same again, with one thread and with several.
    let again = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
        command.args(["analyse", "autocorrelation", "--format", "json"]);
        let done = command.env("RAYON_NUM_THREADS", threads).current_dir(folder.path()).output();
        String::from_utf8(done.expect("it starts").stdout).expect("text")
    };
    assert_eq!(again("1"), again("4"));
    // Without a table of neighbours the analysis says what it needs.
    let folder = gaps(&values, TREE, "");
    let text = printed(folder.path(), &["autocorrelation", "--lang", "en"]);
    assert!(text.contains("states no table of neighbours"), "{text}");
}

#[test]
fn awards_are_shared() {
    let folder = project(&VALUES, "");
    let found = json(folder.path(), &["awards"]);
    let awards = rows(&found, "awards_awards");
    let of = |award: &str| -> Vec<&serde_json::Value> {
        awards.iter().filter(|row| row["award"] == award).copied().collect()
    };
    // R2 rises from 60 to 72, and from the second rank to the first.
    let rise = of("rise_in_score")[0];
    assert_eq!((rise["region"].as_str(), rise["change"].as_f64()), (Some("R2"), Some(12.0)));
    assert_eq!(rise["n"].as_u64(), Some(3));
    assert_eq!(of("rise_in_rank")[0]["places"].as_f64(), Some(1.0));
    let classes: Vec<&str> = of("best_of_class").iter().filter_map(|r| r["of"].as_str()).collect();
    assert_eq!(classes, ["副省级", "省会", "东", "西"]);
    let tied = ["R1,2020,50,50,5", "R2,2020,50,50,4", "R3,2020,30,50,3"];
    let folder = project(&tied, "");
    let found = json(folder.path(), &["awards"]);
    let awards = rows(&found, "awards_awards");
    let best: Vec<_> = awards.iter().filter(|row| row["award"] == "best_of_index").collect();
    assert_eq!(best.len(), 2);
    assert!(best.iter().all(|row| row["place"] == 1 && row["sharing"] == 2));
    let rise = awards.iter().find(|row| row["award"] == "rise_in_score").expect("a row");
    assert_eq!(rise["why"], "there is no earlier period");
}

/// One region, columns that do not vary, gaps and weights of zero: figures or reasons, and never what is not a number.
#[test]
fn nothing_degenerate_becomes_a_figure() {
    let nothing = "code,parent,weight\nindex,,\na,index,0\nb,index,1\n";
    let neighbours = "[analysis]\nneighbours = \"neighbours.csv\"\n";
    for (values, tree) in [
        (&["R1,90,80"][..], TREE),
        (&["R1,90,80", "R2,90,80", "R3,90,80", "R4,90,80", "R5,90,80"], TREE),
        (&["R1,90,80", "R2,90,70", "R3,90,60", "R4,90,50", "R5,90,40"], nothing),
        (&FIVE, TREE),
        (&["R1,100,100", "R2,100,100"], TREE),
        (&["R1,0,0", "R2,0,0", "R3,0,0", "R4,0,0"], TREE),
    ] {
        let folder = gaps(values, tree, neighbours);
        for format in ["table", "csv", "json", "markdown"] {
            for language in ["en", "zh"] {
                let text = printed(folder.path(), &["--lang", language, "--format", format]);
                let wrong = ["NaN", "inf,", "Infinity", "-0.0000 "];
                let found = wrong.iter().find(|wrong| text.contains(**wrong));
                assert_eq!(found, None, "{values:?} {format}: {text}");
            }
        }
        let found = json(folder.path(), &["clusters", "autocorrelation"]);
        assert!(found.to_string().contains("why") || values.len() == 5, "{values:?}: {found}");
    }
}

/// A number of the table of regions is a covariate.
#[test]
fn covariates_of_the_table_of_regions() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        (
            "quanheng.toml",
            "[data]\nregions = { file = \"regions.csv\", numbers = [\"gdp\"] }\nvalues = \"values.csv\"\n\
             decimal = \",\"\nstates = { missing = [\"\", \"…\"] }\n[system.s]\ntree = \"tree.csv\"\n\
             [methodology.m]\nnormalisation = \"none\"\n[analysis.covariate.gdp]\nattribute = \"gdp\"\n",
        ),
        ("tree.csv", TREE),
        ("regions.csv", "code;gdp\nR1;1,5\nR2;4\nR3;…\nR4;2,25\n"),
        ("values.csv", "region;a;b\nR1;10;1\nR2;20;2\nR3;30;3\nR4;15;1\n"),
    ] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let found = json(folder.path(), &["correlation"]);
    let row = rows(&found, "correlation_correlations");
    let of_a = row.iter().find(|row| row["node"] == "a").expect("a row");
    assert_eq!(of_a["n"].as_u64(), Some(3));
    // The correlation of 10, 20, 15 and 1.5, 4, 2.25 by hand: 12.5 / √(50·(1.5² + 4² + 2.25² − 3·(7.75/3)²)).
    let squares = 2.25 + 16.0 + 5.0625 - 7.75 * 7.75 / 3.0;
    let r = 12.5 / (50.0_f64 * squares).sqrt();
    assert!((of_a["pearson"].as_f64().expect("a number") - r).abs() < 1e-12);
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

/// With weights of 1/4 and 3/4 R1 has (80 + 3·70) / 4 and R2 (60 + 3·72) / 4; R2 is the best of 2021.
#[test]
fn periods_are_put_together() {
    let stated = "[analysis.over_periods]\nweights = \"given\"\ngiven = { 2021 = 3, 2020 = 1 }\n";
    let folder = project(&VALUES, stated);
    let out = folder.path().join("out");
    printed(folder.path(), &["over_periods", "--lang", "en", "--out", "out"]);
    let text = std::fs::read_to_string(out.join("over_periods_regions.csv")).expect("written");
    let text = text.trim_start_matches('\u{feff}');
    let head = row(text, "league");
    let at = |key: &str| head.iter().position(|k| k == key).expect("a column");
    let keys = ["region", "score", "rank", "rank_last_period", "places_over_last", "periods"];
    let rows = [
        ["R1", "72.5", "1", "2", "1", "2"],
        ["R2", "69", "2", "1", "-1", "2"],
        ["R3", "40", "3", "3", "0", "2"],
    ];
    for (line, expected) in text.lines().skip(1).zip(rows) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(keys.map(|key| cells[at(key)]), expected, "{text}");
    }
}

#[test]
fn names_that_are_not_there() {
    for (more, words, wrong) in [
        ("", &["gradiant"][..], "gradient"),
        ("column = \"gpd\"\n", &[], "gdp"),
        ("[analysis.leaders]\nnodes = [\"aa\"]\n", &["leaders"], "aa"),
        ("[analysis.movement]\nfrom = \"2001\"\n", &["movement"], "2001"),
        ("[analysis.over_periods]\nperiods = [\"2001\"]\n", &["over_periods"], "2001"),
        ("[analysis.over_periods]\ntime_degree = 0.1\n", &["over_periods"], "time_degree"),
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
