//! The kit of an author: the worked example and the battery over every method of a plugin.

use std::cell::RefCell;
use std::sync::Arc;

use quanheng_core::aggregation::Aggregation;
use quanheng_core::conformance::{Finding, Subject, Trial, check};
use quanheng_core::imputation::Imputation;
use quanheng_core::method::{Example, MethodError, ProgramFault, Scratch, Stage};
use quanheng_core::model::{NodeDraft, System};
use quanheng_core::normalisation::Normalisation;
use quanheng_core::number;
use quanheng_core::tiering::Tiering;
use quanheng_core::treatment::Treatment;
use quanheng_core::weighting::Weighting;
use quanheng_words::{Text, text};

use crate::describe::{Offer, Outcome};
use crate::method::{Plugged, SystemFault, build};
use crate::plugin::{Plugin, Prepared, Unfit};

/// What was found of one method.
#[derive(Clone, Debug, PartialEq)]
pub struct Examined {
    /// Its stage.
    pub stage: Stage,
    /// Its name.
    pub method: String,
    /// Whether its worked example holds; `None` where it has none (a system has none).
    pub example: Option<bool>,
    /// Every property that it should have and does not have, with the counter-example.
    pub findings: Vec<Finding>,
    /// What its description lacks: `zh`, `summary`, `formula`, `reference`, the source of the example, or the
    /// documentation of a setting.
    pub unsaid: Vec<Text>,
}

impl Examined {
    /// Whether there is nothing to complain of.
    pub fn passed(&self) -> bool {
        self.findings.is_empty() && self.unsaid.is_empty()
    }
}

/// Puts every method of a plugin to the test, in the order in which it offers them.
pub fn examine(plugin: &Arc<Plugin>) -> Vec<Examined> {
    let offers = &plugin.description().methods;
    offers.iter().enumerate().map(|(index, offer)| one(plugin, index, offer)).collect()
}

fn one(plugin: &Arc<Plugin>, index: usize, offer: &Offer) -> Examined {
    let example = offer.example.clone().unwrap_or_default();
    let mut examined = Examined {
        stage: offer.stage,
        method: offer.name.clone(),
        example: None,
        findings: Vec::new(),
        unsaid: unsaid(offer),
    };
    let finding = |property: Text, found: Text| Finding {
        stage: offer.stage,
        method: offer.name.clone(),
        property,
        input: example.clone(),
        found,
    };
    let prepared = match plugin.prepare(index, &example.settings) {
        Ok(prepared) => prepared,
        Err(unfit) => {
            let found = match unfit {
                Unfit::Setting(error) => text!(example_setting, setting = &error.setting),
                Unfit::Failed { what, .. } => what,
            };
            examined.findings.push(finding(text!(battery_fits), found));
            return examined;
        }
    };
    if offer.stage == Stage::System {
        examined.findings = trees(&prepared).map(|(p, found)| finding(p, found)).collect();
        return examined;
    }
    if example.columns.is_empty() || example.columns[0].is_empty() {
        let found = text!(battery_no_example);
        examined.findings.push(finding(text!(battery_has_example), found));
        return examined;
    }
    examined.findings = match offer.stage {
        Stage::System => unreachable!("looked at above"),
        Stage::Imputation => battery::<dyn Imputation>(prepared, offer, &example),
        Stage::Treatment => battery::<dyn Treatment>(prepared, offer, &example),
        Stage::Normalisation => battery::<dyn Normalisation>(prepared, offer, &example),
        Stage::Weighting => battery::<dyn Weighting>(prepared, offer, &example),
        Stage::Aggregation => battery::<dyn Aggregation>(prepared, offer, &example),
        Stage::Tiering => battery::<dyn Tiering>(prepared, offer, &example),
    };
    examined.example = Some(examined.findings.iter().all(|f| f.property != text!(battery_example)));
    examined
}

fn unsaid(offer: &Offer) -> Vec<Text> {
    let source = offer.example.as_ref().map_or("-", |e| &e.source);
    let mut unsaid: Vec<Text> = [
        (Text::plain("`zh`"), offer.zh.as_str()),
        (Text::plain("`summary`"), &offer.summary),
        (Text::plain("`formula`"), &offer.formula),
        (Text::plain("`reference`"), &offer.reference),
        (text!(plugin_part_example_source), source),
    ]
    .into_iter()
    .filter(|(_, words)| words.trim().is_empty())
    .map(|(what, _)| what)
    .collect();
    let silent = offer.settings.iter().filter(|s| s.doc.trim().is_empty());
    unsaid.extend(silent.map(|s| text!(plugin_unsaid_doc, name = s.name.to_string())));
    unsaid
}

/// The battery over one method, with an eye on what only a plugin can do wrong.
fn battery<M>(prepared: Arc<Prepared>, offer: &Offer, example: &Example) -> Vec<Finding>
where
    M: Trial + Plugged + ?Sized,
{
    let method = M::plugged(prepared);
    let watched = Watched { method: &&*method, offer, seen: RefCell::default() };
    let mut findings = check(&Subject {
        stage: offer.stage,
        name: &offer.name,
        method: &watched,
        claims: offer.claims,
        intermediate: None,
        example,
    });
    let seen = watched.seen.into_inner();
    if seen.faults >= PATIENCE {
        // What was not tried must not be taken for what was found.
        findings.clear();
    }
    findings.extend(seen.findings);
    findings
}

