//! What can be wrong outside the core: facts with their places. Words are in `words/`, and nowhere else.

mod alike;
mod case;
mod chart;
mod data;
mod group;
mod lock;
mod official;
mod order;
mod print;
mod profile;
mod project;
mod prose;
mod reach;
mod reason;
mod render;
mod shard;
mod snapshot;
mod words;

pub(crate) use words::{accepted, closest, contract, stage, toml_reason};

pub use words::Words;

use std::fmt::Display;
use std::ops::Range;
use std::process::ExitCode;
use std::sync::Arc;

use quanheng_core::evaluation::EvaluationError;
use quanheng_core::method::{ProgramFault, Site};
use quanheng_words::{Language, Text};

pub use quanheng_core::method::Source;

pub use case::CaseFault;
pub use chart::ChartFault;
pub use data::{AmbiguousRegion, DataFault, KnownRegion, Reading, UnknownRegion, Unread};
pub use lock::{Change, LockFault, OtherResult};
pub use official::OfficialFault;
pub use order::OrderFault;
pub use print::PrintFault;
pub use profile::ProfileFault;
pub use project::{Named, Nothing, ProjectFault};
pub use prose::ProseFault;
pub use reach::ReachFault;
pub use reason::Reason;
pub use shard::ShardFault;
pub use snapshot::SnapshotFault;

/// Where something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A stretch of bytes in a text file.
    Text {
        /// The file.
        source: Arc<Source>,
        /// The bytes.
        span: Range<usize>,
    },
    /// A place that a program names, with what happened there.
    Site(Site),
    /// A cell of a table, in the words of its program: `B7`, with what it shows.
    Cell {
        /// The file.
        file: String,
        /// The sheet, for a workbook.
        sheet: Option<String>,
        /// The row as printed in a spreadsheet, from 1.
        row: usize,
        /// The column from 0.
        column: usize,
        /// What the cell shows.
        shows: String,
    },
    /// A file as a whole.
    File(String),
}

impl std::fmt::Display for Place {
    /// As the user finds it: the file and the line, the sheet and the cell.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Text { source, span } => {
                write!(f, "{}:{}", source.name, source.line(span.start))
            }
            Place::Site(Site { source, span, .. }) => {
                Place::Text { source: Arc::clone(source), span: span.clone() }.fmt(f)
            }
            Place::File(file) => f.write_str(file),
            Place::Cell { file, sheet, row, column, .. } => {
                let cell = render::letters(*column);
                match sheet {
                    Some(sheet) => write!(f, "{file} {sheet}!{cell}{row}"),
                    None => write!(f, "{file}:{row} ({cell})"),
                }
            }
        }
    }
}

impl From<Site> for Place {
    fn from(site: Site) -> Self {
        Place::Site(site)
    }
}

/// One thing that is wrong: what, where, and further places that explain it.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub fault: Fault,
    /// Where, the most telling place first; none where there is no place.
    pub places: Vec<Place>,
}

impl Problem {
    /// A file that cannot be opened or read.
    pub fn unreadable(file: impl Display, reason: impl Into<Reason>) -> Problem {
        let (file, reason) = (file.to_string(), reason.into());
        Problem { fault: Fault::Unreadable { file, reason }, places: Vec::new() }
    }

    /// A file that cannot be written; an older file with this name is not changed.
    pub fn unwritable(file: impl Display, reason: impl Into<Reason>) -> Problem {
        let (file, reason) = (file.to_string(), reason.into());
        Problem { fault: Fault::Unwritable { file, reason }, places: Vec::new() }
    }

    /// A worked example of a script that does not hold: where it failed, and where it stands.
    pub fn example(script: &str, outcome: quanheng_scripts::Outcome) -> Problem {
        let failed = match &outcome.result {
            Err(quanheng_scripts::Failure::Fault(fault)) => fault.sites.clone(),
            _ => Vec::new(),
        };
        let places = failed.into_iter().chain([outcome.site.clone()]).map(Into::into).collect();
        let fault = Fault::Example { script: script.to_owned(), outcome: Box::new(outcome) };
        Problem { fault, places }
    }

    /// A name on the command line that stands for nothing, beside those that do.
    pub fn unknown(what: Text, name: &str, mut known: Vec<String>) -> Problem {
        known.dedup();
        let fault = Fault::UnknownName { what, name: name.to_owned(), known };
        Problem { fault, places: Vec::new() }
    }
}

