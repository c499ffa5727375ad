//! Regions that are ranked in pairs form no circle.

use super::bench::{Bench, place};
use super::finding::{Change, CounterExample, Place, Quantity, Tally, Trial};
use super::{Property, Reason, pairs};

pub(super) const PROPERTY: Property = Property {
    name: "transitive_pairs",
    summary: "Of regions that are ranked in pairs, each pair alone, one that is better than a second one, which is better \
              than a third, is better than the third.",
    formula: "S_a ≥ S_b among {a, b} and S_b ≥ S_c among {b, c} ⇒ S_a ≥ S_c among {a, c}, and > if one of both is >",
    reference: "Wang & Triantaphyllou (2008), Ranking irregularities when evaluating alternatives by using some ELECTRE \
                methods, Omega 36, 45-63: test criterion 2",
    information: false,
    claimed: None,
    test,
};

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let mut cycles = 0_usize;
    for (slice, rows) in pairs::compared(bench) {
        let n = pairs::ranked(bench, &slice);
        tally.of += n * n.saturating_sub(1) * n.saturating_sub(2) / 6;
        let m = rows.len();
        let mut found: Vec<Option<pairs::Pair>> = Vec::new();
        let (mut fault, mut faulty) = (None, 0_usize);
        for (rows, pair) in pairs::each(bench, &rows) {
            let regions = rows.map(|row| bench.party(row).region);
            found.push(match pair {
                Ok(pair) => Some(pair),
                Err(errors) => {
                    fault.get_or_insert((Change::Alone { regions }, errors));
                    None
                }
            });
        }
        // The pair of two places among the rows: pairs are in the order of their first, then of their second one.
        let pair = |i: usize, j: usize| {
            let (low, high) = (i.min(j), i.max(j));
            found[low * (2 * m - low - 1) / 2 + high - low - 1].as_ref()
        };
        let better = |i: usize, j: usize| {
            let alone = pair(i, j).map(|pair| pair.alone)?;
            Some(if i < j { alone } else { -alone })
        };
        let mut trials = Vec::new();
        for i in 0..m {
            for j in i + 1..m {
                for k in j + 1..m {
                    if [(i, j), (j, k), (i, k)].iter().any(|(x, y)| pair(*x, *y).is_none()) {
                        faulty += 1;
                        continue;
                    }
                    let Some(circle) = circle([i, j, k], &better) else {
                        trials.push(Trial::Holds(0.0));
                        continue;
                    };
                    let strict = |x: usize, y: usize| better(x, y).is_some_and(|d| d > 0.0);
                    let [x, y, z] = circle;
                    let signs = [strict(x, y), strict(y, z), strict(z, x)];
                    cycles += usize::from(signs == [true; 3]);
                    let example = example(bench, &rows, circle, signs, &pair);
                    trials.push(Trial::Breaks(Box::new(example), 0.0));
                }
            }
        }
        tally.add(trials);
        if let Some((change, errors)) = fault.filter(|_| faulty > 0) {
            tally.add(vec![Trial::Faults(change, errors)]);
            // What went wrong with one pair counts once for each three regions.
            if let Some((count, _)) = &mut tally.faults {
                *count += faulty - 1;
            }
        }
    }
    if tally.of == 0 {
        return Err(Reason::TooFewRegions { needed: 3 });
    }
    let tests = Some(tally.tests);
    tally.measure(Quantity::Cycles, cycles as f64, tests);
    Ok(())
}

/// Three places in the order in which each is no worse than the next one, and the last no worse than the first, although
/// not all of them are equal; none where there is no such order.
fn circle(of: [usize; 3], better: &impl Fn(usize, usize) -> Option<f64>) -> Option<[usize; 3]> {
    let [i, j, k] = of;
    [[i, j, k], [i, k, j]].into_iter().find(|[x, y, z]| {
        let steps = [(*x, *y), (*y, *z), (*z, *x)].map(|(a, b)| better(a, b));
        steps.iter().all(|step| step.is_some_and(|d| d >= 0.0))
            && steps.iter().any(|step| step.is_some_and(|d| d > 0.0))
    })
}

/// A circle, with the two of its regions whose order alone is most unlike their order in the whole ranking.
fn example<'p>(
    bench: &Bench,
    rows: &[usize],
    circle: [usize; 3],
    strict: [bool; 3],
    pair: &impl Fn(usize, usize) -> Option<&'p pairs::Pair>,
) -> CounterExample {
    let [x, y, z] = circle;
    let found = [(x, y), (y, z), (z, x)].map(|(a, b)| pair(a, b).expect("a pair with a result"));
    let against = found.iter().filter(|pair| !pair.agrees());
    let told = against.reduce(|a, b| if b.gap > a.gap { b } else { a }).unwrap_or(&found[0]);
    let base = bench.base();
    let without_tier = |row: usize| Place { tier: None, ..place(base, row) };
    let [a, b] = told.rows;
    let severity = told.gap + if strict == [true; 3] { 1.0 } else { 0.0 };
    CounterExample {
        change: Change::Circle { regions: circle.map(|at| bench.party(rows[at]).region), strict },
        who: bench.party(a),
        before: without_tier(a),
        after: told.places[0],
        other: Some((bench.party(b), without_tier(b), told.places[1])),
        origin: told.origin.clone(),
        severity,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_of_three() {
        let find = |ab: f64, bc: f64, ac: f64| {
            let better = |i: usize, j: usize| {
                let d = match (i.min(j), i.max(j)) {
                    (0, 1) => ab,
                    (1, 2) => bc,
                    _ => ac,
                };
                Some(if i < j { d } else { -d })
            };
            circle([0, 1, 2], &better)
        };
        // Every order of three with ties is none.
        assert_eq!(find(1.0, 1.0, 1.0), None);
        assert_eq!(find(0.0, 0.0, 0.0), None);
        assert_eq!(find(0.0, 1.0, 1.0), None);
        assert_eq!(find(1.0, 0.0, 1.0), None);
        assert_eq!(find(-1.0, 1.0, 0.0), None);
        assert_eq!(find(1.0, 1.0, -1.0), Some([0, 1, 2]));
        assert_eq!(find(-1.0, -1.0, 1.0), Some([0, 2, 1]));
        // Ties that are not passed on.
        assert_eq!(find(0.0, 0.0, 1.0), Some([0, 2, 1]));
        assert_eq!(find(1.0, 1.0, 0.0), Some([0, 1, 2]));
        assert_eq!(find(1.0, 0.0, 0.0), Some([0, 1, 2]));
    }
}
