//! A sheet with the indicator system as people draw it: a column for each level, in which a name stands once above those
//! that belong to it.

use indexmap::IndexMap;

use super::super::sheets::Sheet;
use super::super::text::csv;
use super::table::figure;
use crate::project::drawn::{Columns, columns};

/// A sheet that has a tree.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    pub(super) sheet: &'a Sheet,
    /// The row of the header, from 0.
    pub(super) head: usize,
    /// What the weights are.
    pub(super) weights: Weights,
    /// The leaves without an indicator of the data.
    pub(super) unknown: Vec<String>,
}

/// What the weights of a tree are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Weights {
    /// Some leaf has none.
    Absent,
    /// The leaves have shares of the whole, or every level has weights.
    Stated,
    /// The leaves have shares among siblings, and the nodes above them have no weights. How many levels there are.
    Siblings(usize),
}

/// The tree of a sheet; `None` where it has no columns of levels.
pub(super) fn tree<'a>(sheet: &'a Sheet, leaves: &IndexMap<String, String>) -> Option<Tree<'a>> {
    let text = |row: usize, column: usize| sheet.cell(row, column).text();
    let heads = |row: usize| -> Vec<String> {
        (0..sheet.width()).map(|column| text(row, column)).collect()
    };
    let (head, Columns { levels, weights }) =
        (0..sheet.rows.len()).find_map(|row| Some((row, columns(&heads(row))?)))?;
    let last = *levels.last()?;
    let mut found = Tree { sheet, head, weights: Weights::Absent, unknown: Vec::new() };
    let mut shares: Vec<Option<f64>> = Vec::new();
    for row in (head + 1..sheet.rows.len()).filter(|row| !text(*row, last).is_empty()) {
        // A note below the tree stands in the first column with nothing beside it.
        let beside = (0..sheet.width()).filter(|column| !sheet.cell(row, *column).is_empty());
        if levels.len() == 1 && beside.count() < 2 {
            continue;
        }
        let name = text(row, last);
        if !leaves.contains_key(&name) {
            found.unknown.push(name);
        }
        shares.push(weights.last().and_then(|column| figure(sheet.cell(row, *column))));
    }
    if shares.is_empty() {
        return None;
    }
    if let Some(shares) = shares.iter().copied().collect::<Option<Vec<f64>>>() {
        let total = quanheng_core::number::sum(&shares);
        let is_whole = [1.0, 100.0].iter().any(|whole| (total - whole).abs() <= whole * 0.01);
        found.weights = match weights.len() == 1 && levels.len() > 1 && !is_whole {
            true => Weights::Siblings(levels.len()),
            false => Weights::Stated,
        };
    }
    Some(found)
}

/// A tree in which all indicators stand below the index.
pub(super) fn flat(leaves: &IndexMap<String, String>) -> String {
    let mut rows = vec![vec!["index".to_owned(), String::new(), String::new(), String::new()]];
    rows.extend(
        leaves
            .iter()
            .map(|(code, unit)| vec![code.clone(), "index".into(), code.clone(), unit.clone()]),
    );
    csv(&["code", "parent", "name", "unit"], &rows)
}
