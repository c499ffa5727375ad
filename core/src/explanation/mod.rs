//! Why a region moves between two methodologies or two periods: Shapley shares over what differs, which add up to the
//! change of score and of rank exactly, and within each share what did it.
//!
//! The players are the parts in which the two differ (and the data, where periods do). A coalition is the hybrid that
//! takes some of them from the second side and the others from the first; its value is the score or the rank of the
//! region under that hybrid. Shapley (1953), "A value for n-person games"; over the orders that contracts between stages
//! allow: Faigle & Kern (1992), Int. J. Game Theory 21, 249-266; the parts of a player: Owen (1977), "Values of games with
//! a priori unions".

mod exact;
mod figures;
mod hybrid;
mod oracle;
mod shapley;
mod split;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::evaluation::{Evaluation, EvaluationError};
use crate::methodology::{ContractProblem, Methodology, Part};
use crate::model::{PeriodIx, RegionIx, Study, System};

pub use exact::{Fraction, apportion, printed, printed_parts};
pub use figures::{Figure, Other};
pub use split::{Cause, NoSplit, Split};

use exact::{grid, parts, units};
use hybrid::{Coalition, Pair};
use oracle::{ByRegion, Data, Oracle, by_region};
use shapley::{Orders, blocks, of_blocks, union};

/// Why a hybrid has no scores.
#[derive(Clone, Debug, PartialEq)]
pub enum Impossible {
    /// The nodes taken from both systems are not one tree.
    NotATree,
    /// A contract between stages forbids it.
    Contract {
        /// What it says.
        problems: Vec<ContractProblem>,
        /// The system whose nodes it names.
        system: Arc<System>,
    },
    /// A method gave no result.
    Failed {
        /// What went wrong.
        errors: Vec<EvaluationError>,
        /// The system whose nodes they name.
        system: Arc<System>,
    },
}

/// A hybrid without scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// What it takes from the second side.
    pub taken: Vec<Part>,
    /// Why it has none.
    pub why: Impossible,
}

/// What keeps a change from being explained.
#[derive(Clone, Debug, PartialEq)]
pub enum NoExplanation {
    /// The two are the same methodology, and look at the same period.
    Same {
        /// Whether tiers are cut differently, which moves no score.
        tiering: bool,
    },
    /// One of the two sides gives no scores itself.
    Side {
        /// Whether it is the second.
        second: bool,
        /// What went wrong.
        errors: Vec<EvaluationError>,
    },
}

/// One side of a change.
#[derive(Clone, Debug)]
pub struct Side {
    /// The methodology.
    pub methodology: Arc<Methodology>,
    /// The period.
    pub period: PeriodIx,
}

/// Two sides and every hybrid between them, for all regions.
#[derive(Debug)]
pub struct Explanation {
    study: Arc<Study>,
    pair: Pair,
    data: Option<Data>,
    /// The two sides.
    sides: [(Evaluation, PeriodIx); 2],
    /// What regions get under each set of players taken from the second side.
    standings: Vec<Option<ByRegion>>,
    refused: Vec<Refused>,
}

/// The parts in which two methodologies over one study differ and that move scores or ranks, in the order in which they
/// are applied: what an explanation of the same period exchanges.
pub fn players(study: &Study, a: &Methodology, b: &Methodology) -> Vec<Part> {
    Part::players().filter(|part| part.differs(a, b, study)).collect()
}

/// A share in a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// In the score, in its unit; above zero where it rose.
    pub score: f64,
    /// In the rank, in places; above zero where the region came nearer to the first place. Adds up as [`Share::score`].
    pub rank: f64,
    /// In the rank, exactly; of what was estimated, the mean over the orders drawn.
    pub places: Fraction,
}

/// A region that is passed, or that passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rival {
    /// Who.
    pub region: RegionIx,
    /// In what share of the orders the region passes it: 1 for always, below zero where it is passed.
    pub passed: Fraction,
}

/// What one player, or several that only move together, did.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Who.
    pub players: Vec<Part>,
    /// The share.
    pub share: Share,
    /// The regions that it passed or fell behind, those with the largest share of orders first.
    pub rivals: Vec<Rival>,
    /// What did it within.
    pub split: Split,
}

