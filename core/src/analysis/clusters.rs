//! Clusters of profiles: regions whose scores of the dimensions are like each other.

use crate::method::settings;
use crate::model::NodeId;
use crate::number;

use super::finding::{FIRST, WHOLE, columns};
use super::{Cell, Column, Form, Found, Further, Kind, Need, Reason, Subject, Word, analysis};

settings! {
    /// Settings of the clusters.
    pub(super) struct Settings {
        /// The nodes whose scores make the profile of a region, by code; unless stated, those below the index.
        nodes: Vec<String> = Vec::new(),
        /// How many clusters are formed; unless stated, the number with the greatest mean silhouette.
        clusters: Option<usize> [2, 1000] = None,
        /// Up to how many clusters are tried.
        most: usize [2, 1000] = 6,
        /// Whether the clusters of Ward's method are improved by k-means, which begins at their means.
        refine: bool = true,
    }
}

analysis!(Settings, compute, {
    name: "clusters",
    label: "Clusters of profiles",
    summary: "Groups of regions whose scores of the dimensions are like each other, and how well each region fits into its group.",
    formula: "Ward: the two clusters are merged whose merging adds least to Σ_c Σ_{i in c} |x_i − x̄_c|²; then k-means from their means until no region moves; silhouette s_i = (b_i − a_i) / max(a_i, b_i), with a_i the mean distance to the other members and b_i the least mean distance to another cluster, and 0 in a cluster of one",
    reference: "Ward (1963), Journal of the American Statistical Association 58, 236-244; Lloyd (1982), IEEE Transactions on Information Theory 28(2), 129-137; Rousseeuw (1987), Journal of Computational and Applied Mathematics 20, 53-65",
    needs: Need::Nothing,
    forms: &[NUMBERS, CLUSTERS, MEMBERS, MERGES],
});

const SILHOUETTE: Column = Column::decimals("silhouette", "Silhouette", 4);

const NUMBERS: Form = Form {
    name: "numbers",
    label: "Numbers of clusters",
    columns: &[
        Column::number("clusters", "Clusters"),
        SILHOUETTE,
        Column::decimals("silhouette_ward", "Silhouette before k-means", 4).detail(),
        Column::decimals("explained", "Share of variation between clusters, %", 2),
        Column::number("smallest", "Smallest cluster").detail(),
        Column::text("chosen", "Chosen"),
    ],
    shown: WHOLE,
};

const CLUSTERS: Form = Form {
    name: "clusters",
    label: "Clusters",
    columns: &[
        Column::number("cluster", "Cluster"),
        columns::N,
        SILHOUETTE,
        columns::MEAN,
        Column::text("regions", "Regions"),
    ],
    shown: WHOLE,
};

const MEMBERS: Form = Form {
    name: "members",
    label: "Regions in clusters",
    columns: &[
        columns::REGION,
        Column::number("cluster", "Cluster"),
        SILHOUETTE,
        Column::number("nearest", "Nearest other cluster"),
        Column::number("cluster_ward", "Cluster before k-means").detail(),
        columns::WHY.detail(),
    ],
    shown: FIRST,
};

const MERGES: Form = Form {
    name: "merges",
    label: "Merges by Ward's method",
    columns: &[
        Column::number("step", "Step"),
        Column::decimals("merge_height", "Height", 6),
        columns::N,
    ],
    shown: 0,
};

/// How many regions can be clustered: every distance between two of them is kept.
const MOST: usize = 5000;

/// Distances between all pairs of some profiles.
#[derive(Clone, Debug)]
pub struct Distances {
    n: usize,
    /// Row by row above the diagonal.
    pairs: Vec<f64>,
}

impl Distances {
    /// Euclidean distances between profiles, which have a number for each node.
    pub fn new(profiles: &[Vec<f64>]) -> Distances {
        let n = profiles.len();
        let mut pairs = Vec::with_capacity(n * n.saturating_sub(1) / 2);
        for (i, a) in profiles.iter().enumerate() {
            pairs.extend(profiles[i + 1..].iter().map(|b| square(a, b).sqrt()));
        }
        Distances { n, pairs }
    }

    fn place(&self, i: usize, j: usize) -> usize {
        let (i, j) = (i.min(j), i.max(j));
        i * (2 * self.n - i - 1) / 2 + (j - i - 1)
    }

