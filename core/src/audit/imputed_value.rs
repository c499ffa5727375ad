//! A missing cell that turns out to have the imputed value changes nothing.

use super::bench::{Bench, place, sample};
use super::finding::{Change, CounterExample, Tally, Trial};
use super::origin;
use super::scale::NOISE;
use super::{Property, Reason};
use crate::model::State;

pub(super) const PROPERTY: Property = Property {
    name: "imputed_value",
    summary: "A region keeps its score, rank and tier if a missing cell is given the value that imputation computes for it.",
    formula: "x_rk := the imputed x_rk ⇒ S'_r = S_r, and so its rank and tier",
    reference: "Little & Rubin (2019), Statistical Analysis with Missing Data, 3rd ed., Wiley, ch. 4",
    information: false,
    claimed: None,
    test,
};

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let base = bench.base();
    let system = &bench.methodology().system;
    let rows = bench.rows();
    let mut cells = Vec::new();
    let mut absent = false;
    for (k, column) in base.indicators().columns().iter().enumerate() {
        for &row in &rows {
            if !matches!(column.state(row), State::Missing | State::Withheld) {
                continue;
            }
            let filled = base.complete().columns()[k].values()[row];
            if filled.is_nan() {
                absent = true;
            } else {
                cells.push((k, row, filled));
            }
        }
    }
    if cells.is_empty() {
        return Err(if absent { Reason::StaysAbsent } else { Reason::NothingMissing });
    }
    tally.of = cells.len();
    let cells = sample(cells, bench.options().cells);
    let trials = bench.each(&cells, |&(k, row, value)| {
        let change = Change::Filled { leaf: system.leaves()[k], value };
        let column = base.indicators().column(k);
        let after = match base.with_indicator(k, column.with_cell(row, value)) {
            Ok(after) => after,
            Err(errors) => return Trial::Faults(change, errors),
        };
        let (was, is) = (place(base, row), place(&after, row));
        let difference = (was.score - is.score).abs() / bench.scale(row);
        if difference <= NOISE && was.rank == is.rank && was.tier == is.tier {
            return Trial::Holds(difference);
        }
        let slice = bench.study().panel.slice_of(row).rows.clone();
        let pairs: Vec<(usize, usize)> = slice.map(|r| (r, r)).collect();
        let example = CounterExample {
            change,
            who: bench.party(row),
            before: was,
            after: is,
            other: None,
            origin: origin::difference(base, &after, &[(row, row)], &[])
                .or_else(|| origin::difference(base, &after, &pairs, &[])),
            severity: difference,
        };
        Trial::Breaks(Box::new(example), difference)
    });
    tally.add(trials);
    Ok(())
}