/// The change of one region and what contributed to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The region.
    pub region: RegionIx,
    /// The scores under both sides.
    pub scores: (f64, f64),
    /// The ranks under both sides.
    pub ranks: (f64, f64),
    /// How many regions it is ranked among, under both sides.
    pub ranked: (usize, usize),
    /// The whole change: what the contributions add up to.
    pub total: Share,
    /// The contributions.
    pub contributions: Vec<Contribution>,
    /// How many orders of them are possible.
    pub orders: u64,
    /// How many there are.
    pub all_orders: u64,
    /// The regions that it passed, and those that passed it.
    pub passed: (Vec<RegionIx>, Vec<RegionIx>),
}

/// Why a region has no change to explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoChange {
    /// It has no score under one side, or is not there in its period.
    NoScore {
        /// Whether it is the second side.
        second: bool,
    },
}

impl Explanation {
    /// Evaluates every hybrid of two sides.
    ///
    /// # Errors
    /// If there is nothing to explain.
    pub fn new(study: &Arc<Study>, a: Side, b: Side) -> Result<Explanation, NoExplanation> {
        let data = (a.period != b.period)
            .then(|| Data::new(study, [&*a.methodology, &*b.methodology], a.period, b.period));
        let pair = Pair::new(
            study,
            Arc::clone(&a.methodology),
            Arc::clone(&b.methodology),
            data.is_some(),
        );
        if pair.players.is_empty() {
            return Err(NoExplanation::Same { tiering: pair.tiering });
        }
        let side = |side: &Side, second| {
            Evaluation::new(Arc::clone(study), Arc::clone(&side.methodology))
                .map(|evaluation| (evaluation, side.period))
                .map_err(|errors| NoExplanation::Side { second, errors })
        };
        let first = side(&a, false)?;
        let second = match Arc::ptr_eq(&a.methodology, &b.methodology) {
            true => (first.0.clone(), b.period),
            false => side(&b, true)?,
        };
        let sides = [first, second];
        let count = pair.players.len();
        let mut standings: Vec<Option<ByRegion>> = vec![None; 1 << count];
        let mut refused = Vec::new();
        let regions = study.regions.len();
        let mut oracle = Oracle::new(study, &pair, data.as_ref(), a.period);
        for number in 0..1_usize << count {
            // The first player changes least often, so that early stages are kept.
            let set = (0..count).filter(|p| number >> (count - 1 - p) & 1 == 1);
            let set = set.fold(0, |set, p| set | 1 << p);
            let full = set + 1 == 1 << count;
            if set == 0 || full {
                let (evaluation, period) = &sides[usize::from(full)];
                standings[set] = Some(by_region(evaluation, *period, regions));
                continue;
            }
            match oracle.by_region(&Coalition::whole(set), &[]) {
                Ok(found) => standings[set] = Some(found),
                Err(why) => {
                    let taken = pair.players.iter().enumerate();
                    let taken = taken.filter(|(p, _)| set >> p & 1 == 1).map(|(_, p)| *p);
                    refused.push(Refused { taken: taken.collect(), why });
                }
            }
        }
        let place = |part: &Part| pair.players.iter().position(|p| p == part);
        let key = |r: &Refused| (r.taken.len(), r.taken.iter().map(place).collect::<Vec<_>>());
        crate::number::sort_items(&mut refused, |a, b| key(a).cmp(&key(b)));
        Ok(Explanation { study: Arc::clone(study), pair, data, sides, standings, refused })
    }

    /// The study.
    pub fn study(&self) -> &Arc<Study> {
        &self.study
    }

    /// What differs, in the order in which it is applied.
    pub fn players(&self) -> &[Part] {
        &self.pair.players
    }

    /// Whether tiers are cut differently, which moves no score and no rank.
    pub fn tiering_differs(&self) -> bool {
        self.pair.tiering
    }

    /// Hybrids that have no scores, those with the fewest exchanges first.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// The evaluation of a side, and the period that is read in it.
    pub fn side(&self, second: bool) -> (&Evaluation, PeriodIx) {
        let (evaluation, period) = &self.sides[usize::from(second)];
        (evaluation, *period)
    }

    /// The players that move together because no order of single ones is possible, for most regions: in the order of
    /// [`Explanation::players`].
    pub fn groups(&self) -> Vec<Vec<Part>> {
        let possible = |set: usize| self.standings[set].is_some();
        let joined = blocks(self.pair.players.len(), possible).expect("both sides have scores");
        joined.iter().map(|block| self.of_block(*block)).collect()
    }

    fn of_block(&self, block: usize) -> Vec<Part> {
        let players = self.pair.players.iter().enumerate();
        players.filter(|(p, _)| block >> p & 1 == 1).map(|(_, player)| *player).collect()
    }

