//! Spatial autocorrelation: whether neighbours have scores like each other, and where.

use rayon::prelude::*;

use crate::method::{Standardised, settings};
use crate::model::{NodeId, RegionIx};
use crate::number::{self, Distribution};

use super::finding::{FIRST, WHOLE, columns};
use super::{Cell, Column, Form, Found, Need, Reason, Subject, Word, analysis};

settings! {
    /// Settings of the spatial autocorrelation.
    pub(super) struct Settings {
        /// The nodes, by code; unless stated, the index and those below it. Local values and periods are shown of the first.
        nodes: Vec<String> = Vec::new(),
        /// With `rows` the weights of the neighbours of each region are divided by their sum, so that its lag is the mean of its neighbours; with `none` they are used as they are stated.
        standardised: Standardised = Standardised::Rows,
        /// How many permutations the p-values are made of.
        permutations: usize [0, 1_000_000] = 999,
        /// The seed of the permutations: each is a function of the seed and of its number.
        seed: u64 = 1,
        /// The p-value up to which a local value counts as significant.
        level: f64 [0.0, 1.0] = 0.05,
    }
}

analysis!(Settings, compute, {
    name: "autocorrelation",
    label: "Spatial autocorrelation",
    summary: "Whether neighbouring regions have scores like each other (Moran's I), and which regions lie among others like or unlike them.",
    formula: "I = n/S_0 · Σ_ij w_ij z_i z_j / Σ_i z_i², with z = y − mean and S_0 = Σ_ij w_ij; E(I) = −1/(n − 1), its variance under normality and under randomisation; I_i = z_i/m_2 · Σ_j w_ij z_j with m_2 = Σ z²/n, so that Σ_i I_i = S_0·I; p of permutations = (1 + the number of permutations as extreme on the side of I) / (1 + permutations)",
    reference: "Moran (1950), Biometrika 37, 17-23; Cliff & Ord (1981), Spatial Processes, chapters 1 and 2; Anselin (1995), Geographical Analysis 27(2), 93-115",
    needs: Need::Neighbours,
    forms: &[GLOBAL, PERIODS, CLASSES, LOCAL],
});

const MORAN: Column = Column::decimals("moran", "Moran's I", 4);
const EXPECTED: Column = Column::decimals("expected", "Expected", 4);
const Z: Column = Column::decimals("z", "z", 3);
const P: Column = Column::p_value("p", "p");
const P_PERMUTATION: Column = Column::p_value("p_permutation", "Permutation p");

const GLOBAL: Form = Form {
    name: "global",
    label: "Moran's I",
    columns: &[
        columns::NODE,
        columns::N,
        Column::number("links", "Neighbours").detail(),
        MORAN,
        EXPECTED,
        Column::decimals("sd", "Standard deviation", 4).detail(),
        Z,
        P,
        Column::decimals("sd_normal", "Standard deviation if normal", 4).detail(),
        Column::decimals("z_normal", "z if normal", 3).detail(),
        Column::p_value("p_normal", "p if normal").detail(),
        P_PERMUTATION,
        Column::text("islands", "Without neighbours").detail(),
        columns::WHY.detail(),
    ],
    shown: WHOLE,
};

const PERIODS: Form = Form {
    name: "periods",
    label: "Moran's I by period",
    columns: &[
        columns::NODE,
        columns::PERIOD,
        columns::N,
        MORAN,
        EXPECTED.detail(),
        Z,
        P,
        P_PERMUTATION,
        columns::WHY.detail(),
    ],
    shown: FIRST,
};

const CLASSES: Form = Form {
    name: "classes",
    label: "Regions among their neighbours",
    columns: &[
        columns::NODE.detail(),
        Column::text("class", "Class"),
        columns::N,
        Column::number("significant", "Significant"),
        Column::text("significant_regions", "Significant regions"),
    ],
    shown: WHOLE,
};

