//! A better value never harms the region that has it.

use super::bench::{Bench, place, sample};
use super::finding::{Change, CounterExample, Tally, Trial};
use super::origin::{self, At};
use super::scale::NOISE;
use super::{Property, Reason};
use crate::model::{IndicatorKind, State};
use crate::number;

pub(super) const PROPERTY: Property = Property {
    name: "monotone",
    summary: "If one indicator of a region improves and nothing else changes, its score, rank and tier do not get worse.",
    formula: "x'_rk better than x_rk, all else equal ⇒ S'_r no worse than S_r, and so its rank and tier",
    reference: "Roy (1996), Multicriteria Methodology for Decision Aiding, Kluwer, ch. 2: monotonicity; OECD/JRC \
                Handbook (2008), step 6",
    information: false,
    claimed: Some(|claims| claims.monotone),
    test,
};

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let base = bench.base();
    let methodology = bench.methodology();
    let system = &methodology.system;
    let rows = bench.rows();
    let mut steps: Vec<(usize, usize, f64)> = Vec::new();
    for (k, column) in base.indicators().columns().iter().enumerate() {
        for &row in &rows {
            if column.state(row) != State::Value {
                continue;
            }
            let better = improvements(bench, k, row);
            if better.is_empty() {
                tally.leave_out(Reason::AlreadyBest);
            }
            steps.extend(better.into_iter().map(|to| (k, row, to)));
        }
    }
    tally.of = steps.len();
    let steps = sample(steps, bench.options().cells);
    let sign = base.better(system.root()).sign();
    let trials = bench.each(&steps, |&(k, row, to)| {
        let leaf = system.leaves()[k];
        let column = base.indicators().column(k);
        let change = Change::Improved { leaf, from: column.values()[row], to };
        let after = match base.with_indicator(k, column.with_cell(row, to)) {
            Ok(after) => after,
            Err(errors) => return Trial::Faults(change, errors),
        };
        let (was, is) = (place(base, row), place(&after, row));
        let fall = sign * (was.score - is.score) / bench.scale(row);
        let lost = is.score.is_nan();
        let worse_tier = matches!((was.tier, is.tier), (Some(a), Some(b)) if b > a);
        if !lost && fall <= NOISE && is.rank <= was.rank && !worse_tier {
            return Trial::Holds(0.0);
        }
        let (low, high) = (At { evaluation: base, row }, At { evaluation: &after, row });
        let slice = bench.study().panel.slice_of(row).rows.clone();
        let others: Vec<(usize, usize)> = slice.filter(|r| *r != row).map(|r| (r, r)).collect();
        let found = if fall > NOISE || lost {
            origin::fall(low, high)
        } else if is.rank > was.rank {
            // Its own score did not fall: the others' rose.
            origin::difference(base, &after, &others, &[])
        } else {
            Some(origin::tiers(base))
        };
        let places = if is.rank > was.rank { is.rank - was.rank } else { 0.0 };
        let example = CounterExample {
            change,
            who: bench.party(row),
            before: was,
            after: is,
            other: None,
            origin: found,
            severity: if lost { f64::INFINITY } else { places + number::max(fall, 0.0) },
        };
        Trial::Breaks(Box::new(example), 0.0)
    });
    tally.add(trials);
    Ok(())
}

/// Better values of a cell: a little, by a standard deviation, the best of its slice, and beyond it by a tenth of the
/// range, within the stated limits. For grades, counts and yes or no: the next better value that is seen, and the best.
fn improvements(bench: &Bench, column: usize, row: usize) -> Vec<f64> {
    let indicator = bench.methodology().system.indicator(column);
    let sign = indicator.direction.sign() * bench.base().turn();
    let values = bench.base().indicators().column(column).values();
    let slice = &values[bench.study().panel.slice_of(row).rows.clone()];
    let from = values[row];
    let mut seen = Vec::new();
    number::sorted(slice, &mut seen);
    let best = if sign > 0.0 { seen[seen.len() - 1] } else { seen[0] };
    let range = seen[seen.len() - 1] - seen[0];
    let discrete = matches!(
        indicator.kind,
        IndicatorKind::Count | IndicatorKind::Ordinal | IndicatorKind::Binary
    );
    let mut better = if discrete {
        let above = seen.iter().copied().filter(|x| sign * x > sign * from);
        let next = above.min_by(|a, b| (sign * a).total_cmp(&(sign * b)));
        next.into_iter().chain([best]).collect()
    } else {
        let spread = number::sample_variance(slice).filter(|v| *v > 0.0).map_or(0.0, f64::sqrt);
        // Where all are equal there is no range to go by.
        let unit = if range > 0.0 { range } else { 0.1 * number::max(from.abs(), 1.0) };
        let steps =
            [from + sign * 0.01 * unit, from + sign * spread, best, best + sign * 0.1 * unit];
        steps.to_vec()
    };
    let (lower, upper) = indicator.ends();
    let (lower, upper) = (lower.unwrap_or(f64::NEG_INFINITY), upper.unwrap_or(f64::INFINITY));
    better.iter_mut().for_each(|x| *x = number::clamp(*x, lower, upper));
    better.retain(|x| sign * x > sign * from);
    number::sort_items(&mut better, |a, b| (sign * a).total_cmp(&(sign * b)));
    better.dedup();
    better
}
