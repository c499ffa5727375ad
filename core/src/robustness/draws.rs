//! Draws of weights, and of errors of the data: between which ranks each region is, and how often.

use std::ops::Range;

use crate::analysis::finding::{FIRST, Further, Kind, WHOLE, columns};
use crate::analysis::{Cell, Column, Form, Found, Reason, Subject, Word, analysis};
use crate::evaluation::Evaluation;
use crate::method::{choice, settings};
use crate::model::NodeId;
use crate::number;

use super::sampling::because;
use super::tally::{Counts, Sums};
use super::weights::{AT, TierNames, open, parameters};
use super::{Draws, Group, Linear, Polytope, Propagation, Shape, Tally, Until};

/// With more regions than this, pairs are not counted and there is no column for each rank.
const MOST: usize = 300;

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
        /// How many draws, where scores are linear in the weights and the data are not drawn.
        draws: usize [100, 100_000_000] = 100_000,
        /// How many times everything is evaluated again, where scores are not linear in the weights or the data are drawn.
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
    forms: &[SUMMARY, UNTIL, RANKS, BEST, ACCEPTABILITY, TIERS, GAPS, CENTRAL],
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
    let slice = subject.now()?;
    let at = subject.nodes(&settings.at, Vec::new)?;
    let linear = open(subject, slice, &at);
    let is_drawn = settings.weights != Weights::Stated;
    let groups = match &linear {
        Ok(linear) if is_drawn => linear.groups.clone(),
        _ => groups(subject, slice, &at, is_drawn)?,
    };
    let (mut shapes, mut bounds) = (Vec::new(), Vec::new());
    for group in &groups {
        let (shape, within) = settings.shape(group)?;
        shapes.push(shape);
        bounds.push(within);
    }
    let ranked = match &linear {
        Ok(linear) => Ranked::of(linear),
        Err(_) => Ranked::new(subject, slice)?,
    };
    let n = ranked.rows.len();
    let replays = settings.errors || linear.is_err() || !is_drawn;
    let tiers = match replays {
        // The evaluations have tiers of their own, whatever cuts them.
        true => Vec::new(),
        false => subject.evaluation.fixed_bounds(ranked.rows[0]).unwrap_or_default(),
    };
    let draws = Draws {
        shapes,
        bounds,
        count: if replays { settings.evaluations } else { settings.draws } as u64,
        until: settings.until(),
        seed: settings.seed,
        pairs: n <= MOST,
        central: is_drawn && n * groups.iter().map(|g| g.nodes.len()).sum::<usize>() <= 50_000,
        tiers,
    };
    let tally = match &linear {
        Ok(linear) if !replays => draws.of(linear),
        _ => {
            let errors = &subject.inputs.errors;
            let propagation = match settings.errors {
                true => Some(Propagation::new(subject.evaluation, errors).map_err(because)?),
                false => None,
            };
            replayed(&draws, &groups, propagation.as_ref(), subject, slice, &ranked)
        }
    };
    if tally.draws == 0 {
        return Err(Reason::FailedDraws {
            failed: tally.failed as usize,
            of: draws.count as usize,
        });
    }
    let confident = |i: usize, weights: &[f64]| match &linear {
        Ok(linear) if !settings.errors => {
            let scores = linear.scores_under(weights);
            f64::from(u8::from(scores.iter().all(|x| *x <= scores[i])))
        }
        _ => f64::NAN,
    };
    let cuts = if replays { cuts(subject, &ranked) } else { draws.tiers.len() };
    let shown = Shown { subject, settings, groups: &groups, ranked: &ranked, tally: &tally, cuts };
    Ok(shown.tables(&draws, if replays { Word::Evaluated } else { Word::Draws }, &confident))
}

/// The least and the greatest weight of each node of a group.
type Ends = Vec<(f64, f64)>;

impl Settings {
    fn until(&self) -> Option<Until> {
        self.until.map(|places| Until { places, level: self.level })
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
    subject: &Subject<'_>,
    slice: usize,
    at: &[NodeId],
    is_drawn: bool,
) -> Result<Vec<Group>, Reason> {
    let evaluation = subject.evaluation;
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

/// By how many cuts the regions are parted into tiers, with those in which none of them is.
fn cuts(subject: &Subject<'_>, ranked: &Ranked) -> usize {
    let row = ranked.rows[0];
    let count = subject.evaluation.tier_count(row);
    count.unwrap_or(subject.evaluation.tier_labels(row).len()).saturating_sub(1)
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

/// Evaluates everything again under drawn weights and data.
fn replayed(
    draws: &Draws,
    groups: &[Group],
    propagation: Option<&Propagation<'_>>,
    subject: &Subject<'_>,
    slice: usize,
    ranked: &Ranked,
) -> Tally {
    let n = ranked.rows.len();
    let terms = groups.last().map_or(0, |group| group.range.end);
    let central = if draws.central { terms } else { 0 };
    let start = subject.study().panel.slices()[slice].rows.start;
    let root = subject.root();
    let cuts = cuts(subject, ranked);
    let again = |draw: u64| -> Option<Replay> {
        let weights = draws.weights(groups, draw)?;
        let mut evaluation = match propagation {
            Some(propagation) => propagation.drawn(draw, draws.seed)?,
            None => subject.evaluation.clone(),
        };
        if !groups.is_empty() {
            let proportions = proportions(&evaluation, groups, &weights);
            evaluation.reweigh(proportions).ok()?;
            if cuts > 0 {
                evaluation.tier().ok()?;
            }
        }
        let all = evaluation.ranks_in(root, slice);
        let ranks: Vec<f64> = ranked.rows.iter().map(|row| all[row - start]).collect();
        let exact = evaluation.exact().values();
        let scores: Vec<f64> = ranked.rows.iter().map(|row| ranked.sign * exact[*row]).collect();
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
    draws.rounds(&ranked.scores).run(&counts, &piece)
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

    fn central(&self, confident: &dyn Fn(usize, &[f64]) -> f64) -> Found {
        let Shown { tally, ranked, groups, .. } = self;
        let terms = groups.last().map_or(0, |group| group.range.end);
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
