//! A region that is no worse in every leaf is no worse in the index.

use super::bench::{Bench, place, sample};
use super::finding::{Change, CounterExample, Tally, Trial};
use super::origin::{self, At};
use super::scale::NOISE;
use super::{Property, Reason};
use crate::number;

pub(super) const PROPERTY: Property = Property {
    name: "dominance",
    summary: "A region that is at least as good as another in every indicator has at least as good a score and rank.",
    formula: "x_ak no worse than x_bk for all k ⇒ S_a no worse than S_b",
    reference: "Keeney & Raiffa (1976), Decisions with Multiple Objectives, Wiley, ch. 3: Pareto dominance",
    information: false,
    claimed: Some(|claims| claims.monotone),
    test,
};

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let base = bench.base();
    let system = &bench.methodology().system;
    let columns = base.indicators().columns();
    let signs: Vec<f64> =
        (0..columns.len()).map(|k| base.turn() * system.indicator(k).direction.sign()).collect();
    let dominates = |a: usize, b: usize| {
        columns.iter().zip(&signs).all(|(column, sign)| {
            let (x, y) = (sign * column.values()[a], sign * column.values()[b]);
            // Where a value is absent there is nothing to compare, and NaN is not `>=`.
            x >= y
        })
    };
    let scores = base.exact().values();
    let mut pairs = Vec::new();
    for slice in bench.slices() {
        let rows: Vec<usize> = slice.rows.clone().filter(|&r| !scores[r].is_nan()).collect();
        for &a in &rows {
            pairs.extend(rows.iter().filter(|&&b| a != b && dominates(a, b)).map(|&b| (a, b)));
        }
    }
    if pairs.is_empty() {
        return Err(Reason::NobodyDominates);
    }
    tally.of = pairs.len();
    let pairs = sample(pairs, 100 * bench.options().cells);
    let sign = base.better(system.root()).sign();
    let trials = bench.each(&pairs, |&(a, b)| {
        let (x, y) = (place(base, a), place(base, b));
        let fall = sign * (y.score - x.score) / bench.scale(a);
        let worse_tier = matches!((x.tier, y.tier), (Some(a), Some(b)) if a > b);
        let worse_rank = fall > NOISE || (x.rank > y.rank && x.score != y.score);
        if !worse_rank && !worse_tier {
            return Trial::Holds(0.0);
        }
        let better = |k: &usize| columns[*k].values()[a] != columns[*k].values()[b];
        let example = CounterExample {
            change: Change::Dominates {
                better: (0..columns.len()).find(better).map(|k| system.leaves()[k]),
            },
            who: bench.party(a),
            before: x,
            after: x,
            other: Some((bench.party(b), y, y)),
            origin: origin::fall(At { evaluation: base, row: b }, At { evaluation: base, row: a })
                .or_else(|| {
                    Some(if worse_rank { origin::ranking(base) } else { origin::tiers(base) })
                }),
            severity: number::max(fall, 0.0) + number::max(x.rank - y.rank, 0.0),
        };
        Trial::Breaks(Box::new(example), 0.0)
    });
    tally.add(trials);
    Ok(())
}
