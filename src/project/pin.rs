//! Writes the hash of a plugin into a project file and leaves everything else in it unchanged.

use std::path::Path;
use std::sync::Arc;

use super::reader::find;
use super::value::{self, Content, Entry};
use crate::data::write;
use crate::gate::Folder;
use crate::gate::bounds::WHOLE_FILE;
use crate::problem::{Problem, Problems, Reason, Source};

/// Where a hash was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// The code of the plugin in the project.
    pub code: String,
    /// Whether the project had pinned another hash before.
    pub replaced: bool,
}

/// Pins a plugin in the project file of a folder: in the table that names its file, or in a new one with the code `code`.
///
/// # Errors
/// A project file that cannot be read, is not TOML, or cannot be written; it is then unchanged.
pub fn pin(folder: &Path, code: &str, path: &str, hash: &str) -> Result<Pinned, Problems> {
    let file = folder.join("quanheng.toml");
    let name = file.display().to_string();
    let bytes = Folder::at(folder).read(&file, WHOLE_FILE);
    let bytes = bytes.map_err(|e| Problem::unreadable(&name, e))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        Problem::unreadable(&name, Reason::NotUtf8 { byte: e.utf8_error().valid_up_to() })
    })?;
    let source = Arc::new(Source::new(name, text));
    let (entries, problems) = value::parse(&source);
    if !problems.is_empty() {
        return Err(problems);
    }
    let (text, pinned) = pinned(&source.text, &entries, code, path, hash);
    write::below(&Folder::at(folder), &file, text.as_bytes())?;
    Ok(pinned)
}

fn pinned(text: &str, entries: &[Entry], code: &str, path: &str, hash: &str) -> (String, Pinned) {
    let declared: &[Entry] = match find(entries, "plugin").map(|item| &item.content) {
        Some(Content::Table(entries)) => entries,
        _ => &[],
    };
    let same_file = |entry: &&Entry| {
        let Content::Table(keys) = &entry.item.content else { return false };
        matches!(find(keys, "path").map(|i| &i.content), Some(Content::Text(p)) if same(p, path))
    };
    let mut text = text.to_owned();
    let line = format!("blake3 = \"{hash}\"");
    if let Some(entry) = declared.iter().find(same_file)
        && let Content::Table(keys) = &entry.item.content
    {
        let pinned = |replaced| Pinned { code: entry.key.clone(), replaced };
        if let Some(item) = find(keys, "blake3") {
            let replaced = !matches!(&item.content, Content::Text(old) if old == hash);
            text.replace_range(item.span.clone(), &format!("\"{hash}\""));
            return (text, pinned(replaced));
        }
        let end = find(keys, "path").expect("it was found by its path").span.end;
        let rest = text[end..].lines().next().unwrap_or_default();
        // In a table in one line the next key follows a comma.
        let inline = rest.trim_start().starts_with([',', '}']);
        match inline {
            true => text.insert_str(end, &format!(", {line}")),
            false => text.insert_str(end + rest.len(), &format!("\n{line}")),
        }
        return (text, pinned(false));
    }
    let mut free = code.to_owned();
    let mut n = 2;
    while declared.iter().any(|e| e.key == free) {
        free = format!("{code}-{n}");
        n += 1;
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&format!("\n[plugin.{free}]\npath = {}\n{line}\n", quoted(path)));
    (text, Pinned { code: free, replaced: false })
}

/// Whether two names are of one file, `./x` being `x`.
fn same(a: &str, b: &str) -> bool {
    Path::new(a)
        .components()
        .filter(|c| *c != std::path::Component::CurDir)
        .eq(Path::new(b).components().filter(|c| *c != std::path::Component::CurDir))
}

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str) -> (String, Pinned) {
        let source = Arc::new(Source::new("quanheng.toml", text));
        let (entries, problems) = value::parse(&source);
        assert!(problems.is_empty());
        pinned(text, &entries, "x", "lib/x.so", "ab")
    }

    #[test]
    fn everything_else_stays() {
        let fresh = Pinned { code: "x".into(), replaced: false };
        let (text, pinned) = after("# a\n[data]\nvalues = \"v.csv\"  # b");
        assert_eq!(
            text,
            "# a\n[data]\nvalues = \"v.csv\"  # b\n\n[plugin.x]\npath = \"lib/x.so\"\nblake3 = \"ab\"\n"
        );
        assert_eq!(pinned, fresh);
        let old = "[plugin.mine]\nblake3 = 'cd' # old\npath = \"./lib/x.so\"\nseconds = 3\n";
        let (text, pinned) = after(old);
        assert_eq!(text, old.replace("'cd'", "\"ab\""));
        assert_eq!(pinned, Pinned { code: "mine".into(), replaced: true });
        let (text, pinned) = after(&text);
        assert!(!pinned.replaced && text == old.replace("'cd'", "\"ab\""), "twice is once");
        let (text, _) = after("[plugin.x]\npath = \"lib/x.so\" # here\nseconds = 3\n");
        assert_eq!(text, "[plugin.x]\npath = \"lib/x.so\" # here\nblake3 = \"ab\"\nseconds = 3\n");
        let (text, _) = after("[plugin]\nx = { path = \"lib/x.so\", seconds = 3 }\n");
        assert_eq!(text, "[plugin]\nx = { path = \"lib/x.so\", blake3 = \"ab\", seconds = 3 }\n");
        let (_, pinned) = after("[plugin.x]\npath = \"lib/other.so\"\n");
        assert_eq!(pinned.code, "x-2");
    }
}
