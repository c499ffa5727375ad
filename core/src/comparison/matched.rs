//! Nodes of two systems that correspond to each other under different codes, such as the indicators of two editions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::methodology::Methodology;
use crate::model::System;

/// The second methodology with the codes of the first, where `pairs` state which node of the first is which of the second,
/// or none. A node of the second that has the code of a node of the first and does not correspond to it gets another code:
/// its own with `@` and `label` behind it. Nodes that no pair names correspond by their codes.
pub fn matched(
    first: &System,
    second: &Methodology,
    pairs: &[(String, Option<String>)],
    label: &str,
) -> Methodology {
    let back: BTreeMap<&str, &str> =
        pairs.iter().filter_map(|(from, to)| Some((to.as_deref()?, from.as_str()))).collect();
    let named: BTreeSet<&str> = pairs.iter().map(|(from, _)| from.as_str()).collect();
    let code = |old: &str| match back.get(old) {
        Some(from) => (*from).to_owned(),
        // The code belongs to a node that corresponds to another one, or to none.
        None if named.contains(old) && first.find(old).is_some() => format!("{old}@{label}"),
        None => old.to_owned(),
    };
    let codes = second.system.nodes().iter().map(|node| code(&node.code)).collect();
    Methodology { system: Arc::new(second.system.with_codes(codes)), ..second.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::{What, changes};
    use super::*;
    use crate::methodology::{Choice, Plan};
    use crate::model::{NodeDraft, Study};
    use crate::normalisation;

    fn methodology(leaves: &[(&str, Option<&str>)]) -> Methodology {
        let root = NodeDraft { code: "index".into(), ..NodeDraft::default() };
        let leaf = |(code, column): &(&str, Option<&str>)| {
            let mut draft = NodeDraft {
                code: (*code).into(),
                parent: Some("index".into()),
                ..NodeDraft::default()
            };
            draft.indicator.column = column.map(str::to_owned);
            draft
        };
        let drafts = [root].into_iter().chain(leaves.iter().map(leaf)).collect();
        let system = Arc::new(System::new(drafts).expect("a tree"));
        let none = Plan::whole(&system, Choice::built_in(normalisation::TABLE, "none"));
        Methodology::new("m".into(), system, "s".into(), none)
    }

    #[test]
    fn a_new_number_is_not_another_indicator() {
        // In the second edition a new indicator has the number 2, and what was number 2 is number 3.
        let first = methodology(&[("n1", None), ("n2", None)]);
        let second = methodology(&[("n1", None), ("n2", Some("new")), ("n3", Some("n2"))]);
        let pairs = [("n2".to_owned(), Some("n3".to_owned()))];
        let second = matched(&first.system, &second, &pairs, "2024");
        let codes: Vec<&str> = second.system.nodes().iter().map(|n| n.code.as_str()).collect();
        assert_eq!(codes, ["index", "n1", "n2@2024", "n2"]);
        let column = |code: &str| {
            let id = second.system.find(code).expect("a node");
            let at = second.system.leaves().iter().position(|leaf| *leaf == id).expect("a leaf");
            second.system.indicator(at).columns(code)[0].to_owned()
        };
        assert_eq!((column("n2"), column("n2@2024")), ("n2".to_owned(), "new".to_owned()));
        let study = Study::new(vec![], vec![], vec![], &[], &[], []).0;
        let found = changes((&first, &study), (&second, &study));
        let system: Vec<_> = found[0].changes.iter().map(|c| (&c.node, &c.what)).collect();
        assert_eq!(system, [(&Some("n2@2024".to_owned()), &What::Added)]);
    }

    #[test]
    fn a_leaf_that_has_no_counterpart_keeps_its_column() {
        let first = methodology(&[("a", None), ("b", None)]);
        let second = methodology(&[("a", None), ("b", None)]);
        let second = matched(&first.system, &second, &[("b".to_owned(), None)], "2024");
        let id = second.system.find("b@2024").expect("a node");
        let at = second.system.leaves().iter().position(|leaf| *leaf == id).expect("a leaf");
        assert_eq!(second.system.indicator(at).columns("b@2024"), ["b"]);
    }
}
