//! What was not published is named by every form of output of every command that shows results.

use std::io::Read;
use std::path::Path;
use std::process::Command;

use quanheng::report::render::Format;

const PROJECT: &str = r#"
[project]
methodology = "m"
[data]
values = "values.csv"
illustrative = { en = "drawn by lot", zh = "抽签而来" }
[system.s]
tree = "tree.csv"
placeholder = { en = "the weights of x", zh = "x 的权重" }
[methodology.m]
normalisation = "min_max"
tiering = { method = "cut_points", cuts = [0.5], labels = ["upper", "lower"] }
[methodology.n]
extends = "m"
placeholder = true
[methodology.o]
extends = "n"
aggregation = "minimum"
[methodology.p]
extends = "n"
placeholder = false
[multiverse.v]
choices = { aggregation = ["arithmetic", "minimum"] }
"#;

fn project(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let values = "region,x,y\na,1,2\nb,2,9\nc,4,3\nd,7,5\n";
    let tree = "code,parent,weight\nindex,,\nx,index,1\ny,index,1\n";
    for (name, content) in [("quanheng.toml", text), ("values.csv", values), ("tree.csv", tree)] {
        std::fs::write(folder.path().join(name), content).expect("written");
    }
    folder
}

/// What the program prints.
fn printed(folder: &Path, words: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    let done = command.args(words).current_dir(folder).output().expect("the program starts");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(matches!(done.status.code(), Some(0 | 1)), "{words:?}: {said}");
    String::from_utf8(done.stdout).expect("text")
}

const COMMANDS: &[&[&str]] = &[
    &["run"],
    &["show", "a"],
    &["compare", "m", "o"],
    &["diff", "m", "o"],
    &["explain", "a", "m", "o"],
    &["explain", "--all", "m", "o"],
    &["profile", "a"],
    &["reach", "a", "2"],
    &["describe"],
    &["analyse"],
    &["audit"],
    &["multiverse"],
];

#[test]
fn every_format_of_every_command_names_them() {
    let folder = project(PROJECT);
    let [en, zh] = ["drawn by lot", "抽签而来"];
    let mut missing = Vec::new();
    for words in COMMANDS {
        for format in Format::printed() {
            for (language, what) in [("en", en), ("zh", zh)] {
                let all = [*words, &["--format", format.name, "--lang", language]].concat();
                let text = printed(folder.path(), &all);
                // A table breaks long lines.
                let text: String = text.split_whitespace().collect();
                let what: String = what.split_whitespace().collect();
                if text.matches(&what).count() != 1 {
                    missing.push(format!("{all:?}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_line_for_each_kind() {
    let folder = project(PROJECT);
    let text = printed(folder.path(), &["run", "-m", "all", "--lang", "en", "--wide"]);
    let last: Vec<&str> = text.lines().rev().take(3).collect();
    assert_eq!(
        last,
        [
            "Placeholders, not published, in the methodologies n, o: some settings",
            "Placeholders, not published, in the system s: the weights of x",
            "Illustrative data, which nobody measured: drawn by lot",
        ]
    );
    // A result that needs neither n nor o does not name their placeholders.
    let text = printed(folder.path(), &["run", "--lang", "en"]);
    assert!(text.contains("the weights of x") && !text.contains("some settings"), "{text}");
    let text = printed(folder.path(), &["compare", "m", "o", "--lang", "en"]);
    assert!(text.contains("in the methodology o: some settings"), "{text}");
    let check = printed(folder.path(), &["check", "--lang", "zh"]);
    for line in ["示意数据，并非实测：抽签而来", "1 个指标体系（s）含占位值，并非公布值：x 的权重"]
    {
        assert!(check.contains(line), "{check}");
    }
    let csv = printed(folder.path(), &["run", "-m", "all", "--format", "csv", "--lang", "en"]);
    let marks = csv.split("\n\n").last().expect("a table");
    assert_eq!(
        marks,
        "mark,of,code,what\nillustrative,data,,drawn by lot\nplaceholder,system,s,the weights of x\n\
         placeholder,methodology,n,some settings\nplaceholder,methodology,o,some settings\n"
    );
}

#[test]
fn files_and_charts_name_them() {
    let folder = project(PROJECT);
    let at = |name: &str| folder.path().join(name);
    for words in [
        &["run", "--out", "run"][..],
        &["compare", "m", "o", "--out", "compare"],
        &["profile", "a", "--out", "profile"],
        &["reach", "a", "2", "--out", "reach"],
        &["describe", "--out", "describe"],
        &["analyse", "--out", "analyse"],
        &["multiverse", "--out", "multiverse"],
        &["export", "--as", "coinr", "--into", "export"],
    ] {
        printed(folder.path(), &[words, &["--lang", "en"]].concat());
        let below = words.last().expect("a folder");
        let below = if *below == "run" { "run/m" } else { below };
        let marks = std::fs::read_to_string(at(below).join("marks.csv"));
        let marks = marks.unwrap_or_else(|e| panic!("{words:?}: {e}"));
        assert!(marks.contains("illustrative,data,,drawn by lot"), "{words:?}");
    }
    let json = std::fs::read_to_string(at("run/m/result.json")).expect("written");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["marks"][0]["rows"][0]["what"], "drawn by lot");
    // Every chart of the workbook has the words in its title.
    let book = std::fs::File::open(at("run/m/result.xlsx")).expect("written");
    let mut book = zip::ZipArchive::new(book).expect("a workbook");
    for n in 1..=3 {
        let name = format!("xl/charts/chart{n}.xml");
        let mut text = String::new();
        book.by_name(&name).expect("a chart").read_to_string(&mut text).expect("text");
        assert!(text.contains("illustrative data, placeholders"), "{name}: {text}");
    }
}

#[test]
fn a_project_without_them_has_no_such_lines() {
    let without: String = PROJECT
        .lines()
        .filter(|line| !line.starts_with("placeholder") && !line.starts_with("illustrative"))
        .map(|line| format!("{line}\n"))
        .collect();
    let folder = project(&without);
    let text = printed(folder.path(), &["run", "--lang", "en", "--format", "csv"]);
    assert!(!text.contains("mark,of,code,what"), "{text}");
    printed(folder.path(), &["run", "--out", "out"]);
    assert!(!folder.path().join("out/m/marks.csv").exists());
}
