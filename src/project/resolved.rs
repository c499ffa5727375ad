//! A project that was read completely, and the questions that it answers.

use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::aggregation;
use quanheng_core::evaluation::EvaluationError;
use quanheng_core::method::{Accepts, MethodError, Stage, find};
use quanheng_core::methodology::{ContractProblem, Methodology};
use quanheng_core::model::{Names, NodeId, PeriodIx, RegionIx, Study, System};
use quanheng_core::multiverse::Failure;
use quanheng_core::weighting;
use quanheng_scripts::Script;

use quanheng_words::{Text, text};

use super::analysis::Analysis;
use super::aside::{Aside, Tables};
use super::document::DocumentSaid;
use super::lay::Cells;
use super::marks::{Mark, Marked, Marks};
use super::metadata::Metadata;
use super::multiverse::Multiverse;
use super::notes::Silence;
use super::report::ReportSettings;
use super::said::{ReadFile, Said};
use super::sensitivity::Sensitivity;
use super::tree::Places;
use crate::case::Case;
use crate::data::coding::Coded;
use crate::data::records::Behind;
use crate::note::{Note, Notes};
use crate::official::{Official, PublishedFigures};
use crate::problem::{Fault, Named, Place, Problem, Problems, ProjectFault};
use crate::report::Language;
use crate::snapshot::Policies;

/// A project that can be run.
#[derive(Debug)]
pub struct Resolved {
    /// The study.
    pub study: Arc<Study>,
    /// The methodologies, in stated order.
    pub methodologies: IndexMap<String, Arc<Methodology>>,
    /// The language of the report unless another is asked for.
    pub language: Language,
    /// Where the data come from.
    pub source: String,
    /// What it says of itself for those who use and cite it.
    pub metadata: Metadata,
    /// What of the project was not published.
    pub marks: Marks,
    /// How many regions of the table belong to no league.
    pub left_out: usize,
    /// BLAKE3 of the program's version and of every file that was read, in hexadecimal.
    pub fingerprint: String,
    /// What the project file says.
    pub said: Said,
    /// The files that were read, the project file first, and those that the project pins beside them.
    pub files: Vec<ReadFile>,
    /// How many of these, from the first, the results are made of; the fingerprint is theirs.
    pub of_results: usize,
    /// The columns that are results of other projects.
    pub inputs: Vec<InputSource>,
    /// Remarks about the systems, by code.
    pub systems: IndexMap<String, About>,
    /// Remarks about the groups, by code.
    pub groups: IndexMap<String, About>,
    /// The scripts that it names.
    pub scripts: Vec<Arc<Script>>,
    /// The multiverses, where the project was opened whole.
    pub multiverses: IndexMap<String, Multiverse>,
    /// The sensitivity analyses; those of a multiverse where the project was opened whole.
    pub sensitivities: IndexMap<String, Sensitivity>,
    /// What of its results is pinned.
    pub snapshots: Policies,
    /// The published results that it is compared with.
    pub official: Vec<Official>,
    /// Published figures of groups.
    pub published: Vec<PublishedFigures>,
    /// What it states for analyses of its results.
    pub analysis: Analysis,
    /// What a region's profile compares it with, and by which rules.
    pub profile: quanheng_core::profile::Options,
    /// How reports are written.
    pub report: ReportSettings,
    /// Its documents, by code.
    pub documents: IndexMap<String, DocumentSaid>,
    /// What was done where, in stated order.
    pub cases: Vec<Case>,
    /// What is wrong in parts of the project. A methodology that needs one of these is not among `methodologies`.
    pub aside: Aside,
    /// The codes of all methodologies that are stated, in that order.
    pub stated: Vec<String>,
    pub(super) usual: String,
    pub(super) cells: Cells,
    /// Where the facts of nodes are stated, by system.
    pub(super) places: IndexMap<String, Places>,
    /// The notes on what was read.
    pub(super) noted: Vec<Note>,
    pub(super) silences: Vec<Silence>,
}

