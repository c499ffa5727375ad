//! Reads a table of published results.

use std::rc::Rc;

use quanheng_core::model::{State, Study, System};
use quanheng_words::text;

use super::{Kind, Official};
use crate::data::file::number_text;
use crate::data::grid::Grid;
use crate::problem::{DataFault, Fault, OfficialFault, Place, Problem, Problems, ProjectFault};

/// A cell of a table of published results.
#[derive(Clone, Debug)]
pub struct Published {
    /// The label of its period.
    pub period: String,
    /// The code of its region; as written where the project has no such region.
    pub region: String,
    /// The code of its node.
    pub node: String,
    /// What it states.
    pub stated: Stated,
    /// Where it stands.
    at: At,
}

/// A cell of a table: where it is, is found out when somebody asks, since most cells are as they should be.
#[derive(Clone, Debug)]
struct At {
    grid: Rc<Grid>,
    row: usize,
    column: usize,
}

impl Published {
    /// Where it stands.
    pub fn place(&self) -> Place {
        self.at.grid.place(self.at.row, self.at.column)
    }
}

/// What a cell states.
#[derive(Clone, Debug, PartialEq)]
pub enum Stated {
    /// A score, and how many decimals are written.
    Score(f64, u32),
    /// A rank.
    Rank(f64),
    /// A tier.
    Tier(String),
}

impl Stated {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Stated::Score(..) => Kind::Score,
            Stated::Rank(_) => Kind::Rank,
            Stated::Tier(_) => Kind::Tier,
        }
    }
}

/// The columns of a table that hold cells, with the kind of these.
struct Body {
    /// The column of nodes, in a table with a row for each region and node.
    node: Option<usize>,
    /// The columns of cells; in a table with a column for each node, the node.
    cells: Vec<(usize, Kind, Option<String>)>,
}

/// Reads the cells that are compared; those that are blank are not.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn read(
    official: &Official,
    study: &Study,
    system: &System,
) -> Result<Vec<Published>, Problems> {
    let mut problems = Vec::new();
    let cells = cells(official, study, system, &mut problems);
    for problem in &mut problems {
        if problem.places.is_empty() {
            problem.places.push(official.place.clone());
        }
    }
    match cells {
        Some(cells) if problems.is_empty() => Ok(cells),
        _ => Err(problems.into()),
    }
}

