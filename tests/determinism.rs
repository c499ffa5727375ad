//! The same project gives the same bytes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use quanheng_core::method::Stage;
use quanheng_core::model::Periods;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_quanheng"))
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// Everything that a run prints with every digit.
fn output(project: &Path, more: &[&str]) -> Vec<u8> {
    let done = program()
        .args([
            "run",
            "--methodology",
            "all",
            "--period",
            "all",
            "--format",
            "json",
            "--lang",
            "en",
        ])
        // One example takes results of others.
        .arg("--allow-folder")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"))
        .args(more)
        .arg(project)
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(done.stdout.len() > 1000);
    done.stdout
}

/// The output without the line that names the fingerprint of the input files.
fn figures(output: &[u8]) -> String {
    let text = String::from_utf8(output.to_vec()).expect("UTF-8");
    text.lines().filter(|l| !l.contains("fingerprint")).collect::<Vec<_>>().join("\n")
}

/// The names of the examples.
fn examples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = std::fs::read_dir(folder).expect("the examples");
    let folders = entries.map(|e| e.expect("an entry")).filter(|e| e.path().is_dir());
    let mut names: Vec<String> =
        folders.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert!(names.len() >= 11, "{names:?}");
    names
}

#[test]
fn twice_and_on_any_number_of_threads() {
    for name in examples() {
        let once = output(&example(&name), &["--threads", "1"]);
        assert_eq!(once, output(&example(&name), &["--threads", "2"]), "{name} on two threads");
    }
    assert_eq!(output(&example("asem"), &[]), output(&example("asem"), &[]), "twice");
}

/// The names of the methods that the methodologies of a project choose for a stage, for the whole tree or parts of it.
fn chosen(value: &toml::Value, names: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(name) => names.extend([name.clone()]),
        toml::Value::Array(steps) => steps.iter().for_each(|step| chosen(step, names)),
        toml::Value::Table(table) => {
            table.get("method").into_iter().for_each(|name| chosen(name, names));
            let parts = table.get("at").and_then(toml::Value::as_table);
            parts.into_iter().flat_map(|t| t.values()).for_each(|part| chosen(part, names));
        }
        _ => {}
    }
}

/// The project whose hashes are compared across processors has, stage by stage, a methodology for each built-in method.
#[test]
fn every_method_is_compared() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bits/every-method");
    let project = std::fs::read_to_string(folder.join("quanheng.toml")).expect("the project");
    let project: toml::Table = project.parse().expect("a project");
    let methodologies = project["methodology"].as_table().expect("methodologies");
    let mut missing = Vec::new();
    let built_in = quanheng::report::methods::all();
    for stage in Stage::ALL {
        let mut names = BTreeSet::new();
        let of_stage = methodologies.values().filter_map(|one| one.get(stage.name()));
        of_stage.for_each(|value| chosen(value, &mut names));
        for method in built_in.iter().filter(|m| m.stage == stage && !names.contains(m.name)) {
            missing.push(format!("{} {} is in no methodology", stage.name(), method.name));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    let once = output(&folder, &["--threads", "1"]);
    assert_eq!(once, output(&folder, &["--threads", "2"]));
}

/// Rows and columns of the data in another order, keys of the project file too, and the rows of trees as far as siblings
/// stay in their order: not a bit moves.
#[test]
fn shuffled() {
    for name in examples() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join(&name);
        std::fs::create_dir(&folder).expect("a folder");
        // Beside it stand the projects whose results it may take.
        for other in examples().iter().filter(|other| **other != name) {
            std::os::unix::fs::symlink(example(other), parent.path().join(other)).expect("a link");
        }
        let straight = figures(&output(&example(&name), &[]));
        for entry in std::fs::read_dir(example(&name)).expect("the example") {
            let path = entry.expect("an entry").path();
            if !path.is_file() {
                continue;
            }
            let file = path.file_name().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("text");
            let moved = match file.as_str() {
                "quanheng.toml" => keys_reversed(&text),
                // A blank cell of a drawn tree says what stands above it.
                _ if !file.ends_with(".csv") || is_drawn(&text) => text.clone(),
                _ if is_tree(&text) => by_parent(&text),
                _ => with_columns_reversed(with_rows_shuffled(records(&text))),
            };
            if file == "values.csv" || file == "quanheng.toml" {
                assert_ne!(moved, text, "{name}/{file} is shuffled");
            }
            std::fs::write(folder.join(file), moved).expect("written");
        }
        assert!(straight == figures(&output(&folder, &[])), "{name}");
    }
}

/// Whether this is a tree with a column for each level.
fn is_drawn(text: &str) -> bool {
    text.lines().next().is_some_and(|head| head.contains("一级指标"))
}

