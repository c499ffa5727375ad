//! A lock finds whatever changed, and says where.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use quanheng::lock::{Lock, path_of};
use quanheng::project;

const TREE: &str = "code,parent,weight,direction\nindex,,,\na,index,0.5,1\nx,a,0.25,1\ny,a,0.75,-1\nz,index,0.5,1\n";
const VALUES: &str = "region,x,y,z\n01,1,4,7\n02,2,2,20\n03,3,3,10\n04,4,1,40\n05,2.5,6,33\n";
const PROJECT: &str = "# An index.\n[project]\ntitle = \"Small\"\n[lock]\nalso = [\"notes.txt\"]\n\
    [data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
    [methodology.m]\nnormalisation = { method = \"min_max\", upper = 100 }\n\
    tiering = { method = \"cut_points\", cuts = [70, 40] }\n\
    [methodology.w]\nextends = \"m\"\nweighting = { script = \"w.rhai\", power = 2 }\n";
const SCRIPT: &str = "//! Weights by spread.\nimport \"lib/spread\" as spread;\n\n/// To which power.\nconst POWER = setting(\"power\", 1.0);\n\n\
    fn weights(siblings) {\n    siblings.scores.map_columns(|x| spread::of(x)) ** POWER\n}\n\n\
    fn example() { #{ scores: [[0.0, 1.0], [0.0, 1.0]], weights: [0.5, 0.5] } }\n";
const MODULE: &str = "// The spread of a column.\nfn of(x) {\n    x.max() - x.min() + 0.5\n}\n";

fn small() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("lib")).expect("made");
    for (name, text) in [
        ("quanheng.toml", PROJECT),
        ("tree.csv", TREE),
        ("values.csv", VALUES),
        ("w.rhai", SCRIPT),
        ("lib/spread.rhai", MODULE),
        ("notes.txt", "first\nsecond\n"),
    ] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let program = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .args(arguments)
        .args(["--lang", "en"])
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output();
    program.expect("the program starts")
}

