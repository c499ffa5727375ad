//! Records: single cases counted into cells, with figures that are worked out by hand, by another program, or published.

use std::path::Path;
use std::process::Command;

use quanheng::project::{self, Resolved};
use quanheng_core::model::{PeriodIx, State};
use quanheng_words::Language;

#[path = "../examples/hotline-12345/generate.rs"]
#[expect(dead_code, reason = "the program around it is not called here")]
mod generate;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn open(folder: &Path) -> Resolved {
    project::open(folder)
        .unwrap_or_else(|problems| panic!("{}", problems.render(Language::En, false)))
}

/// What a cell of the data holds: a number, or the kind of its absence.
fn cell(resolved: &Resolved, column: &str, region: &str, period: &str) -> Result<f64, State> {
    let study = &resolved.study;
    let region = study.region(region).expect("a region");
    let period = study.period(period).expect("a period");
    let panel = &study.panel;
    let row = (0..panel.rows())
        .find(|row| (panel.regions()[*row], panel.periods()[*row]) == (region, period))
        .expect("a row");
    let column = study.columns.get(column).expect("a column");
    match column.state(row) {
        State::Value => Ok(column.values()[row]),
        state => Err(state),
    }
}

const REGIONS: &str = "code,name\nC,全市\nD1,一区\nD2,二区\nS1,甲街道\nS2,乙街道\nS3,丙街道\n";
const TICKETS: &str = "\
ticket,created,district,street,reply,reached,grade,days
T1,2023-04-19 00:00,D1,S1,有效,是,满意,0.1
T2,2023-04-20 10:30,D1,S2,有效,是,基本满意,0.2
T3,2023-05-18 11:59:59,D2,S3,有效,否,不满意,0.3
T4,2023-05-18 12:00,D2,S3,有效,是,满意,4
T5,2023-05-19 12:00,D2,,有效,是,满意,
T6,2023-05-20 12:00,D1,,无效,否,,6
T7,2023-05-01 12:00,D1,S1,有效,否,基本满意,0.1
";
const TOML: &str = r#"
[data]
regions = "regions.csv"

[records.tickets]
file = "tickets.csv"
region = ["district", "street"]
whole = "C"
unique = "ticket"
time = "created"
window = { from_day = 19, to_day = 18, to_time = "12:00" }

[records.tickets.measures]
cases = { kind = "count" }
reached = { kind = "share", of = "reply == '有效'", where = "reached == '是'" }
satisfied = { kind = "share", of = "reply == '有效'", column = "grade", credit = { "满意" = 1, "基本满意" = 0.8, "不满意" = 0 } }
points = { kind = "sum", where = "reply == '有效'", column = "grade", credit = { "满意" = 1, "基本满意" = 0.8, "不满意" = 0 } }
days = { kind = "mean", column = "days", empty = "missing" }
work = { kind = "sum", column = "days", where = "days <= 1" }

[system.s]
tree = "tree.csv"

[methodology.m]
imputation = "mean"
normalisation = "none"
weighting = "given"
"#;
const TREE: &str = "code,parent,weight\nindex,,\ncases,index,1\nreached,index,1\nsatisfied,index,1\npoints,index,1\ndays,index,1\nwork,index,1\n";

fn small(tickets: &str, toml: &str) -> tempfile::TempDir {
    folder(&[
        ("regions.csv", REGIONS),
        ("tickets.csv", tickets),
        ("tree.csv", TREE),
        ("quanheng.toml", toml),
    ])
}

