//! The library as a Markdown document: the description of each bundled script, and the current results of its examples.

use std::fmt::Write;
use std::sync::Arc;

use quanheng_core::aggregation::Aggregation;
use quanheng_core::conformance::Trial;
use quanheng_core::imputation::Imputation;
use quanheng_core::method::{Accepts, Example, ProgramFault, Setting, Source, Stage, Value};
use quanheng_core::model::{Direction, Neighbours};
use quanheng_core::normalisation::Normalisation;
use quanheng_core::number::{RoundMode, round};
use quanheng_core::tiering::Tiering;
use quanheng_core::treatment::Treatment;
use quanheng_core::weighting::Weighting;
use quanheng_words::{Text, text};

use crate::example::{SystemExample, Worked, system_trial};
use crate::import::BUNDLED;
use crate::library::TABLE;
use crate::script::{Host, Prepared, Script, Unfit};
use crate::stage::{Scripted, SystemFault};

/// Every bundled script by stage: summary, formula, reference, settings, and its examples as run now.
///
/// # Errors
/// What is wrong with a script of the library, or with its example.
pub fn document(host: &Arc<Host>) -> Result<String, Vec<ProgramFault>> {
    let mut out = String::from(
        "# The bundled scripts\n\nA script is chosen by its name: `weighting = \"script:weighting/entropy.rhai\"`. Numbers of examples are rounded to six decimals.\n",
    );
    for stage in Stage::ALL {
        let folder = format!("{}/", stage.name());
        let mut bundled = TABLE.iter().filter(|b| b.name.starts_with(&folder)).peekable();
        if bundled.peek().is_some() {
            let _ = writeln!(out, "\n## {}", stage.name());
        }
        for bundled in bundled {
            let source = Source::new(format!("{BUNDLED}{}", bundled.name), bundled.text);
            let script = Script::compile(host, Arc::new(source))?;
            describe(&script, bundled.name, &mut out);
            for worked in script.examples().map_err(|fault| vec![fault])? {
                show(&script, &worked, &mut out).map_err(|fault| vec![fault])?;
            }
        }
    }
    Ok(out)
}

fn describe(script: &Script, name: &str, out: &mut String) {
    let header = script.header();
    let _ = writeln!(out, "\n### {}: `{name}`\n\n{}\n", header.zh, header.summary);
    if !header.notes.is_empty() {
        let _ = writeln!(out, "{}\n", header.notes);
    }
    let lines = [
        ("formula", header.formula.clone()),
        ("reference", header.reference.clone()),
        ("needs", header.needs.join(", ")),
        ("gives", header.gives.clone()),
        ("claims", header.claims.join(", ")),
    ];
    for (key, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "- {key}: {value}");
    }
    if script.settings().is_empty() {
        return;
    }
    out.push_str("\n| setting | default | |\n|---|---|---|\n");
    for setting in script.settings() {
        let _ = writeln!(
            out,
            "| `{}` | {} | {} |",
            setting.name,
            default(script, setting),
            cell(&accepted(setting))
        );
    }
}

fn default(script: &Script, setting: &Setting) -> String {
    match &setting.default {
        Some(value) => format!("`{}`", cell(&written(value))),
        None if script.source().text.contains(&format!("required(\"{}\"", setting.name)) => {
            "must be stated".to_owned()
        }
        None => "none".to_owned(),
    }
}

/// What a setting does, and the words or bounds that it keeps to.
fn accepted(setting: &Setting) -> String {
    let mut words = setting.doc.to_string();
    if let Accepts::Choice(choice) = &setting.accepts {
        let choice: Vec<String> = choice.iter().map(|w| format!("`{w}`")).collect();
        let _ = write!(words, " One of {}.", choice.join(", "));
    }
    if let Some((least, greatest)) = setting.range {
        let _ = write!(words, " From {} to {}.", stated(least), stated(greatest));
    }
    words
}

