//! Branches over an index small enough to check by hand.

use std::sync::Arc;

use quanheng_words::Text;

use super::*;
use crate::aggregation;
use crate::evaluation::Evaluation;
use crate::evaluation::tests::{cells, choose, methodology, study_of, system};
use crate::methodology::{
    Methodology, Part, Plan, RankTies, Ranking, Rankings, Rounding, Tierings,
};
use crate::model::System;
use crate::normalisation;
use crate::number::RoundMode;
use crate::tiering;

fn fork(name: &str, options: &[&str]) -> Fork {
    Fork { name: name.into(), options: options.iter().map(|o| (*o).into()).collect() }
}

fn forks() -> Forks {
    Forks::new(vec![
        fork("left out", &["nothing", "x1", "x1 again"]),
        fork("normalisation", &["0-1", "0-100", "rank", "unit"]),
        fork("aggregation", &["arithmetic", "geometric"]),
        fork("decimals", &["all", "1", "2 at the leaves"]),
        fork("ranking", &["competition", "ordinal"]),
        fork("tiers", &["cut", "counts"]),
    ])
    .expect("few")
}

fn changed(system: &Arc<System>, change: impl FnOnce(&mut Methodology)) -> Arc<Methodology> {
    let mut changed = methodology(system);
    change(&mut changed);
    Arc::new(changed)
}

/// Grounds of two systems; "0-1" and "unit" say the same in two ways.
fn space(constraints: Vec<Constraint>) -> Space {
    let (forks, system) = (forks(), system());
    let study = study_of(&cells(), 1);
    let usual = Arc::new(methodology(&system));
    let ground = |options: &[usize]| {
        let less = match options[0] {
            0 => Arc::clone(&usual),
            _ => {
                let x1 = system.find("x1").expect("a leaf");
                let less = Arc::new(system.pruned(&[x1]).expect("others"));
                Arc::new(usual.onto(less, "s".into(), None))
            }
        };
        Ok(Ground { study: Arc::clone(&study), content: "cells".into(), methodology: less })
    };
    let parts = Part::varied().map(|part| {
        let of = |fork: usize| vec![fork];
        let whole = |m| Ok(m);
        let variants = match part {
            Part::Normalisation => Variants::new(&forks, of(1), |o| {
                let choice = match o[0] {
                    0 => choose(normalisation::TABLE, "min_max", &[]),
                    1 => choose(normalisation::TABLE, "min_max", &[("upper", 100.0.into())]),
                    2 => choose(normalisation::TABLE, "rank", &[]),
                    _ => choose(normalisation::TABLE, "min_max", &[("upper", 1.0.into())]),
                };
                whole(changed(&system, |m| {
                    m.normalisation = Plan::new(&system, choice, vec![], true);
                }))
            }),
            Part::Aggregation => Variants::new(&forks, of(2), |o| {
                let name = ["arithmetic", "geometric"][o[0]];
                let choice = choose(aggregation::TABLE, name, &[]);
                whole(changed(&system, |m| {
                    m.aggregation = Plan::new(&system, choice, vec![], false);
                }))
            }),
            Part::Rounding => Variants::new(&forks, of(3), |o| {
                let to = |digits| Some(Rounding { digits, mode: RoundMode::HalfUp });
                whole(changed(&system, |m| match o[0] {
                    0 => {}
                    1 => m.rounding.iter_mut().for_each(|r| *r = to(1)),
                    _ => {
                        for leaf in system.leaves() {
                            m.rounding[leaf.index()] = to(2);
                        }
                    }
                }))
            }),
            Part::Ranking => Variants::new(&forks, of(4), |o| {
                let ties = [RankTies::Competition, RankTies::Ordinal][o[0]];
                let rule = Ranking { ties, ..Ranking::default() };
                whole(changed(&system, |m| m.ranking = Rankings::whole(&system, rule)))
            }),
            Part::Tiering => Variants::new(&forks, of(5), |o| {
                let choice = match o[0] {
                    0 => choose(tiering::TABLE, "cut_points", &[("cuts", vec![0.5].into())]),
                    _ => {
                        choose(tiering::TABLE, "counts", &[("counts", vec![1.0, 1.0, 1.0].into())])
                    }
                };
                whole(changed(&system, |m| m.tiering = Some(Tierings::index(&system, choice))))
            }),
            _ => Variants::new(&forks, vec![], |_| whole(Arc::clone(&usual))),
        };
        (part, variants)
    });
    let parts = parts.collect();
    let grounds = Variants::new(&forks, vec![0], ground);
    Space { forks, constraints, sample: None, grounds, parts }
}

/// No rank normalisation with rounding to one decimal.
fn ruled_out() -> Constraint {
    let is = |fork, option| Box::new(Rule::Is { fork, options: vec![option] });
    let both = Rule::And(is(1, 2), is(3, 1));
    Constraint { text: "no coarse ranks".into(), rule: Rule::Not(Box::new(both)) }
}

#[test]
fn branches_are_numbered_as_the_days_of_a_calendar() {
    let forks = Forks::new(vec![fork("a", &["0", "1", "2"]), fork("b", &["0", "1"])]).unwrap();
    assert_eq!(forks.count(), 6);
    let options: Vec<_> = (0..6).map(|b| (forks.option(b, 0), forks.option(b, 1))).collect();
    assert_eq!(options, [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]);
    assert_eq!(forks.beside(5, 0), 1);
    assert_eq!(forks.beside(5, 1), 4);
    let many = vec![fork("a", &["0", "1"]); 64];
    assert!(Forks::new(many[..63].to_vec()).is_some());
    assert!(Forks::new(many).is_none(), "more than can be numbered");
}

