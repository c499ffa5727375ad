//! `quanheng plot`: what it writes, what it refuses, and what its guide says. What holds for each kind of chart is tested
//! beside them, in `src/report/chart/tests.rs`.

use std::path::Path;
use std::process::{Command, Output};

use quanheng::report::chart::{KINDS, Kind};
use quanheng::report::{Columns, Language, Reader, Table};

fn quanheng(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    let done = command.arg("plot").args(words).current_dir(folder).output();
    done.expect("the program starts")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the program prints.
fn printed(words: &[&str]) -> String {
    let done = quanheng(root(), words);
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}

/// A chart of an example, as the documents show it.
pub(crate) fn drawn(words: &[&str]) -> String {
    printed(words)
}

/// The table of kinds, as docs/charts.md shows it.
pub(crate) fn kinds() -> Table {
    Columns::<&Kind>::new()
        .text("name", "Kind", |kind| format!("`{}`", kind.name))
        .text("summary", "What it shows", |kind| kind.summary)
        .text("needs", "Needs", |kind| kind.needs.words().render(Language::En))
        .table("kinds", Reader::People, KINDS)
}

#[test]
fn a_file_has_what_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.svg");
    let out = file.to_str().expect("a path");
    let words = ["tiles", "examples/china-shdi", "--lang", "zh"];
    assert_eq!(printed(&[&words[..], &["--out", out]].concat()), "");
    let svg = std::fs::read_to_string(&file).expect("written");
    assert_eq!(svg, printed(&words));
    assert!(
        svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.ends_with("</svg>\n")
    );
    for part in ["黑龙江", "0.904", "Global Data Lab", "各省人类发展指数 · 省级方块地图"]
    {
        assert!(svg.contains(part), "{part}");
    }
}

#[test]
fn figures_behind_a_chart_are_printed() {
    let words = ["ranking", "examples/china-shdi", "--top", "3", "--lang", "en", "--format"];
    let csv = printed(&[&words[..], &["csv"]].concat());
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "rank,code,name,score,tier");
    assert_eq!(lines[1], "1,110000,Beijing,0.904,极高");
    let table = printed(&[&words[..], &["table"]].concat());
    assert!(table.contains("The scores go from 0.904 (Beijing) to 0.838 (Tianjin)."), "{table}");
}

#[test]
fn illustrative_data_and_placeholders_are_named_on_charts() {
    let svg = printed(&["ranking", "examples/digital-government", "--lang", "en"]);
    for part in ["⚠ illustrative data, placeholders", "stand for no real"] {
        assert!(svg.contains(part), "{part}");
    }
}

#[test]
fn every_kind_is_listed() {
    for language in ["en", "zh"] {
        let list = printed(&["--list", "--lang", language, "--wide"]);
        for kind in KINDS {
            assert!(list.contains(kind.name), "{}", kind.name);
        }
    }
}

#[test]
fn what_cannot_be_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let map = |name: &str, text: &str| std::fs::write(at(name), text).expect("written");
    map("broken.json", "{\"type\":\n");
    map("empty.json", "{\"type\":\"FeatureCollection\",\"features\":[]}");
    map("half.json", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1],[1,1]]]}");
    map(
        "other.json",
        "{\"type\":\"Feature\",\"id\":\"x\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1]]]}}",
    );
    let examples = root().join("examples");
    let (shdi, asem) = (examples.join("china-shdi"), examples.join("asem"));
    let (shdi, asem) = (shdi.to_str().expect("a path"), asem.to_str().expect("a path"));
    let mut text = String::new();
    for language in ["en", "zh"] {
        for words in [
            &["profile", shdi][..],
            &["tiles", asem],
            &["migration", asem],
            &["bump", asem],
            &["waterfall", shdi, "-r", "北京"],
            &["waterfall", shdi, "official", "official@2019", "-r", "北京"],
            &["contributions", shdi, "-n", "lifexp"],
            &["radar", asem, "-r", "CHN"],
            &["specification", shdi, "-r", "北京"],
            &["ranking", shdi, "-g", "area"],
            &["scatter", shdi, "--with", "gdp"],
            &["ranking", shdi, "-o", "chart.txt"],
            &["ranking", shdi, "-o", "chart.png"],
            &["choropleth", shdi],
            &["choropleth", shdi, "--map", "absent.json"],
            &["choropleth", shdi, "--map", "broken.json"],
            &["choropleth", shdi, "--map", "empty.json"],
            &["choropleth", shdi, "--map", "half.json"],
            &["choropleth", shdi, "--map", "other.json"],
            &["ranking", shdi, "--league", "none"],
            &["winning", shdi],
            &["robust_comparisons", shdi],
            &["tier_shares", asem],
            &["acceptability", shdi, "-n", "healthindex"],
            &["sobol", shdi],
            &["sobol", shdi, "--sensitivity", "weights"],
        ] {
            let done = quanheng(folder.path(), &[words, &["--lang", language]].concat());
            let said = String::from_utf8_lossy(&done.stderr).replace(shdi, "SHDI");
            let shown = words.join(" ").replace(shdi, "SHDI").replace(asem, "ASEM");
            let code = done.status.code().expect("a code");
            text.push_str(&format!("$ quanheng plot {shown} --lang {language}\n"));
            text.push_str(&format!("{}exit {code}\n\n", said.replace(asem, "ASEM")));
        }
    }
    insta::assert_snapshot!(text);
}

/// Each kind has a file of its name, and its guide shows it.
#[test]
fn every_file_of_a_kind_is_in_the_table() {
    let files = std::fs::read_dir(root().join("src/report/chart/kind")).expect("a folder");
    let names = files.map(|entry| entry.expect("an entry").path());
    let names = names.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != "mod").collect();
    names.sort();
    let mut listed: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    listed.sort_unstable();
    assert_eq!(names, listed);
}
