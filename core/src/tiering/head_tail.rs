//! Tiers by head/tail breaks, for scores with few high values.

use quanheng_words::text;

use super::ladder::{BOUNDS, by_bounds, give_bounds};
use super::{Tier, Tiering, TieringInput};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number;

settings! {
    /// Settings of tiers by head tail.
    pub struct HeadTail {
        /// The greatest share of regions that a head may hold for the cutting to go on in it.
        head: f64 [0, 1] = 0.4,
        /// Whether a score on a bound belongs to the better tier.
        inclusive: bool = true,
        /// The names of the tiers, from best to worst: at least as many as the scores turn out to have.
        labels: Vec<String> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Tiering> = Entry {
    name: "head_tail",
    summary: "Cuts at the mean, then at the mean of the scores above it, and so on while the head is the minority.",
    formula: "bounds m_1 = mean of all, m_(j+1) = mean of the scores that reach m_j, as long as they are at most `head` of those before",
    reference: "Jiang (2013), Head/tail breaks: a new classification scheme for data with a heavy-tailed distribution, The Professional Geographer 65(3), 482–494",
    settings: HeadTail::declared,
    make: |values: &Settings| {
        let method = HeadTail::read(values)?;
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[BOUNDS],
    example: || {
        Example {
        columns: vec![vec![16.0, 8.0, 4.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]],
        expected: vec![1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0],
        source: "by hand: the mean 3.6 leaves a head of 3 in 10, whose mean 28/3 leaves 1 in 3, where it ends".into(),
        ..Example::default()
    }
    },
};

impl Tiering for HeadTail {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let (head, bounds) = (&mut scratch.a, &mut scratch.b);
        number::sorted(input.scores, head);
        bounds.clear();
        while head.first() < head.last() {
            let mean = number::mean(head).expect("a score");
            let before = head.len();
            let grid = input.grid;
            head.retain(|&s| match grid.same(s, mean) {
                true => self.inclusive,
                false => s > mean,
            });
            // A mean that rounds to the greatest score leaves no head, and one that rounds to the least no tail.
            if head.is_empty() || head.len() == before {
                break;
            }
            bounds.push(mean);
            if head.len() as f64 > self.head * before as f64 {
                break;
            }
        }
        bounds.reverse();
        if !self.labels.is_empty() && self.labels.len() <= bounds.len() {
            let (tiers, names) = (bounds.len() + 1, self.labels.len());
            return Err(MethodError::Other(text!(tier_names, tiers = tiers, names = names)));
        }
        by_bounds(input, bounds, |_| self.inclusive, out);
        give_bounds(bounds, &self.labels, &mut scratch.intermediate);
        Ok(())
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }
}
