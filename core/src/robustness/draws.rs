//! Draws of weights, and of errors of the data: between which ranks each region is, and how often.

use std::ops::Range;
use std::sync::Arc;

use crate::analysis::finding::{FIRST, Further, Kind, WHOLE, columns};
use crate::analysis::{Cell, Column, Form, Found, Reason, Subject, Watch, Word, analysis};
use crate::evaluation::Evaluation;
use crate::method::{self, choice, settings};
use crate::model::NodeId;
use crate::number;

use super::engine::terms;
use super::filled::{Filled, NoMisses};
use super::partial::{Counts, Sums};
use super::sampling::because;
use super::weights::{AT, TierNames, open, parameters};
use super::{Draws, Group, Linear, Partial, Polytope, Propagation, Shape, Shard, Tally, Until};

/// With more regions than this, pairs are not counted and there is no column for each rank.
const MOST: usize = 300;

/// So many evaluations are a piece at most, where memory allows.
const PIECE: u64 = 256;

choice! {
    /// What is drawn of the weights.
    pub enum Weights {
        /// All weights evenly, within the stated bounds and order.
        Any = "any",
        /// Each within the range around the stated one.
        Relative = "relative",
        /// Nothing: the weights are as stated.
        Stated = "stated",
    }
}

settings! {
    /// Settings of draws.
    pub(super) struct Settings {
        /// The nodes whose children's weights are drawn, by code, all of them at once. Unless stated, the weights of all indicators are drawn.
        at: Vec<String> = Vec::new(),
        /// What is drawn: all weights evenly within `least`, `most` and `order` (`any`), each weight within `range` around the stated one (`relative`), or nothing, where only the data are drawn (`stated`).
        weights: Weights = Weights::Any,
        /// The whole-number parameters of a Dirichlet distribution, one for each weight. Unless stated, all weights are equally probable.
        dirichlet: Vec<f64> = Vec::new(),
        /// How far each weight may be from the stated one, as a part of it.
        range: f64 [0, 1] = 0.25,
        /// The least that weights can be: one number for each weight, or one for all.
        least: Vec<f64> = Vec::new(),
        /// The greatest that weights can be: one number for each weight, or one for all.
        most: Vec<f64> = Vec::new(),
        /// The weights from the greatest to the least, by code of what they are of.
        order: Vec<String> = Vec::new(),
        /// Whether the data are drawn too, by the errors that `[sampling.CODE]` states.
        errors: bool = false,
        /// Whether values that imputation filled are drawn too (multiple imputation): each is what the method gave, and how far the same method misses one of the values that are there.
        imputation: bool = false,
        /// Other methodologies, by code: each draw takes one of them or the methodology itself, all equally probable. They have the same indicators and regions.
        methodologies: Vec<String> = Vec::new(),
        /// How many draws, where scores are linear in the weights and only weights are drawn.
        draws: usize [100, 100_000_000] = 100_000,
        /// How many times everything is evaluated again, where scores are not linear in the weights or something else is drawn too.
        evaluations: usize [100, 1_000_000] = 1_000,
        /// By how many places to either side each end of each interval of ranks may be uncertain. Draws are made until that is so, and `draws` or `evaluations` is how many at most. Unless stated, so many are made.
        until: Option<f64> [0, 1000] = None,
        /// The seed: each draw is a function of the seed and of its number.
        seed: u64 = 1,
        /// The probability of an interval of ranks; a tier with a smaller probability is not a region's tier.
        level: f64 [0.5, 0.9999] = 0.95,
        /// For how many of the best regions it is counted how often each region is among them.
        best: Vec<f64> = vec![1.0, 3.0, 5.0, 10.0],
    }
}

analysis!(Settings, compute, {
    name: "draws",
    label: "Drawn weights and data",
    summary: "Between which ranks each region is, how often it has each rank and each tier and is among the best, and how many places apart two regions must be for their order to mean something, if weights and data are drawn many times.",
    formula: "for each draw the weights w = e/Σe with e exponential (uniform on the simplex), or others by the settings, S = Σ w·x, rank = 1 + number of greater scores; acceptability of rank r = share of the draws with it; winning of a over b = share with S_a > S_b, ties half; central weights = mean of w over the draws in which the region is first; confidence factor = whether it is first under them; the interval of a quantile p over N draws has the ends of the draws with the numbers N·p ± 1.96·√(N·p·(1 − p)) in sorted order",
    reference: "Lahdelma & Salminen (2001), SMAA-2, Operations Research 49(3), 444-454; Tervonen & Lahdelma (2007), European Journal of Operational Research 178(2), 500-513; Saisana, Saltelli & Tarantola (2005), Journal of the Royal Statistical Society A 168(2), 307-323",
    needs: crate::analysis::Need::Nothing,
    forms: &[SUMMARY, UNTIL, RANKS, BEST, ACCEPTABILITY, TIERS, GAPS, PAIRS, CENTRAL],
});

