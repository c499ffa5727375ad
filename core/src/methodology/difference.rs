//! What two values do not have in common.

use crate::method::Value;

/// One thing in which two values differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The keys that lead to it; a place in a list is its number from 1.
    pub path: Vec<String>,
    /// What the first has there, if anything.
    pub before: Option<Value>,
    /// What the second has there, if anything.
    pub after: Option<Value>,
}

/// Everything in which two values differ, in the order of the first, then what only the second has. Tables are compared
/// key by key, lists of one length place by place; what else differs is one difference as a whole.
pub fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(Some(before), Some(after), &mut Vec::new(), &mut found);
    found
}

fn compare(
    before: Option<&Value>,
    after: Option<&Value>,
    path: &mut Vec<String>,
    found: &mut Vec<Difference>,
) {
    match (before, after) {
        (Some(Value::Table(a)), Some(Value::Table(b))) => {
            let only_after = b.keys().filter(|key| !a.contains_key(*key));
            for key in a.keys().chain(only_after) {
                path.push(key.clone());
                compare(a.get(key), b.get(key), path, found);
                path.pop();
            }
        }
        (Some(Value::List(a)), Some(Value::List(b))) if a.len() == b.len() => {
            for (k, (x, y)) in a.iter().zip(b).enumerate() {
                path.push((k + 1).to_string());
                compare(Some(x), Some(y), path, found);
                path.pop();
            }
        }
        (a, b) if a == b => {}
        (a, b) => {
            let (path, before, after) = (path.clone(), a.cloned(), b.cloned());
            found.push(Difference { path, before, after });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use indexmap::IndexMap;

    fn table(pairs: &[(&str, Value)]) -> Value {
        Value::Table(
            pairs.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect::<IndexMap<_, _>>(),
        )
    }

    #[test]
    fn by_key_and_by_place() {
        let a = table(&[
            ("method", "min_max".into()),
            ("settings", table(&[("lower", 0.0.into()), ("upper", 1.0.into())])),
            ("cuts", vec![0.5, 0.7].into()),
            ("gone", true.into()),
        ]);
        let b = table(&[
            ("new", vec![1.0].into()),
            ("cuts", vec![0.5, 0.8].into()),
            ("settings", table(&[("upper", 100.0.into()), ("lower", 0.0.into())])),
            ("method", "min_max".into()),
        ]);
        let found: Vec<String> = differences(&a, &b).iter().map(|d| d.path.join(".")).collect();
        assert_eq!(found, ["settings.upper", "cuts.2", "gone", "new"]);
        assert_eq!(differences(&a, &a), []);
        let lists = (Value::from(vec![1.0]), Value::from(vec![1.0, 2.0]));
        assert_eq!(
            differences(&lists.0, &lists.1).len(),
            1,
            "lists of two lengths differ as a whole"
        );
    }
}
