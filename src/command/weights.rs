//! `quanheng weights`: weights that give a result that is stated.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{NodeId, Panel, RegionIx, Slice, Study};
use quanheng_core::preference::{Answer, Comparison, NoOrder, NoScores, Order, Question, Weighed};
use quanheng_words::text;

use super::common::{Of, Output};
use super::{Terminal, named};
use crate::data::order::{self as statements, Named, Statement};
use crate::data::write;
use crate::problem::{Fault, OrderFault, Place, Problem, Problems};
use crate::progress::Progress;
use crate::project;
use crate::report::Report;
use crate::report::order::{self, View};

/// What `weights` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, clap::Subcommand)]
enum Which {
    /// Find the weights that give a stated order of regions with the greatest margin, or prove that no weights give it.
    FromOrder(FromOrder),
}

/// What `weights from-order` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng weights from-order [OPTIONS] [PROJECT] <FILE>")]
struct FromOrder {
    /// The file with the order: `A > B > C = D`, one statement a line, regions by code or name; or a table with the columns
    /// `better` and `worse`. Before it the project's folder, unless it is the current one.
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// The node by whose scores the regions are ordered, by code; the index unless stated.
    #[arg(short, long)]
    node: Option<String>,
    /// Weigh all leaves, and not the children of the node.
    #[arg(long)]
    leaves: bool,
    /// The least weight that anything may have, from 0 to 1.
    #[arg(long, value_name = "W", default_value = "0", value_parser = weight)]
    least: f64,
    /// The greatest weight that anything may have, from 0 to 1.
    #[arg(long, value_name = "W", default_value = "1", value_parser = weight)]
    most: f64,
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    output: Output,
}

fn weight(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|w| (0.0..=1.0).contains(w));
    number.ok_or_else(|| "0–1".to_owned())
}

impl Arguments {
    /// The project's folder, unless it is the current one, and the file.
    pub(super) fn words(&mut self) -> &mut Vec<String> {
        let Which::FromOrder(arguments) = &mut self.which;
        &mut arguments.words
    }

    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        let Which::FromOrder(arguments) = &self.which;
        match arguments.words.as_slice() {
            [_] => PathBuf::from("."),
            words => PathBuf::from(&words[0]),
        }
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let path = arguments.project();
    let Which::FromOrder(arguments) = arguments.which;
    from_order(&path, &arguments, out)
}

fn from_order(path: &Path, arguments: &FromOrder, out: Terminal) -> Result<(), Problems> {
    let fault = |fault| Problems::from(Problem { fault: Fault::Order(fault), places: vec![] });
    let file = match arguments.words.as_slice() {
        [file] | [_, file] => file,
        words => return Err(fault(OrderFault::Words { found: words.len() })),
    };
    let progress = Progress::new(out.language);
    let resolved = project::open(path)?;
    let methodology = resolved.methodology(arguments.of.methodology.as_deref())?;
    let out = out.of_methodologies(&resolved, &[&methodology.code]);
    let study = &resolved.study;
    if let Some(code) = &arguments.node {
        named::node(&[Arc::clone(&methodology)], code)?;
    }
    let system = &methodology.system;
    let of_node = arguments.node.as_deref().and_then(|code| system.find(code));
    let node = of_node.unwrap_or(system.root());
    if arguments.leaves && node != system.root() {
        return Err(fault(OrderFault::LeavesOfNode));
    }
    let period = named::period(study, arguments.of.period.as_deref())?;
    let (statements, unread) = statements::read(Path::new(file))?;
    progress.step(&text!(progress_evaluating), 0, 1);
    let failed = |errors| resolved.evaluation_problems(&methodology.code, errors);
    let evaluation = Evaluation::new(study.clone(), Arc::clone(&methodology)).map_err(failed)?;
    let panel = &evaluation.study().panel;
    let period = period.or_else(|| panel.periods().iter().copied().max());
    let meant = |slice: &Slice| period.is_none_or(|p| slice.period == p);
    let found = rows(study, panel, &statements, unread, meant);
    let label = period.map(|p| study.periods[p.0 as usize].label.clone()).unwrap_or_default();
    let comparisons = found.map_err(|wrong| wrong.problems(study, &label, out.language.tag()))?;
    let question = Question {
        node,
        leaves: arguments.leaves,
        comparisons,
        bounds: (arguments.least, arguments.most),
    };
    progress.step(&text!(progress_searching), 0, 1);
    let found = Order::new(study, &evaluation, question);
    progress.done();
    let found = found.map_err(|why| match why {
        NoOrder::Scores(why) => {
            let of_region = matches!(why, NoScores::Absent { .. } | NoScores::OutOfDomain { .. });
            let why = order::reason(&evaluation, &why, out.language);
            let node = system.node(node).code.clone();
            fault(OrderFault::NotASum { node, why, of_region })
        }
        NoOrder::Evaluation(errors) => failed(errors),
    })?;
    if found.answer == Answer::NoWeights {
        let (least, most) = (arguments.least, arguments.most);
        return Err(fault(OrderFault::Bounds { least, most, count: found.scored.nodes.len() }));
    }
    let stated = |proof: &Weighed| -> Vec<(NodeId, f64)> {
        found.scored.nodes.iter().copied().zip(proof.weights.iter().copied()).collect()
    };
    let pasted = found.proof.as_ref().map(|proof| {
        let weights = stated(proof);
        project::with_weights(&methodology, "-from-order", node, arguments.leaves, &weights)
    });
    let view = View {
        language: out.language,
        pasted: pasted.unwrap_or_default(),
        lines: statements.iter().map(|statement| statement.line).collect(),
        fingerprint: resolved.fingerprint.clone(),
    };
    let tables = order::tables(&evaluation, &found, &view);
    if let Some(folder) = &arguments.output.out {
        out.write(folder, "order.json", &Report::from(tables.clone()))?;
        if !view.pasted.is_empty() {
            let lines = view.pasted.join("\n") + "\n";
            write::bytes(&folder.join("weighting.toml"), lines.as_bytes())?;
        }
    }
    let report = match arguments.output.format.is_for_people() {
        true => order::report(&evaluation, &found, &view),
        false => Report::from(tables),
    };
    out.show(&report, arguments.output.format)
}

