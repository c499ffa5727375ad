//! Values of choices, and how those of many nodes are written as one.

use indexmap::IndexMap;

use super::untreated;
use crate::method::Value;
use crate::methodology::{Across, Choice};

pub(super) type Table = IndexMap<String, Value>;

/// Everything in a choice that can affect a result.
pub(super) fn choice<M: ?Sized>(choice: &Choice<M>) -> Table {
    let mut value = Table::from([("method".into(), choice.name.as_str().into())]);
    if !choice.filled.0.is_empty() {
        value.insert("settings".into(), Value::Table(choice.filled.0.clone()));
    }
    if let Some(content) = &choice.content {
        value.insert("content".into(), content.as_str().into());
    }
    value.insert("over".into(), choice.over.word().into());
    value.insert("among".into(), choice.among.word().into());
    if choice.across == Across::Leaves {
        value.insert("across".into(), choice.across.word().into());
    }
    value
}

/// How the values of many nodes are written as one value. Over the same nodes, what is written is equal if and only if
/// the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sum {
    /// The choice that most nodes share, and `at` the others their own.
    Usual,
    /// The same, of a part that a methodology need not state: then it says nothing at all.
    UsualIfStated,
    /// As [`Sum::Usual`]; where leaves are weighed all at once, what the root says alone.
    UsualOrAcross,
    /// Of lists of steps, the first steps of all nodes, the second, and so on, each as [`Sum::Usual`]. A node with fewer
    /// steps is left as it is in the others.
    Steps,
    /// The nodes that say something, by code.
    Stated,
}

impl Sum {
    pub(super) fn of(self, values: impl Iterator<Item = (String, Value)>) -> Value {
        let values: Vec<(String, Value)> = values.collect();
        match self {
            Sum::Usual | Sum::UsualIfStated => usual(values),
            Sum::UsualOrAcross => {
                let across =
                    |value: &Value| matches!(value, Value::Table(t) if t.contains_key("across"));
                match values.iter().find(|(_, value)| across(value)) {
                    Some((_, of_root)) => of_root.clone(),
                    None => usual(values),
                }
            }
            Sum::Steps => steps(values),
            Sum::Stated => {
                let says =
                    |value: &Value| !matches!(value, Value::Table(table) if table.is_empty());
                let mut stated: Table = values.into_iter().filter(|(_, v)| says(v)).collect();
                stated.sort_keys();
                Value::Table(stated)
            }
        }
    }
}

fn usual(values: Vec<(String, Value)>) -> Value {
    let mut kinds: Vec<(&Value, usize)> = Vec::new();
    let mut of = Vec::with_capacity(values.len());
    for (_, value) in &values {
        let kind = kinds.iter().position(|(k, _)| *k == value).unwrap_or_else(|| {
            kinds.push((value, 0));
            kinds.len() - 1
        });
        kinds[kind].1 += 1;
        of.push(kind);
    }
    let Some(most) = kinds.iter().map(|(_, count)| *count).max() else {
        return Value::Table(Table::new());
    };
    let usual = kinds.iter().position(|(_, count)| *count == most).expect("the greatest");
    let Value::Table(mut whole) = kinds[usual].0.clone() else { return kinds[usual].0.clone() };
    let others = values.iter().zip(&of).filter(|(_, kind)| **kind != usual);
    let mut at: Table = others.map(|((code, value), _)| (code.clone(), value.clone())).collect();
    if !at.is_empty() {
        at.sort_keys();
        whole.insert("at".into(), Value::Table(at));
    }
    Value::Table(whole)
}

fn steps(values: Vec<(String, Value)>) -> Value {
    let of = |value: &Value| match value {
        Value::List(steps) => steps.clone(),
        one => vec![one.clone()],
    };
    let lists: Vec<(String, Vec<Value>)> =
        values.iter().map(|(code, value)| (code.clone(), of(value))).collect();
    let longest = lists.iter().map(|(_, steps)| steps.len()).max().unwrap_or(0);
    let nothing = Value::Table(choice(&untreated()));
    let steps = (0..longest).map(|k| {
        let at = |(code, steps): &(String, Vec<Value>)| {
            (code.clone(), steps.get(k).unwrap_or(&nothing).clone())
        };
        usual(lists.iter().map(at).collect())
    });
    Value::List(steps.collect())
}
