//! How regions move between tiers.

use std::collections::HashMap;

use super::{Aligned, Side, Statistic, Undefined, Weights, kappa};

/// Which tier of the second side each tier of the first is, by name, where the names differ. Several may become one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TierMapping {
    forward: HashMap<String, Option<String>>,
    /// The other way, `None` where several would be meant.
    back: HashMap<String, Option<String>>,
}

impl TierMapping {
    /// A mapping from pairs of name on the first side and name on the second, `None` for a tier without counterpart.
    ///
    /// # Errors
    /// The position of the first pair that gives a name of the first side a second counterpart.
    pub fn new(
        pairs: impl IntoIterator<Item = (String, Option<String>)>,
    ) -> Result<TierMapping, usize> {
        let mut mapping = TierMapping::default();
        for (at, (from, to)) in pairs.into_iter().enumerate() {
            if let Some(to) = &to {
                let known = mapping.back.contains_key(to);
                mapping.back.insert(to.clone(), Some(from.clone()).filter(|_| !known));
            }
            if mapping.forward.insert(from, to).is_some() {
                return Err(at);
            }
        }
        Ok(mapping)
    }

    /// For each tier of the first side the same tier of the second: what the mapping says in either direction, else the
    /// one of the same name.
    fn counterparts(
        &self,
        from: &[String],
        to: &[String],
    ) -> Result<Vec<Option<usize>>, Undefined> {
        let find = |name: &str| to.iter().position(|t| t == name);
        let mut stated = from == to;
        let mut of = Vec::new();
        for name in from {
            let forward = self.forward.get(name);
            let target = forward.and_then(|to| find(to.as_deref()?));
            let back = self.back.get(name).and_then(|to| find(to.as_deref()?));
            stated |= target.is_some() || back.is_some();
            of.push(target.or(back).or_else(|| match forward {
                Some(None) => None,
                _ => find(name),
            }));
        }
        if stated {
            Ok(of)
        } else if from.len() == to.len() {
            Err(Undefined::TierNames)
        } else {
            Err(Undefined::TierCounts { first: from.len(), second: to.len() })
        }
    }
}

/// The tiers of the regions that have one on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Migration {
    /// The names of the first side's tiers, best first.
    pub from: Vec<String>,
    /// The names of the second side's tiers, best first.
    pub to: Vec<String>,
    /// How many regions go from each tier of the first side to each of the second.
    pub counts: Vec<Vec<usize>>,
    /// Places among the common regions of those with a tier on one side only, or on none.
    pub untiered: Vec<usize>,
    /// For each tier of the first side the same tier of the second, or why that is not known.
    pub counterparts: Result<Vec<Option<usize>>, Undefined>,
}

impl Migration {
    /// Counts the moves of the common regions.
    ///
    /// # Errors
    /// [`Undefined::NoTiers`].
    pub fn new(aligned: &Aligned<'_>, mapping: &TierMapping) -> Result<Migration, Undefined> {
        let (from, to) = (aligned.first.labels.clone(), aligned.second.labels.clone());
        match (from.is_empty(), to.is_empty()) {
            (true, true) => return Err(Undefined::NoTiers(Side::Both)),
            (true, false) => return Err(Undefined::NoTiers(Side::First)),
            (false, true) => return Err(Undefined::NoTiers(Side::Second)),
            (false, false) => {}
        }
        let mut counts = vec![vec![0; to.len()]; from.len()];
        let mut untiered = Vec::new();
        for (k, &(i, j)) in aligned.pairs.iter().enumerate() {
            match aligned.first.tiers[i].zip(aligned.second.tiers[j]) {
                Some((a, b)) => counts[usize::from(a)][usize::from(b)] += 1,
                None => untiered.push(k),
            }
        }
        let counterparts = mapping.counterparts(&from, &to);
        Ok(Migration { from, to, counts, untiered, counterparts })
    }