#[test]
fn records_are_counted_as_by_hand() {
    let folder = small(TICKETS, TOML);
    let resolved = open(folder.path());
    let labels: Vec<&str> = resolved.study.periods.iter().map(|p| p.label.as_str()).collect();
    assert_eq!(labels, ["2023-05", "2023-06"]);
    let of = |column, region, period| cell(&resolved, column, region, period);
    // T1, T2 and T7 lie in the window of D1, T3 in that of D2; T4 came at noon.
    assert_eq!(of("cases", "D1", "2023-05"), Ok(3.0));
    assert_eq!(of("cases", "C", "2023-05"), Ok(4.0));
    assert_eq!(of("cases", "S3", "2023-05"), Ok(1.0));
    assert_eq!(of("cases", "C", "2023-06"), Ok(2.0));
    // No record names S1 in June: its count is 0, and its rates have no base.
    assert_eq!(of("cases", "S1", "2023-06"), Ok(0.0));
    assert_eq!(of("reached", "S1", "2023-06"), Err(State::NotApplicable));
    assert_eq!(of("days", "S1", "2023-06"), Err(State::Missing));
    assert_eq!(of("reached", "D1", "2023-05"), Ok(2.0 / 3.0));
    // (1 + 0.8 + 0.8) / 3 = 26 / 30, and the sum is 2.6 exactly.
    assert_eq!(of("satisfied", "D1", "2023-05"), Ok(26.0 / 30.0));
    assert_eq!(of("points", "D1", "2023-05"), Ok(2.6));
    // 0.1 + 0.2 + 0.1 is 0.4, which a sum from left to right misses.
    assert_eq!(of("days", "D1", "2023-05"), Ok(0.4 / 3.0));
    assert_eq!(of("work", "D1", "2023-05"), Ok(0.4));
    assert_eq!(of("work", "D1", "2023-06"), Ok(0.0));
    let behind = |column, region, period: u32| {
        let region = resolved.study.region(region).expect("a region");
        resolved.behind(column, region, PeriodIx(period)).expect("counted")
    };
    let satisfied = behind("satisfied", "D1", 0);
    assert_eq!((satisfied.count, satisfied.base, satisfied.grades), (3, 3, vec![1, 2, 0]));
    assert_eq!(satisfied.first.len(), 3);
    let (place, shows) = &satisfied.first[1];
    assert!(place.ends_with("tickets.csv:3"), "{place}");
    assert_eq!(shows, "T2, 2023-04-20 10:30, D1, S2, 有效, 是, 基本满意, 0.2");
}

/// The result with every digit, without the fingerprint of the files.
fn output(folder: &Path, threads: &str) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .args(["run", "--period", "all", "--format", "json", "--lang", "en", "--threads", threads])
        .arg(folder)
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = String::from_utf8(done.stdout).expect("UTF-8");
    assert!(text.len() > 1000);
    text.lines().filter(|line| !line.contains("fingerprint")).collect::<Vec<_>>().join("\n")
}

#[test]
fn neither_the_order_of_records_nor_threads_nor_files_have_an_effect() {
    let mut lines: Vec<&str> = TICKETS.lines().collect();
    let header = lines.remove(0);
    let before = output(small(TICKETS, TOML).path(), "1");
    assert_eq!(before, output(small(TICKETS, TOML).path(), "2"));
    lines.reverse();
    let shuffled = format!("{header}\n{}\n", lines.join("\n"));
    assert_eq!(before, output(small(&shuffled, TOML).path(), "1"));
    // Two files, of which one has its columns in another order.
    let toml = TOML.replace("file = \"tickets.csv\"", "file = [\"tickets.csv\", \"more.csv\"]");
    let first = format!("{header}\n{}\n", lines[..3].join("\n"));
    let turned = |line: &&str| line.split(',').rev().collect::<Vec<_>>().join(",");
    let more: Vec<String> = [header].iter().chain(&lines[3..]).map(turned).collect();
    let folder = small(&first, &toml);
    std::fs::write(folder.path().join("more.csv"), more.join("\n")).expect("written");
    assert_eq!(before, output(folder.path(), "2"));
}

