//! Weights that give a stated order, against the linear programs of scipy.

use quanheng_core::preference::{Answer, Comparison, Preference};

use super::Figures;

/// The orders of the tables, each with the greatest margin by scipy: NaN where no weights keep the ties.
fn orders() -> Vec<(String, Preference, f64)> {
    let scores = Figures::read("preference_scores");
    let comparisons = Figures::read("preference_comparisons");
    let found = Figures::read("preference_linprog");
    let rows = |of: &Figures, name: &str| -> Vec<usize> {
        let prefix = format!("{name}/");
        (0..of.keys.len()).filter(|row| of.keys[*row].starts_with(&prefix)).collect()
    };
    let each = found.keys.iter().enumerate().map(|(k, name)| {
        let children = found.column("children")[k] as usize;
        let bounds = (found.column("lower")[k], found.column("upper")[k]);
        let of_row =
            |row: usize| scores.columns[..children].iter().map(|column| column[row]).collect();
        let comparison = |row: usize| Comparison {
            better: comparisons.column("better")[row] as usize,
            worse: comparisons.column("worse")[row] as usize,
            equal: comparisons.column("equal")[row] == 1.0,
        };
        let preference = Preference {
            scores: rows(&scores, name).into_iter().map(of_row).collect(),
            comparisons: rows(&comparisons, name).into_iter().map(comparison).collect(),
            bounds: vec![bounds; children],
            relations: Vec::new(),
            least: 0.0,
        };
        (name.clone(), preference, found.column("margin")[k])
    });
    each.collect()
}

/// The difference of a comparison under weights.
fn difference(order: &Preference, comparison: &Comparison, weights: &[f64]) -> f64 {
    let (a, b) = (&order.scores[comparison.better], &order.scores[comparison.worse]);
    a.iter().zip(b).zip(weights).map(|((x, y), w)| (x - y) * w).sum()
}

/// A margin of scipy that is this small beside the scores is zero.
fn size(order: &Preference) -> f64 {
    order.scores.iter().flatten().map(|x| x.abs()).fold(0.0, quanheng_core::number::max)
}

#[test]
fn orders_have_weights_where_scipy_finds_some_and_the_same_margin() {
    let (mut given, mut refuted) = (0, 0);
    for (name, order, margin) in orders() {
        let tiny = 1e-9 * size(&order);
        match order.solve() {
            Answer::Weights { weights, margin: found, bound } => {
                given += 1;
                assert!(margin > tiny, "{name}: scipy finds no weights, {margin}");
                // The bound is the greatest margin; the weights have few decimals and keep 98 % of it.
                assert!((bound - margin).abs() <= 1e-9 * margin, "{name}: {bound} {margin}");
                assert!(0.98 * margin <= found && found <= bound + tiny, "{name}: {found}");
                assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{name}");
                let (least, most) = order.bounds[0];
                assert!(weights.iter().all(|w| (least..=most).contains(w)), "{name}: {weights:?}");
                for comparison in &order.comparisons {
                    let holds = difference(&order, comparison, &weights);
                    match comparison.equal {
                        true => assert!(holds.abs() <= tiny / 1e3, "{name}: {holds}"),
                        false => assert!(holds >= found - tiny, "{name}: {holds} {found}"),
                    }
                }
            }
            Answer::Contradiction(found) => {
                refuted += 1;
                assert!(margin.is_nan() || margin <= tiny, "{name}: scipy finds {margin}");
                let mut combined = vec![0.0; order.bounds.len()];
                for (c, times) in &found.parts {
                    let comparison = &order.comparisons[*c];
                    assert!(*times > 0.0 || comparison.equal, "{name}");
                    for (child, part) in combined.iter_mut().enumerate() {
                        let (a, b) = (comparison.better, comparison.worse);
                        *part += times * (order.scores[a][child] - order.scores[b][child]);
                    }
                }
                let strict = found.parts.iter().any(|(c, _)| !order.comparisons[*c].equal);
                let near = 1e-9 * size(&order) * found.parts.iter().map(|p| p.1.abs()).sum::<f64>();
                for (found, part) in found.combined.iter().zip(&combined) {
                    assert!((found - part).abs() <= near, "{name}: {found} {part}");
                }
                // The best that weights within the bounds make of the combination: as much as they may on the best children.
                let (least, most) = order.bounds[0];
                combined.sort_by(|a, b| b.total_cmp(a));
                let mut left = 1.0 - least * combined.len() as f64;
                let best: f64 = combined
                    .iter()
                    .map(|part| {
                        let more = quanheng_core::number::min(left, most - least);
                        left -= more;
                        part * (least + more)
                    })
                    .sum();
                assert!(best <= near, "{name}: {best}");
                assert!((best - found.greatest).abs() <= near, "{name}: {best} {}", found.greatest);
                assert!(strict || best < 0.0, "{name}: {best}");
            }
            other => panic!("{name}: {other:?}, scipy finds {margin}"),
        }
    }
    assert_eq!((given, refuted), (GIVEN, REFUTED));
}

/// How many orders scipy finds weights for, and for how many it finds none.
const GIVEN: usize = 34;
const REFUTED: usize = 18;
