//! The texts of both languages: each is used, and numbers in them are rounded as results are.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use quanheng::report::declaration::Declaration;
use quanheng_core::method::Setting;
use quanheng_core::number::{RoundMode, round};
use quanheng_scripts::{Host, LIBRARY, Limits, Script};
use quanheng_words::number::fixed;
use quanheng_words::{Language, declared};

use crate::tidy::{root, sources};

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

/// What is the same in every language: names of formats, methods, people and systems.
const NAMES: &[&str] = &[
    "TOML", "JSON", "Schema", "CSV", "xlsx", "Rhai", "BLAKE3", "AHP", "UTF", "GB18030", "Parquet",
    "UTF-8", "UTF-16", "TOPSIS", "Kendall", "COIN",
];

/// The first two English words in a row in a Chinese text, once what is quoted in it, and names, are taken out.
pub(crate) fn english_in(chinese: &str) -> Option<String> {
    let mut plain = String::new();
    for (k, part) in chinese.split('`').enumerate() {
        if k % 2 == 0 {
            plain.push_str(part);
        }
        plain.push('、');
    }
    let mut quoted = plain.split('"');
    let plain: String = quoted.by_ref().step_by(2).collect::<Vec<_>>().join("、");
    let is_word = |word: &str| {
        let letters = word.trim_end_matches([',', ';', ':', '.', '?']);
        letters.len() > 1
            && letters.chars().all(|c| c.is_ascii_alphabetic() || c == '\'')
            && !NAMES.contains(&letters)
    };
    let words: Vec<&str> = plain
        .split(|c: char| c.is_whitespace() || !c.is_ascii() || "()[]{}/".contains(c))
        .collect();
    let pairs = words.windows(2).find(|pair| is_word(pair[0]) && is_word(pair[1]));
    pairs.map(|pair| pair.join(" "))
}

