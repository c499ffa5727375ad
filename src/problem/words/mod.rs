//! Every fault in words: one file a family.

mod data;
mod evaluation;
mod lock;
mod project;
mod scripts;
mod snapshot;

pub(crate) use quanheng_core::method::closest;

use super::Fault;

/// A fault in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What is wrong.
    pub what: String,
    /// What to do, or what would be right.
    pub hint: Option<String>,
}

impl Words {
    fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Words { what: what.into(), hint: Some(hint.into()) }
    }
}

impl Fault {
    /// The fault in words.
    pub fn words(&self) -> Words {
        match self {
            Fault::Unreadable { file, reason } => {
                Words { what: format!("{file} cannot be read: {reason}"), hint: None }
            }
            Fault::Unwritable { file, reason } => {
                Words { what: format!("{file} cannot be written: {reason}"), hint: None }
            }
            Fault::NoProject { folder } => Words::new(
                format!("there is no quanheng.toml in {folder}"),
                format!("`quanheng new {folder}` writes a small project to start from"),
            ),
            Fault::Occupied { folder } => Words::new(
                format!("{folder} is not empty"),
                "a new project goes into a folder that is empty or not there yet",
            ),
            Fault::LedgerOfOther { file, changed } => Words::new(
                format!("{file} was made from something else: {} changed", changed.join(", ")),
                "--fresh starts it anew; --out DIR leaves it and begins another",
            ),
            Fault::LedgerDamaged { file } => Words::new(
                format!("the head of {file} cannot be read: what it was made from is not known"),
                "--fresh starts it anew; --out DIR leaves it and begins another",
            ),
            Fault::LedgerBusy { file } => Words::new(
                format!("{file} is being written by another run"),
                "wait for it, or say --out DIR",
            ),
            Fault::Exists { file } => Words::new(
                format!("{file} is there already"),
                "take another name, or move the file away",
            ),
            Fault::UnknownName { what, name, known } => {
                Words { what: format!("there is no {what} `{name}`"), hint: near(name, known) }
            }
            Fault::OneSubject { known } => Words::new(
                "a comparison takes two or more",
                format!(
                    "each is [PROJECT:]METHODOLOGY[@PERIOD]; methodologies here: {}",
                    list(known)
                ),
            ),
            Fault::NothingToMap => Words::new(
                "there is nothing for --map to map: all is of one project and one period",
                "leave it out",
            ),
            Fault::PeriodStated { subject } => Words::new(
                format!("`{subject}` states a period, and a methodology has none"),
                "leave out what follows `@`; `quanheng compare` compares periods",
            ),
            Fault::Audit { methodology, broken, of } => Words::new(
                format!(
                    "methodology `{methodology}` does not pass {} of {of} properties: {}",
                    broken.len(),
                    broken.join(", ")
                ),
                "docs/audit.md says how to read a counter-example",
            ),
            Fault::TwoSides { found, all } => Words::new(
                format!("an explanation has two sides, and here is {found}"),
                match all {
                    true => "explain --all [PROJECT] A B, each METHODOLOGY[@PERIOD]",
                    false => "explain [PROJECT] REGION A B, each side METHODOLOGY[@PERIOD]",
                },
            ),
            Fault::OtherData { first, second } => Words::new(
                format!("the data of `{first}` and `{second}` are not the same"),
                "an explanation exchanges stages over one set of data: two methodologies, or two periods, of one \
                 project; `quanheng compare` takes different projects",
            ),
            Fault::NoScore { region, side, period } => Words::new(
                match period.is_empty() {
                    true => format!("{region} has no score under `{side}`"),
                    false => format!("{region} has no score under `{side}` in {period}"),
                },
                "a change is explained where there is a score on both sides; `quanheng show` walks through one side",
            ),
            Fault::Data(fault) => data::words(fault),
            Fault::Project(fault) => project::words(fault),
            Fault::Snapshot(fault) => snapshot::words(fault),
            Fault::Lock(fault) => lock::words(fault),
            Fault::CrateName { name } => Words::new(
                format!("`{name}` is no name of a crate"),
                "small letters, digits and `-`, beginning with a letter",
            ),
            Fault::PluginExamined { plugin, examined } => scripts::examined(plugin, examined),
            Fault::ScriptName { name, why } => scripts::name(name, why),
            Fault::Example { script, outcome } => scripts::example(script, outcome),
            Fault::Script(fault) => Words {
                what: fault.what.to_string(),
                hint: fault.hint.as_ref().map(ToString::to_string),
            },
            Fault::Evaluation { methodology, error, named } => {
                evaluation::words(methodology, error, named)
            }
        }
    }
}

/// The known name that looks most like this one, or a short list of all.
fn near(name: &str, known: &[String]) -> Option<String> {
    if known.is_empty() {
        return None;
    }
    Some(match closest(name, known.iter().map(String::as_str)) {
        Some(k) => format!("did you mean `{k}`?"),
        None => format!("one of {}", list(known)),
    })
}

/// Names in back quotes, the first dozen of them.
fn list(names: &[String]) -> String {
    const SHOWN: usize = 24;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|n| format!("`{n}`")).collect();
    let rest = names.len().saturating_sub(SHOWN);
    let more = if rest > 0 { format!(", and {rest} more") } else { String::new() };
    shown.join(", ") + more.as_str()
}
