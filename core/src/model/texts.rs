//! A few texts by name, in stated order.

use std::ops::Index;

/// Texts by name, each name once. A million regions have such a list each, mostly an empty one: it takes the room of a pointer,
/// and looks names up one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::box_collection, reason = "an empty list takes a third of the room of a vector")]
pub struct Texts(Option<Box<Vec<(String, String)>>>);

impl Texts {
    fn all(&self) -> &[(String, String)] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }

    /// The text of this name.
    pub fn get(&self, name: &str) -> Option<&String> {
        self.all().iter().find(|(of, _)| of == name).map(|(_, text)| text)
    }

    /// Whether there is a text of this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Adds a text, or replaces the one of this name.
    pub fn insert(&mut self, name: impl Into<String>, text: impl Into<String>) {
        let (name, text) = (name.into(), text.into());
        let all = self.0.get_or_insert_default();
        match all.iter_mut().find(|(of, _)| *of == name) {
            Some((_, old)) => *old = text,
            None => all.push((name, text)),
        }
    }

    /// Every name and its text, in stated order.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &String)> {
        self.all().iter().map(|(name, text)| (name, text))
    }

    /// Every name, in stated order.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.all().iter().map(|(name, _)| name)
    }

    /// Every text, in stated order.
    pub fn values(&self) -> impl Iterator<Item = &String> {
        self.all().iter().map(|(_, text)| text)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all().is_empty()
    }
}

impl<N: Into<String>, T: Into<String>> FromIterator<(N, T)> for Texts {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(texts: I) -> Texts {
        let mut all = Texts::default();
        texts.into_iter().for_each(|(name, text)| all.insert(name, text));
        all
    }
}

impl Index<&str> for Texts {
    type Output = String;

    /// # Panics
    /// If there is no text of this name.
    fn index(&self, name: &str) -> &String {
        self.get(name).expect("a text of this name")
    }
}
