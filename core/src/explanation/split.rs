//! Within a share: the nodes, leaves or columns at which a player differs, each with its part of the share.
//!
//! Owen (1977), "Values of games with a priori unions": for every set of other players after which the player can come,
//! the game of its own parts, weighed by in how many orders the player comes there. The contribution of a player is
//! divided among its parts without remainder, so that the parts add up to the share.

use super::exact::{Fraction, units};
use super::figures::{Figure, figure};
use super::hybrid::{Coalition, causes_of_systems};
use super::oracle::Oracle;
use super::shapley::{ENUMERATED, Orders, random_orders, union};
use super::{Explanation, Impossible, Share, places};
use crate::evaluation::Evaluation;
use crate::methodology::{Divided, Part, Shown};
use crate::model::{Column, PeriodIx, RegionIx};

/// What did it within a share.
#[derive(Clone, Debug, PartialEq)]
pub enum Split {
    /// Not looked into.
    NotAsked,
    /// Not to be divided.
    None(NoSplit),
    /// Its parts, in the order of the tree.
    Parts {
        /// The parts.
        causes: Vec<Cause>,
        /// How many random orders of the parts the mean is taken over; none where it is over all of them.
        drawn: Option<usize>,
    },
}

/// Why a share is not divided.
#[derive(Clone, Debug, PartialEq)]
pub enum NoSplit {
    /// It is of several players that move together only.
    Joined,
    /// It is one thing.
    Single,
    /// Leagues have full marks of their own, which are stated for the nodes of one system.
    LeagueMarks,
    /// The parts cannot come one by one.
    Impossible(Impossible),
}

/// One part of a share.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// The codes of its nodes, or the name of its column; empty for what is not data of a column: which regions are
    /// there, and the other periods of methods that look at the whole panel.
    pub codes: Vec<String>,
    /// Its share.
    pub share: Share,
    /// Where the share is estimated, the standard errors in score and rank.
    pub errors: Option<(f64, f64)>,
    /// What was before and what is after.
    pub figure: Figure,
}

/// Hybrids that are evaluated for one share at most; beyond, orders are drawn.
const EVALUATIONS: usize = 1 << 13;

/// Cells that are gone through for one share, about, where orders are drawn.
const CELLS: usize = 1 << 28;

/// Parts with numerators of a common denominator.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    codes: Vec<Vec<String>>,
    figures: Vec<Figure>,
    score: Vec<i128>,
    rank: Vec<i128>,
    denominator: i128,
    errors: Option<Vec<(f64, f64)>>,
    drawn: Option<usize>,
    why: Option<NoSplit>,
}

impl Found {
    fn not(why: NoSplit) -> Found {
        Found { why: Some(why), ..Found::default() }
    }

    pub(super) fn scores(&self) -> Option<(Vec<i128>, i128)> {
        (!self.codes.is_empty()).then(|| (self.score.clone(), self.denominator))
    }

    /// `fine`: how much finer the unit is than half a place.
    pub(super) fn ranks(&self, fine: i128) -> Option<(Vec<i128>, i128)> {
        let numerators = || self.rank.iter().map(|x| x * fine).collect();
        (!self.codes.is_empty()).then(|| (numerators(), self.denominator))
    }

    /// With the parts as doubles.
    pub(super) fn finish(self, scores: &[f64], ranks: &[f64]) -> Split {
        if self.codes.is_empty() {
            return self.why.map_or(Split::NotAsked, Split::None);
        }
        let (rank, denominator) = (self.rank, self.denominator);
        let named = self.codes.into_iter().zip(self.figures).enumerate();
        let causes = named.map(|(k, (codes, figure))| Cause {
            codes,
            share: Share {
                score: scores[k],
                rank: ranks[k],
                places: Fraction::new(rank[k], 2 * denominator),
            },
            errors: self.errors.as_ref().map(|e| e[k]),
            figure,
        });
        Split::Parts { causes: causes.collect(), drawn: self.drawn }
    }
}

/// What is looked into.
pub(super) struct Within<'a> {
    pub(super) explanation: &'a Explanation,
    pub(super) region: RegionIx,
    pub(super) grid: i32,
    pub(super) blocks: &'a [usize],
    /// Is told how far the division of a share is.
    pub(super) step: &'a dyn Fn(usize, usize),
}

/// The value of a hybrid for the region: its score and its rank in whole units.
type Worth = (i128, i128);

