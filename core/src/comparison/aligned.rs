//! Two standings, region beside region.

use std::collections::BTreeMap;

use super::{Side, Standing, Undefined};
use crate::methodology::RankTies;
use crate::number::{self, Ties};

/// Which region of the second side each region of the first is, where the codes differ. Other regions are aligned by
/// code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    to: BTreeMap<String, Option<String>>,
    from: BTreeMap<String, String>,
}

impl Mapping {
    /// The same with the sides exchanged.
    pub fn inverse(&self) -> Mapping {
        let to = self.from.iter().map(|(to, from)| (to.clone(), Some(from.clone()))).collect();
        // Where nothing on the other side is a region's counterpart, not even what has its code is.
        let from = self
            .to
            .iter()
            .map(|(from, to)| (from.clone(), to.clone().unwrap_or_else(|| from.clone())));
        Mapping { to, from: from.collect() }
    }

    /// A mapping from pairs of code on the first side and code on the second, `None` for a region without counterpart.
    ///
    /// # Errors
    /// The position of the first pair that gives a code of either side a second counterpart.
    pub fn new(pairs: impl IntoIterator<Item = (String, Option<String>)>) -> Result<Self, usize> {
        let mut mapping = Mapping::default();
        for (at, (from, to)) in pairs.into_iter().enumerate() {
            if let Some(to) = &to
                && mapping.from.insert(to.clone(), from.clone()).is_some()
            {
                return Err(at);
            }
            if mapping.to.insert(from, to).is_some() {
                return Err(at);
            }
        }
        Ok(mapping)
    }

    /// The code on the second side of a region of the first; `None` if the mapping states that it has none, or that the
    /// region with this code is the counterpart of another.
    pub fn counterpart<'a>(&'a self, code: &'a str) -> Option<&'a str> {
        match self.to.get(code) {
            Some(to) => to.as_deref(),
            None if self.from.contains_key(code) => None,
            None => Some(code),
        }
    }
}

/// Two standings with their common regions beside each other.
///
/// Ranks are compared among the regions that are ranked on both sides: if some are on one side only, the others are
/// ranked again without them, each side by its own rule for ties, so that no region rises merely because another was
/// left out.
#[derive(Clone, Debug)]
pub struct Aligned<'a> {
    /// The first side, to which moves are counted.
    pub first: &'a Standing,
    /// The second side.
    pub second: &'a Standing,
    /// The common regions: their places on the first side, which ascend, and on the second.
    pub pairs: Vec<(usize, usize)>,
    /// The places of regions that are on the first side only.
    pub only_first: Vec<usize>,
    /// The places of regions that are on the second side only.
    pub only_second: Vec<usize>,
    /// The ranks of each common region among those ranked on both sides; NaN for the others.
    ranks: [Vec<f64>; 2],
    /// Places in `pairs` of those ranked on both sides.
    ranked: Vec<usize>,
}

/// A region that moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mover {
    /// Its place among the common regions.
    pub pair: usize,
    /// How many places it rises from the first side to the second; below zero if it falls.
    pub places: f64,
}

impl<'a> Aligned<'a> {
    /// Aligns two standings by code, and by `mapping` where codes differ.
    pub fn new(first: &'a Standing, second: &'a Standing, mapping: &Mapping) -> Self {
        let mut pairs = Vec::new();
        let mut only_first = Vec::new();
        let mut taken = vec![false; second.len()];
        for (i, code) in first.regions.iter().enumerate() {
            match mapping.counterpart(code).and_then(|code| second.find(code)) {
                Some(j) => {
                    taken[j] = true;
                    pairs.push((i, j));
                }
                None => only_first.push(i),
            }
        }
        let only_second = (0..second.len()).filter(|&j| !taken[j]).collect();
        let is_ranked =
            |&(i, j): &(usize, usize)| !first.ranks[i].is_nan() && !second.ranks[j].is_nan();
        let ranked: Vec<usize> = (0..pairs.len()).filter(|&k| is_ranked(&pairs[k])).collect();
        let places = [
            ranked.iter().map(|&k| pairs[k].0).collect::<Vec<_>>(),
            ranked.iter().map(|&k| pairs[k].1).collect(),
        ];
        let ranks = [(first, &places[0]), (second, &places[1])].map(|(standing, places)| {
            let mut all = vec![f64::NAN; pairs.len()];
            for (rank, &k) in anew(standing, places).into_iter().zip(&ranked) {
                all[k] = rank;
            }
            all
        });
        Aligned { first, second, pairs, only_first, only_second, ranks, ranked }
    }

