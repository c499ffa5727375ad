//! `quanheng export`: the data and the tree of a project as tables that other programs read.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use quanheng_core::evaluation::Evaluation;
use quanheng_words::{Text, text};

use super::{Terminal, print_lines};
use crate::data::write;
use crate::export::{self, Exported};
use crate::problem::{Fault, Problem, Problems};
use crate::project;
use crate::report::Table;
use crate::report::render::{csv, xlsx};
use crate::report::workbook::Workbook;

/// What `export` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder, or its quanheng.toml.
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// For which program: `coinr` writes iData.csv and iMeta.csv, `workbook` an xlsx file with the data and the tree.
    #[arg(long = "as", value_name = "FORM", default_value = "workbook")]
    form: Form,
    /// Methodology whose tree is exported; the default is that of the project.
    #[arg(short, long)]
    methodology: Option<String>,
    /// Folder for the files. No file is written over.
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
}

/// For which program tables are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// COINr.
    Coinr,
    /// A spreadsheet.
    Workbook,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        self.project.clone()
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let resolved = project::open(&arguments.project)?;
    let methodology = resolved.methodology(arguments.methodology.as_deref())?;
    let out = out.of_methodologies(&resolved, &[&methodology.code]);
    let code = methodology.code.clone();
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology)
        .map_err(|errors| resolved.evaluation_problems(&code, errors))?;
    let (Exported { tables, left }, files) = match arguments.form {
        Form::Coinr => {
            let exported = export::coinr(&evaluation, out.language);
            let marks = out.mark_table();
            let file = |table: &crate::report::Table| {
                (format!("{}.csv", table.name), csv::text(table).into_bytes())
            };
            let files: Vec<(String, Vec<u8>)> =
                exported.tables.iter().chain(&marks).map(file).collect();
            (exported, files)
        }
        Form::Workbook => {
            let exported = export::workbook(&evaluation, out.language);
            let name = "data.xlsx".to_owned();
            let tables: Vec<Table> =
                exported.tables.iter().cloned().chain(out.mark_table()).collect();
            let bytes = xlsx::render(&Workbook::of_tables("", out.language, &tables))
                .map_err(|e| Problem::unwritable(&name, std::io::Error::other(e.to_string())))?;
            (exported, vec![(name, bytes)])
        }
    };
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| arguments.into.join(name)).collect();
    let exists = |path: &&PathBuf| path.exists();
    let there: Problems = paths
        .iter()
        .filter(exists)
        .map(|path| Problem {
            fault: Fault::Exists { file: path.display().to_string() },
            places: Vec::new(),
        })
        .collect();
    if !there.is_empty() {
        return Err(there);
    }
    let mut lines: Vec<Text> = tables
        .iter()
        .map(|table| {
            text!(
                export_table,
                name = &table.label,
                rows = table.rows.len(),
                columns = table.columns.len()
            )
        })
        .collect();
    if !left.is_empty() {
        lines.push(text!(import_left));
        lines.extend(left.into_iter().map(|line| text!(import_left_line, line = line)));
    }
    for (path, (_, bytes)) in paths.iter().zip(&files) {
        write::bytes(path, bytes)?;
        lines.push(text!(wrote_file, file = path.display().to_string()));
    }
    lines.extend(out.mark_lines().into_iter().map(Text::plain));
    print_lines(&lines, out.language)
}
