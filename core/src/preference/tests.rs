use proptest::prelude::*;

use super::*;

fn order(scores: &[&[f64]], pairs: &[(usize, usize)]) -> Preference {
    let strict = |&(better, worse): &(usize, usize)| Comparison { better, worse, equal: false };
    Preference {
        scores: scores.iter().map(|row| row.to_vec()).collect(),
        comparisons: pairs.iter().map(strict).collect(),
        bounds: vec![(0.0, 1.0); scores[0].len()],
        relations: Vec::new(),
        least: 1e-12,
    }
}

fn weights(answer: Answer) -> (Vec<f64>, f64) {
    match answer {
        Answer::Weights { weights, margin, bound } => {
            assert!(margin <= bound + 1e-12 && bound <= margin / 0.98 + 1e-9, "{margin} {bound}");
            (weights, margin)
        }
        other => panic!("{other:?}"),
    }
}

fn contradiction(answer: Answer) -> Contradiction {
    match answer {
        Answer::Contradiction(found) => found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn by_hand() {
    // The first is better at x by 2, the second at y by 1: 2a − b is greatest at a = 1.
    let two = order(&[&[3.0, 0.0], &[1.0, 1.0]], &[(0, 1)]);
    assert_eq!(weights(two.solve()), (vec![1.0, 0.0], 2.0));
    let mut held = two.clone();
    held.bounds = vec![(0.0, 0.5), (0.0, 1.0)];
    assert_eq!(weights(held.solve()), (vec![0.5, 0.5], 0.5));
    held.relations = vec![Relation { greater: 1, less: 0, factor: 1.5 }];
    let (found, margin) = weights(held.solve());
    assert!((found[0] - 0.4).abs() < 1e-12 && (margin - 0.2).abs() < 1e-12, "{found:?}");
    held.bounds[0] = (0.45, 1.0);
    held.bounds[1] = (0.6, 1.0);
    assert_eq!(held.solve(), Answer::NoWeights);
}

#[test]
fn a_ring_contradicts_itself_whatever_the_scores() {
    // Each is best at another child, so that no two comparisons of the ring contradict each other.
    let scores: [&[f64]; 4] =
        [&[0.7, 0.1, 0.2], &[0.1, 0.9, 0.3], &[0.3, 0.2, 0.8], &[0.5, 0.5, 0.5]];
    let ring = order(&scores, &[(3, 0), (0, 1), (1, 2), (2, 0)]);
    let found = contradiction(ring.solve());
    assert_eq!(found.parts, [(1, 1.0), (2, 1.0), (3, 1.0)]);
    assert_eq!((found.combined, found.greatest), (vec![0.0; 3], 0.0));
    assert!(found.for_all_weights);
}

#[test]
fn dominance_is_proved() {
    // The first is the worse one at both.
    let found = contradiction(order(&[&[1.0, 2.0], &[3.0, 2.5]], &[(0, 1)]).solve());
    assert_eq!(found.parts, [(0, 1.0)]);
    assert_eq!(found.combined, [-2.0, -0.5]);
    assert_eq!(found.greatest, -0.5);
    // The combination whose greatest part is least: 5·(−1, 1) + 2·(2, −3) = (−1, −1).
    let scores: [&[f64]; 3] = [&[0.0, 0.0], &[-1.0, 1.0], &[2.0, -3.0]];
    let found = contradiction(order(&scores, &[(1, 0), (2, 0)]).solve());
    assert_eq!(found.parts, [(0, 5.0), (1, 2.0)]);
    assert_eq!(found.combined, [-1.0, -1.0]);
}

#[test]
fn bounds_and_relations_can_be_what_contradicts() {
    let mut held = order(&[&[3.0, 0.0], &[1.0, 1.0]], &[(0, 1)]);
    held.bounds[1] = (0.8, 1.0);
    let found = contradiction(held.solve());
    assert!(!found.for_all_weights && found.relations.is_empty());
    held.bounds[1] = (0.0, 1.0);
    held.relations = vec![Relation { greater: 1, less: 0, factor: 3.0 }];
    let found = contradiction(held.solve());
    assert!(!found.for_all_weights);
    assert_eq!(found.relations.len(), 1);
}

#[test]
fn equal_alternatives() {
    let scores: [&[f64]; 3] = [&[1.0, 0.0], &[0.0, 1.0], &[0.2, 0.2]];
    let mut tie = order(&scores, &[(0, 1), (0, 2)]);
    tie.comparisons[0].equal = true;
    let (found, margin) = weights(tie.solve());
    assert!((found[0] - 0.5).abs() < 1e-12 && (margin - 0.3).abs() < 1e-12, "{found:?}");
    tie.bounds[0] = (0.7, 1.0);
    let found = contradiction(tie.solve());
    assert_eq!(found.parts.len(), 1);
    // A tie of the best with the worst of three: nothing but the tie contradicts.
    let scores: [&[f64]; 2] = [&[1.0, 1.0], &[0.0, 0.5]];
    let mut tie = order(&scores, &[(0, 1)]);
    tie.comparisons[0].equal = true;
    let found = contradiction(tie.solve());
    assert_eq!(found.parts.len(), 1);
    assert!(found.parts[0].1 < 0.0 && found.greatest < 0.0, "{found:?}");
}

#[test]
fn the_nearest_order_leaves_out_what_contradicts() {
    let scores: [&[f64]; 4] = [&[4.0, 1.0], &[3.0, 2.0], &[2.0, 3.0], &[1.0, 1.0]];
    // The last comparison says that the worst is better than the best.
    let order = order(&scores, &[(0, 1), (1, 2), (2, 3), (3, 0)]);
    let found = order.nearest().expect("weights");
    assert_eq!(found.violated.iter().map(|(c, _)| *c).collect::<Vec<_>>(), [3]);
    assert!(found.margin > 0.0);
}

fn rows(columns: usize) -> impl Strategy<Value = Vec<Vec<f64>>> {
    prop::collection::vec(prop::collection::vec(0.0..100.0_f64, columns), 3..12)
}

proptest! {
    /// An order that comes of weights is found to come of some, and the weights that are found give it.
    #[test]
    fn orders_of_known_weights_are_found(
        scores in rows(5),
        drawn in prop::collection::vec(0.01..1.0_f64, 5),
    ) {
        let sum: f64 = drawn.iter().sum();
        let known: Vec<f64> = drawn.iter().map(|w| w / sum).collect();
        let total = |row: &Vec<f64>| row.iter().zip(&known).map(|(x, w)| x * w).sum::<f64>();
        let mut ranked: Vec<usize> = (0..scores.len()).collect();
        ranked.sort_by(|a, b| total(&scores[*b]).total_cmp(&total(&scores[*a])));
        let gap = ranked.windows(2).map(|w| total(&scores[w[0]]) - total(&scores[w[1]]));
        let gap = gap.fold(f64::INFINITY, crate::number::min);
        prop_assume!(gap > 1e-6);
        let pairs: Vec<(usize, usize)> = ranked.windows(2).map(|w| (w[0], w[1])).collect();
        let refs: Vec<&[f64]> = scores.iter().map(Vec::as_slice).collect();
        let stated = order(&refs, &pairs);
        let (found, margin) = weights(stated.solve());
        prop_assert!(margin >= 0.98 * gap - 1e-9, "{margin} {gap}");
        prop_assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert!(found.iter().all(|w| (0.0..=1.0).contains(w)));
        let all: Vec<usize> = (0..pairs.len()).collect();
        prop_assert_eq!(stated.margin(&found, &all), margin);
    }

    /// Of orders that are drawn, each is given by weights, or proved to be given by none: the combination is negative for
    /// weights that are drawn, and no comparison of a contradiction can be left out.
    #[test]
    fn every_contradiction_is_one(
        scores in rows(3),
        pairs in prop::collection::vec((0..3_usize, 0..3_usize), 1..6),
        draws in prop::collection::vec(prop::collection::vec(0.0..1.0_f64, 3), 30),
        least in prop_oneof![Just(0.0), 0.0..0.4_f64],
    ) {
        let pairs: Vec<(usize, usize)> = pairs.into_iter().filter(|(a, b)| a != b).collect();
        prop_assume!(!pairs.is_empty());
        let refs: Vec<&[f64]> = scores.iter().map(Vec::as_slice).collect();
        let mut stated = order(&refs, &pairs);
        let base = [least, 0.0, 0.0];
        stated.bounds = base.iter().map(|l| (*l, 1.0)).collect();
        match stated.solve() {
            Answer::Weights { weights, margin, bound } => {
                prop_assert!(0.0 < margin && margin <= bound + 1e-9);
                prop_assert!(weights[0] >= least - 1e-12);
            }
            Answer::Contradiction(found) => {
                for draw in &draws {
                    let sum: f64 = draw.iter().sum();
                    let free = |w: f64| w / sum * (1.0 - least);
                    let drawn: Vec<f64> = (0..3).map(|k| base[k] + free(draw[k])).collect();
                    let all = found.parts.iter().map(|(c, y)| {
                        assert!(*y > 0.0);
                        y * number::dot(&stated.difference(&stated.comparisons[*c]), &drawn)
                    });
                    prop_assert!(all.sum::<f64>() <= 1e-9);
                }
                let parts: Vec<usize> = found.parts.iter().map(|(c, _)| *c).collect();
                for left in &parts {
                    let fewer: Vec<usize> = parts.iter().copied().filter(|c| c != left).collect();
                    let some = stated.widest(&fewer).expect("weights");
                    prop_assert!(some.margin > 0.0, "{parts:?} without {left}");
                }
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
