//! The methodologies of a project: what `extends` adds up to, and the choices behind it.

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::method::{FromValue, SettingError, Settings, Value};
use quanheng_core::methodology::{
    Across, Choice, Methodology, Part, Plan, Ranking, RankingKeys, Rankings, Rounding,
    RoundingKeys, Scope, Screening, Tierings,
};
use quanheng_core::model::{LeagueIx, NodeId, System};
use quanheng_core::normalisation::{self, Normalisation};
use quanheng_core::number::Precision;
use quanheng_core::tiering::Tiering;

use quanheng_words::{Text, text};

use super::choices::{plan, plan_of, scope};
use super::desk::Desk;
use super::keys;
use super::reader::find;
use super::systems::Systems;
use super::table::{KeyPath, Texts};
use super::value::{Content, Entry, Item};
use super::whose::Whose;
use crate::gate::bounds::EXTENDS;
use crate::note::{NO_EFFECT, Note};
use crate::problem::{Nothing, ProjectFault};

/// A methodology as far as it is known before the data are read.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) methodology: Methodology,
    /// The periods that it is made for.
    pub(super) periods: Option<Texts>,
    /// Where it stands in the project file.
    pub(super) span: Range<usize>,
    /// Where the choice of each stage stands.
    pub(super) choices: IndexMap<String, Range<usize>>,
}

/// Every methodology that can be put together.
pub(super) fn read(
    page: &Desk,
    family: &Family<'_>,
    systems: &Systems,
    league_tiering: &[(LeagueIx, Choice<dyn Tiering>)],
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for entry in family.tables() {
        let draft = page.within(Whose::Methodology(entry.key.clone()), || {
            let keys = inherited(page, family, entry)?;
            one(page, entry, &keys, systems, league_tiering)
        });
        drafts.extend(draft);
    }
    drafts
}

/// The tables of all methodologies, found by their codes.
#[derive(Debug)]
pub(super) struct Family<'e> {
    tables: &'e [Entry],
    by_code: IndexMap<&'e str, &'e Entry>,
}

impl<'e> Family<'e> {
    pub(super) fn new(tables: &'e [Entry]) -> Self {
        let by_code = tables.iter().rev().map(|entry| (entry.key.as_str(), entry)).collect();
        Family { tables, by_code }
    }

    /// The tables in stated order.
    pub(super) fn tables(&self) -> &'e [Entry] {
        self.tables
    }

    fn find(&self, code: &str) -> Option<&'e Entry> {
        self.by_code.get(code).copied()
    }
}

