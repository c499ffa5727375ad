//! The templates of reports that ship with the program: chapters in Chinese and English, listed in [`TEMPLATES`].

use std::sync::Arc;

use quanheng_words::{Language, word};

use super::document::Contents;
use super::{Columns, Importance, Reader, Report, Table};
use crate::problem::Source;

/// A template.
#[derive(Debug)]
pub struct Template {
    /// Its word on the command line; also the name of its folder.
    pub name: &'static str,
    /// Whether it is about one region, or about each.
    pub of_region: bool,
    /// What a reader finds its chapters, figures and tables by.
    pub contents: Contents,
    label: fn(Language) -> &'static str,
    summary: fn(Language) -> &'static str,
    /// The names of its chapters, in order, and what they say in each language.
    chapters: &'static [(&'static str, [&'static str; 2])],
}

/// The chapters of a template, each in Chinese and in English.
macro_rules! chapters {
    ($template:literal: $($chapter:literal),+) => {
        &[$((
            $chapter,
            [
                include_str!(concat!($template, "/zh/", $chapter)),
                include_str!(concat!($template, "/en/", $chapter)),
            ],
        )),+]
    };
}

/// Every template.
pub static TEMPLATES: &[Template] = &[
    Template {
        name: "research",
        of_region: false,
        contents: Contents::Everything,
        label: |language| word!(template_research, language),
        summary: |language| word!(template_research_summary, language),
        chapters: chapters!("research": "1-index.md", "2-ranking.md", "3-tiers.md", "4-groups.md", "5-relations.md", "6-appendix.md"),
    },
    Template {
        name: "audit",
        of_region: false,
        contents: Contents::Everything,
        label: |language| word!(template_audit, language),
        summary: |language| word!(template_audit_summary, language),
        chapters: chapters!("audit": "1-summary.md", "2-concept.md", "3-data.md", "4-structure.md", "5-assumptions.md", "6-appendix.md"),
    },
    Template {
        name: "brief",
        of_region: false,
        contents: Contents::Nothing,
        label: |language| word!(template_brief, language),
        summary: |language| word!(template_brief_summary, language),
        chapters: chapters!("brief": "brief.md"),
    },
    Template {
        name: "profile",
        of_region: true,
        contents: Contents::Nothing,
        label: |language| word!(template_profile, language),
        summary: |language| word!(template_profile_summary, language),
        chapters: chapters!("profile": "region.md"),
    },
];

/// The template of this name.
pub fn find(name: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.name == name)
}

impl Template {
    /// Its name for readers.
    pub fn label(&self, language: Language) -> &'static str {
        (self.label)(language)
    }

    /// The names of its chapters and their text in a language.
    pub fn chapters(&self, language: Language) -> Vec<(&'static str, &'static str)> {
        let at = match language {
            Language::Zh => 0,
            Language::En => 1,
        };
        self.chapters.iter().map(|(name, text)| (*name, text[at])).collect()
    }

    /// Its chapters in a language, as a report is made of them.
    pub fn sources(&self, language: Language) -> Vec<Arc<Source>> {
        let of = |(name, text): (&str, &str)| {
            let name = format!("{}/{}/{name}", self.name, language.tag());
            Arc::new(Source::new(name, text))
        };
        self.chapters(language).into_iter().map(of).collect()
    }
}

/// Every template and what it is.
pub fn list(language: Language) -> Report {
    Report::from(vec![table(language)])
}

/// The same as a table.
pub fn table(language: Language) -> Table {
    Columns::<&Template>::new()
        .text("template", word!(label_template, language), |template| template.name)
        .importance(Importance::Key)
        .text("label", word!(label_name, language), |template| template.label(language))
        .text("summary", word!(label_summary, language), |template| (template.summary)(language))
        .table("templates", Reader::People, TEMPLATES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::prose;

    /// What the templates say of results they have from expressions.
    #[test]
    fn no_template_has_numbers_of_its_own() {
        for template in TEMPLATES {
            for language in [Language::Zh, Language::En] {
                for (name, text) in template.chapters(language) {
                    let found = prose::numbers(text, &[]);
                    let found: Vec<&str> = found.into_iter().map(|at| &text[at]).collect();
                    assert!(found.is_empty(), "{}/{name}: {found:?}", template.name);
                }
            }
        }
    }
}
