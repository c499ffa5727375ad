//! Ranks and tiers of the index.

use super::columns::locate;
use super::intermediate::keep;
use super::{Evaluation, EvaluationError, Screened, Shortage};
use crate::method::Stage;
use crate::methodology::RankOn;
use crate::model::{NodeId, RegionIx, Slice};
use crate::number::{self, RoundMode};
use crate::ranking::ranks;
use crate::tiering::TieringInput;

impl Evaluation {
    /// The scores of a node at the precision at which regions are ranked, their sign changed so that the least is the best.
    fn keys(&self, node: NodeId) -> Vec<f64> {
        let sign = -self.direction(node).sign();
        let column = match self.methodology.ranking.on {
            RankOn::Full | RankOn::Digits(_) if node == self.methodology.system.root() => {
                &self.exact
            }
            _ => &self.scores[node.index()],
        };
        let at = |x: f64| match self.methodology.ranking.on {
            RankOn::Full | RankOn::Rounded => x,
            RankOn::Digits(digits) => number::round(x, digits, RoundMode::HalfUp),
        };
        column.values().iter().map(|&x| sign * at(x)).collect()
    }

    /// The ranks by the scores of a node, by the same rule as those of the index; NaN without a score.
    pub fn ranks_of(&self, node: NodeId) -> Vec<f64> {
        let mut out = vec![f64::NAN; self.study.panel.rows()];
        self.rank_by(node, &mut Vec::new(), &mut out);
        out
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

    /// How many places each region of a slice has risen (above zero) or fallen since another slice, both by position in the
    /// panel: among the regions that have a rank in both, so that nobody moves because another came or went. By row of
    /// the later slice; NaN for a region that is not in both.
    pub fn moves(&self, before: usize, after: usize) -> Vec<f64> {
        let panel = &self.study.panel;
        let (before, after) = (&panel.slices()[before], &panel.slices()[after]);
        let pair = |row: usize| {
            let earlier = panel.row_of(before, panel.regions()[row])?;
            let both = !self.ranks[earlier].is_nan() && !self.ranks[row].is_nan();
            both.then_some((earlier, row))
        };
        let pairs: Vec<(usize, usize)> = after.rows.clone().filter_map(pair).collect();
        let again = |keys: Vec<f64>| {
            let mut out = vec![f64::NAN; keys.len()];
            ranks(&keys, None, self.methodology.ranking.ties, 0.0, &mut Vec::new(), &mut out);
            out
        };
        let earlier = again(pairs.iter().map(|(row, _)| self.ranks[*row]).collect());
        let later = again(pairs.iter().map(|(_, row)| self.ranks[*row]).collect());
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
        changed.exact.buffer(rows).copy_from_slice(self.exact.values());
        changed.exact.buffer(rows)[row] = score;
        let rounded = match self.methodology.rounding[root.index()] {
            Some(rounding) => number::round(score, rounding.digits, rounding.mode),
            None => score,
        };
        let scores = &mut changed.scores[root.index()];
        scores.buffer(rows).copy_from_slice(self.scores[root.index()].values());
        scores.buffer(rows)[row] = rounded;
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

    fn rank_by(&self, node: NodeId, order: &mut Vec<u32>, out: &mut [f64]) {
        let keys = self.keys(node);
        let ranking = &self.methodology.ranking;
        let then: Option<Vec<f64>> = ranking.then.map(|node| {
            let sign = -self.direction(node).sign();
            self.scores[node.index()].values().iter().map(|x| sign * x).collect()
        });
        for slice in self.study.panel.slices() {
            let rows = slice.rows.clone();
            ranks(
                &keys[rows.clone()],
                then.as_ref().map(|t| &t[rows.clone()]),
                ranking.ties,
                ranking.tolerance,
                order,
                &mut out[rows],
            );
        }
    }

    pub(super) fn tier(&mut self) -> Result<(), Vec<EvaluationError>> {
        self.tiers.clear();
        self.tiers.resize(self.study.panel.rows(), None);
        let methodology = self.methodology.clone();
        let root = methodology.system.root();
        let mut scores = self.keys(root);
        scores.iter_mut().for_each(|x| *x = -*x);
        let mut errors = Vec::new();
        for league in 0..self.study.leagues.len() as u32 {
            let own = methodology.league_tiering.iter().find(|(l, _)| l.0 == league);
            let Some(choice) = own.map(|(_, choice)| choice).or(methodology.tiering.as_ref())
            else {
                continue;
            };
            for set in self.layout.sets(choice.over, choice.among) {
                if self.study.panel.slice_of(set.first()).league.0 != league
                    && choice.among == crate::methodology::Among::League
                {
                    continue;
                }
                let part = set.gather(&scores);
                let places = set.gather(&self.ranks);
                let mut out = vec![None; part.len()];
                let rows = set.rows(&self.study, &self.layout.times);
                let input = TieringInput { scores: &part, ranks: &places, rows };
                match choice.method.tiers(&input, &mut self.scratch, &mut out) {
                    Ok(()) => {
                        // Scores of which less is better arrive with their sign changed.
                        self.scratch
                            .intermediate
                            .turn(self.direction(root).sign(), &["bounds", "mean"]);
                        keep(&mut self.scratch, Stage::Tiering, choice, root, &[root], set);
                        for (k, tier) in out.into_iter().enumerate() {
                            let row = set.row(k);
                            if self.study.panel.slice_of(row).league.0 == league {
                                self.tiers[row] = tier;
                            }
                        }
                    }
                    Err(e) => errors.push(locate(Stage::Tiering, choice, root, &[root], set, e)),
                }
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}
