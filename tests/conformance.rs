//! Every method of every kind, without a line per method.

use quanheng_core::conformance::{Subject, Trial, check};
use quanheng_core::method::{Entry, Stage};
use quanheng_core::methodology::Part;
use quanheng_core::{aggregation, imputation, normalisation, tiering, treatment, weighting};
use quanheng_words::{Language, declared};
use std::path::Path;

/// Calls `look` with the stage and the table of each kind, and asserts that it found nothing.
macro_rules! every_table {
    ($look:ident) => {{
        let mut wrong: Vec<String> = Vec::new();
        $look(Stage::Imputation, imputation::TABLE, &mut wrong);
        $look(Stage::Treatment, treatment::TABLE, &mut wrong);
        $look(Stage::Normalisation, normalisation::TABLE, &mut wrong);
        $look(Stage::Weighting, weighting::TABLE, &mut wrong);
        $look(Stage::Aggregation, aggregation::TABLE, &mut wrong);
        $look(Stage::Tiering, tiering::TABLE, &mut wrong);
        assert!(wrong.is_empty(), "{} findings\n{}", wrong.len(), wrong.join("\n"));
    }};
}

#[test]
fn the_battery() {
    fn look<M: Trial + ?Sized>(stage: Stage, table: &[Entry<M>], wrong: &mut Vec<String>) {
        for entry in table {
            let example = (entry.example)();
            match (entry.make)(&example.settings) {
                Err(e) => wrong.push(format!("{} {}: {e:?}", stage.name(), entry.name)),
                Ok(method) => {
                    let subject = Subject {
                        stage,
                        name: entry.name,
                        method: &&*method,
                        claims: entry.claims,
                        intermediate: Some(entry.intermediate),
                        example: &example,
                    };
                    wrong.extend(check(&subject).iter().map(ToString::to_string));
                }
            }
        }
    }
    every_table!(look);
}

#[test]
fn every_entry_explains_itself() {
    fn look<M: ?Sized>(stage: Stage, table: &[Entry<M>], wrong: &mut Vec<String>) {
        for entry in table {
            let example = (entry.example)();
            let id = format!("method-{}-{}", stage.name(), entry.name);
            let zh = |part| declared(Language::Zh, &id, part).unwrap_or_default();
            for (what, words) in [
                ("Chinese name in words/zh.ftl", zh("")),
                ("Chinese summary in words/zh.ftl", zh("summary")),
                ("summary", entry.summary),
                ("formula", entry.formula),
                ("reference", entry.reference),
                ("the source of the example", &example.source),
            ] {
                if words.trim().is_empty() {
                    wrong.push(format!("{} {}: no {what}", stage.name(), entry.name));
                }
            }
            for setting in (entry.settings)().iter().filter(|s| s.doc.trim().is_empty()) {
                let name = &setting.name;
                wrong.push(format!("{} {}: `{name}` has no doc", stage.name(), entry.name));
            }
        }
    }
    every_table!(look);
}

/// Each file of a folder that has an entry is in the folder's table under its own name, and nothing else is.
#[test]
fn tables_and_folders_agree() {
    fn look<M: ?Sized>(stage: Stage, table: &[Entry<M>], wrong: &mut Vec<String>) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("core/src").join(stage.name());
        let mut files: Vec<String> = std::fs::read_dir(&folder)
            .expect("a folder for each stage")
            .map(|file| file.expect("a file").path())
            .filter(|path| path.extension().is_some_and(|e| e == "rs"))
            // A shared module of a folder declares no entry.
            .filter(|path| std::fs::read_to_string(path).is_ok_and(|t| t.contains("const ENTRY")))
            .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
            .collect();
        let mut names: Vec<String> = table.iter().map(|e| e.name.to_owned()).collect();
        files.sort();
        names.sort();
        if files != names {
            wrong.push(format!("{}: files {files:?}, table {names:?}", stage.name()));
        }
    }
    every_table!(look);
}

/// Each file of the folder of parts that has an entry is a part under its own name, and nothing else is.
#[test]
fn parts_and_files_agree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("core/src/methodology/part");
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder of parts")
        .map(|file| file.expect("a file").path())
        .filter(|path| std::fs::read_to_string(path).is_ok_and(|t| t.contains("const PART")))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    let mut names: Vec<String> = Part::ALL.iter().map(|part| part.name().to_owned()).collect();
    files.sort();
    names.sort();
    assert_eq!(files, names);
}
