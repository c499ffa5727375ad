//! The ranking that is put together of pairs is the whole one.

use super::bench::{Bench, place};
use super::finding::{Change, CounterExample, Quantity, Tally, Trial};
use super::{Property, Reason, pairs};

pub(super) const PROPERTY: Property = Property {
    name: "recomposed_ranking",
    summary: "Two regions that are ranked alone have the order that they have among all regions, so that the ranking put \
              together of all pairs is the whole one.",
    formula: "S_a > S_b among {a, b} ⇔ S_a > S_b among all, for all a, b",
    reference: "Wang & Triantaphyllou (2008), Ranking irregularities when evaluating alternatives by using some ELECTRE \
                methods, Omega 36, 45-63: test criterion 3",
    information: false,
    claimed: None,
    test,
};

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let base = bench.base();
    let (mut reversed, mut parted) = (0_usize, 0_usize);
    for (slice, rows) in pairs::compared(bench) {
        let n = pairs::ranked(bench, &slice);
        tally.of += n * n.saturating_sub(1) / 2;
        let trial = |(rows, pair): pairs::Ranked| {
            let regions = rows.map(|row| bench.party(row).region);
            let change = Change::Alone { regions };
            let pair = match pair {
                Ok(pair) => pair,
                Err(errors) => return Trial::Faults(change, errors),
            };
            if pair.agrees() {
                return Trial::Holds(0.0);
            }
            match pair.alone * pair.whole < 0.0 {
                true => reversed += 1,
                false => parted += 1,
            }
            // The region that gains is the one that is reported.
            let [a, b] = if pair.alone > pair.whole { [0, 1] } else { [1, 0] };
            let severity = pair.gap + if pair.alone * pair.whole < 0.0 { 1.0 } else { 0.0 };
            let without_tier =
                |row: usize| super::finding::Place { tier: None, ..place(base, row) };
            let example = CounterExample {
                change,
                who: bench.party(rows[a]),
                before: without_tier(rows[a]),
                after: pair.places[a],
                other: Some((bench.party(rows[b]), without_tier(rows[b]), pair.places[b])),
                origin: pair.origin,
                severity,
            };
            Trial::Breaks(Box::new(example), 0.0)
        };
        let trials = pairs::each(bench, &rows).into_iter().map(trial).collect();
        tally.add(trials);
    }
    if tally.of == 0 {
        return Err(Reason::TooFewRegions { needed: 2 });
    }
    let tests = Some(tally.tests);
    tally.measure(Quantity::PairsReversed, reversed as f64, tests);
    tally.measure(Quantity::PairsParted, parted as f64, tests);
    Ok(())
}
