//! The gradient of development: the tiers of the index with their regions.

use crate::method::settings;
use crate::number;

use super::finding::{WHOLE, columns};
use super::{Cell, Column, Form, Found, Need, Reason, Subject, analysis};

settings! {
    /// Settings of the gradient.
    pub(super) struct Settings {
        /// With how many decimals shares are shown.
        decimals: usize [0, 6] = 2,
        /// Whether shares are rounded so that they add up to 100: each is rounded down, and the units that are left over go to those with the largest remainders, of equal ones to the last.
        sum_to_100: bool = false,
    }
}

analysis!(Settings, compute, {
    name: "gradient",
    label: "Gradient of development",
    summary: "The tiers of the index: how many regions are in each, which ones, and their scores.",
    formula: "share_t = 100·n_t / n; with `sum_to_100` the largest remainders are rounded up",
    reference: "Tiers with counts and shares as in reports on digital government in China; Balinski & Young (1982), Fair Representation, chapter 2, for the largest remainders",
    needs: Need::Tiers,
    forms: &[TIERS],
});

const TIERS: Form = Form {
    name: "tiers",
    label: "Tiers",
    columns: &[
        columns::TIER,
        columns::N,
        columns::SHARE,
        columns::MEAN.detail(),
        Column::score("least", "Least").detail(),
        Column::score("greatest", "Greatest").detail(),
        Column::text("regions", "Regions"),
    ],
    shown: WHOLE,
};

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let slice = subject.now()?;
    let tiers = Tiers::new(subject, slice)?;
    let scores = subject.scores(subject.root(), slice);
    let regions = subject.regions(slice);
    let ranks = subject.evaluation.ranks_in(subject.root(), slice);
    let counts: Vec<usize> =
        (0..tiers.labels.len()).map(|tier| tiers.members(tier).len()).collect();
    let shares = percentages(&counts, settings);
    let mut found = Found::new(&TIERS);
    for (tier, share) in shares.into_iter().enumerate() {
        let mut members = tiers.members(tier);
        number::sort_items(&mut members, |&a, &b| number::ascending(ranks[a], ranks[b]));
        let of: Vec<f64> = members.iter().map(|&i| scores[i]).collect();
        let (least, greatest) = number::extremes(&of).unwrap_or((f64::NAN, f64::NAN));
        found.push([
            tiers.cell(tier),
            members.len().into(),
            Cell::Percent(share, settings.decimals),
            number::mean(&of).unwrap_or(f64::NAN).into(),
            least.into(),
            greatest.into(),
            Cell::Regions(members.into_iter().map(|i| regions[i]).collect()),
        ]);
    }
    Ok(vec![found])
}

fn percentages(counts: &[usize], settings: &Settings) -> Vec<f64> {
    if settings.sum_to_100 {
        return shares(counts, settings.decimals as u32);
    }
    let n: usize = counts.iter().sum();
    counts.iter().map(|&count| 100.0 * count as f64 / n as f64).collect()
}

/// Shares in per cent with so many decimals (at most nine) that add up to 100 exactly: each is rounded down, and the
/// units that are left over go to those with the largest remainders, of equal ones to the last. Zeros where nothing is
/// counted.
pub fn shares(counts: &[usize], decimals: u32) -> Vec<f64> {
    let all: u128 = counts.iter().map(|&count| count as u128).sum();
    if all == 0 {
        return vec![0.0; counts.len()];
    }
    let unit = 10_u128.pow(decimals.min(9));
    let exact = |count: usize| count as u128 * 100 * unit;
    let mut units: Vec<u128> = counts.iter().map(|&count| exact(count) / all).collect();
    let left = 100 * unit - units.iter().sum::<u128>();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    let remainder = |at: usize| exact(counts[at]) % all;
    number::sort_by(&mut order, &|a, b| remainder(b).cmp(&remainder(a)).then(b.cmp(&a)));
    order.iter().take(left as usize).for_each(|&at| units[at] += 1);
    units.into_iter().map(|units| units as f64 / unit as f64).collect()
}

/// The tiers of the index in a slice.
pub(super) struct Tiers {
    /// Their names, best first.
    pub labels: Vec<String>,
    /// The tier of each region of the slice.
    pub of: Vec<Option<usize>>,
}

impl Tiers {
    pub(super) fn new(subject: &Subject<'_>, slice: usize) -> Result<Tiers, Reason> {
        let standing = crate::comparison::Standing::new(subject.evaluation, slice);
        if !subject.has_tiers() {
            return Err(Reason::NoTiers);
        }
        let of = standing.tiers.iter().map(|tier| tier.map(usize::from)).collect();
        Ok(Tiers { labels: standing.labels, of })
    }

    /// The positions of the regions in a tier.
    pub(super) fn members(&self, tier: usize) -> Vec<usize> {
        (0..self.of.len()).filter(|&i| self.of[i] == Some(tier)).collect()
    }

    pub(super) fn cell(&self, tier: usize) -> Cell {
        Cell::Tier(tier as _, self.labels.len(), self.labels[tier].clone())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shares_of_an_assessment_of_2019() {
        // 32 units of the assessment of online services by the Party School, data of 2019: 8, 15 and 9 of them were
        // printed as 25 %, 46.87 % and 28.13 %, though 15 / 32 is 46.875 %.
        assert_eq!(shares(&[8, 15, 9], 2), [25.0, 46.87, 28.13]);
        assert_eq!(shares(&[1, 1, 1], 0), [33.0, 33.0, 34.0]);
        assert_eq!(shares(&[0, 0], 1), [0.0, 0.0]);
    }

    proptest! {
        #[test]
        fn shares_add_up(counts in prop::collection::vec(0_usize..1000, 1..12), decimals in 0_u32..6) {
            prop_assume!(counts.iter().sum::<usize>() > 0);
            let unit = libm::pow(10.0, f64::from(decimals));
            let found = shares(&counts, decimals);
            let units: f64 = found.iter().map(|share| (share * unit).round()).sum();
            prop_assert_eq!(units, 100.0 * unit);
            let all: usize = counts.iter().sum();
            for (share, count) in found.iter().zip(&counts) {
                let exact = 100.0 * *count as f64 / all as f64;
                prop_assert!((share - exact).abs() < 1.0 / unit + 1e-9);
            }
        }
    }
}
