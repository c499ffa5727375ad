//! Degenerate inputs: what every method gives for them is written down, and a new method must state its own.

use std::fmt::Write as _;

use quanheng_core::aggregation::Aggregation;
use quanheng_core::conformance::{DEGENERATE, Degenerate, Trial};
use quanheng_core::imputation::Imputation;
use quanheng_core::method::{Entry, Example, Stage};
use quanheng_core::normalisation::Normalisation;
use quanheng_core::tiering::Tiering;
use quanheng_core::treatment::Treatment;
use quanheng_core::weighting::Weighting;
use quanheng_core::{aggregation, imputation, normalisation, tiering, treatment, weighting};
use quanheng_plugin_host::{Isolation, Plugged, Plugin};
use quanheng_scripts::{Host, LIBRARY, Limits, Script, Scripted, Worked};
use std::sync::Arc;

/// A result in a few digits, equal numbers counted.
fn words(given: Option<Result<Vec<f64>, quanheng_core::method::MethodError>>) -> String {
    match given {
        None => "PANIC".to_owned(),
        Some(Err(error)) => format!("refused: {error}"),
        Some(Ok(result)) if result.is_empty() => "nothing".to_owned(),
        Some(Ok(result)) => {
            let mut runs: Vec<(String, usize)> = Vec::new();
            for x in result {
                let shown = if x.is_nan() {
                    "–".to_owned()
                } else if x != 0.0 && (x.abs() < 1e-4 || x.abs() >= 1e6) {
                    format!("{x:.3e}")
                } else {
                    format!("{}", (x * 1e4).round() / 1e4)
                };
                match runs.last_mut() {
                    Some((same, count)) if *same == shown => *count += 1,
                    _ => runs.push((shown, 1)),
                }
            }
            let run =
                |(x, n): &(String, usize)| if *n > 1 { format!("{x} ×{n}") } else { x.clone() };
            runs.iter().map(run).collect::<Vec<_>>().join(", ")
        }
    }
}

#[derive(Default)]
struct Table {
    text: String,
    wrong: Vec<String>,
}

impl Table {
    fn add(&mut self, stage: Stage, name: &str, method: &dyn Trial, example: &Example) {
        let _ = writeln!(self.text, "{} {name}", stage.name());
        for case in DEGENERATE {
            let given = words(case.given(stage, method, example));
            let _ = writeln!(self.text, "    {}: {given}", case.name);
            self.wrong.extend(fault(case, stage, name, method, example));
        }
    }
}

fn fault(
    case: &Degenerate,
    stage: Stage,
    name: &str,
    method: &dyn Trial,
    example: &Example,
) -> Option<String> {
    let fault = case.fault(stage, method, example)?;
    Some(format!("{} {name}, {}: {fault}", stage.name(), case.name))
}

/// The table of what every built-in gives. Read it when it changes: a number must be what the formula gives, and an error
/// must name what is wrong.
#[test]
fn built_ins() {
    fn all<M: Trial + ?Sized>(table: &mut Table, stage: Stage, entries: &[Entry<M>]) {
        for entry in entries {
            let example = (entry.example)();
            let method = (entry.make)(&example.settings).expect("an example's settings");
            table.add(stage, entry.name, &&*method, &example);
        }
    }
    let mut table = Table::default();
    all(&mut table, Stage::Imputation, imputation::TABLE);
    all(&mut table, Stage::Treatment, treatment::TABLE);
    all(&mut table, Stage::Normalisation, normalisation::TABLE);
    all(&mut table, Stage::Weighting, weighting::TABLE);
    all(&mut table, Stage::Aggregation, aggregation::TABLE);
    all(&mut table, Stage::Tiering, tiering::TABLE);
    assert!(table.wrong.is_empty(), "{}", table.wrong.join("\n"));
    insta::assert_snapshot!("degenerate_built_ins", table.text);
}

/// The same of the bundled scripts.
#[test]
fn bundled_scripts() {
    fn one<M: Scripted + Trial + ?Sized>(table: &mut Table, script: &Arc<Script>, name: &str) {
        let examples = script.examples().unwrap_or_else(|f| panic!("{name}: {f}"));
        let Some(Worked::Method(example)) = examples.into_iter().next() else {
            panic!("{name} has no example")
        };
        let prepared =
            script.prepare(&example.settings).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        let method = M::scripted(prepared);
        table.add(M::STAGE, name, &&*method, &example);
    }
    let host = Host::new(None, Limits::default());
    let mut table = Table::default();
    for bundled in LIBRARY {
        let name = bundled.name;
        let script = Script::open(&host, name).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        match script.stage() {
            Stage::System => {}
            Stage::Imputation => one::<dyn Imputation>(&mut table, &script, name),
            Stage::Treatment => one::<dyn Treatment>(&mut table, &script, name),
            Stage::Normalisation => one::<dyn Normalisation>(&mut table, &script, name),
            Stage::Weighting => one::<dyn Weighting>(&mut table, &script, name),
            Stage::Aggregation => one::<dyn Aggregation>(&mut table, &script, name),
            Stage::Tiering => one::<dyn Tiering>(&mut table, &script, name),
        }
    }
    // A region near a bound is not judged.
    table.wrong.retain(|wrong| !wrong.contains("tiering/boundary.rhai"));
    assert!(table.wrong.is_empty(), "{}", table.wrong.join("\n"));
    insta::assert_snapshot!("degenerate_scripts", table.text);
}

/// The same of the example plugins, which run in this process.
#[test]
fn example_plugins() {
    fn one<M: Plugged + Trial + ?Sized>(table: &mut Table, plugin: &Arc<Plugin>, method: usize) {
        let offer = &plugin.description().methods[method];
        let example = offer.example.clone().expect("an example");
        let prepared = plugin.prepare(method, &example.settings);
        let made = M::plugged(prepared.unwrap_or_else(|e| panic!("{}: {e:?}", offer.name)));
        table.add(offer.stage, &offer.name, &&*made, &example);
    }
    let mut table = Table::default();
    for (_, path) in super::plugins::libraries() {
        let plugin = super::plugins::open(&path, Isolation::None);
        for (index, offer) in plugin.description().methods.iter().enumerate() {
            match offer.stage {
                Stage::System => {}
                Stage::Imputation => one::<dyn Imputation>(&mut table, &plugin, index),
                Stage::Treatment => one::<dyn Treatment>(&mut table, &plugin, index),
                Stage::Normalisation => one::<dyn Normalisation>(&mut table, &plugin, index),
                Stage::Weighting => one::<dyn Weighting>(&mut table, &plugin, index),
                Stage::Aggregation => one::<dyn Aggregation>(&mut table, &plugin, index),
                Stage::Tiering => one::<dyn Tiering>(&mut table, &plugin, index),
            }
        }
    }
    assert!(table.wrong.is_empty(), "{}", table.wrong.join("\n"));
    insta::assert_snapshot!("degenerate_plugins", table.text);
}
