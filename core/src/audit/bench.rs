//! The bench on which a methodology is tested: the study as it is, evaluated once, and the rows that are looked at.

use std::sync::Arc;

use rayon::prelude::*;

use super::finding::{Party, Place, Tally, Trial};
use super::scale::largest;
use super::{Outcome, Property, Verdict};
use crate::evaluation::{Evaluation, EvaluationError};
use crate::method::Value;
use crate::methodology::{Among, Methodology, Over};
use crate::model::{PeriodIx, RegionIx, Slice, Study};
use crate::number::{sort_by_key, sort_items, uniform};

/// The seed of every sample and order that is drawn.
const SEED: u64 = 20_061;

/// What is tested, and how much of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The period whose regions are looked at; the last one of each league where none is given.
    pub period: Option<PeriodIx>,
    /// The most tests of one property that change one cell; a sample beyond.
    pub cells: usize,
    /// The most regions that are taken out or copied; a sample beyond.
    pub regions: usize,
    /// The most counter-examples that are kept for each property.
    pub examples: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { period: None, cells: 10_000, regions: 200, examples: 1 }
    }
}

/// A methodology on the data that it is tested with.
#[derive(Debug)]
pub struct Bench {
    base: Evaluation,
    slices: Vec<Slice>,
    options: Options,
    codes_kept: Vec<RegionIx>,
}

impl Bench {
    /// Evaluates the study as it is.
    ///
    /// Where no stage looks at several periods together, only the rows of the periods that are looked at are kept.
    ///
    /// # Errors
    /// As [`Evaluation::new`].
    pub fn new(
        study: Arc<Study>,
        methodology: Arc<Methodology>,
        options: Options,
    ) -> Result<Self, Vec<EvaluationError>> {
        let study = match &methodology.periods {
            None => study,
            Some(periods) => Arc::new(study.only(periods)),
        };
        let wanted = |study: &Study| -> Vec<Slice> {
            let slices = study.panel.slices();
            let last =
                |s: &Slice| slices.iter().filter(|o| o.league == s.league).map(|o| o.period).max();
            let is = |s: &&Slice| match options.period {
                Some(period) => s.period == period,
                None => Some(s.period) == last(s),
            };
            slices.iter().filter(is).cloned().collect()
        };
        let slices = wanted(&study);
        let (study, slices) = if looks_across(&methodology, &study) {
            (study, slices)
        } else {
            let periods: Vec<PeriodIx> = slices.iter().map(|s| s.period).collect();
            let kept: Vec<_> = slices.iter().map(|s| (s.league, s.period)).collect();
            let study = Arc::new(study.only(&periods));
            let of = study.panel.slices().iter();
            let slices = of.filter(|s| kept.contains(&(s.league, s.period))).cloned().collect();
            (study, slices)
        };
        let codes_kept = named_in_settings(&study, &methodology);
        let mut base = Evaluation::new(study, Arc::clone(&methodology))?;
        if !base.screened().is_empty() {
            // What is audited is what is done with the regions that are left: no change of theirs leaves out another.
            let methodology = Methodology { screening: None, ..Methodology::clone(&methodology) };
            base = Evaluation::new(Arc::clone(base.study()), Arc::new(methodology))?;
        }
        let is_wanted = |own: &&Slice| {
            slices.iter().any(|slice| (slice.league, slice.period) == (own.league, own.period))
        };
        let slices = base.study().panel.slices().iter().filter(is_wanted).cloned().collect();
        Ok(Bench { base, slices, options, codes_kept })
    }

    /// Tests one property.
    pub fn test(&self, property: &'static Property) -> Outcome {
        let mut tally = Tally::default();
        let refused = (property.test)(self, &mut tally).err();
        let verdict = match refused {
            Some(reason) => Verdict::NotApplicable(reason),
            None if tally.failed > 0 => Verdict::Fail,
            None if tally.tests > 0 => Verdict::Pass,
            None if tally.faults.is_some() => Verdict::Untested,
            None => match tally.left_out.iter().max_by_key(|(_, count)| *count) {
                Some((reason, _)) => Verdict::NotApplicable(reason.clone()),
                None => Verdict::Untested,
            },
        };
        for (origin, _) in &mut tally.origins {
            origin.claims = super::origin::claims(property, origin);
        }
        // The order of equally bad ones is that of the tests.
        sort_items(&mut tally.examples, |a, b| b.severity.total_cmp(&a.severity));
        tally.examples.truncate(self.options.examples);
        for example in &mut tally.examples {
            if let Some(origin) = &mut example.origin {
                origin.claims = super::origin::claims(property, origin);
            }
        }
        sort_items(&mut tally.origins, |(_, a), (_, b)| b.cmp(a));
        Outcome {
            property,
            verdict,
            tests: tally.tests,
            of: tally.of.max(tally.tests),
            failed: tally.failed,
            examples: tally.examples,
            origins: tally.origins,
            faults: tally.faults,
            left_out: tally.left_out,
            measures: tally.measures,
        }
    }

    /// The evaluation of the study as it is. Rows of findings are rows of its panel.
    pub fn base(&self) -> &Evaluation {
        &self.base
    }

