//! The `[snapshot]` section: what is pinned, and how exactly it must be met.

use indexmap::IndexMap;
use quanheng_core::model::Study;

use quanheng_words::text;

use super::reader::Page;
use super::table::{By, Section, Texts, plain, table};
use crate::snapshot::{Detail, Policies, Policy};

table! {
    /// `[snapshot]`
    pub(super) struct SnapshotKeys {
        /// What differs from this for a methodology, by its code.
        methodology: By<PinKeys>,
        ..usual: PinKeys,
    }
}

table! {
    /// What is pinned of a methodology.
    pub(super) struct PinKeys {
        /// By how much a score may differ from what is pinned, in the unit of the score; 0 unless stated. Ranks and tiers
        /// must always be equal.
        absolute: Option<f64> [0, f64::INFINITY],
        /// By how much a score may differ as a share of the greater of the two; 0 unless stated. A score that meets
        /// `absolute` or `relative` is met.
        relative: Option<f64> [0, f64::INFINITY],
        /// The nodes whose scores are pinned: the index, also the nodes below it (`level1`, unless stated), all but the
        /// leaves (`inner`), or all.
        detail: Option<Detail>,
        /// The periods that are pinned; all unless stated.
        periods: Option<Texts>,
    }
}

plain!(Detail);

/// What is stated; `codes` are the methodologies that there are. Periods are not looked up in data that could not be
/// read.
pub(super) fn policies(
    page: &Page,
    section: &Section<SnapshotKeys>,
    study: &Study,
    codes: &[String],
    bad_data: bool,
) -> Policies {
    let Some(keys) = &section.table else { return Policies::default() };
    let policy = |usual: Policy, keys: &PinKeys| policy(page, keys, usual, study, bad_data);
    let usual = policy(Policy::default(), &keys.usual);
    let mut own = IndexMap::new();
    for one in &keys.methodology.0 {
        if !codes.contains(&one.code) {
            page.unknown(
                &one.span,
                text!(thing_methodology),
                &one.code,
                codes.iter().map(String::as_str),
            );
        }
        if let Some(keys) = &one.table {
            own.insert(one.code.clone(), policy(usual.clone(), keys));
        }
    }
    Policies { usual, own }
}

/// What these keys say, and of what they do not say, what `policy` says.
fn policy(
    page: &Page,
    keys: &PinKeys,
    mut policy: Policy,
    study: &Study,
    bad_data: bool,
) -> Policy {
    policy.tolerance.absolute = keys.absolute.unwrap_or(policy.tolerance.absolute);
    policy.tolerance.relative = keys.relative.unwrap_or(policy.tolerance.relative);
    policy.detail = keys.detail.unwrap_or(policy.detail);
    if let Some(labels) = &keys.periods {
        let mut periods = Vec::new();
        for label in &labels.0 {
            match study.period(label) {
                Some(period) if !periods.contains(&period) => periods.push(period),
                Some(_) => {}
                None if bad_data => {}
                None => {
                    let known = study.periods.iter().map(|p| p.label.as_str());
                    page.unknown(&label.span, text!(thing_period_of_data), label, known);
                }
            }
        }
        policy.periods = Some(periods);
    }
    policy
}
