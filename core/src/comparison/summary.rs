//! All statistics of a pair of standings.

use super::{Aligned, Migration, Mover, Statistic, TierMapping, Undefined, Weights};

/// How far two standings agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// How many regions are ranked on both sides.
    pub n: usize,
    /// [`Aligned::spearman`].
    pub spearman: Statistic,
    /// [`Aligned::kendall`].
    pub kendall: Statistic,
    /// [`Aligned::weighted_tau`].
    pub weighted_tau: Statistic,
    /// [`Aligned::rank_biased_overlap`].
    pub rank_biased_overlap: Statistic,
    /// [`Aligned::mean_shift`], in places.
    pub mean_shift: Statistic,
    /// [`Aligned::mean_score_shift`], in the unit of the scores.
    pub mean_score_shift: Statistic,
    /// How many regions have a score on both sides.
    pub scored: usize,
    /// The regions that change rank, those that move most first.
    pub movers: Vec<Mover>,
    /// How regions move between tiers.
    pub migration: Result<Migration, Undefined>,
    /// How many regions change tier, and of how many.
    pub tiers_moved: Result<(usize, usize), Undefined>,
    /// Cohen's kappa of the tiers: plain, linear, quadratic.
    pub kappa: [Statistic; 3],
}

impl Agreement {
    /// Computes everything; `p` is the persistence of the rank-biased overlap, between 0 and 1.
    pub fn new(aligned: &Aligned<'_>, p: f64, tiers: &TierMapping) -> Agreement {
        let migration = Migration::new(aligned, tiers);
        let of_migration = migration.as_ref().map_err(Clone::clone);
        let kappa = [Weights::Equal, Weights::Linear, Weights::Quadratic]
            .map(|weights| of_migration.clone().and_then(|m| m.kappa(weights)));
        Agreement {
            n: aligned.n(),
            spearman: aligned.spearman(),
            kendall: aligned.kendall(),
            weighted_tau: aligned.weighted_tau(),
            rank_biased_overlap: aligned.rank_biased_overlap(p),
            mean_shift: aligned.mean_shift(),
            mean_score_shift: aligned.mean_score_shift(),
            scored: aligned.scored(),
            movers: aligned.movers(),
            tiers_moved: of_migration.and_then(Migration::moved),
            migration,
            kappa,
        }
    }
}
