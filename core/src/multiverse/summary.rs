//! Summary of all branches: the spread of each region's rank, and the forks that matter.

use std::collections::BTreeMap;

use indexmap::IndexSet;
use rayon::prelude::*;

use super::variance::{divided, pairs};
use super::{Design, Forks, Share};
use crate::number;

/// Ranks and tiers of one evaluation as they are kept: by position among all rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Ranks, which are whole or end in a half; NaN where there is none.
    pub ranks: Vec<f32>,
    /// Tiers, by position in [`Results::labels`]; [`Kept::NONE`] where there is none; empty without a tiering.
    pub tiers: Vec<u16>,
}

impl Kept {
    /// No tier.
    pub const NONE: u16 = u16::MAX;

    fn tier(&self, row: usize) -> Option<u16> {
        self.tiers.get(row).copied().filter(|t| *t != Kept::NONE)
    }
}

/// The branches that came to a result.
#[derive(Clone, Debug)]
pub struct Results<'a> {
    /// The forks.
    pub forks: &'a Forks,
    /// The branches, ascending.
    pub branches: Vec<u64>,
    /// What each of them came to.
    pub of: Vec<&'a Kept>,
    /// What the methodology comes to that the multiverse starts from; none if it fails.
    pub base: Option<&'a Kept>,
    /// The names of tiers, best first as far as one methodology tells.
    pub labels: &'a [String],
}

/// How a region's rank spreads over branches.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The row.
    pub row: usize,
    /// Its rank under the methodology that the multiverse starts from.
    pub base: Option<f64>,
    /// In how many branches it is ranked.
    pub n: usize,
    /// The best rank, the 5 % quantile, the median, the 95 % quantile and the worst rank; `None` if never ranked.
    pub ranks: Option<[f64; 5]>,
    /// In how many of these it is among the top k.
    pub in_top: usize,
    /// Its tier under the methodology that the multiverse starts from, by position among the labels.
    pub base_tier: Option<u16>,
    /// In how many branches it has each tier, by position among the labels.
    pub tiers: Vec<usize>,
    /// Each fork's share of the variance of its rank; empty where the rank never varies.
    pub shares: Vec<Share>,
}

/// What a fork does.
#[derive(Clone, Debug, PartialEq)]
pub struct ForkSummary {
    /// Its share of the variance of all ranks: variances and effects added up over the regions.
    pub ranks: Option<Share>,
    /// Its share of the variance of the mean absolute shift from the methodology that the multiverse starts from.
    pub shift: Option<Share>,
    /// How many pairs of branches differ in it alone.
    pub pairs: u64,
    /// In how many of these pairs the regions of the top k differ.
    pub top_changes: u64,
    /// Rows that are in the top k of one branch of a pair and not of the other: which, and in how many pairs; most first.
    pub top_movers: Vec<(usize, u64)>,
    /// In how many pairs some region's tier differs.
    pub tier_changes: u64,
    /// Rows whose tier differs within a pair: which, and in how many pairs; most first.
    pub tier_movers: Vec<(usize, u64)>,
    /// Its options.
    pub options: Vec<OptionSummary>,
}

/// What an option comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionSummary {
    /// How many branches with a result have it.
    pub n: usize,
    /// The mean over them of the mean absolute shift in rank.
    pub shift: Option<f64>,
    /// In how many of them the top k are those of the methodology that the multiverse starts from.
    pub same_top: usize,
}

/// The regions of one league and period over all branches.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// How many branches came to a result.
    pub n: usize,
    /// Whether every branch there is did, so that shares of variance are exact.
    pub complete: bool,
    /// Each region, in the order of its rank under the methodology that the multiverse starts from.
    pub spreads: Vec<Spread>,
    /// Each fork.
    pub forks: Vec<ForkSummary>,
    /// The mean absolute shift in rank of each branch; NaN without a rank to compare.
    pub shifts: Vec<f64>,
}

