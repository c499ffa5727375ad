//! Regions with the same data have the same result.

use super::bench::{Bench, place};
use super::finding::{Change, CounterExample, Tally, Trial};
use super::origin::{self, At};
use super::scale::NOISE;
use super::{Property, Reason};
use crate::methodology::RankTies;

pub(super) const PROPERTY: Property = Property {
    name: "ties",
    summary: "A second region with the same data has the same score, rank and tier.",
    formula: "x_a = x_b ⇒ S_a = S_b, rank_a = rank_b, tier_a = tier_b",
    reference: "equal treatment of equals: Moulin (1988), Axioms of Cooperative Decision Making, Cambridge",
    information: false,
    claimed: None,
    test,
};

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let base = bench.base();
    let study = bench.study();
    let (regions, all) = bench.regions();
    tally.of = all;
    let ranking = bench.methodology().ranking.at(bench.methodology().system.root());
    let ordinal = ranking.ties == RankTies::Ordinal;
    let trials = bench.each(&regions, |&region| {
        let change = Change::Copied { region };
        let code = format!("~{}", study.regions[region.0 as usize].code);
        let (study, copy) = study.with_copy(region, code);
        let after = match bench.evaluate(study, bench.methodology()) {
            Ok(after) => after,
            Err(errors) => return Trial::Faults(change, errors),
        };
        let panel = &after.study().panel;
        let mut worst: Option<(CounterExample, f64)> = None;
        let mut largest = 0.0;
        for slice in bench.slices() {
            let find =
                |s: &&crate::model::Slice| s.league == slice.league && s.period == slice.period;
            let Some(there) = panel.slices().iter().find(find) else { continue };
            let (Some(row), Some(own), Some(second)) = (
                base.study().panel.row_of(slice, region),
                panel.row_of(there, region),
                panel.row_of(there, copy),
            ) else {
                continue;
            };
            let (a, b) = (place(&after, own), place(&after, second));
            let difference = (a.score - b.score).abs() / bench.scale(row);
            largest = crate::number::max(largest, difference);
            let no_score = a.score.is_nan() && b.score.is_nan();
            let ranked = a.rank == b.rank || ordinal || no_score;
            // To the last bit: a tie is a tie only so, unless the ranking says what it takes for equal.
            if no_score || (difference <= NOISE && ranked && a.tier == b.tier) {
                continue;
            }
            let (own, second) =
                (At { evaluation: &after, row: own }, At { evaluation: &after, row: second });
            let origin = origin::fall(own, second).or_else(|| origin::fall(second, own));
            let origin = origin.or_else(|| (!ranked).then(|| origin::ranking(base)));
            let example = CounterExample {
                change: change.clone(),
                who: bench.party(row),
                before: a,
                after: b,
                other: None,
                origin: origin.or_else(|| Some(origin::tiers(base))),
                severity: difference,
            };
            worst = Some((example, difference));
        }
        match worst {
            Some((example, difference)) => Trial::Breaks(Box::new(example), difference),
            None => Trial::Holds(largest),
        }
    });
    tally.add(trials);
    if ordinal {
        tally.leave_out(Reason::OrdinalRanks);
    }
    Ok(())
}