const LOCAL: Form = Form {
    name: "local",
    label: "Local Moran's I",
    columns: &[
        columns::NODE.detail(),
        columns::REGION,
        columns::SCORE,
        Column::number("neighbours", "Neighbours").detail(),
        Column::decimals("standardised", "Standardised score", 4).detail(),
        Column::decimals("lag", "Standardised lag", 4).detail(),
        Column::decimals("local", "Local I", 4),
        Column::text("class", "Class"),
        P_PERMUTATION,
        columns::WHY.detail(),
    ],
    shown: FIRST,
};

/// The neighbours of each region, by their positions, with their weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// The neighbours of each region.
    rows: Vec<Vec<(usize, f64)>>,
}

/// Moran's I with what is expected of it where scores have nothing to do with place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moran {
    /// How many regions have neighbours.
    pub n: usize,
    /// The coefficient.
    pub value: f64,
    /// Its expectation.
    pub expected: f64,
    /// Its variance if scores are drawn from one normal distribution.
    pub variance_normal: f64,
    /// Its variance over all permutations of the scores.
    pub variance: f64,
}

impl Moran {
    /// The distance from the expectation in standard deviations, over all permutations.
    pub fn z(&self) -> f64 {
        (self.value - self.expected) / self.variance.sqrt()
    }

    /// The same under normality.
    pub fn z_normal(&self) -> f64 {
        (self.value - self.expected) / self.variance_normal.sqrt()
    }
}

impl Weights {
    /// The weights of links from one region to another, each stated once. With `rows` those of each region are divided
    /// by their sum.
    pub fn new(n: usize, links: &[(usize, usize, f64)], standardised: Standardised) -> Weights {
        let mut rows = vec![Vec::new(); n];
        for &(from, to, weight) in links {
            rows[from].push((to, weight));
        }
        for row in &mut rows {
            number::sort_items(row, |a, b| a.0.cmp(&b.0));
            if standardised == Standardised::Rows {
                let weights: Vec<f64> = row.iter().map(|link| link.1).collect();
                let sum = number::sum(&weights);
                row.iter_mut().for_each(|link| link.1 /= sum);
            }
        }
        Weights { rows }
    }

    /// How many neighbours all regions have together.
    fn links(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }

    /// The weighted sum of the neighbours' values of a region.
    fn lag(&self, at: usize, values: &[f64]) -> f64 {
        self.rows[at].iter().map(|&(to, weight)| weight * values[to]).sum()
    }

    fn sum(&self, of: impl Fn(usize, usize, f64) -> f64) -> f64 {
        let terms = self.rows.iter().enumerate();
        let terms = terms.flat_map(|(i, row)| row.iter().map(move |&(j, w)| (i, j, w)));
        let terms: Vec<f64> = terms.map(|(i, j, w)| of(i, j, w)).collect();
        number::sum(&terms)
    }

    /// The weight of a link; 0 where there is none.
    fn weight(&self, from: usize, to: usize) -> f64 {
        let row = &self.rows[from];
        row.binary_search_by(|link| link.0.cmp(&to)).map_or(0.0, |at| row[at].1)
    }

