//! A crate to start a plugin from: it builds as it is, without network, and passes the battery.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};

/// The files of the author's side of the contract, which a new crate takes along.
const API: [(&str, &str); 6] = [
    ("quanheng-plugin/src/lib.rs", include_str!("../../api/src/lib.rs")),
    ("quanheng-plugin/src/author.rs", include_str!("../../api/src/author.rs")),
    ("quanheng-plugin/src/contract.rs", include_str!("../../api/src/contract.rs")),
    ("quanheng-plugin/src/export.rs", include_str!("../../api/src/export.rs")),
    ("quanheng-plugin/src/stage.rs", include_str!("../../api/src/stage.rs")),
    ("quanheng-plugin/src/taker.rs", include_str!("../../api/src/taker.rs")),
];

/// The files of a new plugin's crate, by their paths in its folder. `None` where the name is none for a crate: it starts
/// with a small letter, and has small letters, digits and single `-` or `_` after it.
pub fn template(name: &str) -> Option<Vec<(String, String)>> {
    let word = name.replace('-', "_");
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(plain)
        && !word.contains("__")
        && !word.ends_with('_')
        && !TAKEN.contains(&word.as_str());
    if !fits {
        return None;
    }
    let file = format!("{DLL_PREFIX}{word}{DLL_SUFFIX}");
    let fill = |text: &str| {
        text.replace("NAME", name)
            .replace("WORD", &word)
            .replace("FILE", &file)
            .replace("VERSION", env!("CARGO_PKG_VERSION"))
            .replace("RUST", env!("CARGO_PKG_RUST_VERSION"))
    };
    let own = [
        ("Cargo.toml", fill(include_str!("template/Cargo.toml.txt"))),
        ("README.md", fill(include_str!("template/README.md.txt"))),
        ("src/lib.rs", fill(include_str!("template/lib.rs.txt"))),
        (".gitignore", "/target\n".to_owned()),
        ("quanheng-plugin/Cargo.toml", fill(include_str!("template/api.toml.txt"))),
    ];
    let copied = API.iter().map(|(path, text)| (*path, (*text).to_owned()));
    Some(own.into_iter().chain(copied).map(|(path, text)| (path.to_owned(), text)).collect())
}

/// Names that Cargo or the compiler does not take for a crate, and that of the crate it depends on.
const TAKEN: [&str; 62] = [
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "build",
    "const",
    "continue",
    "core",
    "crate",
    "deps",
    "do",
    "dyn",
    "else",
    "enum",
    "examples",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "incremental",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc_macro",
    "pub",
    "quanheng_plugin",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "union",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for good in ["a", "my-index", "index2", "water_and-sun"] {
            assert!(template(good).is_some(), "{good}");
        }
        for bad in ["", "2nd", "My", "a--b", "a-", "-a", "指数", "fn", "../a", "quanheng-plugin"]
        {
            assert!(template(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for (path, text) in template("my-index").expect("a name") {
            if path.starts_with("quanheng-plugin/src") {
                continue;
            }
            for word in ["NAME", "WORD", "FILE", "VERSION", "RUST"] {
                assert!(!text.contains(word), "{path} has {word}");
            }
        }
    }

    /// Every file of the author's side is taken along.
    #[test]
    fn the_copy_is_whole() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../api/src");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
            .map(|name| format!("quanheng-plugin/src/{name}"))
            .collect();
        let mut copied: Vec<&str> = API.iter().map(|(path, _)| *path).collect();
        there.sort();
        copied.sort_unstable();
        assert_eq!(there, copied);
    }
}
