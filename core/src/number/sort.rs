//! Sorting, compiled once.
//!
//! A sort of the standard library is compiled again for each closure that it is called with, some six kilobytes of code
//! each time. These take the comparison as a reference, so that there is one copy of each. Where the comparison does
//! not decide, the lesser position comes first: every sort here is stable.

use std::cmp::Ordering;

use rayon::slice::ParallelSliceMut;

/// Sorts numbers, ascending, by their total order: a negative zero comes before a positive one.
pub fn sort(values: &mut [f64]) {
    values.sort_unstable_by(f64::total_cmp);
}

/// Two numbers in ascending order by their total order, absent ones last.
pub fn ascending(a: f64, b: f64) -> Ordering {
    a.is_nan().cmp(&b.is_nan()).then(if a.is_nan() { Ordering::Equal } else { a.total_cmp(&b) })
}

/// Sorts positions by a comparison of what they stand for, equal ones by position.
pub fn sort_by(order: &mut [usize], by: &dyn Fn(usize, usize) -> Ordering) {
    order.sort_unstable_by(|&i, &j| by(i, j).then(i.cmp(&j)));
}

/// Sorts positions by a number of each, ascending: absent ones last, equal ones by position.
pub fn sort_by_key(order: &mut [usize], key: &dyn Fn(usize) -> f64) {
    if order.len() < LONG {
        return sort_by(order, &|i, j| ascending(key(i), key(j)));
    }
    let mut keys: Vec<(u64, usize)> = order.iter().map(|&i| (place(key(i)), i)).collect();
    keys.par_sort_unstable();
    order.iter_mut().zip(keys).for_each(|(i, (_, of))| *i = of);
}

/// From this many on, a sort forms its keys once, and several threads sort them: no two keys with their positions are
/// equal, so that the result does not depend on the threads.
const LONG: usize = if cfg!(test) { 64 } else { 1 << 12 };

/// A number whose order among whole numbers is the order of `x` by [`ascending`].
fn place(x: f64) -> u64 {
    let bits = x.to_bits();
    match (x.is_nan(), x.is_sign_negative()) {
        (true, _) => u64::MAX,
        (false, true) => !bits,
        (false, false) => bits | 1 << 63,
    }
}

/// Sorts rows by their values, ascending: absent ones last, equal ones (zeros of either sign too) by row.
pub fn sort_rows(order: &mut [u32], values: &[f64]) {
    if order.len() >= LONG {
        // Zero takes the sign from a negative zero.
        order.par_sort_unstable_by_key(|&i| (place(values[i as usize] + 0.0), i));
        return;
    }
    order.sort_unstable_by(|&i, &j| {
        let (x, y) = (values[i as usize], values[j as usize]);
        let unequal = x.partial_cmp(&y).unwrap_or_else(|| x.is_nan().cmp(&y.is_nan()));
        unequal.then(i.cmp(&j))
    });
}

/// Sorts anything by a comparison, equal things staying as they are. For short lists: things are moved once more than
/// they must be.
pub fn sort_items<T>(items: &mut [T], by: impl Fn(&T, &T) -> Ordering) {
    let mut from: Vec<usize> = (0..items.len()).collect();
    sort_by(&mut from, &|i, j| by(&items[i], &items[j]));
    // Each cycle of the permutation is turned by exchanges; a place that has what belongs there points to itself.
    for start in 0..from.len() {
        let mut place = start;
        while from[place] != start {
            let source = from[place];
            items.swap(place, source);
            from[place] = place;
            place = source;
        }
        from[place] = place;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Few different numbers, so that many are equal, and some that are absent.
    fn numbers() -> impl Strategy<Value = Vec<f64>> {
        let number =
            prop_oneof![Just(f64::NAN), Just(-0.0), Just(0.0), (-5..5i32).prop_map(f64::from),];
        prop::collection::vec(number, 0..200)
    }

    proptest! {
        #[test]
        fn every_sort_is_the_stable_one_of_the_standard_library(values in numbers()) {
            let mut expected: Vec<usize> = (0..values.len()).collect();
            expected.sort_by(|&i, &j| ascending(values[i], values[j]));
            let mut order: Vec<usize> = (0..values.len()).collect();
            sort_by_key(&mut order, &|i| values[i]);
            prop_assert_eq!(&order, &expected);

            let mut items: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
            sort_items(&mut items, |a, b| ascending(a.0, b.0));
            prop_assert!(items.iter().map(|item| item.1).eq(expected.iter().copied()));

            let same = |x: f64| if x == 0.0 { 0.0 } else { x };
            let mut expected: Vec<u32> = (0..values.len() as u32).collect();
            expected.sort_by(|&i, &j| ascending(same(values[i as usize]), same(values[j as usize])));
            let mut rows: Vec<u32> = (0..values.len() as u32).rev().collect();
            sort_rows(&mut rows, &values);
            prop_assert_eq!(rows, expected);
        }
    }
}
