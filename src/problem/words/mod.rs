//! Every fault in words: one file a family.

mod case;
mod chart;
mod data;
mod evaluation;
mod lock;
mod official;
mod order;
mod print;
mod profile;
mod project;
mod prose;
mod reach;
mod reason;
mod scripts;
mod shard;
mod snapshot;
mod toml;

pub(crate) use project::{accepted, contract};
pub(crate) use quanheng_core::method::closest;
pub(crate) use toml::reason as toml_reason;

use quanheng_core::method::Stage;
use quanheng_core::methodology::Part;
use quanheng_words::{Text, text};

use super::{Fault, Reason};

/// A fault in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What is wrong.
    pub what: Text,
    /// What to do, or what would be right.
    pub hint: Option<Text>,
}

impl Words {
    fn new(what: Text, hint: Text) -> Self {
        Words { what, hint: Some(hint) }
    }
}

impl Fault {
    /// The fault in words.
    pub fn words(&self) -> Words {
        match self {
            Fault::Unreadable { file, reason } => Words {
                what: text!(unreadable, file = file, reason = reason.words()),
                hint: reason.hint(),
            },
            Fault::Unwritable { file, reason } => Words {
                what: text!(unwritable, file = file, reason = reason.words()),
                hint: match reason {
                    Reason::NotFound => None,
                    reason => reason.hint(),
                },
            },
            Fault::NoProject { folder } => Words::new(
                text!(no_project, folder = folder),
                text!(no_project_hint, folder = folder),
            ),
            Fault::UnknownProject { name, known } => Words {
                what: text!(unknown_project, name = name),
                hint: near(name, known).or_else(|| Some(text!(unknown_project_hint))),
            },
            Fault::SeveralProjects { name, folders } => Words::new(
                text!(several_projects, name = name, folders = folders.clone()),
                text!(several_projects_hint, folder = folders.first().cloned().unwrap_or_default()),
            ),
            Fault::Occupied { folder } => {
                Words::new(text!(folder_occupied, folder = folder), text!(folder_occupied_hint))
            }
            Fault::LedgerOfOther { file, changed } => Words::new(
                text!(ledger_of_other, file = file, changed = changed.clone()),
                text!(ledger_damaged_hint),
            ),
            Fault::LedgerDamaged { file } => {
                Words::new(text!(ledger_damaged, file = file), text!(ledger_damaged_hint))
            }
            Fault::LedgerBusy { file } => {
                Words::new(text!(ledger_busy, file = file), text!(ledger_busy_hint))
            }
            Fault::NothingToImport { files } => {
                Words::new(text!(import_nothing, files = files), text!(import_nothing_hint))
            }
            Fault::Exists { file } => {
                Words::new(text!(file_exists, file = file), text!(file_exists_hint))
            }
            Fault::UnknownName { what, name, known } => unknown(what, name, known),
            Fault::SeveralRegions { name, regions } => {
                let one = |(code, about): &(String, Vec<String>)| match about.is_empty() {
                    true => Text::plain(format!("`{code}`")),
                    false => text!(region_about, code = code, about = about.join(", ")),
                };
                Words::new(
                    text!(
                        several_regions,
                        name = name,
                        count = regions.len(),
                        regions = regions.iter().map(one).collect::<Vec<Text>>()
                    ),
                    text!(several_regions_hint),
                )
            }
            Fault::WhichMultiverse { known } => {
                Words::new(text!(which_multiverse), text!(which_multiverse_hint, known = known))
            }
            Fault::WhichSensitivity { known } => {
                Words::new(text!(which_sensitivity), text!(which_sensitivity_hint, known = known))
            }
            Fault::DiscoverWords { found } => {
                Words::new(text!(discover_words, found = *found), text!(discover_words_hint))
            }
            Fault::NoSuchStep { step, last } => Words::new(
                text!(no_such_step, step = *step),
                text!(no_such_step_hint, last = *last),
            ),
            Fault::DeclaredOtherwise { file } => {
                Words::new(text!(declared_otherwise, file = file), text!(declared_otherwise_hint))
            }
            Fault::NothingDeclared { file } => {
                Words::new(text!(nothing_declared, file = file), text!(nothing_declared_hint))
            }
            Fault::DeclarationDamaged { file } => {
                Words::new(text!(declaration_damaged, file = file), text!(declaration_damaged_hint))
            }
            Fault::OneSubject { known } => {
                Words::new(text!(one_subject), text!(one_subject_hint, known = known))
            }
            Fault::TrialWeights { stated, of } => Words::new(
                text!(trial_weights, stated = *stated, of = *of),
                text!(trial_weights_hint),
            ),
            Fault::NothingToMap => Words::new(text!(nothing_to_map), text!(nothing_to_map_hint)),
            Fault::PeriodStated { subject } => {
                Words::new(text!(period_stated, subject = subject), text!(period_stated_hint))
            }
            Fault::Audit { methodology, broken, of } => Words::new(
                text!(
                    audit_not_passed,
                    methodology = methodology,
                    broken_count = broken.len(),
                    of = *of,
                    broken = broken.join(", ")
                ),
                text!(audit_not_passed_hint),
            ),
            Fault::TwoSides { found, all } => Words::new(
                text!(two_sides, found = *found),
                match all {
                    true => text!(two_sides_all_hint),
                    false => text!(two_sides_hint),
                },
            ),
            Fault::OtherData { first, second } => Words::new(
                text!(other_data, first = first, second = second),
                text!(other_data_hint),
            ),
            Fault::NoScore { region, side, period } => Words::new(
                match period.is_empty() {
                    true => text!(no_score, region = region, side = side),
                    false => text!(no_score_in, region = region, side = side, period = period),
                },
                text!(no_score_hint),
            ),
            Fault::Chart(fault) => chart::words(fault),
            Fault::Print(fault) => print::words(fault),
            Fault::Prose(fault) => prose::words(fault),
            Fault::Profile(fault) => profile::words(fault),
            Fault::Case(fault) => case::words(fault),
            Fault::Reach(fault) => reach::words(fault),
            Fault::Order(fault) => order::words(fault),
            Fault::Data(fault) => data::words(fault),
            Fault::Project(fault) => project::words(fault),
            Fault::Snapshot(fault) => snapshot::words(fault),
            Fault::Official(fault) => official::words(fault),
            Fault::Lock(fault) => lock::words(fault),
            Fault::Shard(fault) => shard::words(fault),
            Fault::CrateName { name } => {
                Words::new(text!(crate_name, name = name), text!(crate_name_hint))
            }
            Fault::PluginExamined { plugin, examined } => scripts::examined(plugin, examined),
            Fault::ScriptName { name, why } => scripts::name(name, why),
            Fault::Example { script, outcome } => scripts::example(script, outcome),
            Fault::Script(fault) => Words { what: fault.what.clone(), hint: fault.hint.clone() },
            Fault::Evaluation { methodology, error, named } => {
                evaluation::words(methodology, error, named)
            }
        }
    }
}

