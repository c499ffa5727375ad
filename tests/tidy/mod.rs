//! The shape of the code: borders between crates and folders, and documents that say what is there. Each test reports
//! everything that is wrong at once.

mod borders;
mod closed;
mod documents;
mod modules;

use std::path::{Path, PathBuf};

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Asserts that nothing is wrong, or says all that is.
fn nothing_is(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} findings\n{}", wrong.len(), wrong.join("\n"));
}

/// The files below a folder whose names satisfy a condition, sorted; nothing that a build makes.
fn files(folder: &str, is_meant: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "out"].contains(&name.as_str()) && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if is_meant(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The source files below a folder: where each is from the root, and its text.
pub(crate) fn sources(folder: &str) -> Vec<(String, String)> {
    let is_source = |path: &Path| path.extension().is_some_and(|e| e == "rs");
    files(folder, is_source).iter().map(|path| (relative(path), text(path))).collect()
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).expect("below the root").display().to_string().replace('\\', "/")
}

/// The manifests of all packages, where each is from the root.
fn manifests() -> Vec<(String, String)> {
    let found = files("", |path| path.ends_with("Cargo.toml"));
    found.iter().map(|path| (relative(path), text(path))).collect()
}

/// The code of a source file without its comments.
fn code(source: &str) -> String {
    let line = |line: &str| line.split_once("//").map_or(line, |(code, _)| code).to_owned() + "\n";
    source.lines().map(line).collect()
}

/// What follows `prefix` in the code: the next names, of a group all.
fn named_after(source: &str, prefix: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut names = Vec::new();
    for (at, _) in source.match_indices(prefix) {
        if source[..at].ends_with(is_word) || source[..at].ends_with("::") {
            continue;
        }
        let rest = &source[at + prefix.len()..];
        let mut depth = 0;
        let mut before = ' ';
        for (k, c) in rest.char_indices() {
            let starts = is_word(c) && !is_word(before);
            // In a group the names that count are those after `{` and `,` and not those behind a `::`.
            if starts && depth <= 1 && !rest[..k].trim_end().ends_with("::") {
                names.push(rest[k..].chars().take_while(|c| is_word(*c)).collect());
            }
            depth += i32::from(c == '{') - i32::from(c == '}');
            before = c;
            if depth <= 0
                && (c == '}' || (is_word(c) && !rest[k..].chars().nth(1).is_some_and(is_word)))
            {
                break;
            }
        }
    }
    names
}

#[test]
fn names_are_found_in_groups() {
    let source = "use a::x;\nuse a::{b::{c, d}, e, f::*};\nlet z = a::y::w(a::v);";
    assert_eq!(named_after(source, "a::"), ["x", "b", "e", "f", "y", "v"]);
}
