//! `quanheng explain`: why regions move between two methodologies or two periods.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use quanheng_core::explanation::{Change, Explanation, NoChange, NoExplanation, Side};
use quanheng_core::model::{LeagueIx, PeriodIx, RegionIx, Study};
use quanheng_words::text;

use super::format::{SHOWN, format};
use super::named;
use super::subject::{Subject, Subjects, first_project, project_of};
use super::{Terminal, print};
use crate::problem::{Fault, Problem, Problems};
use crate::progress::Progress;
use crate::project::Resolved;
use crate::report::explanation::{self, View};
use crate::report::render::Format;
use crate::report::{Block, Report};

/// What `explain` takes.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "quanheng explain [OPTIONS] [PROJECT] <REGION> <A> <B>\n       quanheng explain [OPTIONS] --all [PROJECT] <A> <B>"
)]
pub(super) struct Arguments {
    /// The region's code or name (not with --all), then the two sides: METHODOLOGY[@PERIOD] each. Before them the project's
    /// folder, unless it is the current one.
    #[arg(required = true, value_name = "WORD")]
    pub(super) words: Vec<String>,
    /// Explain all regions, as a table without the causes within the shares.
    #[arg(long)]
    all: bool,
    /// Period of sides that state none; the default is the region's last period.
    #[arg(short, long)]
    period: Option<String>,
    /// Leagues for --all, by code; the default is all leagues.
    #[arg(short, long, value_delimiter = ',', requires = "all")]
    league: Vec<String>,
    /// With --all, the order of the regions.
    #[arg(long, default_value = "move", requires = "all")]
    sort: Sort,
    /// With --all, show only the first N regions.
    #[arg(long, value_name = "N", requires = "all")]
    top: Option<usize>,
    /// Table with the columns `from` and `to`: the code of a node in the system of A, and in that of B.
    #[arg(long, value_name = "FILE")]
    map_nodes: Option<PathBuf>,
    /// Number of causes to show within a share; files contain all of them.
    #[arg(long, value_name = "N", default_value = "8")]
    causes: usize,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
}

/// The order of regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// By the move in places, the largest first.
    Move,
    /// By the change of the score, the largest first.
    Score,
    /// By the rank on the first side.
    Rank,
    /// By code.
    Code,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        first_project(self.words.clone(), usize::from(!self.all))
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let progress = Progress::new(out.language);
    let (base, mut words) = project_of(arguments.words.clone());
    let region = (!arguments.all && !words.is_empty()).then(|| words.remove(0));
    let sides = |found| {
        let fault = Fault::TwoSides { found, all: arguments.all };
        Err(Problem { fault, places: vec![] }.into())
    };
    if words.len() != 2 {
        return sides(words.len());
    }
    let mut subjects = Subjects::open(&base, &words, arguments.period.as_deref())?;
    if let Some(file) = &arguments.map_nodes {
        subjects.match_nodes(file)?;
    }
    // `all` is one word for several.
    let [a, b] = subjects.subjects.as_slice() else {
        return sides(subjects.subjects.len());
    };
    let out = out.of_subjects(&subjects);
    let resolved = subjects.project(a);
    if a.project != b.project && *resolved.study != *subjects.project(b).study {
        let fault = Fault::OtherData { first: a.label.clone(), second: b.label.clone() };
        return Err(Problem { fault, places: vec![] }.into());
    }
    let study = &resolved.study;
    let region = region.map(|wanted| named::region(study, &wanted)).transpose()?;
    let side = |subject: &Subject| Side {
        methodology: Arc::clone(&subject.methodology),
        period: subject.period.unwrap_or_else(|| last_period(study, subject, region)),
    };
    progress.step(&text!(progress_evaluating), 0, 1);
    let language = out.language;
    let view = View {
        language,
        labels: [a.label.clone(), b.label.clone()],
        causes: arguments.causes,
        fingerprint: resolved.fingerprint.clone(),
    };
    let explanation = match Explanation::new(study, side(a), side(b)) {
        Ok(explanation) => explanation,
        Err(NoExplanation::Same { tiering }) => {
            progress.done();
            return print(&explanation::same(&view, tiering));
        }
        Err(NoExplanation::Side { second, errors }) => {
            let subject = if second { b } else { a };
            let project = subjects.project(subject);
            return Err(project.evaluation_problems(&subject.methodology.code, errors));
        }
    };
    let (report, table) = match region {
        Some(region) => {
            let step = |at, of| progress.step(&text!(progress_explaining), at, of);
            let change = explanation
                .of_with(region, &step)
                .map_err(|why| no_score(resolved, region, why, &view, &explanation))?;
            let table = explanation::table(&explanation, &change, &view);
            (explanation::report(&explanation, &change, &view), table)
        }
        None => {
            let leagues = named::leagues(&resolved.study, &arguments.league)?;
            let mut changes = explanation.all();
            if let Some(leagues) = leagues {
                changes
                    .retain(|c| league_of(&explanation, c).is_some_and(|l| leagues.contains(&l)));
            }
            sort(&mut changes, arguments.sort, study);
            let groups = explanation.groups();
            let people = arguments.format.is_for_people();
            let cut = if people { SHOWN } else { usize::MAX };
            let shown = arguments.top.unwrap_or(cut).min(changes.len());
            let table = explanation::all_table(&explanation, &changes[..shown], &groups, &view);
            (explanation::all(&explanation, &changes, &groups, shown, &view), table)
        }
    };
    progress.done();
    let report = match arguments.format.is_for_people() {
        true => report,
        false => {
            let lines = report.blocks.into_iter().filter(|b| !matches!(b, Block::Table(_)));
            Report { blocks: lines.chain([Block::Table(table)]).collect() }
        }
    };
    out.show(&report, arguments.format)
}

