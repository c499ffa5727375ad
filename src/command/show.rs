//! `quanheng show`: the walk of one region.

use std::path::PathBuf;

use indexmap::IndexSet;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{PeriodIx, RegionIx};

use quanheng_words::text;

use super::common::Of;
use super::format::{Former, format};
use super::{Terminal, named};
use crate::problem::{Problem, Problems};
use crate::project::{self, InputSource};
use crate::report::render::Format;
use crate::report::{inputs, records, walk};

/// What `show` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng show [OPTIONS] [PROJECT] <REGION>")]
pub(super) struct Arguments {
    /// The project's folder (the default is the current folder), then the code or name of the region.
    #[arg(num_args = 1..=2, required = true, value_names = ["PROJECT", "REGION"])]
    pub(super) place: Vec<String>,
    #[command(flatten)]
    of: Of,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
    #[command(flatten)]
    former: Former,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        PathBuf::from(if self.place.len() > 1 { self.place[0].as_str() } else { "." })
    }
}

pub(super) fn run(mut arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let wanted = arguments.place.pop().expect("clap asks for one");
    let path = arguments.place.pop().map_or_else(|| PathBuf::from("."), PathBuf::from);
    let resolved = project::open(&path)?;
    let methodology = resolved.methodology(arguments.of.methodology.as_deref())?;
    let out = out.of_methodologies(&resolved, &[&methodology.code]);
    let study = &resolved.study;
    let region = named::region(study, &wanted)?;
    let period = named::period(study, arguments.of.period.as_deref())?;
    let evaluation = Evaluation::new(study.clone(), methodology.clone())
        .map_err(|errors| resolved.evaluation_problems(&methodology.code, errors))?;
    let panel = &evaluation.study().panel;
    let asked =
        |of: RegionIx, at: PeriodIx| of == region && period.is_none_or(|period| period == at);
    let rows = 0..panel.rows();
    let row = rows
        .filter(|&row| asked(panel.regions()[row], panel.periods()[row]))
        .max_by_key(|&row| panel.periods()[row]);
    let left_out = evaluation.screened().iter().filter(|s| asked(s.region, s.period));
    let left_out = left_out.max_by_key(|s| s.period);
    if let Some(screened) = left_out
        && row.is_none_or(|row| panel.periods()[row] < screened.period)
    {
        let report = walk::left_out(&evaluation, screened, out.language);
        return out.show(&report, arguments.format);
    }
    let Some(row) = row else {
        let known = panel
            .slices()
            .iter()
            .map(|s| study.periods[s.period.0 as usize].label.clone())
            .collect();
        let label = arguments.of.period.unwrap_or_default();
        return Err(Problem::unknown(text!(thing_period), &label, known).into());
    };
    let language = out.language;
    // A methodology made for some periods has a panel of its own; places are known by region and period.
    let (of, at) = (panel.regions()[row], panel.periods()[row]);
    let places = |column: &str, _: usize| resolved.place(column, of, at);
    let found = evaluation
        .intermediate()
        .map_err(|errors| resolved.evaluation_problems(&methodology.code, errors))?;
    let mut report = walk::report(&evaluation, &found, row, language, &places);
    let system = &evaluation.methodology().system;
    let columns = (0..system.leaves().len()).flat_map(|k| {
        let code = &system.node(system.leaves()[k]).code;
        system.indicator(k).columns(code).into_iter().map(str::to_owned)
    });
    let behind = columns.collect::<IndexSet<String>>().into_iter().filter_map(|column| {
        let behind = resolved.behind(&column, of, at)?;
        Some((column, behind))
    });
    report.blocks.extend(records::blocks(&behind.collect::<Vec<_>>(), language));
    let is_read = |input: &&InputSource| {
        (0..system.leaves().len()).any(|k| {
            let code = &system.node(system.leaves()[k]).code;
            system.indicator(k).columns(code).contains(&input.column.as_str())
        }) || system.nodes().iter().any(|node| node.published.as_deref() == Some(&input.column))
    };
    let read: Vec<&InputSource> = resolved.inputs.iter().filter(is_read).collect();
    report.blocks.extend(inputs::block(&read, language));
    out.show(&report, arguments.format)
}
