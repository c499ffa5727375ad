//! The patient rule induction method.
//!
//! Friedman & Fisher (1999), Bump hunting in high-dimensional data, Statistics and Computing 9; Bryant & Lempert (2010),
//! Thinking inside the box, Technological Forecasting and Social Change 77, for coverage, density and quasi-p values. The
//! rule by which a step is chosen is that of Kwakkel & Jaxa-Rozen (2016), Improving scenario discovery for handling
//! heterogeneous uncertainties and multinomial classified outcomes, Environmental Modelling & Software 79.

use crate::number;

/// The bounds of a box, and the cases inside of it.
type Step = (Vec<Bounds>, Vec<usize>);

/// An input of the cases: a value for each.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Numbers.
    Number(Vec<f64>),
    /// Categories, by position, and how many there are.
    Category(Vec<u32>, u32),
}

/// What a box says of one input.
#[derive(Clone, Debug, PartialEq)]
pub enum Bounds {
    /// The least and the greatest number that it takes.
    Between(f64, f64),
    /// For each category, whether it is in.
    Among(Vec<bool>),
}

impl Bounds {
    fn holds(&self, input: &Input, case: usize) -> bool {
        match (self, input) {
            (Bounds::Between(lower, upper), Input::Number(x)) => {
                *lower <= x[case] && x[case] <= *upper
            }
            (Bounds::Among(is_in), Input::Category(x, _)) => is_in[x[case] as usize],
            _ => unreachable!("bounds of another kind of input"),
        }
    }
}

/// How boxes are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The share of the cases of a box that a step along a number takes off.
    pub peel: f64,
    /// The share that a step puts on again.
    pub paste: f64,
    /// The least share of all cases that a box has.
    pub least_mass: f64,
}

impl Default for Options {
    fn default() -> Self {
        Options { peel: 0.05, paste: 0.05, least_mass: 0.05 }
    }
}

/// A restriction of a box to a part of what an input can be.
#[derive(Clone, Debug, PartialEq)]
pub struct Restriction {
    /// The input, by position.
    pub input: usize,
    /// What it is restricted to.
    pub bounds: Bounds,
    /// The probability that a box without the lower bound has as many cases of interest by chance, by a one-sided binomial
    /// test; of categories, without the restriction. `None` where there is no lower bound.
    pub lower: Option<f64>,
    /// The same of the upper bound.
    pub upper: Option<f64>,
}

impl Restriction {
    /// The least of its probabilities: the more certain end.
    pub fn quasi_p(&self) -> f64 {
        let both = self.lower.into_iter().chain(self.upper);
        both.fold(1.0, number::min)
    }
}

/// A box that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it says of each input.
    pub bounds: Vec<Bounds>,
    /// How many cases are in it.
    pub cases: usize,
    /// How many of these are of interest.
    pub hits: usize,
    /// The share of all cases of interest that are in it.
    pub coverage: f64,
    /// The share of its cases that are of interest.
    pub density: f64,
    /// The share of all cases that are in it.
    pub mass: f64,
    /// Its restrictions.
    pub restrictions: Vec<Restriction>,
}

/// Cases, some of them of interest.
#[derive(Clone, Debug)]
pub struct Prim {
    inputs: Vec<Input>,
    interest: Vec<bool>,
    options: Options,
    whole: Vec<Bounds>,
    /// The cases that are in no box yet.
    remaining: Vec<usize>,
}

impl Prim {
    /// Cases with their inputs.
    ///
    /// # Panics
    /// If an input has not one value for each case.
    pub fn new(inputs: Vec<Input>, interest: Vec<bool>, options: Options) -> Prim {
        let whole = inputs
            .iter()
            .map(|input| match input {
                Input::Number(x) => {
                    assert_eq!(x.len(), interest.len(), "a value for each case");
                    let (lower, upper) = number::extremes(x).unwrap_or((0.0, 0.0));
                    Bounds::Between(lower, upper)
                }
                Input::Category(x, n) => {
                    assert_eq!(x.len(), interest.len(), "a value for each case");
                    Bounds::Among((0..*n).map(|k| x.contains(&k)).collect())
                }
            })
            .collect();
        let remaining = (0..interest.len()).collect();
        Prim { inputs, interest, options, whole, remaining }
    }

    /// How many cases there are, and how many of them are of interest.
    pub fn counts(&self) -> (usize, usize) {
        (self.interest.len(), self.interest.iter().filter(|is| **is).count())
    }

    /// How many of the cases that are in no box yet are of interest.
    pub fn hits_left(&self) -> usize {
        self.hits(&self.remaining)
    }

    fn hits(&self, cases: &[usize]) -> usize {
        cases.iter().filter(|&&case| self.interest[case]).count()
    }

    fn inside(&self, bounds: &[Bounds]) -> Vec<usize> {
        let restricted: Vec<usize> =
            (0..bounds.len()).filter(|&k| bounds[k] != self.whole[k]).collect();
        let holds =
            |case: &usize| restricted.iter().all(|&k| bounds[k].holds(&self.inputs[k], *case));
        self.remaining.iter().copied().filter(holds).collect()
    }

