//! `quanheng describe` as a user runs it: sections, scopes and forms.

use std::path::Path;
use std::process::{Command, Output};

use quanheng::report::describe::{AUDIT, SECTIONS, Section};
use quanheng_core::statistics::{Flag, Periods, Sample, classes, flags, scopes};

use crate::words::english_in;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("describe")
        .args(arguments)
        .output()
        .expect("it runs")
}

fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn an_audit_consists_of_sections() {
    for name in AUDIT {
        assert!(Section::find(name).is_some(), "{name}");
    }
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/describing.md"))
            .expect("the guide");
    for section in SECTIONS {
        let named = format!("`{}`", section.name);
        assert!(text.contains(&named), "docs/describing.md does not name the section {named}");
    }
}

/// Every section of examples with one period, several leagues and gaps: it fits a terminal of 80 columns, and in Chinese
/// there is no English in its headings.
#[test]
fn every_section_of_examples() {
    for example in ["examples/asem", "examples/china-shdi", "examples/human-development"] {
        for language in ["en", "zh"] {
            let text = printed(&[example, "--show", "all", "--width", "80", "--lang", language]);
            let wide = text.lines().filter(|line| line.chars().count() > 80).count();
            assert_eq!(wide, 0, "{example} in {language}");
            for section in SECTIONS {
                let language = match language {
                    "zh" => quanheng_words::Language::Zh,
                    _ => quanheng_words::Language::En,
                };
                let title = section.title(language);
                assert!(text.lines().any(|line| line == title), "{example}: no `{title}`");
                if language == quanheng_words::Language::Zh {
                    assert_eq!(english_in(title), None);
                    assert_eq!(english_in(section.says(language)), None);
                }
            }
        }
    }
}

/// JSON and the files of `--out` hold every row, whatever people see.
#[test]
fn files_hold_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().display().to_string();
    let json = printed(&["examples/asem", "--show", "all", "--top", "1", "--format", "json"]);
    printed(&["examples/asem", "--show", "all", "--top", "1", "--out", &out]);
    let written = std::fs::read_to_string(folder.path().join("description.json")).expect("JSON");
    assert_eq!(json, written);
    let lines = |name: &str| {
        let path = folder.path().join(format!("{name}.csv"));
        std::fs::read_to_string(path).expect(name).lines().count() - 1
    };
    // 49 indicators after three stages; pairs of 2, 8 and 49 nodes by three coefficients.
    assert_eq!(lines("statistics"), 3 * 49);
    assert_eq!(lines("correlations"), 3 * (1 + 28 + 49 * 24));
    assert_eq!(lines("parents"), 3 * 59);
    assert_eq!(lines("importance"), 59);
    assert_eq!(lines("filled"), 65);
    // Each component of each node; and an element for each child.
    assert_eq!(lines("components"), 59);
    assert_eq!(lines("loadings"), 2 * 2 + 25 + 9 + 64 + 25 + 9 + 36 + 64 + 25 + 81 + 25);
}

#[test]
fn classes_and_periods_part_the_rows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/asem");
    let study = quanheng::project::open(&folder).expect("the example").study;
    let group = study.groups.iter().position(|group| group.code == "continent").expect("it has");
    let scope = &scopes(&study, &Periods::Last)[0];
    let classes = classes(&study, scope, group);
    assert_eq!(classes.len(), 2);
    let mut rows: Vec<usize> = classes.iter().flat_map(|class| class.rows.clone()).collect();
    rows.sort_unstable();
    assert_eq!(rows, scope.rows);

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/human-development");
    let study = quanheng::project::open(&folder).expect("the example").study;
    let all = (0..study.periods.len() as u32).map(quanheng_core::model::PeriodIx).collect();
    let (each, together) =
        (scopes(&study, &Periods::Each(all)), scopes(&study, &Periods::Together));
    assert_eq!(each.len(), study.panel.slices().len());
    let rows: usize = each.iter().map(|scope| scope.rows.len()).sum();
    assert_eq!(together.iter().map(|scope| scope.rows.len()).sum::<usize>(), rows);
    let last = scopes(&study, &Periods::Last);
    assert_eq!(last.last(), each.last());
}

