//! `[analysis]`: covariates, and the settings of each analysis.

use indexmap::IndexMap;
use quanheng_core::analysis::{Covariate, Inputs, TABLE};
use quanheng_core::method::{Settings, Value};
use quanheng_core::model::{Names, Study};

use quanheng_words::text;

use super::reader::{Page, find};
use super::table::{At, By, Declared, Key, Shape, table};
use super::value::{Content, Item};

table! {
    /// `[analysis.covariate.CODE]`
    pub(super) struct CovariateKeys {
        /// The name of the covariate: a text, or a table of texts by language.
        title: Names,
        /// The column of the data in which its values are; that of its code unless stated.
        column: Option<At<String>>,
        /// Whether its natural logarithm is taken.
        log: bool = false,
    }
}

/// What a project states for its analyses, as it is written.
#[derive(Clone, Debug)]
pub(super) struct AnalysisKeys {
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

impl Declared for AnalysisKeys {
    fn shape() -> Shape {
        let covariate = "Figures from outside, with which scores are correlated.";
        let covariate = Key::of::<By<CovariateKeys>>(COVARIATE, covariate, None, None);
        let of_entries = TABLE.iter().map(|entry| Key {
            name: entry.name.into(),
            shape: Shape::Table((entry.settings)().iter().map(Key::from).collect()),
            default: None,
            needed: false,
            doc: entry.summary.into(),
        });
        Shape::Table([covariate].into_iter().chain(of_entries).collect())
    }

    fn take(item: &Item) -> Option<Self> {
        let Content::Table(entries) = &item.content else { return None };
        let covariates = find(entries, COVARIATE).map_or_else(By::absent, By::take)?;
        let stated = entries.iter().filter(|entry| entry.key != COVARIATE);
        let settings = stated.filter_map(|entry| match entry.item.setting() {
            Value::Table(settings) => Some((entry.key.clone(), Settings(settings))),
            _ => None,
        });
        Some(AnalysisKeys { settings: settings.collect(), covariates })
    }

    fn absent() -> Option<Self> {
        Some(AnalysisKeys { covariates: By::absent()?, settings: IndexMap::new() })
    }
}

impl AnalysisKeys {
    /// The columns of the data that covariates are read from.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.covariates.0.iter().filter_map(|one| {
            let column = one.table.as_ref()?.column.as_ref();
            Some(column.map_or(one.code.as_str(), |column| column.value.as_str()))
        })
    }
}

/// What is stated, each covariate with the column that it is read from.
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
        let (column, span) = match &table.column {
            Some(column) => (&column.value, &column.span),
            None => (&one.code, &one.span),
        };
        if study.columns.get(column).is_none() && !bad_data {
            page.unknown(span, text!(thing_column), column, headers.iter().map(String::as_str));
        }
        covariates.push(Covariate {
            code: one.code.clone(),
            names: table.title.clone(),
            log: table.log,
            column: column.clone(),
        });
    }
    let fits = |name: &String, settings: &Settings| {
        TABLE.iter().any(|entry| entry.name == *name && (entry.check)(settings).is_ok())
    };
    let settings = keys.settings.iter().filter(|(name, settings)| fits(name, settings));
    Analysis {
        inputs: Inputs { covariates },
        settings: settings.map(|(name, settings)| (name.clone(), settings.clone())).collect(),
    }
}
