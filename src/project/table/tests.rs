//! Every declared key, mechanically: values that do not fit are refused with a message that names the key, and the
//! document shows it.

use quanheng_core::method::{ABOVE_ZERO, Accepts, Stage, closest};
use quanheng_core::model::FACTS;

use super::{Declared, Key, Shape, document};
use crate::data::file::Input;
use crate::project::file::ProjectFile;
use crate::project::keys::choice;
use crate::project::value::{Content, Entry, Item};

/// A project in which every table that can be declared stands once.
const PROJECT: &str = r#"
[project]
[data]
regions = "regions.csv"
values = [{ file = "values.csv", states = {} }]
states = {}
[group.g]
column = "level"
[league.l]
where = "level == 'a'"
full_marks = { x = 1 }
[system.s]
tree = "tree.csv"
[methodology.m]
normalisation = { method = "min_max" }
rounding = { index = { digits = 1 } }
ranking = {}
[multiverse.v]
choices = { aggregation = ["arithmetic", "sum"] }
[multiverse.v.data.d]
states = {}
values = [{ file = "values.csv", states = {} }]
[scripts]
[plugin.p]
path = "p.so"
[snapshot]
[snapshot.methodology.m]
[lock]
"#;

const FILES: [(&str, &str); 3] = [
    ("regions.csv", "code,level\n1,a\n2,a\n"),
    ("values.csv", "region,x,y\n1,1,2\n2,2,1\n"),
    ("tree.csv", "code,parent\nindex,\nx,index\ny,index\n"),
];

/// The folder of a project.
pub(super) struct Folder(pub(super) tempfile::TempDir);

impl Folder {
    /// A folder with these files, by name and text.
    pub(super) fn of(files: &[(&str, &str)]) -> Folder {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        Folder(folder)
    }

    /// The errors of a project file with these values.
    fn said(&self, file: &Item) -> String {
        let Content::Table(entries) = &file.content else { panic!("a file is a table") };
        let line = |e: &Entry| format!("{} = {}\n", e.key, toml(&e.item));
        let text: String = entries.iter().map(line).collect();
        std::fs::write(self.0.path().join("quanheng.toml"), text).expect("a file");
        match crate::project::open_whole(self.0.path()) {
            Ok(resolved) => resolved.aside.all().render(quanheng_words::Language::En, false),
            Err(problems) => problems.render(quanheng_words::Language::En, false),
        }
    }
}

