//! Listed projects: every command takes the name of one in place of a path, and a new project can be made like it.

use std::path::Path;
use std::process::{Command, Output};

/// The program in a folder of a user whose settings lie below `home`.
fn quanheng(home: &Path, folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    let command = command.args(words).current_dir(folder);
    let command = command.env("XDG_CONFIG_HOME", home).env_remove("QUANHENG_FOLDERS");
    command.env_remove("LANG").env_remove("LC_ALL").output().expect("the program starts")
}

fn out(done: &Output) -> String {
    String::from_utf8(done.stdout.clone()).expect("text")
}

fn err(done: &Output) -> String {
    String::from_utf8(done.stderr.clone()).expect("text")
}

/// A home, a folder with the projects `one/alpha`, `one/beta` and `two/beta`, and an empty folder to work in.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    let at = |name: &str| place.path().join(name);
    for name in ["home", "work"] {
        std::fs::create_dir(at(name)).expect("made");
    }
    for name in ["one/alpha", "one/deep/er/beta", "two/beta"] {
        let done = quanheng(&at("home"), place.path(), &["new", name, "--lang", "en"]);
        assert!(done.status.success(), "{}", err(&done));
    }
    place
}

#[test]
fn every_command_takes_the_name_of_a_listed_project() {
    let place = place();
    let (home, work) = (place.path().join("home"), place.path().join("work"));
    let one = place.path().join("one");
    let one = one.to_str().expect("text");
    // Commands that write come last: the project has a lock and snapshots then.
    for words in [
        &["run", "alpha"][..],
        &["check", "alpha"],
        &["show", "alpha", "0104"],
        &["compare", "alpha", "official", "entropy"],
        &["compare", "alpha:official", "alpha:entropy"],
        &["explain", "alpha", "0104", "official", "entropy"],
        &["describe", "alpha"],
        &["analyse", "alpha", "gradient"],
        &["profile", "alpha", "0104"],
        &["reach", "alpha", "0104", "3"],
        &["lock", "alpha"],
        &["verify", "alpha"],
        &["test", "alpha", "--accept"],
        &["script", "new", "weighting", "mine", "--project", "alpha"],
        &["new", "like-alpha", "--like", "alpha"],
    ] {
        let words = [words, &["--in", one, "--lang", "en"]].concat();
        let done = quanheng(&home, &work, &words);
        assert!(done.status.success(), "{words:?}: {}{}", out(&done), err(&done));
    }
    let diff = ["diff", "alpha", "official", "entropy", "--in", one, "--lang", "en"];
    assert_eq!(quanheng(&home, &work, &diff).status.code(), Some(1));
    for file in ["quanheng.lock", "snapshots/official.snap", "weighting/mine.rhai"] {
        assert!(place.path().join("one/alpha").join(file).is_file(), "{file}");
    }
    // Nothing was written where the commands ran, but for the new project.
    let there = std::fs::read_dir(&work).expect("a folder").count();
    assert_eq!(there, 1, "only like-alpha");
}

#[test]
fn a_path_wins_over_a_name() {
    let place = place();
    let (home, one) = (place.path().join("home"), place.path().join("one"));
    let words = ["new", "alpha", "--lang", "en"];
    let done = quanheng(&home, &place.path().join("work"), &words);
    assert!(done.status.success());
    let lock = ["lock", "alpha", "--in", one.to_str().expect("text"), "--lang", "en"];
    assert!(quanheng(&home, &place.path().join("work"), &lock).status.success());
    assert!(place.path().join("work/alpha/quanheng.lock").is_file());
    assert!(!one.join("alpha/quanheng.lock").exists());
}