    /// How many regions have a tier on both sides: the n of the whole matrix.
    pub fn n(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    /// How many regions change tier, and of how many: those whose tier on the first side is one of the second's too.
    ///
    /// # Errors
    /// Where it is not known which tier is which.
    pub fn moved(&self) -> Result<(usize, usize), Undefined> {
        let square = self.square()?;
        let n: usize = square.iter().flatten().sum();
        let stay: usize = (0..square.len()).map(|t| square[t][t]).sum();
        Ok((n - stay, n))
    }

    /// The weighted kappa ([`kappa`]) of the tiers.
    pub fn kappa(&self, weights: Weights) -> Statistic {
        kappa(&self.square()?, weights)
    }

    /// Whether a common region's tier changes: how many tiers it rises from the first side to the second, below zero if
    /// it falls; `None` where that is not known.
    pub fn rise(&self, aligned: &Aligned<'_>, pair: usize) -> Option<i32> {
        let (i, j) = aligned.pairs[pair];
        let before = aligned.first.tiers[i]?;
        let after = aligned.second.tiers[j]?;
        let before = self.counterparts.as_ref().ok()?[usize::from(before)]?;
        Some(before as i32 - i32::from(after))
    }

    /// The matrix with the first side's tiers by the names of the second's; those without counterpart are left out.
    fn square(&self) -> Result<Vec<Vec<usize>>, Undefined> {
        let counterparts = self.counterparts.as_ref().map_err(Clone::clone)?;
        let mut square = vec![vec![0; self.to.len()]; self.to.len()];
        for (row, same) in self.counts.iter().zip(counterparts) {
            let Some(same) = same else { continue };
            for (cell, count) in square[*same].iter_mut().zip(row) {
                *cell += count;
            }
        }
        Ok(square)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mapping, Standing};
    use super::*;

    fn tiered(tiers: &[u16], labels: &[&str]) -> Standing {
        Standing {
            regions: (0..tiers.len()).map(|i| format!("r{i}")).collect(),
            scores: vec![0.0; tiers.len()],
            ranks: vec![1.0; tiers.len()],
            tiers: tiers.iter().map(|t| Some(*t)).collect(),
            labels: labels.iter().map(|l| (*l).to_owned()).collect(),
            ..Standing::default()
        }
    }

    fn mapping(pairs: &[(&str, Option<&str>)]) -> TierMapping {
        let owned = |(from, to): &(&str, Option<&str>)| ((*from).into(), to.map(str::to_owned));
        TierMapping::new(pairs.iter().map(owned)).expect("one counterpart each")
    }

    #[test]
    fn tiers_by_other_names() {
        let first = tiered(&[0, 1, 2, 3], &["A", "B", "C", "D"]);
        let second = tiered(&[0, 1, 1, 0], &["high", "low"]);
        let aligned = Aligned::new(&first, &second, &Mapping::default());
        let counts = Undefined::TierCounts { first: 4, second: 2 };
        let unmapped = Migration::new(&aligned, &TierMapping::default()).expect("tiers");
        assert_eq!(unmapped.moved(), Err(counts.clone()));
        assert_eq!(unmapped.kappa(Weights::Linear), Err(counts));
        assert_eq!(unmapped.n(), 4);
        // A and B become high, C low; D has no counterpart.
        let merged =
            mapping(&[("A", Some("high")), ("B", Some("high")), ("C", Some("low")), ("D", None)]);
        let migration = Migration::new(&aligned, &merged).expect("tiers");
        assert_eq!(migration.moved(), Ok((1, 3)));
        let rises: Vec<Option<i32>> = (0..4).map(|k| migration.rise(&aligned, k)).collect();
        assert_eq!(rises, [Some(0), Some(-1), Some(0), None]);
        // 1 - n Σ v o / Σ v r c = 1 - 3 * 1 / (2 * 2 + 1 * 1).
        assert_eq!(migration.kappa(Weights::Equal), Ok(1.0 - 3.0 / 5.0));
        // The other way: low is C, and high could be two.
        let back = Aligned::new(&second, &first, &Mapping::default());
        let migration = Migration::new(&back, &merged).expect("tiers");
        assert_eq!(migration.counterparts, Ok(vec![None, Some(2)]));
    }

    #[test]
    fn where_kappa_is_not_defined() {
        let one = tiered(&[0, 0], &["A", "B"]);
        let aligned = Aligned::new(&one, &one, &Mapping::default());
        let migration = Migration::new(&aligned, &TierMapping::default()).expect("tiers");
        assert_eq!(migration.kappa(Weights::Quadratic), Err(Undefined::OneTier));
        assert_eq!(migration.moved(), Ok((0, 2)));
        let other = tiered(&[0, 0], &["1", "2"]);
        let aligned = Aligned::new(&one, &other, &Mapping::default());
        let migration = Migration::new(&aligned, &TierMapping::default()).expect("tiers");
        assert_eq!(migration.kappa(Weights::Equal), Err(Undefined::TierNames));
        let none = Standing { labels: Vec::new(), ..one.clone() };
        let aligned = Aligned::new(&one, &none, &Mapping::default());
        let found = Migration::new(&aligned, &TierMapping::default());
        assert_eq!(found, Err(Undefined::NoTiers(Side::Second)));
        assert_eq!(kappa(&[vec![0]], Weights::Equal), Err(Undefined::TooFew { n: 0, least: 1 }));
    }
}
