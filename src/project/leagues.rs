//! Leagues: regions that are ranked together.

use std::ops::Range;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use quanheng_core::method::ABOVE_ZERO;
use quanheng_core::methodology::{Choice, Scope};
use quanheng_core::model::{Group, League, LeagueIx, Names, NodeId, RegionIx, Summary, System};
use quanheng_core::tiering::Tiering;

use quanheng_words::text;

use super::choices::{choice, scope};
use super::condition::{Condition, Name, attributes};
use super::desk::Desk;
use super::reader::{Page, inside};
use super::table::{At, By, Chosen, One, plain, table};
use super::value::Content;
use crate::data::table::Regions;
use crate::problem::ProjectFault;

table! {
    /// `[league.CODE]`
    pub(super) struct LeagueKeys {
        /// The name of the league: a text, or a table of texts by language.
        title: Names,
        /// A condition on attributes of the regions, such as `level == 'city'`. Unless stated, all regions are in the league.
        r#where: Option<At<String>>,
        /// A condition that regions of the league must meet to be ranked, such as `kind != 'municipality'`. The others have a score, and neither a rank nor a tier.
        ranked: Option<At<String>>,
        /// Full marks that differ from those of the system, by the code of a node.
        full_marks: By<At<f64>> [ABOVE_ZERO, f64::INFINITY],
        /// What is stated below the ranking of all ranked regions together, by the code of a node: the `mean` of their
        /// scores, or their `sum`, such as `{ index = "mean", cases = "sum" }`.
        summary: By<At<Summary>>,
        /// Tiers of its own: a choice, as in a methodology.
        tiering: Option<Chosen<dyn Tiering>>,
    }
}

plain!(Summary);

/// The leagues that have tiers of their own.
pub(super) fn tiering(
    page: &Desk,
    stated: &By<LeagueKeys>,
) -> Vec<(LeagueIx, Choice<dyn Tiering>)> {
    let own = |(i, one): (usize, &One<LeagueKeys>)| {
        let chosen = one.table.as_ref()?.tiering.as_ref()?;
        if let Content::Table(entries) = &chosen.item.content {
            // A league has tiers of the index only.
            for entry in entries.iter().filter(|e| matches!(e.key.as_str(), "at" | "nodes")) {
                let (key, table) = (entry.key.clone(), text!(table_tiers_of_league));
                page.fault(&entry.span, ProjectFault::UnknownKey { key, table, known: Vec::new() });
            }
        }
        Some((LeagueIx(i as u32), choice::<dyn Tiering>(page, "tiering", &chosen.item)?))
    };
    stated.0.iter().enumerate().filter_map(own).collect()
}