    /// Moran's I of values, one for each region.
    ///
    /// # Errors
    /// Fewer than four regions, or values that are all equal.
    ///
    /// # Panics
    /// If there is not a value for each region, or no link.
    pub fn moran(&self, values: &[f64]) -> Result<Moran, Reason> {
        assert_eq!(values.len(), self.rows.len(), "a value for each region");
        let z = deviations(values)?;
        let n = z.len() as f64;
        let s0 = self.sum(|_, _, w| w);
        // Both directions of a pair are met; where only one is stated, the other is added.
        let s1 = self.sum(|i, j, w| {
            let back = self.weight(j, i);
            let both = (w + back) * (w + back);
            if back > 0.0 { both / 2.0 } else { both }
        });
        let mut into = vec![0.0; z.len()];
        self.rows.iter().flatten().for_each(|&(to, weight)| into[to] += weight);
        let squares: Vec<f64> = (0..z.len())
            .map(|i| {
                let out: f64 = self.rows[i].iter().map(|link| link.1).sum();
                (out + into[i]) * (out + into[i])
            })
            .collect();
        let s2 = number::sum(&squares);
        let m2 = number::sum(&z.iter().map(|z| z * z).collect::<Vec<_>>()) / n;
        let m4 = number::sum(&z.iter().map(|z| z * z * z * z).collect::<Vec<_>>()) / n;
        let expected = -1.0 / (n - 1.0);
        let normal = (n * n * s1 - n * s2 + 3.0 * s0 * s0) / ((n * n - 1.0) * s0 * s0);
        let k = m4 / (m2 * m2);
        let first = n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0);
        let second = k * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0);
        let divisor = (n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0;
        Ok(Moran {
            n: z.len(),
            value: self.sum(|i, j, w| w * z[i] * z[j]) / (s0 * m2),
            expected,
            variance_normal: normal - expected * expected,
            variance: (first - second) / divisor - expected * expected,
        })
    }

    /// The local values I_i; NaN for a region from which no link goes out.
    ///
    /// # Errors
    /// As [`Weights::moran`].
    pub fn local(&self, values: &[f64]) -> Result<Vec<f64>, Reason> {
        let z = deviations(values)?;
        let m2 = number::sum(&z.iter().map(|z| z * z).collect::<Vec<_>>()) / z.len() as f64;
        let of = |i: usize| match self.rows[i].is_empty() {
            true => f64::NAN,
            false => z[i] * self.lag(i, &z) / m2,
        };
        Ok((0..z.len()).map(of).collect())
    }

    /// The p-value of Moran's I by permutations of the values over the regions; `None` without permutations.
    fn p_value(&self, values: &[f64], permutations: usize, seed: u64) -> Option<f64> {
        let z = deviations(values).ok()?;
        let of = |z: &[f64]| self.sum(|i, j, w| w * z[i] * z[j]);
        let found = of(&z);
        let above = |&number: &usize| {
            let mut moved = z.clone();
            for at in 0..z.len() {
                moved.swap(at, at + draw(seed, number, at as u64, z.len() - at));
            }
            reaches(of(&moved), found)
        };
        let above = (0..permutations).into_par_iter().filter(above).count();
        pseudo(above, permutations)
    }

    /// The p-values of the local values: the values of the other regions are permuted, and that of the region stays.
    fn local_p_values(&self, values: &[f64], permutations: usize, seed: u64) -> Vec<Option<f64>> {
        let Ok(z) = deviations(values) else { return vec![None; values.len()] };
        let of_region = |i: usize| {
            let weights: Vec<f64> = self.rows[i].iter().map(|link| link.1).collect();
            if weights.is_empty() {
                return None;
            }
            let found = z[i] * self.lag(i, &z);
            let mut others: Vec<f64> = (0..z.len()).filter(|j| *j != i).map(|j| z[j]).collect();
            let mut above = 0;
            let mut swaps = Vec::with_capacity(weights.len());
            for number in 0..permutations {
                swaps.clear();
                let mut lag = 0.0;
                for (at, weight) in weights.iter().enumerate() {
                    let place = ((i as u64) << 32) + at as u64;
                    let to = at + draw(seed, number, place, others.len() - at);
                    others.swap(at, to);
                    swaps.push((at, to));
                    lag += weight * others[at];
                }
                above += usize::from(reaches(z[i] * lag, found));
                swaps.iter().rev().for_each(|&(at, to)| others.swap(at, to));
            }
            pseudo(above, permutations)
        };
        (0..z.len()).into_par_iter().map(of_region).collect()
    }
}

/// A whole number below `bound` that is a function of the seed, the permutation and the place.
fn draw(seed: u64, permutation: usize, place: u64, bound: usize) -> usize {
    let at = number::uniform(seed, permutation as u64, place) * bound as f64;
    (at as usize).min(bound - 1)
}

