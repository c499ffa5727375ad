//! Descriptions of the scripts: the list, and one script in full.

use std::sync::Arc;

use quanheng_core::method::Stage;
use quanheng_scripts::{BUNDLED, Script};
use quanheng_words::{Text, text, word};

use super::declaration::Declaration;
use super::methods::{mentioned, settings_table};
use super::{Block, Columns, Language, Reader, Report, stage_title};

/// The list of the bundled scripts, a row for each.
pub fn list(all: &[(&str, Arc<Script>)], language: Language) -> Report {
    let mut report = Report::default();
    for stage in Stage::ALL {
        let of: Vec<_> = all.iter().filter(|(_, s)| s.stage() == stage).collect();
        if of.is_empty() {
            continue;
        }
        report.blocks.push(Block::Heading(format!(
            "{} ({})",
            stage_title(stage, language),
            of.len()
        )));
        let table = columns(language).table(stage.name(), Reader::People, of);
        report.blocks.push(Block::Table(table));
    }
    report
}

/// The bundled scripts in which a text stands, in a table of their own.
pub fn matching(all: &[(&str, Arc<Script>)], text: &str, language: Language) -> Report {
    let of: Vec<_> = all.iter().filter(|(name, script)| mentions(name, script, text)).collect();
    if of.is_empty() {
        return Report::default();
    }
    let heading = format!("{} ({})", word!(label_bundled_scripts, language), of.len());
    let table = columns(language).table("scripts", Reader::People, of);
    Report { blocks: vec![Block::Heading(heading), Block::Table(table)] }
}

/// Whether a text stands in the name, summary, formula or source of a bundled script; capital letters do not count.
fn mentions(name: &str, script: &Script, text: &str) -> bool {
    let (header, declaration) = (script.header(), Declaration::script(name));
    let own = [name, &header.zh, &header.summary, &header.formula, &header.reference].map(Some);
    let other =
        ["summary", "formula", "reference"].map(|what| declaration.says(what, Language::Zh));
    mentioned(text, own.into_iter().chain(other).flatten())
}

/// A row for each script: its name, its Chinese name, and what it does.
fn columns<'a>(language: Language) -> Columns<'a, &'a (&'a str, Arc<Script>)> {
    Columns::<&(&str, Arc<Script>)>::new()
        .text("script", word!(label_script, language), |(name, _)| *name)
        .text("zh", word!(label_chinese, language), |(_, s)| s.header().zh.clone())
        .text("summary", word!(label_summary, language), move |(name, s)| {
            let ours = Declaration::script(name).says("summary", language);
            ours.map_or_else(|| s.header().summary.clone(), str::to_owned)
        })
}

/// One script: what it says at its top, and its settings.
pub fn show(name: &str, script: &Script, language: Language) -> Report {
    let header = script.header();
    // A script of the project is described in the words of its author.
    let declaration = script.source().name.strip_prefix(BUNDLED).map(Declaration::script);
    let said = |attribute: &str, own: &str| {
        let ours = declaration.as_ref().and_then(|of| of.says(attribute, language));
        ours.unwrap_or(own).to_owned()
    };
    let formula = said("formula", &header.formula);
    let reference = said("reference", &header.reference);
    let stage = stage_title(script.stage(), language);
    let mut blocks = vec![
        Block::Heading(format!("{stage} · {name} · {}", header.zh)),
        Block::Line(said("summary", &header.summary)),
    ];
    let lines = [
        (&formula, text!(method_formula, formula = &formula)),
        (&reference, text!(method_reference, reference = &reference)),
        (&header.needs.join(", "), text!(script_needs, needs = &header.needs)),
        (&header.gives, text!(script_gives, gives = outcome(&header.gives))),
        (&header.claims.join(", "), text!(script_claims, claims = &header.claims)),
    ];
    let said = lines.into_iter().filter(|(what, _)| !what.is_empty());
    blocks.extend(said.map(|(_, words)| Block::Line(words.render(language))));
    blocks.push(settings_table(script.settings(), declaration.as_ref(), language));
    Report { blocks }
}

/// What a script gives, as its head states it, in words.
fn outcome(gives: &str) -> Vec<Text> {
    let part = |part: &str| match (part, part.split_once(" to "), part.strip_prefix("centred at "))
    {
        ("any", ..) => text!(gives_any),
        ("centred", ..) => text!(gives_centred),
        ("less is better", ..) => text!(gives_less_is_better),
        ("mean", ..) => text!(gives_mean),
        ("points", ..) => text!(gives_points),
        ("reached", ..) => text!(gives_reached),
        ("sum", ..) => text!(gives_sum),
        (_, Some((lower, upper)), _) => text!(gives_range, lower = lower, upper = upper),
        (.., Some(mean)) => text!(gives_centred_at, mean = mean),
        _ => Text::plain(part),
    };
    gives.split(',').map(|words| part(words.trim())).collect()
}
