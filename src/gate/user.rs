//! Where the settings of the user lie, outside every project.

use std::path::PathBuf;

/// A file of the user's settings by its name; none where the system names no place for it.
pub fn user_file(name: &str) -> Option<PathBuf> {
    let place = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let folder = place("XDG_CONFIG_HOME")
        .or_else(|| place("APPDATA"))
        .or_else(|| place("HOME").map(|home| home.join(".config")))?;
    Some(folder.join("quanheng").join(name))
}