    /// The changes of all regions that have a score on both sides, without their rivals and what is within the shares.
    pub fn all(&self) -> Vec<Change> {
        let regions = 0..self.study.regions.len() as u32;
        let mut known: Vec<(Vec<bool>, Vec<usize>, Orders)> = Vec::new();
        let changes = regions.filter_map(|region| {
            let region = RegionIx(region);
            let (from, to) = (self.at(0, region)?, self.at(self.standings.len() - 1, region)?);
            let possible: Vec<bool> =
                (0..self.standings.len()).map(|set| self.at(set, region).is_some()).collect();
            let at = match known.iter().position(|(p, ..)| *p == possible) {
                Some(at) => at,
                None => {
                    let (blocks, orders) = self.orders(region);
                    known.push((possible, blocks, orders));
                    known.len() - 1
                }
            };
            let (_, blocks, orders) = &known[at];
            Some(self.change(region, (from, to), blocks, orders, None))
        });
        changes.collect()
    }

    /// The change of a region, with what is within the shares.
    ///
    /// # Errors
    /// If it has no score on a side.
    pub fn of(&self, region: RegionIx) -> Result<Change, NoChange> {
        self.of_with(region, &|_, _| {})
    }

    /// As [`Explanation::of`]. `step` is called again and again while a share is divided, with how many evaluations of it
    /// are done and how many there are.
    ///
    /// # Errors
    /// As [`Explanation::of`].
    pub fn of_with(
        &self,
        region: RegionIx,
        step: &dyn Fn(usize, usize),
    ) -> Result<Change, NoChange> {
        let end = self.standings.len() - 1;
        let from = self.at(0, region).ok_or(NoChange::NoScore { second: false })?;
        let to = self.at(end, region).ok_or(NoChange::NoScore { second: true })?;
        let (blocks, orders) = self.orders(region);
        let grid = self.grid(region);
        let mut oracle = Oracle::new(&self.study, &self.pair, self.data.as_ref(), self.sides[0].1);
        let splits = blocks.iter().enumerate().map(|(at, block)| {
            let within = split::Within { explanation: self, region, grid, blocks: &blocks, step };
            within.split(&mut oracle, &orders, at, *block)
        });
        let splits: Vec<split::Found> = splits.collect();
        Ok(self.change(region, (from, to), &blocks, &orders, Some(splits)))
    }

    /// The score and rank of a region under a set of players.
    fn at(&self, set: usize, region: RegionIx) -> Option<(f64, f64)> {
        let standing = self.standings[set].as_ref()?;
        let region = region.0 as usize;
        let (score, rank) = (standing.scores[region], standing.ranks[region]);
        (!score.is_nan() && !rank.is_nan()).then_some((score, rank))
    }

    /// The grid of the scores of a region.
    fn grid(&self, region: RegionIx) -> i32 {
        grid((0..self.standings.len()).filter_map(|set| self.at(set, region)).map(|v| v.0))
    }

    /// The players that move together, and the orders in which the region always has a score.
    fn orders(&self, region: RegionIx) -> (Vec<usize>, Orders) {
        let possible = |set: usize| self.at(set, region).is_some();
        let joined = blocks(self.pair.players.len(), possible).expect("a score on both sides");
        let orders = of_blocks(&joined, possible);
        (joined, orders)
    }

