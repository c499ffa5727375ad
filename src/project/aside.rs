//! Which methodologies can be used in spite of the problems of other parts of a project.

use std::collections::BTreeSet;
use std::ops::Range;

use super::methodologies::{Family, keys_of, lineage};
use super::reader::{Page, find};
use super::said::Said;
use super::value::{Content, Entry, Item};
use super::whose::{Filed, Whose};
use crate::gate::Folder;
use crate::problem::{Fault, Place, Problem, Problems};

/// What is wrong in parts of a project, which does not keep the other parts from being used.
#[derive(Clone, Debug, Default)]
pub struct Aside(Vec<Other>);

#[derive(Clone, Debug)]
struct Other {
    problem: Problem,
    /// The methodologies that cannot be used because of it.
    of: Vec<String>,
    /// The multiverse that cannot.
    multiverse: Option<String>,
    /// What else cannot be used: published results, the inputs of analyses, profiles.
    beside: Option<Whose>,
}

impl Aside {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Everything that is wrong.
    pub fn all(&self) -> Problems {
        self.that(|_| true)
    }

    /// What keeps any methodology from being used.
    pub fn methodologies(&self) -> Problems {
        self.that(|other| !other.of.is_empty())
    }

    /// What keeps a methodology from being used.
    pub fn of(&self, methodology: &str) -> Problems {
        self.that(|other| other.of.iter().any(|code| code == methodology))
    }

    /// What keeps a multiverse from being used, or any where none is named.
    pub fn multiverse(&self, code: Option<&str>) -> Problems {
        self.that(|other| match (&other.multiverse, code) {
            (Some(of), Some(code)) => of == code,
            (of, _) => of.is_some(),
        })
    }

    /// What keeps published results from being compared.
    pub fn official(&self) -> Problems {
        self.that(|other| other.beside == Some(Whose::Official))
    }

    /// What keeps results from being analysed.
    pub fn analysis(&self) -> Problems {
        self.that(|other| other.beside == Some(Whose::Analysis))
    }

    /// What keeps the robustness of results from being computed.
    pub fn robustness(&self) -> Problems {
        self.that(|other| other.beside == Some(Whose::Robustness))
    }

    /// What keeps regions from having a profile.
    pub fn profile(&self) -> Problems {
        self.that(|other| other.beside == Some(Whose::Profile))
    }

    /// What is wrong with cases.
    pub fn cases(&self) -> Problems {
        self.that(|other| other.beside == Some(Whose::Cases))
    }

    /// What is wrong with how reports are written, and with documents.
    pub fn report(&self) -> Problems {
        self.that(|other| other.beside == Some(Whose::Report))
    }

    fn that(&self, is_meant: impl Fn(&Other) -> bool) -> Problems {
        let mut problems = Problems::default();
        for other in self.0.iter().filter(|other| is_meant(other)) {
            problems.push_of(other.problem.clone(), other.of.clone());
        }
        problems
    }
}

/// The tables of a project file, as far as problems are filed by them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tables<'e> {
    entries: &'e [Entry],
}

/// The code of each methodology, and where its keys stand.
struct Keys<'e>(Vec<(&'e str, BTreeSet<(usize, usize)>)>);

impl<'e> Tables<'e> {
    pub(super) fn new(entries: &'e [Entry]) -> Self {
        Tables { entries }
    }

    fn of(self, key: &str) -> &'e [Entry] {
        match find(self.entries, key).map(|item| &item.content) {
            Some(Content::Table(entries)) => entries,
            _ => &[],
        }
    }

    /// Where the keys of each methodology stand, its own and those that it takes over.
    fn keys(self) -> Keys<'e> {
        let family = Family::new(self.of("methodology"));
        let spans = |entry: &'e Entry| {
            let keys = keys_of(&lineage(&family, entry));
            (entry.key.as_str(), keys.values().map(|of| (of.span.start, of.span.end)).collect())
        };
        Keys(family.tables().iter().map(spans).collect())
    }

    /// Whose the stretch of the project file is; several where methodologies share a key.
    fn at(self, keys: &Keys<'_>, span: &Range<usize>) -> Vec<Whose> {
        if let Some(entry) = self.of("methodology").iter().find(|entry| holds(entry, span)) {
            let key = below(entry).iter().find(|key| holds(key, span));
            let shares = |(code, spans): &(&str, BTreeSet<(usize, usize)>)| {
                let shares = match key {
                    None => *code == entry.key,
                    Some(key) => spans.contains(&(key.span.start, key.span.end)),
                };
                shares.then(|| Whose::Methodology((*code).to_owned()))
            };
            let mut all: Vec<Whose> = keys.0.iter().filter_map(shares).collect();
            if all.is_empty() {
                all.push(Whose::Methodology(entry.key.clone()));
            }
            return all;
        }
        if let Some(entry) = self.of("system").iter().find(|entry| holds(entry, span)) {
            return vec![Whose::System(entry.key.clone())];
        }
        if let Some(entry) = self.of("multiverse").iter().find(|entry| holds(entry, span)) {
            return vec![Whose::Multiverse(entry.key.clone())];
        }
        let of = |key: &str, whose| {
            let mut named = self.entries.iter().filter(|entry| entry.key == key);
            named.any(|entry| holds(entry, span)).then_some(whose)
        };
        let beside = of("official", Whose::Official)
            .or_else(|| of("published", Whose::Official))
            .or_else(|| of("analysis", Whose::Analysis))
            .or_else(|| of("sampling", Whose::Robustness))
            .or_else(|| of("robustness", Whose::Robustness))
            .or_else(|| of("sensitivity", Whose::Robustness))
            .or_else(|| of("profile", Whose::Profile))
            .or_else(|| of("cases", Whose::Cases))
            .or_else(|| of("document", Whose::Report))
            .or_else(|| of("report", Whose::Report));
        vec![beside.unwrap_or(Whose::Project)]
    }

    /// The methodologies over a system, or over one that is made of it.
    pub(super) fn over(self, system: &str) -> Vec<String> {
        let systems = self.of("system");
        let text = |entries: &'e [Entry], key: &str| match find(entries, key).map(|i| &i.content) {
            Some(Content::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let is_made_of = |code: &str| {
            let mut at = Some(code);
            // As many steps as there are systems, so that a circle ends.
            for _ in 0..=systems.len() {
                let Some(code) = at else { return false };
                if code == system {
                    return true;
                }
                let entry = systems.iter().find(|entry| entry.key == code);
                at = entry.and_then(|entry| text(below(entry), "base"));
            }
            false
        };
        let methodologies = self.of("methodology");
        let family = Family::new(methodologies);
        let is_over = |entry: &&Entry| {
            let keys = keys_of(&lineage(&family, entry));
            let stated = keys.get("system").and_then(|entry| match &entry.item.content {
                Content::Text(text) => Some(text.as_str()),
                _ => None,
            });
            let only = systems.first().filter(|_| systems.len() == 1).map(|e| e.key.as_str());
            stated.or(only).is_some_and(is_made_of)
        };
        methodologies.iter().filter(is_over).map(|entry| entry.key.clone()).collect()
    }
}