fn locked() -> tempfile::TempDir {
    let folder = small();
    let done = run(folder.path(), &["lock"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    folder
}

/// What `verify` says after an edit of one file.
fn after(name: &str, edit: impl Fn(&str) -> String) -> (i32, String) {
    let folder = locked();
    let path = folder.path().join(name);
    let before = std::fs::read_to_string(&path).expect("a file");
    let text = edit(&before);
    assert_ne!(before, text, "the edit of {name} changes something");
    std::fs::write(path, text).expect("written");
    let done = run(folder.path(), &["verify"]);
    let said = [done.stdout, done.stderr].map(|b| String::from_utf8_lossy(&b).into_owned());
    (done.status.code().expect("a code"), said.concat())
}

#[test]
fn says_what_changed() {
    let replaced =
        |from: &'static str, to: &'static str| move |text: &str| text.replacen(from, to, 1);
    let mut all = String::new();
    let mut case = |words: &str, (code, said): (i32, String)| {
        let _ = writeln!(all, "==== {words}: exit {code}\n{said}");
    };
    case("a cell", after("values.csv", replaced("02,2,2,20", "02,2,2,21")));
    case("two cells of a row", after("values.csv", replaced("02,2,2,20", "02,3,3,20")));
    case(
        "cells of rows and columns",
        after("values.csv", |text| text.replace("02,2,2", "02,3,2").replace("03,3,3", "03,3,4")),
    );
    case("a row less", after("values.csv", replaced("03,3,3,10\n", "")));
    case("a row more", after("values.csv", replaced("04,", "09,1,1,1\n04,")));
    case(
        "rows in another order",
        after("values.csv", |text| text.replace("01,1,4,7\n02,2,2,20\n", "02,2,2,20\n01,1,4,7\n")),
    );
    case("a column's name", after("values.csv", replaced("z\n", "zz\n")));
    case("line ends", after("values.csv", |text| text.replace('\n', "\r\n")));
    case("a weight in the tree", after("tree.csv", replaced("0.25", "0.35")));
    case("a line of a script", after("w.rhai", replaced("POWER\n", "POWER * 1.0\n")));
    case("a line of a module", after("lib/spread.rhai", replaced("0.5", "0.75")));
    case("a comment of a module", after("lib/spread.rhai", replaced("// The", "// A")));
    case("lines more", after("lib/spread.rhai", replaced("fn of", "\n\nfn of")));
    case("a setting", after("quanheng.toml", replaced("upper = 100", "upper = 10")));
    case("a place in a list", after("quanheng.toml", replaced("[70, 40]", "[70, 30]")));
    case("a setting of a script", after("quanheng.toml", replaced("power = 2", "power = 3")));
    case(
        "a key more",
        after(
            "quanheng.toml",
            replaced("[methodology.w]", "rounding = { index = 2 }\n[methodology.w]"),
        ),
    );
    case(
        "a methodology less",
        after("quanheng.toml", |text| {
            text[..text.find("[methodology.w]").expect("there")].to_owned()
        }),
    );
    case(
        "comments, order, spaces",
        after("quanheng.toml", |text| {
            text.replace("# An index.\n", "").replace(
                "{ method = \"min_max\", upper = 100 }",
                "{ upper = 100.0, method = 'min_max' } # all",
            )
        }),
    );
    case("a pinned file", after("notes.txt", replaced("second", "2nd")));
    case(
        "the lock itself",
        after("quanheng.lock", |text| {
            let at = text.find("results]\nsystem = \"").expect("there") + 19;
            let other = if text[at..].starts_with('0') { "1" } else { "0" };
            format!("{}{other}{}", &text[..at], &text[at + 1..])
        }),
    );
    case("the lock's comment", after("quanheng.lock", replaced("# What", "# what")));
    case("a lock cut off", after("quanheng.lock", |text| text[..text.len() / 2].to_owned()));
    case("another version", after("quanheng.lock", replaced("rhai = \"", "rhai = \"0.")));
    insta::assert_snapshot!("differences", all);
}

#[test]
fn what_is_gone() {
    for (name, code) in
        [("lib/spread.rhai", 1), ("values.csv", 1), ("notes.txt", 1), ("quanheng.lock", 66)]
    {
        let folder = locked();
        std::fs::remove_file(folder.path().join(name)).expect("removed");
        let done = run(folder.path(), &["verify"]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(code), "{name}: {said}");
        assert!(said.contains(name), "{name}: {said}");
    }
}

#[test]
fn strict_counts_every_byte() {
    let folder = locked();
    let path = folder.path().join("quanheng.toml");
    let text = std::fs::read_to_string(&path).expect("the project");
    std::fs::write(&path, text + "# a remark\n").expect("written");
    assert_eq!(run(folder.path(), &["verify"]).status.code(), Some(0));
    assert_eq!(run(folder.path(), &["run", "--locked"]).status.code(), Some(0));
    assert_eq!(run(folder.path(), &["verify", "--strict"]).status.code(), Some(1));
}

#[test]
fn a_locked_run_prints_and_writes_nothing_else() {
    let folder = locked();
    let done = run(folder.path(), &["run", "--locked", "--out", "out"]);
    assert!(done.status.success() && !done.stdout.is_empty());
    assert!(folder.path().join("out/m/result.json").exists());
    let path = folder.path().join("values.csv");
    std::fs::write(&path, VALUES.replace("7\n", "8\n")).expect("written");
    let done = run(folder.path(), &["run", "--locked", "--out", "other"]);
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&done.stdout), "");
    assert!(!folder.path().join("other").exists());
    // What is meant to be so is locked anew, and which results are other is said.
    let done = run(folder.path(), &["lock"]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(said.matches("(changed)").count(), 2, "{said}");
    assert!(run(folder.path(), &["run", "--locked"]).status.success());
}

/// A methodology without a result: no lock is written, and one that is there stays as it is.
#[test]
fn all_or_nothing() {
    let folder = locked();
    let before = std::fs::read(folder.path().join("quanheng.lock")).expect("the lock");
    let path = folder.path().join("quanheng.toml");
    let broken = PROJECT.replace("weighting = {", "aggregation = \"geometric\"\nweighting = {");
    std::fs::write(&path, broken).expect("written");
    let done = run(folder.path(), &["lock"]);
    assert_eq!(done.status.code(), Some(65));
    assert_eq!(std::fs::read(folder.path().join("quanheng.lock")).expect("the lock"), before);
}

fn copied(example: &str) -> tempfile::TempDir {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
    let folder = tempfile::tempdir().expect("a folder");
    let mut waiting = vec![PathBuf::new()];
    while let Some(below) = waiting.pop() {
        for entry in std::fs::read_dir(from.join(&below)).expect("a folder") {
            let name = below.join(entry.expect("an entry").file_name());
            if from.join(&name).is_dir() {
                std::fs::create_dir(folder.path().join(&name)).expect("made");
                waiting.push(name);
            } else {
                std::fs::copy(from.join(&name), folder.path().join(name)).expect("copied");
            }
        }
    }
    folder
}

/// Whether anything of a project with this lock is found to be other: as `verify` looks, but for the results.
fn tampered(folder: &Path) -> bool {
    let file = folder.join("quanheng.toml");
    let Ok((lock, sealed)) = Lock::read(&path_of(&file)) else { return true };
    let files = lock.changed_files(&file).expect("files that can be read");
    if !sealed || !files.differences.is_empty() {
        return true;
    }
    match project::open(folder) {
        Err(_) => true,
        Ok(resolved) => {
            let settings = lock.changed_settings(&resolved, false);
            // A comment, a space: said, and refused where every byte is to count.
            !settings.is_empty() || files.rewritten
        }
    }
}

/// A byte that is tampered with is found, in every file of an example.
#[test]
fn every_file_of_an_example() {
    let folder = copied("china-shdi");
    assert!(!tampered(folder.path()), "as it lies there");
    let mut files = 0;
    for entry in std::fs::read_dir(folder.path()).expect("the copy") {
        let path = entry.expect("an entry").path();
        if !path.is_file() {
            continue;
        }
        files += 1;
        let bytes = std::fs::read(&path).expect("a file");
        let step = (bytes.len() / 40).max(1);
        for at in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
            let mut other = bytes.clone();
            other[at] ^= 1;
            std::fs::write(&path, &other).expect("written");
            assert!(tampered(folder.path()), "byte {at} of {}", path.display());
        }
        std::fs::write(&path, &bytes[..bytes.len() - 1]).expect("written");
        assert!(tampered(folder.path()), "the end of {}", path.display());
        std::fs::write(&path, &bytes).expect("written");
    }
    assert!(files >= 8, "{files} files");
    assert!(!tampered(folder.path()), "as it was");
}

#[test]
fn every_example_is_as_it_was_locked() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut count = 0;
    for entry in std::fs::read_dir(examples).expect("the examples") {
        let path = entry.expect("an entry").path();
        if path.join("quanheng.toml").exists() {
            let done = run(&path, &["verify", "--strict", "--allow-folder", ".."]);
            let said = String::from_utf8_lossy(&done.stderr);
            assert!(done.status.success(), "{}: {said}", path.display());
            count += 1;
        }
    }
    assert!(count >= 10);
}
