//! The functions of expressions.

use std::sync::Arc;

use minijinja::Value;
use quanheng_core::methodology::Part;
use quanheng_core::number::{extremes, mean as mean_of, median as median_of, sort_by_key, sorted};
use quanheng_core::profile::Mark;
use quanheng_words::{text, word};

use super::arguments::Arguments;
use super::request::{Form, Outcome, Request};
use super::thing::Thing;
use super::values;
use super::world::{View, World};
use super::wrong::Wrong;
use crate::problem::ProseFault;
use crate::report::{number, ranking};

type Given<'a> = &'a Arguments;
type Answer = Result<Value, Wrong>;

fn nothing() -> Value {
    Value::from(())
}

fn none() -> Value {
    std::iter::empty::<Value>().collect()
}

/// The ranking in which a region is looked up, and its row there.
fn of_region(world: &World, given: Given<'_>) -> Result<Option<(Arc<View>, usize)>, Wrong> {
    let name = given.name("region")?.unwrap_or_default();
    let region = world.region(&name)?;
    let view = world.view_of(given, Some(region))?;
    Ok(view.and_then(|view| view.row(region).map(|row| (view, row))))
}

pub(super) fn rank(world: &Arc<World>, given: Given<'_>) -> Answer {
    let found = of_region(world, given)?;
    Ok(found.map_or_else(nothing, |(view, row)| world.places(view.ranks[row])))
}

pub(super) fn score(world: &Arc<World>, given: Given<'_>) -> Answer {
    let found = of_region(world, given)?;
    Ok(found.map_or_else(nothing, |(view, row)| world.figure(view.score(row), view.digits)))
}

pub(super) fn region(world: &Arc<World>, given: Given<'_>) -> Answer {
    let found = of_region(world, given)?;
    Ok(found.map_or_else(nothing, |(view, row)| values::region(world, &view, row)))
}

pub(super) fn ranking(world: &Arc<World>, given: Given<'_>) -> Answer {
    let view = world.view(given)?;
    Ok(view.map_or_else(none, |view| values::some(world, &view, &view.rows)))
}

pub(super) fn top(world: &Arc<World>, given: Given<'_>) -> Answer {
    let n = given.count("n")?.unwrap_or(1);
    let Some(view) = world.view(given)? else { return Ok(none()) };
    let rank = |place: usize| view.ranks[view.rows[place]];
    let mut end = n.min(view.rows.len());
    while end > 0 && end < view.rows.len() && rank(end) == rank(end - 1) {
        end += 1;
    }
    Ok(values::some(world, &view, &view.rows[..end]))
}

pub(super) fn bottom(world: &Arc<World>, given: Given<'_>) -> Answer {
    let n = given.count("n")?.unwrap_or(1);
    let Some(view) = world.view(given)? else { return Ok(none()) };
    let rank = |place: usize| view.ranks[view.rows[place]];
    let mut start = view.rows.len() - n.min(view.rows.len());
    while start > 0 && start < view.rows.len() && rank(start) == rank(start - 1) {
        start -= 1;
    }
    Ok(values::some(world, &view, &view.rows[start..]))
}

/// A ranking, and some of its rows.
type Rows = (Arc<View>, Vec<usize>);

/// The rows of a tier that is named.
fn rows_of_tier(world: &World, given: Given<'_>) -> Result<Option<Rows>, Wrong> {
    let name = given.name("tier")?.unwrap_or_default();
    let Some(view) = world.view(given)? else { return Ok(None) };
    let known = view.tiers();
    let Some(at) = known.iter().position(|label| *label == name) else {
        return Err(Wrong::unknown(text!(thing_tier), &name, known));
    };
    let is_in = |row: &usize| view.tier(*row).is_some_and(|(tier, ..)| tier == at);
    let rows = view.rows.iter().copied().filter(is_in).collect();
    Ok(Some((view, rows)))
}

pub(super) fn tier(world: &Arc<World>, given: Given<'_>) -> Answer {
    let found = rows_of_tier(world, given)?;
    Ok(found.map_or_else(none, |(view, rows)| values::some(world, &view, &rows)))
}

pub(super) fn share(world: &Arc<World>, given: Given<'_>) -> Answer {
    let found = rows_of_tier(world, given)?;
    Ok(found.map_or_else(nothing, |(view, rows)| {
        world.figure(rows.len() as f64 / view.rows.len().max(1) as f64, 4)
    }))
}

pub(super) fn count(world: &Arc<World>, given: Given<'_>) -> Answer {
    Ok(Value::from(world.view(given)?.map_or(0, |view| view.rows.len())))
}

pub(super) fn node(world: &Arc<World>, given: Given<'_>) -> Answer {
    let view = world.view(given)?;
    Ok(view.map_or_else(nothing, |v| values::node(world, &v.evaluation, v.slice, v.node)))
}

