//! `quanheng.lock`: records what the results of a project were made from and what they were, and checks whether this is
//! still so.

mod difference;
mod results;
mod shape;
mod text;

pub(crate) use results::hashes;

pub use difference::Findings;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Value;
use quanheng_core::methodology::Methodology;
use quanheng_core::model::Study;

use crate::gate::bounds::WHOLE_FILE;
use crate::gate::{self, Folder};
use crate::problem::{Fault, LockFault, Place, Problem, Problems, Reason, Source};
use crate::project::Resolved;

use shape::Shape;

/// What a project was made from and what its results were, as far as this can be recorded without the files themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Lock {
    /// The programs and libraries that a result can depend on, with their versions.
    engine: IndexMap<String, String>,
    /// Every file that was read, by its name below the project's folder.
    files: IndexMap<String, Locked>,
    /// What the project file says: its values, whatever their order, spacing and comments.
    project: Value,
    methodologies: IndexMap<String, LockedMethodology>,
}

/// A file when it was locked.
#[derive(Clone, Debug, PartialEq)]
struct Locked {
    /// BLAKE3 of its bytes, in hexadecimal.
    blake3: String,
    /// Its lines or rows and columns, to say where it changed.
    shape: Shape,
}

/// A methodology when it was locked: hashes in hexadecimal, by stage.
#[derive(Clone, Debug, Default, PartialEq)]
struct LockedMethodology {
    /// Of its canonical form.
    made_from: IndexMap<String, String>,
    /// Of what each stage gave.
    results: IndexMap<String, String>,
}

/// The file that locks a project file: `quanheng.lock` beside `quanheng.toml`.
pub fn path_of(project_file: &Path) -> PathBuf {
    project_file.with_extension("lock")
}

impl Lock {
    /// Locks a project with what its methodologies gave.
    ///
    /// # Errors
    /// A file that cannot be read any more.
    pub fn of(resolved: &Resolved, evaluations: &[Evaluation]) -> Result<Lock, Problems> {
        let mut lock = Lock::inputs(resolved)?;
        for evaluation in evaluations {
            let code = &evaluation.methodology().code;
            let locked = lock.methodologies.get_mut(code).expect("a methodology of the project");
            locked.results = results::hashes(evaluation);
        }
        Ok(lock)
    }

    /// Everything but the results.
    fn inputs(resolved: &Resolved) -> Result<Lock, Problems> {
        let mut files = IndexMap::new();
        for file in &resolved.files {
            let unreadable = |e| Problem::unreadable(file.path.display(), e);
            if let Some(blake3) = long(gate::open(&file.path)).map_err(unreadable)? {
                files.insert(file.name.clone(), Locked { blake3, shape: Shape::None });
                continue;
            }
            let bytes = gate::read(&file.path, u64::MAX).map_err(unreadable)?;
            let shape = match file.path == resolved.said.file() {
                // The project file is known by what it says, not by its lines.
                true => Shape::None,
                false => Shape::of(&file.path, &bytes, file.sheet.as_deref(), file.is_plain),
            };
            let blake3 = blake3::hash(&bytes).to_hex().to_string();
            files.insert(file.name.clone(), Locked { blake3, shape });
        }
        files.sort_keys();
        let methodologies = resolved.methodologies.iter().map(|(code, methodology)| {
            let made_from = made_from(methodology, &resolved.study);
            (code.clone(), LockedMethodology { made_from, results: IndexMap::new() })
        });
        let mut methodologies: IndexMap<String, LockedMethodology> = methodologies.collect();
        methodologies.sort_keys();
        Ok(Lock { engine: engine(), files, project: said(resolved), methodologies })
    }

