//! Tables in a terminal: they fit its width, what is left out is said, and columns can be chosen.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use unicode_width::UnicodeWidthStr;

use crate::tidy::root;

/// Names of indicators, in turn: short ones, long ones, and Chinese ones.
const NAMES: [(&str, &str); 6] = [
    ("Roads", "公路密度"),
    ("Access to improved sanitation facilities", "每千人口医疗卫生机构床位数"),
    ("GDP per capita", "人均地区生产总值"),
    ("Internet users, share of the population", "互联网普及率"),
    ("Teachers", "教师"),
    ("Interoperability", "单位地区生产总值二氧化碳排放量"),
];

const REGIONS: [(&str, &str); 5] = [
    ("Beijing", "北京市"),
    ("Inner Mongolia Autonomous Region", "内蒙古自治区"),
    ("Xinjiang Production and Construction Corps", "新疆生产建设兵团"),
    ("Hebei", "河北省"),
    ("Shanxi", "山西省"),
];

/// A project with so many indicators below the index.
pub(crate) fn wide_project(folder: &Path, children: usize) {
    let mut tree = String::from("code,parent,name,name_zh,weight\nindex,,Index,综合指数,\n");
    let mut values = String::from("region");
    for k in 0..children {
        let (en, zh) = NAMES[k % NAMES.len()];
        let _ = writeln!(tree, "x{k:02},index,\"{en} {k}\",{zh}{k},{}", 1 + k % 7);
        let _ = write!(values, ",x{k:02}");
    }
    let mut regions = String::from("code,name,name_zh\n");
    for (i, (en, zh)) in REGIONS.iter().enumerate() {
        let _ = writeln!(regions, "r{i},{en},{zh}");
        let _ = write!(values, "\nr{i}");
        for k in 0..children {
            let _ = write!(values, ",{}", (i * i * 13 + i * (k % 7 + 1) * 11 + k * 53) % 101);
        }
    }
    values.push('\n');
    let toml = "[project]\ntitle = { en = \"Test\", zh = \"测试\" }\n[data]\nregions = \"regions.csv\"\n\
        values = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n[methodology.a]\nsystem = \"s\"\n\
        normalisation = \"min_max\"\naggregation = \"arithmetic\"\n\
        tiering = { method = \"quantiles\", tiers = 3, labels = [\"高\", \"中\", \"低\"] }\n\
        [methodology.b]\nextends = \"a\"\nweighting = \"entropy\"\n";
    for (name, text) in [
        ("tree.csv", &tree),
        ("values.csv", &values),
        ("regions.csv", &regions),
        ("quanheng.toml", &toml.to_owned()),
    ] {
        std::fs::write(folder.join(name), text).expect("written");
    }
}

fn quanheng(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    command.args(words).current_dir(folder).output().expect("the program starts")
}

/// What is printed, problems included, without fingerprints.
fn printed(folder: &Path, words: &[&str]) -> String {
    let done = quanheng(folder, words);
    let text = String::from_utf8(done.stdout).expect("text");
    let problems = String::from_utf8_lossy(&done.stderr).into_owned();
    let lines = text.lines().chain(problems.lines());
    let kept = lines.filter(|line| !line.starts_with("fingerprint") && !line.starts_with("指纹"));
    kept.map(|line| format!("{line}\n")).collect()
}

#[test]
fn rankings_of_few_and_many_children() {
    let mut text = String::new();
    for children in [4, 65] {
        let folder = tempfile::tempdir().expect("a folder");
        wide_project(folder.path(), children);
        for (width, language) in [("80", "en"), ("80", "zh"), ("120", "en"), ("120", "zh")] {
            let words = ["run", "--width", width, "--lang", language];
            let _ = writeln!(text, "{children} children, {}", words.join(" "));
            let _ = writeln!(text, "{}", printed(folder.path(), &words));
        }
    }
    insta::assert_snapshot!("terminal_rankings", text);
}

#[test]
fn columns_are_chosen_by_key_or_head() {
    let folder = tempfile::tempdir().expect("a folder");
    wide_project(folder.path(), 65);
    let mut text = String::new();
    for words in [
        &["run", "--columns", "name,x64,x64_rank,Score"][..],
        &["run", "--columns", "name,x64", "--format", "csv"],
        &["run", "--columns", "地区,教师4", "--lang", "zh"],
        &["run", "--columns", "nmae"],
        &["compare", "a", "b", "--columns", "name,rank.a,rank.b", "--width", "80"],
    ] {
        let _ = writeln!(text, "$ quanheng {}\n{}", words.join(" "), printed(folder.path(), words));
    }
    insta::assert_snapshot!("terminal_columns", text);
}

