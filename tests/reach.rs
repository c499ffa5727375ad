//! `quanheng reach`: what it prints and writes, and what it refuses.

use std::process::{Command, Output};

fn quanheng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("reach")
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// What is printed, without the fingerprint, which follows the program's version.
fn said(arguments: &[&str]) -> String {
    let output = quanheng(arguments);
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text"));
    let kept = |l: &&str| !l.starts_with("指纹") && !l.starts_with("fingerprint");
    let lines: String =
        text.concat().lines().filter(kept).map(|line| format!("{line}\n")).collect();
    let exit = output.status.code().expect("a code");
    format!("$ quanheng reach {}\n{lines}exit {exit}\n\n", arguments.join(" "))
}

#[test]
fn provinces_of_china() {
    let project = "examples/china-shdi";
    let text: String = [
        &[project, "520000", "28", "--lang", "en"][..],
        &[project, "贵州", "高", "--fixed", "lifexp"],
        &[project, "520000", "28", "--seen", "--methodology", "relative", "--lang", "en"],
        &[project, "520000", "1", "--only", "esch", "--lang", "en"],
        &[project, "110000", "3", "--lang", "en"],
    ]
    .into_iter()
    .map(said)
    .collect();
    insta::assert_snapshot!(text);
}

#[test]
fn what_cannot_be_asked() {
    let project = "examples/china-shdi";
    let mut text = String::new();
    for language in ["en", "zh"] {
        for words in [
            &[project, "520000"][..],
            &[project, "520000", "40"],
            &[project, "520000", "最高"],
            &["examples/asem", "CHN", "best"],
            &[project, "520000", "28", "--only", "esh"],
            &[project, "520000", "28", "--fixed", "shdi"],
            &[project, "贵阳", "28"],
            &[project, "520000", "28", "--period", "2030"],
        ] {
            text.push_str(&said(&[words, &["--lang", language]].concat()));
        }
    }
    insta::assert_snapshot!(text);
}

/// Files have every digit, and the changes in them have the size that they state.
#[test]
fn files_agree_with_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_str().expect("a path");
    let output = quanheng(&["examples/china-shdi", "520000", "25", "--out", out]);
    assert!(output.status.success());
    let rows = |name: &str| -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(folder.path().join(name)).expect("a file");
        let text = text.trim_start_matches('\u{feff}').to_owned();
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    };
    let column = |rows: &[Vec<String>], key: &str| -> Vec<f64> {
        let at = rows[0].iter().position(|head| head == key).expect(key);
        rows[1..].iter().map(|row| row[at].parse().expect("a number")).collect()
    };
    let (whole, moves, ranks) = (rows("reach.csv"), rows("moves.csv"), rows("ranks.csv"));
    let squares: f64 = column(&moves, "change").iter().map(|d| d * d).sum();
    let (size, bound) = (column(&whole, "size")[0], column(&whole, "bound")[0]);
    assert!((squares.sqrt() - size).abs() < 1e-12, "{squares} {size}");
    assert!(bound <= size && size <= bound * 1.002, "{bound} {size}");
    assert_eq!(column(&ranks, "rank_before")[0], 30.0);
    assert!(column(&ranks, "rank_after")[0] <= 25.0);
    assert!(folder.path().join("reach.json").is_file());
}

#[test]
fn every_form_of_output() {
    for form in ["table", "markdown", "html", "latex", "csv", "json"] {
        let output = quanheng(&["examples/china-shdi", "520000", "28", "--format", form]);
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(output.status.success() && text.contains("11232.7"), "{form}: {text}");
    }
}
