//! `quanheng import`: a project made of what another program keeps.

use std::path::{Path, PathBuf};

use quanheng_words::{Text, text};

use super::{Terminal, print_lines};
use crate::data::write;
use crate::import::{Book, Draft, Trial, import};
use crate::official::{self, Compared};
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
    let Draft { mut files, understood, mut left, trial } = import(&books)?;
    let beside = books[0].path.parent().map(Path::to_path_buf).unwrap_or_default();
    let folder = arguments.into.clone().unwrap_or(beside);
    // Nothing is written unless everything can be: no file of the user's is written over.
    let mut names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
    if arguments.into.is_some() {
        names.extend(books.iter().map(|book| &book.name));
    }
    let mut problems = Problems::default();
    for path in names.into_iter().map(|name| folder.join(name)).filter(|path| path.exists()) {
        let fault = Fault::Exists { file: path.display().to_string() };
        problems.push(Problem { fault, places: Vec::new() });
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut lines: Vec<Text> = understood;
    if let Some(trial) = trial {
        let (text, said, holds) = tried(&trial, &files, &books)?;
        files[0].1 = text;
        lines.push(said);
        if holds {
            left.clear();
        }
    }
    let mut to_write: Vec<(PathBuf, &[u8])> = Vec::new();
    if arguments.into.is_some() {
        to_write.extend(books.iter().map(|book| (folder.join(&book.name), book.bytes.as_slice())));
    }
    to_write.extend(files.iter().map(|(name, text)| (folder.join(name), text.as_bytes())));
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

/// The project file whose methodology gives the known results, or comes nearest to them, what to say of it, and whether
/// it gives all of them. The trial is made in a folder of its own.
fn tried(
    trial: &Trial,
    files: &[(String, String)],
    books: &[Book],
) -> Result<(String, Text, bool), Problems> {
    let aside = |e: std::io::Error| Problem::unwritable(std::env::temp_dir().display(), e);
    let folder = tempfile::tempdir().map_err(aside)?;
    for book in books {
        write::bytes(&folder.path().join(&book.name), &book.bytes)?;
    }
    for (name, text) in files {
        write::bytes(&folder.path().join(name), text.as_bytes())?;
    }
    write::bytes(&folder.path().join("quanheng.toml"), trial.all.as_bytes())?;
    let resolved = crate::project::open(folder.path())?;
    let (compared, _) = official::reproduce(&resolved, |_| true, |_, _| {});
    let place = |one: &Compared| one.methodology.strip_prefix("trial-")?.parse::<usize>().ok();
    let found = compared.iter().filter_map(|one| Some((one, place(one)?)));
    let best = found.min_by_key(|(one, at)| (one.differing(), *at));
    let Some((one, at)) = best else {
        return Ok((trial.each[0].clone(), text!(import_tried_none), false));
    };
    let (of, equal) = (one.count(), one.count() - one.differing());
    let said = text!(import_tried, tried = trial.each.len(), equal = equal, of = of);
    Ok((trial.each[at].clone(), said, equal == of))
}
