//! Faults of scripts, plugins and their examples in words.

use quanheng_plugin_host::Examined;
use quanheng_scripts::{Compared, Failure, Given, NameFault, Outcome};

use super::Words;
use crate::report::number::exact;

pub(super) fn name(name: &str, why: &NameFault) -> Words {
    let what = match why {
        NameFault::Empty => "a script needs a name".to_owned(),
        NameFault::Long(most) => format!("the name `{name}` is longer than {most} characters"),
        NameFault::Start(c) => format!("the name `{name}` begins with `{c}`"),
        NameFault::Character(c) => format!("the name `{name}` has a `{c}` in it"),
        NameFault::Kept => format!("some systems keep the name `{name}` for themselves"),
    };
    Words::new(what, "letters of any language, digits, `_` and `-`; without the ending `.rhai`")
}

pub(super) fn example(script: &str, outcome: &Outcome) -> Words {
    let of = format!("example {} of {script}", outcome.number);
    match &outcome.result {
        Err(failure) => {
            let (what, hint) = match failure {
                Failure::Setting(error) => {
                    (format!("setting `{}` does not fit", error.setting), None)
                }
                Failure::Fault(fault) => {
                    (fault.what.to_string(), fault.hint.as_ref().map(ToString::to_string))
                }
                Failure::Method(error) => (error.to_string(), None),
                Failure::Tree { problems, .. } => {
                    (format!("what it gives is no tree: {} problems", problems.len()), None)
                }
            };
            Words { what: format!("{of} gives no result: {what}"), hint }
        }
        Ok(results) => {
            if let Some(wrong) = results.iter().find(|c| !c.holds()) {
                return unlike(&of, wrong);
            }
            let first = outcome.findings.first();
            Words {
                what: match first {
                    Some(finding) => {
                        format!("{script} claims what does not hold: {}", finding.property)
                    }
                    None => format!("{of} does not hold"),
                },
                hint: first.map(|f| {
                    let columns: Vec<String> = f.input.columns.iter().map(|c| list(c)).collect();
                    format!("with columns {}: {}", columns.join(" "), f.found)
                }),
            }
        }
    }
}

pub(super) fn examined(plugin: &str, examined: &Examined) -> Words {
    let what = format!("`{}` of {plugin} does not hold what it says", examined.method);
    let mut found: Vec<String> = examined
        .findings
        .iter()
        .map(|f| {
            let columns: Vec<String> = f.input.columns.iter().map(|c| list(c)).collect();
            format!("{}: {} with columns {}", f.property, f.found, columns.join(" "))
        })
        .collect();
    found.extend(examined.unsaid.iter().map(|what| format!("it says no {what}")));
    Words::new(what, found.join("; "))
}

fn unlike(of: &str, wrong: &Compared) -> Words {
    let node = match wrong.code.is_empty() {
        true => String::new(),
        false => format!(", node `{}`", wrong.code),
    };
    match (&wrong.expected, &wrong.found) {
        (Given::Numbers(expected), Given::Numbers(found)) if expected.len() == found.len() => {
            let cells: Vec<String> =
                wrong.unlike().iter().map(|k| (k + 1).to_string()).take(5).collect();
            Words::new(
                format!(
                    "{of} does not hold{node}: {} expected, {} found",
                    list(expected),
                    list(found)
                ),
                format!("they differ in cell {}", cells.join(", ")),
            )
        }
        (expected, found) => Words {
            what: format!(
                "{of} does not hold{node}: {} expected, {} found",
                given(expected),
                given(found)
            ),
            hint: None,
        },
    }
}

fn given(given: &Given) -> String {
    match given {
        Given::Nothing => "no such node".into(),
        Given::Node => "a node".into(),
        Given::Numbers(numbers) => list(numbers),
    }
}

fn list(numbers: &[f64]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = numbers
        .iter()
        .take(SHOWN)
        .map(|x| if x.is_nan() { "()".to_owned() } else { exact(*x) })
        .collect();
    let more = if numbers.len() > SHOWN { ", …" } else { "" };
    format!("[{}{more}]", shown.join(", "))
}
