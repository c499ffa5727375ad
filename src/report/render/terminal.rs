//! Text for a terminal, or plain for a pipe: columns line up with Chinese names.

use comfy_table::presets::NOTHING;
use comfy_table::{
    Attribute, Cell as Shown, CellAlignment, Color, ContentArrangement, Table as Grid,
};

use super::super::{Block, Cell, Language, Report, Table};
use super::shown;

/// The report as text; with colours where `colour` is set.
pub fn render(report: &Report, language: Language, colour: bool) -> String {
    let mut text = String::new();
    for (i, block) in report.blocks.iter().enumerate() {
        match block {
            Block::Heading(words) => {
                if i > 0 {
                    text.push('\n');
                }
                text.push_str(&bold(words, colour));
                text.push('\n');
            }
            Block::Line(words) => {
                text.push_str(words);
                text.push('\n');
            }
            Block::Table(table) => {
                if i > 0 && matches!(report.blocks[i - 1], Block::Table(_)) {
                    text.push('\n');
                }
                text.push_str(&grid(table, language, colour));
            }
        }
    }
    text
}

fn bold(words: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[1m{words}\u{1b}[0m") } else { words.to_owned() }
}

fn grid(table: &Table, language: Language, colour: bool) -> String {
    let mut grid = Grid::new();
    grid.load_style(NOTHING);
    grid.set_content_arrangement(ContentArrangement::Disabled);
    if colour {
        grid.enforce_styling();
    } else {
        grid.force_no_tty();
    }
    let right: Vec<bool> = (0..table.columns.len())
        .map(|k| {
            table.rows.iter().any(|r| {
                let cell = &r[k];
                matches!(
                    cell,
                    Cell::Number(..) | Cell::Rank(_) | Cell::Moved(_) | Cell::Share { .. }
                )
            })
        })
        .collect();
    let align = |k: usize| if right[k] { CellAlignment::Right } else { CellAlignment::Left };
    let heads = table.columns.iter().enumerate().map(|(k, head)| {
        let cell = Shown::new(&head.label).set_alignment(align(k));
        if colour { cell.add_attribute(Attribute::Dim) } else { cell }
    });
    grid.set_header(heads.collect::<Vec<_>>());
    for row in &table.rows {
        let cells = row.iter().zip(&table.columns).enumerate().map(|(k, (cell, head))| {
            let text = Shown::new(shown(cell, head, language)).set_alignment(align(k));
            match (colour, hue(cell)) {
                (true, Some(hue)) => text.fg(hue),
                _ => text,
            }
        });
        grid.add_row(cells.collect::<Vec<_>>());
    }
    let mut text = String::new();
    for line in grid.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Green for the best tier and a rise, red for the worst and a fall.
fn hue(cell: &Cell) -> Option<Color> {
    match cell {
        Cell::Tier { at: 0, .. } => Some(Color::Green),
        Cell::Tier { at, of, .. } if at + 1 == *of => Some(Color::Red),
        Cell::Tier { .. } => Some(Color::Yellow),
        Cell::Moved(places) if *places > 0.0 => Some(Color::Green),
        Cell::Moved(places) if *places < 0.0 => Some(Color::Red),
        Cell::Number(_, state) if *state != quanheng_core::model::State::Value => {
            Some(Color::DarkGrey)
        }
        _ => None,
    }
}
