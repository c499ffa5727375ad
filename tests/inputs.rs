//! Results of other projects as columns: their values, where they come from, what a lock finds, and what is refused.

use std::path::Path;
use std::process::{Command, Output};

/// Two projects side by side: `outer/`, with this text behind its `[data]`, takes results of `inner/`.
fn projects(inner: &str, outer: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    let values = "region,period,x,y\na,2020,1,10\nb,2020,2,30\nc,2020,4,20\na,2021,3,1\nb,2021,5,4\nc,2021,6,\n";
    write("inner/values.csv", values);
    write("inner/tree.csv", "code,parent\nindex,\nx,index\ny,index\n");
    let methodology = "[methodology.mean]\nimputation = { method = \"renormalise\", least_share = 1.0 }\n\
        normalisation = \"none\"\nweighting = \"equal\"\nrounding = { index = 0 }\n\
        [methodology.sum]\nextends = \"mean\"\naggregation = \"sum\"\n";
    let data = "[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n";
    write("inner/quanheng.toml", &format!("{data}{methodology}{inner}"));
    write("outer/regions.csv", "code,name,alias\na,甲,\nb,乙,\nd,丁,c\n");
    write("outer/tree.csv", "code,parent\nindex,\nv,index\n");
    let methodology = "[methodology.m]\nimputation = { method = \"renormalise\", least_share = 1.0 }\nnormalisation = \"none\"\n";
    let data = "[data]\nregions = \"regions.csv\"\n[system.s]\ntree = \"tree.csv\"\n";
    let input = "[input.v]\nproject = \"../inner\"\n";
    write("outer/quanheng.toml", &format!("{data}{methodology}{input}{outer}"));
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .args(arguments)
        .args(["--lang", "en", "--wide"])
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program starts")
}

/// What a command prints on both streams, with leave to read what lies beside the project.
fn said(folder: &tempfile::TempDir, arguments: &[&str]) -> String {
    let done = run(&folder.path().join("outer"), &[arguments, &["--allow-folder", ".."]].concat());
    String::from_utf8([done.stdout, done.stderr].concat()).expect("text")
}

/// The score of each region in each period, as the outer project shows it.
fn scores(outer: &str) -> Vec<String> {
    let folder = projects("", outer);
    let text =
        said(&folder, &["run", "--period", "all", "--format", "csv", "--columns", "code,score"]);
    let is_row = |line: &&str| ["a,", "b,", "d,"].iter().any(|code| line.starts_with(code));
    text.lines().filter(is_row).map(str::to_owned).collect()
}

#[test]
fn results_are_columns() {
    // Means of x and y, rounded as the other project rounds them; the region c is not one of this project.
    assert_eq!(scores(""), ["b,16", "a,6", "b,5", "a,2"]);
    assert_eq!(scores("methodology = \"sum\"\nperiods = \"2020\"\n"), ["b,32", "a,11"]);
    assert_eq!(scores("node = \"x\"\nperiods = \"2021\"\nas_period = \"2022\""), ["b,5", "a,3"]);
    assert_eq!(scores("give = \"rank\"\nperiods = \"2020\"\n"), ["a,3", "b,1"]);
    let both = "node = \"x\"\nas_period = \"2021\"\nmatch = \"name\"\n";
    assert_eq!(scores(&format!("{both}combine = \"sum\"\n")), ["d,10", "b,7", "a,4"]);
    assert_eq!(scores(&format!("{both}combine = \"mean\"\n")), ["d,5", "b,3.5", "a,2"]);
    // A region without a value in one of the periods has none.
    let index = "as_period = \"2021\"\nmatch = \"name\"\ncombine = \"sum\"\n";
    assert_eq!(scores(index), ["b,21", "a,8"]);
}

#[test]
fn a_raw_value_says_where_it_comes_from() {
    let folder = projects("", "periods = \"2020\"\n");
    let text = said(&folder, &["show", "a"]);
    assert!(text.contains("../inner:mean@2020 index (score)"), "{text}");
    assert!(text.contains("Fingerprint"), "{text}");
    let inner = run(&folder.path().join("inner"), &["run"]);
    let inner = String::from_utf8(inner.stdout).expect("text");
    let fingerprint = inner.lines().find_map(|line| line.strip_prefix("fingerprint ")).expect("it");
    assert!(text.contains(fingerprint), "{text}");
    assert!(
        said(&folder, &["check"])
            .contains("input_regions: a result of another project has regions")
    );
}

/// The lock of the outer project finds a changed figure of the inner one, and its fingerprint changes with it.
#[test]
fn the_lock_spans_both_projects() {
    let folder = projects("", "periods = \"2020\"\n");
    let fingerprint = |text: &str| {
        text.lines().find_map(|line| line.strip_prefix("fingerprint ")).expect("it").to_owned()
    };
    let before = fingerprint(&said(&folder, &["run"]));
    said(&folder, &["lock"]);
    let lock = std::fs::read_to_string(folder.path().join("outer/quanheng.lock")).expect("a lock");
    for file in ["../inner/values.csv", "../inner/tree.csv", "../inner/quanheng.toml"] {
        assert!(lock.contains(file), "{lock}");
    }
    let verify = |code: i32| {
        let outer = folder.path().join("outer");
        let done = run(&outer, &["verify", "--allow-folder", ".."]);
        let text = String::from_utf8([done.stdout, done.stderr].concat()).expect("text");
        assert_eq!(done.status.code(), Some(code), "{text}");
        text
    };
    verify(0);
    let values = folder.path().join("inner/values.csv");
    let text = std::fs::read_to_string(&values).expect("values").replace("a,2020,1,", "a,2020,7,");
    std::fs::write(&values, text).expect("written");
    let text = verify(1);
    assert!(text.contains("inner/values.csv") && text.contains("`x`"), "{text}");
    assert_ne!(fingerprint(&said(&folder, &["run"])), before);
}

/// What is not published of the other project is named in every output of this one.
#[test]
fn marks_go_with_the_results() {
    let inner = "placeholder = \"the weights\"\n";
    let folder = projects(inner, "periods = \"2020\"\nmethodology = \"sum\"\n");
    let text = said(&folder, &["run"]);
    assert!(text.contains("../inner:sum: the weights"), "{text}");
    let other = projects(inner, "periods = \"2020\"\nmethodology = \"mean\"\n");
    assert!(!said(&other, &["run"]).contains("the weights"));
}

/// A project decides neither what is read elsewhere nor how long it takes.
#[test]
fn what_the_user_does_not_allow_is_refused() {
    let folder = projects("", "");
    let outer = folder.path().join("outer");
    let done = run(&outer, &["run"]);
    let text = String::from_utf8(done.stderr).expect("text");
    assert!(text.contains("--allow-folder DIR") && text.contains("quanheng.toml:9"), "{text}");
    assert_ne!(done.status.code(), Some(0));
    let circle = "[input.back]\nproject = \"../outer\"\n";
    let text = said(&projects(circle, ""), &["run"]);
    assert!(text.contains("takes results of ../outer, which is made of its own"), "{text}");
    let itself = said(&projects("", "[input.w]\nproject = \"../outer/quanheng.toml\"\n"), &["run"]);
    assert!(itself.contains("which is made of its own"), "{itself}");
}
