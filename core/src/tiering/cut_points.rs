//! Tiers by stated cut points.

use quanheng_words::text;

use super::ladder::{by_bounds, check_labels};
use super::{Tier, Tiering, TieringInput};
use crate::method::{
    Claims, Entry, Example, MethodError, Scratch, Settings, Units, fault, settings,
};

settings! {
    /// Settings of tiers by cut points.
    pub struct CutPoints {
        /// The bounds between tiers, ascending or descending.
        cuts: Vec<f64> = Vec::new(),
        /// The names of the tiers, one more than cuts: in the direction in which `cuts` run, and with a single cut from best to worst.
        labels: Vec<String> = Vec::new(),
        /// Whether a score on a bound belongs to the better tier.
        inclusive: bool = true,
        /// The bounds among `cuts` for which the opposite of `inclusive` holds.
        except: Vec<f64> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Tiering> = Entry {
    name: "cut_points",
    summary: "Cuts at stated scores; each bound belongs to the better tier unless stated otherwise.",
    formula: "tier = number of cuts above the score (a bound that is inclusive counts as reached)",
    reference: "UNDP, Human Development Report 2014, technical note 1 (fixed cut-off points)",
    settings: CutPoints::declared,
    make: |values: &Settings| {
        let mut method = CutPoints::read(values)?;
        if method.cuts.is_empty() {
            return Err(fault("cuts", text!(expect_at_least_one_number)));
        }
        let ascending = method.cuts.windows(2).all(|w| w[0] < w[1]);
        if !ascending && !method.cuts.windows(2).all(|w| w[0] > w[1]) {
            return Err(fault("cuts", text!(expect_ascending_or_descending)));
        }
        check_labels(&method.labels, method.cuts.len() + 1)?;
        if let Some(x) = method.except.iter().find(|x| !method.cuts.contains(x)) {
            return Err(fault("except", text!(expect_cuts_only, x = *x)));
        }
        if ascending {
            method.cuts.reverse();
            // A single cut runs in no direction: names go from best to worst, as everywhere else.
            if method.cuts.len() > 1 {
                method.labels.reverse();
            }
        }
        let labels = std::mem::take(&mut method.labels);
        let mut reversed = labels.clone();
        if method.cuts.len() > 1 {
            reversed.reverse();
        }
        Ok(Box::new(Cuts { method, labels, reversed }))
    },
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![0.80, 0.79, 0.70, 0.55, 0.3]],
            expected: vec![1.0, 2.0, 2.0, 3.0, 4.0],
            source: "the four groups of the Human Development Report".into(),
            ..Example::default()
        }
        .with([("cuts", vec![0.55, 0.70, 0.80].into())])
    },
};

/// The method with its cuts in descending order.
#[derive(Debug)]
struct Cuts {
    method: CutPoints,
    /// The names from best to worst: where more is better, and where less is.
    labels: Vec<String>,
    reversed: Vec<String>,
}

impl Tiering for Cuts {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        _: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let CutPoints { cuts, inclusive, except, .. } = &self.method;
        let inclusive = |cut: f64| *inclusive != except.contains(&cut);
        if input.less_is_better {
            // The scores arrive with their sign changed, and the best tier is the lowest one.
            let bounds: Vec<f64> = cuts.iter().rev().map(|cut| -cut).collect();
            by_bounds(input, &bounds, |bound| inclusive(-bound), out);
        } else {
            by_bounds(input, cuts, inclusive, out);
        }
        Ok(())
    }

    fn count(&self) -> Option<usize> {
        Some(self.method.cuts.len() + 1)
    }

    fn fixed_bounds(&self) -> Option<&[f64]> {
        Some(&self.method.cuts)
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }

    fn labels_if_less_is_better(&self) -> &[String] {
        &self.reversed
    }
}