    /// A box of stated bounds over the cases that are in no box yet.
    pub fn describe(&self, bounds: Vec<Bounds>) -> Found {
        let cases = self.inside(&bounds);
        self.found(bounds, &cases)
    }

    fn found(&self, bounds: Vec<Bounds>, cases: &[usize]) -> Found {
        let (all, of_interest) = self.counts();
        let (n, hits) = (cases.len(), self.hits(cases));
        let share = |part: usize, of: usize| part as f64 / of as f64;
        // How likely so many hits are at the density of the box with one bound taken away.
        let chance = |without: &[Bounds]| {
            let wider = self.inside(without);
            let p = share(self.hits(&wider), wider.len());
            number::binomial_at_least(hits as f64, n as f64, p)
        };
        let mut restrictions = Vec::new();
        for (input, own) in bounds.iter().enumerate().filter(|(k, b)| **b != self.whole[*k]) {
            let with = |other: Bounds| {
                let mut wider = bounds.clone();
                wider[input] = other;
                chance(&wider)
            };
            let (lower, upper) = match (own, &self.whole[input]) {
                (Bounds::Between(a, b), Bounds::Between(least, most)) => (
                    (a != least).then(|| with(Bounds::Between(*least, *b))),
                    (b != most).then(|| with(Bounds::Between(*a, *most))),
                ),
                _ => (Some(with(self.whole[input].clone())), None),
            };
            restrictions.push(Restriction { input, bounds: own.clone(), lower, upper });
        }
        Found {
            cases: n,
            hits,
            coverage: share(hits, of_interest),
            density: share(hits, n),
            mass: share(n, all),
            restrictions,
            bounds,
        }
    }

    /// The boxes from the one with all remaining cases to the last one, as they arise: first cases are taken off as long as
    /// that raises the density, then put on again as long as it does.
    pub fn trajectory(&self) -> Vec<Found> {
        let mut bounds = self.whole.clone();
        let mut cases = self.remaining.clone();
        let mut boxes = vec![self.found(bounds.clone(), &cases)];
        if cases.is_empty() {
            return boxes;
        }
        while let Some((b, c)) = self.peeled(&bounds, &cases) {
            (bounds, cases) = (b, c);
            boxes.push(self.found(bounds.clone(), &cases));
        }
        while let Some((b, c)) = self.pasted(&bounds, &cases) {
            (bounds, cases) = (b, c);
            boxes.push(self.found(bounds.clone(), &cases));
        }
        boxes
    }

    /// The best of some steps: the gain in density over the change in the number of cases; of equal ones that with fewer
    /// restricted inputs, and then the first.
    fn best(&self, cases: &[usize], steps: Vec<Step>) -> Option<(f64, Vec<Bounds>, Vec<usize>)> {
        let density = |cases: &[usize]| match cases.len() {
            0 => 0.0,
            n => self.hits(cases) as f64 / n as f64,
        };
        let before = density(cases);
        let mut best: Option<((f64, usize), Step)> = None;
        for (bounds, inside) in steps {
            let change = inside.len().abs_diff(cases.len());
            let gain = match change {
                0 => 0.0,
                n => (density(&inside) - before) / n as f64,
            };
            let free = (0..bounds.len()).filter(|&k| bounds[k] == self.whole[k]).count();
            let better = best.as_ref().is_none_or(|((most, most_free), ..)| {
                gain > *most || (gain == *most && free > *most_free)
            });
            if better {
                best = Some(((gain, free), (bounds, inside)));
            }
        }
        best.filter(|((gain, _), _)| *gain > 0.0).map(|((gain, _), (b, c))| (gain, b, c))
    }

    fn peeled(&self, bounds: &[Bounds], cases: &[usize]) -> Option<Step> {
        let mut steps = Vec::new();
        let mut add = |k: usize, to: Bounds| {
            let inside: Vec<usize> =
                cases.iter().copied().filter(|&case| to.holds(&self.inputs[k], case)).collect();
            let mut other = bounds.to_vec();
            other[k] = to;
            steps.push((other, inside));
        };
        for (k, input) in self.inputs.iter().enumerate() {
            let (Input::Number(x), Bounds::Between(lower, upper)) = (input, &bounds[k]) else {
                continue;
            };
            let values: Vec<f64> = cases.iter().map(|&case| x[case]).collect();
            add(k, Bounds::Between(*lower, step_value(&values, 1.0 - self.options.peel)));
            add(k, Bounds::Between(step_value(&values, self.options.peel), *upper));
        }
        for (k, own) in bounds.iter().enumerate() {
            let Bounds::Among(is_in) = own else { continue };
            if is_in.iter().filter(|is| **is).count() < 2 {
                continue;
            }
            for category in (0..is_in.len()).filter(|&c| is_in[c]) {
                let mut fewer = is_in.clone();
                fewer[category] = false;
                add(k, Bounds::Among(fewer));
            }
        }
        let (_, bounds, inside) = self.best(cases, steps)?;
        let mass = inside.len() as f64 / self.interest.len() as f64;
        (mass >= self.options.least_mass && inside.len() < cases.len()).then_some((bounds, inside))
    }