fn below(entry: &Entry) -> &[Entry] {
    match &entry.item.content {
        Content::Table(entries) => entries,
        _ => &[],
    }
}

/// Whether a stretch is in an entry: its key, its value, or anything below it.
fn holds(entry: &Entry, span: &Range<usize>) -> bool {
    let inside = |of: &Range<usize>| of.start <= span.start && span.end <= of.end;
    inside(&entry.span) || inside(&entry.item.span) || item_holds(&entry.item, span)
}

/// Whether a stretch is in anything below a value: the tables of `[[official]]` lie apart in the file.
fn item_holds(item: &Item, span: &Range<usize>) -> bool {
    match &item.content {
        Content::Table(entries) => entries.iter().any(|entry| holds(entry, span)),
        Content::List(items) => items.iter().any(|item| {
            (item.span.start <= span.start && span.end <= item.span.end) || item_holds(item, span)
        }),
        _ => false,
    }
}

impl Page {
    /// Files by their places the problems that were found while the file was compared with its keys.
    pub(super) fn file_by_place(&self, tables: Tables<'_>) {
        let before = self.take();
        let keys = tables.keys();
        let of = |filed: Filed| {
            let span = match filed.problem.places.first() {
                Some(Place::Text { span, .. }) if filed.whose == Whose::Project => span.clone(),
                _ => return vec![filed],
            };
            let all = tables.at(&keys, &span).into_iter();
            all.map(|whose| Filed { problem: filed.problem.clone(), whose }).collect()
        };
        self.put_back(before.into_iter().flat_map(of).collect());
    }
}

impl Page {
    /// Gives files that cannot be read the place where the project file names them.
    pub(super) fn place_files(&self, said: &Said, folder: &Folder) {
        let mut all = self.take();
        for Filed { problem, .. } in &mut all {
            if let (Fault::Unreadable { file, .. }, true) =
                (&problem.fault, problem.places.is_empty())
            {
                problem.places.extend(said.names(|text| folder.name(text) == *file));
            }
        }
        self.put_back(all);
    }
}

/// Everything that was found, in that order, and what of it does not keep other parts from being used; whether nothing
/// else was found.
pub(super) fn parted(filed: Vec<Filed>, tables: Tables<'_>) -> (Aside, bool) {
    let mut all: Vec<Other> = Vec::new();
    let mut usable = true;
    for Filed { problem, whose } in filed {
        let is_beside = matches!(
            whose,
            Whose::Official
                | Whose::Analysis
                | Whose::Robustness
                | Whose::Profile
                | Whose::Cases
                | Whose::Report
        );
        let beside = is_beside.then(|| whose.clone());
        let (of, multiverse) = match whose {
            Whose::Project => {
                usable = false;
                (Vec::new(), None)
            }
            Whose::System(code) => (tables.over(&code), None),
            Whose::Methodology(code) => (vec![code], None),
            Whose::Multiverse(code) => (Vec::new(), Some(code)),
            Whose::Official
            | Whose::Analysis
            | Whose::Robustness
            | Whose::Profile
            | Whose::Cases
            | Whose::Report => (Vec::new(), None),
        };
        let is_same = |o: &&mut Other| {
            o.problem == problem && (&o.multiverse, &o.beside) == (&multiverse, &beside)
        };
        match all.iter_mut().find(is_same) {
            Some(other) => {
                let new = of.into_iter().filter(|code| !other.of.contains(code));
                let new: Vec<String> = new.collect();
                other.of.extend(new);
            }
            None => all.push(Other { problem, of, multiverse, beside }),
        }
    }
    (Aside(all), usable)
}