/// Kinds of faults; each becomes a sentence and a hint in `words/`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// A file that cannot be opened or read.
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        reason: Reason,
    },
    /// A file that cannot be written; an older file with this name is not changed.
    Unwritable {
        /// The file.
        file: String,
        /// Why.
        reason: Reason,
    },
    /// A folder without a project file.
    NoProject {
        /// The folder.
        folder: String,
    },
    /// A word that is neither a path nor the name of a listed project.
    UnknownProject {
        /// The word.
        name: String,
        /// The names of the listed projects.
        known: Vec<String>,
    },
    /// A name that several listed projects have.
    SeveralProjects {
        /// The name.
        name: String,
        /// Their folders.
        folders: Vec<String>,
    },
    /// A folder that should be empty and is not.
    Occupied {
        /// The folder.
        folder: String,
    },
    /// Files from which no project can be made.
    NothingToImport {
        /// The files.
        files: Vec<String>,
    },
    /// A file that should be new and is there already.
    Exists {
        /// The file.
        file: String,
    },
    /// A ledger that was made from something else.
    LedgerOfOther {
        /// The file.
        file: String,
        /// What has changed, in words.
        changed: Vec<Text>,
    },
    /// A ledger whose head cannot be read.
    LedgerDamaged {
        /// The file.
        file: String,
    },
    /// A ledger that another run is writing.
    LedgerBusy {
        /// The file.
        file: String,
    },
    /// A name on the command line that nothing has.
    UnknownName {
        /// What it should name.
        what: Text,
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// A name that several regions have.
    SeveralRegions {
        /// The name.
        name: String,
        /// Their codes, each with some of its attributes.
        regions: Vec<(String, Vec<String>)>,
    },
    /// No multiverse is named, and there are several.
    WhichMultiverse {
        /// Those there are.
        known: Vec<String>,
    },
    /// Several sensitivity analyses, none of which is named.
    WhichSensitivity {
        /// Those there are.
        known: Vec<String>,
    },
    /// `discover` without a code and a condition.
    DiscoverWords {
        /// How many words there are beside the project.
        found: usize,
    },
    /// A box that the trajectory does not have.
    NoSuchStep {
        /// What was asked for.
        step: usize,
        /// The last one.
        last: usize,
    },
    /// A declaration that is there already and says something else.
    DeclaredOtherwise {
        /// The file.
        file: String,
    },
    /// A project file that declares nothing that varies.
    NothingDeclared {
        /// The file.
        file: String,
    },
    /// A file of a declaration that cannot be read as one.
    DeclarationDamaged {
        /// The file.
        file: String,
    },
    /// Fewer than two things to compare.
    OneSubject {
        /// The methodologies that there are.
        known: Vec<String>,
    },
    /// Another number of weights than of columns.
    TrialWeights {
        /// How many are stated.
        stated: usize,
        /// How many columns there are.
        of: usize,
    },
    /// A mapping of regions where all that is compared is of one project and period.
    NothingToMap,
    /// A period where only methodologies are compared.
    PeriodStated {
        /// The subject as written.
        subject: String,
    },
    /// Not two sides of an explanation.
    TwoSides {
        /// How many there are.
        found: usize,
        /// What the command was told to explain.
        all: bool,
    },
    /// Two subjects that cannot be combined into hybrids because their projects have different data.
    OtherData {
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
    /// A region whose move cannot be explained: on one side it has no score.
    NoScore {
        /// The region.
        region: String,
        /// The side.
        side: String,
        /// The period, where there are several.
        period: String,
    },
    /// A chart that cannot be drawn or written.
    Chart(ChartFault),
    /// A PDF or a PNG that cannot be made.
    Print(PrintFault),
    /// Not one region whose profile is asked for.
    Profile(ProfileFault),
    /// Something is wrong with a case that is asked for.
    Case(CaseFault),
    /// A rank or tier to reach that is none, or a region that cannot move.
    Reach(ReachFault),
    /// An order of regions that is stated and cannot be used.
    Order(OrderFault),
    /// Something in the chapters of a report.
    Prose(ProseFault),
    /// Something in a file of data.
    Data(DataFault),
    /// Something in the project file or a tree.
    Project(ProjectFault),
    /// Something about snapshots.
    Snapshot(SnapshotFault),
    /// Something about published results.
    Official(OfficialFault),
    /// A difference from the lock.
    Lock(LockFault),
    /// Something wrong with a shard of draws.
    Shard(ShardFault),
    /// A name that no script can have.
    ScriptName {
        /// The name.
        name: String,
        /// Why.
        why: quanheng_scripts::NameFault,
    },
    /// A name that no crate can have.
    CrateName {
        /// The name.
        name: String,
    },
    /// A method of a plugin whose claims do not hold.
    PluginExamined {
        /// The plugin's file.
        plugin: String,
        /// What was found.
        examined: Box<quanheng_plugin_host::Examined>,
    },
    /// A worked example that does not hold, or a claim.
    Example {
        /// The script.
        script: String,
        /// What became of it.
        outcome: Box<quanheng_scripts::Outcome>,
    },
    /// A script that cannot be used.
    Script(ProgramFault),
    /// Properties that a methodology does not have, or for which no test gave a result.
    Audit {
        /// The methodology.
        methodology: String,
        /// The properties.
        broken: Vec<String>,
        /// How many were tested.
        of: usize,
    },
    /// A method that gave no result.
    Evaluation {
        /// The methodology.
        methodology: String,
        /// The facts.
        error: EvaluationError,
        /// The names behind the numbers of the facts.
        named: Named,
    },
}

/// Several problems, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems(Vec<Filed>);

/// A problem, and the methodologies that cannot be used because of it.
#[derive(Clone, Debug, PartialEq)]
struct Filed {
    problem: Problem,
    /// Their codes; none for a problem of the whole project, or one whose fault names its methodology.
    of: Vec<String>,
}

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.push_of(problem, Vec::new());
    }

    /// Adds one that keeps these methodologies from being used.
    pub fn push_of(&mut self, problem: Problem, of: Vec<String>) {
        self.0.push(Filed { problem, of });
    }

    /// Adds those of another.
    pub fn extend(&mut self, more: Problems) {
        self.0.extend(more.0);
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter().map(|filed| &filed.problem)
    }

    /// The places of all of them.
    pub(crate) fn places_mut(&mut self) -> impl Iterator<Item = &mut Place> {
        self.0.iter_mut().flat_map(|filed| &mut filed.problem.places)
    }

    /// All of them as text in a language, with colours where `colour` is set.
    pub fn render(&self, language: Language, colour: bool) -> String {
        render::render(&self.0, language, colour)
    }

    /// The exit code of a program that ends with them: that of the first.
    pub fn exit(&self) -> Exit {
        match self.0.first().map(|filed| &filed.problem.fault) {
            None => Exit::Success,
            Some(
                Fault::UnknownName { .. }
                | Fault::SeveralProjects { .. }
                | Fault::Occupied { .. }
                | Fault::LedgerOfOther { .. }
                | Fault::LedgerDamaged { .. }
                | Fault::Exists { .. }
                | Fault::CrateName { .. }
                | Fault::OneSubject { .. }
                | Fault::TrialWeights { .. }
                | Fault::WhichMultiverse { .. }
                | Fault::WhichSensitivity { .. }
                | Fault::DiscoverWords { .. }
                | Fault::NoSuchStep { .. }
                | Fault::NothingDeclared { .. }
                | Fault::DeclaredOtherwise { .. }
                | Fault::PeriodStated { .. }
                | Fault::NothingToMap
                | Fault::SeveralRegions { .. }
                | Fault::TwoSides { .. }
                | Fault::OtherData { .. }
                | Fault::NoScore { .. }
                | Fault::Chart(_)
                | Fault::Print(_)
                | Fault::Profile(_)
                | Fault::Case(_)
                | Fault::Reach(_)
                | Fault::Order(_)
                | Fault::Prose(ProseFault::Ending { .. })
                | Fault::ScriptName { .. },
            ) => Exit::Usage,
            Some(Fault::Snapshot(fault)) => fault.exit(),
            Some(Fault::Shard(fault)) => fault.exit(),
            Some(Fault::DeclarationDamaged { .. }) => Exit::BadInput,
            Some(Fault::Lock(LockFault::NotThere { .. })) => Exit::NoInput,
            Some(Fault::Lock(LockFault::Damaged { .. } | LockFault::NoResult { .. })) => {
                Exit::BadInput
            }
            Some(Fault::Official(OfficialFault::Nothing)) => Exit::Usage,
            Some(Fault::Official(
                OfficialFault::NoColumn { .. }
                | OfficialFault::NoUse { .. }
                | OfficialFault::NoReason,
            )) => Exit::BadInput,
            Some(
                Fault::Audit { .. }
                | Fault::Official(_)
                | Fault::Example { .. }
                | Fault::PluginExamined { .. }
                | Fault::Lock(_),
            ) => Exit::Found,
            Some(
                Fault::NothingToImport { .. }
                | Fault::Unreadable { reason: Reason::Refused(_), .. },
            ) => Exit::BadInput,
            Some(
                Fault::Unreadable { .. } | Fault::NoProject { .. } | Fault::UnknownProject { .. },
            ) => Exit::NoInput,
            Some(Fault::Unwritable { .. } | Fault::LedgerBusy { .. }) => Exit::CannotWrite,
            Some(
                Fault::Data(_)
                | Fault::Project(_)
                | Fault::Prose(_)
                | Fault::Script(_)
                | Fault::Evaluation { .. },
            ) => Exit::BadInput,
        }
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        [problem].into_iter().collect()
    }
}

impl FromIterator<Problem> for Problems {
    fn from_iter<I: IntoIterator<Item = Problem>>(problems: I) -> Self {
        let filed = |problem| Filed { problem, of: Vec::new() };
        Problems(problems.into_iter().map(filed).collect())
    }
}

impl From<Vec<Problem>> for Problems {
    fn from(problems: Vec<Problem>) -> Self {
        problems.into_iter().collect()
    }
}

/// Exit codes, after sysexits.h where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Success = 0,
    /// A check or comparison found something.
    Found = 1,
    /// Wrong use of the program.
    Usage = 2,
    /// A project or data that cannot be used.
    BadInput = 65,
    /// No such file.
    NoInput = 66,
    /// A fault of the program itself.
    Internal = 70,
    /// A result that cannot be written.
    CannotWrite = 73,
    /// The user stopped the program; as shells define it for Ctrl-C.
    Stopped = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