#[test]
fn windows_periods_and_dates_say_when() {
    let stated = TOML.replace(
        "window = { from_day = 19, to_day = 18, to_time = \"12:00\" }",
        "windows = { \"2023-Q1\" = { from = \"2023-04-19 00:00\", to = \"2023-04-21 00:00\" }, \
         \"2023-Q2\" = { from = \"2023-04-20\", to = \"2023-06-01\" } }",
    );
    let resolved = small(TICKETS, &stated);
    let resolved = open(resolved.path());
    // T2 lies in both windows.
    assert_eq!(cell(&resolved, "cases", "C", "2023-Q1"), Ok(2.0));
    assert_eq!(cell(&resolved, "cases", "C", "2023-Q2"), Ok(6.0));
    let kept =
        TOML.replace("to_time = \"12:00\" }", "to_time = \"12:00\", periods = [\"2023-06\"] }");
    let resolved = small(TICKETS, &kept);
    let resolved = open(resolved.path());
    assert_eq!(resolved.study.periods.len(), 1);
    assert_eq!(cell(&resolved, "cases", "C", "2023-06"), Ok(2.0));
    // Calendar months, dates without a time of day, and another format.
    let months = TOML.replace(
        "window = { from_day = 19, to_day = 18, to_time = \"12:00\" }",
        "time_format = \"%d.%m.%Y\"",
    );
    let tickets = "ticket,created,district,street,reply,reached,grade,days\n\
                   T1,30.04.2023,D1,S1,有效,是,满意,1\nT2,01.05.2023,D1,S1,有效,是,满意,1\n";
    let resolved = small(tickets, &months);
    let resolved = open(resolved.path());
    assert_eq!(cell(&resolved, "cases", "D1", "2023-04"), Ok(1.0));
    assert_eq!(cell(&resolved, "cases", "D1", "2023-05"), Ok(1.0));
}

#[test]
fn records_stand_beside_values_and_are_filtered() {
    let toml = TOML
        .replace("regions = \"regions.csv\"", "regions = \"regions.csv\"\nvalues = \"values.csv\"")
        .replace("unique = \"ticket\"", "unique = \"ticket\"\nwhere = \"ticket != 'T7'\"");
    let folder = small(TICKETS, &toml);
    // The same month, written otherwise.
    let values = "region,period,people\nD1,2023年5月,100\nD2,2023年5月,200\n";
    std::fs::write(folder.path().join("values.csv"), values).expect("written");
    let tree = TREE.replace("cases,index,1", "cases,index,1\npeople,index,1");
    std::fs::write(folder.path().join("tree.csv"), tree).expect("written");
    let resolved = open(folder.path());
    assert_eq!(resolved.study.periods.len(), 2);
    let label = resolved.study.periods[0].label.clone();
    assert_eq!(cell(&resolved, "cases", "D1", &label), Ok(2.0));
    assert_eq!(cell(&resolved, "people", "D1", &label), Ok(100.0));
}

#[test]
fn a_workbook_gives_the_same_as_the_text() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let before = output(small(TICKETS, TOML).path(), "1");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let shown = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    for (row, line) in TICKETS.lines().enumerate() {
        for (column, text) in line.split(',').enumerate() {
            let at = (row as u32, column as u16);
            let number = text.parse::<f64>();
            let date = ExcelDateTime::parse_from_str(text);
            match (number, date) {
                (Ok(number), _) => sheet.write(at.0, at.1, number),
                (_, Ok(date)) if row > 0 && column == 1 => {
                    sheet.write_with_format(at.0, at.1, &date, &shown)
                }
                _ => sheet.write(at.0, at.1, text),
            }
            .expect("a cell");
        }
    }
    let folder = small(TICKETS, &TOML.replace("\"tickets.csv\"", "\"tickets.xlsx\""));
    book.save(folder.path().join("tickets.xlsx")).expect("saved");
    assert_eq!(before, output(folder.path(), "1"));
}

#[test]
fn the_tickets_of_the_example_are_those_of_the_generator() {
    let mut made = Vec::new();
    generate::write(20_000, &mut made).expect("written");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotline-12345/tickets.csv");
    assert!(made == std::fs::read(path).expect("the tickets"), "generate.rs writes other tickets");
}

