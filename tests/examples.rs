//! Every example is held against its official result, and its ranking is pinned.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng::project;
use quanheng::report::ranking::{Frame, View};
use quanheng::report::render::{Style, table};
use quanheng::report::{Language, ranking};
use quanheng_core::evaluation::Evaluation;
use serde::Deserialize;

/// What `expected.toml` holds; `examples/README.md` describes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    check: Vec<Check>,
}

/// One comparison with `official.csv`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    methodology: String,
    /// The table that it is held against.
    #[serde(default = "official_file")]
    file: String,
    node: String,
    column: Column,
    #[serde(default)]
    periods: Option<Vec<String>>,
    #[serde(default)]
    tolerance: f64,
    /// The least number of rows that must have been compared, so that a check cannot pass by comparing nothing.
    rows: usize,
    /// Rows that are known to differ: period and region; the reason is for the reader.
    #[serde(default)]
    except: Vec<(String, String)>,
    #[serde(default)]
    #[expect(dead_code, reason = "for readers of the file")]
    reason: String,
}

fn official_file() -> String {
    "official.csv".into()
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Column {
    Score,
    Rank,
    Tier,
}

fn projects() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
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

/// The official results are reproduced, but for the rows that `expected.toml` names, which must really differ.
#[test]
fn official_results() {
    let mut wrong = Vec::new();
    for folder in projects() {
        let text = std::fs::read_to_string(folder.join("expected.toml")).expect("expected.toml");
        let expected: Expected =
            toml::from_str(&text).unwrap_or_else(|e| panic!("{folder:?}: {e}"));
        let resolved = project::open(&folder).unwrap_or_else(|problems| {
            panic!("{folder:?}:\n{}", problems.render(quanheng_words::Language::En, false))
        });
        let codes: BTreeSet<&String> = expected.check.iter().map(|c| &c.methodology).collect();
        for code in codes {
            let methodology = resolved.methodologies[code].clone();
            let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology)
                .unwrap_or_else(|e| {
                    let problems = resolved.evaluation_problems(code, e);
                    panic!(
                        "{folder:?} {code}:\n{}",
                        problems.render(quanheng_words::Language::En, false)
                    )
                });
            for check in expected.check.iter().filter(|c| c.methodology == *code) {
                let official = official(&folder.join(&check.file));
                if let Err(words) = hold(&evaluation, check, &official) {
                    wrong.push(format!("{} {code} {}: {words}", name(&folder), check.node));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One line of `official.csv`.
struct Official {
    period: String,
    region: String,
    node: String,
    score: Option<f64>,
    rank: Option<f64>,
    tier: Option<String>,
}

fn official(path: &Path) -> Vec<Official> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
    let heads = reader.headers().expect("a header").clone();
    let at = |name: &str| heads.iter().position(|h| h == name);
    let (period, region, node) = (at("period"), at("region").expect("region"), at("node"));
    let (score, rank, tier) = (at("score"), at("rank"), at("tier"));
    reader
        .records()
        .map(|record| {
            let record = record.expect("a record");
            let cell = |k: Option<usize>| k.and_then(|k| record.get(k)).filter(|c| !c.is_empty());
            let number = |k| cell(k).map(|c| c.parse().unwrap_or_else(|_| panic!("number `{c}`")));
            Official {
                period: cell(period).unwrap_or_default().to_owned(),
                region: cell(Some(region)).expect("a region").to_owned(),
                node: cell(node).unwrap_or_default().to_owned(),
                score: number(score),
                rank: number(rank),
                tier: cell(tier).map(str::to_owned),
            }
        })
        .collect()
}

fn hold(evaluation: &Evaluation, check: &Check, official: &[Official]) -> Result<(), String> {
    let study = evaluation.study();
    let system = &evaluation.methodology().system;
    let node = system.find(&check.node).ok_or("no such node")?;
    let panel = &study.panel;
    let mut row_of = std::collections::BTreeMap::new();
    for row in 0..panel.rows() {
        let region = study.regions[panel.regions()[row].0 as usize].code.as_str();
        let period = study.periods[panel.periods()[row].0 as usize].label.as_str();
        row_of.insert((period, region), row);
    }
    let ranks = evaluation.ranks_of(node);
    let only_period = study.periods.len() == 1;
    let mut compared = 0;
    let mut excused = BTreeSet::new();
    let mut wrong = Vec::new();
    for line in official {
        let period =
            if only_period { study.periods[0].label.as_str() } else { line.period.as_str() };
        let wanted = check.periods.as_ref().is_none_or(|p| p.iter().any(|p| p == period));
        if !wanted || !(line.node == check.node || line.node.is_empty()) {
            continue;
        }
        let Some(&row) = row_of.get(&(period, line.region.as_str())) else {
            wrong.push(format!("{period} {} is not evaluated", line.region));
            continue;
        };
        let (differs, words) = match check.column {
            Column::Score => {
                let Some(stated) = line.score else { continue };
                let found = evaluation.scores(node).values()[row];
                let differs = found.is_nan() || (found - stated).abs() > check.tolerance;
                (differs, format!("{found} for {stated}"))
            }
            Column::Rank => {
                let Some(stated) = line.rank else { continue };
                let found = ranks[row];
                (found != stated, format!("rank {found} for {stated}"))
            }
            Column::Tier => {
                let Some(stated) = &line.tier else { continue };
                let at = evaluation.tiers()[row].map(usize::from);
                let labels = evaluation.tier_labels(row);
                let found = at.and_then(|at| labels.get(at)).map_or("none", String::as_str);
                (found != stated, format!("tier {found} for {stated}"))
            }
        };
        compared += 1;
        let key = (line.period.clone(), line.region.clone());
        if check.except.contains(&key) {
            if differs {
                excused.insert(key);
            }
        } else if differs {
            wrong.push(format!("{period} {}: {words}", line.region));
        }
    }
    if compared < check.rows {
        wrong.push(format!("{compared} rows compared, {} expected", check.rows));
    }
    for key in check.except.iter().filter(|key| !excused.contains(*key)) {
        wrong.push(format!("{key:?} is excused and does not differ"));
    }
    wrong.truncate(12);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
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
