//! How much of a result's variance over branches each fork accounts for.

use super::Forks;
use crate::number;

/// A fork's shares of a variance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// By itself: the variance of the means at its options (first-order, or main, effect).
    pub first: f64,
    /// By itself and together with others: what is left on average when all others are held (total effect).
    pub total: f64,
}

/// Branches with a result, arranged for the decomposition of variance.
///
/// If every branch of a full factorial has a result, both effects are exact: the first-order effect is Var(E[y |
/// option]) / Var(y), the total effect E[Var(y | all others)] / Var(y) (Sobol' 1993; Saltelli et al. 2008, Global
/// Sensitivity Analysis: The Primer, ch. 4), over options that are all as likely as each other. First-order effects of
/// all forks and their interactions then add up to 1.
///
/// Where branches are missing they are estimates: the first-order effect is that of the branches that are there, their
/// options being weighed by how many branches have them; the total effect is Jansen's (1999, Computer Physics
/// Communications 117), half the mean squared difference over all pairs of branches that differ in that fork alone,
/// times (k − 1) / k for k options, which is the same number where nothing is missing.
#[derive(Clone, Debug)]
pub struct Design {
    options: Vec<Vec<u32>>,
    sizes: Vec<usize>,
    /// For each fork, branches by position, those that differ in it alone together, and where each such group ends.
    groups: Vec<(Vec<u32>, Vec<usize>)>,
    complete: bool,
    count: usize,
}

impl Design {
    /// Arranges branches, ascending; `complete` where they are every branch there is.
    pub fn new(forks: &Forks, branches: &[u64]) -> Self {
        let of = |fork| branches.iter().map(move |b| forks.option(*b, fork) as u32).collect();
        let groups = (0..forks.list().len()).map(|fork| {
            let mut keyed: Vec<(u64, u32)> =
                branches.iter().zip(0..).map(|(b, i)| (forks.beside(*b, fork), i)).collect();
            keyed.sort_unstable();
            let mut ends = Vec::new();
            for (i, (key, _)) in keyed.iter().enumerate() {
                if keyed.get(i + 1).is_none_or(|(next, _)| next != key) {
                    ends.push(i + 1);
                }
            }
            (keyed.into_iter().map(|(_, i)| i).collect(), ends)
        });
        Design {
            options: (0..forks.list().len()).map(of).collect(),
            sizes: forks.list().iter().map(|f| f.options.len()).collect(),
            groups: groups.collect(),
            complete: branches.len() as u64 == forks.count(),
            count: branches.len(),
        }
    }

    /// Whether every branch has a result, so that shares are exact.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// How many branches there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The option of each branch at a fork.
    pub(super) fn options(&self, fork: usize) -> &[u32] {
        &self.options[fork]
    }

    /// The groups of branches that differ in a fork alone.
    pub(super) fn groups(&self, fork: usize) -> impl Iterator<Item = &[u32]> {
        let (order, ends) = &self.groups[fork];
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(ends).map(|(start, &end)| &order[start..end])
    }

    /// How many pairs of branches differ in a fork alone.
    pub fn pairs(&self, fork: usize) -> u64 {
        self.groups(fork).map(|group| pairs(group.len())).sum()
    }

    /// The variance of `y` over the branches; values that are not there (NaN) are left out.
    pub fn variance(&self, y: &[f64]) -> f64 {
        number::population_variance(y).unwrap_or(0.0)
    }

    /// A fork's effects in the unit of the variance of `y`: not yet divided by it.
    pub fn effects(&self, fork: usize, y: &[f64]) -> Share {
        let Some(mean) = number::mean(y) else { return Share::default() };
        let mut buffer = Vec::new();
        let mut between = Vec::new();
        for option in 0..self.sizes[fork] as u32 {
            buffer.clear();
            let own =
                self.options[fork].iter().zip(y).filter(|(o, x)| **o == option && !x.is_nan());
            buffer.extend(own.map(|(_, x)| *x));
            if let Some(m) = number::mean(&buffer) {
                between.push(buffer.len() as f64 * (m - mean) * (m - mean));
            }
        }
        let mut squares = Vec::new();
        let mut count = 0;
        for group in self.groups(fork) {
            buffer.clear();
            buffer.extend(group.iter().map(|&i| y[i as usize]).filter(|x| !x.is_nan()));
            if buffer.len() > 1 {
                let n = buffer.len() as f64;
                squares.push(number::population_variance(&buffer).unwrap_or(0.0) * n * n);
                count += pairs(buffer.len());
            }
        }
        let size = self.sizes[fork] as f64;
        let total = if count == 0 {
            0.0
        } else {
            number::sum(&squares) / count as f64 / 2.0 * (size - 1.0) / size
        };
        Share { first: number::sum(&between) / number::count(y) as f64, total }
    }

    /// A fork's shares of the variance of `y`; `None` where `y` does not vary.
    pub fn shares(&self, fork: usize, y: &[f64]) -> Option<Share> {
        divided(self.effects(fork, y), self.variance(y))
    }
}

/// Shares of a variance; `None` of one that is nothing.
pub(super) fn divided(effects: Share, variance: f64) -> Option<Share> {
    (variance > 0.0)
        .then(|| Share { first: effects.first / variance, total: effects.total / variance })
}

/// How many pairs so many things make.
pub(super) fn pairs(n: usize) -> u64 {
    let n = n as u64;
    n * n.saturating_sub(1) / 2
}
