//! `quanheng methods try`: one method on a table, without a project.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Stage;
use quanheng_words::text;

use super::Terminal;
use super::format::format;
use crate::data::write;
use crate::gate;
use crate::import::{Book, import};
use crate::problem::{Place, Problem, Problems, Source};
use crate::project;
use crate::report::methods::{self, Description};
use crate::report::render::Format;
use crate::report::{Block, Report, Table, intermediate, stages};

/// What `methods try` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Name of the method.
    name: String,
    /// The table: CSV or a workbook, a row for each region, the first column with their names, the others with numbers.
    file: PathBuf,
    /// The stage, where methods of several stages have this name.
    #[arg(long)]
    stage: Option<String>,
    /// A setting of the method as it stands in a project file, such as `--set 'distance = "manhattan"'`; may be repeated.
    #[arg(long, value_name = "KEY = VALUE")]
    set: Vec<String>,
    /// The columns in which less is better.
    #[arg(long, value_delimiter = ',', value_name = "COLUMN")]
    less: Vec<String>,
    /// Weights of the columns, in the order of the table; unless stated, they are equal.
    #[arg(long, value_delimiter = ',', value_name = "NUMBER")]
    weights: Vec<f64>,
    /// The normalisation before a weighting, an aggregation or a tiering; unless stated, the numbers stay as they are.
    #[arg(long, default_value = "none", value_name = "METHOD")]
    normalisation: String,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let all = methods::all();
    let stage = stage(&all, &arguments)?;
    let folder =
        tempfile::tempdir().map_err(|e| Problem::unwritable(std::env::temp_dir().display(), e))?;
    write_project(folder.path(), stage, &arguments)?;
    let own = |problems| as_typed(problems, folder.path());
    let resolved = project::open(folder.path()).map_err(own)?;
    let wrong = resolved.aside.all();
    if !wrong.is_empty() {
        return Err(own(wrong));
    }
    let methodology = resolved.methodology(None)?;
    let evaluation = Evaluation::new(resolved.study.clone(), methodology.clone())
        .map_err(|errors| own(resolved.evaluation_problems(&methodology.code, errors)))?;
    let found = evaluation
        .intermediate()
        .map_err(|errors| own(resolved.evaluation_problems(&methodology.code, errors)))?;
    let language = out.language;
    // Scores stand with their ranks in the table of the last stage.
    let shown = match stage {
        Stage::Aggregation => Stage::Tiering,
        other => other,
    };
    let tables = stages::tables(&evaluation, language);
    let own = tables.into_iter().filter(|table| table.name == shown.name());
    let table = |table: &Table| Block::Table(table.without_empty_columns());
    let mut blocks: Vec<Block> = own.map(|own| table(&own)).collect();
    let found: Vec<_> = found.into_iter().filter(|found| found.stage == stage).collect();
    for of in intermediate::tables(&evaluation, &found, language) {
        blocks.push(Block::Heading(of.label.clone()));
        blocks.push(table(&of));
    }
    out.show(&Report { blocks }, arguments.format)
}

/// The problems with the line of the method in place of the file that it was written to.
fn as_typed(mut problems: Problems, folder: &Path) -> Problems {
    let typed = |place: &mut Place| {
        let Place::Text { source, span } = place else { return };
        if !Path::new(&source.name).starts_with(folder) {
            return;
        }
        let text = &source.text;
        let first = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let last = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
        let span = span.start - first..span.end.min(last) - first;
        let source = Arc::new(Source::new("methods try", &text[first..last]));
        *place = Place::Text { source, span };
    };
    problems.places_mut().for_each(typed);
    problems
}

/// The stage that has the method.
fn stage(all: &[Description], arguments: &Arguments) -> Result<Stage, Problems> {
    let name = &arguments.name;
    let own: Vec<&Description> = all.iter().filter(|of| of.name == name).collect();
    let is_stated = |of: &&&Description| match &arguments.stage {
        Some(stage) => of.stage.name() == stage,
        None => true,
    };
    match (own.iter().find(is_stated), &arguments.stage) {
        (Some(found), _) => Ok(found.stage),
        (None, Some(stage)) if !own.is_empty() => {
            let known = own.iter().map(|of| of.stage.name().to_owned()).collect();
            Err(Problem::unknown(text!(thing_stage_with_methods), stage, known).into())
        }
        (None, _) => {
            let known = all.iter().map(|of| of.name.to_owned()).collect();
            Err(Problem::unknown(text!(thing_method), name, known).into())
        }
    }
}

