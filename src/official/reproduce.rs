//! Every comparison with published results that a project states.

use std::collections::BTreeMap;
use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;

use super::{Compared, Figures, Official, compare, figures, read};
use crate::problem::{Fault, OfficialFault, Problem, Problems};
use crate::project::Resolved;

/// Compares a project with the published results that it states, each methodology that is `wanted`. `step` is called
/// before each comparison with the number that are done and the number of all. Also returns what could not be compared,
/// and why.
pub fn reproduce(
    resolved: &Resolved,
    wanted: impl Fn(&str) -> bool,
    step: impl Fn(usize, usize),
) -> (Vec<Compared>, Problems) {
    let mut problems = resolved.aside.official();
    let all: Vec<&Official> =
        resolved.official.iter().filter(|official| wanted(&official.methodology)).collect();
    if all.is_empty() && problems.is_empty() && resolved.published.is_empty() {
        let fault = Fault::Official(OfficialFault::Nothing);
        problems.push(Problem { fault, places: Vec::new() });
    }
    let mut done = Vec::new();
    let mut evaluated: BTreeMap<&str, Option<Evaluation>> = BTreeMap::new();
    for (i, official) in all.iter().enumerate() {
        step(i, all.len());
        let code = official.methodology.as_str();
        let evaluation = evaluated.entry(code).or_insert_with(|| {
            let found = resolved.methodology(Some(code)).and_then(|methodology| {
                let study = Arc::clone(&resolved.study);
                let evaluated = Evaluation::new(study, methodology);
                evaluated.map_err(|errors| resolved.evaluation_problems(code, errors))
            });
            found.map_err(|more| problems.extend(more)).ok()
        });
        let Some(evaluation) = evaluation else { continue };
        match read(official, &resolved.study, &evaluation.methodology().system) {
            Ok(published) => done.push(compare(official, evaluation, &published)),
            Err(more) => problems.extend(more),
        }
    }
    (done, problems)
}

/// What is wrong with the files of published results themselves, without an evaluation.
pub fn misread(resolved: &Resolved) -> Problems {
    let mut problems = Problems::default();
    for official in &resolved.official {
        if let Some(methodology) = resolved.methodologies.get(&official.methodology)
            && let Err(more) = read(official, &resolved.study, &methodology.system)
        {
            problems.extend(more);
        }
    }
    problems.extend(weigh(resolved).1);
    problems
}

/// Whether the published figures of a project can all be true, table by table. Also returns what could not be read.
pub fn weigh(resolved: &Resolved) -> (Vec<Figures>, Problems) {
    let (mut found, mut problems) = (Vec::new(), Problems::default());
    for published in &resolved.published {
        match figures(published, &resolved.study) {
            Ok(one) => found.push(one),
            Err(more) => problems.extend(more),
        }
    }
    (found, problems)
}

/// Figures that contradict each other though it is not stated, or do not though it is.
pub fn unmet_figures(found: &[Figures]) -> Problems {
    let mut problems = Problems::default();
    for one in found {
        let (code, count) = (one.published.code.clone(), one.contradictions.len());
        let fault = match (&one.published.contradicts, count) {
            (None, 0) | (Some(_), 1..) => continue,
            (None, count) => OfficialFault::Contradicts { code, count },
            (Some(_), 0) => OfficialFault::NoContradiction { code },
        };
        let places = vec![one.published.place.clone()];
        problems.push(Problem { fault: Fault::Official(fault), places });
    }
    problems
}

/// What is not as published, or no longer as the exceptions say.
pub fn unmet(compared: &[Compared]) -> Problems {
    let mut problems = Problems::default();
    for one in compared {
        let mut push = |fault, place: &crate::problem::Place| {
            problems.push(Problem { fault: Fault::Official(fault), places: vec![place.clone()] });
        };
        let (cells, of) = (one.differing(), one.count());
        if cells > 0 {
            let (methodology, file) = (one.methodology.clone(), one.file.clone());
            push(OfficialFault::Differs { methodology, file, cells, of }, &one.place);
        }
        for stale in &one.stale {
            let (names, cells) = (stale.names.clone(), stale.cells);
            push(OfficialFault::Stale { names, cells }, &stale.place);
        }
        if let Some(least) = one.too_few() {
            push(OfficialFault::TooFew { found: of, least }, &one.place);
        }
    }
    problems
}
