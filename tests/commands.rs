//! What commands print beside reports: in Chinese there is no English in it.

use std::path::Path;
use std::process::{Command, Output};

use crate::words::english_in;

fn quanheng(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    let done = command.args(words).args(["--lang", "zh"]).current_dir(folder).output();
    done.expect("the program starts")
}

#[test]
fn what_commands_print_is_chinese() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = folder.path().join("index");
    let mut wrong = Vec::new();
    let mut run = |at: &Path, words: &[&str]| {
        let done = quanheng(at, words);
        let (out, err) = (&done.stdout, &done.stderr);
        let printed = [out.as_slice(), err.as_slice()].concat();
        let printed = String::from_utf8(printed).expect("text");
        assert!(!printed.is_empty(), "{words:?} prints nothing");
        for line in printed.lines() {
            // What a user types or writes into a file stays as it is.
            let said = line
                .rsplit_once('：')
                .filter(|(_, after)| after.starts_with("quanheng ") || after.contains(" = "));
            if let Some(english) = english_in(said.map_or(line, |(before, _)| before)) {
                wrong.push(format!("{words:?}: {english}: {line}"));
            }
        }
        done.status.code()
    };
    assert_eq!(run(folder.path(), &["new", "index"]), Some(0));
    // A tier for each of its regions, and a multiverse.
    let file = index.join("quanheng.toml");
    let text = std::fs::read_to_string(&file).expect("the project file");
    let more = "[multiverse.all]\n[multiverse.all.choices]\nweighting = [\"given\", \"equal\"]\n";
    std::fs::write(&file, format!("{text}\n{more}")).expect("written");
    for (words, exit) in [
        (&["check"][..], 0),
        (&["audit"], 0),
        (&["lock"], 0),
        (&["lock"], 0),
        (&["verify"], 0),
        (&["test"], 1),
        (&["accept", "--all"], 0),
        (&["accept", "--all"], 0),
        (&["multiverse", "--plan"], 0),
        (&["multiverse"], 0),
        (&["script", "new", "weighting", "mine"], 0),
        (&["script", "test"], 0),
        (&["methods", "--stage", "tiering"], 0),
    ] {
        assert_eq!(run(&index, words), Some(exit), "{words:?}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The help of a command and of every command below it.
fn helps(folder: &Path, command: &[String], found: &mut Vec<String>) {
    let words: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
    let help = String::from_utf8(quanheng(folder, &words).stdout).expect("text");
    let commands = help.split("\n命令:\n").nth(1).unwrap_or_default();
    let commands = commands.lines().take_while(|line| line.starts_with("  "));
    for name in commands.filter_map(|line| line.split_whitespace().next()) {
        if name != "help" {
            helps(folder, &[command, &[name.to_owned()]].concat(), found);
        }
    }
    found.push(help);
}

#[test]
fn chinese_help_is_chinese() {
    let mut all = Vec::new();
    helps(Path::new("."), &[], &mut all);
    assert!(all.len() > 25, "{}", all.len());
    for help in all {
        for line in help.lines().filter(|line| !line.contains("quanheng ")) {
            assert_eq!(english_in(line), None, "{line}\n{help}");
        }
        for word in ["Usage:", "Options:", "Commands:", "Arguments:", "default:", "possible values"]
        {
            assert!(!help.contains(word), "{word} in {help}");
        }
    }
}

/// No two regions show the same score at different ranks, unless a line says why.
#[test]
fn equal_scores_at_different_ranks_are_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("written");
    };
    write("tree.csv", "code,parent\nidx,\na,idx\n");
    write("v.csv", "code,a\nR1,61.0001\nR2,61.0004\nR3,60.8\nR4,40\n");
    let methodology =
        "normalisation = \"none\"\nweighting = \"equal\"\naggregation = \"arithmetic\"\n";
    write(
        "quanheng.toml",
        &format!(
            "[data]\nvalues = \"v.csv\"\nregion = \"code\"\n[system.s]\ntree = \"tree.csv\"\n\
             [methodology.plain]\n{methodology}\
             [methodology.rounded]\nextends = \"plain\"\nrounding = {{ index = 0 }}\n\
             [methodology.full]\nextends = \"rounded\"\nranking = {{ on = \"full\" }}\n\
             [methodology.then]\nextends = \"rounded\"\nranking = {{ then = \"a\", ties = \"ordinal\" }}\n"
        ),
    );
    let run = |methodology: &str, language: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
        let done = command
            .args(["run", ".", "-m", methodology, "--lang", language])
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        String::from_utf8(done.stdout).expect("text")
    };
    let plain = run("plain", "en");
    assert!(plain.contains("61.0004") && plain.contains("61.0001"), "{plain}");
    let says = "Regions that show the same score have different ranks";
    let rounded = run("rounded", "en");
    let row = |code: &str| rounded.lines().find(|line| line.contains(code)).expect("a row");
    for code in ["R1", "R2", "R3"] {
        assert!(row(code).trim_start().starts_with("1 "), "{rounded}");
    }
    assert!(!plain.contains(says) && !rounded.contains(says), "{rounded}");
    let full = run("full", "en");
    assert!(full.contains(&format!("{says}: scores are compared as they are before rounding")));
    let then = run("then", "en");
    let why =
        "a decides between equal scores, regions with equal scores are ordered by their codes";
    assert!(then.contains(&format!("{says}: {why}")), "{then}");
    assert!(run("full", "zh").contains("显示得分相同而排名不同：按保留小数之前的得分比较"));
}