    fn pasted(&self, bounds: &[Bounds], cases: &[usize]) -> Option<Step> {
        let mut steps = Vec::new();
        for (k, input) in self.inputs.iter().enumerate() {
            if bounds[k] == self.whole[k] {
                continue;
            }
            let mut add = |to: Bounds| {
                let mut other = bounds.to_vec();
                other[k] = to;
                let inside = self.inside(&other);
                steps.push((other, inside));
            };
            match (input, &bounds[k], &self.whole[k]) {
                (Input::Number(x), Bounds::Between(a, b), Bounds::Between(least, most)) => {
                    // What lies beyond an end, by all other bounds.
                    let beyond = |from: f64, to: f64| -> Vec<f64> {
                        let mut other = bounds.to_vec();
                        other[k] = Bounds::Between(from, to);
                        // Also where that is the whole range again.
                        let within = |case: &usize| other[k].holds(input, *case);
                        self.inside(&other).into_iter().filter(within).map(|c| x[c]).collect()
                    };
                    let below = beyond(*least, *a);
                    let to = match below.is_empty() {
                        true => *least,
                        false => step_value(&below, 1.0 - self.options.paste),
                    };
                    add(Bounds::Between(to, *b));
                    let above = beyond(*b, *most);
                    let to = match above.is_empty() {
                        true => *most,
                        false => step_value(&above, self.options.paste),
                    };
                    add(Bounds::Between(*a, to));
                }
                (_, Bounds::Among(is_in), Bounds::Among(all)) => {
                    for category in (0..is_in.len()).filter(|&c| all[c] && !is_in[c]) {
                        let mut more = is_in.clone();
                        more[category] = true;
                        add(Bounds::Among(more));
                    }
                }
                _ => {}
            }
        }
        let (_, bounds, inside) = self.best(cases, steps)?;
        (inside.len() > cases.len()).then_some((bounds, inside))
    }

    /// The box without the restrictions that can be chance: that with the greatest quasi-p is dropped first, and the others
    /// are tested again, until all are below `alpha`.
    pub fn without_chance(&self, found: &Found, alpha: f64) -> Found {
        let mut found = found.clone();
        loop {
            let mut worst: Option<(usize, f64)> = None;
            for restriction in &found.restrictions {
                let p = restriction.quasi_p();
                if p >= alpha && worst.is_none_or(|(_, most)| p > most) {
                    worst = Some((restriction.input, p));
                }
            }
            let Some((input, _)) = worst else { return found };
            let mut bounds = found.bounds.clone();
            bounds[input] = self.whole[input].clone();
            found = self.describe(bounds);
        }
    }

    /// Takes the cases of a box away, so that the next box is looked for among the others.
    pub fn remove(&mut self, found: &Found) {
        let inside = self.inside(&found.bounds);
        self.remaining.retain(|case| inside.binary_search(case).is_err());
    }
}

/// Between the value at a share of the cases and the nearest other one on the side of the cut: so much is at least taken.
fn step_value(values: &[f64], share: f64) -> f64 {
    let mut ascending = Vec::new();
    number::sorted(values, &mut ascending);
    let last = ascending.len() - 1;
    let at = last as f64 * share;
    let (mut lower, mut upper) = (at.floor() as usize, at.ceil() as usize);
    if share > 0.5 {
        while ascending[lower] == ascending[upper] && lower > 0 {
            lower -= 1;
        }
    } else {
        while ascending[lower] == ascending[upper] && upper < last {
            upper += 1;
        }
    }
    (ascending[lower] + ascending[upper]) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A box in two of four inputs and one category is found again, and the others are not restricted.
    #[test]
    fn a_planted_box_is_found() {
        let n = 2000;
        let draw = |k: u64| (0..n).map(|i| number::uniform(7, k, i)).collect::<Vec<f64>>();
        let x: Vec<Vec<f64>> = (0..4).map(draw).collect();
        let category: Vec<u32> = draw(9).iter().map(|u| (u * 3.0) as u32).collect();
        let interest: Vec<bool> =
            (0..n as usize).map(|i| x[0][i] > 0.6 && x[2][i] < 0.5 && category[i] != 1).collect();
        let mut inputs: Vec<Input> = x.into_iter().map(Input::Number).collect();
        inputs.push(Input::Category(category, 3));
        let mut prim = Prim::new(inputs, interest, Options::default());
        let trajectory = prim.trajectory();
        let last = trajectory.last().expect("a box");
        assert!(last.density > 0.97 && last.coverage > 0.85, "{last:?}");
        let clean = prim.without_chance(last, 0.05);
        let restricted: Vec<usize> = clean.restrictions.iter().map(|r| r.input).collect();
        assert_eq!(restricted, [0, 2, 4]);
        assert_eq!(clean.bounds[4], Bounds::Among(vec![true, false, true]));
        let before = prim.hits_left();
        prim.remove(&clean);
        assert_eq!(prim.hits_left(), before - clean.hits);
    }
}