pub(super) fn children(world: &Arc<World>, given: Given<'_>) -> Answer {
    let Some(view) = world.view(given)? else { return Ok(none()) };
    let children = &view.evaluation.methodology().system.node(view.node).children;
    let of = |id: &_| values::node(world, &view.evaluation, view.slice, *id);
    Ok(children.iter().map(of).collect())
}

pub(super) fn mean(world: &Arc<World>, given: Given<'_>) -> Answer {
    let Some(view) = world.view(given)? else { return Ok(nothing()) };
    let scores = match (given.name("group")?, given.name("class")?) {
        (None, None) => view.scores(),
        (None, Some(_)) => {
            let function = "mean";
            return Err(ProseFault::Missing { function, argument: "group" }.into());
        }
        (Some(_), None) => {
            let function = "mean";
            return Err(ProseFault::Missing { function, argument: "class" }.into());
        }
        (Some(group), Some(wanted)) => {
            let classes = classes(world, &view, &group)?;
            match classes.iter().find(|(class, _)| *class == wanted) {
                Some((_, rows)) => scores_of(&view, rows),
                None => {
                    let known = classes.into_iter().map(|(class, _)| class).collect();
                    return Err(Wrong::unknown(text!(thing_class), &wanted, known));
                }
            }
        }
    };
    Ok(world.figure(mean_of(&scores).unwrap_or(f64::NAN), view.digits))
}

fn scores_of(view: &View, rows: &[usize]) -> Vec<f64> {
    rows.iter().map(|&row| view.score(row)).filter(|score| !score.is_nan()).collect()
}

pub(super) fn median(world: &Arc<World>, given: Given<'_>) -> Answer {
    let Some(view) = world.view(given)? else { return Ok(nothing()) };
    let mut ascending = Vec::new();
    sorted(&view.scores(), &mut ascending);
    Ok(world.figure(median_of(&ascending).unwrap_or(f64::NAN), view.digits))
}

pub(super) fn gap(world: &Arc<World>, given: Given<'_>) -> Answer {
    let Some(view) = world.view(given)? else { return Ok(nothing()) };
    let gap = extremes(&view.scores()).map_or(f64::NAN, |(low, high)| high - low);
    Ok(world.figure(gap, view.digits))
}

/// The classes of a group with their rows, the best first.
fn classes(world: &World, view: &View, group: &str) -> Result<Vec<(String, Vec<usize>)>, Wrong> {
    let study = view.evaluation.study();
    let named = |code: &str| world.groups.get(code).and_then(|about| about.names.get(world.tag()));
    let found = study.groups.iter().find(|of| of.code == group || named(&of.code) == Some(group));
    let Some(found) = found else {
        let known = study.groups.iter().map(|of| of.code.clone()).collect();
        return Err(Wrong::unknown(text!(thing_group), group, known));
    };
    let of = |(class, regions): (&String, &Vec<_>)| {
        let is_in = |row: &usize| regions.contains(&view.region(*row));
        (class.clone(), view.rows.iter().copied().filter(is_in).collect())
    };
    Ok(found.classes.iter().map(of).collect())
}

pub(super) fn group(world: &Arc<World>, given: Given<'_>) -> Answer {
    let name = given.name("group")?.unwrap_or_default();
    let Some(view) = world.view(given)? else { return Ok(none()) };
    let classes = classes(world, &view, &name)?;
    let means: Vec<f64> = classes
        .iter()
        .map(|(_, rows)| mean_of(&scores_of(&view, rows)).unwrap_or(f64::NAN))
        .collect();
    let mut order: Vec<usize> = (0..classes.len()).filter(|&k| !classes[k].1.is_empty()).collect();
    sort_by_key(&mut order, &|k| -means[k]);
    let of = |k: usize| {
        let (class, rows) = &classes[k];
        let fields = [
            ("name", values::text(class)),
            ("count", Value::from(rows.len())),
            ("mean", world.figure(means[k], view.digits)),
            ("regions", values::some(world, &view, rows)),
        ];
        Thing::value("class", (class, class), fields)
    };
    Ok(order.into_iter().map(of).collect())
}

fn moved(world: &World, given: Given<'_>, rise: bool) -> Answer {
    let n = given.count("n")?.unwrap_or(1);
    let Some(view) = world.view(given)? else { return Ok(none()) };
    let mut rows = values::moved(&view, rise);
    rows.truncate(n);
    Ok(values::some(world, &view, &rows))
}

pub(super) fn risers(world: &Arc<World>, given: Given<'_>) -> Answer {
    moved(world, given, true)
}

pub(super) fn fallers(world: &Arc<World>, given: Given<'_>) -> Answer {
    moved(world, given, false)
}

