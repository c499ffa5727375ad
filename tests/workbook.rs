//! The workbook of `run --out`, read back: it holds the values of result.json, and the same bytes each time.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, DataType, Range, Reader, Xlsx};
use serde_json::Value;

use crate::terminal::wide_project;
use crate::tidy::root;

/// The workbook and the JSON of a project's methodology.
fn written(project: &Path, methodology: &str, language: &str, threads: &str) -> (Vec<u8>, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().display().to_string();
    let words = [
        "run",
        &project.display().to_string(),
        "--methodology",
        methodology,
        "--lang",
        language,
        "--threads",
        threads,
        "--out",
        &out,
        "--trust-pins",
    ];
    let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    let done = command.args(words).output().expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let below = folder.path().join(methodology);
    let json = std::fs::read_to_string(below.join("result.json")).expect("written");
    let book = std::fs::read(below.join("result.xlsx")).expect("written");
    (book, serde_json::from_str(&json).expect("JSON"))
}

fn sheet(book: &[u8], name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).expect("a workbook");
    let names = book.sheet_names();
    book.worksheet_range(name).unwrap_or_else(|_| panic!("{name} is none of {names:?}"))
}

fn names(book: &[u8]) -> Vec<String> {
    let book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).expect("a workbook");
    book.sheet_names()
}

/// The rows of a JSON table.
fn rows<'j>(json: &'j Value, table: &str) -> Vec<&'j Value> {
    let tables = json["stages"].as_array().expect("stages");
    let table = tables.iter().find(|t| t["name"] == table).expect("the table");
    table["rows"].as_array().expect("rows").iter().collect()
}

/// The row of a sheet in which its table begins.
fn head(range: &Range<Data>, first: &str) -> usize {
    let mut rows = range.rows();
    rows.position(|row| row[0] == first).expect("a row of heads")
}

/// Whether a cell holds what JSON says.
fn same(cell: &Data, value: &Value) -> bool {
    match (cell, value) {
        (Data::Empty, Value::Null) => true,
        (Data::Empty, Value::String(text)) => text.is_empty(),
        (Data::String(_), Value::Null) => true,
        (Data::String(text), Value::String(other)) => text == other,
        // serde_json reads some numbers with an error in the last binary digit.
        (Data::Float(x), Value::Number(y)) => {
            y.as_f64().is_some_and(|y| x.to_bits().abs_diff(y.to_bits()) <= 1)
        }
        (Data::Int(x), Value::Number(y)) => y.as_f64() == Some(*x as f64),
        _ => false,
    }
}

/// Every table of result.json stands in a sheet, cell for cell.
#[test]
fn every_stage_stands_in_a_sheet() {
    for (project, methodology) in
        [("asem", "official"), ("egov-benchmark", "official"), ("three-rates", "district")]
    {
        let folder = root().join("examples").join(project);
        let (book, json) = written(&folder, methodology, "en", "2");
        for table in json["stages"].as_array().expect("stages") {
            let name = table["name"].as_str().expect("a name");
            let rows = table["rows"].as_array().expect("rows");
            let columns = table["columns"].as_array().expect("columns");
            // The names of sheets are for readers.
            let label = match name {
                "ranking" => "Full result",
                "changed_cells" => "Changed cells",
                other => other,
            };
            let range = sheet(&book, label);
            assert_eq!(range.height(), rows.len() + 1, "{project} {name}");
            for (i, row) in rows.iter().enumerate() {
                for (k, column) in columns.iter().enumerate() {
                    let cell = range.get((i + 1, k)).unwrap_or(&Data::Empty);
                    let value = &row[column.as_str().expect("a key")];
                    let absent =
                        value.as_str().is_some_and(|v| v == "not_applicable" || v == "withheld");
                    assert!(
                        absent || same(cell, value),
                        "{project} {name} {i} {column}: {cell:?} {value}"
                    );
                }
            }
        }
    }
}

