//! The shape of the code: borders between crates and folders, and documents that say what is there.

use std::path::{Path, PathBuf};

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

pub(crate) fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// core stands on arithmetic and nothing that could touch the outside.
#[test]
fn core_depends_on_little() {
    let manifest = text("core/Cargo.toml");
    let dependencies = manifest.split("[dependencies]").nth(1).expect("dependencies");
    let names: Vec<&str> = dependencies
        .split("\n[")
        .next()
        .expect("a section")
        .lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next().filter(|n| !n.is_empty()))
        .collect();
    assert_eq!(names, ["indexmap", "libm", "microlp", "quanheng-words", "rayon", "strsim"]);
}

/// The engine of scripts is named in one crate.
#[test]
fn only_scripts_name_the_engine() {
    for folder in ["src", "core", "tests", "benches"] {
        for path in rust_files(folder) {
            let source = std::fs::read_to_string(&path).expect("a source file");
            assert!(!source.contains(concat!("rhai", "::")), "{} names the engine", path.display());
        }
    }
    for manifest in ["Cargo.toml", "core/Cargo.toml"] {
        let text = text(manifest);
        let dependencies = text.split("\n[dependencies]").nth(1).expect("dependencies");
        let own = dependencies.split("\n[").next().expect("a section");
        assert!(!own.contains("rhai"), "{manifest} depends on the engine");
    }
}

/// Libraries are opened in one crate, and what the compiler cannot check stands in two.
#[test]
fn only_plugins_are_unsafe() {
    const EXAMPLES: [&str; 4] = [
        "plugins/benefit-of-the-doubt",
        "plugins/mr-sort",
        "plugins/principal-components",
        "tests/plugins/hostile/panics",
    ];
    for folder in EXAMPLES {
        // `forbid` would not let the macro `export!` allow what it writes.
        let manifest = text(&format!("{folder}/Cargo.toml"));
        assert!(manifest.contains("\nunsafe_code = \"deny\"\n"), "{folder} may be unsafe");
    }
    let safe = ["src", "core", "scripts", "words", "tests", "benches"].into_iter().chain(EXAMPLES);
    for path in safe.flat_map(rust_files) {
        let source = std::fs::read_to_string(&path).expect("a source file");
        for word in [
            concat!("unsafe", " {"),
            concat!("unsafe", " fn"),
            concat!("unsafe", " impl"),
            concat!("unsafe", " extern"),
            concat!("lib", "loading"),
        ] {
            assert!(!source.contains(word), "{} has `{word}`", path.display());
        }
    }
    for folder in ["plugins/host", "plugins/api"] {
        for path in rust_files(folder) {
            let source = std::fs::read_to_string(&path).expect("a source file");
            let lines: Vec<&str> = source.lines().collect();
            for (k, line) in
                lines.iter().enumerate().filter(|(_, l)| l.contains(concat!("unsafe", " {")))
            {
                let above = lines[k.saturating_sub(8)..=k].iter();
                let said = above.clone().any(|l| l.contains("SAFETY:"));
                assert!(said, "{}:{} does not say why it may: {line}", path.display(), k + 1);
            }
        }
    }
}

