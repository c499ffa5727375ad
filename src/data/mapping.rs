//! A table that states which code on one side corresponds to which on another: columns `from` and `to`.

use std::collections::HashSet;

use quanheng_words::Text;

use super::file::{Format, Input};
use super::grid::Grid;
use crate::problem::{DataFault, Fault, Place, Problem, Problems, ProjectFault};

/// One line of a mapping.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is called on the first side.
    pub from: String,
    /// What it is called on the other; `None` where it has no counterpart there.
    pub to: Option<String>,
    /// Where `from` stands.
    pub from_place: Place,
    /// Where `to` stands.
    pub to_place: Place,
}

/// Reads a mapping; an empty `to` says that there is no counterpart.
///
/// # Errors
/// A file that cannot be read, or without these columns.
pub fn read(input: &Input) -> Result<Vec<Line>, Problems> {
    let mut problems = Vec::new();
    let grid = Grid::read(input, &Format::default(), &mut problems);
    let mut lines = Vec::new();
    if let Some(grid) = grid {
        let (from, to) = (grid.column("from"), grid.column("to"));
        if from.is_none() || to.is_none() {
            let fault = DataFault::MappingColumns { columns: grid.header().to_vec() };
            problems.push(Problem { fault: Fault::Data(fault), places: vec![grid.head_place(0)] });
        }
        if let Some((from, to)) = from.zip(to) {
            lines.extend((0..grid.rows()).map(|row| Line {
                from: grid.text(row, from).to_owned(),
                to: Some(grid.text(row, to).to_owned()).filter(|to| !to.is_empty()),
                from_place: grid.place(row, from),
                to_place: grid.place(row, to),
            }));
        }
    }
    if problems.is_empty() { Ok(lines) } else { Err(problems.into()) }
}

/// Every name of a mapping must be one of its side.
///
/// # Errors
/// Each name that is not.
pub fn known(
    lines: &[Line],
    what: [Text; 2],
    first: &[String],
    other: &[String],
) -> Result<(), Problems> {
    let sides = [first, other]
        .map(|known| (known, known.iter().map(String::as_str).collect::<HashSet<&str>>()));
    let mut problems = Problems::default();
    for line in lines {
        let named =
            [Some((&line.from, &line.from_place)), line.to.as_ref().map(|to| (to, &line.to_place))];
        for (((known, names), named), of) in sides.iter().zip(named).zip(&what) {
            let Some((name, place)) = named else { continue };
            if !names.contains(name.as_str()) {
                let (what, name, known) = (of.clone(), name.clone(), known.to_vec());
                let fault = Fault::Project(ProjectFault::UnknownName { what, name, known });
                problems.push(Problem { fault, places: vec![place.clone()] });
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The problem of a line that repeats another line.
pub fn twice(lines: &[Line], at: usize) -> Problems {
    let line = &lines[at];
    let before = &lines[..at];
    let (code, places) = match before.iter().find(|b| b.from == line.from) {
        Some(first) => (&line.from, [&line.from_place, &first.from_place]),
        None => {
            let first = before.iter().find(|b| b.to == line.to).expect("one of the two");
            (line.to.as_ref().unwrap_or(&line.from), [&line.to_place, &first.to_place])
        }
    };
    let fault = Fault::Data(DataFault::MappedTwice { code: code.clone() });
    Problem { fault, places: places.map(Clone::clone).to_vec() }.into()
}
