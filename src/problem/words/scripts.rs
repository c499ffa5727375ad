//! Faults of scripts, plugins and their examples in words.

use quanheng_plugin_host::Examined;
use quanheng_scripts::{Compared, Failure, Given, NameFault, Outcome};
use quanheng_words::number::exact;
use quanheng_words::{Text, text};

use super::Words;

pub(super) fn name(name: &str, why: &NameFault) -> Words {
    let what = match why {
        NameFault::Empty => text!(script_name_empty),
        NameFault::Long(most) => text!(script_name_long, name = name, most = *most),
        NameFault::Start(c) => text!(script_name_start, name = name, character = *c),
        NameFault::Character(c) => text!(script_name_character, name = name, character = *c),
        NameFault::Kept => text!(script_name_reserved, name = name),
    };
    Words::new(what, text!(script_name_hint))
}

pub(super) fn example(script: &str, outcome: &Outcome) -> Words {
    let number = outcome.number;
    match &outcome.result {
        Err(failure) => {
            let (what, hint) = match failure {
                Failure::Setting(error) => (text!(example_setting, setting = &error.setting), None),
                Failure::Fault(fault) => (fault.what.clone(), fault.hint.clone()),
                Failure::Method(error) => (error.words(), None),
                Failure::Tree { problems, .. } => {
                    (text!(example_tree, count = problems.len()), None)
                }
            };
            let what = text!(example_fails, number = number, script = script, what = what);
            Words { what, hint }
        }
        Ok(results) => {
            if let Some(wrong) = results.iter().find(|c| !c.holds()) {
                return unlike(script, number, wrong);
            }
            match outcome.findings.first() {
                Some(finding) => Words::new(
                    text!(example_claim, script = script, property = &finding.property),
                    text!(
                        example_claim_hint,
                        columns = columns(&finding.input.columns),
                        found = &finding.found
                    ),
                ),
                None => Words {
                    what: text!(example_nothing, number = number, script = script),
                    hint: None,
                },
            }
        }
    }
}

pub(super) fn examined(plugin: &str, examined: &Examined) -> Words {
    let what = text!(plugin_examined, method = &examined.method, plugin = plugin);
    let mut found: Vec<Text> = examined
        .findings
        .iter()
        .map(|f| {
            text!(
                plugin_examined_finding,
                property = &f.property,
                found = &f.found,
                columns = columns(&f.input.columns)
            )
        })
        .collect();
    found.extend(examined.unsaid.iter().map(|what| text!(plugin_examined_unsaid, what = what)));
    Words::new(what, text!(several_texts, texts = found))
}

fn unlike(script: &str, number: usize, wrong: &Compared) -> Words {
    let (expected, found) = (given(&wrong.expected), given(&wrong.found));
    let hint = match (&wrong.expected, &wrong.found) {
        (Given::Numbers(expected), Given::Numbers(found)) if expected.len() == found.len() => {
            let cells = wrong.unlike();
            let cells: Vec<String> = cells.iter().map(|k| (k + 1).to_string()).take(5).collect();
            Some(text!(example_unlike_cells_hint, cells = cells.join(", ")))
        }
        _ => None,
    };
    let what = match wrong.code.is_empty() {
        true => text!(
            example_unlike,
            number = number,
            script = script,
            expected = expected,
            found = found
        ),
        false => text!(
            example_unlike_node,
            number = number,
            script = script,
            node = &wrong.code,
            expected = expected,
            found = found
        ),
    };
    Words { what, hint }
}

fn given(given: &Given) -> Text {
    match given {
        Given::Nothing => text!(example_given_nothing),
        Given::Node => text!(example_given_node),
        Given::Numbers(numbers) => Text::plain(list(numbers)),
    }
}

fn columns(columns: &[Vec<f64>]) -> String {
    columns.iter().map(|column| list(column)).collect::<Vec<_>>().join(" ")
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
