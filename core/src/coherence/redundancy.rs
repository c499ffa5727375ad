//! What it would change to drop one of two nodes that measure nearly the same.

use super::{Flag, Scores, within_level};
use crate::model::NodeId;
use crate::number::{self, Correlation};

/// One of two redundant nodes taken out of the system, and the ranks of regions that come of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Redundancy {
    /// The node that is taken out.
    pub dropped: NodeId,
    /// The one that stays.
    pub kept: NodeId,
    /// Their correlation (Pearson).
    pub coefficient: f64,
    /// What comes of it; none where the node cannot be taken out, or the study cannot be evaluated without it.
    pub effect: Option<Effect>,
}

/// How ranks change.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// How many regions have a rank before and afterwards.
    pub n: usize,
    /// How many of these change theirs.
    pub moved: usize,
    /// The mean change in places, without its sign.
    pub mean: f64,
    /// The greatest change in places, without its sign.
    pub greatest: f64,
    /// The rows that change so much, each with its rank before and afterwards; none where nobody moves.
    pub who: Vec<(usize, f64, f64)>,
    /// The correlation of both ranks (Spearman); `None` where one of them does not vary.
    pub correlation: Option<f64>,
}

/// For each pair of nodes of one level whose correlation is redundant what it would change to take out the one or the other,
/// level by level. The weights of the siblings keep their proportions.
pub fn redundancy(scores: &Scores<'_>) -> Vec<Redundancy> {
    let (system, evaluation) = (scores.system(), scores.evaluation());
    let mut known: Vec<(NodeId, Option<Effect>)> = Vec::new();
    let mut found = Vec::new();
    for level in 1..=system.depth() {
        for pair in within_level(scores, level, Correlation::Pearson) {
            let Some(coefficient) = pair.found.map(|found| found.coefficient) else { continue };
            if Flag::of(coefficient) != Some(Flag::Redundant) {
                continue;
            }
            for (dropped, kept) in [(pair.a, pair.b), (pair.b, pair.a)] {
                let effect = match known.iter().find(|(node, _)| *node == dropped) {
                    Some((_, effect)) => effect.clone(),
                    None => {
                        let after = evaluation.without_node(dropped).and_then(Result::ok);
                        let effect = after.and_then(|after| effect(scores, after.ranks()));
                        known.push((dropped, effect.clone()));
                        effect
                    }
                };
                found.push(Redundancy { dropped, kept, coefficient, effect });
            }
        }
    }
    found
}

/// How ranks change in the rows of some scores; the rows of both are the same. None where nobody has both.
fn effect(scores: &Scores<'_>, after: &[f64]) -> Option<Effect> {
    let before = scores.evaluation().ranks();
    let both = |row: &usize| (*row, before[*row], after[*row]);
    let ranked: Vec<(usize, f64, f64)> = scores
        .rows()
        .iter()
        .map(both)
        .filter(|(_, was, is)| !was.is_nan() && !is.is_nan())
        .collect();
    let moves: Vec<f64> = ranked.iter().map(|(_, was, is)| (was - is).abs()).collect();
    let mean = number::mean(&moves)?;
    let greatest = moves.iter().copied().fold(0.0, number::max);
    let (was, is): (Vec<f64>, Vec<f64>) = ranked.iter().map(|(_, a, b)| (*a, *b)).unzip();
    let who = ranked.iter().zip(&moves).filter(|(_, moved)| greatest > 0.0 && **moved == greatest);
    Some(Effect {
        n: ranked.len(),
        moved: moves.iter().filter(|moved| **moved > 0.0).count(),
        mean,
        greatest,
        who: who.map(|(one, _)| *one).collect(),
        correlation: Correlation::Spearman.of(&was, &is),
    })
}
