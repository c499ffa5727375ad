//! `quanheng plot`: a result as a picture.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use quanheng_core::analysis::{Subject, Unwatched};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{LeagueIx, PeriodIx, RegionIx};
use quanheng_words::text;

use super::common::Of;
use super::format::format;
use super::paper::{self, Paper};
use super::subject::{Subjects, first_project, project_of};
use super::{Terminal, ledger, named, print, sensitivity};
use crate::case::Case;
use crate::data::map::{Map, Unusable};
use crate::data::write;
use crate::gate::Folder;
use crate::multiverse::{Evaluated, Group, evaluate, parts};
use crate::problem::{ChartFault, Fault, Problem, Problems};
use crate::progress::Progress;
use crate::project::{self, Resolved};
use crate::report::chart::{Chart, KINDS, Kind, Many, Need, Reason, Scene, Side};
use crate::report::ranking::Frame;
use crate::report::render::Format;
use crate::report::{Block, Report, charts};
use crate::robustness::{Effort, Robust};
use crate::sensitivity::{Analysed, sobol};

/// What `plot` takes.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "quanheng plot [OPTIONS] <KIND> [PROJECT] [SUBJECT]...\n       quanheng plot --list"
)]
pub(super) struct Arguments {
    /// The kind of chart; `--list` shows what each shows and needs.
    #[arg(required_unless_present = "list", value_parser = kind(), hide_possible_values = true)]
    kind: Option<&'static Kind>,
    /// The project's folder or quanheng.toml (the current folder unless stated), then what is compared, for charts that
    /// compare: two or more of METHODOLOGY[@PERIOD].
    #[arg(value_names = ["PROJECT", "SUBJECT"])]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    of: Of,
    /// League, by code; the default is the first one.
    #[arg(short, long, value_name = "CODE")]
    league: Option<String>,
    /// Show the scores of this node or leaf in place of those of the index.
    #[arg(short, long, value_name = "CODE")]
    node: Option<String>,
    /// The region that is shown, or that stands out among the others, by code or name.
    #[arg(short, long)]
    region: Option<String>,
    /// Distinguish regions by the classes of this group.
    #[arg(short, long, value_name = "CODE")]
    group: Option<String>,
    /// What scores are put beside in a scatter plot: a covariate or a node.
    #[arg(long, value_name = "CODE")]
    with: Option<String>,
    /// Show the leaves below the node in place of its children, in a chart of correlations.
    #[arg(long)]
    leaves: bool,
    /// The multiverse of a chart that needs one; with a ranking, show the spread of ranks.
    #[arg(long, value_name = "NAME")]
    multiverse: Option<String>,
    /// With a ranking, show between which ranks each region is when the weights are drawn.
    #[arg(long, conflicts_with = "multiverse")]
    robustness: bool,
    /// The sensitivity analysis of a chart that needs one, by code; the default is the only one.
    #[arg(long, value_name = "CODE")]
    sensitivity: Option<String>,
    /// The case that is shown, by code; the default is the only one, or the first of the region.
    #[arg(long, value_name = "CODE")]
    case: Option<String>,
    /// The areas of a map: a file in GeoJSON or TopoJSON.
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// The property of the areas that holds codes or names of regions; the default is the one that finds most regions.
    #[arg(long, value_name = "PROPERTY", requires = "map")]
    map_key: Option<String>,
    /// Show only the best N regions, and those that share the last of these places.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    top: Option<u64>,
    /// Print the figures behind the chart in this form, and draw nothing.
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    format: Option<&'static Format>,
    /// List the kinds of charts.
    #[arg(long)]
    list: bool,
    /// Write the picture to this file, whose end says in which form: .svg or .png; the default is SVG on standard output. PNG
    /// needs a program that was built with `--features print`.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How many pixels of a PNG each unit of the picture has.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=10))]
    scale: u8,
    /// A font file for a PNG, or a folder of them, several times if needed; the default is the fonts of the system.
    #[arg(long, value_name = "PATH")]
    font: Vec<PathBuf>,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        first_project(self.words.clone(), 0)
    }
}

