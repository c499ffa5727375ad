//! Two snapshots side by side: what moved, and by how much.

use indexmap::{IndexMap, IndexSet};
use quanheng_core::number;

use super::policy::sizes;
use super::{Row, Score, Slice, Snapshot, Tolerance};

/// Everything in which a snapshot and a new result differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// Tables of the new result.
    pub tables: usize,
    /// Rows that are in both.
    pub rows: usize,
    /// Scores that are in both.
    pub scores: usize,
    /// Ranks that moved, the farthest first.
    pub ranks: Vec<Move<Option<f64>>>,
    /// Tiers that moved.
    pub tiers: Vec<Move<Option<String>>>,
    /// Leagues and periods that are new.
    pub tables_added: Vec<Slice>,
    /// Leagues and periods that are gone.
    pub tables_removed: Vec<Slice>,
    /// Regions that are new in a table, by code and name.
    pub regions_added: Vec<(Slice, String, String)>,
    /// Regions that are gone from a table.
    pub regions_removed: Vec<(Slice, String, String)>,
    /// Nodes that are new.
    pub nodes_added: Vec<String>,
    /// Nodes that are gone.
    pub nodes_removed: Vec<String>,
    /// Scores that are not met, those that came or went first, then the relatively most different.
    pub changes: Vec<Change>,
    /// The greatest absolute difference among [`Self::changes`].
    pub greatest: Option<f64>,
    /// The greatest relative difference among [`Self::changes`].
    pub greatest_relative: Option<f64>,
    /// Scores that differ within the tolerance.
    pub within: Option<Within>,
    /// Regions whose names differ, which does not count.
    pub names: usize,
}

/// A rank or a tier that moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Move<T> {
    /// Where.
    pub slice: Slice,
    /// The region.
    pub code: String,
    /// Its name, as it is now.
    pub name: String,
    /// As pinned.
    pub from: T,
    /// As it is now.
    pub to: T,
    /// How many regions are ranked in this league and period now.
    pub of: usize,
}

/// A score that is not met.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where.
    pub slice: Slice,
    /// The region.
    pub code: String,
    /// Its name, as it is now.
    pub name: String,
    /// The node; none for the index.
    pub node: Option<String>,
    /// As pinned.
    pub from: Score,
    /// As it is now.
    pub to: Score,
    /// The absolute difference; none where either is absent.
    pub absolute: Option<f64>,
    /// The same as a share of the greater magnitude.
    pub relative: Option<f64>,
}

/// Scores that differ by no more than is allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Within {
    /// How many.
    pub scores: usize,
    /// The greatest absolute difference among them.
    pub greatest: f64,
}

impl Difference {
    /// Whether what is pinned is met.
    pub fn is_none(&self) -> bool {
        self.ranks.is_empty()
            && self.tiers.is_empty()
            && self.tables_added.is_empty()
            && self.tables_removed.is_empty()
            && self.regions_added.is_empty()
            && self.regions_removed.is_empty()
            && self.nodes_added.is_empty()
            && self.nodes_removed.is_empty()
            && self.changes.is_empty()
    }
}