/// What the project says of a thing for those who read of it.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Its names by language.
    pub names: Names,
    /// Its version or edition.
    pub version: Option<String>,
}

impl About {
    /// The name and the version, for a line of text; none where neither is stated.
    pub fn line(&self, language: Language) -> Option<String> {
        let name = self.names.get(language.tag()).map(str::to_owned);
        let all: Vec<String> = name.into_iter().chain(self.version.clone()).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}

/// Where a column comes from whose values are results of another project.
#[derive(Clone, Debug)]
pub struct InputSource {
    /// The column, which is the input's code.
    pub column: String,
    /// The other project, as this one names it.
    pub project: String,
    /// The methodology.
    pub methodology: String,
    /// The node.
    pub node: String,
    /// What is taken, `score` or `rank`, and how periods are put together.
    pub rule: String,
    /// The periods of the other project.
    pub periods: Vec<String>,
    /// The other project's fingerprint.
    pub fingerprint: String,
}

impl Resolved {
    /// The code of the methodology that is run where none is named.
    pub fn usual(&self) -> &str {
        &self.usual
    }

    /// A methodology by code; the project's own where none is given.
    ///
    /// # Errors
    /// A code that no methodology has.
    pub fn methodology(&self, code: Option<&str>) -> Result<Arc<Methodology>, Problems> {
        let code = code.unwrap_or(&self.usual);
        self.methodologies.get(code).cloned().ok_or_else(|| {
            if self.stated.iter().any(|s| s == code) {
                return self.aside.of(code);
            }
            let known = self.methodologies.keys().cloned().collect();
            let fault =
                Fault::UnknownName { what: text!(thing_methodology), name: code.to_owned(), known };
            Problem { fault, places: Vec::new() }.into()
        })
    }

    /// What of the project was not published and matters for some of its methodologies, by code: the data, these
    /// methodologies, and the systems over which they stand.
    pub fn marks_of(&self, methodologies: &[&str]) -> Marks {
        let tables = Tables::new(&self.said.entries);
        let matters = |mark: &&Mark| match mark.of {
            _ if mark.input.is_some() => true,
            Marked::Data => true,
            Marked::Methodology => methodologies.contains(&mark.code.as_str()),
            Marked::System => {
                tables.over(&mark.code).iter().any(|code| methodologies.contains(&code.as_str()))
            }
        };
        Marks(self.marks.0.iter().filter(matters).cloned().collect())
    }

    /// The codes of the methodologies that cannot be used because something is wrong with them.
    pub fn broken(&self) -> Vec<String> {
        let stated = self.stated.iter();
        stated.filter(|code| !self.methodologies.contains_key(*code)).cloned().collect()
    }

    /// The notes on what was read and on some evaluations, whose own notes are given; `whole` says that these are the
    /// evaluations of all methodologies.
    pub fn notes(&self, of_results: Vec<Note>, whole: bool) -> Notes {
        let notes = self.noted.iter().cloned().chain(of_results).collect();
        Notes::new(notes, &self.silences, whole)
    }

    /// Where a tree in a file states a fact of a node.
    pub(crate) fn place_of_fact(&self, system: &str, code: &str, fact: &str) -> Option<Place> {
        self.places.get(system)?.of(code, fact).cloned()
    }

    /// The script that a choice's content is the hash of.
    pub fn script(&self, content: &str) -> Option<&Arc<Script>> {
        self.scripts.iter().find(|script| super::scripts::content(script) == content)
    }

    /// Where a raw cell stands and what it shows, in words.
    pub fn place(&self, column: &str, region: RegionIx, period: PeriodIx) -> Option<String> {
        let (place, _) = self.raw(column, region, period)?;
        Some(place.to_string())
    }

    /// Where a raw cell stands and what it shows.
    pub(crate) fn raw(
        &self,
        column: &str,
        region: RegionIx,
        period: PeriodIx,
    ) -> Option<(crate::problem::Place, String)> {
        self.cells.raw(&self.study, column, region, period)
    }