    /// How many regions are ranked on both sides: the n of all statistics of ranks.
    pub fn n(&self) -> usize {
        self.ranked.len()
    }

    /// Places among the common regions of those that are ranked on one side only, or on none.
    pub fn unranked(&self) -> Vec<usize> {
        (0..self.pairs.len()).filter(|&k| self.ranks[0][k].is_nan()).collect()
    }

    /// The ranks of a common region among those ranked on both sides; NaN without.
    pub fn ranks(&self, pair: usize) -> (f64, f64) {
        (self.ranks[0][pair], self.ranks[1][pair])
    }

    /// How many places a common region rises from the first side to the second, below zero if it falls; NaN where it is
    /// not ranked on both sides.
    pub fn move_of(&self, pair: usize) -> f64 {
        self.ranks[0][pair] - self.ranks[1][pair]
    }

    /// The regions that change rank, those that move most first, and of equal moves in the order of their codes.
    pub fn movers(&self) -> Vec<Mover> {
        let mover = |&k: &usize| Mover { pair: k, places: self.move_of(k) };
        let mut movers: Vec<Mover> =
            self.ranked.iter().map(mover).filter(|m| m.places != 0.0).collect();
        number::sort_items(&mut movers, |a, b| {
            b.places.abs().total_cmp(&a.places.abs()).then(a.pair.cmp(&b.pair))
        });
        movers
    }

    /// The place on the second side of a region on the first.
    pub fn counterpart(&self, first: usize) -> Option<usize> {
        let at = self.pairs.binary_search_by_key(&first, |pair| pair.0).ok()?;
        Some(self.pairs[at].1)
    }

    /// The moves in rank of the regions ranked on both sides, without their signs.
    pub(super) fn rank_shifts(&self) -> Vec<f64> {
        self.ranked.iter().map(|&k| self.move_of(k).abs()).collect()
    }

    /// How many common regions have a score on both sides.
    pub fn scored(&self) -> usize {
        number::count(&self.score_shifts())
    }

    /// Whether the scores of the two sides are surely on different scales, so that their difference means nothing: the
    /// methods state bounds that differ, or the scores of one side lie far outside the bounds of the other.
    pub fn on_other_scales(&self) -> bool {
        /// Scales that differ by less than this share of their width are taken for one.
        const ALIKE: f64 = 0.25;
        let (a, b) = (self.first.bounds, self.second.bounds);
        let width = |(least, greatest): (f64, f64)| greatest - least;
        match (width(a).is_finite(), width(b).is_finite()) {
            (true, true) => {
                let wider = number::max(width(a), width(b));
                let apart = number::max((a.0 - b.0).abs(), (a.1 - b.1).abs());
                apart > ALIKE * wider
            }
            (true, false) => self.second.goes_beyond(a),
            (false, true) => self.first.goes_beyond(b),
            (false, false) => false,
        }
    }

    /// The changes of score of the common regions, without their signs; NaN where a side has none.
    pub(super) fn score_shifts(&self) -> Vec<f64> {
        let shift = |&(i, j): &(usize, usize)| self.second.scores[j] - self.first.scores[i];
        self.pairs.iter().map(|pair| shift(pair).abs()).collect()
    }

    /// The ranks of the regions ranked on both sides.
    pub(super) fn common_ranks(&self) -> [Vec<f64>; 2] {
        [0, 1].map(|side| self.ranked.iter().map(|&k| self.ranks[side][k]).collect())
    }

    /// The same, if they can be correlated.
    ///
    /// # Errors
    /// Fewer than two regions, or one rank for all on a side.
    pub(super) fn varying_ranks(&self) -> Result<[Vec<f64>; 2], Undefined> {
        let ranks = self.common_ranks();
        if self.n() < 2 {
            return Err(Undefined::TooFew { n: self.n(), least: 2 });
        }
        let constant = |ranks: &[f64]| ranks.iter().all(|r| *r == ranks[0]);
        match (constant(&ranks[0]), constant(&ranks[1])) {
            (false, false) => Ok(ranks),
            (true, false) => Err(Undefined::Constant(Side::First)),
            (false, true) => Err(Undefined::Constant(Side::Second)),
            (true, true) => Err(Undefined::Constant(Side::Both)),
        }
    }
}

