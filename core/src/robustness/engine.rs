//! Draws of weights where scores are linear in them: sixteen draws at a time.

use std::ops::Range;

use super::lanes::{
    LANES, Lanes, SUMS, Shape, Short, Streams, TILE, add_sums, count_wins, count_wins_short, drawn,
    factors, greater, greater_short, multiply, shorten,
};
use super::partial::{Counts, Partial, Shard, Sums};
use super::places::Places;
use super::rounds::{BLOCK, Rounds, Until};
use super::{Group, Linear, Polytope, Tally};
use crate::analysis::{Unwatched, Watch};

/// Groups of lanes that are counted together.
const GROUPS: usize = BLOCK as usize / LANES;

/// So many draws are a piece at most, where memory allows: some tenths of a second.
const PIECE: u64 = 1 << 16;

/// With more regions than this, ranks are found by [`Places`] and not by comparing all regions.
const COMPARED: usize = 300;

/// How often weights outside of their bounds are drawn again.
const TRIES: usize = 10_000;

/// How weights are drawn, and what is counted.
#[derive(Clone, Debug, Default)]
pub struct Draws {
    /// How the weights of each group are drawn.
    pub shapes: Vec<Shape>,
    /// The least and the greatest weight of each member of each group, where there are bounds: draws outside of them are
    /// drawn again.
    pub bounds: Vec<Option<Vec<(f64, f64)>>>,
    /// How many, or how many at most where `until` says when they are enough.
    pub count: u64,
    /// When to stop before that.
    pub until: Option<Until>,
    /// The seed.
    pub seed: u64,
    /// Whether it is counted who is ahead of whom.
    pub pairs: bool,
    /// Whether the weights are averaged under which each region is first.
    pub central: bool,
    /// Bounds of tiers from best to worst, where scores are linear in the weights; they are turned so that more is better.
    pub tiers: Vec<f64>,
}

impl Draws {
    /// The figures of scores that are linear in the weights.
    ///
    /// # Panics
    /// If there is not a shape and a bound for each group.
    pub fn of(&self, linear: &Linear) -> Tally {
        let mut done = self.none(linear);
        self.run(linear, Shard::WHOLE, &mut done, &Unwatched);
        self.tally(linear, &done).expect("all draws are done")
    }

    /// No draws yet.
    pub fn none(&self, linear: &Linear) -> Partial {
        let (n, terms) = (linear.len(), terms(&linear.groups));
        let central = if self.central { terms } else { 0 };
        Partial::new(n, central, Counts::new(n, self.pairs, self.tiers.len()))
    }

    /// Makes the draws of a shard that are not done yet; the answer is whether all of them are now.
    ///
    /// # Panics
    /// If there is not a shape and a bound for each group.
    pub fn run(
        &self,
        linear: &Linear,
        shard: Shard,
        done: &mut Partial,
        watch: &dyn Watch,
    ) -> bool {
        assert_eq!(self.shapes.len(), linear.groups.len(), "a shape for each group");
        assert_eq!(self.bounds.len(), linear.groups.len(), "bounds for each group");
        let n = linear.len();
        let about = linear.scores_under(&linear.stated());
        let tiles = tiles(linear);
        let counts = || Counts::new(n, self.pairs, self.tiers.len());
        let piece = |of: Range<u64>, counts: &mut Counts| {
            let mut work = Work::new(self, linear, &tiles, &about);
            let mut first = of.start;
            while first < of.end {
                work.block(first, of.end, counts);
                first += BLOCK;
            }
            work.sums()
        };
        self.rounds(&about, PIECE).run(shard, done, watch, &counts, &piece)
    }

    /// The figures of draws that are done; none where some are not.
    pub fn tally(&self, linear: &Linear, done: &Partial) -> Option<Tally> {
        self.ended(done, &linear.scores_under(&linear.stated()))
    }

    /// The figures of draws that are done, of scores near to `about`.
    pub(super) fn ended(&self, done: &Partial, about: &[f64]) -> Option<Tally> {
        // With `until` it is known only afterwards how many there are.
        let end = if self.until.is_some() { done.len() } else { self.count };
        Tally::new(done, end, about)
    }