const SUMMARY: Form = Form {
    name: "summary",
    label: "What was drawn",
    columns: &[
        AT,
        columns::N,
        Column::number("weights", "Weights"),
        Column::text("figures", "Figures"),
        Column::number("draws", "Draws"),
        Column::number("draws_failed", "Draws without figures"),
        Column::number("places_that_count", "Places that mean something"),
    ],
    shown: WHOLE,
};

const UNTIL: Form = Form {
    name: "until",
    label: "Whether the draws are enough",
    columns: &[
        Column::decimals("places_asked", "Places to either side, asked", 1),
        Column::decimals("places_widest", "Places to either side, widest", 1),
        Column::number("draws", "Draws"),
        Column::number("draws_most", "Draws at most"),
        Column::text("enough", "Enough"),
    ],
    shown: WHOLE,
};

const RANKS: Form = Form {
    name: "ranks",
    label: "Ranks and scores",
    columns: &[
        columns::REGION,
        columns::RANK,
        columns::SCORE,
        columns::MEAN,
        columns::SD,
        Column::decimals("rank_mean", "Mean rank", 2),
        Column::number("rank_median", "Median rank"),
        Column::number("rank_lower", "Best rank"),
        Column::number("rank_upper", "Worst rank"),
        Column::number("rank_lower_from", "Best rank, from").detail(),
        Column::number("rank_lower_to", "Best rank, to").detail(),
        Column::number("rank_upper_from", "Worst rank, from").detail(),
        Column::number("rank_upper_to", "Worst rank, to").detail(),
        Column::decimals("next_probability", "Ahead of the next", 3),
        Column::number("draws", "Draws").detail(),
        Column::number("draws_failed", "Draws without figures").detail(),
    ],
    shown: WHOLE,
};

const BEST: Form = Form {
    name: "best",
    label: "Shares among the best",
    columns: &[columns::REGION, columns::RANK],
    shown: WHOLE,
};

const ACCEPTABILITY: Form = Form {
    name: "acceptability",
    label: "Shares of ranks",
    columns: &[
        columns::REGION,
        columns::RANK,
        Column::number("rank_drawn", "Rank in draws"),
        columns::SHARE,
    ],
    shown: FIRST,
};

const TIERS: Form = Form {
    name: "tiers",
    label: "Shares of tiers",
    columns: &[
        AT.detail(),
        columns::REGION,
        columns::TIER,
        Column::text("tier_sure", "Tier at the level"),
    ],
    shown: WHOLE,
};

const GAPS: Form = Form {
    name: "gaps",
    label: "How many places mean something",
    columns: &[
        Column::number("places_apart", "Places apart"),
        Column::number("pairs", "Pairs"),
        Column::decimals("order_mean", "In this order, mean", 3),
        Column::decimals("order_least", "In this order, least", 3),
    ],
    shown: FIRST,
};

const PAIRS: Form = Form {
    name: "pairs",
    label: "Pairs of regions",
    columns: &[
        columns::REGION,
        Column::text("other_region", "Other region"),
        Column::decimals("probability", "Probability", 4),
    ],
    shown: FIRST,
};

const CENTRAL: Form = Form {
    name: "central",
    label: "Weights of those that are first",
    columns: &[
        columns::REGION,
        columns::RANK,
        Column::decimals("first_share", "Share of first ranks", 3),
        Column::decimals("confidence", "Confidence factor", 0),
        Column::text("weight_of", "Weight of"),
        Column::decimals("weight_stated", "Stated weight", 4),
        Column::decimals("weight_new", "Weight", 4),
    ],
    shown: FIRST,
};

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let drawing = Drawing::with(*subject, settings.clone())?;
    let mut done = drawing.none();
    drawing.run(Shard::WHOLE, &mut done, subject.watch);
    drawing.tables(&done)
}