/// The counts of 100,000 tickets, counted here line by line.
#[test]
fn a_hundred_thousand_tickets() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotline-12345");
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["quanheng.toml", "regions.csv", "tree.csv", "tree-jungar.csv", "official.csv"] {
        std::fs::copy(root.join(name), folder.path().join(name)).expect("copied");
    }
    let mut made = Vec::new();
    generate::write(100_000, &mut made).expect("written");
    std::fs::write(folder.path().join("tickets.csv"), &made).expect("written");
    let resolved = open(folder.path());
    let text = String::from_utf8(made).expect("UTF-8");
    for (region, place) in [("C", None), ("D2", Some(2)), ("S31", Some(3)), ("U8", Some(4))] {
        let in_window = |time: &str| ("2025-03-19 00:00".."2025-04-18 12:00").contains(&time);
        let of = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
        let of = of.filter(|cells| {
            in_window(cells[1])
                && cells[5] == "有效"
                && place.is_none_or(|place| cells[place] == region)
        });
        let grades: Vec<&str> = of.map(|cells| cells[8]).collect();
        assert!(grades.len() > 100, "{region}: {}", grades.len());
        let count = |grade: &str| grades.iter().filter(|of| **of == grade).count();
        let n = grades.len() as f64;
        assert_eq!(cell(&resolved, "callbacks", region, "2025-04"), Ok(n));
        let tenths = 10 * count("满意") + 9 * count("基本满意");
        assert_eq!(
            cell(&resolved, "satisfaction", region, "2025-04"),
            Ok(tenths as f64 / (10.0 * n))
        );
    }
}

/// The notice of 盘锦 (January to April 2023, source in `examples/panjin-12345/PROVENANCE.md`) prints rates and numbers
/// of cases. Records that have these rates, to the printed digits, give the printed scores. How many callers were asked is
/// not printed: here it is the greatest number of cases of which the printed rate of satisfaction can be the share.
#[test]
fn records_with_the_printed_rates_of_panjin_give_its_printed_scores() {
    let printed = [
        ("大洼区", 4226, 98.06, 99.00, 99.3),
        ("盘山县", 1922, 98.44, 98.37, 99.2),
        ("兴隆台区", 6530, 97.95, 98.44, 99.1),
        ("双台子区", 2584, 96.21, 94.01, 97.4),
        ("高新技术开发区", 22, 100.0, 100.0, 100.0),
        ("辽滨沿海经济技术开发区", 268, 99.25, 97.02, 99.0),
    ];
    let mut records = String::from("region,closed,asked,satisfied\n");
    for (region, n, closed, satisfied, _) in printed {
        let count = |percent: f64, n: i32| (percent * f64::from(n) / 100.0).round() as i32;
        let prints = |percent: f64, n: &i32| {
            let rate = 100.0 * f64::from(count(percent, *n)) / f64::from(*n);
            (rate - percent).abs() < 0.005
        };
        assert!(prints(closed, &n), "{region}");
        let asked = (1..=n).rev().find(|n| prints(satisfied, n)).expect("a number of callers");
        for k in 0..n {
            let yes = |is: bool| if is { "是" } else { "否" };
            let cells = [k < count(closed, n), k < asked, k < count(satisfied, asked)].map(yes);
            records.push_str(&format!("{region},{}\n", cells.join(",")));
        }
    }
    let toml = r#"
[records.cases]
file = "cases.csv"
measures = { close = { kind = "share", where = "closed == '是'" }, satisfaction = { kind = "share", of = "asked == '是'", where = "satisfied == '是'" }, on_time = { kind = "share" } }
[system.s]
tree = "tree.csv"
[methodology.m]
imputation = "fail"
treatment = "none"
normalisation = "none"
weighting = "given"
aggregation = "script:aggregation/three_rates_score.rhai"
"#;
    let tree =
        "code,parent,weight\nscore,,\nclose,score,0.2\nsatisfaction,score,0.3\non_time,score,0.5\n";
    let folder = folder(&[("cases.csv", &records), ("tree.csv", tree), ("quanheng.toml", toml)]);
    let resolved = open(folder.path());
    let evaluation = crate::projects::evaluate(&resolved, "m");
    let study = evaluation.study();
    let scores = evaluation.scores(evaluation.methodology().system.root()).values();
    for (region, .., score) in printed {
        let region = study.region(region).expect("a region");
        let row = study.panel.regions().iter().position(|of| *of == region).expect("a row");
        assert_eq!(scores[row], score, "{region:?}");
    }
}
