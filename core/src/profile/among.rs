//! What a region is put beside: its league, the classes of groups, its peers.

use std::sync::Arc;

use crate::evaluation::Evaluation;
use crate::methodology::RankTies;
use crate::model::{Direction, NodeId};
use crate::number::{self, Grid};
use crate::ranking::{Key, ranks};

use super::rule::{Mark, Rule};

/// Among whom a region stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// The regions of its league.
    League,
    /// The regions of a class of a group that are in its league.
    Class {
        /// The position of the group in the study.
        group: usize,
        /// The position of the class in the group.
        class: usize,
    },
    /// Its peers and itself.
    Peers,
}

/// Where a region stands among some regions at one node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// Its rank, by the rule for ties of the methodology; NaN without a score.
    pub rank: f64,
    /// How many regions have a rank.
    pub of: usize,
    /// The mean of their scores, the region itself among them; of its peers, without it.
    pub mean: Option<f64>,
    /// The score of the best.
    pub best: Option<f64>,
    /// The rows of the best, several where they share the first place.
    pub leaders: Arc<[usize]>,
    /// Whether the score is beyond the mean by so many standard deviations as the rule states, in a class of a group.
    pub mark: Option<Mark>,
}

/// Regions that are compared, with their figures at each node.
#[derive(Clone, Debug)]
pub(super) struct Circle {
    pub(super) among: Among,
    /// The row of the first region of the slice.
    first: usize,
    /// The regions, by position in the slice, ascending.
    members: Vec<usize>,
    /// By node.
    figures: Vec<Figures>,
}

/// The figures of some regions at one node, by member.
#[derive(Clone, Debug)]
struct Figures {
    scores: Vec<f64>,
    ranks: Vec<f64>,
    ranked: usize,
    /// The share of other members that each is better than; NaN for none.
    percentiles: Vec<f64>,
    mean: Option<f64>,
    sd: Option<f64>,
    best: Option<f64>,
    /// Rows of the panel. All regions share the list, which may be as long as there are regions.
    leaders: Arc<[usize]>,
}

impl Circle {
    /// All regions of a slice.
    pub(super) fn league(evaluation: &Evaluation, slice: usize) -> Circle {
        let rows = evaluation.study().panel.slices()[slice].rows.clone();
        let of = |node: NodeId| {
            let ranks = evaluation.ranks_in(node, slice);
            let scores = evaluation.scores(node).values()[rows.clone()].iter().zip(&ranks);
            // A region that is not ranked is not compared.
            let scores = scores.map(|(x, rank)| if rank.is_nan() { f64::NAN } else { *x });
            Figures::new(scores.collect(), ranks, |member| rows.start + member)
        };
        let nodes = evaluation.methodology().system.nodes().len() as u32;
        Circle {
            among: Among::League,
            first: rows.start,
            members: (0..rows.len()).collect(),
            figures: (0..nodes).map(|node| of(NodeId(node))).collect(),
        }
    }

    /// The classes of groups that have regions in a slice.
    pub(super) fn classes(
        evaluation: &Evaluation,
        slice: usize,
        groups: &[usize],
        whole: &Circle,
    ) -> Vec<Circle> {
        let study = evaluation.study();
        let regions = &study.panel.regions()[study.panel.slices()[slice].rows.clone()];
        let mut circles = Vec::new();
        for &group in groups {
            for (class, of_class) in study.groups[group].classes.values().enumerate() {
                let is_member = |at: &usize| of_class.binary_search(&regions[*at]).is_ok();
                let members: Vec<usize> = (0..regions.len()).filter(is_member).collect();
                if !members.is_empty() {
                    let among = Among::Class { group, class };
                    circles.push(whole.part(Some(evaluation), among, members));
                }
            }
        }
        circles
    }

    /// A region of the league with its peers.
    pub(super) fn peers(whole: &Circle, at: usize, peers: &[usize]) -> Circle {
        let mut members: Vec<usize> = peers.iter().copied().chain([at]).collect();
        number::sort_by(&mut members, &|_, _| std::cmp::Ordering::Equal);
        whole.part(None, Among::Peers, members)
    }

    /// Some of its regions, ranked among themselves: by the rule for ties of the methodology, or else so that equal ones
    /// share the best place.
    fn part(&self, by: Option<&Evaluation>, among: Among, members: Vec<usize>) -> Circle {
        let of = |(node, whole): (usize, &Figures)| {
            let pick = |all: &[f64]| members.iter().map(|&at| all[at]).collect::<Vec<f64>>();
            let (scores, keys) = (pick(&whole.scores), pick(&whole.ranks));
            let ties = by.map_or(RankTies::Competition, |evaluation| {
                evaluation.methodology().ranking.at(NodeId(node as u32)).ties
            });
            let mut again = vec![f64::NAN; keys.len()];
            let key = Key { scores: &keys, direction: Direction::Negative, grid: Grid::EXACT };
            ranks(key, None, ties, 0.0, &mut Vec::new(), &mut again);
            Figures::new(scores, again, |member| self.first + members[member])
        };
        let figures = self.figures.iter().enumerate().map(of).collect();
        Circle { among, first: self.first, members, figures }
    }

    /// Whether the region at a position of the slice is one of them.
    pub(super) fn holds(&self, at: usize) -> bool {
        self.members.binary_search(&at).is_ok()
    }

