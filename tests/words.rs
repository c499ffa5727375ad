//! The texts of both languages: each is used, and numbers in them are rounded as results are.

use crate::tidy::{root, sources};

use proptest::prelude::*;
use quanheng_core::number::{RoundMode, round};
use quanheng_words::number::fixed;

/// What a source file says of messages: `text!(id` and `word!(id`, however they are laid out.
fn used(source: &str) -> impl Iterator<Item = &str> {
    let calls = ["text!(", "word!("];
    calls.into_iter().flat_map(move |call| {
        source.split(call).skip(1).map(|rest| {
            let rest = rest.trim_start();
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            &rest[..end.unwrap_or(rest.len())]
        })
    })
}

#[test]
fn every_message_is_used() {
    let mut unused: Vec<&str> = quanheng_words::IDS.to_vec();
    let folders = ["words/src", "core/src", "scripts/src", "plugins/host/src", "src"];
    for (_, source) in folders.into_iter().flat_map(sources) {
        for id in used(&source) {
            unused.retain(|other| *other != id);
        }
    }
    assert!(unused.is_empty(), "no source file uses these messages of words/en.ftl: {unused:?}");
}

/// Sections and messages stand in the same order in both files, so that a translator finds what belongs together.
#[test]
fn both_files_have_one_order() {
    let order = |file: &str| -> Vec<String> {
        let text = std::fs::read_to_string(root().join("words").join(file)).expect("the file");
        let id = |line: &str| {
            let (id, _) = line.split_once(" =")?;
            let of_message = |c: char| c.is_ascii_alphanumeric() || c == '_';
            id.chars().all(of_message).then(|| id.to_owned())
        };
        text.lines().filter_map(id).collect()
    };
    let (en, zh) = (order("en.ftl"), order("zh.ftl"));
    let differ = en.iter().zip(&zh).find(|(a, b)| a != b);
    assert_eq!(differ, None, "the first messages that stand in another order");
}

proptest! {
    /// A printed number is rounded as the step `rounding` rounds it.
    #[test]
    fn printed_numbers_are_rounded_as_results(x in -1e9_f64..1e9, digits in 0_usize..6) {
        let rounded = round(x, digits as u32, RoundMode::HalfUp);
        let rounded = if rounded == 0.0 { 0.0 } else { rounded };
        prop_assert_eq!(fixed(x, digits), format!("{rounded:.digits$}"));
    }

    /// The same for decimals that a person writes, exact halves among them.
    #[test]
    fn printed_decimals_are_rounded_as_results(units in -10_000_000_i64..10_000_000, digits in 0_usize..4) {
        let x = units as f64 / 1e4;
        let rounded = round(x, digits as u32, RoundMode::HalfUp);
        let rounded = if rounded == 0.0 { 0.0 } else { rounded };
        prop_assert_eq!(fixed(x, digits), format!("{rounded:.digits$}"));
    }
}

/// What is declared in tables has a Chinese name and summary, and nothing else has: neither is forgotten.
#[test]
fn declarations_and_their_chinese_are_the_same() {
    use quanheng_core::{audit, comparison::statistic};
    let mut declared: Vec<String> = quanheng::report::methods::all()
        .iter()
        .map(|method| format!("method-{}-{}", method.stage.name(), method.name))
        .collect();
    declared.extend(statistic::TABLE.iter().map(|entry| format!("statistic-{}", entry.name)));
    declared.extend(audit::TABLE.iter().map(|property| format!("property-{}", property.name)));
    declared.extend(quanheng::note::KINDS.iter().map(|kind| format!("note-{}", kind.code)));
    let mut wanted: Vec<(&str, &str)> =
        declared.iter().flat_map(|id| [(id.as_str(), ""), (id.as_str(), "summary")]).collect();
    wanted.sort_unstable();
    let of_these = |id: &&(&str, &str)| {
        ["method-", "statistic-", "property-", "note-"].iter().any(|start| id.0.starts_with(start))
    };
    let all: Vec<(&str, &str)> = quanheng_words::declared_ids().collect();
    let found: Vec<(&str, &str)> = all.iter().filter(of_these).copied().collect();
    let forgotten: Vec<_> = wanted.iter().filter(|id| !found.contains(id)).collect();
    let left: Vec<_> = found.iter().filter(|id| !wanted.contains(id)).collect();
    assert!(
        forgotten.is_empty() && left.is_empty(),
        "no Chinese: {forgotten:?}; unknown: {left:?}"
    );
}
