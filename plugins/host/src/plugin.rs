//! A plugin that is trusted: opened in a child process or in this one, and asked for methods.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use quanheng_core::method::{Setting, SettingError, SettingFault, Settings, Stage};
use quanheng_plugin::contract;
use quanheng_words::{Text, text};

use crate::child::{Child, ChildLimits, Dead, Walls};
use crate::describe::{Description, Offer};
use crate::given::{Beside, Failure, Given};
use crate::library::{Instance, Library, for_this_machine};
use crate::refusal::Refusal;
use crate::settings::Stated;

/// Where the code of a plugin runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Isolation {
    /// In child processes of the program at this path, within limits.
    Process {
        /// The program itself, which must answer to the word [`crate::COMMAND`].
        program: PathBuf,
        /// What a child may use up.
        limits: ChildLimits,
    },
    /// In this process: faster for small calls, and a crash of the plugin is a crash of the program.
    None,
}

/// A plugin whose file has been found to be the one that is trusted.
#[derive(Debug)]
pub struct Plugin {
    hash: String,
    description: Description,
    walls: Option<Walls>,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Here(Library),
    Children(Pool),
}

/// Child processes that wait for work, and what it takes to start another.
#[derive(Debug)]
struct Pool {
    program: PathBuf,
    limits: ChildLimits,
    /// The hashed bytes in a private file, so that a change of the plugin's file in the meantime has no effect.
    library: tempfile::TempPath,
    idle: Mutex<Vec<Slot>>,
}

#[derive(Debug)]
struct Slot {
    child: Child,
    /// Which instances the child has, by the number that they have here.
    instances: BTreeMap<u64, u64>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|e| e.into_inner())
}

/// The BLAKE3 hash of a file, in hexadecimal, and its bytes.
fn read(path: &Path) -> Result<(String, Vec<u8>), Refusal> {
    let unreadable = |e: std::io::Error| Refusal::unreadable(&e);
    // A device has no end, and a pipe would be waited for.
    let regular = |of: std::fs::Metadata| match of.is_file() {
        true => Ok(()),
        false => Err(unreadable(std::io::ErrorKind::InvalidInput.into())),
    };
    regular(std::fs::metadata(path).map_err(unreadable)?)?;
    let bytes = std::fs::read(path).map_err(unreadable)?;
    Ok((blake3::hash(&bytes).to_hex().to_string(), bytes))
}

/// The BLAKE3 hash of a file, in hexadecimal: what a project pins.
///
/// # Errors
/// A file that cannot be read.
pub fn hash(path: &Path) -> Result<String, Refusal> {
    read(path).map(|(hash, _)| hash)
}