impl Summary {
    /// Sums up `rows`, which are ranked together; `k` is how many places the top has. Those that share the last of them
    /// are in it.
    pub fn new(results: &Results<'_>, design: &Design, rows: &[usize], k: usize) -> Summary {
        let n = results.of.len();
        let forks = results.forks.list().len();
        let base = |row: usize| results.base.map(|b| f64::from(b.ranks[row]));
        let base = |row: usize| base(row).filter(|r| !r.is_nan());
        let shifts: Vec<f64> = results
            .of
            .par_iter()
            .map(|kept| {
                let both = |&row: &usize| Some((f64::from(kept.ranks[row]) - base(row)?).abs());
                let moved: Vec<f64> = rows.iter().filter_map(both).collect();
                number::mean(&moved).unwrap_or(f64::NAN)
            })
            .collect();
        let top = |kept: &Kept| -> Vec<bool> {
            rows.iter().map(|&row| f64::from(kept.ranks[row]) <= k as f64).collect()
        };
        let base_top = results.base.map(top);
        let (tops, top_of) = distinct(results.of.iter().map(|kept| top(kept)));
        let tiers =
            |kept: &Kept| -> Vec<Option<u16>> { rows.iter().map(|&row| kept.tier(row)).collect() };
        let (_, tier_of) = distinct(results.of.iter().map(|kept| tiers(kept)));
        let same_top = base_top.and_then(|top| tops.get_index_of(&top)).map(|at| at as u32);

        let of_rows: Vec<OfRow> =
            rows.par_iter().map(|&row| of_row(results, design, row, base(row), k)).collect();
        let variance = number::sum(&of_rows.iter().map(|r| r.variance).collect::<Vec<_>>());
        let of_forks = (0..forks).into_par_iter().map(|fork| {
            let all = |part: fn(&Share) -> f64| {
                let parts: Vec<f64> = of_rows.iter().map(|r| part(&r.effects[fork])).collect();
                number::sum(&parts)
            };
            let effects = Share { first: all(|s| s.first), total: all(|s| s.total) };
            let movers = |count: fn(&OfRow) -> &Vec<u64>| {
                let of_row = rows.iter().zip(&of_rows).map(|(row, r)| (*row, count(r)[fork]));
                let mut movers: Vec<_> = of_row.filter(|(_, n)| *n > 0).collect();
                number::sort_items(&mut movers, |(row, n), (other, m)| {
                    m.cmp(n).then(row.cmp(other))
                });
                movers
            };
            let mut options = Vec::new();
            for option in 0..results.forks.list()[fork].options.len() as u32 {
                let own = || (0..n).filter(|&i| design.options(fork)[i] == option);
                let shifts: Vec<f64> = own().map(|i| shifts[i]).collect();
                options.push(OptionSummary {
                    n: shifts.len(),
                    shift: number::mean(&shifts),
                    same_top: own().filter(|&i| Some(top_of[i]) == same_top).count(),
                });
            }
            ForkSummary {
                ranks: divided(effects, variance),
                shift: design.shares(fork, &shifts),
                pairs: design.pairs(fork),
                top_changes: unlike_pairs(design, fork, &top_of),
                top_movers: movers(|r| &r.top_pairs),
                tier_changes: unlike_pairs(design, fork, &tier_of),
                tier_movers: movers(|r| &r.tier_pairs),
                options,
            }
        });
        let forks = of_forks.collect();
        let mut spreads: Vec<Spread> = of_rows.into_iter().map(|r| r.spread).collect();
        number::sort_items(&mut spreads, |a, b| {
            let place = |s: &Spread| s.base.unwrap_or(f64::INFINITY);
            place(a).total_cmp(&place(b)).then(a.row.cmp(&b.row))
        });
        Summary { n, complete: design.is_complete(), spreads, forks, shifts }
    }
}

struct OfRow {
    spread: Spread,
    variance: f64,
    effects: Vec<Share>,
    top_pairs: Vec<u64>,
    tier_pairs: Vec<u64>,
}

fn of_row(
    results: &Results<'_>,
    design: &Design,
    row: usize,
    base: Option<f64>,
    k: usize,
) -> OfRow {
    let ranks: Vec<f64> = results.of.iter().map(|kept| f64::from(kept.ranks[row])).collect();
    let mut ascending = Vec::new();
    number::sorted(&ranks, &mut ascending);
    ascending.retain(|r| !r.is_nan());
    let quantile = |p: f64| number::quantile(&ascending, p);
    let at =
        || Some([quantile(0.0)?, quantile(0.05)?, quantile(0.5)?, quantile(0.95)?, quantile(1.0)?]);
    let in_top: Vec<u32> = ranks.iter().map(|r| u32::from(*r <= k as f64)).collect();
    let tier_of: Vec<u32> =
        results.of.iter().map(|kept| kept.tier(row).map_or(u32::MAX, u32::from)).collect();
    let mut tiers = vec![0; results.labels.len()];
    for &tier in tier_of.iter().filter(|t| **t != u32::MAX) {
        tiers[tier as usize] += 1;
    }
    let forks = 0..results.forks.list().len();
    let variance = design.variance(&ranks);
    let effects: Vec<Share> = forks.clone().map(|fork| design.effects(fork, &ranks)).collect();
    OfRow {
        spread: Spread {
            row,
            base,
            n: ascending.len(),
            ranks: at(),
            in_top: in_top.iter().filter(|x| **x == 1).count(),
            base_tier: results.base.and_then(|b| b.tier(row)),
            tiers,
            shares: effects.iter().filter_map(|e| divided(*e, variance)).collect(),
        },
        variance,
        effects,
        top_pairs: forks.clone().map(|fork| unlike_pairs(design, fork, &in_top)).collect(),
        tier_pairs: forks.map(|fork| unlike_pairs(design, fork, &tier_of)).collect(),
    }
}

/// Numbers for things, equal ones having one number.
fn distinct<T: std::hash::Hash + Eq>(things: impl Iterator<Item = T>) -> (IndexSet<T>, Vec<u32>) {
    let mut all = IndexSet::new();
    let of = things.map(|thing| all.insert_full(thing).0 as u32).collect();
    (all, of)
}

/// In how many pairs of branches that differ in a fork alone the two are of different kinds.
fn unlike_pairs(design: &Design, fork: usize, kind: &[u32]) -> u64 {
    let mut unlike = 0;
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for group in design.groups(fork) {
        let first = kind[group[0] as usize];
        if group.iter().all(|&i| kind[i as usize] == first) {
            continue;
        }
        counts.clear();
        for &i in group {
            *counts.entry(kind[i as usize]).or_default() += 1;
        }
        unlike += pairs(group.len()) - counts.values().map(|n| pairs(*n)).sum::<u64>();
    }
    unlike
}
