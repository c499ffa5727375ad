//! Notes: a line below a result, a table in the files, and all of them for readers.

use quanheng_words::{Text, text, word};

use super::{Cell, Columns, Language, Reader, Table};
use crate::note::{Group, Notes};

/// How many notes there are and their codes, for the end of a result; none where there are none.
pub fn line(notes: &Notes, language: Language) -> Option<String> {
    let mut codes: Vec<String> = notes.spoken().map(|group| group.kind.code.to_owned()).collect();
    let count = codes.len();
    codes.dedup();
    let silenced = notes.silenced().count();
    let line = match (count, silenced) {
        (0, _) => return None,
        (_, 0) => text!(notes_line, count = count, codes = codes.join(", ")),
        (_, silenced) => {
            text!(notes_line_silenced, count = count, codes = codes.join(", "), silenced = silenced)
        }
    };
    Some(line.render(language))
}

/// Every note that is not silenced in full, a text each, and how many there are.
pub fn said(notes: &Notes) -> Vec<Text> {
    let mut lines = Vec::new();
    for group in notes.spoken() {
        let said = group.said();
        let code = group.kind.code;
        lines.push(text!(
            note_said,
            level = group.kind.level.words(),
            code = code,
            what = said.what
        ));
        if !group.methodologies.is_empty() {
            lines.push(text!(note_said_methodologies, codes = group.methodologies.clone()));
        }
        let places: Vec<Text> = group.places().into_iter().map(Text::plain).collect();
        if !places.is_empty() {
            lines.push(text!(note_said_places, places = places));
        }
        lines.push(text!(note_said_hint, hint = said.hint));
    }
    let (count, silenced) = (notes.spoken().count(), notes.silenced().count());
    match (count, silenced) {
        (0, 0) => {}
        (_, 0) => lines.push(text!(notes_counted, count = count)),
        (_, _) => lines.push(text!(notes_counted_silenced, count = count, silenced = silenced)),
    }
    lines
}

/// Every note, the silenced ones with their reason, for files.
pub fn table(notes: &Notes, language: Language) -> Table {
    let joined = |items: &mut dyn Iterator<Item = String>| items.collect::<Vec<_>>().join("; ");
    let columns = Columns::new()
        .text("code", word!(label_code, language), |group: &&Group| group.kind.code)
        .text("level", word!(note_head_level, language), |group| group.kind.level.name())
        .text("what", word!(note_head_what, language), move |group| {
            group.said().what.render(language)
        })
        .text("hint", word!(note_head_hint, language), move |group| {
            group.said().hint.render(language)
        })
        .text("methodologies", word!(label_methodology, language), move |group| {
            joined(&mut group.methodologies.iter().cloned())
        })
        .number("count", word!(note_head_count, language), |group| Cell::Count(group.count()))
        .text("of", word!(note_head_of, language), move |group| {
            joined(&mut group.about.iter().map(|(of, _)| of.clone()))
        })
        .text("places", word!(note_head_places, language), move |group| {
            joined(&mut group.places().into_iter())
        })
        .text("silenced", word!(note_head_silenced, language), |group| {
            group.silenced.as_deref().map(str::to_owned)
        });
    columns.table("notes", Reader::Files, notes.all()).labelled(word!(note_head, language))
}

/// Every note as a list in JSON.
pub fn json(notes: &Notes, language: Language) -> String {
    let one = |group: &Group| {
        let said = group.said();
        let about: Vec<serde_json::Value> = group
            .about
            .iter()
            .map(|(of, shown)| serde_json::json!({ "of": of, "what": shown.render(language) }))
            .collect();
        serde_json::json!({
            "code": group.kind.code,
            "level": group.kind.level.name(),
            "what": said.what.render(language),
            "hint": said.hint.render(language),
            "methodologies": group.methodologies,
            "count": group.count(),
            "about": about,
            "places": group.places(),
            "silenced": group.silenced,
        })
        .to_string()
    };
    let each: Vec<String> = notes.all().iter().map(one).collect();
    match each.is_empty() {
        true => "[]".to_owned(),
        false => format!("[\n{}\n]", each.join(",\n")),
    }
}