impl Within<'_> {
    /// The parts of the share of a block of players.
    pub(super) fn split(
        &self,
        oracle: &mut Oracle<'_>,
        orders: &Orders,
        at: usize,
        block: usize,
    ) -> Found {
        if block.count_ones() > 1 {
            return Found::not(NoSplit::Joined);
        }
        let index = block.trailing_zeros() as usize;
        let player = self.explanation.pair.players[index];
        let contexts: Vec<(usize, u64)> =
            orders.contexts(at).map(|(set, n)| (union(self.blocks, set), n)).collect();
        let mut game = match self.game(oracle, player, index, &contexts) {
            Ok(game) => game,
            Err(why) => return Found::not(why),
        };
        let codes = game.parts.clone();
        if codes.is_empty() {
            return Found::not(NoSplit::Single);
        }
        let ends: Vec<(Worth, Worth)> =
            contexts.iter().map(|(set, _)| (self.worth(*set), self.worth(set | block))).collect();
        let weights: Vec<i128> = contexts.iter().map(|(_, n)| i128::from(*n)).collect();
        let total: i128 = weights.iter().sum();
        let count = codes.len();
        let mut found = if count <= ENUMERATED && contexts.len() << count <= EVALUATIONS {
            enumerated(&mut game, oracle, self, &ends, &weights)
        } else {
            let panel = &self.explanation.study.panel;
            let size = panel.rows().max(1) * game.leaves.max(1);
            let each = contexts.len() * count;
            let pairs = (EVALUATIONS / 2 / each).min(CELLS / size / each / 2).clamp(8, 500);
            drawn(&mut game, oracle, self, &ends, &weights, pairs)
        };
        if found.why.is_none() {
            found.denominator *= total;
            found.figures =
                codes.iter().map(|c| figure(self.explanation, self.region, player, c)).collect();
            found.codes = codes;
        }
        found
    }

    /// The worth of a set of players.
    fn worth(&self, set: usize) -> Worth {
        let (score, rank) = self.explanation.at(set, self.region).expect("a set on the way");
        (units(score, self.grid).expect("a value of the grid"), places(rank))
    }

    fn worth_in(&self, evaluation: &Evaluation, period: PeriodIx) -> Option<Worth> {
        let panel = &evaluation.study().panel;
        let slices = panel.slices().iter().filter(|slice| slice.period == period);
        let row = slices.filter_map(|slice| panel.row_of(slice, self.region)).next()?;
        let root = evaluation.methodology().system.root();
        let rank = evaluation.ranks()[row];
        let score = units(evaluation.scores(root).values()[row], self.grid)?;
        (!rank.is_nan()).then(|| (score, places(rank)))
    }

    /// What the parts of a player are, and how a hybrid with some of them is made.
    fn game(
        &self,
        oracle: &mut Oracle<'_>,
        player: Part,
        index: usize,
        contexts: &[(usize, u64)],
    ) -> Result<Game, NoSplit> {
        let explanation = self.explanation;
        let pair = &explanation.pair;
        let leaves = pair.a.system.leaves().len();
        let mut game = Game {
            index,
            parts: Vec::new(),
            leaves,
            sets: contexts.iter().map(|(set, _)| *set).collect(),
            weighed: Vec::new(),
            treated: Vec::new(),
        };
        let each = |codes: Vec<String>| -> Vec<Vec<String>> {
            codes.into_iter().map(|code| vec![code]).collect()
        };
        game.parts = match player.entry().divided.unwrap_or(Divided::No) {
            Divided::No => Vec::new(),
            Divided::Columns => {
                let data = explanation.data.as_ref().expect("data are a player");
                let columns = data.columns.iter().map(|name| vec![name.clone()]);
                std::iter::once(Vec::new()).chain(columns).collect()
            }
            Divided::Subtrees => {
                if explanation.study.leagues.iter().any(|l| !l.full_marks.is_empty()) {
                    return Err(NoSplit::LeagueMarks);
                }
                causes_of_systems(&pair.a.system, &pair.b.system)
            }
            Divided::Weights => game.weigh(oracle, self)?,
            Divided::LeafColumns => game.treat(oracle).map_err(NoSplit::Impossible)?,
            Divided::FeltNodes => {
                let mut codes = pair.differing(player);
                let felt =
                    felt(oracle, player, index, &codes, contexts).map_err(NoSplit::Impossible)?;
                let mut felt = felt.into_iter();
                codes.retain(|_| felt.next().expect("one each"));
                each(codes)
            }
            Divided::Nodes => each(pair.differing(player)),
        };
        Ok(game)
    }
}

