//! `quanheng profile`: where a region stands, what it is good at, how it moves, and how far its targets are.

use std::path::{Path, PathBuf};

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{PeriodIx, RegionIx};
use quanheng_core::profile::{PeersFault, Profile, Profiles};

use quanheng_words::text;

use super::common::{Of, Output};
use super::subject::project_of;
use super::{Terminal, named};
use crate::data::write;
use crate::gate::file_name;
use crate::problem::{Fault, Problem, Problems, ProfileFault};
use crate::progress::Progress;
use crate::project;
use crate::report::profile::{self, View};
use crate::report::render::Format;
use crate::report::{Block, Report, walk};
use crate::robustness::Robust;

/// What `profile` takes.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "quanheng profile [OPTIONS] [PROJECT] <REGION>\n       quanheng profile [OPTIONS] [PROJECT] --all"
)]
pub(super) struct Arguments {
    /// The project's folder (the default is the current folder), then the code or name of the region.
    #[arg(value_name = "WORD")]
    pub(super) words: Vec<String>,
    /// Make the profiles of all regions, each league in its last period.
    #[arg(long)]
    all: bool,
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
    let language = out.language;
    let (path, words) = project_of(arguments.words);
    let wanted = match (words.as_slice(), arguments.all) {
        ([], true) => None,
        ([wanted], false) => Some(wanted.as_str()),
        (_, all) => {
            let fault = Fault::Profile(ProfileFault::Words { found: words.len(), all });
            return Err(Problem { fault, places: vec![] }.into());
        }
    };
    let progress = Progress::new(language);
    let resolved = project::open(&path)?;
    let wrong = [resolved.aside.profile(), resolved.aside.cases()];
    if let Some(wrong) = wrong.into_iter().find(|wrong| !wrong.is_empty()) {
        return Err(wrong);
    }
    let methodology = resolved.methodology(arguments.of.methodology.as_deref())?;
    let out = out.of_methodologies(&resolved, &[&methodology.code]);
    let study = &resolved.study;
    let region = wanted.map(|wanted| named::region(study, wanted)).transpose()?;
    let period = named::period(study, arguments.of.period.as_deref())?;
    progress.step(&text!(progress_evaluating), 0, 1);
    let evaluation = Evaluation::new(study.clone(), methodology.clone())
        .map_err(|errors| resolved.evaluation_problems(&methodology.code, errors))?;
    progress.done();
    let panel = &evaluation.study().panel;
    let row = match region {
        None => None,
        Some(region) => {
            let asked = |of: RegionIx, at: PeriodIx| of == region && period.is_none_or(|p| p == at);
            let rows = 0..panel.rows();
            let row = rows
                .filter(|&row| asked(panel.regions()[row], panel.periods()[row]))
                .max_by_key(|&row| panel.periods()[row]);
            let left_out = evaluation.screened().iter().filter(|s| asked(s.region, s.period));
            let left_out = left_out.max_by_key(|s| s.period);
            if let Some(screened) = left_out
                && row.is_none_or(|row| panel.periods()[row] < screened.period)
            {
                let report = walk::left_out(&evaluation, screened, language);
                return out.show(&report, arguments.output.format);
            }
            Some(row.ok_or_else(|| no_rows(&evaluation, arguments.of.period.as_deref()))?)
        }
    };
    let slices: Vec<usize> = match row {
        Some(row) => vec![panel.slice_at(row)],
        None => slices(&evaluation, period),
    };
    if slices.is_empty() {
        return Err(no_rows(&evaluation, arguments.of.period.as_deref()));
    }
    let profiles = Profiles::new(&evaluation, &slices, resolved.profile.clone()).map_err(
        |PeersFault::Unknown { by, nodes }| {
            Problems::from(Problem::unknown(text!(thing_figure), &by, nodes))
        },
    )?;
    let made: Vec<Profile> = match row {
        Some(row) => profiles.of(row).into_iter().collect(),
        None => profiles.rows().filter_map(|row| profiles.of(row)).collect(),
    };
    let fingerprint = resolved.fingerprint.clone();
    // Tables for files have no sentences.
    let is_said = arguments.output.format.is_for_people() && resolved.aside.robustness().is_empty();
    let robust: Vec<Robust> = match is_said {
        true => {
            let (inputs, settings) = (&resolved.analysis.inputs, &resolved.analysis.settings);
            let of = |at: &usize| Robust::of_slice(&evaluation, *at, inputs, settings);
            slices.iter().map(of).collect()
        }
        false => Vec::new(),
    };
    let view = View {
        language,
        groups: &resolved.groups,
        cases: &resolved.cases,
        robust: &robust,
        fingerprint,
    };
    if let Some(folder) = &arguments.output.out {
        let tables = profile::tables(&profiles, &made, &view);
        out.write(folder, "profile.json", &Report::from(tables.to_vec()))?;
        if arguments.all {
            write_pages(folder, &profiles, &made, &view, arguments.output.format, &out)?;
            let line =
                text!(profile_written, n = made.len(), folder = folder.display().to_string());
            let report = Report { blocks: vec![Block::Line(line.render(language))] };
            return match arguments.output.format.is_for_people() {
                true => out.show(&report, arguments.output.format),
                false => Ok(()),
            };
        }
    }
    let report = match arguments.output.format.is_for_people() {
        true => {
            let pages = made.iter().map(|made| profile::report(&profiles, made, &view));
            Report { blocks: pages.flat_map(|page| page.blocks).collect() }
        }
        false => Report::from(profile::tables(&profiles, &made, &view)),
    };
    out.show(&report, arguments.output.format)
}

/// The slices of a period, or the last one of each league.
fn slices(evaluation: &Evaluation, period: Option<PeriodIx>) -> Vec<usize> {
    let slices = evaluation.study().panel.slices();
    let is_last =
        |at: usize| slices.get(at + 1).is_none_or(|next| next.league != slices[at].league);
    let is_meant = |at: &usize| match period {
        Some(period) => slices[*at].period == period,
        None => is_last(*at),
    };
    (0..slices.len()).filter(is_meant).collect()
}

fn no_rows(evaluation: &Evaluation, period: Option<&str>) -> Problems {
    let study = evaluation.study();
    let slices = study.panel.slices().iter();
    let known = slices.map(|s| study.periods[s.period.0 as usize].label.clone()).collect();
    Problem::unknown(text!(thing_period), period.unwrap_or_default(), known).into()
}

/// A page for each region, under its code.
fn write_pages(
    folder: &Path,
    profiles: &Profiles<'_>,
    made: &[Profile],
    view: &View<'_>,
    format: &Format,
    out: &Terminal,
) -> Result<(), Problems> {
    let ending = match format.name {
        "table" => "txt",
        "markdown" => "md",
        "latex" => "tex",
        other => other,
    };
    let study = profiles.evaluation().study();
    for one in made {
        let region = &study.regions[study.panel.regions()[one.row].0 as usize];
        let report = match format.is_for_people() {
            true => profile::report(profiles, one, view),
            false => Report::from(profile::tables(profiles, std::slice::from_ref(one), view)),
        };
        let text = out.page(&report, format)?;
        let name = format!("{}.{ending}", file_name(&region.code));
        write::bytes(&folder.join("regions").join(name), text.as_bytes())?;
    }
    Ok(())
}
