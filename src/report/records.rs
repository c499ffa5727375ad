//! The records behind the raw cells of a region: how many count, by which rule, and the first of them.

use indexmap::IndexMap;
use quanheng_words::{text, word};

use super::{Block, Columns, Language, Reader, joined, number};
use crate::data::records::{Behind, Kind};

/// What the cells of some columns are made of, with the columns' names.
pub fn blocks(all: &[(String, Behind)], language: Language) -> Vec<Block> {
    if all.is_empty() {
        return Vec::new();
    }
    let counted = |(_, behind): &(String, Behind)| match behind.measure.kind {
        Kind::Share => format!("{} / {}", behind.count, behind.base),
        Kind::Count | Kind::Sum | Kind::Mean => behind.count.to_string(),
    };
    let measures = Columns::<&(String, Behind)>::new()
        .text("measure", word!(label_record_measure, language), |(name, _)| name)
        .text("count", word!(label_records, language), |one| counted(one))
        .text("rule", word!(label_rule, language), |(_, behind)| rule(behind, language))
        .text("files", word!(label_files, language), |(_, behind)| behind.files.join(", "))
        .table("records", Reader::People, all)
        .labelled(word!(label_records_behind, language));
    // A record counts for several measures, and is shown once.
    let mut first: IndexMap<(&str, &str), Vec<&str>> = IndexMap::new();
    for (name, behind) in all {
        for (place, shows) in &behind.first {
            first.entry((place, shows)).or_default().push(name);
        }
    }
    type First<'a> = ((&'a str, &'a str), Vec<&'a str>);
    let first = Columns::<First<'_>>::new()
        .text("place", word!(label_place, language), |((place, _), _)| *place)
        .text("record", word!(label_record, language), |((_, shows), _)| *shows)
        .text("counts_for", word!(label_counts_for, language), |(_, names)| names.join(", "))
        .table("first_records", Reader::People, first)
        .labelled(word!(label_first_records, language));
    vec![Block::Table(measures), Block::Table(first)]
}

/// What a cell is, and which records it counts.
fn rule(behind: &Behind, language: Language) -> String {
    let measure = &behind.measure;
    let mut parts = vec![match (measure.kind, &measure.column) {
        (Kind::Count, _) => text!(records_count),
        (Kind::Share, _) => text!(records_share),
        (Kind::Sum, column) => text!(records_sum, column = column.clone().unwrap_or_default()),
        (Kind::Mean, column) => text!(records_mean, column = column.clone().unwrap_or_default()),
    }];
    let filter = measure.filter.as_ref();
    parts.extend(filter.map(|filter| text!(records_where, condition = &filter.text)));
    parts.extend(measure.of.as_ref().map(|of| text!(records_of, condition = &of.text)));
    for ((grade, credit), count) in measure.credit.iter().zip(&behind.grades) {
        let credit = number::short(*credit);
        parts.push(text!(records_grade, grade = grade, count = *count, credit = credit));
    }
    let parts: Vec<String> = parts.iter().map(|part| part.render(language)).collect();
    joined(&parts, language)
}
