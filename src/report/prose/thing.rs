//! Things that expressions can ask for their fields: regions, nodes, tiers, rows of a table.

use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object};

/// A thing with a name and fields. Written out, it is its name.
#[derive(Debug)]
pub(super) struct Thing {
    #[cfg_attr(not(test), expect(dead_code, reason = "tests hold the fields against the list"))]
    /// What it is, as [`super::language::FIELDS`] lists it.
    pub(super) kind: &'static str,
    /// Its code; empty where it has none.
    pub(super) code: String,
    /// What is written out.
    pub(super) name: String,
    fields: Vec<(String, Value)>,
}

impl Thing {
    /// A thing with these fields.
    pub(super) fn value<N: Into<String>>(
        kind: &'static str,
        (code, name): (&str, &str),
        fields: impl IntoIterator<Item = (N, Value)>,
    ) -> Value {
        let fields = fields.into_iter().map(|(name, value)| (name.into(), value)).collect();
        Value::from_object(Thing { kind, code: code.to_owned(), name: name.to_owned(), fields })
    }

    /// The names of its fields.
    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<&str> {
        self.fields.iter().map(|(name, _)| name.as_str()).collect()
    }
}

impl Object for Thing {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        self.fields.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let names: Vec<Value> = self.fields.iter().map(|(name, _)| name.as_str().into()).collect();
        Enumerator::Values(names)
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}
