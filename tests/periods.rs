//! Periods are values: what is shown, carried, interpolated and found by a label follows the calendar.

use std::path::Path;
use std::sync::Arc;

use quanheng::project::{self, Resolved};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{Period, PeriodIx, PeriodKind, Periods};
use quanheng_words::Language;

/// A project with the indicators a and b; `data` are further keys of `[data]`, `methodology` those of the methodology.
fn open(files: &[(&str, &str)], data: &str, methodology: &str) -> (tempfile::TempDir, Resolved) {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), files, data, methodology);
    let resolved = project::open(folder.path())
        .unwrap_or_else(|problems| panic!("{}", problems.render(Language::En, false)));
    (folder, resolved)
}

fn write(folder: &Path, files: &[(&str, &str)], data: &str, methodology: &str) {
    let names: Vec<String> = files.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let text = format!(
        "[project]\ntitle = \"t\"\nlanguage = \"en\"\n[data]\nvalues = [{}]\n{data}\n[system.s]\ntree = \"tree.csv\"\n\
         [methodology.m]\nnormalisation = \"none\"\nweighting = \"equal\"\naggregation = \"arithmetic\"\n{methodology}\n",
        names.join(", ")
    );
    std::fs::write(folder.join("quanheng.toml"), text).expect("a file");
    std::fs::write(folder.join("tree.csv"), "code,parent\ni,\na,i\nb,i\n").expect("a file");
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("a file");
    }
}

fn labels(resolved: &Resolved) -> Vec<&str> {
    resolved.study.periods.iter().map(|p| p.label.as_str()).collect()
}

/// What is wrong with a project.
fn refused(files: &[(&str, &str)], data: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), files, data, "");
    let problems = project::open(folder.path()).expect_err("something is wrong");
    problems.render(Language::En, false)
}

/// The column of a leaf after imputation, by period and region.
fn filled(resolved: &Resolved, leaf: &str) -> Vec<Option<f64>> {
    let methodology = Arc::clone(&resolved.methodologies["m"]);
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology).expect("a result");
    let system = &evaluation.methodology().system;
    let leaf = system.find(leaf).expect("a leaf");
    let scores = evaluation.scores(leaf);
    (0..scores.len()).map(|row| Some(scores.values()[row]).filter(|x| !x.is_nan())).collect()
}

/// Two regions in each of these periods, a rising and b falling.
fn table(labels: &[&str]) -> String {
    let mut text = "region,period,a,b\n".to_owned();
    for (k, label) in labels.iter().enumerate() {
        let k = k + 1;
        text.push_str(&format!("R1,{label},{k},1\nR2,{label},{},2\n", 20 - k));
    }
    text
}

#[test]
fn the_last_period_is_the_last_of_the_calendar() {
    let month = |k: usize| format!("2024-{k}");
    let months: Vec<String> = (1..=12).map(month).collect();
    let only: Vec<String> = (1..=12).map(|k| format!("{k}月")).collect();
    let editions: Vec<String> = (1..=10).map(|k| format!("第{k}期")).collect();
    let dotted = ["2024.8", "2024.9", "2024.10", "2024.11"].map(str::to_owned).to_vec();
    for (all, last, kind) in [
        (months, "2024-12", PeriodKind::Month),
        (only, "12月", PeriodKind::MonthOnly),
        (editions, "第10期", PeriodKind::Edition),
        (dotted, "2024.11", PeriodKind::Month),
    ] {
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        // The order of the file changes nothing.
        let backwards: Vec<&str> = all.iter().rev().copied().collect();
        for given in [&all, &backwards] {
            let (_folder, resolved) = open(&[("v.csv", &table(given))], "", "");
            assert_eq!(labels(&resolved), all);
            let period = resolved.study.periods.last().expect("a period");
            assert_eq!((period.label.as_str(), period.kind), (last, kind));
        }
    }
}

/// A gap in January has nothing before it, least of all the December of the same year.
#[test]
fn nothing_is_carried_into_the_first_month() {
    let only: Vec<String> = (1..=12).map(|k| format!("{k}月")).collect();
    let all: Vec<&str> = only.iter().map(String::as_str).collect();
    let text = table(&all).replace("R1,1月,1,", "R1,1月,,").replace("R1,3月,3,", "R1,3月,,");
    let carry = "imputation = { method = \"carry\", unfilled = \"leave\" }";
    let (_folder, resolved) = open(&[("v.csv", &text)], "", carry);
    let a = filled(&resolved, "a");
    // Two regions in each month: R1 of January is absent, R1 of March takes over February.
    assert_eq!((a[0], a[4], a[2]), (None, Some(2.0), Some(2.0)));
}

