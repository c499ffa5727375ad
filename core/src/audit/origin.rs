//! Where an effect arises: the tables of the stages, from the raw cells up, before a change and after it.

use super::Property;
use super::finding::Origin;
use super::scale::{NOISE, largest};
use crate::evaluation::Evaluation;
use crate::method::Stage;
use crate::methodology::Part;
use crate::model::{Column, NodeId};

/// A row of an evaluation.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) evaluation: &'a Evaluation,
    pub(super) row: usize,
}

/// The first place at which `high`, which should nowhere be worse than `low`, is worse.
pub(super) fn fall(low: At<'_>, high: At<'_>) -> Option<Origin> {
    let methodology = low.evaluation.methodology();
    let system = &methodology.system;
    let turn = low.evaluation.turn();
    for (k, &leaf) in system.leaves().iter().enumerate() {
        for stage in COLUMNS {
            let sign = match stage {
                Stage::Normalisation => low.evaluation.direction(leaf).sign(),
                _ => system.indicator(k).direction.sign(),
            };
            let cell = |at: At<'_>| turn * sign * columns(at.evaluation, stage)[k].values()[at.row];
            if below(cell(high), cell(low)) {
                return Some(at_node(low.evaluation, Part::of_stage(stage), leaf));
            }
        }
    }
    for &node in system.inner() {
        let sign = turn * low.evaluation.direction(node).sign();
        let score = |at: At<'_>| sign * node_scores(at.evaluation, node)[at.row];
        if below(score(high), score(low)) {
            let weighed = weights_differ(low, high, node, node);
            let part = if weighed { Part::Weighting } else { Part::Aggregation };
            return Some(at_node(low.evaluation, part, node));
        }
    }
    None
}

/// What a changed column should have become.
#[derive(Clone, Copy)]
pub(super) struct Expected {
    /// The column of the leaf.
    pub(super) column: usize,
    /// The factor on it.
    pub(super) factor: f64,
    /// The constant added to it.
    pub(super) constant: f64,
}

/// The first place at which rows have changed that should not have changed: `rows` are pairs of a row before and its
/// row afterwards. A node of the system before that is not there afterwards is not looked at.
pub(super) fn difference(
    before: &Evaluation,
    after: &Evaluation,
    rows: &[(usize, usize)],
    expected: &[Expected],
) -> Option<Origin> {
    let (system, other) = (&before.methodology().system, &after.methodology().system);
    let column_after = |leaf: NodeId| {
        let leaf = system.counterpart(leaf, other)?;
        other.leaves().iter().position(|l| *l == leaf)
    };
    let differs = |a: &[f64], b: &[f64], factor: f64, constant: f64| {
        let scale = number_scale(a, factor, constant);
        rows.iter().any(|&(i, j)| {
            let (x, y) = (a[i] * factor + constant, b[j]);
            x.is_nan() != y.is_nan() || (x - y).abs() > NOISE * scale
        })
    };
    for stage in COLUMNS {
        let (a, b) = (columns(before, stage), columns(after, stage));
        for (k, &leaf) in system.leaves().iter().enumerate() {
            let Some(at) = column_after(leaf) else { continue };
            let unit = expected.iter().find(|e| e.column == k && stage != Stage::Normalisation);
            let (factor, constant) = unit.map_or((1.0, 0.0), |e| (e.factor, e.constant));
            // A transformation into another unit is not a difference by itself; the scores decide.
            let transformed = stage == Stage::Treatment && unit.is_some();
            if !transformed && differs(a[k].values(), b[at].values(), factor, constant) {
                return Some(at_node(before, Part::of_stage(stage), leaf));
            }
        }
    }
    for &node in system.inner() {
        let Some(there) = system.counterpart(node, other) else { continue };
        if let Some(&(i, j)) = rows.first() {
            let (low, high) = (At { evaluation: before, row: i }, At { evaluation: after, row: j });
            if weights_differ(low, high, node, there) {
                return Some(at_node(before, Part::Weighting, node));
            }
        }
        if differs(node_scores(before, node), node_scores(after, there), 1.0, 0.0) {
            return Some(at_node(before, Part::Aggregation, node));
        }
    }
    let root = system.root();
    if differs(before.scores(root).values(), after.scores(other.root()).values(), 1.0, 0.0) {
        return Some(plain(Part::Rounding, String::new()));
    }
    if rows.iter().any(|&(i, j)| differ(before.ranks()[i], after.ranks()[j])) {
        return Some(ranking(before));
    }
    rows.iter().any(|&(i, j)| before.tiers()[i] != after.tiers()[j]).then(|| tiers(before))
}

/// Ranks as the place where something arises.
pub(super) fn ranking(evaluation: &Evaluation) -> Origin {
    let methodology = evaluation.methodology();
    let ranking = methodology.ranking.at(methodology.system.root());
    plain(Part::Ranking, ranking.ties.word().to_owned())
}

/// Tiers as the place where something arises.
pub(super) fn tiers(evaluation: &Evaluation) -> Origin {
    let tiering = evaluation.methodology().tiering.as_ref();
    let method = tiering.map(|rules| rules.default().name.clone()).unwrap_or_default();
    plain(Part::Tiering, method)
}

/// Whether the method of an origin, a built-in, claims its part in a property.
pub(super) fn claims(property: &Property, origin: &Origin) -> Option<bool> {
    let claims = (origin.part.entry().claims)(&origin.method)?;
    Some(property.claimed?(&claims))
}

fn plain(part: Part, method: String) -> Origin {
    Origin { part, node: None, method, claims: None }
}

fn at_node(evaluation: &Evaluation, part: Part, node: NodeId) -> Origin {
    let method = part.method_at(evaluation.methodology(), node);
    Origin { part, node: Some(node), method, claims: None }
}

/// The stages after which a leaf's column can have come to differ.
const COLUMNS: [Stage; 3] = [Stage::Imputation, Stage::Treatment, Stage::Normalisation];

fn columns(evaluation: &Evaluation, stage: Stage) -> &[Column] {
    evaluation.columns(stage).expect("a stage that leaves columns")
}

/// The scores of a node; those of the index before it is rounded.
fn node_scores(evaluation: &Evaluation, node: NodeId) -> &[f64] {
    if node == evaluation.methodology().system.root() {
        evaluation.exact().values()
    } else {
        evaluation.scores(node).values()
    }
}

/// Whether the children of a node, by their codes, have other weights. `node` is the node before, `there` afterwards.
fn weights_differ(low: At<'_>, high: At<'_>, node: NodeId, there: NodeId) -> bool {
    let (a, b) = (weights_at(low), weights_at(high));
    let system = &low.evaluation.methodology().system;
    let other = &high.evaluation.methodology().system;
    other.node(there).children.iter().any(|&child| {
        let before =
            other.counterpart(child, system).filter(|c| system.node(*c).parent == Some(node));
        before.is_some_and(|c| (a[c.index()] - b[child.index()]).abs() > NOISE)
    })
}

/// The weights in the slice of a row.
fn weights_at(at: At<'_>) -> &[f64] {
    let panel = &at.evaluation.study().panel;
    at.evaluation.weights(panel.slice_at(at.row))
}

fn number_scale(values: &[f64], factor: f64, constant: f64) -> f64 {
    largest(values) * factor.abs() + constant.abs()
}

/// Whether `a` is below `b` by more than noise.
fn below(a: f64, b: f64) -> bool {
    a < b - NOISE * largest(&[a, b])
}

fn differ(a: f64, b: f64) -> bool {
    a != b && !(a.is_nan() && b.is_nan())
}
