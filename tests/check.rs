//! `quanheng check` finds what `run` refuses, and one methodology with something wrong in it stops no other.

use std::path::Path;
use std::process::{Command, Output};

/// The name of a file and its text.
type File = (&'static str, &'static str);

/// Writes a project.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let usual = [
        ("tree.csv", "code,parent,weight\nindex,,\na,index,1\nb,index,1\n"),
        ("values.csv", "region,a,b\nr1,1,10\nr2,2,40\nr3,3,20\n"),
    ];
    for (name, text) in usual.iter().chain(files) {
        let text = match *name {
            "quanheng.toml" => {
                format!("[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n{text}")
            }
            _ => (*text).to_owned(),
        };
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn quanheng(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    let done = command.args(words).args(["--lang", "en"]).current_dir(folder).output();
    done.expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

const SOUND: &str = "[methodology.good]\nsystem = \"s\"\nnormalisation = \"min_max\"\n";

#[test]
fn check_finds_what_run_refuses() {
    let matrix = "weighting = { method = \"ahp\", pairwise = { index = [[1, 8, 0.125], [0.125, 1, 8], [8, 0.125, 1]] } }";
    let cases: [(&str, &str, &[File]); 5] = [
        (
            "missing cells under `fail`",
            "normalisation = \"min_max\"",
            &[("values.csv", "region,a,b\nr1,,10\nr2,2,40\nr3,3,20\n")],
        ),
        ("absent goalposts", "normalisation = \"goalposts\"", &[]),
        (
            "a constant column",
            "normalisation = \"min_max\"",
            &[("values.csv", "region,a,b\nr1,1,10\nr2,1,40\nr3,1,20\n")],
        ),
        (
            "a matrix that is not consistent",
            matrix,
            &[
                ("tree.csv", "code,parent\nindex,\na,index\nb,index\nc,index\n"),
                ("values.csv", "region,a,b,c\nr1,1,10,1\nr2,2,40,3\nr3,3,20,2\n"),
            ],
        ),
        (
            "winsorising that does not succeed",
            "normalisation = \"min_max\"\ntreatment = { method = \"winsorise\", max = 1 }",
            &[(
                "values.csv",
                "region,a,b\nr01,2,1\nr02,3,2\nr03,1,3\nr04,2,4\nr05,3,5\nr06,1,6\nr07,2,7\nr08,3,8\nr09,1,9\nr10,2,10\nr11,3,11\nr12,1,12\nr13,2,13\nr14,3,14\nr15,1,15\nr16,2,16\nr17,3,17\nr18,1,18\nr19,900,19\nr20,1000,20\n",
            )],
        ),
    ];
    for (what, keys, files) in cases {
        let keys = match keys.contains("normalisation") {
            true => keys.to_owned(),
            false => format!("normalisation = \"min_max\"\n{keys}"),
        };
        let toml = format!("[methodology.m]\n{keys}\n");
        let folder = project(&[&[("quanheng.toml", toml.as_str())], files].concat());
        let (run, check) = (quanheng(folder.path(), &["run"]), quanheng(folder.path(), &["check"]));
        assert_eq!(run.status.code(), Some(65), "{what}: run\n{}", printed(&run));
        assert_eq!(check.status.code(), Some(65), "{what}: check\n{}", printed(&check));
        assert_eq!(said(&run), said(&check), "{what}");
    }
}

#[test]
fn quick_does_not_evaluate() {
    let folder = project(&[
        ("quanheng.toml", "[methodology.m]\nnormalisation = \"min_max\"\n"),
        ("values.csv", "region,a,b\nr1,1,10\nr2,1,40\nr3,1,20\n"),
    ]);
    assert_eq!(quanheng(folder.path(), &["check", "--quick"]).status.code(), Some(0));
    assert_eq!(quanheng(folder.path(), &["check"]).status.code(), Some(65));
}

/// What is wrong with one methodology: in the project file, in its tree, in a script, in what it extends.
fn broken() -> Vec<(&'static str, &'static str, Vec<File>)> {
    vec![
        ("a method", "[methodology.bad]\nnormalisation = \"min_mx\"\n", vec![]),
        (
            "a key",
            "[methodology.bad]\nnormalisation = \"min_max\"\nagregation = \"median\"\n",
            vec![],
        ),
        ("a missing key", "[methodology.bad]\naggregation = \"median\"\n", vec![]),
        (
            "a contract",
            "[methodology.bad]\nnormalisation = \"z_score\"\naggregation = \"geometric\"\n",
            vec![],
        ),
        (
            "a tree",
            "[system.t]\ntree = \"other.csv\"\n[methodology.bad]\nsystem = \"t\"\nnormalisation = \"min_max\"\n",
            vec![("other.csv", "code,parent\nindex,\na,indx\n")],
        ),
        (
            "a tree that is not there",
            "[system.t]\ntree = \"gone.csv\"\n[methodology.bad]\nsystem = \"t\"\nnormalisation = \"min_max\"\n",
            vec![],
        ),
        (
            "a script",
            "[methodology.bad]\nnormalisation = \"min_max\"\nweighting = { script = \"mine.rhai\" }\n",
            vec![("mine.rhai", "//! Weights.\nfn weights(siblings) { siblings.scores.snums() }\n")],
        ),
        (
            "a script that is not there",
            "[methodology.bad]\nnormalisation = \"min_max\"\nweighting = { script = \"mine.rhai\" }\n",
            vec![],
        ),
        (
            "what it extends",
            "[methodology.worse]\nnormalisation = \"min_mx\"\n[methodology.bad]\nextends = \"worse\"\n",
            vec![],
        ),
    ]
}

#[test]
fn one_broken_methodology_stops_no_other() {
    for (what, more, files) in broken() {
        let toml = format!("{SOUND}{more}");
        let mut all = vec![("quanheng.toml", toml.as_str())];
        all.extend(files);
        let folder = project(&all);
        let run = |words: &[&str]| quanheng(folder.path(), words);
        // 66 for a file that is not there.
        let refused = |output: &Output| matches!(output.status.code(), Some(65 | 66));
        let good = run(&["run", "-m", "good"]);
        assert_eq!(good.status.code(), Some(0), "{what}\n{}", said(&good));
        assert_eq!(said(&good), "", "{what}: a methodology that is named needs no word of others");
        let usual = run(&["run"]);
        assert_eq!(usual.status.code(), Some(0), "{what}\n{}", said(&usual));
        assert_eq!(printed(&usual), printed(&good), "{what}");
        let line = said(&usual);
        assert!(line.contains("`bad`") && line.lines().count() == 1, "{what}\n{line}");
        assert_eq!(run(&["show", "r1"]).status.code(), Some(0), "{what}");
        let named = run(&["run", "-m", "bad"]);
        assert!(refused(&named), "{what}\n{}", said(&named));
        assert!(refused(&run(&["compare", "good", "bad"])), "{what}");
        let every = run(&["run", "-m", "all"]);
        assert!(refused(&every), "{what}");
        assert_eq!(printed(&every), printed(&good), "{what}");
        let check = run(&["check"]);
        assert!(refused(&check), "{what}");
        assert_eq!(said(&check), said(&every), "{what}");
        assert!(printed(&check).contains("methodology good: "), "{what}\n{}", printed(&check));
        assert!(!printed(&check).contains("nothing wrong"), "{what}");
    }
}

#[test]
fn a_broken_part_concerns_only_those_that_have_it() {
    // `fine` replaces the part of `bad` that is wrong.
    let folder = project(&[(
        "quanheng.toml",
        "[methodology.bad]\nnormalisation = \"min_mx\"\n[methodology.fine]\nextends = \"bad\"\nnormalisation = \"rank\"\n\
         [multiverse.many]\nmethodology = \"fine\"\n[multiverse.many.choices]\nnormalisation = [\"rank\", \"z_scor\"]\n",
    )]);
    let run = |words: &[&str]| quanheng(folder.path(), words);
    assert_eq!(run(&["run", "-m", "fine"]).status.code(), Some(0));
    let usual = run(&["run"]);
    assert_eq!(usual.status.code(), Some(65), "the default methodology is the one that is wrong");
    assert_eq!(said(&usual).matches("error: ").count(), 1, "{}", said(&usual));
    let check = said(&run(&["check"]));
    assert!(check.contains("min_mx") && check.contains("z_scor"), "{check}");
}

#[test]
fn a_script_whose_example_does_not_hold() {
    let script = "//! Weights.\nfn weights(siblings) { siblings.scores.sums() }\n\
        fn example() { #{ columns: [[1, 2], [3, 4]], expected: [0.5, 0.5], source: \"none\" } }\n";
    let folder = project(&[
        (
            "quanheng.toml",
            "[methodology.m]\nnormalisation = \"min_max\"\nweighting = { script = \"mine.rhai\" }\n",
        ),
        ("mine.rhai", script),
    ]);
    let check = quanheng(folder.path(), &["check"]);
    assert_eq!(check.status.code(), Some(1), "{}", said(&check));
    assert!(said(&check).contains("expected"), "{}", said(&check));
}

#[test]
fn a_claim_that_does_not_hold_is_no_example_that_does_not() {
    let script = "//! x\n//!\n//! claims: monotone\n\nfn normalise(x) { -x }\n\
        fn example() { #{ column: [1, 2], expected: [-1, -2], source: \"by hand\" } }\n";
    let folder = project(&[("mine.rhai", script)]);
    let test = quanheng(folder.path(), &["script", "test"]);
    assert_eq!(test.status.code(), Some(1));
    let line = printed(&test);
    assert!(line.contains("1 of 1 examples hold, but not all of its claims: monotone"), "{line}");
}

/// A text of a megabyte in one cell, in one line, in a name: what is printed of it has an end.
#[test]
fn what_is_printed_has_an_end() {
    let long = "x".repeat(1 << 20);
    let values = format!("region,a,b\nr1,1,10\nr2,{long},40\nr3,3,20\n");
    let toml = format!("[methodology.m]\nnormalisation = \"{long}\"\n");
    let line = format!("region,a,{long},b\nr1,1,2,x\nr2,2,3,40\nr3,3,4,20\n");
    let fine = "[methodology.m]\nnormalisation = \"min_max\"\n";
    for files in [
        vec![("quanheng.toml", fine), ("values.csv", values.as_str())],
        vec![("quanheng.toml", toml.as_str())],
        vec![("quanheng.toml", fine), ("values.csv", line.as_str())],
    ] {
        let folder = project(&files);
        for language in ["en", "zh"] {
            let done = Command::new(env!("CARGO_BIN_EXE_quanheng"))
                .args(["check", "--lang", language])
                .current_dir(folder.path())
                .output()
                .expect("the program starts");
            assert_eq!(done.status.code(), Some(65));
            let said = String::from_utf8(done.stderr).expect("text");
            assert!(said.len() < 4000, "{} bytes: {}", said.len(), &said[..said.len().min(3000)]);
            assert!(said.contains("--> "), "{said}");
        }
    }
}

#[test]
fn two_regions_of_one_name() {
    let toml = "[methodology.good]\nnormalisation = \"min_max\"\n[methodology.other]\nextends = \"good\"\nnormalisation = \"rank\"\n";
    let folder = project(&[
        ("regions.csv", "code,name,province\nr1,朝阳,北京\nr2,朝阳,辽宁\nr3,西城,北京\n"),
        ("quanheng.toml", toml),
    ]);
    let file = folder.path().join("quanheng.toml");
    let text = std::fs::read_to_string(&file).expect("the project file");
    let text = text.replacen("[data]", "[data]\nregions = \"regions.csv\"", 1);
    std::fs::write(&file, text).expect("written");
    let run = |words: &[&str]| quanheng(folder.path(), words);
    for words in [&["show", "朝阳"][..], &["explain", "朝阳", "good", "other"]] {
        let done = run(words);
        assert_eq!(done.status.code(), Some(2), "{words:?} {}", said(&done));
        for part in ["`r1` (北京)", "`r2` (辽宁)"] {
            assert!(said(&done).contains(part), "{words:?} {}", said(&done));
        }
    }
    assert_eq!(run(&["show", "西城"]).status.code(), Some(0));
    assert_eq!(run(&["show", "r2"]).status.code(), Some(0));
}

#[test]
fn a_best_value_leaves_the_raw_value_to_be_seen() {
    let folder = project(&[
        (
            "quanheng.toml",
            "[methodology.m]\nnormalisation = \"none\"\nweighting = \"equal\"\naggregation = \"arithmetic\"\n",
        ),
        (
            "tree.csv",
            "code,parent,direction,best_from,best_to,target\nindex,,,,,\na,index,target,,,6\n\
             b,index,interval,20,30,\n",
        ),
        // The values that are furthest from the best have 0.
        ("values.csv", "region,a,b\nr1,8,25\nr2,6,10\nr3,2,15\n"),
    ]);
    let output = quanheng(folder.path(), &["show", "r1"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let shown = printed(&output);
    let cells = |code: &str| -> Vec<String> {
        let mut lines = shown.lines().skip_while(|line| !line.contains("Raw"));
        let line = lines.find(|line| line.split_whitespace().next() == Some(code));
        line.expect("a line of the leaf").split_whitespace().map(str::to_owned).collect()
    };
    // Raw value, closeness, normalised value.
    assert_eq!(cells("a")[1..4], ["8", "0.5", "0.5000"], "{shown}");
    assert_eq!(cells("b")[1..4], ["25", "1", "1.0000"], "{shown}");
}
