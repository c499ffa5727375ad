//! The values of expressions, made of the world.

use std::sync::Arc;

use minijinja::Value;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::NodeId;
use quanheng_core::number::mean;

use super::thing::Thing;
use super::world::{View, World};
use crate::report::in_order;

/// A text, or nothing where it is empty.
pub(super) fn text(text: &str) -> Value {
    if text.is_empty() { Value::from(()) } else { Value::from(text) }
}

impl World {
    /// A text about the project.
    pub(super) fn fact(&self, name: &str) -> Value {
        let found = self.facts.iter().find(|(of, _)| *of == name);
        found.map_or(Value::from(()), |(_, of)| text(of))
    }

    /// The ranking of the report itself; nothing where its league has no regions in the period.
    pub(super) fn own(&self) -> Option<Arc<View>> {
        let slice = self.slice(0, self.league, None).ok().flatten()?;
        Some(self.ranked(0, slice, self.evaluations[0].methodology().system.root()))
    }
}

/// A text about the project whose lines are a value each.
pub(super) fn lines(world: &Arc<World>, name: &str) -> Value {
    let found = world.facts.iter().find(|(of, _)| *of == name);
    found.map_or("", |(_, of)| of.as_str()).lines().map(Value::from).collect()
}

pub(super) fn period(world: &Arc<World>) -> Value {
    world.own().map_or(Value::from(()), |view| text(view.period()))
}

pub(super) fn periods(world: &Arc<World>) -> Value {
    let study = world.evaluations[0].study();
    let own = study.panel.slices().iter().filter(|slice| slice.league == world.league);
    own.map(|slice| Value::from(study.periods[slice.period.0 as usize].label.as_str())).collect()
}

pub(super) fn previous(world: &Arc<World>) -> Value {
    let before = world.own().and_then(|view| view.before());
    before.map_or(Value::from(()), |(_, label)| Value::from(label))
}

fn a_league(world: &World, at: usize) -> Value {
    let league = &world.evaluations[0].study().leagues[at];
    let name = league.names.get(world.tag()).unwrap_or(&league.code);
    let fields = [("code", text(&league.code)), ("name", text(name))];
    Thing::value("league", (&league.code, name), fields)
}

pub(super) fn league(world: &Arc<World>) -> Value {
    a_league(world, world.league.0 as usize)
}

pub(super) fn leagues(world: &Arc<World>) -> Value {
    world.leagues.iter().map(|league| a_league(world, league.0 as usize)).collect()
}

pub(super) fn methodology(world: &Arc<World>, at: usize) -> Value {
    let of = world.evaluations[at].methodology();
    let name = of.names.get(world.tag()).unwrap_or(&of.code);
    let methods = world.methods.get(at).into_iter().flatten().map(|(stage, name)| {
        let fields = [("stage", text(stage)), ("name", text(name))];
        Thing::value("row", ("", name), fields)
    });
    let nodes = of.system.nodes();
    let levels = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    let fields = [
        ("code", text(&of.code)),
        ("name", text(name)),
        ("methods", methods.collect()),
        ("nodes", Value::from(nodes.len() - 1)),
        ("indicators", Value::from(of.system.leaves().len())),
        ("levels", Value::from(levels)),
    ];
    Thing::value("methodology", (&of.code, name), fields)
}

pub(super) fn methodologies(world: &Arc<World>) -> Value {
    (0..world.evaluations.len()).map(|at| methodology(world, at)).collect()
}

/// A region in a ranking.
pub(super) fn region(world: &World, view: &View, row: usize) -> Value {
    region_with(world, view, row, view.before().map(|(before, _)| changes(view, before)).as_deref())
}

/// The rank in the period before, and the places that it rose, of each row of a slice.
type Changes = [(f64, f64)];

fn changes(view: &View, before: usize) -> Vec<(f64, f64)> {
    let panel = &view.evaluation.study().panel;
    let moves = view.evaluation.moves(view.node, &view.ranks, before, view.slice);
    let earlier = &panel.slices()[before];
    let mut ranks = vec![f64::NAN; view.evaluation.study().regions.len()];
    for row in earlier.rows.clone() {
        ranks[panel.regions()[row].0 as usize] = view.ranks[row];
    }
    let all = view.of().rows.clone().zip(moves);
    all.map(|(row, moved)| (ranks[view.region(row).0 as usize], moved)).collect()
}

fn region_with(world: &World, view: &View, row: usize, changes: Option<&Changes>) -> Value {
    let study = view.evaluation.study();
    let index = view.region(row);
    let region = &study.regions[index.0 as usize];
    let name = region.name(world.tag());
    let first = view.of().rows.start;
    let (earlier, moved) = changes.map_or((f64::NAN, f64::NAN), |changes| changes[row - first]);
    let classes = study.groups.iter().flat_map(|group| {
        let own = group.classes.iter().filter(|(_, regions)| regions.contains(&index));
        own.map(|(class, _)| Value::from(class.as_str()))
    });
    let fields = [
        ("code", text(&region.code)),
        ("name", text(name)),
        ("rank", world.places(view.ranks[row])),
        ("score", world.figure(view.score(row), view.digits)),
        ("of", Value::from(view.rows.len())),
        ("tier", view.tier(row).map_or(Value::from(()), |(_, _, label)| text(&label))),
        ("previous_rank", world.places(earlier)),
        ("change", world.places(moved)),
        ("classes", classes.collect()),
    ];
    Thing::value("region", (&region.code, name), fields)
}