/// Arrows between crates go one way.
#[test]
fn crates_depend_in_one_direction() {
    let ours = |manifest: &str| {
        let text = text(manifest);
        let own = text
            .split("\n[dependencies]")
            .nth(1)
            .map_or("", |d| d.split("\n[").next().unwrap_or(d));
        let names = own.lines().filter_map(|l| l.split([' ', '.', '=']).next());
        names.filter(|n| n.starts_with("quanheng")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ours("words/Cargo.toml"), [""; 0]);
    assert_eq!(ours("core/Cargo.toml"), ["quanheng-words"]);
    assert_eq!(ours("scripts/Cargo.toml"), ["quanheng-core", "quanheng-words"]);
    assert_eq!(ours("plugins/api/Cargo.toml"), [""; 0]);
    assert_eq!(
        ours("plugins/host/Cargo.toml"),
        ["quanheng-core", "quanheng-plugin", "quanheng-words"]
    );
}

/// A report reads evaluations; only the page on methods names method modules.
#[test]
fn a_report_computes_nothing() {
    const METHODS: [&str; 6] =
        ["imputation", "treatment", "normalisation", "weighting", "aggregation", "tiering"];
    for path in rust_files("src/report") {
        if path.ends_with("methods.rs") {
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("a source file");
        for module in METHODS {
            let named = format!("quanheng_core::{module}");
            assert!(!source.contains(&named), "{} names {named}", path.display());
        }
    }
}

/// Numbers become text in one file of the report.
#[test]
fn numbers_become_text_in_one_place() {
    for path in rust_files("src/report") {
        if path.ends_with("report/number.rs") {
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("a source file");
        for sign in [":.0", ":.1", ":.2", ":.3", ":.4", ":e}"] {
            assert!(!source.contains(sign), "{} formats with {sign}", path.display());
        }
    }
}

/// Every path in back quotes in these documents is there.
#[test]
fn documents_name_what_exists() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "benches/README.md"] {
        let text = text(document);
        for quoted in text.split('`').skip(1).step_by(2) {
            let is_path = quoted.contains('/')
                && !quoted.contains([' ', '…', ':', '<', '(', '*', '"', '='])
                && quoted.is_ascii()
                && !quoted.starts_with(['-', '/', '+']);
            if is_path && !["target/"].iter().any(|p| quoted.starts_with(p)) {
                assert!(root().join(quoted).exists(), "{document} names `{quoted}`");
            }
        }
    }
}

/// Every folder down to the second level has its place on the map.
#[test]
fn the_map_is_whole() {
    let map = text("ARCHITECTURE.md");
    for above in ["src", "core/src", "scripts", "scripts/src", "plugins"] {
        for entry in std::fs::read_dir(root().join(above)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                assert!(map.contains(&format!("{name}/")), "{above}/{name} is not on the map");
            }
        }
    }
}

/// The versions that a lock writes down are those that the program is built with.
#[test]
fn versions_of_the_engine() {
    let lock = text("Cargo.lock");
    for (name, version) in [("rhai", quanheng_scripts::RHAI), ("libm", quanheng::lock::LIBM)] {
        let entry = format!("name = \"{name}\"\nversion = \"{version}\"");
        assert!(lock.contains(&entry), "{name} is not {version}");
    }
}

/// The least Rust version is written once.
#[test]
fn one_rust_version() {
    let manifest = text("Cargo.toml");
    assert_eq!(manifest.matches("rust-version = \"").count(), 1);
    let version = manifest.split("rust-version = \"").nth(1).expect("one").split('"').next();
    let version = version.expect("a version");
    for document in ["README.md", "CONTRIBUTING.md", "core/Cargo.toml"] {
        for other in text(document).split("Rust ").skip(1) {
            let number: String =
                other.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            let number = number.trim_end_matches('.');
            assert!(number.is_empty() || number == version, "{document} says Rust {number}");
        }
    }
}

/// What the program writes about itself is what lies in docs/.
#[test]
fn generated_documents_are_up_to_date() {
    for (arguments, document) in [
        (&["methods", "document"][..], "docs/methods.md"),
        (&["schema"][..], "docs/quanheng.schema.json"),
        (&["schema", "document"][..], "docs/project-file.md"),
        (&["script", "document"][..], "docs/scripts.md"),
        (&["script", "definitions"][..], "docs/quanheng.d.rhai"),
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .args(arguments)
            .output()
            .expect("the program runs");
        let command = arguments.join(" ");
        assert!(output.status.success(), "quanheng {command}");
        let found = String::from_utf8(output.stdout).expect("text");
        assert!(found == text(document), "quanheng {command} > {document}");
    }
}