/// Which of these nodes the player changes at all: a leaf whose column is the same after any earlier players adds
/// nothing, because columns are treated independently. A node above the leaves may always count.
fn felt(
    oracle: &mut Oracle<'_>,
    player: Part,
    index: usize,
    codes: &[String],
    contexts: &[(usize, u64)],
) -> Result<Vec<bool>, Impossible> {
    let mut felt = vec![false; codes.len()];
    for (set, _) in contexts {
        let columns = |evaluation: &Evaluation| {
            let system = &evaluation.methodology().system;
            let table = match player.entry().shown {
                Shown::Column { stage, .. } => evaluation.columns(stage).unwrap_or_default(),
                _ => &[],
            };
            let column = |code: &String| {
                let leaf = system.find(code)?;
                let at = system.leaves().iter().position(|l| *l == leaf)?;
                table.get(at).cloned()
            };
            codes.iter().map(column).collect::<Vec<_>>()
        };
        let before = columns(oracle.evaluate(&Coalition::whole(*set), &[])?.0);
        let after = columns(oracle.evaluate(&Coalition::whole(set | 1 << index), &[])?.0);
        for ((felt, before), after) in felt.iter_mut().zip(before).zip(after) {
            *felt |= match (before, after) {
                (Some(before), Some(after)) => before != after,
                _ => true,
            };
        }
    }
    Ok(felt)
}

/// The game of a player's own parts, after each of the sets that it can come after.
struct Game {
    index: usize,
    parts: Vec<Vec<String>>,
    leaves: usize,
    sets: Vec<usize>,
    /// For weights: what is weighed, and the weights before and after the player, for each of the sets.
    weighed: Vec<Weighed>,
    /// For treatments: what goes on from treated columns, and those after the player, for each of the sets.
    treated: Vec<Treated>,
}

struct Treated {
    evaluation: Evaluation,
    period: PeriodIx,
    after: Vec<Column>,
}

struct Weighed {
    evaluation: Evaluation,
    period: PeriodIx,
    before: Vec<Weights>,
    after: Vec<Weights>,
}

/// The weights of a slice, by position in the system.
struct Weights {
    /// Of siblings with a sum of one, which can be mixed.
    shares: Vec<f64>,
    /// As stated or found: scores are formed with these.
    proportions: Vec<f64>,
}

impl Weights {
    fn of(evaluation: &Evaluation, slice: usize) -> Weights {
        let (shares, proportions) = (evaluation.weights(slice), evaluation.proportions(slice));
        Weights { shares: shares.to_vec(), proportions: proportions.to_vec() }
    }
}

impl Game {
    /// The nodes whose weights differ. Weights that depend on scores are those found before and after the player; those of
    /// siblings of whom some are taken are scaled to a sum of one.
    fn weigh(
        &mut self,
        oracle: &mut Oracle<'_>,
        within: &Within<'_>,
    ) -> Result<Vec<Vec<String>>, NoSplit> {
        let all = |evaluation: &Evaluation| {
            let slices = evaluation.study().panel.slices().len();
            (0..slices).map(|s| Weights::of(evaluation, s)).collect::<Vec<_>>()
        };
        let mut codes: Vec<(usize, String)> = Vec::new();
        for &set in &self.sets {
            let taken = Coalition::whole(set | 1 << self.index);
            let (evaluation, _) = oracle.evaluate(&taken, &[]).map_err(NoSplit::Impossible)?;
            let after = all(evaluation);
            let (evaluation, period) =
                oracle.evaluate(&Coalition::whole(set), &[]).map_err(NoSplit::Impossible)?;
            let before = all(evaluation);
            let system = &evaluation.methodology().system;
            let panel = &evaluation.study().panel;
            for (slice, (x, y)) in panel.slices().iter().zip(before.iter().zip(&after)) {
                let own = panel.row_of(slice, within.region).is_some();
                for (k, node) in system.nodes().iter().enumerate() {
                    let known = || codes.iter().any(|(_, code)| *code == node.code);
                    let differ = x.shares[k] != y.shares[k];
                    if own && slice.period == period && differ && !known() {
                        codes.push((k, node.code.clone()));
                    }
                }
            }
            let evaluation = evaluation.clone();
            self.weighed.push(Weighed { evaluation, period, before, after });
        }
        crate::number::sort_items(&mut codes, |(a, _), (b, _)| a.cmp(b));
        Ok(codes.into_iter().map(|(_, code)| vec![code]).collect())
    }