/// Whether a permutation comes out as high as what was found: the same numbers added in another order are equal.
fn reaches(permuted: f64, found: f64) -> bool {
    permuted >= found - 1e-12 * number::max(found.abs(), permuted.abs())
}

/// The p-value on the side on which less is found.
fn pseudo(above: usize, permutations: usize) -> Option<f64> {
    let extreme = above.min(permutations - above);
    (permutations > 0).then(|| (extreme + 1) as f64 / (permutations + 1) as f64)
}

/// What each value differs from their mean.
fn deviations(values: &[f64]) -> Result<Vec<f64>, Reason> {
    const LEAST: usize = 4;
    let n = values.len();
    let mean =
        number::mean(values).filter(|_| n >= LEAST).ok_or(Reason::TooFew { n, least: LEAST })?;
    match number::extremes(values) {
        Some((least, greatest)) if least < greatest => {
            Ok(values.iter().map(|x| x - mean).collect())
        }
        _ => Err(Reason::Constant),
    }
}

/// The regions of a slice that have a score of a node and a neighbour that has one, and those that have none.
struct Map {
    /// Positions in the slice.
    places: Vec<usize>,
    islands: Vec<RegionIx>,
    scores: Vec<f64>,
    weights: Weights,
}

impl Map {
    fn new(
        subject: &Subject<'_>,
        node: NodeId,
        slice: usize,
        standardised: Standardised,
    ) -> Result<Map, Reason> {
        let links = subject.inputs.neighbours.as_ref().ok_or(Reason::NoNeighbours)?;
        let regions = subject.regions(slice);
        let scores = subject.scores(node, slice);
        let place = |code: &str| {
            let region = subject.study().region(code)?;
            let at = regions.iter().position(|other| *other == region)?;
            (!scores[at].is_nan()).then_some(at)
        };
        let mut linked = vec![false; regions.len()];
        let mut found = Vec::new();
        for link in links {
            if let (Some(from), Some(to)) = (place(&link.region), place(&link.neighbour)) {
                linked[from] = true;
                linked[to] = true;
                found.push((from, to, link.weight));
            }
        }
        let has_score = |i: &usize| !scores[*i].is_nan();
        let places: Vec<usize> = (0..regions.len()).filter(|&i| linked[i]).collect();
        let islands = (0..regions.len()).filter(has_score).filter(|&i| !linked[i]);
        let islands: Vec<RegionIx> = islands.map(|i| regions[i]).collect();
        if places.is_empty() {
            return Err(Reason::NobodyNear);
        }
        let position = |at: usize| places.binary_search(&at).expect("it is linked");
        let links: Vec<(usize, usize, f64)> =
            found.into_iter().map(|(from, to, w)| (position(from), position(to), w)).collect();
        Ok(Map {
            weights: Weights::new(places.len(), &links, standardised),
            scores: places.iter().map(|&i| scores[i]).collect(),
            places,
            islands,
        })
    }
}

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    if subject.inputs.neighbours.is_none() {
        return Err(Reason::NoNeighbours);
    }
    let now = subject.now()?;
    let nodes = subject.nodes(&settings.nodes, || {
        [subject.root()].into_iter().chain(subject.parts().iter().copied()).collect()
    })?;
    let (permutations, seed) = (settings.permutations, settings.seed);
    let moran = |node: NodeId, slice: usize| {
        let map = Map::new(subject, node, slice, settings.standardised)?;
        let moran = map.weights.moran(&map.scores)?;
        let p = map.weights.p_value(&map.scores, permutations, seed);
        Ok((map, moran, p.unwrap_or(f64::NAN)))
    };
    let mut global = Found::new(&GLOBAL);
    for &node in &nodes {
        let row: Vec<Cell> = match moran(node, now) {
            Ok((map, moran, p)) => vec![
                moran.n.into(),
                map.weights.links().into(),
                moran.value.into(),
                moran.expected.into(),
                moran.variance.sqrt().into(),
                moran.z().into(),
                Distribution::Normal.beyond(moran.z()).into(),
                moran.variance_normal.sqrt().into(),
                moran.z_normal().into(),
                Distribution::Normal.beyond(moran.z_normal()).into(),
                p.into(),
                if map.islands.is_empty() { Cell::Empty } else { Cell::Regions(map.islands) },
                Cell::Empty,
            ],
            Err(why) => none(12, why),
        };
        global.push([Cell::Node(node)].into_iter().chain(row));
    }
    let node = nodes[0];
    let slices = subject.slices();
    let mut periods = Found::new(&PERIODS);
    for &slice in slices.iter().filter(|_| slices.len() > 1) {
        let row: Vec<Cell> = match moran(node, slice) {
            Ok((_, moran, p)) => vec![
                moran.n.into(),
                moran.value.into(),
                moran.expected.into(),
                moran.z().into(),
                Distribution::Normal.beyond(moran.z()).into(),
                p.into(),
                Cell::Empty,
            ],
            Err(why) => none(6, why),
        };
        let head = [Cell::Node(node), Cell::Period(subject.period_of(slice))];
        periods.push(head.into_iter().chain(row));
    }
    let mut found = vec![global];
    found.extend(Some(periods).filter(|periods| !periods.rows.is_empty()));
    if let Ok(map) = Map::new(subject, node, now, settings.standardised) {
        found.extend(local(subject, node, now, &map, settings).into_iter().flatten());
    }
    Ok(found)
}