    /// What a raw cell is made of, where it was counted of records.
    pub fn behind(&self, column: &str, region: RegionIx, period: PeriodIx) -> Option<Behind> {
        self.cells.behind(&self.study, column, region, period)
    }

    /// What several coders have coded, table by table.
    pub fn coded(&self) -> Vec<Coded> {
        self.cells.coded(&self.study)
    }

    /// An evaluation's errors with the names behind their numbers.
    pub fn evaluation_problems(&self, code: &str, errors: Vec<EvaluationError>) -> Problems {
        let methodology = &self.methodologies[code];
        let system = &methodology.system;
        // Rows are those of the panel that the methodology saw.
        let study = match &methodology.periods {
            None => Arc::clone(&self.study),
            Some(periods) => Arc::new(self.study.only(periods)),
        };
        named(&study, methodology, errors)
            .into_iter()
            .map(|(error, named)| {
                let sites: Vec<Place> = match &error.error {
                    MethodError::Program(fault) => {
                        fault.sites.iter().cloned().map(Into::into).collect()
                    }
                    _ => Vec::new(),
                };
                let leaf = system
                    .leaves()
                    .iter()
                    .position(|l| Some(*l) == error.child.or(Some(error.node)));
                let place = leaf.zip(error.rows.first()).and_then(|(k, &row)| {
                    let code = &system.node(system.leaves()[k]).code;
                    let name = match beside(methodology, &error) {
                        Some(column) => column,
                        None => *system.indicator(k).columns(code).first()?,
                    };
                    let panel = &study.panel;
                    self.raw(name, panel.regions()[row], panel.periods()[row])
                });
                let mut places: Vec<Place> =
                    sites.into_iter().chain(place.map(|(place, _)| place)).collect();
                if places.is_empty() {
                    let head = leaf.filter(|_| is_of_column(&error.error)).and_then(|k| {
                        let code = &system.node(system.leaves()[k]).code;
                        self.cells.head(system.indicator(k).columns(code).first()?)
                    });
                    places.extend(head.or_else(|| self.said.choice(code, error.stage)));
                }
                let methodology = code.to_owned();
                Problem { fault: Fault::Evaluation { methodology, error, named }, places }
            })
            .collect()
    }

    /// Why a branch of a multiverse gave nothing.
    pub fn branch_words(
        &self,
        study: &Study,
        methodology: &Methodology,
        failure: &Failure,
    ) -> Text {
        let (system, code) = (&methodology.system, &methodology.code);
        let reasons: Vec<Text> = match failure {
            Failure::Contract(problems) => {
                let fault = |problem: &ContractProblem| {
                    let named = of_contract(system, problem);
                    let (methodology, problem) = (code.clone(), problem.clone());
                    ProjectFault::Contract { methodology, problem, named }
                };
                problems.iter().map(|p| Fault::Project(fault(p)).words().what).collect()
            }
            Failure::Evaluation(errors) => named(study, methodology, errors.clone())
                .into_iter()
                .map(|(error, named)| {
                    let methodology = code.clone();
                    Fault::Evaluation { methodology, error, named }.words().what
                })
                .collect(),
        };
        let first = reasons.first().cloned().unwrap_or_default();
        match reasons.len() {
            0 | 1 => first,
            n => text!(reason_and_more, first = first, more = n - 1),
        }
    }
}

/// The column of the data that an error is about, if it is about a denominator.
fn beside<'m>(methodology: &'m Methodology, error: &EvaluationError) -> Option<&'m str> {
    let system = &methodology.system;
    if !error.beside {
        return None;
    }
    if error.stage == Stage::System {
        let k = system.leaves().iter().position(|leaf| *leaf == error.node)?;
        let code = &system.node(error.node).code;
        return system.indicator(k).columns(code).get(1).copied();
    }
    let steps = methodology.treatment.iter().map(|plan| plan.at(error.node));
    let mut steps = steps.filter(|choice| choice.name == error.method);
    steps.find_map(|choice| choice.method.other_column())
}

