//! Evaluated twice: the same bits.

use super::bench::{Bench, place};
use super::finding::{Change, CounterExample, Tally, Trial};
use super::origin;
use super::{Property, Reason};

pub(super) const PROPERTY: Property = Property {
    name: "repeatable",
    summary: "A second evaluation gives every score, rank and tier with the same bits.",
    formula: "f(X) = f(X), bit for bit",
    reference: "Peng (2011), Reproducible research in computational science, Science 334, 1226-1227",
    information: false,
    claimed: None,
    test,
};

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let base = bench.base();
    let rows = bench.rows();
    tally.of = rows.len();
    let again = match bench.evaluate(bench.study().clone(), bench.methodology()) {
        Ok(again) => again,
        Err(errors) => {
            tally.add(vec![Trial::Faults(Change::Repeated, errors)]);
            return Ok(());
        }
    };
    let trials = bench.each(&rows, |&row| {
        let (before, after) = (place(base, row), place(&again, row));
        let same = before.score.to_bits() == after.score.to_bits()
            && before.rank.to_bits() == after.rank.to_bits()
            && before.tier == after.tier;
        if same {
            return Trial::Holds(0.0);
        }
        let severity = (before.score - after.score).abs();
        let example = CounterExample {
            change: Change::Repeated,
            who: bench.party(row),
            before,
            after,
            other: None,
            origin: origin::difference(base, &again, &[(row, row)], &[]),
            severity,
        };
        Trial::Breaks(Box::new(example), severity / bench.scale(row))
    });
    tally.add(trials);
    Ok(())
}
