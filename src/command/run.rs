//! `quanheng run`: the main job.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::Methodology;
use quanheng_core::model::{LeagueIx, PeriodIx};

use super::{Terminal, language, print};
use crate::data::write;
use crate::problem::{Fault, Problem, Problems};
use crate::progress::Progress;
use crate::project::{self, Resolved};
use crate::report::ranking::{Frame, View};
use crate::report::render::{csv, json, terminal, workbook};
use crate::report::{Block, Language, Report, Table, ranking, stages};

/// What `run` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder, or its quanheng.toml.
    #[arg(default_value = ".")]
    project: PathBuf,
    /// Methodologies, by code; `all` for every one. The project's own unless stated.
    #[arg(short, long, value_delimiter = ',')]
    methodology: Vec<String>,
    /// Periods to show; `all` for every one. The last unless stated. All are evaluated and written.
    #[arg(short, long, value_delimiter = ',')]
    period: Vec<String>,
    /// Leagues to show, by code; all unless stated.
    #[arg(short, long, value_delimiter = ',')]
    league: Vec<String>,
    /// The language of the report: zh or en; the project's unless stated.
    #[arg(long, value_parser = language)]
    lang: Option<Language>,
    /// Show only the best N regions of each table, and those that share the last of these places.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Show only the worst N regions, likewise; with --top, both.
    #[arg(long, value_name = "N")]
    bottom: Option<usize>,
    /// The form of what is printed.
    #[arg(long, default_value = "table")]
    format: Format,
    /// Hold the project to its quanheng.lock first: nothing is printed or written where anything differs.
    #[arg(long)]
    locked: bool,
    /// Write every stage as CSV, JSON and xlsx below this folder, a folder for each methodology.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// The form of what `run` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people.
    Table,
    /// CSV, every digit.
    Csv,
    /// JSON, every digit.
    Json,
}

