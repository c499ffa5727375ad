//! Which plugins this user trusts: hashes in a file of the user's own, outside every project.
//!
//! A project pins the hash of a plugin, so that everybody runs the same bytes. But a pin only expresses the consent of
//! the project's author, and the user of this machine must consent too. `quanheng plugin trust` records both, and
//! nothing runs without both.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::data::write;
use crate::gate::user_file;
use crate::problem::{Problem, Problems, Reason};

/// The environment variable with the same effect as [`trust_pins`].
const PINS: &str = "QUANHENG_TRUST_PINS";

static TRUST_PINS: AtomicBool = AtomicBool::new(false);

/// From here on the pins of projects count as the user's consent: for machines that run only their user's own projects.
pub fn trust_pins() {
    TRUST_PINS.store(true, Ordering::Relaxed);
}

/// The file with the hashes that the user trusts; none where the system names no place for it.
fn file() -> Option<PathBuf> {
    user_file("trusted-plugins")
}

fn listed(text: &str, hash: &str) -> bool {
    let first = |line: &str| line.split_whitespace().next().map(str::to_ascii_lowercase);
    text.lines().any(|line| first(line).as_deref() == Some(&hash.to_ascii_lowercase()))
}

/// Whether the user trusts the plugin with this hash.
pub(super) fn is_trusted(hash: &str) -> bool {
    let by_variable = || std::env::var_os(PINS).is_some_and(|v| v == "1");
    if TRUST_PINS.load(Ordering::Relaxed) || by_variable() {
        return true;
    }
    let text = file().and_then(|file| std::fs::read_to_string(file).ok());
    text.is_some_and(|text| listed(&text, hash))
}

/// Adds a hash to those that the user trusts.
///
/// # Errors
/// A file that cannot be written, or no place for one.
pub fn remember(hash: &str, path: &Path) -> Result<(), Problems> {
    let unwritable =
        |file: String, reason: Reason| Problems::from(Problem::unwritable(file, reason));
    let Some(file) = file() else {
        let reason = Reason::NoHome;
        return Err(unwritable("trusted plugins".into(), reason));
    };
    let mut text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(unwritable(file.display().to_string(), e.into())),
    };
    if listed(&text, hash) {
        return Ok(());
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    let shown = path.display().to_string().replace(['\n', '\r'], " ");
    text.push_str(&format!("{hash}  {shown}\n"));
    write::bytes(&file, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_first_word_of_its_line() {
        let text = "ab12  /x/y.so\ncd34\n";
        assert!(listed(text, "AB12") && listed(text, "cd34"));
        assert!(!listed(text, "ab1") && !listed(text, "/x/y.so") && !listed("", ""));
    }
}