fn marked(world: &World, given: Given<'_>, wanted: Mark) -> Answer {
    let region = world.region(&given.name("region")?.unwrap_or_default())?;
    let evaluation = &world.evaluations[0];
    let (study, system) = (evaluation.study(), &evaluation.methodology().system);
    let own = world.profiles.iter().find(|of| study.panel.regions()[of.row] == region);
    let marked = own
        .iter()
        .flat_map(|profile| &profile.nodes)
        .filter(|standing| standing.mark.is_some_and(|(mark, _)| mark == wanted));
    let of = |standing: &quanheng_core::profile::Standing| {
        let node = system.node(standing.node);
        let place = &standing.places[0];
        let digits = ranking::digits(evaluation, standing.node);
        let fields = [
            ("node", values::text(node.name(world.tag()))),
            ("rank", world.places(place.rank)),
            ("score", world.figure(standing.score, digits)),
            ("mean", world.figure(place.mean.unwrap_or(f64::NAN), digits)),
        ];
        Thing::value("strength", (&node.code, node.name(world.tag())), fields)
    };
    Ok(marked.map(of).collect())
}

pub(super) fn strengths(world: &Arc<World>, given: Given<'_>) -> Answer {
    marked(world, given, Mark::Strength)
}

pub(super) fn weaknesses(world: &Arc<World>, given: Given<'_>) -> Answer {
    marked(world, given, Mark::Weakness)
}

/// The code of a methodology that is named.
fn code(world: &World, given: Given<'_>, argument: &'static str) -> Result<String, Wrong> {
    let at = world.evaluation(given.name(argument)?.as_deref())?;
    Ok(world.evaluations[at].methodology().code.clone())
}

pub(super) fn agreement(world: &Arc<World>, given: Given<'_>) -> Answer {
    let pair = [code(world, given, "a")?, code(world, given, "b")?];
    let found = world
        .agreements
        .iter()
        .find(|(of, _)| *of == pair || (of[0] == pair[1] && of[1] == pair[0]));
    let Some((_, figures)) = found else { return Ok(nothing()) };
    let fields = figures.iter().map(|(name, value)| (*name, world.figure(*value, 4)));
    Ok(Thing::value("agreement", ("", ""), fields.collect::<Vec<_>>()))
}

pub(super) fn difference(world: &Arc<World>, given: Given<'_>) -> Answer {
    let region = world.region(&given.name("region")?.unwrap_or_default())?;
    let first = code(world, given, "a")?;
    let second = match given.value("b") {
        Some(_) => code(world, given, "b")?,
        None => match world.changes.first() {
            Some((of, _)) => of[1].clone(),
            None => return Ok(nothing()),
        },
    };
    let pair = [first.clone(), second.clone()];
    let Some((_, changes)) = world.changes.iter().find(|(of, _)| *of == pair) else {
        return Err(ProseFault::NoDifference { first, second }.into());
    };
    let Some(change) = changes.iter().find(|change| change.region == region) else {
        return Ok(nothing());
    };
    let language = world.language;
    let study = world.evaluations[0].study();
    let name = study.regions[region.0 as usize].name(world.tag());
    let (before, after) = change.ranks;
    // The part whose share of the move in ranks is the greatest.
    let share = |k: usize| change.contributions[k].share.rank.abs();
    let mut order: Vec<usize> = (0..change.contributions.len()).collect();
    sort_by_key(&mut order, &|k| -share(k));
    let cause = order.first().filter(|_| before != after).map(|&k| {
        let parts: Vec<&str> =
            change.contributions[k].players.iter().map(|part: &Part| part.word(language)).collect();
        parts.join(word!(list_comma, language))
    });
    let said = match &cause {
        None => text!(prose_same_rank, region = name, rank = number::rank(before)),
        Some(cause) => text!(
            prose_moves,
            region = name,
            before = number::rank(before),
            after = number::rank(after),
            cause = cause
        ),
    };
    let said = said.render(language);
    let fields = [
        ("before", world.places(before)),
        ("after", world.places(after)),
        ("places", world.places(before - after)),
        ("cause", cause.as_deref().map_or_else(nothing, values::text)),
    ];
    Ok(Thing::value("difference", ("", &said), fields))
}

/// The spread of ranks of a row of the report's ranking.
fn spread_of(world: &World, view: &View, row: usize) -> Option<[f64; 5]> {
    let region = &view.evaluation.study().regions[view.region(row).0 as usize].code;
    let key = [view.league().to_owned(), view.period().to_owned(), region.clone()];
    world.spreads.get(&key).copied()
}

