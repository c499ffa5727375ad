//! The rows of a table of values: each is about a region in a period.

use hashbrown::HashTable;

/// The rows in the order in which they are met, and where the row of each region and period stands.
#[derive(Debug, Default)]
pub(super) struct Rows {
    list: Vec<(u32, u32)>,
    /// Which regions have a row.
    met: Vec<bool>,
    /// The rows that have been asked for by region and period: the first of them, by their position. As long as each region is
    /// new, nothing is looked for, and nothing is put here.
    places: HashTable<u32>,
}

impl Rows {
    /// The region and the period of each row.
    pub(super) fn list(&self) -> &[(u32, u32)] {
        &self.list
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The row of a region in a period, which is a new one if there is none.
    pub(super) fn take(&mut self, region: u32, period: u32) -> usize {
        let at = region as usize;
        let new = self.list.len();
        if self.met.len() <= at {
            self.met.resize(at + 1, false);
        }
        if std::mem::replace(&mut self.met[at], true)
            && let Some(row) = self.find((region, period))
        {
            return row;
        }
        self.list.push((region, period));
        new
    }

    fn find(&mut self, row: (u32, u32)) -> Option<usize> {
        let Rows { list, places, .. } = self;
        for at in places.len()..list.len() {
            places.insert_unique(hash(list[at]), at as u32, |at| hash(list[*at as usize]));
        }
        places.find(hash(row), |at| list[*at as usize] == row).map(|at| *at as usize)
    }
}

/// Multiplies by an odd number without pattern and folds the halves. The numbers are positions in lists, which nobody can
/// choose so that many of them fall together, as they could with texts.
fn hash((region, period): (u32, u32)) -> u64 {
    let key = u64::from(region) << 32 | u64::from(period);
    let product = u128::from(key ^ 0x9E37_79B9_7F4A_7C15) * 0xA076_1D64_78BD_642F;
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use indexmap::IndexSet;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_are_numbered_as_they_are_met(asked in prop::collection::vec((0..9_u32, 0..4_u32), 0..200)) {
            let (mut rows, mut expected) = (Rows::default(), IndexSet::new());
            for (region, period) in asked {
                let row = rows.take(region, period);
                prop_assert_eq!(row, expected.insert_full((region, period)).0);
            }
            let expected: Vec<(u32, u32)> = expected.into_iter().collect();
            prop_assert_eq!(rows.list(), expected.as_slice());
        }
    }
}
