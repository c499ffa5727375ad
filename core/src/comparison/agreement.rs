//! All statistics of a pair of standings.

use super::statistic::{Figure, Pair};
use super::{Aligned, Migration, Mover, TierMapping, Undefined};

/// How far two standings agree.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// How many regions are ranked on both sides.
    pub n: usize,
    /// Every statistic, in the order of [`TABLE`](super::statistic::TABLE).
    pub figures: Vec<Figure>,
    /// The regions that change rank, those that move most first.
    pub movers: Vec<Mover>,
    /// How regions move between tiers.
    pub migration: Result<Migration, Undefined>,
}

impl Agreement {
    /// Computes everything; `persistence` is that of the rank-biased overlap, between 0 and 1.
    pub fn new(aligned: &Aligned<'_>, persistence: f64, tiers: &TierMapping) -> Agreement {
        let migration = Migration::new(aligned, tiers);
        let figures = Figure::all(&Pair { aligned, migration: &migration, persistence });
        Agreement { n: aligned.n(), figures, movers: aligned.movers(), migration }
    }

    /// The statistic of this name.
    ///
    /// # Panics
    /// There is no such statistic.
    pub fn figure(&self, name: &str) -> &Figure {
        let of_name = |figure: &&Figure| figure.entry.name == name;
        self.figures.iter().find(of_name).expect("a statistic of the table")
    }
}
