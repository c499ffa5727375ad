//! A sheet with the indicator system as people draw it: a column for each level, in which a name stands once above those
//! that belong to it.

use indexmap::IndexMap;

use super::super::sheets::Sheet;
use super::super::text::csv;
use super::table::{figure, is_one_of};

const LEVELS: [[&str; 3]; 4] = [
    ["一级指标", "level 1", "准则层"],
    ["二级指标", "level 2", "子准则层"],
    ["三级指标", "level 3", "指标层"],
    ["四级指标", "level 4", "方案层"],
];

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
    let head = (0..sheet.rows.len())
        .find(|row| (0..sheet.width()).any(|column| is_one_of(&LEVELS[0], &text(*row, column))))?;
    let find =
        |words: &[&str]| (0..sheet.width()).find(|column| is_one_of(words, &text(head, *column)));
    let levels: Vec<usize> = LEVELS.iter().filter_map(|words| find(words)).collect();
    let last = find(&["指标", "指标名称"]).or(levels.last().copied())?;
    let is_weight = |column: &usize| {
        let name = text(head, *column).to_lowercase();
        name.contains("权重") || name.contains("weight")
    };
    let weights: Vec<usize> = (0..sheet.width()).filter(is_weight).collect();
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