#[test]
fn a_sample_is_drawn_without_replacement() {
    for count in [1, 2, 7, 100, 1000] {
        for size in [0, 1, count / 2, count, count + 5] {
            let drawn = Sample { size, seed: 7 }.draw(count);
            assert_eq!(drawn.len() as u64, size.min(count));
            assert!(drawn.is_sorted_by(|a, b| a < b));
            assert!(drawn.iter().all(|b| *b < count));
        }
    }
    let of = |seed| Sample { size: 20, seed }.draw(1 << 40);
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
    // Each number is drawn about as often as the others: 2000 draws of 10 out of 100, so 200 of each, standard
    // deviation 13.4; and halves of the range come up alike.
    let mut times = [0u32; 100];
    for seed in 0..2000 {
        Sample { size: 10, seed }.draw(100).iter().for_each(|b| times[*b as usize] += 1);
    }
    assert!(times.iter().all(|n| (130..=270).contains(n)), "{times:?}");
}

#[test]
fn sharing_gives_the_bits_of_separate_evaluations() {
    let tree = Tree::new(space(vec![ruled_out()]));
    let all: Vec<usize> = (0..tree.evaluations()).collect();
    let mut walk = Walk::new(&tree);
    let outcomes = walk.block(&all);
    let (mut fine, mut failed) = (0, 0);
    for (at, outcome) in outcomes.iter().enumerate() {
        let methodology = Arc::new(tree.methodology(at));
        let study = tree.study(at);
        let problems = crate::methodology::contract_problems(study, &methodology);
        match outcome {
            Ok(standing) => {
                fine += 1;
                let alone = Evaluation::new(Arc::clone(study), methodology).expect("as shared");
                assert_eq!(alone.exact().values(), standing.scores);
                assert_eq!(alone.ranks(), standing.ranks);
                assert_eq!(alone.tiers(), standing.tiers);
            }
            Err(failure) => {
                failed += 1;
                assert_eq!(**failure, Failure::Contract(problems), "0-1 into a geometric mean");
            }
        }
    }
    assert!(fine > 0 && failed > 0);
    // Each level as often as the tree says, but for what the contracts refuse.
    let (done, whole) = (walk.computed(), tree.computed());
    assert_eq!(done[..2], whole[..2]);
    assert!(done.iter().zip(&whole).all(|(d, w)| d <= w));
    assert_eq!(done[5], fine);
}

#[test]
fn every_branch_has_one_fate_and_equal_content_is_one_evaluation() {
    let tree = Tree::new(space(vec![ruled_out()]));
    let forks = &tree.space().forks;
    assert_eq!(tree.fates().len() as u64, forks.count());
    // 3 systems x 4 normalisations x 2 x 3 x 2 x 2 = 288; ruled out are 3 x 1 x 2 x 1 x 2 x 2 = 24.
    assert_eq!(forks.count(), 288);
    let invalid = tree.fates().iter().filter(|f| **f == Fate::Invalid(0)).count();
    assert_eq!(invalid, 24);
    // "x1 again" is "x1", and "unit" is "0-1": 2 x 3 x 2 x 3 x 2 x 2 = 144, less 2 x 1 x 2 x 1 x 2 x 2 = 16.
    assert_eq!(tree.evaluations(), 128);
    // 2 grounds; 2 imputations and treatments; of the 9 pairs of normalisation and rounding at the leaves, 8 are left.
    assert_eq!(tree.computed(), [2, 2, 2, 16, 32, 128]);
    for (fate, branch) in tree.fates().iter().zip(tree.numbers()) {
        let Fate::Evaluated(at) = fate else { continue };
        let first = tree.first_branch(*at);
        assert!(first <= *branch);
        let same = |fork| forks.option(first, fork) == forks.option(*branch, fork);
        assert!((2..6).all(same), "only what says the same differs");
    }
}

#[test]
fn blocks_of_any_size_and_any_number_of_threads_give_the_same() {
    let tree = Tree::new(space(vec![]));
    let all: Vec<usize> = (0..tree.evaluations()).collect();
    let whole = Walk::new(&tree).block(&all);
    let text = format!("{whole:?}");
    let mut counts = Vec::new();
    for size in [1, 3, 10, 1000] {
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let mut walk = Walk::new(&tree);
            let mut found = Vec::new();
            while found.len() < all.len() {
                let block = found.len()..tree.block_end(&all, found.len(), size);
                found.extend(pool.install(|| walk.block(&all[block])));
            }
            assert_eq!(format!("{found:?}"), text, "blocks of {size} on {threads} threads");
            counts.push(walk.computed());
        }
    }
    assert!(counts.iter().all(|c| *c == counts[0]), "nothing is computed twice: {counts:?}");
}

#[test]
fn options_that_cannot_be_together_say_why() {
    let mut space = space(vec![]);
    let none = Variants::new(&space.forks, vec![1, 2], |o| match o {
        [2, 1] => Err(Text::plain("ranks have no geometric mean here")),
        _ => Ok(Arc::new(methodology(&system()))),
    });
    let system = Arc::clone(&space.grounds.made()[0].as_ref().unwrap().methodology.system);
    let laid = none.made().iter().map(|m| {
        m.as_ref().map_err(Clone::clone).map(|m| Arc::new(m.onto(system.clone(), "s".into(), None)))
    });
    let mut laid = laid.collect::<Vec<_>>().into_iter();
    let laid = Variants::new(&space.forks, vec![1, 2], |_| laid.next().expect("as many"));
    space.parts.insert(Part::Weighting, laid);
    let tree = Tree::new(space);
    assert_eq!(tree.misfits(), [Text::plain("ranks have no geometric mean here")]);
    let misfits = tree.fates().iter().filter(|f| matches!(f, Fate::Misfit(0))).count();
    assert_eq!(misfits, 3 * 3 * 2 * 2);
}
