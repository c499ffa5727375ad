//! Which folders the user lists: those of the option `--in`; else those of a variable; else those of a file of the
//! user's own. They decide where a project of a name is found, and nothing that is in it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::data::write;
use crate::gate::user_file;
use crate::problem::{Problem, Problems, Reason};

/// The variable of the environment that lists folders, written as in `PATH`.
const VARIABLE: &str = "QUANHENG_FOLDERS";

/// The file that lists folders, one a line, beside that of trusted plugins.
const FILE: &str = "folders";

/// The folders that the option `--in` names.
static IN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// From here on, projects are looked for below this folder, and not below those that the user has listed.
pub fn add_for_this_run(folder: &Path) {
    IN.lock().unwrap_or_else(PoisonError::into_inner).push(folder.to_path_buf());
}

/// The folders below which projects are looked for.
pub fn folders() -> Vec<PathBuf> {
    let named = IN.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if !named.is_empty() {
        return named;
    }
    match std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        Some(value) => {
            std::env::split_paths(&value).filter(|p| !p.as_os_str().is_empty()).collect()
        }
        None => user_file(FILE).map(|file| read(&file).unwrap_or_default()).unwrap_or_default(),
    }
}

fn read(file: &Path) -> std::io::Result<Vec<PathBuf>> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(parse(&text)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(e),
    }
}

/// The folders of a list: a line each. A line that begins with `#` is a remark.
fn parse(text: &str) -> Vec<PathBuf> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(PathBuf::from).collect()
}

/// Adds a folder to the user's list, and says whether it was not on it yet.
///
/// # Errors
/// A folder that is not there; a list that cannot be read or written.
pub fn add(folder: &Path) -> Result<bool, Problems> {
    let unreadable = |e| Problem::unreadable(folder.display(), e);
    let real = folder.canonicalize().map_err(unreadable)?;
    if !real.is_dir() {
        return Err(unreadable(std::io::ErrorKind::NotADirectory.into()).into());
    }
    edit(|text| {
        if parse(text).contains(&real) {
            return false;
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&format!("{}\n", real.display()));
        true
    })
}

/// Takes a folder from the user's list, and says whether it was on it. The folder need not be there any more.
///
/// # Errors
/// A list that cannot be read or written.
pub fn remove(folder: &Path) -> Result<bool, Problems> {
    let real = folder.canonicalize().ok();
    edit(|text| {
        let is_it = |line: &&str| {
            parse(line).first().is_some_and(|one| one == folder || Some(one) == real.as_ref())
        };
        let kept: String = text.split_inclusive('\n').filter(|line| !is_it(line)).collect();
        let changed = kept != *text;
        *text = kept;
        changed
    })
}

/// Changes the text of the user's list, and writes it where `change` says that it did.
fn edit(change: impl FnOnce(&mut String) -> bool) -> Result<bool, Problems> {
    let Some(file) = user_file(FILE) else {
        return Err(Problem::unwritable(FILE, Reason::NoHome).into());
    };
    let mut text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(Problem::unreadable(file.display(), e).into()),
    };
    let changed = change(&mut text);
    if changed {
        write::bytes(&file, text.as_bytes())?;
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_a_folder_a_line() {
        let text = "# mine\n/a/b c\n\n  /d  \r\n#/e\n";
        assert_eq!(parse(text), [PathBuf::from("/a/b c"), PathBuf::from("/d")]);
    }
}
