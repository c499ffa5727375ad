//! The hash of what each stage gave.

use std::ops::Range;

use blake3::Hasher;
use indexmap::IndexMap;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Stage;
use quanheng_core::model::{Column, NodeId};
use quanheng_core::number::{sort_by, sort_items};

/// BLAKE3, in hexadecimal, of the results of each stage: every bit of every number, by league, period, region and node
/// in the order of their codes, so that the order in which a project states them has no effect.
pub(crate) fn hashes(evaluation: &Evaluation) -> IndexMap<String, String> {
    let slices = slices(evaluation);
    let system = &evaluation.methodology().system;
    let of = |stage: Stage| {
        let mut hasher = Hasher::new();
        match (evaluation.columns(stage), stage) {
            (Some(of_leaves), _) => {
                let leaves = system.leaves().iter().copied();
                columns(evaluation, &slices, leaves.zip(of_leaves).collect(), &mut hasher);
            }
            (None, Stage::Weighting) => weights(evaluation, &slices, &mut hasher),
            (None, Stage::Tiering) => outcome(evaluation, &slices, &mut hasher),
            (None, _) => {
                let nodes = system.inner().iter().map(|&n| (n, evaluation.scores(n)));
                columns(evaluation, &slices, nodes.collect(), &mut hasher);
            }
        }
        (stage.name().to_owned(), hasher.finalize().to_hex().to_string())
    };
    Stage::ALL.into_iter().map(of).collect()
}

/// The slices by league, then period; the rows of each lie by region code.
fn slices(evaluation: &Evaluation) -> Vec<usize> {
    let study = evaluation.study();
    let slices = study.panel.slices();
    let mut order: Vec<usize> = (0..slices.len()).collect();
    let key = |k: usize| {
        let league = &study.leagues[slices[k].league.0 as usize].code;
        (league, &study.periods[slices[k].period.0 as usize].label)
    };
    sort_by(&mut order, &|i, j| key(i).cmp(&key(j)));
    order
}

/// Writes who the rows of a slice are, and gives them.
fn rows(evaluation: &Evaluation, slice: usize, hasher: &mut Hasher) -> Range<usize> {
    let study = evaluation.study();
    let slice = &study.panel.slices()[slice];
    text(&study.leagues[slice.league.0 as usize].code, hasher);
    text(&study.periods[slice.period.0 as usize].label, hasher);
    for row in slice.rows.clone() {
        text(&study.regions[study.panel.regions()[row].0 as usize].code, hasher);
    }
    slice.rows.clone()
}

fn columns(
    evaluation: &Evaluation,
    slices: &[usize],
    mut named: Vec<(NodeId, &Column)>,
    hasher: &mut Hasher,
) {
    let system = &evaluation.methodology().system;
    sort_items(&mut named, |a, b| system.node(a.0).code.cmp(&system.node(b.0).code));
    for &slice in slices {
        let rows = rows(evaluation, slice, hasher);
        for (node, column) in &named {
            text(&system.node(*node).code, hasher);
            for row in rows.clone() {
                number(column.values()[row], hasher);
                hasher.update(&[column.state(row) as u8]);
            }
        }
    }
}

fn weights(evaluation: &Evaluation, slices: &[usize], hasher: &mut Hasher) {
    let nodes = evaluation.methodology().system.nodes();
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    sort_by(&mut order, &|a, b| nodes[a].code.cmp(&nodes[b].code));
    for &slice in slices {
        rows(evaluation, slice, hasher);
        for &node in &order {
            text(&nodes[node].code, hasher);
            number(evaluation.weights(slice)[node], hasher);
        }
    }
}

fn outcome(evaluation: &Evaluation, slices: &[usize], hasher: &mut Hasher) {
    for &slice in slices {
        for row in rows(evaluation, slice, hasher) {
            number(evaluation.ranks()[row], hasher);
            number(evaluation.exact().values()[row], hasher);
            let at = evaluation.tiers()[row].map(usize::from);
            let label = at.and_then(|at| evaluation.tier_labels(row).get(at).map(String::as_str));
            number(at.map_or(f64::NAN, |at| at as f64), hasher);
            text(label.unwrap_or_default(), hasher);
        }
    }
}

fn text(text: &str, hasher: &mut Hasher) {
    hasher.update(&(text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
}

/// The bits of a number; every NaN is one, since it stands for "no value here" and nothing else.
fn number(x: f64, hasher: &mut Hasher) {
    let bits = if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() };
    hasher.update(&bits.to_le_bytes());
}