    /// These draws in rounds; `about` has a score of each region, and a piece has so many draws at most.
    pub(super) fn rounds<'a>(&self, about: &'a [f64], most: u64) -> Rounds<'a> {
        Rounds { count: self.count, until: self.until, most, about }
    }

    /// The weights of all groups in one draw; none where none keep within the bounds.
    pub fn weights(&self, groups: &[Group], draw: u64) -> Option<Vec<f64>> {
        let mut weights = vec![[0.0; LANES]; terms(groups)];
        let valid = self.draw(groups, draw, &mut weights, &mut Vec::new());
        valid[0].then(|| weights.iter().map(|w| w[0]).collect())
    }

    /// Draws the weights of all groups in sixteen draws; a lane is valid where its weights keep within the bounds.
    fn draw(
        &self,
        groups: &[Group],
        first: u64,
        weights: &mut [Lanes],
        room: &mut Vec<Lanes>,
    ) -> [bool; LANES] {
        let mut streams = Streams::new(self.seed, first);
        let mut valid = [true; LANES];
        for ((shape, bounds), group) in self.shapes.iter().zip(&self.bounds).zip(groups) {
            let out = &mut weights[group.range.clone()];
            drawn(shape, &mut streams, out);
            let Some(bounds) = bounds else { continue };
            // What the least weights leave is drawn.
            let left = 1.0 - bounds.iter().fold(0.0, |sum, bound| sum + bound.0);
            let inside = |weights: &[Lanes], lane: usize| {
                let weight = |j: usize| bounds[j].0 + left * weights[j][lane];
                (0..bounds.len()).all(|j| weight(j) <= bounds[j].1)
            };
            let is_linear = !matches!(shape, Shape::Ordered(_));
            let holds = |weights: &[Lanes], lane: usize| match is_linear {
                true => inside(weights, lane),
                // An order would not hold after the least weights are added.
                false => (0..bounds.len())
                    .all(|j| (bounds[j].0..=bounds[j].1).contains(&weights[j][lane])),
            };
            let mut waiting: Vec<usize> = (0..LANES).filter(|lane| !holds(out, *lane)).collect();
            room.clear();
            room.resize(out.len(), [0.0; LANES]);
            for _ in 0..TRIES {
                if waiting.is_empty() {
                    break;
                }
                let before = streams;
                drawn(shape, &mut streams, room);
                // A draw depends on no other: only the streams of those that wait go on.
                streams.put_back(&before, |lane| !waiting.contains(&lane));
                waiting.retain(|&lane| {
                    let found = holds(room, lane);
                    if found {
                        out.iter_mut().zip(room.iter()).for_each(|(w, new)| w[lane] = new[lane]);
                    }
                    !found
                });
            }
            if is_linear {
                for (w, bound) in out.iter_mut().zip(bounds) {
                    w.iter_mut().for_each(|w| *w = bound.0 + left * *w);
                }
            }
            for lane in waiting {
                valid[lane] = false;
                out.iter_mut().zip(&group.stated).for_each(|(w, stated)| w[lane] = *stated);
            }
        }
        valid
    }
}

/// How many weights all groups have.
pub(super) fn terms(groups: &[Group]) -> usize {
    groups.last().map_or(0, |group| group.range.end)
}

/// The scores of all parts in tiles of regions.
fn tiles(linear: &Linear) -> Vec<[f64; TILE]> {
    let parts = linear.parts.len();
    let n = linear.len();
    let value = |i: usize, part: usize| if i < n { linear.scores[i * parts + part] } else { 0.0 };
    (0..n.div_ceil(TILE))
        .flat_map(|tile| {
            (0..parts).map(move |part| std::array::from_fn(|r| value(tile * TILE + r, part)))
        })
        .collect()
}

/// Room for one block of draws.
struct Work<'a> {
    draws: &'a Draws,
    linear: &'a Linear,
    tiles: &'a [[f64; TILE]],
    about: &'a [f64],
    weights: Vec<Lanes>,
    factors: Vec<Lanes>,
    /// Whether the factors of the parts are the weights as they are.
    are_weights: bool,
    room: Vec<Lanes>,
    /// Scores of all groups of lanes, one group after the other.
    scores: Vec<Lanes>,
    /// The same in single precision.
    short: Vec<Short>,
    /// Whether the scores of every draw of the block differ in single precision too.
    differ: bool,
    /// How many regions have a greater score, laid out as `scores`.
    ahead: Vec<[u32; LANES]>,
    valid: [[bool; LANES]; GROUPS],
    first: Vec<[f64; SUMS]>,
    second: Vec<[f64; SUMS]>,
    central: Vec<f64>,
    places: Places,
    /// The scores of one draw.
    column: Vec<f64>,
}

