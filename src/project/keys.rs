//! The tables of the project file. Those that one file reads are declared there; the others, and the whole, are here.

use quanheng_core::method::{Accepts, FromValue, Stage};
use quanheng_core::methodology::{Across, Among, Over, Rounding};
use quanheng_core::model::Names;

use super::data::DataKeys;
use super::groups::GroupKeys;
use super::leagues::LeagueKeys;
use super::methodologies::RankingKeys;
use super::multiverse::MultiverseKeys;
use super::plugins::PluginKeys;
use super::scripts::ScriptsKeys;
use super::snapshots::SnapshotKeys;
use super::systems::SystemKeys;
use super::table::{At, By, Declared, Key, Section, Shape, Texts, table};
use super::value::{Content, Entry, Item};
use crate::report::Language;

table! {
    /// The project file.
    pub(super) struct ProjectFile {
        /// What the project is.
        project: Section<ProjectKeys>,
        /// The files of data and how they are written.
        data: Section<DataKeys>,
        /// Groups of regions. A region may be in several classes.
        group: By<GroupKeys>,
        /// Regions that are ranked together.
        league: By<LeagueKeys>,
        /// Indicator systems.
        system: By<SystemKeys>,
        /// Methodologies.
        methodology: Methodologies,
        /// Choices whose every combination is evaluated by `quanheng multiverse`.
        multiverse: By<MultiverseKeys>,
        /// What scripts may use in one call.
        scripts: Section<ScriptsKeys>,
        /// Native plugins, each pinned by its hash.
        plugin: By<PluginKeys>,
        /// What `quanheng test` pins, and how exactly.
        snapshot: Section<SnapshotKeys>,
        /// What `quanheng.lock` pins beside the files that the project reads.
        lock: Section<LockKeys>,
    }
}

table! {
    /// `[project]`
    pub(super) struct ProjectKeys {
        /// The title: a text, or a table of texts by language.
        title: Names,
        /// The language of reports and messages unless `--lang` names another one.
        language: Option<Language>,
        /// Where the data come from. It is printed below the result.
        source: Option<String>,
        /// The methodology that is run where none is named. Unless stated, it is the first one.
        methodology: Option<At<String>>,
    }
}

table! {
    /// `[lock]`
    pub(super) struct LockKeys {
        /// Further files that the lock pins, though the project does not read them.
        also: Option<Texts>,
    }
}

impl Declared for Language {
    fn shape() -> Shape {
        Shape::Plain(Accepts::Choice(vec!["zh".into(), "en".into()]), None)
    }

    fn take(item: &Item) -> Option<Self> {
        String::take(item)?.parse().ok()
    }
}

/// The tables of the methodologies as they are written: what one says depends on what it extends.
#[derive(Clone, Debug)]
pub(super) struct Methodologies(pub(super) Vec<Entry>);

impl Declared for Methodologies {
    fn shape() -> Shape {
        Shape::By(Box::new(Shape::Table(methodology())))
    }

    fn take(item: &Item) -> Option<Self> {
        match &item.content {
            Content::Table(entries) => Some(Methodologies(entries.clone())),
            _ => Self::absent(),
        }
    }

    fn absent() -> Option<Self> {
        Some(Methodologies(Vec::new()))
    }
}

fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    let shape = Shape::Later(Box::new(shape));
    Key { name: name.into(), shape, default: None, needed: false, doc: doc.into() }
}

fn word<T: FromValue>() -> Shape {
    Shape::Plain(T::accepts(), None)
}

/// The keys of a methodology.
pub(super) fn methodology() -> Vec<Key> {
    let treatment = Shape::Choice(Stage::Treatment);
    let steps = Shape::OneOf(vec![treatment.clone(), Shape::List(Box::new(treatment))]);
    vec![
        key(
            "title",
            Names::shape(),
            "The name of the methodology: a text, or a table of texts by language.",
        ),
        key(
            "extends",
            Shape::text(),
            "The methodology from which everything that is not stated here is taken.",
        ),
        key(
            "system",
            Shape::text(),
            "The indicator system. It can be left out where there is only one.",
        ),
        key("imputation", Shape::Choice(Stage::Imputation), "How missing cells are filled."),
        key(
            "treatment",
            steps,
            "How outliers and skew are treated: one choice, or a list of steps.",
        ),
        key(
            "normalisation",
            Shape::Choice(Stage::Normalisation),
            "How columns are brought to one scale.",
        ),
        key("weighting", Shape::Choice(Stage::Weighting), "How siblings are weighed."),
        key("aggregation", Shape::Choice(Stage::Aggregation), "How one score is made of several."),
        key("tiering", Shape::Choice(Stage::Tiering), "How scores are cut into tiers."),
        key(
            "rounding",
            By::<Rounding>::shape(),
            "Decimals to which scores are rounded where they arise, by node or level.",
        ),
        key("ranking", RankingKeys::shape(), "How regions are ranked."),
        key(
            "periods",
            Texts::shape(),
            "The periods that it is made for. Unless stated, it is made for all.",
        ),
    ]
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
    if stage == Stage::Weighting {
        let doc = "Weighting only: siblings among each other, or all leaves at once.";
        keys.push(key("across", word::<Across>(), doc));
    }
    keys
}
