//! The order of two regions does not depend on the other regions.

use rayon::prelude::*;

use super::bench::{Bench, place};
use super::finding::{Change, CounterExample, Quantity, Tally, Trial};
use super::origin;
use super::scale::NOISE;
use super::{Property, Reason};
use crate::model::{RegionIx, Slice};
use crate::number;

pub(super) const PROPERTY: Property = Property {
    name: "irrelevant_regions",
    summary: "Removing one region does not change the order of any two other regions.",
    formula: "S_a > S_b ⇔ S_a > S_b without c, for all a, b ≠ c; rate = pairs reversed / (c, {a, b}) tested",
    reference: "Belton & Gear (1983), On a short-coming of Saaty's method of analytic hierarchies, Omega 11, 228-230; \
                Arrow (1951), Social Choice and Individual Values, Wiley: independence of irrelevant alternatives",
    information: false,
    claimed: None,
    test,
};

/// Pairs over all removals, or one.
#[derive(Clone, Copy, Default)]
struct Count {
    pairs: usize,
    reversed: usize,
    parted: usize,
}

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    if bench.slices().iter().all(|s| s.rows.len() < 3) || bench.rows().len() < 3 {
        return Err(Reason::TooFewRegions { needed: 3 });
    }
    let (regions, all) = bench.regions();
    tally.of = all;
    let done: Vec<(Trial, Count)> = regions.par_iter().map(|&r| without(bench, r)).collect();
    let mut whole = Count::default();
    for (_, count) in &done {
        whole.pairs += count.pairs;
        whole.reversed += count.reversed;
        whole.parted += count.parted;
    }
    let reversing = done.iter().filter(|(_, count)| count.reversed > 0).count();
    let counts: Vec<Count> = done.iter().map(|(_, count)| *count).collect();
    tally.add(done.into_iter().map(|(trial, _)| trial).collect());
    let tests = tally.tests;
    tally.measure(Quantity::PairsReversed, whole.reversed as f64, Some(whole.pairs));
    tally.measure(Quantity::PairsParted, whole.parted as f64, Some(whole.pairs));
    tally.measure(Quantity::RemovalsReversing, reversing as f64, Some(tests));
    let (best, middle, worst) = places(bench);
    for (quantity, chosen) in [
        (Quantity::ReversedWithoutBest, best),
        (Quantity::ReversedWithoutMiddle, middle),
        (Quantity::ReversedWithoutWorst, worst),
    ] {
        let mut sum = Count::default();
        for region in chosen {
            // One that the sample left out is looked at here.
            let count = match regions.iter().position(|r| *r == region) {
                Some(i) => counts[i],
                None => without(bench, region).1,
            };
            sum.pairs += count.pairs;
            sum.reversed += count.reversed;
        }
        tally.measure(quantity, sum.reversed as f64, Some(sum.pairs));
    }
    Ok(())
}

/// The best, the middle and the worst region of each slice.
fn places(bench: &Bench) -> (Vec<RegionIx>, Vec<RegionIx>, Vec<RegionIx>) {
    let base = bench.base();
    let mut chosen = (Vec::new(), Vec::new(), Vec::new());
    for slice in bench.slices() {
        let ranks = base.ranks();
        let mut rows: Vec<usize> = slice.rows.clone().filter(|&r| !ranks[r].is_nan()).collect();
        crate::number::sort_by_key(&mut rows, &|row| ranks[row]);
        let region = |row: &usize| base.study().panel.regions()[*row];
        chosen.0.extend(rows.first().map(region));
        chosen.1.extend(rows.get(rows.len() / 2).map(region));
        chosen.2.extend(rows.last().map(region));
    }
    chosen
}

/// A row before, and its row afterwards.
type Places = (usize, usize);

fn without(bench: &Bench, region: RegionIx) -> (Trial, Count) {
    let base = bench.base();
    let change = Change::Removed { region };
    let (study, from) = bench.study().without_region(region);
    let after = match bench.evaluate(study, bench.methodology()) {
        Ok(after) => after,
        Err(errors) => return (Trial::Faults(change, errors), Count::default()),
    };
    let sign = base.better(bench.methodology().system.root()).sign();
    let mut count = Count::default();
    let mut worst: Option<(f64, Places, Places)> = None;
    for slice in bench.slices() {
        let holds = |s: &&Slice| s.league == slice.league && s.period == slice.period;
        let Some(there) = after.study().panel.slices().iter().find(holds) else { continue };
        let rows: Vec<(usize, usize)> = there
            .rows
            .clone()
            .map(|new| (from[new], new))
            .filter(|&(old, _)| !base.exact().values()[old].is_nan())
            .collect();
        let scale = bench.scale(slice.rows.start);
        for (i, &a) in rows.iter().enumerate() {
            for &b in &rows[i + 1..] {
                count.pairs += 1;
                let was = base.ranks()[a.0] - base.ranks()[b.0];
                let is = after.ranks()[a.1] - after.ranks()[b.1];
                if was == 0.0 && is == 0.0 || was * is > 0.0 {
                    continue;
                }
                let score = |e: &crate::evaluation::Evaluation, row| sign * e.exact().values()[row];
                let gaps = [
                    (score(base, a.0) - score(base, b.0)).abs() / scale,
                    (score(&after, a.1) - score(&after, b.1)).abs() / scale,
                ];
                // Another property covers pairs that noise decides.
                if gaps.iter().all(|gap| *gap <= NOISE) {
                    continue;
                }
                let reversed = was * is < 0.0;
                if reversed {
                    count.reversed += 1;
                } else {
                    count.parted += 1;
                }
                // The pair that was, and is, the farthest apart.
                let weight = number::min(gaps[0], gaps[1]);
                let weight = if reversed { 1.0 + weight } else { weight };
                if worst.is_none_or(|(most, ..)| weight > most) {
                    worst = Some((weight, a, b));
                }
            }
        }
    }
    let Some((weight, a, b)) = worst else {
        return (Trial::Holds(0.0), count);
    };
    // The region that gains is the one that is reported.
    let gains = after.ranks()[a.1] < after.ranks()[b.1];
    let (a, b) = if gains { (a, b) } else { (b, a) };
    let example = CounterExample {
        change,
        who: bench.party(a.0),
        before: place(base, a.0),
        after: place(&after, a.1),
        other: Some((bench.party(b.0), place(base, b.0), place(&after, b.1))),
        origin: origin::difference(base, &after, &[a, b], &[]),
        severity: weight,
    };
    (Trial::Breaks(Box::new(example), 0.0), count)
}
