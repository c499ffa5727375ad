//! The zero of an indicator's scale does not matter. This is informational, because few methods promise it.

use super::bench::Bench;
use super::finding::{Change, Tally};
use super::units::{self, Unit};
use super::{Property, Reason};
use crate::method::Units;
use crate::number;

pub(super) const PROPERTY: Property = Property {
    name: "unit_shift",
    summary: "Adding a constant to a raw column and everything stated in its unit changes no score, rank or tier.",
    formula: "f(…, x_k + c, …) = f(…, x_k, …) for c = the standard deviation, and ten times the range",
    reference: "Ebert & Welsch (2004), Meaningful environmental indices: a social choice approach, Journal of \
                Environmental Economics and Management 47, 270-283",
    information: true,
    claimed: Some(|claims| claims.units == Units::ScaleAndShift),
    test,
};

fn test(bench: &Bench, tally: &mut Tally) -> Result<(), Reason> {
    let rows = bench.rows();
    let mut items: Vec<(String, f64)> = Vec::new();
    for name in units::columns(bench) {
        let Some(column) = bench.study().columns.get(&name) else { continue };
        let values: Vec<f64> = rows.iter().map(|&row| column.values()[row]).collect();
        match (number::sample_variance(&values), number::extremes(&values)) {
            (Some(variance), Some((low, high))) if high > low && variance > 0.0 => {
                items.push((name.clone(), variance.sqrt()));
                items.push((name, 10.0 * (high - low)));
            }
            _ => tally.leave_out(Reason::Constant),
        }
    }
    units::test(
        bench,
        tally,
        items,
        |by| Unit { factor: 1.0, constant: by },
        |column, by| Change::Shifted { column, by },
    );
    Ok(())
}