/// The keys of a methodology with those of what it extends.
pub(super) fn inherited<'e>(
    page: &Desk,
    family: &Family<'e>,
    entry: &'e Entry,
) -> Option<IndexMap<&'e str, &'e Entry>> {
    let mut chain = vec![entry];
    loop {
        let last = chain[chain.len() - 1];
        let Content::Table(entries) = &last.item.content else { return None };
        let Some(item) = find(entries, "extends") else { break };
        let code = page.text("extends", item)?;
        let tables = family.tables();
        let Some(next) = family.find(code) else {
            if chain.len() == 1 {
                let known = tables.iter().filter(|t| t.key != entry.key).map(|t| t.key.as_str());
                page.unknown(&item.span, text!(thing_methodology), code, known);
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
        if chain.len() > EXTENDS {
            page.fault(&item.span, ProjectFault::ExtendsTooLong { most: EXTENDS });
            return None;
        }
        chain.push(next);
    }
    Some(keys_of(&chain))
}

/// A methodology and what it extends, as far as it is there.
pub(super) fn lineage<'e>(family: &Family<'e>, entry: &'e Entry) -> Vec<&'e Entry> {
    let mut chain = vec![entry];
    loop {
        let Content::Table(entries) = &chain[chain.len() - 1].item.content else { return chain };
        let Some(Content::Text(code)) = find(entries, "extends").map(|item| &item.content) else {
            return chain;
        };
        match family.find(code) {
            Some(next) if chain.len() <= EXTENDS && chain.iter().all(|of| of.key != next.key) => {
                chain.push(next)
            }
            _ => return chain,
        }
    }
}

/// The keys that hold for a methodology: its own, then those of what it extends.
pub(super) fn keys_of<'e>(chain: &[&'e Entry]) -> IndexMap<&'e str, &'e Entry> {
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
    keys
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
                page.unknown(
                    &item.span,
                    text!(thing_system),
                    code,
                    systems.keys().map(String::as_str),
                );
                return None;
            };
            (code.to_owned(), system.clone()?)
        }
        None => match systems.iter().next() {
            Some((code, system)) if systems.len() == 1 => (code.clone(), system.clone()?),
            _ => {
                let table = Text::plain(format!("[methodology.{}]", entry.key));
                page.fault(&entry.span, ProjectFault::MissingKey { key: "system".into(), table });
                return None;
            }
        },
    };
    let system = &system;
    let normalisation = match item("normalisation") {
        Some(item) => plan(page, item, system),
        None => {
            let table = Text::plain(format!("[methodology.{}]", entry.key));
            let key = "normalisation".to_owned();
            if !page.mistyped(&key) {
                page.fault(&entry.span, ProjectFault::MissingKey { key, table });
            }
            None
        }
    };
    let imputation = stated(item("imputation"), |item| plan(page, item, system));
    let treatment = stated(item("treatment"), |item| match &item.content {
        Content::List(steps) => {
            let plans: Vec<_> = steps.iter().map(|step| plan(page, step, system)).collect();
            plans.into_iter().collect()
        }
        _ => plan(page, item, system).map(|plan| vec![plan]),
    });
    let weighting = stated(item("weighting"), |item| plan(page, item, system));
    let aggregation = stated(item("aggregation"), |item| plan(page, item, system));
    let fill = stated(item("fill"), |item| plan_of(page, Part::Fill, item, system, false));
    let rescaling =
        stated(item("rescaling"), |item| plan_of(page, Part::Rescaling, item, system, false));
    let tiering = stated(item("tiering"), |item| tiering(page, item, system));
    let made_by = made.get(&system_code).cloned();
    let mut methodology =
        Methodology::new(entry.key.clone(), Arc::clone(system), system_code, normalisation?);
    methodology.system_made = made_by;
    if let Some(item) = item("title") {
        methodology.names = page.read("title", item).unwrap_or_default();
    }
    let screening = table(page, Part::Screening, item("screening"), Screening::read);
    if let Some(item) = item("screening")
        && screening.as_ref().is_some_and(Screening::is_nothing)
    {
        let name = "methodology.screening";
        let note = Note::new(&NO_EFFECT, name).at([page.place(&item.span)]);
        page.note(note.shown(text!(note_nobody_left_out, key = name)));
    }
    methodology.screening = screening.filter(|screening| !screening.is_nothing());
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
        && let Some(across) = page.read("across", item)
    {
        methodology.across = across;
        if across == Across::Leaves {
            across_leaves(page, entries, system);
        }
    }
    if let Some(aggregation) = aggregation? {
        methodology.aggregation = aggregation;
    }
    if let Some(precision) = item("precision").and_then(|item| precision(page, item)) {
        methodology.precision = precision;
    }
    if let Some(fill) = fill? {
        methodology.fill = Some(fill);
    }
    if let Some(rescaling) = rescaling? {
        methodology.rescaling = Some(below_the_index(rescaling, system));
    }
    methodology.rounding = rounding(page, item("rounding"), system);
    methodology.ranking = ranking(page, item("ranking"), system);
    methodology.tiering = tiering?;
    methodology.league_tiering = league_tiering.to_vec();
    let periods = item("periods").and_then(|item| page.read("periods", item));
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

/// The scores of the index stay as they are unless `at` names it: they are put together with no others.
fn below_the_index(plan: Plan<dyn Normalisation>, system: &System) -> Plan<dyn Normalisation> {
    match plan.is_stated(system.root()) {
        true => plan,
        false => plan.with(system.root(), Choice::built_in(normalisation::TABLE, "none")),
    }
}

/// Where all leaves are weighed at once, only the choice for the root is ever asked.
fn across_leaves(page: &Desk, entries: &[Entry], system: &System) {
    let Some(Content::Table(parts)) = find(entries, "at").map(|at| &at.content) else { return };
    let root = system.root();
    for part in parts {
        let is_root = part.key == "index" || system.find(&part.key) == Some(root);
        if !is_root && part.key != "level0" {
            let (key, why) = (part.key.clone(), Nothing::AllLeaves);
            let fault = ProjectFault::AtNothing { key, part: Part::Weighting, why };
            page.fault(&part.span, fault);
        }
    }
}

