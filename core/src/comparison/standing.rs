//! One side of a comparison.

use crate::evaluation::Evaluation;
use crate::methodology::RankTies;
use crate::model::{LeagueIx, PeriodIx};
use crate::tiering::Tier;

/// Scores, ranks and tiers of the regions of one league in one period, from which a comparison, a snapshot or an
/// explanation starts.
///
/// All columns have one cell a region.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The regions by code, ascending.
    pub regions: Vec<String>,
    /// Their scores on the index, rounded if the methodology rounds it; NaN for none.
    pub scores: Vec<f64>,
    /// Their ranks, 1 being the best; NaN for none.
    pub ranks: Vec<f64>,
    /// Their tiers, 0 being the best; `None` for none.
    pub tiers: Vec<Option<Tier>>,
    /// The names of the tiers, best first: as stated, else `1`, `2`, …; empty where there are no tiers.
    pub labels: Vec<String>,
    /// What regions with equal scores share.
    pub ties: RankTies,
    /// The least and the greatest score that the methodology can give, as far as its methods state them.
    pub bounds: (f64, f64),
}

/// The bounds where nothing is known of them.
pub(super) const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

impl Default for Standing {
    /// No region.
    fn default() -> Self {
        Standing {
            regions: Vec::new(),
            scores: Vec::new(),
            ranks: Vec::new(),
            tiers: Vec::new(),
            labels: Vec::new(),
            ties: RankTies::Competition,
            bounds: ANY,
        }
    }
}

impl Standing {
    /// The standing in a slice of an evaluation's panel.
    pub fn new(evaluation: &Evaluation, slice: usize) -> Standing {
        let study = evaluation.study();
        let panel = &study.panel;
        let slice = &panel.slices()[slice];
        let rows = slice.rows.clone();
        let regions = panel.regions()[rows.clone()].iter();
        let tiers = evaluation.tiers();
        // Tiers without names are numbered: as many as are in use in any period of the league.
        let of_league = panel.slices().iter().filter(|s| s.league == slice.league);
        let worst = of_league.filter_map(|s| tiers[s.rows.clone()].iter().flatten().max()).max();
        let count = worst.map_or(0, |&tier| usize::from(tier) + 1);
        let mut labels = evaluation.tier_labels(rows.start).to_vec();
        labels.extend((labels.len() + 1..=count).map(|tier| tier.to_string()));
        Standing {
            regions: regions.map(|r| study.regions[r.0 as usize].code.clone()).collect(),
            scores: evaluation.scores(evaluation.methodology().system.root()).values()
                [rows.clone()]
            .to_vec(),
            ranks: evaluation.ranks()[rows.clone()].to_vec(),
            tiers: tiers[rows].to_vec(),
            labels,
            ties: evaluation.methodology().ranking.at(evaluation.methodology().system.root()).ties,
            bounds: evaluation.bounds(),
        }
    }

    /// The standing of a league in a period, the last one with rows where none is stated; `None` without rows.
    pub fn of(
        evaluation: &Evaluation,
        league: LeagueIx,
        period: Option<PeriodIx>,
    ) -> Option<(PeriodIx, Standing)> {
        let slices = evaluation.study().panel.slices().iter().enumerate();
        let (at, slice) = slices
            .filter(|(_, s)| s.league == league && period.is_none_or(|p| p == s.period))
            .max_by_key(|(_, s)| s.period)?;
        Some((slice.period, Standing::new(evaluation, at)))
    }

    /// Whether scores lie outside some bounds by more than a quarter of the distance between them.
    pub(super) fn goes_beyond(&self, (least, greatest): (f64, f64)) -> bool {
        let slack = 0.25 * (greatest - least);
        self.scores.iter().any(|x| *x < least - slack || *x > greatest + slack)
    }

    /// How many regions there are.
    pub fn len(&self) -> usize {
        self.regions.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.regions.is_empty()
    }

    /// The place of a region.
    pub fn find(&self, code: &str) -> Option<usize> {
        self.regions.binary_search_by(|r| r.as_str().cmp(code)).ok()
    }

    /// The name of a region's tier.
    pub fn tier(&self, region: usize) -> Option<&str> {
        self.tiers[region].map(|tier| self.labels[usize::from(tier)].as_str())
    }
}
