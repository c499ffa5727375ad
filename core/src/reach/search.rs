//! The search for a least change.
//!
//! The condition that the score is high enough is replaced by the linear one that touches it, whose least change is known
//! ([`Norm::least`]); the condition is then formed again where that change leads, until it stays. The last point is drawn
//! back to where the goal is just met. Of a linear index the first step is exact. Of a concave one every linear condition
//! holds for all changes that are enough, so that its least change is a bound.

use std::cell::Cell as Count;

use rayon::prelude::*;

use super::cells::Cell;
use super::ground::Ground;
use super::nature::Nature;
use super::norm::{Condition, Norm};
use crate::number;

/// The most evaluations of one search that improve what was found.
const MOST: usize = 1500;

/// A search over the changes of some cells.
pub(super) struct Search<'a> {
    pub(super) ground: &'a Ground,
    pub(super) cells: &'a [Cell],
    pub(super) norm: Norm,
    pub(super) nature: Nature,
    /// How many changes were evaluated.
    pub(super) count: Count<usize>,
}

/// A change that meets the goal.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// In standard deviations, by cell.
    pub(super) change: Vec<f64>,
    /// What no change can be smaller than, with the multiplier that proves it; none where nothing is known.
    pub(super) bound: Option<(f64, f64)>,
}

impl<'a> Search<'a> {
    pub(super) fn new(ground: &'a Ground, cells: &'a [Cell], norm: Norm, nature: Nature) -> Self {
        Search { ground, cells, norm, nature, count: Count::new(0) }
    }

    /// The least change that is found; none where none is found that meets the goal.
    pub(super) fn run(&self) -> Option<Found> {
        let nothing = vec![0.0; self.cells.len()];
        let rooms = self.rooms();
        if self.met(&nothing) {
            return Some(Found { change: nothing, bound: Some((0.0, 0.0)) });
        }
        let whole = self.met(&rooms);
        if !whole && self.nature != Nature::Other {
            return None;
        }
        let starts = match self.nature {
            Nature::Linear | Nature::Concave => vec![nothing],
            Nature::Other => {
                let between = whole.then(|| self.shortest(&rooms)).flatten();
                [Some(nothing), between].into_iter().flatten().collect()
            }
        };
        let mut best: Option<Vec<f64>> = None;
        for start in starts {
            for change in self.follow(start).into_iter().filter_map(|d| self.boundary(&d)) {
                let smaller = |b: &Vec<f64>| self.norm.size(&change) < self.norm.size(b);
                if best.as_ref().is_none_or(smaller) {
                    best = Some(change);
                }
            }
        }
        let mut change = best.or_else(|| self.boundary(&rooms))?;
        match self.nature {
            Nature::Other => self.improve(&mut change),
            // These norms have corners, between which the linear conditions go back and forth.
            Nature::Concave if self.norm != Norm::Euclidean => self.approach(&mut change),
            Nature::Concave | Nature::Linear => {}
        }
        let bound = match self.nature {
            Nature::Linear => self.bound(&vec![0.0; self.cells.len()]),
            Nature::Concave => self.bound(&change),
            Nature::Other => None,
        };
        Some(Found { change, bound })
    }

    fn rooms(&self) -> Vec<f64> {
        self.cells.iter().map(Cell::room).collect()
    }

    fn at(&self, change: &[f64]) -> Option<Ground> {
        self.count.set(self.count.get() + 1);
        place(self.ground, self.cells, change)
    }

    pub(super) fn met(&self, change: &[f64]) -> bool {
        self.at(change).is_some_and(|ground| ground.stand().met)
    }

