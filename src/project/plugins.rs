//! The plugins of a project: declared with their files and hashes, opened when a choice asks for one.

use std::cell::RefCell;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use indexmap::IndexMap;
use quanheng_core::method::{SettingError, SettingFault, Settings, Stage, Value, choice};
use quanheng_plugin_host::{ChildLimits, Isolation, Plugin, Prepared, Unfit};

use quanheng_words::text;

use super::constants::{known_settings, rule_for_constants};
use super::reader::Page;
use super::table::{At, By, One, plain, table};
use super::trust::is_trusted;
use super::value::Entry;
use crate::problem::{ProjectFault, stage as in_words};

table! {
    /// `[plugin.CODE]`
    pub(super) struct PluginKeys {
        /// The file of the library, from the project's folder.
        path: At<String>,
        /// The BLAKE3 hash of the file. `quanheng plugin trust` writes it. Nothing of a plugin runs without it.
        blake3: Option<String>,
        /// Where it runs: in a process of its own, or (`none`) in the program itself.
        isolation: Where = Where::Process,
        /// The seconds that one call may take in its process.
        seconds: f64 [0.001, 1e6] = ChildLimits::default().time.as_secs_f64(),
        /// The megabytes that its process may take.
        megabytes: u64 [1, 1e6] = ChildLimits::default().megabytes,
    }
}

choice! {
    /// Where a plugin runs.
    pub(super) enum Where {
        Process = "process",
        None = "none",
    }
}

plain!(Where);

/// A plugin, or why it is not opened.
type Opened = Result<Arc<Plugin>, Box<ProjectFault>>;

/// The plugins that a project declares, and those that were opened, or why they are refused.
#[derive(Debug, Default)]
pub(super) struct Plugins {
    folder: PathBuf,
    /// None for one that is declared wrongly.
    declared: IndexMap<String, Option<Declared>>,
    opened: RefCell<IndexMap<String, Opened>>,
}

#[derive(Debug)]
struct Declared {
    /// As the project has it, for messages.
    name: String,
    path: PathBuf,
    hash: Option<String>,
    isolated: bool,
    limits: ChildLimits,
    span: Range<usize>,
}

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// States the program that runs as the child process of plugins. The running program itself is, unless this was called
/// before a project was opened; a program that uses this crate as a library, and does not answer to
/// [`quanheng_plugin_host::COMMAND`], must call it or run plugins with `isolation = "none"`.
pub fn run_plugins_in(program: PathBuf) {
    // The first word counts.
    let _ = PROGRAM.set(program);
}

/// Where a plugin runs.
pub(crate) fn isolation(isolated: bool, limits: ChildLimits) -> Isolation {
    if !isolated {
        return Isolation::None;
    }
    let program = PROGRAM.get().cloned().or_else(|| std::env::current_exe().ok());
    Isolation::Process { program: program.unwrap_or_else(|| "quanheng".into()), limits }
}

/// A file as the user finds it from the current folder: the folder as given, then the name.
fn shown(folder: &Path, name: &str) -> String {
    match folder.as_os_str().is_empty() || folder == Path::new(".") {
        true => name.to_owned(),
        false => folder.join(name).display().to_string(),
    }
}

/// What to say to trust a plugin of a project.
fn command(folder: &Path, path: &str) -> String {
    match folder.as_os_str().is_empty() || folder == Path::new(".") {
        true => format!("quanheng plugin trust {path}"),
        false => format!("quanheng plugin trust {path} --project {}", folder.display()),
    }
}

impl Plugins {
    /// What is declared; opens nothing.
    pub(super) fn new(keys: &By<PluginKeys>, folder: &Path) -> Self {
        let mut plugins = Plugins { folder: folder.to_path_buf(), ..Plugins::default() };
        for One { code, table, .. } in &keys.0 {
            let Some(keys) = table else {
                plugins.declared.insert(code.clone(), None);
                continue;
            };
            let limits = ChildLimits {
                time: Duration::from_secs_f64(keys.seconds),
                megabytes: keys.megabytes,
            };
            plugins.declared.insert(
                code.clone(),
                Some(Declared {
                    name: shown(folder, &keys.path),
                    path: folder.join(&keys.path.value),
                    hash: keys.blake3.clone(),
                    isolated: keys.isolation == Where::Process,
                    limits,
                    span: keys.path.span.clone(),
                }),
            );
        }
        plugins
    }

