//! Finds what names on a command line refer to in a project.

use std::sync::Arc;

use quanheng_core::methodology::Methodology;
use quanheng_core::model::{LeagueIx, PeriodIx, RegionIx, Study};

use quanheng_words::{Text, text};

use crate::case::Case;
use crate::problem::{Fault, Problem, Problems};
use crate::project::Resolved;

/// Methodologies by code, `all` being every one; the project's usual one where none is named.
pub(super) fn methodologies(
    resolved: &Resolved,
    codes: &[String],
) -> Result<Vec<Arc<Methodology>>, Problems> {
    if codes.is_empty() {
        return Ok(vec![resolved.methodology(None)?]);
    }
    if codes.iter().any(|c| c == "all") {
        return Ok(resolved.methodologies.values().cloned().collect());
    }
    let mut problems = Problems::default();
    let mut found = Vec::new();
    for code in codes {
        match resolved.methodology(Some(code)) {
            Ok(methodology) => found.push(methodology),
            Err(more) => problems.extend(more),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// Periods by label, `all` being every one; `None` where none is named.
pub(super) fn periods(study: &Study, labels: &[String]) -> Result<Option<Vec<PeriodIx>>, Problems> {
    if labels.is_empty() {
        return Ok(None);
    }
    if labels.iter().any(|l| l == "all") {
        return Ok(Some((0..study.periods.len() as u32).map(PeriodIx).collect()));
    }
    let known = study.periods.iter().map(|p| p.label.clone()).collect();
    each(&text!(thing_period), labels, known, |label| study.period(label)).map(Some)
}

/// The period with this label; `None` where none is named.
pub(super) fn period(study: &Study, label: Option<&str>) -> Result<Option<PeriodIx>, Problems> {
    let Some(label) = label else { return Ok(None) };
    let known = || study.periods.iter().map(|p| p.label.clone()).collect();
    let found = study.period(label);
    let unknown = || Problem::unknown(text!(thing_period), label, known()).into();
    found.ok_or_else(unknown).map(Some)
}

/// Leagues by code; `None` where none is named.
pub(super) fn leagues(study: &Study, codes: &[String]) -> Result<Option<Vec<LeagueIx>>, Problems> {
    if codes.is_empty() {
        return Ok(None);
    }
    let leagues = &study.leagues;
    let known = leagues.iter().map(|l| l.code.clone()).collect();
    let find = |code: &str| leagues.iter().position(|l| l.code == code).map(|i| LeagueIx(i as u32));
    each(&text!(thing_league), codes, known, find).map(Some)
}

/// Checks that every methodology has a node with this code.
pub(super) fn node(methodologies: &[Arc<Methodology>], code: &str) -> Result<(), Problems> {
    let lacks = |m: &&Arc<Methodology>| m.system.find(code).is_none();
    let Some(methodology) = methodologies.iter().find(lacks) else { return Ok(()) };
    let known = methodology.system.nodes().iter().map(|node| node.code.clone()).collect();
    Err(Problem::unknown(text!(thing_node), code, known).into())
}

/// The region with this code, or else with this name in any language.
pub(super) fn region(study: &Study, wanted: &str) -> Result<RegionIx, Problems> {
    if let Some(found) = study.region(wanted) {
        return Ok(found);
    }
    let has_name = |r: &quanheng_core::model::Region| r.names.iter().any(|(_, n)| n == wanted);
    let named = study.regions.iter().enumerate().filter(|(_, region)| has_name(region));
    let found: Vec<(usize, &quanheng_core::model::Region)> = named.collect();
    if found.len() > 1 {
        let name = wanted.to_owned();
        let about = |(_, region): &(usize, &quanheng_core::model::Region)| {
            let attributes = region.attributes.values().filter(|text| !text.is_empty());
            (region.code.clone(), attributes.take(3).cloned().collect())
        };
        let fault = Fault::SeveralRegions { name, regions: found.iter().map(about).collect() };
        return Err(Problem { fault, places: Vec::new() }.into());
    }
    found.first().map(|(at, _)| RegionIx(*at as u32)).ok_or_else(|| {
        let codes = study.regions.iter().map(|r| r.code.clone());
        let names = study.regions.iter().flat_map(|r| r.names.iter().map(|(_, n)| n.to_owned()));
        Problem::unknown(text!(thing_region), wanted, codes.chain(names).collect()).into()
    })
}

/// The case of this code.
pub(super) fn case<'r>(resolved: &'r Resolved, code: &str) -> Result<&'r Case, Problems> {
    let found = resolved.cases.iter().find(|case| case.code == code);
    let known = || resolved.cases.iter().map(|case| case.code.clone()).collect();
    found.ok_or_else(|| Problem::unknown(text!(thing_case), code, known()).into())
}

/// What each name refers to, or a problem for each name that does not exist.
fn each<T>(
    what: &Text,
    names: &[String],
    known: Vec<String>,
    find: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Problems> {
    let mut problems = Problems::default();
    let mut found = Vec::new();
    for name in names {
        match find(name) {
            Some(one) => found.push(one),
            None => problems.push(Problem::unknown(what.clone(), name, known.clone())),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}
