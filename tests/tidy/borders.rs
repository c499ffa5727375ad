//! Which crate and folder may use what.

use super::{code, manifests, named_after, nothing_is, sources, text};

/// The names in the dependencies of a manifest, those of tests and builds too.
fn dependencies(manifest: &str) -> Vec<String> {
    let table: toml::Table = manifest.parse().expect("a manifest");
    let mut found = Vec::new();
    let mut tables = vec![&table];
    while let Some(table) = tables.pop() {
        for (key, value) in table {
            match value.as_table() {
                Some(names) if key.ends_with("dependencies") => found.extend(names.keys().cloned()),
                Some(below) if key != "workspace" => tables.push(below),
                _ => {}
            }
        }
    }
    found
}

/// The engine of scripts and the loader of libraries are each a dependency of one crate.
#[test]
fn only_one_crate_depends_on_each() {
    let mut wrong = Vec::new();
    for (dependency, of) in
        [("rhai", &["scripts/Cargo.toml"][..]), ("libloading", &["plugins/host/Cargo.toml"])]
    {
        let found: Vec<String> = manifests()
            .into_iter()
            .filter(|(_, manifest)| dependencies(manifest).iter().any(|name| name == dependency))
            .map(|(path, _)| path)
            .collect();
        if found != of {
            wrong.push(format!("{dependency} is a dependency of {found:?} and not of {of:?}"));
        }
    }
    nothing_is(&wrong);
}

/// Where `unsafe` is allowed: the two halves of the border to plugins.
const UNSAFE: [&str; 2] = ["plugins/api/", "plugins/host/"];

/// The compiler forbids `unsafe` in every package but these two; in plugins, whose `export!` expands to it, it denies it.
#[test]
fn unsafe_is_forbidden() {
    let mut wrong = Vec::new();
    for (path, manifest) in manifests() {
        let table: toml::Table = manifest.parse().expect("a manifest");
        let lints = table.get("lints");
        let inherits = lints.and_then(|lints| lints.get("workspace")) == Some(&true.into());
        // `forbid` would not let the macro `export!` allow what it writes.
        let denied = lints.and_then(|lints| lints.get("rust")?.get("unsafe_code")?.as_str());
        let exports = dependencies(&manifest).iter().any(|name| name == "quanheng-plugin")
            && denied == Some("deny");
        let own_workspace = table.contains_key("workspace") && path != "Cargo.toml";
        let allowed =
            UNSAFE.iter().any(|folder| path.starts_with(folder)) || exports || own_workspace;
        if !inherits && !allowed {
            wrong.push(format!("{path} does not inherit the lints of the workspace"));
        }
    }
    let lints =
        &text("Cargo.toml").parse::<toml::Table>().expect("a manifest")["workspace"]["lints"];
    if lints["rust"]["unsafe_code"].as_str() != Some("forbid") {
        wrong.push("Cargo.toml does not forbid `unsafe`".to_owned());
    }
    // Sources too, for those that the compiler does not hold to it.
    for (file, source) in sources("") {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let code = code(&source);
        let uses = code.match_indices(concat!("uns", "afe")).any(|(at, word)| {
            let (before, after) = (&code[..at], &code[at + word.len()..]);
            // `unsafe {`, `unsafe fn`, `#[unsafe(no_mangle)]`, but not the word in a text.
            !before.ends_with(is_word)
                && after.starts_with([' ', '('])
                && after.trim_start().starts_with(['{', '(', 'f', 'i', 'e'])
        });
        let said = |k: usize, lines: &[&str]| {
            lines[k.saturating_sub(8)..=k].iter().any(|l| l.contains("SAFETY:"))
        };
        if !UNSAFE.iter().any(|folder| file.starts_with(folder)) {
            if uses {
                wrong.push(format!("{file} has what the compiler cannot check"));
            }
            continue;
        }
        let lines: Vec<&str> = source.lines().collect();
        for (k, line) in lines.iter().enumerate() {
            if line.contains(concat!("uns", "afe {")) && !said(k, &lines) {
                wrong.push(format!("{file}:{} does not say why it may", k + 1));
            }
        }
    }
    nothing_is(&wrong);
}