    /// The league and period that each part of the test looks at.
    pub fn slices(&self) -> &[Slice] {
        &self.slices
    }

    pub(super) fn study(&self) -> &Study {
        self.base.study()
    }

    pub(super) fn methodology(&self) -> &Arc<Methodology> {
        self.base.methodology()
    }

    pub(super) fn options(&self) -> &Options {
        &self.options
    }

    /// Regions whose codes stand in settings of the methodology.
    pub(super) fn codes_kept(&self) -> &[RegionIx] {
        &self.codes_kept
    }

    /// The rows that are looked at and have a score.
    pub(super) fn rows(&self) -> Vec<usize> {
        let rows = self.slices.iter().flat_map(|s| s.rows.clone());
        rows.filter(|&row| !self.base.exact().values()[row].is_nan()).collect()
    }

    /// The regions of those rows, a sample where there are more than are wanted; and how many there are.
    pub(super) fn regions(&self) -> (Vec<RegionIx>, usize) {
        let panel = &self.study().panel;
        let mut regions: Vec<RegionIx> =
            self.rows().into_iter().map(|row| panel.regions()[row]).collect();
        sort_items(&mut regions, Ord::cmp);
        regions.dedup();
        let all = regions.len();
        (sample(regions, self.options.regions), all)
    }

    pub(super) fn party(&self, row: usize) -> Party {
        let panel = &self.study().panel;
        Party { region: panel.regions()[row], period: panel.periods()[row], row }
    }

    /// The largest score of the slice that holds `row`, its sign aside: what differences are measured against.
    pub(super) fn scale(&self, row: usize) -> f64 {
        let rows = self.study().panel.slice_of(row).rows.clone();
        largest(&self.base.exact().values()[rows])
    }

    /// One trial for each item, on all threads, in the order of the items.
    pub(super) fn each<I: Sync>(
        &self,
        items: &[I],
        trial: impl Fn(&I) -> Trial + Send + Sync,
    ) -> Vec<Trial> {
        items.par_iter().map(trial).collect()
    }

    /// Evaluates a changed study under a methodology.
    pub(super) fn evaluate(
        &self,
        study: Study,
        methodology: &Arc<Methodology>,
    ) -> Result<Evaluation, Vec<EvaluationError>> {
        Evaluation::new(Arc::new(study), Arc::clone(methodology))
    }
}

/// At most `most` of some items, spread by a fixed rule, in their order.
pub(super) fn sample<T>(items: Vec<T>, most: usize) -> Vec<T> {
    if items.len() <= most {
        return items;
    }
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort_by_key(&mut places, &|i| uniform(SEED, 0, i as u64));
    let mut kept = vec![false; items.len()];
    places.iter().take(most).for_each(|&i| kept[i] = true);
    items.into_iter().zip(kept).filter_map(|(item, kept)| kept.then_some(item)).collect()
}

/// The place of a row in an evaluation.
pub(super) fn place(evaluation: &Evaluation, row: usize) -> Place {
    Place {
        score: evaluation.exact().values()[row],
        rank: evaluation.ranks()[row],
        tier: evaluation.tiers()[row],
    }
}

/// Whether some stage looks at several periods together.
pub(crate) fn looks_across(methodology: &Methodology, study: &Study) -> bool {
    let system = &methodology.system;
    (0..system.leaves().len()).any(|k| system.indicator(k).is_computed())
        || says(methodology, study, "over", Over::Panel.word())
}

/// Whether some stage looks at several leagues together.
pub(crate) fn looks_beyond(methodology: &Methodology, study: &Study) -> bool {
    says(methodology, study, "among", Among::All.word())
}

/// Whether some choice of a methodology has this word at this key.
fn says(methodology: &Methodology, study: &Study, key: &str, word: &str) -> bool {
    let is = |at: &str, value: &Value| at == key && value.text() == Some(word);
    methodology.canonical(study).values().any(|value| holds(value, &is))
}

/// Whether some key of a table in a value, and what stands there, is looked for.
fn holds(value: &Value, wanted: &dyn Fn(&str, &Value) -> bool) -> bool {
    match value {
        Value::List(items) => items.iter().any(|item| holds(item, wanted)),
        Value::Table(items) => items.iter().any(|(key, v)| wanted(key, v) || holds(v, wanted)),
        Value::Bool(_) | Value::Number(_) | Value::Text(_) => false,
    }
}

/// Regions whose codes are texts, or keys of tables, in the settings of the methodology.
fn named_in_settings(study: &Study, methodology: &Methodology) -> Vec<RegionIx> {
    let canonical = methodology.canonical(study);
    let named = |code: &str| {
        let says = |key: &str, value: &Value| key == code || value.text() == Some(code);
        let in_list = |value: &Value| match value {
            Value::List(items) => items.iter().any(|item| item.text() == Some(code)),
            _ => false,
        };
        let settings = |key: &str, value: &Value| {
            key == "settings" && holds(value, &|key, value| says(key, value) || in_list(value))
        };
        canonical.values().any(|value| holds(value, &settings))
    };
    let codes = study.regions.iter().enumerate();
    codes.filter(|(_, region)| named(&region.code)).map(|(i, _)| RegionIx(i as u32)).collect()
}
