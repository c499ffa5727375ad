//! The unit in which an indicator is measured does not matter.

use super::bench::Bench;
use super::finding::{Change, Tally};
use super::units::{self, Unit};
use super::{Property, Reason};
use crate::method::Units;

pub(super) const PROPERTY: Property = Property {
    name: "unit_scale",
    summary: "Expressing a raw column in another unit, with everything stated in it, changes no score, rank or tier.",
    formula: "f(…, c·x_k, …) = f(…, x_k, …) for c = 10, 0.001, 1000, 7",
    reference: "Ebert & Welsch (2004), Meaningful environmental indices: a social choice approach, Journal of \
                Environmental Economics and Management 47, 270-283",
    information: false,
    claimed: Some(|claims| claims.units != Units::Matter),
    test,
};

const FACTORS: [f64; 4] = [10.0, 0.001, 1000.0, 7.0];

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let columns = units::columns(bench);
    let items = columns.iter().flat_map(|c| FACTORS.map(|factor| (c.clone(), factor)));
    let items: Vec<(String, f64)> = items.collect();
    units::test(
        bench,
        tally,
        items,
        |factor| Unit { factor, constant: 0.0 },
        |column, factor| Change::Scaled { column, factor },
    );
    Ok(())
}
