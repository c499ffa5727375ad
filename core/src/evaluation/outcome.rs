//! Ranks and tiers.

use std::sync::Arc;

use super::columns::locate;
use super::intermediate::keep;
use super::layout::RowSet;
use super::{Evaluation, EvaluationError, Screened, Shortage};
use crate::method::{MethodError, Scratch, Stage};
use crate::methodology::{Among, Choice, RankOn};
use crate::model::{Column, Direction, LeagueIx, NodeId, RegionIx, Slice, Summary};
use crate::number::{self, Grid, RoundMode};
use crate::ranking::{Key, ranks};
use crate::tiering::{Tier, Tiering, TieringInput};

impl Evaluation {
    /// Adds to `out` the scores of a node in a slice that are compared for ranks or tiers; NaN for rows that are not
    /// ranked.
    fn compare(&self, node: NodeId, on: RankOn, slice: usize, out: &mut Vec<f64>) {
        let panel = &self.study.panel;
        let Slice { rows, league, .. } = &panel.slices()[slice];
        let column = match on {
            RankOn::Rounded => self.scores(node),
            RankOn::Full | RankOn::Digits(_) => self.unrounded(node),
        };
        let start = out.len();
        out.extend_from_slice(&column.values()[rows.clone()]);
        let scores = &mut out[start..];
        if let RankOn::Digits(digits) = on {
            let grid = self.grid(node, slice, RankOn::Full);
            scores.iter_mut().for_each(|x| *x = grid.round(*x, digits, RoundMode::HalfUp));
        }
        let unranked = &self.study.leagues[league.0 as usize].unranked;
        if !unranked.is_empty() {
            for (region, score) in panel.regions()[rows.clone()].iter().zip(scores) {
                if unranked.binary_search(region).is_ok() {
                    *score = f64::NAN;
                }
            }
        }
    }

    /// Which way is better in the scores of a node, as regions are ranked by them.
    pub fn better(&self, node: NodeId) -> Direction {
        self.methodology.ranking.at(node).better(self.direction(node))
    }

    /// `-1.0` where regions are ranked by the index against the direction of its indicators, so that what raises the
    /// score makes a region worse; else `1.0`.
    pub(crate) fn turn(&self) -> f64 {
        let root = self.methodology.system.root();
        self.better(root).sign() * self.direction(root).sign()
    }

    /// The score of a row on the index as it is compared where it is not rounded: the nearest number of the precision's
    /// digits.
    pub(crate) fn settled(&self, row: usize) -> f64 {
        let root = self.methodology.system.root();
        let slice = self.study.panel.slice_at(row);
        self.grid(root, slice, RankOn::Full).nearest(self.exact().values()[row])
    }

    /// Whether ranks compare the scores of a node as they are before they are rounded.
    pub(crate) fn ranks_unrounded(&self, node: NodeId) -> bool {
        match self.methodology.ranking.at(node).on {
            RankOn::Full => true,
            RankOn::Rounded => self.methodology.rounding[node.index()].is_none(),
            RankOn::Digits(_) => false,
        }
    }

    /// The ranks by the scores of a node, by the rule for that node; NaN without a score.
    pub fn ranks_of(&self, node: NodeId) -> Vec<f64> {
        let mut out = vec![f64::NAN; self.study.panel.rows()];
        self.rank_by(node, &mut Vec::new(), &mut out);
        out
    }

    /// The ranks in one slice by the scores of a node; NaN without a score.
    pub fn ranks_in(&self, node: NodeId, slice: usize) -> Vec<f64> {
        let mut out = vec![f64::NAN; self.study.panel.slices()[slice].rows.len()];
        self.rank_slice(node, slice, &mut Vec::new(), &mut Vec::new(), &mut out);
        out
    }

    /// The tier of each row by the scores of a node, 0 being the best; none where the node is not cut into tiers.
    pub fn tiers_of(&self, node: NodeId) -> Option<&[Option<Tier>]> {
        if node == self.methodology.system.root() {
            return Some(&self.tiers);
        }
        self.node_tiers.iter().find(|(id, _)| *id == node).map(|(_, tiers)| tiers.as_slice())
    }

