//! The kinds of charts that there are: what each shows, and what it needs.

use quanheng_words::word;

use super::chart::{KINDS, Kind};
use super::{Columns, Importance, Language, Reader, Report};

/// Every kind, for people and for files.
pub fn list(language: Language) -> Report {
    let table = Columns::<&Kind>::new()
        .text("kind", word!(label_chart, language), |kind| kind.name)
        .importance(Importance::Key)
        .text("label", word!(label_name, language), |kind| kind.label(language))
        .text("summary", word!(label_summary, language), |kind| kind.summary(language))
        .text("needs", word!(label_analysis_needs, language), |kind| {
            kind.needs.words().render(language)
        })
        .table("charts", Reader::People, KINDS);
    Report::from(vec![table])
}
