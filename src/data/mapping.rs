//! A table that states which code on one side corresponds to which on another: columns `from` and `to`.

use super::file::{Format, Input};
use super::grid::Grid;
use crate::problem::{DataFault, Fault, Place, Problem, Problems};

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
