//! Descriptions of the scripts: the list, and one script in full.

use std::sync::Arc;

use quanheng_core::method::Stage;
use quanheng_scripts::Script;
use quanheng_words::{text, word};

use super::methods::{settings_table, stage_title};
use super::{Block, Columns, Language, Reader, Report};

/// The list, a row for each script.
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
        let table = Columns::<&(&str, Arc<Script>)>::new()
            .text("script", word!(label_script, language), |(name, _)| *name)
            .text("zh", word!(label_chinese, language), |(_, s)| s.header().zh.clone())
            .text("summary", word!(label_summary, language), |(_, s)| s.header().summary.clone())
            .table(stage.name(), Reader::People, of);
        report.blocks.push(Block::Table(table));
    }
    report
}

/// One script: what it says at its top, and its settings.
pub fn show(name: &str, script: &Script, language: Language) -> Report {
    let header = script.header();
    let stage = stage_title(script.stage(), language);
    let mut blocks = vec![
        Block::Heading(format!("{stage} · {name} · {}", header.zh)),
        Block::Line(header.summary.clone()),
    ];
    let lines = [
        (&header.formula, text!(method_formula, formula = &header.formula)),
        (&header.reference, text!(method_reference, reference = &header.reference)),
        (&header.needs.join(", "), text!(script_needs, needs = header.needs.join(", "))),
        (&header.gives, text!(script_gives, gives = &header.gives)),
        (&header.claims.join(", "), text!(script_claims, claims = header.claims.join(", "))),
    ];
    let said = lines.into_iter().filter(|(what, _)| !what.is_empty());
    blocks.extend(said.map(|(_, words)| Block::Line(words.render(language))));
    blocks.push(settings_table(script.settings(), language));
    Report { blocks }
}