/// Longer tables are cut on the screen unless `--top` says otherwise.
const SHOWN: usize = 500;

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let progress = Progress::new("reading");
    let resolved = project::open(&arguments.project)?;
    let methodologies = chosen(&resolved, &arguments.methodology)?;
    let periods = periods(&resolved, &arguments.period)?;
    let leagues = leagues(&resolved, &arguments.league)?;
    if arguments.locked {
        super::verify::locked(&resolved, &methodologies, &progress)?;
    }
    let language = arguments.lang.unwrap_or(resolved.language);
    let frame = Frame {
        source: resolved.source.clone(),
        fingerprint: resolved.fingerprint.clone(),
        left_out: resolved.left_out,
    };
    let longest = resolved.study.panel.slices().iter().map(|s| s.rows.len()).max().unwrap_or(0);
    let cut = (longest > SHOWN && arguments.format == Format::Table).then_some(20);
    let view = View {
        language,
        periods: periods.as_deref(),
        leagues: leagues.as_deref(),
        top: arguments.top.or(cut.filter(|_| arguments.bottom.is_none())),
        bottom: arguments.bottom,
    };

    let mut problems = Problems::default();
    if arguments.methodology.iter().any(|code| code == "all") {
        problems.extend(resolved.aside.clone());
    }
    let mut report = Report::default();
    for (i, methodology) in methodologies.iter().enumerate() {
        progress.step("evaluating", i, methodologies.len());
        match Evaluation::new(Arc::clone(&resolved.study), Arc::clone(methodology)) {
            Err(errors) => {
                problems.extend(resolved.evaluation_problems(&methodology.code, errors));
            }
            Ok(evaluation) => {
                let last = i + 1 == methodologies.len();
                let around = if last { frame.clone() } else { Frame::default() };
                report.blocks.extend(ranking::report(&evaluation, &view, &around).blocks);
                if let Some(folder) = &arguments.out {
                    progress.step("writing", i, methodologies.len());
                    let folder = folder.join(&methodology.code);
                    if let Err(found) = write_all(&folder, &evaluation, &frame, language) {
                        problems.extend(found);
                    }
                }
            }
        }
    }
    progress.done();
    let printed = print(&match arguments.format {
        Format::Table => terminal::render(&report, language, out.out),
        Format::Json => json::render(&report),
        Format::Csv => tables(&report).map(csv::render).collect(),
    });
    if let Err(found) = printed {
        problems.extend(found);
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn tables(report: &Report) -> impl Iterator<Item = &Table> {
    report.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

pub(super) fn chosen(
    resolved: &Resolved,
    codes: &[String],
) -> Result<Vec<Arc<Methodology>>, Problems> {
    if codes.is_empty() {
        return Ok(vec![resolved.methodology(None)?]);
    }
    if codes.iter().any(|c| c == "all") {
        return Ok(resolved.methodologies.values().cloned().collect());
    }
    let mut problems = Problems::default();
    let mut found = Vec::new();
    for code in codes {
        match resolved.methodology(Some(code)) {
            Ok(methodology) => found.push(methodology),
            Err(more) => problems.extend(more),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn periods(resolved: &Resolved, labels: &[String]) -> Result<Option<Vec<PeriodIx>>, Problems> {
    let study = &resolved.study;
    if labels.is_empty() {
        return Ok(None);
    }
    if labels.iter().any(|l| l == "all") {
        return Ok(Some((0..study.periods.len() as u32).map(PeriodIx).collect()));
    }
    let known = study.periods.iter().map(|p| p.label.clone()).collect();
    named("period", labels, known, |label| study.period(label)).map(Some)
}

fn leagues(resolved: &Resolved, codes: &[String]) -> Result<Option<Vec<LeagueIx>>, Problems> {
    let leagues = &resolved.study.leagues;
    if codes.is_empty() {
        return Ok(None);
    }
    let known = leagues.iter().map(|l| l.code.clone()).collect();
    let find = |code: &str| leagues.iter().position(|l| l.code == code).map(|i| LeagueIx(i as u32));
    named("league", codes, known, find).map(Some)
}

/// What each name stands for, or a problem for each name that stands for nothing.
fn named<T>(
    what: &'static str,
    names: &[String],
    known: Vec<String>,
    find: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Problems> {
    let mut problems = Problems::default();
    let mut found = Vec::new();
    for name in names {
        match find(name) {
            Some(one) => found.push(one),
            None => problems.push(Problem::unknown(what, name, known.clone())),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// Writes every stage below `folder`: a CSV a stage, one JSON, one workbook. Each file is whole or not there.
fn write_all(
    folder: &Path,
    evaluation: &Evaluation,
    frame: &Frame,
    language: Language,
) -> Result<(), Problems> {
    let tables = stages::tables(evaluation, language);
    for table in &tables {
        write::bytes(&folder.join(format!("{}.csv", table.name)), csv::render(table).as_bytes())?;
        #[cfg(feature = "parquet")]
        {
            let path = folder.join(format!("{}.parquet", table.name));
            let bytes = crate::report::render::parquet::render(table)
                .map_err(|e| unwritable(&path, &e.to_string()))?;
            write::bytes(&path, &bytes)?;
        }
    }
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{{\"program\":\"quanheng {}\",\"methodology\":{},\"fingerprint\":{},\"stages\":[",
        env!("CARGO_PKG_VERSION"),
        serde_json::Value::String(evaluation.methodology().code.clone()),
        serde_json::Value::String(frame.fingerprint.clone()),
    );
    for (i, table) in tables.iter().enumerate() {
        text.push_str(if i > 0 { ",\n" } else { "" });
        text.push_str(&json::table(table));
    }
    text.push_str("\n]}\n");
    write::bytes(&folder.join("result.json"), text.as_bytes())?;
    if tables.iter().all(|t| t.rows.len() < workbook::ROWS) {
        let path = folder.join("result.xlsx");
        let book = workbook::render(&tables).map_err(|e| unwritable(&path, &e.to_string()))?;
        write::bytes(&path, &book)?;
    }
    Ok(())
}

fn unwritable(path: &Path, reason: &str) -> Problems {
    let (file, reason) = (path.display().to_string(), reason.to_owned());
    Problems::from(Problem { fault: Fault::Unwritable { file, reason }, places: vec![] })
}
