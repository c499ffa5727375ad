//! Each folder of `tests/errors/` is a project with something wrong in it; what is said of it is pinned.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng::problem::Problems;
use quanheng::snapshot::Folder;
use quanheng::{official, project};
use quanheng_core::evaluation::Evaluation;
use quanheng_words::Language;

use crate::words::english_in;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root)
        .expect("the folder of cases")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert!(folders.len() >= 40, "the cases are there");
    folders
}

/// What a person reads who runs every methodology of the project and holds it against its snapshot and against published
/// results.
fn said(folder: &Path, language: Language) -> String {
    let problems = match project::open(folder) {
        Err(problems) => problems.render(language, false),
        Ok(resolved) => {
            let mut text = resolved.aside.all().render(language, false);
            for code in &resolved.stated {
                if let Err(problem) = Folder::of(folder).read(code) {
                    text.push_str(&Problems::from(*problem).render(language, false));
                }
            }
            for (code, methodology) in &resolved.methodologies {
                let run = Evaluation::new(Arc::clone(&resolved.study), methodology.clone());
                if let Err(errors) = run {
                    text.push_str(
                        &resolved.evaluation_problems(code, errors).render(language, false),
                    );
                }
            }
            if !resolved.official.is_empty() || !resolved.aside.official().is_empty() {
                let (compared, mut found) = official::reproduce(&resolved, |_| true, |_, _| {});
                found.extend(official::unmet(&compared));
                text.push_str(&found.render(language, false));
            }
            let (figures, mut found) = official::weigh(&resolved);
            found.extend(official::unmet_figures(&figures));
            text.push_str(&found.render(language, false));
            text
        }
    };
    // The same wherever the repository lies.
    let whole = folder.display().to_string();
    problems.replace(&format!("{whole}/"), "").replace(&whole, "the folder")
}

#[test]
fn every_broken_project_is_explained() {
    let mut wrong = Vec::new();
    for folder in cases() {
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let (english, chinese) = (said(&folder, Language::En), said(&folder, Language::Zh));
        if !english.starts_with("error: ") {
            wrong.push(format!("{name}: nothing wrong found"));
        }
        let text = format!("{english}\n{chinese}");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots/errors");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let compare = || settings.bind(|| insta::assert_snapshot!(name.clone(), text));
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare)).is_err() {
            wrong.push(format!("{name}: another text than the snapshot"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_error_states_its_place_and_what_to_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/errors");
    let mut less = Vec::new();
    for case in cases() {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let snapshot = std::fs::read_to_string(folder.join(format!("{name}.snap")));
        let snapshot = snapshot.unwrap_or_else(|e| panic!("{name}: {e}"));
        for error in format!("\n{snapshot}").split("\nerror: ").skip(1) {
            for (what, sign) in [("place", "--> "), ("help", "= help: ")] {
                let one = (name.clone(), what);
                // `x must be 0 or more` states what is accepted.
                let states =
                    what == "help" && error.lines().next().is_some_and(|l| l.contains(" must be "));
                if !error.contains(sign) && !states && !less.contains(&one) {
                    less.push(one);
                }
            }
        }
    }
    assert!(less.is_empty(), "an error states less than it should: {less:?}");
}

/// Excerpts are the user's own text; the sentences of problems must be Chinese throughout.
#[test]
fn chinese_problems_are_chinese() {
    let mut found = Vec::new();
    // In these the author of a script speaks.
    let of_authors = |folder: &Path| {
        folder.ends_with("script_thrown") || folder.ends_with("script_setting_check")
    };
    for folder in cases().into_iter().filter(|folder| !of_authors(folder)) {
        let text = said(&folder, Language::Zh);
        let sentences = text.lines().filter(|line| {
            let line = line.trim_start_matches([' ', '|', '=']);
            line.starts_with("错误") || line.starts_with("提示") || line.ends_with("个问题")
        });
        for line in sentences {
            let sentence = line.split_once(": ").map_or(line, |(_, sentence)| sentence);
            if let Some(words) = english_in(sentence) {
                found.push(format!("{}: {words}: {line}", folder.display()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What is wrong with a command and not with a project: one snapshot for each fault.
#[test]
fn commands_that_are_refused_are_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("written");
    };
    let project = "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.main]\n\
                   tree = \"tree.csv\"\n[methodology.official]\nnormalisation = \"min_max\"\n";
    let analyses = "[sensitivity.first]\nweights = \"leaves\"\nrows = 64\n\
                    [sensitivity.second]\nweights = \"leaves\"\nrows = 64\nby = 0.5\n";
    write("regions.csv", "code,name\n01,甲省\n02,乙省\n03,丙省\n");
    write("values.csv", "region,period,a,b\n01,2020,1,9\n02,2020,2,5\n03,2020,3,4\n");
    write("tree.csv", "code,parent\nindex,\na,index\nb,index\n");
    let said = |words: &[&str], language: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_quanheng"));
        let done = command.args(words).args(["--lang", language]).current_dir(folder.path());
        let done = done.output().expect("the program starts");
        assert!(!done.status.success(), "{words:?} is not refused");
        String::from_utf8(done.stderr).expect("text")
    };
    let check = |name: &str, words: &[&str]| {
        let shown = words.join(" ");
        let text = format!("$ quanheng {shown}\n{}\n{}", said(words, "en"), said(words, "zh"));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots/errors");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, text));
    };
    write("quanheng.toml", project);
    check("command_nothing_declared", &["multiverse", "lock"]);
    write("quanheng.toml", &format!("{project}{analyses}"));
    check("command_which_sensitivity", &["sensitivity"]);
    check("command_discover_words", &["multiverse", "discover", "first"]);
    let discover = ["multiverse", "discover", "first", "rank(01) > 1", "--step", "999"];
    check("command_no_such_step", &discover);
    write("declaration.toml", "method = 1\n");
    check("command_declaration_damaged", &["multiverse", "lock"]);
    std::fs::remove_file(folder.path().join("declaration.toml")).expect("removed");
    let mut declare = std::process::Command::new(env!("CARGO_BIN_EXE_quanheng"));
    let declared = declare.args(["multiverse", "lock"]).current_dir(folder.path()).status();
    assert!(declared.expect("the program starts").success());
    write("quanheng.toml", &format!("{project}{}", analyses.replace("0.5", "0.4")));
    check("command_declared_otherwise", &["multiverse", "lock"]);
}
