//! `quanheng profile`: what it prints and writes, and what it refuses.

use std::path::Path;
use std::process::{Command, Output};

fn quanheng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("profile")
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// What is printed, without the fingerprint, which follows the program's version. `folder` is named as a reader would.
fn said(arguments: &[&str], folder: Option<&Path>) -> String {
    let output = quanheng(arguments);
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text"));
    let kept = |l: &&str| !l.starts_with("指纹") && !l.starts_with("fingerprint");
    let lines: String =
        text.concat().lines().filter(kept).map(|line| format!("{line}\n")).collect();
    let exit = output.status.code().expect("a code");
    let whole = format!("$ quanheng profile {}\n{lines}exit {exit}\n\n", arguments.join(" "));
    match folder.and_then(Path::to_str) {
        Some(folder) => whole.replace(folder, "PROJECT"),
        None => whole,
    }
}

/// A project of three years of four cities with targets, thresholds, peers and a parent.
fn cities() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file");
    };
    write(
        "quanheng.toml",
        r#"[project]
title = { zh = "城市", en = "Cities" }
[data]
regions = "regions.csv"
values = "values.csv"
[group.province]
title = { zh = "省份", en = "Province" }
column = "province"
[system.s]
tree = "tree.csv"
[methodology.m]
imputation = { method = "carry", over = "panel" }
screening = { exclude = ["0105"] }
normalisation = "goalposts"
[profile]
parent = "province"
peers = { by = "gdp", n = 2 }
target_year = 2030
"#,
    );
    write(
        "regions.csv",
        "code,name_zh,name_en,province,gdp\n0101,甲市,Alpha,East,50000\n0102,乙市,Beta,East,42000\n\
         0103,丙市,Gamma,West,30000\n0104,丁市,Delta,West,41000\n0105,戊市,Epsilon,West,39000\n",
    );
    write(
        "tree.csv",
        "code,parent,name_zh,name_en,unit,bad,good,目标值,绿色阈值,红色阈值,目标年份\n\
         index,,指数,Index,,,,,,,\nair,index,空气,Air,µg/m³,75,5,10,15,35,\n\
         school,index,教育,Schooling,years,0,18,15,,,2025\nroads,index,道路,Roads,km,0,100,,,,\n",
    );
    write(
        "values.csv",
        "region,period,air,school,roads\n0101,2015,40,10,50\n0101,2017,38,11,55\n0101,2019,30,12,\n\
         0102,2015,20,9,40\n0102,2017,19,9,41\n0102,2019,14,9.5,44\n\
         0103,2015,50,8,20\n0103,2017,52,8,21\n0103,2019,55,8.1,22\n\
         0104,2015,30,7,70\n0104,2017,29,9,71\n0104,2019,28,11,75\n\
         0105,2015,30,7,70\n0105,2017,29,9,71\n0105,2019,28,11,75\n",
    );
    folder
}

#[test]
fn regions_of_examples() {
    let text: String = [
        &["examples/human-development", "CHN", "--lang", "en", "--width", "80"][..],
        &["examples/china-shdi", "贵州", "--lang", "zh", "--width", "80"],
        &["examples/lianyungang-12345", "320703", "--lang", "en", "--width", "80"],
    ]
    .into_iter()
    .map(|arguments| said(arguments, None))
    .collect();
    insta::assert_snapshot!(text);
}

#[test]
fn targets_peers_and_a_region_left_out() {
    let folder = cities();
    let project = folder.path().to_str().expect("a path");
    let mut text = String::new();
    for language in ["en", "zh"] {
        for region in ["0101", "0103", "0105"] {
            let words = [project, region, "--lang", language, "--width", "80"];
            text.push_str(&said(&words, Some(folder.path())));
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_cannot_be_asked() {
    let folder = cities();
    let project = folder.path().to_str().expect("a path").to_owned();
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    let (toml, tree) = (read("quanheng.toml"), read("tree.csv"));
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file");
    };
    let mut text = String::new();
    for language in ["en", "zh"] {
        let mut ask = |words: &[&str]| {
            text.push_str(&said(&[words, &["--lang", language]].concat(), Some(folder.path())));
        };
        ask(&[&project]);
        ask(&[&project, "0101", "--all"]);
        ask(&[&project, "0106"]);
        ask(&[&project, "0101", "--period", "2030"]);
        write("quanheng.toml", &toml.replace("by = \"gdp\"", "by = \"gdb\""));
        ask(&[&project, "0101"]);
        write("quanheng.toml", &toml.replace("by = \"gdp\"", "by = \"province\""));
        ask(&[&project, "0101"]);
        write("quanheng.toml", &toml.replace("parent = \"province\"", "parent = \"provinces\""));
        ask(&[&project, "0101"]);
        write("quanheng.toml", &toml);
        write("tree.csv", &tree.replace("10,15,35", "10,35,15"));
        ask(&[&project, "0101"]);
        write("tree.csv", &tree);
    }
    insta::assert_snapshot!(text);
}

/// The tables of all regions have what those of one have, and there is a page for each.
#[test]
fn all_regions_at_once() {
    let folder = cities();
    let project = folder.path().to_str().expect("a path");
    let out = folder.path().join("out");
    let to = |name: &str| out.join(name).to_str().expect("a path").to_owned();
    let (all, one) = (to("all"), to("one"));
    let done = quanheng(&[project, "--all", "--out", &all, "--format", "markdown"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(quanheng(&[project, "0102", "--out", &one]).status.success());
    let lines = |place: &str, name: &str| -> Vec<String> {
        let path = Path::new(place).join(name);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        text.lines().map(str::to_owned).collect()
    };
    for table in ["nodes.csv", "standings.csv", "peers.csv", "trends.csv", "aims.csv"] {
        let (all, one) = (lines(&all, table), lines(&one, table));
        assert_eq!(all[0], one[0], "{table}");
        let own: Vec<&String> =
            all.iter().filter(|line| line.split(',').nth(2) == Some("0102")).collect();
        assert_eq!(own.len(), one.len() - 1, "{table}");
        assert!(own.iter().zip(&one[1..]).all(|(a, b)| *a == b), "{table}");
        assert!(all.len() > own.len() + 1, "{table}");
    }
    for region in ["0101", "0102", "0103", "0104"] {
        let page = lines(&all, &format!("regions/{region}.md")).join("\n");
        assert!(page.contains(region) && page.contains("2019"), "{region}");
    }
    assert!(!Path::new(&all).join("regions/0105.md").exists(), "it is left out");
    assert!(Path::new(&all).join("profile.xlsx").is_file());
    assert!(Path::new(&all).join("profile.json").is_file());
}

#[test]
fn every_form_of_output() {
    for form in ["table", "markdown", "html", "latex", "csv", "json"] {
        let output = quanheng(&["examples/china-shdi", "520000", "--format", form]);
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(output.status.success() && text.contains("72.667"), "{form}: {text}");
    }
}