pub(super) fn spread(world: &Arc<World>, given: Given<'_>) -> Answer {
    let name = given.name("region")?.unwrap_or_default();
    let region = world.region(&name)?;
    let league = world.league_with(0, region);
    let root = world.evaluations[0].methodology().system.root();
    let view = world.slice(0, league, None)?.map(|slice| world.ranked(0, slice, root));
    let found = view.as_ref().and_then(|view| {
        let row = view.row(region)?;
        spread_of(world, view, row)
    });
    let Some([least, low, median, high, greatest]) = found else { return Ok(nothing()) };
    let fields = [
        ("least", world.places(least)),
        ("low", world.places(low)),
        ("median", world.places(median)),
        ("high", world.places(high)),
        ("greatest", world.places(greatest)),
    ];
    let said = format!("{}–{}", number::rank(least), number::rank(greatest));
    Ok(Thing::value("spread", ("", &said), fields))
}

pub(super) fn sure(world: &Arc<World>, given: Given<'_>) -> Answer {
    let region = world.region(&given.name("region")?.unwrap_or_default())?;
    Ok(world.sure.get(&region).map_or_else(nothing, |said| values::text(said)))
}

pub(super) fn widest(world: &Arc<World>, given: Given<'_>) -> Answer {
    let n = given.count("n")?.unwrap_or(1);
    let Some(view) = world.own() else { return Ok(none()) };
    let wide = |row: usize| spread_of(world, &view, row).map(|of| of[4] - of[0]);
    let mut rows: Vec<usize> =
        view.rows.iter().copied().filter(|&row| wide(row).is_some_and(|x| x > 0.0)).collect();
    sort_by_key(&mut rows, &|row| -wide(row).unwrap_or(0.0));
    rows.truncate(n);
    Ok(values::some(world, &view, &rows))
}

/// What of a figure or a table is asked for, checked as far as names go.
fn request(world: &World, given: Given<'_>, form: Form, name: String) -> Result<Request, Wrong> {
    let at = world.evaluation(given.name("methodology")?.as_deref())?;
    let region = match given.name("region")? {
        None => None,
        Some(name) => {
            let region = world.region(&name)?;
            Some(world.evaluations[0].study().regions[region.0 as usize].code.clone())
        }
    };
    let node = match given.name("node")? {
        None => None,
        Some(name) => {
            let node = world.node(at, Some(&name))?;
            Some(world.evaluations[at].methodology().system.node(node).code.clone())
        }
    };
    let league = match given.name("league")? {
        None => None,
        Some(name) => {
            let league = world.league_of(Some(&name))?;
            Some(world.evaluations[0].study().leagues[league.0 as usize].code.clone())
        }
    };
    let period = given.name("period")?;
    world.slice(at, world.league, period.as_deref())?;
    let mut compare = Vec::new();
    for code in given.names("compare")? {
        world.evaluation(Some(&code))?;
        compare.push(code);
    }
    Ok(Request {
        form,
        name,
        methodology: given.name("methodology")?,
        period,
        league,
        node,
        region,
        group: given.name("group")?,
        with: given.name("with")?,
        case: given.name("case")?,
        leaves: given.is("leaves"),
        top: given.count("top")?,
        bottom: given.count("bottom")?,
        compare,
        periods: given.is("periods"),
        multiverse: given.is("multiverse"),
        columns: given.names("columns")?,
        caption: given.name("caption")?,
        optional: given.is("optional") || form == Form::Rows,
    })
}

/// What came of a request; nothing yet while it is only noted.
fn answered(world: &World, request: Request) -> Answer {
    let mut store = world.store();
    match store.answers.get(&request).cloned() {
        Some(Ok(Outcome::Rows(rows))) => Ok(rows.into_iter().collect()),
        Some(Ok(Outcome::Parts(parts))) if parts.is_empty() => Ok(Value::from("")),
        Some(Ok(Outcome::Parts(_))) => {
            let token = super::token(store.pieces.len());
            store.pieces.push(super::world::Piece::Block(Box::new(request)));
            Ok(Value::from_safe_string(token))
        }
        Some(Err(wrong)) => Err(wrong),
        None => {
            let is_rows = request.form == Form::Rows;
            if !store.asked.contains(&request) {
                store.asked.push(request);
            }
            Ok(if is_rows { none() } else { Value::from("") })
        }
    }
}

pub(super) fn figure(world: &Arc<World>, given: Given<'_>) -> Answer {
    let name = given.name("kind")?.unwrap_or_default();
    if crate::report::chart::Kind::find(&name).is_none() {
        let known = crate::report::chart::KINDS.iter().map(|kind| kind.name.to_owned()).collect();
        return Err(Wrong::unknown(text!(thing_chart), &name, known));
    }
    answered(world, request(world, given, Form::Figure, name)?)
}

pub(super) fn table(world: &Arc<World>, given: Given<'_>) -> Answer {
    let name = given.name("name")?.unwrap_or_default();
    answered(world, request(world, given, Form::Table, name)?)
}

pub(super) fn rows(world: &Arc<World>, given: Given<'_>) -> Answer {
    let name = given.name("name")?.unwrap_or_default();
    answered(world, request(world, given, Form::Rows, name)?)
}