/// A project of the table, with a methodology whose other stages leave it as it is.
fn write_project(folder: &Path, stage: Stage, arguments: &Arguments) -> Result<(), Problems> {
    let Arguments { file, set, less, weights, normalisation, .. } = arguments;
    let book = Book::read(file)?;
    let shown = book.name.clone();
    let draft = import(std::slice::from_ref(&book))?;
    // Faults of the table are found where it lies.
    let place = file.canonicalize().map_err(|e| Problem::unreadable(file.display(), e))?;
    if let Some(above) = place.parent() {
        gate::allow(above).map_err(|e| Problem::unreadable(above.display(), e))?;
    }
    let quoted = |text: &str| toml::Value::from(text).to_string();
    for (name, text) in &draft.files {
        let text = match name.as_str() {
            "quanheng.toml" => {
                let head = text.split("[methodology.").next().unwrap_or_default();
                let head = head.lines().filter(|line| !line.starts_with('#'));
                let head = head.collect::<Vec<_>>().join("\n");
                let from = format!("file = {}", quoted(&shown));
                let to = format!("file = {}", quoted(&place.display().to_string()));
                let own = settings(stage, &arguments.name, set);
                head.replace(&from, &to) + methodology(stage, &own, normalisation).as_str()
            }
            "tree.csv" => tree(text, less, weights)?,
            _ => text.clone(),
        };
        write::bytes(&folder.join(name), text.as_bytes())?;
    }
    Ok(())
}

/// The line of a stage with the method and its settings.
fn settings(stage: Stage, name: &str, set: &[String]) -> String {
    let settings: String = set.iter().map(|one| format!(", {one}")).collect();
    let stage = stage.name();
    format!("{stage} = {{ method = \"{name}\"{settings} }}\n")
}

fn methodology(stage: Stage, own: &str, normalisation: &str) -> String {
    let mut text = "\n[methodology.try]\n".to_owned();
    for (of, usual) in [
        (Stage::Imputation, "fail"),
        (Stage::Treatment, "none"),
        (Stage::Normalisation, normalisation),
        (Stage::Weighting, "given"),
        (Stage::Aggregation, "arithmetic"),
    ] {
        // What is not looked at must not fail.
        let later = of > stage && stage < Stage::Weighting;
        let usual = match of {
            Stage::Normalisation if later => "rank",
            _ => usual,
        };
        match of == stage {
            true => text += own,
            false => text += &format!("{} = \"{usual}\"\n", of.name()),
        }
    }
    if stage == Stage::Tiering {
        text += own;
    }
    text
}

/// The tree with directions and weights.
fn tree(text: &str, less: &[String], weights: &[f64]) -> Result<String, Problems> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let lines: Vec<Vec<String>> = reader
        .records()
        .filter_map(Result::ok)
        .map(|line| line.iter().map(str::to_owned).collect())
        .collect();
    let leaves: Vec<&String> = lines.iter().skip(2).map(|line| &line[0]).collect();
    let mut problems = Problems::default();
    for name in less.iter().filter(|name| !leaves.contains(name)) {
        let known = leaves.iter().map(|leaf| (*leaf).clone()).collect();
        problems.push(Problem::unknown(text!(thing_column), name, known));
    }
    if !weights.is_empty() && weights.len() != leaves.len() {
        let fault = crate::problem::Fault::TrialWeights { stated: weights.len(), of: leaves.len() };
        problems.push(Problem { fault, places: Vec::new() });
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    for (at, line) in lines.iter().enumerate() {
        let [direction, weight] = match at {
            0 => ["direction".to_owned(), "weight".to_owned()],
            1 => Default::default(),
            _ => {
                let direction = if less.contains(&line[0]) { "-1" } else { "1" };
                let weight = weights.get(at - 2).copied().unwrap_or(1.0);
                [direction.to_owned(), quanheng_words::number::exact(weight)]
            }
        };
        let cells = line.iter().cloned().chain([direction, weight]);
        // Writing to memory does not fail.
        let _ = out.write_record(cells);
    }
    let bytes = out.into_inner().unwrap_or_default();
    Ok(String::from_utf8(bytes).unwrap_or_default())
}
