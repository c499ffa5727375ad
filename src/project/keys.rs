//! The keys of a methodology and of a choice of method, which parts of a methodology and methods declare in the core.

use quanheng_core::method::{FromValue, Setting, Stage};
use quanheng_core::methodology::{
    Across, Among, Entry as PartEntry, Over, Part, RankingKeys, TieredNodes, Written,
};
use quanheng_core::model::Names;

use super::marks::{PLACEHOLDER, Placeholder};
use super::table::{Declared, Key, Shape, Texts};

fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    let shape = Shape::Later(Box::new(shape));
    Key { name: name.into(), shape, default: None, needed: false, doc: doc.into() }
}

const AT_RULES: &str = "Other rules for parts of the tree: the code of a node or leaf, `index` (the root), `level1`, `level2`, … (the distance from the root), or `leaves`. What such a rule does not state is as for the other nodes.";

/// Which scores are compared, as the ranking declares it.
fn on() -> Shape {
    let declared = RankingKeys::declared();
    let on = declared.iter().find(|setting| setting.name == "on");
    Key::from(on.expect("a key of the ranking")).shape
}

fn word<T: FromValue>() -> Shape {
    Shape::Plain(T::accepts(), None)
}

/// The keys of a methodology: its name, what it extends, and its parts.
pub(super) fn methodology() -> Vec<Key> {
    let title = "The name of the methodology: a text, or a table of texts by language.";
    let extends = "The methodology from which everything that is not stated here is taken.";
    let mut keys =
        vec![key("title", Names::shape(), title), key("extends", Shape::text(), extends)];
    let placeholder = "Whether something in the methodology was not published and is a placeholder, such as a cut point of a tier: `true`, or a text, or a table of texts by language, that says what; `false` where that of the methodology in `extends` does not hold. Every command that shows results says so.";
    keys.push(Key { shape: Placeholder::shape(), ..key(PLACEHOLDER, Shape::Any, placeholder) });
    for part in Part::ALL {
        keys.extend(
            self::part(part).map(|key| Key { shape: Shape::Later(Box::new(key.shape)), ..key }),
        );
    }
    keys
}

/// The key of a part of a methodology, as the part declares it; none for what no methodology states.
pub(super) fn part(part: Part) -> Option<Key> {
    let declared =
        |settings: fn() -> Vec<Setting>| -> Vec<Key> { settings().iter().map(Key::from).collect() };
    let shape = match part.entry().written {
        Written::No => return None,
        Written::System => Shape::text(),
        Written::Choice(stage) | Written::Plan(stage) => Shape::Choice(stage),
        Written::Steps(stage) => {
            let one = Shape::Choice(stage);
            Shape::OneOf(vec![one.clone(), Shape::List(Box::new(one))])
        }
        Written::Table(settings) => Shape::Table(declared(settings)),
        Written::TableAt(settings) => {
            let keys = declared(settings);
            let rules = Shape::By(Box::new(Shape::Table(keys.clone())));
            let at = Key { shape: rules, ..key("at", Shape::Any, AT_RULES) };
            Shape::Table(keys.into_iter().chain([at]).collect())
        }
        Written::ByScope(settings) => {
            let mut keys = declared(settings);
            keys[0].needed = true;
            let first = keys[0].shape.clone();
            Shape::By(Box::new(Shape::OneOf(vec![first, Shape::Table(keys)])))
        }
        Written::Alone(settings) => declared(settings).remove(0).shape,
        Written::Periods => Texts::shape(),
    };
    let PartEntry { name, summary, written, .. } = part.entry();
    let default = match written {
        Written::Alone(settings) => declared(*settings).remove(0).default,
        _ => None,
    };
    Some(Key { shape, default, ..key(name, Shape::Any, summary) })
}

/// The keys of a choice of a stage that are not settings of its method.
pub(super) fn choice(stage: Stage) -> Vec<Key> {
    let mut keys = vec![
        key("method", Shape::text(), "The method."),
        key("script", Shape::text(), "A script in place of a built-in method."),
        key("plugin", Shape::text(), "A plugin in place of a built-in method."),
        key(
            "at",
            Shape::By(Box::new(Shape::Any)),
            "Other choices for parts of the tree: the code of a node or leaf, `index` (the root), `level1`, `level2`, … (the distance from the root), or `leaves`.",
        ),
        key("over", word::<Over>(), "The periods that it looks at together."),
        key("among", word::<Among>(), "The regions that it looks at together."),
    ];
    if matches!(stage, Stage::Weighting | Stage::Aggregation) {
        let doc = "Weighting and aggregation: the children of each node, or all leaves at once.";
        keys.push(key("across", word::<Across>(), doc));
    }
    if stage == Stage::Tiering {
        let doc = "Tiering only: which scores are compared, as in `ranking`: `rounded` unless stated, `full`, or a number of decimals.";
        keys.push(key("on", on(), doc));
        let doc = "Tiering only: the nodes whose scores are cut by this rule, beside those that `at` names: `index` unless stated, or `all` nodes and leaves.";
        keys.push(key("nodes", word::<TieredNodes>(), doc));
    }
    if stage == Stage::Aggregation {
        let doc = "Aggregation, beside `across = \"leaves\"`: the method of the nodes between the index and its leaves; `arithmetic` unless stated.";
        keys.push(key("inner", Shape::Choice(stage), doc));
    }
    keys
}