/// Says what in a value of a part does not fit the keys that the part declares.
fn fits(page: &Desk, part: Part, item: &Item) {
    let key = keys::part(part).expect("a part that is read is written");
    page.fits(KeyPath::ROOT.below(part.name()), &key, item);
}

/// The table of a part whose keys the part declares; none if a value does not fit, which is reported.
fn table<T>(
    page: &Desk,
    part: Part,
    item: Option<&Item>,
    read: fn(&Settings) -> Result<T, SettingError>,
) -> Option<T> {
    let item = item?;
    let before = page.count();
    fits(page, part, item);
    let read = read(&settings(item)).ok();
    debug_assert!(read.is_some() || page.count() > before, "the keys are those that are read");
    read
}

/// A table as settings.
fn settings(item: &Item) -> Settings {
    match item.setting() {
        Value::Table(settings) => Settings(settings),
        _ => Settings::default(),
    }
}

fn precision(page: &Desk, item: &Item) -> Option<Precision> {
    fits(page, Part::Precision, item);
    Precision::from_value(&item.setting())
}

fn rounding(page: &Desk, item: Option<&Item>, system: &System) -> Vec<Option<Rounding>> {
    let mut entries: &[Entry] = &[];
    if let Some(item) = item {
        fits(page, Part::Rounding, item);
        if let Content::Table(stated) = &item.content {
            entries = stated;
        }
    }
    let (mut scopes, mut roundings) = (Vec::new(), Vec::new());
    for entry in entries {
        let stated = match entry.item.setting() {
            Value::Table(stated) => Settings(stated),
            digits => Settings::from([("digits", digits)]),
        };
        let scope = scope(page, &entry.key, &entry.span, system);
        let Ok(RoundingKeys { digits: Some(digits), mode }) = RoundingKeys::read(&stated) else {
            continue;
        };
        if let Some(scope) = scope {
            scopes.push(scope);
            roundings.push(Rounding { digits: digits as u32, mode });
        }
    }
    let of_node =
        |i: u32| Scope::holding(&scopes, system, NodeId(i), false).map(|at| roundings[at]);
    (0..system.nodes().len() as u32).map(of_node).collect()
}

fn ranking(page: &Desk, item: Option<&Item>, system: &System) -> Rankings {
    let usual = Rankings::whole(system, Ranking::default());
    let Some(item) = item else { return usual };
    let before = page.count();
    fits(page, Part::Ranking, item);
    let Content::Table(entries) = &item.content else { return usual };
    let (at, own): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|e| e.key == "at");
    let rule = rule(page, &own, system);
    let mut stated = Vec::new();
    if let Some(Content::Table(parts)) = at.first().map(|e| &e.item.content) {
        for part in parts {
            let Content::Table(keys) = &part.item.content else { continue };
            let left = own.iter().copied().filter(|e| find(keys, &e.key).is_none());
            let keys: Vec<&Entry> = left.chain(keys).collect();
            let scope = scope(page, &part.key, &part.span, system);
            stated.extend(scope.zip(self::rule(page, &keys, system)));
        }
    }
    debug_assert!(rule.is_some() || page.count() > before, "the keys are those that are read");
    rule.map_or(usual, |rule| Rankings::new(system, rule, stated))
}

/// One rule of ranking; none if a value does not fit, which is reported.
fn rule(page: &Desk, entries: &[&Entry], system: &System) -> Option<Ranking> {
    let stated = entries.iter().map(|e| (e.key.clone(), e.item.setting()));
    let keys = RankingKeys::read(&Settings(stated.collect())).ok()?;
    let RankingKeys { ties, on, tolerance, then, order } = keys;
    let then = then.and_then(|code| {
        let found = system.find(&code);
        let place = entries.iter().find(|e| e.key == "then");
        if let (None, Some(place)) = (found, place) {
            let known = system.nodes().iter().map(|n| n.code.as_str());
            page.unknown(&place.item.span, text!(thing_node), &code, known);
        }
        found
    });
    Some(Ranking { ties, on, tolerance, then, order })
}

fn tiering(page: &Desk, item: &Item, system: &System) -> Option<Tierings> {
    let plan = plan::<dyn Tiering>(page, item, system)?;
    let nodes = match &item.content {
        Content::Table(entries) => find(entries, "nodes"),
        _ => None,
    };
    let nodes = nodes.and_then(|item| page.read("nodes", item)).unwrap_or_default();
    Some(Tierings::new(plan, nodes))
}
