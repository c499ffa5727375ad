//! `[sampling.CODE]`, the sampling errors of indicators, and `[robustness]`, the settings of each kind of robustness.

use std::ops::Range;

use indexmap::IndexSet;
use quanheng_core::method::ABOVE_ZERO;
use quanheng_core::model::System;
use quanheng_core::robustness::{Common, ErrorSource, SamplingError, TABLE};
use quanheng_words::{Text, text};

use super::analysis;
use super::reader::Page;
use super::table::{At, By, Declared, One, Shape, table};
use super::value::{Content, Entry, Item};
use crate::problem::ProjectFault;

table! {
    /// `[sampling.CODE]`
    pub(super) struct SamplingKeys {
        /// The column of the data with the size of the sample, where the indicator is a share of a sample: its interval is
        /// Wilson's.
        n: Option<At<String>>,
        /// Beside `n`: what the indicator is where everybody in the sample agrees, 100 for per cent; 1 unless stated.
        full: Option<At<f64>> [ABOVE_ZERO, 1e300],
        /// Beside `n`: by how much the variance is larger than that of a simple random sample of this size; 1 unless stated.
        design_effect: Option<At<f64>> [0.01, 1000],
        /// Whether the indicator is a count of independent events.
        count: bool = false,
        /// The column of the data with the standard error of the indicator, in its unit.
        standard_error: Option<At<String>>,
        /// The column of the data with the lower end of an interval of the indicator, beside `upper`.
        lower: Option<At<String>>,
        /// The column of the data with the upper end, beside `lower`.
        upper: Option<At<String>>,
        /// Beside `lower` and `upper`: the probability of the interval; 0.95 unless stated.
        level: Option<At<f64>> [0.5, 0.9999],
        /// A name for what the errors of several indicators have in common, such as one survey: errors of the same region and
        /// period that state the same name move together, by `correlation`.
        common: Option<At<String>>,
        /// Beside `common`: the correlation of two such errors. Where two indicators state different numbers, it is the square
        /// root of their product.
        correlation: Option<At<f64>> [0, 1],
    }
}

/// `[robustness]`: a table of settings for each kind.
#[derive(Clone, Debug)]
pub(super) struct RobustnessKeys(pub(super) Vec<Entry>);

impl Declared for RobustnessKeys {
    fn shape() -> Shape {
        Shape::Table(analysis::keys_of(TABLE).collect())
    }

    fn take(item: &Item) -> Option<Self> {
        match &item.content {
            Content::Table(entries) => Some(RobustnessKeys(entries.clone())),
            _ => None,
        }
    }

    fn absent() -> Option<Self> {
        Some(RobustnessKeys(Vec::new()))
    }
}

/// The columns of the data that errors are read from.
pub(super) fn columns(stated: &By<SamplingKeys>) -> impl Iterator<Item = &str> {
    let tables = stated.0.iter().filter_map(|one| one.table.as_ref());
    tables.flat_map(|keys| {
        let columns = [&keys.n, &keys.standard_error, &keys.lower, &keys.upper];
        columns.into_iter().flatten().map(|column| column.value.as_str())
    })
}

/// The sampling errors that are stated, each for a leaf of some system.
pub(super) fn read<'s>(
    page: &Page,
    stated: &By<SamplingKeys>,
    systems: impl Iterator<Item = &'s System>,
    study: &quanheng_core::model::Study,
    headers: &[String],
    bad_data: bool,
) -> Vec<SamplingError> {
    if stated.0.is_empty() {
        return Vec::new();
    }
    let mut leaves = IndexSet::new();
    for system in systems {
        leaves.extend(system.leaves().iter().map(|leaf| system.node(*leaf).code.clone()));
    }
    let mut errors = Vec::new();
    for one in &stated.0 {
        let Some(keys) = &one.table else { continue };
        if !leaves.contains(&one.code) {
            page.unknown(
                &one.span,
                text!(thing_leaf),
                &one.code,
                leaves.iter().map(String::as_str),
            );
        }
        let columns = [&keys.n, &keys.standard_error, &keys.lower, &keys.upper];
        for column in columns.into_iter().flatten() {
            if study.columns.get(&column.value).is_none() && !bad_data {
                let known = headers.iter().map(String::as_str);
                page.unknown(&column.span, text!(thing_column), column, known);
            }
        }
        let common = common(page, one, keys);
        errors.extend(source(page, one, keys).map(|source| SamplingError {
            leaf: one.code.clone(),
            source,
            common,
        }));
    }
    errors
}

/// What the error of one indicator has in common with others: both keys say it, or none.
fn common(page: &Page, one: &One<SamplingKeys>, keys: &SamplingKeys) -> Option<Common> {
    let missing = |span: &Range<usize>, key: &str| {
        let table = Text::plain(format!("[sampling.{}]", one.code));
        page.fault(span, ProjectFault::MissingKey { key: key.into(), table });
    };
    match (&keys.common, &keys.correlation) {
        (Some(name), Some(correlation)) => {
            return Some(Common { name: name.value.clone(), correlation: correlation.value });
        }
        (Some(name), None) => missing(&name.span, "correlation"),
        (None, Some(correlation)) => missing(&correlation.span, "common"),
        (None, None) => {}
    }
    None
}

/// Where the error of one indicator comes from: exactly one thing says it.
fn source(page: &Page, one: &One<SamplingKeys>, keys: &SamplingKeys) -> Option<ErrorSource> {
    let missing_at = |span: &Range<usize>, key: &str| {
        let table = Text::plain(format!("[sampling.{}]", one.code));
        page.fault(span, ProjectFault::MissingKey { key: key.into(), table });
    };
    let missing = |key: &str| missing_at(&one.span, key);
    // A key that says more of a source which is not stated.
    for (key, of, is_there) in [
        (&keys.full, "n", keys.n.is_some()),
        (&keys.design_effect, "n", keys.n.is_some()),
        (&keys.level, "lower", keys.lower.is_some()),
    ] {
        if let (Some(key), false) = (key, is_there) {
            missing_at(&key.span, of);
            return None;
        }
    }
    let stated = |key: &Option<At<f64>>, usual: f64| key.as_ref().map_or(usual, |key| key.value);
    let mut found: Vec<(&'static str, ErrorSource)> = Vec::new();
    if let Some(n) = &keys.n {
        let (full, design_effect) = (stated(&keys.full, 1.0), stated(&keys.design_effect, 1.0));
        found.push(("n", ErrorSource::Share { n: n.value.clone(), full, design_effect }));
    }
    if keys.count {
        found.push(("count", ErrorSource::Count));
    }
    if let Some(column) = &keys.standard_error {
        found.push(("standard_error", ErrorSource::StandardError(column.value.clone())));
    }
    match (&keys.lower, &keys.upper) {
        (None, None) => {}
        (Some(_), None) => {
            missing("upper");
            return None;
        }
        (None, Some(_)) => {
            missing("lower");
            return None;
        }
        (Some(lower), Some(upper)) => {
            let (lower, upper) = (lower.value.clone(), upper.value.clone());
            found.push((
                "lower",
                ErrorSource::Interval { lower, upper, level: stated(&keys.level, 0.95) },
            ));
        }
    }
    match found.as_slice() {
        [] => {
            missing("n");
            None
        }
        [_] => found.pop().map(|(_, source)| source),
        [(first, _), (second, _), ..] => {
            page.beside(&one.span, second, first);
            None
        }
    }
}
