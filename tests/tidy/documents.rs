//! What documents say of the code.

use quanheng_core::method::Stage;
use quanheng_core::{aggregation, audit, imputation, normalisation, tiering, treatment, weighting};

use super::{files, nothing_is, relative, root, text};

/// Every path in back quotes in these documents is there.
#[test]
fn documents_name_what_exists() {
    let mut wrong = Vec::new();
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "benches/README.md"] {
        let text = text(document);
        for quoted in text.split('`').skip(1).step_by(2) {
            let is_path = quoted.contains('/')
                && !quoted.contains([' ', '…', ':', '<', '(', '*', '"', '='])
                && quoted.is_ascii()
                && !quoted.starts_with(['-', '/', '+']);
            let made = quoted.starts_with("target/");
            if is_path && !made && !root().join(quoted).exists() {
                wrong.push(format!("{document} names `{quoted}`, which does not exist"));
            }
        }
    }
    nothing_is(&wrong);
}

/// The run that README.md shows is what the program prints, fingerprint and all.
#[test]
fn the_readme_shows_what_is_printed() {
    let readme = text("README.md");
    let (_, shown) = readme.split_once("$ quanheng run ").expect("a run");
    let (command, rest) = shown.split_once('\n').expect("its output");
    let (output, _) = rest.split_once("```").expect("the end of it");
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .arg("run")
        .args(command.split_whitespace())
        .current_dir(root())
        .output()
        .expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&done.stdout), output);
}

/// Every folder down to the second level has its place on the map.
#[test]
fn the_map_is_whole() {
    let map = text("ARCHITECTURE.md");
    let mut wrong = Vec::new();
    for above in ["src", "core/src", "scripts", "scripts/src", "plugins"] {
        for entry in std::fs::read_dir(root().join(above)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                if !map.contains(&format!("{name}/")) {
                    wrong.push(format!("{above}/{name} is not on the map"));
                }
            }
        }
    }
    nothing_is(&wrong);
}

/// What is counted in documents, by the words after the figure, and how many there are.
fn counted() -> Vec<(&'static str, usize)> {
    let methods = imputation::TABLE.len()
        + treatment::TABLE.len()
        + normalisation::TABLE.len()
        + weighting::TABLE.len()
        + aggregation::TABLE.len()
        + tiering::TABLE.len();
    vec![
        ("built-in methods", methods),
        ("种内置方法", methods),
        ("properties", audit::TABLE.len()),
        ("条性质", audit::TABLE.len()),
        ("bundled scripts", quanheng_scripts::LIBRARY.len()),
        ("个内置脚本", quanheng_scripts::LIBRARY.len()),
        ("stages", Stage::ALL.len()),
        ("个阶段", Stage::ALL.len()),
    ]
}

/// The number that a text ends with, in figures or words.
fn last_number(text: &str) -> Option<usize> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    const CHINESE: [&str; 11] = ["〇", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
    let text = text.trim_end();
    let figures = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if let Ok(number) = text[figures.len()..].parse() {
        return Some(number);
    }
    let word = text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    if let Some(number) = WORDS.iter().position(|w| *w == word) {
        return Some(number);
    }
    let ones = CHINESE.iter().position(|w| text.ends_with(w))?;
    let is_teen = ones < 10 && text.strip_suffix(CHINESE[ones]).is_some_and(|t| t.ends_with('十'));
    Some(if is_teen { 10 + ones } else { ones })
}

#[test]
fn numbers_are_read() {
    for (text, number) in [
        ("lists 94", Some(94)),
        ("**Audit**: eleven", Some(11)),
        ("其中 94", Some(94)),
        ("检验十一", Some(11)),
        ("all other", None),
    ] {
        assert_eq!(last_number(text), number, "{text}");
    }
}

/// Figures of documents are those of the tables.
#[test]
fn figures_are_counted() {
    let mut wrong = Vec::new();
    let mut found = Vec::new();
    for path in files("", |path| path.extension().is_some_and(|e| e == "md")) {
        let document = relative(&path);
        // What was true of an earlier version, and indices that have properties of their own.
        if document == "CHANGELOG.md" || document.starts_with("examples/") {
            continue;
        }
        // What a program prints counts what it was asked for.
        let text: String = text(&path).split("\n```").step_by(2).collect();
        for (words, count) in counted() {
            for (at, _) in text.match_indices(words) {
                let number = last_number(&text[..at]);
                // `the seven stages` are all of them, `two stages differ` are some.
                let before = text[..at].trim_end().rsplit_once([' ', '*']).map_or("", |(b, _)| b);
                let all = before.ends_with("the") || before.ends_with('*');
                match number.filter(|_| all || !["stages", "个阶段"].contains(&words)) {
                    Some(number) if number == count => found.push((document.clone(), words)),
                    Some(number) => {
                        wrong.push(format!("{document}: {number} {words}, and there are {count}"))
                    }
                    None => {}
                }
            }
        }
    }
    for (readme, words) in [
        ("README.md", "built-in methods"),
        ("README.md", "properties"),
        ("README.zh.md", "种内置方法"),
        ("README.zh.md", "条性质"),
    ] {
        if !found.contains(&(readme.to_owned(), words)) {
            wrong.push(format!("{readme} does not say how many there are: {words}"));
        }
    }
    nothing_is(&wrong);
}

/// The versions that a lock writes down are those that the program is built with.
#[test]
fn versions_of_the_engine() {
    let lock = text("Cargo.lock");
    let mut wrong = Vec::new();
    for (name, version) in [("rhai", quanheng_scripts::RHAI), ("libm", quanheng::lock::LIBM)] {
        let entry = format!("name = \"{name}\"\nversion = \"{version}\"");
        if !lock.contains(&entry) {
            wrong.push(format!("{name} is not {version}"));
        }
    }
    nothing_is(&wrong);
}

/// The least Rust version is written once.
#[test]
fn one_rust_version() {
    let manifest = text("Cargo.toml");
    assert_eq!(manifest.matches("rust-version = \"").count(), 1);
    let version = manifest.split("rust-version = \"").nth(1).expect("one").split('"').next();
    let version = version.expect("a version");
    let mut wrong = Vec::new();
    for document in ["README.md", "CONTRIBUTING.md", "core/Cargo.toml"] {
        for other in text(document).split("Rust ").skip(1) {
            let number: String =
                other.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            let number = number.trim_end_matches('.');
            if !number.is_empty() && number != version {
                wrong.push(format!("{document} says Rust {number}"));
            }
        }
    }
    nothing_is(&wrong);
}
