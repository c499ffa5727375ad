//! The scripts of a project: opened once each, put to use with the settings of each choice.

use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;
use quanheng_core::method::{ProgramFault, SettingError, SettingFault, Settings, Stage, Value};
use quanheng_scripts::{Host, LIBRARY, Limits, Prepared, Script, Unfit, Unread};

use quanheng_words::text;

use super::constants::{known_settings, rule_for_constants};
use super::reader::Page;
use super::table::table;
use super::value::Entry;
use crate::problem::{Fault, Problem, ProjectFault};

table! {
    /// `[scripts]`
    pub(super) struct ScriptsKeys {
        /// The seconds that one call may take.
        seconds: f64 [1, 86_400] = Limits::default().time.as_secs_f64(),
        /// The steps that one call may take.
        operations: u64 [1, 1e15] = Limits::default().operations,
        /// The megabytes that the columns and matrices of one call may hold.
        megabytes: usize [1, 1_048_576] = Limits::default().bytes >> 20,
    }
}

/// The host of a project's scripts, and those that were opened, or what is wrong with them.
#[derive(Debug)]
pub(super) struct Scripts {
    pub(super) host: Arc<Host>,
    opened: RefCell<IndexMap<String, Opened>>,
}

type Opened = Result<Arc<Script>, Result<Vec<ProgramFault>, Unread>>;

impl Scripts {
    /// A host for the scripts below a folder, within the limits of `[scripts]`.
    pub(super) fn new(keys: Option<&ScriptsKeys>, folder: &Path) -> Self {
        let mut limits = Limits::default();
        if let Some(keys) = keys {
            limits.time = Duration::from_secs_f64(keys.seconds);
            limits.operations = keys.operations;
            limits.bytes = keys.megabytes << 20;
            // The net below grows with what it is to catch.
            limits.memory = limits.memory.max(limits.bytes.saturating_mul(4));
        }
        Scripts { host: Host::new(Some(folder.to_path_buf()), limits), opened: RefCell::default() }
    }

    /// Every script that was opened and is in order.
    pub(super) fn opened(&self) -> Vec<Arc<Script>> {
        self.opened.borrow().values().flatten().cloned().collect()
    }

    /// The script with this name; its errors are reported at their places and at `span`, where it is named.
    pub(super) fn open(
        &self,
        page: &Page,
        name: &str,
        span: &Range<usize>,
        stage: Stage,
    ) -> Option<Arc<Script>> {
        let known = self.opened.borrow().get(name).cloned();
        let opened = known.unwrap_or_else(|| {
            let opened = Script::open(&self.host, name);
            self.opened.borrow_mut().insert(name.to_owned(), opened.clone());
            opened
        });
        match opened {
            Ok(script) => return Some(script),
            Err(Ok(faults)) => {
                for fault in faults {
                    page.push(Problem::script(fault, Some(page.place(span))));
                }
            }
            Err(Err(Unread::NotThere)) => {
                // Those of the other stages would not serve.
                let of_stage = |name: &&str| name.split('/').next() == Some(stage.name());
                let known = LIBRARY.iter().map(|bundled| bundled.name).filter(of_stage);
                page.unknown(span, text!(thing_bundled_script), name, known);
            }
            Err(Err(why)) => {
                page.fault(span, ProjectFault::ScriptUnread { name: name.to_owned(), why });
            }
        }
        None
    }

    /// A script of a stage, with its settings, as a choice states them.
    pub(super) fn prepare(
        &self,
        page: &Page,
        name: &str,
        span: &Range<usize>,
        stage: Stage,
        stated: &[&Entry],
    ) -> Option<(Arc<Prepared>, Settings)> {
        let script = self.open(page, name, span, stage)?;
        if script.stage() != stage {
            let (name, asked, has) = (name.to_owned(), stage, script.stage());
            page.fault(span, ProjectFault::WrongStage { name, asked, has });
            return None;
        }
        let rule = rule_for_constants(stage, script.settings(), stated);
        let stated: Vec<&Entry> =
            stated.iter().copied().filter(|e| rule.is_none_or(|rule| rule.key != e.key)).collect();
        let settings = Settings(
            stated
                .iter()
                .map(|e| (e.key.clone(), e.item.setting()))
                .collect::<IndexMap<_, Value>>(),
        );
        let known = || known_settings(stage, script.settings());
        let mut fits = true;
        for entry in &stated {
            if !known().contains(&entry.key) {
                let fault = SettingFault::Unknown { known: known() };
                let error = SettingError { setting: entry.key.clone(), fault };
                page.fault(&entry.span, ProjectFault::Setting { method: name.to_owned(), error });
                fits = false;
            }
        }
        if !fits {
            return None;
        }
        match script.prepare(&settings) {
            Ok(prepared) => Some((prepared, settings)),
            Err(Unfit::Setting(error)) => {
                let at = stated.iter().find(|e| e.key == error.setting);
                let span = at.map_or(span, |e| &e.item.span);
                page.fault(span, ProjectFault::Setting { method: name.to_owned(), error });
                None
            }
            Err(Unfit::Fault(fault)) => {
                page.push(Problem::script(fault, Some(page.place(span))));
                None
            }
        }
    }
}

/// BLAKE3 of everything that a script is made of: its own text, and the name and text of each module that it imports.
pub(super) fn content(script: &Script) -> String {
    let mut hasher = blake3::Hasher::new();
    for (k, source) in script.texts().enumerate() {
        let name = if k == 0 { "" } else { source.name.as_str() };
        hasher.update(format!("{name}\0{}\0", source.text.len()).as_bytes());
        hasher.update(source.text.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

impl Problem {
    /// A fault of a script, at its own places and where the project names it.
    pub(crate) fn script(fault: ProgramFault, named: Option<crate::problem::Place>) -> Problem {
        let places = fault.sites.iter().cloned().map(Into::into).chain(named).collect();
        Problem { fault: Fault::Script(fault), places }
    }
}