/// Reads a kind of chart by its name.
fn kind() -> impl TypedValueParser<Value = &'static Kind> {
    let names = KINDS.iter().map(|kind| PossibleValue::new(kind.name).help(kind.summary));
    PossibleValuesParser::new(names).map(|name| Kind::find(&name).expect("a possible value"))
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let language = out.language;
    let (false, Some(kind)) = (arguments.list, arguments.kind) else {
        let usual = Format::find("table").expect("the usual form");
        return out.show(&charts::list(language), arguments.format.unwrap_or(usual));
    };
    let file = arguments.out.as_deref().map(ending).transpose()?;
    let progress = Progress::new(language);
    let (base, words) = project_of(arguments.words.clone());
    let wants_many = kind.needs == Need::RegionAndMultiverse || arguments.multiverse.is_some();
    let wants_shares = kind.needs == Need::Sensitivity;
    let opened = Opened::new(&base, &words, &arguments, wants_many || wants_shares)?;
    progress.step(&text!(progress_evaluating), 0, 1);
    let evaluations = opened.evaluate()?;
    let resolved = opened.resolved();
    let stated = arguments.map.as_ref().or(resolved.report.map.as_ref());
    let map = stated.filter(|_| kind.needs == Need::Map).map(|file| map(file)).transpose()?;
    let study = &resolved.study;
    let first = &evaluations[0].0;
    let out = match &opened {
        Opened::One(resolved, _) => out.of_methodologies(resolved, &[&first.methodology().code]),
        Opened::Several(subjects) => out.of_subjects(subjects),
    };
    if let Some(code) = &arguments.node {
        named::node(&[Arc::clone(first.methodology())], code)?;
    }
    if let Some(code) = &arguments.group
        && study.groups.iter().all(|group| group.code != *code)
    {
        let known = study.groups.iter().map(|group| group.code.clone()).collect();
        return Err(Problem::unknown(text!(thing_group), code, known).into());
    }
    let inputs = &resolved.analysis.inputs;
    if let Some(code) = &arguments.with {
        let covariates = inputs.covariates.iter().map(|covariate| covariate.code.clone());
        let nodes = first.methodology().system.nodes().iter().map(|node| node.code.clone());
        let known: Vec<String> = covariates.chain(nodes).collect();
        if !known.contains(code) {
            return Err(Problem::unknown(text!(thing_figure), code, known).into());
        }
    }
    let region = match &arguments.region {
        None => None,
        Some(wanted) => Some(named::region(study, wanted)?),
    };
    let period = named::period(study, arguments.of.period.as_deref())?;
    let leagues = arguments.league.iter().cloned().collect::<Vec<String>>();
    let stated = named::leagues(study, &leagues)?.and_then(|found| found.first().copied());
    // A region is shown in its own league.
    let of_region = region.and_then(|region| {
        let panel = &first.study().panel;
        let mut slices = panel.slices().iter().rev();
        slices.find(|slice| panel.row_of(slice, region).is_some()).map(|slice| slice.league)
    });
    let league = stated.or(of_region).unwrap_or(LeagueIx(0));
    let many = match wants_many {
        true => Some(branches(resolved, &arguments, &progress)?),
        false => None,
    };
    let sides: Vec<Side<'_>> = evaluations
        .iter()
        .map(|(evaluation, label, stated)| Side {
            label: label.clone(),
            evaluation,
            period: stated.or(period).unwrap_or_else(|| last(evaluation, league)),
        })
        .collect();
    let robust = match kind.needs {
        Need::Draws => Some(robust(resolved, &sides[0], league, Effort::Whole)?),
        Need::Weights => Some(robust(resolved, &sides[0], league, Effort::Exact)?),
        Need::TierBounds => {
            let exact = robust(resolved, &sides[0], league, Effort::Exact)?;
            // Without tiers there is nothing to draw.
            let has_tiers = has_tiers(&sides[0], exact.slice);
            match exact.tiers().is_some() || !has_tiers {
                true => Some(exact),
                false => Some(robust(resolved, &sides[0], league, Effort::Whole)?),
            }
        }
        _ if arguments.robustness => Some(robust(resolved, &sides[0], league, Effort::Whole)?),
        _ => None,
    };
    let shares = match wants_shares {
        true => shares(resolved, &arguments, &sides[0], league, &progress)?,
        false => None,
    };
    progress.done();
    let case = case(resolved, kind, &arguments, region)?;
    let frame = match case {
        Some(case) => Frame::of_case(case),
        None => Frame::of(resolved, out.marks.clone()),
    };
    let scene = Scene {
        sides,
        league,
        node: arguments.node.as_deref(),
        region,
        group: arguments.group.as_deref(),
        with: arguments.with.as_deref(),
        leaves: arguments.leaves,
        top: arguments.top.map(|n| n as usize),
        case,
        map: map.as_ref(),
        map_key: arguments.map_key.as_deref().or(resolved.report.map_key.as_deref()),
        many: many.as_ref().map(|(name, evaluated, groups)| Many { name, evaluated, groups }),
        robust: robust.as_ref(),
        shares: shares.as_ref().map(|(name, analysed)| (name.as_str(), analysed)),
        groups: &resolved.groups,
        inputs,
        frame: &frame,
        language,
        id: "q",
        is_alone: true,
    };
    let chart = kind.draw(&scene).map_err(|reason| refused(kind, reason))?;
    if let Some(format) = arguments.format {
        return out.show(&behind(&chart), format);
    }
    match file {
        None => print(&chart.svg),
        Some(file) if Paper::of(file) == Some(Paper::Png) => {
            let png = paper::png(&chart.svg, file, f32::from(arguments.scale), &arguments.font)?;
            write::bytes(file, &png)
        }
        Some(file) => write::bytes(file, chart.svg.as_bytes()),
    }
}

