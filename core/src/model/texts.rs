//! A few texts by name, in stated order.

use std::ops::Index;

/// Texts by name, each name once. A million regions have such a list each, mostly an empty one: it takes no more room than a
/// vector, and looks names up one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(Vec<(String, String)>);

impl Texts {
    /// The text of this name.
    pub fn get(&self, name: &str) -> Option<&String> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, text)| text)
    }

    /// Whether there is a text of this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Adds a text, or replaces the one of this name.
    pub fn insert(&mut self, name: impl Into<String>, text: impl Into<String>) {
        let (name, text) = (name.into(), text.into());
        match self.0.iter_mut().find(|(of, _)| *of == name) {
            Some((_, old)) => *old = text,
            None => self.0.push((name, text)),
        }
    }

    /// Every name and its text, in stated order.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &String)> {
        self.0.iter().map(|(name, text)| (name, text))
    }

    /// Every name, in stated order.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(name, _)| name)
    }

    /// Every text, in stated order.
    pub fn values(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(_, text)| text)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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