impl<'a> Work<'a> {
    fn new(
        draws: &'a Draws,
        linear: &'a Linear,
        tiles: &'a [[f64; TILE]],
        about: &'a [f64],
    ) -> Self {
        let n = linear.len();
        let stride = n.div_ceil(TILE) * TILE;
        let terms = terms(&linear.groups);
        Work {
            draws,
            linear,
            tiles,
            about,
            weights: vec![[0.0; LANES]; terms],
            factors: vec![[0.0; LANES]; linear.parts.len()],
            are_weights: linear.fixed.iter().all(|fixed| *fixed == 1.0)
                && linear.ways.iter().zip(0..).all(|(way, part)| *way == [part]),
            room: Vec::new(),
            scores: vec![[0.0; LANES]; GROUPS * stride],
            short: vec![[0.0; LANES]; GROUPS * stride],
            differ: true,
            ahead: vec![[0; LANES]; GROUPS * stride],
            valid: [[false; LANES]; GROUPS],
            first: vec![[0.0; SUMS]; n],
            second: vec![[0.0; SUMS]; n],
            central: vec![0.0; if draws.central { n * terms } else { 0 }],
            places: Places::default(),
            column: Vec::new(),
        }
    }

    fn block(&mut self, first: u64, end: u64, counts: &mut Counts) {
        let Work { draws, linear, about, .. } = *self;
        let n = linear.len();
        let stride = self.stride();
        self.differ = true;
        for group in 0..GROUPS {
            let from = first + (group * LANES) as u64;
            self.valid[group] = [false; LANES];
            if from >= end {
                continue;
            }
            let valid = draws.draw(&linear.groups, from, &mut self.weights, &mut self.room);
            let there = (end - from).min(LANES as u64) as usize;
            self.valid[group][..there].copy_from_slice(&valid[..there]);
            let good = self.valid[group].iter().filter(|valid| **valid).count();
            counts.draws += good as u64;
            counts.failed += (there - good) as u64;
            let factors = match self.are_weights {
                true => &self.weights,
                false => {
                    factors(&self.weights, &linear.fixed, &linear.ways, &mut self.factors);
                    &self.factors
                }
            };
            let scores = &mut self.scores[group * stride..(group + 1) * stride];
            multiply(self.tiles, factors, scores);
            // Rows that only fill a tile up are behind all others.
            scores[n..].iter_mut().for_each(|row| *row = [f64::NEG_INFINITY; LANES]);
            self.rank(group);
            self.count_tiers(group, counts);
            if draws.central {
                self.add_central(group);
            }
        }
        self.count_ranks(counts);
        let valid = self.valid.map(|group| group.map(|valid| f64::from(u8::from(valid))));
        add_sums(&self.scores, stride, about, &valid, &mut self.first, &mut self.second);
        if draws.pairs {
            match self.differ && self.valid.as_flattened().iter().all(|valid| *valid) {
                true => count_wins_short(&self.short, stride, n, &mut counts.wins),
                false => count_wins(&self.scores, stride, n, &self.valid, &mut counts.wins),
            }
        }
    }

    /// How many rows the scores of one group of lanes have.
    fn stride(&self) -> usize {
        self.linear.len().div_ceil(TILE) * TILE
    }

    /// How many regions are ahead of each.
    fn rank(&mut self, group: usize) {
        let n = self.linear.len();
        let rows = group * self.stride()..(group + 1) * self.stride();
        let scores = &self.scores[rows.clone()];
        let ahead = &mut self.ahead[rows.clone()];
        if n <= COMPARED {
            let short = &mut self.short[rows];
            shorten(scores, short);
            let differ = greater_short(short, n, ahead);
            if !differ {
                greater(scores, n, ahead);
            }
            self.differ &= differ;
            return;
        }
        self.differ = false;
        for lane in (0..LANES).filter(|lane| self.valid[group][*lane]) {
            self.column.clear();
            self.column.extend(scores[..n].iter().map(|row| row[lane]));
            self.places.greater(&self.column, |i, place| ahead[i][lane] = place);
        }
    }

    fn count_ranks(&self, counts: &mut Counts) {
        let n = self.linear.len();
        let valid = |group: usize| (0..LANES).filter(move |lane| self.valid[group][*lane]);
        let groups = || self.ahead.chunks_exact(self.stride()).enumerate();
        if n <= COMPARED {
            // Draw by draw, so that no count waits for the one before it.
            for (group, ahead) in groups() {
                for lane in valid(group) {
                    for (row, ahead) in counts.ranks.chunks_exact_mut(n).zip(ahead) {
                        row[ahead[lane] as usize] += 1;
                    }
                }
            }
        } else {
            // Region by region, so that the counts of one region stay in the processor's cache.
            for (i, row) in counts.ranks.chunks_exact_mut(n).enumerate() {
                for (group, ahead) in groups() {
                    for lane in valid(group) {
                        row[ahead[i][lane] as usize] += 1;
                    }
                }
            }
        }
    }

