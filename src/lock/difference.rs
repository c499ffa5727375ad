//! Differences between a project and its lock, as problems with their places.

use std::path::Path;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Stage;
use quanheng_core::methodology::{Difference, differences};

use super::{Lock, results, shape};
use crate::gate::{self, Folder, Refusal};
use crate::problem::{Change, Fault, LockFault, OtherResult, Place, Problem, Problems};
use crate::project::Resolved;

/// What a check against a lock found.
#[derive(Debug, Default)]
pub struct Findings {
    /// What differs.
    pub differences: Problems,
    /// Whether the project file is written otherwise and says the same.
    pub rewritten: bool,
}

impl Lock {
    /// The files on disk that differ from the lock, whether or not the project can still be read.
    ///
    /// # Errors
    /// A file that is there and cannot be read.
    pub fn changed_files(&self, project_file: &Path) -> Result<Findings, Problems> {
        let folder = Folder::of(project_file);
        let own = project_file.file_name().map(|name| name.to_string_lossy().into_owned());
        let mut findings = Findings::default();
        for (name, locked) in &self.files {
            let path = folder.join(name);
            let shown = path.display().to_string();
            // What keeps it from being read is said below.
            if let Ok(Some(found)) = super::long(folder.open(&path)) {
                if found != locked.blake3 {
                    let fault = LockFault::File { file: shown, change: Change::Bytes };
                    findings
                        .differences
                        .push(Problem { fault: Fault::Lock(fault), places: vec![] });
                }
                continue;
            }
            let bytes = match folder.read(&path, u64::MAX) {
                Ok(bytes) => bytes,
                // A lock may name a plugin that lies elsewhere. Only its hash is compared: nothing of a file outside the
                // folder is shown because a lock names it.
                Err(e) if Refusal::of(&e).is_some() && own.as_deref() != Some(name) => {
                    let found = file_hash(&path).map_err(|e| Problem::unreadable(&shown, e))?;
                    if found != locked.blake3 {
                        let fault = LockFault::File { file: shown, change: Change::Bytes };
                        findings
                            .differences
                            .push(Problem { fault: Fault::Lock(fault), places: vec![] });
                    }
                    continue;
                }
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                    let fault = Fault::Lock(LockFault::FileGone { file: shown });
                    findings.differences.push(Problem { fault, places: vec![] });
                    continue;
                }
                Err(e) => return Err(Problem::unreadable(shown, e).into()),
            };
            if *blake3::hash(&bytes).to_hex().as_str() == locked.blake3 {
                continue;
            }
            if own.as_deref() == Some(name) {
                findings.rewritten = true;
                continue;
            }
            for (change, places) in shape::changes(&locked.shape, &path, &shown, &bytes) {
                let fault = Fault::Lock(LockFault::File { file: shown.clone(), change });
                findings.differences.push(Problem { fault, places });
            }
        }
        Ok(findings)
    }

    /// The differences between a project and its lock in everything except the contents of its files. `explained`
    /// states that a file differs; a change of a methodology then follows from it and is not reported again.
    pub fn changed_settings(&self, resolved: &Resolved, explained: bool) -> Problems {
        let mut found = Problems::default();
        let mut push = |fault, places| found.push(Problem { fault: Fault::Lock(fault), places });
        let engine = super::engine();
        for (part, locked) in &self.engine {
            let now = engine.get(part).cloned().unwrap_or_default();
            if *locked != now {
                push(LockFault::Engine { part: part.clone(), locked: locked.clone(), now }, vec![]);
            }
        }
        let names = resolved.files.iter().map(|file| &file.name);
        for name in names.filter(|name| !self.files.contains_key(*name)) {
            push(LockFault::FileNew { file: name.clone() }, vec![]);
        }
        let said = differences(&self.project, &super::said(resolved));
        // A methodology that came, went or means something else without that: the program makes another thing of it.
        let unexplained = said.is_empty() && !explained;
        for Difference { path, before, after } in said {
            let places = resolved.said.place(&path).into_iter().collect();
            push(LockFault::Setting { path, before, after }, places);
        }
        if !unexplained {
            return found;
        }
        for (code, locked) in &self.methodologies {
            let Some(methodology) = resolved.methodologies.get(code) else {
                push(LockFault::MethodologyGone { code: code.clone() }, vec![]);
                continue;
            };
            let now = super::made_from(methodology, &resolved.study);
            let other =
                now.iter().filter(|(stage, hash)| locked.made_from.get(*stage) != Some(hash));
            let stages: Vec<String> = other.map(|(stage, _)| stage.clone()).collect();
            if !stages.is_empty() {
                push(LockFault::MadeFrom { methodology: code.clone(), stages }, vec![]);
            }
        }
        for code in resolved.methodologies.keys() {
            if !self.methodologies.contains_key(code) {
                push(LockFault::MethodologyNew { code: code.clone() }, vec![]);
            }
        }
        found
    }

    /// Whether, and from which stage on, the results of a methodology differ from the lock.
    pub fn changed_results(&self, evaluation: &Evaluation) -> Option<OtherResult> {
        let code = &evaluation.methodology().code;
        let locked = self.methodologies.get(code)?;
        let now = results::hashes(evaluation);
        let other = |stage: &&String| locked.results.get(*stage) != Some(&now[*stage]);
        let mut changed = now.keys().filter(other);
        let stage = changed.next()?.clone();
        let last = Stage::Tiering.name();
        let outcome = stage == last || changed.any(|stage| stage == last);
        Some(OtherResult { methodology: code.clone(), stage, outcome })
    }
}

/// The BLAKE3 hash of a regular file, in hexadecimal.
fn file_hash(path: &Path) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(gate::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

impl LockFault {
    /// The lock itself was edited after it was written.
    pub(crate) fn broken_seal(path: &Path) -> Problem {
        let file = path.display().to_string();
        let fault = Fault::Lock(LockFault::Seal { file: file.clone() });
        Problem { fault, places: vec![Place::File(file)] }
    }

    /// The project file has the same content, written differently, and its bytes are to be compared too.
    pub(crate) fn rewritten(path: &Path) -> Problem {
        let file = path.display().to_string();
        let fault = Fault::Lock(LockFault::File { file, change: Change::Spelling });
        Problem { fault, places: vec![] }
    }
}
