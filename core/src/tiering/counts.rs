//! Tiers by counts: so many regions in each.

use quanheng_words::text;

use super::ladder::{OverBorder, by_borders, check_labels};
use super::{Tier, Tiering, TieringInput};
use crate::method::{
    Claims, Entry, Example, MethodError, Scratch, Settings, Units, choice, fault, settings,
};
use crate::number;

choice! {
    /// What happens where the counts do not add up to the regions that have a score.
    pub enum Remainder {
        /// It is an error.
        Refuse = "refuse",
        /// The last tier takes the rest, be it more or fewer than its count.
        Last = "last",
    }
}

settings! {
    /// Settings of tiers by counts.
    pub struct Counts {
        /// How many regions each tier has, from best to worst.
        counts: Vec<f64> = Vec::new(),
        /// Where regions go that are equal over a border: all to the better tier, or all to the worse.
        ties: OverBorder = OverBorder::Better,
        /// What happens where the counts do not add up to the regions that have a score.
        remainder: Remainder = Remainder::Refuse,
        /// The names of the tiers, from best to worst.
        labels: Vec<String> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Tiering> = Entry {
    name: "counts",
    summary: "Gives each tier a stated number of regions; equal ones are never parted.",
    formula: "tier = number of borders c_1, c_1 + c_2, … that lie before the region's place",
    reference: "the published tiers of the China digital government report (2022): 3, 6, 6, 7 and 9 provinces",
    settings: Counts::declared,
    make: |values: &Settings| {
        let method = Counts::read(values)?;
        if method.counts.is_empty() || method.counts.iter().any(|c| *c < 1.0 || c.fract() != 0.0) {
            return Err(fault("counts", text!(expect_counts)));
        }
        check_labels(&method.labels, method.counts.len())?;
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![70.0, 90.0, 80.0, 80.0, 60.0, f64::NAN]],
            expected: vec![2.0, 1.0, 1.0, 1.0, 2.0, f64::NAN],
            source: "by hand: two regions share the second place, which belongs to the first tier"
                .into(),
            ..Example::default()
        }
        .with([("counts", vec![2.0, 3.0].into())])
    },
};

impl Tiering for Counts {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let there = number::count(input.scores);
        let mut total = 0;
        let borders: Vec<usize> = self.counts[..self.counts.len() - 1]
            .iter()
            .map(|&count| {
                total += count as usize;
                total
            })
            .collect();
        let stated = total + self.counts[self.counts.len() - 1] as usize;
        let fits = match self.remainder {
            Remainder::Refuse => stated == there,
            Remainder::Last => total <= there,
        };
        if !fits && there > 0 {
            let words = text!(counts_do_not_fit, stated = stated, there = there);
            return Err(MethodError::Other(words));
        }
        by_borders(input, &borders, self.ties, &mut scratch.order, out);
        Ok(())
    }

    fn count(&self) -> Option<usize> {
        Some(self.counts.len())
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }
}
