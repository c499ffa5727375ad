//! The parts of a methodology: one equality for all commands, and one list for all files.

use std::sync::Arc;

use quanheng::project::{self, Resolved};
use quanheng_core::comparison::changes;
use quanheng_core::explanation::{Explanation, NoExplanation, Side, players};
use quanheng_core::method::Value;
use quanheng_core::methodology::{Methodology, Part};
use quanheng_core::model::{NodeId, PeriodIx};
use quanheng_core::multiverse::Tree;
use quanheng_words::Language;

use crate::tidy::root;

/// Every example, and the methodologies that name every method.
fn projects() -> Vec<Resolved> {
    quanheng::gate::allow(&root().join("examples")).expect("examples/");
    let examples = std::fs::read_dir(root().join("examples")).expect("examples/");
    let folders = examples.map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<_> = folders.filter(|f| f.join("quanheng.toml").exists()).collect();
    folders.push(root().join("tests/bits/every-method"));
    folders.sort();
    let open = |folder: &std::path::PathBuf| {
        project::open(folder).unwrap_or_else(|problems| {
            panic!("{}", problems.render(quanheng_words::Language::En, false))
        })
    };
    folders.iter().map(open).collect()
}

fn open(files: &[(&str, &str)]) -> (tempfile::TempDir, Resolved) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let resolved = project::open_whole(folder.path()).unwrap_or_else(|problems| {
        panic!("{}", problems.render(quanheng_words::Language::En, false))
    });
    (folder, resolved)
}

/// Whether two methodologies say the same in a part, by their canonical values alone.
fn equal(part: Part, a: &Methodology, b: &Methodology, resolved: &Resolved) -> bool {
    let study = &resolved.study;
    let value = |m: &Methodology, part: Part| m.canonical(study).shift_remove(part.name());
    if value(a, part) == value(b, part) {
        return true;
    }
    // Over two systems a choice counts at the nodes that both have; with one system the values are the whole truth.
    let one_system = value(a, Part::System) == value(b, Part::System);
    let by_node = !matches!(
        part,
        Part::System | Part::Precision | Part::Ranking | Part::Tiering | Part::Periods
    );
    let of = |m: &Methodology, node: NodeId| match value(m, part) {
        Some(Value::Table(mut whole)) => {
            let own = match whole.shift_remove("at") {
                Some(Value::Table(own)) => own,
                _ => Default::default(),
            };
            let code = &m.system.node(node).code;
            match part {
                Part::Rounding => whole.get(code).cloned(),
                _ => Some(own.get(code).cloned().unwrap_or(Value::Table(whole))),
            }
        }
        other => other,
    };
    let alike = |i: u32| {
        let here = NodeId(i);
        let Some(there) = a.system.counterpart(here, &b.system) else { return true };
        let leaf = |m: &Methodology, node| m.system.node(node).children.is_empty();
        let counts = match part {
            Part::Normalisation | Part::Treatment => leaf(a, here) && leaf(b, there),
            Part::Weighting | Part::Aggregation => !leaf(a, here) && !leaf(b, there),
            _ => true,
        };
        !counts || of(a, here) == of(b, there)
    };
    by_node && !one_system && (0..a.system.nodes().len() as u32).all(alike)
}

/// Of any two methodologies, `explain` exchanges a part if and only if its canonical values differ, and `diff` says the
/// same.
#[test]
fn one_equality() {
    let (mut unlike, mut like) = (0, 0);
    for resolved in projects() {
        let study = &*resolved.study;
        for a in resolved.methodologies.values() {
            for b in resolved.methodologies.values() {
                let exchanged = players(study, a, b);
                let changed = changes((a, study), (b, study));
                for part in Part::ALL.into_iter().filter(|part| *part != Part::Data) {
                    let what = format!("{} {} {}", a.code, b.code, part.name());
                    let equal = equal(part, a, b, &resolved);
                    let of_part = changed.iter().find(|changes| changes.part == part);
                    assert_eq!(equal, of_part.is_none_or(|c| c.changes.is_empty()), "{what}");
                    assert_eq!(equal, !part.differs(a, b, study), "{what}");
                    if part != Part::Tiering {
                        assert_eq!(equal, !exchanged.contains(&part), "{what}");
                    }
                    *if equal { &mut like } else { &mut unlike } += 1;
                }
                assert!(!exchanged.contains(&Part::Tiering), "tiers move no score");
            }
        }
    }
    assert!(unlike > 1000 && like > 1000, "{unlike} differ, {like} do not");
}