/// The first sheet is the ranking of the last period: title, heads, the regions by rank, then source, notes, fingerprint.
#[test]
fn the_first_sheet_is_the_ranking() {
    let folder = root().join("examples/china-shdi");
    for (language, first, rank) in [("en", "Ranking", "Rank"), ("zh", "排名", "排名")] {
        let (book, json) = written(&folder, "official", language, "2");
        assert_eq!(names(&book)[0], first);
        let range = sheet(&book, first);
        let at = head(&range, rank);
        let result = rows(&json, "ranking");
        let last: Vec<&&Value> = result.iter().filter(|row| row["period"] == "2019").collect();
        assert_eq!(last.len(), 31);
        for (i, row) in last.iter().enumerate() {
            let cell = |k: usize| range.get((at + 1 + i, k)).expect("a cell");
            for (k, key) in ["rank", "code", "name", "score", "tier"].iter().enumerate() {
                assert!(same(cell(k), &row[*key]), "{i} {key}: {:?} {}", cell(k), row[*key]);
            }
            let (health, rank) = ("healthindex", "healthindex_rank");
            assert!(same(cell(6), &row[health]) && same(cell(7), &row[rank]), "{i}");
        }
        let text: Vec<String> = range.rows().map(|row| row[0].to_string()).collect();
        let text = text.join("\n");
        for words in [
            json["fingerprint"].as_str().expect("a fingerprint"),
            "Global Data Lab, Subnational HDI 5.0",
            if language == "en" { "The weighted geometric mean" } else { "加权几何平均" },
        ] {
            assert!(text.contains(words), "{words} is missing in\n{text}");
        }
    }
}

/// Contributions stand beside the scores that they add up to, and formulas find the region of a profile.
#[test]
fn contributions_and_profile() {
    let folder = tempfile::tempdir().expect("a folder");
    wide_project(folder.path(), 4);
    let (book, _) = written(folder.path(), "a", "en", "2");
    let range = sheet(&book, "Contributions");
    let at = head(&range, "Rank");
    for row in range.rows().skip(at + 1).take(5) {
        let numbers: Vec<f64> =
            row[3..8].iter().map(|cell| cell.as_f64().expect("a number")).collect();
        let sum: f64 = numbers[1..].iter().sum();
        assert!((sum - numbers[0]).abs() < 1e-12, "{numbers:?}");
    }
    let mut open: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(&book)).expect("a workbook");
    let formulas = open.worksheet_formula("Profile").expect("formulas");
    let found: Vec<&String> =
        formulas.rows().flatten().filter(|f| f.starts_with("INDEX(")).collect();
    assert_eq!(found.len(), 2 * 5, "score and rank of the index and its four parts: {found:?}");
    let profile = sheet(&book, "Profile");
    let scores = sheet(&book, "Scores and ranks");
    let (at, from) = (head(&profile, "Node"), head(&scores, "Rank"));
    // What a program shows that does not compute formulas: the region that is chosen first.
    assert_eq!(profile.get((at + 1, 2)), scores.get((from + 1, 3)));
    assert_eq!(profile.get((at, 2)), scores.get((from + 1, 2)));
    // The names of files in an archive are not compressed.
    let charts = (1..=9).filter(|n| {
        let name = format!("xl/charts/chart{n}.xml");
        book.windows(name.len()).any(|bytes| bytes == name.as_bytes())
    });
    assert_eq!(charts.count(), 3, "scores, contributions, profile");
}

/// Many children, no scores, names that occur twice: the workbook can be read all the same.
#[test]
fn odd_projects_have_a_workbook_too() {
    let folder = tempfile::tempdir().expect("a folder");
    wide_project(folder.path(), 65);
    let regions = "code,name\nr0,Same\nr1,Same\nr2,=1+1\nr3,\nr4,e\n";
    std::fs::write(folder.path().join("regions.csv"), regions).expect("written");
    for language in ["en", "zh"] {
        let (book, _) = written(folder.path(), "a", language, "2");
        let names = names(&book);
        let range = sheet(&book, &names[0]);
        assert_eq!(
            range.rows().next().expect("a title").len(),
            5 + 20,
            "ten parts with their ranks"
        );
        let lies = range.rows().flatten().any(|cell| *cell == Data::String("=1+1".into()));
        assert!(lies, "a name that begins with = is a text");
    }
}

/// The same project gives the same bytes, with one thread or two.
#[test]
fn bytes_are_the_same_each_time() {
    for (project, methodology) in [("desi", "official"), ("china-shdi", "official")] {
        let folder = root().join("examples").join(project);
        let (one, _) = written(&folder, methodology, "zh", "1");
        let (two, _) = written(&folder, methodology, "zh", "2");
        assert!(one == two, "{project}");
    }
}
