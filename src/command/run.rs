//! `quanheng run`: the main job.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;
use quanheng_words::text;

use super::format::{SHOWN, format};
use super::{Terminal, named};
use crate::data::write;
use crate::gate::{Folder, file_name};
use crate::note::{self, Notes};
use crate::problem::{Problem, Problems};
use crate::progress::Progress;
use crate::project;
use crate::report::ranking::{Frame, View};
use crate::report::render::{FORMATS, Format, Render, csv, json};
use crate::report::workbook::{Beside, workbook};
use crate::report::{Block, Language, Report, Table, intermediate, marks, notes, ranking, stages};

/// What `run` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder, or its quanheng.toml.
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Methodologies by code; `all` means every one. The default is the project's default methodology.
    #[arg(short, long, value_delimiter = ',')]
    methodology: Vec<String>,
    /// Periods to show; `all` means every one. The default is the last period. All periods are evaluated and written.
    #[arg(short, long, value_delimiter = ',')]
    period: Vec<String>,
    /// Leagues to show, by code; all unless stated.
    #[arg(short, long, value_delimiter = ',')]
    league: Vec<String>,
    /// Rank by this node or leaf in place of the index, and show the nodes below it.
    #[arg(short, long, value_name = "CODE")]
    node: Option<String>,
    /// Show only the best N regions of each table, and those that share the last of these places.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Show only the worst N regions in the same way; with --top, show both.
    #[arg(long, value_name = "N")]
    bottom: Option<usize>,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
    /// Verify the project against its quanheng.lock first; if anything differs, print and write nothing.
    #[arg(long)]
    locked: bool,
    /// In CSV, put an apostrophe before texts that begin with = + - or @, which a spreadsheet would take for formulas.
    #[arg(long)]
    safe_csv: bool,
    /// Write every stage as CSV, JSON and xlsx below this folder, a folder for each methodology.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        self.project.clone()
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let progress = Progress::new(out.language);
    let resolved = project::open(&arguments.project)?;
    let methodologies = named::methodologies(&resolved, &arguments.methodology)?;
    let codes: Vec<&str> = methodologies.iter().map(|m| m.code.as_str()).collect();
    let out = out.of_methodologies(&resolved, &codes);
    let periods = named::periods(&resolved.study, &arguments.period)?;
    let leagues = named::leagues(&resolved.study, &arguments.league)?;
    if let Some(code) = &arguments.node {
        named::node(&methodologies, code)?;
    }
    if arguments.locked {
        super::verify::locked(&resolved, &methodologies, &progress)?;
    }
    let language = out.language;
    let frame = Frame::of(&resolved, out.marks.clone());
    let longest = resolved.study.panel.slices().iter().map(|s| s.rows.len()).max().unwrap_or(0);
    let cut = (longest > SHOWN && arguments.format.is_for_people()).then_some(20);
    let view = View {
        language,
        periods: periods.as_deref(),
        leagues: leagues.as_deref(),
        node: arguments.node.as_deref(),
        every_node: !out.columns.is_empty(),
        top: arguments.top.or(cut.filter(|_| arguments.bottom.is_none())),
        bottom: arguments.bottom,
    };

    let outlet = match &arguments.out {
        None => None,
        Some(named) => {
            let project = Folder::of(resolved.said.file());
            let found = project.outlet(named);
            Some(found.map_err(|e| Problem::unwritable(named.display(), e))?)
        }
    };
    let mut problems = Problems::default();
    if arguments.methodology.iter().any(|code| code == "all") {
        problems.extend(resolved.aside.methodologies());
    }
    let mut report = Report::default();
    let whole = methodologies.len() == resolved.stated.len();
    let mut noted = Vec::new();
    for (i, methodology) in methodologies.iter().enumerate() {
        progress.step(&text!(progress_evaluating), i, methodologies.len());
        match Evaluation::new(Arc::clone(&resolved.study), Arc::clone(methodology)) {
            Err(errors) => {
                problems.extend(resolved.evaluation_problems(&methodology.code, errors));
            }
            Ok(evaluation) => {
                let last = i + 1 == methodologies.len();
                let around = if last { frame.clone() } else { Frame::default() };
                report.blocks.extend(ranking::report(&evaluation, &view, &around).blocks);
                let of_this = note::of_result(&resolved, &evaluation);
                if let Some(outlet) = &outlet {
                    progress.step(&text!(progress_writing), i, methodologies.len());
                    let folder = outlet.join(file_name(&methodology.code));
                    let notes = resolved.notes(of_this.clone(), false);
                    let written = evaluation
                        .intermediate()
                        .map_err(|errors| resolved.evaluation_problems(&methodology.code, errors))
                        .map(|found| intermediate::tables(&evaluation, &found, language))
                        .and_then(|beside| {
                            write_all(
                                (outlet, arguments.safe_csv),
                                &folder,
                                &evaluation,
                                beside,
                                &notes,
                                &Frame {
                                    marks: resolved.marks_of(&[&methodology.code]),
                                    ..frame.clone()
                                },
                                language,
                            )
                        });
                    if let Err(found) = written {
                        problems.extend(found);
                    }
                }
                noted.extend(of_this);
            }
        }
    }
    let line = notes::line(&resolved.notes(noted, whole), language);
    report.blocks.extend(line.map(Block::Line));
    progress.done();
    if arguments.safe_csv && arguments.format.name == "csv" {
        report = report.without_formulas();
    }
    let printed = out.show(&report, arguments.format);
    if let Err(found) = printed {
        problems.extend(found);
    }
    let broken = resolved.broken();
    if arguments.methodology.is_empty() && !broken.is_empty() {
        let line = text!(run_others_broken, count = broken.len(), codes = broken);
        super::say(&line, language);
    }
    // The program ends here. The system takes memory back at once; freeing a million regions one by one takes long.
    std::mem::forget(Arc::clone(&resolved.study));
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Writes every stage below `folder`, and the intermediate results after them: one CSV file per table, one JSON file, one
/// workbook. Each file is complete or absent.
fn write_all(
    (outlet, safe_csv): (&Folder, bool),
    folder: &Path,
    evaluation: &Evaluation,
    beside: Vec<Table>,
    notes: &Notes,
    frame: &Frame,
    language: Language,
) -> Result<(), Problems> {
    let stages = stages::tables(evaluation, language);
    let mut tables = stages.clone();
    tables.push(notes::table(notes, language));
    let marked = marks::table(&frame.marks, language);
    tables.extend(marked.clone());
    tables.extend(beside.iter().cloned());
    let said: Vec<String> =
        notes.spoken().map(|group| group.said()).map(|said| said.what.render(language)).collect();
    let beside_book = Beside { frame, tables: &tables, notes: &said };
    let book = workbook(evaluation, &beside_book, language);
    let write = |name: String, bytes: Vec<u8>| write::below(outlet, &folder.join(name), &bytes);
    let refused = |name: &str, why| Problem::unwritable(folder.join(name).display(), why);
    for table in &tables {
        let bytes = match safe_csv {
            true => csv::file(&table.without_formulas()),
            false => csv::file(table),
        };
        write(format!("{}.csv", table.name), bytes)?;
    }
    for format in FORMATS {
        match format.render {
            Render::Text(_) => {}
            Render::EachTable(render) => {
                for table in &tables {
                    let name = format!("{}.{}", table.name, format.name);
                    let bytes = render(table).map_err(|why| refused(&name, why))?;
                    write(name, bytes)?;
                }
            }
            Render::Book(render) => {
                let name = format!("result.{}", format.name);
                if let Some(bytes) = render(&book).map_err(|why| refused(&name, why))? {
                    write(name, bytes)?;
                }
            }
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
    let objects = |tables: &[Table]| tables.iter().map(json::table).collect::<Vec<_>>().join(",\n");
    let _ = writeln!(
        text,
        "{}\n],\"intermediate\":[\n{}\n],\"marks\":[{}],\"notes\":{}}}",
        objects(&stages),
        objects(&beside),
        objects(marked.as_slice()),
        notes::json(notes, language)
    );
    write("result.json".to_owned(), text.into_bytes())
}