    fn count_tiers(&self, group: usize, counts: &mut Counts) {
        let tiers = &self.draws.tiers;
        let valid = &self.valid[group];
        if tiers.is_empty() {
            return;
        }
        let scores = &self.scores[group * self.stride()..];
        for (reached, scores) in counts.reached.chunks_exact_mut(tiers.len()).zip(scores) {
            for (reached, bound) in reached.iter_mut().zip(tiers) {
                let there = (0..LANES).map(|l| u32::from(valid[l] & (scores[l] >= *bound)));
                *reached += there.sum::<u32>();
            }
        }
    }

    /// Adds the weights under which a region is first to its sum.
    fn add_central(&mut self, group: usize) {
        let terms = self.weights.len();
        let from = group * self.stride();
        let Work { ahead, weights, central, valid, .. } = self;
        for (ahead, central) in ahead[from..].iter().zip(central.chunks_exact_mut(terms)) {
            for lane in (0..LANES).filter(|l| ahead[*l] == 0 && valid[group][*l]) {
                central.iter_mut().zip(&*weights).for_each(|(sum, w)| *sum += w[lane]);
            }
        }
    }

    fn sums(self) -> Sums {
        let of = |parts: &[[f64; SUMS]]| -> Vec<f64> {
            let sum =
                |[a, b, c, d, e, f, g, h]: &[f64; SUMS]| ((a + b) + (c + d)) + ((e + f) + (g + h));
            parts.iter().map(sum).collect()
        };
        Sums { first: of(&self.first), second: of(&self.second), central: self.central }
    }
}

impl Polytope {
    /// How weights are drawn evenly from it, and the bounds within which they stay.
    pub fn evenly(&self) -> (Shape, Option<Vec<(f64, f64)>>) {
        let k = self.len();
        let shape = match self.order() {
            [] => Shape::Dirichlet(vec![1; k]),
            order => Shape::Ordered(order.to_vec()),
        };
        (shape, self.bounds().map(<[(f64, f64)]>::to_vec))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number;
    use crate::robustness::simplex::{spread, winning};

    fn table(n: u64, k: u64) -> Linear {
        let cell = |i: u64, j: u64| number::uniform(11, i, j) + 0.02 * i as f64;
        let scores = (0..n).flat_map(|i| (0..k).map(move |j| cell(i, j))).collect();
        Linear::of_table(scores, vec![1.0 / k as f64; k as usize])
    }

    fn draws(shape: Shape, count: u64) -> Draws {
        Draws {
            shapes: vec![shape],
            bounds: vec![None],
            count,
            until: None,
            seed: 1,
            pairs: true,
            central: true,
            tiers: vec![0.7, 0.5],
        }
    }

    #[test]
    fn draws_agree_with_what_is_exact() {
        let (n, k) = (9, 6);
        let linear = table(9, 6);
        for parameters in [vec![1; 6], vec![1, 2, 3, 1, 1, 2]] {
            let count = 40_000;
            let tally = draws(Shape::Dirichlet(parameters.clone()), count).of(&linear);
            let wide = crate::robustness::simplex::repeated(&linear.scores, k, &parameters);
            let all = parameters.iter().sum();
            let exact = winning(&wide, all, 0.0);
            let near = |found: f64, p: f64| {
                let error = (p * (1.0 - p) / count as f64).sqrt();
                assert!((found - p).abs() <= 4.5 * error + 1e-9, "{found} {p}");
            };
            for a in 0..n {
                let mut rank = 1.0;
                for b in (0..n).filter(|b| *b != a) {
                    near(tally.winning(a, b).expect("counted"), exact[a * n + b]);
                    rank += exact[b * n + a];
                }
                // The deviation of a rank is at most half of the places.
                let error = 0.5 * n as f64 / (count as f64).sqrt();
                assert!((tally.mean_rank(a) - rank).abs() < 4.5 * error);
                let (mean, sd) = spread(&linear.scores[a * k..(a + 1) * k], &parameters);
                assert!((tally.means[a] - mean).abs() < 4.5 * sd / (count as f64).sqrt());
                assert!((tally.deviations[a] / sd - 1.0).abs() < 0.03);
                for (t, bound) in [0.7, 0.5].into_iter().enumerate() {
                    let d: Vec<f64> =
                        wide[a * all..(a + 1) * all].iter().map(|x| x - bound).collect();
                    let p = crate::robustness::simplex::above_zero(&d);
                    near(f64::from(tally.reached[a * 2 + t]) / count as f64, p);
                }
                assert_eq!(tally.ranks_of(a).iter().map(|c| u64::from(*c)).sum::<u64>(), count);
            }
        }
    }

    /// Whatever the threads are, and whether regions are compared or dealt into boxes.
    #[test]
    fn bits_do_not_depend_on_threads() {
        for (n, k, count) in [(31, 65, 700), (310, 7, 300)] {
            let linear = table(n, k);
            let of = draws(Shape::Dirichlet(vec![1; k as usize]), count);
            let with = |threads: usize| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
                pool.expect("threads").install(|| of.of(&linear))
            };
            let (one, three) = (with(1), with(3));
            assert_eq!(one, three);
            assert_eq!(one.digest(), three.digest());
            // Again, one draw after the other.
            let mut ranks = vec![0_u32; (n * n) as usize];
            for draw in 0..count {
                let weights = of.weights(&linear.groups, draw).expect("weights");
                assert!((number::sum(&weights) - 1.0).abs() < 1e-12);
                let scores = linear.scores_under(&weights);
                for (i, x) in scores.iter().enumerate() {
                    let ahead = scores.iter().filter(|y| *y > x).count();
                    ranks[i * n as usize + ahead] += 1;
                }
            }
            assert_eq!(one.ranks, ranks);
        }
    }

