//! The methodologies of a project: what `extends` adds up to, and the choices behind it.

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::method::{Accepts, Value};
use quanheng_core::methodology::{
    Across, Choice, Methodology, Part, Plan, RankOn, RankTies, Ranking, Rounding,
};
use quanheng_core::model::{LeagueIx, Names, Node, NodeId, System};
use quanheng_core::number::RoundMode;
use quanheng_core::tiering::Tiering;

use quanheng_words::{Text, text};

use super::choices::{Kind, choice, part, plan, usual};
use super::desk::Desk;
use super::reader::find;
use super::systems::Systems;
use super::table::{At, By, Declared, Key, KeyPath, One, Shape, plain, table};
use super::value::{Content, Entry, Item};
use crate::problem::ProjectFault;

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
    let imputation = stage(page, item("imputation"), "imputation", system, "fail");
    let treatment = match item("treatment") {
        None => Some(vec![Plan::new(system, usual("none"), Vec::new(), true)]),
        Some(Item { content: Content::List(steps), .. }) => {
            let plans: Vec<_> =
                steps.iter().map(|step| plan(page, "treatment", step, system)).collect();
            plans.into_iter().collect()
        }
        Some(step) => plan(page, "treatment", step, system).map(|plan| vec![plan]),
    };
    let normalisation = match item("normalisation") {
        Some(item) => plan(page, "normalisation", item, system),
        None => {
            let table = Text::plain(format!("[methodology.{}]", entry.key));
            let key = "normalisation".to_owned();
            if !page.mistyped(&key) {
                page.fault(&entry.span, ProjectFault::MissingKey { key, table });
            }
            None
        }
    };
    let stated = system.nodes().iter().all(|n| n.parent.is_none() || n.weight.is_some());
    let weighting =
        stage(page, item("weighting"), "weighting", system, if stated { "given" } else { "equal" });
    let across = match item("weighting").map(|i| &i.content) {
        Some(Content::Table(entries)) => match find(entries, "across") {
            Some(item) if page.word("across", item, &["siblings", "leaves"]) == Some("leaves") => {
                Across::Leaves
            }
            _ => Across::Siblings,
        },
        _ => Across::Siblings,
    };
    let aggregation = stage(page, item("aggregation"), "aggregation", system, "arithmetic");
    let tiering = match item("tiering") {
        Some(item) => Some(choice::<dyn Tiering>(page, "tiering", item)?),
        None => None,
    };
    let methodology = Methodology {
        code: entry.key.clone(),
        names: item("title").map_or_else(Names::default, |i| page.names("title", i)),
        system: Arc::clone(system),
        system_made: made.get(&system_code).cloned(),
        system_code,
        imputation: imputation?,
        treatment: treatment?,
        normalisation: normalisation?,
        weighting: weighting?,
        across,
        aggregation: aggregation?,
        rounding: rounding(page, item("rounding"), system),
        ranking: ranking(page, item("ranking"), system),
        tiering,
        league_tiering: league_tiering.to_vec(),
        periods: None,
    };
    let periods = item("periods").map(|i| (page.texts("periods", i), i.span.clone()));
    let choices = keys.iter().map(|(k, e)| ((*k).to_owned(), e.item.span.clone())).collect();
    Some(Draft { methodology, periods, span: entry.span.clone(), choices })
}

fn stage<M: Kind + ?Sized>(
    page: &Desk,
    item: Option<&Item>,
    key: &str,
    system: &System,
    default: &str,
) -> Option<Plan<M>> {
    match item {
        Some(item) => plan(page, key, item, system),
        None => Some(Plan::new(system, usual(default), Vec::new(), M::INHERITED)),
    }
}

table! {
    /// A rounding that says more than the number of decimals.
    pub(super) struct RoundingKeys {
        /// The number of decimals.
        digits: u32 [0, MOST_DIGITS],
        /// What happens to a number half way between two.
        mode: RoundMode = RoundMode::HalfUp,
    }
}