/// The ranks of some regions of a standing among themselves.
fn anew(standing: &Standing, places: &[usize]) -> Vec<f64> {
    let ranks: Vec<f64> = places.iter().map(|&i| standing.ranks[i]).collect();
    if ranks.len() == standing.ranks.iter().filter(|r| !r.is_nan()).count() {
        return ranks;
    }
    let ties = match standing.ties {
        // Ordinal ranks are never equal.
        RankTies::Competition | RankTies::Ordinal => Ties::Competition,
        RankTies::Dense => Ties::Dense,
        RankTies::Average => Ties::Average,
        RankTies::Worst => Ties::Worst,
    };
    let mut out = vec![0.0; ranks.len()];
    number::rank(&ranks, ties, 0.0, &mut Vec::new(), &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Agreement, Statistic, TierMapping};
    use super::*;

    fn figure(aligned: &Aligned<'_>, name: &str) -> Statistic {
        Agreement::new(aligned, 0.9, &TierMapping::default()).figure(name).value.clone()
    }

    fn standing(regions: &[&str], ranks: &[f64]) -> Standing {
        Standing {
            regions: regions.iter().map(|r| (*r).to_owned()).collect(),
            scores: ranks.iter().map(|r| -r).collect(),
            ranks: ranks.to_vec(),
            tiers: vec![None; ranks.len()],
            ..Standing::default()
        }
    }

    fn mapping(pairs: &[(&str, Option<&str>)]) -> Mapping {
        let owned = |(from, to): &(&str, Option<&str>)| ((*from).into(), to.map(str::to_owned));
        Mapping::new(pairs.iter().map(owned)).expect("one to one")
    }

    #[test]
    fn a_mapping_goes_both_ways() {
        // `b` and `c` have exchanged codes, `d` has no counterpart although the other side has its code.
        let mapping = mapping(&[("a", Some("x")), ("b", Some("c")), ("c", Some("b")), ("d", None)]);
        let first = standing(&["a", "b", "c", "d", "e"], &[1.0, 2.0, 3.0, 4.0, 5.0]);
        let second = standing(&["b", "c", "d", "e", "x"], &[1.0, 2.0, 3.0, 4.0, 5.0]);
        let there = Aligned::new(&first, &second, &mapping);
        assert_eq!(there.pairs, [(0, 4), (1, 1), (2, 0), (4, 3)]);
        assert_eq!((&there.only_first[..], &there.only_second[..]), (&[3][..], &[2][..]));
        // Among the four: 1 2 3 4 here, and 4 2 1 3 there.
        let moves: Vec<f64> = (0..4).map(|k| there.move_of(k)).collect();
        assert_eq!(moves, [-3.0, 0.0, 2.0, 1.0]);
        assert_eq!(figure(&there, "mean_move_in_rank"), Ok(1.5));
        let back = Aligned::new(&second, &first, &mapping.inverse());
        let mut pairs: Vec<(usize, usize)> = back.pairs.iter().map(|&(j, i)| (i, j)).collect();
        pairs.sort_unstable();
        assert_eq!(pairs, there.pairs);
        assert_eq!(mapping.inverse().counterpart("d"), None);
    }

    #[test]
    fn one_region_is_one_region() {
        let new = |pairs: &[(&str, &str)]| {
            Mapping::new(pairs.iter().map(|(a, b)| ((*a).to_owned(), Some((*b).to_owned()))))
        };
        assert_eq!(new(&[("a", "x"), ("b", "x")]), Err(1));
        assert_eq!(new(&[("a", "x"), ("b", "y"), ("a", "z")]), Err(2));
        // Whose code is another's counterpart is not aligned by it.
        assert_eq!(new(&[("a", "b")]).expect("one to one").counterpart("b"), None);
    }

    #[test]
    fn nothing_is_defined_of_nobody() {
        let nobody = Standing::default();
        let aligned = Aligned::new(&nobody, &nobody, &Mapping::default());
        assert_eq!(figure(&aligned, "spearman"), Err(Undefined::TooFew { n: 0, least: 2 }));
        let overlap = figure(&aligned, "rank_biased_overlap");
        assert_eq!(overlap, Err(Undefined::TooFew { n: 0, least: 1 }));
        let (first, second) =
            (standing(&["a", "b"], &[1.0, 1.0]), standing(&["a", "b"], &[1.0, 2.0]));
        let aligned = Aligned::new(&first, &second, &Mapping::default());
        assert_eq!(figure(&aligned, "kendall_tau_b"), Err(Undefined::Constant(Side::First)));
        let absent = standing(&["a", "b"], &[1.0, f64::NAN]);
        let aligned = Aligned::new(&absent, &second, &Mapping::default());
        assert_eq!((aligned.n(), aligned.unranked()), (1, vec![1]));
    }
}
