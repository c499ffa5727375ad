//! `quanheng compare`: methodologies, projects and periods side by side.

use std::path::PathBuf;
use std::sync::Arc;

use quanheng_core::comparison::{Agreement, Aligned, Mapping, Standing, TierMapping};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{LeagueIx, PeriodIx};

use quanheng_words::text;

use super::Terminal;
use super::format::{SHOWN, format};
use super::subject::{Subject, Subjects, first_project, project_of};
use crate::data::file::Input;
use crate::data::mapping::{self, Line};
use crate::problem::{Fault, Problem, Problems};
use crate::progress::Progress;
use crate::report::Report;
use crate::report::comparison::{self, Contest, Pair, Side, View};
use crate::report::consensus::{self, Agreed};
use crate::report::render::Format;

/// What `compare` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng compare [OPTIONS] [PROJECT] <SUBJECT>...")]
pub(super) struct Arguments {
    /// Two or more subjects, each [PROJECT:]METHODOLOGY[@PERIOD]; `all` means every methodology. Before them the
    /// project's folder, unless it is the current folder. Moves are counted from the first subject.
    #[arg(required = true, value_name = "SUBJECT")]
    pub(super) subjects: Vec<String>,
    /// Period of subjects that state none; the default is the last period.
    #[arg(short, long)]
    period: Option<String>,
    /// Leagues to compare, by code; the default is all leagues.
    #[arg(short, long, value_delimiter = ',')]
    league: Vec<String>,
    /// Table with the columns `from` and `to`: the code of a region on the first side, and in other projects and
    /// periods.
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Likewise for the names of tiers.
    #[arg(long, value_name = "FILE")]
    map_tiers: Option<PathBuf>,
    /// Probability that a reader continues to the next rank (parameter p of rank-biased overlap), above 0 and below 1.
    #[arg(long, value_name = "P", default_value = "0.9", value_parser = persistence)]
    persistence: f64,
    /// Show only the K regions that are best on the first side.
    #[arg(long, value_name = "K")]
    top: Option<usize>,
    /// Number of largest movers to show.
    #[arg(long, value_name = "N", default_value = "10")]
    movers: usize,
    /// Add one ranking made of those of all subjects (组合评价), by these rules: `mean_rank`, `borda`, `pairwise_wins`,
    /// `copeland`, `schulze`, `kemeny`, or `all`.
    #[arg(long, value_delimiter = ',', value_name = "RULE", num_args = 1)]
    consensus: Vec<String>,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
    /// Write every table as CSV, and all of them as JSON and as a workbook, below this folder.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        first_project(self.subjects.clone(), 0)
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let rules = consensus::rules(&arguments.consensus)
        .map_err(|(name, known)| Problem::unknown(text!(thing_rule), &name, known))?;
    let progress = Progress::new(out.language);
    let (base, words) = project_of(arguments.subjects);
    let subjects = Subjects::open(&base, &words, arguments.period.as_deref())?;
    let out = out.of_subjects(&subjects);
    let lines = |path: &Option<PathBuf>| -> Result<Vec<Line>, Problems> {
        let input = |path: &PathBuf| Input::path(path.display().to_string(), path);
        path.as_ref().map_or(Ok(Vec::new()), |path| mapping::read(&input(path)))
    };
    let regions = region_mapping(&subjects, lines(&arguments.map)?)?;
    let tier_lines = lines(&arguments.map_tiers)?;
    let evaluations = subjects
        .evaluate(|k| progress.step(&text!(progress_evaluating), k, subjects.subjects.len()))?;
    let contests = contests(&subjects, &evaluations, &arguments.league)?;
    let has_mapped =
        |contest: &Contest| contest.sides.iter().any(|side| is_mapped(side, &contest.sides[0]));
    if arguments.map.is_some() && !contests.iter().any(has_mapped) {
        return Err(Problem { fault: Fault::NothingToMap, places: vec![] }.into());
    }
    let tiers = tier_mapping(&contests, tier_lines)?;
    let compared: Vec<(&Contest, Vec<Pair<'_>>)> = contests
        .iter()
        .map(|contest| (contest, pairs(contest, &regions, &tiers, arguments.persistence)))
        .collect();
    let first = subjects.project(&subjects.subjects[0]);
    let language = out.language;
    let longest = contests.iter().flat_map(|c| c.sides.iter().map(|s| s.standing.len())).max();
    let view = View {
        language,
        title: first.study.title.get(language.tag()).unwrap_or_default().to_owned(),
        top: arguments.top.or((longest > Some(SHOWN)).then_some(20)),
        movers: arguments.movers,
        persistence: arguments.persistence,
        made_from: subjects.projects.iter().map(|p| p.fingerprint.clone()).collect(),
    };
    let is_for_people = arguments.format.is_for_people();
    let agreed: Vec<Agreed<'_>> = match rules.is_empty() {
        true => Vec::new(),
        false => contests.iter().filter_map(|contest| Agreed::new(contest, &rules)).collect(),
    };
    let tables = match is_for_people && arguments.out.is_none() {
        true => Vec::new(),
        false => {
            let mut tables = comparison::tables(&compared, &view);
            tables.extend(consensus::table(&agreed, language));
            tables
        }
    };
    let mut problems = subjects.aside.clone();
    if let Some(folder) = &arguments.out {
        out.write(folder, "comparison.json", &Report::from(tables.clone()))?;
    }
    progress.done();
    let report = match is_for_people {
        true => {
            let mut report = comparison::report(&compared, &view);
            report.blocks.extend(agreed.iter().flat_map(|agreed| agreed.blocks(language)));
            report
        }
        false => Report::from(tables),
    };
    let printed = out.show(&report, arguments.format);
    if let Err(found) = printed {
        problems.extend(found);
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn persistence(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(p) if 0.0 < p && p < 1.0 => Ok(p),
        _ => Err("a number above 0 and below 1".into()),
    }
}

/// The subjects league by league; a league that only one of them has stands alone.
pub(super) fn contests(
    subjects: &Subjects,
    evaluations: &[Arc<Evaluation>],
    wanted: &[String],
) -> Result<Vec<Contest>, Problems> {
    let leagues = |subject: &Subject| &subjects.project(subject).study.leagues;
    let mut codes: Vec<String> = Vec::new();
    for league in subjects.subjects.iter().flat_map(leagues) {
        if !codes.contains(&league.code) {
            codes.push(league.code.clone());
        }
    }
    let unknown = wanted.iter().filter(|code| !codes.contains(code));
    let problems: Problems =
        unknown.map(|code| Problem::unknown(text!(thing_league), code, codes.clone())).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    // If there are no leagues, or only one, its name does not matter.
    let single = subjects.subjects.iter().all(|subject| leagues(subject).len() == 1);
    if single {
        codes.truncate(1);
    } else if !wanted.is_empty() {
        codes.retain(|code| wanted.contains(code));
    }
    let contests = codes.iter().map(|code| {
        let mut contest = Contest { league: code.clone(), single, ..Contest::default() };
        for (k, (subject, evaluation)) in subjects.subjects.iter().zip(evaluations).enumerate() {
            let at = match single {
                true => Some(0),
                false => leagues(subject).iter().position(|l| l.code == *code),
            };
            match at {
                Some(at) => {
                    contest.sides.push(side(subject, k, evaluation, LeagueIx(at as u32)));
                }
                None => contest.absent.push(subject.label.clone()),
            }
        }
        contest
    });
    Ok(contests.collect())
}

fn side(subject: &Subject, number: usize, evaluation: &Arc<Evaluation>, league: LeagueIx) -> Side {
    let study = evaluation.study();
    let found = Standing::of(evaluation, league, subject.period);
    let rows = found.as_ref().and_then(|(period, _)| {
        let mut slices = study.panel.slices().iter();
        slices.find(|s| s.league == league && s.period == *period).map(|s| s.rows.clone())
    });
    let period = found.as_ref().map(|(period, _)| *period).or(subject.period);
    let last = PeriodIx(study.periods.len().saturating_sub(1) as u32);
    Side {
        number,
        label: subject.label.clone(),
        project: subject.project,
        period: study.periods[period.unwrap_or(last).0 as usize].label.clone(),
        league: league.0 as usize,
        regions: study.panel.regions()[rows.unwrap_or_default()].to_vec(),
        standing: found.map_or_else(Standing::default, |(_, standing)| standing),
        evaluation: Arc::clone(evaluation),
    }
}

/// The mapping of regions is between the first subject and those of other projects and periods.
fn is_mapped(side: &Side, reference: &Side) -> bool {
    side.project != reference.project || side.period != reference.period
}

/// Every two sides of a contest.
pub(super) fn pairs<'c>(
    contest: &'c Contest,
    regions: &Mapping,
    tiers: &TierMapping,
    persistence: f64,
) -> Vec<Pair<'c>> {
    let sides = &contest.sides;
    let mut pairs = Vec::new();
    let (same, back) = (Mapping::default(), regions.inverse());
    let Some(reference) = sides.first().filter(|side| side.number == 0) else { return pairs };
    // The mapping is between the first subject and those of other projects and periods.
    for (i, first) in sides.iter().enumerate() {
        for (j, second) in sides.iter().enumerate().skip(i + 1) {
            let mapping = match (is_mapped(first, reference), is_mapped(second, reference)) {
                (false, true) => regions,
                (true, false) => &back,
                _ => &same,
            };
            let aligned = Aligned::new(&first.standing, &second.standing, mapping);
            let agreement = match i > 0 && first.standing.labels == second.standing.labels {
                true => Agreement::new(&aligned, persistence, &TierMapping::default()),
                false => Agreement::new(&aligned, persistence, tiers),
            };
            pairs.push(Pair { first: i, second: j, aligned, agreement });
        }
    }
    pairs
}

