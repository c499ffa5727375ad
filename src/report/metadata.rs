//! What a project says of itself for those who use and cite it.

use quanheng_words::word;

use super::{Language, joined};
use crate::project::Metadata;

/// Its version and how it is cited, which a reader of results needs.
pub fn cited(metadata: &Metadata, language: Language) -> Vec<String> {
    let Metadata { version, cite, .. } = metadata.clone();
    lines(&Metadata { version, cite, ..Metadata::default() }, language)
}

/// Its version, authors and licence and how it is cited, a line each, as far as they are stated.
pub fn lines(metadata: &Metadata, language: Language) -> Vec<String> {
    let authors = Some(joined(&metadata.authors, language)).filter(|names| !names.is_empty());
    let stated = [
        (word!(label_version, language), metadata.version.clone()),
        (word!(label_authors, language), authors),
        (word!(label_licence, language), metadata.licence.clone()),
        (word!(label_cite, language), metadata.cite.clone()),
    ];
    let line = |(label, text): (&str, Option<String>)| Some(format!("{label}: {}", text?));
    stated.into_iter().filter_map(line).collect()
}