pub(super) fn toml(item: &Item) -> String {
    match &item.content {
        Content::Text(text) => format!("{text:?}"),
        Content::Number(x) if x.is_nan() => "nan".into(),
        Content::Number(x) if x.is_infinite() => "inf".into(),
        Content::Number(x) if x.fract() == 0.0 && x.abs() < 1e16 => format!("{}", *x as i64),
        Content::Number(x) => format!("{x:?}"),
        Content::Bool(b) => b.to_string(),
        Content::Date => "1979-05-27".into(),
        Content::List(items) => {
            format!("[{}]", items.iter().map(toml).collect::<Vec<_>>().join(", "))
        }
        Content::Table(entries) => {
            let entry = |e: &Entry| format!("{:?} = {}", e.key, toml(&e.item));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

pub(super) fn item(content: Content) -> Item {
    Item { content, span: 0..0 }
}

pub(super) fn text(text: &str) -> Item {
    item(Content::Text(text.to_owned()))
}

pub(super) fn number(x: f64) -> Item {
    item(Content::Number(x))
}

/// A value of each type of TOML.
fn values() -> Vec<Item> {
    vec![
        text("zzz"),
        number(0.5),
        item(Content::Bool(true)),
        item(Content::Date),
        item(Content::List(vec![item(Content::Date)])),
        item(Content::Table(vec![entry("zzz", item(Content::Date))])),
    ]
}

pub(super) fn entry(key: &str, item: Item) -> Entry {
    Entry { key: key.to_owned(), span: 0..0, item }
}

/// Values that the shape of a key does not accept. Keys that the user makes up are called like the key.
fn misfits(shape: &Shape, name: &str) -> Vec<Item> {
    let wrong = || values().into_iter().filter(|value| !shape.is_for(value));
    match shape {
        Shape::Any => Vec::new(),
        Shape::Later(shape) => misfits(shape, name),
        Shape::OneOf(shapes) => {
            let of_each = shapes.iter().flat_map(|shape| misfits(shape, name));
            wrong()
                .chain(of_each.filter(|value| shapes.iter().all(|s| refuses(s, value, name))))
                .collect()
        }
        Shape::Plain(accepts, _) => {
            let mut found: Vec<Item> = wrong().collect();
            if let Some((least, greatest, whole)) = shape.range() {
                found.push(number(if least == ABOVE_ZERO { 0.0 } else { least - 1.0 }));
                found.push(number(if greatest.is_finite() { greatest * 2.0 } else { greatest }));
                found.extend(whole.then(|| number(least + 0.5)));
            }
            if matches!(accepts, Accepts::Choice(_)) {
                found.push(text("zzz"));
            }
            if matches!(accepts, Accepts::Number) {
                found.push(number(f64::NAN));
            }
            found
        }
        Shape::Character => wrong().chain([text(""), text("zz")]).collect(),
        Shape::Encoding => wrong().chain([text(""), text("utf-7")]).collect(),
        Shape::By(shape) if matches!(**shape, Shape::Plain(..)) => {
            let inside = |one| item(Content::Table(vec![entry(name, one)]));
            wrong().chain(misfits(shape, name).into_iter().map(inside)).collect()
        }
        Shape::By(_) => wrong().collect(),
        Shape::List(shape) => {
            let lists = misfits(shape, name).into_iter().map(|one| item(Content::List(vec![one])));
            wrong().chain(lists).collect()
        }
        Shape::Table(_) | Shape::Open { .. } | Shape::Choice(_) => wrong().collect(),
    }
}

/// Whether a value is surely refused: each alternative of a shape must refuse what one of them refuses.
fn refuses(shape: &Shape, value: &Item, name: &str) -> bool {
    !shape.is_for(value) || misfits(shape, name).iter().any(|misfit| toml(misfit) == toml(value))
}

/// Takes the keys of a table, what it says, and a way to put other entries in its place.
pub(super) type Found<'f> = dyn FnMut(&[Key], &[Entry], &dyn Fn(Vec<Entry>) -> Item) + 'f;

/// Goes through every table of the file with the keys that are declared for it; `put` makes a file with another value in
/// its place.
pub(super) fn tables(
    shape: &Shape,
    value: &Item,
    put: &dyn Fn(Item) -> Item,
    found: &mut Found<'_>,
) {
    let replaced = |entries: &[Entry], at: usize, new: Item| {
        let mut entries = entries.to_vec();
        entries[at].item = new;
        put(item(Content::Table(entries)))
    };
    match (shape, &value.content) {
        (Shape::Later(shape), _) => tables(shape, value, put, found),
        (Shape::OneOf(shapes), _) => {
            if let Some(shape) = shapes.iter().find(|shape| shape.is_for(value)) {
                tables(shape, value, put, found);
            }
        }
        (Shape::List(shape), Content::List(items)) if !items.is_empty() => {
            tables(shape, &items[0], &|new| put(item(Content::List(vec![new]))), found);
        }
        (Shape::By(shape), Content::Table(entries)) => {
            for (at, entry) in entries.iter().enumerate() {
                tables(shape, &entry.item, &|new| replaced(entries, at, new), found);
            }
        }
        (Shape::Table(keys) | Shape::Open { keys, .. }, Content::Table(entries)) => {
            found(keys, entries, &|entries| put(item(Content::Table(entries))));
            for (at, entry) in entries.iter().enumerate() {
                if let Some(key) = keys.iter().find(|key| key.name == entry.key) {
                    tables(&key.shape, &entry.item, &|new| replaced(entries, at, new), found);
                }
            }
        }
        (Shape::Choice(stage), Content::Table(entries)) => {
            found(&choice(*stage), entries, &|entries| put(item(Content::Table(entries))));
        }
        _ => {}
    }
}

fn project() -> Item {
    let source = crate::problem::Source::new("quanheng.toml", PROJECT);
    let (entries, problems) = crate::project::value::parse(&std::sync::Arc::new(source));
    assert!(problems.is_empty(), "{}", problems.render(quanheng_words::Language::En, false));
    item(Content::Table(entries))
}

pub(super) fn with(entries: &[Entry], key: &str, value: Item) -> Vec<Entry> {
    let mut entries: Vec<Entry> = entries.iter().filter(|e| e.key != key).cloned().collect();
    entries.push(entry(key, value));
    entries
}

#[test]
fn what_does_not_fit_is_refused_by_the_name_of_its_key() {
    let (folder, file) = (Folder::of(&FILES), project());
    assert_eq!(folder.said(&file), "", "the project itself is in order");
    let mut cases = 0;
    let mut silent = Vec::new();
    let mut refused = |file: Item, names: &[String], case: String| {
        let said = folder.said(&file);
        for name in names {
            cases += 1;
            if !said.contains(&format!("`{name}`")) {
                silent.push(format!("`{name}` in {case}: {said}"));
            }
        }
    };
    tables(&ProjectFile::shape(), &file, &|new| new, &mut |keys, entries, put| {
        let names: Vec<&str> = keys.iter().map(|k| k.name.as_ref()).collect();
        let table = names.join(", ");
        // The first letter twice.
        let near: Vec<String> = names.iter().map(|name| format!("{}{name}", &name[..1])).collect();
        for (name, near) in names.iter().zip(&near) {
            assert_eq!(closest(near, names.iter().copied()), Some(*name));
        }
        let more = near.iter().fold(entries.to_vec(), |all, near| with(&all, near, text("zzz")));
        refused(put(more), &near, format!("a table with {table}"));
        // What is read later can hide each other's problems; everything else is refused at once.
        let (alone, together): (Vec<&Key>, Vec<&Key>) =
            keys.iter().partition(|key| matches!(key.shape, Shape::Later(_) | Shape::Choice(_)));
        let groups = alone.iter().map(|key| vec![*key]).chain([together]);
        for group in groups {
            let misfits: Vec<Vec<Item>> =
                group.iter().map(|key| misfits(&key.shape, &key.name)).collect();
            for round in 0..misfits.iter().map(Vec::len).max().unwrap_or(0) {
                let mut wrong = entries.to_vec();
                let mut named = Vec::new();
                for (key, values) in group.iter().zip(&misfits) {
                    if let Some(value) = values.get(round) {
                        wrong = with(&wrong, &key.name, value.clone());
                        named.push(key.name.to_string());
                    }
                }
                let file = put(wrong);
                let case = toml(&file);
                refused(file, &named, case);
            }
        }
    });
    assert!(cases > 500, "{cases} cases");
    assert!(silent.is_empty(), "{} of {cases}:\n{}", silent.len(), silent.join("\n"));
}

/// The columns of a tree are keys too.
#[test]
fn what_does_not_fit_in_a_tree_is_refused_by_the_name_of_its_column() {
    let folder = Folder::of(&FILES);
    let said = |head: &str, cell: &str| {
        let csv = format!("code,parent,{head}\nindex,,\nx,index,{cell}\ny,index,\n");
        std::fs::write(folder.0.path().join("tree.csv"), csv).expect("a file");
        folder.said(&project())
    };
    let mut silent = Vec::new();
    for fact in FACTS {
        let shape = Key::from(&fact.setting()).shape;
        let mut wrong = Vec::new();
        if matches!(fact.accepts(), Accepts::Choice(_) | Accepts::Number) {
            wrong.push("zzz".to_owned());
        }
        if let Some((least, _, _)) = shape.range() {
            wrong.push(if least == ABOVE_ZERO { "0".into() } else { format!("{}", least - 1.0) });
        }
        let near = format!("{}{}", &fact.name[..1], fact.name);
        let cases = wrong.into_iter().map(|cell| (fact.name.to_owned(), cell));
        for (head, cell) in cases.chain([(near, "1".to_owned())]) {
            if !said(&head, &cell).contains(&format!("`{head}`")) {
                silent.push(format!("{head} = {cell}"));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:?}");
    let toml = |text: &str| {
        std::fs::write(folder.0.path().join("tree.toml"), text).expect("a file");
        let path = folder.0.path().join("tree.toml");
        let problems =
            crate::project::tree::read(&Input::path("tree.toml", &path), &Default::default(), None)
                .unwrap_err();
        problems.render(quanheng_words::Language::En, false)
    };
    for fact in FACTS {
        let said = toml(&format!("[[node]]\ncode = \"x\"\n[[node]]\n{} = true\n", fact.name));
        assert!(said.contains(&format!("`{}` is true or false", fact.name)), "{said}");
    }
    assert!(toml("node = [1]\n").contains("`node` is a number"));
    assert!(toml("[[nodes]]\ncode = \"x\"\n").contains("tree.toml has no key `nodes`"));
}

#[test]
fn every_key_is_documented() {
    let (text, shown) = document::written();
    for (table, keys) in document::tables() {
        for key in keys {
            assert!(
                shown.contains(&key),
                "`{}` of [{table}] is in no table of the document",
                key.name
            );
            assert!(!key.doc.is_empty() && text.contains(&format!("| `{}` |", key.name)));
            assert!(
                key.doc.ends_with('.'),
                "the meaning of `{}` of [{table}] is a sentence",
                key.name
            );
        }
    }
}

#[test]
fn a_range_says_what_it_includes() {
    let words = |accepts: Accepts, range| Shape::Plain(accepts, range).words().to_string();
    assert_eq!(words(Accepts::Number, Some((0.001, 1e6))), "a number between 0.001 and 1000000");
    assert_eq!(words(Accepts::Number, Some((ABOVE_ZERO, f64::INFINITY))), "a number above 0");
    assert_eq!(words(Accepts::Number, Some((0.0, f64::INFINITY))), "a number of 0 or more");
    assert_eq!(words(Accepts::Whole, None), "a whole number from 0 to 9007199254740992");
    // `across` belongs to a weighting and an aggregation, `inner` to an aggregation, `on` and `nodes` to a tiering.
    for (stage, more) in [(Stage::Weighting, 1), (Stage::Aggregation, 2), (Stage::Tiering, 2)] {
        assert_eq!(choice(stage).len(), choice(Stage::Normalisation).len() + more, "{stage:?}");
    }
}
