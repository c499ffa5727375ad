//! Blocks of the other reports as parts of a page.

use std::collections::{HashMap, HashSet};

use super::super::render::shown;
use super::super::{Block, Cell, Head, Importance, Kind, Language, Table};
use super::markup::{Markup, id_of};

/// The regions of a page: the code by which each is linked, found by its code or its name.
#[derive(Debug, Default)]
pub(super) struct Regions {
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, Option<usize>>,
    codes: Vec<String>,
    /// The codes of those to whose profile a link can lead.
    pub(super) anchored: HashSet<String>,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look<'a> {
    /// What it is, for those who do not see where it stands.
    pub(super) label: &'a str,
    /// What the script finds it by.
    pub(super) role: &'a str,
    /// Whether the names of regions lead to their profiles.
    pub(super) linked: bool,
    /// Whether links to regions lead to its rows.
    pub(super) anchored: bool,
    /// Classes of single cells, by row and column.
    pub(super) marks: Option<&'a HashMap<(usize, usize), &'static str>>,
    /// At most so many rows are shown; as many as any table may have unless stated.
    pub(super) most: Option<usize>,
    /// Whether its figures can be ordered by each column.
    pub(super) sorted: bool,
}

impl Regions {
    /// The regions, each with its code and its name.
    pub(super) fn new<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> Regions {
        let mut regions = Regions::default();
        for (at, (code, name)) in all.enumerate() {
            regions.by_code.insert(code.to_owned(), at);
            // A name that two regions have is the name of neither.
            let of = regions.by_name.entry(name.to_owned());
            of.and_modify(|one| *one = None).or_insert(Some(at));
            regions.codes.push(code.to_owned());
        }
        regions
    }

    fn find(&self, cell: &Cell) -> Option<usize> {
        let Cell::Text(text) = cell else { return None };
        let by_name = || self.by_name.get(text).copied().flatten();
        self.by_code.get(text).copied().or_else(by_name)
    }

    /// The region that each row of a table is about; none where its rows are about something else.
    fn of_rows(&self, table: &Table) -> Option<Vec<usize>> {
        let of_column = |k: usize| -> Option<Vec<usize>> {
            table.rows.iter().map(|row| self.find(&row[k])).collect()
        };
        (!table.rows.is_empty()).then(|| (0..table.columns.len().min(4)).find_map(of_column))?
    }
}

/// Blocks in reading order, headings at a level.
pub(super) fn blocks(
    page: &mut Markup,
    blocks: &[Block],
    level: usize,
    regions: &Regions,
    language: Language,
) {
    let mut label = String::new();
    for block in blocks {
        match block {
            Block::Heading(words) => {
                heading(page, level, words);
                label.clone_from(words);
            }
            Block::Line(words) => lines(page, words),
            Block::Table(of) => {
                let look = Look { label: &label, sorted: of.rows.len() > 3, ..Look::default() };
                table(page, of, look, regions, language);
            }
        }
    }
}

pub(super) fn heading(page: &mut Markup, level: usize, words: &str) {
    const TAGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
    page.leaf(TAGS[(level - 1).min(5)], &[], words);
    page.line();
}

/// A line of text; what has lines of its own keeps them and its blanks.
pub(super) fn lines(page: &mut Markup, words: &str) {
    match words.contains('\n') {
        false => page.leaf("p", &[], words),
        true => page.element("div", &[("class", "lines")], |page| {
            for line in words.split('\n') {
                let indent = line.len() - line.trim_start_matches(' ').len();
                let class = format!("i{}", (indent / 2).min(8));
                page.leaf("p", &[("class", &class)], line.trim_start_matches(' '));
            }
        }),
    }
    page.line();
}

