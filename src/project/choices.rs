//! Choices of methods: names to methods, settings with their places.

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::aggregation::{self, Aggregation};
use quanheng_core::imputation::{self, Imputation};
use quanheng_core::method::{
    Entry as Method, FromValue, Needs, Only, Setting, SettingError, SettingFault, Settings, Stage,
    Value, find as find_method,
};
use quanheng_core::methodology::{
    Across, Among, Choice, Over, Part, Plan, RankOn, Scope, TieredNodes,
};
use quanheng_core::model::{NodeId, System};
use quanheng_core::normalisation::{self, CONSTANT, Constant, Normalisation};
use quanheng_core::tiering::{self, Tiering};
use quanheng_core::treatment::{self, Treatment};
use quanheng_core::weighting::{self, Weighting};
use quanheng_plugin_host::Plugged;
use quanheng_scripts::Scripted;
use quanheng_words::{Text, text};

use super::constants::rule_for_constants;
use super::desk::Desk;
use super::keys;
use super::reader::{Page, find};
use super::scripts::content;
use super::table::plain;
use super::value::{Content, Entry, Item};
use crate::note::{NO_EFFECT, Note};
use crate::problem::{Nothing, ProjectFault, stage};

plain!(Over, Among, Across, RankOn, TieredNodes);

/// A kind of method, as the project file chooses among it.
pub(super) trait Kind: Scripted + Plugged + 'static {
    /// Its stage.
    const STAGE: Stage = <Self as Scripted>::STAGE;
    /// Whether a choice for a node holds for everything below it.
    const INHERITED: bool;
    fn table() -> &'static [Method<Self>];
    fn needs(&self) -> Needs;
    /// The same method with a rule for constant columns, where it is of a stage that can have one.
    fn with_constant(self: Arc<Self>, rule: Constant) -> Arc<Self>;
}

macro_rules! kinds {
    ($($kind:ident, $module:ident, $inherited:literal, $needs:expr, $with:expr;)+) => { $(
        impl Kind for dyn $kind {
            const INHERITED: bool = $inherited;
            fn table() -> &'static [Method<Self>] {
                $module::TABLE
            }
            fn needs(&self) -> Needs {
                let needs: fn(&dyn $kind) -> Needs = $needs;
                needs(self)
            }
            fn with_constant(self: Arc<Self>, rule: Constant) -> Arc<Self> {
                let with: fn(Arc<dyn $kind>, Constant) -> Arc<dyn $kind> = $with;
                with(self, rule)
            }
        }
    )+ };
}
kinds! {
    Imputation, imputation, true, |m| Imputation::needs(m), |m, _| m;
    Treatment, treatment, true, |m| Treatment::needs(m), |m, _| m;
    Normalisation, normalisation, true, |m| Normalisation::needs(m), normalisation::with_constant;
    Weighting, weighting, false, |m| Weighting::needs(m), |m, _| m;
    Aggregation, aggregation, false, |m| Aggregation::needs(m), |m, _| m;
    Tiering, tiering, false, |_| Needs::NOTHING, |m, _| m;
}

/// The stage that has a built-in of this name.
fn stage_of(name: &str) -> Option<Stage> {
    fn has<M: Kind + ?Sized>(name: &str) -> Option<Stage> {
        find_method(M::table(), name).map(|_| <M as Kind>::STAGE)
    }
    has::<dyn Imputation>(name)
        .or_else(|| has::<dyn Treatment>(name))
        .or_else(|| has::<dyn Normalisation>(name))
        .or_else(|| has::<dyn Weighting>(name))
        .or_else(|| has::<dyn Aggregation>(name))
        .or_else(|| has::<dyn Tiering>(name))
}

