//! Every example is held against its official result, and its ranking is pinned.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng::official::{Compared, Kind, Standing, Tally};
use quanheng::report::ranking::{Frame, View};
use quanheng::report::render::{Style, table};
use quanheng::report::{Language, marks, ranking};
use quanheng::{official, project};
use quanheng_core::evaluation::Evaluation;

fn projects() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    // One of them takes results of others.
    quanheng::gate::allow(&folder).expect("examples/");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("examples/")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("quanheng.toml").exists())
        .collect();
    found.sort();
    assert!(found.len() >= 7, "seven examples, found {found:?}");
    found
}

fn name(folder: &Path) -> String {
    folder.file_name().expect("a name").to_string_lossy().into_owned()
}

/// The published results are reproduced, but for the cells that the projects state as exceptions, which must really
/// differ; every project compares with some, and states how many cells these are.
#[test]
fn official_results() {
    let mut wrong = Vec::new();
    for folder in projects() {
        let resolved = project::open(&folder).unwrap_or_else(|problems| {
            panic!("{folder:?}:\n{}", problems.render(Language::En, false))
        });
        let (compared, mut problems) = official::reproduce(&resolved, |_| true, |_, _| {});
        problems.extend(official::unmet(&compared));
        if !problems.is_empty() {
            wrong.push(problems.render(Language::En, false));
        }
        let (figures, mut problems) = official::weigh(&resolved);
        problems.extend(official::unmet_figures(&figures));
        if !problems.is_empty() {
            wrong.push(problems.render(Language::En, false));
        }
        for one in compared {
            if one.at_least != Some(one.count()) {
                let (code, file) = (&one.methodology, &one.file);
                let (n, least) = (one.count(), one.at_least);
                wrong.push(format!("{file}, {code}: {n} cells, and at_least is {least:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A whole number with a comma before every three digits.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A small difference with one digit, rounded up: no cell differs by more.
fn at_most(difference: f64) -> String {
    let (mut digits, mut x) = (0, difference);
    while x < 1.0 && digits < 17 {
        digits += 1;
        x *= 10.0;
    }
    let scale = (0..digits).fold(1.0, |scale, _| scale * 10.0);
    format!("{:.digits$}", x.ceil() / scale)
}

/// What of the official results of an example is compared, and how closely it agrees.
fn agreement(compared: &[Compared]) -> String {
    let mut parts = Vec::new();
    for (kind, one, many) in [
        (Kind::Score, "score", "scores"),
        (Kind::Rank, "rank", "ranks"),
        (Kind::Tier, "tier", "tiers"),
    ] {
        let lines = || compared.iter().flat_map(|one| &one.lines);
        let of = |count: fn(Tally) -> usize| lines().map(|l| count(l.tally(kind))).sum::<usize>();
        let (all, equal, within) = (of(|t| t.cells), of(|t| t.equal), of(|t| t.within));
        if all == 0 {
            continue;
        }
        let of_kind = || compared.iter().flat_map(|one| &one.cells);
        let of_kind = || of_kind().filter(|cell| cell.published.stated.kind() == kind);
        let known = of_kind().filter(|c| matches!(c.standing, Standing::Excepted(_))).count();
        let words = if all == 1 { one } else { many };
        let mut text = format!("{} {words}", grouped(all));
        if kind == Kind::Score && equal > 0 {
            let decimals =
                || lines().filter(|l| l.tally(kind).equal > 0).filter_map(|l| l.decimals);
            let (least, most) = (decimals().min().unwrap_or(0), decimals().max().unwrap_or(0));
            let decimals = match least == most {
                true => format!("{most}"),
                false => format!("{least} to {most}"),
            };
            let count = if equal == all { String::new() } else { format!("{} ", grouped(equal)) };
            let unit = if decimals == "1" { "decimal" } else { "decimals" };
            text.push_str(&format!(", {count}equal at {decimals} {unit}"));
        } else if equal == all {
            text.push_str(", equal");
        }
        if within > 0 {
            let differences = of_kind().filter(|c| c.standing == Standing::Within);
            let most = differences.filter_map(|c| c.difference).map(f64::abs);
            let most = most.fold(0.0, |most, x| if x > most { x } else { most });
            text.push_str(&format!(", {} within {}", grouped(within), at_most(most)));
        }
        if known > 0 {
            text.push_str(&format!(", {} known to differ", grouped(known)));
        }
        parts.push(text);
    }
    parts.join("; ")
}

/// The table of the examples, as examples/README.md shows it: what the projects say of themselves, and how closely they
/// agree with the results that they are compared with.
pub(crate) fn table() -> String {
    let mut text = "| example | question | it shows | data | compared results |\n".to_owned();
    text.push_str("|---|---|---|---|---|\n");
    for folder in projects() {
        let name = name(&folder);
        let resolved = project::open(&folder).expect("an example");
        let question = resolved.metadata.question.get("en");
        let question = question.unwrap_or_else(|| panic!("{name}: no `question` in [project]"));
        let readme = std::fs::read_to_string(folder.join("README.md")).expect("a README");
        let shows = readme.lines().find_map(|line| line.strip_prefix("**It shows** "));
        let shows =
            shows.unwrap_or_else(|| panic!("{name}: no line `**It shows** …` in README.md"));
        let shows = shows.trim_end_matches('.');
        let data = marks::short(&resolved.marks, Language::En);
        let data = data.unwrap_or_else(|| "real".to_owned());
        let (compared, _) = official::reproduce(&resolved, |_| true, |_, _| {});
        let agreement = agreement(&compared);
        text.push_str(&format!(
            "| [{name}]({name}/) | {question} | {shows} | {data} | {agreement} |\n"
        ));
    }
    text
}

/// The ranking that a person sees, of every methodology.
#[test]
fn rankings() {
    for folder in projects() {
        let resolved = project::open(&folder).expect("an example");
        let mut text = String::new();
        for methodology in resolved.methodologies.values() {
            let evaluation =
                Evaluation::new(Arc::clone(&resolved.study), methodology.clone()).expect("it runs");
            let view = View {
                language: Language::En,
                periods: None,
                leagues: None,
                node: None,
                every_node: false,
                top: Some(40),
                bottom: Some(3),
            };
            let report = ranking::report(&evaluation, &view, &Frame::default());
            text.push_str(&table::render(&report, Style::default()));
            text.push('\n');
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots/examples");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name(&folder), text));
    }
}