/// A pipeline of scripts, over enough cells to be spread over threads: one compiled text serves all of them.
#[test]
fn scripts_on_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let noise = |k: u64| {
        let x = (k + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (k << 7);
        (x >> 40) as f64 / 256.0
    };
    let mut tree = "code,parent\nindex,\n".to_owned();
    let mut values = "region".to_owned();
    for k in 0..40 {
        tree.push_str(&format!("x{k},index\n"));
        values.push_str(&format!(",x{k}"));
    }
    for region in 0..4000 {
        values.push_str(&format!("\nr{region}"));
        (0..40).for_each(|k| values.push_str(&format!(",{}", noise(region * 40 + k))));
    }
    std::fs::write(path("tree.csv"), tree).expect("written");
    std::fs::write(path("values.csv"), values).expect("written");
    std::fs::write(
        path("quanheng.toml"),
        "[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n[methodology.m]\n\
         normalisation = \"script:normalisation/min_max.rhai\"\n\
         weighting = \"script:weighting/entropy.rhai\"\n\
         aggregation = \"script:aggregation/arithmetic.rhai\"\n",
    )
    .expect("written");
    let once = output(folder.path(), &["--threads", "1"]);
    assert_eq!(once, output(folder.path(), &["--threads", "2"]));
    assert_eq!(once, output(folder.path(), &["--threads", "7"]));
}

fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records = reader.records().map(|r| r.expect("CSV"));
    records.map(|r| r.iter().map(str::to_owned).collect()).collect()
}

fn written(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    rows.into_iter().for_each(|row| out.write_record(row).expect("CSV"));
    String::from_utf8(out.into_inner().expect("CSV")).expect("UTF-8")
}

/// The rows after the head in another order: every seventh, then the rest from the back.
fn with_rows_shuffled(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let head = rows.remove(0);
    let before = rows.clone();
    let (some, rest): (Vec<_>, Vec<_>) =
        rows.into_iter().enumerate().partition(|(i, _)| i % 7 == 3);
    let order = some.into_iter().chain(rest.into_iter().rev()).map(|(_, row)| row);
    let mut order: Vec<Vec<String>> = order.collect();
    // Periods whose labels say nothing about time are in the order in which they first stand in the file.
    if let Some(column) = head.iter().position(|head| head == "period") {
        let mut labels: Vec<String> = Vec::new();
        for row in &before {
            if !labels.contains(&row[column]) {
                labels.push(row[column].clone());
            }
        }
        if Periods::read(&labels).is_ok_and(|periods| !periods.unread.is_empty()) {
            order.sort_by_key(|row| labels.iter().position(|label| *label == row[column]));
        }
    }
    std::iter::once(head).chain(order).collect()
}

/// The columns from the back: what names the rows comes last.
fn with_columns_reversed(rows: Vec<Vec<String>>) -> String {
    written(rows.into_iter().map(|row| row.into_iter().rev().collect()))
}

fn is_tree(text: &str) -> bool {
    let head = &records(text)[0];
    ["code", "parent"].iter().all(|name| head.iter().any(|h| h == name))
}

/// A tree's rows by generation, the columns from the back. Siblings stay in their order, which is part of a system.
fn by_parent(text: &str) -> String {
    let mut rows = records(text);
    let head = rows.remove(0);
    let place = |name: &str| head.iter().position(|h| h == name).expect("a column of trees");
    let (code, parent) = (place("code"), place("parent"));
    let mut by_generation = Vec::new();
    let mut parents = vec![String::new()];
    while !parents.is_empty() {
        // The youngest branch first, so that cousins change places too.
        let children: Vec<Vec<String>> = parents
            .iter()
            .flat_map(|p| rows.iter().filter(move |row| row[parent] == *p))
            .cloned()
            .collect();
        parents = children.iter().rev().map(|row| row[code].clone()).collect();
        by_generation.extend(children);
    }
    assert_eq!(by_generation.len(), rows.len());
    with_columns_reversed(std::iter::once(head).chain(by_generation).collect())
}

/// A project file with the keys of each table from the back, and `[project]` and `[data]` last.
fn keys_reversed(text: &str) -> String {
    let mut tables: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        if line.starts_with('[') {
            tables.push(Vec::new());
        }
        tables.last_mut().expect("one").push(line);
    }
    let (first, others): (Vec<_>, Vec<_>) = tables
        .into_iter()
        .partition(|t| t.first().is_some_and(|l| ["[project]", "[data]"].contains(l)));
    let mut lines: Vec<&str> = Vec::new();
    for table in others.into_iter().chain(first) {
        let (head, keys) =
            table.split_at(usize::from(table.first().is_some_and(|l| l.starts_with('['))));
        lines.extend(head);
        // A value over several lines cannot be turned line by line.
        match keys.iter().all(|k| k.is_empty() || k.starts_with('#') || k.contains(" = ")) {
            true => lines.extend(keys.iter().rev()),
            false => lines.extend(keys),
        }
    }
    lines.join("\n") + "\n"
}