    fn member(&self, at: usize) -> usize {
        self.members.binary_search(&at).expect("it is one of them")
    }

    pub(super) fn score(&self, node: NodeId, at: usize) -> f64 {
        self.figures[node.index()].scores[self.member(at)]
    }

    pub(super) fn rank(&self, node: NodeId, at: usize) -> f64 {
        self.figures[node.index()].ranks[self.member(at)]
    }

    pub(super) fn percentile(&self, node: NodeId, at: usize) -> Option<f64> {
        let found = self.figures[node.index()].percentiles[self.member(at)];
        (!found.is_nan()).then_some(found)
    }

    /// Where a region stands among them.
    pub(super) fn place(
        &self,
        evaluation: &Evaluation,
        rule: &Rule,
        node: NodeId,
        at: usize,
        covered: bool,
    ) -> Place {
        let figures = &self.figures[node.index()];
        let member = self.member(at);
        let score = figures.scores[member];
        let is_class = matches!(self.among, Among::Class { .. });
        let spread = figures.mean.zip(figures.sd).filter(|_| is_class && covered);
        let mark = spread.and_then(|(mean, sd)| {
            rule.within_group(evaluation.better(node).sign() * (score - mean), sd)
        });
        let mean = match self.among {
            Among::Peers => {
                let others = figures.scores.iter().enumerate().filter(|(k, _)| *k != member);
                number::mean(&others.map(|(_, x)| *x).collect::<Vec<f64>>())
            }
            _ => figures.mean,
        };
        Place {
            rank: figures.ranks[member],
            of: figures.ranked,
            mean,
            best: figures.best,
            leaders: Arc::clone(&figures.leaders),
            mark,
        }
    }
}

impl Figures {
    fn new(scores: Vec<f64>, ranks: Vec<f64>, row: impl Fn(usize) -> usize) -> Figures {
        let mut ascending = Vec::new();
        number::sorted(&ranks, &mut ascending);
        let ranked = ascending.len();
        let first = ascending.first().copied().unwrap_or(f64::NAN);
        let leaders: Vec<usize> = (0..ranks.len()).filter(|&k| ranks[k] == first).collect();
        Figures {
            percentiles: ranks.iter().map(|rank| beaten(&ascending, *rank)).collect(),
            mean: number::mean(&scores),
            sd: number::sample_variance(&scores).map(f64::sqrt),
            best: leaders.first().map(|&k| scores[k]),
            leaders: leaders.into_iter().map(row).collect(),
            scores,
            ranks,
            ranked,
        }
    }
}

/// The share of others with a worse rank: (ranks above it)/(n − 1); NaN without a rank, and without others. `ascending`
/// are all ranks.
fn beaten(ascending: &[f64], rank: f64) -> f64 {
    let n = ascending.len();
    if rank.is_nan() || n < 2 {
        return f64::NAN;
    }
    let up_to = ascending.partition_point(|other| *other <= rank);
    (n - up_to) as f64 / (n - 1) as f64
}

/// In which tenth of all regions of the period each region of a slice is, 1 being the best, by node: one more than the
/// whole number of tenths of regions that are better. Ranks decide within one league, scores between leagues.
pub(super) fn deciles(
    evaluation: &Evaluation,
    slice: usize,
    whole: &Circle,
) -> Vec<Vec<Option<u8>>> {
    let slices = evaluation.study().panel.slices();
    let period = slices[slice].period;
    let of_period = (0..slices.len()).filter(|&other| slices[other].period == period);
    let others: Vec<usize> = of_period.filter(|&other| other != slice).collect();
    let system = &evaluation.methodology().system;
    let of = |(node, figures): (usize, &Figures)| -> Vec<Option<u8>> {
        // The least is the best.
        let node = NodeId(node as u32);
        let (mut all, own) = if others.is_empty() {
            (figures.ranks.clone(), figures.ranks.clone())
        } else {
            let sign = -evaluation.better(node).sign();
            let own: Vec<f64> = figures.scores.iter().map(|x| sign * x).collect();
            let mut all = own.clone();
            for &other in &others {
                let ranks = evaluation.ranks_in(node, other);
                let scores = &evaluation.scores(node).values()[slices[other].rows.clone()];
                let ranked = scores.iter().zip(&ranks).filter(|(_, rank)| !rank.is_nan());
                all.extend(ranked.map(|(x, _)| sign * x));
            }
            (all, own)
        };
        all.retain(|x| !x.is_nan());
        number::sort(&mut all);
        let tenth = |x: &f64| {
            let better = all.partition_point(|other| other < x);
            (!x.is_nan()).then(|| (10 * better / all.len()) as u8 + 1)
        };
        own.iter().map(tenth).collect()
    };
    debug_assert_eq!(whole.figures.len(), system.nodes().len());
    whole.figures.iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentile_ranks_as_in_spreadsheets() {
        // PERCENTRANK.INC of 1, 2, 2, 3, 4 in a spreadsheet gives 0, 0.25, 0.25, 0.75, 1.
        let ranks = [5.0, 3.0, 3.0, 2.0, 1.0];
        let mut ascending = Vec::new();
        number::sorted(&ranks, &mut ascending);
        let found: Vec<f64> = ranks.iter().map(|rank| beaten(&ascending, *rank)).collect();
        assert_eq!(found, [0.0, 0.25, 0.25, 0.75, 1.0]);
        assert!(beaten(&[1.0], 1.0).is_nan());
    }
}