/// The explanation itself exchanges these parts, and has nothing to say where there are none.
#[test]
fn explanations_exchange_what_differs() {
    let mut met = 0;
    for resolved in projects() {
        let (study, usual) = (&resolved.study, &resolved.methodologies[resolved.usual()]);
        for other in resolved.methodologies.values() {
            let expected = players(study, usual, other);
            let period = PeriodIx(study.periods.len() as u32 - 1);
            let side = |m: &Arc<Methodology>| Side { methodology: Arc::clone(m), period };
            if expected.len() > 2 {
                continue;
            }
            match Explanation::new(study, side(usual), side(other)) {
                Ok(explanation) => assert_eq!(explanation.players(), expected),
                Err(NoExplanation::Same { tiering }) => {
                    assert_eq!(expected, []);
                    assert_eq!(tiering, Part::Tiering.differs(usual, other, study));
                }
                Err(NoExplanation::Side { .. }) => {}
            }
            met += 1;
        }
    }
    assert!(met > 20, "{met}");
}

/// One treatment written in two ways, the smallest input on which `diff`, `explain` and the multiverse disagreed: clipped
/// at all leaves but one by the first step, and at that one by the second.
#[test]
fn a_treatment_written_in_two_ways_is_one() {
    let (_folder, resolved) = open(&[
        (
            "quanheng.toml",
            "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
             [methodology.x]\nnormalisation = \"min_max\"\ntreatment = \"clip_iqr\"\n\
             [methodology.y]\nextends = \"x\"\ntreatment = [{ method = \"clip_iqr\", at = { b = \"none\" } }, \
             { method = \"none\", at = { b = \"clip_iqr\" } }]\n\
             [multiverse.m]\nmethodology = \"x\"\n[multiverse.m.choices]\ntreatment = [\"clip_iqr\", \
             { label = \"in two steps\", value = [{ method = \"clip_iqr\", at = { b = \"none\" } }, \
             { method = \"none\", at = { b = \"clip_iqr\" } }] }]\n",
        ),
        ("regions.csv", "code\nr\ns\nt\n"),
        ("tree.csv", "code,parent,direction\nindex,,\na,index,1\nb,index,1\n"),
        ("values.csv", "region,a,b\nr,1,9\ns,2,4\nt,4,1\n"),
    ]);
    let (x, y) = (&resolved.methodologies["x"], &resolved.methodologies["y"]);
    let study = &resolved.study;
    assert_eq!(x.canonical(study), y.canonical(study));
    assert!(changes((x, study), (y, study)).iter().all(|part| part.changes.is_empty()));
    let side = |m: &Arc<Methodology>| Side { methodology: Arc::clone(m), period: PeriodIx(0) };
    let same = Explanation::new(study, side(x), side(y)).expect_err("nothing to explain");
    assert_eq!(same, NoExplanation::Same { tiering: false });
    let tree = Tree::new(resolved.multiverses["m"].space.clone());
    assert_eq!((tree.fates().len(), tree.evaluations()), (2, 1));
}

/// Every part has its word in Chinese, and words/zh.ftl has no word for what is no part.
#[test]
fn parts_have_words_in_both_languages() {
    for part in Part::ALL {
        let id = format!("part-{}", part.name());
        for attribute in ["", "summary"] {
            let found = quanheng_words::declared(Language::Zh, &id, attribute);
            assert!(found.is_some(), "words/zh.ftl has no `{id}` {attribute}");
        }
        assert_eq!(part.word(Language::En), part.name());
    }
    for (id, attribute) in quanheng_words::declared_ids() {
        let Some(name) = id.strip_prefix("part-") else { continue };
        assert!(Part::find(name).is_some(), "words/zh.ftl: `{id}` is no part of a methodology");
        assert!(["", "summary"].contains(&attribute), "words/zh.ftl: `{id}` .{attribute}");
    }
}
