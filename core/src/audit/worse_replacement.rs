//! The best region stays the best where another one becomes worse.

use super::bench::{Bench, place};
use super::finding::{Change, CounterExample, Tally, Trial};
use super::scale::NOISE;
use super::{Property, Reason, origin};
use crate::model::{Column, IndicatorKind, RegionIx, Slice};
use crate::number;

pub(super) const PROPERTY: Property = Property {
    name: "worse_replacement",
    summary: "If a region that is not the best is replaced by a worse one, the best region stays the best.",
    formula: "x'_c no better than x_c in every leaf, c not the best ⇒ the regions of rank 1 are the same",
    reference: "Wang & Triantaphyllou (2008), Ranking irregularities when evaluating alternatives by using some ELECTRE \
                methods, Omega 36, 45-63: test criterion 1",
    information: false,
    claimed: None,
    test,
};

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let base = bench.base();
    let ranks = base.ranks();
    let panel = &bench.study().panel;
    let (regions, _) = bench.regions();
    let mut items = Vec::new();
    for slice in bench.slices() {
        let first = best(ranks, slice);
        for row in slice.rows.clone().filter(|row| ranks[*row] > first) {
            // Each is replaced twice.
            tally.of += 2;
            if regions.binary_search(&panel.regions()[row]).is_ok() {
                items.extend([(slice.clone(), row, false), (slice.clone(), row, true)]);
            }
        }
    }
    if items.is_empty() {
        return Err(Reason::TooFewRegions { needed: 2 });
    }
    let trials = bench.each(&items, |(slice, row, worst)| replaced(bench, slice, *row, *worst));
    tally.add(trials);
    Ok(())
}

/// The best rank of a slice.
fn best(ranks: &[f64], slice: &Slice) -> f64 {
    ranks[slice.rows.clone()].iter().copied().fold(f64::INFINITY, number::min)
}

/// One region made worse in every leaf: by a tenth of the range, or as bad as the worst that is seen.
fn replaced(bench: &Bench, slice: &Slice, row: usize, worst: bool) -> Trial {
    let base = bench.base();
    let region: RegionIx = bench.study().panel.regions()[row];
    let change = Change::Worsened { region, worst };
    let mut columns: Vec<(usize, Column)> = Vec::new();
    for k in 0..base.indicators().columns().len() {
        let column = base.indicators().column(k);
        let from = column.values()[row];
        if let Some(to) = worse(bench, slice, k, from, worst) {
            columns.push((k, column.with_cell(row, to)));
        }
    }
    if columns.is_empty() {
        return Trial::LeftOut(Reason::AlreadyWorst);
    }
    let after = match base.with_indicators(columns) {
        Ok(after) => after,
        Err(errors) => return Trial::Faults(change, errors),
    };
    let is_best = |ranks: &[f64], r: usize| ranks[r] == best(ranks, slice);
    let (was, is) = (base.ranks(), after.ranks());
    let rows = || slice.rows.clone().filter(|r| !was[*r].is_nan());
    let gains = rows().find(|&r| is_best(is, r) && !is_best(was, r));
    let loses = rows().find(|&r| is_best(was, r) && !is_best(is, r));
    let (first, second) = match (gains, loses) {
        (None, None) => return Trial::Holds(0.0),
        (Some(gains), loses) => {
            let old = loses.or_else(|| rows().find(|&r| is_best(was, r)));
            (gains, old.unwrap_or(row))
        }
        (None, Some(loses)) => (rows().find(|&r| is_best(is, r)).unwrap_or(row), loses),
    };
    let scores = |e: &crate::evaluation::Evaluation| {
        (e.exact().values()[first] - e.exact().values()[second]).abs() / bench.scale(row)
    };
    let gaps = [scores(base), scores(&after)];
    // Another property covers pairs that noise decides.
    if gaps.iter().all(|gap| *gap <= NOISE) {
        return Trial::Holds(0.0);
    }
    let example = CounterExample {
        change,
        who: bench.party(first),
        before: place(base, first),
        after: place(&after, first),
        other: Some((bench.party(second), place(base, second), place(&after, second))),
        origin: origin::difference(base, &after, &[(first, first), (second, second)], &[]),
        severity: number::min(gaps[0], gaps[1]),
    };
    Trial::Breaks(Box::new(example), 0.0)
}

/// A worse value of a cell within the stated limits, of grades, counts and yes or no one that is seen; none where the value
/// is the worst that there can be.
fn worse(bench: &Bench, slice: &Slice, column: usize, from: f64, worst: bool) -> Option<f64> {
    if from.is_nan() {
        return None;
    }
    let indicator = bench.methodology().system.indicator(column);
    let sign = indicator.direction.sign() * bench.base().turn();
    let values = &bench.base().indicators().column(column).values()[slice.rows.clone()];
    let seen = || values.iter().copied().filter(|x| !x.is_nan());
    let (low, high) = number::extremes(values)?;
    let bottom = if sign > 0.0 { low } else { high };
    let discrete = matches!(
        indicator.kind,
        IndicatorKind::Count | IndicatorKind::Ordinal | IndicatorKind::Binary
    );
    let to = match (worst, discrete) {
        (true, _) => bottom,
        (false, true) => {
            let below = seen().filter(|x| sign * x < sign * from);
            below.max_by(|a, b| (sign * a).total_cmp(&(sign * b)))?
        }
        // No worse than what is seen, so that no method meets a value that it has no score for.
        (false, false) => number::clamp(from - sign * 0.1 * (high - low), low, high),
    };
    let (lower, upper) = indicator.ends();
    let (lower, upper) = (lower.unwrap_or(f64::NEG_INFINITY), upper.unwrap_or(f64::INFINITY));
    let to = number::clamp(to, lower, upper);
    (sign * to < sign * from).then_some(to)
}
