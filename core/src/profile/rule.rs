//! The rule by which nodes are strengths or weaknesses of a region.
//!
//! It is that of the economy profiles of the Global Innovation Index (WIPO 2023, Global Innovation Index 2023, section
//! "Economy profiles", page 218): the percentile ranks of the economy's indicators, cut at its tenth best and its tenth
//! worst, with ties; rank 3 or better is always a strength; the same cuts hold for sub-pillars and pillars, which are
//! not marked where too few of their indicators have data; and, within an income group, scores beyond the mean by more
//! than a standard deviation.

use crate::model::{NodeId, System};
use crate::number;

use super::among::Circle;
use super::source::Cell;

/// When a node is a strength or a weakness of a region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// How many of the region's own indicators, the best and the worst, decide where the cuts are.
    pub n: usize,
    /// At most this share of them, but one at least: 10 of 80 indicators say something, 10 of 12 do not.
    pub share: f64,
    /// A rank in the league that is always a strength of an indicator, where the region is better than half of the others.
    pub rank: f64,
    /// The least share of indicators with a value of the region's own for which a node is marked.
    pub coverage: f64,
    /// How many standard deviations a score must be beyond the mean of a class of a group.
    pub sd: f64,
}

impl Default for Rule {
    fn default() -> Self {
        Rule { n: 10, share: 0.25, rank: 3.0, coverage: 0.66, sd: 1.0 }
    }
}

/// What a node is for a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A strength.
    Strength,
    /// A weakness.
    Weakness,
}

/// By which clause of the rule a node is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// By its percentile rank.
    Percentile,
    /// By its rank.
    Rank,
}

/// The percentile ranks from which on nodes are strengths or weaknesses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cuts {
    /// This or more is a strength.
    pub upper: f64,
    /// This or less is a weakness.
    pub lower: f64,
    /// How many of the best and of the worst indicators the cuts were made from.
    pub n: usize,
    /// How many indicators of its own the region has.
    pub of: usize,
}

impl Rule {
    /// The cuts of a region whose own indicators have these percentile ranks: its `n`-th best and its `n`-th worst.
    pub fn cuts(&self, percentiles: &[f64]) -> Option<Cuts> {
        let mut ascending = Vec::new();
        number::sorted(percentiles, &mut ascending);
        let of = ascending.len();
        let most = (self.share * of as f64) as usize;
        let n = self.n.min(most.max(1));
        (of > 0 && n > 0).then(|| Cuts { upper: ascending[of - n], lower: ascending[n - 1], n, of })
    }

    /// What a node is whose score is better than the mean of a class by so much, `sd` being the class's standard deviation
    /// (divisor n − 1).
    pub fn within_group(&self, beyond: f64, sd: f64) -> Option<Mark> {
        match beyond {
            _ if sd <= 0.0 => None,
            x if x > self.sd * sd => Some(Mark::Strength),
            x if x < -self.sd * sd => Some(Mark::Weakness),
            _ => None,
        }
    }
}

impl Cuts {
    /// What a percentile rank is. Where it is at both cuts, the half of the league decides in which it lies.
    pub fn mark(&self, percentile: f64) -> Option<Mark> {
        let is_both = percentile >= self.upper && percentile <= self.lower;
        match percentile {
            x if is_both && x == 0.5 => None,
            x if x >= self.upper && (!is_both || x > 0.5) => Some(Mark::Strength),
            x if x <= self.lower => Some(Mark::Weakness),
            _ => None,
        }
    }
}

/// The marks of one region.
pub(super) struct Marks<'a> {
    rule: &'a Rule,
    system: &'a System,
    pub(super) cuts: Option<Cuts>,
    /// Of each node, the share of its indicators with a value of the region's own.
    coverage: Vec<f64>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(
        rule: &'a Rule,
        system: &'a System,
        whole: &Circle,
        values: &[Cell],
        at: usize,
    ) -> Marks<'a> {
        let leaves = system.leaves();
        let own = leaves.iter().zip(values).filter(|(_, cell)| cell.source.is_own());
        let percentiles: Vec<f64> =
            own.filter_map(|(leaf, _)| whole.percentile(*leaf, at)).collect();
        // Of each node, how many leaves apply to the region, and how many have a value of its own.
        let mut counts = vec![(0_usize, 0_usize); system.nodes().len()];
        for (leaf, cell) in leaves.iter().zip(values) {
            let mut node = Some(*leaf);
            while let Some(of) = node {
                counts[of.index()].0 += usize::from(cell.applies);
                counts[of.index()].1 += usize::from(cell.source.is_own());
                node = system.node(of).parent;
            }
        }
        let share = |(node, (all, own)): (usize, (usize, usize))| {
            let node = NodeId(node as u32);
            let published = system.node(node).published.is_some();
            match (published, all) {
                (true, _) => f64::from(!whole.score(node, at).is_nan()),
                (false, 0) => 0.0,
                (false, all) => own as f64 / all as f64,
            }
        };
        let coverage = counts.into_iter().enumerate().map(share).collect();
        Marks { rule, system, cuts: rule.cuts(&percentiles), coverage }
    }

    pub(super) fn coverage(&self, node: NodeId) -> f64 {
        self.coverage[node.index()]
    }

    /// Whether enough of a node's indicators have a value of the region's own; an indicator itself must have one.
    pub(super) fn is_covered(&self, node: NodeId) -> bool {
        let is_leaf = self.system.node(node).children.is_empty();
        self.coverage(node) >= if is_leaf { 1.0 } else { self.rule.coverage }
    }

    /// What a node is for the region. The index itself is neither: its rank says everything.
    pub(super) fn of(
        &self,
        node: NodeId,
        percentile: Option<f64>,
        rank: f64,
    ) -> Option<(Mark, Why)> {
        let (cuts, percentile) = self.cuts.zip(percentile)?;
        if node == self.system.root() || !self.is_covered(node) {
            return None;
        }
        let is_leaf = self.system.node(node).children.is_empty();
        if is_leaf && rank <= self.rule.rank && percentile > 0.5 {
            let by_cut = cuts.mark(percentile) == Some(Mark::Strength);
            return Some((Mark::Strength, if by_cut { Why::Percentile } else { Why::Rank }));
        }
        // With many ties in the first place, a percentile rank can be low where nobody is better.
        let mark = cuts.mark(percentile).filter(|mark| *mark == Mark::Strength || rank > 1.0);
        mark.map(|mark| (mark, Why::Percentile))
    }
}