/// Some rows of a ranking.
pub(super) fn some(world: &World, view: &View, rows: &[usize]) -> Value {
    let changes = view.before().map(|(before, _)| changes(view, before));
    rows.iter().map(|&row| region_with(world, view, row, changes.as_deref())).collect()
}

/// The rows of a ranking with the places that they rose, those that rose most first; those that did not move are not
/// among them.
pub(super) fn moved(view: &View, rise: bool) -> Vec<usize> {
    let Some((before, _)) = view.before() else { return Vec::new() };
    let changes = changes(view, before);
    let first = view.of().rows.start;
    let moved = |row: usize| changes[row - first].1;
    let is_meant = |row: &usize| if rise { moved(*row) > 0.0 } else { moved(*row) < 0.0 };
    let mut rows: Vec<usize> = view.rows.iter().copied().filter(is_meant).collect();
    let sign = if rise { -1.0 } else { 1.0 };
    quanheng_core::number::sort_by_key(&mut rows, &|row| sign * moved(row));
    rows
}

pub(super) fn regions(world: &Arc<World>) -> Value {
    let all = world.own().map(|view| some(world, &view, &view.rows));
    all.unwrap_or_else(|| std::iter::empty::<Value>().collect())
}

/// A node in a ranking.
pub(super) fn node(world: &World, evaluation: &Arc<Evaluation>, slice: usize, id: NodeId) -> Value {
    let system = &evaluation.methodology().system;
    let node = system.node(id);
    let name = node.name(world.tag());
    let weights = evaluation.effective_weights(slice);
    let weight = weights[id.index()];
    let share = node.parent.map_or(1.0, |parent| match weights[parent.index()] {
        above if above > 0.0 => weight / above,
        _ => f64::NAN,
    });
    let at = world.evaluations.iter().position(|of| Arc::ptr_eq(of, evaluation)).unwrap_or(0);
    let view = world.ranked(at, slice, id);
    let unit = node.indicator.as_ref().map_or("", |indicator| indicator.unit.as_str());
    let leaves =
        in_order(system, id).into_iter().filter(|&id| system.node(id).children.is_empty()).count();
    let fields = [
        ("code", text(&node.code)),
        ("name", text(name)),
        ("weight", world.figure(if weight.is_finite() { weight } else { f64::NAN }, 4)),
        ("share", world.figure(share, 4)),
        ("level", Value::from(node.depth)),
        ("leaf", Value::from(node.children.is_empty())),
        ("unit", text(unit)),
        ("children", Value::from(node.children.len())),
        ("leaves", Value::from(leaves)),
        ("mean", world.figure(mean(&view.scores()).unwrap_or(f64::NAN), view.digits)),
    ];
    Thing::value("node", (&node.code, name), fields)
}

pub(super) fn nodes(world: &Arc<World>) -> Value {
    let Some(view) = world.own() else { return std::iter::empty::<Value>().collect() };
    let system = &view.evaluation.methodology().system;
    let all = in_order(system, system.root()).into_iter();
    all.map(|id| node(world, &view.evaluation, view.slice, id)).collect()
}

/// The tiers of a ranking.
pub(super) fn tiers_of(world: &World, view: &View) -> Value {
    let of = |(at, label): (usize, String)| {
        let is_in = |row: &&usize| view.tier(**row).is_some_and(|(tier, ..)| tier == at);
        let rows: Vec<usize> = view.rows.iter().filter(is_in).copied().collect();
        let share = rows.len() as f64 / view.rows.len().max(1) as f64;
        let fields = [
            ("name", text(&label)),
            ("count", Value::from(rows.len())),
            ("share", world.figure(share, 4)),
            ("regions", some(world, view, &rows)),
        ];
        Thing::value("tier", (&label, &label), fields)
    };
    view.tiers().into_iter().enumerate().map(of).collect()
}

pub(super) fn tiers(world: &Arc<World>) -> Value {
    match world.own() {
        Some(view) => tiers_of(world, &view),
        None => std::iter::empty::<Value>().collect(),
    }
}

pub(super) fn groups(world: &Arc<World>) -> Value {
    let all = world.evaluations[0].study().groups.iter().map(|group| {
        let about = world.groups.get(&group.code);
        let name = about.and_then(|about| about.names.get(world.tag())).unwrap_or(&group.code);
        let fields = [("code", text(&group.code)), ("name", text(name))];
        Thing::value("group", (&group.code, name), fields)
    });
    all.collect()
}

pub(super) fn subject(world: &Arc<World>) -> Value {
    let of = world.region.and_then(|region| {
        let league = world.league_with(0, region);
        let slice = world.slice(0, league, None).ok().flatten()?;
        let view = world.ranked(0, slice, world.evaluations[0].methodology().system.root());
        let row = view.row(region)?;
        Some(self::region(world, &view, row))
    });
    of.unwrap_or(Value::from(()))
}

pub(super) fn multiverse(world: &Arc<World>) -> Value {
    let Some((name, branches, _)) = &world.multiverse else { return Value::from(()) };
    let fields = [("name", text(name)), ("branches", Value::from(*branches))];
    Thing::value("multiverse", ("", name), fields)
}

pub(super) fn notes(world: &Arc<World>) -> Value {
    let all = world.notes.iter().map(|(code, said)| {
        Thing::value("note", ("", said), [("code", text(code)), ("text", text(said))])
    });
    all.collect()
}
