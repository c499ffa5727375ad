//! Tiers: what a tiering script gives.

use std::sync::Arc;

use quanheng_core::tiering::Tier;
use quanheng_words::number::exact;
use quanheng_words::text;
use rhai::{Array, ImmutableString};

use super::column::{Column, Numbers};
use super::functions::{Functions, as_it_is, functions};
use super::mask::Mask;
use crate::limits::{Charge, charge, in_time_for};
use crate::problem::{Failed, fail};

/// A tier for each row, 0 being the best, and names for the tiers.
#[derive(Clone, Debug)]
pub struct Tiers {
    pub(crate) tiers: Arc<(Vec<Option<Tier>>, Charge)>,
    pub(crate) labels: Arc<Vec<String>>,
}

as_it_is! { Tiers = "Tiers" }

impl Tiers {
    pub(crate) fn new(tiers: Vec<Option<Tier>>) -> Result<Self, Failed> {
        let charge = charge(tiers.len() * 4)?;
        Ok(Tiers { tiers: Arc::new((tiers, charge)), labels: Arc::default() })
    }

    fn count(&self) -> usize {
        self.tiers.0.iter().flatten().map(|t| usize::from(*t) + 1).max().unwrap_or(0)
    }
}

/// The most tiers that a script can make.
const MOST: usize = 1000;

/// How many bounds a score does not reach.
fn cut(scores: &Column, cuts: Vec<f64>, inclusive: bool) -> Result<Tiers, Failed> {
    if cuts.len() > MOST {
        return Err(fail(text!(script_many_cuts, most = MOST), text!(script_fewer_tiers)));
    }
    let below = |score: &f64| {
        cuts.iter().filter(|c| !(score > *c || (inclusive && score == *c))).count() as Tier
    };
    let mut tiers = Vec::with_capacity(scores.len());
    for piece in scores.values().chunks(4096) {
        in_time_for(scores.len())?;
        tiers.extend(piece.iter().map(|x| (!x.is_nan()).then(|| below(x))));
    }
    Tiers::new(tiers)
}

pub(crate) fn register(lib: &mut Functions) {
    functions! { lib, "Tiers";
        /// Tiers by cut points: a score belongs to the best tier whose bound it reaches.
        fn "cut"(scores: Column, cuts: Numbers) -> Tiers { cut(&scores, cuts.0, true) }
        /// Tiers by cut points: a score belongs to the best tier whose bound it lies above.
        fn "cut_above"(scores: Column, cuts: Numbers) -> Tiers { cut(&scores, cuts.0, false) }
        /// Tiers by counts, of ranks with 1 for the best: the first so many places, the next so many, …; equal ranks are
        /// never parted, but belong to the better tier.
        fn "cut_by_counts"(ranks: Column, counts: Numbers) -> Tiers {
            if counts.0.len() > MOST {
                return Err(fail(text!(script_many_counts, most = MOST), text!(script_fewer_tiers)));
            }
            let mut total = 0.0;
            let mut borders = Vec::new();
            for count in &counts.0 {
                if *count < 1.0 || count.fract() != 0.0 {
                    return Err(fail(text!(script_not_regions, x = exact(*count)), text!(script_whole_from_1)));
                }
                total += count;
                borders.push(total);
            }
            borders.pop();
            let tier = |rank: &f64| borders.iter().filter(|border| rank > *border).count() as Tier;
            let mut tiers = Vec::with_capacity(ranks.len());
            for piece in ranks.values().chunks(4096) {
                in_time_for(ranks.len())?;
                tiers.extend(piece.iter().map(|x| (!x.is_nan()).then(|| tier(x))));
            }
            Tiers::new(tiers)
        }
        /// Tiers by number: 1 is the best, absent cells have none.
        fn "as_tiers"(numbers: Column) -> Tiers {
            let tier = |x: &f64| match *x {
                x if x.is_nan() => Ok(None),
                x if x >= 1.0 && x.fract() == 0.0 && x < MOST as f64 => Ok(Some(x as Tier - 1)),
                x => Err(fail(text!(script_not_a_tier, x = exact(x)), text!(script_tiers_from_1))),
            };
            Tiers::new(numbers.values().iter().map(tier).collect::<Result<_, _>>()?)
        }
        /// The numbers of the tiers, 1 being the best.
        fn "get numbers"(tiers: Tiers) -> Column {
            Column::new(tiers.tiers.0.iter().map(|t| t.map_or(f64::NAN, |t| f64::from(t) + 1.0)).collect())
        }
        /// How many tiers there are, up to the worst that has a region.
        fn "len"(tiers: Tiers) -> i64 { Ok(tiers.count() as i64) }
        /// The rows for which `mask` is true have no tier.
        fn "without"(tiers: Tiers, mask: Mask) -> Tiers {
            super::column::same_length(tiers.tiers.0.len(), mask.len())?;
            let kept = tiers.tiers.0.iter().enumerate().map(|(row, t)| t.filter(|_| !mask.yes(row)));
            let labels = tiers.labels.clone();
            Ok(Tiers { labels, ..Tiers::new(kept.collect())? })
        }
        /// Names for the tiers, the best first.
        fn "label"(tiers: Tiers, names: Array) -> Tiers {
            let mut labels = Vec::with_capacity(names.len());
            for name in names {
                labels.push(name.into_immutable_string().map_err(|_| fail(text!(script_tier_name), text!(script_example, code = "label([\"A\", \"B\"])")))?.to_string());
            }
            if !labels.is_empty() && labels.len() < tiers.count() {
                let what = text!(script_tier_names, tiers = tiers.count(), names = labels.len());
                return Err(fail(what, text!(script_tier_names_hint)));
            }
            Ok(Tiers { labels: Arc::new(labels), ..tiers })
        }
        /// The name of a tier, counted from 1.
        fn "name"(tiers: Tiers, number: super::functions::Whole) -> ImmutableString {
            Ok(tiers.labels.get(number.0.wrapping_sub(1)).cloned().unwrap_or_else(|| number.0.to_string()).into())
        }
    }
}