    /// The names of the tiers of a node, best first, in the league of `row`; empty where they are numbered, or there are
    /// none.
    pub fn tier_labels_of(&self, node: NodeId, row: usize) -> &[String] {
        let league = self.study.panel.slice_of(row).league;
        let Some(choice) = self.tiering(node, league) else { return &[] };
        match self.better(node) {
            Direction::Positive => choice.method.labels(),
            Direction::Negative => choice.method.labels_if_less_is_better(),
        }
    }

    /// How many tiers the index has in the league of `row`, with those that no region is in; `None` where that depends on
    /// the scores.
    pub fn tier_count(&self, row: usize) -> Option<usize> {
        let league = self.study.panel.slice_of(row).league;
        self.tiering(self.methodology.system.root(), league)?.method.count()
    }

    /// The bounds between the tiers of the index in the league of `row` where they do not depend on the scores, from best to
    /// worst, turned so that more is better.
    pub(crate) fn fixed_bounds(&self, row: usize) -> Option<Vec<f64>> {
        let root = self.methodology.system.root();
        let league = self.study.panel.slice_of(row).league;
        let bounds = self.tiering(root, league)?.method.fixed_bounds()?;
        Some(match self.better(root) {
            Direction::Positive => bounds.to_vec(),
            Direction::Negative => bounds.iter().rev().map(|bound| -bound).collect(),
        })
    }

    /// The rule by which a league's scores of a node are cut into tiers.
    fn tiering(&self, node: NodeId, league: LeagueIx) -> Option<&Choice<dyn Tiering>> {
        let methodology = &self.methodology;
        let own = methodology.league_tiering.iter().find(|(of, _)| *of == league);
        let own = own.filter(|_| node == methodology.system.root()).map(|(_, choice)| choice);
        own.or_else(|| methodology.tiering.as_ref()?.at(node, &methodology.system))
    }

    /// The regions of the league of a slice that have a row in some period, and in this slice none, or one without any
    /// value; by position. Regions that are left out for want of data are not among them.
    pub fn without_data(&self, slice: &Slice) -> Vec<RegionIx> {
        let panel = &self.study.panel;
        let mut empty = vec![false; self.study.regions.len()];
        for other in panel.slices().iter().filter(|other| other.league == slice.league) {
            panel.regions()[other.rows.clone()].iter().for_each(|r| empty[r.0 as usize] = true);
        }
        for row in slice.rows.clone() {
            let columns = self.indicators.columns();
            let any = columns.iter().any(|column| !column.values()[row].is_nan());
            empty[panel.regions()[row].0 as usize] = !any;
        }
        let of_slice = |s: &&Screened| (s.league, s.period) == (slice.league, slice.period);
        for screened in self.screened.iter().filter(of_slice) {
            // Regions without a row have no data, whatever the rules of screening.
            empty[screened.region.0 as usize] = screened.why == Shortage::NoRow;
        }
        (0..empty.len()).filter(|at| empty[*at]).map(|at| RegionIx(at as u32)).collect()
    }

    /// One figure for the scores of a node in a slice, over the regions that are ranked; none where none of them has one.
    pub fn summary(&self, node: NodeId, slice: &Slice, by: Summary) -> Option<f64> {
        let scores = self.scores(node).values();
        let ranked = slice.rows.clone().filter(|row| !self.ranks()[*row].is_nan());
        let scores: Vec<f64> = ranked.map(|row| scores[row]).collect();
        match by {
            Summary::Mean => number::mean(&scores),
            Summary::Sum => (number::count(&scores) > 0).then(|| number::sum(&scores)),
        }
    }

