//! The files that a project was read from, and their fingerprint.

use std::path::{Path, PathBuf};

use indexmap::IndexSet;

use super::data::Sources;
use super::said::ReadFile;
use crate::data::coding::Coding;
use crate::data::file::{Format, Input};
use crate::data::frame::Frame;
use crate::data::records::Records;
use crate::gate;
use crate::problem::{Problem, Problems};

/// The files that were read, each once, as names below the folder.
pub(super) fn read_files(
    paths: Vec<PathBuf>,
    sources: &Sources,
    (records, codings): (&[Records], &[Coding]),
    trees: &[PathBuf],
    folder: &Path,
) -> Vec<ReadFile> {
    let paths: IndexSet<PathBuf> = paths.into_iter().collect();
    let of_values = sources.values.iter().map(|v| (&v.input, &v.format));
    let regions = sources.regions.iter().map(|file| (&file.input, &file.format));
    let of_records = records
        .iter()
        .flat_map(|records| records.inputs.iter().map(|input| (input, &records.format)));
    let tables: Vec<(&Path, &Format)> = regions
        .chain(of_values)
        .chain(of_records)
        .chain(codings.iter().map(|coding| (&coding.input, &coding.format)))
        .filter_map(|(input, format)| Some((input.on_disk()?, format)))
        .collect();
    let file = |path: PathBuf| {
        let mut formats = tables.iter().filter(|(p, _)| *p == path).map(|(_, format)| *format);
        let sheet = formats.clone().find_map(|format| format.sheets.first().cloned());
        let is_plain = formats.clone().count() + usize::from(trees.contains(&path)) <= 1
            && formats.all(|format| {
                let one_sheet = format.sheets.len() <= 1 && format.sheets_say.is_none();
                one_sheet && format.frame == Frame::default()
            });
        ReadFile { name: name_below(&path, folder), sheet, is_plain, path }
    };
    paths.into_iter().map(file).collect()
}

/// A file of the project that is read from disk.
pub(super) fn of_input(input: &Input, format: &Format, folder: &Path) -> Option<ReadFile> {
    let path = input.on_disk()?.to_path_buf();
    let is_plain = format.sheets.len() <= 1;
    let sheet = format.sheets.first().cloned();
    Some(ReadFile { name: name_below(&path, folder), sheet, is_plain, path })
}

/// The name of a file below a folder, with `/` on every system.
fn name_below(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// BLAKE3 over the program's version and every file: its name below the project, its length, its bytes. Each was read
/// before, and lies where it may.
pub(super) fn fingerprint(files: &[ReadFile]) -> Result<String, Problems> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(concat!("quanheng ", env!("CARGO_PKG_VERSION")).as_bytes());
    for ReadFile { name, path, .. } in files {
        let unreadable = |e: std::io::Error| Problem::unreadable(path.display(), e);
        let file = gate::open(path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        hasher.update(format!("\0{name}\0{length}\0").as_bytes());
        hasher.update_reader(file).map_err(unreadable)?;
    }
    Ok(hasher.finalize().to_hex().to_string())
}