    /// The leaves whose treated columns differ. Columns are treated independently, so a hybrid has some columns as they
    /// are before the player and the others as they are after, and nothing is treated again.
    fn treat(&mut self, oracle: &mut Oracle<'_>) -> Result<Vec<Vec<String>>, Impossible> {
        let mut felt: Vec<String> = Vec::new();
        for &set in &self.sets {
            let (evaluation, _) = oracle.evaluate(&Coalition::whole(set | 1 << self.index), &[])?;
            let after = evaluation.treated().columns().to_vec();
            let (evaluation, period) = oracle.evaluate(&Coalition::whole(set), &[])?;
            let system = &evaluation.methodology().system;
            let before = evaluation.treated().columns();
            for ((&leaf, x), y) in system.leaves().iter().zip(before).zip(&after) {
                let code = &system.node(leaf).code;
                if x != y && !felt.contains(code) {
                    felt.push(code.clone());
                }
            }
            self.treated.push(Treated { evaluation: evaluation.clone(), period, after });
        }
        Ok(felt.into_iter().map(|code| vec![code]).collect())
    }

    /// The worth of the hybrid with these parts after the set at `context`.
    fn worth(
        &self,
        oracle: &mut Oracle<'_>,
        within: &Within<'_>,
        context: usize,
        which: &[bool],
    ) -> Result<Worth, Option<Impossible>> {
        if let Some(weighed) = self.weighed.get(context) {
            let mixed = weighed.mixed(&self.parts, which).ok_or(None)?;
            let mut evaluation = weighed.evaluation.clone();
            let system = evaluation.methodology().system.clone();
            let failed = |errors| Some(Impossible::Failed { errors, system });
            evaluation.reweigh(mixed).map_err(failed)?;
            return within.worth_in(&evaluation, weighed.period).ok_or(None);
        }
        if let Some(treated) = self.treated.get(context) {
            let mut evaluation = treated.evaluation.clone();
            let system = evaluation.methodology().system.clone();
            let mut columns = evaluation.treated().columns().to_vec();
            for (part, _) in self.parts.iter().zip(which).filter(|(_, taken)| **taken) {
                let leaf = system.find(&part[0]);
                let at = system.leaves().iter().position(|l| Some(*l) == leaf);
                if let Some(at) = at {
                    columns[at] = treated.after[at].clone();
                }
            }
            let failed = |errors| Some(Impossible::Failed { errors, system });
            evaluation.retreat(columns).map_err(failed)?;
            return within.worth_in(&evaluation, treated.period).ok_or(None);
        }
        let partly = Some((self.index, which.to_vec()));
        let coalition = Coalition { whole: self.sets[context], partly };
        let (evaluation, period) = oracle.evaluate(&coalition, &self.parts).map_err(Some)?;
        within.worth_in(evaluation, period).ok_or(None)
    }
}

impl Weighed {
    /// Weights in which some nodes have their later weights; `None` if siblings would then have no weight at all.
    fn mixed(&self, parts: &[Vec<String>], which: &[bool]) -> Option<Vec<Vec<f64>>> {
        let system = &self.evaluation.methodology().system;
        let at: Vec<Option<usize>> = parts
            .iter()
            .map(|part| system.find(&part[0]).map(crate::model::NodeId::index))
            .collect();
        let taken = |node: usize| at.iter().position(|a| *a == Some(node)).map(|k| which[k]);
        let mut mixed: Vec<Vec<f64>> =
            self.before.iter().map(|weights| weights.proportions.clone()).collect();
        for (slice, weights) in mixed.iter_mut().enumerate() {
            let (before, after) = (&self.before[slice], &self.after[slice]);
            for &parent in system.inner() {
                let children = &system.node(parent).children;
                let sides: Vec<bool> = children.iter().filter_map(|c| taken(c.index())).collect();
                if sides.is_empty() || !sides.contains(&true) {
                    continue;
                }
                let whole = !sides.contains(&false);
                for child in children {
                    let child = child.index();
                    weights[child] = match taken(child) {
                        _ if whole => after.proportions[child],
                        Some(true) => after.shares[child],
                        _ => before.shares[child],
                    };
                }
                // Weights as printed have no sum that must be kept.
                if !whole && !self.evaluation.methodology().uses_printed_weights(parent) {
                    let sum: f64 = children.iter().map(|c| weights[c.index()]).sum();
                    if sum <= 0.0 {
                        return None;
                    }
                    for child in children {
                        weights[child.index()] /= sum;
                    }
                }
            }
        }
        Some(mixed)
    }
}