    /// What each standard deviation of a cell adds to the margin.
    fn slopes(&self, change: &[f64], margin: f64) -> Vec<f64> {
        const STEPS: [f64; 6] = [1e-4, 0.01, 0.1, 0.5, 1.0, 3.0];
        let (ground, cells, nature) = (self.ground, self.cells, self.nature);
        let slope = |k: usize| -> (f64, usize) {
            let room = cells[k].room();
            let by = |step: f64| {
                let mut other = change.to_vec();
                // Towards the better end where there is room, else back.
                let to = if change[k] + step <= room { change[k] + step } else { change[k] - step };
                other[k] = number::clamp(to, 0.0, room);
                let moved = other[k] - change[k];
                let there = place(ground, cells, &other).map(|ground| ground.stand().margin);
                let slope = there.filter(|m| m.is_finite()).map(|m| (m - margin) / moved);
                slope.filter(|slope| slope.is_finite())
            };
            if nature == Nature::Linear {
                return (by(number::min(room, 1.0)).unwrap_or(0.0), 1);
            }
            let mut tried = 0;
            for step in STEPS.into_iter().filter(|step| *step <= room || *step == STEPS[0]) {
                tried += 1;
                // Where a small step changes nothing, as among ranks, a longer one may.
                match by(step) {
                    Some(slope) if slope != 0.0 => return (slope, tried),
                    _ if nature == Nature::Concave => return (0.0, tried),
                    _ => {}
                }
            }
            (0.0, tried)
        };
        let found: Vec<(f64, usize)> = (0..cells.len()).into_par_iter().map(slope).collect();
        let tried: usize = found.iter().map(|(_, tried)| tried).sum();
        self.count.set(self.count.get() + tried);
        found.into_iter().map(|(slope, _)| slope).collect()
    }

    /// The points at which the linear conditions lead from a start.
    fn follow(&self, start: Vec<f64>) -> Vec<Vec<f64>> {
        let rooms = self.rooms();
        let mut points = Vec::new();
        let mut change = start;
        let rounds = if self.nature == Nature::Linear { 1 } else { 30 };
        for round in 0..rounds {
            let Some(here) = self.at(&change) else { break };
            let margin = here.stand().margin;
            if !margin.is_finite() {
                break;
            }
            let slopes = self.slopes(&change, margin);
            let needed = number::dot(&slopes, &change) - margin;
            let condition = Condition { slopes: &slopes, limits: &rooms, needed };
            let next = self.norm.least(condition).map_or_else(|| rooms.clone(), |l| l.change);
            let moved = next.iter().zip(&change).map(|(a, b)| (a - b).abs()).fold(0.0, number::max);
            // Where it goes back and forth, half the way.
            let part = if round < 10 { 1.0 } else { 0.5 };
            for (d, next) in change.iter_mut().zip(&next) {
                *d += part * (next - *d);
            }
            if self.nature == Nature::Other && round >= 3 {
                points.push(change.clone());
            }
            if moved <= 1e-9 || (self.nature == Nature::Other && self.count.get() > MOST) {
                break;
            }
        }
        // Where it does not settle, the last points are tried.
        let last = points.len().saturating_sub(3);
        points.drain(..last);
        points.push(change);
        points
    }

    /// A change in the direction of another one that just meets the goal; from there on towards the limits where even a
    /// larger one does not meet it.
    fn boundary(&self, change: &[f64]) -> Option<Vec<f64>> {
        let rooms = self.rooms();
        let along = |times: f64| -> Vec<f64> {
            change.iter().zip(&rooms).map(|(d, room)| number::min(times * d, *room)).collect()
        };
        let toward = |part: f64| -> Vec<f64> {
            change.iter().zip(&rooms).map(|(d, room)| d + part * (room - d)).collect()
        };
        const TIMES: [f64; 10] =
            [1.0, 1.0 + 1e-12, 1.0 + 1e-9, 1.0 + 1e-6, 1.0001, 1.01, 1.1, 1.5, 3.0, 10.0];
        let mut short = 0.0;
        for times in TIMES {
            if self.met(&along(times)) {
                return Some(self.halve(&along, short, times));
            }
            short = times;
        }
        self.met(&rooms).then(|| self.halve(&toward, 0.0, 1.0))
    }

