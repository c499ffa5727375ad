//! The core reaches nothing outside itself. clippy forbids what it can name (`core/clippy.toml`, tried by
//! `tests/closed/check`); these tests hold the rest.

use super::{code, named_after, nothing_is, sources, text};

/// The modules of `std` that the core, and the words below it, may name: what they hold is arithmetic, data structures and text.
const OF_STD: [&str; 19] = [
    "any",
    "array",
    "borrow",
    "cell",
    "cmp",
    "collections",
    "convert",
    "error",
    "f64",
    "fmt",
    "hash",
    "iter",
    "mem",
    "ops",
    "panic",
    "slice",
    "str",
    "sync",
    "vec",
];

#[test]
fn the_core_names_little_of_std() {
    let mut wrong = Vec::new();
    for (file, source) in ["core/src", "words/src"].into_iter().flat_map(sources) {
        for name in named_after(&code(&source), "std::") {
            if !OF_STD.contains(&name.as_str()) {
                wrong.push(format!("{file} names std::{name}"));
            }
        }
    }
    nothing_is(&wrong);
}

#[test]
fn the_core_depends_on_little() {
    let manifest: toml::Table = text("core/Cargo.toml").parse().expect("a manifest");
    let names: Vec<&String> =
        manifest["dependencies"].as_table().expect("a table").keys().collect();
    let allowed =
        ["indexmap", "libm", "microlp", "multiversion", "quanheng-words", "rayon", "strsim"];
    assert_eq!(names, allowed);
}

/// microlp reads a clock; only a limit of time could make a result depend on it.
#[test]
fn linear_programs_have_no_limit_of_time() {
    let mut wrong = Vec::new();
    for (file, source) in sources("core/src") {
        for word in ["time_limit", "SolveOptions", "ResumeOptions"] {
            if source.contains(word) {
                wrong.push(format!("{file} has `{word}`"));
            }
        }
    }
    nothing_is(&wrong);
}

/// Path and reason of each thing that a clippy.toml forbids.
fn forbidden(file: &str) -> Vec<(String, String)> {
    let table: toml::Table = text(file).parse().expect("a table");
    let lists = table.values().map(|list| list.as_array().expect("a list"));
    let word = |entry: &toml::Value, key: &str| match entry.get(key).and_then(toml::Value::as_str) {
        Some(word) if !word.is_empty() => word.to_owned(),
        _ => panic!("{file}: {entry} has no {key}"),
    };
    lists.flatten().map(|entry| (word(entry, "path"), word(entry, "reason"))).collect()
}

/// A crate's own clippy.toml replaces the one at the top, so what both need stands in both.
#[test]
fn arithmetic_is_forbidden_alike_everywhere() {
    let of = |file| -> Vec<(String, String)> {
        forbidden(file).into_iter().filter(|(path, _)| path.starts_with("f64::")).collect()
    };
    assert!(of("clippy.toml").len() >= 30);
    assert_eq!(of("clippy.toml"), of("core/clippy.toml"));
}

/// What `tests/closed/check` tries is all that is forbidden, and all that must be forbidden is.
#[test]
fn everything_forbidden_is_tried() {
    const FAMILIES: [&str; 9] = [
        "core opens no file",
        "core reads no environment",
        "core reads and prints nothing",
        "core starts no process, and ends none",
        "core opens no connection",
        "core starts no thread but through rayon",
        "core reads no clock",
        "core adds in a fixed order",
        "core draws no number that another run would not draw",
    ];
    let tried = text("tests/closed/lib.rs");
    let mut wrong = Vec::new();
    let entries = forbidden("core/clippy.toml");
    for (path, _) in &entries {
        let name = path.rsplit("::").next().expect("a name");
        let uses = ["(", "!(", "::", ","].map(|sign| format!("{name}{sign}"));
        if !uses.iter().any(|one| tried.contains(one)) {
            wrong.push(format!("tests/closed/lib.rs does not use `{path}`"));
        }
    }
    for family in FAMILIES {
        if entries.iter().all(|(_, reason)| reason != family) {
            wrong.push(format!("core/clippy.toml forbids nothing because {family}"));
        }
    }
    if !text(".ci/run").contains("tests/closed/check") {
        wrong.push(".ci/run does not run tests/closed/check".to_owned());
    }
    nothing_is(&wrong);
}