impl Plugin {
    /// Opens a plugin whose hash is pinned. No code of it runs unless the hash is right.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn open(path: &Path, pinned: &str, isolation: Isolation) -> Result<Arc<Plugin>, Refusal> {
        let (hash, bytes) = read(path)?;
        if !hash.eq_ignore_ascii_case(pinned.trim()) {
            return Err(Refusal::Stale { pinned: pinned.to_owned(), found: hash });
        }
        for_this_machine(&bytes)?;
        let copied = |e: std::io::Error| Refusal::unreadable(&e);
        let ending =
            path.extension().map_or(String::new(), |e| format!(".{}", e.to_string_lossy()));
        let mut copy = tempfile::Builder::new()
            .prefix("quanheng-plugin-")
            .suffix(&ending)
            .tempfile()
            .map_err(copied)?;
        copy.write_all(&bytes).map_err(copied)?;
        let library = copy.into_temp_path();
        let plugin = match isolation {
            Isolation::None => {
                let opened = Library::open(&library)?;
                let description = opened.description.clone();
                Plugin { hash, description, walls: None, place: Place::Here(opened) }
            }
            Isolation::Process { program, limits } => {
                let child = Child::start(&program, &library, limits)?;
                let (description, walls) = (child.description.clone(), child.walls);
                let idle = Mutex::new(vec![Slot { child, instances: BTreeMap::new() }]);
                let pool = Pool { program, limits, library, idle };
                Plugin { hash, description, walls: Some(walls), place: Place::Children(pool) }
            }
        };
        Ok(Arc::new(plugin))
    }

    /// The hash of its file.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What it offers.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// The protections around it; `None` in this process.
    pub fn walls(&self) -> Option<Walls> {
        self.walls
    }

    /// The method of a stage by its name; the only one of the stage where no name is given.
    pub fn find(&self, stage: Stage, name: Option<&str>) -> Option<usize> {
        let mut of = self.description.methods.iter().enumerate().filter(|(_, m)| m.stage == stage);
        match name {
            Some(name) => of.find(|(_, m)| m.name == name).map(|(k, _)| k),
            None => of.next().filter(|_| of.next().is_none()).map(|(k, _)| k),
        }
    }

    /// A method with its settings.
    ///
    /// # Errors
    /// A setting that does not fit, or a failure of the plugin.
    pub fn prepare(
        self: &Arc<Self>,
        method: usize,
        stated: &Settings,
    ) -> Result<Arc<Prepared>, Unfit> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let offer = &self.description.methods[method];
        stated.only(&offer.settings).map_err(Unfit::Setting)?;
        for setting in &offer.settings {
            let fault = match stated.0.get(setting.name.as_ref()) {
                Some(value) => setting.check(value),
                None if setting.default.is_none() => Err(SettingFault::Unstated),
                None => Ok(()),
            };
            fault.map_err(|fault| {
                Unfit::Setting(SettingError { setting: setting.name.to_string(), fault })
            })?;
        }
        let labels = match stated.0.get("labels") {
            Some(labels) => Some(labels),
            None => {
                let declared = offer.settings.iter().find(|s| s.name == "labels");
                declared.and_then(|s| s.default.as_ref())
            }
        };
        let labels = match labels {
            Some(quanheng_core::method::Value::List(items)) => {
                items.iter().filter_map(|v| v.text().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        };
        let prepared = Prepared {
            plugin: Arc::clone(self),
            method,
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            stated: Stated::new(&offer.settings, stated),
            labels,
            here: Mutex::new(None),
        };
        // Made once now, so that settings that do not fit are known before anything runs.
        match prepared.made() {
            Ok(()) => Ok(Arc::new(prepared)),
            Err(failure) if failure.setting => {
                // The author's own words, which begin with the name of the setting.
                let said = failure.what.to_string();
                let (setting, expected) = match said.split_once(": ") {
                    Some((name, rest)) if offer.settings.iter().any(|s| s.name == name) => {
                        (name.to_owned(), rest.to_owned())
                    }
                    _ => {
                        (offer.settings.first().map_or(String::new(), |s| s.name.to_string()), said)
                    }
                };
                Err(Unfit::Setting(SettingError {
                    setting,
                    fault: SettingFault::Expected(Text::plain(expected)),
                }))
            }
            Err(failure) => Err(Unfit::Failed { what: failure.what, hint: failure.hint }),
        }
    }
}

/// Why a method of a plugin could not be put to use.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// A setting.
    Setting(SettingError),
    /// The plugin itself.
    Failed {
        /// What happened.
        what: Text,
        /// What to do.
        hint: Option<Text>,
    },
}

/// A method of a plugin with its settings: what a stage calls.
#[derive(Debug)]
pub struct Prepared {
    plugin: Arc<Plugin>,
    method: usize,
    number: u64,
    stated: Stated,
    pub(crate) labels: Vec<String>,
    /// The instance in this process, where the plugin runs here.
    here: Mutex<Option<Arc<Here>>>,
}

/// An instance in this process, freed when it is no longer used.
#[derive(Debug)]
struct Here(Option<Instance>, Arc<Plugin>);

impl Drop for Here {
    fn drop(&mut self) {
        if let (Some(instance), Place::Here(library)) = (self.0.take(), &self.1.place) {
            library.drop(instance);
        }
    }
}

impl Prepared {
    pub(crate) fn offer(&self) -> &Offer {
        &self.plugin.description.methods[self.method]
    }

    /// The settings that the method declares.
    pub fn settings(&self) -> &[Setting] {
        &self.offer().settings
    }

    /// What it is made of: the hash of the plugin's file, and which of its methods it is.
    pub fn content(&self) -> String {
        format!("{} {}", self.plugin.hash, self.offer().name)
    }

