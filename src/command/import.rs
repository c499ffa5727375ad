//! `quanheng import`: a project made of what another program keeps.

use std::path::{Path, PathBuf};

use quanheng_words::{Text, text};

use super::{Terminal, print_lines};
use crate::data::write;
use crate::import::{Book, Draft, import};
use crate::problem::{Fault, Problem, Problems};

/// What `import` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The files: `iData` and `iMeta` of COINr as CSV, perhaps with the log of the coin as JSON; the workbook of its
    /// `export_to_excel`; a workbook of the COIN Tool; or any workbook or CSV file with a table of regions.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Folder for the project, into which the files are copied. Unless stated, the project is written beside them.
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let books = arguments.files.iter().map(|path| Book::read(path));
    let books = books.collect::<Result<Vec<Book>, Problems>>()?;
    let Draft { files, understood, left } = import(&books)?;
    let beside = books[0].path.parent().map(Path::to_path_buf).unwrap_or_default();
    let folder = arguments.into.clone().unwrap_or(beside);
    // Nothing is written unless everything can be: no file of the user's is written over.
    let mut to_write: Vec<(PathBuf, &[u8])> = Vec::new();
    if arguments.into.is_some() {
        to_write.extend(books.iter().map(|book| (folder.join(&book.name), book.bytes.as_slice())));
    }
    to_write.extend(files.iter().map(|(name, text)| (folder.join(name), text.as_bytes())));
    let mut problems = Problems::default();
    for (path, _) in to_write.iter().filter(|(path, _)| path.exists()) {
        let fault = Fault::Exists { file: path.display().to_string() };
        problems.push(Problem { fault, places: Vec::new() });
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut lines: Vec<Text> = understood;
    if !left.is_empty() {
        lines.push(text!(import_left));
        lines.extend(left.into_iter().map(|line| text!(import_left_line, line = line)));
    }
    for (path, bytes) in &to_write {
        write::bytes(path, bytes)?;
        lines.push(text!(wrote_file, file = path.display().to_string()));
    }
    let shown = match folder.as_os_str().is_empty() {
        true => ".".to_owned(),
        false => folder.display().to_string(),
    };
    lines.push(text!(next_command, command = format!("quanheng check {shown}")));
    lines.push(text!(then_command, command = format!("quanheng run {shown}")));
    print_lines(&lines, out.language)
}
