//! Codes and the order of rows do not matter.

use super::bench::{Bench, place};
use super::finding::{Change, CounterExample, Quantity, Tally, Trial};
use super::origin;
use super::scale::NOISE;
use super::{Property, Reason};
use crate::model::{RegionIx, Study};
use crate::number::{sort_by, sort_by_key, uniform};

pub(super) const PROPERTY: Property = Property {
    name: "row_order",
    summary: "If regions have other codes, and are therefore in another order, each region keeps its score, rank and tier.",
    formula: "f(πX) = πf(X) for every permutation π of the regions",
    reference: "May (1952), A set of independent necessary and sufficient conditions for simple majority decision, \
                Econometrica 20, 680-684: anonymity",
    information: false,
    claimed: None,
    test,
};

/// How many orders are tried: the reverse one, and drawn ones.
const ORDERS: u64 = 5;

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let rows = bench.rows();
    if rows.len() < 2 {
        return Err(Reason::TooFewRegions { needed: 2 });
    }
    tally.of = rows.len() * ORDERS as usize;
    let base = bench.base();
    for order in 0..ORDERS {
        let change = Change::Renamed { order };
        let (study, from) = renamed(bench.study(), bench.codes_kept(), order);
        let other = match bench.evaluate(study, bench.methodology()) {
            Ok(other) => other,
            Err(errors) => {
                tally.add(vec![Trial::Faults(change, errors)]);
                continue;
            }
        };
        let mut after = vec![0; from.len()];
        from.iter().enumerate().for_each(|(new, &old)| after[old] = new);
        let pairs: Vec<(usize, usize)> = rows.iter().map(|&row| (row, after[row])).collect();
        let trials = bench.each(&pairs, |&(row, there)| {
            let (before, after) = (place(base, row), place(&other, there));
            let difference = (before.score - after.score).abs() / bench.scale(row);
            let same =
                difference <= NOISE && before.rank == after.rank && before.tier == after.tier;
            if same {
                return Trial::Holds(difference);
            }
            let moved =
                if before.rank == after.rank { 0.0 } else { (before.rank - after.rank).abs() };
            let example = CounterExample {
                change: change.clone(),
                who: bench.party(row),
                before,
                after,
                other: None,
                origin: origin::difference(base, &other, &pairs, &[]),
                severity: if difference.is_nan() { f64::INFINITY } else { moved + difference },
            };
            Trial::Breaks(Box::new(example), difference)
        });
        tally.add(trials);
    }
    let difference = tally.difference;
    tally.measure(Quantity::LargestDifference, difference, None);
    if !bench.codes_kept().is_empty() {
        tally.measure(Quantity::CodesKept, bench.codes_kept().len() as f64, Some(rows.len()));
    }
    Ok(())
}

/// New codes in reverse (order 0) or drawn order; those in `kept` stay, with others before and after them.
fn renamed(study: &Study, kept: &[RegionIx], order: u64) -> (Study, Vec<usize>) {
    let count = study.regions.len();
    let mut by_code: Vec<usize> = (0..count).collect();
    sort_by(&mut by_code, &|a, b| study.regions[a].code.cmp(&study.regions[b].code));
    let mut places: Vec<usize> = (0..count).collect();
    if order == 0 {
        places.reverse();
    } else {
        sort_by_key(&mut places, &|i| uniform(order, 1, i as u64));
    }
    let mut codes = vec![String::new(); count];
    for (&region, place) in by_code.iter().zip(places) {
        codes[region] = if kept.contains(&RegionIx(region as u32)) {
            study.regions[region].code.clone()
        } else {
            // `!` sorts before, `~` after every letter and digit.
            let side = if place < count / 2 { '!' } else { '~' };
            format!("{side}{place:08}")
        };
    }
    study.renamed(codes)
}