/// The mapping of regions, checked against the regions that exist.
fn region_mapping(subjects: &Subjects, lines: Vec<Line>) -> Result<Mapping, Problems> {
    let codes = |subject: &Subject| -> Vec<String> {
        let regions = subjects.project(subject).study.regions.iter();
        regions.map(|r| r.code.clone()).collect()
    };
    if lines.is_empty() {
        return Ok(Mapping::default());
    }
    let (first, others) = subjects.subjects.split_first().expect("two or more");
    let mut of_others: Vec<String> = Vec::new();
    let mut seen = Vec::new();
    for subject in others {
        if !seen.contains(&subject.project) {
            seen.push(subject.project);
            of_others.extend(codes(subject));
        }
    }
    mapping::known(
        &lines,
        [text!(thing_region_first), text!(thing_region_others)],
        &codes(first),
        &of_others,
    )?;
    let pairs = lines.iter().map(|line| (line.from.clone(), line.to.clone()));
    Mapping::new(pairs).map_err(|at| mapping::twice(&lines, at))
}

/// The mapping of tiers, checked against the tiers that exist.
fn tier_mapping(contests: &[Contest], lines: Vec<Line>) -> Result<TierMapping, Problems> {
    let labels = |first: bool| -> Vec<String> {
        let sides = contests.iter().flat_map(|c| &c.sides).filter(|s| (s.number == 0) == first);
        let mut labels: Vec<String> = Vec::new();
        for label in sides.flat_map(|s| s.standing.labels.iter()) {
            if !labels.contains(label) {
                labels.push(label.clone());
            }
        }
        labels
    };
    mapping::known(
        &lines,
        [text!(thing_tier_first), text!(thing_tier_others)],
        &labels(true),
        &labels(false),
    )?;
    let pairs = lines.iter().map(|line| (line.from.clone(), line.to.clone()));
    TierMapping::new(pairs).map_err(|at| mapping::twice(&lines, at))
}
