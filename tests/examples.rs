//! Every example is held against its official result, and its ranking is pinned.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng::report::ranking::{Frame, View};
use quanheng::report::render::{Style, table};
use quanheng::report::{Language, ranking};
use quanheng::{official, project};
use quanheng_core::evaluation::Evaluation;

fn projects() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("examples/")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("quanheng.toml").exists())
        .collect();
    found.sort();
    assert!(found.len() >= 7, "seven examples, found {found:?}");
    found
}

fn name(folder: &Path) -> String {
    folder.file_name().expect("a name").to_string_lossy().into_owned()
}

/// The published results are reproduced, but for the cells that the projects state as exceptions, which must really
/// differ; every project compares with some, and states how many cells these are.
#[test]
fn official_results() {
    let mut wrong = Vec::new();
    for folder in projects() {
        let resolved = project::open(&folder).unwrap_or_else(|problems| {
            panic!("{folder:?}:\n{}", problems.render(Language::En, false))
        });
        let (compared, mut problems) = official::reproduce(&resolved, |_| true, |_, _| {});
        problems.extend(official::unmet(&compared));
        if !problems.is_empty() {
            wrong.push(problems.render(Language::En, false));
        }
        let (figures, mut problems) = official::weigh(&resolved);
        problems.extend(official::unmet_figures(&figures));
        if !problems.is_empty() {
            wrong.push(problems.render(Language::En, false));
        }
        for one in compared {
            if one.at_least != Some(one.count()) {
                let (code, file) = (&one.methodology, &one.file);
                let (n, least) = (one.count(), one.at_least);
                wrong.push(format!("{file}, {code}: {n} cells, and at_least is {least:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The ranking that a person sees, of every methodology.
#[test]
fn rankings() {
    for folder in projects() {
        let resolved = project::open(&folder).expect("an example");
        let mut text = String::new();
        for methodology in resolved.methodologies.values() {
            let evaluation =
                Evaluation::new(Arc::clone(&resolved.study), methodology.clone()).expect("it runs");
            let view = View {
                language: Language::En,
                periods: None,
                leagues: None,
                node: None,
                every_node: false,
                top: Some(40),
                bottom: Some(3),
            };
            let report = ranking::report(&evaluation, &view, &Frame::default());
            text.push_str(&table::render(&report, Style::default()));
            text.push('\n');
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots/examples");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name(&folder), text));
    }
}
