//! Tiers by shares of the regions.

use quanheng_words::text;

use super::ladder::{OverBorder, by_borders, check_labels};
use super::{Tier, Tiering, TieringInput};
use crate::method::{
    Claims, Entry, Example, MethodError, Scratch, Settings, Units, choice, fault, settings,
};
use crate::number;

choice! {
    /// What happens to a border that is not a whole number of regions.
    pub enum Border {
        /// The nearest whole number, a half upwards.
        Nearest = "nearest",
        /// The next one below: the better tiers get no more than their share.
        Down = "down",
        /// The next one above: the better tiers get no less than their share.
        Up = "up",
    }
}

settings! {
    /// Settings of tiers by shares.
    pub struct Shares {
        /// The share of the regions in each tier, from best to worst; they add up to 1.
        shares: Vec<f64> = vec![0.25, 0.25, 0.25, 0.25],
        /// What happens to a border that is not a whole number of regions.
        border: Border = Border::Nearest,
        /// Where regions go that are equal over a border: all to the better tier, or all to the worse.
        ties: OverBorder = OverBorder::Better,
        /// The names of the tiers, from best to worst.
        labels: Vec<String> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Tiering> = Entry {
    name: "shares",
    summary: "Gives each tier a stated share of the regions; equal ones are never parted.",
    formula: "tier = number of borders n·p_1, n·(p_1 + p_2), … that lie before the region's place",
    reference: "none: the rule is stated here in full",
    settings: Shares::declared,
    make: |values: &Settings| {
        let method = Shares::read(values)?;
        let sum: f64 = method.shares.iter().sum();
        if method.shares.iter().any(|s| *s <= 0.0) || (sum - 1.0).abs() >= 1e-9 {
            return Err(fault("shares", text!(expect_shares)));
        }
        check_labels(&method.labels, method.shares.len())?;
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
            columns: vec![vec![50.0, 90.0, 80.0, 70.0, 60.0, f64::NAN]],
            expected: vec![3.0, 1.0, 2.0, 2.0, 3.0, f64::NAN],
            source: "by hand: a fifth of five regions is one, three fifths are three".into(),
            ..Example::default()
        }
        .with([("shares", vec![0.2, 0.4, 0.4].into())])
    },
};

impl Tiering for Shares {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let there = number::count(input.scores) as f64;
        let mut sum = 0.0;
        let borders: Vec<usize> = self.shares[..self.shares.len() - 1]
            .iter()
            .map(|&share| {
                sum += share;
                // A sum such as 0.1 + 0.2 lies beside the number that a person writes.
                (match self.border {
                    Border::Nearest => (sum * there + 0.5 + 1e-9).floor(),
                    Border::Down => (sum * there + 1e-9).floor(),
                    Border::Up => (sum * there - 1e-9).ceil(),
                }) as usize
            })
            .collect();
        by_borders(input, &borders, self.ties, &mut scratch.order, out);
        Ok(())
    }

    fn count(&self) -> Option<usize> {
        Some(self.shares.len())
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }
}