/// Arrows between crates go one way: below each crate stand all of ours that it depends on.
#[test]
fn crates_depend_in_one_direction() {
    let expected: [(&str, &[&str]); 6] = [
        ("words/Cargo.toml", &[]),
        ("core/Cargo.toml", &["quanheng-words"]),
        ("scripts/Cargo.toml", &["quanheng-core", "quanheng-words"]),
        ("plugins/api/Cargo.toml", &[]),
        ("print/Cargo.toml", &[]),
        ("plugins/host/Cargo.toml", &["quanheng-core", "quanheng-plugin", "quanheng-words"]),
    ];
    let mut wrong = Vec::new();
    for (path, below) in expected {
        let manifest: toml::Table = text(path).parse().expect("a manifest");
        let ours: Vec<&str> = manifest
            .get("dependencies")
            .and_then(toml::Value::as_table)
            .into_iter()
            .flat_map(|table| table.keys())
            .map(String::as_str)
            .filter(|name| name.starts_with("quanheng"))
            .collect();
        if ours != below {
            wrong.push(format!("{path} depends on {ours:?} and not on {below:?}"));
        }
    }
    nothing_is(&wrong);
}

/// The modules of methods that the code of a report names.
fn methods_named(source: &str) -> Vec<String> {
    const METHODS: [&str; 6] =
        ["imputation", "treatment", "normalisation", "weighting", "aggregation", "tiering"];
    let prefixes = ["quanheng_core::", "crate::core::", "quanheng::core::"];
    let mut named: Vec<String> =
        prefixes.iter().flat_map(|prefix| named_after(&code(source), prefix)).collect();
    named.retain(|name| METHODS.contains(&name.as_str()));
    named
}

/// A report reads evaluations; only the page on methods names method modules.
#[test]
fn a_report_computes_nothing() {
    let mut wrong = Vec::new();
    for (file, source) in sources("src/report") {
        let named = methods_named(&source);
        if file == "src/report/methods.rs" {
            assert_eq!(named.len(), 6, "this test sees what is named: {named:?}");
        } else if !named.is_empty() {
            wrong.push(format!("{file} names {}", named.join(", ")));
        }
    }
    nothing_is(&wrong);
}

/// How many digits a number has is decided in one file: no other format string of a report has a precision.
#[test]
fn digits_are_decided_in_one_place() {
    let mut wrong = Vec::new();
    for (file, source) in ["src", "words/src"].into_iter().flat_map(sources) {
        if file == "words/src/number.rs" {
            continue;
        }
        let code = code(&source);
        for (at, _) in code.match_indices([':']) {
            let format: String =
                code[at + 1..].chars().take_while(|c| *c != '}' && *c != '\n').collect();
            let rest = format.trim_start_matches(['<', '>', '^', '+', '#', '0']);
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            let is_precise = rest
                .strip_prefix('.')
                .is_some_and(|p| p.starts_with(|c: char| c.is_ascii_digit() || c == '*'));
            if is_precise {
                wrong.push(format!("{file} formats with `:{format}`"));
            }
        }
    }
    nothing_is(&wrong);
}

/// Everything that outlives a call and can change, as ARCHITECTURE.md lists it.
#[test]
fn state_that_all_share_is_listed() {
    let architecture = text("ARCHITECTURE.md");
    let mut found = Vec::new();
    let mut wrong = Vec::new();
    for folder in ["src", "core/src", "scripts/src", "plugins"] {
        for (file, source) in sources(folder) {
            let code = code(&source);
            let mut inside = false;
            for line in code.lines() {
                inside |= line.contains("thread_local!");
                let Some((_, rest)) = line.trim_start().split_once("static ") else { continue };
                if line.trim_start().starts_with('"') || !line.contains(':') {
                    continue;
                }
                let changes = ["Mutex", "RwLock", "Atomic", "Once", "Lazy", "Cell", "static mut"];
                if inside || changes.iter().any(|kind| line.contains(kind)) {
                    let name = rest.trim_start_matches("mut ").split(':').next().expect("a name");
                    found.push(format!("`{name}` in `{file}`"));
                }
            }
        }
    }
    assert!(found.len() >= 5, "this test sees what there is: {found:?}");
    for one in found {
        if !architecture.contains(&one) {
            wrong.push(format!("ARCHITECTURE.md does not list {one}"));
        }
    }
    nothing_is(&wrong);
}

/// Which variables of the environment are read, and where, as ARCHITECTURE.md lists it.
#[test]
fn variables_of_the_environment_are_listed() {
    let architecture = text("ARCHITECTURE.md");
    let mut wrong = Vec::new();
    let mut found = 0;
    for folder in ["src", "scripts/src", "plugins/host/src", "plugins/api/src"] {
        for (file, source) in sources(folder) {
            if code(&source).contains("env::var") {
                found += 1;
                if !architecture.contains(&format!("`{file}`")) {
                    wrong.push(format!("ARCHITECTURE.md does not say that {file} reads variables"));
                }
            }
        }
    }
    assert!(found >= 2, "this test sees what there is");
    nothing_is(&wrong);
}