/// In a pipe nothing is left out, and `--wide` says the same for a terminal.
#[test]
fn nothing_is_left_out_in_a_pipe() {
    let folder = tempfile::tempdir().expect("a folder");
    wide_project(folder.path(), 65);
    let whole = printed(folder.path(), &["run"]);
    assert!(
        whole
            .lines()
            .nth(1)
            .expect("a head")
            .contains("Access to improved sanitation facilities 61")
    );
    assert_eq!(printed(folder.path(), &["run", "--wide"]), whole);
    assert_eq!(printed(folder.path(), &["run", "--width", "2000"]), whole);
}

/// The byte order mark is there when it is asked for, and then once.
#[test]
fn csv_has_a_byte_order_mark_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    wide_project(folder.path(), 4);
    let text = |words: &[&str]| printed(folder.path(), words);
    let csv = text(&["run", "--methodology", "all", "--format", "csv"]);
    assert!(csv.starts_with("rank,code,name,score"), "{csv}");
    let marked = text(&["run", "--methodology", "all", "--format", "csv", "--bom"]);
    assert_eq!(marked, format!("\u{feff}{csv}"));
}

/// Every table and line of every command fits into 80 columns. What cannot be broken may be longer: a fingerprint, a word.
#[test]
fn everything_fits_into_eighty_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    wide_project(folder.path(), 65);
    let own = folder.path();
    let root = root();
    let mut wrong = Vec::new();
    for language in ["en", "zh"] {
        for (at, words) in [
            (own, &["run"][..]),
            (
                own,
                &["run", "--methodology", "all", "--columns", "name,x01,x02,x03,x04,x05,x06,x07"],
            ),
            (own, &["compare", "a", "b"]),
            (own, &["show", "r1"]),
            (own, &["explain", "r1", "a", "b"]),
            (own, &["explain", "--all", "a", "b"]),
            (own, &["diff", "a", "b"]),
            (own, &["audit"]),
            (own, &["test", "--read-only"]),
            (root, &["run", "examples/china-shdi", "--period", "all"]),
            (root, &["run", "examples/desi", "--node", "2"]),
            (root, &["compare", "examples/asem", "all"]),
            (root, &["compare", "examples/china-shdi", "official", "arithmetic"]),
            (root, &["show", "examples/asem", "DEU"]),
            (root, &["show", "examples/lianyungang-12345", "320703"]),
            (root, &["diff", "examples/asem", "official", "coinr"]),
            (root, &["explain", "examples/china-shdi", "440000", "official", "arithmetic"]),
            (root, &["reach", "examples/china-shdi", "520000", "28"]),
            (root, &["profile", "examples/china-shdi", "520000"]),
            (root, &["profile", "examples/asem", "DEU"]),
            (root, &["audit", "--list"]),
            (root, &["methods"]),
            (root, &["methods", "show", "ahp"]),
            (root, &["methods", "show", "promethee"]),
            (root, &["script", "list"]),
        ] {
            let words: Vec<&str> =
                words.iter().copied().chain(["--width", "80", "--lang", language]).collect();
            let done = quanheng(at, &words);
            for line in String::from_utf8(done.stdout).expect("text").lines() {
                let is_word = !line.trim().contains(' ') && line.is_ascii();
                if line.width() > 80 && !is_word {
                    wrong.push(format!("{}\n  {}: {line}", words.join(" "), line.width()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Tables for Word and LaTeX: what a user pastes.
#[test]
fn tables_for_documents() {
    let folder = tempfile::tempdir().expect("a folder");
    wide_project(folder.path(), 4);
    let mut text = String::new();
    for (format, language) in [("html", "zh"), ("latex", "en")] {
        let words = ["run", "--top", "2", "--format", format, "--lang", language];
        let shown = printed(folder.path(), &words);
        let fingerprint = |line: &&str| !line.contains("fingerprint") && !line.contains("指纹");
        let shown: Vec<&str> = shown.lines().filter(fingerprint).collect();
        let _ = writeln!(text, "$ quanheng {}\n{}", words.join(" "), shown.join("\n"));
    }
    insta::assert_snapshot!("terminal_documents", text);
}
