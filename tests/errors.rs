//! Each folder of `tests/errors/` is a project with something wrong in it; what is said of it is pinned.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng::problem::Problems;
use quanheng::project;
use quanheng::snapshot::Folder;
use quanheng_core::evaluation::Evaluation;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root)
        .expect("the folder of cases")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert!(folders.len() >= 40, "the cases are there");
    folders
}

/// What a person reads who runs every methodology of the project and holds it against its snapshot.
fn said(folder: &Path) -> String {
    let problems = match project::open(folder) {
        Err(problems) => problems.render(false),
        Ok(resolved) => {
            let mut text = resolved.aside.render(false);
            for code in &resolved.stated {
                if let Err(problem) = Folder::of(folder).read(code) {
                    text.push_str(&Problems::from(*problem).render(false));
                }
            }
            for (code, methodology) in &resolved.methodologies {
                let run = Evaluation::new(Arc::clone(&resolved.study), methodology.clone());
                if let Err(errors) = run {
                    text.push_str(&resolved.evaluation_problems(code, errors).render(false));
                }
            }
            text
        }
    };
    // The same wherever the repository lies.
    let whole = folder.display().to_string();
    problems.replace(&format!("{whole}/"), "").replace(&whole, "the folder")
}

#[test]
fn every_broken_project_is_explained() {
    for folder in cases() {
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let text = said(&folder);
        assert!(text.starts_with("error: "), "{name}: nothing wrong found");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots/errors");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}