/// The last period of a methodology in which the region has a row; of all regions where none is named.
fn last_period(study: &Study, subject: &Subject, region: Option<RegionIx>) -> PeriodIx {
    let panel = &study.panel;
    let of_methodology = |period: &PeriodIx| {
        subject.methodology.periods.as_ref().is_none_or(|of| of.contains(period))
    };
    let rows = |region: Option<RegionIx>| {
        let rows = (0..panel.rows()).filter(|&r| region.is_none_or(|x| panel.regions()[r] == x));
        rows.map(|row| panel.periods()[row]).filter(of_methodology).max()
    };
    rows(region).or_else(|| rows(None)).unwrap_or(PeriodIx(0))
}

fn no_score(
    resolved: &Resolved,
    region: RegionIx,
    NoChange::NoScore { second }: NoChange,
    view: &View,
    explanation: &Explanation,
) -> Problems {
    let study = &resolved.study;
    let of = &study.regions[region.0 as usize];
    let name = of.name(view.language.tag());
    let (_, period) = explanation.side(second);
    let fault = Fault::NoScore {
        region: if name == of.code { name.to_owned() } else { format!("{} {name}", of.code) },
        side: view.labels[usize::from(second)].clone(),
        period: study.periods[period.0 as usize].label.clone(),
    };
    Problem { fault, places: vec![] }.into()
}

fn league_of(explanation: &Explanation, change: &Change) -> Option<LeagueIx> {
    let panel = &explanation.side(false).0.study().panel;
    let mut slices = panel.slices().iter();
    slices.find(|s| panel.row_of(s, change.region).is_some()).map(|slice| slice.league)
}

fn sort(changes: &mut [Change], by: Sort, study: &Study) {
    let code = |c: &Change| study.regions[c.region.0 as usize].code.clone();
    quanheng_core::number::sort_items(changes, |x, y| {
        let by_rank = x.ranks.0.total_cmp(&y.ranks.0).then(code(x).cmp(&code(y)));
        let size = |c: &Change| match by {
            Sort::Move => (c.ranks.1 - c.ranks.0).abs(),
            Sort::Score => (c.scores.1 - c.scores.0).abs(),
            Sort::Rank | Sort::Code => 0.0,
        };
        match by {
            Sort::Code => code(x).cmp(&code(y)),
            _ => size(y).total_cmp(&size(x)).then(by_rank),
        }
    });
}
