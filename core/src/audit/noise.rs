//! Ranks and tiers that depend on the last digits of a sum.

use super::bench::{Bench, place};
use super::finding::{Change, CounterExample, Tally, Trial};
use super::origin;
use super::scale::NOISE;
use super::{Property, Reason};
use crate::number::{self, RoundMode};

pub(super) const PROPERTY: Property = Property {
    name: "noise",
    summary: "No rank and no tier depends on a difference smaller than a billionth of the largest score.",
    formula: "no 0 < |S_a − S_b| ≤ 1e-9·max|S| with rank_a ≠ rank_b; S ± 1e-9·max|S| has the rank and tier of S",
    reference: "Goldberg (1991), What every computer scientist should know about floating-point arithmetic, ACM \
                Computing Surveys 23, 5-48",
    information: false,
    claimed: None,
    test,
};

/// What one test looks at.
enum Item {
    /// Two regions next to each other.
    Pair(usize, usize),
    /// One region, at an edge of a tier or half way between two decimals.
    Alone(usize),
}

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let base = bench.base();
    let scores = base.exact().values();
    let mut items = Vec::new();
    for slice in bench.slices() {
        let mut rows: Vec<usize> =
            slice.rows.clone().filter(|&row| !scores[row].is_nan()).collect();
        crate::number::sort_by_key(&mut rows, &|row| scores[row]);
        items.extend(rows.windows(2).map(|pair| Item::Pair(pair[0], pair[1])));
        items.extend(rows.iter().map(|&row| Item::Alone(row)));
    }
    if items.is_empty() {
        return Err(Reason::TooFewRegions { needed: 1 });
    }
    tally.of = items.len();
    let unrounded = base.ranks_unrounded(bench.methodology().system.root());
    let trials = bench.each(&items, |item| match *item {
        Item::Pair(a, b) => {
            let gap = (scores[a] - scores[b]).abs();
            let near = gap > 0.0 && gap <= NOISE * bench.scale(a);
            let (x, y) = (place(base, a), place(base, b));
            if !near || (x.rank == y.rank && x.tier == y.tier) {
                return Trial::Holds(0.0);
            }
            let example = CounterExample {
                change: Change::Nudged { by: gap },
                who: bench.party(a),
                before: x,
                after: x,
                other: Some((bench.party(b), y, y)),
                origin: Some(if x.rank == y.rank {
                    origin::tiers(base)
                } else {
                    origin::ranking(base)
                }),
                severity: 1.0 - gap / bench.scale(a),
            };
            Trial::Breaks(Box::new(example), 0.0)
        }
        Item::Alone(row) => {
            let by = NOISE * bench.scale(row);
            // A number of few decimals is what a person gets too: if it lies on an edge, it lies there on purpose.
            if is_short(base.settled(row), by) {
                return Trial::Holds(0.0);
            }
            let before = place(base, row);
            for by in [by, -by] {
                let change = Change::Nudged { by };
                let nudged = match base.with_score(row, scores[row] + by) {
                    Ok(nudged) => nudged,
                    Err(errors) => return Trial::Faults(change, errors),
                };
                let after = place(&nudged, row);
                // At full precision a rank changes only by passing a neighbour, and pairs are looked at above.
                let ranked = unrounded || before.rank == after.rank;
                if ranked && before.tier == after.tier {
                    continue;
                }
                let neighbour = before.tier != after.tier && unrounded && before.rank != after.rank;
                if neighbour {
                    // A tier by places goes with the rank.
                    continue;
                }
                let example = CounterExample {
                    change,
                    who: bench.party(row),
                    before,
                    after,
                    other: None,
                    origin: Some(if ranked { origin::tiers(base) } else { origin::ranking(base) }),
                    severity: 0.5,
                };
                return Trial::Breaks(Box::new(example), 0.0);
            }
            Trial::Holds(0.0)
        }
    });
    tally.add(trials);
    Ok(())
}

/// Whether a score is a decimal number that ends before `by` begins, to its last bit.
fn is_short(score: f64, by: f64) -> bool {
    let mut digits = 0;
    let mut unit = 1.0;
    while unit > 10.0 * by && digits < 15 {
        unit /= 10.0;
        digits += 1;
    }
    number::round(score, digits, RoundMode::HalfUp) == score
}

#[cfg(test)]
mod tests {
    use super::is_short;

    #[test]
    fn a_short_decimal_is_no_noise() {
        assert!(is_short(60.0, 1e-7));
        assert!(is_short(54.325, 1e-7));
        assert!(!is_short(59.99999999999999, 1e-7));
        assert!(!is_short(0.1 + 0.2, 1e-9));
        assert!(is_short(0.3, 1e-9));
    }
}