/// Everything that is wrong with the regions of statements.
struct Wrong {
    problems: Problems,
    /// Those without a row, each with where it is named.
    absent: Vec<(RegionIx, Place)>,
    /// Two regions of two leagues, with where the second is named.
    leagues: Option<[(RegionIx, Place, String); 2]>,
}

impl Wrong {
    fn problems(mut self, study: &Study, period: &str, language: &str) -> Problems {
        let name = |region: RegionIx| {
            let of = &study.regions[region.0 as usize];
            let name = of.name(language);
            if name == of.code { name.to_owned() } else { format!("{} {name}", of.code) }
        };
        for (region, place) in self.absent {
            let (region, period) = (name(region), period.to_owned());
            let fault = Fault::Order(OrderFault::NoRow { region, period });
            self.problems.push(Problem { fault, places: vec![place] });
        }
        if let Some([first, second]) = self.leagues {
            let fault = Fault::Order(OrderFault::Leagues {
                first: name(first.0),
                first_league: first.2,
                second: name(second.0),
                second_league: second.2,
            });
            self.problems.push(Problem { fault, places: vec![second.1, first.1] });
        }
        self.problems
    }
}

/// The comparisons that statements make between rows of one slice of a panel, among the slices that are `meant`. `problems`
/// is what was wrong before.
fn rows(
    study: &Study,
    panel: &Panel,
    statements: &[Statement],
    problems: Problems,
    meant: impl Fn(&Slice) -> bool,
) -> Result<Vec<Comparison>, Box<Wrong>> {
    let mut wrong = Wrong { problems, absent: Vec::new(), leagues: None };
    let mut first: Option<(usize, Place)> = None;
    let mut row_of = |of: &'_ Named, wrong: &mut Wrong| -> Option<usize> {
        let region = match named::region(study, &of.text) {
            Ok(region) => region,
            Err(problems) => {
                for problem in problems.iter() {
                    let places = vec![of.place.clone()];
                    wrong.problems.push(Problem { places, ..problem.clone() });
                }
                return None;
            }
        };
        let slices = panel.slices().iter().filter(|slice| meant(slice));
        let Some(row) = slices.filter_map(|slice| panel.row_of(slice, region)).next() else {
            wrong.absent.push((region, of.place.clone()));
            return None;
        };
        match &first {
            None => first = Some((row, of.place.clone())),
            Some((before, place)) if panel.slice_at(*before) != panel.slice_at(row) => {
                let league =
                    |row: usize| study.leagues[panel.slice_of(row).league.0 as usize].code.clone();
                let one = |row: usize, place: Place| (panel.regions()[row], place, league(row));
                let two = [one(*before, place.clone()), one(row, of.place.clone())];
                wrong.leagues.get_or_insert(two);
            }
            Some(_) => {}
        }
        Some(row)
    };
    let mut comparisons = Vec::new();
    for statement in statements {
        let mut find = |of: &Named, wrong: &mut Wrong| row_of(of, wrong);
        let (better, worse) =
            (find(&statement.better, &mut wrong), find(&statement.worse, &mut wrong));
        let Some((better, worse)) = better.zip(worse) else { continue };
        if better == worse {
            let region = statement.worse.text.clone();
            let fault = Fault::Order(OrderFault::Itself { region });
            let places = vec![statement.worse.place.clone()];
            wrong.problems.push(Problem { fault, places });
        }
        comparisons.push(Comparison { better, worse, equal: statement.equal });
    }
    let is_right = wrong.problems.is_empty() && wrong.absent.is_empty() && wrong.leagues.is_none();
    if is_right { Ok(comparisons) } else { Err(Box::new(wrong)) }
}
