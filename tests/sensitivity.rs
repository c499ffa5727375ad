//! `quanheng sensitivity`, `multiverse discover` and `multiverse lock`, end to end.

use std::path::Path;
use std::process::Command;

const FILES: [(&str, &str); 3] = [
    ("tree.csv", "code,parent,weight\nindex,,\na,index,2\nb,index,1\nc,index,1\n"),
    (
        "values.csv",
        "region,period,a,b,c\nr1,2020,9,2,3\nr2,2020,7,6,1\nr3,2020,4,9,5\nr4,2020,1,3,8\n\
         r1,2021,8,3,3\nr2,2021,7,7,2\nr3,2021,5,9,4\nr4,2021,2,3,9\n",
    ),
    (
        "quanheng.toml",
        "[data]\nvalues = { file = \"values.csv\", period = \"period\" }\n[system.s]\ntree = \"tree.csv\"\n\
         [methodology.m]\nnormalisation = \"min_max\"\n\
         [multiverse.many]\nmethodology = \"m\"\nchoices = { aggregation = [\"arithmetic\", \"minimum\"] }\n\
         [sensitivity.w]\nweights = \"level1\"\nrows = 64\n",
    ),
];

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn quanheng(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .current_dir(folder)
        .args(["--lang", "en"])
        .args(arguments)
        .output()
        .expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (text(output.stdout), text(output.stderr), output.status.code())
}

const KINDS: [&str; 5] = ["shares", "effects", "order", "steps", "weights"];

#[test]
fn every_kind_runs_and_has_the_same_figures_on_any_number_of_threads() {
    let folder = project();
    for kind in KINDS {
        let run = |threads: &str| {
            let arguments = ["sensitivity", ".", "--kind", kind, "--format", "csv", "--threads"];
            let (out, err, code) = quanheng(folder.path(), &[&arguments[..], &[threads]].concat());
            assert_eq!((err.as_str(), code), ("", Some(0)), "{kind}");
            out
        };
        let once = run("1");
        assert_eq!(once, run("2"), "{kind}");
        assert!(once.lines().count() > 3, "{kind}: {once}");
    }
}

/// What is asked for and is not there is an error of every kind, and not a report about nothing.
#[test]
fn what_is_not_there_is_said() {
    let folder = project();
    for kind in KINDS {
        for (option, wanted) in [("--period", "no period `1999`"), ("--league", "no league `1999`")]
        {
            let arguments = ["sensitivity", ".", "--kind", kind, option, "1999"];
            let (out, err, code) = quanheng(folder.path(), &arguments);
            assert_eq!((out.as_str(), code), ("", Some(2)), "{kind} {option}");
            assert!(err.contains(wanted), "{kind}: {err}");
        }
    }
    let (_, err, code) = quanheng(folder.path(), &["sensitivity", ".", "x"]);
    assert!(code == Some(2) && err.contains("`x`") && err.contains("`w`"), "{err}");
}

/// A mistake that would only be found when the data are there is found before anything is declared.
#[test]
fn what_is_wrong_is_not_declared() {
    let folder = project();
    let file = folder.path().join("quanheng.toml");
    let text = std::fs::read_to_string(&file).expect("the project");
    std::fs::remove_file(folder.path().join("values.csv")).expect("removed");
    for (right, wrong, name) in [
        ("\"min_max\"", "\"min_maxx\"", "min_maxx"),
        ("rows = 64", "rowss = 64", "rowss"),
        ("[system.s]\ntree = \"tree.csv\"", "[system.s]\ntree = \"no.csv\"", "no.csv"),
    ] {
        std::fs::write(&file, text.replace(right, wrong)).expect("written");
        let (_, err, code) = quanheng(folder.path(), &["multiverse", "lock", "."]);
        assert!(code != Some(0) && err.contains(name), "{err}");
        assert!(!folder.path().join("declaration.toml").exists());
    }
    std::fs::write(&file, text).expect("written");
    let (_, err, code) = quanheng(folder.path(), &["multiverse", "lock", "."]);
    assert_eq!((err.as_str(), code), ("", Some(0)));
}

#[test]
fn a_declaration_is_named_by_what_came_after_it() {
    let folder = project();
    let (out, err, code) = quanheng(folder.path(), &["multiverse", "lock", "."]);
    assert_eq!((err.as_str(), code), ("", Some(0)), "{out}");
    let hash = out.split_whitespace().find(|w| w.len() >= 64).expect("a hash").to_owned();
    let hash = hash.trim_matches(|c: char| !c.is_ascii_hexdigit());
    let discover = ["multiverse", "discover", ".", "many", "rank(r1) > 1"];
    let said = |arguments: &[&str]| {
        let (out, err, code) = quanheng(folder.path(), arguments);
        assert_eq!(code, Some(0), "{err}");
        out
    };
    for arguments in [&["multiverse", ".", "many"][..], &discover, &["sensitivity", ".", "w"]] {
        let out = said(arguments);
        assert!(out.contains(&hash[..8]), "{arguments:?}: {out}");
    }
    let file = folder.path().join("quanheng.toml");
    let text = std::fs::read_to_string(&file).expect("the project");
    std::fs::write(&file, text.replace("rows = 64", "rows = 128")).expect("written");
    let out = said(&["sensitivity", ".", "w"]);
    assert!(out.contains("Changed after the declaration with hash"), "{out}");
    let (_, err, code) =
        quanheng(folder.path(), &["multiverse", "discover", ".", "many", "rank(r9) > 1"]);
    assert!(code == Some(2) && err.contains("no region `r9`"), "{err}");
}
