//! Intermediate results where a user meets them: in `show`, in the files of `run --out`, and from plugins.

use std::path::Path;
use std::process::Command;

fn run(folder: &Path, arguments: &[&str]) -> String {
    let program = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&program.stderr);
    assert!(program.status.success(), "{arguments:?}: {said}");
    String::from_utf8_lossy(&program.stdout).into_owned()
}

/// Saaty's judgements over five indicators, of which two stand below a node of their own.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let toml = "[project]\nlanguage = \"en\"\n[data]\nvalues = \"values.csv\"\nregion = \"code\"\n\
        [system.s]\ntree = \"tree.csv\"\n\
        [methodology.judged]\nnormalisation = \"none\"\naggregation = \"arithmetic\"\n\
        weighting = { method = \"ahp\", pairwise = { index = [[1, 0.5], [2, 1]], a = [[1, 3], [0.3333333333333333, 1]] } }\n\
        [methodology.doubt]\nextends = \"judged\"\naggregation = { method = \"benefit_of_doubt\", at = { a = \"product\" } }\n\
        [methodology.near]\nextends = \"judged\"\naggregation = \"topsis\"\n\
        [methodology.pairs]\nextends = \"judged\"\naggregation = \"copeland\"\n\
        [methodology.once]\nnormalisation = \"none\"\naggregation = { method = \"vikor\", across = \"leaves\" }\n";
    for (name, text) in [
        ("quanheng.toml", toml),
        ("tree.csv", "code,parent\nindex,\na,index\nx,a\ny,a\nz,index\n"),
        ("values.csv", "code,x,y,z\nr,1,4,1\ns,2,2,3\nt,3,1,2\n"),
    ] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

/// The columns of the line of a table that begins with these words.
#[track_caller]
fn line<'t>(text: &'t str, start: &str) -> Vec<&'t str> {
    let found = text.lines().find(|line| line.trim_start().starts_with(start));
    found.unwrap_or_else(|| panic!("no `{start}` in\n{text}")).split_whitespace().collect()
}

#[test]
fn show_says_how_a_region_came_to_its_score() {
    let folder = project();
    let text = run(folder.path(), &["show", "r", "-m", "judged"]);
    let (_, ahp) = text.split_once("weighting · ahp").expect("a table of AHP");
    assert_eq!(line(ahp, "Node")[1..], ["λmax", "CI", "RI", "CR"]);
    assert_eq!(line(ahp, "index")[1..], ["2.0000", "0.0000", "0.0000", "0.0000"]);
    assert_eq!(line(&text, "x  ")[1..5], ["1.0000", "3", "0.7500", "0.2500"]);
    let text = run(folder.path(), &["show", "r", "-m", "near"]);
    // By hand: 0.75 · 2 from the best x, 0.25 · 3 from the worst y.
    let (_, topsis) = text.split_once("aggregation · topsis").expect("a table of TOPSIS");
    assert_eq!(line(topsis, "Node")[1..], ["D⁺", "D⁻", "C"]);
    assert_eq!(line(topsis, "a ")[1..], ["1.5000", "0.7500", "0.3333"]);
    // What a method gives at one node only has its meaning beside it.
    let text = run(folder.path(), &["show", "r", "-m", "doubt"]);
    assert!(!text.contains("weighting · given"), "{text}");
    let text = run(folder.path(), &["show", "r", "-m", "once"]);
    // By hand: x and z are the worst, with a quarter and a half of the weight.
    assert_eq!(line(&text, "index  vikor   S")[3], "0.7500");
    assert!(text.contains("group utility"), "{text}");
}

/// No weight is printed that has no effect: below `product` none, below benefit of the doubt those that were found.
#[test]
fn show_prints_no_weights_that_have_no_effect() {
    let folder = project();
    let text = run(folder.path(), &["show", "s", "-m", "doubt"]);
    // s has the most of z, and 4 of a as r has: its own weights stand on z, which alone makes it 1.
    assert_eq!(line(&text, "x  ")[1..4], ["2.0000", "2", "none"], "{text}");
    let z = line(&text, "z  ");
    assert!(z[3].starts_with("0."), "{z:?}");
    assert!(text.contains("Below `a` no weights are shown: `product`"), "{text}");
    assert!(text.contains("those that `benefit_of_doubt` found for this region"), "{text}");
}

#[test]
fn files_have_them_in_tables_as_papers_print_them() {
    let folder = project();
    run(folder.path(), &["run", "-m", "all", "--out", "out"]);
    let read =
        |name: &str| std::fs::read_to_string(folder.path().join("out").join(name)).expect(name);
    let figures = read("judged/intermediate-weighting-ahp-figures.csv");
    let head = "league,period,node,lambda_max,consistency_index,random_index,consistency_ratio\n";
    assert!(figures.trim_start_matches('\u{feff}').starts_with(head), "{figures}");
    let distances = read("near/intermediate-aggregation-topsis-regions.csv");
    assert_eq!(distances.lines().count(), 1 + 2 * 3, "{distances}");
    let weights = read("doubt/intermediate-aggregation-benefit_of_doubt-weights.csv");
    assert!(weights.contains("league,period,code,name,a,z"), "{weights}");
    // Of each two regions: x, where r < s < t, has 3/4 of the weight below `a`.
    let pairs = read("pairs/intermediate-aggregation-copeland-outranking.csv");
    let mut lines = pairs.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next(), Some("league,period,node,code,name,r,s,t"), "{pairs}");
    let of_r = lines.find(|line| line.contains(",a,r,")).expect("a line of r below a");
    let cells: Vec<&str> = of_r.split(',').collect();
    assert_eq!(cells[5], "", "{of_r}");
    for cell in &cells[6..] {
        assert!((cell.parse::<f64>().expect("a number") - 0.25).abs() < 1e-9, "{of_r}");
    }
    let json: serde_json::Value = serde_json::from_str(&read("near/result.json")).expect("JSON");
    let tables = json["intermediate"].as_array().expect("tables");
    let row = &tables.iter().find(|t| t["name"] == "intermediate-aggregation-topsis-regions");
    let row = &row.expect("those of TOPSIS")["rows"][0];
    let of = |key: &str| row[key].as_f64().expect("a number");
    assert!((of("d_minus") / (of("d_plus") + of("d_minus")) - of("closeness")).abs() < 1e-12);
}