    /// The plugin and its method, for messages.
    pub fn title(&self) -> Text {
        let (plugin, offer) = (&self.plugin.description.name, self.offer());
        match offer.stage {
            Stage::System => {
                text!(plugin_title_system, plugin = plugin, name = &offer.name)
            }
            // The caller names the stage.
            _ => text!(plugin_title, plugin = plugin, name = &offer.name),
        }
    }

    fn made(&self) -> Result<(), Failure> {
        match &self.plugin.place {
            Place::Here(library) => self.here(library).map(|_| ()),
            Place::Children(pool) => self.in_child(pool, |_, _| Ok(Ok(()))),
        }
    }

    fn here(&self, library: &Library) -> Result<Arc<Here>, Failure> {
        let mut here = lock(&self.here);
        if let Some(instance) = &*here {
            return Ok(Arc::clone(instance));
        }
        let instance = library.make(self.method, &self.stated)?;
        let instance = Arc::new(Here(Some(instance), Arc::clone(&self.plugin)));
        *here = Some(Arc::clone(&instance));
        Ok(instance)
    }

    /// Runs the method.
    pub(crate) fn run(&self, given: &Given<'_>, out: &mut [f64]) -> Result<Beside, Failure> {
        match &self.plugin.place {
            Place::Here(library) => {
                let here = self.here(library)?;
                let instance = here.0.as_ref().expect("there until it is dropped");
                given.with(|input| library.call(instance, input, given.asked, out))
            }
            Place::Children(pool) => {
                self.in_child(pool, |child, instance| child.call(instance, given, out))
            }
        }
    }

    /// Runs work in a child that has the instance; a child that is waiting, or a new one.
    fn in_child<T>(
        &self,
        pool: &Pool,
        work: impl FnOnce(&mut Child, u64) -> Result<Result<T, Failure>, Dead>,
    ) -> Result<T, Failure> {
        let dead = |Dead(how): Dead| Failure::new(how, Some(text!(plugin_host_failure)));
        // One that was ended from outside while it waited is replaced without a word: nothing was asked of it.
        let mut waiting = None;
        while waiting.is_none() {
            let Some(mut slot) = lock(&pool.idle).pop() else { break };
            waiting = slot.child.runs().then_some(slot);
        }
        let mut slot = match waiting {
            Some(slot) => slot,
            None => {
                let child = Child::start(&pool.program, &pool.library, pool.limits);
                let child = child.map_err(|refusal| {
                    let why = match refusal {
                        Refusal::Died { how } => how,
                        Refusal::NoIsolation { reason } => reason,
                        // What it said of itself when it was first opened was taken.
                        other => text!(plugin_says_other, what = format!("{other:?}")),
                    };
                    Failure::new(text!(plugin_not_again, why = why), None)
                })?;
                Slot { child, instances: BTreeMap::new() }
            }
        };
        let instance = match slot.instances.get(&self.number) {
            Some(instance) => *instance,
            None => {
                // An instance of a choice that is no longer used costs little, but not nothing.
                if slot.instances.len() >= 64
                    && let Some((_, old)) = slot.instances.pop_first()
                {
                    slot.child.drop_instance(old);
                }
                let made = slot.child.make(self.method, &self.stated).map_err(dead)?;
                let instance = match made {
                    Ok(instance) => instance,
                    Err(failure) => {
                        lock(&pool.idle).push(slot);
                        return Err(failure);
                    }
                };
                slot.instances.insert(self.number, instance);
                instance
            }
        };
        // A child that died is not put back.
        let done = work(&mut slot.child, instance).map_err(dead)?;
        lock(&pool.idle).push(slot);
        done
    }
}

/// A stage's number in the contract.
pub(crate) fn stage_number(stage: Stage) -> u32 {
    match stage {
        Stage::System => contract::STAGE_SYSTEM,
        Stage::Imputation => contract::STAGE_IMPUTATION,
        Stage::Treatment => contract::STAGE_TREATMENT,
        Stage::Normalisation => contract::STAGE_NORMALISATION,
        Stage::Weighting => contract::STAGE_WEIGHTING,
        Stage::Aggregation => contract::STAGE_AGGREGATION,
        Stage::Tiering => contract::STAGE_TIERING,
    }
}