/// Draws of one league that can be made in parts.
#[derive(Debug)]
pub struct Drawing<'a> {
    subject: Subject<'a>,
    slice: usize,
    settings: Settings,
    draws: Draws,
    groups: Vec<Group>,
    ranked: Ranked,
    way: Way,
    /// By how many cuts regions are parted into tiers.
    cuts: usize,
}

/// How a draw becomes scores.
#[derive(Debug)]
enum Way {
    /// They are sums of weights times scores.
    Linear(Linear),
    /// Everything is evaluated again.
    Evaluated {
        /// With one of these.
        bases: Vec<Base>,
        /// What the scores are sums of, where only weights are drawn.
        linear: Option<Linear>,
    },
}

/// A methodology that draws are made with.
#[derive(Debug)]
struct Base {
    evaluation: Evaluation,
    groups: Vec<Group>,
    /// Of its weights.
    draws: Draws,
    errors: Option<Propagation>,
    filled: Option<Filled>,
}

impl<'a> Drawing<'a> {
    /// What the settings say of a league; they passed the check of the kind `draws`.
    ///
    /// # Errors
    /// Why nothing can be drawn.
    pub fn new(subject: Subject<'a>, settings: &method::Settings) -> Result<Drawing<'a>, Reason> {
        Self::with(subject, Settings::read(settings).expect("settings are checked before"))
    }

    fn with(subject: Subject<'a>, settings: Settings) -> Result<Drawing<'a>, Reason> {
        let slice = subject.now()?;
        let at = subject.nodes(&settings.at, Vec::new)?;
        let linear = open(&subject, slice, &at);
        let is_drawn = settings.weights != Weights::Stated;
        let groups = match &linear {
            Ok(linear) if is_drawn => linear.groups.clone(),
            _ => groups(subject.evaluation, slice, &at, is_drawn)?,
        };
        let (shapes, bounds) = settings.shapes(&groups)?;
        let ranked = match &linear {
            Ok(linear) => Ranked::of(linear),
            Err(_) => Ranked::new(&subject, slice)?,
        };
        let only_weights =
            !settings.errors && !settings.imputation && settings.methodologies.is_empty();
        let way = match linear {
            Ok(linear) if only_weights && is_drawn => Way::Linear(linear),
            linear => {
                let own = subject.evaluation.clone();
                let mut bases = vec![settings.base(&subject, own, groups.clone())?];
                for code in &settings.methodologies {
                    let other = other(&subject, slice, code, ranked.rows[0])?;
                    let of_other = self::groups(&other, slice, &at, is_drawn)?;
                    let alike = |(one, other): (&Group, &Group)| one.nodes == other.nodes;
                    if !groups.iter().zip(&of_other).all(alike) {
                        return Err(Reason::OtherMethodology(code.clone()));
                    }
                    bases.push(settings.base(&subject, other, of_other)?);
                }
                Way::Evaluated { bases, linear: linear.ok().filter(|_| only_weights) }
            }
        };
        let replays = matches!(way, Way::Evaluated { .. });
        let tiers = match replays {
            // The evaluations have tiers of their own, whatever cuts them.
            true => Vec::new(),
            false => subject.evaluation.fixed_bounds(ranked.rows[0]).unwrap_or_default(),
        };
        let n = ranked.rows.len();
        let cuts = if replays { cuts(subject.evaluation, ranked.rows[0]) } else { tiers.len() };
        let draws = Draws {
            shapes,
            bounds,
            count: if replays { settings.evaluations } else { settings.draws } as u64,
            until: settings.until(),
            seed: settings.seed,
            pairs: n <= MOST,
            central: is_drawn && n * terms(&groups) <= 50_000,
            tiers,
        };
        Ok(Drawing { subject, slice, settings, draws, groups, ranked, way, cuts })
    }

    /// How many draws there will be, or at most where they end when ranks are known well enough.
    pub fn count(&self) -> u64 {
        self.draws.count
    }

    /// Whether how many draws there are depends on what the first of them come to.
    pub fn has_rounds(&self) -> bool {
        self.draws.until.is_some()
    }

    /// No draws yet.
    pub fn none(&self) -> Partial {
        let n = self.ranked.rows.len();
        let central = if self.draws.central { terms(&self.groups) } else { 0 };
        Partial::new(n, central, Counts::new(n, self.draws.pairs, self.cuts))
    }

    /// Makes the draws of a shard that are not done yet, until all are or somebody stops them; the answer is whether all are.
    pub fn run(&self, shard: Shard, done: &mut Partial, watch: &dyn Watch) -> bool {
        match &self.way {
            Way::Linear(linear) => self.draws.run(linear, shard, done, watch),
            Way::Evaluated { bases, .. } => self.replay(bases, shard, done, watch),
        }
    }

    /// The tables of draws that are all done.
    ///
    /// # Errors
    /// No draw has figures, or some are not done.
    pub fn tables(&self, done: &Partial) -> Result<Vec<Found>, Reason> {
        let of = self.draws.count as usize;
        let left = of - done.len() as usize;
        let tally = self.draws.ended(done, &self.ranked.scores);
        let tally = tally.ok_or(Reason::DrawsLeft { left, of })?;
        if tally.draws == 0 {
            return Err(Reason::FailedDraws { failed: tally.failed as usize, of });
        }
        let (linear, figures) = match &self.way {
            Way::Linear(linear) => (Some(linear), Word::Draws),
            Way::Evaluated { linear, .. } => (linear.as_ref(), Word::Evaluated),
        };
        let confident = |i: usize, weights: &[f64]| match linear {
            Some(linear) => {
                let scores = linear.scores_under(weights);
                f64::from(u8::from(scores.iter().all(|x| *x <= scores[i])))
            }
            None => f64::NAN,
        };
        let Drawing { subject, settings, groups, ranked, cuts, .. } = self;
        let shown = Shown { subject, settings, groups, ranked, tally: &tally, cuts: *cuts };
        Ok(shown.tables(&self.draws, figures, &confident))
    }
}

/// The least and the greatest weight of each node of a group.
type Ends = Vec<(f64, f64)>;

impl Settings {
    fn until(&self) -> Option<Until> {
        self.until.map(|places| Until { places, level: self.level })
    }

    /// How the weights of all groups are drawn, and within which bounds.
    fn shapes(&self, groups: &[Group]) -> Result<(Vec<Shape>, Vec<Option<Ends>>), Reason> {
        let all: Result<Vec<_>, Reason> = groups.iter().map(|group| self.shape(group)).collect();
        Ok(all?.into_iter().unzip())
    }

    /// A methodology that draws are made with, and what is drawn of its data.
    fn base(
        &self,
        subject: &Subject<'_>,
        evaluation: Evaluation,
        groups: Vec<Group>,
    ) -> Result<Base, Reason> {
        let (shapes, bounds) = self.shapes(&groups)?;
        let errors = || Propagation::new(&evaluation, &subject.inputs.errors).map_err(because);
        let errors = self.errors.then(errors).transpose()?;
        let filled = self.imputation.then(|| Filled::new(&evaluation)).transpose();
        let filled = filled.map_err(|why| match why {
            NoMisses::Nothing => Reason::NothingFilled,
            NoMisses::Of(code) => Reason::NotFilledAgain(code),
        })?;
        let draws = Draws { shapes, bounds, seed: self.seed, ..Draws::default() };
        Ok(Base { evaluation, groups, draws, errors, filled })
    }

    /// How the weights of a group are drawn, and within which bounds.
    fn shape(&self, group: &Group) -> Result<(Shape, Option<Ends>), Reason> {
        let stated = || group.stated.clone();
        match self.weights {
            Weights::Stated => Ok((Shape::Stated(stated()), None)),
            Weights::Relative => Ok((Shape::Relative(stated(), self.range), None)),
            Weights::Any => {
                let even = Polytope::stated(&self.least, &self.most, &self.order, group)?.evenly();
                match (even, self.dirichlet.is_empty()) {
                    ((Shape::Dirichlet(_), bounds), false) => {
                        let all = parameters(&self.dirichlet, group.nodes.len())?;
                        Ok((Shape::Dirichlet(all), bounds))
                    }
                    (even, _) => Ok(even),
                }
            }
        }
    }
}

/// The groups of weights at some nodes, or that of all leaves.
fn groups(
    evaluation: &Evaluation,
    slice: usize,
    at: &[NodeId],
    is_drawn: bool,
) -> Result<Vec<Group>, Reason> {
    let system = &evaluation.methodology().system;
    let weights = evaluation.weights(slice);
    let effective = evaluation.effective_weights(slice);
    if !is_drawn {
        return Ok(Vec::new());
    }
    let mut count = 0;
    let mut group = |at: Option<NodeId>, nodes: &[NodeId], weights: &[f64]| {
        let has_weight = |node: &&NodeId| weights[node.index()] > 0.0;
        let nodes: Vec<NodeId> = nodes.iter().filter(has_weight).copied().collect();
        let sum = number::sum(&nodes.iter().map(|node| weights[node.index()]).collect::<Vec<_>>());
        let range = count..count + nodes.len();
        count += nodes.len();
        Group {
            at,
            codes: nodes.iter().map(|node| system.node(*node).code.clone()).collect(),
            stated: nodes.iter().map(|node| weights[node.index()] / sum).collect(),
            nodes,
            range,
        }
    };
    if at.is_empty() {
        return Ok(vec![group(None, system.leaves(), &effective)]);
    }
    let mut all = Vec::new();
    // In the order of the tree from the index down, as scores are put together.
    for &node in system.inner().iter().rev().filter(|node| at.contains(node)) {
        all.push(group(Some(node), &system.node(node).children, weights));
    }
    match at.iter().find(|node| system.node(**node).children.is_empty()) {
        Some(leaf) => Err(Reason::NoChildren(system.node(*leaf).code.clone())),
        None => Ok(all),
    }
}

/// The ranked regions of a slice, by rank.
#[derive(Debug)]
struct Ranked {
    rows: Vec<usize>,
    ranks: Vec<f64>,
    /// Turned so that more is better.
    scores: Vec<f64>,
    sign: f64,
}

impl Ranked {
    fn of(linear: &Linear) -> Ranked {
        let scores = linear.scores_under(&linear.stated());
        Ranked { rows: linear.rows.clone(), ranks: linear.ranks.clone(), scores, sign: linear.sign }
    }

    fn new(subject: &Subject<'_>, slice: usize) -> Result<Ranked, Reason> {
        let evaluation = subject.evaluation;
        let root = subject.root();
        let sign = evaluation.better(root).sign();
        let start = subject.study().panel.slices()[slice].rows.start;
        let ranks = evaluation.ranks_in(root, slice);
        let mut places: Vec<usize> = (0..ranks.len()).filter(|i| !ranks[*i].is_nan()).collect();
        number::sort_by_key(&mut places, &|i| ranks[i]);
        if places.len() < 2 {
            return Err(Reason::TooFew { n: places.len(), least: 2 });
        }
        let exact = evaluation.exact().values();
        Ok(Ranked {
            scores: places.iter().map(|i| sign * exact[start + i]).collect(),
            ranks: places.iter().map(|i| ranks[*i]).collect(),
            rows: places.into_iter().map(|i| start + i).collect(),
            sign,
        })
    }
}

/// The methodology of this code, evaluated, where it has the same indicators, regions and tiers.
fn other(
    subject: &Subject<'_>,
    slice: usize,
    code: &str,
    row: usize,
) -> Result<Evaluation, Reason> {
    let own = subject.evaluation;
    let methodology = subject.inputs.methodologies.iter().find(|of| of.code == code);
    let methodology = methodology.ok_or_else(|| Reason::NoMethodology(code.to_owned()))?;
    let unlike = || Reason::OtherMethodology(code.to_owned());
    let study = Arc::new(own.given_study().clone());
    let other = Evaluation::new(study, Arc::clone(methodology)).map_err(|_| unlike())?;
    let codes = |evaluation: &Evaluation| -> Vec<String> {
        let nodes = evaluation.methodology().system.nodes().iter();
        nodes.map(|node| node.code.clone()).collect()
    };
    let rows = |evaluation: &Evaluation| {
        let panel = &evaluation.study().panel;
        let slice = panel.slices().get(slice)?;
        Some((slice.rows.clone(), panel.regions()[slice.rows.clone()].to_vec()))
    };
    let is_alike = codes(own) == codes(&other)
        && rows(own) == rows(&other)
        && cuts(own, row) == cuts(&other, row);
    if is_alike { Ok(other) } else { Err(unlike()) }
}

/// By how many cuts the regions are parted into tiers, with those in which none of them is.
fn cuts(evaluation: &Evaluation, row: usize) -> usize {
    let count = evaluation.tier_count(row);
    count.unwrap_or(evaluation.tier_labels(row).len()).saturating_sub(1)
}

/// What one draw comes to when everything is evaluated again; a number for each region where none is stated.
struct Replay {
    /// Of all groups.
    weights: Vec<f64>,
    scores: Vec<f64>,
    ranks: Vec<f64>,
    /// 0 is the best tier; empty where there are no tiers.
    tiers: Vec<usize>,
}

impl Drawing<'_> {
    /// Evaluates everything again under drawn weights and data.
    fn replay(&self, bases: &[Base], shard: Shard, done: &mut Partial, watch: &dyn Watch) -> bool {
        let Drawing { subject, slice, draws, groups, ranked, cuts, .. } = self;
        let (n, cuts) = (ranked.rows.len(), *cuts);
        let central = if draws.central { terms(groups) } else { 0 };
        let start = subject.study().panel.slices()[*slice].rows.start;
        let root = subject.root();
        let again = |draw: u64| -> Option<Replay> {
            let seed = draws.seed;
            let at = number::uniform(seed, draw, u64::MAX) * bases.len() as f64;
            let base = &bases[(at as usize).min(bases.len() - 1)];
            let weights = base.draws.weights(&base.groups, draw)?;
            let mut evaluation = match &base.errors {
                Some(errors) => errors.drawn(draw, seed)?,
                None => base.evaluation.clone(),
            };
            if let Some(filled) = &base.filled {
                evaluation = filled.drawn(evaluation, draw, seed)?;
            }
            if !base.groups.is_empty() {
                let proportions = proportions(&evaluation, &base.groups, &weights);
                evaluation.reweigh(proportions).ok()?;
                if cuts > 0 {
                    evaluation.tier().ok()?;
                }
            }
            let sign = evaluation.better(root).sign();
            let all = evaluation.ranks_in(root, *slice);
            let ranks: Vec<f64> = ranked.rows.iter().map(|row| all[row - start]).collect();
            let exact = evaluation.exact().values();
            let scores: Vec<f64> = ranked.rows.iter().map(|row| sign * exact[*row]).collect();
            // A region that is not ranked any more would leave the others with better ranks.
            let is_whole = ranks.iter().chain(&scores).all(|x| x.is_finite());
            let same = all.iter().filter(|rank| !rank.is_nan()).count() == n;
            let rows = ranked.rows.iter().filter(|_| cuts > 0);
            let tiers: Option<Vec<usize>> =
                rows.map(|row| evaluation.tiers()[*row].map(usize::from)).collect();
            let tiers = tiers.filter(|tiers| tiers.iter().all(|tier| *tier <= cuts))?;
            (is_whole && same).then_some(Replay { weights, scores, ranks, tiers })
        };
        let piece = |of: Range<u64>, counts: &mut Counts| {
            let mut sums = Sums::new(n, central);
            for draw in of {
                let Some(Replay { weights, scores, ranks, tiers }) = again(draw) else {
                    counts.failed += 1;
                    continue;
                };
                counts.draws += 1;
                for i in 0..n {
                    let x = scores[i] - ranked.scores[i];
                    sums.first[i] += x;
                    sums.second[i] += x * x;
                    // Ranks that are shared count as the best of them.
                    let better = ranks.iter().filter(|rank| **rank < ranks[i]).count();
                    counts.ranks[i * n + better] += 1;
                    if draws.pairs {
                        for b in (0..n).filter(|b| ranks[i] < ranks[*b]) {
                            counts.wins[i * n + b] += 1;
                        }
                    }
                    for t in 0..cuts {
                        counts.reached[i * cuts + t] += u32::from(tiers[i] <= t);
                    }
                    if better == 0 {
                        let own = &mut sums.central[i * central..(i + 1) * central];
                        own.iter_mut().zip(&weights).for_each(|(sum, w)| *sum += w);
                    }
                }
            }
            sums
        };
        let counts = || Counts::new(n, draws.pairs, cuts);
        draws.rounds(&ranked.scores, PIECE).run(shard, done, watch, &counts, &piece)
    }
}

/// The weights of all nodes in each slice, with those of the groups in place of what they were.
fn proportions(evaluation: &Evaluation, groups: &[Group], weights: &[f64]) -> Vec<Vec<f64>> {
    let system = &evaluation.methodology().system;
    let slices = 0..evaluation.study().panel.slices().len();
    let of_slice = |slice: usize| {
        let mut all = evaluation.proportions(slice).to_vec();
        for group in groups {
            let drawn = &weights[group.range.clone()];
            match group.at {
                Some(_) => {
                    // Weights as printed keep their sum.
                    let sum = group.nodes.iter().fold(0.0, |sum, node| sum + all[node.index()]);
                    for (node, w) in group.nodes.iter().zip(drawn) {
                        all[node.index()] = w * sum;
                    }
                }
                None => {
                    for (node, w) in group.nodes.iter().zip(drawn) {
                        all[node.index()] = *w;
                    }
                    for &node in system.inner() {
                        let below = system.node(node).children.iter();
                        all[node.index()] = below.fold(0.0, |sum, c| sum + all[c.index()]);
                    }
                }
            }
        }
        all
    };
    slices.map(of_slice).collect()
}

struct Shown<'a> {
    subject: &'a Subject<'a>,
    settings: &'a Settings,
    groups: &'a [Group],
    ranked: &'a Ranked,
    tally: &'a Tally,
    /// By how many cuts regions are parted into tiers.
    cuts: usize,
}