#[test]
fn flags_have_limits() {
    assert_eq!(flags(&Sample::new(&[2.5; 9])), [Flag::Constant]);
    // The mean of equal values can differ from them in the last digit; they are constant all the same.
    let tenths = Sample::new(&[0.1; 7]);
    assert_eq!(flags(&tenths), [Flag::Constant]);
    assert_eq!(tenths.moments.map(|m| m.sd), Some(0.0));
    let nan = f64::NAN;
    assert_eq!(flags(&Sample::new(&[1.0, 2.0, 3.0, nan, nan])), [Flag::FewValues]);
    assert_eq!(flags(&Sample::new(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 900.0])), [Flag::Outliers]);
    assert_eq!(flags(&Sample::new(&[])), []);
    assert_eq!(flags(&Sample::new(&[3.0])), []);
}

#[test]
fn what_is_unknown_is_an_error() {
    for arguments in [
        &["examples/asem", "--group", "continnet"][..],
        &["examples/asem", "--period", "1899"],
        &["examples/asem", "--league", "north"],
        &["examples/asem", "oficial"],
        &["examples/asem", "--show", "colours"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
    let said = String::from_utf8(run(&["examples/asem", "--group", "continnet"]).stderr);
    assert!(said.expect("text").contains("did you mean `continent`"));
}

/// A small project of three indicators, of which the first two measure nearly the same; with some of them.
fn three(leaves: &[(&str, &str)], methodology: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut tree = "code,parent,weight,direction\nindex,,,\n".to_owned();
    leaves.iter().for_each(|(code, weight)| tree.push_str(&format!("{code},index,{weight},1\n")));
    let toml = format!(
        "[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n[methodology.m]\n{methodology}"
    );
    let values = "region,a,b,c\n1,1,1.4,9\n2,2,2.2,3\n3,3,2.6,7\n4,4,4.3,1\n5,5,4.7,8\n6,6,6.4,2\n\
                  7,7,6.8,6\n8,8,8.1,5\n";
    for (name, text) in [("quanheng.toml", &*toml), ("tree.csv", &tree), ("values.csv", values)] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

const MEAN: &str =
    "normalisation = \"min_max\"\nweighting = \"given\"\naggregation = \"arithmetic\"\n";

/// The rows of a table in a file, by the heads.
fn rows(text: &str) -> Vec<indexmap::IndexMap<String, String>> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let heads: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let row = |line: &str| {
        let cells = heads.iter().zip(line.split(','));
        cells.map(|(head, cell)| ((*head).to_owned(), cell.to_owned())).collect()
    };
    lines.map(row).collect()
}

/// What dropping an indicator changes is what a project without it gives.
#[test]
fn redundant_pairs_are_evaluated_without_each() {
    let whole = three(&[("a", "0.3"), ("b", "0.3"), ("c", "0.4")], MEAN);
    let path = |folder: &tempfile::TempDir| folder.path().display().to_string();
    let out = whole.path().join("out");
    printed(&[&path(&whole), "--show", "redundancy", "--out", &out.display().to_string()]);
    let text = std::fs::read_to_string(out.join("redundancy.csv")).expect("the table");
    let found = rows(&text);
    assert_eq!(found.len(), 2);
    let ranks = |folder: &tempfile::TempDir| -> Vec<(String, f64)> {
        let output = Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .args(["run", &path(folder), "--format", "csv"])
            .output()
            .expect("it runs");
        let text = String::from_utf8(output.stdout).expect("text");
        let rank = |row: indexmap::IndexMap<String, String>| {
            (row["code"].clone(), row["rank"].parse().expect("a rank"))
        };
        let mut ranks: Vec<(String, f64)> = rows(&text).into_iter().map(rank).collect();
        ranks.sort_by(|a, b| a.0.cmp(&b.0));
        ranks
    };
    let before = ranks(&whole);
    for (row, (without, kept)) in found.iter().zip([("a", "b"), ("b", "a")]) {
        assert_eq!((row["without"].as_str(), row["kept"].as_str()), (without, kept));
        let after = ranks(&three(&[(kept, "0.3"), ("c", "0.4")], MEAN));
        let moves: Vec<f64> =
            before.iter().zip(&after).map(|((_, was), (_, is))| (was - is).abs()).collect();
        let number = |head: &str| row[head].parse::<f64>().expect(head);
        assert_eq!(number("moved"), moves.iter().filter(|m| **m > 0.0).count() as f64);
        assert!((number("mean") - moves.iter().sum::<f64>() / 8.0).abs() < 1e-12);
        let greatest = moves.iter().copied().fold(0.0, quanheng_core::number::max);
        assert_eq!(number("greatest"), greatest);
        let moved = before.iter().zip(&after).filter(|(was, is)| (was.1 - is.1).abs() == greatest);
        let who: Vec<String> =
            moved.map(|((code, was), (_, is))| format!("{code} {was} → {is}")).collect();
        assert_eq!(row["who"], who.join("; "));
        assert!(greatest > 0.0, "the example shows nothing");
    }
}

/// Region 1 is nearest to 3 and 5 by b and c: the mean of both squared distances in standard deviations.
#[test]
fn filled_cells_name_what_they_are_made_of() {
    let methodology = format!("imputation = {{ method = \"nearest\", k = 2 }}\n{MEAN}");
    let folder = three(&[("a", "0.3"), ("b", "0.3"), ("c", "0.4")], &methodology);
    let values = folder.path().join("values.csv");
    let text = std::fs::read_to_string(&values).expect("values").replace("1,1,1.4,9", "1,,1.4,9");
    std::fs::write(&values, text).expect("a file");
    let project = folder.path().display().to_string();
    let out = folder.path().join("out");
    printed(&[&project, "--show", "filled", "--out", &out.display().to_string()]);
    let filled = std::fs::read_to_string(out.join("filled.csv")).expect("the table");
    let filled = rows(&filled);
    assert_eq!(filled.len(), 1);
    // By numpy: 0.362 to region 3, 1.002 to region 5, 2.196 to region 2.
    assert_eq!(filled[0]["made_of"], "3; 5");
    assert_eq!(filled[0]["after"].parse::<f64>().expect("a number"), (3.0 + 5.0) / 2.0);
    let asem = printed(&["examples/asem", "coinr", "--show", "filled", "--lang", "en"]);
    assert!(asem.contains("continent Asia (n = 20)"), "{asem}");
}

/// Correlations of a class are those of its rows.
#[test]
fn correlations_within_the_classes_of_a_group() {
    use quanheng_core::evaluation::Evaluation;
    use quanheng_core::number::Correlation;

    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().display().to_string();
    printed(&[
        "examples/asem",
        "--group",
        "continent",
        "--show",
        "correlations,parents",
        "--out",
        &out,
    ]);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/asem");
    let resolved = quanheng::project::open(&example).expect("the example");
    let methodology = resolved.methodology(None).expect("the usual one");
    let evaluation = Evaluation::new(resolved.study.clone(), methodology).expect("it runs");
    let study = evaluation.study();
    let group = study.groups.iter().position(|group| group.code == "continent").expect("it has");
    let scope = &scopes(study, &Periods::Last)[0];
    for name in ["correlations", "parents"] {
        let text = std::fs::read_to_string(folder.path().join(format!("{name}.csv"))).expect(name);
        let table = rows(&text);
        for class in classes(study, scope, group) {
            let at = class.class.expect("a class");
            let (label, _) = study.groups[group].classes.get_index(at).expect("it is there");
            let of_class = table.iter().filter(|row| row["class"] == *label);
            let of_class: Vec<_> = of_class.filter(|row| row["coefficient"] == "pearson").collect();
            assert!(!of_class.is_empty(), "{label}");
            for row in of_class {
                let keys = if name == "parents" { ["node", "parent"] } else { ["a", "b"] };
                let scores = keys.map(|key| {
                    let node = evaluation.methodology().system.find(&row[key]).expect("a node");
                    let sign = evaluation.direction(node).sign();
                    let values = evaluation.scores(node).values();
                    class.rows.iter().map(|&r| sign * values[r]).collect::<Vec<f64>>()
                });
                let expected = Correlation::Pearson.test(&scores[0], &scores[1]);
                let number = |head: &str| row[head].parse::<f64>().ok();
                assert_eq!(number("n"), expected.map(|found| found.n as f64), "{row:?}");
                for (head, x) in
                    [("r", expected.map(|f| f.coefficient)), ("p", expected.map(|f| f.p))]
                {
                    let near = match (number(head), x) {
                        (Some(a), Some(b)) => (a - b).abs() <= 1e-12,
                        (a, b) => a == b,
                    };
                    assert!(near, "{label} {row:?}: {x:?}");
                }
            }
        }
    }
}