/// A table, in a frame within which it moves where it is too wide.
pub(super) fn table(
    page: &mut Markup,
    of: &Table,
    look: Look<'_>,
    regions: &Regions,
    language: Language,
) {
    let rows = regions.of_rows(of);
    let figures: Vec<bool> = (0..of.columns.len()).map(|k| is_figures(of, k)).collect();
    let head = head_column(of, &figures);
    page.element("div", &[("class", "scroll")], |page| {
        let mut attributes =
            vec![("data-table", if look.role.is_empty() { &of.name } else { look.role })];
        if !look.label.is_empty() {
            attributes.push(("aria-label", look.label));
        }
        let class = classes(&figures, look.sorted);
        if !class.is_empty() {
            attributes.push(("class", &class));
        }
        page.element("table", &attributes, |page| {
            page.element("thead", &[], |page| {
                page.element("tr", &[], |page| {
                    for (k, column) in of.columns.iter().enumerate() {
                        let mut attributes = vec![("data-k", column.key.as_str())];
                        if !figures[k] {
                            attributes.push(("class", "t"));
                        }
                        match column.label.is_empty() {
                            true => page.leaf("td", &[], ""),
                            false => page.leaf("th", &attributes, &column.label),
                        }
                    }
                });
            });
            page.line();
            page.element("tbody", &[], |page| {
                for (i, row) in of.rows.iter().enumerate() {
                    let region = rows.as_ref().map(|rows| regions.codes[rows[i]].as_str());
                    let mut attributes: Vec<_> =
                        region.iter().map(|code| ("data-region", *code)).collect();
                    let id = region.filter(|_| look.anchored);
                    let id = id.map(|code| page.id(&format!("region-{code}")));
                    attributes.extend(id.iter().map(|id| ("id", id.as_str())));
                    page.element("tr", &attributes, |page| {
                        for (k, cell) in row.iter().enumerate() {
                            let region = region.filter(|code| {
                                k == head && look.linked && regions.anchored.contains(*code)
                            });
                            let column = (&of.columns[k], k, figures[k]);
                            let mark = look.marks.and_then(|marks| marks.get(&(i, k)));
                            let said = (k == head, region, mark.copied().unwrap_or_default());
                            self::cell(page, column, cell, said, language);
                        }
                    });
                }
            });
        });
    });
    page.line();
}

/// The column that says what a row is about: the first with texts that is a key, else the first.
fn head_column(of: &Table, figures: &[bool]) -> usize {
    let is_key = |k: &usize| !figures[*k] && of.columns[*k].importance == Importance::Key;
    (0..of.columns.len()).find(is_key).unwrap_or(0)
}

/// Whether figures stand in a column, which are aligned at their end: numbers, and texts that begin with a digit.
fn is_figures(of: &Table, column: usize) -> bool {
    let looks_so = |cell: &Cell| match cell {
        Cell::Text(text) => {
            let text = text.trim_start_matches(['+', '-', '−', '↑', '↓', '<']);
            text.starts_with(|sign: char| sign.is_ascii_digit())
                && text.chars().all(|sign| sign.is_ascii_digit() || ".,%eE+-".contains(sign))
        }
        Cell::Tier { .. } => false,
        _ => true,
    };
    match of.columns[column].kind {
        Kind::Number(_) => true,
        Kind::Text => {
            let mut there =
                of.rows.iter().map(|row| &row[column]).filter(|c| !c.is_empty()).peekable();
            there.peek().is_some() && there.all(looks_so)
        }
    }
}

fn cell(
    page: &mut Markup,
    (column, k, is_figure): (&Head, usize, bool),
    cell: &Cell,
    (is_head, region, mark): (bool, Option<&str>, &str),
    language: Language,
) {
    let text = shown(cell, column, language);
    let depth = (text.len() - text.trim_start_matches(' ').len()) / 2;
    let text = text.trim_start_matches(' ');
    let mut class = String::new();
    class.push_str(mark);
    // What the table says of the first columns is said here of the others.
    if !is_figure && k >= COLUMNS {
        class.push_str(" t");
    }
    if depth > 0 {
        class.push_str(&format!(" i{}", depth.min(8)));
    }
    let tier = match cell {
        Cell::Tier { at, .. } => at.to_string(),
        _ => String::new(),
    };
    let mut attributes: Vec<(&str, &str)> = Vec::new();
    let class = class.trim_start();
    if !class.is_empty() {
        attributes.push(("class", class));
    }
    if !tier.is_empty() {
        attributes.push(("data-tier", &tier));
    }
    let is_named = is_head && !text.is_empty();
    page.element(if is_named { "th" } else { "td" }, &attributes, |page| match region {
        Some(code) => {
            let target = format!("#region-{}", id_of(code));
            page.leaf("a", &[("href", &target)], text);
        }
        None => page.text(text),
    });
}

/// So many columns are aligned by a class of the table.
const COLUMNS: usize = 20;

/// The classes of a table: whether it can be ordered, and which of its columns are texts.
fn classes(figures: &[bool], is_sorted: bool) -> String {
    let texts = figures.iter().take(COLUMNS).enumerate().filter(|(_, is_figure)| !**is_figure);
    let sorted = is_sorted.then(|| "sorted".to_owned());
    let all: Vec<String> =
        sorted.into_iter().chain(texts.map(|(k, _)| format!("t{}", k + 1))).collect();
    all.join(" ")
}
