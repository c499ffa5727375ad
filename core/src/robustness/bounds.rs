//! The best and worst rank that weights can give, and the smallest change of weights that turns a comparison.

use rayon::prelude::*;

use crate::analysis::finding::{FIRST, WHOLE, columns};
use crate::analysis::{Cell, Column, Form, Found, Reason, Subject, Word, analysis};
use crate::method::{choice, settings};
use crate::model::NodeId;

use super::overtaking::{Norm, Overtaking};
use super::rank_bounds::{rank_bound, rank_under};
use super::weights::{AT, of, open};
use super::{Linear, Polytope};

choice! {
    /// Which weights are allowed.
    pub enum Allowed {
        /// All weights within the stated bounds and order.
        Any = "any",
        /// Each within the range around the stated one.
        Relative = "relative",
    }
}

settings! {
    /// Settings of bounds.
    pub(super) struct Settings {
        /// The nodes whose children's weights are open, by code: each by itself, the other weights as stated. Unless stated, the weights of all indicators are open at once.
        at: Vec<String> = Vec::new(),
        /// Which weights are allowed: each within `range` around the stated one (`relative`), or all within `least`, `most` and `order` (`any`).
        weights: Allowed = Allowed::Relative,
        /// How far each weight may be from the stated one, as a part of it.
        range: f64 [0, 1] = 0.25,
        /// The least that weights can be: one number for each weight, or one for all.
        least: Vec<f64> = Vec::new(),
        /// The greatest that weights can be: one number for each weight, or one for all.
        most: Vec<f64> = Vec::new(),
        /// The weights from the greatest to the least, by code of what they are of.
        order: Vec<String> = Vec::new(),
        /// After how many linear programs the search for one rank ends.
        programs: usize [1, 1_000_000] = 1_000,
    }
}

analysis!(Settings, compute, {
    name: "bounds",
    label: "Bounds of ranks",
    summary: "The best and the worst rank that each region can have under any of the allowed weights, with weights that give it; and the smallest change of weights with which each region would catch up with the one before it. Everything is exact.",
    formula: "best rank of i = 1 + min Σ v_b subject to w·(x_i − x_b) ≥ −M_b·v_b, v_b ∈ {0, 1}, w among the allowed weights, M_b = −min w·(x_i − x_b); worst rank likewise with the signs turned; smallest change = min ‖w − w₀‖ subject to w·(x_a − x_b) ≤ 0, w ≥ 0, Σ w = 1",
    reference: "Kadziński, Greco & Słowiński (2012), Omega 40(4), 488-501; Boyd & Vandenberghe (2004), Convex Optimization, chapter 5 (bounds by Lagrangian duality)",
    needs: crate::analysis::Need::Nothing,
    forms: &[RANKS, CHANGES, WEIGHTS],
});

const RANKS: Form = Form {
    name: "ranks",
    label: "Best and worst ranks",
    columns: &[
        AT.detail(),
        columns::REGION,
        columns::RANK,
        Column::number("rank_best", "Best rank"),
        Column::number("rank_worst", "Worst rank"),
        Column::number("rank_best_proved", "Best rank, proved").detail(),
        Column::number("rank_worst_proved", "Worst rank, proved").detail(),
        Column::number("programs", "Linear programs").detail(),
        columns::WHY.detail(),
    ],
    shown: WHOLE,
};

const CHANGES: Form = Form {
    name: "changes",
    label: "Smallest changes of weights",
    columns: &[
        AT.detail(),
        columns::REGION,
        Column::text("overtakes", "Catches up with"),
        Column::decimals("moved", "Weight to move, %", 2),
        Column::decimals("moved_proved", "Weight to move, proved", 2).detail(),
        Column::decimals("greatest_change", "Greatest change, points", 2),
        Column::decimals("greatest_change_proved", "Greatest change, proved", 2).detail(),
        Column::decimals("distance", "Distance", 4),
        Column::decimals("distance_proved", "Distance, proved", 4).detail(),
        Column::text("more_on", "More on"),
        columns::WHY.detail(),
    ],
    shown: WHOLE,
};