/// How sure the ranks of a result are, by the settings of the project.
fn robust(
    resolved: &Resolved,
    side: &Side<'_>,
    league: LeagueIx,
    effort: Effort,
) -> Result<Robust, Problems> {
    let wrong = resolved.aside.robustness();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let inputs = &resolved.analysis.inputs;
    let subject = Subject {
        evaluation: side.evaluation,
        league,
        period: side.period,
        inputs,
        watch: &Unwatched,
    };
    Ok(Robust::new(&subject, &resolved.analysis.settings, effort))
}

/// Whether a region of a league and period is on a tier.
fn has_tiers(side: &Side<'_>, slice: usize) -> bool {
    let slice = side.evaluation.study().panel.slices().get(slice);
    slice.is_some_and(|slice| slice.rows.clone().any(|row| side.evaluation.tiers()[row].is_some()))
}

/// The sensitivity analysis that is named, or the only one, computed for a league and period; none where none is declared.
fn shares(
    resolved: &Resolved,
    arguments: &Arguments,
    side: &Side<'_>,
    league: LeagueIx,
    progress: &Progress,
) -> Result<Option<(String, Analysed)>, Problems> {
    let wrong = resolved.aside.robustness();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    if resolved.sensitivities.is_empty() && arguments.sensitivity.is_none() {
        return Ok(None);
    }
    let stated = sensitivity::chosen(resolved, arguments.sensitivity.as_deref())?;
    let league = resolved.study.leagues[league.0 as usize].code.clone();
    let period = resolved.study.periods[side.period.0 as usize].label.clone();
    let found = sobol(resolved, stated, &[league], &[period], progress)?;
    Ok(Some((stated.code.clone(), found)))
}

/// The case that a chart is about, for a kind that needs one.
fn case<'r>(
    resolved: &'r Resolved,
    kind: &Kind,
    arguments: &Arguments,
    region: Option<RegionIx>,
) -> Result<Option<&'r Case>, Problems> {
    if kind.needs != Need::Case {
        return Ok(None);
    }
    let wrong = resolved.aside.cases();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    if let Some(code) = &arguments.case {
        return named::case(resolved, code).map(Some);
    }
    let is_meant = |case: &&Case| match region {
        Some(region) => case.is_about(region),
        None => resolved.cases.len() == 1,
    };
    Ok(resolved.cases.iter().find(is_meant))
}

fn refused(kind: &'static Kind, reason: Reason) -> Problems {
    let fault = Fault::Chart(ChartFault::None { kind, reason });
    Problem { fault, places: Vec::new() }.into()
}

/// The figures behind a chart, with the words for it.
fn behind(chart: &Chart) -> Report {
    Report {
        blocks: vec![
            Block::Heading(chart.title.clone()),
            Block::Line(chart.alternative.clone()),
            Block::Table(chart.table.clone()),
            Block::Line(chart.source.clone()),
        ],
    }
}

