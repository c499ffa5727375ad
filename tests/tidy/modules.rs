//! Every source file is compiled: one that no `mod` names would be checked by nobody.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{code, files, manifests, nothing_is, relative, root, text};

/// The files at which a package starts: what its manifest names, and what cargo looks for.
fn roots(manifest: &str, source: &str) -> Vec<PathBuf> {
    let folder = root().join(manifest).parent().expect("a folder").to_path_buf();
    let table: toml::Table = source.parse().expect("a manifest");
    let mut named: Vec<String> =
        ["src/lib.rs", "src/main.rs", "build.rs"].map(str::to_owned).to_vec();
    for (key, value) in &table {
        let targets = match value {
            toml::Value::Array(list)
                if ["bin", "test", "bench", "example"].contains(&key.as_str()) =>
            {
                list.as_slice()
            }
            one if key == "lib" => std::slice::from_ref(one),
            _ => continue,
        };
        let path = |target: &toml::Value| Some(target.get("path")?.as_str()?.to_owned());
        named.extend(targets.iter().filter_map(path));
    }
    named.iter().map(|path| folder.join(path)).filter(|path| path.is_file()).collect()
}

/// The files that the `mod` lines of a file name.
fn named_in(path: &Path, is_root: bool) -> Vec<PathBuf> {
    let folder = path.parent().expect("a folder");
    let folder = match path.file_stem().expect("a name").to_str().expect("a name") {
        _ if is_root => folder.to_path_buf(),
        "mod" => folder.to_path_buf(),
        stem => folder.join(stem),
    };
    let mut found = Vec::new();
    for line in code(&text(path)).lines() {
        let line = line.trim_start_matches("pub").trim_start();
        let line = line.strip_prefix('(').and_then(|l| l.split_once(") ")).map_or(line, |(_, l)| l);
        let Some(name) = line.strip_prefix("mod ").and_then(|l| l.trim_end().strip_suffix(';'))
        else {
            continue;
        };
        let places = [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")];
        found.extend(places.into_iter().filter(|place| place.is_file()));
    }
    found
}

#[test]
fn every_source_file_is_compiled() {
    let mut reached = BTreeSet::new();
    let mut open: Vec<(PathBuf, bool)> = Vec::new();
    for (path, source) in manifests() {
        open.extend(roots(&path, &source).into_iter().map(|file| (file, true)));
    }
    while let Some((file, is_root)) = open.pop() {
        if reached.insert(file.clone()) {
            open.extend(named_in(&file, is_root).into_iter().map(|file| (file, false)));
        }
    }
    assert!(reached.len() > 250, "this test finds its way: {} files", reached.len());
    let all = files("", |path| path.extension().is_some_and(|e| e == "rs"));
    let orphans: Vec<String> = all
        .iter()
        .filter(|path| !reached.contains(*path))
        .map(|path| format!("no `mod` names {}", relative(path)))
        .collect();
    nothing_is(&orphans);
}