    #[test]
    fn weights_keep_within_bounds_and_order() {
        let linear = table(4, 3);
        let mut of = draws(Shape::Dirichlet(vec![1; 3]), 400);
        of.bounds = vec![Some(vec![(0.1, 0.4), (0.2, 0.6), (0.0, 1.0)])];
        for draw in 0..400 {
            let w = of.weights(&linear.groups, draw).expect("weights");
            assert!((0.1..=0.4).contains(&w[0]) && (0.2..=0.6).contains(&w[1]));
        }
        let mut sums = [0.0; 3];
        let of = draws(Shape::Ordered(vec![2, 0, 1]), 20_000);
        for draw in 0..20_000 {
            let w = of.weights(&linear.groups, draw).expect("weights");
            assert!(w[2] >= w[0] && w[0] >= w[1]);
            sums.iter_mut().zip(&w).for_each(|(sum, w)| *sum += w / 20_000.0);
        }
        // Their means are the rank-order centroid.
        for (found, expected) in sums.into_iter().zip([5.0 / 18.0, 2.0 / 18.0, 11.0 / 18.0]) {
            assert!((found - expected).abs() < 0.005, "{sums:?}");
        }
        // No weights at all within impossible bounds: all draws fail, and are counted.
        let mut of = draws(Shape::Dirichlet(vec![1; 3]), 10);
        of.bounds = vec![Some(vec![(0.0, 1e-9), (0.0, 1e-9), (0.0, 1.0)])];
        let tally = of.of(&linear);
        assert_eq!((tally.draws, tally.failed), (0, 10));
    }

    /// Weights that are drawn again because of their bounds are those of the draw, whichever draws are beside it.
    #[test]
    fn draws_do_not_depend_on_those_beside_them() {
        let group = |range: Range<usize>| Group {
            at: None,
            nodes: Vec::new(),
            codes: Vec::new(),
            stated: vec![1.0 / range.len() as f64; range.len()],
            range,
        };
        let groups = [group(0..3), group(3..5)];
        let mut of = draws(Shape::Dirichlet(vec![1; 3]), 0);
        of.shapes.push(Shape::Dirichlet(vec![2, 1]));
        of.bounds = vec![Some(vec![(0.1, 0.4), (0.2, 0.6), (0.0, 1.0)]), None];
        let mut beside = vec![[0.0; LANES]; 5];
        for first in (0..160).step_by(LANES) {
            let valid = of.draw(&groups, first as u64, &mut beside, &mut Vec::new());
            assert_eq!(valid, [true; LANES]);
            for lane in 0..LANES {
                let alone = of.weights(&groups, (first + lane) as u64).expect("weights");
                assert_eq!(alone, beside.iter().map(|w| w[lane]).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn quantiles_have_intervals() {
        let linear = table(9, 6);
        let tally = draws(Shape::Dirichlet(vec![1; 6]), 10_000).of(&linear);
        for i in 0..9 {
            let (low, ends) = tally.quantile(i, 0.025);
            assert!(ends.start <= low && low <= ends.end);
            let (high, _) = tally.quantile(i, 0.975);
            let inside: u32 = tally.ranks_of(i)[low - 1..high].iter().sum();
            assert!(f64::from(inside) >= 0.95 * 10_000.0 - 1.0);
        }
    }
}