/// What is chosen: a built-in, a script or a plugin by its name; of a plugin perhaps one of its methods.
enum Named<'i> {
    BuiltIn(&'i str),
    Script(&'i str),
    Plugin(&'i str, Option<(&'i str, &'i Range<usize>)>),
}

/// Reads a choice without its `at`.
pub(super) fn choice<M: Kind + ?Sized>(page: &Desk, key: &str, item: &Item) -> Option<Choice<M>> {
    let (named, at, entries): (Named<'_>, &Range<usize>, &[Entry]) = match &item.content {
        Content::Text(name) => (Named::BuiltIn(name), &item.span, &[]),
        Content::Table(entries) => {
            let (script, plugin) = (find(entries, "script"), find(entries, "plugin"));
            match (script, plugin, find(entries, "method")) {
                (Some(script), None, None) => {
                    (Named::Script(page.text("script", script)?), &script.span, entries)
                }
                (None, Some(plugin), method) => {
                    let method = match method {
                        Some(item) => Some((page.text("method", item)?, &item.span)),
                        None => None,
                    };
                    (Named::Plugin(page.text("plugin", plugin)?, method), &plugin.span, entries)
                }
                (None, None, Some(method)) => {
                    (Named::BuiltIn(page.text("method", method)?), &method.span, entries)
                }
                (Some(_), _, _) => {
                    page.wrong_kind(key, item, text!(accepts_one_method));
                    return None;
                }
                (None, None, None) => {
                    let table = text!(table_choice_of, stage = stage(<M as Kind>::STAGE));
                    let key = "method".to_owned();
                    page.fault(&item.span, ProjectFault::MissingKey { key, table });
                    return None;
                }
            }
        }
        _ => {
            page.wrong_kind(key, item, text!(accepts_method));
            return None;
        }
    };
    let named = match named {
        Named::BuiltIn(name) => {
            match (name.strip_prefix("script:"), name.strip_prefix("plugin:")) {
                (Some(script), _) => Named::Script(script),
                (None, Some(plugin)) => Named::Plugin(plugin, None),
                (None, None) => named,
            }
        }
        other => other,
    };
    let known = keys::choice(<M as Kind>::STAGE);
    let stated: Vec<&Entry> =
        entries.iter().filter(|e| known.iter().all(|k| k.name != e.key)).collect();
    let made = match named {
        Named::BuiltIn(name) => {
            let (method, settings, declared) = built_in::<M>(page, name, at, entries, &stated)?;
            let filled = settings.filled(&declared);
            Made { name: name.to_owned(), method, settings, filled, content: None }
        }
        Named::Script(name) => {
            let (prepared, settings) =
                page.scripts.prepare(page, name, at, <M as Kind>::STAGE, &stated)?;
            let script = Arc::clone(prepared.script());
            let filled = settings.filled(script.settings());
            let content = Some(content(&script));
            let (name, method) = (format!("script:{name}"), M::scripted(prepared));
            let made = Made { name, method, settings, filled, content };
            made.ruled(page, script.settings(), &stated)?
        }
        Named::Plugin(code, method) => {
            let plugins = &page.plugins;
            let (prepared, settings) =
                plugins.prepare(page, code, at, method, <M as Kind>::STAGE, &stated)?;
            let filled = settings.filled(prepared.settings());
            let content = Some(prepared.content());
            let (name, method) = (format!("plugin:{code}"), M::plugged(Arc::clone(&prepared)));
            let made = Made { name, method, settings, filled, content };
            made.ruled(page, prepared.settings(), &stated)?
        }
    };
    let Made { name, method, settings, filled, content } = made;
    let over = find(entries, "over").and_then(|item| page.read::<Over>("over", item));
    let among = find(entries, "among").and_then(|item| page.read::<Among>("among", item));
    let on = find(entries, "on").and_then(|item| page.read::<RankOn>("on", item));
    let across = find(entries, "across").filter(|_| <M as Kind>::STAGE == Stage::Aggregation);
    let across = across.and_then(|item| page.read::<Across>("across", item));
    let usual = if method.needs().panel { Over::Panel } else { Over::Period };
    Some(Choice {
        name,
        settings,
        filled,
        content,
        method,
        over: over.unwrap_or(usual),
        among: among.unwrap_or(Among::League),
        on,
        across: across.unwrap_or_default(),
    })
}

/// A method that is put to use.
struct Made<M: ?Sized> {
    name: String,
    method: Arc<M>,
    settings: Settings,
    filled: Settings,
    /// Of a script or plugin: the hash of what it is made of.
    content: Option<String>,
}

impl<M: Kind + ?Sized> Made<M> {
    /// The same with the rule for constant columns that is stated for it.
    fn ruled(mut self, page: &Desk, declared: &[Setting], stated: &[&Entry]) -> Option<Self> {
        if let Some(entry) = rule_for_constants(<M as Kind>::STAGE, declared, stated) {
            let value = entry.item.setting();
            let rule = match Constant::setting().check(&value) {
                Ok(()) => Constant::from_value(&value)?,
                Err(fault) => {
                    let error = SettingError { setting: CONSTANT.to_owned(), fault };
                    let fault = ProjectFault::Setting { method: self.name, error };
                    page.fault(&entry.item.span, fault);
                    return None;
                }
            };
            for settings in [&mut self.settings, &mut self.filled] {
                settings.0.insert(CONSTANT.to_owned(), value.clone());
                settings.0.sort_keys();
            }
            self.method = self.method.with_constant(rule);
        }
        Some(self)
    }
}

/// A built-in with its settings.
fn built_in<M: Kind + ?Sized>(
    page: &Desk,
    name: &str,
    at: &Range<usize>,
    entries: &[Entry],
    stated: &[&Entry],
) -> Option<(Arc<M>, Settings, Vec<Setting>)> {
    let Some(entry) = find_method(M::table(), name) else {
        match stage_of(name) {
            Some(has) => {
                let name = name.to_owned();
                page.fault(at, ProjectFault::WrongStage { name, asked: <M as Kind>::STAGE, has });
            }
            None => {
                let what = text!(thing_method_of, stage = stage(<M as Kind>::STAGE));
                page.unknown(at, what, name, M::table().iter().map(|m| m.name));
            }
        }
        return None;
    };
    let settings = Settings(
        stated.iter().map(|e| (e.key.clone(), e.item.setting())).collect::<IndexMap<_, Value>>(),
    );
    let declared = (entry.settings)();
    let mut fits = true;
    for entry in stated {
        if declared.iter().all(|s| s.name != entry.key) {
            let known = declared.iter().map(|s| s.name.to_string()).collect();
            let error =
                SettingError { setting: entry.key.clone(), fault: SettingFault::Unknown { known } };
            page.fault(&entry.span, ProjectFault::Setting { method: name.to_owned(), error });
            fits = false;
        }
    }
    if !fits {
        return None;
    }
    match (entry.make)(&settings) {
        Ok(method) => {
            for (setting, only) in settings.idle(&declared) {
                let at = stated.iter().find(|entry| entry.key == setting.name);
                let code = format!("{name}.{}", setting.name);
                let note = Note::new(&NO_EFFECT, &code).at(at.map(|entry| page.place(&entry.span)));
                page.note(note.shown(only_where(&code, only)));
            }
            Some((Arc::from(method), settings, declared))
        }
        Err(error) => {
            let span = find(entries, &error.setting).map_or(at, |item| &item.span).clone();
            page.fault(&span, ProjectFault::Setting { method: name.to_owned(), error });
            None
        }
    }
}

/// A setting without effect, and where it has one.
fn only_where(code: &str, only: Only) -> Text {
    let other = only.other();
    match only {
        Only::Is(_, words) => {
            text!(note_only_is, code = code, other = other, words = words.to_vec())
        }
        Only::Stated(_) => text!(note_only_stated, code = code, other = other),
        Only::Unstated(_) => text!(note_only_unstated, code = code, other = other),
    }
}

/// Reads a choice with its `at`: which method is for which part of the tree.
pub(super) fn plan<M: Kind + ?Sized>(page: &Desk, item: &Item, system: &System) -> Option<Plan<M>> {
    plan_of(page, Part::of_stage(<M as Kind>::STAGE), item, system, M::INHERITED)
}

/// The same for any part that chooses among such methods, saying whether a choice for a node holds for everything below
/// it.
pub(super) fn plan_of<M: Kind + ?Sized>(
    page: &Desk,
    part: Part,
    item: &Item,
    system: &System,
    inherited: bool,
) -> Option<Plan<M>> {
    let key = part.name();
    let default = choice::<M>(page, key, item);
    // Every node and every leaf can be cut into tiers.
    let nodes = match part {
        Part::Tiering => (0..system.nodes().len() as u32).map(NodeId).collect(),
        part => part.nodes(system),
    };
    let (mut parts, mut stated) = (Vec::new(), Vec::new());
    let mut whole = default.is_some();
    if let Content::Table(entries) = &item.content
        && let Some(at) = find(entries, "at")
    {
        for entry in page.table("at", at)? {
            let found = effective(page, entry, system, (part, &nodes, inherited)).zip(choice::<M>(
                page,
                &entry.key,
                &entry.item,
            ));
            stated.push(entry);
            let whole_only = |key: &str| {
                let of_weighting = key == "across" && <M as Kind>::STAGE == Stage::Weighting;
                matches!(key, "at" | "inner" | "nodes") || of_weighting
            };
            if let Content::Table(inner) = &entry.item.content
                && let Some(inner) = inner.iter().find(|e| whole_only(&e.key))
            {
                let fault = ProjectFault::UnknownKey {
                    key: inner.key.clone(),
                    table: text!(table_choice_in_at),
                    known: Vec::new(),
                };
                page.fault(&inner.span, fault);
            }
            match found {
                Some(found) => parts.push(found),
                None => whole = false,
            }
        }
    }
    let inner = match &item.content {
        Content::Table(entries) => find(entries, "inner"),
        _ => None,
    };
    let default = default.filter(|_| whole)?;
    if default.across == Across::Siblings {
        if let Some(inner) = inner {
            page.fault(&inner.span, ProjectFault::InnerWithoutLeaves);
        }
        let plan = Plan::new(system, default, parts, inherited);
        for at in plan.idle(&nodes) {
            // What is stated for a part of the tree and the default are there and hold nowhere: others go before them.
            let (name, span) = match at.checked_sub(1) {
                None => (key.to_owned(), &item.span),
                Some(at) => (format!("{key}.at.{}", stated[at].key), &stated[at].span),
            };
            let note = Note::new(&NO_EFFECT, &name).at([page.place(span)]);
            page.note(note.shown(text!(note_other_choices, key = name)));
        }
        return Some(plan);
    }
    let inner = match inner {
        Some(item) => choice::<M>(page, "inner", item)?,
        None => Choice::built_in(M::table(), "arithmetic"),
    };
    Some(Plan::across(system, default, inner, parts, inherited))
}

/// The part of the tree that a key of `at` names, if a choice of this part of a methodology does something there.
fn effective(
    page: &Page,
    entry: &Entry,
    system: &System,
    (part, nodes, inherited): (Part, &[NodeId], bool),
) -> Option<Scope> {
    let scope = scope(page, &entry.key, &entry.span, system)?;
    if nodes.iter().any(|node| scope.reaches(system, *node, inherited)) {
        return Some(scope);
    }
    let why = if inherited { Nothing::NoLeaf } else { Nothing::OnlyLeaves };
    page.fault(&entry.span, ProjectFault::AtNothing { key: entry.key.clone(), part, why });
    None
}

/// The part of the tree that a key names.
pub(super) fn scope(page: &Page, key: &str, span: &Range<usize>, system: &System) -> Option<Scope> {
    if let Some(id) = system.find(key) {
        return Some(Scope::Node(id));
    }
    if key == "index" {
        return Some(Scope::Node(system.root()));
    }
    if key == "leaves" {
        return Some(Scope::Leaves);
    }
    if let Some(level) = key.strip_prefix("level").and_then(|n| n.parse().ok())
        && level <= system.depth()
    {
        return Some(Scope::Level(level));
    }
    let levels: Vec<String> = (1..=system.depth()).map(|n| format!("level{n}")).collect();
    let nodes = system.nodes().iter().map(|n| n.code.as_str());
    let known = nodes.chain(["index", "leaves"]).chain(levels.iter().map(String::as_str));
    page.unknown(span, text!(thing_node_anywhere), key, known);
    None
}