const WEIGHTS: Form = Form {
    name: "weights",
    label: "Weights that prove it",
    columns: &[
        AT.detail(),
        columns::REGION,
        Column::text("gives", "Gives"),
        Column::text("weight_of", "Weight of"),
        Column::decimals("weight_stated", "Stated weight", 4),
        Column::decimals("weight_new", "Weight", 4),
    ],
    shown: FIRST,
};

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let slice = subject.now()?;
    let all = match settings.at.is_empty() {
        true => vec![None],
        false => subject.nodes(&settings.at, Vec::new)?.into_iter().map(Some).collect(),
    };
    let mut tables = [&RANKS, &CHANGES, &WEIGHTS].map(Found::new);
    for at in all {
        let linear = open(subject, slice, at.as_slice())?;
        fill(&linear, settings, at, &mut tables)?;
    }
    Ok(tables.into_iter().filter(|found| !found.rows.is_empty()).collect())
}

fn fill(
    linear: &Linear,
    settings: &Settings,
    at: Option<NodeId>,
    [ranks, changes, proofs]: &mut [Found; 3],
) -> Result<(), Reason> {
    let group = &linear.groups[0];
    let stated = &group.stated;
    let (n, k) = (linear.len(), stated.len());
    let flat = linear.flat(0);
    let polytope = match settings.weights {
        Allowed::Any => Polytope::stated(&settings.least, &settings.most, &settings.order, group)?,
        Allowed::Relative => Polytope::around(stated, settings.range),
    };
    let both = |i: usize| {
        [true, false].map(|is_best| {
            rank_bound(&flat, i, &polytope, stated, is_best, linear.least, settings.programs)
        })
    };
    let found: Vec<_> = (0..n).into_par_iter().map(both).collect();
    let mut proof = |i: usize, gives: Cell, weights: &[f64]| {
        for (j, node) in group.nodes.iter().enumerate() {
            proofs.push([
                of(at),
                Cell::Region(linear.regions[i]),
                gives.clone(),
                Cell::Node(*node),
                stated[j].into(),
                weights[j].into(),
            ]);
        }
    };
    for (i, [best, worst]) in found.into_iter().enumerate() {
        let (best, worst) = (best?, worst?);
        for (bound, is_best) in [(&best, true), (&worst, false)] {
            // What was found is looked at again, by itself.
            debug_assert!(polytope.holds(&bound.weights));
            debug_assert_eq!(
                rank_under(&flat, i, &bound.weights, is_best, linear.least),
                bound.rank
            );
            proof(i, Cell::Rank(bound.rank as f64), &bound.weights);
        }
        let is_whole = best.rank == best.proved && worst.rank == worst.proved;
        ranks.push([
            of(at),
            Cell::Region(linear.regions[i]),
            Cell::Rank(linear.ranks[i]),
            best.rank.into(),
            worst.rank.into(),
            best.proved.into(),
            worst.proved.into(),
            (best.programs + worst.programs).into(),
            if is_whole { Cell::Empty } else { Cell::None(Reason::SearchEnded) },
        ]);
    }
    for i in 1..n {
        let d: Vec<f64> = (0..k).map(|j| flat[(i - 1) * k + j] - flat[i * k + j]).collect();
        let of_norm = |norm| Overtaking::new(norm, stated, &d);
        let all = [Norm::Sum, Norm::Greatest, Norm::Euclid].map(of_norm);
        let head = [of(at), Cell::Region(linear.regions[i]), Cell::Region(linear.regions[i - 1])];
        let [Some(sum), Some(greatest), Some(distance)] = all else {
            let none = std::iter::repeat_n(Cell::Empty, 7);
            changes.push(head.into_iter().chain(none).chain([Cell::None(Reason::NeverAhead)]));
            continue;
        };
        let rise = |j: &usize| sum.weights[*j] - stated[*j];
        let more =
            (0..k).filter(|j| rise(j) > 0.0).reduce(|a, b| if rise(&b) > rise(&a) { b } else { a });
        changes.push(head.into_iter().chain([
            (50.0 * sum.size).into(),
            (50.0 * sum.bound(stated, &d)).into(),
            (100.0 * greatest.size).into(),
            (100.0 * greatest.bound(stated, &d)).into(),
            distance.size.into(),
            distance.bound(stated, &d).into(),
            more.map_or(Cell::Empty, |j| Cell::Node(group.nodes[j])),
            Cell::Empty,
        ]));
        proof(i, Cell::Word(Word::CatchesUp), &sum.weights);
    }
    Ok(())
}
