//! Descriptions of the scripts: the list, and one script in full.

use std::sync::Arc;

use quanheng_core::method::Stage;
use quanheng_scripts::Script;

use super::methods::settings_table;
use super::{Block, Cell, Head, Report, Table};

/// The list, a line a script.
pub fn list(all: &[(&str, Arc<Script>)]) -> Report {
    let mut report = Report::default();
    for stage in Stage::ALL {
        let of: Vec<_> = all.iter().filter(|(_, s)| s.stage() == stage).collect();
        if of.is_empty() {
            continue;
        }
        report.blocks.push(Block::Heading(format!("{} ({})", stage.name(), of.len())));
        let columns = vec![
            Head::new("script", "Script"),
            Head::new("zh", "中文"),
            Head::new("summary", "Summary"),
        ];
        let rows = of
            .iter()
            .map(|(name, s)| {
                vec![Cell::text(*name), Cell::text(&s.header().zh), Cell::text(&s.header().summary)]
            })
            .collect();
        report.blocks.push(Block::Table(Table { name: stage.name().into(), columns, rows }));
    }
    report
}

/// One script: what it says at its top, and its settings.
pub fn show(name: &str, script: &Script) -> Report {
    let header = script.header();
    let mut blocks = vec![
        Block::Heading(format!("{} · {name} · {}", script.stage().name(), header.zh)),
        Block::Line(header.summary.clone()),
    ];
    for (what, words) in [
        ("Formula", header.formula.clone()),
        ("Reference", header.reference.clone()),
        ("Needs", header.needs.join(", ")),
        ("Gives", header.gives.clone()),
        ("Claims", header.claims.join(", ")),
    ] {
        if !words.is_empty() {
            blocks.push(Block::Line(format!("{what}: {words}")));
        }
    }
    blocks.push(settings_table(script.settings()));
    Report { blocks }
}
