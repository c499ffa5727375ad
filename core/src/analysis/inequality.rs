//! Inequality of values, and its parts between and within groups that do not overlap.

use crate::number;

/// Theil's index and its two parts, which add up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Theil {
    /// The whole.
    pub total: f64,
    /// What differences between the means of groups make.
    pub between: f64,
    /// What differences within groups make.
    pub within: f64,
    /// The part of `within` that each group makes.
    pub of_groups: Vec<f64>,
}

/// Theil's T of values above zero, `groups` saying to which of `count` groups each belongs: Σ (x/n·μ) ln(x/μ). Groups
/// weigh by their share of the sum.
///
/// Theil (1967), Economics and Information Theory, chapter 4; Shorrocks (1980), Econometrica 48(3), 613-625.
pub fn theil_t(values: &[f64], groups: &[usize], count: usize) -> Theil {
    let term = |x: f64, mean: f64| x / mean * libm::log(x / mean);
    parts(values, groups, count, term, |_, sum, all| sum / all.1)
}

/// Theil's L, the mean logarithmic deviation: Σ (1/n) ln(μ/x). Groups weigh by their number of values.
pub fn theil_l(values: &[f64], groups: &[usize], count: usize) -> Theil {
    parts(values, groups, count, |x, mean| libm::log(mean / x), |n, _, all| n / all.0)
}

/// The parts of an index that is the mean of `term`; `share` is the weight of a group by its number and sum, and those
/// of all.
fn parts(
    values: &[f64],
    groups: &[usize],
    count: usize,
    term: impl Fn(f64, f64) -> f64,
    share: impl Fn(f64, f64, (f64, f64)) -> f64,
) -> Theil {
    let index = |values: &[f64]| {
        let mean = number::sum(values) / values.len() as f64;
        let terms: Vec<f64> = values.iter().map(|&x| term(x, mean)).collect();
        number::sum(&terms) / values.len() as f64
    };
    let all = (values.len() as f64, number::sum(values));
    let of_groups = members(values, groups, count);
    let weights: Vec<f64> =
        of_groups.iter().map(|group| share(group.len() as f64, number::sum(group), all)).collect();
    // The index of a table in which every value is the mean of its group.
    let between: Vec<f64> = of_groups
        .iter()
        .filter(|group| !group.is_empty())
        .map(|group| {
            let n = group.len() as f64;
            n / all.0 * term(number::sum(group) / n, all.1 / all.0)
        })
        .collect();
    let within: Vec<f64> = of_groups
        .iter()
        .zip(&weights)
        .map(|(group, weight)| if group.is_empty() { 0.0 } else { weight * index(group) })
        .collect();
    Theil {
        total: index(values),
        between: number::sum(&between),
        within: number::sum(&within),
        of_groups: within,
    }
}

fn members(values: &[f64], groups: &[usize], count: usize) -> Vec<Vec<f64>> {
    let mut of_groups = vec![Vec::new(); count];
    for (&x, &group) in values.iter().zip(groups) {
        of_groups[group].push(x);
    }
    of_groups
}

/// The Gini coefficient of values that are not negative: Σ_i Σ_j |x_i − x_j| / (2 n² μ).
pub fn gini(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    spread(values, values) / (2.0 * n * number::sum(values))
}

/// Σ_i Σ_j |x_i − y_j| of two lists.
fn spread(x: &[f64], y: &[f64]) -> f64 {
    let mut terms = Vec::with_capacity(x.len());
    let mut sorted = Vec::new();
    number::sorted(y, &mut sorted);
    let mut sums = vec![0.0];
    for value in &sorted {
        sums.push(sums[sums.len() - 1] + value);
    }
    let (n, all) = (sorted.len(), sums[sums.len() - 1]);
    for &value in x {
        let below = sorted.partition_point(|other| *other <= value);
        let lower = value * below as f64 - sums[below];
        let upper = (all - sums[below]) - value * (n - below) as f64;
        terms.push(lower + upper);
    }
    number::sum(&terms)
}

