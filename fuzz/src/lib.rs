//! What the fuzz targets of scripts do with a text: compile it, and put whatever compiles to its stage on small inputs.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use quanheng_core::aggregation::Aggregation;
use quanheng_core::conformance::Trial;
use quanheng_core::imputation::Imputation;
use quanheng_core::method::{Example, Settings, Source, Stage};
use quanheng_core::normalisation::Normalisation;
use quanheng_core::tiering::Tiering;
use quanheng_core::treatment::Treatment;
use quanheng_core::weighting::Weighting;
use quanheng_scripts::{
    Host, Limits, Prepared, Script, Scripted, SystemExample, Worked, system_trial,
};

/// A fault that the program catches and says in words does not end a target; every other one does. Libraries that read
/// workbooks have faults on some that are damaged.
pub fn pass_caught_faults() {
    let end = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |fault| {
        if !quanheng::gate::is_quiet() {
            end(fault);
        }
    }));
}

/// The host of all runs: no folder to import from, and little of everything.
pub fn host() -> &'static Arc<Host> {
    static HOST: OnceLock<Arc<Host>> = OnceLock::new();
    HOST.get_or_init(|| Host::new(None, limits()))
}

fn limits() -> Limits {
    Limits {
        operations: 20_000,
        bytes: 4 << 20,
        time: Duration::from_secs(2),
        source: 1 << 14,
        ..Limits::default()
    }
}

/// Compiles a text and runs what it is, on its own examples too. Faults are answers; a panic, a hang or too much memory
/// is what the fuzzer looks for, and so is a result that is no number.
pub fn run(text: &str) {
    let source = Arc::new(Source::new("fuzz.rhai", text));
    let script = match Script::compile(host(), source) {
        Ok(script) => script,
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a fault");
            for fault in &faults {
                said(&fault.what.to_string());
                for site in &fault.sites {
                    assert!(
                        site.source.text.get(site.span.clone()).is_some(),
                        "a place outside the text"
                    );
                }
            }
            return;
        }
    };
    let Ok(prepared) = script.prepare(&Settings::default()) else { return };
    match script.examples() {
        Ok(examples) => examples.iter().take(2).for_each(|example| on(&script, &prepared, example)),
        Err(fault) => said(&fault.what.to_string()),
    }
    on(
        &script,
        &prepared,
        &match script.stage() {
            Stage::System => Worked::System(SystemExample {
                raw: ["a", "b"].map(|name| (name.to_owned(), vec![1.0, f64::NAN, 0.0])).into(),
                ..SystemExample::default()
            }),
            _ => Worked::Method(Example {
                columns: vec![
                    vec![3.0, 1.0, 2.0, f64::NAN],
                    vec![0.0, 0.0, 5.0, -1e300],
                    vec![1.0; 4],
                ],
                weights: vec![0.5, 0.25, 0.25],
                ..Example::default()
            }),
        },
    );
}

/// A fault says something. A panic that the host turns into a fault need not be looked for in its words, which can be the
/// script's own: the fuzzer's hook ends the target at the panic itself.
fn said(what: &str) {
    assert!(!what.is_empty(), "refused without a word");
}

fn on(script: &Arc<Script>, prepared: &Arc<Prepared>, example: &Worked) {
    fn of<M: Scripted + Trial + ?Sized>(prepared: &Arc<Prepared>, example: &Example) {
        match M::scripted(Arc::clone(prepared)).trial(example) {
            Ok(found) => assert!(found.iter().all(|x| !x.is_infinite()), "an infinity came out"),
            Err(e) => said(&e.to_string()),
        }
    }
    let example = match example {
        Worked::Method(example) => example,
        Worked::System(example) => {
            let _: Result<BTreeMap<_, _>, _> =
                system_trial(prepared, example).map(|found| found.into_iter().collect());
            return;
        }
    };
    match script.stage() {
        Stage::System => {}
        Stage::Imputation => of::<dyn Imputation>(prepared, example),
        Stage::Treatment => of::<dyn Treatment>(prepared, example),
        Stage::Normalisation => of::<dyn Normalisation>(prepared, example),
        Stage::Weighting => of::<dyn Weighting>(prepared, example),
        Stage::Aggregation => of::<dyn Aggregation>(prepared, example),
        Stage::Tiering => of::<dyn Tiering>(prepared, example),
    }
}
