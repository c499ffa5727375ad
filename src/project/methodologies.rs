//! The methodologies of a project: what `extends` adds up to, and the choices behind it.

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::method::{FromValue, Value};
use quanheng_core::methodology::{
    Across, Choice, Methodology, RankOn, RankTies, Ranking, Rounding, Scope,
};
use quanheng_core::model::{LeagueIx, NodeId, System};
use quanheng_core::number::RoundMode;
use quanheng_core::tiering::Tiering;

use super::choices::{choice, plan, scope};
use super::desk::Desk;
use super::keys::{METHODOLOGY, RANKING};
use super::reader::{Page, find};
use super::systems::Systems;
use super::value::{Content, Entry, Item};
use crate::problem::{Fault, Problem, ProjectFault};

/// A methodology as far as it is known before the data are read.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) methodology: Methodology,
    /// The periods that it is made for, with their places.
    pub(super) periods: Option<(Vec<String>, Range<usize>)>,
    /// Where it stands in the project file.
    pub(super) span: Range<usize>,
    /// Where the choice of each stage stands.
    pub(super) choices: IndexMap<String, Range<usize>>,
}

/// Every methodology that can be put together.
pub(super) fn read(
    page: &Desk,
    tables: &[Entry],
    systems: &Systems,
    league_tiering: &[(LeagueIx, Choice<dyn Tiering>)],
) -> Vec<Draft> {
    for entry in tables {
        if let Some(entries) = page.table(&entry.key, &entry.item) {
            page.only(entries, &format!("[methodology.{}]", entry.key), METHODOLOGY);
        }
    }
    let mut drafts = Vec::new();
    for entry in tables {
        let Some(keys) = inherited(page, tables, entry) else { continue };
        drafts.extend(one(page, entry, &keys, systems, league_tiering));
    }
    drafts
}

/// The keys of a methodology with those of what it extends.
pub(super) fn inherited<'e>(
    page: &Desk,
    tables: &'e [Entry],
    entry: &'e Entry,
) -> Option<IndexMap<&'e str, &'e Entry>> {
    let mut chain = vec![entry];
    loop {
        let last = chain[chain.len() - 1];
        let Content::Table(entries) = &last.item.content else { return None };
        let Some(item) = find(entries, "extends") else { break };
        let code = page.text("extends", item)?;
        let Some(next) = tables.iter().find(|t| t.key == code) else {
            if chain.len() == 1 {
                let known = tables.iter().filter(|t| t.key != entry.key).map(|t| t.key.as_str());
                page.unknown(&item.span, "methodology", code, known);
            }
            return None;
        };
        if let Some(start) = chain.iter().position(|c| c.key == next.key) {
            // Said once, for the first methodology of the circle.
            let first = tables.iter().find(|t| chain[start..].iter().any(|c| c.key == t.key));
            if start == 0 && first.is_some_and(|f| f.key == entry.key) {
                let mut codes: Vec<String> = chain.iter().map(|c| c.key.clone()).collect();
                codes.push(next.key.clone());
                page.fault(&item.span, ProjectFault::ExtendsCircle { codes });
            }
            return None;
        }
        chain.push(next);
    }
    let mut keys: IndexMap<&str, &Entry> = IndexMap::new();
    for (distance, table) in chain.iter().enumerate() {
        let Content::Table(entries) = &table.item.content else { continue };
        for entry in entries {
            // A name belongs to the methodology that states it.
            let own = distance == 0 || !matches!(entry.key.as_str(), "title" | "extends");
            if own && !keys.contains_key(entry.key.as_str()) {
                keys.insert(&entry.key, entry);
            }
        }
    }
    Some(keys)
}

/// One methodology of its keys.
pub(super) fn one(
    page: &Desk,
    entry: &Entry,
    keys: &IndexMap<&str, &Entry>,
    Systems { systems, made, .. }: &Systems,
    league_tiering: &[(LeagueIx, Choice<dyn Tiering>)],
) -> Option<Draft> {
    let item = |key: &str| keys.get(key).map(|e| &e.item);
    let (system_code, system) = match item("system") {
        Some(item) => {
            let code = page.text("system", item)?;
            let Some(system) = systems.get(code) else {
                page.unknown(&item.span, "system", code, systems.keys().map(String::as_str));
                return None;
            };
            (code.to_owned(), system.clone()?)
        }
        None => match systems.iter().next() {
            Some((code, system)) if systems.len() == 1 => (code.clone(), system.clone()?),
            _ => {
                let table = format!("[methodology.{}]", entry.key);
                page.fault(&entry.span, ProjectFault::MissingKey { key: "system".into(), table });
                return None;
            }
        },
    };
    let system = &system;
    let normalisation = match item("normalisation") {
        Some(item) => plan(page, "normalisation", item, system),
        None => {
            let table = format!("[methodology.{}]", entry.key);
            let key = "normalisation".to_owned();
            if !page.mistyped(&key) {
                page.fault(&entry.span, ProjectFault::MissingKey { key, table });
            }
            None
        }
    };
    let imputation = stated(item("imputation"), |item| plan(page, "imputation", item, system));
    let treatment = stated(item("treatment"), |item| match &item.content {
        Content::List(steps) => {
            let plans: Vec<_> =
                steps.iter().map(|step| plan(page, "treatment", step, system)).collect();
            plans.into_iter().collect()
        }
        _ => plan(page, "treatment", item, system).map(|plan| vec![plan]),
    });
    let weighting = stated(item("weighting"), |item| plan(page, "weighting", item, system));
    let aggregation = stated(item("aggregation"), |item| plan(page, "aggregation", item, system));
    let tiering = stated(item("tiering"), |item| choice::<dyn Tiering>(page, "tiering", item));
    let made_by = made.get(&system_code).cloned();
    let mut methodology =
        Methodology::new(entry.key.clone(), Arc::clone(system), system_code, normalisation?);
    methodology.system_made = made_by;
    if let Some(item) = item("title") {
        methodology.names = page.names("title", item);
    }
    if let Some(imputation) = imputation? {
        methodology.imputation = imputation;
    }
    if let Some(treatment) = treatment? {
        methodology.treatment = treatment;
    }
    if let Some(weighting) = weighting? {
        methodology.weighting = weighting;
    }
    if let Some(Content::Table(entries)) = item("weighting").map(|i| &i.content)
        && let Some(item) = find(entries, "across")
        && let Some(word) = page.word("across", item, &["siblings", "leaves"])
    {
        methodology.across = Across::from_value(&Value::from(word)).expect("one of the words");
    }
    if let Some(aggregation) = aggregation? {
        methodology.aggregation = aggregation;
    }
    methodology.rounding = rounding(page, item("rounding"), system);
    methodology.ranking = ranking(page, item("ranking"), system);
    methodology.tiering = tiering?;
    methodology.league_tiering = league_tiering.to_vec();
    let periods = item("periods").map(|i| (page.texts("periods", i), i.span.clone()));
    let choices = keys.iter().map(|(k, e)| ((*k).to_owned(), e.item.span.clone())).collect();
    Some(Draft { methodology, periods, span: entry.span.clone(), choices })
}