/// Holds `new` against what is pinned.
pub fn compare(pinned: &Snapshot, new: &Snapshot, tolerance: Tolerance) -> Difference {
    let mut found = Difference { tables: new.tables.len(), ..Difference::default() };
    let missing = |from: &[String], in_: &[String]| -> Vec<String> {
        let there: IndexSet<&String> = in_.iter().collect();
        from.iter().filter(|code| !there.contains(code)).cloned().collect()
    };
    found.nodes_added = missing(&new.nodes, &pinned.nodes);
    found.nodes_removed = missing(&pinned.nodes, &new.nodes);
    // The nodes that both have: where they stand in each.
    let nodes: Vec<(usize, usize, &String)> = pinned
        .nodes
        .iter()
        .enumerate()
        .filter_map(|(k, code)| Some((k, new.nodes.iter().position(|c| c == code)?, code)))
        .collect();

    for table in &pinned.tables {
        if new.tables.iter().all(|t| t.slice != table.slice) {
            found.tables_removed.push(table.slice.clone());
        }
    }
    for table in &new.tables {
        let slice = &table.slice;
        let Some(old) = pinned.tables.iter().find(|t| t.slice == *slice) else {
            found.tables_added.push(slice.clone());
            continue;
        };
        let of = table.rows.iter().filter(|row| row.rank.is_some()).count();
        let mut left: IndexMap<&str, &Row> =
            old.rows.iter().map(|row| (row.code.as_str(), row)).collect();
        for row in &table.rows {
            let Some(before) = left.swap_remove(row.code.as_str()) else {
                let region = (slice.clone(), row.code.clone(), row.name.clone());
                found.regions_added.push(region);
                continue;
            };
            found.rows += 1;
            found.names += usize::from(before.name != row.name);
            if before.rank != row.rank {
                found.ranks.push(moved(slice, row, before.rank, row.rank, of));
            }
            if before.tier != row.tier {
                let (from, to) = (before.tier.clone(), row.tier.clone());
                found.tiers.push(moved(slice, row, from, to, of));
            }
            let own = std::iter::once((None, before.score, row.score));
            let parts =
                nodes.iter().map(|&(k, l, code)| (Some(code), before.nodes[k], row.nodes[l]));
            for (node, from, to) in own.chain(parts) {
                found.score(slice, row, node, (from, to), tolerance);
            }
        }
        let gone = old.rows.iter().filter(|row| left.contains_key(row.code.as_str()));
        let gone = gone.map(|row| (slice.clone(), row.code.clone(), row.name.clone()));
        found.regions_removed.extend(gone);
    }
    // Stable sorts: what is equally far apart stays in the order of the tables.
    let far = |m: &Move<Option<f64>>| match (m.from, m.to) {
        (Some(from), Some(to)) => (to - from).abs(),
        _ => f64::INFINITY,
    };
    number::sort_items(&mut found.ranks, |a, b| far(b).total_cmp(&far(a)));
    let share = |c: &Change| c.relative.unwrap_or(f64::INFINITY);
    number::sort_items(&mut found.changes, |a, b| share(b).total_cmp(&share(a)));
    let greatest =
        |of: fn(&Change) -> Option<f64>| found.changes.iter().filter_map(of).reduce(number::max);
    found.greatest = greatest(|c| c.absolute);
    found.greatest_relative = greatest(|c| c.relative);
    found
}

fn moved<T>(slice: &Slice, row: &Row, from: T, to: T, of: usize) -> Move<T> {
    let (slice, code, name) = (slice.clone(), row.code.clone(), row.name.clone());
    Move { slice, code, name, from, to, of }
}

impl Difference {
    fn score(
        &mut self,
        slice: &Slice,
        row: &Row,
        node: Option<&String>,
        (from, to): (Score, Score),
        tolerance: Tolerance,
    ) {
        self.scores += 1;
        let (absolute, relative) = match (from, to) {
            (Score::Absent(a), Score::Absent(b)) if a == b => return,
            (Score::Value(a), Score::Value(b)) => {
                let (absolute, greater) = sizes(a, b);
                if absolute == 0.0 {
                    return;
                }
                if tolerance.meets(a, b) {
                    let within = self.within.get_or_insert(Within { scores: 0, greatest: 0.0 });
                    within.scores += 1;
                    within.greatest = number::max(within.greatest, absolute);
                    return;
                }
                (Some(absolute), Some(absolute / greater))
            }
            _ => (None, None),
        };
        self.changes.push(Change {
            slice: slice.clone(),
            code: row.code.clone(),
            name: row.name.clone(),
            node: node.cloned(),
            from,
            to,
            absolute,
            relative,
        });
    }
}
