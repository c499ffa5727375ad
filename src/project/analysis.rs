//! `[analysis]`: covariates, neighbours, and the settings of each analysis.

use indexmap::IndexMap;
use quanheng_core::analysis::{self, Covariate, Inputs, Link, Source, TABLE};
use quanheng_core::method::{SettingFault, Settings, Value};
use quanheng_core::model::{Names, Study};

use quanheng_words::text;

use super::data::ProjectFolder;
use super::neighbours::{self, NeighbourKeys};
use super::reader::{Page, find};
use super::said::ReadFile;
use super::table::{At, By, Declared, Key, OneFile, Shape, table};
use super::value::{Content, Entry, Item};
use crate::data::file::Format;
use crate::problem::ProjectFault;

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
    settings: Vec<Entry>,
}

/// What a project states for its analyses.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// What they need beside the results.
    pub inputs: Inputs,
    /// The settings of those that have some stated, by name, and of kinds of robustness. They fit their declaration.
    pub settings: IndexMap<String, Settings>,
}

/// The key of the covariates.
const COVARIATE: &str = "covariate";

/// The key of the neighbours.
const NEIGHBOURS: &str = "neighbours";

/// A table of settings for each entry of a table.
pub(super) fn keys_of(table: &'static [analysis::Entry]) -> impl Iterator<Item = Key> {
    table.iter().map(|entry| Key {
        name: entry.name.into(),
        shape: Shape::Table((entry.settings)().iter().map(Key::from).collect()),
        default: None,
        needed: false,
        doc: entry.summary.into(),
    })
}

impl Declared for AnalysisKeys {
    fn shape() -> Shape {
        let covariate = "Figures from outside, with which scores are correlated.";
        let covariate = Key::of::<By<CovariateKeys>>(COVARIATE, covariate, None, None);
        let neighbours = "The table of neighbours for spatial autocorrelation, where it is not that of `[data]`: a file, or a table with the key `file`. Methods and scripts do not see it.";
        let neighbours =
            Key::of::<Option<OneFile<NeighbourKeys>>>(NEIGHBOURS, neighbours, None, None);
        Shape::Table([neighbours, covariate].into_iter().chain(keys_of(TABLE)).collect())
    }

    fn take(item: &Item) -> Option<Self> {
        let Content::Table(entries) = &item.content else { return None };
        let covariates = find(entries, COVARIATE).map_or_else(By::absent, By::take)?;
        let neighbours = find(entries, NEIGHBOURS).and_then(OneFile::take);
        let inputs = [COVARIATE, NEIGHBOURS];
        let settings = entries.iter().filter(|entry| !inputs.contains(&entry.key.as_str()));
        Some(AnalysisKeys { settings: settings.cloned().collect(), covariates, neighbours })
    }

    fn absent() -> Option<Self> {
        let covariates = By::absent()?;
        Some(AnalysisKeys { neighbours: None, covariates, settings: Vec::new() })
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

/// What is stated, each covariate with the column that it is read from. Neighbours are read by [`own_neighbours`].
pub(super) fn read(
    page: &Page,
    keys: &AnalysisKeys,
    study: &Study,
    headers: &[String],
    bad_data: bool,
) -> Analysis {
    let mut covariates = Vec::new();
    for one in &keys.covariates.0 {
        let Some(table) = &one.table else { continue };
        let source = match (&table.attribute, &table.column) {
            (Some(attribute), column) => {
                if column.is_some() {
                    page.beside(&attribute.span, "attribute", "column");
                }
                let first = study.regions.first().into_iter();
                let known: Vec<&str> =
                    first.flat_map(|region| region.numbers.iter()).map(|(name, _)| name).collect();
                if !known.contains(&attribute.value.as_str()) && !bad_data {
                    page.unknown(
                        &attribute.span,
                        text!(thing_number),
                        attribute,
                        known.into_iter(),
                    );
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
    let settings = settings_of(page, &keys.settings, TABLE).collect();
    Analysis { inputs: Inputs { covariates, ..Inputs::default() }, settings }
}

/// The neighbours that `[analysis]` states in place of those of `[data]`, with their file. `None` if it states none.
pub(super) fn own_neighbours(
    page: &Page,
    keys: &AnalysisKeys,
    folder: &ProjectFolder,
    format: &Format,
    study: &Study,
) -> Option<(Vec<Link>, Option<ReadFile>)> {
    let stated = keys.neighbours.as_ref()?;
    Some(neighbours::read(page, stated, folder, format, &study.regions, true))
}

/// The settings that are stated of analyses, or of what has their form.
pub(super) fn settings_of<'p>(
    page: &'p Page,
    stated: &'p [Entry],
    of: &'p [analysis::Entry],
) -> impl Iterator<Item = (String, Settings)> + 'p {
    stated.iter().filter_map(move |entry| settings(page, entry, of))
}

/// The settings of an analysis. Those of a wrong type or range are reported before.
fn settings(page: &Page, entry: &Entry, of: &[analysis::Entry]) -> Option<(String, Settings)> {
    let analysis = of.iter().find(|analysis| analysis.name == entry.key)?;
    let (Value::Table(stated), Content::Table(own)) = (entry.item.setting(), &entry.item.content)
    else {
        return None;
    };
    let stated = Settings(stated);
    match (analysis.check)(&stated) {
        Ok(()) => Some((entry.key.clone(), stated)),
        Err(error) => {
            if let SettingFault::Expected(_) = error.fault {
                let place = own.iter().find(|other| other.key == error.setting);
                let span = place.map_or(&entry.span, |place| &place.item.span);
                let method = entry.key.clone();
                page.fault(span, ProjectFault::Setting { method, error: error.clone() });
            }
            None
        }
    }
}
