//! Text for a terminal, or plain for a pipe: columns line up with Chinese names.

use comfy_table::presets::NOTHING;
use comfy_table::{Cell as Shown, CellAlignment, ContentArrangement, Table as Grid};

use super::super::{Block, Cell, Language, Reader, Report, Table};
use super::{Format, Render, shown};

pub(super) const FORMAT: Format = Format {
    name: "table",
    doc: "Tables for people",
    reader: Reader::People,
    is_tables_only: false,
    render: Render::Text(|report, style| render(report, style.language, style.colour)),
};

/// The report as text; with colours where `colour` is set.
pub fn render(report: &Report, language: Language, colour: bool) -> String {
    let report = &report.seen();
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
    paint::allow(&mut grid, colour);
    let align =
        |k: usize| if table.is_numeric(k) { CellAlignment::Right } else { CellAlignment::Left };
    let heads = table.columns.iter().enumerate().map(|(k, head)| {
        let cell = Shown::new(&head.label).set_alignment(align(k));
        if colour { paint::dim(cell) } else { cell }
    });
    grid.set_header(heads.collect::<Vec<_>>());
    for row in &table.rows {
        let cells = row.iter().zip(&table.columns).enumerate().map(|(k, (cell, head))| {
            let text = Shown::new(shown(cell, head, language)).set_alignment(align(k));
            match (colour, hue(cell)) {
                (true, Some(hue)) => paint::cell(text, hue),
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

#[derive(Clone, Copy)]
enum Hue {
    Green,
    Yellow,
    Red,
    Grey,
}

/// Green for the best tier and a rise, red for the worst and a fall.
fn hue(cell: &Cell) -> Option<Hue> {
    match cell {
        Cell::Tier { at: 0, .. } => Some(Hue::Green),
        Cell::Tier { at, of, .. } if at + 1 == *of => Some(Hue::Red),
        Cell::Tier { .. } => Some(Hue::Yellow),
        Cell::Moved(places) if *places > 0.0 => Some(Hue::Green),
        Cell::Moved(places) if *places < 0.0 => Some(Hue::Red),
        Cell::Number(_, state) if *state != quanheng_core::model::State::Value => Some(Hue::Grey),
        _ => None,
    }
}

#[cfg(any(unix, windows))]
mod paint {
    use comfy_table::{Attribute, Color};

    use super::{Grid, Hue, Shown};

    pub(super) fn allow(grid: &mut Grid, colour: bool) {
        match colour {
            true => grid.enforce_styling(),
            false => grid.force_no_tty(),
        };
    }

    pub(super) fn dim(cell: Shown) -> Shown {
        cell.add_attribute(Attribute::Dim)
    }

    pub(super) fn cell(cell: Shown, hue: Hue) -> Shown {
        cell.fg(match hue {
            Hue::Green => Color::Green,
            Hue::Yellow => Color::Yellow,
            Hue::Red => Color::Red,
            Hue::Grey => Color::DarkGrey,
        })
    }
}

/// Tables stay plain where there is no terminal that comfy-table knows.
#[cfg(not(any(unix, windows)))]
mod paint {
    use super::{Grid, Hue, Shown};

    pub(super) fn allow(_: &mut Grid, _: bool) {}

    pub(super) fn dim(cell: Shown) -> Shown {
        cell
    }

    pub(super) fn cell(cell: Shown, _: Hue) -> Shown {
        cell
    }
}