/// After so many faults nothing more is tried: a plugin that hangs would take its time limit each time.
const PATIENCE: usize = 3;
/// On so many inputs the regions are scored one by one too.
const ALONE: usize = 8;

struct Watched<'a> {
    method: &'a dyn Trial,
    offer: &'a Offer,
    seen: RefCell<Seen>,
}

#[derive(Default)]
struct Seen {
    findings: Vec<Finding>,
    faults: usize,
    alone: usize,
}

impl Watched<'_> {
    fn report(&self, property: Text, input: &Example, found: Text) {
        let mut seen = self.seen.borrow_mut();
        if seen.findings.iter().all(|f| f.property != property) {
            seen.findings.push(Finding {
                stage: self.offer.stage,
                method: self.offer.name.clone(),
                property,
                input: input.clone(),
                found,
            });
        }
    }

    fn within_bounds(&self, input: &Example, result: &[f64]) {
        if matches!(self.offer.stage, Stage::Weighting | Stage::Tiering) {
            return;
        }
        let all = || input.columns.iter().flatten().copied().filter(|x| !x.is_nan());
        let (lower, upper) = match self.offer.gives {
            Outcome::Is(domain) => (domain.lower, domain.upper),
            Outcome::Mean => {
                (all().fold(f64::INFINITY, number::min), all().fold(f64::NEG_INFINITY, number::max))
            }
            Outcome::Sum | Outcome::Points => return,
        };
        let by = 1e-9 * number::max(1.0, result.iter().fold(0.0, |m, x| number::max(m, x.abs())));
        if let Some(row) = result.iter().position(|x| *x < lower - by || *x > upper + by) {
            let found = text!(
                battery_beyond,
                x = result[row].to_string(),
                row = row + 1,
                lower = lower.to_string(),
                upper = upper.to_string()
            );
            self.report(text!(battery_bounds), input, found);
        }
    }

    fn row_by_row(&self, input: &Example, result: &[f64]) {
        let mut seen = self.seen.borrow_mut();
        let asked = self.offer.stage == Stage::Aggregation && self.offer.rowwise;
        if !asked || seen.alone >= ALONE || input.periods > 1 {
            return;
        }
        seen.alone += 1;
        drop(seen);
        for (row, x) in result.iter().enumerate() {
            let alone = Example {
                columns: input.columns.iter().map(|c| vec![c[row]]).collect(),
                expected: Vec::new(),
                ..input.clone()
            };
            let found = self.method.trial(&alone);
            let same = found.as_ref().is_ok_and(|y| {
                (y[0] - x).abs() <= 1e-12 * number::max(x.abs(), 1.0)
                    || (y[0].is_nan() && x.is_nan())
            });
            if !same {
                let alone = match &found {
                    Ok(y) => Text::plain(y[0].to_string()),
                    Err(error) => text!(battery_error, error = error.words()),
                };
                let found = text!(battery_alone, row = row + 1, x = x.to_string(), alone = alone);
                self.report(text!(battery_rowwise), input, found);
                return;
            }
        }
    }
}

impl Trial for Watched<'_> {
    fn trial_in(&self, example: &Example, scratch: &mut Scratch) -> Result<Vec<f64>, MethodError> {
        if self.seen.borrow().faults >= PATIENCE {
            return Err(MethodError::Other(Text::plain("not tried")));
        }
        let result = self.method.trial_in(example, scratch);
        match &result {
            Ok(values) => {
                self.within_bounds(example, values);
                self.row_by_row(example, values);
            }
            Err(MethodError::Program(fault)) if is_fault(fault) => {
                self.seen.borrow_mut().faults += 1;
                self.report(text!(battery_no_fault), example, fault.what.clone());
            }
            Err(_) => {}
        }
        result
    }
}

/// Whether a failure is one of the plugin's code rather than of its input: the host then has a hint of its own.
fn is_fault(fault: &ProgramFault) -> bool {
    let hints = [
        text!(plugin_tell_author),
        text!(plugin_did_other_harm),
        text!(plugin_host_failure),
        text!(plugin_wrote_less_hint),
    ];
    fault.hint.as_ref().is_some_and(|hint| hints.contains(hint))
}

/// A system is built from nothing and from a small tree: of what it takes, the same tree must come twice.
fn trees(prepared: &Arc<Prepared>) -> impl Iterator<Item = (Text, Text)> {
    let node = |code: &str, parent: Option<&str>| NodeDraft {
        code: code.to_owned(),
        parent: parent.map(str::to_owned),
        ..NodeDraft::default()
    };
    let small = ["a", "b", "c"].map(|code| node(code, Some("index")));
    let small = System::new([node("index", None)].into_iter().chain(small).collect()).ok();
    let mut found = Vec::new();
    for base in [None, small.as_ref()] {
        let (first, second) = (build(prepared, base), build(prepared, base));
        if first != second {
            let (first, second) = (format!("{first:?}"), format!("{second:?}"));
            let then = text!(battery_then, first = first, second = second);
            found.push((text!(battery_same_tree), then));
        }
        if let Err(SystemFault::Fault(fault)) = first
            && is_fault(&fault)
        {
            found.push((text!(battery_no_fault), fault.what));
        }
    }
    found.into_iter()
}
