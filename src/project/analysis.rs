//! `[analysis]`: covariates, neighbours, and the settings of each analysis.

use indexmap::IndexMap;
use quanheng_core::analysis::{Covariate, Inputs, Source, TABLE};
use quanheng_core::method::{Settings, Value};
use quanheng_core::model::{Names, Study};

use quanheng_words::text;

use super::data::ProjectFolder;
use super::neighbours::{self, NeighbourKeys};
use super::reader::{Page, find};
use super::said::ReadFile;
use super::table::{At, By, Declared, Key, OneFile, Shape, table};
use super::value::{Content, Item};
use crate::data::file::Format;

table! {
    /// `[analysis.covariate.CODE]`
    pub(super) struct CovariateKeys {
        /// The name of the covariate: a text, or a table of texts by language.
        title: Names,
        /// The column of the data in which its values are; that of its code unless stated.
        column: Option<At<String>>,
        /// The column of the table of regions in which its values are, one of its `numbers`, in place of `column`.
        attribute: Option<At<String>>,
        /// Whether its natural logarithm is taken.
        log: bool = false,
    }
}

/// What a project states for its analyses, as it is written.
#[derive(Clone, Debug)]
pub(super) struct AnalysisKeys {
    neighbours: Option<OneFile<NeighbourKeys>>,
    covariates: By<CovariateKeys>,
    settings: IndexMap<String, Settings>,
}

/// What a project states for its analyses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// What they need beside the results.
    pub inputs: Inputs,
    /// The settings of those that have some stated, by name. They fit their declaration.
    pub settings: IndexMap<String, Settings>,
}

/// The key of the covariates.
const COVARIATE: &str = "covariate";

/// The key of the neighbours.
const NEIGHBOURS: &str = "neighbours";

impl Declared for AnalysisKeys {
    fn shape() -> Shape {
        let covariate = "Figures from outside, with which scores are correlated.";
        let covariate = Key::of::<By<CovariateKeys>>(COVARIATE, covariate, None, None);
        let neighbours = "The table of neighbours for spatial autocorrelation: a file, or a table with the key `file`. A row says that two regions are neighbours of each other.";
        let neighbours =
            Key::of::<Option<OneFile<NeighbourKeys>>>(NEIGHBOURS, neighbours, None, None);
        let of_entries = TABLE.iter().map(|entry| Key {
            name: entry.name.into(),
            shape: Shape::Table((entry.settings)().iter().map(Key::from).collect()),
            default: None,
            needed: false,
            doc: entry.summary.into(),
        });
        Shape::Table([neighbours, covariate].into_iter().chain(of_entries).collect())
    }

    fn take(item: &Item) -> Option<Self> {
        let Content::Table(entries) = &item.content else { return None };
        let covariates = find(entries, COVARIATE).map_or_else(By::absent, By::take)?;
        let neighbours = find(entries, NEIGHBOURS).and_then(OneFile::take);
        let inputs = [COVARIATE, NEIGHBOURS];
        let stated = entries.iter().filter(|entry| !inputs.contains(&entry.key.as_str()));
        let settings = stated.filter_map(|entry| match entry.item.setting() {
            Value::Table(settings) => Some((entry.key.clone(), Settings(settings))),
            _ => None,
        });
        Some(AnalysisKeys { settings: settings.collect(), covariates, neighbours })
    }

    fn absent() -> Option<Self> {
        let covariates = By::absent()?;
        Some(AnalysisKeys { neighbours: None, covariates, settings: IndexMap::new() })
    }
}

impl AnalysisKeys {
    /// The columns of the data that covariates are read from.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.covariates.0.iter().filter_map(|one| {
            let table = one.table.as_ref().filter(|table| table.attribute.is_none())?;
            let column = table.column.as_ref();
            Some(column.map_or(one.code.as_str(), |column| column.value.as_str()))
        })
    }
}

/// What is stated, each covariate with the column that it is read from, and the file of the neighbours.
pub(super) fn read(
    page: &Page,
    keys: &AnalysisKeys,
    folder: &ProjectFolder,
    format: &Format,
    study: &Study,
    headers: &[String],
    bad_data: bool,
) -> (Analysis, Option<ReadFile>) {
    let mut covariates = Vec::new();
    for one in &keys.covariates.0 {
        let Some(table) = &one.table else { continue };
        let source = match (&table.attribute, &table.column) {
            (Some(attribute), column) => {
                if column.is_some() {
                    page.beside(&attribute.span, "attribute", "column");
                }
                let numbers = study.regions.first().map(|region| &region.numbers);
                let is_known = numbers.is_some_and(|n| n.contains_key(&attribute.value));
                if !is_known && !bad_data {
                    let known = numbers.into_iter().flat_map(|n| n.keys().map(String::as_str));
                    page.unknown(&attribute.span, text!(thing_number), attribute, known);
                }
                Source::Regions(attribute.value.clone())
            }
            (None, column) => {
                let (column, span) = match column {
                    Some(column) => (&column.value, &column.span),
                    None => (&one.code, &one.span),
                };
                if study.columns.get(column).is_none() && !bad_data {
                    let known = headers.iter().map(String::as_str);
                    page.unknown(span, text!(thing_column), column, known);
                }
                Source::Data(column.clone())
            }
        };
        covariates.push(Covariate {
            code: one.code.clone(),
            names: table.title.clone(),
            log: table.log,
            source,
        });
    }
    let stated = keys.neighbours.as_ref().filter(|_| !bad_data);
    let (neighbours, file) = match stated {
        Some(stated) => {
            let (links, file) = neighbours::read(page, stated, folder, format, study);
            (Some(links), file)
        }
        None => (None, None),
    };
    let fits = |name: &String, settings: &Settings| {
        TABLE.iter().any(|entry| entry.name == *name && (entry.check)(settings).is_ok())
    };
    let settings = keys.settings.iter().filter(|(name, settings)| fits(name, settings));
    let settings = settings.map(|(name, settings)| (name.clone(), settings.clone())).collect();
    (Analysis { inputs: Inputs { covariates, neighbours }, settings }, file)
}
