//! From an evaluation to what is pinned of it.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{NodeId, State};

use super::{Detail, Policy, Row, Score, Slice, Snapshot, Table};

/// What `policy` pins of an evaluation; names of regions in the language of this tag.
pub fn take(evaluation: &Evaluation, policy: &Policy, tag: &str) -> Snapshot {
    let study = evaluation.study();
    let system = &evaluation.methodology().system;
    let root = system.root();
    let below: Vec<NodeId> = match policy.detail {
        Detail::Index => Vec::new(),
        Detail::Level1 => system.node(root).children.clone(),
        Detail::Inner | Detail::All => (0..system.nodes().len() as u32)
            .map(NodeId)
            .filter(|&node| node != root)
            .filter(|&node| policy.detail == Detail::All || !system.node(node).children.is_empty())
            .collect(),
    };
    let score = |node: NodeId, row: usize| {
        let column = evaluation.scores(node);
        match column.state(row) {
            State::Value => Score::Value(column.values()[row]),
            absent => Score::Absent(absent),
        }
    };
    let row = |row: usize| {
        let region = &study.regions[study.panel.regions()[row].0 as usize];
        let rank = evaluation.ranks()[row];
        Row {
            code: region.code.clone(),
            name: region.name(tag).to_owned(),
            rank: (!rank.is_nan()).then_some(rank),
            tier: evaluation.tiers()[row].map(|at| {
                let label = evaluation.tier_labels(row).get(usize::from(at));
                label.cloned().unwrap_or_else(|| (usize::from(at) + 1).to_string())
            }),
            score: score(root, row),
            nodes: below.iter().map(|&node| score(node, row)).collect(),
        }
    };
    let wanted = |slice: &&quanheng_core::model::Slice| {
        policy.periods.as_ref().is_none_or(|periods| periods.contains(&slice.period))
    };
    let table = |slice: &quanheng_core::model::Slice| {
        let league = &study.leagues[slice.league.0 as usize].code;
        let period = study.periods[slice.period.0 as usize].label.clone();
        Table {
            slice: Slice { league: (!league.is_empty()).then(|| league.clone()), period },
            rows: slice.rows.clone().map(row).collect(),
        }
    };
    Snapshot {
        methodology: evaluation.methodology().code.clone(),
        nodes: below.iter().map(|&node| system.node(node).code.clone()).collect(),
        tables: study.panel.slices().iter().filter(wanted).map(table).collect(),
    }
}
