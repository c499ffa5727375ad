//! Rules beside published examples, and what they must hold.

use proptest::prelude::*;

use super::*;

/// Rankings as voters, each order written with its number of voters.
fn voters(orders: &[(usize, &str)], regions: &str) -> Vec<Vec<f64>> {
    let mut all = Vec::new();
    for (voters, order) in orders {
        let place = |c: char| order.find(c).expect("a place for each") as f64 + 1.0;
        let ranks: Vec<f64> = regions.chars().map(place).collect();
        all.extend(std::iter::repeat_n(ranks, *voters));
    }
    all
}

fn of(name: &str, rankings: &[Vec<f64>]) -> Consensus {
    let slices: Vec<&[f64]> = rankings.iter().map(Vec::as_slice).collect();
    let rankings = Rankings::new(&slices).expect("complete");
    consensus(find(name).expect("a rule"), &rankings).expect("defined")
}

/// The capital of Tennessee: Memphis, Nashville, Chattanooga, Knoxville. The figures of
/// <https://en.wikipedia.org/wiki/Kemeny%E2%80%93Young_method>, of the article on Borda's count and of that on Copeland's method: 393 preferences
/// agree with the best order, of 600.
#[test]
fn the_capital_of_tennessee() {
    let votes = voters(&[(42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")], "MNCK");
    let kemeny = of("kemeny", &votes);
    assert_eq!(kemeny.ranks, [4.0, 1.0, 2.0, 3.0]);
    assert_eq!(kemeny.distance, 2.0 * (600.0 - 393.0));
    let optima = kemeny.optima.expect("looked for");
    assert_eq!((optima.distance, optima.orders), (414.0, 1.0));
    assert_eq!(of("borda", &votes).scores, [126.0, 194.0, 173.0, 107.0]);
    assert_eq!(of("borda", &votes).ranks, [3.0, 1.0, 2.0, 4.0]);
    assert_eq!(of("mean_rank", &votes).scores, [2.74, 2.06, 2.27, 2.93]);
    assert_eq!(of("pairwise_wins", &votes).scores, [0.0, 3.0, 2.0, 1.0]);
    assert_eq!(of("copeland", &votes).scores, [-3.0, 3.0, 1.0, -1.0]);
    assert_eq!(of("schulze", &votes).ranks, [4.0, 1.0, 2.0, 3.0]);
}

/// Schulze (2011), example 1, and the example of <https://en.wikipedia.org/wiki/Schulze_method>.
#[test]
fn schulzes_examples() {
    let orders = [(8, "acdb"), (2, "badc"), (4, "cdba"), (4, "dbac"), (3, "dcba")];
    assert_eq!(of("schulze", &voters(&orders, "dacb")).ranks, [1.0, 2.0, 3.0, 4.0]);
    let orders = [
        (5, "ACBED"),
        (5, "ADECB"),
        (8, "BEDAC"),
        (3, "CABED"),
        (7, "CAEBD"),
        (2, "CBADE"),
        (7, "DCEBA"),
        (8, "EBADC"),
    ];
    assert_eq!(of("schulze", &voters(&orders, "EACBD")).ranks, [1.0, 2.0, 3.0, 4.0, 5.0]);
}

/// By hand: in a circle of three, each of the three orders of the circle has the least sum, and all regions are equal.
#[test]
fn a_circle() {
    let votes = voters(&[(1, "abcd"), (1, "bcad"), (1, "cabd")], "abcd");
    let Consensus { scores, ranks, optima, .. } = of("kemeny", &votes);
    assert_eq!((scores, ranks), (vec![2.0, 2.0, 2.0, 4.0], vec![1.0, 1.0, 1.0, 4.0]));
    // Each order has 1 of 3 preferences against it in two pairs of the circle, and 2 of 3 in the third.
    let circle = Optima {
        distance: 8.0,
        orders: 3.0,
        best: vec![1.0, 1.0, 1.0, 4.0],
        worst: vec![3.0, 3.0, 3.0, 4.0],
    };
    assert_eq!(optima, Some(circle));
    for name in ["borda", "copeland", "schulze", "mean_rank", "pairwise_wins"] {
        assert_eq!(of(name, &votes).ranks, [1.0, 1.0, 1.0, 4.0], "{name}");
    }
}

#[test]
fn what_is_refused() {
    let new = |rankings: &[&[f64]]| Rankings::new(rankings).map(|_| ());
    assert_eq!(new(&[]), Err(Undefined::NoRankings));
    assert_eq!(new(&[&[1.0]]), Err(Undefined::TooFew { n: 1 }));
    let other = Undefined::Lengths { ranking: 1, n: 3, first: 2 };
    assert_eq!(new(&[&[1.0, 2.0], &[1.0, 2.0, 3.0]]), Err(other));
    let absent = Undefined::Unranked { ranking: 0, region: 1 };
    assert_eq!(new(&[&[1.0, f64::NAN]]), Err(absent));
    // Two rankings in opposite orders say nothing about any pair.
    let up: Vec<f64> = (0..21).map(f64::from).collect();
    let down: Vec<f64> = up.iter().map(|r| 20.0 - r).collect();
    let rankings = Rankings::new(&[&up, &down]).expect("complete");
    let kemeny = find("kemeny").expect("a rule");
    assert_eq!(consensus(kemeny, &rankings), Err(Undefined::Circle { n: 21, most: 20 }));
    // Of one ranking every piece is one region, however many there are.
    let one = Rankings::new(&[&up]).expect("complete");
    let found = consensus(kemeny, &one).expect("in pieces");
    assert_eq!((found.scores[20], found.distance), (21.0, 0.0));
}

fn rankings(most: usize) -> impl Strategy<Value = Vec<Vec<f64>>> {
    (2..=most, 1_usize..8).prop_flat_map(|(n, m)| {
        let ranks = prop::collection::vec((0..n).prop_map(|r| r as f64), n);
        prop::collection::vec(ranks, m)
    })
}

/// Every order of `n` regions, as their places from 1.
fn orders(n: usize) -> Vec<Vec<f64>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for shorter in orders(n - 1) {
        for place in (1..=n).map(|place| place as f64) {
            // The last region takes the place, and those from it on move back by one.
            let back = |r: &f64| if *r >= place { r + 1.0 } else { *r };
            let mut order: Vec<f64> = shorter.iter().map(back).collect();
            order.push(place);
            all.push(order);
        }
    }
    all
}

fn sum_of_distances(order: &[f64], rankings: &[Vec<f64>]) -> f64 {
    rankings.iter().map(|ranks| kemeny_distance(order, ranks)).sum()
}

proptest! {
    #[test]
    fn kemeny_is_the_best_of_all_orders(rankings in rankings(6)) {
        let n = rankings[0].len();
        let found = of("kemeny", &rankings);
        let optima = found.optima.expect("looked for");
        let all = orders(n);
        let sums: Vec<f64> = all.iter().map(|order| sum_of_distances(order, &rankings)).collect();
        let least = sums.iter().copied().fold(f64::INFINITY, crate::number::min);
        prop_assert_eq!(optima.distance, least);
        let nearest: Vec<&Vec<f64>> =
            all.iter().zip(&sums).filter(|(_, sum)| **sum == least).map(|(order, _)| order).collect();
        prop_assert_eq!(optima.orders, nearest.len() as f64);
        for region in 0..n {
            let places = || nearest.iter().map(|order| order[region]);
            prop_assert_eq!(optima.best[region], places().fold(f64::INFINITY, crate::number::min));
            prop_assert_eq!(optima.worst[region], places().fold(0.0, crate::number::max));
            let mean = places().sum::<f64>() / nearest.len() as f64;
            prop_assert!((found.scores[region] - mean).abs() < 1e-12);
        }
    }

    #[test]
    fn what_all_rankings_say_stands(rankings in rankings(9)) {
        let n = rankings[0].len();
        for rule in TABLE {
            let Consensus { ranks, distance, .. } = of(rule.name, &rankings);
            prop_assert_eq!(distance, sum_of_distances(&ranks, &rankings));
            for a in 0..n {
                for b in 0..n {
                    let unanimous = rankings.iter().all(|ranks| ranks[a] < ranks[b]);
                    prop_assert!(!unanimous || ranks[a] < ranks[b], "{} {} {}", rule.name, a, b);
                }
            }
        }
    }

    #[test]
    fn who_beats_all_others_is_first(rankings in rankings(9)) {
        let n = rankings[0].len();
        let slices: Vec<&[f64]> = rankings.iter().map(Vec::as_slice).collect();
        let preferences = Rankings::new(&slices).expect("complete").preferences();
        let others = |a: usize| (0..n).filter(move |&b| b != a);
        let Some(winner) = (0..n).find(|&a| others(a).all(|b| preferences.beats(a, b))) else {
            return Ok(());
        };
        for name in ["pairwise_wins", "copeland", "schulze", "kemeny"] {
            let ranks = of(name, &rankings).ranks;
            prop_assert_eq!(ranks[winner], 1.0, "{}", name);
            prop_assert!(others(winner).all(|b| ranks[b] > 1.0), "{}", name);
        }
    }

    #[test]
    fn the_order_of_regions_and_rankings_has_no_effect(rankings in rankings(7), by in 0_usize..7) {
        let turn = |values: &[f64]| {
            let mut values = values.to_vec();
            let by = by % values.len();
            values.rotate_left(by);
            values
        };
        let mut other: Vec<Vec<f64>> = rankings.iter().map(|ranks| turn(ranks)).collect();
        other.reverse();
        for rule in TABLE {
            let (here, there) = (of(rule.name, &rankings), of(rule.name, &other));
            prop_assert_eq!(turn(&here.scores), there.scores, "{}", rule.name);
            prop_assert_eq!(turn(&here.ranks), there.ranks, "{}", rule.name);
        }
    }
}