    fn get(&self, i: usize, j: usize) -> f64 {
        if i == j { 0.0 } else { self.pairs[self.place(i, j)] }
    }
}

/// The squared Euclidean distance.
fn square(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// Two clusters that are merged: a member of each, the height, and how many members they have together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Merge {
    /// A member of the one.
    pub first: usize,
    /// A member of the other.
    pub second: usize,
    /// The distance of the two by Ward's method: the root of twice what the merge adds to the sum of squares.
    pub height: f64,
    /// How many members the merged cluster has.
    pub n: usize,
}

/// Ward's method: the merges of all profiles, lowest first, one fewer than profiles.
///
/// The distances of merged clusters follow Lance and Williams. Pairs that are each other's nearest are merged at once,
/// which gives the same tree as to look for the nearest of all (Murtagh 1983, The Computer Journal 26(4), 354-359).
pub fn ward(distances: &Distances) -> Vec<Merge> {
    let n = distances.n;
    let mut squares = distances.clone();
    squares.pairs.iter_mut().for_each(|d| *d *= *d);
    let mut sizes = vec![1_usize; n];
    let mut chain: Vec<usize> = Vec::new();
    let mut merges = Vec::with_capacity(n.saturating_sub(1));
    while merges.len() + 1 < n {
        if chain.is_empty() {
            chain.extend((0..n).find(|&i| sizes[i] > 0));
        }
        let last = chain[chain.len() - 1];
        // Of equally near clusters the one before in the chain, so that the chain ends.
        let before = chain.len().checked_sub(2).map(|at| chain[at]);
        let mut nearest = before;
        for other in (0..n).filter(|&j| j != last && sizes[j] > 0) {
            let is_nearer = |near: usize| squares.get(last, other) < squares.get(last, near);
            if nearest.is_none_or(is_nearer) {
                nearest = Some(other);
            }
        }
        let nearest = nearest.expect("there are two clusters");
        if before != Some(nearest) {
            chain.push(nearest);
            continue;
        }
        chain.truncate(chain.len() - 2);
        let (kept, gone) = (last.min(nearest), last.max(nearest));
        let between = squares.get(kept, gone);
        let (a, b) = (sizes[kept] as f64, sizes[gone] as f64);
        for other in (0..n).filter(|&k| sizes[k] > 0 && k != kept && k != gone) {
            let c = sizes[other] as f64;
            let joined = (a + c) * squares.get(kept, other) + (b + c) * squares.get(gone, other);
            let at = squares.place(kept, other);
            squares.pairs[at] = number::max((joined - c * between) / (a + b + c), 0.0);
        }
        sizes[kept] += sizes[gone];
        sizes[gone] = 0;
        merges.push(Merge {
            first: kept,
            second: gone,
            height: number::max(between, 0.0).sqrt(),
            n: sizes[kept],
        });
    }
    number::sort_items(&mut merges, |a, b| number::ascending(a.height, b.height));
    merges
}

/// The cluster of each of `n` profiles where the lowest merges leave `clusters` of them, numbered by their first member.
pub fn cut(n: usize, merges: &[Merge], clusters: usize) -> Vec<usize> {
    let mut above: Vec<usize> = (0..n).collect();
    fn top(above: &[usize], mut at: usize) -> usize {
        while above[at] != at {
            at = above[at];
        }
        at
    }
    for merge in &merges[..n.saturating_sub(clusters)] {
        let (a, b) = (top(&above, merge.first), top(&above, merge.second));
        above[a.max(b)] = a.min(b);
    }
    let mut firsts = Vec::new();
    (0..n)
        .map(|i| {
            let top = top(&above, i);
            firsts.iter().position(|first| *first == top).unwrap_or_else(|| {
                firsts.push(top);
                firsts.len() - 1
            })
        })
        .collect()
}

/// The means of each cluster.
fn means(profiles: &[Vec<f64>], of: &[usize], clusters: usize) -> Vec<Vec<f64>> {
    let dimensions = profiles.first().map_or(0, Vec::len);
    let mean = |cluster: usize, k: usize| {
        let members = profiles.iter().zip(of).filter(|(_, of)| **of == cluster);
        let values: Vec<f64> = members.map(|(profile, _)| profile[k]).collect();
        number::mean(&values).unwrap_or(f64::NAN)
    };
    (0..clusters).map(|cluster| (0..dimensions).map(|k| mean(cluster, k)).collect()).collect()
}

