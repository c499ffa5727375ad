//! What there is to know of a listed project before it is run.

use std::path::PathBuf;

use quanheng_core::model::Names;

use super::Listed;
use crate::lock::{Lock, path_of};
use crate::project::{self, Marks, Metadata, Resolved};

/// A listed project, with what its files say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name of its folder.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// What it says; none where something is wrong with it.
    pub facts: Option<Facts>,
}

/// What the files of a project say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its title by language.
    pub title: Names,
    /// What it says of itself for those who cite it.
    pub metadata: Metadata,
    /// How many regions it has.
    pub regions: usize,
    /// The labels of its periods in their order; one without a label where there are none.
    pub periods: Vec<String>,
    /// Whether the periods are points in time, so that the first and the last are ends.
    pub periods_are_times: bool,
    /// The codes of its methodologies.
    pub methodologies: Vec<String>,
    /// Whether it states published results with which its own are compared.
    pub has_official: bool,
    /// Whether `quanheng.lock` is there.
    pub locked: Locked,
    /// What of it was not published.
    pub marks: Marks,
}

/// How a project stands to its lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locked {
    /// There is no lock.
    No,
    /// Its files are those of the lock.
    Yes,
    /// There is a lock, and a file differs from it.
    Changed,
}

impl Entry {
    /// Reads a listed project with its data, and evaluates nothing.
    pub fn read(listed: &Listed) -> Entry {
        let facts = project::open(&listed.folder).ok().map(|resolved| Facts::of(&resolved));
        Entry { name: listed.name.clone(), folder: listed.folder.clone(), facts }
    }
}

impl Facts {
    fn of(resolved: &Resolved) -> Facts {
        let study = &resolved.study;
        Facts {
            title: study.title.clone(),
            metadata: resolved.metadata.clone(),
            regions: study.regions.len(),
            periods: study.periods.iter().map(|period| period.label.clone()).collect(),
            periods_are_times: study.periods.iter().all(|period| period.kind.is_time()),
            methodologies: resolved.stated.clone(),
            has_official: !resolved.official.is_empty(),
            locked: Locked::of(resolved),
            marks: resolved.marks.clone(),
        }
    }
}

impl Locked {
    /// Compares the files on disk with the lock; nothing is evaluated.
    fn of(resolved: &Resolved) -> Locked {
        let file = resolved.said.file();
        let path = path_of(file);
        if !path.exists() {
            return Locked::No;
        }
        let same = Lock::read(&path).is_ok_and(|(lock, is_sealed)| {
            let files = lock.changed_files(file);
            is_sealed
                && files.is_ok_and(|found| found.differences.is_empty())
                && lock.changed_settings(resolved, false).is_empty()
        });
        if same { Locked::Yes } else { Locked::Changed }
    }
}
