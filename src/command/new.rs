//! `quanheng new`: a small project that works, to be edited.

use std::path::PathBuf;

use quanheng_words::text;

use super::{Terminal, print_lines};
use crate::data::write;
use crate::problem::{Fault, Problem, Problems};

/// What `new` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folder to create; it must not exist, or must be empty.
    folder: PathBuf,
}

/// Each file of the project: its name and its text.
const FILES: &[(&str, &str)] = &[
    ("quanheng.toml", include_str!("new/quanheng.toml")),
    ("regions.csv", include_str!("new/regions.csv")),
    ("values.csv", include_str!("new/values.csv")),
    ("tree.csv", include_str!("new/tree.csv")),
    (".gitattributes", include_str!("new/gitattributes")),
];

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let folder = &arguments.folder;
    let occupied = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if occupied || folder.is_file() {
        let fault = Fault::Occupied { folder: folder.display().to_string() };
        return Err(Problems::from(Problem { fault, places: vec![] }));
    }
    let mut lines = Vec::new();
    for (name, content) in FILES {
        let path = folder.join(name);
        write::bytes(&path, content.as_bytes())?;
        lines.push(text!(wrote_file, file = path.display().to_string()));
    }
    lines.push(text!(next_command, command = format!("quanheng run {}", folder.display())));
    print_lines(&lines, out.language)
}