    /// The least change on the way to all limits that meets the goal.
    fn shortest(&self, rooms: &[f64]) -> Option<Vec<f64>> {
        let part = |part: f64| -> Vec<f64> { rooms.iter().map(|room| part * room).collect() };
        Some(self.halve(&part, 0.0, 1.0))
    }

    /// Between a parameter that does not meet the goal and one that does, the least that does.
    fn halve(&self, at: &dyn Fn(f64) -> Vec<f64>, mut no: f64, mut yes: f64) -> Vec<f64> {
        while yes - no > 1e-11 * yes {
            let middle = no + (yes - no) / 2.0;
            if middle <= no || middle >= yes {
                break;
            }
            if self.met(&at(middle)) { yes = middle } else { no = middle }
        }
        at(yes)
    }

    /// Makes a change smaller along the way to the least change of the linear condition that touches at it (Frank & Wolfe
    /// 1956, Naval Research Logistics Quarterly 3, 95-110), until the two are equally large.
    fn approach(&self, change: &mut Vec<f64>) {
        let rooms = self.rooms();
        for _ in 0..40 {
            let Some(here) = self.at(change) else { return };
            let margin = here.stand().margin;
            let slopes = self.slopes(change, margin);
            let needed = number::dot(&slopes, change) - margin;
            let condition = Condition { slopes: &slopes, limits: &rooms, needed };
            let Some(least) = self.norm.least(condition) else { return };
            let size = self.norm.size(change);
            if self.norm.size(&least.change) >= size * (1.0 - 1e-4) {
                return;
            }
            let at = |part: f64| -> Vec<f64> {
                change.iter().zip(&least.change).map(|(d, to)| d + part * (to - d)).collect()
            };
            let best = (1..=12).filter_map(|k| {
                let found = self.boundary(&at(libm::pow(0.6, f64::from(k))))?;
                Some((self.norm.size(&found), found))
            });
            match best.reduce(|a, b| if b.0 < a.0 { b } else { a }) {
                Some((smaller, found)) if smaller < size * (1.0 - 1e-9) => *change = found,
                _ => return,
            }
        }
    }

    /// Tries to make a change smaller by leaving cells out, and by shifting from one cell to the others.
    fn improve(&self, change: &mut Vec<f64>) {
        const FACTORS: [f64; 4] = [0.0, 0.7, 1.3, 0.9];
        for factor in FACTORS {
            let mut order: Vec<usize> = (0..change.len()).filter(|k| change[*k] > 0.0).collect();
            number::sort_by_key(&mut order, &|k| change[k]);
            for k in order {
                if self.count.get() > MOST {
                    return;
                }
                let mut other = change.clone();
                other[k] = number::min(factor * other[k], self.cells[k].room());
                if other.iter().all(|d| *d == 0.0) {
                    continue;
                }
                let size = self.norm.size(change);
                let found = self.boundary(&other);
                if let Some(found) = found.filter(|f| self.norm.size(f) < size * (1.0 - 1e-9)) {
                    *change = found;
                }
            }
        }
    }

    /// What no change can be smaller than, by the linear condition that touches at a change.
    fn bound(&self, change: &[f64]) -> Option<(f64, f64)> {
        let margin = self.at(change)?.stand().margin;
        let slopes = self.slopes(change, margin);
        let needed = number::dot(&slopes, change) - margin;
        let rooms = self.rooms();
        let condition = Condition { slopes: &slopes, limits: &rooms, needed };
        let least = self.norm.least(condition)?;
        Some((self.norm.bound(condition, least.multiplier), least.multiplier))
    }
}

fn place(ground: &Ground, cells: &[Cell], change: &[f64]) -> Option<Ground> {
    let values: Vec<f64> = cells.iter().zip(change).map(|(cell, d)| cell.at(*d)).collect();
    ground.after(cells, &values)
}