#[test]
fn english_is_found_in_chinese() {
    assert_eq!(english_in("没有 `no such` 列").as_deref(), None);
    assert_eq!(english_in("没有 no such 列").as_deref(), Some("no such"));
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

/// Everything that the program declares in English and shows in Chinese too.
fn declarations() -> Vec<Declared> {
    use quanheng_core::{analysis, audit, comparison::statistic, robustness};
    let methods = quanheng::report::methods::all().into_iter().map(|method| Declared {
        of: Declaration::method(method.stage, method.name),
        own: {
            let given = method.intermediate.iter().map(|given| format!("given_{}", given.name));
            ["", "summary"].map(str::to_owned).into_iter().chain(given).collect()
        },
        prose: vec![
            ("formula", method.formula.to_owned()),
            ("source", method.example.source.into_owned()),
        ],
        settings: method.settings,
    });
    let host = Host::new(None, Limits::default());
    let scripts = LIBRARY.iter().map(|bundled| {
        let script = Script::open(&host, bundled.name).expect("a bundled script compiles");
        let header = script.header();
        Declared {
            of: Declaration::script(bundled.name),
            own: vec!["summary".to_owned()],
            prose: vec![("formula", header.formula.clone())],
            settings: script.settings().to_vec(),
        }
    });
    let properties = audit::TABLE.iter().map(|property| Declared {
        of: Declaration::property(property.name),
        own: ["", "summary"].map(str::to_owned).into(),
        prose: vec![("formula", property.formula.to_owned())],
        settings: Vec::new(),
    });
    let statistics = statistic::TABLE.iter().map(|entry| Declared {
        of: Declaration::statistic(entry.name),
        own: ["", "summary"].map(str::to_owned).into(),
        prose: Vec::new(),
        settings: Vec::new(),
    });
    let figures = quanheng_core::statistics::TABLE.iter().map(|entry| Declared {
        of: Declaration::statistic(entry.name),
        own: ["", "summary"].map(str::to_owned).into(),
        prose: Vec::new(),
        settings: Vec::new(),
    });
    let sections = quanheng::report::describe::SECTIONS.iter().map(|section| Declared {
        of: Declaration::section(section.name),
        own: ["", "summary"].map(str::to_owned).into(),
        prose: Vec::new(),
        settings: Vec::new(),
    });
    let analyses = analysis::TABLE.iter().chain(robustness::TABLE).map(|entry| Declared {
        of: Declaration::analysis(entry.name),
        own: {
            let tables = entry.forms.iter().map(|form| format!("table_{}", form.name));
            ["", "summary"].map(str::to_owned).into_iter().chain(tables).collect()
        },
        prose: vec![("formula", entry.formula.to_owned())],
        settings: (entry.settings)(),
    });
    let columns = columns().into_keys().chain(["", "name"]).map(str::to_owned);
    let columns = Declared {
        of: Declaration::analysis("columns"),
        own: columns.collect(),
        prose: Vec::new(),
        settings: Vec::new(),
    };
    let analyses = analyses.chain([columns]);
    let of_stages = methods.chain(scripts).chain(properties);
    of_stages.chain(statistics).chain(figures).chain(sections).chain(analyses).collect()
}

/// The keys of the columns of all analyses, with their heads in English: a key has one head.
fn columns() -> BTreeMap<&'static str, &'static str> {
    let mut columns = BTreeMap::new();
    let all = quanheng_core::analysis::TABLE.iter().chain(quanheng_core::robustness::TABLE);
    for form in all.flat_map(|entry| entry.forms) {
        for column in form.columns {
            let head = *columns.entry(column.key).or_insert(column.label);
            assert_eq!(head, column.label, "`{}` has two heads", column.key);
        }
    }
    columns
}

/// A declaration: what must have Chinese, what must have it if it has English words in it, and its settings.
struct Declared {
    of: Declaration,
    own: Vec<String>,
    prose: Vec<(&'static str, String)>,
    settings: Vec<Setting>,
}

/// Whether a formula, or the source of an example, has English words in it rather than names and functions only.
fn has_words(text: &str) -> bool {
    let signs = [
        "max",
        "min",
        "ln",
        "log",
        "exp",
        "sqrt",
        "sign",
        "arccos",
        "arctan",
        "cor",
        "diag",
        "rank",
        "tier",
        "round",
        "digits",
        "best",
        "worst",
        "mean",
        "median",
        "sd",
        "share",
        "scale",
        "lower",
        "upper",
        "bad",
        "good",
        "target",
        "add",
        "reference",
        "value",
        "Var",
        "range",
        "start",
        "Hyndman",
    ];
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    words.filter(|word| word.len() > 2).any(|word| !signs.contains(&word))
}

/// Everything that is declared has Chinese, and nothing else has: neither is forgotten.
#[test]
fn declarations_and_their_chinese_are_the_same() {
    let mut forgotten = Vec::new();
    let mut used = BTreeSet::new();
    let mut shared: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Declared { of, own, prose, settings } in declarations() {
        let needed = own.into_iter().map(|attribute| (attribute, true));
        let prose = prose.iter().map(|(attribute, english)| {
            let common = format!("source-{}", english.replace(' ', "-"));
            let is_common = *attribute == "source" && declared(Language::Zh, &common, "").is_some();
            if is_common {
                used.insert((common, String::new()));
            }
            ((*attribute).to_owned(), !is_common && has_words(english))
        });
        for (attribute, is_needed) in needed.chain(prose.collect::<Vec<_>>()) {
            match of.stands_in(&attribute) {
                Some(id) => _ = used.insert((id.to_owned(), attribute.clone())),
                None if is_needed => forgotten.push(format!("{of:?}: {attribute}")),
                None => {}
            }
        }
        if let Some(id) = of.stands_in("reference") {
            used.insert((id.to_owned(), "reference".to_owned()));
        }
        for setting in settings {
            let common = format!("setting-{}", setting.name);
            match of.stands_in(&setting.name) {
                Some(id) => _ = used.insert((id.to_owned(), setting.name.to_string())),
                None if declared(Language::Zh, &common, "").is_some() => {
                    let doc: Vec<&str> = setting.doc.split_whitespace().collect();
                    // A script that does what a method does has the words of the method.
                    if !format!("{of:?}").contains("script-") {
                        shared.entry(common.clone()).or_default().push(doc.join(" "));
                    }
                    used.insert((common, String::new()));
                }
                None => forgotten.push(format!("{of:?}: {}", setting.name)),
            }
        }
    }
    assert!(forgotten.is_empty(), "no Chinese in words/zh.ftl:\n{}", forgotten.join("\n"));
    for (id, docs) in shared {
        let others: Vec<&String> = docs.iter().filter(|doc| **doc != docs[0]).collect();
        assert!(others.is_empty(), "`{id}` stands for \"{}\" and for {others:?}", docs[0]);
    }
    let kinds = [
        "analysis-",
        "method-",
        "script-",
        "statistic-",
        "property-",
        "section-",
        "setting-",
        "source-",
    ];
    let unknown: Vec<_> = quanheng_words::declared_ids()
        .filter(|(id, _)| kinds.iter().any(|kind| id.starts_with(kind)))
        .filter(|(id, attribute)| !used.contains(&((*id).to_owned(), (*attribute).to_owned())))
        .collect();
    assert!(unknown.is_empty(), "words/zh.ftl translates what is not declared: {unknown:?}");
}

/// No Chinese of a declaration has English sentences in it; names, formulas and citations have words of their own.
#[test]
fn declarations_in_chinese_are_chinese() {
    let cites = |attribute: &str| ["", "formula", "reference", "source"].contains(&attribute);
    let mut wrong = Vec::new();
    for (id, attribute) in quanheng_words::declared_ids().filter(|(_, a)| !cites(a)) {
        let text = declared(Language::Zh, id, attribute).expect("it is declared");
        if let Some(english) = english_in(text) {
            wrong.push(format!("{id}.{attribute}: {english}: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
