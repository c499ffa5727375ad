//! Tiers by agglomerative clustering of the scores.
//!
//! In one dimension the two nearest clusters are neighbours under each of the four linkages, so only neighbours are
//! compared. Of pairs that are equally near the lowest is merged first.

use super::ladder::{
    BOUNDS, GOODNESS, by_bounds, check_labels, distinct, enough, give_bounds, give_goodness,
};
use super::{Tier, Tiering, TieringInput};
use crate::method::{
    Claims, Entry, Example, MethodError, Scratch, Settings, Units, choice, settings,
};
use crate::number::{self, Precision};

choice! {
    /// How far apart two clusters are.
    pub enum Linkage {
        /// As far as their nearest members.
        Single = "single",
        /// As far as their farthest members.
        Complete = "complete",
        /// The mean over all pairs of members.
        Average = "average",
        /// By how much merging them raises the sum of squares.
        Ward = "ward",
    }
}

settings! {
    /// Settings of hierarchical tiers.
    pub struct Hierarchical {
        /// How many tiers.
        tiers: usize [1, 100] = 5,
        /// How far apart two clusters are.
        linkage: Linkage = Linkage::Ward,
        /// The names of the tiers, from best to worst.
        labels: Vec<String> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Tiering> = Entry {
    name: "hierarchical",
    summary: "Merges the two nearest clusters of scores until as many are left as there are tiers.",
    formula: "ward: |a||b|/(|a| + |b|)·(mean_a − mean_b)²; average: |mean_a − mean_b|; single, complete: nearest, farthest members",
    reference: "Ward (1963), Hierarchical grouping to optimize an objective function, JASA 58, 236–244",
    settings: Hierarchical::declared,
    make: |values: &Settings| {
        let method = Hierarchical::read(values)?;
        check_labels(&method.labels, method.tiers)?;
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[BOUNDS, GOODNESS],
    example: || {
        Example {
            columns: vec![vec![0.0, 2.0, 5.0, 9.0, f64::NAN]],
            expected: vec![2.0, 2.0, 2.0, 1.0, f64::NAN],
            source: "by hand: gaps 2, 3 and 4; the widest stays".into(),
            ..Example::default()
        }
        .with([("tiers", 2.0.into()), ("linkage", "single".into())])
    },
};

/// A run of neighbouring scores.
#[derive(Clone, Copy)]
struct Cluster {
    least: f64,
    greatest: f64,
    mean: f64,
    size: f64,
}

impl Linkage {
    /// The distance from a cluster to the next one above it.
    fn distance(self, a: &Cluster, b: &Cluster) -> f64 {
        let apart = b.mean - a.mean;
        match self {
            Linkage::Single => b.least - a.greatest,
            Linkage::Complete => b.greatest - a.least,
            Linkage::Average => apart,
            Linkage::Ward => a.size * b.size / (a.size + b.size) * apart * apart,
        }
    }
}

impl Tiering for Hierarchical {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let (values, counts) = (&mut scratch.a, &mut scratch.b);
        distinct(input.scores, values, counts);
        if !enough(counts, self.tiers)? {
            out.fill(None);
            return Ok(());
        }
        let mut clusters: Vec<Cluster> = values
            .iter()
            .zip(counts.iter())
            .map(|(&x, &size)| Cluster { least: x, greatest: x, mean: x, size })
            .collect();
        while clusters.len() > self.tiers {
            let (mut nearest, mut at) = (f64::INFINITY, 0);
            // Of distances that only rounding errors tell apart the first counts.
            let distance = |pair: &[Cluster]| self.linkage.distance(&pair[0], &pair[1]);
            let farthest = clusters.windows(2).map(distance).fold(0.0, number::max);
            let grid = Precision::Digits(13).grid(farthest);
            for (i, pair) in clusters.windows(2).enumerate() {
                let distance = distance(pair);
                if grid.below(distance, nearest) {
                    (nearest, at) = (distance, i);
                }
            }
            let above = clusters.remove(at + 1);
            let below = &mut clusters[at];
            let size = below.size + above.size;
            below.mean += (above.mean - below.mean) * (above.size / size);
            below.size = size;
            below.greatest = above.greatest;
        }
        let bounds: Vec<f64> = clusters.iter().skip(1).rev().map(|c| c.least).collect();
        by_bounds(input, &bounds, |_| true, out);
        give_bounds(&bounds, &self.labels, &mut scratch.intermediate);
        give_goodness(input.scores, out, &mut scratch.intermediate);
        Ok(())
    }

    fn count(&self) -> Option<usize> {
        Some(self.tiers)
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }
}