/// The leagues, and which of them each region is in.
pub(super) fn divide(
    page: &Page,
    stated: &By<LeagueKeys>,
    systems: &IndexMap<String, Option<Arc<System>>>,
    regions: &Regions,
    groups: &[Group],
) -> (Vec<League>, Vec<Option<LeagueIx>>) {
    let count = regions.list().len();
    if stated.0.is_empty() {
        return (vec![League::default()], vec![Some(LeagueIx(0)); count]);
    }
    let known = attributes(regions.list());
    let mut of: Vec<Option<LeagueIx>> = vec![None; count];
    let mut leagues = Vec::new();
    let mut shared: IndexMap<(u32, u32), (usize, usize)> = IndexMap::new();
    for (l, One { code, table, .. }) in stated.0.iter().enumerate() {
        let league = LeagueIx(l as u32);
        let Some(keys) = table else {
            leagues.push(League { code: code.clone(), ..League::default() });
            continue;
        };
        leagues.push(League {
            code: code.clone(),
            names: keys.title.clone(),
            full_marks: full_marks(page, &keys.full_marks, systems),
            unranked: Vec::new(),
            summary: summary(page, &keys.summary, systems),
        });
        let condition = match &keys.r#where {
            None => None,
            Some(text) => match self::condition(page, text, &known, groups) {
                None => continue,
                some => some,
            },
        };
        let mut members = 0;
        for (r, region) in regions.list().iter().enumerate() {
            let holds = |condition: &Condition| condition.holds(RegionIx(r as u32), region, groups);
            if condition.as_ref().is_none_or(holds) {
                members += 1;
                match of[r] {
                    Some(first) => {
                        shared.entry((first.0, league.0)).or_insert((r, 0)).1 += 1;
                    }
                    None => of[r] = Some(league),
                }
            }
        }
        if let Some(text) = &keys.ranked {
            let Some(ranked) = self::condition(page, text, &known, groups) else { continue };
            let members =
                (0..count as u32).map(RegionIx).filter(|r| of[r.0 as usize] == Some(league));
            let left = members.filter(|&r| !ranked.holds(r, &regions.list()[r.0 as usize], groups));
            leagues[l].unranked = left.collect();
        }
        if members == 0
            && let Some(text) = &keys.r#where
        {
            page.fault(&text.span, ProjectFault::EmptyLeague { code: code.clone() });
        }
    }
    for ((first, second), (region, count)) in shared {
        let (first, second) = (&stated.0[first as usize], &stated.0[second as usize]);
        let fault = ProjectFault::LeaguesOverlap {
            first: first.code.clone(),
            second: second.code.clone(),
            region: regions.list()[region].code.clone(),
            count,
        };
        let mut problem = page.problem(&second.span, fault);
        problem.places.push(page.place(&first.span));
        page.push(problem);
    }
    (leagues, of)
}

/// What is stated of all regions together: of nodes that some system has.
fn summary(
    page: &Page,
    stated: &By<At<Summary>>,
    systems: &IndexMap<String, Option<Arc<System>>>,
) -> Vec<(String, Summary)> {
    let all = || systems.values().flatten();
    for one in &stated.0 {
        if all().next().is_some() && all().all(|system| system.find(&one.code).is_none()) {
            let known: IndexSet<&str> =
                all().flat_map(|system| system.nodes()).map(|node| node.code.as_str()).collect();
            page.unknown(&one.span, text!(thing_node), &one.code, known.into_iter());
        }
    }
    let of = |one: &One<At<Summary>>| Some((one.code.clone(), one.table.as_ref()?.value));
    stated.0.iter().filter_map(of).collect()
}

/// A condition on regions whose every name there is.
pub(super) fn condition(
    page: &Page,
    text: &At<String>,
    known: &[String],
    groups: &[Group],
) -> Option<Condition> {
    let inside = |at: &Range<usize>| inside(&text.span, text, at);
    let condition = match Condition::parse(text) {
        Ok(condition) => condition,
        Err(e) => {
            let expected = e.expected;
            page.fault(&inside(&e.at), ProjectFault::Condition { expected });
            return None;
        }
    };
    let mut fits = true;
    for (name, place) in condition.names() {
        match name {
            Name::Attribute(name) if !known.iter().any(|k| k == name) => {
                let known = known.iter().map(String::as_str);
                page.unknown(&inside(&place), text!(thing_attribute), name, known);
                fits = false;
            }
            Name::Group(name) if groups.iter().all(|g| g.code != name) => {
                let known = groups.iter().map(|g| g.code.as_str());
                page.unknown(&inside(&place), text!(thing_group), name, known);
                fits = false;
            }
            _ => {}
        }
    }
    fits.then_some(condition)
}

/// Full marks by node. Every system that has the node must have it at one place; one system is the usual case.
fn full_marks(
    page: &Page,
    stated: &By<At<f64>>,
    systems: &IndexMap<String, Option<Arc<System>>>,
) -> Vec<(NodeId, f64)> {
    let Some(system) = systems.values().flatten().next() else { return Vec::new() };
    let marks = |one: &One<At<f64>>| {
        let marks = one.table.as_ref()?;
        match scope(page, &one.code, &one.span, system)? {
            Scope::Node(node) => Some((node, marks.value)),
            _ => {
                page.fault(&one.span, ProjectFault::MarksOfMany { code: one.code.clone() });
                None
            }
        }
    };
    stated.0.iter().filter_map(marks).collect()
}
