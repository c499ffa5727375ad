//! An order of regions that somebody states, the weights of a node that give it, and the evaluation that proves it.

use std::sync::Arc;

use super::{Answer, Comparison, NoScores, Preference, Scored, given, scored};
use crate::evaluation::{Evaluation, EvaluationError};
use crate::methodology::RankOn;
use crate::model::{NodeId, Study};

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The node by whose scores regions are ordered.
    pub node: NodeId,
    /// Whether all leaves below it are weighed, and not its children.
    pub leaves: bool,
    /// The comparisons that are stated, between rows of one slice of the evaluation.
    pub comparisons: Vec<Comparison>,
    /// The least and the greatest weight that anything may have; weights have a sum of one.
    pub bounds: (f64, f64),
}

/// What comes of it.
#[derive(Clone, Debug)]
pub struct Order {
    /// What was asked.
    pub question: Question,
    /// What is weighed, for the rows of `rows`.
    pub scored: Scored,
    /// The rows that the comparisons name, each once, in the order in which they are named.
    pub rows: Vec<usize>,
    /// Weights with the greatest margin, or the proof that no weights give the order.
    pub answer: Answer,
    /// The evaluation with the weights of the answer; where it has none, with those that violate the comparisons least.
    pub proof: Option<Weighed>,
}

/// Weights, and what the whole methodology makes of them.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// One for each node of [`Scored::nodes`].
    pub weights: Vec<f64>,
    /// The study, evaluated from the start with these weights. It has the same rows.
    pub after: Box<Evaluation>,
    /// For each comparison whether it holds there.
    pub held: Vec<Held>,
}

/// Whether a comparison holds in an evaluation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// By how much the better region's score is better, in points of the node's score.
    pub difference: f64,
    /// Whether it holds by the scores, before they are rounded.
    pub by_score: bool,
    /// Whether it holds by the ranks. Scores that differ can have the same rank where ranks compare rounded scores.
    pub by_rank: bool,
}

/// Why a question has no answer.
#[derive(Clone, Debug)]
pub enum NoOrder {
    /// The score of the node is not a weighted sum.
    Scores(NoScores),
    /// The methodology cannot be evaluated with the weights that were found.
    Evaluation(Vec<EvaluationError>),
}

impl Order {
    /// Answers a question about an evaluation of a study.
    ///
    /// # Errors
    /// Why it has no answer.
    pub fn new(
        study: &Arc<Study>,
        evaluation: &Evaluation,
        question: Question,
    ) -> Result<Order, NoOrder> {
        let mut rows: Vec<usize> = Vec::new();
        let mut place = |row: usize| {
            let known = rows.iter().position(|r| *r == row);
            known.unwrap_or_else(|| {
                rows.push(row);
                rows.len() - 1
            })
        };
        let of = |c: &Comparison| Comparison {
            better: place(c.better),
            worse: place(c.worse),
            equal: c.equal,
        };
        let comparisons: Vec<Comparison> = question.comparisons.iter().map(of).collect();
        let scored =
            scored(evaluation, question.node, question.leaves, &rows).map_err(NoOrder::Scores)?;
        let preference = Preference {
            scores: scored.scores.clone(),
            comparisons,
            bounds: vec![question.bounds; scored.nodes.len()],
            relations: Vec::new(),
            least: scored.least,
        };
        let answer = preference.solve();
        let weights = match &answer {
            Answer::Weights { weights, .. } => Some(weights.clone()),
            Answer::NoWeights => None,
            Answer::Contradiction(_) | Answer::Undecided => {
                preference.nearest().map(|nearest| nearest.weights)
            }
        };
        let proof = weights.map(|weights| {
            let stated: Vec<(NodeId, f64)> =
                scored.nodes.iter().copied().zip(weights.iter().copied()).collect();
            let methodology =
                given(evaluation.methodology(), question.node, question.leaves, &stated);
            let after = Evaluation::new(Arc::clone(study), methodology);
            let after = after.map_err(NoOrder::Evaluation)?;
            let held = held(&after, question.node, &question.comparisons);
            Ok(Weighed { weights, after: Box::new(after), held })
        });
        let proof = proof.transpose()?;
        Ok(Order { question, scored, rows, answer, proof })
    }

    /// For each comparison whether it holds in the evaluation that was asked about.
    pub fn held_before(&self, evaluation: &Evaluation) -> Vec<Held> {
        held(evaluation, self.question.node, &self.question.comparisons)
    }

    /// The weights that an evaluation gives what is weighed here, with a sum of one.
    pub fn weights_before(&self, evaluation: &Evaluation) -> Vec<f64> {
        let slice = evaluation.study().panel.slice_at(self.rows[0]);
        let effective;
        let all = match self.question.leaves {
            true => {
                effective = evaluation.effective_weights(slice);
                &effective[..]
            }
            false => evaluation.weights(slice),
        };
        let weights: Vec<f64> = self.scored.nodes.iter().map(|node| all[node.index()]).collect();
        let sum: f64 = weights.iter().sum();
        weights.into_iter().map(|w| if sum > 0.0 { w / sum } else { w }).collect()
    }

    /// For each of `rows` how many stated steps lead down to it from the best, the best having 1; regions that are stated as
    /// equal have the same. None where the comparisons go round in a ring.
    pub fn places(&self) -> Option<Vec<usize>> {
        let at =
            |row: usize| self.rows.iter().position(|r| *r == row).expect("a row that is named");
        let mut places = vec![1; self.rows.len()];
        // A chain has at most as many steps as there are rows; what still moves then is a ring.
        for _ in 0..=self.rows.len() {
            let mut moved = false;
            for c in &self.question.comparisons {
                let (better, worse) = (at(c.better), at(c.worse));
                let least = places[better] + usize::from(!c.equal);
                if places[worse] < least {
                    places[worse] = least;
                    moved = true;
                }
                if c.equal && places[better] < places[worse] {
                    places[better] = places[worse];
                    moved = true;
                }
            }
            if !moved {
                return Some(places);
            }
        }
        None
    }
}

/// For each comparison whether it holds by the scores and the ranks of a node.
fn held(evaluation: &Evaluation, node: NodeId, comparisons: &[Comparison]) -> Vec<Held> {
    let panel = &evaluation.study().panel;
    let Some(first) = comparisons.first() else { return Vec::new() };
    let slice = panel.slice_at(first.better);
    let start = panel.slices()[slice].rows.start;
    let ranks = evaluation.ranks_in(node, slice);
    let grid = evaluation.grid(node, slice, RankOn::Full);
    let scores = evaluation.unrounded(node).values();
    let sign = evaluation.better(node).sign();
    let of = |c: &Comparison| {
        let (better, worse) = (scores[c.better], scores[c.worse]);
        let difference = sign * (better - worse);
        let same = difference.abs() <= grid.step() / 2.0;
        let (above, below) = (ranks[c.better - start], ranks[c.worse - start]);
        let unranked = above.is_nan() || below.is_nan();
        let by_score = if c.equal { same } else { difference > 0.0 && !same };
        let by_rank = match unranked {
            true => by_score,
            false if c.equal => above == below,
            false => above < below,
        };
        Held { difference, by_score, by_rank }
    };
    comparisons.iter().map(of).collect()
}