/// A file that can hold a chart.
fn ending(file: &Path) -> Result<&Path, Problems> {
    let name = file.display().to_string();
    let fault = match file.extension().map(|ending| ending.to_string_lossy().to_lowercase()) {
        Some(ending) if ending == "svg" => return Ok(file),
        Some(ending) if ending == "png" => return paper::is_built(file).map(|()| file),
        _ => ChartFault::Ending { file: name },
    };
    Err(Problem { fault: Fault::Chart(fault), places: Vec::new() }.into())
}

/// Reads a map.
pub(super) fn map(file: &Path) -> Result<Map, Problems> {
    Map::read(file).map_err(|why| {
        let name = file.display().to_string();
        match why {
            Unusable::Unreadable(e) => Problem::unreadable(name, e).into(),
            Unusable::Fault(fault) => {
                let fault = Fault::Chart(ChartFault::Map { file: name, fault });
                Problem { fault, places: Vec::new() }.into()
            }
        }
    })
}

/// The last period in which a league has regions.
fn last(evaluation: &Evaluation, league: LeagueIx) -> PeriodIx {
    let slices = evaluation.study().panel.slices().iter();
    let last = slices.rev().find(|slice| slice.league == league).map(|slice| slice.period);
    last.unwrap_or(PeriodIx(0))
}

/// An evaluation, what it is called, and the period that is stated for it.
type Labelled = (Arc<Evaluation>, String, Option<PeriodIx>);

/// What is drawn: one methodology of a project, or subjects that are compared.
enum Opened {
    One(Box<Resolved>, Option<String>),
    Several(Subjects),
}

impl Opened {
    fn new(
        base: &Path,
        words: &[String],
        arguments: &Arguments,
        whole: bool,
    ) -> Result<Opened, Problems> {
        if words.is_empty() {
            let open = if whole { project::open_whole } else { project::open };
            return Ok(Opened::One(Box::new(open(base)?), arguments.of.methodology.clone()));
        }
        let subjects = Subjects::open(base, words, arguments.of.period.as_deref())?;
        let study = |at: usize| &subjects.projects[subjects.subjects[at].project].study;
        for (at, subject) in subjects.subjects.iter().enumerate() {
            if *study(at) != *study(0) {
                let first = subjects.subjects[0].label.clone();
                let fault = Fault::OtherData { first, second: subject.label.clone() };
                return Err(Problem { fault, places: vec![] }.into());
            }
        }
        Ok(Opened::Several(subjects))
    }

    fn resolved(&self) -> &Resolved {
        match self {
            Opened::One(resolved, _) => resolved,
            Opened::Several(subjects) => &subjects.projects[subjects.subjects[0].project],
        }
    }

    /// The evaluation of each subject, with its label and the period that it states.
    fn evaluate(&self) -> Result<Vec<Labelled>, Problems> {
        match self {
            Opened::One(resolved, code) => {
                let methodology = resolved.methodology(code.as_deref())?;
                let code = methodology.code.clone();
                let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology)
                    .map_err(|errors| resolved.evaluation_problems(&code, errors))?;
                Ok(vec![(Arc::new(evaluation), code, None)])
            }
            Opened::Several(subjects) => {
                let evaluations = subjects.evaluate(|_| {})?;
                let with_label = evaluations.into_iter().zip(&subjects.subjects);
                Ok(with_label.map(|(e, of)| (e, of.label.clone(), of.period)).collect())
            }
        }
    }
}

/// Every branch of a multiverse, evaluated beside the project: a chart writes nothing but itself.
fn branches(
    resolved: &Resolved,
    arguments: &Arguments,
    progress: &Progress,
) -> Result<(String, Evaluated, Vec<Group>), Problems> {
    let multiverse = ledger::chosen(resolved, arguments.multiverse.as_deref())?;
    let aside = tempfile::tempdir().map_err(|e| Problem::unwritable("ledger", e))?;
    let evaluated = evaluate(resolved, multiverse, &Folder::at(aside.path()), true, progress)?;
    let groups = parts(resolved, &evaluated, &["all".to_owned()], multiverse.top)?;
    Ok((multiverse.code.clone(), evaluated, groups))
}
