//! The bundled scripts: table and folders agree, worked examples hold, the battery passes.

mod equality;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use quanheng_core::aggregation::Aggregation;
use quanheng_core::conformance::{Subject, Trial, check};
use quanheng_core::imputation::Imputation;
use quanheng_core::method::{Example, Stage};
use quanheng_core::normalisation::Normalisation;
use quanheng_core::tiering::Tiering;
use quanheng_core::treatment::Treatment;
use quanheng_core::weighting::Weighting;
use quanheng_scripts::{Host, LIBRARY, Limits, Script, Scripted, Worked, system_trial};

/// What the battery finds in a script, and whether it has an example at all.
fn examined(script: &Arc<Script>, name: &str) -> Vec<String> {
    fn of<M: Scripted + Trial + ?Sized>(script: &Arc<Script>, name: &str) -> Vec<String> {
        let examples = script.examples().unwrap_or_else(|f| panic!("{name}: {f}"));
        assert!(!examples.is_empty(), "{name} has no example");
        let mut findings = Vec::new();
        for example in examples {
            let Worked::Method(example) = example else { panic!("{name}: of a system") };
            assert!(!example.source.is_empty(), "{name}: where does the example come from?");
            let prepared =
                script.prepare(&example.settings).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            let method = M::scripted(prepared);
            let subject = Subject {
                stage: M::STAGE,
                name,
                method: &&*method,
                claims: script.header().as_claims(),
                intermediate: None,
                example: &example,
            };
            findings.extend(check(&subject).iter().map(ToString::to_string));
        }
        findings
    }
    match script.stage() {
        Stage::System => system(script, name),
        Stage::Imputation => of::<dyn Imputation>(script, name),
        Stage::Treatment => of::<dyn Treatment>(script, name),
        Stage::Normalisation => of::<dyn Normalisation>(script, name),
        Stage::Weighting => of::<dyn Weighting>(script, name),
        Stage::Aggregation => of::<dyn Aggregation>(script, name),
        Stage::Tiering => of::<dyn Tiering>(script, name),
    }
}

fn system(script: &Arc<Script>, name: &str) -> Vec<String> {
    let mut findings = Vec::new();
    for example in script.examples().unwrap_or_else(|f| panic!("{name}: {f}")) {
        let Worked::System(example) = example else { panic!("{name}: of a method") };
        let prepared =
            script.prepare(&example.settings).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        let found = system_trial(&prepared, &example).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        for (code, column) in &example.expected {
            let same = match (found.get(code), column) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(None), Some(_)) => false,
                (Some(Some(found)), Some(wanted)) => {
                    found.len() == wanted.len()
                        && found.iter().zip(wanted).all(|(a, b)| {
                            (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-9 * (1.0 + b.abs())
                        })
                }
            };
            if !same {
                findings.push(format!(
                    "{name}: `{code}` is {:?}, expected {column:?}",
                    found.get(code)
                ));
            }
        }
    }
    findings
}

#[test]
fn bundled_scripts_pass_the_battery() {
    let host = Host::new(None, Limits::default());
    let mut findings = Vec::new();
    for bundled in LIBRARY {
        let script =
            Script::open(&host, bundled.name).unwrap_or_else(|e| panic!("{}: {e:?}", bundled.name));
        let folder = bundled.name.split('/').next().expect("a folder");
        assert_eq!(script.stage().name(), folder, "{} is in the folder of its stage", bundled.name);
        let header = script.header();
        for (what, words) in
            [("summary", &header.summary), ("zh", &header.zh), ("reference", &header.reference)]
        {
            assert!(!words.is_empty(), "{}: no {what}", bundled.name);
        }
        for setting in script.settings() {
            assert!(!setting.doc.is_empty(), "{}: `{}` has no doc", bundled.name, setting.name);
        }
        findings.extend(examined(&script, bundled.name));
    }
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}

/// The tiering that judges no region near a bound: the battery knows no tiering that refuses to judge, so that this is no
/// worked example.
#[test]
fn a_region_near_a_bound_has_no_tier() {
    let host = Host::new(None, Limits::default());
    let script = Script::open(&host, "tiering/boundary.rhai").expect("a script");
    let example = Example {
        columns: vec![vec![90.0, 81.0, 80.9, 79.5, 60.0, 50.0, f64::NAN]],
        ..Example::default()
    }
    .with([("cuts", vec![80.0, 60.0].into()), ("margin", 1.0.into())]);
    let prepared = script.prepare(&example.settings).expect("settings that fit");
    let found = <dyn Tiering>::scripted(prepared).trial(&example).expect("tiers");
    let none = f64::NAN;
    let expected = [1.0, 1.0, none, none, none, 3.0, none];
    assert!(
        found.iter().zip(expected).all(|(a, b)| *a == b || (a.is_nan() && b.is_nan())),
        "{found:?}"
    );
}

/// Every `.rhai` file of a stage's folder is in the table, and nothing else is.
#[test]
fn the_library_is_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let mut files = BTreeSet::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rhai") {
                let name = path
                    .strip_prefix(&root)
                    .expect("below it")
                    .to_string_lossy()
                    .replace('\\', "/");
                files.insert(name);
            }
        }
    }
    let table: BTreeSet<String> = LIBRARY.iter().map(|b| b.name.to_owned()).collect();
    assert_eq!(files, table);
}