#[test]
fn names_that_fit_none_or_several_are_refused() {
    let place = place();
    let (home, work) = (place.path().join("home"), place.path().join("work"));
    let [one, two] = ["one", "two"].map(|n| place.path().join(n).display().to_string());
    let several = ["run", "beta", "--in", &one, "--in", &two];
    let done = quanheng(&home, &work, &[&several[..], &["--lang", "en"]].concat());
    assert_eq!(done.status.code(), Some(2));
    let said = err(&done);
    assert!(said.contains("several listed projects are called `beta`"), "{said}");
    for folder in ["one/deep/er/beta", "two/beta"] {
        assert!(said.contains(&place.path().join(folder).display().to_string()), "{said}");
    }
    let done = quanheng(&home, &work, &[&several[..], &["--lang", "zh"]].concat());
    assert!(err(&done).contains("有几个所列项目都叫 `beta`"), "{}", err(&done));

    for (words, exit, english, chinese) in [
        (
            &["run", "alpah", "--in", one.as_str()][..],
            66,
            ["`alpah` is neither a path nor the name of a listed project", "did you mean `alpha`?"],
            ["`alpah` 既不是路径，也不是所列项目的名称", "是不是 `alpha`？"],
        ),
        (
            &["compare", "alpah", "official", "entropy", "--in", &one],
            66,
            ["`alpah` is neither", "did you mean `alpha`?"],
            ["`alpah` 既不是", "是不是 `alpha`？"],
        ),
        (
            &["compare", "alpah:official", "alpha:entropy", "--in", &one],
            66,
            ["`alpah` is neither", "did you mean `alpha`?"],
            ["`alpah` 既不是", "是不是 `alpha`？"],
        ),
        (
            &["run", "alpha"],
            66,
            ["`alpha` is neither", "`quanheng ls --add DIR`"],
            ["`alpha` 既不是", "`quanheng ls --add DIR`"],
        ),
        (
            &["ls", "alpah", "--in", &one],
            2,
            ["there is no listed project `alpah`", "did you mean `alpha`?"],
            ["所列项目", "是不是 `alpha`？"],
        ),
    ] {
        for (language, expected) in [("en", english), ("zh", chinese)] {
            let done = quanheng(&home, &work, &[words, &["--lang", language]].concat());
            assert_eq!(done.status.code(), Some(exit), "{words:?}");
            for part in expected {
                assert!(err(&done).contains(part), "{words:?}: {part}: {}", err(&done));
            }
        }
    }
    // A path that leads nowhere is not looked up.
    let done = quanheng(&home, &work, &["run", "./alpha", "--in", &one, "--lang", "en"]);
    assert_eq!(done.status.code(), Some(66));
    assert!(!err(&done).contains("listed project"), "{}", err(&done));
}

#[test]
fn folders_are_listed_by_option_variable_and_file() {
    let place = place();
    let (home, work) = (place.path().join("home"), place.path().join("work"));
    let listed = |words: &[&str]| {
        let done = quanheng(&home, &work, &[words, &["--lang", "en"]].concat());
        assert!(done.status.success(), "{words:?}: {}", err(&done));
        out(&done)
    };
    assert!(listed(&["ls"]).contains("no folders are listed"));
    assert!(listed(&["ls", "--add", "../one", "--add", "../one"]).contains("already"));
    let text = std::fs::read_to_string(home.join("quanheng/folders")).expect("the list");
    let one = place.path().join("one").canonicalize().expect("it is there");
    assert_eq!(text, format!("{}\n", one.display()), "whole, and once");
    let all = listed(&["ls", "--format", "csv"]);
    let names: Vec<&str> = all.lines().skip(1).filter_map(|l| l.split(',').next()).collect();
    assert_eq!(names, ["alpha", "beta"]);
    assert!(listed(&["run", "alpha"]).contains("methodology official"));
    // The variable goes before the file, and the option before both.
    let with_variable = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
        let command = command.args(words).current_dir(&work).env("XDG_CONFIG_HOME", &home);
        out(&command.env("QUANHENG_FOLDERS", "../two").output().expect("the program starts"))
    };
    let csv = with_variable(&["ls", "--format", "csv"]);
    assert!(csv.contains("../two/beta") && !csv.contains("alpha"), "{csv}");
    let csv = with_variable(&["ls", "--format", "csv", "--in", "../one"]);
    assert!(csv.contains("alpha") && !csv.contains("two"), "{csv}");
    assert!(listed(&["ls", "--remove", "../one"]).contains("no longer"));
    assert!(listed(&["ls", "--remove", "../one"]).contains("was not on your list"));
    assert!(listed(&["ls"]).contains("no folders are listed"));
    // A folder that is not there is reported, and the others are listed.
    let done = quanheng(&home, &work, &["ls", "--in", "../none", "--in", "../two", "--lang", "en"]);
    assert_eq!(done.status.code(), Some(66));
    assert!(out(&done).contains("beta") && err(&done).contains("../none"));
    let done = quanheng(&home, &work, &["ls", "--add", "../none", "--lang", "en"]);
    assert_eq!(done.status.code(), Some(66));
}

