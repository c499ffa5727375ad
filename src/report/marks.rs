//! What of a project was not published, for every output: lines for people, a table in files.

use quanheng_words::{Text, text, word};

use super::{Columns, Language, Reader, Table};
use crate::project::{Mark, Marked, Marks};

/// A line for the data and for the placeholders of one kind; those of several systems or methodologies that are the same
/// stand in one line.
pub fn lines(marks: &Marks, language: Language) -> Vec<String> {
    let mut alike: Vec<(&Mark, Vec<Text>)> = Vec::new();
    for mark in &marks.0 {
        let code = Text::plain(mark.full_code());
        match alike.iter_mut().find(|(of, _)| of.of == mark.of && of.what == mark.what) {
            Some((_, codes)) => codes.push(code),
            None => alike.push((mark, vec![code])),
        }
    }
    let line = |(mark, codes): (&Mark, Vec<Text>)| {
        let (what, count) = (what(mark, language), codes.len());
        match mark.of {
            Marked::Data => text!(mark_data, what = what),
            Marked::System => text!(mark_system, count = count, codes = codes, what = what),
            Marked::Methodology => {
                text!(mark_methodology, count = count, codes = codes, what = what)
            }
        }
    };
    alike.into_iter().map(|one| line(one).render(language)).collect()
}

/// What is marked, in a few words for the title of a chart or of a sheet; none where everything was published.
pub fn short(marks: &Marks, language: Language) -> Option<String> {
    let has_data = marks.0.iter().any(|mark| mark.of == Marked::Data);
    let has_placeholder = marks.0.iter().any(|mark| mark.of != Marked::Data);
    let words = match (has_data, has_placeholder) {
        (false, false) => return None,
        (true, false) => word!(mark_short_data, language),
        (false, true) => word!(mark_short_placeholder, language),
        (true, true) => word!(mark_short_both, language),
    };
    Some(words.to_owned())
}

/// Every mark in a row, for files; none where everything was published.
pub fn table(marks: &Marks, language: Language) -> Option<Table> {
    let columns = Columns::new()
        .text("mark", word!(mark_head, language), |mark: &&Mark| match mark.of {
            Marked::Data => "illustrative",
            Marked::System | Marked::Methodology => "placeholder",
        })
        .text("of", word!(mark_head_of, language), |mark| match mark.of {
            Marked::Data => "data",
            Marked::System => "system",
            Marked::Methodology => "methodology",
        })
        .text("code", word!(label_code, language), |mark| mark.full_code())
        .text("what", word!(label_meaning, language), move |mark| what(mark, language));
    let table = columns.table("marks", Reader::Files, &marks.0);
    (!marks.0.is_empty()).then(|| table.labelled(word!(mark_head, language)))
}

fn what(mark: &Mark, language: Language) -> String {
    let unstated = word!(mark_unstated, language);
    mark.what.get(language.tag()).unwrap_or(unstated).to_owned()
}