/// Over all orders of the parts.
fn enumerated(
    game: &mut Game,
    oracle: &mut Oracle<'_>,
    within: &Within<'_>,
    ends: &[(Worth, Worth)],
    weights: &[i128],
) -> Found {
    let count = game.parts.len();
    let full = (1_usize << count) - 1;
    let mut first: Option<Impossible> = None;
    // A set of parts counts as possible if it is after every set of players.
    let mut values: Vec<Option<Vec<Worth>>> = Vec::with_capacity(full + 1);
    for set in 0..=full {
        (within.step)(set, full + 1);
        let which: Vec<bool> = (0..count).map(|p| set >> p & 1 == 1).collect();
        let mut of_set = Vec::with_capacity(ends.len());
        for (context, (before, after)) in ends.iter().enumerate() {
            let worth = match set {
                0 => Ok(*before),
                _ if set == full => Ok(*after),
                _ => game.worth(oracle, within, context, &which),
            };
            match worth {
                Ok(worth) => of_set.push(worth),
                Err(why) => {
                    first = first.or(why);
                    break;
                }
            }
        }
        values.push((of_set.len() == ends.len()).then_some(of_set));
    }
    let orders = Orders::new(count, |set| values[set].is_some());
    if orders.total() == 0 {
        return Found::not(NoSplit::Impossible(first.unwrap_or(Impossible::NotATree)));
    }
    let sum = |of: fn(&Worth) -> i128| {
        orders.sums(|set| {
            let worth = values[set].as_ref().expect("a possible set");
            worth.iter().zip(weights).map(|(x, w)| w * of(x)).sum()
        })
    };
    Found {
        score: sum(|w| w.0),
        rank: sum(|w| w.1),
        denominator: i128::from(orders.total()),
        ..Found::default()
    }
}

/// Over random orders of the parts, each with its reverse: what a part is given is an estimate, but every order adds up.
fn drawn(
    game: &mut Game,
    oracle: &mut Oracle<'_>,
    within: &Within<'_>,
    ends: &[(Worth, Worth)],
    weights: &[i128],
    pairs: usize,
) -> Found {
    let count = game.parts.len();
    let mut first: Option<Impossible> = None;
    let mut sums = vec![(0_i128, 0_i128); count];
    // Sums and sums of squares over pairs, for the errors.
    let mut squares = vec![[0.0_f64; 4]; count];
    let total: i128 = weights.iter().sum();
    let unit = super::exact::double(1, within.grid);
    let mut used = 0;
    for (done, pair) in random_orders(count, pairs).chunks(2).enumerate() {
        (within.step)(done, pairs);
        let mut of_pair = vec![(0_i128, 0_i128); count];
        let done = pair.iter().try_for_each(|order| {
            for (context, ((before, after), weight)) in ends.iter().zip(weights).enumerate() {
                let mut which = vec![false; count];
                let mut last = *before;
                for (place, &part) in order.iter().enumerate() {
                    which[part] = true;
                    let worth = match place + 1 == count {
                        true => *after,
                        false => game.worth(oracle, within, context, &which)?,
                    };
                    of_pair[part].0 += weight * (worth.0 - last.0);
                    of_pair[part].1 += weight * (worth.1 - last.1);
                    last = worth;
                }
            }
            Ok(())
        });
        match done {
            Err(why) => first = first.or(why),
            Ok(()) => {
                used += 2;
                for ((sum, squares), add) in sums.iter_mut().zip(&mut squares).zip(&of_pair) {
                    sum.0 += add.0;
                    sum.1 += add.1;
                    let per = 2.0 * total as f64;
                    let (score, rank) = (add.0 as f64 * unit / per, add.1 as f64 / 2.0 / per);
                    let terms = [score, score * score, rank, rank * rank];
                    squares.iter_mut().zip(terms).for_each(|(sum, x)| *sum += x);
                }
            }
        }
    }
    if used < 4 {
        return Found::not(NoSplit::Impossible(first.unwrap_or(Impossible::NotATree)));
    }
    let n = f64::from(used) / 2.0;
    let error = |sum: f64, square: f64| {
        let variance = (square - sum * sum / n) / (n - 1.0);
        (crate::number::max(variance, 0.0) / n).sqrt()
    };
    Found {
        score: sums.iter().map(|s| s.0).collect(),
        rank: sums.iter().map(|s| s.1).collect(),
        denominator: i128::from(used),
        errors: Some(squares.iter().map(|s| (error(s[0], s[1]), error(s[2], s[3]))).collect()),
        drawn: Some(used as usize),
        ..Found::default()
    }
}
