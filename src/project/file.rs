//! The tables of the project file. Those that one file reads are declared there; the others, and the whole, are here.

use quanheng_core::method::Accepts;
use quanheng_core::model::Names;

use super::analysis::AnalysisKeys;
use super::cases::CasesKeys;
use super::coding::CodingKeys;
use super::data::DataKeys;
use super::document::DocumentKeys;
use super::groups::GroupKeys;
use super::input::InputKeys;
use super::keys::methodology;
use super::leagues::LeagueKeys;
use super::multiverse::MultiverseKeys;
use super::notes::NotesKeys;
use super::official::OfficialKeys;
use super::plugins::PluginKeys;
use super::profile::ProfileKeys;
use super::published::PublishedKeys;
use super::records::RecordsKeys;
use super::report::ReportKeys;
use super::sampling::{RobustnessKeys, SamplingKeys};
use super::scripts::ScriptsKeys;
use super::sensitivity::SensitivityKeys;
use super::snapshots::SnapshotKeys;
use super::systems::SystemKeys;
use super::table::{At, By, Declared, Section, Several, Shape, Texts, table};
use super::value::{Content, Entry, Item};
use crate::report::Language;

table! {
    /// The project file.
    pub(super) struct ProjectFile {
        /// What the project is.
        project: Section<ProjectKeys>,
        /// The files of data and how they are written.
        data: Section<DataKeys>,
        /// Rows of single cases, which are counted and added up into cells.
        records: By<RecordsKeys>,
        /// Results of other projects, which are columns of this one.
        input: By<InputKeys>,
        /// What several coders have coded of the same cells.
        coding: By<CodingKeys>,
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
        /// Published results with which `quanheng reproduce` compares: a table, or a list of tables.
        official: Several<OfficialKeys>,
        /// Published figures of groups, such as means and shares. `quanheng reproduce` says whether they can all be true.
        published: By<PublishedKeys>,
        /// Covariates and settings of `quanheng analyse`.
        analysis: AnalysisKeys,
        /// Sampling errors of indicators, for `quanheng robustness`.
        sampling: By<SamplingKeys>,
        /// Settings of `quanheng robustness`.
        robustness: RobustnessKeys,
        /// What varies in `quanheng sensitivity`.
        sensitivity: By<SensitivityKeys>,
        /// What `quanheng profile` compares a region with, and by which rules.
        profile: Section<ProfileKeys>,
        /// How reports are written: decimals, thousands, the map.
        report: Section<ReportKeys>,
        /// Reports of the project's own for `quanheng report`, made of chapters or of a template.
        document: By<DocumentKeys>,
        /// Cases: what was done where, step by step, with figures and dates.
        cases: Option<Section<CasesKeys>>,
        /// Notes that need not be shown, by their code, each with the reason.
        notes: NotesKeys,
        /// What `quanheng.lock` pins beside the files that the project reads.
        lock: Section<LockKeys>,
    }
}

table! {
    /// `[project]`
    pub(super) struct ProjectKeys {
        /// The title: a text, or a table of texts by language.
        title: Names,
        /// The question that the index answers, in one sentence: a text, or a table of texts by language.
        question: Names,
        /// The version or edition of the index, with its data and methodologies, such as `2.1` or `2024`. Results,
        /// lists of projects and the lock show it.
        version: Option<String>,
        /// Who made the index.
        authors: Option<Texts>,
        /// The licence under which others may use the project, such as `CC-BY-4.0`.
        licence: Option<String>,
        /// How the index is cited, with its DOI.
        cite: Option<String>,
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