table! {
    /// `ranking`
    pub(super) struct RankingKeys {
        /// What regions with equal scores share.
        ties: RankTies = Ranking::default().ties,
        /// At which precision scores are compared: `full`, `rounded`, or a number of decimals.
        on: RankOn = Ranking::default().on,
        /// Scores that differ by this or less are equal.
        tolerance: f64 [0, f64::INFINITY] = Ranking::default().tolerance,
        /// The node that decides between equal scores, best first.
        then: Option<At<String>>,
    }
}

/// More decimals than a number in the computer has.
const MOST_DIGITS: u32 = 15;

plain!(RankTies, RoundMode);

impl Declared for Rounding {
    fn shape() -> Shape {
        let digits = Shape::Plain(Accepts::Whole, Some((0.0, f64::from(MOST_DIGITS))));
        Shape::OneOf(vec![digits, RoundingKeys::shape()])
    }

    fn take(item: &Item) -> Option<Self> {
        match u32::take(item) {
            Some(digits) => Some(Rounding { digits, mode: RoundMode::HalfUp }),
            None => {
                let RoundingKeys { digits, mode } = RoundingKeys::take(item)?;
                Some(Rounding { digits, mode })
            }
        }
    }
}

impl Declared for RankOn {
    fn shape() -> Shape {
        let words = Accepts::Choice(vec!["full".into(), "rounded".into()]);
        let digits = Shape::Plain(Accepts::Whole, Some((0.0, f64::from(MOST_DIGITS))));
        Shape::OneOf(vec![Shape::Plain(words, None), digits])
    }

    fn take(item: &Item) -> Option<Self> {
        match &item.content {
            Content::Text(word) if word == "full" => Some(RankOn::Full),
            Content::Text(word) if word == "rounded" => Some(RankOn::Rounded),
            _ => u32::take(item).map(RankOn::Digits),
        }
    }

    fn shown(&self) -> Option<Value> {
        Some(match self {
            RankOn::Full => "full".into(),
            RankOn::Rounded => "rounded".into(),
            RankOn::Digits(digits) => f64::from(*digits).into(),
        })
    }
}

/// Compares a value with the declaration of its key, and reads it.
fn stated<T: Declared>(page: &Desk, key: &'static str, item: Option<&Item>) -> Option<T> {
    let item = item?;
    page.fits(KeyPath::ROOT.below(key), &Key::of::<T>(key, "", None, None), item);
    T::take(item)
}

fn rounding(page: &Desk, item: Option<&Item>, system: &System) -> Vec<Option<Rounding>> {
    let stated: By<Rounding> = stated(page, "rounding", item).unwrap_or_default();
    let of_part =
        |one: &One<Rounding>| Some((part(page, &one.code, &one.span, system)?, one.table?));
    let stated: Vec<(Part, Rounding)> = stated.0.iter().filter_map(of_part).collect();
    let of_node = |(i, node): (usize, &Node)| {
        let at = |wanted: Part| stated.iter().find(|(p, _)| *p == wanted).map(|(_, r)| *r);
        at(Part::Node(NodeId(i as u32)))
            .or_else(|| at(Part::Level(node.depth)))
            .or_else(|| at(Part::Leaves).filter(|_| node.children.is_empty()))
    };
    system.nodes().iter().enumerate().map(of_node).collect()
}

fn ranking(page: &Desk, item: Option<&Item>, system: &System) -> Ranking {
    let Some(keys) = stated::<RankingKeys>(page, "ranking", item) else {
        return Ranking::default();
    };
    let RankingKeys { ties, on, tolerance, then } = keys;
    let then = then.and_then(|code| {
        let found = system.find(&code);
        if found.is_none() {
            let known = system.nodes().iter().map(|n| n.code.as_str());
            page.unknown(&code.span, text!(thing_node), &code, known);
        }
        found
    });
    Ranking { ties, on, tolerance, then }
}
