//! `quanheng reach`: the least change of a region's own cells that brings it to a rank or a tier.

use std::path::PathBuf;
use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{NodeId, System};
use quanheng_core::reach::{Goal, NoReach, Norm, Options, Reach};
use quanheng_words::text;

use super::common::{Of, Output};
use super::subject::project_of;
use super::{Terminal, named};
use crate::problem::{Fault, Problem, Problems, ReachFault};
use crate::progress::Progress;
use crate::project;
use crate::report::Report;
use crate::report::reach::{self, View};

/// What `reach` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng reach [OPTIONS] [PROJECT] <REGION> <RANK|TIER>")]
pub(super) struct Arguments {
    /// The region's code or name, then the rank or the tier that it is to reach. Before them the project's folder, unless
    /// it is the current one.
    #[arg(required = true, value_name = "WORD")]
    pub(super) words: Vec<String>,
    /// Read the goal as a tier, also where the name of the tier is a number.
    #[arg(long)]
    tier: bool,
    /// Change only these leaves, or those below these nodes, by code.
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    only: Vec<String>,
    /// Leave these leaves as they are, or those below these nodes, by code.
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    fixed: Vec<String>,
    /// Let no cell become better than the best one of the league and period.
    #[arg(long)]
    seen: bool,
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    output: Output,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        project_of(self.words.clone()).0
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let fault = |fault| Problems::from(Problem { fault: Fault::Reach(fault), places: vec![] });
    let (path, words) = project_of(arguments.words.clone());
    let [wanted, goal] = words.as_slice() else {
        return Err(fault(ReachFault::Words { found: words.len() }));
    };
    let progress = Progress::new(out.language);
    let resolved = project::open(&path)?;
    let methodology = resolved.methodology(arguments.of.methodology.as_deref())?;
    let out = out.of_methodologies(&resolved, &[&methodology.code]);
    let study = &resolved.study;
    let region = named::region(study, wanted)?;
    let period = named::period(study, arguments.of.period.as_deref())?;
    let system = &methodology.system;
    let norm = Norm::default();
    let only = Some(nodes(system, &arguments.only)?).filter(|only| !only.is_empty());
    let options =
        Options { norm, only, fixed: nodes(system, &arguments.fixed)?, seen: arguments.seen };
    progress.step(&text!(progress_evaluating), 0, 1);
    let failed = |errors| resolved.evaluation_problems(&methodology.code, errors);
    let evaluation = Evaluation::new(study.clone(), Arc::clone(&methodology)).map_err(failed)?;
    let panel = &evaluation.study().panel;
    let asked = |&row: &usize| {
        panel.regions()[row] == region && period.is_none_or(|p| panel.periods()[row] == p)
    };
    let row = (0..panel.rows()).filter(asked).max_by_key(|&row| panel.periods()[row]);
    let name = {
        let of = &study.regions[region.0 as usize];
        let name = of.name(out.language.tag());
        if name == of.code { name.to_owned() } else { format!("{} {name}", of.code) }
    };
    let no_rank = || {
        let label = arguments.of.period.clone().unwrap_or_default();
        fault(ReachFault::NoRank { region: name.clone(), period: label })
    };
    let row = row.ok_or_else(no_rank)?;
    let goal = goal_of(&evaluation, row, goal, arguments.tier)?;
    progress.step(&text!(progress_searching), 0, 1);
    let found = Reach::new(study, &evaluation, row, goal, &options);
    progress.done();
    let found = found.map_err(|why| match why {
        NoReach::NoRank => no_rank(),
        NoReach::NoCell { still } => {
            let reasons = reach::reasons(system, &still);
            fault(ReachFault::NoCell { region: name.clone(), reasons })
        }
        NoReach::Evaluation(errors) => failed(errors),
    })?;
    let fingerprint = resolved.fingerprint.clone();
    let view = View { language: out.language, goal, norm, fingerprint };
    let tables = reach::tables(&evaluation, row, &found, &view);
    if let Some(folder) = &arguments.output.out {
        out.write(folder, "reach.json", &Report::from(tables.clone()))?;
    }
    let report = match arguments.output.format.is_for_people() {
        true => reach::report(&evaluation, row, &found, &view),
        false => Report::from(tables),
    };
    out.show(&report, arguments.output.format)
}

/// Nodes by code.
fn nodes(system: &System, codes: &[String]) -> Result<Vec<NodeId>, Problems> {
    let mut problems = Problems::default();
    let mut found = Vec::new();
    for code in codes {
        match system.find(code) {
            Some(node) => found.push(node),
            None => {
                let known = system.nodes().iter().map(|node| node.code.clone()).collect();
                problems.push(Problem::unknown(text!(thing_node), code, known));
            }
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// A rank where the goal is a number, else a tier by name.
fn goal_of(
    evaluation: &Evaluation,
    row: usize,
    goal: &str,
    is_tier: bool,
) -> Result<Goal, Problems> {
    let fault = |fault| Problems::from(Problem { fault: Fault::Reach(fault), places: vec![] });
    let ranks = &evaluation.ranks()[evaluation.study().panel.slice_of(row).rows.clone()];
    let ranked = ranks.iter().filter(|rank| !rank.is_nan()).count();
    let labels = reach::tier_labels(evaluation, row);
    match goal.parse::<f64>() {
        Ok(rank) if !is_tier => match rank >= 1.0 && rank <= ranked as f64 {
            true => Ok(Goal::Rank(rank)),
            false => Err(fault(ReachFault::Rank { goal: goal.to_owned(), ranked })),
        },
        _ if labels.is_empty() => Err(fault(ReachFault::NoTiers { goal: goal.to_owned() })),
        _ => match labels.iter().position(|label| label == goal) {
            Some(at) => Ok(Goal::Tier(at)),
            None => Err(Problem::unknown(text!(thing_tier), goal, labels).into()),
        },
    }
}