    /// The files of the plugins that were opened.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let opened = self.opened.borrow();
        let there = |code: &String| opened.get(code).is_some_and(Result::is_ok);
        let files = self.declared.iter().filter(|(code, _)| there(code));
        files.filter_map(|(_, d)| Some(d.as_ref()?.path.clone())).collect()
    }

    /// The plugin with this code; if it is rejected, the reason is reported.
    fn open(&self, page: &Page, code: &str, span: &Range<usize>) -> Option<Arc<Plugin>> {
        let Some(declared) = self.declared.get(code) else {
            let known = self.declared.keys().cloned().collect();
            page.fault(span, ProjectFault::NoPlugin { name: code.to_owned(), known });
            return None;
        };
        let declared = declared.as_ref()?;
        let known = self.opened.borrow().get(code).cloned();
        let opened = known.unwrap_or_else(|| {
            let opened = self.load(declared);
            self.opened.borrow_mut().insert(code.to_owned(), opened.clone());
            opened
        });
        opened.map_err(|fault| page.fault(&declared.span, *fault)).ok()
    }

    fn load(&self, declared: &Declared) -> Opened {
        let path = declared.name.clone();
        let command = command(&self.folder, &path);
        match &declared.hash {
            Some(hash) if is_trusted(hash) => {
                let isolation = isolation(declared.isolated, declared.limits);
                Plugin::open(&declared.path, hash, isolation)
                    .map_err(|why| Box::new(ProjectFault::PluginRefused { path, why, command }))
            }
            hash => {
                let pinned = hash.is_some();
                Err(Box::new(ProjectFault::PluginUntrusted { path, pinned, command }))
            }
        }
    }

    /// A method of a plugin with its settings, as a choice states them: `at` is where the plugin is named, `method` the
    /// method's name where one is stated.
    pub(super) fn prepare(
        &self,
        page: &Page,
        code: &str,
        at: &Range<usize>,
        method: Option<(&str, &Range<usize>)>,
        stage: Stage,
        stated: &[&Entry],
    ) -> Option<(Arc<Prepared>, Settings)> {
        let plugin = self.open(page, code, at)?;
        let offers = &plugin.description().methods;
        let Some(index) = plugin.find(stage, method.map(|(name, _)| name)) else {
            let of_stage: Vec<&str> =
                offers.iter().filter(|m| m.stage == stage).map(|m| m.name.as_str()).collect();
            match method {
                Some((name, span)) => match offers.iter().find(|m| m.name == name) {
                    Some(other) => {
                        let (name, has) = (name.to_owned(), other.stage);
                        page.fault(span, ProjectFault::WrongStage { name, asked: stage, has });
                    }
                    None => {
                        let what =
                            text!(thing_plugin_method, stage = in_words(stage), plugin = code);
                        page.unknown(span, what, name, of_stage.into_iter());
                    }
                },
                None => {
                    let offered =
                        offers.iter().map(|m| format!("{} ({})", m.name, m.stage.name())).collect();
                    let code = code.to_owned();
                    page.fault(at, ProjectFault::PluginMethod { code, stage, offered });
                }
            }
            return None;
        };
        let offer = &offers[index];
        let rule = rule_for_constants(stage, &offer.settings, stated);
        let stated: Vec<&Entry> =
            stated.iter().copied().filter(|e| rule.is_none_or(|rule| rule.key != e.key)).collect();
        let settings = Settings(
            stated
                .iter()
                .map(|e| (e.key.clone(), e.item.setting()))
                .collect::<IndexMap<_, Value>>(),
        );
        let known = known_settings(stage, &offer.settings);
        let mut fits = true;
        for entry in stated.iter().filter(|e| !known.contains(&e.key)) {
            let fault = SettingFault::Unknown { known: known.clone() };
            let error = SettingError { setting: entry.key.clone(), fault };
            page.fault(&entry.span, ProjectFault::Setting { method: offer.name.clone(), error });
            fits = false;
        }
        if !fits {
            return None;
        }
        match plugin.prepare(index, &settings) {
            Ok(prepared) => Some((prepared, settings)),
            Err(Unfit::Setting(error)) => {
                let entry = stated.iter().find(|e| e.key == error.setting);
                let span = entry.map_or(at, |e| &e.item.span);
                page.fault(span, ProjectFault::Setting { method: offer.name.clone(), error });
                None
            }
            Err(Unfit::Failed { what, hint }) => {
                let method = offer.name.clone();
                let code = code.to_owned();
                let fault = ProjectFault::PluginFailed { code, method, stage, what, hint };
                page.push(page.problem(at, fault));
                None
            }
        }
    }
}
