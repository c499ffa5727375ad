//! The `[snapshot]` section: what is pinned, and how exactly it must be met.

use indexmap::IndexSet;
use quanheng_core::model::Study;

use super::keys::{SNAPSHOT, SNAPSHOT_OWN};
use super::reader::{Page, find};
use super::value::Entry;
use crate::snapshot::{Detail, Policies, Policy};

/// What is stated; `codes` are the methodologies that there are. Periods are not looked up in data that could not be
/// read.
pub(super) fn read(
    page: &Page,
    entries: &[Entry],
    study: &Study,
    codes: &[String],
    bad_data: bool,
) -> Policies {
    page.only(entries, "[snapshot]", SNAPSHOT);
    let usual = policy(page, entries, Policy::default(), study, bad_data);
    let mut policies = Policies { usual, ..Policies::default() };
    let own = find(entries, "methodology").and_then(|item| page.table("methodology", item));
    for entry in own.unwrap_or_default() {
        if !codes.contains(&entry.key) {
            page.unknown(&entry.span, "methodology", &entry.key, codes.iter().map(String::as_str));
        }
        let Some(keys) = page.table(&entry.key, &entry.item) else { continue };
        page.only(keys, &format!("[snapshot.methodology.{}]", entry.key), SNAPSHOT_OWN);
        let own = policy(page, keys, policies.usual.clone(), study, bad_data);
        policies.own.insert(entry.key.clone(), own);
    }
    policies
}

/// What these keys say, and of what they do not say, what `policy` says.
fn policy(
    page: &Page,
    entries: &[Entry],
    mut policy: Policy,
    study: &Study,
    bad_data: bool,
) -> Policy {
    let tolerance = |key: &str| {
        let item = find(entries, key)?;
        let x = page.number(key, item)?;
        if x >= 0.0 && x.is_finite() {
            return Some(x);
        }
        page.wrong_kind(key, item, "a number of 0 or more");
        None
    };
    policy.tolerance.absolute = tolerance("absolute").unwrap_or(policy.tolerance.absolute);
    policy.tolerance.relative = tolerance("relative").unwrap_or(policy.tolerance.relative);
    if let Some(item) = find(entries, "detail")
        && let Some(word) = page.word("detail", item, Detail::WORDS)
    {
        policy.detail = Detail::named(word).expect("one of the words");
    }
    if let Some(item) = find(entries, "periods") {
        let labels: IndexSet<String> = page.texts("periods", item).into_iter().collect();
        let find = |label: &String| {
            let found = study.period(label);
            if found.is_none() && !bad_data {
                let known = study.periods.iter().map(|p| p.label.as_str());
                page.unknown(&item.span, "period of the data", label, known);
            }
            found
        };
        policy.periods = Some(labels.iter().filter_map(find).collect());
    }
    policy
}
