//! The scores that the weights of a node weigh.

use std::borrow::Cow;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::evaluation::Evaluation;
use crate::method::{Settings, Value, find};
use crate::methodology::{Across, Choice, Methodology, Plan, RankOn};
use crate::model::NodeId;
use crate::weighting;

/// What the score of a node is a weighted sum of.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The nodes that are weighed: the children of the node, or all leaves.
    pub nodes: Vec<NodeId>,
    /// For each row the scores that are added up, more being better: those of the nodes, or the generator of them.
    pub scores: Vec<Vec<f64>>,
    /// Scores of the sum that differ by this or less count as equal.
    pub least: f64,
    /// Whether the sum is the score itself, and not the generator of it.
    pub is_score: bool,
}

/// Why the score of a node is not a weighted sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoScores {
    /// It is a leaf.
    Leaf,
    /// It has one child.
    OneChild,
    /// Its scores are taken from the data.
    Published {
        /// The node.
        node: NodeId,
    },
    /// The method by which this node is put together is not a weighted mean of a function of its children.
    Method {
        /// The node.
        node: NodeId,
    },
    /// The methodology weighs all leaves at once, not the children of each node.
    WeighsLeaves,
    /// The node is rounded, and the weights are above it.
    Rounded {
        /// The node.
        node: NodeId,
    },
    /// A region has no score at this node.
    Absent {
        /// The row.
        row: usize,
        /// The node.
        node: NodeId,
    },
    /// The method has no value for the score of a region at this node.
    OutOfDomain {
        /// The row.
        row: usize,
        /// The node.
        node: NodeId,
    },
}

/// The scores that are weighed at a node for some rows of one slice; of all leaves below it where `leaves` is set.
///
/// # Errors
/// Why there are none.
pub fn scored(
    evaluation: &Evaluation,
    node: NodeId,
    leaves: bool,
    rows: &[usize],
) -> Result<Scored, NoScores> {
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    if system.node(node).children.is_empty() {
        return Err(NoScores::Leaf);
    }
    if methodology.across == Across::Leaves && !leaves {
        return Err(NoScores::WeighsLeaves);
    }
    let nodes: Cow<'_, [NodeId]> = match leaves {
        true => Cow::Owned(system.leaves_below(node)),
        false => Cow::Borrowed(&system.node(node).children),
    };
    if nodes.len() < 2 {
        return Err(NoScores::OneChild);
    }
    let mut between = vec![node];
    while let Some(id) = between.pop() {
        let method = &methodology.aggregation.at(id);
        if system.node(id).published.is_some() {
            return Err(NoScores::Published { node: id });
        }
        let deeper = leaves && nodes.iter().any(|leaf| !system.node(id).children.contains(leaf));
        let fits = match deeper || id != node {
            true => methodology.is_linear(id),
            false => methodology.rescaled(id).is_none() && method.method.generator(1.0).is_some(),
        };
        if !fits || method.across != Across::Siblings {
            return Err(NoScores::Method { node: id });
        }
        if id != node && methodology.rounding[id.index()].is_some() {
            return Err(NoScores::Rounded { node: id });
        }
        if leaves {
            let below = system.node(id).children.iter().copied();
            between.extend(below.filter(|child| !system.node(*child).children.is_empty()));
        }
    }
    let method = &methodology.aggregation.at(node).method;
    let sign = evaluation.better(node).sign();
    let mut scores = Vec::with_capacity(rows.len());
    for &row in rows {
        let mut of_row = Vec::with_capacity(nodes.len());
        for &child in nodes.iter() {
            let score = evaluation.scores(child).values()[row];
            if score.is_nan() {
                return Err(NoScores::Absent { row, node: child });
            }
            let part = method.generator(score).filter(|part| part.is_finite());
            of_row.push(sign * part.ok_or(NoScores::OutOfDomain { row, node: child })?);
        }
        scores.push(of_row);
    }
    let is_score = method.is_linear();
    // Scores are equal where they agree to the digits of the precision. Of a generator, the same step near the scores.
    let least = rows.first().map_or(0.0, |&row| {
        let slice = evaluation.study().panel.slice_at(row);
        let grid = evaluation.grid(node, slice, RankOn::Full);
        let step = grid.step();
        if is_score || step == 0.0 {
            return step;
        }
        let own = rows.iter().map(|&row| evaluation.scores(node).values()[row]);
        let of = own.filter_map(|score| {
            let (low, high) = (method.generator(score)?, method.generator(score + step)?);
            Some(high - low).filter(|step| step.is_finite() && *step > 0.0)
        });
        of.fold(0.0, crate::number::max)
    });
    Ok(Scored { nodes: nodes.into_owned(), scores, least, is_score })
}

/// The methodology with stated weights for the children of a node, or for all leaves.
pub fn given(
    methodology: &Methodology,
    node: NodeId,
    leaves: bool,
    weights: &[(NodeId, f64)],
) -> Arc<Methodology> {
    let system = &methodology.system;
    let stated: IndexMap<String, Value> = weights
        .iter()
        .map(|(id, weight)| (system.node(*id).code.clone(), Value::Number(*weight)))
        .collect();
    let settings = Settings::from([("weights", Value::Table(stated))]);
    let entry = find(weighting::TABLE, "given").expect("a built-in");
    let choice = Choice {
        filled: settings.filled(&(entry.settings)()),
        method: Arc::from((entry.make)(&settings).expect("weights by code")),
        settings,
        ..Choice::built_in(weighting::TABLE, "given")
    };
    let mut made = methodology.clone();
    match leaves {
        true => {
            made.across = Across::Leaves;
            made.weighting = Plan::whole(system, choice);
        }
        false => made.weighting = made.weighting.with(node, choice),
    }
    Arc::new(made)
}
