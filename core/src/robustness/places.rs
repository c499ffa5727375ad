//! Ranks of many regions in one draw without sorting: scores are dealt into boxes by their size, and only those in the same
//! box are compared.

use crate::number;

/// With more scores than this in one box, comparing them would take longer than sorting.
const CROWDED: u32 = 64;

/// Room for the ranks of one draw.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The box of each score: the greatest score is in box 0.
    boxes: Vec<u32>,
    /// For each box how many scores are in those before it, and at the end how many scores there are.
    starts: Vec<u32>,
    /// How many scores of each box have found their place in `dealt`.
    taken: Vec<u32>,
    /// The scores, box by box.
    dealt: Vec<f64>,
    order: Vec<u32>,
}

impl Places {
    /// Tells for each score how many are greater.
    pub(super) fn greater(&mut self, scores: &[f64], mut tell: impl FnMut(usize, u32)) {
        if !self.deal(scores) {
            return self.sorted(scores, tell);
        }
        for (i, (score, own)) in scores.iter().zip(&self.boxes).enumerate() {
            let start = self.starts[*own as usize];
            let beside = &self.dealt[start as usize..self.starts[*own as usize + 1] as usize];
            let greater = beside.iter().filter(|other| *other > score).count();
            tell(i, start + greater as u32);
        }
    }

    /// Deals the scores into about twice as many boxes; false where a box is crowded.
    fn deal(&mut self, scores: &[f64]) -> bool {
        // The low bits of so large a number are those of what is added to it, rounded.
        const WHOLE: f64 = 4_503_599_627_370_496.0;
        let most = scores.iter().copied().fold(f64::NEG_INFINITY, number::max);
        let least = scores.iter().copied().fold(f64::INFINITY, number::min);
        let count = 2 * scores.len();
        let scale = (count - 1) as f64 / (most - least);
        if !scale.is_finite() {
            return false;
        }
        self.boxes.clear();
        // Subtraction, multiplication and rounding keep the order of scores.
        self.boxes.extend(scores.iter().map(|x| ((most - x) * scale + WHOLE).to_bits() as u32));
        self.starts.clear();
        self.starts.resize(count + 1, 0);
        for own in &self.boxes {
            self.starts[*own as usize + 1] += 1;
        }
        let mut crowd = 0;
        for at in 1..=count {
            crowd = crowd.max(self.starts[at]);
            self.starts[at] += self.starts[at - 1];
        }
        if crowd > CROWDED {
            return false;
        }
        self.taken.clear();
        self.taken.extend_from_slice(&self.starts[..count]);
        self.dealt.resize(scores.len(), 0.0);
        for (score, own) in scores.iter().zip(&self.boxes) {
            let place = &mut self.taken[*own as usize];
            self.dealt[*place as usize] = *score;
            *place += 1;
        }
        true
    }

    /// The same by sorting.
    fn sorted(&mut self, scores: &[f64], mut tell: impl FnMut(usize, u32)) {
        number::sort_order(scores, &mut self.order);
        // From the greatest on: equal scores share the place of the first of them.
        let (mut place, mut before) = (0, f64::NAN);
        for (&i, at) in self.order.iter().rev().zip(0..) {
            let score = scores[i as usize];
            if score != before {
                (place, before) = (at, score);
            }
            tell(i as usize, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dealt and sorted scores have the places that comparing all of them gives: with ties, with one score far from the
    /// others, and where all are equal.
    #[test]
    fn places_are_those_of_comparing_all() {
        let mut places = Places::default();
        for round in 0..40_u64 {
            let n = 2 + (round * 17) % 400;
            let grid = if round % 3 == 0 { 50.0 } else { 1e9 };
            let mut scores: Vec<f64> = (0..n)
                .map(|i| libm::floor(grid * number::uniform(5, round, i)) / grid - 0.5)
                .collect();
            match round % 5 {
                1 => scores[0] = 1e12,
                2 => scores.fill(0.25),
                3 => scores[1] = -1e300,
                _ => {}
            }
            let mut found = vec![u32::MAX; scores.len()];
            places.greater(&scores, |i, place| found[i] = place);
            let greater = |x: &f64| scores.iter().filter(|y| *y > x).count() as u32;
            assert_eq!(found, scores.iter().map(greater).collect::<Vec<_>>());
        }
    }
}