#[test]
fn a_list_says_what_is_known_of_each_project() {
    let place = place();
    let (home, work) = (place.path().join("home"), place.path().join("work"));
    let file = place.path().join("one/alpha/quanheng.toml");
    let text = std::fs::read_to_string(&file).expect("the project file");
    let more = "[project]\nversion = \"2.1\"\nauthors = [\"A. Author\", \"B. Author\"]\n\
                licence = \"CC-BY-4.0\"\ncite = \"doi:10.0000/none\"\n\
                question = { en = \"Which city serves best?\", zh = \"哪个城市服务最好？\" }\n";
    let text = text.replacen("[project]\n", more, 1);
    let marked = text.replacen("[data]\n", "[data]\nillustrative = \"made up\"\n", 1);
    std::fs::write(&file, marked).expect("written");
    std::fs::write(place.path().join("one/deep/er/beta/quanheng.toml"), "[data]\n")
        .expect("written");
    let run = |words: &[&str]| {
        let done = quanheng(&home, &work, &[words, &["--in", "../one", "--lang", "en"]].concat());
        assert!(done.status.success(), "{}", err(&done));
        out(&done)
    };
    assert!(run(&["lock", "alpha"]).contains("is that of version 2.1"));
    let list = run(&["ls"]);
    let row = list.lines().find(|line| line.trim_start().starts_with("alpha")).expect("a row");
    for cell in ["2.1", "illustrative data", "yes"] {
        assert!(row.contains(cell), "{cell}: {list}");
    }
    assert!(list.contains("one project cannot be used: `beta`"), "{list}");
    assert!(list.contains("one project below `../one`"), "{list}");
    let sheet = run(&["ls", "alpha"]);
    for line in [
        "Which city serves best?",
        "Version: 2.1",
        "Authors: A. Author, B. Author",
        "Licence: CC-BY-4.0",
        "Cite as: doi:10.0000/none",
        "Locked: yes",
        "Published results: no",
    ] {
        assert!(sheet.lines().any(|l| l == line), "{line}: {sheet}");
    }
    let ranking = run(&["run", "alpha"]);
    assert!(ranking.contains("\nVersion: 2.1\nCite as: doi:10.0000/none\n"), "{ranking}");
    // What the lock pins has changed.
    let values = place.path().join("one/alpha/values.csv");
    let text = std::fs::read_to_string(&values).expect("values");
    std::fs::write(&values, text.trim_end()).expect("written");
    assert!(run(&["ls", "alpha"]).contains("Locked: changed"));
}

fn text_of(project: &Path) -> String {
    std::fs::read_to_string(project.join("quanheng.toml")).expect("the project file")
}

/// A new project like each example passes `check`; with its data, it has its results.
#[test]
fn a_new_project_is_like_any_example() {
    let place = place();
    let home = place.path().join("home");
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut names: Vec<String> = std::fs::read_dir(&examples)
        .expect("examples/")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().join("quanheng.toml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 13);
    let mut wrong = Vec::new();
    for name in &names {
        let run = |words: &[&str]| {
            let folder = examples.to_str().expect("text");
            let listed = ["--in", folder, "--allow-folder", folder, "--lang", "en"];
            let done = quanheng(&home, &place.path().join("work"), &[words, &listed].concat());
            (done.status.success(), out(&done), err(&done))
        };
        let (made, _, said) = run(&["new", &format!("new-{name}"), "--like", name]);
        let (passes, printed, why) = run(&["check", &format!("./new-{name}")]);
        if !made || !passes {
            wrong.push(format!("{name}: {said}{printed}{why}"));
            continue;
        }
        let file = place.path().join("work").join(format!("new-{name}/quanheng.toml"));
        let text = std::fs::read_to_string(&file).expect("the project file");
        assert!(text.contains("illustrative") && !text.contains("official.csv"), "{text}");
        let copy = format!("copy-{name}");
        assert!(run(&["new", &copy, "--like", name, "--data"]).0, "{name}");
        let results = |project: &str| run(&["run", project, "--format", "csv"]).1;
        // The projects that another one takes results of are not copied with it.
        if !text_of(&examples.join(name)).contains("[input.") {
            assert_eq!(results(&format!("./{copy}")), results(name), "{name}");
        }
        assert!(place.path().join("work").join(&copy).join("PROVENANCE.md").is_file());
        // Nothing is written over.
        assert!(!run(&["new", &copy, "--like", name]).0, "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Projects whose files lie elsewhere are no reason to write elsewhere.
    let entries = std::fs::read_dir(place.path().join("work")).expect("the folder");
    let mut beside = entries.map(|e| e.expect("an entry").file_name().into_string().expect("text"));
    let other = beside.find(|name| !name.starts_with("new-") && !name.starts_with("copy-"));
    assert_eq!(other, None, "it was written outside of a new project");
}
