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