    /// How many places each region of a slice has risen (above zero) or fallen since another slice, both by position in the
    /// panel: among the regions that have a rank in both, so that nobody moves because another came or went. By row of
    /// the later slice; NaN for a region that is not in both. `ranked` are the ranks of all rows by the scores of a node.
    pub fn moves(&self, node: NodeId, ranked: &[f64], before: usize, after: usize) -> Vec<f64> {
        let panel = &self.study.panel;
        let (before, after) = (&panel.slices()[before], &panel.slices()[after]);
        let mut earlier = vec![None; self.study.regions.len()];
        for row in before.rows.clone() {
            earlier[panel.regions()[row].0 as usize] = Some(row);
        }
        let pair = |row: usize| {
            let earlier: usize = earlier[panel.regions()[row].0 as usize]?;
            let both = !ranked[earlier].is_nan() && !ranked[row].is_nan();
            both.then_some((earlier, row))
        };
        let pairs: Vec<(usize, usize)> = after.rows.clone().filter_map(pair).collect();
        let again = |keys: Vec<f64>| {
            let mut out = vec![f64::NAN; keys.len()];
            let key = Key { scores: &keys, direction: Direction::Negative, grid: Grid::EXACT };
            let ties = self.methodology.ranking.at(node).ties;
            ranks(key, None, ties, 0.0, &mut Vec::new(), &mut out);
            out
        };
        let earlier = again(pairs.iter().map(|(row, _)| ranked[*row]).collect());
        let later = again(pairs.iter().map(|(_, row)| ranked[*row]).collect());
        let mut moves = vec![f64::NAN; after.rows.len()];
        for (k, (_, row)) in pairs.into_iter().enumerate() {
            moves[row - after.rows.start] = earlier[k] - later[k];
        }
        moves
    }

    /// The ranks and tiers as they would be if the index of one row were another number before it is rounded, all other
    /// scores being what they are.
    pub(crate) fn with_score(
        &self,
        row: usize,
        score: f64,
    ) -> Result<Evaluation, Vec<EvaluationError>> {
        let mut changed = self.clone();
        let root = self.methodology.system.root();
        let rows = self.study.panel.rows();
        let write = |column: &mut Column, before: &[f64], score: f64| {
            let out = column.buffer(rows);
            out.copy_from_slice(before);
            out[row] = score;
        };
        let mut shown = score;
        if let Some(rounding) = self.methodology.rounding[root.index()] {
            let slice = self.study.panel.slice_at(row);
            rounding.apply(self.grid(root, slice, RankOn::Full), std::slice::from_mut(&mut shown));
            write(&mut changed.unrounded[root.index()], self.exact().values(), score);
        }
        write(&mut changed.scores[root.index()], self.scores[root.index()].values(), shown);
        changed.rank();
        changed.tier()?;
        Ok(changed)
    }

    pub(super) fn rank(&mut self) {
        let mut out = std::mem::take(&mut self.ranks);
        let mut order = std::mem::take(&mut self.scratch.order);
        out.resize(self.study.panel.rows(), f64::NAN);
        self.rank_by(self.methodology.system.root(), &mut order, &mut out);
        self.ranks = out;
        self.scratch.order = order;
    }

    /// Ranks by the scores of a node, in each slice of the panel.
    fn rank_by(&self, node: NodeId, order: &mut Vec<u32>, out: &mut [f64]) {
        let mut scores = Vec::new();
        for (at, slice) in self.study.panel.slices().iter().enumerate() {
            scores.clear();
            self.rank_slice(node, at, &mut scores, order, &mut out[slice.rows.clone()]);
        }
    }

    /// Ranks the rows of a slice by the scores of a node; `scores` is empty.
    fn rank_slice(
        &self,
        node: NodeId,
        at: usize,
        scores: &mut Vec<f64>,
        order: &mut Vec<u32>,
        out: &mut [f64],
    ) {
        let ranking = self.methodology.ranking.at(node);
        self.compare(node, ranking.on, at, scores);
        let key = |scores, node, on| Key {
            scores,
            direction: self.better(node),
            grid: self.grid(node, at, on),
        };
        let rows = self.study.panel.slices()[at].rows.clone();
        let then = ranking.then.map(|second| {
            let scores = &self.scores(second).values()[rows];
            key(scores, second, RankOn::Rounded)
        });
        let first = key(scores.as_slice(), node, ranking.on);
        ranks(first, then, ranking.ties, ranking.tolerance, order, out);
    }

