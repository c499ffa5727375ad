//! What a project says of itself for those who use and cite it; it changes no result.

use quanheng_core::model::Names;

use super::file::ProjectKeys;

/// What a project says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The question that the index answers, by language.
    pub question: Names,
    /// The version or edition of the methodology and its data.
    pub version: Option<String>,
    /// Who made the index.
    pub authors: Vec<String>,
    /// Under which licence others may use it.
    pub licence: Option<String>,
    /// How it is cited.
    pub cite: Option<String>,
}

impl From<&ProjectKeys> for Metadata {
    fn from(keys: &ProjectKeys) -> Self {
        Metadata {
            question: keys.question.clone(),
            version: keys.version.clone(),
            authors: keys.authors.as_ref().map(|all| all.values()).unwrap_or_default(),
            licence: keys.licence.clone(),
            cite: keys.cite.clone(),
        }
    }
}