impl Shown<'_> {
    fn region(&self, i: usize) -> Cell {
        Cell::Region(self.subject.study().panel.regions()[self.ranked.rows[i]])
    }

    fn at(&self) -> Cell {
        match self.groups {
            [] => Cell::Empty,
            [Group { at: None, .. }, ..] => Cell::Word(Word::AllLeaves),
            all => Cell::Nodes(all.iter().filter_map(|group| group.at).collect()),
        }
    }

    fn tables(
        &self,
        draws: &Draws,
        figures: Word,
        confident: &dyn Fn(usize, &[f64]) -> f64,
    ) -> Vec<Found> {
        let Shown { ranked, tally, .. } = self;
        let n = ranked.rows.len();
        let mut tables = vec![self.ranks(), self.best()];
        if n <= MOST {
            tables.push(self.acceptability());
        }
        tables.extend(self.tiers());
        let (gaps, places) = self.gaps();
        tables.extend(gaps);
        tables.extend(self.pairs());
        if draws.central {
            tables.push(self.central(confident));
        }
        let mut summary = Found::new(&SUMMARY);
        summary.push([
            self.at(),
            n.into(),
            self.groups.iter().map(|group| group.nodes.len()).sum::<usize>().into(),
            Cell::Word(figures),
            (tally.draws as usize).into(),
            (tally.failed as usize).into(),
            places.map_or(Cell::Empty, Cell::from),
        ]);
        tables.insert(0, summary);
        if let Some(until) = &draws.until {
            tables.insert(1, self.until(until, draws.count));
        }
        tables
    }

    fn until(&self, until: &Until, most: u64) -> Found {
        let mut table = Found::new(&UNTIL);
        let is_enough = until.is_reached(self.tally);
        table.push([
            until.places.into(),
            until.widest(self.tally).map_or(Cell::Empty, Cell::from),
            (self.tally.draws as usize).into(),
            (most as usize).into(),
            Cell::Word(if is_enough { Word::Enough } else { Word::NotEnough }),
        ]);
        table
    }

    fn ranks(&self) -> Found {
        let Shown { ranked, tally, settings, .. } = self;
        let mut table = Found::new(&RANKS);
        for i in 0..ranked.rows.len() {
            let tail = 0.5 * (1.0 - settings.level);
            let (lower, low) = tally.quantile(i, tail);
            let (upper, high) = tally.quantile(i, 1.0 - tail);
            let next = (i + 1 < ranked.rows.len()).then(|| tally.winning(i, i + 1)).flatten();
            table.push([
                self.region(i),
                Cell::Rank(ranked.ranks[i]),
                (ranked.sign * ranked.scores[i]).into(),
                (ranked.sign * tally.means[i]).into(),
                tally.deviations[i].into(),
                tally.mean_rank(i).into(),
                tally.quantile(i, 0.5).0.into(),
                lower.into(),
                upper.into(),
                low.start.into(),
                low.end.into(),
                high.start.into(),
                high.end.into(),
                next.map_or(Cell::Empty, Cell::from),
                (tally.draws as usize).into(),
                (tally.failed as usize).into(),
            ]);
        }
        table
    }

    fn best(&self) -> Found {
        let n = self.ranked.rows.len();
        let mut table = Found::new(&BEST);
        let stated = self.settings.best.iter().map(|k| *k as usize);
        let all: Vec<usize> = stated.filter(|k| (1..n).contains(k)).collect();
        let column = |k: &usize| Further { of: Cell::Count(*k), kind: Kind::Decimals(3) };
        table.more = all.iter().map(column).collect();
        for i in 0..n {
            let shares = all.iter().map(|k| Cell::from(self.tally.among(i, *k)));
            table
                .push([self.region(i), Cell::Rank(self.ranked.ranks[i])].into_iter().chain(shares));
        }
        table
    }

    /// A row for each rank that a region has in some draw.
    fn acceptability(&self) -> Found {
        let mut table = Found::new(&ACCEPTABILITY);
        for i in 0..self.ranked.rows.len() {
            let counts = self.tally.ranks_of(i).iter().zip(1_usize..);
            for (count, rank) in counts.filter(|(count, _)| **count > 0) {
                let share = 100.0 * f64::from(*count) / self.tally.draws as f64;
                table.push([
                    self.region(i),
                    Cell::Rank(self.ranked.ranks[i]),
                    rank.into(),
                    Cell::Percent(share, 2),
                ]);
            }
        }
        table
    }

    fn tiers(&self) -> Option<Found> {
        let cuts = self.cuts;
        if cuts == 0 {
            return None;
        }
        let evaluation = self.subject.evaluation;
        let labels = evaluation.tier_labels(self.ranked.rows[0]);
        let names = TierNames::new(cuts + 1, labels);
        let mut table = Found::new(&TIERS);
        names.head(&mut table);
        for (i, &row) in self.ranked.rows.iter().enumerate() {
            let all = self.tally.draws as f64;
            let reached = |t: usize| f64::from(self.tally.reached[i * cuts + t]) / all;
            let reached: Vec<f64> = (0..cuts).map(reached).collect();
            let head = [self.at(), self.region(i)];
            names.row(head, evaluation.tiers()[row], &reached, self.settings.level, &mut table);
        }
        Some(table)
    }

    /// How probable the present order of two regions is, by how many places they are apart; and the least number of places
    /// from which on it has the probability 0.95 on average.
    fn gaps(&self) -> (Option<Found>, Option<usize>) {
        const ENOUGH: f64 = 0.95;
        let n = self.ranked.rows.len();
        let mut table = Found::new(&GAPS);
        let mut means = Vec::new();
        for gap in 1..n {
            let all: Vec<f64> =
                (0..n - gap).filter_map(|i| self.tally.winning(i, i + gap)).collect();
            let Some(mean) = number::mean(&all) else { return (None, None) };
            let least = all.iter().copied().fold(f64::INFINITY, number::min);
            table.push([gap.into(), all.len().into(), mean.into(), least.into()]);
            means.push(mean);
        }
        let short = means.iter().rposition(|mean| *mean < ENOUGH).map_or(0, |at| at + 1);
        (Some(table), (short < means.len()).then_some(short + 1))
    }

    /// How often each region is ahead of those below it, ties counting half.
    fn pairs(&self) -> Option<Found> {
        let n = self.ranked.rows.len();
        let mut table = Found::new(&PAIRS);
        for a in 0..n {
            for b in a + 1..n {
                table.push([self.region(a), self.region(b), self.tally.winning(a, b)?.into()]);
            }
        }
        Some(table)
    }

    fn central(&self, confident: &dyn Fn(usize, &[f64]) -> f64) -> Found {
        let Shown { tally, ranked, groups, .. } = self;
        let terms = terms(groups);
        let mut table = Found::new(&CENTRAL);
        let members = || groups.iter().flat_map(|group| group.nodes.iter().zip(&group.stated));
        for i in 0..ranked.rows.len() {
            let first = f64::from(tally.ranks_of(i)[0]);
            if first == 0.0 {
                continue;
            }
            let sums = &tally.central[i * terms..(i + 1) * terms];
            let weights: Vec<f64> = sums.iter().map(|sum| sum / first).collect();
            let confidence = confident(i, &weights);
            for ((node, stated), weight) in members().zip(&weights) {
                table.push([
                    self.region(i),
                    Cell::Rank(ranked.ranks[i]),
                    (first / tally.draws as f64).into(),
                    confidence.into(),
                    Cell::Node(*node),
                    (*stated).into(),
                    (*weight).into(),
                ]);
            }
        }
        table
    }
}
