//! Tiers by equal intervals.

use super::ladder::{BOUNDS, by_bounds, check_labels, give_bounds};
use super::{Tier, Tiering, TieringInput};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number;

settings! {
    /// Settings of tiers by equal interval.
    pub struct EqualInterval {
        /// How many tiers.
        tiers: usize [1, 100] = 4,
        /// Whether a score on a bound belongs to the better tier.
        inclusive: bool = true,
        /// The names of the tiers, from best to worst.
        labels: Vec<String> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Tiering> = Entry {
    name: "equal_interval",
    summary: "Cuts the way from the worst to the best score into equal intervals.",
    formula: "bounds min + (max − min)·i/k, i = 1 … k − 1",
    reference: "Slocum, McMaster, Kessler & Howard, Thematic Cartography and Geovisualization (data classification: equal intervals)",
    settings: EqualInterval::declared,
    make: |values: &Settings| {
        let method = EqualInterval::read(values)?;
        check_labels(&method.labels, method.tiers)?;
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[BOUNDS],
    example: || Example {
        columns: vec![vec![0.0, 24.0, 25.0, 60.0, 75.0, 100.0]],
        expected: vec![4.0, 4.0, 3.0, 2.0, 1.0, 1.0],
        source: "by hand: the bounds are 25, 50 and 75".into(),
        ..Example::default()
    },
};

impl Tiering for EqualInterval {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let Some((least, greatest)) = number::extremes(input.scores) else {
            out.fill(None);
            return Ok(());
        };
        if least == greatest {
            return Err(MethodError::Constant { value: least });
        }
        let bounds = &mut scratch.a;
        bounds.clear();
        let share = |i: usize| i as f64 / self.tiers as f64;
        bounds.extend((1..self.tiers).rev().map(|i| least + (greatest - least) * share(i)));
        by_bounds(input, bounds, |_| self.inclusive, out);
        give_bounds(bounds, &self.labels, &mut scratch.intermediate);
        Ok(())
    }

    fn count(&self) -> Option<usize> {
        Some(self.tiers)
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }
}
