//! Things that expressions can ask for their fields: regions, nodes, tiers, rows of a table.

use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object};

use super::language::FIELDS;

/// A thing with a name and fields. Written out, it is its name.
#[derive(Debug)]
pub(super) struct Thing {
    /// Its code; empty where it has none.
    pub(super) code: String,
    /// What is written out.
    pub(super) name: String,
    fields: Vec<(String, Value)>,
}

impl Thing {
    /// A thing with these fields. `kind` is what it is, as [`FIELDS`] lists it.
    pub(super) fn value<N: Into<String>>(
        kind: &'static str,
        (code, name): (&str, &str),
        fields: impl IntoIterator<Item = (N, Value)>,
    ) -> Value {
        let fields: Vec<(String, Value)> =
            fields.into_iter().map(|(name, value)| (name.into(), value)).collect();
        debug_assert!(
            ["row", "agreement"].contains(&kind)
                || fields.iter().all(|(name, _)| FIELDS
                    .iter()
                    .any(|of| of.name == name && of.of.contains(&kind))),
            "a field of `{kind}` is not in the list",
        );
        Value::from_object(Thing { code: code.to_owned(), name: name.to_owned(), fields })
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
