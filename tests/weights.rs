//! `quanheng weights from-order`: what it prints and writes, and what it refuses.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn quanheng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// A file with an order, which is removed with its folder.
fn order(folder: &Path, text: &str) -> String {
    let path = folder.join("order.txt");
    std::fs::write(&path, text).expect("a file");
    path.to_str().expect("a path").to_owned()
}

/// What is printed about an order, without the fingerprint, which follows the program's version, and the folder.
fn said(text: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = order(folder.path(), text);
    let (project, options) = arguments.split_first().expect("a project");
    let output = quanheng(&[&["weights", "from-order", project, &file], options].concat());
    let kept = |l: &&str| !l.starts_with("指纹") && !l.starts_with("fingerprint");
    let printed = [output.stdout, output.stderr].map(|b| String::from_utf8(b).expect("text"));
    let printed = printed.concat().replace(&file, "order.txt");
    let lines: String = printed.lines().filter(kept).map(|line| format!("{line}\n")).collect();
    let exit = output.status.code().expect("a code");
    format!("{text}\n$ {}\n{lines}exit {exit}\n\n", arguments.join(" "))
}

#[test]
fn orders_that_weights_give_and_others() {
    let project = "examples/china-shdi";
    let text: String = [
        said("北京 > 上海 > 天津\n江苏 > 440000 > Zhejiang", &[project, "--lang", "en"]),
        said("广东 > 浙江 > 江苏\n重庆 = 湖北", &[project]),
        said(
            "Beijing > Shanghai",
            &[
                project,
                "--least",
                "0.2",
                "--most",
                "0.4",
                "--lang",
                "en",
                "--methodology",
                "entropy",
            ],
        ),
        said("湖北 > 福建", &[project, "--least", "0.3", "--node", "shdi"]),
        said("CHN > KOR\nFRA > GBR", &["examples/asem", "--leaves", "--lang", "en"]),
    ]
    .concat();
    insta::assert_snapshot!(text);
}

#[test]
fn what_cannot_be_asked() {
    let project = "examples/china-shdi";
    let mut text = String::new();
    for language in ["en", "zh"] {
        let options = ["examples/human-development", "--lang", language];
        text.push_str(&said("NOR > CHE\nPRK > SOM", &options));
        for (order, options) in [
            ("# nothing", &[][..]),
            ("北京 > 上海 > 天今\n江苏 < 浙江\n广东\n> 青海\n江苏 > 江苏", &[]),
            ("北京 > 上海", &["--node", "shd"]),
            ("北京 > 上海", &["--node", "healthindex"]),
            ("北京 > 上海", &["--leaves"]),
            ("北京 > 上海", &["--leaves", "--node", "edindex"]),
            ("北京 > 上海", &["--least", "0.5"]),
            ("北京 > 上海", &["--period", "2030"]),
        ] {
            text.push_str(&said(order, &[&[project], options, &["--lang", language]].concat()));
        }
    }
    insta::assert_snapshot!(text);
}

/// An example in a folder of its own.
fn copy(example: &str, to: &Path) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
    let project = to.join("project");
    std::fs::create_dir(&project).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let name = path.file_name().expect("a name");
            std::fs::copy(&path, project.join(name)).expect("a copy");
        }
    }
    project
}

/// The lines for the project file give the ranks that are shown, whatever the weighting was before.
#[test]
fn the_lines_for_the_project_file_give_the_ranks() {
    for (methodology, options) in [
        ("official", &[][..]),
        ("entropy", &[]),
        ("arithmetic", &["--node", "edindex"]),
        ("entropy", &["--node", "edindex"]),
        ("arithmetic", &["--leaves"]),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let project = copy("china-shdi", folder.path());
        let file = order(folder.path(), "北京 > 上海 > 天津\n440000 > 浙江");
        let out = folder.path().join("out");
        let (path, out) = (project.to_str().expect("a path"), out.to_str().expect("a path"));
        let asked = ["weights", "from-order", path, &file, "--out", out, "-m", methodology];
        let output = quanheng(&[&asked[..], options].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let read = |name: &str| std::fs::read_to_string(Path::new(out).join(name)).expect(name);
        let rows = |text: &str| -> Vec<Vec<String>> {
            let text = text.trim_start_matches('\u{feff}');
            text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
        };
        let lines = read("weighting.toml");
        let toml = project.join("quanheng.toml");
        let stated = std::fs::read_to_string(&toml).expect("a project file");
        std::fs::write(&toml, format!("{stated}\n{lines}")).expect("a file");
        let made = format!("{methodology}-from-order");
        let node = options.iter().position(|o| *o == "--node").map_or("shdi", |k| options[k + 1]);
        let run = ["run", path, "-m", &made, "--format", "csv", "--node", node];
        let run = quanheng(&[&run[..], &["--columns", "code,rank,score"]].concat());
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let run = rows(&String::from_utf8(run.stdout).expect("text"));
        let ranks = rows(&read("ranks.csv"));
        let at = |key: &str| ranks[0].iter().position(|head| head == key).expect(key);
        let keys = ["code", "rank_after", "score_after"].map(at);
        let found: Vec<Vec<String>> =
            ranks[1..].iter().map(|row| keys.map(|k| row[k].clone()).to_vec()).collect();
        assert_eq!(run.len() - 1, found.len(), "{methodology}");
        for row in &run[1..] {
            assert!(found.contains(row), "{methodology} {options:?}: {row:?} of {found:?}");
        }
    }
}

/// A table of statements says what a text file does.
#[test]
fn statements_in_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("order.csv");
    std::fs::write(&path, "better,worse,sign\n北京,上海,\n山东,湖南,=\n").expect("a file");
    let run = |file: &str| {
        let output = quanheng(&["weights", "from-order", "examples/china-shdi", file]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).expect("text");
        // The lines differ by that of the header.
        text.replace("上海   2", "上海   1").replace("湖南   3", "湖南   2")
    };
    let table = run(path.to_str().expect("a path"));
    assert_eq!(table, run(&order(folder.path(), "北京 > 上海\n山东 = 湖南\n")));
}

#[test]
fn every_form_of_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = order(folder.path(), "北京 > 上海");
    for form in ["table", "markdown", "html", "latex", "csv", "json"] {
        let asked = ["weights", "from-order", "examples/china-shdi", &file, "--format", form];
        let output = quanheng(&asked);
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(output.status.success() && text.contains("0.867"), "{form}: {text}");
    }
}