    fn change(
        &self,
        region: RegionIx,
        (from, to): ((f64, f64), (f64, f64)),
        blocks: &[usize],
        orders: &Orders,
        splits: Option<Vec<split::Found>>,
    ) -> Change {
        let total = i128::from(orders.total());
        let value = |set: usize| self.at(union(blocks, set), region).expect("a possible set");
        let grid = self.grid(region);
        let score_of = |score: f64| units(score, grid).expect("a value of the grid");
        let score_sums = orders.sums(|set| score_of(value(set).0));
        let rank_sums = orders.sums(|set| places(value(set).1));
        let deep = splits.is_some();
        let splits =
            splits.unwrap_or_else(|| blocks.iter().map(|_| split::Found::default()).collect());
        let (before, after) = (score_of(from.0), score_of(to.0));
        let within: Vec<_> = splits.iter().map(split::Found::scores).collect();
        let score = parts(before, after, grid, &score_sums, total, &within);
        // Ranks are halves: whole numbers of 2^-1. A finer grid leaves room for fractions of places.
        let fine = 1_i128 << (-RANK_GRID - 1);
        let rank_sums_fine: Vec<i128> = rank_sums.iter().map(|x| x * fine).collect();
        let within: Vec<_> = splits.iter().map(|found| found.ranks(fine)).collect();
        let (first, last) = (places(from.1) * fine, places(to.1) * fine);
        let rank = parts(first, last, RANK_GRID, &rank_sums_fine, total, &within);
        let of_blocks = blocks.iter().zip(splits).enumerate();
        let contributions = of_blocks.map(|(at, (block, found))| Contribution {
            players: self.of_block(*block),
            share: Share {
                score: score.parts[at],
                rank: rank.parts[at],
                places: Fraction::new(rank_sums[at], 2 * total),
            },
            rivals: if deep { self.rivals(region, blocks, orders, at) } else { Vec::new() },
            split: found.finish(&score.inner[at], &rank.inner[at]),
        });
        let contributions = contributions.collect();
        let factorial = |n: usize| (1..=n as u64).product();
        Change {
            region,
            scores: (from.0, to.0),
            ranks: (from.1, to.1),
            ranked: (self.ranked(false, region), self.ranked(true, region)),
            total: Share {
                score: score.change,
                rank: rank.change,
                places: Fraction::new(places(to.1) - places(from.1), 2),
            },
            contributions,
            orders: orders.total(),
            all_orders: factorial(blocks.len()),
            passed: if deep { self.passed(region) } else { Default::default() },
        }
    }

    /// The regions that a region is ranked among on a side, itself included.
    fn peers(&self, second: bool, region: RegionIx) -> Vec<RegionIx> {
        let (evaluation, period) = self.side(second);
        let panel = &evaluation.study().panel;
        let mut slices = panel.slices().iter().filter(|slice| slice.period == period);
        let own = slices.find(|slice| panel.row_of(slice, region).is_some());
        own.map_or_else(Vec::new, |slice| {
            let ranked = slice.rows.clone().filter(|&row| !evaluation.ranks()[row].is_nan());
            ranked.map(|row| panel.regions()[row]).collect()
        })
    }

    fn ranked(&self, second: bool, region: RegionIx) -> usize {
        self.peers(second, region).len()
    }

    /// Whether `rival` stands before `region` under a set of players; no if it is not ranked.
    fn before(&self, set: usize, rival: RegionIx, region: RegionIx) -> bool {
        match (self.at(set, rival), self.at(set, region)) {
            (Some((_, rival)), Some((_, own))) => rival < own,
            _ => false,
        }
    }

    fn rivals(&self, region: RegionIx, blocks: &[usize], orders: &Orders, at: usize) -> Vec<Rival> {
        let total = i128::from(orders.total());
        let mut peers = self.peers(false, region);
        for late in self.peers(true, region) {
            if !peers.contains(&late) {
                peers.push(late);
            }
        }
        let contexts: Vec<(usize, usize, u64)> = orders
            .contexts(at)
            .map(|(set, n)| (union(blocks, set), union(blocks, set | 1 << at), n))
            .collect();
        let rival = |rival: RegionIx| {
            let lost = |set: usize| i128::from(self.before(set, rival, region));
            let passed =
                contexts.iter().map(|&(s, t, n)| i128::from(n) * (lost(s) - lost(t))).sum();
            Rival { region: rival, passed: Fraction::new(passed, total) }
        };
        let mut rivals: Vec<Rival> =
            peers.into_iter().filter(|p| *p != region).map(rival).collect();
        rivals.retain(|r| r.passed.numerator != 0);
        // Fractions of one total: compared as whole numbers of it.
        let size = |r: &Rival| (r.passed.numerator * total / r.passed.denominator).abs();
        crate::number::sort_items(&mut rivals, |a, b| size(b).cmp(&size(a)));
        rivals
    }

    fn passed(&self, region: RegionIx) -> (Vec<RegionIx>, Vec<RegionIx>) {
        let end = self.standings.len() - 1;
        let peers = self.peers(true, region);
        let turned = |from: usize, to: usize| {
            let peers = peers.iter().filter(move |peer| {
                self.before(from, **peer, region) && self.before(to, region, **peer)
            });
            peers.copied().collect::<Vec<_>>()
        };
        let passed = turned(0, end);
        let by = peers
            .iter()
            .filter(|peer| self.before(0, region, **peer) && self.before(end, **peer, region));
        (passed, by.copied().collect())
    }
}

/// The power of two in whose multiples shares of ranks are reckoned before they become doubles.
const RANK_GRID: i32 = -40;

/// A rank as whole halves of a place, more being better.
fn places(rank: f64) -> i128 {
    -(libm::round(2.0 * rank) as i128)
}