/// Dagum's division of the Gini coefficient, whose three parts add up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Dagum {
    /// The coefficient of all values.
    pub total: f64,
    /// Gw: differences within groups.
    pub within: f64,
    /// Gnb: differences between groups, net of where they overlap.
    pub between: f64,
    /// Gt: where the ranges of groups overlap (transvariation).
    pub overlap: f64,
    /// The coefficient of each group by itself; NaN for an empty one.
    pub of_groups: Vec<f64>,
    /// For each pair of groups (j, h) with j < h, in this order: the coefficient between them G_jh, and the relative
    /// economic affluence D_jh.
    pub of_pairs: Vec<(usize, usize, f64, f64)>,
}

/// Divides the Gini coefficient of values that are not negative, and not all zero, by groups that do not overlap.
///
/// Dagum (1997), Empirical Economics 22(4), 515-531: with shares p_j of values and s_j of their sum,
/// G_w = Σ G_jj p_j s_j, G_nb = Σ_{j>h} G_jh (p_j s_h + p_h s_j) D_jh, G_t the same with 1 − D_jh. Groups are taken in the
/// order of their means.
pub fn dagum(values: &[f64], groups: &[usize], count: usize) -> Dagum {
    let of = members(values, groups, count);
    let (n, all) = (values.len() as f64, number::sum(values));
    let shares: Vec<(f64, f64)> =
        of.iter().map(|group| (group.len() as f64 / n, number::sum(group) / all)).collect();
    let has_sum = |group: &Vec<f64>| number::sum(group) > 0.0;
    let of_groups: Vec<f64> = of
        .iter()
        .map(|group| match (group.is_empty(), has_sum(group)) {
            (true, _) => f64::NAN,
            // Zeros alone do not differ.
            (false, false) => 0.0,
            (false, true) => gini(group),
        })
        .collect();
    let within: Vec<f64> = of_groups
        .iter()
        .zip(&shares)
        .map(|(g, (p, s))| if g.is_nan() { 0.0 } else { g * p * s })
        .collect();
    let (mut between, mut overlap, mut of_pairs) = (Vec::new(), Vec::new(), Vec::new());
    for j in 0..count {
        for h in j + 1..count {
            if of[j].is_empty() || of[h].is_empty() {
                continue;
            }
            let (pairs, sum) = ((of[j].len() * of[h].len()) as f64, spread(&of[j], &of[h]));
            let mean = |k: usize| number::sum(&of[k]) / of[k].len() as f64;
            let apart = mean(j) + mean(h);
            if sum == 0.0 || apart == 0.0 {
                of_pairs.push((j, h, 0.0, 0.0));
                continue;
            }
            let g = sum / (pairs * apart);
            // d − p, the gross affluence less the transvariation, is the difference of the means.
            let d = (mean(j) - mean(h)).abs() / (sum / pairs);
            let weight = shares[j].0 * shares[h].1 + shares[h].0 * shares[j].1;
            between.push(g * weight * d);
            overlap.push(g * weight * (1.0 - d));
            of_pairs.push((j, h, g, d));
        }
    }
    Dagum {
        total: gini(values),
        within: number::sum(&within),
        between: number::sum(&between),
        overlap: number::sum(&overlap),
        of_groups,
        of_pairs,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-12 * (1.0 + a.abs())
    }

    #[test]
    fn by_hand() {
        // 8 of 16 pairs differ, by 2: 16 / (2·16·2).
        assert!(near(gini(&[1.0, 1.0, 3.0, 3.0]), 0.25));
        assert_eq!(gini(&[5.0; 4]), 0.0);
        // Nobody has anything but one of n: (n − 1) / n.
        assert!(near(gini(&[0.0, 0.0, 0.0, 1.0]), 0.75));
    }

    /// The examples of R's mathmodels (github.com/zhjx19/mathmodels, docs/reference/inequality.md).
    #[test]
    fn figures_of_mathmodels() {
        assert!((gini(&[10.0, 20.0, 30.0, 40.0, 100.0]) - 0.4).abs() <= 1e-15);
        let mut values = vec![10.0, 10.0];
        values.extend([8.0; 4].iter().chain(&[6.0; 6]).chain(&[4.0; 4]).chain(&[2.0; 2]));
        // Group A has the first two and the last six.
        let groups: Vec<usize> = (0..18).map(|i| usize::from((2..12).contains(&i))).collect();
        let found = theil_t(&values, &groups, 2);
        let is_printed = |x: f64, printed: f64| (x - printed).abs() <= 5.1e-9;
        assert!(is_printed(found.total, 0.07907822));
        assert!(is_printed(found.between, 0.01127992));
        assert!(is_printed(found.within, 0.06779830));
        // Of the whole, as it is printed: what each group makes.
        for (part, printed) in found.of_groups.iter().zip([0.77601127, 0.08134615]) {
            assert!(is_printed(part / found.total, printed));
        }
        // Dagum's parts by their definition, over all pairs of groups and of values.
        let dagum = dagum(&values, &groups, 2);
        let of = |g: usize| values.iter().zip(&groups).filter(move |x| *x.1 == g).map(|x| *x.0);
        let spread = |g: usize, h: usize| -> (f64, f64) {
            let pairs = of(g).flat_map(|x| of(h).map(move |y| x - y));
            pairs.fold((0.0, 0.0), |sum, d| (sum.0 + d.abs(), sum.1 + d))
        };
        let unit = 2.0 * 18.0 * values.iter().sum::<f64>();
        let within = (spread(0, 0).0 + spread(1, 1).0) / unit;
        let between = 2.0 * spread(0, 1).1.abs() / unit;
        assert!(near(dagum.within, within));
        assert!(near(dagum.between, between));
        assert!(near(dagum.overlap, 2.0 * spread(0, 1).0 / unit - between));
    }

    /// Values, the group of each, and the number of groups.
    fn grouped() -> impl Strategy<Value = (Vec<f64>, Vec<usize>)> {
        prop::collection::vec((0.01_f64..100.0, 0_usize..4), 2..40)
            .prop_map(|rows| rows.into_iter().unzip())
    }

    proptest! {
        #[test]
        fn parts_add_up((values, groups) in grouped()) {
            for theil in [theil_t(&values, &groups, 4), theil_l(&values, &groups, 4)] {
                prop_assert!(near(theil.total, theil.between + theil.within));
                prop_assert!(near(theil.within, theil.of_groups.iter().sum()));
                prop_assert!(theil.total >= -1e-12);
            }
            let dagum = dagum(&values, &groups, 4);
            prop_assert!(near(dagum.total, dagum.within + dagum.between + dagum.overlap));
            prop_assert!(dagum.within >= 0.0 && dagum.between >= 0.0 && dagum.overlap >= -1e-12);
        }

        #[test]
        fn units_and_names_do_not_matter((values, groups) in grouped(), unit in 0.01_f64..100.0) {
            let scaled: Vec<f64> = values.iter().map(|x| x * unit).collect();
            let renamed: Vec<usize> = groups.iter().map(|group| 3 - group).collect();
            let backwards = |list: &[f64]| list.iter().rev().copied().collect::<Vec<f64>>();
            let reversed: Vec<usize> = groups.iter().rev().copied().collect();
            let one = dagum(&values, &groups, 4);
            for other in [
                dagum(&scaled, &groups, 4),
                dagum(&values, &renamed, 4),
                dagum(&backwards(&values), &reversed, 4),
            ] {
                prop_assert!(near(one.total, other.total));
                prop_assert!(near(one.within, other.within));
                prop_assert!(near(one.between, other.between));
                prop_assert!(near(one.overlap, other.overlap));
            }
            let one = theil_t(&values, &groups, 4);
            let other = theil_t(&scaled, &renamed, 4);
            prop_assert!(near(one.total, other.total) && near(one.between, other.between));
        }

        #[test]
        fn the_gini_coefficient_is_its_definition((values, _) in grouped()) {
            let pairs = values.iter().flat_map(|x| values.iter().map(move |y| (x - y).abs()));
            let (n, sum) = (values.len() as f64, values.iter().sum::<f64>());
            prop_assert!(near(gini(&values), pairs.sum::<f64>() / (2.0 * n * sum)));
        }
    }
}
