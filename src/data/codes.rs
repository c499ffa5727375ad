//! Regions by their codes, without a second copy of each code.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use quanheng_core::model::Region;

/// Where the region of each code stands in a list of regions, which is given with every question.
#[derive(Clone, Debug, Default)]
pub(super) struct Codes {
    places: HashTable<Place>,
    hasher: RandomState,
}

/// The place of a region, with half of the hash of its code: a table that grows does not look at the codes again.
#[derive(Clone, Copy, Debug)]
struct Place {
    half: u32,
    at: u32,
}

/// The place that a region will have, which is not there yet.
#[derive(Debug)]
pub(super) struct Absent(Place);

impl Place {
    /// The half in the high bits and in the low ones: a table uses both.
    fn hash(&self) -> u64 {
        u64::from(self.half) << 32 | u64::from(self.half)
    }
}

impl Codes {
    /// The codes of regions; no two regions have the same.
    pub(super) fn of(list: &[Region]) -> Codes {
        let mut codes = Codes::default();
        for (at, region) in list.iter().enumerate() {
            codes.insert(Absent(codes.place(&region.code, at as u32)));
        }
        codes
    }

    fn place(&self, code: &str, at: u32) -> Place {
        Place { half: (self.hasher.hash_one(code) >> 32) as u32, at }
    }

    /// The place of the region of this code.
    pub(super) fn find(&self, list: &[Region], code: &str) -> Option<u32> {
        self.look(list, code).ok()
    }

    /// The place of the region of this code, or what [`Codes::insert`] takes.
    pub(super) fn look(&self, list: &[Region], code: &str) -> Result<u32, Absent> {
        let new = self.place(code, list.len() as u32);
        let is_same =
            |place: &Place| place.half == new.half && list[place.at as usize].code == code;
        self.places.find(new.hash(), is_same).map(|place| place.at).ok_or(Absent(new))
    }

    /// Takes in a region that was looked for and is not there: it is put behind the others.
    pub(super) fn insert(&mut self, Absent(new): Absent) {
        self.places.insert_unique(new.hash(), new, Place::hash);
    }

    /// Says that the region at each place now stands at the place that `new` has for it.
    pub(super) fn renumber(&mut self, new: &[u32]) {
        self.places.iter_mut().for_each(|place| place.at = new[place.at as usize]);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_code_is_found_where_it_first_stands(codes in prop::collection::vec("[a-c]{0,3}", 0..60)) {
            let (mut list, mut found) = (Vec::<Region>::new(), Codes::default());
            for code in &codes {
                let first = list.iter().position(|region| region.code == *code);
                let looked = found.look(&list, code);
                prop_assert_eq!(looked.as_ref().ok().copied(), first.map(|first| first as u32));
                if let Err(absent) = looked {
                    found.insert(absent);
                    list.push(Region { code: code.clone(), ..Region::default() });
                }
            }
            let reversed: Vec<u32> = (0..list.len() as u32).rev().collect();
            let of = Codes::of(&list);
            found.renumber(&reversed);
            list.reverse();
            for (at, region) in list.iter().enumerate() {
                prop_assert_eq!(found.find(&list, &region.code), Some(at as u32));
            }
            list.reverse();
            prop_assert!(list.iter().zip(0..).all(|(region, at)| of.find(&list, &region.code) == Some(at)));
            prop_assert_eq!(of.find(&list, "d"), None);
        }
    }
}