/// A name that nothing has.
fn unknown(what: &Text, name: &str, known: &[String]) -> Words {
    Words {
        what: match name.is_empty() {
            true => text!(unknown_none, what = what),
            false => text!(unknown_name, what = what, name = name),
        },
        hint: near(name, known),
    }
}

/// The known name that looks most like this one, or a short list of all.
fn near(name: &str, known: &[String]) -> Option<Text> {
    if known.is_empty() {
        return None;
    }
    Some(match closest(name, known.iter().map(String::as_str)) {
        Some(name) => text!(did_you_mean, name = name),
        None => text!(one_of, names = known),
    })
}

/// A part of a methodology in words.
fn part(part: Part) -> Text {
    match Stage::ALL.into_iter().find(|stage| Part::of_stage(*stage) == part) {
        Some(found) => stage(found),
        None => Text::by_language(|language| part.word(language).to_owned()),
    }
}

/// A stage in words.
pub(crate) fn stage(stage: Stage) -> Text {
    match stage {
        Stage::System => text!(stage_system),
        Stage::Imputation => text!(stage_imputation),
        Stage::Treatment => text!(stage_treatment),
        Stage::Normalisation => text!(stage_normalisation),
        Stage::Weighting => text!(stage_weighting),
        Stage::Aggregation => text!(stage_aggregation),
        Stage::Tiering => text!(stage_tiering),
    }
}