    /// Cuts the scores of the index, and of every other node that has tiers, into tiers.
    pub(crate) fn tier(&mut self) -> Result<(), Vec<EvaluationError>> {
        let mut out = std::mem::take(&mut self.tiers);
        let mut scratch = std::mem::take(&mut self.scratch);
        out.clear();
        out.resize(self.study.panel.rows(), None);
        let done = self.tier_by(self.methodology.system.root(), &mut scratch, &mut out);
        self.tiers = out;
        let done = done.and_then(|()| self.tier_nodes(&mut scratch));
        self.scratch = scratch;
        done
    }

    /// The tiers of the nodes beside the index that are cut.
    fn tier_nodes(&mut self, scratch: &mut Scratch) -> Result<(), Vec<EvaluationError>> {
        self.node_tiers.clear();
        let system = Arc::clone(&self.methodology.system);
        let Some(tierings) = self.methodology.tiering.clone() else { return Ok(()) };
        let (mut all, mut errors) = (Vec::new(), Vec::new());
        for node in (0..system.nodes().len() as u32).map(NodeId) {
            if node == system.root() || tierings.at(node, &system).is_none() {
                continue;
            }
            let mut out = vec![None; self.study.panel.rows()];
            match self.tier_by(node, scratch, &mut out) {
                Ok(()) => all.push((node, out)),
                Err(found) => errors.extend(found),
            }
        }
        self.node_tiers = all;
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Cuts the scores of a node into tiers, in each league by its own rule.
    fn tier_by(
        &self,
        node: NodeId,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), Vec<EvaluationError>> {
        let mut errors = Vec::new();
        for league in 0..self.study.leagues.len() as u32 {
            let Some(choice) = self.tiering(node, LeagueIx(league)) else { continue };
            let (on, mut scores) = (choice.on.unwrap_or_default(), Vec::new());
            for slice in 0..self.study.panel.slices().len() {
                self.compare(node, on, slice, &mut scores);
            }
            for set in self.layout.sets(choice.over, choice.among) {
                if self.study.panel.slice_of(set.first()).league.0 != league
                    && choice.among == Among::League
                {
                    continue;
                }
                match self.tier_set(node, choice, &scores, set, scratch) {
                    Ok(tiers) => {
                        for (k, tier) in tiers.into_iter().enumerate() {
                            let row = set.row(k);
                            if self.study.panel.slice_of(row).league.0 == league {
                                out[row] = tier;
                            }
                        }
                    }
                    Err(e) => errors.push(locate(Stage::Tiering, choice, node, &[node], set, e)),
                }
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// The tiers of the rows of a set: settled scores, so that equal ones are equal to the last bit, and their places.
    fn tier_set(
        &self,
        node: NodeId,
        choice: &Choice<dyn Tiering>,
        scores: &[f64],
        set: &RowSet,
        scratch: &mut Scratch,
    ) -> Result<Vec<Option<Tier>>, MethodError> {
        let ranking = self.methodology.ranking.at(node);
        let on = choice.on.unwrap_or_default();
        let direction = self.better(node);
        let raw = set.gather(scores);
        let first = Key { scores: &raw, direction, grid: self.set_grid(node, on, set) };
        let second = ranking.then.map(|then| set.gather(self.scores(then).values()));
        let then = ranking.then.zip(second.as_ref()).map(|(then, scores)| Key {
            scores,
            direction: self.better(then),
            grid: self.set_grid(then, RankOn::Rounded, set),
        });
        let mut places = vec![f64::NAN; raw.len()];
        ranks(first, then, ranking.ties, ranking.tolerance, &mut scratch.order, &mut places);
        let mut settled = vec![f64::NAN; raw.len()];
        first.grid.settle(&raw, &mut scratch.order, &mut settled);
        let sign = direction.sign();
        settled.iter_mut().for_each(|x| *x *= sign);
        let mut tiers = vec![None; raw.len()];
        let rows = set.rows(&self.study, &self.layout.times);
        let less_is_better = direction.is_negative();
        let grid = first.grid;
        let input = TieringInput { scores: &settled, less_is_better, ranks: &places, grid, rows };
        choice.method.tiers(&input, scratch, &mut tiers)?;
        // Scores of which less is better arrive with their sign changed.
        scratch.intermediate.turn(sign, &["bounds", "mean"]);
        keep(scratch, Stage::Tiering, choice, node, &[node], set);
        Ok(tiers)
    }
}
