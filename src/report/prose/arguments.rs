//! The arguments of a function, compared with those that it takes.

use minijinja::Value;
use quanheng_words::text;

use super::thing::Thing;
use super::wrong::Wrong;
use crate::problem::ProseFault;

/// An argument that a function takes: its name, and whether it must be there. Those before the first that is only named
/// can be given by their place.
pub(super) type Takes = &'static [(&'static str, bool)];

/// The arguments of one call.
#[derive(Debug)]
pub(super) struct Arguments {
    function: &'static str,
    given: Vec<(&'static str, Value)>,
}

/// The arguments that every function about results takes, by name.
pub(super) const OF: [&str; 3] = ["methodology", "period", "league"];

impl Arguments {
    /// The arguments of a call, each under its name.
    pub(super) fn new(
        function: &'static str,
        takes: Takes,
        views: bool,
        values: &[Value],
    ) -> Result<Arguments, Wrong> {
        let (by_place, named) = match values.split_last() {
            Some((last, before)) if last.is_kwargs() => (before, Some(last)),
            _ => (values, None),
        };
        let further: &[&'static str] = if views { &OF } else { &[] };
        let names = || takes.iter().map(|(name, _)| *name).chain(further.iter().copied());
        if by_place.len() > takes.len() {
            let takes = names().map(str::to_owned).collect();
            return Err(ProseFault::TooMany { function, takes }.into());
        }
        let placed = takes.iter().map(|(name, _)| *name).zip(by_place.iter().cloned());
        let mut given: Vec<(&'static str, Value)> = placed.collect();
        for key in named.iter().flat_map(|named| named.try_iter().into_iter().flatten()) {
            let key = key.as_str().unwrap_or_default().to_owned();
            let Some(name) = names().find(|name| *name == key) else {
                let known = names().map(str::to_owned).collect();
                let what = text!(thing_argument, function = function);
                return Err(Wrong::unknown(what, &key, known));
            };
            let value = named.and_then(|named| named.get_attr(&key).ok()).unwrap_or_default();
            given.push((name, value));
        }
        let is_there = |wanted: &str| given.iter().any(|(name, _)| *name == wanted);
        match takes.iter().find(|(name, needed)| *needed && !is_there(name)) {
            Some((argument, _)) => Err(ProseFault::Missing { function, argument }.into()),
            None => Ok(Arguments { function, given }),
        }
    }

    /// An argument as it is given; nothing where it is left out.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        let given = self.given.iter().find(|(of, _)| *of == name).map(|(_, value)| value);
        given.filter(|value| !value.is_none())
    }

    /// A code or a name: a text, or a thing, which stands for its code.
    pub(super) fn name(&self, name: &'static str) -> Result<Option<String>, Wrong> {
        self.value(name).map(|value| self.as_name(name, value)).transpose()
    }

    fn as_name(&self, name: &'static str, value: &Value) -> Result<String, Wrong> {
        if let Some(text) = value.as_str() {
            return Ok(text.to_owned());
        }
        if let Some(thing) = value.downcast_object_ref::<Thing>() {
            return Ok(if thing.code.is_empty() { thing.name.clone() } else { thing.code.clone() });
        }
        // A code may be written as a number, as in `rank(310000)`.
        match value.as_i64() {
            Some(whole) => Ok(whole.to_string()),
            None => Err(self.must(name, text!(accepts_text))),
        }
    }

    /// Several codes or names.
    pub(super) fn names(&self, name: &'static str) -> Result<Vec<String>, Wrong> {
        let Some(value) = self.value(name) else { return Ok(Vec::new()) };
        if value.as_str().is_some() || value.downcast_object_ref::<Thing>().is_some() {
            return Ok(vec![self.as_name(name, value)?]);
        }
        let items = value.try_iter().map_err(|_| self.must(name, text!(prose_list)))?;
        items.map(|item| self.as_name(name, &item)).collect()
    }

    /// How many.
    pub(super) fn count(&self, name: &'static str) -> Result<Option<usize>, Wrong> {
        let count = |value: &Value| value.as_usize().filter(|n| (1..=100_000).contains(n));
        let of = |value: &Value| count(value).ok_or_else(|| self.must(name, text!(prose_count)));
        self.value(name).map(of).transpose()
    }

    /// Whether something holds; not where it is left out.
    pub(super) fn is(&self, name: &'static str) -> bool {
        self.value(name).is_some_and(Value::is_true)
    }

    fn must(&self, argument: &'static str, must: quanheng_words::Text) -> Wrong {
        ProseFault::Argument { function: self.function, argument, must }.into()
    }
}
