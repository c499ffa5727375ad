//! The distance from the best in every child, as a compromise between the whole and the worst child.

use super::mcdm::{ByChild, criteria, refuse_unknown, zeros};
use super::row::finite;
use super::{Aggregation, Children};
use crate::method::{
    Claims, Domain, Entry, Example, Given, Intermediate, MethodError, Needs, Scratch, Settings,
    Shape, Units, choice, settings,
};
use crate::model::Direction;
use crate::number;

choice! {
    /// Between which ends `S` and `R` are laid.
    pub enum Span {
        /// The least and the greatest among the regions.
        Regions = "regions",
        /// Those of a region that is the best in every child, and of one that is the worst in every child.
        Full = "full",
    }
}

settings! {
    /// Settings of VIKOR.
    pub struct Vikor {
        /// The weight of the whole against that of the worst child.
        v: f64 [0, 1] = 0.5,
        /// The best value of single children, by their code; of the others the best among the regions.
        best: ByChild = ByChild::new(),
        /// The worst value of single children, by their code; of the others the worst among the regions.
        worst: ByChild = ByChild::new(),
        /// Between which ends S and R are laid: the least and the greatest among the regions (`regions`), or 0 and what a region has that is the worst in every child (`full`). With `full`, and `best` and `worst` stated for every child, no region can change the score of another one.
        span: Span = Span::Regions,
    }
}

pub(super) const ENTRY: Entry<dyn Aggregation> = Entry {
    name: "vikor",
    summary: "The distance from the best in every child, as a compromise between the whole and the worst child; less is better",
    formula: "Q = v·(S − S*)/(S⁻ − S*) + (1 − v)·(R − R*)/(R⁻ − R*), with S the sum and R the greatest of w·(best − s)/(best − worst)",
    reference: "Opricovic & Tzeng (2004), European Journal of Operational Research 156",
    settings: Vikor::declared,
    make: |values: &Settings| Ok(Box::new(Vikor::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: true,
        absent: false,
    },
    intermediate: &[
        Given::new(
            "s",
            "S",
            Shape::REGIONS,
            "The sum of the weighted distances from the best: group utility.",
        ),
        Given::new(
            "r",
            "R",
            Shape::REGIONS,
            "The greatest weighted distance from the best: individual regret.",
        ),
        Given::new("q", "Q", Shape::REGIONS, "The compromise between S and R; less is better."),
        Given::new(
            "advantage",
            "C1",
            Shape::FIGURE,
            "Acceptable advantage: 1 if Q of the second place is at least 1/(n − 1) above that of the first place, which several regions may share; else 0.",
        ),
        Given::new(
            "stability",
            "C2",
            Shape::FIGURE,
            "Acceptable stability: 1 if the regions at the first place by Q are also the best by S or by R; else 0.",
        ),
        Given::new(
            "compromise",
            "",
            Shape::REGIONS,
            "1 for a region of the compromise set, else 0: the first place if both conditions hold; the first and second place if only the advantage is acceptable; else all regions less than 1/(n − 1) above the first place.",
        ),
        Given::new(
            "place",
            "",
            Shape::REGIONS,
            "The place with the compromise set first: 1 for it, and for the others by Q, equal ones sharing a place.",
        ),
    ],
    example: || Example {
        columns: vec![vec![0.0, 1.0, 0.0], vec![0.0, 1.0, 1.0]],
        expected: vec![1.0, 0.0, 0.75],
        source: "by hand: S = 1, 0, 0.5 and R = 0.5, 0, 0.5".into(),
        ..Example::default()
    },
};

impl Aggregation for Vikor {
    fn aggregate(
        &self,
        children: &Children<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        refuse_unknown(children, self.best.keys().chain(self.worst.keys()))?;
        let (whole, worst) = (zeros(&mut scratch.a, out), zeros(&mut scratch.b, out));
        let (mut all, mut most) = (0.0, 0.0);
        for c in criteria(children)? {
            let ends = c.ends(children, &self.best, &self.worst)?;
            all += c.weight;
            most = number::max(most, c.weight);
            if ends.best == ends.worst {
                continue;
            }
            for ((whole, worst), x) in whole.iter_mut().zip(worst.iter_mut()).zip(c.values) {
                let gap = c.weight * ((ends.best - ends.within(*x)) / (ends.best - ends.worst));
                *whole += gap;
                *worst = number::max(*worst, gap);
            }
        }
        scratch.intermediate.regions("s", whole.iter().copied());
        scratch.intermediate.regions("r", worst.iter().copied());
        let place = |ends: Option<(f64, f64)>, x: f64| match ends {
            Some((least, greatest)) if greatest > least => (x - least) / (greatest - least),
            _ => 0.0,
        };
        let (s, r) = match self.span {
            Span::Regions => (number::extremes(whole), number::extremes(worst)),
            Span::Full => (Some((0.0, all)), Some((0.0, most))),
        };
        for (row, score) in out.iter_mut().enumerate() {
            *score = self.v * place(s, whole[row]) + (1.0 - self.v) * place(r, worst[row]);
            finite(row, *score)?;
        }
        if scratch.intermediate.is_asked() {
            scratch.intermediate.regions("q", out.iter().copied());
            give_compromise(whole, worst, out, &mut scratch.intermediate);
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs { complete: true, ..Needs::NOTHING }
    }

    fn is_flat(&self) -> bool {
        true
    }

    fn gives(&self, _children: &[Domain]) -> Domain {
        Domain { direction: Direction::Negative, ..Domain::between(0.0, 1.0) }
    }
}

/// Differences up to this are rests of rounding: Q is between 0 and 1.
const NOISE: f64 = 1e-9;

/// Gives the conditions under which the first place is a solution, and the regions of the compromise. Regions that are
/// equal by Q share a place, and a condition holds for the first place if it holds for all regions there.
fn give_compromise(s: &[f64], r: &[f64], q: &[f64], into: &mut Intermediate) {
    let (Some((first, _)), Some((least_s, most_s)), Some((least_r, most_r))) =
        (number::extremes(q), number::extremes(s), number::extremes(r))
    else {
        return;
    };
    let mut places = vec![0.0; q.len()];
    number::rank(q, number::Ties::Dense, NOISE, &mut Vec::new(), &mut places);
    let step = 1.0 / (q.len() as f64 - 1.0);
    let near: Vec<bool> = q.iter().map(|q| q - first < step - NOISE).collect();
    let is_first = |row: usize| places[row] == 1.0;
    let rows = || 0..q.len();
    let advantage = rows().all(|row| is_first(row) || !near[row]);
    let is_best = |x: f64, least: f64, most: f64| x - least <= NOISE * (most - least);
    let stability = rows()
        .filter(|row| is_first(*row))
        .all(|row| is_best(s[row], least_s, most_s) || is_best(r[row], least_r, most_r));
    let chosen = |row: usize| match (advantage, stability) {
        (true, true) => is_first(row),
        (true, false) => places[row] <= 2.0,
        (false, _) => near[row] || is_first(row),
    };
    let flag = |holds: bool| if holds { 1.0 } else { 0.0 };
    let last = rows().filter(|row| chosen(*row)).map(|row| places[row]).fold(1.0, number::max);
    into.figure("advantage", flag(advantage));
    into.figure("stability", flag(stability));
    into.regions("compromise", rows().map(|row| flag(chosen(row))));
    into.regions("place", rows().map(|row| number::max(places[row] - last, 0.0) + 1.0));
}