    /// Writes the lock of a project file, completely or not at all.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), Problems> {
        crate::data::write::below(&Folder::of(path), path, text::write(self).as_bytes())
    }

    /// Reads a lock, and states whether it was edited after it was written.
    ///
    /// # Errors
    /// A file that does not exist or is not a lock.
    pub fn read(path: &Path) -> Result<(Lock, bool), Problems> {
        let name = path.display().to_string();
        let text = match Folder::of(path).read(path, WHOLE_FILE) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|e| {
                let reason = Reason::NotUtf8 { byte: e.utf8_error().valid_up_to() };
                Problem::unreadable(&name, reason)
            })?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let fault = Fault::Lock(LockFault::NotThere { file: name });
                return Err(Problem { fault, places: vec![] }.into());
            }
            Err(e) => return Err(Problem::unreadable(&name, e).into()),
        };
        text::read(&text).map_err(|damage| {
            let fault =
                Fault::Lock(LockFault::Damaged { file: name.clone(), reason: damage.reason });
            let source = Arc::new(Source::new(name, text));
            let places = damage.span.map(|span| Place::Text { source, span });
            Problem { fault, places: places.into_iter().collect() }.into()
        })
    }

    /// Pins something else that follows from a methodology, by its name and hash.
    pub fn pin(&mut self, methodology: &str, name: &str, hash: String) {
        if let Some(locked) = self.methodologies.get_mut(methodology) {
            locked.results.insert(name.to_owned(), hash);
        }
    }

    /// The hash of something else that is pinned.
    pub fn pinned(&self, methodology: &str, name: &str) -> Option<&str> {
        self.methodologies.get(methodology)?.results.get(name).map(String::as_str)
    }

    /// How many files are locked.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// The hash of a methodology's results, all stages together.
    pub fn result(&self, methodology: &str) -> Option<String> {
        let locked = self.methodologies.get(methodology)?;
        let mut hasher = blake3::Hasher::new();
        for (stage, hash) in &locked.results {
            hasher.update(format!("{stage} {hash}\n").as_bytes());
        }
        Some(hasher.finalize().to_hex().to_string())
    }
}

/// What the project file says. The methodology that is run where none is named is the first unless stated: it is written
/// down, since the order of methodologies is not.
fn said(resolved: &Resolved) -> Value {
    let mut said = resolved.said.value();
    if let Value::Table(top) = &mut said {
        let project = top.entry("project".into()).or_insert_with(|| Value::Table(IndexMap::new()));
        if let Value::Table(project) = project {
            project.entry("methodology".into()).or_insert_with(|| resolved.usual().into());
        }
    }
    said.sorted()
}

/// The longest file, in bytes, that is looked into. A longer one, such as one of many records, is known by its hash alone,
/// which needs no memory.
const LOOKED_INTO: u64 = 64 << 20;

/// The hash of a file that is too long to be looked into, in hexadecimal; nothing for a shorter one.
fn long(file: std::io::Result<std::fs::File>) -> std::io::Result<Option<String>> {
    let file = file?;
    if file.metadata()?.len() <= LOOKED_INTO {
        return Ok(None);
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file)?;
    Ok(Some(hasher.finalize().to_hex().to_string()))
}

/// The hash of each stage of a methodology's canonical form.
pub(crate) fn made_from(methodology: &Methodology, study: &Study) -> IndexMap<String, String> {
    let hash = |said: &Value| {
        blake3::hash(text::canonical(&said.sorted()).as_bytes()).to_hex().to_string()
    };
    let canonical = methodology.canonical(study);
    canonical.iter().map(|(stage, said)| ((*stage).to_owned(), hash(said))).collect()
}

/// The programs and libraries that a result can depend on.
pub(crate) fn engine() -> IndexMap<String, String> {
    [("quanheng", env!("CARGO_PKG_VERSION")), ("rhai", quanheng_scripts::RHAI), ("libm", LIBM)]
        .map(|(name, version)| (name.to_owned(), version.to_owned()))
        .into()
}

/// The version of libm that transcendental functions come from; a test compares it with `Cargo.lock`.
pub const LIBM: &str = "0.2.16";