/// The names behind the numbers of errors.
fn named(
    study: &Study,
    methodology: &Methodology,
    errors: Vec<EvaluationError>,
) -> Vec<(EvaluationError, Named)> {
    const SHOWN: usize = 5;
    let system = &methodology.system;
    let panel = &study.panel;
    let region = |row: usize| {
        let region = &study.regions[panel.regions()[row].0 as usize];
        let period = &study.periods[panel.periods()[row].0 as usize].label;
        let named = Text::by_language(|language| match region.name(language.tag()) {
            name if name == region.code => name.to_owned(),
            name => format!("{} {name}", region.code),
        });
        match study.periods.len() > 1 {
            false => named,
            true => text!(region_and_period, region = named, period = period),
        }
    };
    errors
        .into_iter()
        .map(|error| {
            let slice = (error.first_row < panel.rows()).then(|| panel.slice_of(error.first_row));
            let several = study.leagues.len() > 1;
            let named = Named {
                node: node_name(system, error.node),
                child: match beside(methodology, &error) {
                    Some(column) => Some(format!("`{column}`")),
                    None => error.child.map(|c| node_name(system, c)),
                },
                regions: error.rows.iter().take(SHOWN).map(|&row| region(row)).collect(),
                count: error.rows.len(),
                period: slice
                    .filter(|_| error.rows.is_empty() && study.periods.len() > 1)
                    .map(|s| study.periods[s.period.0 as usize].label.clone()),
                league: slice
                    .filter(|_| several)
                    .map(|s| study.leagues[s.league.0 as usize].code.clone()),
                near: None,
                columns: Vec::new(),
                can_shift: false,
            };
            (error, named)
        })
        .collect()
}

/// Whether an error is about a column as a whole.
fn is_of_column(error: &MethodError) -> bool {
    matches!(
        error,
        MethodError::Constant { .. } | MethodError::TooFew { .. } | MethodError::Skewed { .. }
    )
}

/// A node as messages name it.
pub(super) fn node_name(system: &System, node: NodeId) -> String {
    format!("`{}`", system.node(node).code)
}

/// The names behind the numbers of a contract problem.
pub(crate) fn of_contract(system: &System, problem: &ContractProblem) -> Named {
    let (node, child, _) = subjects(problem);
    let child = child.map(|child| node_name(system, child));
    Named {
        node: node_name(system, node),
        child,
        can_shift: can_shift(problem),
        ..Named::default()
    }
}

/// Whether the method that needs values above zero can move them there itself.
fn can_shift(problem: &ContractProblem) -> bool {
    let ContractProblem::Sign { method, .. } = problem else { return false };
    let settings = find(weighting::TABLE, method)
        .map(|entry| (entry.settings)())
        .or_else(|| find(aggregation::TABLE, method).map(|entry| (entry.settings)()));
    settings.into_iter().flatten().any(|setting| {
        let words = match &setting.accepts {
            Accepts::Choice(words) | Accepts::ChoiceOrBool(words) => words.as_slice(),
            _ => &[],
        };
        setting.name == "zero" && words.iter().any(|word| word == "shift")
    })
}

/// The node, the child and the stage that a contract problem is about.
pub(super) fn subjects(problem: &ContractProblem) -> (NodeId, Option<NodeId>, &'static str) {
    match problem {
        ContractProblem::NoColumn { leaf, .. } => (*leaf, None, "system"),
        ContractProblem::Sign { node, child, stage, .. }
        | ContractProblem::Centred { node, child, stage, .. }
        | ContractProblem::Orientation { node, child, stage, .. } => {
            (*node, Some(*child), stage.name())
        }
        ContractProblem::Absent { node, leaf, stage, .. } => (*node, Some(*leaf), stage.name()),
        ContractProblem::UnitOfIdeal { leaf, .. } => (*leaf, None, "normalisation"),
        ContractProblem::NeedsPanel { node, stage, .. } => (*node, None, stage.name()),
        ContractProblem::NoFact { node, .. } | ContractProblem::PrintedWeights { node, .. } => {
            (*node, None, "weighting")
        }
    }
}
