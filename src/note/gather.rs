//! Notes put together: one cause is one note, whatever it concerns.

use indexmap::IndexMap;
use quanheng_words::{Text, text};

use super::kind::NEEDLESS_SILENCE;
use super::{Kind, Note, Said};
use crate::problem::Place;
use crate::project::Silence;

/// How many of the things that a note is about its sentence names.
const SHOWN: usize = 5;

/// How many places are kept.
const MOST: usize = 100;

/// The first few of several things, and how many more there are.
pub(crate) fn listed<'t>(items: impl ExactSizeIterator<Item = &'t Text>) -> Text {
    let rest = items.len().saturating_sub(SHOWN);
    let shown: Vec<Text> = items.take(SHOWN).cloned().collect();
    match rest {
        0 => text!(note_list, items = shown),
        rest => text!(note_list_more, items = shown, count = rest),
    }
}

/// Notes of one kind that apply to the same methodologies.
#[derive(Clone, Debug)]
pub struct Group {
    /// The kind.
    pub kind: &'static Kind,
    /// The methodologies; none where they are about what is read.
    pub methodologies: Vec<String>,
    /// What they are about: code, and how a sentence names it.
    pub about: Vec<(String, Text)>,
    places: Vec<Place>,
    /// The reason for which the project silences them.
    pub silenced: Option<String>,
}

impl Group {
    /// The sentence about them, and what can be done.
    pub fn said(&self) -> Said {
        (self.kind.words)(self.about.len(), listed(self.about.iter().map(|(_, text)| text)))
    }

    /// How many things they are about.
    pub fn count(&self) -> usize {
        self.about.len()
    }

    /// Its places in words, each once.
    pub fn places(&self) -> Vec<String> {
        let mut places: Vec<String> = self.places.iter().map(ToString::to_string).collect();
        let mut seen = indexmap::IndexSet::new();
        places.retain(|place| seen.insert(place.clone()));
        places.truncate(SHOWN);
        places
    }
}

/// All notes on a project, or on some of its methodologies.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    groups: Vec<Group>,
}

impl Notes {
    /// Puts notes together. `whole` says that they are all that there are, so that a silence without a note is one too.
    pub(crate) fn new(notes: Vec<Note>, silences: &[Silence], whole: bool) -> Notes {
        // The same note on several methodologies is one.
        let mut each: IndexMap<(&str, String, String), (Note, Vec<String>)> = IndexMap::new();
        for mut note in notes {
            let key = (note.kind.code, note.of.clone(), note.shown.to_string());
            let methodology = note.methodology.take();
            let (first, methodologies) = each.entry(key).or_insert((note.clone(), Vec::new()));
            for place in note.places {
                if !first.places.contains(&place) {
                    first.places.push(place);
                }
            }
            methodologies.extend(methodology.filter(|code| !methodologies.contains(code)));
        }
        let mut used = vec![false; silences.len()];
        let mut notes = Notes::default();
        for (note, methodologies) in each.into_values() {
            let by = silences.iter().position(|silence| silence.holds(&note));
            if let Some(by) = by {
                used[by] = true;
            }
            notes.add(note, methodologies, by.map(|by| silences[by].reason.clone()));
        }
        let needless = silences.iter().zip(used).filter(|(_, used)| whole && !used);
        for (silence, _) in needless {
            let note = Note::new(&NEEDLESS_SILENCE, silence.name()).at([silence.place.clone()]);
            notes.add(note, Vec::new(), None);
        }
        let by_level = |a: &Group, b: &Group| a.kind.level.cmp(&b.kind.level);
        quanheng_core::number::sort_items(&mut notes.groups, by_level);
        notes
    }

    fn add(&mut self, note: Note, methodologies: Vec<String>, silenced: Option<String>) {
        let group = self.groups.iter_mut().find(|group| {
            *group.kind == *note.kind
                && group.methodologies == methodologies
                && group.silenced == silenced
        });
        let group = match group {
            Some(group) => group,
            None => {
                let (kind, about, places) = (note.kind, Vec::new(), Vec::new());
                self.groups.push(Group { kind, methodologies, about, places, silenced });
                self.groups.last_mut().expect("it was put there")
            }
        };
        group.about.push((note.of, note.shown));
        for place in note.places {
            if group.places.len() < MOST && !group.places.contains(&place) {
                group.places.push(place);
            }
        }
    }

    /// Each of them; those that the project silences too.
    pub fn all(&self) -> &[Group] {
        &self.groups
    }

    /// Those that the project does not silence.
    pub fn spoken(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| group.silenced.is_none())
    }

    /// Those that it silences.
    pub fn silenced(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| group.silenced.is_some())
    }
}