#[test]
fn what_means_the_same_is_one_period() {
    let first = "region,year,a\nR1,2019,1\nR2,2019,2\nR1,2020,2\nR2,2020,4\n";
    let second = "region,year,b\nR1,2019.0,30\nR2,2019年,20\nR1,2020.0,60\nR2,2020.0,40\n";
    let (_folder, resolved) =
        open(&[("v1.csv", first), ("v2.csv", second)], "period = \"year\"", "");
    assert_eq!(labels(&resolved), ["2019", "2020"]);
    assert_eq!(resolved.study.panel.rows(), 4);
    assert_eq!(filled(&resolved, "a"), [1.0, 2.0, 2.0, 4.0].map(Some));
    assert_eq!(filled(&resolved, "b"), [30.0, 20.0, 60.0, 40.0].map(Some));
    for text in ["2019", "2019.0", "2019年", "二〇一九年"] {
        assert_eq!(resolved.study.period(text), Some(PeriodIx(0)), "{text}");
    }
    assert_eq!(resolved.study.period("2021"), None);
    // Two rows of one region and period, in one file, are refused as ever.
    let twice = "region,year,a,b\nR1,2019,1,1\nR1,2019.0,1,1\nR2,2019,1,1\n";
    let said = refused(&[("v.csv", twice)], "period = \"year\"");
    assert!(said.contains("two rows for region R1 in 2019"), "{said}");
}

/// Distances are those of the calendar, data or not: with 2018, 2020 and 2021, two years lie between the first two.
#[test]
fn gaps_count_periods_without_data() {
    let interpolate = "imputation = \"interpolate\"";
    let text = "region,period,a,b\nR1,2024-01,0,1\nR1,2024-02,,1\nR1,2024-12,11,1\nR2,2024-01,1,1\n\
                R2,2024-02,1,1\nR2,2024-12,1,1\n";
    let (_folder, resolved) = open(&[("v.csv", text)], "", interpolate);
    assert_eq!(filled(&resolved, "a")[2], Some(1.0));
    let text = "region,period,a,b\nR1,2018,1,1\nR1,2020,,1\nR1,2021,,1\nR2,2018,1,1\nR2,2020,1,1\nR2,2021,1,1\n";
    for (gap, expected) in [(1, [None, None]), (2, [Some(1.0), None]), (3, [Some(1.0), Some(1.0)])]
    {
        let carry =
            format!("imputation = {{ method = \"carry\", max_gap = {gap}, unfilled = \"leave\" }}");
        for method in [
            carry.clone(),
            carry
                .replace("method = \"carry\"", "script = \"imputation/carry.rhai\"")
                .replace(", unfilled = \"leave\"", ""),
        ] {
            if method.contains("script") && gap < 3 {
                continue;
            }
            let (_folder, resolved) = open(&[("v.csv", text)], "", &method);
            let a = filled(&resolved, "a");
            assert_eq!([a[2], a[4]], expected, "{method}");
        }
    }
    // Every second year: the step is two years.
    let text = text.replace("2021", "2022");
    let carry = "imputation = { method = \"carry\", max_gap = 1, unfilled = \"leave\" }";
    let (_folder, resolved) = open(&[("v.csv", &text)], "", carry);
    let a = filled(&resolved, "a");
    assert_eq!([a[2], a[4]], [Some(1.0), None]);
}

#[test]
fn periods_of_several_kinds_and_open_ones_are_refused() {
    let said = refused(&[("v.csv", &table(&["2024-01", "2024-02", "2024"]))], "");
    assert!(said.contains("\"2024-01\" is a month, and \"2024\" is a year"), "{said}");
    assert!(said.contains("v.csv:6:4"), "{said}");
    let said = refused(&[("v.csv", &table(&["2024.9", "2024.1", "2024.11"]))], "");
    assert!(said.contains("\"2024.1\" can mean 2024-01 or 2024-10"), "{said}");
    assert!(said.contains("v.csv:4:4"), "{said}");
}

#[test]
fn labels_without_a_time_stay_in_their_order() {
    let (folder, resolved) = open(&[("v.csv", &table(&["zz", "之前", "aa"]))], "", "");
    let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_quanheng"));
    let done = check.arg("check").current_dir(folder.path()).output().expect("the program starts");
    let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    assert!(said.contains("period_without_time: the labels of 3 periods say nothing"), "{said}");
    assert_eq!(labels(&resolved), ["zz", "之前", "aa"]);
    assert_eq!(resolved.study.periods[0].kind, PeriodKind::Label);
}

/// The table of docs/project-file.md: the labels of a line mean the same, the last cell the one after them.
#[test]
fn the_documented_labels_are_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/project-file.md");
    let text = std::fs::read_to_string(path).expect("the document");
    let section = text.split("### Periods").nth(1).expect("the section");
    let section = section.split("\n### ").next().expect("its text");
    let mut seen = 0;
    for line in section.lines().filter(|line| line.starts_with("| ") && line.contains('`')) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        let labels = |cell: &str| -> Vec<String> {
            cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
        };
        let (same, next) = (labels(cells[cells.len() - 2]), labels(cells[cells.len() - 1]));
        for label in &same {
            let given = [same[0].clone(), label.clone(), next[0].clone()];
            let given: Vec<String> = match label == &same[0] {
                true => vec![label.clone(), next[0].clone()],
                false => given.to_vec(),
            };
            let periods = Periods::read(&given).unwrap_or_else(|e| panic!("{given:?}: {e:?}"));
            assert_eq!(periods.unread, [0_usize; 0], "{given:?}");
            assert_eq!(periods.list.len(), 2, "{given:?}");
            assert_eq!(periods.list[1].label, next[0]);
            assert_eq!(Period::find(&periods.list, label), Some(PeriodIx(0)), "{given:?}");
            seen += 1;
        }
    }
    assert!(seen > 40, "only {seen} labels");
}
