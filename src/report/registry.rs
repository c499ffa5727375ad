//! The projects of listed folders: the table of all, and one in full.

use std::path::PathBuf;

use quanheng_words::{text, word};

use super::{Block, Columns, Importance, Language, Reader, Report, Table, joined, marks, metadata};
use crate::registry::{Entry, Facts, Locked};

/// The table for people, with the folders below which the projects lie and those that cannot be used.
pub fn list(entries: &[Entry], folders: &[PathBuf], language: Language) -> Report {
    let usable: Vec<&Entry> = entries.iter().filter(|entry| entry.facts.is_some()).collect();
    let folders: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
    let count = text!(ls_count, count = usable.len(), folders = folders).render(language);
    let mut blocks = Vec::new();
    if !usable.is_empty() {
        blocks.push(Block::Table(table(usable, Reader::People, language)));
    }
    blocks.push(Block::Line(count));
    blocks.extend(broken(entries, language).map(Block::Line));
    Report { blocks }
}

/// The table for files: projects that cannot be used have a row with their name and folder.
pub fn list_table(entries: &[Entry], language: Language) -> Table {
    table(entries.iter().collect(), Reader::Files, language)
}

/// Each project in full.
pub fn sheet(entries: &[Entry], language: Language) -> Report {
    let mut blocks = Vec::new();
    for entry in entries {
        let Some(facts) = &entry.facts else { continue };
        let title = facts.title.get(language.tag()).unwrap_or_default();
        let heading = [entry.name.as_str(), title];
        let heading: Vec<&str> = heading.into_iter().filter(|part| !part.is_empty()).collect();
        blocks.push(Block::Heading(heading.join(" · ")));
        let question = facts.metadata.question.get(language.tag());
        blocks.extend(question.map(|question| Block::Line(question.to_owned())));
        let labelled = [
            (word!(label_regions, language), facts.regions.to_string()),
            (word!(label_periods, language), periods(facts)),
            (word!(label_methodologies, language), joined(&facts.methodologies, language)),
            (word!(label_data, language), data(facts, language)),
            (word!(label_published_results, language), yes(facts.has_official, language).into()),
            (word!(label_locked, language), locked(facts, language).to_owned()),
        ];
        let labelled = labelled.into_iter().filter(|(_, text)| !text.is_empty());
        blocks.extend(labelled.map(|(label, text)| Block::Line(format!("{label}: {text}"))));
        blocks.extend(metadata::lines(&facts.metadata, language).into_iter().map(Block::Line));
        let folder = entry.folder.display();
        blocks.push(Block::Line(format!("{}: {folder}", word!(label_folder, language))));
    }
    blocks.extend(broken(entries, language).map(Block::Line));
    Report { blocks }
}

/// The projects with something wrong in them.
fn broken(entries: &[Entry], language: Language) -> Option<String> {
    let broken = entries.iter().filter(|entry| entry.facts.is_none());
    let names: Vec<String> = broken.map(|entry| entry.name.clone()).collect();
    let first = names.first()?.clone();
    Some(text!(ls_broken, count = names.len(), names = names, first = first).render(language))
}

fn table(rows: Vec<&Entry>, reader: Reader, language: Language) -> Table {
    let facts = |of: fn(&Facts) -> String| {
        move |entry: &&Entry| entry.facts.as_ref().map(of).unwrap_or_default()
    };
    let has_version =
        rows.iter().flat_map(|entry| &entry.facts).any(|facts| facts.metadata.version.is_some());
    Columns::<&Entry>::new()
        .text("name", word!(label_project, language), |entry| &entry.name)
        .importance(Importance::Key)
        .text("title", word!(label_title, language), move |entry| {
            let title = entry.facts.as_ref().and_then(|facts| facts.title.get(language.tag()));
            title.unwrap_or_default().to_owned()
        })
        .text(
            "version",
            word!(label_version, language),
            facts(|facts| facts.metadata.version.clone().unwrap_or_default()),
        )
        .only_if(has_version || reader == Reader::Files)
        .number("regions", word!(label_regions, language), |entry| {
            entry.facts.as_ref().map(|facts| super::Cell::Count(facts.regions))
        })
        .text("periods", word!(label_periods, language), facts(periods))
        .text("methodologies", word!(label_methodologies, language), move |entry| {
            let codes = entry.facts.as_ref().map(|facts| &facts.methodologies);
            codes.map_or(String::new(), |codes| match reader {
                Reader::People => codes.len().to_string(),
                Reader::Files => codes.join(" "),
            })
        })
        .importance(Importance::Detail)
        .text("data", word!(label_data, language), move |entry| {
            entry.facts.as_ref().map_or(String::new(), |facts| match reader {
                Reader::People => data(facts, language),
                Reader::Files => data(facts, Language::En),
            })
        })
        .text("official", word!(label_published_results, language), move |entry| {
            let stated = entry.facts.as_ref().map(|facts| facts.has_official);
            stated.map_or("", |stated| yes(stated, in_files(reader, language)))
        })
        .text("locked", word!(label_locked, language), move |entry| {
            entry.facts.as_ref().map_or("", |facts| locked(facts, in_files(reader, language)))
        })
        .text("question", word!(label_question, language), move |entry| {
            let metadata = entry.facts.as_ref().map(|facts| &facts.metadata);
            let question = metadata.and_then(|metadata| metadata.question.get(language.tag()));
            question.unwrap_or_default().to_owned()
        })
        .only_for(Reader::Files)
        .text("authors", word!(label_authors, language), facts(|f| f.metadata.authors.join("; ")))
        .only_for(Reader::Files)
        .text(
            "licence",
            word!(label_licence, language),
            facts(|facts| facts.metadata.licence.clone().unwrap_or_default()),
        )
        .only_for(Reader::Files)
        .text(
            "cite",
            word!(label_cite, language),
            facts(|facts| facts.metadata.cite.clone().unwrap_or_default()),
        )
        .only_for(Reader::Files)
        .text("folder", word!(label_folder, language), |entry| entry.folder.display().to_string())
        .only_for(Reader::Files)
        .table("projects", reader, rows)
}

/// The words of files are English, whatever the language.
fn in_files(reader: Reader, language: Language) -> Language {
    match reader {
        Reader::People => language,
        Reader::Files => Language::En,
    }
}

/// The only period; the first and the last with how many there are; how many, where none is the first.
fn periods(facts: &Facts) -> String {
    match facts.periods.as_slice() {
        [_, _, ..] if !facts.periods_are_times => facts.periods.len().to_string(),
        [first, .., last] => format!("{first} – {last} ({})", facts.periods.len()),
        all => all.first().cloned().unwrap_or_default(),
    }
}

fn data(facts: &Facts, language: Language) -> String {
    marks::short(&facts.marks, language).unwrap_or_else(|| word!(ls_real, language).to_owned())
}

fn locked(facts: &Facts, language: Language) -> &'static str {
    match facts.locked {
        Locked::No => word!(word_no, language),
        Locked::Yes => word!(word_yes, language),
        Locked::Changed => word!(ls_lock_changed, language),
    }
}

fn yes(is_so: bool, language: Language) -> &'static str {
    if is_so { word!(word_yes, language) } else { word!(word_no, language) }
}
