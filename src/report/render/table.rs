//! Text for a terminal, or plain for a pipe: columns line up with Chinese names.

use comfy_table::presets::NOTHING;
use comfy_table::{Cell as Shown, CellAlignment, ContentArrangement, Table as Grid};

use quanheng_words::text;

use super::super::fit::{self, Drawn, Fitted, wrapped};
use super::super::{Block, Cell, Language, Reader, Report, Table, plain};
use super::{Format, Render, Style, shown};

pub(super) const FORMAT: Format = Format {
    name: "table",
    doc: "Tables for people",
    reader: Reader::People,
    is_tables_only: false,
    render: Render::Text(render),
};

/// How many characters fit into a line of the terminal; none where standard output is not one.
pub fn terminal_width() -> Option<usize> {
    Grid::new().width().map(usize::from)
}

/// The report as text, its tables within the width of the style.
pub fn render(report: &Report, style: Style) -> String {
    let report = &report.seen();
    let Style { language, colour, width, .. } = style;
    let within = |words: &str| width.map_or_else(|| words.to_owned(), |room| wrapped(words, room));
    let mut text = String::new();
    for (i, block) in report.blocks.iter().enumerate() {
        match block {
            Block::Heading(words) => {
                if i > 0 {
                    text.push('\n');
                }
                text.push_str(&bold(&within(words), colour));
                text.push('\n');
            }
            Block::Line(words) => {
                text.push_str(&within(words));
                text.push('\n');
            }
            Block::Table(table) => {
                if i > 0 && matches!(report.blocks[i - 1], Block::Table(_)) {
                    text.push('\n');
                }
                let columns = Drawn::columns(table, |cell, head| shown(cell, head, language));
                let all = || (0..columns.len()).map(|k| (k, usize::MAX)).collect();
                let fitted = match width {
                    Some(room) => fit::fit(&columns, room),
                    None => Fitted { kept: all(), left_out: Vec::new() },
                };
                text.push_str(&grid(table, &columns, &fitted.kept, colour));
                if let Some(room) = width.filter(|_| !fitted.left_out.is_empty()) {
                    text.push_str(&left_out(table, &fitted.left_out, room, language));
                    text.push('\n');
                }
            }
        }
    }
    text
}

fn bold(words: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[1m{words}\u{1b}[0m") } else { words.to_owned() }
}

/// How many columns are left out, and the first of them by name.
fn left_out(table: &Table, columns: &[usize], room: usize, language: Language) -> String {
    let names = columns.iter().map(|&k| plain(&table.columns[k].label));
    let names: Vec<String> = names.collect();
    let line = |shown: usize| {
        let mut listed = names[..shown].join(quanheng_words::word!(list_comma, language));
        if shown < names.len() {
            listed.push_str(if shown > 0 { " …" } else { "…" });
        }
        text!(columns_left_out, count = names.len(), names = listed).render(language)
    };
    let fits = |shown: &usize| fit::width(&line(*shown)) <= room;
    line((1..=names.len()).rev().find(fits).unwrap_or(0))
}

/// The columns that are shown, each no wider than it may be.
fn grid(table: &Table, columns: &[Drawn], kept: &[(usize, usize)], colour: bool) -> String {
    let mut grid = Grid::new();
    grid.load_style(NOTHING);
    grid.set_content_arrangement(ContentArrangement::Disabled);
    paint::allow(&mut grid, colour);
    let align =
        |k: usize| if table.is_numeric(k) { CellAlignment::Right } else { CellAlignment::Left };
    let heads = kept.iter().map(|&(k, room)| {
        let cell = Shown::new(wrapped(&columns[k].head, room)).set_alignment(align(k));
        if colour { paint::dim(cell) } else { cell }
    });
    grid.set_header(heads.collect::<Vec<_>>());
    for (i, row) in table.rows.iter().enumerate() {
        let cells = kept.iter().map(|&(k, room)| {
            let text = Shown::new(wrapped(&columns[k].cells[i], room)).set_alignment(align(k));
            match (colour, hue(&row[k])) {
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