fn cells(
    official: &Official,
    study: &Study,
    system: &System,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Published>> {
    let grid = Rc::new(Grid::read(&official.input, &official.format, problems)?);
    for (key, is_used) in grid.file().uses(&official.format) {
        if !is_used {
            let fault = Fault::Official(OfficialFault::NoUse { key });
            problems.push(Problem { fault, places: vec![official.place.clone()] });
        }
    }
    let heads = &official.heads;
    let region = need(&grid, &heads.region, "region", problems)?;
    let period = optional(&grid, &heads.period, "period", problems)?;
    let body = body(official, &grid, system, problems)?;
    let only_period = only(official.periods.as_deref(), &study.periods, |p| p.label.clone());
    if period.is_none() && only_period.is_none() {
        problems.push(no_head(&grid, "period", &heads.period));
        return None;
    }
    let only_node = match official.nodes.as_deref() {
        Some([node]) => Some(node.clone()),
        Some(_) => None,
        None => Some(system.node(system.root()).code.clone()),
    };
    let is_wanted =
        |of: &Option<Vec<String>>, name: &String| of.as_ref().is_none_or(|of| of.contains(name));
    let mut found = Vec::new();
    for row in 0..grid.rows() {
        let text = period.map_or("", |column| grid.text(row, column));
        let label = match (text, &only_period) {
            ("", Some(label)) => label.clone(),
            _ => match study.period(text) {
                Some(at) => study.periods[at.0 as usize].label.clone(),
                // Another period than those that are compared is of no interest.
                None if official.periods.is_some() => continue,
                None => {
                    let known = study.periods.iter().map(|p| p.label.clone()).collect();
                    let place = grid.place(row, period.unwrap_or(region));
                    problems.push(unknown(text!(thing_period), text, known, place));
                    continue;
                }
            },
        };
        if !is_wanted(&official.periods, &label) {
            continue;
        }
        let of_row = body.node.map(|column| (grid.text(row, column), column));
        for (column, kind, node) in &body.cells {
            let node = match (node, of_row) {
                (Some(node), _) => node.clone(),
                (None, Some((text, _))) if !text.is_empty() => text.to_owned(),
                (None, _) => only_node.clone()?,
            };
            if !is_wanted(&official.nodes, &node) {
                continue;
            }
            if system.find(&node).is_none() {
                let known = system.nodes().iter().map(|node| node.code.clone()).collect();
                let place = grid.place(row, of_row.map_or(*column, |(_, column)| column));
                problems.push(unknown(text!(thing_node), &node, known, place));
                break;
            }
            match stated(official, grid.text(row, *column), *kind) {
                Ok(None) => {}
                Ok(Some(stated)) => found.push(Published {
                    period: label.clone(),
                    region: code_of(study, grid.text(row, region)),
                    node,
                    stated,
                    at: At { grid: Rc::clone(&grid), row, column: *column },
                }),
                Err(why) => {
                    let shows = grid.text(row, *column).to_owned();
                    let fault = Fault::Data(DataFault::BadCell { shows, why });
                    problems.push(Problem { fault, places: vec![grid.place(row, *column)] });
                }
            }
        }
    }
    Some(found)
}

/// The label of the only period that can be meant where a file has none.
fn only<T>(stated: Option<&[String]>, all: &[T], label: impl Fn(&T) -> String) -> Option<String> {
    match (stated, all) {
        (Some([one]), _) => Some(one.clone()),
        (None, [one]) => Some(label(one)),
        _ => None,
    }
}

fn body(
    official: &Official,
    grid: &Grid,
    system: &System,
    problems: &mut Vec<Problem>,
) -> Option<Body> {
    let heads = &official.heads;
    let node = optional(grid, &heads.node, "node", problems)?;
    let mut cells = Vec::new();
    let is_meant = |kind: &Kind| official.kinds.as_ref().is_none_or(|kinds| kinds.contains(kind));
    for kind in Kind::ALL {
        let stated = match kind {
            Kind::Score => &heads.score,
            Kind::Rank => &heads.rank,
            Kind::Tier => &heads.tier,
        };
        let column = optional(grid, stated, kind.word(), problems)?;
        cells.extend(column.filter(|_| is_meant(&kind)).map(|column| (column, kind, None)));
    }
    let wide = cells.is_empty() && node.is_none() && is_meant(&Kind::Score);
    if wide {
        let of_node = |(column, head): (usize, &String)| {
            system.find(head).map(|_| (column, Kind::Score, Some(head.clone())))
        };
        cells.extend(grid.header().iter().enumerate().filter_map(of_node));
    }
    let lacks = |kind: &&Kind| cells.iter().all(|(_, of, _)| of != *kind);
    let kinds = official.kinds.as_deref().unwrap_or_default();
    if let Some(kind) = kinds.iter().find(lacks) {
        problems.push(no_head(grid, kind.word(), &None));
        return None;
    }
    if cells.is_empty() {
        problems.push(no_head(grid, "score", &heads.score));
        return None;
    }
    if node.is_none() && !wide && official.nodes.as_ref().is_some_and(|nodes| nodes.len() != 1) {
        problems.push(no_head(grid, "node", &heads.node));
        return None;
    }
    Some(Body { node, cells })
}

fn no_head(grid: &Grid, role: &'static str, stated: &Option<String>) -> Problem {
    let name = stated.clone().unwrap_or_else(|| role.to_owned());
    let fault = OfficialFault::NoColumn { name, role, columns: grid.header().to_vec() };
    Problem { fault: Fault::Official(fault), places: vec![grid.header_place()] }
}

/// A column that must be there.
fn need(
    grid: &Grid,
    stated: &Option<String>,
    role: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<usize> {
    let found = grid.column(stated.as_deref().unwrap_or(role));
    if found.is_none() {
        problems.push(no_head(grid, role, stated));
    }
    found
}

/// A column that must be there only if the project names it. `None` where it then is not.
#[expect(clippy::option_option, reason = "the outer one says whether reading goes on")]
fn optional(
    grid: &Grid,
    stated: &Option<String>,
    role: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<Option<usize>> {
    match stated {
        Some(_) => need(grid, stated, role, problems).map(Some),
        None => Some(grid.column(role)),
    }
}

fn unknown(what: quanheng_words::Text, name: &str, known: Vec<String>, place: Place) -> Problem {
    let fault = ProjectFault::UnknownName { what, name: name.to_owned(), known };
    Problem { fault: Fault::Project(fault), places: vec![place] }
}

/// The code of the region that has this code, or else of the only one that has this name.
fn code_of(study: &Study, text: &str) -> String {
    if study.region(text).is_none() {
        let has_name = |r: &&quanheng_core::model::Region| r.names.iter().any(|(_, n)| n == text);
        let mut named = study.regions.iter().filter(has_name);
        if let (Some(region), None) = (named.next(), named.next()) {
            return region.code.clone();
        }
    }
    text.to_owned()
}

/// What a cell states; nothing where it is blank.
fn stated(
    official: &Official,
    shown: &str,
    kind: Kind,
) -> Result<Option<Stated>, crate::problem::Unread> {
    if official.notation.state(shown).is_some() {
        return Ok(None);
    }
    // `=12`, `12=` and `T12` are ways to write a rank that several regions share.
    let shown = match kind {
        Kind::Rank => shown.trim_matches('=').trim_start_matches('T').trim(),
        _ => shown,
    };
    if kind == Kind::Tier {
        return Ok(Some(Stated::Tier(shown.to_owned())));
    }
    let (number, state) = official.notation.read(shown)?;
    if state != State::Value {
        return Ok(None);
    }
    Ok(Some(match kind {
        Kind::Rank => Stated::Rank(number),
        _ => Stated::Score(number, decimals_of(shown, official.notation.decimal, number)),
    }))
}

/// With how many decimals a number is written; with as many as it needs where it is written otherwise, as with an
/// exponent.
pub(super) fn decimals_of(shown: &str, mark: char, number: f64) -> u32 {
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    match shown.rsplit_once(mark) {
        Some((_, after)) if digits(after) => after.len() as u32,
        None if digits(shown.trim_start_matches(['-', '+'])) => 0,
        _ => match number_text(number).rsplit_once('.') {
            Some((_, after)) if digits(after) => after.len() as u32,
            _ => 0,
        },
    }
}