/// A text in a cell of a table, where a bar would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// A value as a project file has it.
fn written(value: &Value) -> String {
    match value {
        Value::Bool(yes) => yes.to_string(),
        Value::Number(x) => stated(*x),
        Value::Text(text) => format!("\"{text}\""),
        Value::List(items) => {
            format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", "))
        }
        Value::Table(items) if items.is_empty() => "{}".to_owned(),
        Value::Table(items) => {
            let pairs: Vec<String> =
                items.iter().map(|(key, value)| format!("{key} = {}", written(value))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}

/// A stated number; large numbers are shortened.
fn stated(x: f64) -> String {
    if x.abs() < 1e9 { x.to_string() } else { format!("{x:e}") }
}

fn figure(x: f64) -> String {
    if x.is_nan() { "–".to_owned() } else { round(x, 6, RoundMode::HalfUp).to_string() }
}

fn show(script: &Arc<Script>, worked: &Worked, out: &mut String) -> Result<(), ProgramFault> {
    match worked {
        Worked::System(example) => {
            let prepared = prepared(script, &example.settings)?;
            show_system(&prepared, example, out)
        }
        Worked::Method(example) => {
            let prepared = prepared(script, &example.settings)?;
            match script.stage() {
                Stage::Imputation => show_method::<dyn Imputation>(prepared, example, out),
                Stage::Treatment => show_method::<dyn Treatment>(prepared, example, out),
                Stage::Normalisation => show_method::<dyn Normalisation>(prepared, example, out),
                Stage::Weighting => show_method::<dyn Weighting>(prepared, example, out),
                Stage::Aggregation => show_method::<dyn Aggregation>(prepared, example, out),
                Stage::Tiering => show_method::<dyn Tiering>(prepared, example, out),
                Stage::System => Ok(()),
            }
        }
    }
}

fn prepared(
    script: &Arc<Script>,
    settings: &quanheng_core::method::Settings,
) -> Result<Arc<Prepared>, ProgramFault> {
    script.prepare(settings).map_err(|unfit| match unfit {
        Unfit::Fault(fault) => fault,
        Unfit::Setting(e) => {
            let fault = format!("{:?}", e.fault);
            let what = text!(script_example_setting, setting = e.setting, fault = fault);
            script.fault_at("example", what, text!(script_example_setting_hint))
        }
    })
}

fn show_method<M: Scripted + Trial + ?Sized>(
    script: Arc<Prepared>,
    example: &Example,
    out: &mut String,
) -> Result<(), ProgramFault> {
    let found = M::scripted(Arc::clone(&script)).trial(example).map_err(|e| {
        let what = text!(script_example_fails, reason = e.to_string());
        script.script.fault_at("example", what, Text::default())
    })?;
    let _ = writeln!(out, "\n{}\n", title(&example.settings, &example.source));
    let by_column = M::STAGE == Stage::Weighting;
    let codes = (1..=example.columns.len()).map(|k| format!("x{k}"));
    let (mut names, mut columns): (Vec<String>, Vec<Vec<String>>) = (Vec::new(), Vec::new());
    for (k, code) in codes.enumerate() {
        let less = example.indicators.get(k).is_some_and(|i| i.direction == Direction::Negative);
        names.push(if less { format!("{code} (less is better)") } else { code });
        columns.push(example.columns[k].iter().map(|x| figure(*x)).collect());
    }
    if !by_column {
        names.push("result".to_owned());
        columns.push(found.iter().map(|x| figure(*x)).collect());
    }
    let _ = writeln!(out, "| row | {} |", names.join(" | "));
    let _ = writeln!(out, "|---{}|", "|--:".repeat(names.len()));
    let rows = example.columns[0].len();
    let regions = rows / example.periods.max(1);
    for row in 0..rows {
        let cells: Vec<&str> = columns.iter().map(|c| c[row].as_str()).collect();
        let name = match example.periods {
            0 | 1 => (row + 1).to_string(),
            _ => format!("{}, period {}", row % regions + 1, row / regions + 1),
        };
        let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
    }
    let below = [
        ("stated weight", &example.stated),
        ("weight", &example.weights),
        ("full marks", &example.full_marks),
    ];
    for (name, values) in below.iter().filter(|(_, values)| !values.is_empty()) {
        line(name, values, names.len(), out);
    }
    if by_column {
        line("result", &found, names.len(), out);
    }
    facts(example, out);
    Ok(())
}

/// Goalposts, targets, groups and neighbours, where an example has any.
fn facts(example: &Example, out: &mut String) {
    let mut lines = Vec::new();
    for (k, indicator) in example.indicators.iter().enumerate() {
        let posts = indicator.goalposts;
        let facts = [
            ("bad", posts.map(|g| g.bad)),
            ("good", posts.map(|g| g.good)),
            ("target", indicator.target),
        ];
        let facts: Vec<String> = facts
            .iter()
            .filter_map(|(name, x)| Some(format!("{name} {}", figure((*x)?))))
            .collect();
        if !facts.is_empty() {
            lines.push(format!("- x{}: {}", k + 1, facts.join(", ")));
        }
    }
    for group in &example.groups {
        for (class, members) in &group.classes {
            let members: Vec<String> = members.iter().map(|r| (r.0 + 1).to_string()).collect();
            lines.push(format!("- group `{}`, `{class}`: {}", group.code, members.join(", ")));
        }
    }
    let links = example.neighbours.iter().flat_map(Neighbours::links);
    let pairs = links.filter(|(from, to, _)| from < to);
    let pairs: Vec<String> = pairs
        .map(|(from, to, weight)| format!("{} and {} ({})", from.0 + 1, to.0 + 1, figure(weight)))
        .collect();
    if !pairs.is_empty() {
        lines.push(format!("- neighbours, with their weight: {}", pairs.join(", ")));
    }
    if !lines.is_empty() {
        let _ = writeln!(out, "\n{}", lines.join("\n"));
    }
}

/// A row below the regions, with a number a child.
fn line(name: &str, values: &[f64], width: usize, out: &mut String) {
    let mut cells: Vec<String> = values.iter().map(|x| figure(*x)).collect();
    cells.resize(width, String::new());
    let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
}

fn title(settings: &quanheng_core::method::Settings, source: &str) -> String {
    let mut words = "Example".to_owned();
    if !settings.0.is_empty() {
        let stated: Vec<String> =
            settings.0.iter().map(|(key, value)| format!("{key} = {}", written(value))).collect();
        let _ = write!(words, " with `{}`", stated.join("`, `"));
    }
    if !source.is_empty() {
        let _ = write!(words, " ({source})");
    }
    format!("{words}:")
}

fn show_system(
    script: &Arc<Prepared>,
    example: &SystemExample,
    out: &mut String,
) -> Result<(), ProgramFault> {
    let found = system_trial(script, example).map_err(|fault| match fault {
        SystemFault::Fault(fault) => fault,
        other => {
            let what = text!(script_example_fails, reason = format!("{other:?}"));
            script.script.fault_at("example", what, Text::default())
        }
    })?;
    let _ = writeln!(out, "\n{}\n", title(&example.settings, ""));
    for (name, column) in &example.raw {
        let _ = writeln!(out, "- raw column `{name}`: {}", numbers(column));
    }
    for (code, column) in &found {
        let _ = match column {
            None => writeln!(out, "- `{code}`"),
            Some(column) => writeln!(out, "- `{code}`: {}", numbers(column)),
        };
    }
    Ok(())
}

fn numbers(values: &[f64]) -> String {
    values.iter().map(|x| figure(*x)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn the_document_says_all_of_a_script() {
        let host = Host::new(None, Limits::default());
        let text = document(&host).expect("a document");
        for bundled in TABLE {
            assert!(text.contains(&format!(": `{}`\n", bundled.name)), "{}", bundled.name);
        }
        let from = text.find("### Z-score 标准化").expect("z-scores");
        let rest = &text[from..];
        let section = &rest[..rest[3..].find("\n##").map_or(rest.len(), |to| to + 3)];
        let expected = "### Z-score 标准化: `normalisation/z_score.rhai`

Z-scores: distance from the mean in standard deviations, moved to a stated mean and deviation.

- formula: s = mean + sd·(x - x̄)/σ; less is better: (x̄ - x) in place of (x - x̄)
- reference: OECD/JRC Handbook (2008), step 5, standardisation
- gives: centred at MEAN
- claims: monotone, scale_and_shift, absent

| setting | default | |
|---|---|---|
| `mean` | `0` | The mean of the scores. |
| `sd` | `1` | The standard deviation of the scores; above 0. From 0 to 1e300. |
| `divisor` | `\"sample\"` | The divisor of the variance: n - 1 (`sample`) or n (`population`). One of `sample`, `population`. |

Example (by hand: mean 2, sample deviation 1):

| row | x1 | result |
|---|--:|--:|
| 1 | 1 | -1 |
| 2 | 2 | 0 |
| 3 | 3 | 1 |
| 4 | – | – |
";
        assert!(section.starts_with(expected), "{section}");
        assert!(section.contains("| 1 | 2 | 115 |"), "{section}");
    }

    #[test]
    fn values_as_a_project_file_has_them() {
        let table = Value::Table([("a".to_owned(), vec![1.0, 0.5].into())].into_iter().collect());
        assert_eq!(written(&table), "{ a = [1, 0.5] }");
        assert_eq!(cell("|x|\ny"), "\\|x\\| y");
        assert_eq!(figure(2.0 / 3.0), "0.666667");
    }
}
