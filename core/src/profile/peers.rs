//! The peers of a region: the regions that are nearest to it in some figure.
//!
//! The scorecards of the EU Regional Competitiveness Index compare a region with the 15 regions that are nearest to it
//! in GDP per head (Annoni & Dijkstra 2019, The EU Regional Competitiveness Index 2019, European Commission).

use crate::evaluation::Evaluation;
use crate::model::Region;
use crate::number;

/// Which regions are like a region.
#[derive(Clone, Debug, PartialEq)]
pub struct Peers {
    /// The figure in which they are near: a column of the data, an attribute of the regions, or a node, by its scores.
    pub by: String,
    /// How many there are.
    pub n: usize,
}

/// Why a league has no peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeersFault {
    /// Nothing has the name of the figure.
    Unknown {
        /// The name.
        by: String,
        /// The nodes of the system, which could be meant.
        nodes: Vec<String>,
    },
}

impl Peers {
    /// The peers of each region of a slice, nearest first, by position; of equally near ones, those with the lesser code
    /// come first. A region without the figure has none, and is nobody's peer.
    ///
    /// # Errors
    /// A name that is neither a column nor an attribute nor a node.
    pub(super) fn of(
        &self,
        evaluation: &Evaluation,
        slice: usize,
    ) -> Result<Vec<Vec<usize>>, PeersFault> {
        let values = self.values(evaluation, slice)?;
        Ok(nearest(&values, self.n))
    }

    /// The figure of each region of a slice; NaN for none.
    fn values(&self, evaluation: &Evaluation, slice: usize) -> Result<Vec<f64>, PeersFault> {
        let study = evaluation.study();
        let rows = study.panel.slices()[slice].rows.clone();
        if let Some(column) = study.columns.get(&self.by) {
            return Ok(column.values()[rows].to_vec());
        }
        let system = &evaluation.methodology().system;
        if let Some(numbers) = numbers_of_attribute(&study.regions, &self.by) {
            let regions = &study.panel.regions()[rows];
            return Ok(regions.iter().map(|region| numbers[region.0 as usize]).collect());
        }
        match system.find(&self.by) {
            Some(node) => Ok(evaluation.scores(node).values()[rows].to_vec()),
            None => Err(PeersFault::Unknown {
                by: self.by.clone(),
                nodes: system.nodes().iter().map(|node| node.code.clone()).collect(),
            }),
        }
    }
}

/// An attribute of regions as numbers, NaN where a cell is empty; none where no region has the attribute, or a cell of it
/// is not a plain number such as `12345.6`.
pub fn numbers_of_attribute(regions: &[Region], attribute: &str) -> Option<Vec<f64>> {
    let number = |region: &Region| match region.attributes.get(attribute).map(|text| text.trim()) {
        None | Some("") => Some(f64::NAN),
        Some(text) => text.parse::<f64>().ok().filter(|x| x.is_finite()),
    };
    let numbers: Option<Vec<f64>> = regions.iter().map(number).collect();
    numbers.filter(|numbers| numbers.iter().any(|x| !x.is_nan()))
}

/// For each value the positions of the `n` values that are nearest to it, nearest first.
fn nearest(values: &[f64], n: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..values.len()).filter(|&at| !values[at].is_nan()).collect();
    number::sort_by_key(&mut order, &|at| values[at]);
    let mut found = vec![Vec::new(); values.len()];
    for (place, &at) in order.iter().enumerate() {
        let apart = |other: usize| (values[order[other]] - values[at]).abs();
        // The nearest ones lie on both sides of it. Positions follow codes, so that of equally near ones the lesser
        // position comes first; that takes a look at all that are as near as the last one.
        let (mut below, mut above) = (place, place + 1);
        let mut picked: Vec<usize> = Vec::new();
        let mut last = f64::NAN;
        loop {
            let left = below.checked_sub(1).map(|k| (apart(k), k));
            let right = (above < order.len()).then(|| (apart(above), above));
            let next = match (left, right) {
                (Some(l), Some(r)) => {
                    if l.0 <= r.0 {
                        l
                    } else {
                        r
                    }
                }
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => break,
            };
            if picked.len() >= n && next.0 > last {
                break;
            }
            match next.1 < place {
                true => below = next.1,
                false => above = next.1 + 1,
            }
            last = next.0;
            picked.push(order[next.1]);
        }
        number::sort_items(&mut picked, |&a, &b| {
            let apart = |other: usize| (values[other] - values[at]).abs();
            apart(a).total_cmp(&apart(b)).then(a.cmp(&b))
        });
        picked.truncate(n);
        found[at] = picked;
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nearest_by_hand() {
        let found = nearest(&[10.0, 40.0, f64::NAN, 13.0, 12.0, 16.0], 2);
        assert_eq!(found[0], [4, 3]);
        assert_eq!(found[1], [5, 3]);
        assert!(found[2].is_empty());
        assert_eq!(found[3], [4, 0]);
        // 13 and 10 are 1 and 2 away from 12.
        assert_eq!(found[4], [3, 0]);
        assert_eq!(nearest(&[1.0, 2.0, 3.0], 1)[1], [0], "of equally near ones the first");
        assert_eq!(nearest(&[5.0], 3), [Vec::<usize>::new()]);
    }

    proptest! {
        /// As many as there can be, and nobody who is left out is nearer.
        #[test]
        fn nobody_left_out_is_nearer(
            values in prop::collection::vec((0..12_i32).prop_map(f64::from), 1..30),
            n in 1..8_usize,
        ) {
            for (at, peers) in nearest(&values, n).iter().enumerate() {
                prop_assert_eq!(peers.len(), n.min(values.len() - 1));
                prop_assert!(!peers.contains(&at));
                let key = |other: usize| ((values[other] - values[at]).abs(), other);
                let mut all: Vec<usize> = (0..values.len()).filter(|other| *other != at).collect();
                number::sort_items(&mut all, |&a, &b| key(a).partial_cmp(&key(b)).unwrap());
                prop_assert_eq!(peers.as_slice(), &all[..peers.len()]);
            }
        }
    }
}
