//! What the imputations share: which rows belong to a region or class, and what happens to cells that stay empty.

use quanheng_words::text;

use super::{Donors, ImputationInput};
use crate::method::{MethodError, Rows, Scratch};
use crate::model::RegionIx;

crate::method::choice! {
    /// What happens to a cell for which the method has no value.
    pub enum Unfilled {
        /// The run stops and the cells are named.
        Fail = "fail",
        /// They stay absent, and the aggregation leaves them out.
        Leave = "leave",
    }
}

crate::method::choice! {
    /// What happens to a cell whose region is in no class, or in classes without any value.
    pub enum EmptyClass {
        /// It takes the figure over all regions.
        Overall = "overall",
        /// The run stops and the cells are named.
        Fail = "fail",
        /// It stays absent, and the aggregation leaves it out.
        Leave = "leave",
    }
}

/// Whether any cell is to be filled.
pub(super) fn is_complete(values: &[f64]) -> bool {
    values.iter().all(|x| !x.is_nan())
}

/// Writes `figure`, where there is one, into every empty cell.
pub(super) fn fill_all(figure: Option<f64>, out: &mut [f64]) -> Result<(), MethodError> {
    if let Some(x) = figure {
        out.iter_mut().filter(|cell| cell.is_nan()).for_each(|cell| *cell = x);
    }
    finite(out)
}

/// Refuses a figure that is too large to be a number.
pub(super) fn finite(out: &[f64]) -> Result<(), MethodError> {
    if out.iter().any(|x| x.is_infinite()) {
        return Err(MethodError::Other(text!(values_too_large_for_mean)));
    }
    Ok(())
}

/// The rows of each region, in the order of the table.
pub(super) struct ByRegion<'a> {
    starts: &'a [u32],
    rows: &'a mut [u32],
}

impl<'a> ByRegion<'a> {
    /// Sorts rows by region, counting; `order` holds the result.
    pub(super) fn new(rows: Rows<'_>, order: &'a mut Vec<u32>) -> Self {
        let regions = rows.all.len();
        order.clear();
        order.resize(regions + 1 + rows.len(), 0);
        let (starts, sorted) = order.split_at_mut(regions + 1);
        for region in rows.regions {
            starts[region.0 as usize] += 1;
        }
        let mut before = 0;
        for start in starts.iter_mut() {
            before += *start;
            *start = before;
        }
        // Each start is now the end of its region, and counts down to its start as rows are put in from the last.
        for (row, region) in rows.regions.iter().enumerate().rev() {
            let place = &mut starts[region.0 as usize];
            *place -= 1;
            sorted[*place as usize] = row as u32;
        }
        ByRegion { starts, rows: sorted }
    }

    /// The rows of one region.
    pub(super) fn of(&self, region: RegionIx) -> &[u32] {
        let r = region.0 as usize;
        match self.starts.get(r..r + 2) {
            Some(bounds) => &self.rows[bounds[0] as usize..bounds[1] as usize],
            None => &[],
        }
    }

    /// The rows of each region that has any, from the earliest period to the latest.
    pub(super) fn series(&mut self, rows: Rows<'_>) -> impl Iterator<Item = &[u32]> {
        let bounds = self.starts.windows(2).map(|w| w[0] as usize..w[1] as usize);
        for range in bounds.clone() {
            self.rows[range].sort_unstable_by_key(|&row| (rows.periods[row as usize], row));
        }
        bounds.filter(|range| !range.is_empty()).map(|range| &self.rows[range])
    }
}

/// Fills each empty cell with the mean of `figure` over the classes that its region is in, where `figure` receives the
/// values of a class; if no class has values and `empty` allows it, `figure` over all values is used.
pub(super) fn fill_by_class(
    input: &ImputationInput<'_>,
    group: &str,
    empty: EmptyClass,
    figure: fn(&mut [f64]) -> Option<f64>,
    scratch: &mut Scratch,
    out: &mut [f64],
) -> Result<(), MethodError> {
    let values = input.values();
    if is_complete(values) {
        return Ok(());
    }
    let Some(group) = input.rows.group(group) else {
        return Err(MethodError::NoGroup { code: group.to_owned() });
    };
    let Scratch { a: class_values, b: sums, c: counts, order, .. } = scratch;
    for tally in [&mut *sums, &mut *counts] {
        tally.clear();
        tally.resize(input.rows.all.len(), 0.0);
    }
    let by_region = ByRegion::new(input.rows, order);
    for members in group.classes.values() {
        class_values.clear();
        let rows = members.iter().flat_map(|&region| by_region.of(region));
        class_values.extend(rows.map(|&row| values[row as usize]).filter(|x| !x.is_nan()));
        if let Some(x) = figure(class_values) {
            for region in members {
                let r = region.0 as usize;
                if let (Some(sum), Some(count)) = (sums.get_mut(r), counts.get_mut(r)) {
                    *sum += x;
                    *count += 1.0;
                }
            }
        }
    }
    for (cell, region) in out.iter_mut().zip(input.rows.regions) {
        let r = region.0 as usize;
        if cell.is_nan() && counts[r] > 0.0 {
            *cell = sums[r] / counts[r];
        }
    }
    if empty != EmptyClass::Overall || is_complete(out) {
        return finite(out);
    }
    class_values.clear();
    class_values.extend(values.iter().filter(|x| !x.is_nan()));
    fill_all(figure(class_values), out)
}

/// The classes of a group that the region of a row is in, those without a value left out.
pub(super) fn classes_of(input: &ImputationInput<'_>, group: &str, row: usize) -> Option<Donors> {
    let of = input.rows.group(group)?;
    let region = input.rows.regions[row];
    let values = input.values();
    let there = |members: &[RegionIx]| {
        let rows = input.rows.regions.iter().zip(values);
        rows.filter(|(region, x)| !x.is_nan() && members.contains(region)).count()
    };
    let own = of.classes.iter().filter(|(_, members)| members.contains(&region));
    let counted = own.map(|(name, members)| (name.clone(), there(members)));
    let classes: Vec<(String, usize)> = counted.filter(|(_, n)| *n > 0).collect();
    (!classes.is_empty()).then(|| Donors::Classes { group: group.to_owned(), classes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::PlainRows;

    #[test]
    fn rows_of_regions() {
        let plain = PlainRows::panel(3, 2);
        let mut order = Vec::new();
        let mut by_region = ByRegion::new(plain.rows(), &mut order);
        assert_eq!(by_region.of(RegionIx(1)), [1, 4]);
        let series: Vec<Vec<u32>> = by_region.series(plain.rows()).map(<[u32]>::to_vec).collect();
        assert_eq!(series, [[0, 3], [1, 4], [2, 5]]);
    }
}