fn none(cells: usize, why: Reason) -> Vec<Cell> {
    std::iter::repeat_n(Cell::Empty, cells).chain([Cell::None(why)]).collect()
}

/// The local values, and the regions of each class.
fn local(
    subject: &Subject<'_>,
    node: NodeId,
    slice: usize,
    map: &Map,
    settings: &Settings,
) -> Option<[Found; 2]> {
    let Map { places, islands, scores, weights } = map;
    let regions = subject.regions(slice);
    let values = weights.local(scores).ok()?;
    let z = deviations(scores).ok()?;
    let sd = number::population_variance(scores)?.sqrt();
    let p = weights.local_p_values(scores, settings.permutations, settings.seed);
    let class = |i: usize| match (z[i] > 0.0, weights.lag(i, &z) > 0.0) {
        (true, true) => Word::HighHigh,
        (false, false) => Word::LowLow,
        (true, false) => Word::HighLow,
        (false, true) => Word::LowHigh,
    };
    let all: Vec<usize> = (0..places.len()).filter(|&i| !values[i].is_nan()).collect();
    let is_significant = |i: usize| p[i].is_some_and(|p| p <= settings.level);
    let mut classes = Found::new(&CLASSES);
    for word in [Word::HighHigh, Word::LowLow, Word::HighLow, Word::LowHigh] {
        let members: Vec<usize> = all.iter().copied().filter(|&i| class(i) == word).collect();
        let mut named: Vec<usize> =
            members.iter().copied().filter(|&i| is_significant(i)).collect();
        number::sort_items(&mut named, |&a, &b| number::ascending(-scores[a], -scores[b]));
        classes.push([
            Cell::Node(node),
            Cell::Word(word),
            members.len().into(),
            named.len().into(),
            Cell::Regions(named.into_iter().map(|i| regions[places[i]]).collect()),
        ]);
    }
    let mut table = Found::new(&LOCAL);
    // Those that stand out most come first.
    let mut order: Vec<usize> = (0..places.len()).collect();
    let key = |i: usize| p[i].unwrap_or(f64::INFINITY);
    number::sort_items(&mut order, |&a, &b| {
        number::ascending(key(a), key(b))
            .then(number::ascending(-values[a].abs(), -values[b].abs()))
    });
    for i in order {
        let head = [Cell::Node(node), Cell::Region(regions[places[i]]), scores[i].into()];
        let row: Vec<Cell> = match values[i].is_nan() {
            true => none(6, Reason::NoNeighbour),
            false => vec![
                weights.rows[i].len().into(),
                (z[i] / sd).into(),
                (weights.lag(i, &z) / sd).into(),
                values[i].into(),
                Cell::Word(class(i)),
                p[i].unwrap_or(f64::NAN).into(),
                Cell::Empty,
            ],
        };
        table.push(head.into_iter().chain(row));
    }
    for &island in islands {
        let at = regions.iter().position(|other| *other == island);
        let score = at.map_or(f64::NAN, |at| subject.scores(node, slice)[at]);
        let head = [Cell::Node(node), Cell::Region(island), score.into()];
        table.push(head.into_iter().chain(none(6, Reason::NoNeighbour)));
    }
    Some([classes, table])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A row of regions, each a neighbour of the next.
    fn chain(n: usize) -> Weights {
        let links: Vec<_> = (1..n).flat_map(|i| [(i - 1, i, 1.0), (i, i - 1, 1.0)]).collect();
        Weights::new(n, &links, Standardised::Rows)
    }

    /// Every order of some values.
    fn orders(values: &mut Vec<f64>, from: usize, each: &mut dyn FnMut(&[f64])) {
        if from == values.len() {
            each(values);
        }
        for at in from..values.len() {
            values.swap(from, at);
            orders(values, from + 1, each);
            values.swap(from, at);
        }
    }

    /// The moments over all 720 orders of six values are those of the formulas, for weights of one direction too.
    #[test]
    fn moments_over_all_permutations() {
        let one_way = Weights::new(
            6,
            &[(0, 1, 1.0), (1, 2, 2.0), (2, 0, 1.0), (3, 2, 0.5), (4, 5, 1.0), (5, 4, 3.0)],
            Standardised::None,
        );
        for weights in [chain(6), one_way] {
            let values = vec![3.0, 1.0, 4.0, 1.0, 5.0, 9.0];
            let moran = weights.moran(&values).expect("a value");
            let mut all = Vec::new();
            orders(&mut values.clone(), 0, &mut |order| {
                all.push(weights.moran(order).expect("a value").value);
            });
            let mean = number::mean(&all).expect("values");
            let variance = number::population_variance(&all).expect("values");
            assert!((mean - moran.expected).abs() < 1e-12);
            assert!((variance - moran.variance).abs() < 1e-12);
            // 20,000 draws come near the share of all orders that reach the value.
            let above = all.iter().filter(|x| reaches(**x, moran.value)).count() as f64 / 720.0;
            let share = number::min(above, 1.0 - above);
            let p = weights.p_value(&values, 20_000, 7).expect("permutations");
            let error = (share * (1.0 - share) / 20_000.0).sqrt();
            assert!((p - share).abs() < 4.0 * error + 1e-4, "{p} of {share}");
        }
    }

    #[test]
    fn nothing_is_found_where_nothing_differs() {
        assert_eq!(chain(5).moran(&[1.0; 5]), Err(Reason::Constant));
        assert_eq!(chain(3).moran(&[1.0, 2.0, 3.0]), Err(Reason::TooFew { n: 3, least: 4 }));
    }

    proptest! {
        #[test]
        fn local_values_add_up(values in prop::collection::vec(-10.0_f64..10.0, 5..20)) {
            let weights = chain(values.len());
            let (Ok(moran), Ok(local)) = (weights.moran(&values), weights.local(&values)) else {
                return Ok(());
            };
            let mean = number::mean(&local).expect("values");
            prop_assert!((mean - moran.value).abs() < 1e-12);
            // Neither the unit nor the origin of the scores matters.
            let other: Vec<f64> = values.iter().map(|x| 100.0 - 3.0 * x).collect();
            let other = weights.moran(&other).expect("a value");
            prop_assert!((other.value - moran.value).abs() < 1e-9);
        }
    }
}