/// What is stated, if anything is; none where it cannot be read.
fn stated<T>(item: Option<&Item>, read: impl FnOnce(&Item) -> Option<T>) -> Option<Option<T>> {
    match item {
        Some(item) => read(item).map(Some),
        None => Some(None),
    }
}

fn rounding(page: &Desk, item: Option<&Item>, system: &System) -> Vec<Option<Rounding>> {
    let mut of = vec![None; system.nodes().len()];
    let Some(entries) = item.and_then(|item| page.table("rounding", item)) else {
        return of;
    };
    let (mut scopes, mut stated): (Vec<Scope>, Vec<Rounding>) = (Vec::new(), Vec::new());
    for entry in entries {
        let digits = |item: &Item| {
            let x = page.number(&entry.key, item)?;
            if x.fract() == 0.0 && (0.0..=15.0).contains(&x) {
                return Some(x as u32);
            }
            page.wrong_kind(&entry.key, item, "a whole number of decimals, 0 to 15");
            None
        };
        let found = match &entry.item.content {
            Content::Table(inner) => {
                let mode = find(inner, "mode")
                    .and_then(|i| page.word("mode", i, &["half_up", "half_even"]))
                    .map_or(RoundMode::HalfUp, |w| {
                        RoundMode::from_value(&Value::from(w)).expect("one of the words")
                    });
                let digits = find(inner, "digits").and_then(digits);
                if find(inner, "digits").is_none() {
                    let table = format!("the rounding of `{}`", entry.key);
                    let key = "digits".to_owned();
                    page.fault(&entry.item.span, ProjectFault::MissingKey { key, table });
                }
                digits.map(|digits| Rounding { digits, mode })
            }
            _ => digits(&entry.item).map(|digits| Rounding { digits, mode: RoundMode::HalfUp }),
        };
        if let Some((scope, rounding)) = scope(page, entry, system).zip(found) {
            scopes.push(scope);
            stated.push(rounding);
        }
    }
    for (i, of) in of.iter_mut().enumerate() {
        *of = Scope::holding(&scopes, system, NodeId(i as u32), false).map(|at| stated[at]);
    }
    of
}

fn ranking(page: &Desk, item: Option<&Item>, system: &System) -> Ranking {
    let mut ranking = Ranking::default();
    let Some(entries) = item.and_then(|item| page.table("ranking", item)) else {
        return ranking;
    };
    page.only(entries, "ranking", RANKING);
    if let Some(item) = find(entries, "ties")
        && let Some(word) =
            page.word("ties", item, &["competition", "dense", "average", "worst", "ordinal"])
    {
        ranking.ties = RankTies::from_value(&Value::from(word)).expect("one of the words");
    }
    if let Some(item) = find(entries, "on") {
        ranking.on = match &item.content {
            Content::Number(x) if x.fract() == 0.0 && (0.0..=15.0).contains(x) => {
                RankOn::Digits(*x as u32)
            }
            Content::Text(word) if word == "full" => RankOn::Full,
            Content::Text(word) if word == "rounded" => RankOn::Rounded,
            _ => {
                page.wrong_kind("on", item, "\"full\", \"rounded\", or a number of decimals");
                RankOn::Full
            }
        };
    }
    if let Some(item) = find(entries, "tolerance")
        && let Some(x) = page.number("tolerance", item)
    {
        if x < 0.0 {
            page.wrong_kind("tolerance", item, "0 or more");
        }
        ranking.tolerance = x;
    }
    if let Some(item) = find(entries, "then")
        && let Some(code) = page.text("then", item)
    {
        ranking.then = system.find(code);
        if ranking.then.is_none() {
            let known = system.nodes().iter().map(|n| n.code.as_str());
            page.unknown(&item.span, "node", code, known);
        }
    }
    ranking
}

/// A problem at a place of the project file.
pub(super) fn at(page: &Page, span: &Range<usize>, fault: ProjectFault) -> Problem {
    Problem { fault: Fault::Project(fault), places: vec![page.place(span)] }
}
