//! What plugins say of themselves.

use quanheng_plugin_host::{Plugin, Walls};

use super::methods::settings_table;
use super::{Block, Report};

/// A plugin in full: its name and hash, the protections around it, its methods with their settings.
pub fn show(plugin: &Plugin) -> Report {
    let description = plugin.description();
    let walls = match plugin.walls() {
        None => "it runs in the program itself".to_owned(),
        Some(walls) => format!("it runs in a process of its own, {}", words(walls)),
    };
    let mut blocks = vec![
        Block::Heading(format!(
            "{} {} · contract {}",
            description.name, description.version, description.contract
        )),
        Block::Line(format!("BLAKE3 {}", plugin.hash())),
        Block::Line(walls),
    ];
    for method in &description.methods {
        blocks.push(Block::Heading(format!(
            "{} · {} · {}",
            method.stage.name(),
            method.name,
            method.zh
        )));
        for (what, words) in [
            ("", &method.summary),
            ("Formula: ", &method.formula),
            ("Reference: ", &method.reference),
        ] {
            if !words.is_empty() {
                blocks.push(Block::Line(format!("{what}{words}")));
            }
        }
        blocks.push(settings_table(&method.settings));
    }
    Report { blocks }
}

fn words(walls: Walls) -> String {
    let missing: Vec<&str> = [
        (walls.files, "files"),
        (walls.opening, "files while it is opened"),
        (walls.calls, "network and programs"),
        (walls.memory, "memory without bound"),
    ]
    .into_iter()
    .filter(|(stands, _)| !stands)
    .map(|(_, what)| what)
    .collect();
    match missing.is_empty() {
        true => "without files, network or programs, and with bounded memory".into(),
        false => format!("but on this system it could still reach: {}", missing.join(", ")),
    }
}
