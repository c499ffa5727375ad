//! `quanheng new`: a small project that works, to be edited; or one like another project.

use std::path::PathBuf;

use quanheng_words::text;

use super::{Terminal, print_lines};
use crate::data::write;
use crate::gate::Folder;
use crate::problem::{Fault, Problem, Problems};
use crate::registry::like;

/// What `new` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folder to create; it must not exist, or must be empty.
    folder: PathBuf,
    /// Take the systems, methodologies and leagues of this project: its path, or the name of a listed project.
    #[arg(long, value_name = "PROJECT")]
    pub(super) like: Option<PathBuf>,
    /// Copy also its data, published results and documents. Without it, the new project has illustrative data drawn at
    /// random.
    #[arg(long, requires = "like")]
    data: bool,
}

impl Arguments {
    /// The project after which the new one is made.
    pub(super) fn project(&self) -> Option<PathBuf> {
        self.like.clone()
    }
}

/// Each file of the project: its name and its text; last the one for Git.
const FILES: [(&str, &str); 5] = [
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
    let small = || FILES.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let files: Vec<(String, Vec<u8>)> = match &arguments.like {
        None => small().collect(),
        Some(project) => {
            let files = like::files(project, arguments.data)?;
            let [.., (name, text)] = FILES;
            let of_git = ((*name).to_owned(), text.as_bytes().to_vec());
            files.into_iter().chain([of_git]).collect()
        }
    };
    let mut lines = Vec::new();
    let made = Folder::at(folder);
    for (name, content) in &files {
        let path = folder.join(name);
        write::below(&made, &path, content)?;
        lines.push(text!(wrote_file, file = path.display().to_string()));
    }
    let next = if arguments.like.is_some() { "check" } else { "run" };
    lines.push(text!(next_command, command = format!("quanheng {next} {}", folder.display())));
    print_lines(&lines, out.language)
}
