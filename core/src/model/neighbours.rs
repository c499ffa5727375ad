//! Which regions are neighbours of each, and how much they count.

use super::RegionIx;
use crate::number;

/// The neighbours of regions with their weights, as a table of them states: a spatial weights matrix over the regions of
/// a study, without a diagonal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours(Vec<Vec<(RegionIx, f64)>>);

impl Neighbours {
    /// Of links from a region to its neighbour with a weight above 0, each stated once.
    pub fn new(links: impl IntoIterator<Item = (RegionIx, RegionIx, f64)>) -> Self {
        let mut neighbours = Neighbours::default();
        links.into_iter().for_each(|(from, to, weight)| neighbours.add(from, to, weight));
        neighbours.0.iter_mut().for_each(|of| number::sort_items(of, |a, b| a.0.cmp(&b.0)));
        neighbours
    }

    /// The neighbours of a region, in the order of the regions.
    pub fn of(&self, region: RegionIx) -> &[(RegionIx, f64)] {
        self.0.get(region.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Every link, by region and neighbour.
    pub fn links(&self) -> impl Iterator<Item = (RegionIx, RegionIx, f64)> + '_ {
        let regions = self.0.iter().enumerate();
        regions.flat_map(|(from, of)| {
            of.iter().map(move |&(to, weight)| (RegionIx(from as u32), to, weight))
        })
    }

    /// The same neighbours, where a second region has all links of another one, from it and to it.
    pub fn with_copy(&self, region: RegionIx, copy: RegionIx) -> Self {
        let mut links: Vec<(RegionIx, RegionIx, f64)> = self.links().collect();
        for (from, to, weight) in self.links() {
            if from == region {
                links.push((copy, to, weight));
            }
            if to == region {
                links.push((from, copy, weight));
            }
        }
        Neighbours::new(links)
    }

    fn add(&mut self, from: RegionIx, to: RegionIx, weight: f64) {
        let from = from.0 as usize;
        if self.0.len() <= from {
            self.0.resize_with(from + 1, Vec::new);
        }
        self.0[from].push((to, weight));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_in_order() {
        let r = RegionIx;
        let stated = [(r(2), r(1), 3.0), (r(0), r(2), 1.0), (r(0), r(1), 2.0)];
        let neighbours = Neighbours::new(stated);
        assert_eq!(neighbours.of(r(0)), [(r(1), 2.0), (r(2), 1.0)]);
        assert_eq!(neighbours.of(r(1)), []);
        assert_eq!(neighbours.of(r(9)), []);
        let again = Neighbours::new(neighbours.links());
        assert_eq!(again, neighbours);
        let copied = neighbours.with_copy(r(2), r(3));
        assert_eq!(copied.of(r(3)), [(r(1), 3.0)]);
        assert_eq!(copied.of(r(0)), [(r(1), 2.0), (r(2), 1.0), (r(3), 1.0)]);
    }
}
