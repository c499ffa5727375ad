//! The figures of chapters: every kind of chart, by the options of `plot`.

use quanheng_core::model::LeagueIx;
use quanheng_words::text;

use super::Sources;
use super::request::Request;
use super::world::World;
use super::wrong::Wrong;
use crate::case::Case;
use crate::problem::{ChartFault, Fault};
use crate::report::chart::{Kind, Many, Need, Scene, Side};
use crate::report::document::Part;

/// The figure of a request; `id` begins the ids in the drawing.
pub(super) fn parts(
    request: &Request,
    world: &World,
    of: &Sources<'_>,
    id: &str,
) -> Result<Vec<Part>, Wrong> {
    let content = of.content;
    let Some(kind) = Kind::find(&request.name) else { return Ok(Vec::new()) };
    let at = world.evaluation(request.methodology.as_deref())?;
    let region = match request.region.as_deref() {
        Some(code) => Some(world.region(code)?),
        None => world.region,
    };
    let league = match (&request.league, region) {
        (None, Some(region)) => world.league_with(at, region),
        (league, _) => world.league_of(league.as_deref())?,
    };
    let study = content.evaluations[at].study();
    if let Some(group) = &request.group
        && study.groups.iter().all(|known| known.code != *group)
    {
        let known = study.groups.iter().map(|group| group.code.clone()).collect();
        return Err(Wrong::unknown(text!(thing_group), group, known));
    }
    if let Some(with) = &request.with {
        let covariates = content.inputs.covariates.iter().map(|of| of.code.clone());
        let nodes = content.evaluations[at].methodology().system.nodes().iter();
        let known: Vec<String> = covariates.chain(nodes.map(|node| node.code.clone())).collect();
        if !known.contains(with) {
            return Err(Wrong::unknown(text!(thing_figure), with, known));
        }
    }
    let base = &content.evaluations[0].methodology().code;
    let wants_many = kind.needs == Need::RegionAndMultiverse || request.multiverse;
    let many = content.multiverses.iter().find(|of| wants_many && at == 0 && of.base == *base);
    let slice = world.slice(at, league, request.period.as_deref())?;
    let scene = Scene {
        sides: sides(request, world, of, kind, at, league)?,
        league,
        node: request.node.as_deref(),
        region,
        group: request.group.as_deref(),
        with: request.with.as_deref(),
        leaves: request.leaves,
        top: request.top,
        case: case(request, of)?,
        map: content.map,
        map_key: content.map_key,
        many: many.map(|of| Many { name: &of.title, evaluated: &of.evaluated, groups: &of.groups }),
        robust: content.robust.iter().find(|of| at == 0 && Some(of.slice) == slice),
        shares: content.shares.iter().find_map(|(name, of)| Some((name.as_str(), of.as_ref()?))),
        groups: content.groups,
        inputs: content.inputs,
        frame: content.frame,
        language: world.language,
        id,
        is_alone: false,
    };
    if scene.sides.is_empty() {
        return Ok(Vec::new());
    }
    match kind.draw(&scene) {
        Ok(chart) => {
            Ok(vec![Part::Figure { chart: Box::new(chart), caption: request.caption.clone() }])
        }
        Err(_) if request.optional => Ok(Vec::new()),
        Err(reason) => Err(Wrong(Box::new(Fault::Chart(ChartFault::None { kind, reason })))),
    }
}

/// The case that is named.
fn case<'a>(request: &Request, of: &Sources<'a>) -> Result<Option<&'a Case>, Wrong> {
    let Some(code) = &request.case else { return Ok(None) };
    let all = || of.content.cases.iter().map(|(case, _)| *case);
    all().find(|case| case.code == *code).map(Some).ok_or_else(|| {
        Wrong::unknown(text!(thing_case), code, all().map(|case| case.code.clone()).collect())
    })
}

/// What a figure is about, or compares: the methodologies that are named, periods where they are asked for, and all
/// methodologies for charts that compare and say nothing else.
fn sides<'a>(
    request: &Request,
    world: &World,
    of: &Sources<'a>,
    kind: &Kind,
    at: usize,
    league: LeagueIx,
) -> Result<Vec<Side<'a>>, Wrong> {
    let evaluations = of.content.evaluations;
    let side = |at: usize| -> Result<Option<Side<'a>>, Wrong> {
        let slice = world.slice(at, league, request.period.as_deref())?;
        let study = evaluations[at].study();
        Ok(slice.map(|slice| Side {
            label: evaluations[at].methodology().code.clone(),
            evaluation: &evaluations[at],
            period: study.panel.slices()[slice].period,
        }))
    };
    if !request.compare.is_empty() {
        let mut sides = Vec::new();
        for code in &request.compare {
            sides.extend(side(world.evaluation(Some(code))?)?);
        }
        return Ok(sides);
    }
    let compares = matches!(kind.needs, Need::Several | Need::TiersAndSeveral | Need::RegionAndTwo);
    let study = evaluations[at].study();
    let periods = study.panel.slices().iter().filter(|slice| slice.league == league);
    if request.periods || (compares && evaluations.len() < 2) {
        return Ok(periods
            .map(|slice| Side {
                label: study.periods[slice.period.0 as usize].label.clone(),
                evaluation: &evaluations[at],
                period: slice.period,
            })
            .collect());
    }
    if compares {
        let mut sides = Vec::new();
        for at in 0..evaluations.len() {
            sides.extend(side(at)?);
        }
        if kind.needs == Need::RegionAndTwo {
            sides.truncate(2);
        }
        return Ok(sides);
    }
    Ok(side(at)?.into_iter().collect())
}