/// K-means from a partition: every profile goes to the nearest mean until none moves. It stays where its own mean is as
/// near as another, and where it is the only member.
pub fn k_means(profiles: &[Vec<f64>], start: &[usize], clusters: usize) -> Vec<usize> {
    const ROUNDS: usize = 1000;
    let mut of = start.to_vec();
    for _ in 0..ROUNDS {
        let means = means(profiles, &of, clusters);
        let mut sizes = vec![0_usize; clusters];
        of.iter().for_each(|&cluster| sizes[cluster] += 1);
        let mut moved = false;
        for (profile, own) in profiles.iter().zip(&mut of) {
            let mut nearest = (*own, square(profile, &means[*own]));
            for (cluster, mean) in means.iter().enumerate() {
                let distance = square(profile, mean);
                if distance < nearest.1 {
                    nearest = (cluster, distance);
                }
            }
            if nearest.0 != *own && sizes[*own] > 1 {
                sizes[*own] -= 1;
                sizes[nearest.0] += 1;
                *own = nearest.0;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    of
}

/// The silhouette of each profile, and the nearest cluster that is not its own.
pub fn silhouettes(distances: &Distances, of: &[usize], clusters: usize) -> Vec<(f64, usize)> {
    let mut sizes = vec![0_usize; clusters];
    of.iter().for_each(|&cluster| sizes[cluster] += 1);
    let one = |i: usize| {
        let mut sums = vec![0.0; clusters];
        for (j, &cluster) in of.iter().enumerate() {
            sums[cluster] += distances.get(i, j);
        }
        let own = of[i];
        let others = (0..clusters).filter(|&c| c != own && sizes[c] > 0);
        let others = others.map(|c| (sums[c] / sizes[c] as f64, c));
        let nearest = others.reduce(|a, b| if b.0 < a.0 { b } else { a });
        let (b, nearest) = nearest.unwrap_or((f64::NAN, own));
        if sizes[own] < 2 {
            return (0.0, nearest);
        }
        let a = sums[own] / (sizes[own] - 1) as f64;
        let greatest = number::max(a, b);
        (if greatest > 0.0 { (b - a) / greatest } else { 0.0 }, nearest)
    };
    (0..of.len()).map(one).collect()
}

/// What becomes of one number of clusters.
struct Partition {
    clusters: usize,
    ward: Vec<usize>,
    of: Vec<usize>,
    silhouettes: Vec<(f64, usize)>,
    mean: f64,
    mean_ward: f64,
    explained: f64,
    smallest: usize,
}

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let slice = subject.now()?;
    let nodes = subject.nodes(&settings.nodes, || match subject.parts() {
        [] => vec![subject.root()],
        parts => parts.to_vec(),
    })?;
    let scores: Vec<Vec<f64>> = nodes.iter().map(|&node| subject.scores(node, slice)).collect();
    let all: Vec<&[f64]> = scores.iter().map(Vec::as_slice).collect();
    let places = Subject::complete(&all);
    let n = places.len();
    if n > MOST {
        return Err(Reason::TooMany { n, most: MOST });
    }
    let least = settings.clusters.map_or(3, |clusters| clusters + 1);
    if n < least {
        return Err(Reason::TooFew { n, least });
    }
    let profiles: Vec<Vec<f64>> =
        places.iter().map(|&i| scores.iter().map(|column| column[i]).collect()).collect();
    let different = different(&profiles);
    if different < 2 {
        return Err(Reason::Constant);
    }
    if let Some(clusters) = settings.clusters.filter(|clusters| *clusters > different) {
        return Err(Reason::FewProfiles { n: different, least: clusters });
    }
    let distances = Distances::new(&profiles);
    let merges = ward(&distances);
    let index = subject.scores(subject.root(), slice);
    let index: Vec<f64> = places.iter().map(|&i| index[i]).collect();
    let most = settings.clusters.unwrap_or(0).max(settings.most).min(n - 1).min(different);
    let partitions: Vec<Partition> = (2..=most)
        .map(|clusters| partition(&profiles, &distances, &merges, &index, clusters, settings))
        .collect();
    let best = partitions.iter().reduce(|a, b| if b.mean > a.mean { b } else { a });
    let chosen = match settings.clusters {
        Some(clusters) => partitions.iter().find(|one| one.clusters == clusters),
        None => best,
    };
    let chosen = chosen.expect("two clusters can be formed");
    Ok(tables(subject, slice, &nodes, &places, &profiles, &index, &merges, &partitions, chosen))
}

/// How many profiles differ from each other.
fn different(profiles: &[Vec<f64>]) -> usize {
    let mut order: Vec<usize> = (0..profiles.len()).collect();
    let compare = |a: usize, b: usize| {
        let pairs = profiles[a].iter().zip(&profiles[b]);
        let mut orders = pairs.map(|(a, b)| number::ascending(*a, *b));
        orders.find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    };
    number::sort_by(&mut order, &compare);
    order.dedup_by(|a, b| compare(*a, *b).is_eq());
    order.len()
}

/// The clusters of one number, the best by the index first.
fn partition(
    profiles: &[Vec<f64>],
    distances: &Distances,
    merges: &[Merge],
    index: &[f64],
    clusters: usize,
    settings: &Settings,
) -> Partition {
    let n = profiles.len();
    let cut = cut(n, merges, clusters);
    let refined = match settings.refine {
        true => k_means(profiles, &cut, clusters),
        false => cut.clone(),
    };
    let level = |cluster: usize| {
        let members = index.iter().zip(&refined).filter(|(_, of)| **of == cluster);
        number::mean(&members.map(|(x, _)| *x).collect::<Vec<_>>()).unwrap_or(f64::NEG_INFINITY)
    };
    let levels: Vec<f64> = (0..clusters).map(level).collect();
    let mut order: Vec<usize> = (0..clusters).collect();
    number::sort_by_key(&mut order, &|cluster| -levels[cluster]);
    let mut place = vec![0; clusters];
    order.iter().enumerate().for_each(|(at, &cluster)| place[cluster] = at);
    let renamed = |of: &[usize]| -> Vec<usize> { of.iter().map(|&c| place[c]).collect() };
    let (ward, of) = (renamed(&cut), renamed(&refined));
    let mean = |silhouettes: &[(f64, usize)]| {
        let values: Vec<f64> = silhouettes.iter().map(|s| s.0).collect();
        number::mean(&values).unwrap_or(f64::NAN)
    };
    let found = silhouettes(distances, &of, clusters);
    let mean_ward = mean(&silhouettes(distances, &ward, clusters));
    let within = |of: &[usize], clusters: usize| {
        let means = means(profiles, of, clusters);
        let squares = profiles.iter().zip(of).map(|(profile, &c)| square(profile, &means[c]));
        number::sum(&squares.collect::<Vec<_>>())
    };
    let total = within(&vec![0; n], 1);
    let sizes = (0..clusters).map(|cluster| of.iter().filter(|c| **c == cluster).count());
    Partition {
        clusters,
        explained: 100.0 * (1.0 - within(&of, clusters) / total),
        smallest: sizes.min().unwrap_or(0),
        mean: mean(&found),
        mean_ward,
        silhouettes: found,
        ward,
        of,
    }
}

#[expect(clippy::too_many_arguments, reason = "they are what one function has found")]
fn tables(
    subject: &Subject<'_>,
    slice: usize,
    nodes: &[NodeId],
    places: &[usize],
    profiles: &[Vec<f64>],
    index: &[f64],
    merges: &[Merge],
    partitions: &[Partition],
    chosen: &Partition,
) -> Vec<Found> {
    let regions = subject.regions(slice);
    let mut numbers = Found::new(&NUMBERS);
    for one in partitions {
        let is_chosen = one.clusters == chosen.clusters;
        numbers.push([
            one.clusters.into(),
            one.mean.into(),
            one.mean_ward.into(),
            one.explained.into(),
            one.smallest.into(),
            if is_chosen { Cell::Word(Word::Chosen) } else { Cell::Empty },
        ]);
    }
    let mut clusters = Found::new(&CLUSTERS);
    let further = |&node: &_| Further { of: Cell::Node(node), kind: Kind::Score };
    clusters.more = nodes.iter().map(further).collect();
    let means = means(profiles, &chosen.of, chosen.clusters);
    let mut table = Found::new(&MEMBERS);
    for (cluster, means) in means.into_iter().enumerate() {
        let mut members: Vec<usize> =
            (0..places.len()).filter(|&i| chosen.of[i] == cluster).collect();
        number::sort_items(&mut members, |&a, &b| number::ascending(-index[a], -index[b]));
        let of = |values: &dyn Fn(usize) -> f64| {
            let values: Vec<f64> = members.iter().map(|&i| values(i)).collect();
            number::mean(&values).unwrap_or(f64::NAN)
        };
        let row = [
            Cell::Count(cluster + 1),
            members.len().into(),
            of(&|i| chosen.silhouettes[i].0).into(),
            of(&|i| index[i]).into(),
            Cell::Regions(members.iter().map(|&i| regions[places[i]]).collect()),
        ];
        clusters.push(row.into_iter().chain(means.into_iter().map(Cell::from)));
        let silhouette = |i: usize| chosen.silhouettes[i].0;
        number::sort_items(&mut members, |&a, &b| {
            number::ascending(-silhouette(a), -silhouette(b))
        });
        for i in members {
            table.push([
                Cell::Region(regions[places[i]]),
                Cell::Count(cluster + 1),
                silhouette(i).into(),
                Cell::Count(chosen.silhouettes[i].1 + 1),
                Cell::Count(chosen.ward[i] + 1),
                Cell::Empty,
            ]);
        }
    }
    // Regions that take part and lack a score of the profile are named.
    let ranks = subject.evaluation.ranks_in(subject.root(), slice);
    let absent = (0..regions.len()).filter(|i| places.binary_search(i).is_err());
    for i in absent.filter(|&i| !ranks[i].is_nan()) {
        let nothing = std::iter::repeat_n(Cell::Empty, 4);
        let why = [Cell::None(Reason::IncompleteProfile)];
        table.push([Cell::Region(regions[i])].into_iter().chain(nothing).chain(why));
    }
    let mut tree = Found::new(&MERGES);
    for (step, merge) in merges.iter().enumerate() {
        tree.push([(step + 1).into(), merge.height.into(), merge.n.into()]);
    }
    vec![numbers, clusters, table, tree]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn profiles(values: &[f64]) -> Vec<Vec<f64>> {
        values.iter().map(|x| vec![*x]).collect()
    }

    #[test]
    fn three_heaps() {
        let profiles = profiles(&[0.0, 10.0, 0.5, 10.5, 30.0, 0.25]);
        let distances = Distances::new(&profiles);
        let merges = ward(&distances);
        assert_eq!(cut(6, &merges, 3), [0, 1, 0, 1, 2, 0]);
        assert_eq!(k_means(&profiles, &cut(6, &merges, 3), 3), [0, 1, 0, 1, 2, 0]);
        let found = silhouettes(&distances, &[0, 1, 0, 1, 2, 0], 3);
        // The first: 0.375 to its own, 10.25 to the next; the fifth is alone.
        assert!((found[0].0 - (10.25 - 0.375) / 10.25).abs() < 1e-15);
        assert_eq!(found[4], (0.0, 1));
    }

    proptest! {
        #[test]
        fn merges_rise_and_k_means_does_not_worsen(
            rows in prop::collection::vec(prop::collection::vec(0.0_f64..1.0, 3), 4..30),
        ) {
            let n = rows.len();
            let distances = Distances::new(&rows);
            let merges = ward(&distances);
            prop_assert_eq!(merges.len(), n - 1);
            prop_assert_eq!(merges[n - 2].n, n);
            // Half the squared heights are what the merges add to the sum of squares: together all of it.
            let squares: Vec<f64> = merges.iter().map(|m| m.height * m.height / 2.0).collect();
            let within = |of: &[usize], clusters| -> f64 {
                let means = means(&rows, of, clusters);
                rows.iter().zip(of).map(|(row, c)| square(row, &means[*c])).sum()
            };
            prop_assert!((number::sum(&squares) - within(&vec![0; n], 1)).abs() < 1e-9);
            for clusters in 2..4 {
                let start = cut(n, &merges, clusters);
                let kept: f64 = squares[..n - clusters].iter().sum();
                prop_assert!((within(&start, clusters) - kept).abs() < 1e-9);
                let better = k_means(&rows, &start, clusters);
                prop_assert!(within(&better, clusters) <= within(&start, clusters) + 1e-12);
                let found = silhouettes(&distances, &better, clusters);
                prop_assert!(found.iter().all(|(s, _)| (-1.0..=1.0).contains(s)));
            }
        }
    }
}
