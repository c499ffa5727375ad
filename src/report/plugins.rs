//! What plugins say of themselves.

use quanheng_plugin_host::{Plugin, Walls};
use quanheng_words::{Text, text};

use super::methods::settings_table;
use super::{Block, Language, Report, stage_title};

/// A plugin in full: its name and hash, the protections around it, its methods with their settings.
pub fn show(plugin: &Plugin, language: Language) -> Report {
    let description = plugin.description();
    let walls = match plugin.walls() {
        None => text!(plugin_in_process),
        Some(walls) => text!(plugin_in_child, walls = words(walls)),
    };
    let title = text!(
        plugin_heading,
        name = description.name.to_string(),
        version = description.version.to_string(),
        contract = description.contract.to_string(),
    );
    let mut blocks = vec![
        Block::Heading(title.render(language)),
        Block::Line(format!("BLAKE3 {}", plugin.hash())),
        Block::Line(walls.render(language)),
    ];
    for method in &description.methods {
        let stage = stage_title(method.stage, language);
        blocks.push(Block::Heading(format!("{stage} · {} · {}", method.name, method.zh)));
        let lines = [
            (&method.summary, Text::plain(&method.summary)),
            (&method.formula, text!(method_formula, formula = &method.formula)),
            (&method.reference, text!(method_reference, reference = &method.reference)),
        ];
        let said = lines.into_iter().filter(|(what, _)| !what.is_empty());
        blocks.extend(said.map(|(_, words)| Block::Line(words.render(language))));
        blocks.push(settings_table(&method.settings, None, language));
    }
    Report { blocks }
}

fn words(walls: Walls) -> Text {
    let reachable: Vec<Text> = [
        (walls.files, text!(plugin_reach_files)),
        (walls.opening, text!(plugin_reach_opening)),
        (walls.calls, text!(plugin_reach_calls)),
        (walls.memory, text!(plugin_reach_memory)),
    ]
    .into_iter()
    .filter(|(stands, _)| !stands)
    .map(|(_, what)| what)
    .collect();
    match reachable.is_empty() {
        true => text!(plugin_walled_in),
        false => text!(plugin_could_reach, what = reachable),
    }
}
